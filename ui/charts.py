"""Figures of results. Tables in, Plotly figures out; nothing here knows Streamlit or computes money."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import measured, money, percent, signed


@dataclass(frozen=True)
class Ink:
    """The colours of one appearance; gain and pain differ in shape and sign too."""

    text: str
    grid: str
    gain: str
    pain: str
    neither: str
    ghost: str
    partners: tuple[str, ...]


LIGHT = Ink(
    "#14191F",
    "#D5DCE3",
    "#12436D",
    "#D4541B",
    "#6B7785",
    "#6B7785",
    ("#2073BC", "#801650", "#1B7F76", "#6B4FA0", "#8A6A00", "#3D3D3D", "#B5452C", "#0F7A52"),
)
DARK = Ink(
    "#EEF2F6",
    "#33404D",
    "#7CB4E8",
    "#F58E55",
    "#9AA7B4",
    "#9AA7B4",
    ("#6BACE6", "#E58FC0", "#4FD1C5", "#BBA6EA", "#E0B84C", "#C9D1D9", "#F2917C", "#6FD3A0"),
)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
BINS = 48
FONT = "Source Sans, Source Sans Pro, Segoe UI, Arial, sans-serif"


def dotplot(dots: pd.DataFrame, ink: Ink, unit: str = "£", saved: pd.DataFrame | None = None) -> go.Figure:
    """50 equally likely futures of each partner as dots on one scale; `saved` marks another design's 1-in-20s.

    `dots` has a column for each partner and a row for each equally likely value, lowest first.
    """
    low, high = float(min(dots.min().min(), 0.0)), float(max(dots.max().max(), 0.0))
    width = (high - low) / BINS or 1.0
    marks: dict[str, list[tuple[float, float, str]]] = {"gain": [], "pain": [], "neither": []}
    tallest = max(int(np.unique(_bins(dots[n], low, width), return_counts=True)[1].max()) for n in dots)
    step = 0.78 / max(tallest, 8)
    names = [str(name) for name in dots]
    for row, name in enumerate(reversed(names)):
        stack: dict[int, int] = {}
        for value, place in zip(dots[name], _bins(dots[name], low, width), strict=True):
            stack[place] = stack.get(place, 0) + 1
            kind = "gain" if value > 0.005 else "pain" if value < -0.005 else "neither"
            centre = 0.0 if kind == "neither" else low + (place + 0.5) * width
            marks[kind].append((centre, row + 0.06 + step * (stack[place] - 0.5), f"{name}: {_value(value, unit)}"))
    figure = go.Figure()
    looks = {
        "pain": ("Pain", ink.pain, "diamond"),
        "neither": ("Neither", ink.neither, "circle-open"),
        "gain": ("Gain", ink.gain, "circle"),
    }
    for kind, (title, colour, symbol) in looks.items():
        if marks[kind]:
            x, y, text = zip(*marks[kind], strict=True)
            figure.add_scatter(
                x=x,
                y=y,
                text=text,
                name=title,
                mode="markers",
                hovertemplate="%{text}<extra></extra>",
                marker={"color": colour, "symbol": symbol, "size": 8, "line": {"width": 1}},
            )
    if saved is not None:
        _mark_saved(figure, saved, names, ink)
    for row in range(len(names) + 1):
        figure.add_hline(y=row, line={"color": ink.grid, "width": 1})
    figure.add_vline(x=0, line={"color": ink.text, "width": 1.5})
    figure.update_yaxes(
        tickvals=[i + 0.4 for i in range(len(names))],
        ticktext=[_wrapped(n) for n in reversed(names)],
        range=[0, len(names)],
        showgrid=False,
    )
    figure.update_xaxes(range=[low - width, high + width])
    return _finish(figure, ink, height=110 + 74 * len(names), x_unit=unit, x_title="Pain ← 0 → Gain")


def _bins(values: pd.Series, low: float, width: float) -> list[int]:
    return [min(int((v - low) / width), BINS - 1) for v in values]


def _mark_saved(figure: go.Figure, saved: pd.DataFrame, names: list[str], ink: Ink) -> None:
    """Three ticks a partner: where the saved design has its worst 1 in 20, middle and best 1 in 20."""
    x, y = [], []
    for row, name in enumerate(reversed(names)):
        if name in saved:
            x += [float(saved[name].quantile(p)) for p in (0.05, 0.5, 0.95)]
            y += [row + 0.02] * 3
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers",
        name="Saved design: 1 in 20, middle, 19 in 20",
        hoverinfo="skip",
        marker={"symbol": "triangle-up-open", "size": 11, "color": ink.ghost, "line": {"width": 2}},
    )


def s_curves(dots: pd.DataFrame, ink: Ink, unit: str = "£") -> go.Figure:
    """For each partner, the chance that its gain or pain is below a sum."""
    figure = go.Figure()
    for i, name in enumerate(dots):
        figure.add_scatter(
            x=dots[name],
            y=dots.index,
            name=name,
            mode="lines",
            line={"color": ink.partners[i % len(ink.partners)], "width": 2.5, "dash": DASHES[i % len(DASHES)]},
            hovertemplate=f"{name}: %{{y:.0%}} chance of less than %{{x:,.0f}}<extra></extra>",
        )
    figure.add_vline(x=0, line={"color": ink.text, "width": 1.5})
    figure.update_yaxes(tickformat=".0%", range=[0, 1], title="Chance of less")
    return _finish(figure, ink, height=420, x_unit=unit, x_title="Pain ← 0 → Gain")


def fan(bands: pd.DataFrame, ink: Ink) -> go.Figure:
    """Percentiles '5' to '95' by year: 9 in 10 futures in the light band, half in the dark, the middle as a line."""
    figure = go.Figure()
    years = list(bands.index)
    for low, high, name, strength in (("5", "95", "9 in 10 futures", 0.22), ("25", "75", "Half of futures", 0.5)):
        figure.add_scatter(x=years, y=bands[high], mode="lines", line={"width": 0}, hoverinfo="skip", showlegend=False)
        figure.add_scatter(
            x=years,
            y=bands[low],
            mode="lines",
            line={"width": 0},
            fill="tonexty",
            name=name,
            fillcolor=_faded(ink.gain, strength),
            hoverinfo="skip",
        )
    labels = [signed(value) for value in bands["50"]]
    figure.add_scatter(
        x=years,
        y=bands["50"],
        mode="lines+markers",
        name="Middle future",
        text=labels,
        line={"color": ink.text, "width": 2.5},
        hovertemplate="%{x}: %{text}<extra></extra>",
    )
    figure.add_hline(y=0, line={"color": ink.text, "width": 1.5})
    figure.update_xaxes(type="category")
    figure = _finish(figure, ink, height=340)
    _pound_axis(figure, "y", bands.min().min(), bands.max().max())
    return figure


def share_curve(
    curve: pd.DataFrame, ink: Ink, likely: tuple[float, float] | None, edges: dict[str, float]
) -> go.Figure:
    """Each provider's gain or pain stacked over the saving (index: part of target cost); the likely range shaded."""
    figure = go.Figure()
    for i, name in enumerate(curve):
        colour = ink.partners[i % len(ink.partners)]
        for side, part in (("gain", curve[name].clip(lower=0)), ("pain", curve[name].clip(upper=0))):
            figure.add_scatter(
                x=curve.index,
                y=part,
                name=name,
                stackgroup=side,
                legendgroup=name,
                showlegend=side == "gain",
                mode="lines",
                line={"width": 0.8, "color": colour},
                fillcolor=_faded(colour, 0.75),
                text=[f"{percent(s)} saved: {name} {signed(v)}" for s, v in zip(curve.index, curve[name], strict=True)],
                hovertemplate="%{text}<extra></extra>",
            )
    total = curve.sum(axis=1)
    figure.add_scatter(
        x=curve.index,
        y=total,
        name="Providers together",
        mode="lines",
        line={"color": ink.text, "width": 2.5},
        hoverinfo="skip",
    )
    if likely:
        figure.add_vrect(
            x0=likely[0],
            x1=likely[1],
            fillcolor=ink.neither,
            opacity=0.14,
            line_width=0,
            annotation_text="9 in 10 futures",
            annotation_position="bottom left",
        )
    for name, place in edges.items():
        figure.add_vline(x=place, line={"color": ink.neither, "width": 1, "dash": "dot"}, layer="below")
        figure.add_annotation(
            x=place,
            y=1,
            yref="paper",
            text=name,
            textangle=-90,
            showarrow=False,
            font={"size": 12},
            yanchor="top",
            xanchor="left" if place >= 0 else "right",
        )
    figure.add_hline(y=0, line={"color": ink.text, "width": 1})
    figure.add_vline(x=0, line={"color": ink.text, "width": 1})
    figure.update_xaxes(range=[curve.index.min(), curve.index.max()])
    figure = _finish(figure, ink, height=440, x_unit="%", x_title="Overspend ← target cost → Saving")
    _pound_axis(figure, "y", total.min(), total.max())
    return figure


def line(
    values: pd.Series, ink: Ink, x_title: str, unit: str = "£", mark: float | None = None, mark_text: str = ""
) -> go.Figure:
    """One curve with, where asked, one place marked on it."""
    figure = go.Figure()
    figure.add_scatter(
        x=values.index,
        y=values,
        mode="lines",
        line={"color": ink.gain, "width": 3},
        hovertemplate="%{x:.3g}: %{y:,.0f}<extra></extra>",
    )
    figure.add_hline(y=0, line={"color": ink.text, "width": 1})
    if mark is not None:
        figure.add_vline(
            x=mark,
            line={"color": ink.pain, "width": 2, "dash": "dash"},
            annotation_text=mark_text,
            annotation_position="top",
        )
    figure = _finish(figure, ink, height=300, x_title=x_title)
    if unit == "£":
        _pound_axis(figure, "y", values.min(), values.max())
    return figure


def build_up(steps: pd.Series, ink: Ink) -> go.Figure:
    """From the baseline to the target cost, step by step; the last step is the total."""
    figure = go.Figure(
        go.Waterfall(
            x=list(steps.index),
            y=steps.to_list(),
            measure=["absolute", *["relative"] * (len(steps) - 2), "total"],
            text=[money(steps.iloc[0]), *(signed(v) for v in steps.iloc[1:-1]), money(steps.iloc[-1])],
            textposition="outside",
            connector={"line": {"color": ink.neither}},
            increasing={"marker": {"color": ink.partners[2]}},
            decreasing={"marker": {"color": ink.partners[1]}},
            totals={"marker": {"color": ink.neither}},
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )
    reach = steps.iloc[:-1].cumsum()
    floor = min(reach.min(), steps.iloc[-1]) * 0.9
    figure.update_yaxes(range=[floor, max(reach.max(), steps.iloc[-1]) * 1.03])
    figure = _finish(figure, ink, height=360)
    _pound_axis(figure, "y", floor, reach.max())
    return figure


def ruler(levels: pd.Series, scores: pd.Series, ink: Ink, unit: str, marks: dict[str, float]) -> go.Figure:
    """How a KPI's value becomes a score: the curve through the five levels, and where the KPI is today.

    `levels`: value of each level by name. `scores`: score by value.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=scores.index,
        y=scores,
        mode="lines",
        line={"color": ink.gain, "width": 3},
        showlegend=False,
        hovertemplate="%{x:.4g}: score %{y:.0f}<extra></extra>",
    )
    at_levels = _read_off(scores, levels.to_list())
    figure.add_scatter(
        x=levels,
        y=at_levels,
        mode="markers+text",
        text=[f"{str(n).capitalize()} {measured(v, '')}" for n, v in levels.items()],
        textposition="middle right" if levels.iloc[0] > levels.iloc[-1] else "middle left",
        marker={"size": 9, "color": ink.text},
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )
    for (name, place), (symbol, colour) in zip(
        marks.items(), (("diamond", ink.pain), ("star", ink.partners[2])), strict=False
    ):
        figure.add_scatter(
            x=[place],
            y=_read_off(scores, [place]),
            mode="markers",
            name=f"{name} {measured(place, unit)}",
            marker={"size": 15, "symbol": symbol, "color": colour, "line": {"width": 1, "color": ink.text}},
        )
    span = float(scores.index.max() - scores.index.min())
    room = (0.28 * span, 0.0) if levels.iloc[0] < levels.iloc[-1] else (0.0, 0.28 * span)
    figure.update_xaxes(range=[float(scores.index.min()) - room[0], float(scores.index.max()) + room[1]])
    figure.update_yaxes(range=[-118, 118], tickvals=[-100, -50, 0, 50, 100], title="Score")
    return _finish(figure, ink, height=360, x_title=unit or "Value")


def _read_off(scores: pd.Series, places: list[float]) -> list[float]:
    """Scores at some values, from a curve indexed by rising values."""
    return [float(v) for v in np.interp(places, scores.index, scores)]


def level_chances(chances: pd.DataFrame, ink: Ink) -> go.Figure:
    """How likely each KPI is to land between which levels: one bar a KPI, worst left, best right."""
    shades = [
        ink.pain,
        _faded(ink.pain, 0.6),
        _faded(ink.pain, 0.3),
        _faded(ink.gain, 0.35),
        _faded(ink.gain, 0.65),
        ink.gain,
    ]
    figure = go.Figure()
    for name, colour in zip(chances, shades, strict=True):
        figure.add_bar(
            y=[_wrapped(n) for n in chances.index],
            x=chances[name],
            name=name.capitalize(),
            orientation="h",
            marker={"color": colour, "line": {"color": ink.text, "width": 0.5}},
            text=[f"{v:.0%}" if v >= 0.06 else "" for v in chances[name]],
            textposition="inside",
            insidetextanchor="middle",
            hovertemplate=f"%{{y}}: %{{x:.0%}} {name}<extra></extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.35, legend={"traceorder": "normal"})
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(tickformat=".0%", range=[0, 1])
    return _finish(figure, ink, height=130 + 38 * len(chances))


def density(quantiles: pd.Series, ink: Ink, unit: str) -> go.Figure:
    """A small picture of a range: how 40 equally likely values lie. Index: chance below; values: the quantiles."""
    values = quantiles.to_numpy()
    heights, edges = np.histogram(values, bins=24)
    figure = go.Figure(
        go.Bar(
            x=(edges[:-1] + edges[1:]) / 2,
            y=heights,
            width=np.diff(edges),
            hoverinfo="skip",
            marker={"color": ink.gain, "line": {"width": 0}},
        )
    )
    figure.update_yaxes(visible=False)
    figure = _finish(figure, ink, height=120, x_unit=unit)
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 24}, bargap=0)
    return figure


def chances(values: pd.Series, ink: Ink) -> go.Figure:
    """Chances by name as bars with their figure written on them."""
    figure = go.Figure(
        go.Bar(
            y=[_wrapped(str(n)) for n in values.index],
            x=values,
            orientation="h",
            text=[percent(v) for v in values],
            textposition="outside",
            cliponaxis=False,
            marker={"color": ink.pain},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(tickformat=".0%", range=[0, max(0.05, float(values.max()) * 1.15)])
    return _finish(figure, ink, height=90 + 44 * len(values))


def heat_map(matrix: pd.DataFrame, ink: Ink) -> go.Figure:
    """What moves together: correlations between -1 and 1, written in each cell."""
    names = [_wrapped(n, 18) for n in matrix.columns]
    figure = go.Figure(
        go.Heatmap(
            z=matrix.to_numpy(),
            x=names,
            y=names,
            zmin=-1,
            zmax=1,
            showscale=False,
            colorscale=[[0, ink.pain], [0.5, "rgba(128,128,128,0.08)"], [1, ink.gain]],
            text=[[f"{v:.2f}".replace("-", "−") for v in row] for row in matrix.to_numpy()],
            texttemplate="%{text}",
            hovertemplate="%{x} and %{y}: %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed")
    return _finish(figure, ink, height=140 + 34 * len(matrix))


def _value(value: float, unit: str) -> str:
    return signed(value) if unit == "£" else percent(value)


def _faded(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def _wrapped(name: str, width: int = 26) -> str:
    """Long names on two lines or more."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _pound_axis(figure: go.Figure, axis: str, low: float, high: float) -> None:
    """Ticks that read £2m, not 2M."""
    span = (high - low) or 1.0
    step = 10 ** np.floor(np.log10(span / 3))
    step *= next(k for k in (1, 2, 5, 10) if span / (k * step) <= 6)
    ticks = np.arange(np.ceil(low / step) * step, high + step / 2, step)
    figure.update_layout(
        {f"{axis}axis": {"tickvals": ticks.tolist(), "ticktext": [money(t) if t else "£0" for t in ticks]}}
    )


def _finish(figure: go.Figure, ink: Ink, height: int, x_unit: str = "", x_title: str = "") -> go.Figure:
    """The look that all figures share."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 36, "b": 8},
        font={"size": 15, "color": ink.text, "family": FONT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hovermode="closest",
        dragmode=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    figure.update_xaxes(gridcolor=ink.grid, zeroline=False, title=x_title or None, automargin=True, color=ink.text)
    figure.update_yaxes(gridcolor=ink.grid, zeroline=False, automargin=True, color=ink.text)
    if x_unit == "%":
        figure.update_xaxes(tickformat=".0%")
    elif x_unit == "£":
        spans = [np.asarray(t.x, dtype=float) for t in figure.data if t.x is not None and len(t.x)]
        _pound_axis(figure, "x", min(s.min() for s in spans), max(s.max() for s in spans))
    return figure

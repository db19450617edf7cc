"""Figures of what was agreed and assumed: the contract, the KPIs, the ranges. Tables in, Plotly figures out."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import measured, money, signed
from ui.look import Ink, faded, finished, pound_axis, wrapped


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
                fillcolor=faded(colour, 0.75),
                hovertemplate=f"%{{x:.1%}} saved: {name} £%{{y:,.0f}}<extra></extra>",
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
    figure = finished(figure, ink, height=440, x_unit="%", x_title="Overspend ← target cost → Saving")
    pound_axis(figure, "y", total.min(), total.max())
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
    figure = finished(figure, ink, height=300, x_title=x_title)
    if unit == "£":
        pound_axis(figure, "y", values.min(), values.max())
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
    figure = finished(figure, ink, height=360)
    pound_axis(figure, "y", floor, reach.max())
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
    return finished(figure, ink, height=360, x_title=unit or "Value")


def _read_off(scores: pd.Series, places: list[float]) -> list[float]:
    """Scores at some values, from a curve indexed by rising values."""
    return [float(v) for v in np.interp(places, scores.index, scores)]


def level_chances(chances: pd.DataFrame, ink: Ink) -> go.Figure:
    """How likely each KPI is to land between which levels: one bar a KPI, worst left, best right."""
    shades = [
        ink.pain,
        faded(ink.pain, 0.6),
        faded(ink.pain, 0.3),
        faded(ink.gain, 0.35),
        faded(ink.gain, 0.65),
        ink.gain,
    ]
    figure = go.Figure()
    for name, colour in zip(chances, shades, strict=True):
        figure.add_bar(
            y=[wrapped(str(n), 40) for n in chances.index],
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
    return finished(figure, ink, height=130 + 46 * len(chances))


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
    figure = finished(figure, ink, height=120, x_unit=unit)
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 24}, bargap=0)
    return figure


def heat_map(matrix: pd.DataFrame, ink: Ink) -> go.Figure:
    """What moves together: correlations between -1 and 1, written in each cell."""
    names = [wrapped(n, 18) for n in matrix.columns]
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
    return finished(figure, ink, height=140 + 34 * len(matrix))

"""Figures of results. Tables in, Plotly figures out; nothing here knows Streamlit or computes money."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import percent, signed
from ui.look import DASHES, Ink, faded, finished, pound_axis, wrapped

BINS = 48


def dotplot(dots: pd.DataFrame, ink: Ink, unit: str = "£", saved: pd.DataFrame | None = None) -> go.Figure:
    """50 equally likely futures of each partner as dots on one scale; `saved` marks another design's 1-in-20s.

    `dots` has a column for each partner and a row for each equally likely value, lowest first.
    """
    low, high = float(min(dots.min().min(), 0.0)), float(max(dots.max().max(), 0.0))
    width = (high - low) / BINS or 1.0
    marks: dict[str, list[tuple[float, float, str]]] = {"gain": [], "pain": [], "neither": []}
    tallest = max(int(np.unique(_bins(dots[n], low, width), return_counts=True)[1].max()) for n in dots)
    step = 0.72 / max(tallest, 8)
    names = [str(name) for name in dots]
    for row, name in enumerate(reversed(names)):
        stack: dict[int, int] = {}
        for value, place in zip(dots[name], _bins(dots[name], low, width), strict=True):
            stack[place] = stack.get(place, 0) + 1
            kind = "gain" if value > 0.005 else "pain" if value < -0.005 else "neither"
            centre = 0.0 if kind == "neither" else low + (place + 0.5) * width
            marks[kind].append((centre, row + 0.14 + step * (stack[place] - 0.5), f"{name}: {_value(value, unit)}"))
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
        ticktext=[wrapped(n) for n in reversed(names)],
        range=[0, len(names)],
        showgrid=False,
    )
    figure.update_xaxes(range=[low - width, high + width])
    return finished(figure, ink, height=110 + 74 * len(names), x_unit=unit, x_title="Pain ← 0 → Gain")


def _bins(values: pd.Series, low: float, width: float) -> list[int]:
    return [min(int((v - low) / width), BINS - 1) for v in values]


def _mark_saved(figure: go.Figure, saved: pd.DataFrame, names: list[str], ink: Ink) -> None:
    """Three ticks a partner: where the saved design has its worst 1 in 20, middle and best 1 in 20."""
    x, y = [], []
    for row, name in enumerate(reversed(names)):
        if name in saved:
            x += [float(saved[name].quantile(p)) for p in (0.05, 0.5, 0.95)]
            y += [row + 0.06] * 3
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
    return finished(figure, ink, height=420, x_unit=unit, x_title="Pain ← 0 → Gain")


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
            fillcolor=faded(ink.gain, strength),
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
    figure = finished(figure, ink, height=340)
    pound_axis(figure, "y", bands.min().min(), bands.max().max())
    return figure


def chances(values: pd.Series, ink: Ink) -> go.Figure:
    """Chances by name as bars with their figure written on them."""
    figure = go.Figure(
        go.Bar(
            y=[wrapped(str(n)) for n in values.index],
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
    return finished(figure, ink, height=90 + 44 * len(values))


def _value(value: float, unit: str) -> str:
    return signed(value) if unit == "£" else percent(value)

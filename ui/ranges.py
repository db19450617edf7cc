"""Figures of what is not known: ranges, series, fits, several people's views, correlations."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import MINUS
from ui.look import DASHES, Ink, Layout, across, faded, figure, scale, wrapped

ROOMY = 12
"""Correlated quantities up to which their names are written on both sides."""

MOST_WRITTEN = 32
"""Correlated quantities up to which there is room for a number in each cell."""

POOLED = "All together"
WHOLE = 15
"""Of so few values the place of each is written."""


def series(values: pd.Series, ink: Ink, unit: str) -> go.Figure:
    """Past values in their order, with a line at their mean."""
    dots = {
        "x": list(range(1, len(values) + 1)),
        "y": values,
        "mode": "lines+markers" if len(values) <= 60 else "markers",
        "line": {"color": ink.grid, "width": 1},
        "marker": {"color": ink.gain, "size": 8 if len(values) <= 60 else 4},
        "hovertemplate": "%{x}: %{y:.4~g}<extra></extra>",
    }
    y = {"title": "Value", **scale(unit, float(values.min()), float(values.max()))}
    shapes = [across(float(values.mean()), ink.text, 1.5)]
    x: Layout = {"title": "In their order; line: the mean"}
    if len(values) <= WHOLE:
        x["dtick"] = 1  # there is no value 1.5
    return figure([dots], ink, 280, x, y, shapes=shapes)


def fitted(values: pd.Series, curves: pd.DataFrame, ink: Ink, unit: str) -> go.Figure:
    """Past values as dots and fitted curves as lines: the chance below each value. Columns of `curves`: families."""
    ordered = np.sort(values.to_numpy())
    colours = (ink.pain, *ink.partners)
    lines: list[Layout] = [
        {
            "x": curves[name],
            "y": curves.index,
            "name": str(name),
            "mode": "lines",
            "line": {"color": colours[i % len(colours)], "width": 2.5, "dash": DASHES[i % len(DASHES)]},
            "hovertemplate": f"{name}: %{{y:.0%}} below %{{x:.4~g}}<extra></extra>",
        }
        for i, name in enumerate(curves)
    ]
    dots = {
        "x": ordered,
        "y": (np.arange(len(ordered)) + 0.5) / len(ordered),
        "name": "Values",
        "mode": "markers",
        "marker": {"color": ink.gain, "size": 9 if len(ordered) <= 60 else 4, "symbol": "circle-open"},
        "hoverinfo": "skip",
    }
    room = 0.4 * float(np.ptp(ordered)) or 1.0
    x = {"title": "Value", "range": [ordered[0] - room, ordered[-1] + room]}
    x |= scale(unit, ordered[0] - room, ordered[-1] + room)
    y = {"title": "Chance below", "tickformat": ".0%", "range": [-0.03, 1.03]}
    return figure([*lines, dots], ink, 320, x, y)


def views(ranges: pd.DataFrame, ink: Ink, unit: str) -> go.Figure:
    """Each person's range of 9 in 10 values with its middle, and below them that of all together (the last row)."""
    names = [wrapped(str(name), 22) for name in ranges.index]
    lines: list[Layout] = []
    for i, (name, (_, row)) in enumerate(zip(names, ranges.iterrows(), strict=True)):
        last = i == len(names) - 1
        colour = ink.text if last else ink.partners[i % len(ink.partners)]
        lines.append(
            {
                "x": [row["P5"], row["P50"], row["P95"]],
                "y": [name] * 3,
                "mode": "lines+markers",
                "line": {"color": colour, "width": 6 if last else 3},
                "marker": {
                    "color": colour,
                    "size": [1, 14, 1],
                    "opacity": 1,
                    "symbol": "diamond" if last else "circle",
                },
                "hovertemplate": f"{name}: %{{x:.4~g}}<extra></extra>",
            }
        )
    x = {"title": "9 in 10 values, with the middle", **scale(unit, float(ranges["P5"].min()), ranges["P95"].max())}
    y = {"autorange": "reversed", "type": "category"}
    return figure(lines, ink, 130 + 44 * len(names), x, y, showlegend=False)


def heat_map(matrix: pd.DataFrame, ink: Ink) -> go.Figure:
    """What moves together: correlations in percent, with their signs, in each cell while there is room."""
    count = len(matrix)
    names = [wrapped(str(name), 18) if count <= ROOMY else _cut(str(name)) for name in matrix.columns]
    down = names if count <= ROOMY else [f"{name}  {i}" for i, name in enumerate(names, start=1)]
    written = [[_signed(v) for v in row] for row in matrix.to_numpy()]
    cells = {
        "type": "heatmap",
        "z": matrix.to_numpy(),
        "x": names if count <= ROOMY else [str(i) for i in range(1, count + 1)],
        "y": down,
        "zmin": -1,
        "zmax": 1,
        "xgap": 1,
        "ygap": 1,
        "showscale": False,
        "colorscale": _scale(ink),
        "text": written,
        "texttemplate": "%{text}" if count <= MOST_WRITTEN else "",
        "textfont": {"size": 15 if count <= ROOMY else 11, "color": ink.text},
        "hovertemplate": "%{y} and %{x}: %{text}%<extra></extra>",
    }
    each = 34 if count <= ROOMY else 22
    x = {"type": "category", "side": "bottom" if count <= ROOMY else "top", "tickangle": 0}
    return figure([cells], ink, 140 + each * count, x, {"autorange": "reversed", "type": "category"})


def _scale(ink: Ink) -> list[tuple[float, str]]:
    """From pain over nothing to gain, pale enough for figures to be read on it."""
    return [(0.0, faded(ink.pain, 0.5)), (0.5, faded(ink.grid, 0.3)), (1.0, faded(ink.gain, 0.5))]


def _signed(correlation: float) -> str:
    """'+30', '−15', '0': percent with its sign."""
    return f"{round(correlation * 100):+d}".replace("-", MINUS) if round(correlation * 100) else "0"


def _cut(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33]}…"

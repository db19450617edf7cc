"""Figures of who carries the risk. Tables in, Plotly figures out."""

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from ui.format import money, percent, unbroken
from ui.look import Ink, Layout, faded, figure, upright, wrapped

DEEPEST = 0.55
"""How strong the colour of the largest figure is."""

FAINTEST = 1e-4
"""Roots, so that sums far from the largest can still be told from nothing; parts below this are next to nothing."""

HATCHED = {"shape": "/", "solidity": 0.35}
BAR, ROOM = 21, 16
"""Pixels for each bar, and between names."""


def parts(table: pd.DataFrame, titles: Mapping[str, str], ink: Ink) -> go.Figure:
    """Up to three columns of parts of a whole as bars, partners down; `titles` by column."""
    return _grouped(table, titles, percent, ink, ink.gain)


def losses(table: pd.DataFrame, titles: Mapping[str, str], ink: Ink) -> go.Figure:
    """Up to three columns of pounds lost as bars, partners down; `titles` by column."""
    return _grouped(table, titles, money, ink, ink.partners[3])


def matrix(table: pd.DataFrame, write: Callable[[float], str], ink: Ink, blank: str = "–") -> go.Figure:
    """Sums in cells, gain and pain in their colours, the stronger the larger; `blank` where there is none."""
    parts = table.fillna(0.0) / (float(table.abs().max().max()) or 1.0)
    pain, gain = (faded(colour, DEEPEST) for colour in (ink.pain, ink.gain))
    cells = {
        "type": "heatmap",
        "z": (parts * parts.abs().clip(lower=FAINTEST) ** -0.5).to_numpy(),
        "x": [wrapped(str(name), 14) for name in table],
        "y": [wrapped(str(name)) for name in table.index],
        **{"zmin": -1, "zmax": 1},
        "showscale": False,
        "colorscale": [[0, pain], [0.5, faded(ink.neither, 0.05)], [1, gain]],
        **dict.fromkeys(("xgap", "ygap"), 2),
        "text": [[blank if value != value else unbroken(write(value)) for value in row] for row in table.to_numpy()],
        "texttemplate": "%{text}",
        "textfont": {"color": ink.text, "size": 14},
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    bare = {"showgrid": False, "ticks": ""}
    x, y = (
        {**bare, "side": "top", "tickangle": 0, "tickfont": {"size": 13}},
        {**bare, "autorange": "reversed", "ticklabelstandoff": 6},
    )
    return figure([cells], ink, height=130 + 44 * len(table), x=x, y=y)


def _grouped(
    table: pd.DataFrame, titles: Mapping[str, str], write: Callable[[float], str], ink: Ink, second: str
) -> go.Figure:
    """Bars side by side: the first column hatched in the colour of pain, the next in a colour of its own."""
    looks: tuple[tuple[str, Layout], ...] = ((ink.pain, HATCHED), (second, {}), (ink.neither, {}))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": title,
            "y": [wrapped(str(name)) for name in table.index],
            "x": table[column].fillna(0.0),
            "text": ["none stated" if value != value else unbroken(write(value)) for value in table[column]],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": colour, "pattern": pattern},
            "hovertemplate": f"%{{y}}, {title}: %{{text}}<extra></extra>",
        }
        for (column, title), (colour, pattern) in zip(titles.items(), looks, strict=False)
    ]
    shown = table[list(titles)].fillna(0.0)
    low, high = min(float(shown.min().min()), 0.0), float(shown.max().max())
    room = 0.28 * ((high - low) or 1.0)
    x = {"range": [low - room * (low < 0), max(high, 0.0) + room], "showticklabels": False, "showgrid": False}
    y = {"autorange": "reversed", "showgrid": False, "ticklabelstandoff": 6}
    height = 80 + (ROOM + BAR * len(titles)) * len(table)
    return figure(traces, ink, height=height, x=x, y=y, barmode="group", shapes=[upright(0, ink.text, 1.5)])

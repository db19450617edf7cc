"""The figure of a search: true pence per pound against the tightest slack. Points in, Plotly figures out."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from ui.format import plain
from ui.incentive_words import in_pence
from ui.look import Ink, figure, pounds

STEPS = (0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Pence between ticks."""
MOST_STEPS = 5
NO_SPAN = 1e-4
"""Designs that are nearer than this have the same of a pound."""


def frontier(
    incentives: Sequence[float], slacks: Sequence[float], spare: Sequence[str], names: Sequence[str], ink: Ink
) -> go.Figure:
    """Designs that nobody refuses: the providers' part of the next pound, and what the tightest has to spare.

    `spare`: the same as it is written.
    """
    low, high = min(incentives), max(incentives)
    room = 0.12 * ((high - low) or 0.1)
    top = max(*slacks, 1.0)
    trace = {
        "x": list(incentives),
        "y": list(slacks),
        "text": [f"<b>{name}</b>" for name in names],
        "customdata": [
            f"{name}: {in_pence(x)} of the next pound, {left} to spare"
            for name, x, left in zip(names, incentives, spare, strict=True)
        ],
        "mode": "lines+markers+text",
        "textposition": "top center",
        "line": {"color": ink.neither, "width": 2, "dash": "dot"},
        "marker": {"color": ink.gain, "size": 13},
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "showlegend": False,
    }
    x = {
        "range": [low - room, high + room],
        "title": "Of the next pound saved, the providers have",
        **_pence(low - room, high + room, high - low),
    }
    y = {"range": [0, 1.2 * top], "title": "Tightest partner has to spare", **pounds(0, top)}
    return figure([trace], ink, height=340, x=x, y=y)


def _pence(start: float, end: float, span: float) -> dict[str, list[str] | list[float]]:
    """Round places on an axis of parts of a pound, several of them where designs lie apart by so much."""
    if span <= NO_SPAN:
        middle = (start + end) / 2
        return {"tickvals": [middle], "ticktext": [in_pence(middle)]}
    step = next((each for each in STEPS if 100 * span <= MOST_STEPS * each), STEPS[-1])
    places = [i * step for i in range(math.ceil(100 * start / step), math.floor(100 * end / step) + 1)]
    return {"tickvals": [place / 100 for place in places], "ticktext": [f"{plain(place)}p" for place in places]}

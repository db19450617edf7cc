"""The figure of a search: true pence per pound against the tightest slack. Points in, Plotly figures out."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from ui.incentive_words import in_pence
from ui.look import Ink, figure, pounds


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
    step = max(1, round(100 * (high - low) / 4))
    ticks = [part / 100 for part in range(math.ceil(100 * low), math.floor(100 * high) + 1, step)] or [low]
    x = {
        "range": [low - room, high + room],
        "title": "Of the next pound saved, the providers have",
        "tickvals": ticks,
        "ticktext": [in_pence(tick) for tick in ticks],
    }
    y = {"range": [0, 1.2 * top], "title": "Tightest partner has to spare", **pounds(0, top)}
    return figure([trace], ink, height=340, x=x, y=y)

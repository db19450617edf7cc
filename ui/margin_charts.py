"""The figure of how wrong assumptions may be. Tables in, Plotly figures out."""

import pandas as pd
import plotly.graph_objects as go

from ui.format import unbroken
from ui.look import Ink, figure, upright, wrapped

USUAL = "1 is as far as it is usually off"


def bars(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """Margins in standard deviations, 'relative', each with what it comes to, 'shown', at its end.

    A row without a margin has its words only: nothing within reach turns the verdict.
    """
    found = table["relative"].fillna(0.0)
    low, high = min(float(found.min()), 0.0), max(float(found.max()), 0.0)
    room = 0.8 * ((high - low) or 1.0)
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [wrapped(str(name), 34) for name in table.index],
        "x": found,
        "text": [unbroken(f" {text} ") for text in table["shown"]],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [ink.gain if size >= 0 else ink.pain for size in found]},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    title = f"Must be better ← 0; {USUAL}" if low < 0 else f"May be worse; {USUAL}"
    x = {"range": [low - room * (low < 0), high + room * (low >= 0)], "title": title}
    y = {"autorange": "reversed", "showgrid": False}
    return figure([trace], ink, height=110 + 46 * len(table), x=x, y=y, shapes=[upright(0, ink.text, 1.5)])

"""The figure of how wrong assumptions may be. Tables in, Plotly figures out."""

import pandas as pd
import plotly.graph_objects as go

from ui.format import unbroken
from ui.look import Ink, Layout, figure, upright, wrapped

USUAL = "1 is as far as it is usually off"


def bars(table: pd.DataFrame, ink: Ink) -> go.Figure:
    """Margins in standard deviations, 'relative', each with what it comes to, 'shown', at its end.

    A row without a margin has its words only: nothing within reach turns the verdict.
    """
    found = table["relative"].fillna(0.0)
    low, high = min(float(found.min()), 0.0), max(float(found.max()), 0.0)
    room = 0.8 * ((high - low) or 1.0)
    names = [wrapped(str(name), 34) for name in table.index]
    texts = [unbroken(str(text)) for text in table["shown"]]
    left = [size < 0 or (size == 0 and low < 0) for size in found]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": found,
        "text": texts,
        "textposition": "none",
        "marker": {"color": [ink.gain if size >= 0 else ink.pain for size in found]},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    title = f"Must be better ← 0; {USUAL}" if low < 0 else f"May be worse; {USUAL}"
    x = {"range": [low - room * any(left), high + room * (not all(left))], "title": title}
    y = {"autorange": "reversed", "showgrid": False}
    said = [_beside(*row, ink) for row in zip(texts, found, names, left, strict=True)]
    height, zero = 110 + 46 * len(table), upright(0, ink.text, 1.5)
    return figure([trace], ink, height=height, x=x, y=y, shapes=[zero], annotations=said)


def _beside(text: str, x: float, y: str, left: bool, ink: Ink) -> Layout:
    """A text at the end of a bar, never struck through by a line of the grid."""
    side = {"xanchor": "right", "xshift": -4} if left else {"xanchor": "left", "xshift": 4}
    return {"text": text, "x": x, "y": y, "showarrow": False, "bgcolor": ink.behind, **side}

"""Figures of who accepts. Tables in, Plotly figures out."""

import pandas as pd
import plotly.graph_objects as go

from model.acceptance import Verdict
from ui.format import unbroken
from ui.look import Ink, faded, figure, wrapped

STRENGTH = 0.36
ROW = 92
"""Pixels for four lines."""
PLACES: dict[Verdict | str, float] = {"refuses": -1.0, "too close to call": 0.0, "accepts": 1.0}


def matrix(texts: pd.DataFrame, verdicts: pd.DataFrame, ink: Ink) -> go.Figure:
    """Partners down, tests across; each cell has its words, its colour only repeats the verdict."""
    against, close, accepts = (faded(colour, STRENGTH) for colour in (ink.pain, ink.partners[4], ink.gain))
    thirds = [[0, against], [1 / 3, against], [1 / 3, close], [2 / 3, close], [2 / 3, accepts], [1, accepts]]
    cells = {
        "type": "heatmap",
        "z": [[PLACES.get(verdict) for verdict in row] for row in verdicts.to_numpy()],
        "x": [wrapped(str(name), 18) for name in texts],
        "y": [wrapped(str(name), 22) for name in texts.index],
        **{"zmin": -1, "zmax": 1},
        "showscale": False,
        "colorscale": thirds,
        **dict.fromkeys(("xgap", "ygap"), 3),
        "hoverinfo": "skip",
    }
    words = [
        {"text": unbroken(text), "x": x, "y": y, "showarrow": False, "font": {"size": 14, "color": ink.text}}
        for y, row in enumerate(texts.to_numpy())
        for x, text in enumerate(row)
    ]
    bare = {"showgrid": False, "ticks": ""}
    x = {**bare, "side": "top", "tickangle": 0, "tickfont": {"size": 15}}
    y = {**bare, "autorange": "reversed", "ticklabelstandoff": 6}
    return figure([cells], ink, height=70 + ROW * len(texts), x=x, y=y, annotations=words)

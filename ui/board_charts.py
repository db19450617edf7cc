"""The figure of the paper for a board. Tables in, Plotly figures out."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.flags import flags
from ui.format import chance, money, signed
from ui.look import Ink, Layout, figure, note, pounds, upright

BARS = 40
ROW = 0.1
"""Height of a line of text above the bars, in parts of their height."""


def ahead(
    values: pd.Series,
    marks: dict[str, float],
    limits: dict[str, float],
    ink: Ink,
    ends: tuple[str, str, str] = ("Pain", "Gain", "Gain or neither"),
) -> go.Figure:
    """One partner's equally likely futures as bars; figures marked by solid lines, limits by dashed ones.

    `marks` and `limits`: pounds by name; `ends`: what futures below 0 are called, those above, and those not below.
    """
    placed = {**marks, **limits}
    low, high = min([*values, 0.0, *placed.values()]), max([*values, 0.0, *placed.values()])
    width = (high - low) / BARS or 1.0
    low = -np.ceil(-low / width) * width  # so that no bar holds both gain and pain
    edges = low + width * np.arange(BARS + 2)
    counts = np.histogram(values, edges)[0] / len(values)
    middles = (edges[:-1] + edges[1:]) / 2
    traces = []
    for name, colour, chosen, pattern in (
        (ends[0], ink.pain, middles < 0, {"shape": "/", "solidity": 0.35}),
        (ends[2], ink.gain, middles >= 0, {}),
    ):
        if counts[chosen].any():
            traces.append(_bars(name, middles[chosen], counts[chosen], width, {"color": colour, "pattern": pattern}))
    told = flags(placed, low, high)
    heights = {flag.name: 1.02 + ROW * row for row, flag in enumerate(told)}
    lines = [upright(0, ink.text, 1.5)]
    for name, value in placed.items():
        look = (ink.pain, 2, "dash") if name in limits else (ink.text, 2, "solid")
        lines.append({**upright(value, *look), "y1": heights[name]})
    texts = [
        note(
            f"{name}: {signed(placed[name])}",
            placed[name],
            heights[name],
            xanchor="left" if to_the_right else "right",
            yanchor="bottom",
        )
        for name, to_the_right in told
    ]
    return figure(
        traces,
        ink,
        height=330 + 26 * len(placed),
        x={
            "range": [low - width, high + width],
            **pounds(low, high),
            "title": f"{ends[0]} ← 0 → {ends[1]} over the term",
        },
        y={"showticklabels": False, "title": "How likely", "showgrid": False},
        shapes=lines,
        annotations=texts,
        bargap=0.05,
        margin={"l": 8, "r": 16, "t": 20 + 26 * len(placed), "b": 8},
        legend={"orientation": "h", "y": -0.34, "yanchor": "top", "x": 0},
    )


def _bars(name: str, x: np.ndarray, y: np.ndarray, width: float, marker: Layout) -> Layout:
    texts = [
        f"{money(at - width / 2)} to {money(at + width / 2)}: {chance(part)}" for at, part in zip(x, y, strict=True)
    ]
    return {
        "type": "bar",
        "name": name,
        "x": x,
        "y": y,
        "width": width * 0.95,
        "marker": marker,
        "text": texts,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }

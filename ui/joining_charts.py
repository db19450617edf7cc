"""Figures of one partner's decision to join. Tables in, Plotly figures out."""

import pandas as pd
import plotly.graph_objects as go

from ui.format import money, signed, unbroken
from ui.look import DIRECTION, Ink, Layout, across, both_sides, figure, note, upright, wrapped

BINS = 30
CERTAIN = 0.5
"""Pounds within which values are the same."""
LOOKS = {"Pain": ("pain", "diamond"), "Neither": ("neither", "circle-open"), "Gain": ("gain", "circle")}


def against(dots: pd.DataFrame, ink: Ink) -> go.Figure:
    """Equally likely values of each column as dots on one scale, the first on top; what is certain is one large dot."""
    low, high = min(float(dots.min().min()), 0.0), max(float(dots.max().max()), 0.0)
    width = (high - low) / BINS or 1.0
    marks: dict[str, list[tuple[float, float, str, int]]] = {kind: [] for kind in LOOKS}
    notes = []
    for row, name in enumerate(reversed(list(dots))):
        values = dots[name]
        if float(values.max() - values.min()) < CERTAIN:
            value = float(values.iloc[0])
            marks[_kind(value)].append((value, row + 0.3, f"{name}: {signed(value)}", 16))
            notes.append(_beside(f"{_sum(value)} for certain", value, row + 0.3, (low + high) / 2, ink))
            continue
        places = ((values / width).floordiv(1)).astype(int)  # whole columns from 0, so that none has gain and pain
        step = 0.8 / max(int(places.value_counts().max()), 8)
        stack: dict[int, int] = {}
        for value, place in zip(values, places, strict=True):
            stack[place] = stack.get(place, 0) + 1
            height = row + 0.08 + step * (stack[place] - 0.5)
            marks[_kind(value)].append(((place + 0.5) * width, height, f"{name}: {signed(value)}", 9))
    labels = [wrapped(str(name)) for name in reversed(list(dots))]
    y = {"tickvals": [i + 0.4 for i in range(len(labels))], "ticktext": labels, "range": [0, len(labels)]}
    return figure(
        [_dots(kind, found, ink) for kind, found in marks.items() if found],
        ink,
        height=50 + 75 * len(labels),
        x={"range": [low - 1.5 * width, high + 1.5 * width], "title": DIRECTION, **both_sides(low, high)},
        y={**y, "showgrid": False},
        shapes=[*(across(i, ink.grid) for i in range(len(labels) + 1)), upright(0, ink.text, 1.5)],
        annotations=notes,
        showlegend=False,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
    )


def _beside(text: str, x: float, y: float, middle: float, ink: Ink) -> Layout:
    """A text on the roomier side of a dot, never struck through."""
    left = x > middle
    side = {"xanchor": "right", "xshift": -14} if left else {"xanchor": "left", "xshift": 14}
    return {"text": text, "x": x, "y": y, "showarrow": False, "bgcolor": ink.behind, **side}


def _sum(value: float) -> str:
    """A sum with its sign; nothing is £0."""
    return unbroken(signed(value)) if abs(value) >= CERTAIN else "£0"


def _kind(value: float) -> str:
    return "Gain" if value > 0.005 else "Pain" if value < -0.005 else "Neither"


def _dots(kind: str, found: list[tuple[float, float, str, int]], ink: Ink) -> Layout:
    """The dots of one kind: place, height, words and size of each."""
    colour, symbol = LOOKS[kind]
    x, y, text, size = zip(*found, strict=True)
    marker = {"color": getattr(ink, colour), "symbol": symbol, "size": size, "line": {"width": 1}}
    shown = {"mode": "markers", "name": kind, "marker": marker, "hovertemplate": "%{text}<extra></extra>"}
    return {"x": x, "y": y, "text": text, **shown}


def _in_two(words: str) -> str:
    """What is left, and below that for how many months, so that neither is cut on a phone."""
    left, _, last = words.rpartition(" · ")
    return unbroken(f"{left}<br>{last}" if last.endswith("months") and left else words)


def reserves(table: pd.DataFrame, minimum: float | None, ink: Ink) -> go.Figure:
    """What is left of reserves, pounds, as bars with their 'words', today's on top; a line at what they must keep.

    What is below that, or below nothing, is hatched.
    """
    low, high = min(float(table["pounds"].min()), 0.0), max(float(table["pounds"].max()), minimum or 0.0)
    short = [value < max(minimum or 0.0, 0.0) - CERTAIN for value in table["pounds"]]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [wrapped(str(name), 20) for name in table.index],
        "x": table["pounds"],
        "customdata": table["words"],
        "marker": {
            "color": [ink.pain if below else ink.gain for below in short],
            "pattern": {"shape": ["/" if below else "" for below in short], "solidity": 0.35},
        },
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
    }
    room = (high - low) or 1.0
    lines = [upright(0, ink.text, 1.5)]
    beside = {
        "xanchor": "left",
        "xshift": 4,
        "align": "left",
        "showarrow": False,
        "bgcolor": ink.behind,  # never struck through
    }
    said = [
        {
            "text": _in_two(row.words),
            "x": max(float(row.pounds), minimum or 0.0, 0.0),
            "y": wrapped(str(row.Index), 20),
            **beside,
        }
        for row in table.itertuples()
    ]
    if minimum is not None:
        lines.append(upright(minimum, ink.pain, 3, "dash"))
        said.append(note(f"must keep {money(minimum)}", minimum, 1.0, yanchor="bottom"))
    x = {"range": [low - 0.1 * room * (low < 0), high + 1.1 * room], "showticklabels": False, "showgrid": False}
    y = {"autorange": "reversed", "showgrid": False}
    return figure([bars], ink, height=50 + 42 * len(table), x=x, y=y, shapes=lines, annotations=said)

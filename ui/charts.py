"""Figures of results. Tables in, Plotly figures out; nothing here knows Streamlit or computes money."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.format import percent, signed
from ui.look import DASHES, Ink, Layout, across, faded, figure, ghosts, outlined, pounds, scale, upright, wrapped

BINS = 48
DIRECTION = "Pain ← 0 → Gain"
TEXT = "%{text}<extra></extra>"
Ends = tuple[float, float]
OF_TARGET = "of target"
"""The unit of costs stated as parts of target cost."""


def dotplot(dots: pd.DataFrame, ink: Ink, unit: str = "£", saved: pd.DataFrame | None = None) -> go.Figure:
    """50 equally likely futures of each partner as dots on one scale; `saved` marks another design.

    `dots` has a column for each partner and a row for each equally likely value, lowest first; `saved` has
    rows '5', '50' and '95'.
    """
    low, high = _reach(dots)
    width = (high - low) / BINS or 1.0
    low = -math.ceil(-low / width) * width  # so that no column of dots holds both gain and pain
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
    looks = {
        "pain": ("Pain", ink.pain, "diamond"),
        "neither": ("Neither", ink.neither, "circle-open"),
        "gain": ("Gain", ink.gain, "circle"),
    }
    traces: list[Layout] = []
    for kind, (title, colour, symbol) in looks.items():
        if marks[kind]:
            x, y, text = zip(*marks[kind], strict=True)
            marker = {"color": colour, "symbol": symbol, "size": 8, "line": {"width": 1}}
            traces.append(
                {
                    "x": x,
                    "y": y,
                    "text": text,
                    "name": title,
                    "mode": "markers",
                    "marker": marker,
                    "hovertemplate": TEXT,
                }
            )
    if saved is not None:
        traces.append(_marks_of_saved(saved, names, ink))
    low, high = _reach(dots, saved, low, high)
    rows = [across(row, ink.grid) for row in range(len(names) + 1)]
    labels = [wrapped(n) for n in reversed(names)]
    return figure(
        traces,
        ink,
        height=110 + 74 * len(names),
        x={"range": [low - width, high + width], "title": DIRECTION, **scale(unit, low, high)},
        y={
            "tickvals": [i + 0.4 for i in range(len(names))],
            "ticktext": labels,
            "range": [0, len(names)],
            "showgrid": False,
        },
        shapes=[*rows, upright(0, ink.text, 1.5)],
    )


def _reach(dots: pd.DataFrame, saved: pd.DataFrame | None = None, low: float = 0.0, high: float = 0.0) -> Ends:
    """From where to where an axis goes: what is shown, the saved design's marks of the same partners, and these two."""
    shown = [dots] if saved is None else [dots, saved[[name for name in dots if name in saved]]]
    least, most = zip(*((part.min().min(), part.max().max()) for part in shown if part.size), strict=True)
    return float(min(low, *least)), float(max(high, *most))


def _bins(values: pd.Series, low: float, width: float) -> list[int]:
    return [min(int((v - low) / width + 1e-9), BINS) for v in values]


def _marks_of_saved(saved: pd.DataFrame, names: list[str], ink: Ink) -> Layout:
    """Three ticks a partner: where the saved design has its worst 1 in 20, middle and best 1 in 20."""
    x, y = [], []
    for row, name in enumerate(reversed(names)):
        if name in saved:
            x += [float(saved.loc[p, name]) for p in ("5", "50", "95")]
            y += [row + 0.06] * 3
    marker = {"symbol": "triangle-up-open", "size": 11, "color": ink.ghost, "line": {"width": 2}}
    name = "Saved design: 1 in 20, middle, 19 in 20"
    return {"x": x, "y": y, "mode": "markers", "name": name, "hoverinfo": "skip", "marker": marker}


def s_curves(dots: pd.DataFrame, ink: Ink, unit: str = "£", saved: pd.DataFrame | None = None) -> go.Figure:
    """For each partner, the chance that its gain or pain is below a sum; `saved`: the same of the saved design."""
    traces = [
        {
            "x": dots[name],
            "y": dots.index,
            "name": name,
            "mode": "lines",
            "line": {"color": ink.partners[i % len(ink.partners)], "width": 2.5, "dash": DASHES[i % len(DASHES)]},
            "hovertemplate": f"{name}: %{{y:.0%}} chance of less than %{{x:,.0f}}<extra></extra>",
        }
        for i, name in enumerate(dots)
    ]
    if saved is not None:
        traces += ghosts([(saved[name], saved.index) for name in dots if name in saved], ink)
    return figure(
        traces,
        ink,
        height=420,
        x={"title": DIRECTION, **scale(unit, *_reach(dots, saved))},
        y={"tickformat": ".0%", "range": [0, 1], "title": "Chance of less"},
        shapes=[upright(0, ink.text, 1.5)],
    )


def fan(bands: pd.DataFrame, ink: Ink, saved: pd.DataFrame | None = None) -> go.Figure:
    """Percentiles '5' to '95' by year: 9 in 10 futures in the light band, half in the dark, the middle as a line.

    `saved`: the same of the saved design, of which 9 in 10 futures and the middle are outlined.
    """
    years = list(bands.index)
    edge = {"x": years, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    traces: list[Layout] = []
    for low, high, name, strength in (("5", "95", "9 in 10 futures", 0.22), ("25", "75", "Half of futures", 0.5)):
        fill = {"fill": "tonexty", "fillcolor": faded(ink.gain, strength), "name": name}
        traces += [{**edge, "y": bands[high], "showlegend": False}, {**edge, "y": bands[low], **fill}]
    middle = {
        "x": years,
        "y": bands["50"],
        "text": [f"{year}: {signed(value)}" for year, value in bands["50"].items()],
        "mode": "lines+markers",
        "name": "Middle future",
        "line": {"color": ink.text, "width": 2.5},
        "hovertemplate": TEXT,
    }
    shown = [bands]
    if saved is not None:
        shown.append(saved.loc[saved.index.isin(years)])
        traces += ghosts([(shown[1].index, shown[1][p]) for p in ("5", "50", "95")], ink)
    return figure(
        [*traces, middle],
        ink,
        height=340,
        x={"type": "category", "categoryorder": "array", "categoryarray": years},
        y=pounds(min(b.min().min() for b in shown), max(b.max().max() for b in shown)),
        shapes=[across(0, ink.text, 1.5)],
    )


def chances(values: pd.Series, ink: Ink, saved: pd.Series | None = None) -> go.Figure:
    """Chances by name as bars with their figure written on them; `saved`: the same of the saved design, outlined."""
    bars = _bars(values, [percent(value) for value in values], [ink.pain] * len(values))
    before = values.iloc[:0] if saved is None else saved[saved.index.isin(values.index)]
    reach = max(0.05, float(values.max()) * 1.15, float(before.max()) * 1.15 if len(before) else 0.0)
    x = {"tickformat": ".0%", "range": [0, reach]}
    rows = [int(place) for place in values.index.get_indexer(before.index)]
    boxes = [outlined((0.0, value), (row - 0.44, row + 0.44), ink) for row, value in zip(rows, before, strict=True)]
    traces = [bars, *ghosts([([None], [None])] * bool(boxes), ink)]
    y = {"autorange": "reversed", "type": "category"}
    return figure(traces, ink, height=90 + 44 * len(values), x=x, y=y, shapes=boxes, showlegend=bool(boxes))


def amounts(values: pd.Series, ink: Ink) -> go.Figure:
    """Gain to the right, pain to the left, by name; each with its sum."""
    written = [signed(value) if abs(value) >= 0.5 else "£0" for value in values]
    bars = _bars(values, written, [ink.gain if value >= 0 else ink.pain for value in values])
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = 0.4 * ((high - low) or 1.0)
    x = {"range": [low - room * (low < 0), high + room * (high > 0)], "title": DIRECTION, "showticklabels": False}
    y = {"autorange": "reversed", "showgrid": False}
    return figure([bars], ink, height=110 + 40 * len(values), x=x, y=y, shapes=[upright(0, ink.text, 1.5)])


def _bars(values: pd.Series, written: list[str], colours: list[str]) -> Layout:
    """A bar across for each name, with its figure at its end."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": [wrapped(str(name)) for name in values.index],
        "x": values,
        "text": written,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colours},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "showlegend": False,
    }


def coverage(years: list[str], values: list[float], low: float, high: float, unit: str, ink: Ink) -> go.Figure:
    """Past values by year over the range that was thought likely; those outside are marked by shape."""
    looks = {"Inside": (ink.gain, "circle"), "Outside": (ink.pain, "x")}
    traces = []
    for name, (colour, symbol) in looks.items():
        chosen = [(y, v) for y, v in zip(years, values, strict=True) if (low <= v <= high) == (name == "Inside")]
        if chosen := [(y, v) for y, v in chosen if not math.isnan(v)]:
            marker = {"color": colour, "symbol": symbol, "size": 13}
            at, known = zip(*chosen, strict=True)
            trace = {"x": at, "y": known, "mode": "markers", "name": name, "marker": marker}
            traces.append({**trace, "hovertemplate": "%{x}: %{y:.3g}<extra></extra>"})
    band = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high, "line": {"width": 0}}
    happened = [v for v in values if not math.isnan(v)]
    bottom, top = min([low, *happened]), max([high, *happened])
    room = 0.15 * (top - bottom or 1.0)
    y: Layout = {"range": [bottom - room, top + room]}
    y |= {"tickformat": ".0%", "title": "Cost, % of target"} if unit == OF_TARGET else {"title": unit or "Value"}
    shape = {**band, "fillcolor": ink.neither, "opacity": 0.2, "layer": "below"}
    x = {"type": "category", "categoryorder": "array", "categoryarray": years}
    return figure(traces, ink, height=320, x=x, y=y, shapes=[shape])


def _value(value: float, unit: str) -> str:
    return signed(value) if unit == "£" else percent(value)

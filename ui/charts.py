"""Figures of results. Tables in, Plotly figures out; nothing here knows Streamlit or computes money."""

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.format import percent, signed
from ui.look import (
    DASHES,
    DIRECTION,
    Ink,
    Layout,
    across,
    faded,
    figure,
    ghosts,
    outlined,
    pounds,
    scale,
    upright,
    wrapped,
)

TEXT = "%{text}<extra></extra>"
Ends = tuple[float, float]
OF_TARGET = "of target"
"""The unit of costs stated as parts of target cost."""


def _reach(dots: pd.DataFrame, saved: pd.DataFrame | None = None) -> Ends:
    """From where to where an axis goes: 0, what is shown, and the starting design's marks of the same partners."""
    shown = [dots] if saved is None else [dots, saved[[name for name in dots if name in saved]]]
    least, most = zip(*((part.min().min(), part.max().max()) for part in shown if part.size), strict=True)
    return float(min(0.0, *least)), float(max(0.0, *most))


def s_curves(
    dots: pd.DataFrame,
    ink: Ink,
    unit: str = "£",
    saved: pd.DataFrame | None = None,
    everybody: Sequence[str] = (),
) -> go.Figure:
    """For each partner, the chance that its gain or pain is a sum or less; `saved`: the same of the starting design.

    A partner has the colour and dashes of its place among `everybody`, whoever else is shown.
    """
    names = list(everybody or dots)
    places = {name: names.index(name) for name in dots}
    traces = [
        {
            "x": dots[name],
            "y": dots.index,
            "name": name,
            "mode": "lines",
            "line": {"color": ink.partners[i % len(ink.partners)], "width": 2.5, "dash": DASHES[i % len(DASHES)]},
            "hovertemplate": f"{name}: %{{y:.0%}} of futures at %{{x:,.0f}} or less<extra></extra>",
        }
        for name, i in places.items()
    ]
    if saved is not None:
        traces += ghosts([(saved[name], saved.index) for name in dots if name in saved], ink)
    return figure(
        traces,
        ink,
        height=420,
        x={"title": DIRECTION, **scale(unit, *_reach(dots, saved))},
        y={"tickformat": ".0%", "range": [0, 1], "title": "Chance of this or less"},
        shapes=[upright(0, ink.text, 1.5)],
    )


def fan(bands: pd.DataFrame, ink: Ink, saved: pd.DataFrame | None = None) -> go.Figure:
    """Percentiles '5' to '95' by year: 9 in 10 futures in the light band, half in the dark, the middle as a line.

    `saved`: the same of the starting design, of which 9 in 10 futures and the middle are outlined.
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
        y=pounds(min(0.0, *(b.min().min() for b in shown)), max(0.0, *(b.max().max() for b in shown))),
        shapes=[across(0, ink.text, 1.5)],
    )


def chances(values: pd.Series, ink: Ink, saved: pd.Series | None = None) -> go.Figure:
    """Chances by name as bars with their figure written on them; `saved`: the same of the starting design, outlined."""
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

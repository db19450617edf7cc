"""The look that all figures share: colours, type, axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.format import scale_of

Layout = dict[str, Any]


@dataclass(frozen=True)
class Ink:
    """The colours of one appearance; gain and pain differ in shape and sign too."""

    text: str
    grid: str
    gain: str
    pain: str
    neither: str
    ghost: str
    partners: tuple[str, ...]
    behind: str
    """The colour of the page."""
    scale: float = 1.0
    """How much larger figures and their type are drawn."""
    before: str = "Starting design"
    """What the ghost is called: what changes are counted from."""


LIGHT = Ink(
    "#14191F",
    "#D5DCE3",
    "#12436D",
    "#D4541B",
    "#6B7785",
    "#6B7785",
    ("#2073BC", "#801650", "#1B7F76", "#6B4FA0", "#8A6A00", "#3D3D3D", "#B5452C", "#0F7A52"),
    "#FFFFFF",
)
DARK = Ink(
    "#EEF2F6",
    "#33404D",
    "#7CB4E8",
    "#F58E55",
    "#9AA7B4",
    "#9AA7B4",
    ("#6BACE6", "#E58FC0", "#4FD1C5", "#BBA6EA", "#E0B84C", "#C9D1D9", "#F2917C", "#6FD3A0"),
    "#10161D",
)
SCREENS = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 3.75rem; padding-bottom: 3rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-beside) { min-width: min(100%, 24rem); }
[data-testid="stLayoutWrapper"]:has(> .st-key-beside > * > .st-key-verdicts) { min-width: min(100%, 20rem); }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-half-"]) { min-width: min(100%, 24rem); }
[data-testid="stLayoutWrapper"]:has(> [class*="st-key-foot-"]) {
  height: 1.25rem; margin: -2.25rem 0 0; pointer-events: none; white-space: nowrap;
}
.st-key-levers [data-testid="stSliderTickBar"] { display: none; }
[class*="st-key-uncapped-"] { gap: 0.4rem; }
[class*="st-key-uncapped-"] p { font-size: 0.875rem; }
[data-testid="stMain"] { scroll-padding-top: 4rem; }
[data-testid="stMain"] button[kind="tertiary"] * { text-align: left; }
button[data-variant="pills"] {
  height: auto; min-height: 2rem; text-align: left;
  &, & div, & p { white-space: normal; overflow: visible; height: auto; }
}
.stApp:has(.st-key-files [data-testid="stFileChipIconError"]) [data-testid="stLayoutWrapper"]:has(> .st-key-refused),
body:has(.st-key-taken-in [data-testid="stFileChipIconError"]) :has(> .st-key-not-taken-in),
[class*="st-key-bring-"]:has([data-testid="stFileChipIconError"]) :has(> [class*="st-key-not-brought-"]) {
  display: none;
}
[data-testid="stColumn"]:has(> [data-testid="stVerticalBlock"] > [class*="-remove"]) { container-type: inline-size; }
@container (max-width: 5.9rem) {
  [class*="-remove"] button [data-testid="stMarkdownContainer"] {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  }
}
@media (min-height: 600px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-news) {
    position: sticky; top: 3.75rem; z-index: 99; background: BEHIND;
  }
}
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-results-first, .st-key-levers-first)) { container-type: inline-size; }
.st-key-beside > :has(> .st-key-verdicts), .st-key-verdicts { display: contents; }
.st-key-verdicts > :has(> .st-key-just-changed) {
  position: sticky; top: 3.75rem; z-index: 98; background: BEHIND; padding-bottom: 0.5rem;
}
@container (max-width: 48rem) {
  .st-key-results-first, .st-key-levers-first {
    flex-direction: column !important; flex-wrap: nowrap !important; align-items: stretch !important; gap: 1rem;
    & > *, & > * > .st-key-beside > * { width: 100% !important; order: 2; }
    & > :has(> .st-key-beside), .st-key-beside { display: contents; }
    .st-key-beside > :not(:has(> .st-key-verdicts)) { order: 3; }
    .st-key-levers [data-testid="stSlider"] { scroll-margin-top: 14rem; }
    .st-key-levers input { scroll-margin-bottom: 4rem; }
  }
  .st-key-levers-first .st-key-verdicts > :not(:has(> .st-key-just-changed)) { order: 3; }
}
</style>"""
"""More of a page on a small screen; what needs some width takes a line of its own there. A button that
removes a line is only its sign where its word has no room; readers of the screen still hear the word.
What was said of a file goes when the browser itself refuses the next one, for its size or kind.
Where levers and what they change do not fit beside each other, they stand below each other in one column, in which the
sentence on what just changed stays in sight; results come first, or the levers do. What is told at the top of
the page stays in sight, because what it is about may be far below; it takes the colour of the page."""
READABLE = "<style>[data-testid='stMultiSelect'] span[title] { color: #10161D !important; }</style>"
"""In the dark, what is chosen from a list is dark on light blue."""
DIRECTION = "Pain ← 0 → Gain"
BREAK = " <br>"
"""Ends a line; the space keeps words apart for who hears them."""
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
FONT = "Source Sans, Source Sans Pro, Segoe UI, Arial, sans-serif"


def faded(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def wrapped(name: str, width: int = 26) -> str:
    """Long names on two lines or three; the longest are cut."""
    name = name if len(name) <= 3 * width else f"{name[: 3 * width - 1]}…"
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return BREAK.join(lines)


def across(y: float, colour: str, width: float = 1) -> Layout:
    """A line across the figure at a height."""
    line = {"color": colour, "width": width}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line}


def upright(x: float, colour: str, width: float = 1, dash: str = "solid") -> Layout:
    """A line from bottom to top at a place."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x, "line": line}


def note(text: str, x: float, y: float, **more: Any) -> Layout:
    """A text at a place, `y` in parts of the figure's height."""
    return {"text": text, "x": x, "y": y, "yref": "paper", "showarrow": False, **more}


def ticks(low: float, high: float, steps: int = 6) -> list[float]:
    """Round values from low to high, so many steps at most (3 or more) from the first to the last."""
    span = (high - low) or 1.0
    step = 10 ** np.floor(np.log10(span / 3))
    step *= next(k for k in (1, 2, 5, 10) if span / (k * step) <= steps)
    found: list[float] = np.arange(np.ceil(low / step) * step, high + step / 2, step).tolist()
    return found


def pounds(low: float, high: float) -> Layout:
    """An axis whose ticks read £2m, not 2M."""
    places = ticks(low, high)
    return {"tickvals": places, "ticktext": scale_of(places)}


def both_sides(low: float, high: float) -> Layout:
    """The same from below 0 to above it, with a figure on each side that is more than a sliver."""
    places, span = ticks(low, high), high - low
    step = places[1] - places[0] if len(places) > 1 else 0.0
    if 0 < step / 2 <= min(-low, high) < step:
        places = np.arange(np.ceil(2 * low / step) * step / 2, high + step / 4, step / 2).tolist()
    for end in (low, high):
        if abs(end) >= max(span / 20, 1e-9) and not any(place * end > 0 for place in places):
            places.append(float(f"{end:.1g}"))
    places = sorted(places)
    return {"tickvals": places, "ticktext": scale_of(places)}


def ghosts(lines: Sequence[tuple[Any, Any]], ink: Ink) -> list[Layout]:
    """Lines of what changes are counted from, each its places and heights: thin and dashed, under one name
    in the legend."""
    look = {"mode": "lines", "hoverinfo": "skip", "name": wrapped(ink.before, 40), "legendgroup": "saved"}
    line = {"color": ink.ghost, "width": 1.5, "dash": "dash"}
    return [{**look, "x": list(x), "y": list(y), "line": line, "showlegend": i == 0} for i, (x, y) in enumerate(lines)]


def outlined(x: tuple[float, float], y: tuple[float, float], ink: Ink) -> Layout:
    """The outline of a bar of the starting design, from corner to corner; a category is its number, from 0."""
    line = {"color": ink.ghost, "width": 1.5, "dash": "dash"}
    return {"type": "rect", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "line": line}


def scale(unit: str, low: float, high: float) -> Layout:
    """An axis in pounds or percent; for other units as it comes."""
    return pounds(low, high) if unit == "£" else {"tickformat": ".0%"} if unit == "%" else {}


def _larger(part: Any, scale: float) -> Any:
    """Parts of a figure with larger type."""
    if isinstance(part, list):
        return [_larger(each, scale) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {**each, "size": each["size"] * scale}
        if name.endswith("font") and "size" in each
        else _larger(each, scale)
        for name, each in part.items()
    }


def figure(
    traces: list[Layout], ink: Ink, height: int, x: Layout | None = None, y: Layout | None = None, **layout: Any
) -> go.Figure:
    """A figure in the look that all share, made in one step: adding parts one by one takes ten times as long."""
    if ink.scale != 1:
        traces, x, y, layout = (_larger(part, ink.scale) for part in (traces, x, y, layout))
    axis = {"gridcolor": ink.grid, "zeroline": False, "automargin": True, "color": ink.text}
    return go.Figure(
        data=traces,
        layout={
            "height": height * ink.scale,
            "margin": {"l": 8, "r": 16, "t": 36, "b": 8},
            "font": {"size": 15 * ink.scale, "color": ink.text, "family": FONT},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "hovermode": "closest",
            "dragmode": False,
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "xaxis": {**axis, **(x or {})},
            "yaxis": {**axis, **(y or {})},
            **layout,
        },
    )

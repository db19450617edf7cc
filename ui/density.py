"""A small picture of a range in HTML: a page has many, and each is there at once."""

from collections.abc import Iterator
from html import escape

import numpy as np
import pandas as pd

from ui.dots import part, scale
from ui.look import Ink, ticks

BARS, HEIGHT, STEPS = 24, 92, 4
LETTER = 0.6
"""About how wide a figure is, in parts of the size of its type."""
LOOK = """<style>
.range { line-height: 1.2; print-color-adjust: exact; }
.range-field, .range-ticks { position: relative; overflow: hidden; }
.range-field i { position: absolute; bottom: 0; background: var(--gain); forced-color-adjust: none; }
.range-field s { position: absolute; top: 0; bottom: 0; width: 1px; background: var(--grid); }
.range-ticks { height: 1.7em; overflow: visible; }
.range-ticks span { position: absolute; top: 0.3em; transform: translateX(-50%); white-space: nowrap; }
</style>"""


def density(quantiles: pd.Series, ink: Ink, unit: str, alt: str = "", span: tuple[float, float] | None = None) -> str:
    """How equally likely values lie, on a scale of `span`. Index: chance below; values: the quantiles."""
    ends = span or _ends(quantiles)
    lines = [f'<s style="left:{part(tick, ends)}"></s>' for tick in ticks(*ends, STEPS)]
    style = f"--gain: {ink.gain}; --grid: {ink.grid}; color: {ink.text}; font-size: {15 * ink.scale:g}px"
    drawn, height = "".join([*lines, *_bars(quantiles, ends)]), f"height: {HEIGHT * ink.scale:g}px"
    field = f'<div class="range-field" style="{height}">{drawn}</div>'
    below = f'<div class="range-ticks">{_labels(ends, unit)}</div>'
    return f'{LOOK}<div class="range" role="img" aria-label="{escape(alt)}" style="{style}">{field}{below}</div>'


def _labels(ends: tuple[float, float], unit: str) -> str:
    """What stands at the ticks; a label near the right end is moved in, so that it ends where the picture does."""
    places = [tick for tick in ticks(*ends, STEPS) if tick <= ends[1]]
    spans = zip(places, scale(places, unit), strict=True)
    return "".join(f'<span style="left:{_inside(part(place, ends), text)}">{text}</span>' for place, text in spans)


def _inside(place: str, text: str) -> str:
    """Where the middle of a label is: at its place, or half of its width before the right end."""
    return f"min({place}, 100% - {len(text) * LETTER / 2:.2f}em)"


def _bars(quantiles: pd.Series, ends: tuple[float, float]) -> Iterator[str]:
    """A bar for each step of values, as high as there are many; a thin one for what is certain."""
    heights, edges = np.histogram(quantiles, bins=np.linspace(*_ends(quantiles), BARS + 1))
    if heights.max() == len(quantiles):
        value, thin = float(quantiles.iloc[0]), (ends[1] - ends[0]) / 80
        heights, edges = np.array([1]), np.array([value - thin / 2, value + thin / 2])
    for height, low, high in zip(heights / heights.max(), edges, edges[1:], strict=False):
        if height:
            wide = f"{(high - low) / (ends[1] - ends[0]):.2%}"
            yield f'<i style="left:{part(low, ends)};width:{wide};height:{height:.1%}"></i>'


def _ends(quantiles: pd.Series) -> tuple[float, float]:
    """From the lowest to the highest value, with room around one that is certain."""
    low, high = float(quantiles.min()), float(quantiles.max())
    room = 0 if high > low else abs(low) or 0.1
    return low - room, high + room

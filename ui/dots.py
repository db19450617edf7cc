"""Futures as dots, written as HTML: after an edit they are there at once, where a chart would be made anew and drawn
twice."""

import math
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.base import PENNY
from ui.format import percent, scale_of, signed
from ui.look import DIRECTION, Ink, ticks
from ui.range_words import figure

BINS = 48
ROW, SIZE = 74, 9
"""Pixels: the height of a partner's row, and a dot with its edge."""
LOOK = """<style>
.dots { line-height: 1.25; print-color-adjust: exact; }
.dots-key { display: flex; flex-wrap: wrap; gap: 0 1.2em; padding-bottom: 0.5em; }
.dots-key span { position: relative; padding-left: 1.1em; }
.dots-key span i { left: 0.4em; top: 50%; }
.dots-plot { display: grid; grid-template-columns: fit-content(12em) 1fr; column-gap: 0.5em; padding-right: 1.2em; }
.dots-name { align-self: center; text-align: right; padding-top: 0.6em; overflow-wrap: anywhere; }
.dots-field, .dots-ticks { grid-column: 2; position: relative; }
.dots-ticks { height: 1.7em; }
.dots-ticks span { position: absolute; top: 0.3em; transform: translateX(-50%); white-space: nowrap; }
.dots-title { grid-column: 2; text-align: center; }
.dots-field u, .dots-field s { position: absolute; background: var(--grid); }
.dots-field u { left: 0; right: 0; height: 1px; }
.dots-field s { top: 0; bottom: 0; width: 1px; }
.dots-field s.zero { background: var(--text); width: 1.5px; }
.dots i { position: absolute; width: var(--size); height: var(--size); margin: calc(var(--size) / -2); }
.dots i { forced-color-adjust: none; box-sizing: border-box; }
.dots i.gain, .dots i.pain { border: 1px solid var(--edge); }
.dots i.gain { background: var(--gain); border-radius: 50%; }
.dots i.pain { background: var(--pain); transform: rotate(45deg); }
.dots i.neither { border: 2px solid var(--neither); border-radius: 50%; }
.dots i.saved { display: flex; align-items: center; justify-content: center; font: 900 0.9em sans-serif; }
.dots i.saved::before { content: "△"; color: var(--ghost); }
</style>"""
EDGE = "#444"
"""Round each dot, so that those on top of each other stay apart."""
KINDS = {"pain": "Pain", "neither": "Neither", "gain": "Gain", "saved": "{}: 1 in 20, middle, 19 in 20"}


class Dot(NamedTuple):
    """A mark of a kind: its value on the scale, its height in rows from the top, and what it says."""

    kind: str
    value: float
    height: float
    said: str


def dotplot(
    dots: pd.DataFrame,
    ink: Ink,
    unit: str = "£",
    alt: str = "",
    saved: pd.DataFrame | None = None,
    pounds: pd.DataFrame | None = None,
) -> str:
    """50 equally likely futures of each partner as dots on one scale; `saved` marks another design.

    `dots` has a column for each partner and a row for each equally likely value, lowest first; `saved` has
    rows '5', '50' and '95'. `pounds`: the same futures in pounds, where the scale has another unit.
    """
    money = dots if pounds is None else pounds
    low, high, width = _reach(dots)
    stacks = [np.unique(_bins(dots[name], low, width), return_counts=True)[1].max() for name in dots]
    step = 0.72 / max(int(max(stacks)), 8)
    kinds = {name: [_kind(value) for value in money[name]] for name in dots}
    marks = [
        mark
        for row, name in enumerate(dots)
        for mark in _row(str(name), dots[name], kinds[name], row, low, width, step, unit)
    ]
    if saved is not None:
        marks += _marks_of_saved(saved, [str(name) for name in dots])
    shown = [low, high, *(mark.value for mark in marks)]
    ends = min(shown) - width, max(shown) + width
    parts = [
        f'<div class="dots-key">{_key(marks, ink)}</div>',
        f'<div class="dots-plot" style="grid-template-rows: repeat({len(dots.columns)}, {ROW * ink.scale:g}px)">',
        *(f'<div class="dots-name" style="grid-row: {i}">{escape(str(n))}</div>' for i, n in enumerate(dots, start=1)),
        f'<div class="dots-field" style="grid-row: 1 / span {len(dots.columns)}">{_field(marks, ends, len(stacks))}',
        f'</div><div class="dots-ticks">{labels(ends, unit)}</div><div class="dots-title">{DIRECTION}</div></div>',
    ]
    return f'{LOOK}<div class="dots" role="img" aria-label="{escape(alt)}" style="{_style(ink)}">{"".join(parts)}</div>'


def _reach(dots: pd.DataFrame) -> tuple[float, float, float]:
    """The lowest and highest value and the width of a column of dots; none of these holds both gain and pain."""
    low, high = float(min(dots.min().min(), 0.0)), float(max(dots.max().max(), 0.0))
    width = (high - low) / BINS or 1.0
    return -math.ceil(-low / width) * width, high, width


def _bins(values: pd.Series, low: float, width: float) -> list[int]:
    return [min(int((v - low) / width + 1e-9), BINS) for v in values]


def _kind(pounds: float) -> str:
    """Gain or pain, as a chance of pain counts it."""
    return "gain" if pounds > PENNY else "pain" if pounds < -PENNY else "neither"


def _row(
    name: str, values: pd.Series, kinds: list[str], row: int, low: float, width: float, step: float, unit: str
) -> Iterator[Dot]:
    """A partner's dots, those of one column on top of each other."""
    stack: dict[int, int] = {}
    for value, kind, place in zip(values, kinds, _bins(values, low, width), strict=True):
        stack[place] = stack.get(place, 0) + 1
        centre = 0.0 if kind == "neither" else low + (place + 0.5) * width
        said = signed(value) if unit == "£" else percent(value)
        yield Dot(kind, centre, row + 0.86 - step * (stack[place] - 0.5), f"{name}: {said}")


def _marks_of_saved(saved: pd.DataFrame, names: list[str]) -> list[Dot]:
    """Three marks a partner: where the starting design has its worst 1 in 20, middle and best 1 in 20."""
    rows = [(row, name) for row, name in enumerate(names) if name in saved]
    return [Dot("saved", float(saved.loc[p, name]), row + 0.94, "") for row, name in rows for p in ("5", "50", "95")]


def _key(marks: list[Dot], ink: Ink) -> str:
    """What the shapes mean, of those that are there."""
    found = {mark.kind for mark in marks}
    shown = {kind: escape(title.format(ink.before)) for kind, title in KINDS.items() if kind in found}
    return "".join(f'<span><i class="{kind}"></i>{title}</span>' for kind, title in shown.items())


def _field(marks: list[Dot], ends: tuple[float, float], rows: int) -> str:
    """Lines between the rows and at each tick, and the dots over them."""
    lines = [f'<u style="top: {row / rows:.2%}"></u>' for row in range(rows + 1)]
    lines += [f'<s style="left: {part(tick, ends)}"></s>' for tick in _ticks(ends) if tick]
    lines.append(f'<s class="zero" style="left: {part(0.0, ends)}"></s>')
    return "".join([*lines, *(_dot(mark, ends, rows) for mark in marks)])


def _dot(mark: Dot, ends: tuple[float, float], rows: int) -> str:
    said = f' title="{escape(mark.said)}"' if mark.said else ""
    place = f"left:{part(mark.value, ends)};top:{mark.height / rows:.2%}"
    return f'<i class="{mark.kind}"{said} style="{place}"></i>'


def _ticks(ends: tuple[float, float]) -> list[float]:
    """Round values between the ends: one beyond them would hang over the edge of the page."""
    return [place for place in ticks(*ends, 7) if ends[0] <= place <= ends[1]]


def labels(ends: tuple[float, float], unit: str) -> str:
    """What stands at the ticks of a scale."""
    places = _ticks(ends)
    spans = zip(places, scale(places, unit), strict=True)
    return "".join(f'<span style="left: {part(place, ends)}">{text}</span>' for place, text in spans)


def scale(places: list[float], unit: str) -> list[str]:
    """Values of a scale, written alike."""
    return scale_of(places) if unit == "£" else [figure(place, unit) for place in places]


def part(value: float, ends: tuple[float, float]) -> str:
    """Where a value is, as a part of the width."""
    return f"{(value - ends[0]) / (ends[1] - ends[0]):.2%}"


def _style(ink: Ink) -> str:
    colours = {name: getattr(ink, name) for name in ("text", "grid", "gain", "pain", "neither", "ghost")}
    inks = "; ".join(f"--{name}: {colour}" for name, colour in (colours | {"edge": EDGE}).items())
    return f"{inks}; --size: {SIZE * ink.scale:g}px; font-size: {15 * ink.scale:g}px"

"""Charts of papers, in the colours and places of those on screen. Tables in, matplotlib figures out.

Plotly needs a browser to print; these need none.
"""

import textwrap
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ui.flags import flags
from ui.format import money, signed
from ui.look import DIRECTION, LIGHT, Layout, pounds

WHOLE, HALF = 6.93, 3.42
"""Inches across a page, and across half of one."""
BINS = {WHOLE: 40, HALF: 24}
"""Columns of dots on that width."""
CLEAR: Layout = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
"""Behind words that a line would run through."""
GAP = 0.12
"""Inches between rows of dots."""
LINE = 0.15
"""Inches of a line of text above the dots."""
SMALL = 7.5
"""Points of the type."""
CERTAIN = 0.5
"""Pounds within which values are the same."""
LONGEST = 60
"""Characters of a name that are shown."""


class Grid(NamedTuple):
    """How dots stand: the pounds of a column, dots in the tallest, inches of a row and of a dot."""

    step: float
    tallest: int
    row: float
    dot: float

    @property
    def room(self) -> float:
        """The part of a row that dots may fill."""
        return 1 - GAP / self.row


def futures(
    dots: pd.DataFrame,
    title: str,
    width: float = WHOLE,
    lines: Mapping[str, float] | None = None,
    limit: str = "",
    direction: str = DIRECTION,
) -> Figure:
    """Equally likely futures of each column as dots on one scale, the first on top: ◆ pain, ● gain.

    `lines`: pounds by name, marked upright; the one called `limit` is dashed.
    """
    lines = lines or {}
    ends = [0.0, float(dots.min().min()), float(dots.max().max()), *lines.values()]
    low, high = min(ends), max(ends)
    step = (high - low) / BINS[width] or 1.0
    stacks = [_stacked(dots[name], step) for name in dots]
    grid = _grid(stacks, step, width)
    drawing, axes = _drawing(title, width, grid.row * len(stacks) + LINE * len(lines) + 0.5)
    axes.set_xlim(low - 1.5 * step, high + 1.5 * step)
    axes.set_ylim(0, len(stacks) + LINE * len(lines) / grid.row)
    _money(axes, low, high, direction)
    axes.set_yticks([at + 0.4 for at in range(len(stacks))])
    _named(axes, "y", [_cut(str(name)) for name in reversed(list(dots))] if len(stacks) > 1 else [""])
    axes.plot([0, 0], [0, len(stacks)], color=LIGHT.text, linewidth=1)
    for place, (columns, counts) in enumerate(reversed(stacks)):
        _dots(axes, columns, counts, place, grid)
    _mark(axes, lines, limit, len(stacks), LINE / grid.row)
    return drawing


def _grid(stacks: list[tuple[list[float], list[int]]], step: float, width: float) -> Grid:
    """Rows as high as their dots need, within reason."""
    tallest = max(max(counts) for _, counts in stacks)
    dot = 0.9 * (width - 1.1) / (BINS[width] + 3)
    row = max(0.4, min(tallest * dot, 1.1)) + GAP
    return Grid(step, tallest, row, min(dot, (row - GAP) / tallest))


def _stacked(values: pd.Series, step: float) -> tuple[list[float], list[int]]:
    """Middles of the columns that hold dots, and how many; whole columns from 0, so that none has gain and pain."""
    if float(values.max() - values.min()) < CERTAIN:
        return [float(values.iloc[0])], [1]
    places, counts = np.unique(np.floor(values / step).astype(int), return_counts=True)
    return [(int(place) + 0.5) * step for place in places], [int(count) for count in counts]


def _dots(axes: Axes, columns: list[float], counts: list[int], row: int, grid: Grid) -> None:
    """The dots of one row; a single one has its sum beside it."""
    size = (72 * grid.dot * 0.92) ** 2
    for middle, count in zip(columns, counts, strict=True):
        heights = row + 0.04 + grid.room * (np.arange(count) + 0.5) / grid.tallest
        marker, colour, part = ("D", LIGHT.pain, 0.62) if middle < -0.005 else ("o", LIGHT.gain, 1.0)
        axes.scatter([middle] * count, heights, s=size * part, marker=marker, color=colour, linewidths=0, zorder=3)
    if sum(counts) == 1:
        left = columns[0] > sum(axes.get_xlim()) / 2
        beside: Layout = {"ha": "right" if left else "left", "va": "center", "fontsize": SMALL, "color": LIGHT.text}
        said = f"{signed(columns[0]) if abs(columns[0]) >= CERTAIN else '£0'} for certain"
        axes.annotate(said, (columns[0], heights[0]), (-9 if left else 9, 0), textcoords="offset points", **beside)


def _mark(axes: Axes, lines: Mapping[str, float], limit: str, top: int, line: float) -> None:
    """Upright lines with their names above, each on a height of its own, so that no line runs through a name."""
    for row, (name, to_the_right) in enumerate(flags(lines, *axes.get_xlim())):
        reach = top + line * (row + 0.1)
        look = ("--", LIGHT.pain) if name == limit else ("-", LIGHT.text)
        axes.plot([lines[name]] * 2, [0, reach], look[0], color=look[1], linewidth=1.1, zorder=2)
        ends: Layout = {"ha": "left" if to_the_right else "right", "va": "bottom"}
        axes.text(lines[name], reach, f" {name}: {signed(lines[name])} ", fontsize=SMALL, color=LIGHT.text, **ends)


def reserves(table: pd.DataFrame, minimum: float | None, title: str, width: float = HALF) -> Figure:
    """What is left of reserves, pounds, with its 'words' at the end of each bar; a line at what they must keep."""
    short = [value < max(minimum or 0.0, 0.0) - CERTAIN for value in table["pounds"]]
    drawing, axes = _drawing(title, width, 0.62 + 0.27 * len(table))
    bars = axes.barh(range(len(table)), table["pounds"], 0.62, color=[LIGHT.pain if s else LIGHT.gain for s in short])
    for bar, below in zip(bars, short, strict=True):
        bar.set(hatch="///" if below else "", edgecolor="white", linewidth=0)
    high, low = max(float(table["pounds"].max()), minimum or 0.0), min(float(table["pounds"].min()), 0.0)
    for place, (value, said) in enumerate(zip(table["pounds"], table["words"], strict=True)):
        beside: Layout = {"va": "center", "fontsize": SMALL, "color": LIGHT.text, "bbox": CLEAR}
        axes.text(max(float(value), 0.0) + 0.03 * (high - low), place, said, **beside)
    axes.set_xlim(low - 0.06 * (high - low) * (low < 0), high + 1.4 * ((high - low) or 1.0))
    _names_down(axes, [str(name) for name in table.index], 19)
    if minimum is not None:
        axes.axvline(minimum, color=LIGHT.pain, linewidth=1.6, linestyle="--")
        axes.set_title(f"must keep {money(minimum)}", fontsize=SMALL, color=LIGHT.text, pad=2)
    return drawing


def swings(table: pd.DataFrame, title: str) -> Figure:
    """A tornado: what a partner gains or loses, off its mean, where an input is in its lowest or highest tenth."""
    drawing, axes = _drawing(title, WHOLE, 0.72 + 0.3 * len(table))
    reach = float(table[["low", "high"]].abs().max().max() or 1.0)
    looks = (("low", "Input in its lowest tenth", 2, ""), ("high", "Input in its highest tenth", 3, "///"))
    for column, name, colour, hatch in looks:
        values = table[column].fillna(0.0)
        look: Layout = {"color": LIGHT.partners[colour], "hatch": hatch, "edgecolor": "white", "linewidth": 0}
        axes.barh(range(len(table)), values, 0.62, label=name, **look)
        for place, value in enumerate(values):
            if abs(value) >= CERTAIN:
                ends: Layout = {"ha": "left" if value > 0 else "right", "va": "center"}
                axes.text(value, place, f" {signed(value)} ", fontsize=SMALL, color=LIGHT.text, **ends)
    axes.set_xlim(-1.35 * reach, 1.35 * reach)
    _names_down(axes, [str(name) for name in table.index], 42)
    axes.set_xlabel("Worse than on average ← 0 → Better", fontsize=SMALL, color=LIGHT.text)
    drawing.legend(loc="outside lower right", ncols=2, fontsize=SMALL, frameon=False, handlelength=1.4)
    return drawing


def _drawing(title: str, width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure with its message above, in inches."""
    said = textwrap.wrap(title, int(width * 12.5))
    drawing = Figure(figsize=(width, height + 0.16 * len(said)), layout=ConstrainedLayoutEngine(h_pad=0.02, w_pad=0.02))
    if said:
        look: Layout = {"fontsize": SMALL + 1, "fontweight": "bold", "color": LIGHT.text}
        drawing.suptitle("\n".join(said), x=0.01, ha="left", parse_math=False, **look)
    axes = drawing.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LIGHT.grid)
    axes.tick_params(length=0, labelsize=SMALL, colors=LIGHT.text)
    return drawing, axes


def _money(axes: Axes, low: float, high: float, direction: str) -> None:
    ticks = pounds(low, high)
    axes.set_xticks(ticks["tickvals"])
    _named(axes, "x", ticks["ticktext"])
    axes.set_xlabel(direction, fontsize=SMALL, color=LIGHT.text)


def _names_down(axes: Axes, names: list[str], longest: int) -> None:
    """Names from the top down, without a scale."""
    axes.set_yticks(range(len(names)))
    _named(axes, "y", ["\n".join(textwrap.wrap(_cut(name), longest)) for name in names])
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.axvline(0, color=LIGHT.text, linewidth=1)
    axes.spines["bottom"].set_visible(False)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _named(axes: Axes, axis: str, names: list[str]) -> None:
    """Labels of an axis; no sign in them is mathematics."""
    for label in getattr(axes, f"set_{axis}ticklabels")(names):
        label.set_parse_math(False)

"""A paper as it is before it becomes a file: a title, a few lines about it, and blocks in reading order."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd
from matplotlib.figure import Figure

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2060\u200b\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that files may not hold, and those that only keep a screen from breaking a line."""


@dataclass(frozen=True)
class Heading:
    """What the blocks below it are about."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, its part of the width beside the others, and whether it holds figures."""

    title: str
    width: float = 1.0
    figures: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts below a header; `about` says what it holds to whoever cannot see it."""

    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart: how it is drawn, and what it shows in words."""

    draw: Callable[[], Figure]
    alt: str


@dataclass(frozen=True)
class Beside:
    """Pictures that stand side by side, each as wide as the others."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Break:
    """What follows starts on a new page."""


Block = Heading | Text | Bullets | Table | Picture | Beside | Break


def told(block: Block) -> tuple[str, ...]:
    """The texts of a block, but for what a picture shows."""
    match block:
        case Heading(text) | Text(text):
            return (text,)
        case Bullets(items):
            return items
        case Table():
            return tuple(cell for row in block.rows for cell in row)
    return ()


@dataclass(frozen=True)
class Paper:
    """A paper: what sort it is, its title, the lines below that, its blocks, and the line at the foot of each page."""

    kind: str
    title: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: str
    day: date
    size: float = 10.0
    """Points of its type."""
    head: str = ""
    """What has to be read before anything else, above all of it; mostly nothing."""
    sheets: int | None = None
    """Pages that it must fit: its type is smaller where it takes that."""

    def headings(self) -> list[str]:
        """Its headings in order."""
        return [block.text for block in self.blocks if isinstance(block, Heading)]


def printable(text: str) -> str:
    """A text as any file can hold it: on one line, without characters that no file may hold."""
    return " ".join(UNPRINTABLE.sub("", text).split())


NARROW, ROW, BOLD = 6, 260, 1.4
"""Characters that the narrowest column has room for, and all columns together before texts wrap; how wide bold is."""


def tabled(frame: pd.DataFrame, about: str, words: Collection[str] = ()) -> Table:
    """A frame that is written for reading as a table, its index first, each column as wide as its texts need.

    `words`: columns that hold words; all others hold figures.
    """
    texts = [[str(name) for name in frame.index], *(list(map(str, frame[title])) for title in frame)]
    titles = [str(frame.index.name or ""), *map(str, frame)]
    columns = [
        Column(title, _room(title, cells, ROW / len(texts)), i > 0 and title not in words)
        for i, (title, cells) in enumerate(zip(titles, texts, strict=True))
    ]
    return Table(about, tuple(columns), tuple(zip(*texts, strict=True)))


def _room(title: str, cells: list[str], most: float) -> float:
    """Characters that a column needs: its longest text, or the longest word of its title."""
    longest = max((len(text) for text in cells), default=0)
    return min(max(longest, BOLD * max(map(len, title.split()), default=0), NARROW), most) + 3.0

"""Lines of a pasted series parted into cells, each at most one number; refused where that could be done in two ways."""

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NoReturn

from data import scales
from data.typed import number, refuse, shown
from model.documents import Refused

SIGNS = ("-", "−", "–")
DIGIT, QUOTED = re.compile("[0-9]"), re.compile('"[^"]*"')
LOOSE = re.compile(r"(?<=£) +|(?<=[0-9]) +(?=%|(?:k|m|bn)\b)", re.I)
THOUSANDS = re.compile(r"\(?[-+−–]?£?[-+−–]?[0-9]{1,3}"), re.compile(r"[0-9]{3}(\.[0-9]*)?(%|k|m|bn)?\)?", re.I)
DECIMAL_COMMA = re.compile(r"\(?[-+−–]?£?[-+−–]?[0-9.]+,[0-9]+ ?(%|k|m|bn)?\)?", re.I)
APART = "put a semicolon between values, and no comma or space within one"


def cells_of(where: str, line: str) -> Iterator[str]:
    """The cells of a line, each at most one number."""
    cells = re.split("[\t;]", line)
    if '"' in line:
        if line.count('"') % 2 or len(line) > csv.field_size_limit():
            refuse(f"{where} cannot be read; check its quotation marks")
        bare = QUOTED.sub("", line)
        delimiter = next((mark for mark in "\t;" if mark in bare), ",")
        cells = next(csv.reader([line], delimiter=delimiter))
    for cell in cells:
        yield from _parts(where, cell.strip())


def _parts(where: str, cell: str) -> Iterator[str]:
    """A cell as it is, or parted at its spaces and commas. Raises Refused where that could be done in two ways."""
    pieces = [piece for piece in LOOSE.sub("", cell).split(" ") if piece]
    _must_not_run_on(where, pieces)
    if is_number(cell) or len(pieces) == 0:
        yield cell
        return
    for first, second in pairwise(pieces):
        if first in SIGNS and DIGIT.search(second):
            refuse_doubt(where, f"{first} {second}")
    for piece in pieces:
        yield from _between_commas(where, piece)


def _between_commas(where: str, piece: str) -> Iterator[str]:
    piece = piece.strip(",")
    if "," not in piece or not DIGIT.search(piece) or is_number(piece) or scales.only(piece):  # '£,000' is a unit
        yield piece
        return
    if DECIMAL_COMMA.fullmatch(piece):
        refuse_doubt(where, piece, "write a decimal with a point, and put a semicolon between values")
    parts = piece.split(",")
    _must_not_run_on(where, parts)
    yield from parts


def _must_not_run_on(where: str, parts: list[str]) -> None:
    """Refuses neighbours that could be one number: 12 345 and 12,345."""
    start, end = THOUSANDS
    for first, second in pairwise(parts):
        if start.fullmatch(first) and end.fullmatch(second):
            refuse_doubt(where, f"{first} {second}")


def refuse_doubt(where: str, text: str, remedy: str = APART) -> NoReturn:
    """Refuses what can be read in two ways, with what would make it sure."""
    refuse(f"{where} holds {shown(text)}, which can be read in two ways; {remedy}")


def is_number(text: str) -> bool:
    """Whether a text is one number."""
    try:
        number("", text, money=False)
    except Refused:
        return False
    return True

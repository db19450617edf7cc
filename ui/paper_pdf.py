"""A paper as a tagged PDF (PDF/UA-1). What was typed goes in as data, so that no sign in it can be markup."""

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
import typst

from ui.paper import Beside, Block, Break, Bullets, Heading, Paper, Picture, Table, Text, printable

LAYOUT = Path(__file__).with_name("paper.typ")


SMALLEST, STEP = 9.4, 0.2
"""Points of type below which a paper is not made smaller to fit its pages, and by how many it is each time.

Tables are smaller, and have 8 then."""


def written(paper: Paper) -> bytes:
    """The paper as a PDF on A4, on as many pages as it may have."""
    return _fitted(paper)[0]


def size_of(paper: Paper) -> float:
    """Points of its type for it to fit its pages."""
    return _fitted(paper)[1]


def _fitted(paper: Paper) -> tuple[bytes, float]:
    told, size = _said(paper), paper.size
    made = _compiled(told, paper.day)
    while paper.sheets and pages(made) > paper.sheets and size - STEP >= SMALLEST - 1e-9:
        size -= STEP
        made = _compiled(told | {"size": size}, paper.day)
    return made, size


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _said(paper: Paper) -> dict[str, Any]:
    return {
        "head": printable(paper.head),
        "kind": printable(paper.kind),
        "title": printable(paper.title),
        "about": [printable(line) for line in paper.about],
        "size": paper.size,
        "foot": printable(paper.foot),
        "blocks": [_told(block) for block in paper.blocks],
    }


def _compiled(told: dict[str, Any], day: date) -> bytes:
    return typst.compile(
        _layout(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(told)},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(day, time(), UTC),
    )


@cache
def _fonts() -> typst.Fonts:
    """The layout's own font, and those that have the letters and signs that it does not have."""
    return typst.Fonts(font_paths=[str(Path(matplotlib.get_data_path(), "fonts", "ttf"))])


@cache
def _layout() -> bytes:
    return LAYOUT.read_bytes()


def _told(block: Block) -> dict[str, Any]:
    """A block as the layout reads it."""
    match block:
        case Heading(text):
            return {"kind": "heading", "text": printable(text)}
        case Text(text):
            return {"kind": "text", "text": printable(text)}
        case Bullets(items):
            return {"kind": "bullets", "items": [printable(item) for item in items]}
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case Beside(pictures):
            return {"kind": "beside", "pictures": [_picture(one) for one in pictures]}
        case Break():
            return {"kind": "new-page"}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "titles": [printable(column.title) for column in table.columns],
        "widths": [column.width for column in table.columns],
        "figures": [column.figures for column in table.columns],
        "rows": [[printable(cell) for cell in row] for row in table.rows],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    drawing = BytesIO()
    picture.draw().savefig(drawing, format="svg", transparent=True, metadata={"Date": None})
    return {"kind": "picture", "drawing": drawing.getvalue().decode(), "alt": printable(picture.alt)}

"""Sheets of actual figures to test with."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from data import sheets
from model.documents import Refused


def text(lines: str) -> dict[str, Any]:
    """What a CSV file of these lines means."""
    return sheets.read("actuals.csv", lines.encode())


def excel(*rows: list[Any], title: list[list[Any]] | None = None, **formats: str) -> bytes:
    """A workbook with these rows, a sheet before them if there is a title, and number formats by cell."""
    book = Workbook()
    sheet = book.active
    if title:
        for row in title:
            sheet.append(row)
        sheet = book.create_sheet("Second")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = ["Item", "Unit", "2018-19", "2019-20"]
GOOD = excel(HEAD, ["Cost: A", "£", 38_250_000, 1], ["KPI: Recovered", "%", 57, None])
SHEET, CONTENT = "xl/worksheets/sheet1.xml", "[Content_Types].xml"


def parts_of(content: bytes) -> dict[str, bytes]:
    source = zipfile.ZipFile(io.BytesIO(content))
    return {name: source.read(name) for name in source.namelist()}


def repacked(part: str, change: Callable[[bytes], bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with one part changed or added."""
    parts = parts_of(GOOD)
    changed = change(parts.get(part, b""))
    return packed(parts | {part: changed}, compression)


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def shared(strings: str, first: int) -> bytes:
    """The good workbook with a table of texts, as Excel keeps them; the first cell names its text by number."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts = parts_of(GOOD)
    listed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts[CONTENT] = parts[CONTENT].replace(b"</Types>", listed)
    parts[SHEET] = re.sub(rb'r="A1" t="inlineStr">.*?</c>', rb'r="A1" t="s"><v>%d</v></c>' % first, parts[SHEET])
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{strings}</sst>'.encode()
    return packed(parts)


def within(end: bytes, added: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(end, added + end)


WITHOUT = "{} holds a formula without a result; save the file in Excel, or put its value in its place."


def refusal(content: bytes, name: str = "actuals.csv") -> str:
    with pytest.raises(Refused) as caught:
        sheets.read(name, content)
    sentence = str(caught.value)
    assert len(caught.value.problems) == 1
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300
    return sentence


def value(typed: str) -> float:
    """The figure of a cell in which this was typed."""
    return float(text(f'Item,2018-19\nKPI: Recovered,"{typed}"\n')["years"][0]["kpis"]["Recovered"])

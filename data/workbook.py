"""Rows of text in CSV and Excel files, read with suspicion and written without surprises. What they mean: sheets.py."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime
from functools import cache
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from data import archive
from data.typed import refuse, shown, without_result
from model.documents import Refused

LARGEST_FILE = 1_000_000
"""Bytes."""

MOST_LINES = 400
LAST_ROW, LAST_COLUMN = 20_000, 256
"""Of an Excel sheet; nothing beyond is looked at."""

OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_EXCEL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Table = list[list[str | float | None]]


class Row(NamedTuple):
    """A row that is not blank: its number in the sheet, its cells as a person would type them."""

    number: int
    texts: list[str]


def place(row: int, column: int) -> str:
    """'C4' for row 4, column 2; the first column is 0."""
    return f"{get_column_letter(column + 1)}{row}"


def rows(name: str, content: bytes, head: str = "item", most: int = MOST_LINES) -> list[Row]:
    """At least one row, at most `most`. Raises Refused.

    Those of a CSV file, or of the first Excel sheet that starts with `head`, or else of the first that is not empty.
    """
    found = _in_excel(content, head, most) if is_excel(name, content) else list(_in_csv(content, most))
    return found or refuse("the file is empty")


def tables(name: str, content: bytes, most: int) -> dict[str, list[Row]]:
    """The rows of every visible sheet that is not empty, by its title; a CSV file is one. Raises Refused."""
    found = _sheets(content, most) if is_excel(name, content) else {"": list(_in_csv(content, most))}
    return {title: rows for title, rows in found.items() if rows} or refuse("the file is empty")


def is_excel(name: str, content: bytes) -> bool:
    """Whether a file is a workbook, and not CSV. Refuses what is neither."""
    check_size(content)
    if not name.lower().endswith((".csv", ".xlsx")):
        refuse(f"{shown(name)} is neither a CSV nor an Excel file; save it as .xlsx or CSV")
    return name.lower().endswith(".xlsx") or content.startswith(ZIP)


def check_size(content: bytes) -> None:
    """Refuses a file that is empty or too large, and the kinds of Excel file that are not read."""
    if not content:
        refuse("the file is empty")
    if len(content) > LARGEST_FILE:
        refuse(f"the file is too large; at most {LARGEST_FILE:,} bytes are read")
    if content.startswith(OLD_EXCEL):
        refuse("this is an old or password-protected Excel file; save it as .xlsx without a password, or as CSV")


def _in_csv(content: bytes, most: int) -> Iterator[Row]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip(' ,;\t"')), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in _not_blank(reader, most):
            for column, cell in enumerate(row.texts):
                if delimiter == ";" and column and re.fullmatch(r"[-−]?[0-9]{1,3},[0-9]{3}", cell):
                    either = f"{cell.replace(',', '.')} or {cell.replace(',', '')}"
                    refuse(f"{place(row.number, column)} holds {cell}, which can be read in two ways; write {either}")
            yield row
    except csv.Error:
        refuse(f"line {reader.line_num} cannot be read as CSV; check its quotation marks")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    return refuse("the file is not text; save it as CSV in UTF-8, or as .xlsx")


def _not_blank(sheet: Iterator[Sequence[str]], most: int) -> Iterator[Row]:
    """The rows of a sheet that are not blank, without the blanks around their cells."""
    lines = 0
    for number, cells in enumerate(sheet, start=1):
        if any(cells) and any(texts := [cell.strip() for cell in cells]):
            lines += 1
            if lines > most:
                refuse(f"the sheet has more than {most:,} lines; keep those of one alliance")
            yield Row(number, texts)


def _in_excel(content: bytes, wanted: str, most: int) -> list[Row]:
    try:
        archive.check(content)
        with _book(content) as (book, results):
            heads: list[Row] = []
            for sheet in book.worksheets:
                found = _not_blank(_texts(sheet, results) if sheet.sheet_state == "visible" else iter(()), most)
                for head in found:
                    if wanted == head.texts[0].casefold():
                        return [head, *found]
                    heads.append(head)
                    break
            return heads[:1]
    except Refused:
        raise
    except Exception:  # whatever a broken or hostile file sets off inside the libraries
        refuse(archive.UNREADABLE)


def _sheets(content: bytes, most: int) -> dict[str, list[Row]]:
    try:
        archive.check(content)
        with _book(content) as (book, results):
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return {sheet.title: list(_not_blank(_texts(sheet, results), most)) for sheet in visible}
    except Refused:
        raise
    except Exception:  # whatever a broken or hostile file sets off inside the libraries
        refuse(archive.UNREADABLE)


def opened(content: bytes, results: bool = False) -> Any:
    """A workbook to read row by row, with formulas as they stand, or their `results` as they were saved.

    Check it first with `archive.check`.
    """
    return load_workbook(BytesIO(content), read_only=True, data_only=results, keep_links=False)


@contextmanager
def _book(content: bytes) -> Iterator[tuple[Any, Callable[[], Any]]]:
    """A workbook with formulas as they stand, and the same with their results, which is opened when it is needed."""
    with ExitStack() as books:
        yield (
            books.enter_context(closing(opened(content))),
            cache(lambda: books.enter_context(closing(opened(content, results=True)))),
        )


def _texts(sheet: Any, results: Callable[[], Any]) -> Iterator[list[str]]:
    """The rows of a sheet; a formula is its result as it was saved, and is never worked out."""
    saved: Iterator[Any] | None = None
    for count, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN)):
        formulas = [j for j, cell in enumerate(row) if cell.data_type == "f"]
        if saved is None and formulas:
            there = results()[sheet.title].iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN)
            saved = islice(there, count, None)
        texts = ["" if cell.value is None else _text(cell) for cell in row]
        stored = next(saved, ()) if saved else ()
        for j in formulas:
            texts[j] = _result(stored[j] if j < len(stored) else None, place(count + 1, j))
        yield texts


def _result(cell: Any, where: str) -> str:
    """What was saved as the result of a formula: an empty text counts as one, nothing does not."""
    if cell is None or cell.value is None:
        return "" if cell is not None and cell.data_type in ("s", "str") else without_result(where)
    return _text(cell)


def _text(cell: Any) -> str:
    """A cell of Excel as a person would type it: 0.57 shown as a percentage is '57%'."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int | float):
        return str(value)
    if "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", cell.number_format):
        return f"{value * 100:.12g}%"
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)


def to_csv(table: Table) -> bytes:
    """All text in quotes, so that no delimiter splits a name; nothing that a spreadsheet would take for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for row in table:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table, formats: Sequence[str], guide: Sequence[str]) -> bytes:
    """A workbook with a sheet of the table, each row's figures in its number format, and a sheet of sentences."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Figures"
    for number, (row, number_format) in enumerate(zip(table, formats, strict=True), start=1):
        for column, value in enumerate(row, start=1):
            fill(sheet.cell(number, column), value)
            sheet.cell(number, column).number_format = number_format if column > 2 else "@"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 16
    sheet.column_dimensions["A"].width = min(60, max(len(str(row[0])) for row in table) + 2)
    sheet.freeze_panes = "C2"
    notes = book.create_sheet("How to fill in")
    notes.column_dimensions["A"].width = 110
    for number, sentence in enumerate(guide, start=1):
        fill(notes.cell(number, 1), sentence)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def fill(cell: Any, value: str | float | None) -> None:
    """Writes a value into a cell of a workbook. Text stays text, whatever it begins with; figures keep every digit."""
    cell.value = NOT_IN_EXCEL.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, float):
        cell.value = float.__repr__(value)  # the library would write 16 digits, which is one too few
        cell.data_type = "n"

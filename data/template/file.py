"""The cells of a workbook, read with suspicion: no macros, no other files, nothing that takes long."""

import zipfile
from contextlib import closing
from io import BytesIO
from typing import Any

from data import archive, workbook
from data.template.entries import Typed
from data.typed import refuse
from model.documents import Refused

MOST_ROWS, MOST_COLUMNS = 2_500, 2_100
"""Of a sheet; the longest list of a scenario has 2,000 lines."""

Row = dict[int, Typed]
"""The cells of a row that are not empty, by their column; the first is 0."""

Sheet = dict[int, Row]
"""The rows of a sheet that are not empty, by their number; the first is 1."""


def sheets(name: str, content: bytes) -> dict[str, Sheet]:
    """The visible sheets of an Excel file by their names. Raises Refused."""
    workbook.check_size(content)
    if name.lower().endswith(".xlsm"):
        refuse("the workbook holds macros; save it as .xlsx, without them")
    if not name.lower().endswith(".xlsx"):
        refuse("this is not an Excel workbook; save it as .xlsx")
    try:
        archive.check(content)
        _check_parts(content)
        with closing(workbook.opened(content)) as book:
            found = {sheet.title: _cells(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"}
        return _with_results(found, content) if any(map(_formulas, found.values())) else found
    except Refused:
        raise
    except Exception:  # whatever a broken or hostile file sets off inside the libraries
        refuse("the file cannot be read as an Excel workbook; save it again as .xlsx")


def _formulas(sheet: Sheet) -> list[tuple[int, int]]:
    """Row and column of each formula."""
    return [(number, column) for number, row in sheet.items() for column, cell in row.items() if cell.formula]


def _with_results(found: dict[str, Sheet], content: bytes) -> dict[str, Sheet]:
    """The sheets with the results that were saved of their formulas; one without a result stays a formula."""
    with closing(workbook.opened(content, results=True)) as book:
        for name, rows in found.items():
            results = _cells(book[name])
            for number, column in _formulas(rows):
                result = results.get(number, {}).get(column)
                if result is not None and not result.error:
                    rows[number][column] = result
    return found


def _check_parts(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = [part.lower() for part in parts.namelist()]
    if any("vbaproject" in part for part in names):
        refuse("the workbook holds macros; save it as .xlsx, without them")
    if any("externallink" in part for part in names):
        refuse("the workbook refers to other files; break the links, so that it holds values only")


def _cells(sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # a file may state any size
    found: Sheet = {}
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = _row(number, row)
        if cells and number > MOST_ROWS:
            refuse(f"sheet '{sheet.title[:40]}' has more than {MOST_ROWS:,} rows; delete those that are not needed")
        if cells:
            found[number] = cells
    return found


def _row(number: int, row: Any) -> Row:
    typed = {
        column: Typed(workbook.place(number, column), cell.value, cell.data_type == "f", cell.data_type == "e")
        for column, cell in enumerate(row[:MOST_COLUMNS])
        if cell.value is not None
    }
    return {column: cell for column, cell in typed.items() if not cell.empty}

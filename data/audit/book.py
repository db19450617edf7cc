"""Pages of a workbook that is worked out by itself: rows with a cell for each year, and formulas that refer to them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from data.workbook import fill
from model.base import PENNY

MONEY, PERCENT, PLAIN = "#,##0.00;[Red]-#,##0.00", "0.0##%", "0.0###########"
FORMATS = {"£": MONEY, "%": PERCENT}
LEAD = 3
"""Columns before those of the years."""

TYPED = PatternFill("solid", fgColor="FFF6D5")
HEAD = PatternFill("solid", fgColor="DCE6F1")
AGREES, DIFFERS = PatternFill("solid", bgColor="D8EFD8"), PatternFill("solid", bgColor="F6CFCF")
BOLD = Font(name="Calibri", size=11, bold=True)
LARGE = Font(name="Calibri", size=14, bold=True)
AMOUNT_WIDTH = 18
LINE_HEIGHT = 15.0

Widths = Mapping[str, float]
"""The width of each column, by its heading."""


class Formula(str):
    """A formula without its equals sign. Nothing else is ever written as one."""


@dataclass(frozen=True)
class Cells:
    """A row's cells: one for each year, or one in a single column for all years."""

    sheet: str
    row: int
    column: str = ""

    def __call__(self, year: str) -> str:
        """The reference to the cell of a year, by its column."""
        return f"{self.sheet}!${self.column}${self.row}" if self.column else f"{self.sheet}!{year}{self.row}"


OfYear = Callable[[str], str]
"""From the column of a year to a reference or a formula."""


def added(cells: Sequence[Cells], year: str) -> str:
    """The sum of rows that follow each other on one sheet, in the column of a year."""
    if not cells:
        return "0"
    return f"SUM({cells[0](year)}:{cells[-1](year).partition('!')[2]})"


class Page:
    """A sheet that is filled from top to bottom: three columns that name a row, one for each year, and others."""

    def __init__(self, book: Any, title: str, lead: Widths, years: Sequence[str], after: Widths) -> None:
        self.sheet, self.title = book.create_sheet(title), title
        self.columns = [get_column_letter(LEAD + 1 + t) for t in range(len(years))]
        self.row = 0
        heads = [*lead.items(), *((year, AMOUNT_WIDTH) for year in years), *after.items()]
        self._write([head for head, _ in heads])
        for cell, (_, width) in zip(self.sheet[1], heads, strict=True):
            cell.font, cell.fill = BOLD, HEAD
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            self.sheet.column_dimensions[cell.column_letter].width = width
            heighten(self.sheet, cell)
        self.sheet.freeze_panes = f"{get_column_letter(LEAD + 1)}2"
        printed(self.sheet)
        self.sheet.print_title_rows = "1:1"

    def section(self, title: str) -> None:
        """A heading across the sheet, with a blank row before it."""
        self.row += 1
        self._write([title])
        self.sheet.cell(self.row, 1).font = BOLD

    def constant(self, lead: Sequence[str], value: Any, unit: str = "") -> Cells:
        """A row with one figure for all years, in the last column of the lead."""
        self._write([*lead, value])
        self._typed(LEAD, unit)
        return Cells(self.title, self.row, get_column_letter(LEAD))

    def yearly(self, lead: Sequence[str], values: Iterable[Any], unit: str = "£") -> Cells:
        """A row with a typed figure for each year."""
        self._write([*lead, *[""] * (LEAD - len(lead)), *values])
        for t in range(len(self.columns)):
            self._typed(LEAD + 1 + t, unit)
        return Cells(self.title, self.row)

    def worked(self, lead: Sequence[str], formula: OfYear, unit: str = "£", only: Sequence[str] = ()) -> Cells:
        """A row with a formula for each year, or for some columns only."""
        texts = [Formula(formula(c)) if not only or c in only else "" for c in self.columns]
        self._write([*lead, *[""] * (LEAD - len(lead)), *texts])
        for t in range(len(texts)):
            self.sheet.cell(self.row, LEAD + 1 + t).number_format = FORMATS.get(unit, PLAIN)
        return Cells(self.title, self.row)

    def emphasised(self) -> None:
        """The row last written is a line of the settlement, not one on the way to it."""
        for cell in self.sheet[self.row][: LEAD + len(self.columns)]:
            cell.font, cell.alignment = BOLD, Alignment(vertical="top", wrap_text=cell.column <= LEAD)

    def note(self, column: int, value: Any, unit: str = "") -> None:
        """Something after the years in the row last written; the first column after them is 0."""
        cell = self.sheet.cell(self.row, LEAD + 1 + len(self.columns) + column)
        self._fill(cell, value)
        cell.number_format = FORMATS.get(unit, "General")
        cell.alignment = Alignment(wrap_text=column > 1, vertical="top", horizontal="center" if column == 1 else None)
        if column > 1:
            heighten(self.sheet, cell)

    def checked(self, model: float, unit: str = "£") -> None:
        """The model's figure beside the last year's, and whether both agree within half a penny."""
        self.note(0, model, unit)
        ours = get_column_letter(LEAD + 1 + len(self.columns))
        self.note(1, Formula(f'IF(ABS({self.columns[-1]}{self.row}-{ours}{self.row})<{PENNY},"agrees","differs")'))

    def finished(self) -> None:
        """Colours what agrees with the model and what differs."""
        column = get_column_letter(LEAD + len(self.columns) + 2)
        for word, colour in (("agrees", AGREES), ("differs", DIFFERS)):
            rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=colour)
            self.sheet.conditional_formatting.add(f"{column}2:{column}{max(self.row, 2)}", rule)

    def _write(self, values: Sequence[Any]) -> None:
        self.row += 1
        for column, value in enumerate(values, start=1):
            if value != "":
                self._fill(self.sheet.cell(self.row, column), value)

    def _fill(self, cell: Any, value: Any) -> None:
        if isinstance(value, Formula):
            cell.value = "=" + value.replace(f"{self.title}!", "")  # a reference within the sheet is plainer
        else:
            fill(cell, value)

    def _typed(self, column: int, unit: str) -> None:
        cell = self.sheet.cell(self.row, column)
        if column > LEAD or cell.data_type == "n":
            cell.fill = TYPED
        cell.alignment = Alignment(horizontal="right")
        cell.number_format = FORMATS.get(unit, "General")


def heighten(sheet: Any, cell: Any) -> None:
    """Makes a row high enough for a cell's text; not every spreadsheet does so by itself."""
    lines = ceil(1.1 * len(str(cell.value)) / sheet.column_dimensions[cell.column_letter].width)
    row = sheet.row_dimensions[cell.row]
    if lines > 1:
        row.height = max(row.height or 0.0, lines * LINE_HEIGHT)


def printed(sheet: Any) -> None:
    """Landscape, as wide as one sheet of paper, with its name and the pages counted at the foot."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P of &N"

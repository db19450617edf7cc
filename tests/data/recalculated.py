"""Workbooks recalculated by a spreadsheet engine that is not ours."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import ironcalc


class Row(NamedTuple):
    """A row with a line of the settlement: where, what it says, the formula's value, the model's, and the check."""

    number: int
    line: str
    owner: str
    value: Any
    model: Any
    check: Any


class Recalculated:
    """A workbook as another spreadsheet engine has it after working out every formula."""

    def __init__(self, content: bytes) -> None:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "book.xlsx"
            file.write_bytes(content)
            self.engine: Any = ironcalc.load_from_xlsx(str(file), "en", "UTC")
        self.sheets = [sheet["name"] for sheet in self.engine.get_worksheets_properties()]
        self.engine.evaluate()

    def rows(self, sheet: str) -> list[list[Any]]:
        """The values of every cell of a sheet."""
        at = self.sheets.index(sheet)
        _, last_row, _, last_column = self.engine.get_sheet_dimensions(at)
        return [
            [self.engine.get_cell_value(at, row, column) for column in range(1, last_column + 1)]
            for row in range(1, last_row + 1)
        ]

    def lines(self, sheet: str = "Settlement") -> Iterator[Row]:
        """The rows that stand beside a figure of the model."""
        head, *body = self.rows(sheet)
        model = head.index("Figure of the model")
        for number, row in enumerate(body, start=2):
            if row[model + 1]:
                yield Row(number, row[1], row[2], row[model - 1], row[model], row[model + 1])

    def type(self, sheet: str, item: str, owner: str, value: float) -> None:
        """Types another figure for an input of the last year shown, and works out every formula again."""
        rows = self.rows(sheet)
        number = next(n for n, row in enumerate(rows, start=1) if row[0] == item and (row[1] or "") == owner)
        self.engine.set_user_input(self.sheets.index(sheet), number, len(rows[0]), repr(value))
        self.engine.evaluate()

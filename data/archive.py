"""What an Excel file would cost to read, found out before anything interprets it."""

import zipfile
from contextlib import suppress
from io import BytesIO
from xml.parsers import expat

from data.typed import refuse

LARGEST_UNPACKED = 20_000_000
"""Bytes."""

MOST_ENTRIES, MOST_SHEETS = 200, 50

MOST_WORK = 400_000
"""Cells of a workbook. Its other parts and shared formulas count for more, by the time they take to read."""

LONGEST_TEXT, LONGEST_FORMAT = 32_767, 255
"""Characters of a cell and of a number format, as in Excel."""

UNREADABLE = "the file cannot be read as an Excel workbook; save it again as .xlsx or CSV"
TOO_LARGE = "the file unpacks to far more than a sheet of figures; copy the figures into a new file"


def check(content: bytes) -> None:
    """Refuses a workbook that would take long to read."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            refuse(TOO_LARGE)
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            refuse(UNREADABLE)
        work = _Work()
        for entry in entries:
            work.add(archive.read(entry))


class _Work:
    """Counts what the XML parts of a workbook would cost to read, and refuses what is too much."""

    def __init__(self) -> None:
        self.done = self.sheets = self.longest_formula = 0
        self.tag = ""

    def add(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = LONGEST_TEXT + 1
        parser.StartDoctypeDeclHandler = lambda *_: refuse(UNREADABLE)  # no workbook has one; bombs do
        parser.StartElementHandler = self._element
        parser.CharacterDataHandler = self._text
        with suppress(expat.ExpatError):  # pictures; any other part fails again when it is read
            parser.Parse(part, True)

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag.rpartition(":")[2]
        self.sheets += self.tag == "sheet"
        self.done += 1 if self.tag in ("row", "c", "v", "f") else 10
        if self.tag == "f" and attributes.get("t") == "shared":
            self.done += 10 + self.longest_formula // 2  # it is rewritten for every cell that shares it
        number_format = len(attributes.get("formatCode", ""))
        self.done += number_format // 4
        if number_format > LONGEST_FORMAT or self.done > MOST_WORK or self.sheets > MOST_SHEETS:
            refuse(TOO_LARGE)

    def _text(self, text: str) -> None:
        if self.tag == "f":
            self.longest_formula = max(self.longest_formula, len(text))
        if len(text) > LONGEST_TEXT:
            refuse(TOO_LARGE)

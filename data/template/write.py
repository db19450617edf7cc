"""A scenario written into the sheets of its workbook."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from data.audit.book import BOLD, HEAD, LARGE, TYPED, heighten, printed
from data.template.entries import NO, YES, allowed, number_format, unit_in, written
from data.template.layout import FAMILIES, FORM_OF, ROOT, Column, columns, tables
from data.template.places import ABOUT, Lines, at, lines_of, notes
from data.workbook import fill
from model.documents import to_document
from model.fields import bare
from model.scenario import Scenario

SPARE = 400
"""Rows down to which lists of allowed words are offered."""

FORM_HEADS = ("Entry", "What is allowed", "Value")
NOTE = Font(name="Calibri", size=9, italic=True, color="555555")


def workbook(scenario: Scenario) -> bytes:
    """The bytes of an Excel file; `read.document` finds the same scenario in it."""
    document = to_document(scenario)
    lines = lines_of(document)
    book = Workbook()
    _guide(book.active)
    forms = {name: book.create_sheet(name) for name in (ROOT, *FORM_OF.values())}
    for name, sheet in forms.items():
        _form(sheet, document, [c for c in columns(Scenario) if FORM_OF.get(c.place[0], ROOT) == name])
    for table in tables():
        if table.owner not in FAMILIES:
            _table(book.create_sheet(table.sheet), lines, table.sheet, columns(table.item))
    for family, union in FAMILIES.items():
        _table(book.create_sheet(family), lines, family, columns(union))
    for table in tables():
        if table.owner in FAMILIES:
            _table(book.create_sheet(table.sheet), lines, table.sheet, columns(table.item))
    _notes(book.create_sheet("Notes"), lines)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _form(sheet: Any, document: Any, entries: Sequence[Column]) -> None:
    """A sheet of single entries: one a line, its value in the third column, a list to the right of that."""
    _heads(sheet, FORM_HEADS, 1)
    for width, letter in zip((46, 64, 60), "ABC", strict=True):
        sheet.column_dimensions[letter].width = width
    for number, column in enumerate(entries, start=2):
        fill(sheet.cell(number, 1), column.title)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
        fill(sheet.cell(number, 2), allowed(column))
        sheet.cell(number, 2).font, sheet.cell(number, 2).alignment = NOTE, Alignment(wrap_text=True, vertical="top")
        heighten(sheet, sheet.cell(number, 2))
        sheet.cell(number, 3).fill = TYPED
        _values(sheet, number, 3, at(document, column.place), column, "")
        _offered(sheet, column, f"C{number}")
        sheet.cell(number, 3).alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        heighten(sheet, sheet.cell(number, 3))
    sheet.freeze_panes = "C2"


def _table(sheet: Any, lines: Lines, name: str, entries: Sequence[Column]) -> None:
    """A sheet of lines: what is allowed above each heading, then a line for each value."""
    first = ABOUT.get(name, ())
    _heads(sheet, [*first, *(column.title for column in entries)], 2)
    for i, column in enumerate(entries, start=len(first) + 1):
        note = sheet.cell(1, i)
        fill(note, allowed(column))
        note.font, note.alignment = NOTE, Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(i)
        free = bare(column.info.annotation) is str and not column.allowed
        sheet.column_dimensions[letter].width = 34 if free else 18
        _offered(sheet, column, f"{letter}3:{letter}{SPARE}")
    sheet.row_dimensions[1].height = 130
    for i in range(1, len(first) + 1):
        sheet.column_dimensions[get_column_letter(i)].width = 44
    for number, line in enumerate(lines[name], start=3):
        for i, text in enumerate(line.owner, start=1):
            fill(sheet.cell(number, i), text)
        for i, column in enumerate(entries, start=len(first) + 1):
            _values(sheet, number, i, at(line.node, column.place), column, line.unit)
    named = bool(entries) and entries[0].place == ("name",)
    sheet.freeze_panes = f"{get_column_letter(len(first) + named + 1)}3"


def _values(sheet: Any, row: int, first: int, value: Any, column: Column, owners: str) -> None:
    """An entry in its cell; a list in its cell and those to the right."""
    unit = unit_in(column, owners)
    for i, one in enumerate(value if isinstance(value, list) else [value], start=first):
        cell = sheet.cell(row, i)
        fill(cell, written(one, column) if one != "" else None)
        cell.number_format = number_format(one, unit)


def _offered(sheet: Any, column: Column, where: str) -> None:
    """A list of the words allowed, to choose from."""
    words = [word.replace("_", " ") for word in column.allowed] or [YES, NO] * (column.info.annotation is bool)
    if words:
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(offered)
        offered.add(where)


def _heads(sheet: Any, titles: Sequence[str], row: int) -> None:
    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(row, column)
        fill(cell, title)
        cell.font, cell.fill, cell.alignment = BOLD, HEAD, Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = 34
    printed(sheet)
    sheet.print_title_rows = f"{row}:{row}"


def _notes(sheet: Any, lines: Lines) -> None:
    """Where entries come from, a line for each note."""
    _heads(sheet, (*ABOUT["Notes"],), 1)
    for width, letter in zip((44, 44, 30, 100, 28, 14), "ABCDEF", strict=True):
        sheet.column_dimensions[letter].width = width
    for number, texts in enumerate(notes(lines), start=2):
        for column, text in enumerate(texts, start=1):
            fill(sheet.cell(number, column), text)
            sheet.cell(number, column).alignment = Alignment(wrap_text=column == 4, vertical="top")
        heighten(sheet, sheet.cell(number, 4))
    sheet.freeze_panes = "A2"


def _guide(sheet: Any) -> None:
    sheet.title = "How to fill in"
    sheet.column_dimensions["A"].width = 100
    for number, sentence in enumerate(GUIDE, start=1):
        fill(sheet.cell(number, 1), sentence)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
        heighten(sheet, sheet.cell(number, 1))
    sheet["A1"].font = LARGE
    printed(sheet)


GUIDE = (
    "A scenario as a workbook",
    "Change what you like, and bring it back under 'Scenarios and files'.",
    "'Alliance' and 'Terms' have one entry a line, with its value in column C. Every other sheet has one line for each "
    "partner, KPI, band or risk: add lines at the foot, or delete whole lines.",
    "Leave sheet names and headings as they are. What is allowed stands beside each entry, or above its heading.",
    "Percentages are 12% or 0.12; sums are in pounds: 38250000, £38,250,000 and 38.25m are the same.",
    "An empty cell takes the usual value, which is named beside the entry.",
    "'Uncertainty' and 'Caps' have a line for each uncertain figure and each cap. 'Of' says whose it is, such as "
    "'Providers: Community charity'; 'Entry' says which. Their kind decides which of the other columns are filled in.",
    "Whoever is renamed is renamed in 'Risks', 'Uncertainty', 'Caps' and 'Notes' too. A new provider needs a line in "
    "'Uncertainty' for its cost, a new KPI and a new risk for theirs.",
    "Lists, such as the years of a phase-in or the providers whom a risk hits, have one cell each, to the right.",
    "A formula counts with the result that was saved with it: save the file in a spreadsheet after the last change.",
)

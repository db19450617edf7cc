"""The sheets of a workbook read as a scenario document, with the cell of every entry, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from data.cells import folded
from data.template.entries import Typed, read, shown, unit_in
from data.template.file import Row, Sheet
from data.template.headings import Filled, filled, key_of, quoted
from data.template.headings import about as about_of
from data.template.layout import FAMILIES, FORM_OF, ROOT, Column, Names, Table, columns, relatives, tables
from data.template.places import ABOUT, PARTS, Line, address, called, line_unit, values_in
from data.workbook import place
from model.documents import Refused
from model.fields import Path, titled, value_class
from model.scenario import Scenario

GUIDE = "How to fill in"
VALUE = 2
"""The column of the value on a sheet of single entries."""
RENAMED = "whoever is renamed is renamed in 'Risks', 'Uncertainty', 'Caps' and 'Notes' too"


@dataclass
class Reading:
    """A document as far as it could be read; where each entry stands; sentences on what could not be read."""

    sheets: dict[str, Sheet]
    document: dict[str, Any] = field(default_factory=lambda: {"schema_version": 1})
    cells: dict[Path, str] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def say(self, sheet: str, cell: str, sentence: str) -> None:
        self.problems.append(f"Sheet '{sheet}', cell {cell}: {sentence}.")


def reading(sheets: dict[str, Sheet]) -> Reading:
    """Everything on the sheets. Raises Refused where they are not those of a scenario."""
    found = Reading(sheets)
    _check_sheets(found)
    root = Line(Scenario, found.document, (), called=ROOT)
    found.lines[ROOT] = [root]
    for sheet in (ROOT, *FORM_OF.values()):
        _form(found, sheet, root)
    for table in tables():
        if table.owner not in FAMILIES:
            _table(found, table, found.lines[table.owner or ROOT])
    for family in FAMILIES:
        _family(found, family)
    for table in tables():
        if table.owner in FAMILIES:
            _table(found, table, found.lines[table.owner])
    _notes(found)
    return found


def _check_sheets(found: Reading) -> None:
    needed = [ROOT, *FORM_OF.values(), *(table.sheet for table in tables()), *FAMILIES, "Notes"]
    if ROOT not in found.sheets:
        raise Refused.because(f"this is not a scenario workbook: it has no sheet '{ROOT}'; start from the download")
    strange = [f"'{sheet[:40]}'" for sheet in found.sheets if sheet not in (GUIDE, *needed)]
    if strange:
        raise Refused.because(
            f"the workbook has a sheet {strange[0]}, which no scenario has; delete it or name it back"
        )
    for sheet in needed:  # one that holds nothing keeps its headings; without it, what it held would be lost unsaid
        if sheet not in found.sheets:
            raise Refused.because(f"the workbook has no sheet '{sheet}'; take that of the template, empty or not")
    for sheet, rows in found.sheets.items():
        for cell in (cell for row in rows.values() for cell in row.values() if cell.formula):
            found.say(
                sheet,
                cell.place,
                "it holds a formula without a result; paste its value instead, or save the file in Excel",
            )


def _form(found: Reading, sheet: str, root: Line) -> None:
    """A sheet of single entries."""
    known = {folded(c.title): c for c in columns(Scenario) if FORM_OF.get(c.place[0], ROOT) == sheet}
    seen: dict[str, str] = {}
    for number, row in found.sheets.get(sheet, {}).items():
        title = row.get(0)
        if title is None:
            found.say(sheet, place(number, 0), "it is empty, but its line is not; it must name an entry")
            continue
        name = folded(str(title.value))
        if number == 1 and name == "entry":
            continue
        if name not in known:
            found.say(sheet, title.place, f"{shown(title.value)} is no entry of this sheet; take the template's words")
        elif name in seen:
            found.say(sheet, title.place, f"{shown(title.value)} stands in {seen[name]} already")
        else:
            seen[name] = title.place
            if not known[name].is_list and (beside := [cell for i, cell in row.items() if i > VALUE]):
                found.say(sheet, beside[0].place, "this entry has one cell, in column C; clear what is beside it")
            _entry(found, sheet, root, known[name], number, VALUE, row)
    _check_kinds(found, sheet, root, list(known.values()))


def _table(found: Reading, table: Table, owners: Sequence[Line]) -> None:
    """A sheet with a line for each value of a list."""
    lines = found.lines.setdefault(table.sheet, [])
    whose = {key_of(_owner_of(table, owner)): owner for owner in owners}
    for number, row, about, heads in _filled(found, table.sheet, columns(table.item)):
        owner = whose.get(key_of(about))
        if owner is None:
            _say_unknown(found, table.sheet, number, about, [_owner_of(table, one) for one in owners])
            continue
        held = _list(owner.node, table.place)
        path = (*owner.path, *table.place, len(held))
        held.append({})
        line = Line(table.item, held[-1], path, about, "", owner.unit)
        _fill(found, table.sheet, line, number, row, heads)
        name = called(table, line.node, len(lines) + 1)
        lines.append(Line(table.item, line.node, path, about, name, owner.unit))


def _filled(found: Reading, sheet: str, entries: Sequence[Column]) -> list[Filled]:
    rows, first = found.sheets.get(sheet, {}), ABOUT.get(sheet, ())
    return filled(rows, first, entries, partial(found.say, sheet))


def _owner_of(table: Table, owner: Line) -> Names:
    """What the first columns of a sheet say of an owner of its lines."""
    if table.owner in FAMILIES:
        return owner.owner
    return (owner.called.partition(": ")[2],) if table.owner else ()


def _family(found: Reading, family: str) -> None:
    """A sheet with a line for each uncertain figure, or for each cap."""
    every = [line for lines in found.lines.values() for line in lines if line.called]
    known = {
        key_of((line.called, title)): (line, inner, info)
        for line in every
        for inner, title, sheet, info in relatives(line.item)
        if sheet == family
    }
    lines, seen = found.lines.setdefault(family, []), dict[Names, int]()
    for number, row, about, heads in _filled(found, family, columns(FAMILIES[family])):
        if key_of(about) not in known:
            _say_unknown(found, family, number, about, [(known[key][0].called, _title(known[key])) for key in known])
        elif key_of(about) in seen:
            found.say(family, place(number, 0), f"{quoted(about)} has the line {seen[key_of(about)]} already")
        else:
            seen[key_of(about)] = number
            owner, inner, info = known[key_of(about)]
            node = _group(owner.node, inner)
            line = Line(info.annotation, node, (*owner.path, *inner), about, unit=line_unit(owner, inner, info))
            _fill(found, family, line, number, row, heads)
            lines.append(line)


def _title(known: tuple[Line, Names, Any]) -> str:
    line, inner, _ = known
    return next(title for here, title, _, _ in relatives(line.item) if here == inner)


def _fill(found: Reading, sheet: str, line: Line, number: int, row: Row, heads: dict[int, Column]) -> None:
    """Every entry of a row."""
    found.cells[line.path] = f"Sheet '{sheet}', cell {place(number, 0)}"
    last = max(heads, default=-1)
    runs_on = last in heads and heads[last].is_list
    for i, cell in row.items():
        if i >= len(line.owner) and i not in heads and not (runs_on and i > last):
            found.say(sheet, cell.place, f"{shown(cell.value)} stands under no heading")
    for i, column in heads.items():
        _entry(found, sheet, line, column, number, i, row)
    _check_kinds(found, sheet, line, list(heads.values()))


def _entry(found: Reading, sheet: str, line: Line, column: Column, number: int, first: int, row: Row) -> None:
    """One entry of a row; a list runs to the right."""
    path = (*line.path, *column.place)
    found.cells[path] = f"Sheet '{sheet}', cell {place(number, first)}"
    unit = unit_in(column, line.unit)
    last = max(row, default=0) if column.is_list else first
    values: list[Any] = []
    for i in range(first, max(last, first) + 1):
        cell = row.get(i)
        if cell is None and i < last and column.has_gaps:
            values.append(None)
        elif cell is None and i < last:
            found.say(sheet, place(number, i), "it is empty, but a cell to its right is not")
        elif cell is not None and not cell.formula:
            found.cells[(*path, i - first)] = f"Sheet '{sheet}', cell {cell.place}"
            values.append(_read(found, sheet, cell, column, unit))
    if values:
        _group(line.node, column.place[:-1])[column.place[-1]] = values if column.is_list else values[0]


def _read(found: Reading, sheet: str, cell: Typed, column: Column, unit: str) -> Any:
    try:
        return read(cell, column, unit)
    except Refused as refusal:
        found.say(sheet, cell.place, str(refusal).removesuffix("."))
        return None


def _check_kinds(found: Reading, sheet: str, line: Line, entries: Sequence[Column]) -> None:
    """What was entered for another kind than the one that was chosen."""
    for column in entries:
        owner, node = value_class(line.item, line.node), line.node
        for key in column.place[:-1]:
            info = owner.model_fields.get(key) if owner else None
            node = node.get(key, {})
            owner = value_class(info.annotation, node) if info else None
        if owner and column.place[-1] in node and column.place[-1] not in owner.model_fields:
            cell = found.cells[*line.path, *column.place].rpartition(" ")[2]
            kind = str(node.get("kind", "")).replace("_", " ")
            found.say(sheet, cell, f"'{column.title}' is not for the kind '{kind}'; clear it or choose another kind")
            del node[column.place[-1]]


def _notes(found: Reading) -> None:
    """Notes of sources, beside what they are about."""
    known = {
        key_of(address(line, inner)): (owner, node)
        for lines in found.lines.values()
        for line in lines
        for inner, owner, node in values_in(line)
    }
    for number, row in found.sheets.get("Notes", {}).items():
        of, entry, about, *said = about_of(row, 6)
        if number == 1 and folded(of) == "of":
            continue
        if key_of((of, entry)) not in known:
            found.say("Notes", place(number, 0), f"{quoted((of, entry))} is not in this scenario; {RENAMED}")
            continue
        owner, node = known[key_of((of, entry))]
        names = {folded(titled(owner, name)): name for name in owner.model_fields}
        if folded(about) not in names:
            found.say("Notes", place(number, 2), f"{shown(about)} is no entry of {quoted((of, entry))}")
            continue
        node.setdefault("sources", []).append({"field": names[folded(about)]} | _noted(said))


def _noted(said: Sequence[str]) -> dict[str, str]:
    """The parts of a note that were filled in."""
    texts = [text.removesuffix(" 00:00:00") for text in said]  # Excel takes a day for a moment
    return {part: text for part, text in zip(PARTS, texts, strict=True) if text or part == "note"}


def _say_unknown(found: Reading, sheet: str, number: int, about: Names, known: Sequence[Names]) -> None:
    examples = ", ".join(quoted(one) for one in known[:3])
    hint = f"there are {examples}{' and others' if len(known) > 3 else ''}" if known else "there is none yet"
    if known and key_of(about[:1]) not in [key_of(one[:1]) for one in known]:
        hint = f"{hint}; {RENAMED}"
    found.say(sheet, place(number, 0), f"{quoted(about)} is not in this workbook; {hint}")


def _group(node: dict[str, Any], inner: Names) -> dict[str, Any]:
    """The group of entries at a place, made where it is not there."""
    for key in inner:
        node = node.setdefault(key, {})
    return node


def _list(node: dict[str, Any], inner: Names) -> list[Any]:
    held: list[Any] = _group(node, inner[:-1]).setdefault(inner[-1], [])
    return held

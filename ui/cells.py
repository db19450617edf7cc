"""Cells of a pasted table: which entry of which line each belongs to, and what it says."""

import copy
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from data.cells import folded, is_total, like_a_total, rows
from data.typed import shown
from model import possible
from model.differences import differences
from model.documents import LOSSES, Refused, from_document
from model.fields import Path, at
from ui import (
    added_lines,
    added_up,
    areas,
    dashes,
    edits,
    fee_rows,
    fractions,
    later_columns,
    new_kpis,
    new_lines,
    scales,
    titles,
    weights,
)
from ui.areas import KRAS
from ui.columns import AIM, AREA, ASIDE, COST, EXPECTED, NAME, SHARE, Column, Given, Lines
from ui.entries import asked_as, beyond_doubt, doubt
from ui.entries import shown as as_text
from ui.fractions import Answers, Question
from ui.meanings import EMPTY, UNREADABLE, entered, may_be_empty, meant, needed

UNIT: Path = ("unit",)
WEIGHT: Path = ("weight",)
UNASKED: Answers = {}


@dataclass
class Reading:
    """The document with all that could be read, what that changes, and sentences on what could not be read.

    `told` says how headings were understood, `left_out` what was, as it adds nothing; `added_up` which rows became one;
    `noughts` which cells are a dash, `losses` which are a loss in brackets; `asked` what was hardly meant so, `sure`
    the cells that say it is; `questions` which figures can be meant in two ways; `refused` what the model would refuse.
    `reached` is the lines that rows are for, `new` those that were not there, with the columns that their rows give;
    `weighed` the weights that rows give, by KPI.
    """

    document: dict[str, Any]
    changes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    added_up: list[str] = field(default_factory=list)
    noughts: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    questions: list[Question | weights.OfTheWhole] = field(default_factory=list)
    sure: dict[Path, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    reached: list[Path] = field(default_factory=list)
    new: dict[Path, list[Column]] = field(default_factory=dict)
    weighed: dict[str, Any] = field(default_factory=dict)


def read(document: dict[str, Any], into: Lines, text: str, answers: Answers = UNASKED) -> Reading:
    """What a pasted table would make of a document. Raises Refused for what is too large.

    `answers`: to its questions on percentages; as long as there is none, 0.5 is 0.5%.
    """
    table = rows(text)
    found = Reading(copy.deepcopy(document))
    if not any(map(any, table)):
        return found
    head = titles.found(table, into) or titles.without(table, into)
    across, body, found.told, into = head.across, head.body, head.told, replace(into, aim=head.aim)
    found.unread += head.unread
    units = {folded(name): at(document, path).get("unit") for name, path in into.lines}

    def in_percent(row: list[str]) -> bool:
        named = {one.place: cell for one, cell in zip(across, row, strict=False) if one}
        return (named.get(UNIT) or units.get(folded(named.get(NAME, "")), (into.new or {}).get("unit"))) == "%"

    in_parts, found.asked = fractions.questions(table, body, across, into, in_percent)
    found.questions = [*in_parts]
    found.asked += head.asked
    table = fractions.answered(table, in_parts, answers)
    table = [
        [scales.in_full(*pair) for pair in zip_longest(row, head.steps[: len(row)], fillvalue="")] for row in table
    ]
    table = [dashes.without_sign(row, across) if in_percent(row) else row for row in table]
    if into.lacking:
        table = [dashes.without_dashes(row, across) for row in table]
    found.asked += later_columns.dashed({i: table[i] for i in body}, across)
    table = [dashes.not_stated(row, across) for row in table]
    noughts = {i: dashes.noughts(table[i], across) for i in body}
    table = [["0" if j in noughts.get(i, ()) else cell for j, cell in enumerate(row)] for i, row in enumerate(table)]
    given, across, fees = fee_rows.added_up({i: table[i] for i in body}, across, into)
    found.told += fees
    summed = added_up.rows(given, across)
    found.unread += summed.unread
    found.added_up, found.left_out = summed.said, [*head.left_out, *summed.left_out]
    lines = _matched(summed.rows, across, into, found)
    found.noughts = [f"Row {i + 1}, {one.title}" for i in lines for one in noughts[i].values()]
    found.reached = list(lines.values())
    grown = found.document
    found.document = copy.deepcopy(grown)
    for i, line in lines.items():
        _fill(found, i, summed.rows[i], into.across(summed.rows[i], across), line, into)
    _weigh(found, into, answers)
    for line in found.new:  # told as a whole, not as changes of what any new line begins with
        grown = edits.replaced(grown, line, at(found.document, line))
    came = [
        *areas.new(document, grown),
        *(added_lines.told(found.document, line, given, into) for line, given in found.new.items()),
    ]
    found.changes = came + differences(grown, found.document)
    found.refused = [said for said in _refused(found.document) if said not in _refused(document)]
    return found


def instead(document: dict[str, Any], into: Lines, text: str, answers: Answers = UNASKED) -> Reading:
    """What a pasted table would make of a document in which only the lines that it names stay. Raises Refused."""
    found = read(document, into, text, answers)
    gone = [path for _, path in into.lines if path not in found.reached] if found.reached else []
    before, came = _parts(found.document, into), areas.new(document, found.document)
    for path in reversed(gone):
        found.document = edits.without(found.document, path)
    if gone and into.path == KRAS:
        for a in reversed([a for a, kra in enumerate(at(found.document, KRAS)) if not kra["kpis"]]):
            found.document = edits.without(found.document, (*KRAS, a))
    found.changes[: len(came)] = areas.new(document, found.document)
    if gone:
        _weigh(found, into, answers)
        found.changes[: len(came)] = areas.new(document, found.document)
    if gone and found.new and into.path == ("providers",):
        edits.share_by_cost(found.document)
    for place, after in _parts(found.document, into).items():
        if after != before[place]:
            was, now = (as_text(value, "%") for value in (before[place], after))
            found.changes.append(f"{place[0]} › {place[1]}: {was}% → {now}%, so that all make 100%")
    found.refused = [said for said in _refused(found.document) if said not in _refused(document)]
    return found


def _weigh(found: Reading, into: Lines, answers: Answers) -> None:
    """Asks whether weights are parts of the whole, where they may be; they are once that is the answer."""
    asked = weights.question(found.document, found.weighed) if into.path == KRAS else None
    if asked:
        found.questions.append(asked)
    if asked and answers.get(asked.about):
        found.document = weights.of_areas(found.document, found.weighed)
        found.told.append(asked.told)


def _parts(document: dict[str, Any], into: Lines) -> dict[tuple[str, str], Any]:
    """What part each line has of what they make together, by its name and the title of the entry."""
    node = at(document, into.path)
    lines = [kpi for kra in node for kpi in kra["kpis"]] if into.path == KRAS else node
    of = edits.PARTS.get("kpis" if into.path == KRAS else str(into.path[-1]), ())
    titles = {str(one.place[-1]): one.info.title or "" for one in into.columns if one.place[-1] in of}
    return {(str(line.get("name")), titles[part]): line.get(part) for line in lines for part in titles}


def _refused(document: dict[str, Any]) -> list[str]:
    """Why a document would be refused; nothing where it would not."""
    try:
        from_document(document)
    except Refused as refusal:
        return [problem.sentence for problem in refusal.problems]
    return []


def _matched(table: dict[int, list[str]], across: list[Column | None], into: Lines, found: Reading) -> dict[int, Path]:
    """Which line each row is for, by its name or else by its place; new lines are added to the document."""
    where = next((i for i, one in enumerate(across) if one and one.place == NAME), None)
    known = {folded(name): path for name, path in reversed(into.lines)} if where is not None else {}
    paths = [path for _, path in into.lines]
    matched: dict[int, Path] = {}
    for place, (i, row) in enumerate(table.items()):
        name = row[where] if where is not None and where < len(row) else ""
        line = known.get(folded(name)) if where is not None else paths[place] if place < len(paths) else None
        if where is not None and not name:
            found.unread.append(f"Row {i + 1} has no name.")
        elif line is None and is_total(name):
            found.left_out.append(f"Row {i + 1}, {shown(name)}: a total or average.")
        elif line in matched.values():
            found.unread.append(f"Row {i + 1} is named {shown(name)}, as another row is.")
        elif line is None and into.new is None:
            called = f"is named {shown(name)}, but no line here is" if name else "is more than there are lines here"
            found.unread.append(f"Row {i + 1} {called}.")
        elif line is None and (
            wrong := _unreadable(row, own := into.across(row, across), into) or _unfit(row, own, into)
        ):
            found.unread += [f"Row {i + 1}, {said}" for said in wrong]
            found.unread.append(f"Row {i + 1}, {shown(name)}, is new and not added until that can be read.")
        elif line is None and (one := _costless(row, across, into)):
            called = f"Row {i + 1}, {shown(name)}," if name else f"Row {i + 1}"
            found.unread.append(f"{called} is new and not added: it has no {one.title}.")
        else:
            if line is None and like_a_total(name):
                found.asked.append(f"Row {i + 1}, {shown(name)}, is taken as new: leave it out if it adds up others.")
            matched[i] = line or _added(into, name, entered(row, into.across(row, across)), found)
            known |= {folded(name): matched[i]} if where is not None else {}
    return matched


def _costless(row: list[str], across: list[Column | None], into: Lines) -> Column | None:
    """The column of costs, or of a band's share, where a row gives none: what a partner costs is not made up."""
    given = [one for one, _ in entered(row, across)]
    return next((one for one in into.columns if one.place in (COST, SHARE) and one not in given), None)


def _unreadable(row: list[str], across: list[Column | None], into: Lines) -> list[str]:
    """What keeps a new line out: what is wrong with each of its cells that cannot be read."""
    spared = {NAME, *(one.place for one in into.beside if one.place in ASIDE)}
    cells = [(one, cell) for one, cell in zip(across, row, strict=False) if one and cell and one.place not in spared]
    return [
        f"{one.title}: {shown(cell)} is not {needed(one)}."
        for one, cell in cells
        if cell.casefold() not in EMPTY and meant(cell, one) is UNREADABLE
    ]


def _unfit(row: list[str], across: list[Column | None], into: Lines) -> list[str]:
    """What a new line lacks for what a row gives."""
    given = {one.place: value for one, value in entered(row, across)}
    if into.aim and EXPECTED in given:
        given[AIM] = into.aim
    return into.fit(copy.deepcopy(into.new or {}), given, True) if into.fit else []


def _added(into: Lines, name: str, given: list[tuple[Column, Any]], found: Reading) -> Path:
    """Adds a line at the end, as any new line begins; a KPI at the end of the area that its row names."""
    assert into.new is not None
    named = (str(value) for one, value in given if one.place == AREA)
    area = next((name for name in named if name.casefold() not in (*EMPTY, *dashes.DASH)), "")
    found.document, to = areas.opened(found.document, area) if area else (found.document, into.to or into.path)
    found.document = new_lines.with_new(found.document, to, {**into.new, "name": name} if name else into.new)
    line = (*to, len(at(found.document, to)) - 1)
    found.new[line] = [one for one, _ in given]
    return line


def _fill(found: Reading, i: int, row: list[str], across: list[Column | None], line: Path, into: Lines) -> None:
    """Puts a row's cells into the document."""
    given: Given = {}
    for j, cell in enumerate(row):
        one = across[j] if j < len(across) else None
        if j >= len(across) and cell:
            found.unread.append(f"Row {i + 1}, column {j + 1}: {shown(cell)} is in a column too many.")
        if one is None or one.place == NAME or (cell.casefold() in EMPTY and not may_be_empty(one)):
            continue
        if into.named and not cell:
            continue
        value = meant(cell, one)
        if value is UNREADABLE:
            found.unread.append(f"Row {i + 1}, {one.title}: {shown(cell)} is not {needed(one)}.")
            continue
        if one.place[-1] in LOSSES and "(" in cell and value < 0:  # in accounts, brackets are the loss itself
            value = -value
            found.losses.append(f"Row {i + 1}, {one.title}: {as_text(value, one.unit)}")
        given[one.place] = value
        if said := doubt(asked_as(one.place), value):
            where = f"Row {i + 1}, {one.title}: "
            if beyond_doubt(cell):
                found.sure[(*line, *one.place)] = cell
            else:  # one question of a cell is enough
                found.asked = [other for other in found.asked if not other.startswith(where)] + [f"{where}{said}"]
    item = at(found.document, line)
    if WEIGHT in given:
        found.weighed[str(item.get("name"))] = given[WEIGHT]
    unit = item.get("unit")
    if into.fit:
        found.unread += [f"Row {i + 1}, {said}" for said in into.fit(item, given, line in found.new)]
    for place, value in given.items():
        at(item, place[:-1])[place[-1]] = value
    if "levels" in item:
        item.update(possible.widened(item, unit))
        if line in found.new:
            item["deviation"] = new_kpis.around(item)
            item.update(new_kpis.path(item, [str(place[0]) for place in given]))

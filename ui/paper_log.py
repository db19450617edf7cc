"""The assumptions log: every input with its value and the reason or source that was noted on it."""

from collections.abc import Iterable, Iterator
from datetime import date

from data import workbook
from model import inputs
from model.assumptions import NO_REASON, Assumption
from model.scenario import Scenario
from model.stated_views import views
from ui import accounts, paper_ends, stamps
from ui.paper import Block, Column, Heading, Paper, Table, Text, printable
from ui.paper_ends import Before
from ui.session import Session

TITLES = ("Input", "Value", "Reason or source", "Owner and date")
COLUMNS = tuple(Column(title, width) for title, width in zip(TITLES, (26, 34, 42, 18), strict=True))
VIEWS = (Column("Input", 26), Column("Who", 34), Column("Weight", 18), Column("What it says", 42))
LEFT = (
    "Each input stands with its reason or source, who answers for it and when somebody last looked at it, where that "
    "was entered; what is empty has yet to be filled in."
)
BETWEEN = " › "
SECTION = f"Performance framework{BETWEEN}"


def paper(session: Session, day: date, before: Before | None = None) -> Paper:
    """Everything that results rest on, for whoever checks it."""
    scenario = session.scenario
    uncertain = list(inputs.uncertain(scenario))
    found = [*uncertain, *inputs.certain(scenario)]
    without = sum(one.reason == NO_REASON for one in found)
    title = (
        f"{len(found)} inputs, uncertain or not, of which {without} have no reason yet"
        if without
        else "Every assumption has its reason"
    )
    blocks: list[Block] = [
        Heading("What is uncertain"),
        _table("Every uncertain input", (one for one in uncertain if BETWEEN not in one.input)),
        *_views(scenario),
        *_parts([one for one in uncertain if BETWEEN in one.input]),
        *_agreed(scenario),
        *paper_ends.changed(session, before),
        *paper_ends.made(session, day),
    ]
    about = (*paper_ends.agreed(session), f"{scenario.name}.", LEFT)
    return Paper("Assumptions log", title, about, tuple(blocks), stamps.line(session, day), day)


def _parts(found: list[Assumption]) -> list[Block]:
    return [Heading("Notes on parts of an input"), _table("Notes on parts of an input", found)] if found else []


def _views(scenario: Scenario) -> list[Block]:
    """Who said what, where a range is pooled from what several people think."""
    rows = tuple((one.input, one.who, one.counts, accounts.signs(one.says)) for one in views(scenario))
    about = "What each person says of the ranges that are pooled"
    return [Heading(about), Table(about, VIEWS, rows)] if rows else []


def _agreed(scenario: Scenario) -> Iterator[Block]:
    """What is entered as one figure or choice, a table for each thing that it is about."""
    groups: dict[str, list[Assumption]] = {}
    for one in inputs.certain(scenario):
        group, _, entry = one.input.removeprefix(SECTION).rpartition(BETWEEN)
        groups.setdefault(group or SECTION.removesuffix(BETWEEN), []).append(one._replace(input=entry))
    yield Text("What follows is entered as one figure or choice, and taken as it is.")
    for group, entries in groups.items():
        yield Heading(group)
        yield _table(group, entries)


def _table(about: str, found: Iterable[Assumption]) -> Table:
    rows = tuple((one.input, accounts.signs(one.assumed), one.reason, _owned(one)) for one in found)
    return Table(about, COLUMNS, rows)


def _owned(one: Assumption) -> str:
    """'Finance lead, 22 November 2026'."""
    days = [stamps.dated(date.fromisoformat(day)) for day in one.date.split(", ") if day]
    return ", ".join(part for part in (one.owner, *days) if part)


def comma_separated(session: Session, day: date, design: str = "", first: str = "") -> bytes:
    """The same as CSV for a spreadsheet; the last line says which design it is about, and by what it was made.
    `first`: what has to be read before that, if anything."""
    scenario = session.scenario
    head = ["Input", "Value", "Reason or source", "Owner", "Date"]
    found, said = (*inputs.uncertain(scenario), *inputs.certain(scenario)), views(scenario)
    each = [(f"{one.input}{BETWEEN}view of {one.who}", f"weight {one.counts}: {one.says}", "", "", "") for one in said]
    made = [first] if first else []
    made += [f"{design[0].upper()}{design[1:]}."] if design else []
    made += paper_ends.basis(session, day)
    last = ["How this was made", " ".join(made), "", "", stamps.dated(day)]
    table = [head, *([*map(printable, one)] for one in (*found, *each)), last]
    return workbook.to_csv([list(row) for row in table])

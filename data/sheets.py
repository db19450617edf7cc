"""Years of actual figures as people keep them in a spreadsheet: years across, items down, in CSV or Excel.

The first row is Item, Unit (which may be missing) and one column a year. The lines are 'Cost: <provider>',
'Target: <provider>', 'KPI: <name>', 'Relief', 'Price index against plan' and 'Brought forward'. An empty cell is a
figure left out, and so is one that says 'n/a' or 'no data'.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from data import workbook
from data.typed import is_date, number, refuse, refuse_formula, shown, year_named
from data.workbook import Row, place
from model.documents import Problem, Refused
from model.outturn import PRICES
from model.scenario import Scenario

MOST_YEARS = 40

LEFT_OUT = ("n/a", "na", "no data", "not available")
"""What people write into a cell for a figure that they do not have."""

ITEM = re.compile(r"(cost|target|kpi)\s*:\s*(\S.*)", re.I | re.S)
GROUPS = {"cost": "costs", "target": "targets", "kpi": "kpis"}
UNNAMED = {"relief": "relief", PRICES.casefold(): "prices", "brought forward": "brought_forward"}
ALLOWED = f"'Cost: …', 'Target: …' or 'KPI: …' with a name, 'Relief', '{PRICES}' and 'Brought forward'"

GUIDE = (
    "Years go across and items down: fill in the empty cells; leave column A and row 1 as they are.",
    "Sums are in pounds: 38250000, £38,250,000 and 38.25m are the same.",
    "A KPI is in the unit of column B: where that is %, 57 and 57% are the same. Leave it empty, or n/a, without data.",
    "A year with any figure needs the cost of every provider; years left empty are left out.",
    "Enter values. A formula counts with the result that was saved with it.",
)
GUIDES = {
    "prices": f"{PRICES}: 1 is as planned, 1.03 is 3% dearer. Left empty it is 1.",
    "brought_forward": "Brought forward is pain carried into the first year given; enter it only in that column.",
}
"""What is said of lines that only some contracts need."""


class Line(NamedTuple):
    """An item: 'Cost: Mind', its unit, and where its figures are in a year of an outturn document."""

    label: str
    unit: str
    group: str
    name: str = ""

    def figure(self, year: dict[str, Any]) -> float | None:
        found: Any = year.get(self.group)
        return (found or {}).get(self.name) if self.name else found


def template(scenario: Scenario, years: Sequence[str], *, targets: bool, kind: Literal["csv", "xlsx"]) -> bytes:
    """An empty sheet for these years; with `targets` that of a history, which has no relief."""
    lines = [line for line in _lines(scenario) if _belongs(scenario, line, targets)]
    return _written(lines, [{"year": year} for year in years], kind)


def filled(scenario: Scenario, document: dict[str, Any], kind: Literal["csv", "xlsx"]) -> bytes:
    """The sheet with the figures of a valid outturn document of this scenario, years in order."""
    labels = scenario.term.labels()
    given = [year | {"year": _label(labels, year["year"])} for year in document["years"]]
    years = sorted(given, key=lambda year: str(year["year"]))
    years[0]["brought_forward"] = document.get("brought_forward")
    targets = any(year.get("targets") for year in years)
    lines = [
        line
        for line in _lines(scenario)
        if _belongs(scenario, line, targets) or any(line.figure(year) is not None for year in years)
    ]
    return _written(lines, years, kind)


def read(name: str, content: bytes) -> dict[str, Any]:
    """The outturn document in a file called `name`: the years with figures, as their columns stand. Raises Refused.

    `relief`, `prices`, `targets` and `brought_forward` are there only where given.
    """
    head, *lines = workbook.rows(name, content)
    columns = _years(head)
    years: dict[str, dict[str, Any]] = {year: {"year": year, "costs": {}, "kpis": {}} for year in columns.values()}
    brought: dict[str, tuple[str, float]] = {}
    seen: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for line in lines:
        group, item = _item(line, seen)
        for year, where, text in _figures(head, columns, line):
            try:
                value = number(where, text, money=group not in ("kpis", "prices"))
            except Refused as refusal:
                problems += refusal.problems
                continue
            if group == "brought_forward":
                brought[year] = where, value
            elif group == "prices":
                years[year]["prices"] = value / 100 if text.endswith("%") else value
            elif group == "relief":
                years[year]["relief"] = value
            else:
                years[year].setdefault(group, {})[item] = value
    if problems:
        raise Refused(tuple(problems))
    given = [year for year in years.values() if len(year) > 3 or year["costs"] or year["kpis"]]
    if not given:
        refuse("the sheet has no figures yet; fill in the column of at least one year")
    return {"schema_version": 1, "years": given} | _brought_forward(brought, min(year["year"] for year in given))


def _lines(scenario: Scenario) -> list[Line]:
    """Every line that a sheet of this scenario can have."""
    names = [provider.name for provider in scenario.providers]
    return [
        *(Line(f"Cost: {name}", "£", "costs", name) for name in names),
        *(Line(f"Target: {name}", "£", "targets", name) for name in names),
        *(Line(f"KPI: {kpi.name}", kpi.unit, "kpis", kpi.name) for kpi in scenario.framework.kpis()),
        Line("Relief", "£", "relief"),
        Line(PRICES, "1 = plan", "prices"),
        Line("Brought forward", "£", "brought_forward"),
    ]


def _belongs(scenario: Scenario, line: Line, targets: bool) -> bool:
    carried = scenario.risk_share.basis.kind == "carry_forward"
    wanted = {"targets": targets, "relief": not targets, "brought_forward": carried and not targets}
    wanted |= {"prices": scenario.baseline.reindexed and not targets}
    return wanted.get(line.group, True)


def _label(labels: Sequence[str], year: str | int) -> str:
    """The name of a year given by its name or its number in the contract."""
    return str(year) if str(year) in labels or not isinstance(year, int) else labels[year - 1]


def _written(lines: Sequence[Line], years: Sequence[dict[str, Any]], kind: Literal["csv", "xlsx"]) -> bytes:
    table: workbook.Table = [["Item", "Unit", *(year["year"] for year in years)]]
    table += [[line.label, line.unit, *(line.figure(year) for year in years)] for line in lines]
    if kind == "csv":
        return workbook.to_csv(table)
    formats = ["General" if line.group in ("kpis", "prices") else '"£"#,##0;-"£"#,##0' for line in lines]
    groups = {line.group for line in lines}
    return workbook.to_xlsx(table, ["@", *formats], [*GUIDE, *(GUIDES[group] for group in GUIDES if group in groups)])


def _years(head: Row) -> dict[int, str]:
    """The year of each column. Refuses any other first row."""
    if any(ITEM.fullmatch(text) or text.casefold() in UNNAMED for text in head.texts[1:]):
        refuse("the sheet has items across and years down; turn it round: years go across, one column a year")
    if head.texts[0].casefold() != "item":
        found = f"holds {shown(head.texts[0])}" if head.texts[0] else "is empty"
        refuse(f"{place(head.number, 0)} {found}; the first row must be Item, Unit and then years such as 2018-19")
    years: dict[int, str] = {}
    for column, text in enumerate(head.texts[1:], start=1):
        if text and text.casefold() != "unit":
            where = place(head.number, column)
            year = _headed(where, text)
            if year in years.values():
                refuse(f"{where} holds {year} a second time; each year has one column")
            years[column] = year
    if not years:
        refuse(f"row {head.number} names no years; after Item and Unit comes one column a year, such as 2018-19")
    if len(years) > MOST_YEARS:
        refuse(f"the sheet has {len(years)} columns of years; at most {MOST_YEARS} are read")
    return years


def _headed(where: str, text: str) -> str:
    """The year that heads a column."""
    if text.startswith("="):
        refuse_formula(where, text)
    if is_date(text):
        refuse(f"{where} holds the date {shown(text)}; write the year as text, such as 2018-19")
    return year_named(text) or refuse(
        f"{where} holds {shown(text)}; a column is headed by a year such as 2018-19 or 2018"
    )


def _item(line: Row, seen: dict[tuple[str, str], str]) -> tuple[str, str]:
    """('costs', 'Mind') for 'Cost: Mind'; notes its place. Refuses what is unknown or seen before."""
    where, text = place(line.number, 0), line.texts[0]
    if not text:
        refuse(f"{where} is empty, but its line is not; it must name an item: {ALLOWED} are allowed")
    if text.startswith("="):
        refuse_formula(where, text)
    named = ITEM.fullmatch(text)
    if not named and text.casefold() not in UNNAMED:
        refuse(f"{where} holds {shown(text)}, which is no item; {ALLOWED} are allowed")
    group, name = (GROUPS[named[1].lower()], named[2]) if named else (UNNAMED[text.casefold()], "")
    key = group, " ".join(name.casefold().split())
    if key in seen:
        refuse(f"{where} holds {shown(text)}, which {seen[key]} holds already; each item has one line")
    seen[key] = where
    return group, name


def _figures(head: Row, columns: dict[int, str], line: Row) -> list[tuple[str, str, str]]:
    """Year, place and text of every cell that is filled. Refuses figures without a year."""
    filled_in = [
        (column, place(line.number, column), text)
        for column, text in enumerate(line.texts)
        if text and column and text.casefold() not in LEFT_OUT
    ]
    for column, where, text in filled_in:
        if column >= len(head.texts) or not head.texts[column]:
            refuse(f"{where} holds {shown(text)}, but {place(head.number, column)} names no year; name it or clear it")
    return [(columns[column], where, text) for column, where, text in filled_in if column in columns]


def _brought_forward(given: dict[str, tuple[str, float]], first: str) -> dict[str, float]:
    """What is brought forward into the first year. Refuses it for any other year."""
    for year, (where, _) in given.items():
        if year != first:
            refuse(f"{where} brings pain forward into {year}; only that into the first year given, {first}, is entered")
    return {"brought_forward": given[first][1]} if given else {}

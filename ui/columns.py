"""Columns of a table that is pasted: the entries that its lines have, and which of them a row of titles names."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from data.cells import folded
from data.typed import shown, year_named
from model.fields import Path, field_at
from ui.entries import label_of, read_back, unit_for

NAME: Path = ("name",)
COST: Path = ("baseline_cost",)
ALSO = {
    "name": (
        *("provider", "partner", "commissioner", "organisation"),
        *("KPI", "KPI name", "indicator", "performance indicator", "measure", "metric"),
        *("risk", "risk name", "risk description", "event"),
    ),
    "unit": ("units", "unit of measure", "measured in"),
    "weight": ("weighting",),
    "today": ("baseline", "baseline value", "current", "current value", "current performance", "now", "latest"),
    "expected": ("expected value", "target", "target value", "goal", "ambition"),
    "baseline_cost": (
        *("cost", "direct cost", "annual cost", "cost a year", "cost per year", "yearly cost"),
        *("budget", "annual budget", "baseline", "baseline budget"),
    ),
    "required_saving": ("saving", "savings", "efficiency", "efficiency target", "savings target", "saving target"),
    "demand_growth": ("growth", "demand"),
    "income": ("turnover", "annual turnover"),
    "kind": ("type", "sector"),
    "failure": ("fail",),
    "probability": ("likelihood", "chance a year"),
    "when": ("how often", "frequency"),
    "value": ("cost", "impact", "financial impact", "cost impact"),
    "low": ("low", "minimum", "min", "best case"),
    "likely": ("likely", "mode"),
    "high": ("high", "maximum", "max", "worst case"),
    "hits": ("hits", "who", "whom", "affects", "provider", "providers", "partner", "partners"),
    "word": ("risk appetite",),
    "loss": ("loss", "largest loss", "loss limit", "maximum loss", "most that may be lost", "loss over the term"),
    "loss_chance": ("chance", "chance of loss", "chance of a larger loss", "likelihood", "probability"),
    "year_loss": ("loss in one year", "loss in a year", "yearly loss limit", "most in one year"),
    "year_chance": ("chance in any year", "chance in a year"),
    "worst": ("worst 1 in 20", "worst 1 in 20, average loss", "CVaR95", "CVaR"),
    "reserve_minimum": ("minimum reserves", "reserves at least", "reserves floor"),
    "reserve_chance": ("chance below", "chance of reserves below"),
    "tolerance": ("tolerance",),
}
"""What people head a column with, by the entry that it is."""
LARGER = re.compile(r"£\s*['’]?(000s?|k|m)\b|['’]000s?\b|\b(000s)\b", re.I)
"""What a heading says where its sums are in thousands or millions of pounds."""


@dataclass(frozen=True)
class Column:
    """An entry that every line has: where in the line, its title with its unit, and its field."""

    place: Path
    title: str
    unit: str
    info: FieldInfo
    names: tuple[str, ...] = ()
    """What it may name, where it is a list of names."""


Given = dict[Path, Any]
"""What a row gives, by the entry."""


@dataclass(frozen=True)
class Lines:
    """The lines that a table is for (name and path of each), their columns as shown, and what a new line begins as."""

    path: Path
    lines: Sequence[tuple[str, Path]]
    columns: Sequence[Column]
    new: dict[str, Any] | None = None
    to: Path = ()
    """The list that a new line goes to, where that is not the one of them all."""
    own: Callable[[list[str], Sequence[Column | None]], list[Column | None]] | None = None
    """The columns as one row has them, where its units are its own."""
    lacking: bool = False
    """Whether a lone dash says that nothing is given, where elsewhere it is nought as in accounts."""
    fit: Callable[[dict[str, Any], Given, bool], list[str]] | None = None
    """Makes a line, new or not, fit for what a row gives, and takes out of that what it has put there or cannot take;
    sentences on the latter."""

    def across(self, row: list[str], across: list[Column | None]) -> list[Column | None]:
        """The columns of one row."""
        return self.own(row, across) if self.own else across

    @property
    def named(self) -> bool:
        """Whether the first column is the lines' names."""
        return self.columns[0].place == NAME


def column(document: dict[str, Any], line: Path, place: Path, unit: str = "") -> Column:
    """The column of an entry, as the first line has it."""
    info = field_at(document, (*line, *place))
    unit = unit_for(info, unit)
    return Column(place, label_of(info, unit), unit, info)


def named(row: list[str], into: Lines, unread: list[str]) -> list[Column | None]:
    """The columns that a first row of titles names, in its order; nothing where it is no such row.

    Sentences on titles of no entry are added to `unread`.
    """
    known = {_plain(name): one for one in into.columns for name in _names(one)}
    across = [known.get(_plain(cell)) or known.get(_plain(_without_year(cell))) for cell in row]
    if not any(across) and not _only_titles(row, into):
        return []
    if into.named and into.columns[0] not in across and across[0] is None:
        across[0] = into.columns[0]
    for i in _of_several_years(row, across):
        across[i] = None
        alone = "the cost of year 1 alone" if known[_plain(_without_year(row[i]))].place == COST else "one of them"
        unread.append(f"Column {i + 1} is headed {shown(row[i])}, of several years; keep {alone}.")
    for i, one in enumerate(across):
        if one is None and _without_year(row[i]) != row[i] and known.get(_plain(_without_year(row[i]))):
            continue
        if one is None and row[i]:
            unread.append(f"Column {i + 1} is headed {shown(row[i])}, which is {_no_entry(row[i], into)}.")
        elif one is not None and one in across[:i]:
            across[i] = None
            unread.append(f"Column {i + 1} is headed {shown(row[i])}, as another column is.")
    return across


def _names(one: Column) -> tuple[str, ...]:
    """What a column may be headed."""
    return one.title, one.info.title or "", str(one.place[-1]), *ALSO.get(str(one.place[-1]), ())


def _plain(title: str) -> str:
    """A title without its unit: 'fee' for 'Fee %', 'cost' for 'Cost (£000)', 'growth' for 'Growth p.a.'."""
    bare = re.sub(r"\bp\.a\.|\bper annum\b|\bpa\b", " ", LARGER.sub(" ", title), flags=re.I)
    return folded(re.sub(r"[()%£]", " ", bare))


def _without_year(title: str) -> str:
    """'Budget' for 'Budget 2027/28'; a title that is only a year as it is."""
    *words, last = re.sub(r"[()]", " ", LARGER.sub(" ", title)).split() or [""]
    return " ".join(words) if words and year_named(last) else title


def _of_several_years(row: list[str], across: list[Column | None]) -> list[int]:
    """The columns of one entry that name different years."""
    dated = [(i, one) for i, one in enumerate(across) if one and _without_year(row[i]) != row[i]]
    return [i for i, one in dated if [entry for _, entry in dated].count(one) > 1]


def larger(title: str) -> str:
    """'k' or 'm' where a heading says that its sums are in thousands or millions of pounds."""
    found = LARGER.search(title)
    return "" if not found else "m" if (found[1] or "").casefold() == "m" else "k"


def _only_titles(row: list[str], into: Lines) -> bool:
    """Whether a row that starts with no line's name has only words, or years, where the columns hold figures."""
    figures = [cell for cell in row[1:] if cell]
    words = all(year_named(cell) or not isinstance(read_back(cell, ""), float) for cell in figures)
    return into.named and len(figures) > 1 and words and folded(row[0]) not in {folded(n) for n, _ in into.lines}


def _no_entry(title: str, into: Lines) -> str:
    """Why a title heads nothing here."""
    if year_named(title) and any(one.place == COST for one in into.columns):
        return "a year: 'Baseline cost (£)' is of year 1, and price and demand growth make the others"
    return "no entry here"

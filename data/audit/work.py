"""The page of the settlement as it is being written: its lines so far, and where they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from data.audit.book import Cells, OfYear, Page
from data.audit.inputs import Inputs
from data.audit.scores import Scored
from model.explanations import HOW
from model.futures import Future
from model.ledger import LINES

BY_NAME = {line.name: line for line in LINES}


@dataclass
class Work:
    """A page, what it refers to, and the cells of every line by its name: one for each partner.

    `rounds` is a page of its own for what other providers take over.
    """

    page: Page
    future: Future
    inputs: Inputs
    scored: Scored
    rounds: Page
    lines: dict[str, list[Cells]] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        """The columns of the years; the settled year is the last."""
        return self.page.columns

    @property
    def providers(self) -> list[str]:
        return [p.name for p in self.future.scenario.providers]

    def line(self, name: str, formula: OfYear, i: int = 0) -> Cells:
        """A line of the ledger, of partner i where it has several, beside what the model says."""
        about = BY_NAME[name]
        owners = {
            "alliance": [""],
            "provider": self.providers,
            "commissioner": [c.name for c in self.future.scenario.commissioners],
        }
        cells = self.page.worked([str(about.step), about.title, owners[about.per][i]], formula)
        self.page.checked(self.future.amount(name, i))
        self.page.note(2, about.formula)
        self.page.note(3, HOW[name](self.future, i))
        self.page.emphasised()
        self.lines.setdefault(name, []).append(cells)
        return cells

    def of_each(self, name: str, formulas: Sequence[OfYear]) -> list[Cells]:
        """A line of the ledger that each partner has."""
        return [self.line(name, formula, i) for i, formula in enumerate(formulas)]

    def helper(self, title: str, formula: OfYear, owner: str = "", unit: str = "£", only: Sequence[str] = ()) -> Cells:
        """A row on the way to a line; `only` in some columns."""
        return self.page.worked(["", title, owner], formula, unit, only)

    def each(self, title: str, formulas: Sequence[OfYear], unit: str = "£") -> list[Cells]:
        """A row of every provider on the way to a line."""
        return [
            self.helper(title, formula, owner, unit) for owner, formula in zip(self.providers, formulas, strict=True)
        ]


class Case(NamedTuple):
    """What the steps from the saving to the cost component work on: the years, or the totals of the term."""

    only: Sequence[str]
    """Columns that have them; empty: every year's."""
    saving: Cells
    target: Cells
    prices: Cells
    """Price indices of the years that count, added up."""
    ops: Cells
    measured: Cells
    unmodified: Cells | None
    relief: Cells
    limits: dict[str, Cells | None]
    """The caps on cost and on the total, for gain and pain."""

    def written(self, work: Work, name: str, formula: OfYear) -> Cells:
        """A line of the ledger; for the whole term a row that the ledger does not have."""
        if not self.only:
            return work.line(name, formula)
        return work.helper(f"Whole term: {BY_NAME[name].title.lower()}", formula, only=self.only)

    def helper(self, work: Work, title: str, formula: OfYear, unit: str = "£") -> Cells:
        """A row on the way to one of these."""
        said = f"Whole term: {title[0].lower()}{title[1:]}" if self.only else title
        return work.helper(said, formula, unit=unit, only=self.only)

    def limit(self, name: str, year: str) -> str | None:
        """The reference to one of the caps; None where there is none."""
        cells = self.limits[name]
        return cells(year) if cells else None

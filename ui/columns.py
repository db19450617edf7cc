"""Columns of a table that is pasted: the entries that its lines have, and what else people head them with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from model.fields import Path, empty_of, field_at
from ui.entries import label_of, unit_for

NAME: Path = ("name",)
COST: Path = ("baseline_cost",)
SHARE: Path = ("share",)
ASIDE: tuple[Path, ...] = (("kind",), ("reserves",))
"""Entries of a provider that a table of costs may give too, though its page shows them elsewhere."""
EXPECTED: Path = ("expected",)
AIM: Path = ("expected", "headed")
"""What the column of a KPI's expected value is headed with, where that is rather an aim, such as Target."""
AREA: Path = ("area",)
"""The key result area of a KPI, which is no entry of its own."""
A_YEAR = ("a year", "per year", "each year")
ALSO = {
    "name": (
        *("provider", "partner", "commissioner", "organisation"),
        *("KPI", "KPI name", "indicator", "performance indicator", "measure", "metric"),
        *("risk", "risk name", "risk description", "event"),
    ),
    "unit": ("units", "unit of measure", "measured in"),
    "weight": ("weighting",),
    "area": ("KRA", "domain", "result area", "key result area name", "KRA name"),
    "today": ("baseline", "baseline value", "current", "current value", "current performance", "now", "latest"),
    "expected": ("expected value", "target", "target value", "goal", "ambition", "plan", "planned value"),
    "higher_is_better": (
        *("higher better", "high is good", "bigger is better", "more is better", "up is good", "better"),
        *("direction", "direction of good", "good direction", "desired direction", "direction of improvement"),
        *(
            "polarity",
            "good is",
            "better is",
            "better if",
            "better when",
            "higher or lower is better",
            "higher lower is better",
        ),
    ),
    "lower_is_better": ("lower better", "low is good", "smaller is better", "less is better", "down is good"),
    "gamebreaking": ("game-breaking", "game breaking", "gamebreaker", "game breaker"),
    "baseline_cost": (
        *("cost", "direct cost", "annual cost", "cost a year", "cost per year", "yearly cost"),
        *("budget", "annual budget", "baseline", "baseline budget"),
        *("spend", "annual spend", "spending", "annual spending", "expenditure", "annual expenditure"),
        *("net spend", "net expenditure", "direct costs", "costs", "annual costs", "baseline costs"),
        *(f"{what} {often}" for what in ("direct cost", "direct costs", "costs", "budget") for often in A_YEAR),
        *("annual direct cost", "annual direct costs", "planned cost", "planned costs", "planned annual cost"),
        *("planned direct cost", "planned direct costs", "planned budget", "planned cost a year"),
    ),
    "required_saving": (
        *("saving", "savings", "efficiency", "efficiency target", "savings target", "saving target"),
        *("CIP", "CIP target", "cost improvement", "cost improvement programme"),
    ),
    "demand_growth": ("growth", "demand", "activity growth"),
    "fee_rate": (
        "margin on cost",
        *(f"{over} and {rest}" for over in ("overhead", "overheads") for rest in ("margin", "profit", "surplus")),
        *("management fee", "fee rate"),
    ),
    "contribution": ("share", "share of budget", "share of cost", "share of costs", "share of funding"),
    "up_to": ("upper limit", "upper end", "to", "until"),
    "up_to_pounds": ("upper limit", "upper end", "to", "until"),
    "share": ("provider share", "share of providers", "providers", "provider"),
    "gain_share": ("share", "share of budget"),
    "pain_share": ("share", "share of budget"),
    "reserves": ("general reserves", "unrestricted reserves", "usable reserves"),
    "income": ("turnover", "annual turnover", "total income", "total annual income"),
    "kind": ("type", "sector", "organisation type", "partner type", "provider type"),
    "failure": ("fail",),
    "probability": ("likelihood", "chance a year"),
    "when": ("how often", "frequency"),
    "value": ("cost", "impact", "financial impact", "cost impact", "impact if it happens"),
    "low": ("low", "minimum", "min", "best case"),
    "likely": ("likely", "mode"),
    "high": ("high", "maximum", "max", "worst case"),
    "hits": (
        *(
            "hits",
            "who",
            "whom",
            "who it falls on",
            "falls on",
            "affects",
            "provider",
            "providers",
            "partner",
            "partners",
        ),
        *("affected", "who is affected", "affected provider", "affected providers", "affected provider(s)"),
        *(
            "affected partner",
            "affected partners",
            "affected partner(s)",
            "affected organisation",
            "organisation affected",
        ),
        *("affected service", "affected services", "affected service(s)"),
    ),
    "word": ("risk appetite",),
    "loss": ("loss", "largest loss", "loss limit", "maximum loss", "most that may be lost", "loss over the term"),
    "loss_chance": ("chance", "chance of loss", "chance of a larger loss", "likelihood", "probability"),
    "year_loss": ("loss in one year", "loss in a year", "yearly loss limit", "most in one year"),
    "year_chance": ("chance in any year", "chance in a year", "But for a chance, in any year, of"),
    "worst": ("worst 1 in 20", "worst 1 in 20, average loss", "CVaR95", "CVaR"),
    "reserve_minimum": (
        "minimum reserves",
        "reserves at least",
        "reserves floor",
        "reserves not below, at any year's end",
    ),
    "reserve_chance": ("chance below", "chance of reserves below"),
    "tolerance": ("tolerance",),
}
"""What people head a column with, by the entry that it is."""


@dataclass(frozen=True)
class Column:
    """An entry that every line has: where in the line, its title with its unit, and its field."""

    place: Path
    title: str
    unit: str
    info: FieldInfo
    names: tuple[str, ...] = ()
    """What it may name, where it is a list of names."""

    @property
    def unstated(self) -> str:
        """What an entry says that nobody stated, where that is not the same as nothing: then a dash says so, too."""
        said = empty_of(self.info)
        return "" if said == "none" else said


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

    beside: tuple[Column, ...] = ()
    """Columns that only a heading names: they are shown elsewhere, or what they say is no entry."""
    aim: str = ""
    """What a table heads the expected values of KPIs with, where that is rather an aim."""
    years: tuple[str, ...] = ()
    """The years of the term, where a table may give what later ones are planned to cost."""

    def across(self, row: list[str], across: list[Column | None]) -> list[Column | None]:
        """The columns of one row."""
        return self.own(row, across) if self.own else across

    @property
    def headed(self) -> tuple[Column, ...]:
        """All columns that a heading may name."""
        return (*self.columns, *self.beside)

    @property
    def named(self) -> bool:
        """Whether the first column is the lines' names."""
        return self.columns[0].place == NAME


def column(document: dict[str, Any], line: Path, place: Path, unit: str = "") -> Column:
    """The column of an entry, as the first line has it."""
    info = field_at(document, (*line, *place))
    unit = unit_for(info, unit)
    return Column(place, label_of(info, unit), unit, info)

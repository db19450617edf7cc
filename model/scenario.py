"""A scenario: one alliance, its contract and its uncertainties. Valid, or it does not exist."""

import hashlib
import json
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from model.base import Floats, Value, must_add_up, must_differ, percent, plain, words
from model.contract import RiskShare
from model.dependence import cost_of, kpi_of, saving_of
from model.framework import Framework
from model.partners import Commissioner, Provider
from model.uncertainty import Uncertainty
from model.version import VERSION

SIDES = ("Providers together", "Commissioners together")
"""What results call each side; no partner may have such a name."""


class Term(Value):
    """When the contract starts and how long it runs."""

    start: str = plain(
        "Starts", "Year and month of the start, such as 2018-07.", pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$"
    )
    years: int = plain("Years", "Length of the contract.", ge=1, le=15)
    option_years: int = plain("Option years", "Years by which it may be extended.", ge=0, le=10, default=0)
    with_option: bool = plain("Model the option", "Whether the option years are part of every result.", default=False)

    @property
    def horizon(self) -> int:
        """Years modelled."""
        return self.years + (self.option_years if self.with_option else 0)

    def labels(self) -> tuple[str, ...]:
        """Names of the years: '2018-19', or '2018' when years are calendar years."""
        return tuple(self.label(year) for year in range(self.horizon))

    def label(self, year: int) -> str:
        """The name of a year, counted from 0, modelled or not."""
        y, month = int(self.start[:4]) + year, int(self.start[5:])
        return str(y) if month == 1 else f"{y}-{(y + 1) % 100:02d}"


class Baseline(Value):
    """How the target cost is built from the baseline."""

    price_growth: float = percent("Price growth", "Inflation planned in the target, each year.", ge=-0.2, le=0.5)
    contingency: float = percent(
        "Contingency", "Added to the target for what is expected to go wrong.", ge=-0.2, le=0.5, default=0.0
    )
    reindexed: bool = plain(
        "Target follows prices",
        "Whether the target cost, and with it the fees, caps and bands, moves with prices that differ from plan.",
        default=False,
    )
    saving_phasing: tuple[Annotated[float, Field(ge=0, le=1)], ...] = plain(
        "Required saving due by year",
        "Part of the required saving that the target expects in each year; the last figure stays. "
        "How much of it arrives is entered under Uncertainty.",
        unit="%",
        min_length=1,
        max_length=25,
        default=(1.0,),
    )


class Scenario(Value):
    """The whole alliance. Pounds and fractions inside; gain is positive, pain is negative."""

    schema_version: Literal[1] = plain("File version", "Version of this file's layout.", default=1)
    name: str = words("Name", "Name of the alliance and design.", longest=120)
    story: str = words("Story", "What this alliance is about.", longest=3000, shortest=0, default="")
    expected_answer: str = words("Expected answer", "What the model should show.", longest=1500, shortest=0, default="")
    illustrative: bool = plain("Illustrative", "Whether its figures are invented for illustration.", default=False)
    term: Term = plain("Term", "When the contract runs.")
    commissioners: tuple[Commissioner, ...] = plain("Commissioners", "Who pays.", min_length=1, max_length=6)
    providers: tuple[Provider, ...] = plain("Providers", "Who delivers.", min_length=1, max_length=20)
    baseline: Baseline = plain("Baseline", "How the target cost is built.")
    framework: Framework = plain("Performance framework", "What is scored.", default=Framework())
    risk_share: RiskShare = plain("Risk share", "The terms of gainshare and painshare.")
    uncertainty: Uncertainty = plain("Uncertainty", "What is not known.", default=Uncertainty())

    @field_validator("commissioners")
    @classmethod
    def _contributions_add_up(cls, commissioners: tuple[Commissioner, ...]) -> tuple[Commissioner, ...]:
        """Checked of the list itself, so that what is wrong is said beside it."""
        must_add_up("Commissioners' contributions", (c.contribution for c in commissioners))
        return commissioners

    @model_validator(mode="after")
    def _whole(self) -> Self:
        must_differ("the partner", [*SIDES, *(c.name for c in self.commissioners), *(p.name for p in self.providers)])
        self.risk_share.check_stated_shares(self.providers)
        if not any(p.baseline_cost for p in self.providers):
            raise ValueError("no provider has a baseline cost; at least one must spend something")
        self._check_names_of_risks()
        correlations = self.uncertainty.correlations
        correlations.check_pairs([*self.cost_names(late=True), *self.kpi_names()])
        correlations.check_possible(self.cost_names(), self.kpi_names())
        return self

    def _check_names_of_risks(self) -> None:
        providers, kpis = {p.name for p in self.providers}, {kpi.name for kpi in self.framework.kpis()}
        must_differ("the risk", (r.name for r in self.uncertainty.risks))
        for risk in self.uncertainty.risks:
            for name in risk.hits:
                if name not in providers:
                    raise ValueError(f"risk '{risk.name}' hits '{name}', who is not a provider here")
            for effect in risk.kpi_effects:
                if effect.kpi not in kpis:
                    raise ValueError(f"risk '{risk.name}' moves '{effect.kpi}', which is not a KPI here")

    def cost_names(self, *, late: bool = False) -> list[str]:
        """Rows of the correlation matrix that are costs; `late`: with savings that are not required as well."""
        savings = [saving_of(p.name) for p in self.providers if late or p.required_saving]
        return [*(cost_of(p.name) for p in self.providers), *savings]

    def kpi_names(self) -> list[str]:
        """Rows of the correlation matrix that are KPIs."""
        return [kpi_of(kpi.name) for kpi in self.framework.kpis()]

    @property
    def id(self) -> str:
        """Hash of the inputs that decide the results and of the version: not of stories or sources."""
        told = {"story", "expected_answer", "illustrative"}
        inputs = json.dumps(_without_sources(self.model_dump(mode="json", exclude=told)))
        return hashlib.sha256(f"{VERSION}:{inputs}".encode()).hexdigest()[:16]

    def stated_cost(self) -> Floats:
        """The last figure that is stated of cost up to each year: baseline, or planned of a year. Shape (years, P)."""
        return np.stack([p.stated_costs(self.term.horizon)[0] for p in self.providers], axis=1)

    def priced_cost(self) -> Floats:
        """What is stated of cost, with the growth of prices since then. Shape (years, P)."""
        return np.asarray(self.stated_cost() * (1 + self.baseline.price_growth) ** self._years_since())

    def planned_cost(self) -> Floats:
        """Cost by plan before savings: what is stated, with growth of prices and demand since. Shape (years, P)."""
        demand = np.array([p.demand_growth for p in self.providers])
        return np.asarray(self.priced_cost() * (1 + demand) ** self._years_since())

    def _years_since(self) -> Floats:
        """How old what is stated of cost is in each year, (years, P)."""
        return np.stack([p.stated_costs(self.term.horizon)[1] for p in self.providers], axis=1)

    def planned_saving(self) -> Floats:
        """Part of the planned cost that must be saved, shape (years, P)."""
        phasing = np.array(self.baseline.saving_phasing)
        due = phasing[np.minimum(np.arange(self.term.horizon), len(phasing) - 1)]
        return np.outer(due, [p.required_saving for p in self.providers])

    def target_cost(self) -> Floats:
        """Planned cost less required saving, plus contingency (model §1 'target cost'). Shape (years, P)."""
        return self.planned_cost() * (1 - self.planned_saving()) * (1 + self.baseline.contingency)

    def fee(self) -> Floats:
        """Fee at target (Limb 2), pounds. Shape (years, P)."""
        return self.target_cost() * np.array([p.fee_rate for p in self.providers])


def _without_sources(node: Any) -> Any:
    """Nor a limit of one year that is not entered: so a file from before there was one keeps its hash."""
    if isinstance(node, dict):
        left_out = {"sources", *(("year_loss", "year_chance") if node.get("year_loss", 0.0) is None else ())}
        return {key: _without_sources(value) for key, value in node.items() if key not in left_out}
    return [_without_sources(item) for item in node] if isinstance(node, list) else node

"""Luck: what is paid or charged if nothing truly changes, and how much has to be measured before that is rare."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from model.base import Floats
from model.basis import Yearly
from model.distributions import Fixed
from model.draw import Outcomes, draw
from model.incentives import Drawn
from model.plan import KpiPlan, Plan, plan
from model.points import batches
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.simulate import resettle
from model.statistics import chance_of_gain, chance_of_pain, percentile, standard_error
from model.tables import TERM, draws
from model.terms import terms

PEOPLE, YEARS = "people", "years"
TIMES = {PEOPLE: tuple(2**i for i in range(11)), YEARS: (1, 2, 3, 4, 5, 7, 10, 15, 20, 30)}
"""How many times as many people KPIs are measured on; how many years are settled as one, on their average."""

RARE = 0.1
"""A chance below which luck hardly matters, unless another is asked for."""


@dataclass(frozen=True)
class Luck:
    """What luck alone does, on draws of their own with the same seed."""

    chances: pd.DataFrame
    """Partners and sides down: 'pain in a year', 'gain in a year', 'pain over the term', 'gain over the term' and their
    standard errors."""
    curves: dict[str, pd.DataFrame]
    """By what there is more of: how many times as much down, 'pain', 'gain' and their standard errors across.

    'years', and 'people' where any KPI says how many people it is measured on.
    """
    certain: float
    """What the providers gain or bear in the year without any luck, pounds."""
    overspend: float
    """The part of target cost that the year's overspend by luck stays below in 9 years of 10."""


def luck(drawn: Drawn, year: int, seed: int) -> Luck:
    """What luck alone does in a year by itself, and over the term as it is settled."""
    scenario, n = drawn.scenario, drawn.results.draws
    still = unchanged(scenario)
    noisy = draw(still, n, seed)
    measured = any(kpi.people for kpi in still.kpis)
    steady = draw(_of_many(still), n, seed) if measured else noisy
    settled = resettle(scenario, noisy, score(scenario.framework, noisy.kpis), year)
    label = scenario.term.labels()[year]
    year_alone = Alone(scenario, year, noisy, steady)
    overspend = np.sort(-year_alone.saving(noisy.costs[year]) / (scenario.target_cost()[year].sum() or 1.0))
    return Luck(
        chances=_chances(draws(settled, label), "in a year").join(_chances(draws(settled, TERM), "over the term")),
        curves={what: year_alone.curve(what, still.year_to_year) for what in TIMES if measured or what == YEARS},
        certain=float(year_alone.paid(0.0, 0.0, 0.0)[0]),
        overspend=max(float(percentile(overspend, 90)), 0.0),
    )


def unchanged(scenario: Scenario) -> Plan:
    """The plan if services do exactly what the target expects, on average, and KPIs stay where they are today.

    Costs lie around target cost and KPIs around today's value; what is left is each year's deviation, and chance in
    small numbers. Baselines and prices are as planned, savings arrive, no risk happens and nothing is spent on any.
    """
    own, years = plan(scenario), scenario.term.horizon
    off = np.array([1 + p.cost_deviation.mean for p in scenario.providers])
    spent = scenario.target_cost() / (1 - scenario.planned_saving()) / np.where(off > 0, off, 1.0)
    return own.edited(
        planned_cost=tuple(map(tuple, spent.tolist())),
        certain_cost=tuple(map(tuple, np.zeros_like(spent).tolist())),
        baseline_errors=tuple(Fixed(value=0.0) for _ in scenario.providers),
        prices=Fixed(value=0.0),
        savings_delivered=Fixed(value=1.0),
        delivered_by_year=(1.0,) * years,
        kpis=tuple(
            _at(kpi, today.today, years) for kpi, today in zip(own.kpis, scenario.framework.kpis(), strict=True)
        ),
        risks=tuple(risk.edited(probability=0.0) for risk in own.risks),
    )


def _at(kpi: KpiPlan, today: float, years: int) -> KpiPlan:
    return kpi.edited(path=(today - kpi.deviation.mean,) * years)


def _of_many(still: Plan) -> Plan:
    """As if every rate were measured on so many people that small numbers play no part."""
    return still.edited(kpis=tuple(kpi.edited(people=None) for kpi in still.kpis))


def averaged(years: int, year_to_year: float) -> float:
    """The standard deviation of the mean of so many years, as part of that of one year (first-order autoregression)."""
    lags = np.arange(1, years)
    together = 1 + 2 * float(((1 - lags / years) * year_to_year**lags).sum())
    return float(np.sqrt(together / years))


@dataclass(frozen=True)
class Alone:
    """One year by itself, with its luck scaled: of costs, of KPIs, and of small numbers."""

    scenario: Scenario
    year: int
    noisy: Outcomes
    steady: Outcomes
    """The same without chance in small numbers."""

    def saving(self, costs: Floats) -> Floats:
        """Target less actual cost of all, (n,), of costs (P, n)."""
        return np.asarray(self.scenario.target_cost()[self.year].sum() - costs.sum(axis=0))

    def paid(self, costs: float, kpis: float, small: float) -> Floats:
        """What the providers gain or bear together, (n,), with such parts of each sort of luck."""
        contract = terms(self.scenario).years([self.year])
        alone = replace(contract, risk_share=contract.risk_share.edited(basis=Yearly()))
        target = contract.target[:, :, None]
        today = np.array([kpi.today for kpi in self.scenario.framework.kpis()])[None, :, None]
        cut = slice(self.year, self.year + 1)
        by_chance = self.noisy.kpis[cut] - self.steady.kpis[cut]
        values = today + kpis * (self.steady.kpis[cut] - today) + small * by_chance
        spent = target + costs * (self.noisy.costs[cut] - target)
        return np.asarray(settle(alone, spent, score(self.scenario.framework, values)).together[0])

    def curve(self, what: str, year_to_year: float) -> pd.DataFrame:
        """The chances of pain and of gain, with so many times more people or years."""
        rows = {}
        for times in TIMES[what]:
            small = times**-0.5
            steady = averaged(times, year_to_year) if what == YEARS else 1.0
            rows[times] = _both(self.paid(steady, steady, small))
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis(what)


def enough(curve: pd.DataFrame, limit: float = RARE) -> int | None:
    """How many times as much makes the chance of pain smaller than the limit; None if nothing that was tried does."""
    rare = curve.index[curve["pain"] < limit]
    return int(rare[0]) if len(rare) else None


def _chances(gains: pd.DataFrame, when: str) -> pd.DataFrame:
    rows = {}
    for name in gains:
        found = _both(gains[name].to_numpy())
        rows[name] = {f"{key.split(' ')[0]} {when}{key[4:]}": value for key, value in found.items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("partner")


def _both(gains: Floats) -> dict[str, float]:
    """The chances of pain and of gain, of gains (n,), with their standard errors."""
    found: dict[str, float] = {}
    for name, chance in (("pain", chance_of_pain), ("gain", chance_of_gain)):
        replicates = np.array([chance(gains[part]) for part in batches(len(gains))])
        found |= {name: float(chance(gains)), f"{name} s.e.": standard_error(replicates)}
    return found

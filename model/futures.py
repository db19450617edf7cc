"""One future out of thousands: which one, and its settled year to walk through."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.base import Floats
from model.curves import gates_passed
from model.draw import Outcomes
from model.ledger import Ledger
from model.outturn import Actuals
from model.pennies import parted, whole
from model.scenario import Scenario
from model.scores import Scores, failed_gate, score
from model.settle import settle
from model.terms import Terms, priced, terms

CHANCES = {"Typical": 0.5, "Good, 1 in 10": 0.9, "Bad, 1 in 10": 0.1, "Very bad, 1 in 20": 0.05}
"""Futures worth a walk, by the part of all futures that are worse."""


NOISE = 1e-6
"""Pounds; what moves less than that does not move."""


@dataclass(frozen=True)
class Future:
    """A settled year of one draw. `kpis` (years, K, draws) as settled; `year` and `draw` say which."""

    scenario: Scenario
    ledger: Ledger
    scores: Scores
    kpis: Floats
    year: int
    draw: int = 0
    agreed: Floats | None = None
    """Relief agreed for each year, pounds, (years, 1); None: none."""

    def amount(self, name: str, i: int = 0) -> float:
        """A line's amount, of partner i where it has several; from what is due on, in whole pennies."""
        return self.stated[name][i] / 100 if name in self.stated else float(self._exact(name)[i]) + 0.0

    def _exact(self, name: str) -> Floats:
        return np.atleast_1d(getattr(self.ledger, name)[self.year, ..., self.draw])

    @cached_property
    def stated(self) -> dict[str, list[int]]:
        """The lines that are paid, in pennies: each partner's add up, and all partners' to target less actual cost.

        Steps before are calculated unrounded.
        """
        allocated, moved = parted(self._exact("allocated")), self._exact("moved")
        ends = [whole(end) for end in self._exact("limb3")]
        limb3 = [end if abs(by) > NOISE else as_it_is for as_it_is, end, by in zip(allocated, ends, moved, strict=True)]
        costs, fee = ([whole(one) for one in self._exact(name)] for name in ("costs", "fee"))
        own = parted(self._exact("own"))
        result = [sum(parts) for parts in zip(fee, limb3, own, strict=True)]
        gain = [total - whole(at_target) for total, at_target in zip(result, self.fee, strict=True)]
        left = whole(self.target.sum() - self._exact("costs").sum()) - sum(gain)
        over = [end - before for before, end in zip(allocated, limb3, strict=True)]
        return {
            "due": [whole(self._exact("due")[0])],
            **{"allocated": allocated, "moved": over, "limb3": limb3, "excess": [sum(over)]},
            **{"costs": costs, "fee": fee, "own": own, "result": result, "gain": gain},
            "commissioners": parted(left / 100 * self.ledger.terms.contribution),
        }

    def flag(self, name: str) -> bool:
        """Whether a gate of this sort is failed (or, for 'unmodified', passed)."""
        return bool(getattr(self.scores, name)[self.year, self.draw])

    @cached_property
    def terms(self) -> Terms:
        """The contract at the prices of this draw, (years, 1)."""
        prices = self.ledger.terms.prices
        return self.ledger.terms.at(prices[:, [self.draw]]) if prices.shape[-1] > 1 else self.ledger.terms

    @property
    def prices(self) -> float:
        """The index that the year's target and sums follow: 1 as planned."""
        return float(self.terms.prices[self.year, 0])

    def limit(self, name: str) -> float:
        """One of the caps on the providers together, at the year's prices, pounds."""
        return float(getattr(self.terms.limits, name)[self.year, 0])

    @property
    def target(self) -> Floats:
        """Each provider's target cost, at the year's prices, (P,)."""
        return self.terms.priced(self.terms.target)[self.year, :, 0]

    @property
    def fee(self) -> Floats:
        """Each provider's fee at target, at the year's prices, (P,)."""
        return self.terms.priced(self.terms.fee)[self.year, :, 0]

    @property
    def paid(self) -> float:
        """What the providers together get (Limb 3)."""
        return sum(self.stated["limb3"]) / 100

    @property
    def has_data(self) -> bool:
        """Whether any KPI was measured."""
        return bool((~np.isnan(self.kpis[self.year, :, self.draw])).any())

    @property
    def owed_before(self) -> float:
        """Pain brought forward into this year, pounds ≥ 0."""
        owed = self.ledger.owed[self.year - 1, self.draw] if self.year else self.ledger.brought_forward
        return float(owed) + 0.0

    @property
    def ops(self) -> float:
        return float(self.scores.ops[self.year, self.draw])

    @property
    def failed(self) -> list[str]:
        """The KPIs whose gate is failed."""
        values = self.kpis[self.year, :, self.draw]
        return [k.name for k, v in zip(self.scenario.framework.kpis(), values, strict=True) if failed_gate(k, v)]


def nth(gains: Floats, chance: float) -> int:
    """The draw that this part of all draws are worse than, by a partner's gain or pain, (draws,)."""
    place = min(int(chance * len(gains)), len(gains) - 1)
    return int(np.argsort(gains, kind="stable")[place])


def of_draw(scenario: Scenario, outcomes: Outcomes, draw: int, year: int, instead: Actuals | None = None) -> Future:
    """A year of one draw, settled with all the years of its term; `instead` are other figures for that year."""
    one = slice(draw, draw + 1)
    costs, kpis = outcomes.costs[:, :, one].copy(), outcomes.kpis[:, :, one].copy()
    prices = outcomes.cut(draw, draw + 1).prices.copy()
    relief = np.zeros((len(costs), 1))
    if instead:
        costs[year], kpis[year], relief[year] = instead.costs[0], instead.kpis[0], instead.relief[0]
        prices[year] = instead.prices[0]
    scores = score(scenario.framework, kpis)
    return Future(scenario, settle(priced(scenario, prices), costs, scores, relief), scores, kpis, year, agreed=relief)


def at_score(future: Future, ops: float) -> Future:
    """The same year, had it scored otherwise and passed every gate: costs and prices stay; its KPI values are not of
    that score."""
    passed = gates_passed(future.scenario, np.array([ops]))
    whole = {name: values.copy() for name, values in vars(future.scores).items()}
    for name, values in whole.items():
        values[future.year] = getattr(passed, name)[0]
    before, scores = future.ledger, Scores(**whole)
    relief = np.zeros((len(before.costs), 1)) if future.agreed is None else future.agreed
    return replace(
        future, scores=scores, ledger=settle(before.terms, before.costs, scores, relief, before.brought_forward)
    )


def of_actuals(scenario: Scenario, actuals: Actuals) -> list[Future]:
    """The years of an outturn, settled together."""
    scores = score(scenario.framework, actuals.kpis)
    contract = terms(scenario).years(actuals.rows)
    if scenario.baseline.reindexed:
        contract = contract.at(actuals.prices)
    ledger = settle(contract, actuals.costs, scores, actuals.relief, actuals.brought_forward)
    count = len(actuals.rows)
    return [Future(scenario, ledger, scores, actuals.kpis, t, agreed=actuals.relief) for t in range(count)]

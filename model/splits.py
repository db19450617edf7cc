"""Other ways in which providers might split what they gain and bear, side by side on the same draws."""

import numpy as np
import pandas as pd

from model.allocation import Allocation, ByFee, ByReserves, ByTarget, Equal
from model.base import Floats
from model.draw import Outcomes
from model.points import batches
from model.portions import held_by_partner
from model.scenario import Scenario
from model.scores import Scores, score
from model.settle import settle
from model.sharing import errors
from model.simulate import Results, cuts, resettle
from model.statistics import tail_mean
from model.tables import TERM, draws
from model.terms import Terms, priced

AGREED = "As agreed"
RULES: dict[str, Allocation] = {
    "Equal": Equal(),
    "By fee": ByFee(),
    "By budget": ByTarget(),
    "By reserves": ByReserves(),
}
BY_RESULT = "By own result"
"""A year's gain goes to those who spent less than their target, its pain to those who spent more, in proportion."""


def splits(scenario: Scenario) -> dict[str, Scenario]:
    """The scenario as agreed, then with every other split that it can have: none by reserves where there are none, or
    where somebody's are not stated."""
    measures = {"By fee": [p.fee_rate * p.baseline_cost for p in scenario.providers]}
    measures["By reserves"] = [] if unstated(scenario) else [p.reserves or 0.0 for p in scenario.providers]
    found = {AGREED: scenario}
    for name, rule in RULES.items():
        if any(measures.get(name, [1.0])):
            share = scenario.risk_share.edited(gain_allocation=rule, pain_allocation=rule)
            found[name] = scenario.edited(risk_share=share)
    return found


def unstated(scenario: Scenario) -> list[str]:
    """The providers whose reserves are not stated, by name."""
    return [p.name for p in scenario.providers if p.reserves is None]


def by_own_result(scenario: Scenario, outcomes: Outcomes, scores: Scores, year: int | None = None) -> Floats:
    """Gain or pain of each provider over the term, or in one year, split by what each saves or overspends, (P, n).

    Where nobody has saved in a year of gain, or overspent in one of pain, it is split by target cost. Each provider's
    own caps of the year hold, and what is over falls where the terms say.
    """
    rows, found = slice(None) if year is None else [year], []
    for cut in cuts(outcomes.costs.shape[-1]):
        part, earned = outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop)
        found.append(_by_own_result(priced(scenario, part.prices), part.costs, earned)[rows].sum(axis=0))
    return np.concatenate(found, axis=-1)


def _by_own_result(contract: Terms, costs: Floats, scores: Scores) -> Floats:
    """Every year of some draws, (T, P, b)."""
    ledger, target = settle(contract, costs, scores), contract.priced(contract.target)
    due = ledger.due[:, None]
    own = np.maximum(np.sign(due) * (target - costs), 0.0)
    together = own.sum(axis=1, keepdims=True)
    weights = np.divide(own, together, out=target / target.sum(axis=1, keepdims=True) + 0 * own, where=together > 0)
    caps = contract.priced(contract.gain_cap), contract.priced(contract.pain_cap)
    return ledger.gain - ledger.limb3 + held_by_partner(contract, slice(None), due * weights, *caps)


def side_by_side(results: Results, outcomes: Outcomes, period: str = TERM) -> pd.DataFrame:
    """Each provider under each split: (split, provider) down.

    'mean' and 'worst', the mean gain in its own worst 1 in 20, in pounds with their ' s.e.'; 'of reserves': what it
    loses there as a part of its reserves, NaN without any.
    """
    scenario, labels = results.scenario, results.scenario.term.labels()
    names, scores = [provider.name for provider in scenario.providers], score(scenario.framework, outcomes.kpis)
    year = labels.index(period) if period in labels else None
    gains = {AGREED: draws(results, period)[names].to_numpy().T}
    for name, other in splits(scenario).items():
        if name != AGREED:
            gains[name] = draws(resettle(other, outcomes, scores, year), period)[names].to_numpy().T
    gains[BY_RESULT] = by_own_result(scenario, outcomes, scores, year)
    reserves = np.array([provider.reserves for provider in scenario.providers], dtype=float)
    tables = {name: _figures(gain, reserves, names) for name, gain in gains.items()}
    return pd.concat(tables, names=["split"])


def _figures(gains: Floats, reserves: Floats, names: list[str]) -> pd.DataFrame:
    """The figures of one split."""
    samples = [gains, *(gains[:, part] for part in batches(gains.shape[-1]))]
    table = pd.DataFrame(index=pd.Index(names, name="provider"))
    for column, found in (
        ("mean", [sample.mean(axis=-1) for sample in samples]),
        ("worst", [-tail_mean(np.sort(sample)) for sample in samples]),
    ):
        table[column], table[f"{column} s.e."] = found[0], errors(found[1:])
    lost = np.maximum(-table["worst"], 0.0)
    table["of reserves"] = np.divide(lost, reserves, out=np.full(len(names), np.nan), where=reserves > 0)
    return table

"""What the next pound saved really brings each partner, beside what the contract says on paper (model §4)."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.bands import Bands
from model.base import Floats
from model.draw import Outcomes
from model.points import batches
from model.scenario import Scenario
from model.scores import Scores
from model.simulate import Results, resettled
from model.statistics import standard_error
from model.tables import COMMISSIONERS, PROVIDERS, partner_names
from model.terms import Terms, terms

STEP = 1e-10
"""The next pound, as part of target cost: so little that only the slope of the terms counts, and hardly any future
crosses a threshold; enough for eight figures in double precision."""

LEAP = 1e-3
"""Part of target cost, half of it saved and half overspent, to find what thresholds add: some futures cross one."""


class Drawn(NamedTuple):
    """The draws of a scenario, their scores, and what they were settled to."""

    scenario: Scenario
    outcomes: Outcomes
    scores: Scores
    results: Results

    def again(self, saved: Floats | None = None, scores: Scores | None = None) -> Floats:
        """What each partner has over the term, (N, n), of the same draws settled anew: each provider spending less by
        so many pounds, (T, P), or with other scores."""
        outcomes = self.outcomes if saved is None else replace(self.outcomes, costs=self.outcomes.costs - cut(saved))
        return resettled(self.scenario, outcomes, scores or self.scores)


def cut(saved: Floats) -> Floats:
    """Pounds (T, P) as they are taken off every draw."""
    return saved[:, :, None]


def pence(drawn: Drawn, year: int | None) -> pd.DataFrame:
    """What each partner and side gets of the next pound that all save together, in every year or in one.

    'true' and its error; of it 'thresholds', what comes from lifting a year over a threshold; 'gain on paper' and
    'pain on paper' (`on_paper`). Fractions of the pound; each column adds up to 1 over the partners, 'thresholds' to 0.

    The true part is ∂E[gain] / ∂saving, over the whole term: share × P(inside caps and bands), plus, for each
    threshold, what is paid at it × how likely a year is to lie there.
    """
    together = spread(terms(drawn.scenario), year)
    slope = brought(drawn, STEP * together)
    true = brought(drawn, LEAP / 2 * together, LEAP / 2 * together) if has_thresholds(drawn.scenario) else slope
    true, thresholds = (_with_sides(drawn.scenario, found) for found in (true, true - slope))
    columns = {
        "true": true.mean(axis=-1),
        "true s.e.": [standard_error(estimates) for estimates in _replicates(true).T],
        "thresholds": thresholds.mean(axis=-1),
    }
    paper = on_paper(drawn.scenario, year)
    return pd.DataFrame(columns, index=paper.index).join(paper)


def by_saver(drawn: Drawn, year: int | None) -> pd.DataFrame:
    """What each partner and side gets of a pound that one provider saves by itself: savers down, partners across.

    Without what thresholds add. Rows differ only where costs lie outside the pool or fees grow with actual cost.
    """
    contract = terms(drawn.scenario)
    rows = {}
    for p, provider in enumerate(drawn.scenario.providers):
        alone = np.zeros_like(contract.target)
        alone[_rows(year), p] = STEP * contract.target[_rows(year)].sum(axis=1)
        rows[provider.name] = _with_sides(drawn.scenario, brought(drawn, alone)).mean(axis=-1)
    return pd.DataFrame.from_dict(rows, orient="index", columns=_names(drawn.scenario)).rename_axis("saver")


def depends_on_saver(scenario: Scenario) -> bool:
    """Whether it matters to anybody which provider saves a pound."""
    contract = terms(scenario)
    return bool((contract.pooled < 1).any() or contract.fee_on_actual.any()) and len(scenario.providers) > 1


def has_thresholds(scenario: Scenario) -> bool:
    """Whether a payment may jump with the saving: at a corridor past which it is shared from the first pound."""
    share = scenario.risk_share
    return "gate" in (share.gain_corridor.kind, share.pain_corridor.kind)


def on_paper(scenario: Scenario, year: int | None) -> pd.DataFrame:
    """What the contract says that each partner has of a pound saved, or overspent: band share × own split.

    The first band that shares anything; no cap, corridor, modifier, haircut or phase-in. What is outside the pool is
    the provider's own. Means over the years; partners, then the two sides.
    """
    contract, share = terms(scenario), scenario.risk_share
    sides = {
        "gain on paper": (share.gain_bands, contract.gain_split),
        "pain on paper": (share.pain_bands, contract.pain_split),
    }
    columns = {}
    for name, (bands, split) in sides.items():
        weights = contract.target / contract.target.sum(axis=1, keepdims=True)
        pooled = (weights * contract.pooled).sum(axis=1, keepdims=True)
        own = weights * (1 - contract.pooled - contract.fee_on_actual)
        providers = (pooled * _first_share(bands) * split + own)[_rows(year)].mean(axis=0)
        partners = np.append(providers, (1 - providers.sum()) * contract.contribution)
        columns[name] = _with_sides(scenario, partners)
    return pd.DataFrame(columns, index=pd.Index(_names(scenario), name="partner"))


def spread(contract: Terms, year: int | None) -> Floats:
    """As many pounds a year as an average year's target cost, over providers in proportion to theirs, (T, P).

    Nothing outside the year, if one is named.
    """
    target, chosen = contract.target, _rows(year)
    total = target.sum(axis=1, keepdims=True)
    pounds = np.zeros_like(target)
    pounds[chosen] = (target * np.divide(total.mean(), total, out=np.zeros_like(total), where=total > 0))[chosen]
    return pounds


def brought(drawn: Drawn, saved: Floats, spent: Floats | None = None) -> Floats:
    """What each partner has more over the term for each pound saved, by draw, (N, n), if costs fall by `saved` (T, P).

    `spent`: the comparison is not with the draws as they are, but with costs higher by so much, (T, P).
    """
    before = drawn.results.total if spent is None else drawn.again(-spent)
    pounds = saved.sum() + (0.0 if spent is None else spent.sum())
    return np.asarray((drawn.again(saved) - before) / pounds)


def _first_share(bands: Bands) -> float:
    """The providers' share in the first band that shares anything."""
    return next((band.share for band in bands if band.share), 0.0)


def _rows(year: int | None) -> slice:
    return slice(None) if year is None else slice(year, year + 1)


def _names(scenario: Scenario) -> list[str]:
    return [*partner_names(scenario), PROVIDERS, COMMISSIONERS]


def _with_sides(scenario: Scenario, gains: Floats) -> Floats:
    """Partners' gains, (N, ...), with those of the two sides below."""
    providers = len(scenario.providers)
    sides = [gains[:providers].sum(axis=0), gains[providers:].sum(axis=0)]
    return np.concatenate([gains, np.stack(sides)])


def _replicates(gains: Floats) -> Floats:
    """The mean of each replicate, (R, N), of gains (N, n)."""
    return np.stack([gains[:, part].mean(axis=-1) for part in batches(gains.shape[-1])])

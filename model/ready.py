"""Draws made ready for many designs: what no term that varies can move is worked out once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.base import Floats
from model.draw import Outcomes
from model.incentives import LEAP, STEP, has_thresholds, spread
from model.known import Known
from model.paths import Gains, Paths
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle, settled, shared_by_band
from model.simulate import cuts
from model.terms import Terms, priced, terms


class Brought(NamedTuple):
    """What a design brings."""

    paths: Paths
    incentive: float
    """What the providers together have of the next pound that all save over the term: 'true' of `pence`, a fraction."""


class _Block(NamedTuple):
    """Some draws, and what their settlements start from."""

    cut: slice
    prices: Floats
    known: tuple[Known, ...]
    """At each of `Ready.steps`."""
    aside: Floats | None
    """What providers gain beside Limb 3, (T, P, b); None where they cannot."""
    unshared: Floats
    """What the commissioners would gain if nothing were shared, (T, b)."""


class Ready:
    """The draws of a scenario, for designs that differ from it in their risk share or in providers' shares of it.

    No such design moves a cost, a target, a fee, a score or what is pooled.
    """

    def __init__(self, scenario: Scenario, outcomes: Outcomes, scores: Scores) -> None:
        self.scenario = scenario
        self.agreed = terms(scenario)
        self.draws = outcomes.costs.shape[-1]
        self.steps = (0.0, LEAP / 2, -LEAP / 2) if has_thresholds(scenario) else (0.0, STEP)
        self.pounds = spread(self.agreed, None)
        self.blocks = [self._block(cut, outcomes.cut(cut.start, cut.stop), scores) for cut in cuts(self.draws)]

    def _block(self, cut: slice, part: Outcomes, scores: Scores) -> _Block:
        contract, earned = priced(self.scenario, part.prices), scores.cut(cut.start, cut.stop)
        ledger = settle(contract, part.costs, earned)
        pooled = (self.pounds * self.agreed.pooled).sum(axis=1, keepdims=True)
        known = tuple(Known.of(contract, ledger.saving + step * pooled, earned) for step in self.steps)
        return _Block(cut, contract.prices, known, ledger.aside, ledger.unshared)

    def brought(self, design: Scenario) -> Brought:
        """What a design brings, as `paths` and `pence` say it."""
        return self.each_brought([design])[0]

    def each_brought(self, designs: Sequence[Scenario]) -> list[Brought]:
        """What designs bring; all of them on some draws before any on the next, which stay near the processor."""
        agreed = [terms(design) for design in designs]
        found = [Paths.of(self.scenario, self.draws) for _ in agreed]
        shared = np.zeros((len(designs), len(self.steps)))
        for block in self.blocks:
            for each, paths, sums in zip(agreed, found, shared, strict=True):
                sums += self._settled(each.at(block.prices), block, paths)
        return [Brought(paths, self._incentive(sums)) for paths, sums in zip(found, shared, strict=True)]

    def _settled(self, contract: Terms, block: _Block, paths: Paths) -> list[float]:
        """Settles some draws, keeps what they bring, and gives the sum of all Limb 3 at each of the steps."""
        each = [known.under(self.agreed, contract) for known in block.known]
        drawn, *moved = (
            settled(contract, known, shared_by_band(contract.risk_share, known.layers)).portions for known in each
        )
        together = drawn.limb3.sum(axis=1)
        providers = drawn.limb3 if block.aside is None else drawn.limb3 + block.aside
        paths.keep(block.cut, Gains(providers, block.unshared - together), contract.contribution)
        return [together.sum(), *(portions.limb3.sum() for portions in moved)]

    def _incentive(self, shared: Floats) -> float:
        """From the sums of all Limb 3 at each of the steps; what is outside the pool is the provider's own."""
        more, less = (1, -1) if len(shared) > 2 else (1, 0)
        pounds = float(self.pounds.sum())
        own = float((self.pounds * (1 - self.agreed.pooled - self.agreed.fee_on_actual)).sum()) / pounds
        step = (self.steps[more] - self.steps[less]) * pounds * self.draws
        return float(shared[more] - shared[less]) / step + own

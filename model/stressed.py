"""A case under stress: what of its years is not as it was drawn."""

from typing import Any, Self

import numpy as np

from model.base import Floats
from model.ledger import Ledger
from model.paths import Gains
from model.plan import Plan
from model.simulate import Case
from model.terms import Terms


class Stressed(Case):
    """A case whose prices may lie above those drawn, whose KPIs may be held, and whose providers may have gone."""

    above: Floats = np.ones((1, 1))
    """Prices as parts of those drawn, (T, 1)."""
    held: Floats = np.full((1, 1), np.nan)
    """Values at which KPIs are held, (T, K); NaN where they are as drawn."""
    gone: Floats = np.zeros((1, 1))
    """1 in the years in which a provider is no longer there, (T, P)."""

    @classmethod
    def on(cls, case: Case, plan: Plan, terms: Terms) -> Self:
        """The same case on another plan and other terms; what else is stressed stays."""
        found = cls(case.scenario, plan, terms)
        if isinstance(case, Stressed):
            found.above, found.held, found.gone = case.above, case.held, case.gone
        return found

    def _replace(self, **changes: Any) -> Self:
        plain = super()._replace(**changes)
        return self.on(self, plain.plan, plain.terms)

    def at(self, prices: Floats) -> Terms:
        return super().at(prices * self.above)

    def achieved(self, kpis: Floats) -> Floats:
        if np.isnan(self.held).all():
            return kpis
        held = self.held[:, :, None]
        return np.where(np.isnan(held), kpis, held)


def gains(case: Case, ledger: Ledger) -> Gains:
    """What the years bring; commissioners take what those who have gone would gain or bear outside the pool."""
    if not isinstance(case, Stressed) or not case.gone.any():
        return Gains(ledger.gain, ledger.left)
    behind = (ledger.gain - ledger.limb3) * case.gone[:, :, None]
    return Gains(ledger.gain - behind, ledger.left + behind.sum(axis=1))


def dearer(planned: Plan, factor: Floats) -> Plan:
    """A plan whose costs are multiplied, (T, 1) or (T, P)."""
    return planned.edited(planned_cost=(np.array(planned.planned_cost) * factor).tolist())

"""What stops the providers' largest loss where it is: a cap of their own, one for all, or their shares (model §4)."""

from typing import Literal, NamedTuple

import numpy as np

from model.amounts import Uncapped
from model.base import PENNY, Bools, Floats
from model.limits import largest_losses
from model.scenario import Scenario

ForAll = Literal["total", "cost", "shares"]


class Stops(NamedTuple):
    """What stops what the providers may lose in one year.

    `own`: those whom their own caps stop; `others`: the rest of those who may lose something, whom `by` stops: the cap
    on total pain, that on cost pain, or that shares and pool come to no more. `uncapped`: what all may lose by shares
    and pool alone, as a part of the year's target cost (inf: without end).
    """

    own: tuple[str, ...]
    others: tuple[str, ...]
    by: ForAll
    uncapped: float


def stops(scenario: Scenario, row: int) -> Stops | None:
    """What stops the largest loss of a year; None where nothing can be lost, or without limit."""
    losses = [_lost(one, row) for one in without_caps(scenario)]
    now, bare = losses[0], losses[-1]
    if not PENNY < now.sum() < np.inf:
        return None
    own = _by_own(scenario, now, losses[1])
    others = (now > PENNY) & ~own
    by = _by_what(*(float(one[others].sum()) for one in (now, *losses[2:])))
    names = np.array([p.name for p in scenario.providers], dtype=object)
    target = float(scenario.target_cost()[row].sum())
    return Stops(tuple(names[own]), tuple(names[others]), by, float(bare.sum()) / target if target else np.inf)


def without_caps(scenario: Scenario) -> tuple[Scenario, ...]:
    """As it is; without partners' own caps on pain; without that on the total, too; and without that on cost."""
    no_own = scenario.edited(providers=tuple(p.edited(pain_cap=Uncapped()) for p in scenario.providers))
    no_total = no_own.edited(risk_share=no_own.risk_share.edited(total_pain_cap=Uncapped()))
    no_cost = no_total.edited(risk_share=no_total.risk_share.edited(cost_pain_cap=Uncapped()))
    return scenario, no_own, no_total, no_cost


def _lost(scenario: Scenario, row: int) -> Floats:
    return largest_losses(scenario, [row])[: len(scenario.providers)]


def _by_what(now: float, without_total: float, without_cost: float) -> ForAll:
    """The first of the caps for all without which more can be lost."""
    if _rises(now, without_total):
        return "total"
    return "cost" if _rises(now, without_cost) else "shares"


def _by_own(scenario: Scenario, now: Floats, freed: Floats) -> Bools:
    """Whom own caps stop. Where others take over what is above one's cap, all are at theirs, or the sum stays."""
    if scenario.risk_share.over_partner_caps == "commissioners":
        return np.asarray(freed > now + PENNY)
    return np.asarray(now > PENNY) & _rises(now.sum(), freed.sum())


def _rises(before: float, after: float) -> bool:
    return bool(after > before + PENNY)

"""What the overspend of one provider alone costs another partner."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from model.basis import Yearly
from model.limits import largest_losses
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.terms import terms

PART = 0.1
"""How much more than its target cost that provider spends."""


class Overspill(NamedTuple):
    """Whose overspend, how large it is and what it costs a partner, who has `before` where nobody overspends; the most
    that the partner can lose in that year."""

    whose: str
    overspend: float
    costs: float
    most: float
    before: float = 0.0


def overspill(scenario: Scenario, year: int, ops: float, partner: int) -> Overspill | None:
    """What it costs a partner, by its number, if the largest other provider overspends in a year and nobody else does.

    The year by itself, at a performance score; no gate has failed. None where there is no other provider.
    """
    contract = terms(scenario).years([year])
    target = contract.target[0]
    others = [p for p in range(len(target)) if p != partner]
    if not others:
        return None
    whose = max(others, key=lambda p: float(target[p]))
    costs = np.stack([target, target], axis=-1)
    costs[whose, 1] *= 1 + PART
    alone = replace(contract, risk_share=contract.risk_share.edited(basis=Yearly()))
    ledger = settle(alone, costs[None], Scores.ungated(np.full((1, 2), ops)))
    before, after = np.vstack([ledger.gain[0], ledger.commissioners[0]])[partner]
    most = float(largest_losses(scenario, [year])[partner])
    overspent = float(PART * target[whose])
    return Overspill(scenario.providers[whose].name, overspent, float(before - after), most, float(before))

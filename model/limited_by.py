"""What ends the largest loss of each partner, in words (model §4)."""

from model.base import PENNY, Floats
from model.limits import largest_losses
from model.scenario import Scenario
from model.stops import without_caps

OWN = "by its own cap"
FOR_ALL = "by the caps that hold for all providers"
SHARED = "by what the contract shares of an overspend and takes for performance"
PAID = "by the most that is paid for performance"
NOTHING = "nothing"


def limited_by(scenario: Scenario, years: list[int], losses: Floats) -> list[str]:
    """Of each partner, then of providers and of commissioners together, over these years; `losses`: their largest, (N,)
    as `limits.largest_losses` has them.

    A cap ends a loss if that would be larger without it; that for all is tried without partners' own.
    """
    many = len(scenario.providers)
    _, no_own, _, no_cap = without_caps(scenario)
    own, free = (largest_losses(one, years)[:many] for one in (no_own, no_cap))
    said = [_of_one(*each) for each in zip(losses[:many], own, free, strict=True)]
    said += [NOTHING if loss == float("inf") else PAID for loss in losses[many:]]
    sides = [_of_side(said[:many]), _of_side(said[many:])]
    planned = ", at planned prices" if scenario.baseline.reindexed else ""
    return [one if one == NOTHING else f"{one}{planned}" for one in [*said, *sides]]


def _of_one(loss: float, without_own: float, without_any: float) -> str:
    if loss == float("inf"):
        return NOTHING
    if loss < without_own - PENNY:
        return OWN
    return FOR_ALL if loss < without_any - PENNY else SHARED


def _of_side(each: list[str]) -> str:
    """What ends the sum of several losses."""
    if NOTHING in each:
        return NOTHING
    if OWN not in each:
        return FOR_ALL if FOR_ALL in each else each[0]
    return "by their own caps" if {*each} == {OWN} else "by their own caps and those for all"

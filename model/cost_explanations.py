"""How the lines from the saving to the cost component came about, and how sums are written in them."""

from itertools import pairwise

import numpy as np

from model.amounts import Amount
from model.bands import Bands
from model.base import PENNY, as_percent, as_pounds
from model.futures import Future
from model.modifiers import Modifier
from model.pennies import whole
from model.wording import sum_of


def score(ops: float) -> str:
    """A performance score to four figures; what rounding leaves of nothing is 0."""
    return f"{round(ops, 6) + 0.0:.4g}".replace("-", "−")


def pounds(amount: float) -> str:
    """A sum to the penny, without pence where there are none."""
    return as_pounds(whole(amount) / 100).replace("-", "−")


def saving(f: Future, _: int) -> str:
    """Target less actual."""
    terms, cost = f.terms, f.ledger.costs[f.year, :, f.draw]
    pooled = "" if (terms.pooled == 1).all() else "pooled "
    aim = target_cost(f, float(terms.target[f.year] @ terms.pooled))
    return f"{pooled}target {aim} − {pooled}actual {pounds(float(cost @ terms.pooled))}"


def target_cost(f: Future, planned: float) -> str:
    """A target cost at the year's prices, and how it came from the planned one."""
    whole = pounds(planned * f.prices)
    return whole if f.prices == 1 else f"{whole} (planned {pounds(planned)} × {f.prices:.8g} for prices)"


def past_corridor(f: Future, _: int) -> str:
    """What the corridor lets count."""
    saving = f.amount("saving")
    side, share = ("gain", f.scenario.risk_share) if saving >= 0 else ("pain", f.scenario.risk_share)
    corridor = share.gain_corridor if side == "gain" else share.pain_corridor
    if corridor.kind == "none":
        return "no corridor: all of it counts"
    width = corridor.width * float(f.terms.pool_target[f.year, 0])
    edge = f"{as_percent(corridor.width)} of target, {pounds(width)}"
    if corridor.kind == "deductible":
        return f"{pounds(abs(saving))} less the corridor ({edge}), at least £0"
    if abs(saving) >= width - PENNY:
        return f"past the corridor ({edge}): all of it counts"
    return f"inside the corridor ({edge}): {as_percent(corridor.inside) if corridor.inside else 'nothing'} counts"


def providers_part(f: Future, _: int) -> str:
    """Each band that the saving or overspend reaches."""
    counted, share = f.amount("past_corridor"), f.scenario.risk_share
    if abs(counted) < PENNY:
        return "nothing to share"
    layers = _layers(share.gain_bands if counted > 0 else share.pain_bands, abs(counted), f)
    if not layers:
        return "no band: nothing"
    said = " + ".join(f"{as_percent(part)} × {pounds(size)}" for part, size in layers)
    return said if counted > 0 else f"−({said})"


def _layers(bands: Bands, size: float, f: Future) -> list[tuple[float, float]]:
    """Share and size of each band reached; what lies beyond a closed last band at 0%."""
    target = f.terms.pool_target[f.year]
    edges = [0.0, *(float(band.ends(target, f.prices)[0]) for band in bands)]
    found = [
        (band.share, min(size, high) - low)
        for band, (low, high) in zip(bands, pairwise(edges), strict=True)
        if size > low
    ]
    return [*found, (0.0, size - edges[-1])] if bands and size > edges[-1] else found


def modified(f: Future, _: int) -> str:
    """The multiplier at the score that counts."""
    part, share = f.amount("providers_part"), f.scenario.risk_share
    modifier: Modifier = share.gain_modifier if part >= 0 else share.pain_modifier
    if modifier.kind == "none":
        return f"{pounds(part)}, no modifier"
    if part > 0 and f.flag("unmodified"):
        return f"{pounds(part)}; the gate is passed, so the modifier does not apply"
    measured = float(f.scores.measured[f.year, f.draw])
    times, as_measured = (float(modifier.multiplier(np.array([ops]))[0]) for ops in (f.ops, measured))
    if part < 0 and as_measured > times:
        return f"{pounds(part)} × {as_measured:.8g} at a performance score of {score(measured)}; a gate lowers no pain"
    return f"{pounds(part)} × {times:.8g} at a performance score of {score(f.ops)}"


def haircut(f: Future, _: int) -> str:
    """What is withheld of a gain."""
    share = f.scenario.risk_share
    if not share.haircut:
        return "none"
    base = f.amount("modified")
    if share.haircut_order == "after the cap":
        base = min(base, f.limit("cost_gain"))
    return f"−{as_percent(share.haircut)} × {pounds(max(base, 0.0))}, {share.haircut_order}"


def cost_component(f: Future, _: int) -> str:
    """After the haircut, against the caps on cost."""
    share, withheld = f.scenario.risk_share, f.amount("haircut")
    before = f.amount("modified") + withheld
    said = f"{pounds(f.amount('modified'))} − {pounds(-withheld)}" if withheld else pounds(before)
    if share.haircut_order == "after the cap":
        return f"{said}, with the cap taken first{within(f, f.amount('modified'), 'cost')}"
    return f"{said}{within(f, before, 'cost')}"


def within(f: Future, amount: float, what: str) -> str:
    """How an amount lies to the caps on 'cost' or 'total'."""
    share = f.scenario.risk_share
    side = "gain" if amount >= 0 else "pain"
    cap: Amount = getattr(share, f"{what}_{side}_cap")
    if cap.kind == "none":
        return f", no cap on {what} {side}"
    limit = f.limit(f"{what}_{side}")
    over = abs(amount) > limit + PENNY
    planned = " at planned prices" if f.prices != 1 and cap.kind in ("pounds", "lower_of") else ""
    return f", {'held at' if over else 'within'} the cap of {sum_of(cap)}{planned}, {pounds(limit)}"


def relief(f: Future, _: int) -> str:
    """Whether relief was agreed."""
    return "the relief agreed for the year, at most the pain" if f.amount("relief") else "none"

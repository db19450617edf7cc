"""The terms for savings, overspends and the performance pool in words, one sentence each."""

from typing import Literal

from model.amounts import Amount
from model.bands import Band, Bands
from model.base import as_percent
from model.corridors import Corridor
from model.modifiers import Modifier
from model.scenario import Scenario
from model.wording import listed, sum_of

Side = Literal["gain", "pain"]
NO_MONEY = "No money is paid or lost for performance by itself."


def corridor(corridor: Corridor, side: Side) -> str:
    """What is too small to share."""
    what = "A saving" if side == "gain" else "An overspend"
    if corridor.kind == "none" or corridor.width == 0:
        return ""
    width = as_percent(corridor.width)
    if corridor.kind == "deductible":
        return f"{what} is shared only beyond {width} of target cost; what follows counts from there."
    if corridor.inside:
        return (
            f"{what} below {width} of target cost counts at {as_percent(corridor.inside)}; "
            "from there on it is shared whole, from the first pound."
        )
    return f"{what} below {width} of target cost is not shared; from there on it is shared from the first pound."


def separate(scenario: Scenario) -> bool:
    """Whether no provider's cost is pooled: then no term of the risk share reaches a saving or an overspend."""
    return not any(provider.pooled for provider in scenario.providers)


def own(side: Side) -> str:
    """What a provider has of its own saving or overspend where nothing is pooled."""
    does = "keeps what it saves" if side == "gain" else "bears what it overspends"
    return f"Nothing is pooled: each provider {does}."


def bands(bands: Bands, side: Side, corridor: Corridor) -> str:
    """Which part of each pound is the providers'."""
    keep, done = ("keep", "saved") if side == "gain" else ("bear", "overspent")
    if not any(band.share for band in bands):
        return f"Providers {keep} nothing of what is {done}."
    said = []
    for i, band in enumerate(bands):
        pence = _pence(band.share)
        start = f"Providers {keep} {pence} of each pound {done}" if i == 0 else f"beyond that {pence}"
        said.append(start if band.is_open else f"{start}{',' if i == 0 else ''} up to {end(band, side, corridor)}")
    if not bands[-1].is_open:
        said.append("beyond that nothing, the rest is the commissioners'")
    return f"{'; '.join(said)}."


def end(band: Band, side: Side, corridor: Corridor) -> str:
    """Where a band ends, in words; bands count beyond a corridor of which only the excess is shared."""
    if corridor.kind != "deductible" or corridor.width == 0 or band.is_open:
        return band.end
    if band.up_to is None:
        return f"{band.end} beyond the corridor"
    return f"{as_percent(band.up_to)} beyond the corridor ({_from_target(band.up_to + corridor.width, side)})"


def reach(band: Band, side: Side, corridor: Corridor) -> str:
    """How far from target cost a band reaches, in words: '5.5% under target cost'."""
    if band.is_open or band.up_to is None:
        return end(band, side, corridor)
    return _from_target(band.up_to + (corridor.width if corridor.kind == "deductible" else 0.0), side)


def counted(bands: Bands, side: Side, corridor: Corridor) -> str:
    """From where bands count under a corridor, with where each then ends; nothing without a corridor."""
    if corridor.kind == "none" or corridor.width == 0:
        return ""
    if corridor.kind == "gate":
        what = "saving" if side == "gain" else "overspend"
        inside = f"; below it they count {as_percent(corridor.inside)} of the {what}" if corridor.inside else ""
        return f"Bands count from target cost, from the first pound, once the corridor is reached{inside}."
    parts = [band.up_to for band in bands if band.up_to is not None]
    ends = listed(f"up to {as_percent(up_to)} ends at {_from_target(up_to + corridor.width, side)}" for up_to in parts)
    return f"Bands count beyond the corridor of {as_percent(corridor.width)}{f': {ends}' if parts else ''}."


def _from_target(part: float, side: Side) -> str:
    return f"{as_percent(part)} {'under' if side == 'gain' else 'over'} target cost"


def _pence(share: float) -> str:
    return "nothing" if share == 0 else "all" if share == 1 else f"{round(share * 100, 6):g}p"


def modifier(modifier: Modifier, gain_of: Scenario | None = None) -> str:
    """What performance makes of that part; `gain_of` where a gate may switch it on."""
    if modifier.kind == "none":
        return ""
    if modifier.kind == "quality":
        said = "multiplied by quality, 0% at a performance score of -100 and 100% at +100"
    elif modifier.kind == "one_minus":
        said = (
            f"multiplied by 100% less {as_percent(modifier.share)} of quality (0% at a performance score of -100, "
            f"100% at +100), at least {as_percent(modifier.lowest)} and at most {as_percent(modifier.highest)}"
        )
    else:
        how = "in proportion between" if modifier.kind == "ramp" else "each from its score on, the first below it too"
        steps = listed(f"{point.multiplier:g} at a score of {point.ops:g}" for point in modifier.points)
        alone = f"multiplied by {modifier.points[0].multiplier:g} at any score"
        said = f"multiplied by {steps}, {how}" if len(modifier.points) > 1 else alone
    kpis = gain_of.framework.kpis() if gain_of else ()
    gated = [kpi.name for kpi in kpis if kpi.gate and kpi.gate.blocks == "full cost gain"]
    when = f", but only where the gate on {listed(gated, 'or')} is failed" if gated else ""
    return f"That is {said}{when}."


def haircut(scenario: Scenario) -> str:
    """What is withheld of a gain, and when."""
    share = scenario.risk_share
    if not share.haircut:
        return ""
    order = "" if share.cost_gain_cap.kind == "none" else f", {share.haircut_order}"
    return f"{as_percent(share.haircut)} of the gain is withheld{order}."


def at_most(cap: Amount, start: str) -> str:
    """Where it stops."""
    return "" if cap.kind == "none" else f"{start} {sum_of(cap)}."


def pool(scenario: Scenario) -> str:
    """What performance pays and costs."""
    if not any(scenario.framework.kpis()):
        return ""
    pool = scenario.risk_share.performance
    gain, pain, low, high = pool.max_gain, pool.max_pain, pool.neutral_from, pool.neutral_to
    money = sum_of(pool.pool)
    if not (gain or pain) or money.startswith(("£0 ", "0%")):
        return NO_MONEY
    money = f"{money[0].upper()}{money[1:]}"
    if not gain:
        return (
            f"{money} is withheld and earned back by performance: {as_percent(pain)} of it is lost at a score of -100, "
            f"nothing from {low:g} on."
        )
    if not pain:
        return (
            f"{money} is a bonus for performance: nothing up to a score of {high:g}, {as_percent(gain)} of it at +100."
        )
    zone = f"between {low:g} and {high:g} nothing changes hands" if low < high else f"nothing at {low:g}"
    return (
        f"{money} follows performance: {as_percent(gain)} of it is gained at a score of +100, "
        f"{as_percent(pain)} of it lost at -100, in proportion between; {zone}."
    )

"""Ready variants of a design: the questions that a workshop asks first, each one change of its terms."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from model.amounts import OfFee, OfTarget, Pounds, Uncapped
from model.bands import Band, Bands
from model.base import as_percent
from model.basis import CarryForward, Cumulative, Yearly
from model.corridors import Corridor, DeductibleCorridor, NoCorridor
from model.modifiers import NoModifier, QualityModifier
from model.scenario import Scenario

SHARES = (0.5, 0.3)
NEAR, FAR, EDGE = 0.5, 0.3, 0.05
"""The banded variant: half of savings and overspends up to 5% of target cost, 30% of what lies beyond."""
CORRIDORS = (0.0, 0.02, 0.05)
POOL = 0.02
"""Of target cost: the performance pool of a variant whose score is paid apart, where there is none."""
BASES = {
    "Each year by itself": Yearly(),
    "Trued up at the end": Cumulative(),
    "Pain carried forward": CarryForward(),
}
CAPS = {"the fee": 1.0, "half the fee": 0.5}


class Variant(NamedTuple):
    """A design with one change; `group` says of what."""

    group: str
    name: str
    scenario: Scenario


def variants(scenario: Scenario) -> tuple[Variant, ...]:
    """All ready variants of a design, but for those that it is already."""
    every = (*_shares(scenario), *_corridors(scenario), *_caps(scenario), *_score(scenario), *_basis(scenario))
    return tuple(one for one in every if one.scenario != scenario)


def _shares(scenario: Scenario) -> Iterator[Variant]:
    """Savings and overspends alike; where bands end, they end there still."""
    rules: dict[str, Callable[[Bands], Bands]] = {
        f"Share {as_percent(part)}": partial(_flat, part=part) for part in SHARES
    }
    rules[f"Share {as_percent(NEAR)}, {as_percent(FAR)} past {as_percent(EDGE)}"] = _banded
    for name, rule in rules.items():
        share = scenario.risk_share
        agreed = share.edited(gain_bands=rule(share.gain_bands), pain_bands=rule(share.pain_bands))
        yield Variant("Providers' share", name, scenario.edited(risk_share=agreed))


def _flat(bands: Bands, part: float) -> Bands:
    """One band as far as the bands reach."""
    last = bands[-1] if bands else Band(share=part)
    return (last.edited(share=part),)


def _banded(bands: Bands) -> Bands:
    last = bands[-1] if bands else Band(share=FAR)
    beyond = last.up_to is not None and last.up_to > EDGE
    return Band(up_to=EDGE, share=NEAR), Band(up_to=last.up_to if beyond else None, share=FAR)


def _corridors(scenario: Scenario) -> Iterator[Variant]:
    """Corridors of the kind that is there; where there is none, only what exceeds them is shared."""
    for width in CORRIDORS:
        share = scenario.risk_share
        agreed = share.edited(
            gain_corridor=_corridor(share.gain_corridor, width), pain_corridor=_corridor(share.pain_corridor, width)
        )
        name = f"Corridor {as_percent(width)}" if width else "No corridors"
        yield Variant("Corridor", name, scenario.edited(risk_share=agreed))


def _corridor(now: Corridor, width: float) -> Corridor:
    if not width:
        return NoCorridor()
    return DeductibleCorridor(width=width) if now.kind == "none" else now.edited(width=width)


def _caps(scenario: Scenario) -> Iterator[Variant]:
    for name, part in CAPS.items():
        agreed = scenario.risk_share.edited(total_pain_cap=OfFee(part=part))
        yield Variant("Cap on providers' pain", f"Cap at {name}", scenario.edited(risk_share=agreed))
    yield Variant("All caps, on gain and on pain", "No caps at all", _without_caps(scenario))


def _without_caps(scenario: Scenario) -> Scenario:
    """Without the caps on cost, on the total and on each provider's own gain and pain."""
    together = ("cost_gain_cap", "cost_pain_cap", "total_gain_cap", "total_pain_cap")
    share = scenario.risk_share.edited(**dict.fromkeys(together, Uncapped()))
    providers = (one.edited(gain_cap=Uncapped(), pain_cap=Uncapped()) for one in scenario.providers)
    return scenario.edited(risk_share=share, providers=tuple(providers))


def _score(scenario: Scenario) -> Iterator[Variant]:
    """What the performance score does: multiply the cost gain, or pay by itself from a pool."""
    share = scenario.risk_share
    nothing = share.performance.edited(pool=Pounds(amount=0.0))
    empty = share.performance.pool in (Pounds(amount=0.0), OfFee(part=0.0), OfTarget(part=0.0))
    pool = share.performance.edited(pool=OfTarget(part=POOL)) if empty else share.performance
    ways = {
        "Score multiplies the gain": share.edited(gain_modifier=QualityModifier(), performance=nothing),
        "Score paid from a pool": share.edited(gain_modifier=NoModifier(), performance=pool),
    }
    for name, agreed in ways.items():
        yield Variant("What the score does", name, scenario.edited(risk_share=agreed))


def _basis(scenario: Scenario) -> Iterator[Variant]:
    for name, basis in BASES.items():
        yield Variant("When it is due", name, scenario.edited(risk_share=scenario.risk_share.edited(basis=basis)))

"""Terms of the contract that one partner may ask to have moved, each with its ends and the step people speak in."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np

from model.amounts import OfFee, OfTarget, Pounds
from model.bands import Band
from model.base import Floats
from model.corridors import DeductibleCorridor
from model.draw import Outcomes
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import cuts
from model.terms import priced, terms

Side = Literal["gain", "pain"]
POINT = 0.01
SMALL = 0.1
"""Parts of a whole below this are spoken of in tenths of a point."""
ALIKE = 1e-9
WIDEST = 0.1
"""The widest corridor that is tried."""
LARGER_POOL = 3
"""By how much at most a performance pool is made larger."""
FIGURES = {"pounds": "amount", "of_fee": "part", "of_target": "part"}
UNITS = {"pounds": "£ a year", "of_fee": "% of fee", "of_target": "% of target cost"}
STEPS = {"of_fee": POINT, "of_target": POINT / 10}
WORD = {"gain": "savings", "pain": "overspends"}


@dataclass(frozen=True)
class Lever:
    """One term: `value(scenario)` is where it stands, infinite where there is no cap; `apply` moves it.

    `apply` raises ValidationError where a contract cannot have that value.
    """

    name: str
    unit: str
    low: float
    high: float
    step: float
    value: Callable[[Scenario], float]
    apply: Callable[[Scenario, float], Scenario]
    base: tuple[float, float] = (0.0, 0.0)
    """What 100% of a cap's unit comes to in the year where that is least and where it is most, pounds; 0 where there is
    no such unit."""
    fine: float = 0.0
    """Below this a step is a tenth as large."""
    rest: tuple[float, ...] = ()
    """What moves with it in proportion, such as the shares of further bands, as parts of its value."""

    def step_at(self, value: float) -> float:
        """The step in which people speak of such a value."""
        return self.step / 10 if value < self.fine else self.step

    def values(self, now: float) -> tuple[list[float], list[float]]:
        """Whole steps from now towards each end, the nearest first, and the end itself: down, then up."""
        tenths = [round(k * self.step / 10, 9) for k in range(round(10 * self.fine / self.step))]
        tenths = [value for value in tenths if self.low <= value <= self.high]
        down, up = self._whole_steps(now)
        below = {*down, *(value for value in tenths if value < now - ALIKE)}
        above = {*up, *(value for value in tenths if value > now + ALIKE)}
        return sorted(below, reverse=True), sorted(above)

    def _whole_steps(self, now: float) -> tuple[list[float], list[float]]:
        low, high = self.low / self.step, self.high / self.step
        down = range(math.ceil(min(now / self.step, high + 1) - 1e-9) - 1, math.floor(low), -1)
        up = range(math.floor(now / self.step + 1e-9) + 1, math.ceil(high)) if math.isfinite(now) else range(0)
        below, above = ([round(k * self.step, 9) for k in steps] for steps in (down, up))
        return [*below, *([self.low] if now > self.low else [])], [*above, *([self.high] if now < self.high else [])]


class Largest(NamedTuple):
    """The largest pain that occurs in a year before it is capped, pounds ≥ 0."""

    together: Floats
    """Of all providers, before the cap on their total pain, (T,)."""
    own: Floats
    """Of each provider, before its own cap, (T, P)."""


def largest(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Largest:
    """The largest pain of each year in draws already made."""
    found = []
    for cut in cuts(outcomes.costs.shape[-1]):
        part = outcomes.cut(cut.start, cut.stop)
        ledger = settle(priced(scenario, part.prices), part.costs, scores.cut(cut.start, cut.stop))
        found.append((ledger.uncapped_total.min(axis=-1), ledger.allocated.min(axis=-1)))
    return Largest(*(np.maximum(0.0, -np.min(each, axis=0)) for each in zip(*found, strict=True)))


def levers(scenario: Scenario, found: Largest, partner: int) -> tuple[Lever, ...]:
    """What a partner may ask for; providers are counted first, then commissioners."""
    providers = len(scenario.providers)
    own = _of_provider(scenario, found, partner) if partner < providers else _part_of_commissioners(scenario, partner)
    every = (*_shares_and_caps(scenario, found), *own, *_pool(scenario))
    return tuple(lever for lever in every if lever.low < lever.high)


def common(scenario: Scenario, found: Largest) -> tuple[Lever, ...]:
    """Those that are everybody's."""
    every = (*_shares_and_caps(scenario, found), *_pool(scenario))
    return tuple(lever for lever in every if lever.low < lever.high)


def _shares_and_caps(scenario: Scenario, found: Largest) -> list[Lever]:
    return [
        _bands(scenario, "pain"),
        _bands(scenario, "gain"),
        _total_cap(scenario, found),
        _corridor(scenario, "pain"),
        _corridor(scenario, "gain"),
    ]


def _terms(scenario: Scenario, **changes: Any) -> Scenario:
    return scenario.edited(risk_share=scenario.risk_share.edited(**changes))


def _bands(scenario: Scenario, side: Side) -> Lever:
    """The providers' share: of the band where it is largest; those of the other bands stay in proportion."""
    field = f"{side}_bands"
    more = _which(getattr(scenario.risk_share, field))

    def value(scenario: Scenario) -> float:
        return max((band.share for band in getattr(scenario.risk_share, field)), default=0.0)

    def apply(scenario: Scenario, share: float) -> Scenario:
        bands, now = getattr(scenario.risk_share, field), value(scenario)
        if share == now:
            return scenario
        moved = [b.edited(share=round(b.share * share / now, 6) if now else share) for b in bands]
        return _terms(scenario, **{field: tuple(moved or [Band(share=share)])})

    rest = _rest(getattr(scenario.risk_share, field))
    return Lever(f"Providers' share of {WORD[side]}{more}", "%", 0.0, 1.0, POINT, value, apply, rest=rest)


def _rest(bands: Sequence[Band]) -> tuple[float, ...]:
    """The shares of the bands after the first as parts of that, where they differ and it is the largest."""
    shares = [band.share for band in bands]
    differ = len({*shares}) > 1 and shares[0] == max(shares)
    return tuple(share / shares[0] for share in shares[1:]) if differ else ()


def _which(bands: Sequence[Band]) -> str:
    """Which band a share is of, where they differ: ', first 5% (the rest in proportion)', as its lever is named."""
    shares = [band.share for band in bands]
    if len({*shares}) < 2:
        return ""
    at = shares.index(max(shares))
    start, end = (band.end.removesuffix(" of target cost") for band in (bands[at - 1], bands[at]))
    beyond = f"beyond {start}" if bands[at].is_open else f"{start} to {end}"
    which = f"largest band, {beyond}" if at else f"first {end}"
    return f", {which} (the rest in proportion)"


def _corridor(scenario: Scenario, side: Side) -> Lever:
    field = f"{side}_corridor"

    def value(scenario: Scenario) -> float:
        return float(getattr(getattr(scenario.risk_share, field), "width", 0.0))

    def apply(scenario: Scenario, width: float) -> Scenario:
        now = getattr(scenario.risk_share, field)
        if width == value(scenario):
            return scenario
        moved = DeductibleCorridor(width=width) if now.kind == "none" else now.edited(width=width)
        return _terms(scenario, **{field: moved})

    widest = max(WIDEST, value(scenario))
    return Lever(f"Corridor for {WORD[side]}", "% of target cost", 0.0, widest, POINT / 10, value, apply)


def _figure(amount: Any) -> float:
    """What is typed of an amount; of the lower of two, what is typed of the first."""
    if amount.kind == "none":
        return math.inf
    return _figure(amount.first) if amount.kind == "lower_of" else float(getattr(amount, FIGURES[amount.kind]))


def _kind(amount: Any) -> str:
    return _kind(amount.first) if amount.kind == "lower_of" else str(amount.kind)


def _with_figure(amount: Any, figure: float, first: type[Any]) -> Any:
    """The same kind of amount with another figure; where there was no cap, one of the kind `first`."""
    if amount.kind == "none":
        return first(**{FIGURES[first.model_fields["kind"].default]: figure})
    if amount.kind == "lower_of":
        return amount.edited(first=_with_figure(amount.first, figure, first))
    return amount.edited(**{FIGURES[amount.kind]: figure})


def _step(kind: str, high: float) -> float:
    """A point of the fee, a tenth of a point of target cost, or round pounds: at most a hundredth of the most."""
    return STEPS.get(kind) or 10.0 ** max(0, math.floor(math.log10(max(high, 1.0) / 100)))


def _up_to(kind: str, pounds: Floats, fee: Floats, target: Floats) -> float:
    """A cap of this kind that is never reached, on pains of these years, (T,): rounded up to its step."""
    by = {"pounds": np.ones_like(pounds), "of_fee": fee, "of_target": target}[kind]
    part = float(np.divide(pounds, by, out=np.zeros_like(pounds), where=by > 0).max())
    step = _step(kind, part)
    return round(math.ceil(part / step - 1e-9) * step, 9)


def _cap(name: str, first: type[Any], scenario: Scenario, pounds: Floats, of: slice, place: Any, put: Any) -> Lever:
    """A cap on pain. `pounds`: the largest pain of each year, (T,); `of`: the providers whose fee and target count."""
    now = place(scenario)
    kind = first.model_fields["kind"].default if now.kind == "none" else _kind(now)
    agreed = terms(scenario)
    fee, target = agreed.fee[:, of].sum(axis=1), agreed.target[:, of].sum(axis=1)
    high = _up_to(kind, pounds, fee, target)
    base = whole(scenario, kind, of)
    if now.kind != "none":
        high = max(high, _figure(now))

    def apply(scenario: Scenario, figure: float) -> Scenario:
        before = place(scenario)
        same = figure == _figure(before)
        return scenario if same else put(scenario, _with_figure(before, figure, first))

    return Lever(name, UNITS[kind], 0.0, high, _step(kind, high), lambda s: _figure(place(s)), apply, base)


def whole(scenario: Scenario, kind: str, of: slice = slice(None)) -> tuple[float, float]:
    """What 100% of a kind of cap, 'of_fee' or 'of_target', comes to in the year where that is least and where it is
    most, pounds; 0 for other kinds. `of`: the providers whose fee or target cost counts."""
    agreed = terms(scenario)
    sums = {"of_fee": agreed.fee, "of_target": agreed.target}.get(kind)
    every = np.zeros(1) if sums is None else sums[:, of].sum(axis=1)
    return float(every.min()), float(every.max())


def _total_cap(scenario: Scenario, found: Largest) -> Lever:
    first = OfFee if terms(scenario).fee.any() else OfTarget
    return _cap(
        "Cap on the providers' total pain",
        first,
        scenario,
        found.together,
        slice(None),
        lambda s: s.risk_share.total_pain_cap,
        lambda s, cap: _terms(s, total_pain_cap=cap),
    )


def _of_provider(scenario: Scenario, found: Largest, i: int) -> list[Lever]:
    def put(scenario: Scenario, **changes: Any) -> Scenario:
        moved = (*scenario.providers[:i], scenario.providers[i].edited(**changes), *scenario.providers[i + 1 :])
        return scenario.edited(providers=moved)

    cap = _cap(
        "Its own cap on pain",
        Pounds,
        scenario,
        found.own[:, i],
        slice(i, i + 1),
        lambda s: s.providers[i].pain_cap,
        lambda s, cap: put(s, pain_cap=cap),
    )
    sides: list[Side] = ["pain", "gain"]
    stated = [s for s in sides if getattr(scenario.risk_share, f"{s}_allocation").kind == "stated"]
    parts = [_part(f"Its share of {side}", "providers", f"{side}_share", i) for side in stated]
    return [cap, *(part for part in parts if _others(part, scenario) > 0), _pooled(put, i)]


def _pooled(put: Callable[..., Scenario], i: int) -> Lever:
    name = "Part of its cost in the shared pool"
    return Lever(name, "%", 0.0, 1.0, 5 * POINT, lambda s: s.providers[i].pooled, lambda s, part: put(s, pooled=part))


def _part_of_commissioners(scenario: Scenario, partner: int) -> list[Lever]:
    part = _part(
        "Its part of the commissioners' side", "commissioners", "contribution", partner - len(scenario.providers)
    )
    part = replace(part, low=min(POINT, part.value(scenario)))  # with none it would be no part of the alliance
    return [part] if _others(part, scenario) > 0 else []


def _others(part: Lever, scenario: Scenario) -> float:
    return round(1 - part.value(scenario), 9)


def _part(name: str, owners: str, field: str, i: int) -> Lever:
    """One partner's part of a whole; the others' grow or shrink in proportion, so that all make 100%."""

    def value(scenario: Scenario) -> float:
        parts = [getattr(one, field) for one in getattr(scenario, owners)]
        return round(float(parts[i] / sum(parts)), 9)

    def apply(scenario: Scenario, part: float) -> Scenario:
        if part == value(scenario):
            return scenario
        lines = getattr(scenario, owners)
        parts = scaled([getattr(one, field) for one in lines], i, part)
        moved = tuple(one.edited(**{field: new}) for one, new in zip(lines, parts, strict=True))
        return scenario.edited(**{owners: moved})

    return Lever(name, "%", 0.0, 1.0, POINT, value, apply, fine=SMALL)


def scaled(parts: Sequence[float], i: int, part: float) -> list[float]:
    """Parts of a whole with one of them changed: the others keep their proportions; the largest of them the rest."""
    others = sum(parts) - parts[i]
    found = [part if j == i else round(p * (1 - part) / others, 4) for j, p in enumerate(parts)]
    last = max((j for j in range(len(parts)) if j != i), key=lambda j: parts[j])
    found[last] = max(0.0, round(found[last] + 1 - sum(found), 9))
    return found


def _pool(scenario: Scenario) -> list[Lever]:
    """The size of the performance pool, and the most of it that can be lost; nothing where there is none."""
    pool = scenario.risk_share.performance.pool
    now, kind = _figure(pool), pool.kind
    if not now:
        return []

    def resize(scenario: Scenario, figure: float) -> Scenario:
        performance = scenario.risk_share.performance
        moved = _with_figure(performance.pool, figure, type(performance.pool))
        return _terms(scenario, performance=performance.edited(pool=moved))

    def lose(scenario: Scenario, part: float) -> Scenario:
        return _terms(scenario, performance=scenario.risk_share.performance.edited(max_pain=part))

    def size(scenario: Scenario) -> float:
        return _figure(scenario.risk_share.performance.pool)

    def most(scenario: Scenario) -> float:
        return scenario.risk_share.performance.max_pain

    high = LARGER_POOL * now
    return [
        Lever("Most lost of the performance pool", "% of the pool", 0.0, 1.0, 5 * POINT, most, lose),
        Lever("Performance pool", UNITS[kind], 0.0, high, _step(kind, high), size, resize),
    ]

"""What may vary in a search for a design: terms between two ends, and how providers split what they gain and bear."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pydantic import ValidationError

from model.allocation import Stated
from model.documents import Refused
from model.draw import Outcomes
from model.framework import Framework
from model.levers import POINT, Lever, common, largest
from model.scenario import Scenario
from model.scores import Scores
from model.splits import AGREED, splits
from model.uncertainty import Uncertainty

Split = Literal["gain", "pain"]
RULE = "How they share"
"""The way of splitting, among the parts of a design."""


class Vary(NamedTuple):
    """One term that may vary, by its name, and between what: fractions or pounds."""

    name: str
    low: float
    high: float


class DesignSpace(NamedTuple):
    """What may vary. A design is a point of a cube: a number from 0 to 1 for each term, rule and provider's part."""

    terms: tuple[Vary, ...] = ()
    rules: tuple[str, ...] = ()
    """Ways in which providers may split gain and pain, by the names of `splits`; none: as agreed."""
    stated: tuple[Split, ...] = ()
    """Whose stated split may be any: the providers' parts of gain, of pain or of both."""


@dataclass(frozen=True)
class Designs:
    """The designs of a space, made from one scenario."""

    scenario: Scenario
    space: DesignSpace
    levers: tuple[Lever, ...]

    @property
    def providers(self) -> int:
        return len(self.scenario.providers)

    @property
    def size(self) -> int:
        """How many numbers make a point."""
        return len(self.levers) + bool(self.space.rules) + self.providers * len(self.space.stated)

    def bare(self) -> "Designs":
        """The same without what is uncertain and what is scored: all that a contract is, and quicker to check."""
        return replace(self, scenario=self.scenario.edited(framework=Framework(), uncertainty=Uncertainty()))

    def today(self) -> tuple[float, ...]:
        """The point of the scenario itself, or the nearest in the space."""
        values = [(min(lever.value(self.scenario), lever.high) - lever.low) / _width(lever) for lever in self.levers]
        rule = [0.0] if self.space.rules else []
        parts = [getattr(p, f"{side}_share") for side in self.space.stated for p in self.scenario.providers]
        return tuple(min(max(value, 0.0), 1.0) for value in (*values, *rule, *parts))

    @property
    def parts(self) -> tuple[str, ...]:
        """What a design is made of, by name: its terms, the way of splitting, and whose split is stated."""
        return (*(lever.name for lever in self.levers), *([RULE] if self.space.rules else []), *self.space.stated)

    def at(
        self, point: Sequence[float], decimals: int | None = None, left: Collection[str] = frozenset()
    ) -> Scenario | None:
        """The design at a point; None where no contract can be so.

        `decimals`: every term to its step, divided by ten so many times; None: as it comes. `left`: those of its
        `parts` that stay as the scenario has them.
        """
        design = self.scenario if RULE in left else self._ruled(point)
        try:
            for lever, part in zip(self.levers, point, strict=False):
                if lever.name in left:
                    continue
                value = _stepped(lever, lever.low + part * _width(lever), decimals)
                if value < lever.high or lever.value(design) <= lever.high:  # no cap stays none
                    design = lever.apply(design, value)
            return self._split(design, point, decimals, left)
        except ValidationError:
            return None

    def values(self, design: Scenario) -> dict[str, float]:
        """Where the terms that vary stand in a design."""
        return {lever.name: lever.value(design) for lever in self.levers}

    def rule(self, point: Sequence[float]) -> str:
        """The way of splitting at a point."""
        rules = self.space.rules
        return rules[min(int(point[len(self.levers)] * len(rules)), len(rules) - 1)] if rules else AGREED

    def _ruled(self, point: Sequence[float]) -> Scenario:
        return splits(self.scenario)[self.rule(point)] if self.space.rules else self.scenario

    def _split(self, design: Scenario, point: Sequence[float], decimals: int | None, left: Collection[str]) -> Scenario:
        """The design with the providers' parts that a point states, in proportion to its numbers."""
        start, size = len(self.levers) + bool(self.space.rules), self.providers
        shares: list[dict[str, float]] = [{} for _ in design.providers]
        sides = [(i, side) for i, side in enumerate(self.space.stated) if side not in left]
        for i, side in sides:
            parts = _parts(point[start + i * size : start + (i + 1) * size], decimals)
            for own, part in zip(shares, parts, strict=True):
                own[f"{side}_share"] = part
        if not sides:
            return design
        providers = tuple(p.edited(**own) for p, own in zip(design.providers, shares, strict=True))
        changes = {f"{side}_allocation": Stated() for _, side in sides}
        return design.edited(providers=providers, risk_share=design.risk_share.edited(**changes))


def _parts(numbers: Sequence[float], decimals: int | None) -> list[float]:
    """Parts of 1 in proportion to numbers; the largest takes what rounding leaves."""
    whole = sum(numbers)
    parts = [n / whole for n in numbers] if whole > 0 else [1 / len(numbers)] * len(numbers)
    if decimals is not None:
        parts = [round(part, 2 + decimals) for part in parts]
    most = max(range(len(parts)), key=parts.__getitem__)
    parts[most] = max(0.0, 1 - sum(parts[:most]) - sum(parts[most + 1 :]))
    return parts


def _width(lever: Lever) -> float:
    return lever.high - lever.low or 1.0


def _stepped(lever: Lever, value: float, decimals: int | None) -> float:
    if decimals is None:
        return value
    step = lever.step / 10**decimals
    return min(max(round(round(value / step) * step, 12), lever.low), lever.high)


def offered(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> tuple[Lever, ...]:
    """Every term that may vary, as far as a contract lets it go."""
    return (*common(scenario, largest(scenario, outcomes, scores)), *_phase_in(scenario))


def designs(scenario: Scenario, space: DesignSpace, levers: Sequence[Lever]) -> Designs:
    """The designs of a space, of the terms that are `offered`. Raises Refused where the space names others."""
    known = {lever.name: lever for lever in levers}
    found = []
    for vary in space.terms:
        lever = known.get(vary.name)
        if lever is None:
            raise Refused.because(f"'{vary.name}' cannot vary here; choose from: {', '.join(known)}")
        if vary.low == vary.high:
            raise Refused.because(f"'{vary.name}' has the same two ends: give it room, or leave it out")
        if not lever.low <= vary.low < vary.high <= lever.high:
            raise Refused.because(
                f"'{vary.name}' may vary between {lever.low:g} and {lever.high:g}, the lower end first, "
                f"not between {vary.low:g} and {vary.high:g}"
            )
        found.append(replace(lever, low=vary.low, high=vary.high))
    if unknown := set(space.rules) - set(splits(scenario)):
        raise Refused.because(f"'{min(unknown)}' is no way to split here; choose from: {', '.join(splits(scenario))}")
    made = Designs(scenario, space, tuple(found))
    if not made.size:
        raise Refused.because("nothing may vary: choose at least one term")
    return made


def _phase_in(scenario: Scenario) -> tuple[Lever, ...]:
    """How much counts in the first year, where there are later ones."""
    if scenario.term.horizon < 2:
        return ()

    def value(scenario: Scenario) -> float:
        return next(iter(scenario.risk_share.phase_in), 1.0)

    def apply(scenario: Scenario, part: float) -> Scenario:
        if part == value(scenario):
            return scenario
        share = scenario.risk_share
        return scenario.edited(risk_share=share.edited(phase_in=(part, *share.phase_in[1:])))

    return (Lever("Part that counts in the first year", "%", 0.0, 1.0, 5 * POINT, value, apply),)

"""Would everyone sign? Each partner's tests on its own futures, each with its slack in pounds (model §4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from model.appetite import InWords, Limits, Yardstick, yardstick
from model.base import PENNY, Floats
from model.evidence import Distribution
from model.partners import Commissioner, Provider
from model.paths import Paths
from model.points import batches
from model.scenario import Scenario
from model.statistics import TAIL, standard_error, tail_mean
from model.tables import partner_names
from model.worth import certainty_equivalent

Test = Literal["loss", "year", "worst", "reserves", "worth"]
Verdict = Literal["accepts", "refuses", "too close to call", "has not said"]
Slack = Callable[[Floats], float]
BY_CHANCE: tuple[Test, ...] = ("loss", "year", "reserves")
"""Tests of how likely something is."""
CLOSE = 2.0
"""Standard errors of the slack within which a verdict is too close to call."""
GRID = (np.arange(4096) + 0.5) / 4096
"""Equally likely values of an outside option."""


@dataclass(frozen=True)
class Cell:
    """One test of one partner. Figure and limit are chances for those of BY_CHANCE, pounds for the others."""

    test: Test
    figure: float
    limit: float
    sum: float
    """Pounds that the test is about: the loss, the average loss, the reserves to keep, the outside option's worth."""
    slack: float
    """By how many pounds all its futures could be worse before it refuses; below 0: better before it accepts.

    Of 'year', in the year of each future that is its worst.
    """
    error: float
    """Monte Carlo standard error of the slack."""

    @property
    def accepts(self) -> bool:
        """Whether the test is passed; half a penny does not matter."""
        return self.slack >= -PENNY

    @property
    def verdict(self) -> Verdict:
        if abs(self.slack) < CLOSE * self.error:
            return "too close to call"
        return "accepts" if self.accepts else "refuses"


class Standing(NamedTuple):
    """What a partner brings to the table, whatever it is called: `fee` over the term."""

    kind: str
    reserves: float | None
    """None where they are not stated: then nothing can be asked about them."""
    limits: Limits
    yardstick: Yardstick
    outside: Distribution
    unmeasured: bool = False
    """Whether its appetite would ask about reserves, and they are not stated."""

    @property
    def room(self) -> float | None:
        """How far reserves may fall before they are below what they must keep; None where that cannot be asked."""
        minimum = self.limits.reserve_minimum
        return None if minimum is None or self.reserves is None else self.reserves - minimum


@dataclass(frozen=True)
class Position:
    """Where one partner stands."""

    partner: str
    limits: Limits
    yardstick: Yardstick
    cells: tuple[Cell, ...]
    """Only the tests that it asks."""
    unweighed: bool = False
    """Whether something is entered for staying out that no test asks about, because no risk tolerance is."""
    standing: Standing | None = None
    """What it brings to the table; None where only its tests are known."""

    @property
    def unmeasured(self) -> bool:
        """Whether its limit on reserves cannot be tested, because reserves are not stated."""
        return self.standing is not None and self.standing.unmeasured

    @property
    def tightest(self) -> Cell | None:
        """The test with the least slack; none where nothing is asked."""
        return min(self.cells, key=lambda cell: cell.slack, default=None)

    @property
    def accepts(self) -> bool:
        """Whether it objects to nothing: also where it has said nothing."""
        return all(cell.accepts for cell in self.cells)

    @property
    def verdict(self) -> Verdict:
        """It refuses where one test is clearly failed; it is too close to call where one decides it by chance.

        Who asks nothing has not said what it would accept: no refusal, and no acceptance either.
        """
        found = {cell.verdict for cell in self.cells}
        return next((v for v in ("refuses", "too close to call", "accepts") if v in found), "has not said")

    @property
    def deciding(self) -> Cell | None:
        """The test that its verdict rests on, the one with the least slack if several do; none where nothing is asked.

        Not always the tightest: a test that is too close to call may have less slack than one that is clearly failed.
        """
        with_it = (cell for cell in self.cells if cell.verdict == self.verdict)
        return min(with_it, key=lambda cell: cell.slack, default=None)


def standings(scenario: Scenario) -> list[Standing]:
    """Every partner's limits, providers first."""
    years, fees = scenario.term.horizon, scenario.fee().sum(axis=0)
    incomes = [*(p.income for p in scenario.providers), *[0.0] * len(scenario.commissioners)]
    partners: list[Provider | Commissioner] = [*scenario.providers, *scenario.commissioners]
    found = []
    for i, partner in enumerate(partners):
        fee = float(fees[i]) if i < len(fees) else 0.0
        measure = yardstick(partner.kind, fee=fee, income=incomes[i], reserves=partner.reserves, years=years)
        limits = partner.appetite.limits(measure, partner.reserves)
        asks = isinstance(partner.appetite, InWords) or limits.reserve_minimum is not None
        unmeasured = asks and partner.reserves is None
        found.append(Standing(partner.kind, partner.reserves, limits, measure, partner.outside, unmeasured))
    return found


def positions(scenario: Scenario, found: Paths) -> tuple[Position, ...]:
    """Every partner's tests on these futures, providers first."""
    return tuple(
        Position(name, one.limits, one.yardstick, cells(one, found.at(i)), unweighed(one), one)
        for i, (name, one) in enumerate(zip(partner_names(scenario), standings(scenario), strict=True))
    )


def unweighed(one: Standing) -> bool:
    """Whether staying out brings something and limits are entered, but no risk tolerance to weigh the two by."""
    limits = one.limits
    asks = any(limit is not None for limit in (limits.loss, limits.year_loss, limits.worst, one.room))
    return asks and limits.tolerance is None and bool(one.outside.mean or one.outside.sd)


def tests(one: Standing) -> dict[Test, Slack]:
    """The tests that a partner asks: by how many pounds what it regards, (n,), could be worse before it refuses."""
    limits, found = one.limits, dict[Test, Slack]()
    if (loss := limits.loss) is not None:
        found["loss"] = lambda gains: loss + quantile(gains, limits.loss_chance)
    if (most := limits.year_loss) is not None:
        found["year"] = lambda gains: most + quantile(gains, limits.year_chance)
    if (worst := limits.worst) is not None:
        found["worst"] = lambda gains: worst - tail(gains)
    if (room := one.room) is not None:
        found["reserves"] = lambda gains: room + quantile(gains, limits.reserve_chance)
    if (tolerance := limits.tolerance) is not None:
        outside = float(certainty_equivalent(one.outside.ppf(GRID), tolerance))
        found["worth"] = lambda gains: float(certainty_equivalent(gains, tolerance)) - outside
    return found


def regarded(test: Test, found: Paths) -> Floats:
    """What a test regards of one partner's futures, (n,): totals, lowest running sums, or the least year of each."""
    if test == "year":
        assert found.least is not None  # kept wherever somebody asks
        return found.least
    return found.lowest if test == "reserves" else found.total


def cells(one: Standing, found: Paths) -> tuple[Cell, ...]:
    """The tests of one partner on its own futures."""
    tested = []
    for test, slack in tests(one).items():
        gains = regarded(test, found)
        error = standard_error(np.array([slack(gains[part]) for part in batches(len(gains))]))
        tested.append(Cell(test, *_figures(one, test, gains), slack(gains), error))
    return tuple(tested)


def staying_out(one: Standing) -> tuple[Cell, ...]:
    """The same tests of what staying out brings: of the term as a whole, so without a loss in one year."""
    gains = one.outside.ppf(GRID)
    asked = {test: slack(gains) for test, slack in tests(one).items() if test in ("loss", "worst", "reserves")}
    return tuple(Cell(test, *_figures(one, test, gains), slack, 0.0) for test, slack in asked.items())


def _figures(one: Standing, test: Test, gains: Floats) -> tuple[float, float, float]:
    """Figure, limit and sum of a test that is asked."""
    limits = one.limits
    if test == "loss":
        loss = limits.loss or 0.0
        return often_below(gains, -loss), limits.loss_chance, loss
    if test == "year":
        most = limits.year_loss or 0.0
        return often_below(gains, -most), limits.year_chance, most
    if test == "worst":
        worst = limits.worst or 0.0
        return tail(gains), worst, worst
    if test == "reserves":
        return often_below(gains, -(one.room or 0.0)), limits.reserve_chance, limits.reserve_minimum or 0.0
    tolerance = limits.tolerance or 0.0
    outside = float(certainty_equivalent(one.outside.ppf(GRID), tolerance))
    return float(certainty_equivalent(gains, tolerance)), outside, outside


def often_below(gains: Floats, level: float) -> float:
    """The part of gains (n,) that lie below a level by half a penny or more."""
    return float(np.count_nonzero(gains < level - PENNY) / len(gains))


def quantile(gains: Floats, chance: float) -> float:
    """The level that at most this part of gains (n,) lie below: so `often_below` it is never more than `chance`.

    No more than `chance` lie below a level X exactly if this quantile is X or more: slack and chance always agree.
    """
    place = min(int(chance * len(gains) * (1 + 1e-12)), len(gains) - 1)
    return float(np.partition(gains, place)[place])


def tail(gains: Floats) -> float:
    """The average loss over the worst 1 in 20 of gains (n,): those need only be found, not be in order."""
    return float(tail_mean(np.partition(gains, int(TAIL * len(gains)))))


def blockers(found: tuple[Position, ...]) -> tuple[Position, ...]:
    """Those who refuse, the furthest from accepting for its size first."""
    against = [one for one in found if not one.accepts]
    return tuple(sorted(against, key=lambda one: min(c.slack for c in one.cells) / max(one.yardstick.pounds, 1.0)))


def alliance(found: tuple[Position, ...]) -> Verdict:
    """All must accept; who has not said stands in nobody's way, but no more is known than that."""
    verdicts = {one.verdict for one in found}
    return next((v for v in ("refuses", "too close to call", "has not said") if v in verdicts), "accepts")

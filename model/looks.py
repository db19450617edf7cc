"""Designs looked at on the same futures: what each leaves every test to spare, and what it gives for a pound saved."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np
from scipy.stats import qmc

from model.acceptance import Slack, Test, regarded, standings, tests
from model.base import Floats
from model.climb import Aim, Look, Point, climb
from model.draw import Outcomes, draw
from model.levers import Lever
from model.plan import plan
from model.ready import Brought, Ready
from model.scenario import Scenario
from model.scores import Scores, score
from model.space import Designs, DesignSpace, designs, offered
from model.tables import partner_names
from model.unheard import Now, now, unheard

SCREENED = 256
"""Designs that are looked at first, spread evenly over the space."""
SCREEN = 2_048
"""Futures on which they are; the best are improved on all."""
TASK = 16
"""Designs looked at in one task."""
STARTS = 3
"""Of those seen, how many an improvement sets out from; one where it is known what is near."""
IMPOSSIBLE = -1e12
"""Pounds: the slack of what no contract can be."""
PENNIES = 0.1
"""The usual size of an incentive: ten pence in the pound."""


class Problem(NamedTuple):
    """What is searched, on how many futures of which seed."""

    scenario: Scenario
    space: DesignSpace
    draws: int
    seed: int
    wanted: float = 0.0
    """What the providers together must have of the next pound that all save, at least; a fraction."""
    spared: bool = True
    """Whether no design may leave a partner worse off than now that has not said what it would accept."""


def asked(scenario: Scenario) -> list[tuple[str, Test]]:
    """Every test that any partner asks: whose, and which."""
    named = zip(partner_names(scenario), standings(scenario), strict=True)
    return [(name, test) for name, one in named for test in tests(one)]


@lru_cache(maxsize=4)
def futures(scenario: Scenario, draws: int, seed: int) -> tuple[Outcomes, Scores]:
    """The draws of a scenario and their scores."""
    outcomes = draw(plan(scenario), draws, seed)
    return outcomes, score(scenario.framework, outcomes.kpis)


@lru_cache(maxsize=4)
def ready(scenario: Scenario, draws: int, seed: int, n: int) -> Ready:
    """The first n of them, made ready to settle designs on."""
    outcomes, scores = futures(scenario, draws, seed)
    return Ready(scenario, outcomes.cut(0, n), scores.cut(0, n))


@lru_cache(maxsize=4)
def levers(scenario: Scenario, draws: int, seed: int) -> tuple[Lever, ...]:
    """The terms that may vary."""
    return offered(scenario, *futures(scenario, draws, seed))


def made(problem: Problem) -> Designs:
    """The designs of a problem. Raises Refused where its space has none."""
    return designs(problem.scenario, problem.space, levers(problem.scenario, problem.draws, problem.seed))


@lru_cache(maxsize=4)
def present(scenario: Scenario, draws: int, seed: int, n: int) -> tuple[Now, ...]:
    """How those that have not said fare under the design itself, in the first n futures."""
    return now(scenario, ready(scenario, draws, seed, n).brought(scenario).paths)


def spared(problem: Problem, n: int) -> tuple[Now, ...]:
    """Those whom no design may leave worse off than this."""
    return present(problem.scenario, problem.draws, problem.seed, n) if problem.spared else ()


def looked_at(problem: Problem, n: int, points: Sequence[Point]) -> list[Look]:
    """Designs settled on the first n futures: a task, which needs nothing but its arguments."""
    all_of, found = made(problem).bare(), ready(problem.scenario, problem.draws, problem.seed, n)
    each = [tests(one) for one in standings(problem.scenario)]  # no term that varies is part of a partner's limits
    made_of = {point: design for point in points if (design := all_of.at(point)) is not None}
    brought = dict(zip(made_of, found.each_brought(list(made_of.values())), strict=True))
    silent = spared(problem, n)
    return [Look(point, _figures(brought.get(point), each, silent)) for point in points]


def _figures(brought: Brought | None, each: Sequence[Mapping[Test, Slack]], silent: Sequence[Now]) -> Floats:
    """The slack of every test that each partner asks, pounds; then those of whoever is spared; then the incentive."""
    if brought is None:
        return np.append(np.full(sum(map(len, each)) + 3 * len(silent), IMPOSSIBLE), 0.0)
    paths, incentive = brought
    slacks = [slack(regarded(test, paths.at(i))) for i, asks in enumerate(each) for test, slack in asks.items()]
    rooms = [room for one in silent for room in one.room(paths.at(one.at).total)]
    return np.array([*slacks, *rooms, incentive])


class Looks:
    """The designs of a problem as they are looked at."""

    def __init__(self, problem: Problem, executor: Executor) -> None:
        self.problem = problem
        self.executor = executor
        self.made = made(problem)
        self.tests = asked(problem.scenario)
        self.rooms = 3 * len(unheard(problem.scenario)) if problem.spared else 0
        self.seen: list[Look] = []
        self.count = 0

    def at(self, points: Sequence[Point], n: int, task: int = 1) -> list[Look]:
        """Designs settled on the first n futures, so many in a task."""
        self.count += len(points)
        tasks = [points[i : i + task] for i in range(0, len(points), task)]
        return [look for found in self.executor.map(partial(looked_at, self.problem, n), tasks) for look in found]

    def screen(self, many: int = SCREENED) -> Iterator[float]:
        """Looks at today's design and at others all over the space; gives the part that is done."""
        spread = qmc.Sobol(self.made.size, rng=self.problem.seed).random(many).tolist()
        points = [self.made.today(), *map(tuple, spread)]
        for i in range(0, len(points), 4 * TASK):
            self.seen += self.at(points[i : i + 4 * TASK], self.few, TASK)
            yield len(self.seen) / len(points)

    @property
    def few(self) -> int:
        return min(SCREEN, self.problem.draws)

    def aim(
        self, lifted: Sequence[int], kept: Sequence[int] = (), wanted: float | None = None, least: float = 0.0
    ) -> Aim:
        """Some tests, or the incentive, to be lifted, while others keep a slack and the incentive is what is wanted.

        Tests are numbered as in `tests`; the incentive comes last. `least`: the slack to be kept, pounds. Whatever the
        aim, those who are spared are.
        """
        floors = np.full(len(self.tests) + self.rooms + 1, -np.inf)
        floors[list(kept)] = least
        floors[len(self.tests) : -1] = 0.0
        floors[-1] = self.problem.wanted if wanted is None else wanted
        return Aim(tuple(lifted), floors, self._sizes)

    @cached_property
    def _sizes(self) -> Floats:
        """How large slacks usually are, pounds, and an incentive."""
        slacks = np.array([look.figures[:-1] for look in self.seen])
        size = float(np.median(np.abs(slacks))) if slacks.size else 0.0
        return np.append(np.full(len(self.tests) + self.rooms, max(size, 1.0)), PENNIES)

    def best(self, aim: Aim, near: Sequence[Point] = ()) -> Look:
        """The best design for an aim: uphill on few futures from the best seen and others near, then on all."""
        ranked = sorted(self.seen, key=aim.merit, reverse=True)
        starts = [*(look.point for look in ranked[: 1 if near else STARTS]), *near]
        uphill = [climb(lambda points: self.at(points, self.few), start, aim) for start in starts]
        best = max(uphill, key=aim.merit)
        if self.problem.draws == self.few:
            return best
        return climb(lambda points: self.at(points, self.problem.draws), best.point, aim)

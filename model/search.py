"""A search for designs that every partner accepts, on draws already made (model §4).

Every design is settled on the same futures. First many that are spread evenly over the space are looked at, on fewer
futures; then the best of them are improved on all.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np

from model import fewest
from model.acceptance import CLOSE, positions
from model.base import PENNY
from model.climb import Look, Point
from model.looks import Looks, Problem, levers, present, ready
from model.outcome import Found, Limit, Opening, Outcome
from model.ready import Brought
from model.scenario import Scenario
from model.space import Vary
from model.unheard import beside
from model.whole import whole

LEVELS = 3
"""Designs that are sought between those on the frontier, each where the widest gap is."""
SCREENED_AGAIN = 64
"""Designs that are looked at first with one term more."""
CLEAR = 1.2 * CLOSE
"""Standard errors that the design with most incentive leaves to spare, so that it is not too close to call."""
HALFPENNY = 0.005
"""So much incentive may go for figures that people speak in."""
TIDY = 0.05
"""And this part of the slack."""
FINEST = 4
"""Times that the step of a term may be divided by ten for a design to stay as good as that."""
SCREENING, BEGUN, AT_ENDS = 0.05, 0.15, 0.35
"""Parts of the time of a search, as it is usual: until the space is screened; until the design with most to spare is
found; until that with most incentive is."""
SAME = 1e-6
"""Incentives that differ by less are the same."""


def search(problem: Problem, executor: Executor) -> Iterator[Outcome]:
    """Looks for acceptable designs; gives what it has found after each step. The same on any executor.

    Raises Refused where nothing may vary, or something that cannot.
    """
    looks = Looks(problem, executor)
    now = _brought(looks, problem.scenario).paths
    today = positions(problem.scenario, now)
    if (found := Outcome(1.0, 1, today=today, whole=whole(today, now))).ruled_out:
        yield found
        return
    for part in looks.screen():
        yield Outcome(SCREENING * part, looks.count)
    every = range(len(looks.tests))
    safest = looks.best(looks.aim(every or [-1]))
    best = _tidied(looks, safest, problem.wanted)
    if best.acceptable and _gives(safest, problem.wanted):
        yield from _frontier(looks, best, safest)
    else:
        best = _tidied(looks, safest, problem.wanted, nearest=True)
        yield from _closed(looks, replace(found, compromise=best, fewest=_fewest(looks, best)), safest)


def _gives(look: Look, wanted: float) -> bool:
    return bool(look.figures[-1] >= wanted - SAME)


def _frontier(looks: Looks, best: Found, safest: Look) -> Iterator[Outcome]:
    """From the design with most to spare to the one with most incentive."""
    every = range(len(looks.tests))
    yield Outcome(BEGUN, looks.count, (best,))
    least = CLEAR * max((cell.error for one in best.positions for cell in one.cells), default=0.0)
    most = looks.best(looks.aim([-1], every, least=min(least, max(best.slack, 0.0))), [safest.point])
    found = [best, _tidied(looks, most, most.figures[-1] - HALFPENNY)]
    yield Outcome(AT_ENDS, looks.count, unbeaten(found))
    for i in range(LEVELS):
        if (gap := _widest(unbeaten(found))) is None:
            break
        more, less = gap
        wanted = (more.incentive + less.incentive) / 2
        between = tuple((x + y) / 2 for x, y in zip(more.point, less.point, strict=True))
        look = looks.best(looks.aim(every, (), wanted), [between, less.point])
        found.append(_tidied(looks, look, max(wanted - HALFPENNY, looks.problem.wanted)))
        yield Outcome(AT_ENDS + (1 - AT_ENDS) * (i + 1) / LEVELS, looks.count, unbeaten(found))
    yield Outcome(1.0, looks.count, unbeaten(found))


def _widest(found: Sequence[Found]) -> tuple[Found, Found] | None:
    """Neighbours on the frontier with the most slack between them; none where they are all close in incentive."""
    apart = [(a, b) for a, b in pairwise(found) if a.incentive - b.incentive > 2 * HALFPENNY]
    return max(apart, key=lambda pair: pair[1].slack - pair[0].slack, default=None)


def unbeaten(found: Sequence[Found]) -> tuple[Found, ...]:
    """The acceptable designs that no other beats in both incentive and slack; most incentive first."""
    ordered = sorted((one for one in found if one.acceptable), key=lambda one: (-one.incentive, -one.slack))
    kept: list[Found] = []
    for one in ordered:
        if not kept or one.slack > kept[-1].slack + PENNY:
            kept.append(one)
    return tuple(kept)


def _closed(looks: Looks, found: Outcome, nearest: Look) -> Iterator[Outcome]:
    """No design is acceptable: what would open the door. Each thing that is tried takes about as long."""
    failed = [i for i in range(len(looks.tests)) if nearest.figures[i] < -PENNY]
    tried: list[Callable[[Outcome], Outcome]] = [
        *(partial(_with_limit, looks, nearest, test) for test in failed),
        lambda found: replace(found, less_wanted=_less_wanted(looks, nearest)),
        *(partial(_with_opening, looks, nearest, vary) for vary in _outside(looks)),
    ]
    yield replace(found, done=BEGUN, looked=looks.count)
    for i, look in enumerate(tried, 1):
        done = BEGUN + (1 - BEGUN) * i / len(tried)
        found = replace(look(found), done=done, looked=looks.count)
        yield found


def _fewest(looks: Looks, nearest: Found) -> Found | None:
    """The design that fewer refuse than the nearest one: today's, or another that fewer refuse than that."""
    wanted, seen = looks.problem.wanted, fewest.point(looks)
    options = [_judged(looks, looks.made.today(), looks.problem.scenario)]
    options += [_bare(looks, _found(looks, seen, 0), 0, nearest=True)] if seen else []
    fit = [one for one in options if one.incentive >= wanted - SAME and not (one.spared and one.worse_off)]
    best = min(fit, key=lambda one: len(one.blockers), default=None)
    return best if best and len(best.blockers) < len(nearest.blockers) else None


def _with_limit(looks: Looks, nearest: Look, failed: int, found: Outcome) -> Outcome:
    """With one failed test by itself: how little it need give way if all others hold."""
    aim = looks.aim([failed], [other for other in range(len(looks.tests)) if other != failed])
    look = looks.best(aim, [nearest.point])
    if not aim.meets(look) or look.figures[failed] >= 0:
        return found
    design = _bare(looks, _found(looks, look.point, None), None)
    limits = (*found.limits, Limit(*looks.tests[failed], -float(look.figures[failed]), design))
    return replace(found, limits=tuple(sorted(limits, key=lambda one: one.pounds)))


def _with_opening(looks: Looks, nearest: Look, vary: Vary, found: Outcome) -> Outcome:
    return replace(found, openings=(*found.openings, *_opening(looks, vary, nearest.point)))


def _less_wanted(looks: Looks, nearest: Look) -> Found | None:
    """With less incentive than is wanted, where that is all that stands in the way."""
    every = range(len(looks.tests))
    if looks.problem.wanted <= 0:
        return None
    aim = looks.aim([-1], every, -np.inf)
    look = looks.best(aim, [nearest.point])
    return _tidied(looks, look, look.figures[-1] - HALFPENNY) if aim.meets(look) else None


def _outside(looks: Looks) -> list[Vary]:
    """The terms that were not to vary, from end to end."""
    problem = looks.problem
    inside = {vary.name for vary in problem.space.terms}
    offered = levers(problem.scenario, problem.draws, problem.seed)
    return [Vary(lever.name, lever.low, lever.high) for lever in offered if lever.name not in inside]


def _opening(looks: Looks, vary: Vary, near: Point) -> list[Opening]:
    """One term more that may vary, if that opens the door."""
    problem = looks.problem
    space = problem.space._replace(terms=(*problem.space.terms, vary))
    wider = Looks(problem._replace(space=space), looks.executor)
    at = len(problem.space.terms)
    now = wider.made.today()[at]
    for _ in wider.screen(SCREENED_AGAIN):
        pass
    look = wider.best(wider.aim(range(len(wider.tests))), [(*near[:at], now, *near[at:])])
    looks.count += wider.count
    found = _tidied(wider, look, problem.wanted)
    return [Opening(vary.name, found)] if found.acceptable and _gives(look, problem.wanted) else []


def _tidied(looks: Looks, look: Look, wanted: float, nearest: bool = False) -> Found:
    """The design at a point in steps that people speak in, as fine as it takes to stay nearly as good.

    `wanted`: the incentive that it must keep. `nearest`: as `_bare` has it.
    """
    slack = float(look.figures[: len(looks.tests)].min(initial=np.inf))
    least = slack - TIDY * abs(slack) if np.isfinite(slack) else 0.0
    wanted = min(wanted, float(look.figures[-1]))
    for decimals in range(FINEST):
        found = _found(looks, look.point, decimals)
        spared = not (found.spared and found.worse_off)
        if spared and found.slack >= least - PENNY and found.incentive >= wanted - SAME:
            return _bare(looks, found, decimals, nearest)
    return _bare(looks, _found(looks, look.point, None), None, nearest)


def _bare(looks: Looks, found: Found, decimals: int | None, nearest: bool = False) -> Found:
    """The same payments with fewer changes: each part that changes none of them by itself stays as it was.

    `nearest`: of a design that some refuse, also each part that brings nobody nearer to signing.
    """
    left: tuple[str, ...] = ()
    paid, best = _brought(looks, found.design), found
    for part in looks.made.parts:
        design = looks.made.at(found.point, decimals, (*left, part))
        if design is None:
            continue
        if _same(paid, _brought(looks, design)):
            left, found = (*left, part), replace(found, design=design)
        elif nearest and fewest.as_near(best, without := _judged(looks, found.point, design)):
            left, found, paid = (*left, part), without, _brought(looks, design)
    return found


def _same(one: Brought, other: Brought) -> bool:
    """Whether two designs pay every partner the same in every future, and for the next pound."""
    kept = [(a, b) for a, b in zip(one.paths, other.paths, strict=True) if a is not None and b is not None]
    apart = max(float(np.abs(a - b).max(initial=0.0)) for a, b in kept)
    return apart < PENNY and abs(one.incentive - other.incentive) < SAME


def _found(looks: Looks, point: Point, decimals: int | None) -> Found:
    """The design at a point; today's where no contract can be so."""
    return _judged(looks, point, looks.made.at(point, decimals) or looks.problem.scenario)


def _judged(looks: Looks, point: Point, design: Scenario) -> Found:
    """A design with what it gives and where everybody stands."""
    found = _brought(looks, design)
    problem = looks.problem
    now = present(problem.scenario, problem.draws, problem.seed, problem.draws)
    fares = beside(now, found.paths)
    return Found(point, design, found.incentive, positions(design, found.paths), fares, problem.spared)


def _brought(looks: Looks, design: Scenario) -> Brought:
    """What a design brings on all futures."""
    problem = looks.problem
    return ready(problem.scenario, problem.draws, problem.seed, problem.draws).brought(design)

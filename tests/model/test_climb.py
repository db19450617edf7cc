"""The way uphill, on figures whose best point is known."""

from collections.abc import Sequence

import numpy as np
import pytest

from model.climb import Aim, Look, Point, climb

NONE = -np.inf


def looked(points: Sequence[Point]) -> list[Look]:
    """Two figures that pull in opposite ways, 3x and 1 − x, and a third that falls with y."""
    return [Look(point, np.array([3 * point[0], 1 - point[0], 1 - point[1]])) for point in points]


def aim(lifted: tuple[int, ...], floors: Sequence[float] = (NONE, NONE, NONE)) -> Aim:
    return Aim(lifted, np.array(floors), np.ones(3))


def test_the_smallest_of_two_is_largest_where_they_meet() -> None:
    best = climb(looked, (0.9, 0.5), aim((0, 1)))
    assert best.point[0] == pytest.approx(0.25, abs=1e-5)
    assert best.figures[:2] == pytest.approx([0.75, 0.75], abs=1e-4)


def test_one_figure_is_lifted_as_far_as_the_floors_of_others_allow() -> None:
    best = climb(looked, (0.1, 0.5), aim((0,), (NONE, 0.4, NONE)))
    assert best.point[0] == pytest.approx(0.6, abs=1e-5)
    assert aim((0,), (NONE, 0.4, NONE)).meets(best)


def test_floors_that_cannot_be_kept_are_missed_by_less_than_at_the_start() -> None:
    wanted = aim((2,), (0.9, 0.9, NONE))
    best = climb(looked, (0.0, 0.5), wanted)
    assert not wanted.meets(best)
    assert wanted.merit(best)[0] > wanted.merit(looked([(0.0, 0.5)])[0])[0]


def test_a_search_from_the_edge_stays_inside() -> None:
    def inside(points: Sequence[Point]) -> list[Look]:
        assert all(0 <= number <= 1 for point in points for number in point)
        return looked(points)

    assert climb(inside, (1.0, 1.0), aim((2,))).point[1] == pytest.approx(0.0, abs=1e-6)


def test_no_point_is_looked_at_twice() -> None:
    seen: list[Point] = []

    def counted(points: Sequence[Point]) -> list[Look]:
        seen.extend(points)
        return looked(points)

    climb(counted, (0.9, 0.5), aim((0, 1)))
    assert len(seen) == len(set(seen))

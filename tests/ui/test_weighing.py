"""Weights that share a whole: who makes room where one moves, and tenths of a percent that make 100%."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import weighing
from ui.weighing import Group, alike, in_tenths, made_room

parts = st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda found: sum(found) > 0.001)


@given(parts)
def test_tenths_of_a_percent_make_exactly_the_whole(found: list[float]) -> None:
    exact = [part / sum(found) for part in found]
    rounded = in_tenths(exact)
    assert sum(round(part * 1000) for part in rounded) == 1000
    assert all(part == round(part, 3) for part in rounded)
    assert rounded == pytest.approx(exact, abs=0.001)


@given(parts, st.integers(0, 100), st.data())
def test_weights_make_the_whole_whoever_makes_room(found: list[float], percent: int, data: st.DataObject) -> None:
    exact = [part / sum(found) for part in found]
    line = data.draw(st.integers(0, len(found) - 1))
    held = data.draw(st.sets(st.integers(0, len(found) - 1)))
    after = made_room(exact, line, percent / 100, held)
    assert sum(after) == pytest.approx(1.0)
    assert min(after) >= 0
    assert len(after) == 1 or after[line] == percent / 100


@pytest.mark.parametrize(
    ("before", "held", "after"),
    [
        ([0.45, 0.3, 0.25], (), [0.5, 0.3 / 1.1, 0.25 / 1.1]),  # the others as they were to each other
        ([1.0, 0.0, 0.0], (), [0.5, 0.25, 0.25]),
        ([0.4, 0.3, 0.3], (1,), [0.5, 0.3, 0.2]),
        ([0.2, 0.6, 0.2], (1,), [0.5, 0.5, 0.0]),  # what is held gives what the others have not
        ([0.4, 0.4, 0.2], (1, 2), [0.5, 1 / 3, 1 / 6]),  # where all are held, none is
        ([0.3], (), [1.0]),
    ],
)
def test_who_makes_room_for_a_half(before: list[float], held: tuple[int, ...], after: list[float]) -> None:
    assert made_room(before, 0, 0.5, held) == pytest.approx(after)


def test_what_is_no_number_yet_weighs_nothing() -> None:
    assert weighing.weights([{"weight": 0.2}, {"weight": "x"}, {}, {"weight": 1}]) == [0.2, 0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("count", "found"), [(2, [0.5] * 2), (3, [0.334, 0.333, 0.333]), (7, [0.143] * 6 + [0.142]), (8, [0.125] * 8)]
)
def test_equal_weights(count: int, found: list[float]) -> None:
    assert alike(count) == found


def test_a_group_holds_what_was_moved_until_all_were() -> None:
    document = {"lines": [{"weight": 0.35}, {"weight": 0.35}, {"weight": 0.3}]}
    group = Group(("lines",), (0.35, 0.35, 0.3), document)
    first = group.moved(0, 0.33)
    second = first.moved(1, 0.33)
    assert [line["weight"] for line in first.document["lines"]] == [0.33, 0.361, 0.309]
    assert [line["weight"] for line in second.document["lines"]] == [0.33, 0.33, 0.34]
    assert (first.held, second.held, second.moved(2, 0.4).held) == ({0}, {0, 1}, {2})
    assert document["lines"][0] == {"weight": 0.35}

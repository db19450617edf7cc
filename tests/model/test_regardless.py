"""Limits that say little about signing: worked by hand."""

from typing import Any

import numpy as np
import pytest

from model.acceptance import Position, cells, standings
from model.appetite import InPounds, Limits
from model.base import Floats
from model.distributions import Fixed
from model.paths import Paths
from model.regardless import below_today, broken_anyway, never, out_of_reach, unseen
from tests.model.build import providers, scenario

BAD: Floats = np.full(64, -50e3)
NONE = {"loss_chance": 0.0, "year_chance": 0.0, "reserve_chance": 0.0}


def standing(outside: float = 0.0, **limits: Any) -> Position:
    """A provider whose every future brings the same."""
    one = {"appetite": InPounds(**limits), "outside": Fixed(value=outside), "reserves": 55e3}
    found = standings(scenario(providers=providers(1.0, **one)))[0]
    return Position("A", found.limits, found.yardstick, cells(found, Paths(BAD, BAD, BAD)), standing=found)


def test_reserves_below_what_must_be_kept_are_too_low_before_anything_happens() -> None:
    assert below_today(standing(reserve_minimum=180e3))
    assert not below_today(standing(reserve_minimum=55e3))
    assert not below_today(standing(loss=1.0))


def test_staying_out_breaks_the_limits_that_its_own_loss_exceeds() -> None:
    limits = {"reserve_minimum": 30e3, "worst": 40e3, "loss": 200e3}
    broken = broken_anyway(standing(outside=-150e3, **limits))
    assert [cell.test for cell in broken] == ["worst", "reserves"]
    assert broken[1].figure == 1.0 and broken[0].figure == pytest.approx(150e3)
    assert broken_anyway(standing(outside=-20e3, **limits)) == ()


def test_what_joining_keeps_or_is_broken_today_is_no_reproach_to_staying_out() -> None:
    assert broken_anyway(standing(outside=-150e3, worst=60e3)) == ()
    assert broken_anyway(standing(outside=-150e3, reserve_minimum=180e3)) == ()


def test_a_limit_is_out_of_reach_where_the_caps_end_the_loss_before() -> None:
    one = standing(year_loss=30e3, loss=97e3, worst=90e3, reserve_minimum=1.0)
    assert out_of_reach(one, 97e3, 25e3) == ("loss", "year")
    assert out_of_reach(one, 54e3, 40e3) == ("loss", "worst", "reserves")
    assert out_of_reach(one, float("inf"), float("inf")) == ()


def test_what_no_future_breaks_though_the_caps_allow_it_is_told_from_what_they_rule_out() -> None:
    one = standing(loss=80e3, year_loss=60e3, worst=90e3, reserve_minimum=4e3, **NONE)  # £50k of reserves of £55k
    assert [cell.test for cell in unseen(one, 100e3, 70e3)] == ["loss", "year", "reserves"]
    assert [cell.test for cell in unseen(one, 60e3, 55e3)] == ["reserves"]
    assert unseen(one, 51e3, 51e3) == ()
    assert [cell.test for cell in unseen(standing(loss=40e3, year_loss=60e3, **NONE), 1e6, 1e6)] == ["year"]


def test_a_limit_is_never_where_one_future_of_those_drawn_breaks_it() -> None:
    (rare,) = standing(loss=80e3, loss_chance=0.01).cells
    assert never(rare, 64) and not never(rare, 101)
    (worst,) = standing(worst=0.0).cells
    assert not never(worst, 64)


def test_without_what_it_brings_to_the_table_only_its_limits_are_known() -> None:
    bare = Position("A", Limits(1.0, 0.1, None, 1.0, 0.1, None), standing().yardstick, ())
    assert not below_today(bare) and broken_anyway(bare) == () and out_of_reach(bare, 0.0, 0.0) == ()

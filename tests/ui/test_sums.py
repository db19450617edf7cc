"""A cap that becomes another kind of sum comes to what it did."""

from typing import Any

import pytest

from data import presets
from ui.sums import alike

SCENARIO = presets.preset(presets.FIRST)
FEES, TARGETS = SCENARIO.fee()[0], SCENARIO.target_cost()[0]
TOTAL = ("risk_share", "total_pain_cap")


def test_no_limit_becomes_the_whole_fee() -> None:
    pounds = alike(SCENARIO, TOTAL, {"kind": "none"}, {"kind": "pounds", "amount": 100_000.0})
    assert pounds["amount"] == pytest.approx(FEES.sum(), rel=0.005)
    of_target = alike(SCENARIO, TOTAL, {"kind": "none"}, {"kind": "of_target", "part": 1.0})
    assert of_target["part"] == pytest.approx(FEES.sum() / TARGETS.sum(), abs=1e-4)


def test_half_the_fee_becomes_as_many_pounds_and_the_same_part_again() -> None:
    half = {"kind": "of_fee", "part": 0.5}
    pounds = alike(SCENARIO, TOTAL, half, {"kind": "pounds", "amount": 100_000.0})
    assert pounds["amount"] == pytest.approx(FEES.sum() / 2, rel=0.005)
    assert alike(SCENARIO, TOTAL, pounds, {"kind": "of_fee", "part": 1.0})["part"] == pytest.approx(0.5, abs=0.005)


def test_a_partners_own_cap_is_measured_by_its_own_fee() -> None:
    own = alike(SCENARIO, ("providers", 1, "pain_cap"), {"kind": "none"}, {"kind": "pounds", "amount": 1.0})
    assert own["amount"] == pytest.approx(FEES[1], rel=0.005)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"kind": "gate", "width": 0.01}, {"kind": "deductible", "width": 0.01}),
        ({"kind": "of_fee", "part": "abc"}, {"kind": "pounds", "amount": 100_000.0}),
        ({"kind": "none"}, {"kind": "lower_of"}),
    ],
)
def test_what_is_no_single_sum_stays_as_it_is(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert alike(SCENARIO, TOTAL, before, after) == after

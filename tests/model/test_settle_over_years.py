"""The settlement over several years: pain carried forward, a true-up, years that count in part."""

from typing import Any

import numpy as np
import pytest

from model.amounts import Pounds
from model.bands import Band
from model.basis import CarryForward, Cumulative
from model.corridors import GateCorridor
from model.modifiers import QualityModifier
from model.pool import PerformancePool
from model.scenario import Baseline
from model.scores import Scores
from model.settle import settle
from model.terms import terms
from tests.model.build import (
    MILLION,
    PENNY,
    after,
    due,
    limb3,
    outturn,
    over_years,
    penny,
    performance,
    provider,
    scenario,
)
from tests.model.build import share as half

TARGET = 100 * MILLION
GATE = GateCorridor(width=0.02)


def test_pain_carried_forward_is_set_against_later_gains() -> None:
    """Half of each year: -100, then 30 and 70 that go towards it, then 1 that is paid."""
    share = half(basis=CarryForward())
    assert due(share, [-200, 60, 138, 2, 0]) == penny(0, 0, 0, 0, 0)
    assert due(share, [-200, 60, 140, 2, 0]) == penny(0, 0, 0, 1, 0)
    assert due(share, [-200, 60, 142, 2, 0]) == penny(0, 0, 1, 1, 0)
    assert due(share, [40, -200, 60]) == penny(20, 0, -70)


def test_what_is_left_of_pain_is_due_or_written_off() -> None:
    for last, left in {199: -0.5, 200: 0, 201: 0.5}.items():
        assert due(half(basis=CarryForward()), [-200, last]) == penny(0, left)
        assert due(half(basis=CarryForward(rest="written off")), [-200, last]) == penny(0, max(left, 0))
    assert due(half(basis=CarryForward(rest="written off")), [200, -200]) == penny(100, 0)


def test_pain_from_before_counts_like_pain_of_the_term() -> None:
    for owed, paid in {0: (50, -100), 49: (1, -100), 50: (0, -100), 51: (0, -101)}.items():
        assert due(half(basis=CarryForward()), [100, -200], owed=owed) == penny(*paid)


def test_what_is_carried_forward_is_phased_in() -> None:
    assert due(half(basis=CarryForward(), phase_in=(0.0, 0.5)), [-200, -200, 60]) == penny(0, 0, -20)


def test_at_the_end_the_caps_of_all_years_hold_what_was_carried_forward() -> None:
    """£40 a year for three years: 100 and half of 38 are within them."""
    capped = (provider(pain_cap=Pounds(amount=40)),)
    for last, paid in {-38: -119, -40: -120, -42: -120}.items():
        case = scenario(years=3, providers=capped, risk_share=half(basis=CarryForward()))
        ledger = over_years(case, [-200, 0, last])
        assert ledger.limb3[:, 0, 0].tolist() == penny(0, 0, paid)
        assert ledger.excess[2, 0] == pytest.approx(100 - last / 2 + paid, abs=PENNY)


def test_a_cumulative_contract_is_trued_up_in_the_last_year() -> None:
    """Bands of a saving: half of the first 5% of target cost, then a fifth. Over two years: half of £10m."""
    share = half(gain_bands=(Band(up_to=0.05, share=0.5), Band(share=0.2)), basis=Cumulative())
    for last, whole in {1: 4.5, 2: 5.0, 3: 5.2}.items():
        assert due(share, [8 * MILLION, last * MILLION]) == penny(3.1 * MILLION, (whole - 3.1) * MILLION)
    yearly = half(gain_bands=share.gain_bands)
    assert due(yearly, [8 * MILLION, 3 * MILLION]) == penny(3.1 * MILLION, 1.5 * MILLION)


def test_a_true_up_takes_back_what_the_whole_does_not_give() -> None:
    share = half(pain_bands=(Band(share=0.1),), basis=Cumulative())
    assert due(share, [200, -200]) == penny(100, -100)
    assert due(share, [-200, 200]) == penny(-20, 20)
    assert due(share, [200, -300]) == penny(100, -110)


def test_over_the_term_corridors_caps_and_bands_in_pounds_are_added_up() -> None:
    gate = half(gain_corridor=GATE, basis=Cumulative())
    for last in (-1, 0, 1):
        whole = 0 if last < 0 else 2 * MILLION + last / 2
        assert due(gate, [3 * MILLION, MILLION + last]) == penny(1.5 * MILLION, whole - 1.5 * MILLION)
    cap = half(cost_gain_cap=Pounds(amount=50), basis=Cumulative())
    assert due(cap, [160, 38]) == penny(50, 49)
    assert due(cap, [160, 40]) == penny(50, 50)
    assert due(cap, [160, 42]) == penny(50, 50)
    total = half(total_pain_cap=Pounds(amount=50), basis=Cumulative())
    assert due(total, [-160, -38]) == penny(-50, -49)
    assert due(total, [-160, -42]) == penny(-50, -50)
    bands = half(gain_bands=(Band(up_to_pounds=100, share=0.5),), basis=Cumulative())
    assert due(bands, [160, 38]) == penny(50, 49)
    assert due(bands, [160, 42]) == penny(50, 50)


def test_over_the_term_each_year_counts_as_far_as_its_phase_in() -> None:
    """A shadow year, half a year and a whole one: 0 + 100 - 80 of the saving, and 1½ caps."""
    share = half(cost_gain_cap=Pounds(amount=8), phase_in=(0.0, 0.5), basis=Cumulative())
    assert due(share, [1000, 200, -80]) == penny(0, 4, 6)
    assert due(share, [1000, 200, -76]) == penny(0, 4, 8)
    assert due(share, [1000, 200, -74]) == penny(0, 4, 8)


def test_over_the_term_relief_is_added_up() -> None:
    """£200 over, £80 back: pain of £60 and relief of £50, all of which now counts."""
    assert due(half(basis=Cumulative()), [-200, 80], [50, 0]) == penny(-50, 40)
    assert due(half(basis=Cumulative()), [80, -200], [50, 0]) == penny(40, -50)


def test_over_the_term_only_the_savings_of_one_sided_years_count() -> None:
    share = half(one_sided_years=1, basis=Cumulative())
    assert due(share, [-200, 80]) == penny(0, 40)
    assert due(share, [200, -80]) == penny(100, -40)


def test_over_the_term_the_score_is_the_mean_and_gates_judge_the_savings_of_their_own_year() -> None:
    """Scores of -100 and 50: a quality of 0% and 75%, 37.5% in the mean."""
    case = scenario(years=2, risk_share=half(gain_modifier=QualityModifier(), basis=Cumulative()))
    costs = np.full((2, 1, 1), TARGET - 200)
    no, yes = np.zeros((2, 1), dtype=bool), np.ones((2, 1), dtype=bool)
    first, last = np.array([[True], [False]]), np.array([[False], [True]])
    ops = np.array([[-100.0], [50.0]])
    for barred, free, paid in (
        (no, no, (0, 75)),
        (first, no, (0, 37.5)),
        (last, no, (0, 37.5)),
        (no, yes, (100, 100)),
        (no, first, (100, -25)),
        (no, last, (0, 75)),
    ):
        ledger = settle(terms(case), costs, Scores(ops, ops, barred, no, no, free))
        assert ledger.limb3[:, 0, 0].tolist() == penny(*paid)


def test_over_the_term_each_years_score_weighs_as_much_as_its_target_and_its_phase_in() -> None:
    """Targets of £100m, £150m and £225m, of which 0%, 100% and 40% count: scores of 80, -20 and 60 make 10."""
    case = scenario(
        years=3,
        baseline=Baseline(price_growth=0.5),
        risk_share=half(gain_modifier=QualityModifier(), phase_in=(0.0, 1.0, 0.4), basis=Cumulative()),
    )
    scores = Scores.ungated(np.array([[80.0], [-20.0], [60.0]]))
    ledger = settle(terms(case), terms(case).target[:, :, None] - 1000, scores)
    whole = 0.5 * 1400 * (100 + (150 * -20 + 90 * 60) / 240) / 200
    assert whole == pytest.approx(385)
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 200, 385 - 200)


def test_over_the_term_performance_counts_as_far_as_the_phase_in() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000))
    share = half(performance=pool, phase_in=(0.0, 0.5), total_gain_cap=Pounds(amount=800), basis=Cumulative())
    ledger = after(scenario(years=3, risk_share=share), [0], performance(3, 100))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 400, 800)
    free = share.edited(total_gain_cap=share.cost_gain_cap)
    ledger = after(scenario(years=3, risk_share=free), [0], performance(3, 100))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 500, 1000)


@pytest.mark.parametrize(
    ("caps", "savings", "paid"),
    [
        ({"gain_cap": {"kind": "pounds", "amount": 1.0}}, (10, -10), (1, -1)),
        ({"pain_cap": {"kind": "pounds", "amount": 1.0}}, (-10, 10), (-1, 1)),
        ({"pain_cap": {"kind": "pounds", "amount": 1.0}}, (-10, -10), (-1, -1)),
        ({"gain_cap": {"kind": "pounds", "amount": 1.0}}, (1, 10), (0.5, 1.5)),
    ],
)
def test_a_term_that_is_trued_up_is_held_within_the_caps_of_all_its_years(
    caps: dict[str, Any], savings: tuple[float, float], paid: tuple[float, float]
) -> None:
    """Half of what the term saves, at most £2 either way, whatever the years on account came to."""
    case = scenario(years=2, providers=(provider(**caps),), risk_share=half(basis=Cumulative()))
    costs = TARGET - np.array(savings, dtype=float)[:, None, None]
    assert settle(terms(case), costs, performance(2)).limb3[:, 0, 0].tolist() == penny(*paid)


def test_pain_carried_forward_has_the_pain_caps_of_all_years_and_gain_that_of_its_own() -> None:
    caps: dict[str, Any] = {
        "pain_cap": {"kind": "pounds", "amount": 1.0},
        "gain_cap": {"kind": "pounds", "amount": 1.0},
    }
    case = scenario(years=3, providers=(provider(**caps),), risk_share=half(basis=CarryForward()))
    for savings, paid in (((10, 10, 10), (1, 1, 1)), ((-10, -10, -10), (0, 0, -3)), ((-10, 8, 0), (0, 0, -1))):
        costs = TARGET - np.array(savings, dtype=float)[:, None, None]
        assert settle(terms(case), costs, performance(3)).limb3[:, 0, 0].tolist() == penny(*paid)


def test_relief_of_a_one_sided_year_eases_no_other_years_pain() -> None:
    case = scenario(years=2, risk_share=half(one_sided_years=1, basis=Cumulative()))
    ledger = settle(terms(case), np.full((2, 1, 1), TARGET + 10), performance(2), relief=np.array([[5.0], [1.0]]))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, -4)


def test_a_gate_on_the_score_never_lowers_pain() -> None:
    """Share × quality on pain: at a score of 60 the multiplier is 80%; counted as -100 it would be nothing."""
    case = scenario(risk_share=half(pain_modifier=QualityModifier()))
    ops, never = np.array([[60.0]]), np.zeros((1, 1), dtype=bool)
    failed = Scores(np.full((1, 1), -100.0), ops, never, never, never, never)
    for scores in (Scores.ungated(ops), failed):
        assert settle(terms(case), outturn([TARGET + 100]), scores).limb3[0, 0].tolist() == penny(-40)


def test_over_the_term_performance_stays_as_it_was_in_each_year() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000), max_pain=0.1)
    case = scenario(years=2, risk_share=half(performance=pool, basis=Cumulative()))
    scores = Scores.ungated(np.array([[100.0], [-100.0]]))
    ledger = settle(terms(case), np.full((2, 1, 1), TARGET), scores)
    assert ledger.limb3[:, 0, 0].tolist() == penny(1000, -100)


def test_over_the_term_the_net_stays_within_the_caps_of_all_years() -> None:
    """£40 a year for two years; what was paid in the first year may be taken back besides."""
    capped = (provider(pain_cap=Pounds(amount=40), gain_cap=Pounds(amount=70)),)
    case = scenario(years=2, providers=capped, risk_share=half(basis=Cumulative()))
    for savings, paid in {
        (60, -218): (30, -109),
        (60, -220): (30, -110),
        (60, -222): (30, -110),
        (-60, -98): (-30, -49),
        (-60, -102): (-30, -50),
        (-60, 338): (-30, 169),
        (-60, 342): (-30, 170),
    }.items():
        assert over_years(case, list(savings)).limb3[:, 0, 0].tolist() == penny(*paid)


# Phase-in -------------------------------------------------------------------------------------------------------


def test_a_shadow_year_is_scored_but_not_settled() -> None:
    ledger = after(scenario(years=4, risk_share=half(phase_in=(0.0, 0.5))), [200, -200])
    assert ledger.limb3[:, 0].tolist() == [[0, 0], [50, -50], [100, -100], [100, -100]]
    assert ledger.providers_part[0].tolist() == [100, -100]
    assert ledger.commissioners[:, 0].tolist() == [[200, -200], [150, -150], [100, -100], [100, -100]]


def test_phase_in_comes_after_the_cap_on_the_total() -> None:
    share = half(phase_in=(0.5,), total_gain_cap=Pounds(amount=80))
    assert limb3(share, [200]) == penny(40)

"""Terms of the risk share: what each rule does by itself, and which terms are refused."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from model.allocation import Basis, ByFee, ByReserves, ByTarget, Equal, Stated
from model.amounts import LowerOf, OfFee, OfTarget, Pounds, Uncapped
from model.bands import Band, providers_part
from model.corridors import DeductibleCorridor, GateCorridor, NoCorridor
from model.modifiers import ModifierPoint, NoModifier, OneMinusModifier, QualityModifier, RampModifier, StepModifier
from model.pool import PerformancePool
from tests.model.build import provider, providers, scenario, share

SIZES = np.array([0.0, 1.0, 1.99, 2.0, 2.01, 5.0])
WHOLE = np.array(100.0)


def test_corridors_straddle_their_edge() -> None:
    assert NoCorridor().past(SIZES, WHOLE).tolist() == SIZES.tolist()
    assert GateCorridor(width=0.02).past(SIZES, WHOLE).tolist() == [0, 0, 0, 2, 2.01, 5]
    assert GateCorridor(width=0.02, inside=0.5).past(SIZES, WHOLE).tolist() == [0, 0.5, 0.995, 2, 2.01, 5]
    assert DeductibleCorridor(width=0.02).past(SIZES, WHOLE) == pytest.approx([0, 0, 0, 0, 0.01, 3])


def test_layers_of_a_band_add_up_to_the_whole() -> None:
    layers = (Band(up_to=0.01, share=1.0), Band(up_to=0.02, share=1.0), Band(up_to=None, share=1.0))
    assert providers_part(layers, SIZES, WHOLE) == pytest.approx(SIZES)


def test_bands_take_the_shape_of_the_saving() -> None:
    sizes = np.array([[0.0, 4.0], [8.0, 12.0]])
    target = np.array([[100.0], [200.0]])
    bands = (Band(up_to=0.05, share=0.5), Band(up_to=0.10, share=0.1))
    assert providers_part(bands, sizes, target) == pytest.approx(np.array([[0, 2], [4, 5.2]]))


def test_bands_in_pounds_do_not_follow_the_target() -> None:
    bands = (Band(up_to_pounds=2, share=1.0), Band(share=0.5))
    for target in (WHOLE, 10 * WHOLE):
        assert providers_part(bands, SIZES, target) == pytest.approx([0, 1, 1.99, 2, 2.005, 3.5])
    assert providers_part(bands, SIZES, WHOLE, years=1.5) == pytest.approx([0, 1, 1.99, 2, 2.01, 4])


@pytest.mark.parametrize(
    ("band", "end", "is_open"),
    [
        (Band(share=0.5), "no end", True),
        (Band(up_to=0.025, share=0.5), "2.5% of target cost", False),
        (Band(up_to_pounds=250_000, share=0.5), "£250,000", False),
    ],
)
def test_a_band_says_where_it_ends(band: Band, end: str, is_open: bool) -> None:
    assert (band.end, band.is_open) == (end, is_open)


def test_the_lower_of_two_sums_may_change_from_year_to_year() -> None:
    fee, target = np.array([10.0, 20.0, 30.0]), np.array([300.0, 200.0, 100.0])
    cap = LowerOf(first=OfFee(part=1.0), second=OfTarget(part=0.1))
    assert cap.pounds(fee, target).tolist() == [10, 20, 10]
    assert LowerOf(first=cap.second, second=cap.first).pounds(fee, target).tolist() == [10, 20, 10]


def test_amounts_follow_fee_and_target() -> None:
    fee, target = np.array([10.0, 20.0]), np.array([100.0, 300.0])
    assert Uncapped().pounds(fee, target).tolist() == [np.inf, np.inf]
    assert Pounds(amount=7).pounds(fee, target).tolist() == [7, 7]
    assert OfFee(part=0.5).pounds(fee, target).tolist() == [5, 10]
    assert OfTarget(part=0.1).pounds(fee, target).tolist() == [10, 30]


def test_allocation_looks_at_its_own_measure() -> None:
    basis = Basis(*(np.array([[float(i), 1.0]]) for i in range(2, 6)))
    rules: dict[Any, int] = {Stated(): 2, ByFee(): 3, ByTarget(): 4, ByReserves(): 5, Equal(): 1}
    assert [rule.raw(basis)[0, 0] for rule in rules] == list(rules.values())


def test_a_modifier_knows_its_largest_multiplier() -> None:
    lines = (ModifierPoint(ops=-50, multiplier=2), ModifierPoint(ops=50, multiplier=1))
    assert (RampModifier(points=lines).largest, StepModifier(points=lines).largest, NoModifier().largest) == (2, 2, 1)


def test_modifiers_by_quality_know_their_largest_multiplier() -> None:
    assert QualityModifier().largest == 1
    assert OneMinusModifier(share=0.5, lowest=0.2, highest=0.7).largest == 0.7
    assert OneMinusModifier().multiplier(np.array([-100.0, 0.0, 100.0])).tolist() == [1, 0.75, 0.5]


def test_the_pool_gives_parts_at_both_ends() -> None:
    pool = PerformancePool(pool=Pounds(amount=1), max_gain=0.6, max_pain=0.4)
    assert pool.part(np.array([-100.0, -50.0, 0.0, 50.0, 100.0])) == pytest.approx([-0.4, -0.2, 0, 0.3, 0.6])
    bonus_only = pool.edited(max_pain=0.0)
    assert bonus_only.part(np.array([-100.0, -1.0])).tolist() == [0, 0]


BAND_ERRORS = {
    "each band must end further out": (Band(up_to=0.05, share=0.5), Band(up_to=0.05, share=0.2)),
    "gain band 1 has no end, so no band can follow it": (Band(up_to=None, share=0.5), Band(up_to=0.05, share=0.2)),
    "gain band 1 ends at 0% of target cost, but it starts at 0;": (Band(up_to=0.0, share=0.5),),
    "gain band 1 ends at £0, but it starts at 0;": (Band(up_to_pounds=0.0, share=0.5),),
    "gain band 2 ends at £1,000, but it starts at £2,000;": (
        Band(up_to_pounds=2000, share=0.5),
        Band(up_to_pounds=1000, share=0.5),
    ),
    "gain band 2 ends in £, the one before in %; state all of them in one": (
        Band(up_to=0.05, share=0.5),
        Band(up_to_pounds=1e9, share=0.2),
    ),
    "gain band 2 ends in %, the one before in £; state all of them in one": (
        Band(up_to_pounds=1000, share=0.5),
        Band(up_to=0.05, share=0.2),
        Band(share=0.1),
    ),
}


def test_a_band_ends_only_once() -> None:
    with pytest.raises(ValidationError, match=r"a band ends at 5% of target cost or at £1,000, not at both"):
        Band(up_to=0.05, up_to_pounds=1000, share=0.5)


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        ({"neutral_from": 20, "neutral_to": 10}, "the neutral zone ends at 10, before it starts at 20"),
        ({"neutral_from": -100}, "a neutral zone from -100 leaves nothing to lose; set 'Most lost' to 0%"),
        ({"neutral_to": 100}, "a neutral zone up to 100 leaves nothing to gain; set 'Most gained' to 0%"),
        ({"neutral_from": -101, "max_pain": 0}, "greater than or equal to -100"),
        ({"neutral_to": 101, "max_gain": 0}, "less than or equal to 100"),
    ],
)
def test_the_neutral_zone_must_leave_room_for_what_is_at_stake(zone: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        PerformancePool.model_validate({"pool": Pounds(amount=1), **zone})


def test_the_neutral_zone_may_lie_on_either_side_or_cover_everything() -> None:
    for low, high in ((20, 30), (-30, -20), (-100, 0), (0, 100), (-100, 100), (100, 100), (-100, -100)):
        most, worst = float(high < 100), float(low > -100)
        pool = PerformancePool(pool=Pounds(amount=1), max_gain=most, max_pain=worst, neutral_from=low, neutral_to=high)
        found = pool.part(np.array([-100.0, low, (low + high) / 2, high, 100.0]))
        assert found == pytest.approx([-worst, 0, 0, 0, most])


def test_a_modifiers_limits_must_be_in_order() -> None:
    assert OneMinusModifier(lowest=0.4, highest=0.4).largest == 0.4
    with pytest.raises(ValidationError, match="the modifier's 'At least' is above its 'At most'"):
        OneMinusModifier(lowest=0.5, highest=0.4)


@pytest.mark.parametrize("sentence", BAND_ERRORS)
def test_bands_must_walk_outward(sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        share(gain_bands=BAND_ERRORS[sentence])


@pytest.mark.parametrize(
    "terms",
    [
        {"gain_corridor": {"kind": "gate", "width": 1.01}},
        {"gain_corridor": {"kind": "gate", "width": -0.01}},
        {"gain_bands": [{"up_to": 0.1, "share": 1.3}]},
        {"pain_bands": [{"up_to": 0.1, "share": -0.1}]},
        {"gain_modifier": {"kind": "ramp", "points": []}},
        {"gain_modifier": {"kind": "ramp", "points": [{"ops": 0, "multiplier": 1}, {"ops": 0, "multiplier": 2}]}},
        {"gain_modifier": {"kind": "step", "points": [{"ops": 0, "multiplier": -1}]}},
        {"cost_pain_cap": {"kind": "pounds", "amount": -1}},
        {"cost_pain_cap": {"kind": "pounds"}},
        {"performance": {"pool": {"kind": "none"}}},
        {"performance": {"pool": {"kind": "pounds", "amount": 1}, "neutral_to": 100}},
        {"performance": {"pool": {"kind": "pounds", "amount": 1}, "neutral_from": 1}},
        {"gain_corridor": {"kind": "gate", "width": 0.01, "inside": 1.1}},
        {"gain_bands": [{"up_to_pounds": -1, "share": 0.5}]},
        {"pain_modifier": {"kind": "one_minus", "share": 1.1}},
        {"haircut": 1.1},
        {"haircut_order": "never"},
        {"cost_pain_cap": {"kind": "lower_of", "first": {"kind": "none"}}},
        {"one_sided_years": -1},
        {"basis": {"kind": "monthly"}},
        {"basis": {"kind": "carry_forward", "rest": "forgotten"}},
        {"over_partner_caps": "nobody"},
        {"phase_in": [1.1]},
        {"phase_in": [-0.1]},
        {"gain_allocation": {"kind": "by_size"}},
        {"gainshare": 0.5},
    ],
    ids=str,
)
def test_impossible_terms_are_refused(terms: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        share(**terms)


def test_stated_shares_must_add_up() -> None:
    with pytest.raises(ValidationError, match="Providers' shares of gain add up to 130%, not 100%"):
        scenario(providers=providers(0.6, 0.7))
    lopsided = (provider("A", gain_share=0.5, pain_share=0.4), provider("B", gain_share=0.5, pain_share=0.5))
    with pytest.raises(ValidationError, match="Providers' shares of pain add up to 90%, not 100%"):
        scenario(providers=lopsided)


def test_stated_shares_do_not_matter_under_another_rule() -> None:
    assert scenario(providers=providers(0.0, 0.0), risk_share=share(gain_allocation=Equal(), pain_allocation=Equal()))


@pytest.mark.parametrize(
    ("rule", "nobody", "sentence"),
    [
        (ByFee(), {"fee_rate": 0.0}, "gain cannot be split by fee: no provider has a fee"),
        (ByReserves(), {"reserves": 0.0}, "gain cannot be split by reserves: no provider has reserves"),
        (ByReserves(), {}, "gain cannot be split by reserves: those of A and B are not stated"),
    ],
)
def test_a_split_by_something_that_nobody_has_is_refused(
    rule: ByFee | ByReserves, nobody: dict[str, float], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        scenario(providers=providers(0.5, 0.5, **nobody), risk_share=share(gain_allocation=rule))

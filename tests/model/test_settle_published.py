"""The settlement of published cases (worked_examples.yaml)."""

from typing import Any

import pytest

from model.amounts import Pounds
from model.bands import Band
from model.contract import RiskShare
from model.corridors import DeductibleCorridor, GateCorridor
from model.modifiers import ModifierPoint as At
from model.modifiers import StepModifier
from model.settle import settle
from model.terms import terms
from tests.model.build import (
    PENNY,
    limb3,
    outturn,
    penny,
    performance,
    provider,
    providers,
    scenario,
)
from tests.model.build import share as half


def alone(target: float, fee: float, share: RiskShare, actual: float) -> tuple[float, float]:
    """One provider with this target, fee and actual cost: its fee with Limb 3, and the price with both."""
    single = scenario(providers=(provider(baseline_cost=target, fee_rate=fee / target),), risk_share=share)
    result = settle(terms(single), outturn([actual]), performance(1)).result[0, 0, 0]
    return result, actual + result


def flat(gain: float, pain: float) -> dict[str, Any]:
    return {"gain_bands": (Band(up_to=None, share=gain),), "pain_bands": (Band(up_to=None, share=pain),)}


def between(fee: float, least: float, most: float) -> dict[str, Any]:
    """Caps that hold a fee between two sums."""
    return {"total_pain_cap": Pounds(amount=fee - least), "total_gain_cap": Pounds(amount=most - fee)}


@pytest.mark.parametrize(
    ("target", "fee", "share", "actual", "paid_fee", "price"),
    [
        pytest.param(100_000, 8000, RiskShare(**flat(0.25, 0.25)), 80_000, 13_000, 93_000, id="E01"),
        pytest.param(
            300_000, 40_000, RiskShare(**flat(0.2, 0.2), **between(40_000, 10_000, 60_000)), 380_000, 24_000, 404_000,
            id="E03",
        ),
        pytest.param(
            1e6, 100_000, RiskShare(**flat(0.2, 0.2), **between(100_000, 60_000, 140_000)), 950_000, 110_000, 1_060_000,
            id="E06",
        ),
        pytest.param(
            100, 10, RiskShare(**flat(0.10, 0.15), **between(10, 7, 12)), 80, 12, 92, id="E36 cheaper"
        ),
        pytest.param(100, 10, RiskShare(**flat(0.10, 0.15), **between(10, 7, 12)), 120, 7, 127, id="E36 dearer"),
        pytest.param(3e6, 0, RiskShare(**flat(0.5, 1.0)), 2.4e6, 300_000, 2.7e6, id="E26"),
        pytest.param(
            2e6, 0, RiskShare(**flat(1.0, 0.5), total_pain_cap=Pounds(amount=100_000)), 2.4e6, -100_000, 2.3e6, id="E28"
        ),
        pytest.param(
            150_000, 30_000,
            RiskShare(pain_bands=(Band(up_to=(20_000 / 0.6) / 150_000, share=0.4), Band(up_to=None, share=1.0))),
            210_000, -10_000, 200_000, id="E10 fixed price ceiling",
        ),
    ],
)  # fmt: skip
def test_published_incentive_fees(
    target: float, fee: float, share: RiskShare, actual: float, paid_fee: float, price: float
) -> None:
    assert alone(target, fee, share, actual) == pytest.approx((paid_fee, price), abs=PENNY)


CONSTRUCTION = RiskShare(
    gain_bands=(Band(up_to=0.05, share=0.5), Band(up_to=1.0, share=0.3)),
    pain_bands=(Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.2)),
)


@pytest.mark.parametrize(
    ("share", "target", "actual", "paid"),
    [
        pytest.param(RiskShare(**flat(0.5, 0.5)), 100_000, 150_000, -25_000, id="E13a"),
        pytest.param(CONSTRUCTION, 1e6, 1_080_000, -31_000, id="E15"),
        pytest.param(RiskShare(pain_bands=(Band(up_to=0.05, share=0.5),)), 1e6, 1.1e6, -25_000, id="E18"),
        pytest.param(
            CONSTRUCTION.edited(cost_pain_cap=Pounds(amount=20_000)), 1e6, 1_080_000, -20_000, id="E19"
        ),
    ],
)  # fmt: skip
def test_published_share_ranges(share: RiskShare, target: float, actual: float, paid: float) -> None:
    single = scenario(providers=(provider(baseline_cost=target),), risk_share=share)
    ledger = settle(terms(single), outturn([actual]), performance(1))
    assert ledger.limb3[0, 0, 0] == pytest.approx(paid, abs=PENNY)
    assert ledger.commissioners[0, 0, 0] == pytest.approx(target - actual - paid, abs=PENNY)


def test_published_pain_is_split_between_partners() -> None:
    pair = providers(0.6, 0.4, baseline_cost=500_000)
    ledger = settle(
        terms(scenario(providers=pair, risk_share=CONSTRUCTION)), outturn([540_000, 540_000]), performance(1)
    )
    assert ledger.limb3[0, :, 0].tolist() == penny(-18_600, -12_400)


@pytest.mark.parametrize(("gate", "paid"), [(0.0, 281_250), (0.01, 0)], ids=["E29a", "E29b"])
def test_published_minimum_savings_rate(gate: float, paid: float) -> None:
    share = half(gain_corridor=GateCorridor(width=gate))
    assert alone(500 * 125_000, 0, share, 495.5 * 125_000)[0] == pytest.approx(paid, abs=PENNY)


@pytest.mark.parametrize(("actual", "to_plan"), [(85, -8.1), (95, -1.0), (97, 0), (103, 0), (105, 1.0), (115, 8.1)])
def test_published_risk_corridor(actual: float, to_plan: float) -> None:
    """42 USC 18062(b): nothing within 3%, half of the next 5%, 80% beyond; the plan pays when it underspends."""
    layers = (Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.8))
    three = DeductibleCorridor(width=0.03)
    share = RiskShare(gain_bands=layers, pain_bands=layers, gain_corridor=three, pain_corridor=three)
    single = scenario(providers=(provider(baseline_cost=100, fee_rate=0),), risk_share=share)
    ledger = settle(terms(single), outturn([actual]), performance(1))
    assert -ledger.limb3[0, 0, 0] == pytest.approx(to_plan, abs=1e-9)


def test_published_share_by_thresholds_met() -> None:
    """E40: 14 thresholds; the share of the saving depends on how many are met."""
    rates = {0: 0.0, 9: 0.41, 10: 0.44, 11: 0.44, 12: 0.47, 13: 0.47, 14: 0.50}
    lines = tuple(At(ops=-100 + 200 * met / 14, multiplier=rate) for met, rate in rates.items())
    share = RiskShare(**flat(1.0, 0.0), gain_modifier=StepModifier(points=lines))
    for met, rate in zip([14, 13, 12, 11, 10, 9, 8, 0], [0.50, 0.47, 0.47, 0.44, 0.44, 0.41, 0.0, 0.0], strict=True):
        assert limb3(share, [1000], ops=-100 + 200 * met / 14) == penny(1000 * rate)

"""A stress that a scenario takes over as its own inputs gives the figures of that stress."""

import numpy as np
import pytest

from data import presets
from model.adopting import adopted, certain, dearer, moved
from model.distributions import Beta, Fixed, LogNormal, Normal, Pert, StudentT, ThreePoints, Triangular, Uniform
from model.evidence import Distribution, FromData, Pool, View
from model.failing import ProviderFails
from model.happening import RiskSwitch
from model.plan import plan
from model.stress import (
    CorrelationsDoubled,
    CostsWorse,
    InflationShock,
    KpisAt,
    OneDearer,
    SavingsLate,
    Single,
    Stress,
    Together,
)
from model.uncertainty import Mitigation
from tests.model.test_stress import effects

UNSAID = [InflationShock(0.03), CorrelationsDoubled(), ProviderFails(0, 1, 0.15), CostsWorse(0.04, (0, 1)), KpisAt()]
LATE = Together((CostsWorse(0.03), SavingsLate()))


@pytest.mark.parametrize("name", presets.names())
@pytest.mark.parametrize("stress", [CostsWorse(0.03), OneDearer(0, 0.05), SavingsLate(), LATE], ids=repr)
def test_a_stress_as_inputs_gives_what_the_stress_gives(name: str, stress: Stress) -> None:
    scenario = presets.preset(name)
    found = adopted(stress, scenario)
    assert found is not None
    there, here = (each.figures[:2, 0] for each in (effects(scenario, stress, 4_096), effects(found, n=4_096)))
    assert np.allclose(there, here, rtol=5e-3, atol=3_000)  # random numbers are turned a little differently


def test_a_risk_left_out_is_switched_off() -> None:
    scenario = presets.preset(presets.FIRST)
    found = adopted(RiskSwitch(0, "left out"), scenario)
    assert found is not None and not found.uncertainty.risks[0].included


@pytest.mark.parametrize("in_place", [True, False])
def test_a_risk_that_is_certain_comes_in_every_future_once(in_place: bool) -> None:
    scenario = presets.preset("project-alliance")
    risks = list(scenario.uncertainty.risks)
    done = Mitigation(in_place=in_place, probability=0.01, impact=0.5, cost=10_000.0)
    risks[0] = risks[0].edited(included=False, mitigation=done)
    found = certain(scenario.edited(uncertainty=scenario.uncertainty.edited(risks=tuple(risks))), 0)
    risk = plan(found).risks[0]
    assert (risk.once, risk.probability, risk.left) == (True, 1.0, 0.5 if in_place else 1.0)


@pytest.mark.parametrize("stress", UNSAID, ids=repr)
def test_a_stress_that_no_input_can_say_is_not_taken_over(stress: Single) -> None:
    scenario = presets.preset(presets.FIRST)
    assert adopted(stress, scenario) is None
    assert adopted(Together((CostsWorse(0.01), stress)), scenario) is None


VIEWS = (View(name="A", view=Normal(mean=0.0, sd=0.1)), View(name="B", weight=2.0, view=Fixed(value=0.1)))


@pytest.mark.parametrize(
    "uncertain",
    [
        Fixed(value=0.1),
        *(kind.like(0.1, 0.2) for kind in (Uniform, Triangular, Pert, Normal, StudentT, LogNormal, Beta, ThreePoints)),
        FromData(values=(0.1, 0.2, 0.3, -0.1, 0.0)),
        Pool(views=VIEWS),
    ],
    ids=lambda one: one.kind,
)
def test_every_value_of_every_kind_is_moved_alike(uncertain: Distribution) -> None:
    u = np.array([0.05, 0.3, 0.5, 0.9])
    assert np.allclose(moved(uncertain, 1.03, 0.03).ppf(u), 1.03 * uncertain.ppf(u) + 0.03, atol=2e-5)


def test_only_the_provider_that_is_named_is_dearer() -> None:
    scenario = presets.preset(presets.FIRST)
    found = dearer(scenario, 0.05, 1)
    same = [a == b for a, b in zip(found.providers, scenario.providers, strict=True)]
    assert same.count(False) == 1 and not same[1]
    assert found.providers[1].cost_deviation.mean == pytest.approx(0.05, abs=0.06)

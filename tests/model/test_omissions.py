"""What a scenario leaves out, named one by one."""

import pytest

from model.distributions import Fixed, Normal
from model.omissions import omissions
from model.scenario import Scenario
from model.uncertainty import Risk
from tests.model.build import framework, kpi, provider, scenario, uncertain

SPREAD = Normal(mean=0.0, sd=0.05)
NEVER = (
    "Not in any range: a partner that leaves or fails, a cut of the commissioners' budget, a change of law or of the "
    "contract itself, when in the year cash is paid, how people act once it pays them, and whatever nobody has thought "
    "of."
)
STRIKE = Risk(name="Strike", probability=0.1, impact=Fixed(value=1.0))


def known(**changes: object) -> Scenario:
    """An alliance in which everything is uncertain."""
    one = provider(cost_deviation=SPREAD, baseline_error=SPREAD, required_saving=0.1)
    unsure = uncertain(STRIKE).edited(prices=SPREAD, savings_delivered=SPREAD)
    whole = scenario(providers=(one,), uncertainty=unsure, framework=framework(kpi(deviation=Normal(mean=0.0, sd=2.0))))
    return whole.edited(**changes)


def test_where_everything_is_uncertain_only_what_no_model_knows_is_left_out() -> None:
    assert omissions(known()) == (NEVER,)


def test_risks_that_are_switched_off_are_named() -> None:
    off = known().uncertainty.edited(risks=(STRIKE.edited(included=False),))
    assert omissions(known(uncertainty=off))[0] == "Risks that are switched off: 'Strike'."


def test_no_listed_risk_is_said() -> None:
    bare = known().uncertainty.edited(risks=())
    assert "No single risk is listed." in omissions(known(uncertainty=bare))


def test_what_is_taken_as_certain_is_named() -> None:
    certain = Fixed(value=0.0)
    sure = known().providers[0].edited(name="Hospice", cost_deviation=certain, baseline_error=certain)
    unsure = known().uncertainty.edited(prices=certain, savings_delivered=Fixed(value=1.0))
    found = " ".join(omissions(known(providers=(sure,), uncertainty=unsure, framework=framework(kpi("Waiting")))))
    for said in (
        "the baselines of Hospice",
        "the yearly costs of Hospice",
        "the values of Waiting",
        "Taken as certain: prices.",
        "the delivery of savings",
    ):
        assert said in found


def test_a_rate_measured_on_few_people_is_not_certain() -> None:
    few = framework(kpi("Waiting", unit="%", people=40))
    assert "Waiting" not in " ".join(omissions(known(framework=few)))


@pytest.mark.parametrize("name", ["Funding is cut in the year; closing posts costs money", "Cuts to the NHS budget"])
@pytest.mark.parametrize("included", [True, False])
def test_a_cut_of_the_budget_is_not_left_out_where_a_risk_speaks_of_it(name: str, included: bool) -> None:
    cut = known().uncertainty.edited(risks=(STRIKE.edited(name=name, included=included),))
    found = omissions(known(uncertainty=cut))
    assert found[-1] == NEVER.replace("a cut of the commissioners' budget, ", "")
    assert (f"Risks that are switched off: '{name}'." in found) is not included


@pytest.mark.parametrize("name", ["Funding arrives late", "Staff are cut", "The reduced hours end"])
def test_another_risk_speaks_of_no_cut_of_the_budget(name: str) -> None:
    other = known().uncertainty.edited(risks=(STRIKE.edited(name=name),))
    assert omissions(known(uncertainty=other))[-1] == NEVER

"""What another's overspend costs a partner, worked by hand."""

import pytest

from model.basis import Yearly
from model.corridors import GateCorridor
from model.overspill import overspill
from tests.model.build import provider, scenario, share

TWO = (
    provider(name="Large", baseline_cost=80e6, gain_share=0.5, pain_share=0.5),
    provider(name="Small", baseline_cost=20e6, gain_share=0.5, pain_share=0.5),
)


def test_a_partner_on_target_bears_its_part_of_anothers_overspend() -> None:
    """Large costs £8m more; providers bear half of it, and Small half of that."""
    found = overspill(scenario(providers=TWO, risk_share=share(basis=Yearly())), 0, 0.0, 1)
    assert found is not None
    assert (found.whose, found.overspend) == ("Large", pytest.approx(8e6))
    assert found.costs == pytest.approx(2e6)
    assert found.before == pytest.approx(0.0)


def test_separate_contracts_pass_nothing_on() -> None:
    apart = tuple(one.edited(pooled=0.0) for one in TWO)
    found = overspill(scenario(providers=apart, risk_share=share(basis=Yearly())), 0, 0.0, 1)
    assert found is not None and found.costs == pytest.approx(0.0)


def test_inside_a_gate_nothing_is_passed_on() -> None:
    gate = share(basis=Yearly(), pain_corridor=GateCorridor(width=0.09))
    found = overspill(scenario(providers=TWO, risk_share=gate), 0, 0.0, 1)
    assert found is not None and found.costs == pytest.approx(0.0)


def test_a_lone_provider_has_no_other_to_pay_for() -> None:
    assert overspill(scenario(providers=(provider(),), risk_share=share(basis=Yearly())), 0, 0.0, 0) is None

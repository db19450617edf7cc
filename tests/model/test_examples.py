"""Worked examples of a contract, against arithmetic by hand."""

import pytest

from model.amounts import OfFee
from model.examples import examples
from model.framework import LEVELS
from tests.model.build import framework, kpi, providers, scenario, share


def test_a_saving_of_a_tenth_is_shared_by_halves() -> None:
    """£10m saved of £100m, half to the provider; on target nothing; £5m over, half borne."""
    found = [example.future.paid for example in examples(scenario(), 0)]
    assert found == pytest.approx([5e6, 0.0, -2.5e6])


def test_every_kpi_is_at_the_level_that_is_named() -> None:
    found = examples(scenario(framework=framework(kpi())), 0)
    assert [example.future.ops for example in found] == pytest.approx([50.0, 0.0, -50.0])
    for example, level in zip(found, ("stretch", "minimum", "poor"), strict=True):
        assert example.assumed.endswith(f"every KPI at {level}")


def test_a_cap_on_pain_has_its_example_at_the_smallest_overspend_that_meets_it() -> None:
    """The fee is £5m, half of an overspend of £15m is more than that, half of £10m is not."""
    *_, capped = examples(scenario(risk_share=share(total_pain_cap=OfFee(part=1.0))), 0)
    assert "15% over target" in capped.assumed
    assert capped.future.paid == pytest.approx(-5e6)


def test_a_partners_own_cap_has_an_example_too() -> None:
    capped = tuple(p.edited(pain_cap=OfFee(part=0.5)) for p in providers(0.5, 0.5))
    found = examples(scenario(providers=capped), 0)
    assert len(found) == 4 and found[-1].future.amount("limb3", 0) == pytest.approx(-2.5e6)


def test_without_kpis_no_level_is_named() -> None:
    assert not any(level in example.assumed for example in examples(scenario(), 0) for level in LEVELS)

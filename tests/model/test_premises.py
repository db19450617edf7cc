"""Designs on the same premises: terms and targets stay each design's own."""

import pytest

from data import presets
from model.plan import plan
from model.premises import on_premises_of, otherwise
from model.scenario import Scenario
from model.variants import variants

BEFORE = presets.preset("small-charities")


def dearer(scenario: Scenario) -> Scenario:
    """Every provider's costs 3% higher."""
    spread = {"kind": "student_t", "centre": 0.03, "scale": 0.045, "df": 6.0}
    return scenario.edited(providers=tuple(one.edited(cost_deviation=spread) for one in scenario.providers))


def test_a_design_with_other_costs_says_so_and_has_the_other_ones_costs_on_its_premises() -> None:
    said = [one.said for one in otherwise(dearer(BEFORE), BEFORE)]
    assert said[0] == "Cost uncertainty › Centre, all 6 providers: 3% → 0%"
    assert on_premises_of(dearer(BEFORE), BEFORE) == dearer(BEFORE)
    assert on_premises_of(BEFORE, dearer(BEFORE)) == BEFORE


def test_kpis_of_the_same_name_are_expected_to_be_in_the_same_place() -> None:
    first, *others = BEFORE.framework.kras
    kpi, *rest = first.kpis
    moved = kpi.edited(expected=kpi.expected + 1, levels=kpi.levels.edited(stretch=kpi.levels.stretch + 0.5))
    framework = BEFORE.framework.edited(kras=(first.edited(kpis=(moved, *rest)), *others))
    found = on_premises_of(BEFORE, BEFORE.edited(framework=framework))
    one = next(found.framework.kpis())
    assert one.expected == kpi.expected
    assert one.levels == moved.levels


@pytest.mark.parametrize("preset", presets.names())
def test_designs_with_other_terms_and_targets_only_assume_the_same_and_keep_them(preset: str) -> None:
    today = presets.preset(preset)
    contingency = today.edited(baseline=today.baseline.edited(contingency=0.07))
    for design in (contingency, *(one.scenario for one in variants(today))):
        assert otherwise(today, design) == ()
        found = on_premises_of(dearer(today), design)
        assert found.risk_share == design.risk_share
        assert found.baseline == design.baseline
        assert [one.pain_share for one in found.providers] == [one.pain_share for one in design.providers]
        assert plan(found) == plan(dearer(design))


def test_a_design_of_other_partners_stays_as_it_is() -> None:
    lambeth = presets.preset(presets.FIRST)
    assert on_premises_of(lambeth, BEFORE) == BEFORE
    assert otherwise(lambeth, BEFORE) == ()

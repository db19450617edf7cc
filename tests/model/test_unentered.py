"""A range counts as entered once it differs from what a new line begins with, or somebody has noted anything on it."""

import pytest

from data import presets
from model import assumptions, inert, unentered
from model.base import Source
from model.distributions import Normal
from model.scenario import Scenario
from tests.model.build import provider, scenario
from ui.new_lines import NEW_KPI, NEW_PROVIDER

FIXED = {"kind": "fixed", "value": 0.0}
NEW = presets.preset(presets.NEW)


def noted(**told: str) -> Scenario:
    """A new alliance whose first provider's costs are noted on."""
    first, *others = NEW.providers
    source = Source(field="cost_deviation", **{"note": "", **told})
    return NEW.edited(providers=(first.edited(sources=(source,)), *others))


def test_a_new_alliance_has_ranges_that_nobody_has_entered_and_examples_have_none() -> None:
    assert unentered.costs(NEW) == ["Provider 1", "Provider 2"]
    assert unentered.together(NEW) == ["between_costs", "year_to_year"]
    assert unentered.deviations(NEW) == [], "no money rests on it"
    multiplied = NEW.risk_share.edited(gain_modifier=presets.preset(presets.FIRST).risk_share.gain_modifier)
    assert unentered.deviations(NEW.edited(risk_share=multiplied)) == ["KPI 1"]
    for name in presets.names():
        one = presets.preset(name)
        if one.illustrative:
            assert unentered.costs(one) + unentered.deviations(one) + unentered.together(one) == [], name


@pytest.mark.parametrize(("blocks", "named"), [("cost gain", True), ("all gain", True), ("the pool", False)])
def test_money_rests_on_a_kpi_by_a_gate_on_what_can_be_gained(blocks: str, named: bool) -> None:
    area, *_ = NEW.framework.kras
    gated = area.kpis[0].edited(gate={"level": "poor", "blocks": blocks})
    kras = (area.edited(kpis=(gated, *area.kpis[1:])),)
    assert bool(inert.paid_for(NEW.edited(framework=NEW.framework.edited(kras=kras)))) is named


def test_what_is_looked_for_is_what_new_lines_begin_with() -> None:
    assert NEW_PROVIDER["cost_deviation"] == NEW.providers[0].model_dump(mode="json")["cost_deviation"]
    kpi = next(NEW.framework.kpis())
    assert NEW_KPI["deviation"] == kpi.model_dump(mode="json")["deviation"]
    together = NEW.uncertainty.correlations
    for owner in (NEW.providers[0], NEW.uncertainty, together):
        for entry in unentered.BEGINS[type(owner)]:
            assert unentered.begun(NEW, owner, entry), entry
    assert NEW_PROVIDER.get("baseline_error", FIXED) == FIXED
    assert {source.note for source in together.sources} == {*unentered.OF_TOGETHER}
    assert {source.note for one in NEW.providers for source in one.sources} == {unentered.OF_COST}


def test_a_range_of_ones_own_is_entered() -> None:
    first, *others = NEW.providers
    for changed in ({"scale": 0.05}, {"centre": 0.01}, {"df": 6.0}):
        own = first.edited(cost_deviation=unentered.COST.edited(**changed))
        assert unentered.costs(NEW.edited(providers=(own, *others))) == ["Provider 2"]


@pytest.mark.parametrize("told", [{"note": "Our last six years."}, {"owner": "Finance lead"}, {"date": "2026-11-22"}])
def test_the_same_range_counts_as_entered_once_somebody_notes_anything_on_it(told: dict[str, str]) -> None:
    assert unentered.costs(noted(**told)) == ["Provider 2"]


def test_the_note_that_a_new_alliance_begins_with_is_nobodys() -> None:
    assert unentered.costs(noted(note=unentered.OF_COST)) == ["Provider 1", "Provider 2"]


def test_half_a_level_is_what_a_pasted_kpi_begins_with() -> None:
    kpi = next(NEW.framework.kpis())
    levels = kpi.levels.edited(failure=9.0, poor=10.5, minimum=12.0, stretch=13.5, gamebreaking=15.0)
    for sd, begun in ((0.75, True), (5.0, True), (0.8, False)):
        one = kpi.edited(levels=levels, deviation=Normal(mean=0.0, sd=sd))
        assert unentered.deviation(one) is begun
    aside = kpi.edited(deviation=Normal(mean=1.0, sd=5.0))
    assert not unentered.deviation(aside)


def test_the_log_tells_what_nobody_entered_apart_from_what_was() -> None:
    begun = provider("Begun").edited(cost_deviation=unentered.COST, gain_share=0.5, pain_share=0.5)
    own = provider("Own").edited(cost_deviation=Normal(mean=0, sd=0.02), gain_share=0.5, pain_share=0.5)
    table = assumptions.table(scenario(providers=(begun, own)))
    assert table.loc["Begun: cost", "assumed"] == (
        "9 in 10 between −8.63% and 8.63% of plan, middle 0% (Student t); as a new provider begins with; "
        "nobody has entered it: centre 0%, scale 4.4%, degrees of freedom 5.7"
    )
    assert "; as entered: mean 0%, standard deviation 2%" in table.loc["Own: cost", "assumed"]
    said = assumptions.table(NEW).loc["KPI 1: distance from its path", "assumed"]
    assert "; as a new KPI begins with; nobody has entered it: mean 0, standard deviation 5" in said


NOBODYS = "as a new alliance begins with; nobody has entered it"
ROWS = {
    "Provider 1: baseline error": (
        "certain: 0% for the whole term; as a new provider begins with; nobody has entered it: value 0%"
    ),
    "Savings delivered": f"certain: 100% of what is due; {NOBODYS}: value 100%",
    "Delivery by year": f"100%; the last stays; {NOBODYS}",
    "Prices against plan": f"certain: 0% each year, adding up; {NOBODYS}: value 0%",
    "Correlation: Between partners' costs": f"30%; {NOBODYS}",
    "Correlation: Year to year": f"60%; {NOBODYS}",
}


def test_the_log_of_a_new_alliance_says_of_every_other_row_that_nobody_entered_it() -> None:
    said = assumptions.table(NEW)["assumed"]
    assert {name: said[name] for name in ROWS} == ROWS
    assert all("nobody has entered it" in one for one in said)
    for name in presets.names():
        if name != presets.NEW:
            assert "nobody has entered it" not in " ".join(assumptions.table(presets.preset(name))["assumed"]), name


def test_a_row_that_is_noted_on_or_changed_is_as_entered() -> None:
    own = NEW.uncertainty.edited(
        prices=Normal(mean=0, sd=0.01),
        sources=(Source(field="savings_delivered", note="", date="2026-11-22"),),
        correlations=NEW.uncertainty.correlations.edited(year_to_year=0.0),
    )
    said = assumptions.table(NEW.edited(uncertainty=own))["assumed"]
    assert said["Prices against plan"].endswith("; as entered: mean 0%, standard deviation 1%")
    assert said["Savings delivered"] == "certain: 100% of what is due; as entered: value 100%"
    assert said["Correlation: Year to year"] == "0%"
    assert said["Delivery by year"] == ROWS["Delivery by year"]

"""Every uncertain input in a sentence, with its reason; what is certain where it has one."""

from typing import Any

import pytest

from data import presets
from model import assumptions, inputs
from model.bands import Band
from model.distributions import Fixed, Normal, Pert, ThreePoints
from model.documents import from_document, to_document
from model.evidence import FromData, Pool, View
from model.framework import Levels, Step
from model.modifiers import NoModifier
from model.uncertainty import Mitigation, Risk


def without_notes(node: Any) -> Any:
    """A document without its notes."""
    if isinstance(node, dict):
        return {key: without_notes(value) for key, value in node.items() if key != "sources"}
    return [without_notes(line) for line in node] if isinstance(node, list) else node


def notes_in(node: Any) -> list[dict[str, str]]:
    """Every note of a document."""
    if isinstance(node, dict):
        inner = [note for key, value in node.items() if key != "sources" for note in notes_in(value)]
        return [*node.get("sources", []), *inner]
    return [note for line in node for note in notes_in(line)] if isinstance(node, list) else []


@pytest.mark.parametrize("name", presets.names())
def test_every_uncertain_input_of_a_preset_is_listed_once(name: str) -> None:
    scenario = presets.preset(name)
    table = assumptions.table(from_document(without_notes(to_document(scenario))))
    unknown = scenario.uncertainty
    count = 2 * len(scenario.providers) + 3 + len(list(scenario.framework.kpis())) + len(unknown.risks) + 5
    assert len(table) == count + len(unknown.correlations.pairs)
    assert table.index.is_unique
    assert not table.isna().any().any()


@pytest.mark.parametrize("name", presets.names())
def test_every_note_of_a_preset_is_listed_once(name: str) -> None:
    document = to_document(presets.preset(name))
    for i, note in enumerate(notes_in(document)):
        note["note"] = f"<{i}>"
    table = assumptions.table(from_document(document))
    assert table.index.is_unique
    said = "".join(table["reason"])
    assert [said.count(note["note"]) for note in notes_in(document)] == [1] * len(notes_in(document))


def test_what_is_certain_is_listed_with_its_figure_once_it_has_a_note() -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["providers"][0]["sources"] = [{"field": "demand_growth", "note": "The census."}]
    document["risk_share"]["sources"] = [
        {"field": "total_pain_cap", "note": "Ours."},
        {"field": "gain_bands", "note": "Theirs."},
        {"field": "gain_corridor", "note": "Agreed."},
    ]
    document["risk_share"]["gain_corridor"] = {"kind": "gate", "width": 0.02, "inside": 0.0}
    table = assumptions.table(from_document(document))
    assert table.loc["Mental health trust › Demand growth"].tolist() == ["0%", "The census."]
    assert table.loc["Risk share › Cap on total pain"].tolist() == ["the fee", "Ours."]
    assert table.loc["Risk share › Gain bands", "assumed"] == (
        "50% up to 5% of target cost, 40% up to 10% of target cost"
    )
    assert table.loc["Risk share › Corridor for savings", "assumed"] == (
        "Gate: past it, from the first pound; corridor 2%, counts inside 0%"
    )


def test_bands_beyond_a_corridor_end_where_the_contract_says_that_they_end() -> None:
    document = to_document(presets.preset(presets.FIRST))
    terms = document["risk_share"]
    terms["pain_corridor"] = {"kind": "deductible", "width": 0.02}
    terms["pain_bands"] = [{"up_to": 0.08, "share": 0.5}, {"up_to": 0.1, "share": 0.4}, {"share": 0.3}]
    told = {one.input: one.assumed for one in inputs.certain(from_document(document))}
    assert told["Risk share › Pain bands"] == (
        "50% up to 8% beyond the corridor (10% over target cost), 40% up to 10% beyond the corridor "
        "(12% over target cost), 30% without end"
    )
    terms["sources"] = [{"field": "pain_bands", "note": "Agreed."}]
    noted = assumptions.table(from_document(document))
    assert noted.loc["Risk share › Pain bands", "assumed"] == told["Risk share › Pain bands"]


def test_entries_are_stated_in_words() -> None:
    assert assumptions.stated(None) == "none"
    assert assumptions.stated(True) == "yes"
    assert assumptions.stated(False) == "no"
    assert assumptions.stated("2018-07") == "2018-07"
    assert assumptions.stated((0.0, 0.5), "%") == "0%, 50%"
    assert assumptions.stated(()) == "none"
    assert assumptions.stated(Band(up_to=None, share=0.3)) == "30% without end"
    assert assumptions.stated(Normal(mean=0, sd=0.05), "%").startswith("9 in 10 between −8.22%")
    assert assumptions.stated(Levels(failure=1, poor=2, minimum=3, stretch=4, gamebreaking=5)) == (
        "failure 1, poor 2, minimum 3, stretch 4, gamebreaking 5"
    )


def test_a_reason_stands_beside_its_input_and_its_lack_is_told() -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["uncertainty"]["sources"] = [{"field": "prices", "note": "Our own record."}]
    table = assumptions.table(from_document(document))
    assert table.loc["Prices against plan", "reason"] == "Our own record."
    assert table.loc["Savings delivered", "reason"] == assumptions.NO_REASON


def test_a_range_is_stated_with_its_kind() -> None:
    assert assumptions.spread(Normal(mean=0, sd=0.05), "%", " of plan") == (
        "9 in 10 between −8.22% and 8.22% of plan, middle 0% (normal)"
    )
    assert assumptions.spread(Fixed(value=0.01), "%") == "certain: 1%"
    assert "(resampled from 5 values)" in assumptions.spread(FromData(values=(1, 2, 3, 4, 5)), "days")
    pool = Pool(views=(View(name="A", view=Pert(low=0, likely=1e5, high=3e5)),))
    assert assumptions.spread(pool, "£").endswith("(pooled from 1 view)")


def test_a_risk_costs_its_chance_times_its_mean_before_and_after_mitigation() -> None:
    after = Mitigation(probability=0.1, impact=0.5, cost=1000)
    risk = Risk(name="R", probability=0.2, impact=Fixed(value=100_000), mitigation=after)
    assert assumptions.expected_cost(risk, None) == pytest.approx(20_000)
    assert assumptions.expected_cost(risk, after) == pytest.approx(5_000)


def test_a_risk_is_listed_with_its_figures_as_entered_and_whom_it_hits() -> None:
    scenario = presets.preset(presets.FIRST)
    first, second = (provider.name for provider in scenario.providers[:2])
    measure = Mitigation(in_place=True, probability=0.05, impact=0.5, cost=12_345)
    risks = (
        Risk(name="Flood", probability=0.12345, impact=Pert(low=120_000, likely=281_234, high=650_000)),
        Risk(name="Fire", probability=0.2, impact=Fixed(value=123_456), hits=(first, second), mitigation=measure),
        Risk(name="Heat", probability=0.2, impact=Normal(mean=0.01, sd=0.002), impact_in="% of planned cost"),
        Risk(name="Noise", probability=0.2, impact=FromData(values=(1, 2, 3, 4, 5)), hits=(first,)),
    )
    table = assumptions.table(scenario.edited(uncertainty=scenario.uncertainty.edited(risks=risks)))
    flood, fire, heat, noise = (table.loc[f"Risk: {risk.name}", "assumed"] for risk in risks)
    assert flood.startswith("12.345% a year; costs 9 in 10 between £")
    assert flood.endswith(
        "; as entered: lowest £120,000, most likely £281,234, highest £650,000, shape 4; hits all providers"
    )
    assert f"as entered: value £123,456; hits {first} and {second}; mitigated" in fire
    assert fire.endswith("for £12,345 a year")
    assert heat.endswith("as entered: mean 1%, standard deviation 0.2%; hits all providers")
    assert noise.endswith(f"(resampled from 5 values); hits {first}")


def test_a_choice_is_called_what_the_page_calls_it() -> None:
    told = {one.input: one.assumed for one in inputs.certain(presets.preset(presets.FIRST))}
    scoring = {said for title, said in told.items() if title.endswith("› Scoring")}
    assert scoring == {"Table, in proportion between"}
    assert assumptions.stated(Step()) == "Table, in steps"
    assert assumptions.stated(NoModifier()) == "none"


def test_every_other_range_has_its_figures_too() -> None:
    scenario = presets.preset(presets.FIRST)
    first = scenario.providers[0].edited(cost_deviation=Pert(low=-0.01234, likely=0, high=0.05))
    table = assumptions.table(scenario.edited(providers=(first, *scenario.providers[1:])))
    assert table.loc[f"{first.name}: cost", "assumed"].endswith(
        "(PERT); as entered: lowest −1.234%, most likely 0%, highest 5%, shape 4"
    )
    third = first.edited(cost_deviation=ThreePoints(p10=-0.05, p50=0, p90=0.05))
    table = assumptions.table(scenario.edited(providers=(third, *scenario.providers[1:])))
    assert table.loc[f"{first.name}: cost", "assumed"].endswith("; as entered: P10 −5%, P50 0%, P90 5%")

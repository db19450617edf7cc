"""What differs between two designs is said in words."""

import copy
from typing import Any

import pytest

from data import presets
from model.adopting import adopted
from model.appetite import InPounds, InWords
from model.assumptions import stated
from model.differences import differences
from model.documents import to_document
from model.names import renamed
from model.stress import SavingsLate
from ui.new_lines import NEW_PROVIDER

BEFORE = to_document(presets.preset(presets.FIRST))


def test_the_same_design_has_no_differences() -> None:
    assert differences(BEFORE, copy.deepcopy(BEFORE)) == []


def test_a_changed_fee_is_said_with_its_partner_and_both_values() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][2]["fee_rate"] = 0.065
    assert differences(BEFORE, after) == ["Community charity › Fee: 6% → 6.5%"]


def test_a_sum_of_money_is_said_in_pounds() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][0]["baseline_cost"] = 40_000_000.0
    assert differences(BEFORE, after) == ["Mental health trust › Baseline cost: £38,000,000 → £40,000,000"]


def test_another_kind_of_term_is_one_difference() -> None:
    after = copy.deepcopy(BEFORE)
    after["risk_share"]["gain_corridor"] = {"kind": "gate", "width": 0.02}
    assert differences(BEFORE, after) == [
        "Risk share › Corridor for savings: deductible (Corridor: 0.5%) → gate (Corridor: 2%)"
    ]


def test_a_partner_of_another_kind_has_its_other_differences_said_too() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][2] |= {"kind": "NHS trust", "reserves": 4_000_000.0}
    assert differences(BEFORE, after) == [
        'Community charity › Kind: "charity" → "NHS trust"',
        "Community charity › Free reserves: £2,000,000 → £4,000,000",
    ]


def test_another_cap_is_said_in_full() -> None:
    after = copy.deepcopy(BEFORE)
    after["risk_share"]["total_gain_cap"] = {"kind": "of_target", "part": 0.01}
    after["risk_share"]["cost_gain_cap"] = {"kind": "pounds", "amount": 250_000.0}
    assert differences(BEFORE, after) == [
        "Risk share › Cap on cost gain: none → £250,000 a year",
        "Risk share › Cap on total gain: none → 1% of target cost",
    ]


def test_a_new_line_is_said_by_how_many_there_are() -> None:
    after = copy.deepcopy(BEFORE)
    after["risk_share"]["gain_bands"].append({"up_to": None, "share": 0.1})
    assert differences(BEFORE, after) == ["Risk share › Gain bands: 2 → 3"]


def test_an_entry_that_one_side_lacks_is_none_there() -> None:
    after = copy.deepcopy(BEFORE)
    after["framework"]["kras"][0]["kpis"][0]["gate"] = {"level": "failure", "blocks": "all gain"}
    (said,) = differences(BEFORE, after)
    assert said.endswith('Gate: none → given (Gate level: "failure"; Takes away: "all gain")')


def test_figures_of_a_range_have_the_unit_of_what_they_are_a_range_of() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][0]["cost_deviation"] |= {"centre": 0.01181}
    after["uncertainty"]["savings_delivered"] |= {"likely": 0.5}
    after["framework"]["kras"][0]["kpis"][0]["deviation"] |= {"sd": 7.5}
    said = differences(BEFORE, after)
    assert said[0].endswith("Standard deviation: 2.5 → 7.5")
    assert said[1].endswith("Savings delivered › Most likely: 70% → 50%")
    assert said[2].endswith("Cost uncertainty › Centre: 0% → 1.181%")


def test_views_of_a_range_have_its_unit_too() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    for document, likely in ((before, 0.01), (after, 0.02)):
        view = {"kind": "pert", "low": -0.1, "likely": likely, "high": 0.1, "shape": 4.0}
        views = [{"name": "Ann", "weight": 1.0, "view": view}]
        document["providers"][0]["cost_deviation"] = {"kind": "pool", "views": views}
    (said,) = differences(before, after)
    assert said.endswith("Ann › View › Most likely: 1% → 2%")


def test_the_cost_of_a_risk_is_in_the_unit_that_each_design_states() -> None:
    after = copy.deepcopy(BEFORE)
    after["uncertainty"]["risks"][0]["impact"]["likely"] = 123_456.0
    (said,) = differences(BEFORE, after)
    assert said.endswith("→ £123,456") and "Most likely: £" in said
    after["uncertainty"]["risks"][0] |= {"impact_in": "% of planned cost"}
    after["uncertainty"]["risks"][0]["impact"] = {"kind": "normal", "mean": 0.02, "sd": 0.01}
    said, _ = differences(BEFORE, after)
    assert "happens: 9 in 10 between £" in said
    assert said.endswith("→ 9 in 10 between 0.355% and 3.64%, middle 2% (normal)")


def test_another_kind_of_range_is_told_by_what_9_in_10_lie_between() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][3]["cost_deviation"] = {"kind": "three_points", "p10": -0.05, "p50": 0.05, "p90": 0.15}
    (said,) = differences(BEFORE, after)
    assert said.split(" → ")[0].endswith(", middle 0% (Student t)") and "student t" not in said
    assert said.endswith("(from P10, P50 and P90)") and ": 9 in 10 between −" in said
    after["providers"][3]["cost_deviation"]["p10"] = "a bit"
    (said,) = differences(BEFORE, after)
    assert "three points (P10: " in said


def test_a_reason_is_said_of_the_entry_that_it_is_about_wherever_it_stands() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    mine = [{"field": name, "note": f"Why {name}."} for name in ("reserves", "cost_deviation", "fee_rate")]
    before["providers"][0]["sources"] = mine
    after["providers"][0]["sources"] = [
        *reversed(mine[:2]),
        {"field": "fee_rate", "note": "The accounts.", "owner": "Bo"},
        {"field": "baseline_cost", "note": "Last year's."},
    ]
    assert differences(before, after) == [
        'Mental health trust › Fee › Reason or source: "Why fee_rate." → "The accounts."',
        'Mental health trust › Fee › Who answers for it: none → "Bo"',
        'Mental health trust › Baseline cost › Reason or source: none → "Last year\'s."',
    ]


def test_sources_in_another_order_are_no_difference() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    mine = [{"field": name, "note": "Why."} for name in ("reserves", "fee_rate")]
    before["providers"][0]["sources"], after["providers"][0]["sources"] = mine, mine[::-1]
    assert differences(before, after) == []


def test_a_chance_whose_sum_is_empty_is_no_difference() -> None:
    before, after, another = (copy.deepcopy(BEFORE) for _ in range(3))
    before["providers"][0]["appetite"] = InPounds(loss=1e6).model_dump(mode="json")
    after["providers"][0]["appetite"] = InPounds(loss=1e6, reserve_chance=0.2).model_dump(mode="json")
    assert differences(before, after) == []
    (said,) = differences(BEFORE, after)
    assert "'open' → limits in pounds (" in said
    assert said.endswith("Loss that must stay unlikely: £1,000,000; At most this likely: 10%)")
    another["providers"][0]["appetite"] = InPounds(loss_chance=0.2).model_dump(mode="json")
    (said,) = differences(before, another)
    assert "Loss that must stay unlikely: £1,000,000 → none" in said


def test_limits_of_which_none_is_entered_are_said_to_be_nothing() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    before["providers"][0]["appetite"] = InWords().model_dump(mode="json")
    after["providers"][0]["appetite"] = InPounds().model_dump(mode="json")
    (said,) = differences(before, after)
    assert said.endswith("Appetite: 'open' → nothing entered")
    assert stated(InPounds(reserve_chance=0.2), "") == "nothing entered"
    assert "£5" in stated(InPounds(loss=5.0), "")


LATE = "Uncertainty › Delivery by year: savings arrive a year later ("


@pytest.mark.parametrize("name", [name for name in presets.names() if presets.preset(name).planned_saving().any()])
def test_savings_a_year_late_are_said_in_words(name: str) -> None:
    scenario = presets.preset(name)
    late = adopted(SavingsLate(), scenario)
    assert late is not None
    before, after = to_document(scenario), to_document(late)
    (said,) = differences(before, after)
    assert said.startswith(f"{LATE}100% every year → 0% in ") and said.endswith(", then 100%)")
    (back,) = differences(after, before)
    assert "Delivery by year: savings arrive a year earlier (0% in " in back and back.endswith("→ 100% every year)")


def test_savings_late_again_are_one_line_that_says_so_too() -> None:
    once = adopted(SavingsLate(), presets.preset(presets.FIRST))
    twice = adopted(SavingsLate(), once) if once else None
    assert once and twice
    (said,) = differences(to_document(once), to_document(twice))
    assert said.startswith(f"{LATE}0% in 2018-19, 33.3% in ")


def test_another_delivery_by_year_is_said_year_by_year_and_no_more_than_is_true() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    before["uncertainty"]["delivered_by_year"] = [0.0, 0.5, 0.5, 1.0]
    after["uncertainty"]["delivered_by_year"] = [0.2, 0.5, 0.5, 1.0]
    parts = "in 2018-19, 50% from 2019-20 to 2020-21, then 100%"
    assert differences(before, after) == [f"Uncertainty › Delivery by year: 0% {parts} → 20% {parts}"]
    after["term"]["start"] = "what?"
    assert "20% in year 1" in differences(before, after)[1]
    after["uncertainty"]["delivered_by_year"] = ["what?"]
    assert differences(before, after)[1] == "Uncertainty › Delivery by year: 4 → 1"
    before["uncertainty"]["delivered_by_year"] = [1.0]
    assert differences(before, after)[1].endswith(', entry 1: 100% → "what?"')


def test_the_same_of_every_year_is_no_difference_however_it_is_written() -> None:
    after = copy.deepcopy(BEFORE)
    after["uncertainty"]["delivered_by_year"] = [1.0, 1.0, 1.0]
    assert differences(BEFORE, after) == []


def test_when_the_required_saving_is_due_is_said_year_by_year() -> None:
    after = copy.deepcopy(BEFORE)
    after["baseline"]["saving_phasing"] = [0.5, 1.0]
    (said,) = differences(BEFORE, after)
    assert said.endswith("→ 50% in 2018-19, then 100%")


def test_a_phase_in_is_said_year_by_year_and_in_full_after_its_years() -> None:
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(BEFORE)
    before["risk_share"]["phase_in"], after["risk_share"]["phase_in"] = [], [0.0, 0.5]
    assert differences(before, after) == [
        "Risk share › Phase-in: 100% every year → 0% in 2018-19, 50% in 2019-20, then 100%"
    ]
    before["risk_share"]["phase_in"], after["risk_share"]["phase_in"] = [0.5], [0.5, 1.0]
    assert differences(before, after) == []


def _with_a_line_more(document: dict[str, Any], path: tuple[str | int, ...]) -> list[dict[str, Any]]:
    """Adds a copy of the first line of a list, with a name of its own, to its end; gives the list."""
    lines: Any = document
    for key in path:
        lines = lines[key]
    lines.append({**copy.deepcopy(lines[0]), "name": "One more"})
    return list(lines)


def test_what_changed_in_lines_that_stayed_is_said_beside_those_that_came() -> None:
    after = copy.deepcopy(BEFORE)
    _with_a_line_more(after, ("providers",))[0]["fee_rate"] = 0.03
    _with_a_line_more(after, ("framework", "kras", 0, "kpis"))[0]["expected"] = 62.0
    _with_a_line_more(after, ("uncertainty", "risks"))[0]["probability"] = 0.33
    said = differences(BEFORE, after)
    assert len(said) == 6
    assert "Mental health trust › Fee: 4% → 3%" in said
    assert any(line.endswith("› Expected: 57 → 62") for line in said)
    assert any(line.endswith("→ 33%") for line in said)
    assert len(differences(after, BEFORE)) == 6


def test_what_changed_in_lines_that_stayed_is_said_where_one_before_them_went() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][3]["fee_rate"] = 0.03
    del after["providers"][0]
    gone, fee = differences(BEFORE, after)
    assert gone.startswith("Providers: 4 (Mental health trust, Adult social care,")
    assert gone.endswith("→ 3 (Adult social care, Community charity, Recovery charity)")
    assert fee == "Recovery charity › Fee: 7% → 3%"


def test_a_line_in_place_of_others_is_no_change_of_theirs() -> None:
    after = copy.deepcopy(BEFORE)
    del after["providers"][0]
    _with_a_line_more(after, ("providers",))
    (said,) = differences(BEFORE, after)
    assert said.endswith("→ 4 (Adult social care, Community charity, Recovery charity, One more)")


RENAMED = "Mental health trust is now called Trust"


def test_a_renamed_partner_is_said_to_be_renamed_and_what_else_changed_of_it_by_its_new_name() -> None:
    after = renamed(BEFORE, ("providers", 0, "name"), "Trust")
    after["providers"][0] |= {"fee_rate": 0.03, "baseline_cost": 4e7}
    assert differences(BEFORE, after) == [
        "Trust › Baseline cost: £38,000,000 → £40,000,000",
        "Trust › Fee: 4% → 3%",
        RENAMED,
    ]


def test_a_partner_is_renamed_where_another_left_or_joined_in_the_same_step_too() -> None:
    after = renamed(BEFORE, ("providers", 0, "name"), "Trust")
    after["providers"][0] |= {"fee_rate": 0.03, "gain_share": 0.6}
    one_more = [*copy.deepcopy(after["providers"]), NEW_PROVIDER]
    del after["providers"][1]
    gone, share, fee, name = differences(BEFORE, after)
    assert gone.endswith("→ 3 (Trust, Community charity, Recovery charity)")
    assert share.startswith("Trust › Share of gain: ") and fee == "Trust › Fee: 4% → 3%"
    assert name == RENAMED
    assert [line.split(":")[0] for line in differences(BEFORE, after | {"providers": one_more})] == [
        "Providers",
        "Trust › Share of gain",
        "Trust › Fee",
        RENAMED,
    ]


def test_a_new_partner_in_place_of_one_that_left_is_not_that_one_renamed() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][3] = NEW_PROVIDER
    (said,) = differences(BEFORE, after)
    assert said.startswith("Providers: 4 (") and said.endswith("Community charity, New provider)")


def test_in_an_alliance_that_is_only_begun_the_place_says_who_is_who() -> None:
    before = to_document(presets.preset(presets.NEW))
    after = copy.deepcopy(before)
    after["providers"][0] |= {"name": "Trust", "reserves": 9e6, "baseline_cost": 5e6, "kind": "NHS trust"}
    after["providers"].append(NEW_PROVIDER)
    after["commissioners"][0] |= {"name": "Board", "kind": "NHS board", "reserves": None, "outside": {"kind": "no"}}
    said = differences(before, after)
    assert "Trust › Free reserves: " in " ".join(said) and "Provider 1 is now called Trust" in said
    assert "Commissioner 1 is now called Board" in said


def test_renamed_kpis_areas_and_risks_are_said_to_be_renamed() -> None:
    after = copy.deepcopy(BEFORE)
    after["framework"]["kras"][0] |= {"name": "Recovery"}
    after["framework"]["kras"][1]["kpis"][0] |= {"name": "Calls", "expected": 1.0}
    del after["framework"]["kras"][1]["kpis"][1]
    after["uncertainty"]["risks"][2] |= {"name": "Beds"}
    del after["uncertainty"]["risks"][0]
    said = differences(BEFORE, after)
    assert sum(" is now called " in line for line in said) == 3
    assert any(" › Calls › Expected: " in line for line in said)
    assert said[-1].endswith(" is now called Beds")


def test_an_entry_without_a_name_yet_is_no_new_name() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][0]["name"] = ""
    assert differences(BEFORE, after) == ['Mental health trust › Name: "Mental health trust" → ""']


def test_terms_of_the_contract_and_money_come_first_and_names_last() -> None:
    after = renamed(BEFORE, ("providers", 0, "name"), "Trust")
    after["name"] = "Another"
    after["providers"][0] |= {"fee_rate": 0.03, "pain_share": 0.5, "reserves": 1.0}
    after["uncertainty"]["savings_delivered"] |= {"likely": 0.5}
    after["risk_share"]["pain_bands"][0]["share"] = 0.05
    assert [line.split(":")[0].split(" › ")[-1] for line in differences(BEFORE, after)] == [
        "Providers' share",
        "Share of pain",
        "Fee",
        "Free reserves",
        "Most likely",
        "Name",
        RENAMED,
    ]


def test_lines_in_another_order_are_said_too() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"].reverse()
    assert differences(BEFORE, after)


def test_reserves_that_are_no_longer_stated_are_not_said_to_be_none() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][2]["reserves"] = None
    assert differences(BEFORE, after) == ["Community charity › Free reserves: £2,000,000 → not stated"]
    assert differences(after, BEFORE) == ["Community charity › Free reserves: not stated → £2,000,000"]
    after["providers"][2]["reserves"] = 0.0
    assert differences(BEFORE, after) == ["Community charity › Free reserves: £2,000,000 → £0"]


def test_whom_a_risk_hits_is_told_by_their_names() -> None:
    before = to_document(presets.preset(presets.FIRST))
    after = copy.deepcopy(before)
    before["uncertainty"]["risks"][0]["hits"] = []
    after["uncertainty"]["risks"][0]["hits"] = ["Mental health trust", "Recovery charity"]
    (said,) = differences(before, after)
    assert said.endswith("› Whom it hits: all → Mental health trust and Recovery charity")
    (back,) = differences(after, before)
    assert back.endswith("› Whom it hits: Mental health trust and Recovery charity → all")

"""What two tabs made of one draft is brought together, and said."""

import json
from typing import Any

from data import tabs
from data.presets import names, preset
from model.documents import to_document

DOCUMENT = to_document(preset(names()[0]))
BASE: tabs.State = {
    "document": DOCUMENT,
    "saved": DOCUMENT,
    "valid": DOCUMENT,
    "preset": names()[0],
    "draws": 1024,
    "seed": 1,
    "period": "Whole term",
    "whose": "Council",
    "held": "Cap",
    "who": "Ada",
    "ticked": {"Cap": True},
    "reasons": {"Cap": "The charity asked"},
    "version": "v1",
    "act": "",
    "generation": 3,
    "alliance": "1",
    "left": {"0": {"name": "Before", "partners": ["Council"]}},
    "sheets": {"own": {"a": 1}},
    "designs": {},
    "done": ["before"],
    "undone": ["after"],
}


def with_fee(provider: int, fee: Any) -> tabs.State:
    document = json.loads(json.dumps(DOCUMENT))
    document["providers"][provider]["fee_rate"] = fee
    return BASE | {"document": document, "valid": document, "done": ["before", json.dumps(DOCUMENT)], "undone": []}


def fees(document: Any) -> list[Any]:
    return [line["fee_rate"] for line in document["providers"]]


HERE, THERE = with_fee(0, 0.1), with_fee(1, 0.2)


def test_a_state_is_had_again_from_its_text_and_one_of_before_there_was_a_history_has_none() -> None:
    assert tabs.from_text(tabs.as_text(BASE)) == BASE
    later = (
        "whose",
        "who",
        "held",
        "ticked",
        "reasons",
        "version",
        "generation",
        "alliance",
        "left",
        "sheets",
        "designs",
        "done",
        "undone",
    )
    old = {key: part for key, part in BASE.items() if key not in (*later, *tabs.HISTORY)}
    fresh: tabs.State = {
        "whose": "",
        "held": "",
        "who": "",
        "ticked": {},
        "reasons": {},
        "version": "",
        "generation": 0,
        "alliance": "0",
        "left": {},
        "sheets": {},
        "designs": {},
        "done": [],
        "undone": [],
    }
    assert tabs.from_text(json.dumps(old)) == BASE | fresh


def test_a_tab_that_changed_nothing_takes_over_the_other_with_what_can_be_undone_there() -> None:
    assert tabs.together(BASE, BASE, THERE) == THERE


def test_reasons_that_both_tabs_gave_for_keeping_designs_are_kept() -> None:
    here, there = ({"reasons": BASE["reasons"] | {name: why}} for name, why in (("A", "Fair"), ("B", "Safe")))
    both = {"Cap": "The charity asked", "A": "Fair", "B": "Safe"}
    assert tabs.together(BASE, BASE | here, BASE | there)["reasons"] == both


def test_the_alliance_that_a_tab_loaded_counts_and_those_that_either_left_are_known() -> None:
    one, other = ({"name": name, "partners": ["Council"]} for name in ("One", "Other"))
    here = BASE | {"alliance": "2", "left": {"1": one}}
    there = BASE | {"left": {"0": other}}
    both = tabs.together(BASE, here, there)
    assert (both["alliance"], both["left"]) == ("2", {"0": other, "1": one})
    assert tabs.together(BASE, there, here)["alliance"] == "2"


def test_both_edits_are_kept_and_the_other_tabs_scenario_is_one_undo_away() -> None:
    both = tabs.together(BASE, HERE, THERE)
    assert fees(both["document"])[:2] == [0.1, 0.2]
    assert json.loads(both["done"][-1]) == THERE["document"]
    assert both["done"][:-1] == THERE["done"]
    said = tabs.news(BASE, HERE, THERE)
    assert f"Changed in another tab: {DOCUMENT['providers'][1]['name']} › Fee: " in said
    assert "→ 20%." in said


def test_where_both_changed_an_entry_this_tabs_counts_and_the_other_is_said() -> None:
    there = with_fee(0, 0.3)
    both = tabs.together(BASE, HERE, there)
    assert fees(both["document"])[0] == 0.1
    assert fees(json.loads(both["done"][-1]))[0] == 0.3
    name = DOCUMENT["providers"][0]["name"]
    assert f"Changed here and in another tab: {name} › Fee: 10% → 30% in the other." in tabs.news(BASE, HERE, there)


def test_an_edit_here_while_only_figures_changed_there_can_be_undone_as_ever() -> None:
    there = BASE | {"sheets": {"own": {"a": 2}}}
    both = tabs.together(BASE, HERE, there)
    assert both == HERE | {"sheets": {"own": {"a": 2}}}
    assert tabs.news(BASE, HERE, there) == "Changed in another tab: figures that were typed or pasted."


def test_figures_and_designs_that_both_changed_are_kept_twice() -> None:
    here = BASE | {"sheets": {"own": {"a": 2}}, "designs": {"Mine": DOCUMENT}}
    there = BASE | {"sheets": {"own": {"a": 3}}, "designs": {"Mine": HERE["document"]}}
    both = tabs.together(BASE, here, there)
    assert both["sheets"] == {"own": {"a": 2}, "former own": {"a": 3}}
    assert both["designs"]["Mine"] == DOCUMENT
    assert both["designs"]["Mine (other tab)"] == HERE["document"]


def test_a_saved_design_is_taken_whole_from_the_tab_that_changed_it() -> None:
    other = to_document(preset(names()[1]))
    both = tabs.together(BASE, HERE, BASE | {"saved": other, "preset": names()[1]})
    assert (both["saved"], both["preset"]) == (other, names()[1])
    both = tabs.together(BASE, HERE | {"saved": other, "preset": names()[1]}, THERE)
    assert (both["saved"], both["preset"]) == (other, names()[1])


def test_where_nothing_was_changed_there_is_no_news() -> None:
    assert tabs.news(BASE, HERE, BASE | {"period": "2019-20", "seed": 2}) == ""


def with_cost(cost: Any, kpi: Any = None, sheet: str = "outturn") -> tabs.State:
    year = {"year": "2018-19", "costs": {"Recovery charity": cost}, "kpis": {} if kpi is None else {"Waiting": kpi}}
    return BASE | {"sheets": {**BASE["sheets"], sheet: {"schema_version": 1, "years": [year]}}}


def test_a_figure_that_was_typed_in_another_tab_is_said_with_its_value() -> None:
    said = tabs.news(with_cost(1_000_001.0), with_cost(1_000_001.0), with_cost(1_000_002.0, 7.5))
    assert said == (
        "Changed in another tab: Settle a year › 2018-19 › cost of Recovery charity: £1,000,001 → £1,000,002; "
        "Settle a year › 2018-19 › Waiting: nothing → 7.5."
    )
    pasted = BASE | {"sheets": {**BASE["sheets"], "series Recovery charity cost": {"text": "1"}}}
    assert tabs.news(BASE, BASE, pasted) == "Changed in another tab: figures that were typed or pasted."


def test_a_figure_that_was_typed_in_both_tabs_is_said_with_both_values_and_where_the_other_is() -> None:
    here, there = with_cost(1_000_002.0), with_cost(1_000_001.0)
    said = tabs.news(BASE, here, there)
    where = "Settle a year › 2018-19 › cost of Recovery charity"
    assert said.startswith(f"Typed here and in another tab: {where}: £1,000,002 → £1,000,001 in the other.")
    assert said.endswith("'Bring back the figures before' on Settle a year has what the other tab had.")
    kept = tabs.together(BASE, here, there)["sheets"]
    assert kept["outturn"] == here["sheets"]["outturn"] and kept["former outturn"] == there["sheets"]["outturn"]
    own = tabs.news(BASE, with_cost("1m?", sheet="own"), with_cost(2.0, sheet="own"))
    assert "Walk one future › 2018-19 › cost of Recovery charity: '1m?' → £2 in the other" in own
    assert "Bring back" not in own


def test_what_another_tab_did_in_one_step_is_told_by_its_name() -> None:
    there = with_fee(0, 0.1) | {"act": "Revealed by Council"}
    assert tabs.news(BASE, BASE, there) == "Changed in another tab: Revealed by Council."
    two = there | {"done": [*there["done"], "one more"]}
    assert "Revealed by" not in tabs.news(BASE, BASE, two)
    assert "Revealed by" not in tabs.news(BASE, with_fee(1, 0.2), there)


def of_another(document: dict[str, Any], done: list[str]) -> tabs.State:
    return BASE | {"document": document, "valid": document, "saved": document, "alliance": "2", "done": done}


OTHER = to_document(preset("small-charities"))


def test_two_alliances_are_never_mixed_and_what_was_edited_in_the_one_before_is_one_undo_away() -> None:
    there = of_another(OTHER, ["loaded"])
    both = tabs.together(BASE, HERE, there)
    assert both | {"done": there["done"], "undone": there["undone"]} == there
    assert both["done"][:-1] == ["loaded"] and both["undone"] == []
    entry = json.loads(both["done"][-1])
    assert entry.pop(tabs.BEGAN) == {part: BASE[part] for part in tabs.COMPARED}
    assert entry == HERE["document"]
    said = tabs.news(BASE, HERE, there)
    assert said.startswith(f"In another tab the draft went over to '{OTHER['name']}', which is shown here now.")
    assert "Undo brings it back" in said
    assert tabs.together(BASE, BASE, there) == there
    assert "Undo" not in tabs.news(BASE, BASE, there)


def test_an_edit_in_another_tab_of_the_alliance_that_was_left_here_is_one_undo_away() -> None:
    here = of_another(OTHER, ["loaded"])
    both = tabs.together(BASE, here, THERE)
    assert (both["document"], both["alliance"], both["done"][:-1]) == (OTHER, "2", ["loaded"])
    assert fees(json.loads(both["done"][-1])) == fees(THERE["document"])
    assert "Undo brings it back" in tabs.news(BASE, here, THERE)
    assert tabs.news(BASE, here, BASE) == ""

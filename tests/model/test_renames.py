"""Partners and KPIs that have another name are the same ones: nothing about them is lost, and no figure moves."""

import numpy as np
import pytest

from data import presets
from model import comparison, premises
from model.appetite import InWords
from model.documents import from_document, to_document
from model.names import renamed
from model.renames import as_called, of_partners, renames
from model.scenario import Scenario
from ui.new_lines import NEW_PROVIDER

PRESETS = [name for name in presets.names() if name != presets.NEW]


def called_otherwise(scenario: Scenario) -> Scenario:
    """The scenario with another name for its first provider, commissioner and KPI."""
    document = to_document(scenario)
    for path in (("providers", 0, "name"), ("commissioners", 0, "name"), ("framework", "kras", 0, "kpis", 0, "name")):
        if path[0] != "framework" or scenario.framework.kras:
            document = renamed(document, path, f"{path[0]} otherwise")
    return from_document(document)


@pytest.mark.parametrize("name", PRESETS)
def test_a_design_takes_over_the_names_of_today(name: str) -> None:
    design = presets.preset(name)
    today = called_otherwise(design)
    assert as_called(today, design) == today
    assert of_partners(design, today) == {
        design.providers[0].name: "providers otherwise",
        design.commissioners[0].name: "commissioners otherwise",
    }
    assert as_called(design, design) is design and not of_partners(design, design)


def test_names_decide_no_figure() -> None:
    design = presets.preset("small-charities")
    outlooks = comparison.compared({"one": design, "other": called_otherwise(design)}, 1_024, 1)
    assert np.array_equal(outlooks["one"].figures, outlooks["other"].figures)


@pytest.mark.parametrize("name", PRESETS)
def test_a_new_partner_in_the_place_of_any_provider_is_not_that_one_renamed(name: str) -> None:
    lines = to_document(presets.preset(name))["providers"]
    for i, line in enumerate(lines):
        assert not renames(lines, [*lines[:i], NEW_PROVIDER, *lines[i + 1 :]]), line["name"]
    assert not renames(lines, [*lines[1:], NEW_PROVIDER])


@pytest.mark.parametrize("name", PRESETS)
def test_partners_that_are_renamed_as_one_leaves_are_known_by_their_figures(name: str) -> None:
    lines = to_document(presets.preset(name))["providers"]
    for gone in range(len(lines)):
        after = [line | {"name": f"{line['name']} Trust", "fee_rate": 0.11} for line in lines]
        after[0] |= {"baseline_cost": 1.0, "gain_share": 0.9, "appetite": {"kind": "none"}}
        del after[gone]
        found = renames(lines, after)
        assert found == {line["name"]: f"{line['name']} Trust" for line in lines if line is not lines[gone]}


def test_a_renamed_partner_is_judged_by_what_it_asks_today_and_on_todays_premises() -> None:
    design = presets.preset("small-charities")
    today = called_otherwise(design)
    first = today.providers[0].edited(reserves=1.0, appetite=InWords(word="averse"))
    today = today.edited(providers=(first, *today.providers[1:]))
    assert comparison.judged_by(today, design).providers[0].appetite == first.appetite
    assert comparison.asked_otherwise(today, design) == ["providers otherwise"]
    assert premises.on_premises_of(today, design).providers[0].reserves == 1.0
    assert [one.said.split(":")[0] for one in premises.otherwise(today, design)] == [
        "providers otherwise › Free reserves"
    ]

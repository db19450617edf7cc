"""The contract as it was offered can be judged by what partners have entered since."""

from typing import Any

from data import own, presets
from model import names
from model.appetite import InPounds
from model.comparison import inputs_that_differ
from model.documents import from_document, to_document
from model.scenario import Scenario
from ui import designs, entered_since
from ui.session import Session

PEER, NAME = "Peer support charity", "Starting design, with what partners have entered since"
CHARITIES = presets.preset("small-charities")
LIMIT = InPounds(loss=30_000.0, loss_chance=0.05)


def edited(scenario: Scenario, **changes: Any) -> Scenario:
    """The charities with what one of them has otherwise."""
    others = [one.edited(**changes) if one.name == PEER else one for one in scenario.providers]
    return scenario.edited(providers=tuple(others))


def session(scenario: Scenario, saved: Scenario = CHARITIES) -> Session:
    found = Session("entered-since", saved, None)
    found.document, found.scenario = to_document(scenario), scenario
    return found


def dearer(scenario: Scenario) -> Scenario:
    return scenario.edited(baseline=scenario.baseline.edited(price_growth=0.05))


def test_it_has_the_terms_of_the_start_and_the_entries_of_now() -> None:
    limited = edited(CHARITIES, appetite=LIMIT)
    found = entered_since.found(session(edited(dearer(limited), fee_rate=0.02)))
    assert list(found) == [NAME] and not inputs_that_differ(found[NAME], limited)


def test_the_estimates_of_every_partner_and_their_reasons_are_taken_too() -> None:
    document = to_document(CHARITIES)
    for line in document["providers"][:2]:
        line["cost_deviation"] = {"kind": "fixed", "value": 0.02}
        others = [note for note in line["sources"] if note["field"] != "cost_deviation"]
        line["sources"] = [*others, {"field": "cost_deviation", "note": "Three years."}]
    document["commissioners"][0]["appetite"] = {"kind": "words", "word": "averse"}
    wanted = from_document(document)
    found = entered_since.found(session(dearer(wanted)))
    assert list(found) == [NAME] and not inputs_that_differ(found[NAME], wanted)


def test_there_is_none_where_nothing_was_entered_or_nothing_else_changed() -> None:
    noted = edited(CHARITIES, sources=({"field": "appetite", "note": "The board's."},))
    for scenario in (CHARITIES, dearer(CHARITIES), edited(CHARITIES, appetite=LIMIT), dearer(noted)):
        assert entered_since.found(session(scenario)) == {}


def test_there_is_none_of_what_is_nobodys_or_another_alliance() -> None:
    limited = dearer(edited(CHARITIES, appetite=LIMIT))
    for other in (presets.preset(presets.NEW), presets.preset("lambeth-living-well")):
        assert entered_since.found(session(limited, other)) == {}


def test_whoever_was_renamed_has_its_entries_by_its_name_of_now() -> None:
    document = to_document(dearer(edited(CHARITIES, appetite=LIMIT)))
    place = [one["name"] for one in document["providers"]].index(PEER)
    renamed = from_document(names.renamed(document, ("providers", place, "name"), "Peers"))
    [found] = entered_since.found(session(renamed)).values()
    assert {one.name: one.appetite for one in found.providers}["Peers"] == LIMIT
    assert found.baseline == CHARITIES.baseline


def test_partners_that_only_one_of_two_documents_has_stay_as_they_are() -> None:
    before, after = (to_document(one) for one in (CHARITIES, edited(CHARITIES, appetite=LIMIT)))
    del after["providers"][0]
    after["providers"].append(after["providers"][0] | {"name": "Newcomer"})
    found = own.with_entries_of(before, after)
    assert found["providers"][:-1] == before["providers"][:-1]
    assert found["providers"][-1]["appetite"] == LIMIT.model_dump(mode="json")


def test_compare_has_no_design_more() -> None:
    assert NAME not in designs.every(session(dearer(edited(CHARITIES, appetite=LIMIT))))

"""Chances beside limits in pounds that nobody entered."""

from typing import Any

import pytest

from data import presets
from model import stood
from model.appetite import CHANCES, InPounds, InWords, Yardstick, in_pounds
from model.assumptions import assumptions
from model.differences import differences
from model.documents import to_document
from model.scenario import Scenario

MEASURE = Yardstick(54_321.0, "its free reserves")
OPEN = in_pounds(InWords(word="open").limits(MEASURE, 54_321.0)).model_dump(mode="json")


def own(**given: Any) -> InPounds:
    """The limits of 'open', taken over, of which some were then typed."""
    return InPounds.model_validate(stood.typed({**stood.begun(OPEN), **given}, given))


def test_a_chance_is_entered_once_it_is_typed_also_where_it_is_the_same() -> None:
    assert stood.chances(own()) == tuple(CHANCES)
    assert stood.chances(own(loss_chance=0.1)) == ("year_chance", "reserve_chance")
    assert stood.chances(own(loss_chance=OPEN["loss_chance"])) == ("year_chance", "reserve_chance")
    assert stood.chances(own(reserve_minimum=20e3)) == tuple(CHANCES)


def test_a_chance_that_is_emptied_is_not_entered() -> None:
    emptied = stood.typed(stood.typed(stood.begun(OPEN), {"loss_chance": 0.1}), {"loss_chance": None})
    assert stood.stands(emptied, "loss_chance")
    assert not stood.stands(stood.typed(emptied, {"loss_chance": 0.1}), "loss_chance")


def test_a_reason_of_somebodys_own_is_not_taken_for_it_and_is_kept() -> None:
    minuted = {**OPEN, "sources": [{"field": "loss_chance", "note": "Minute of 12 November."}]}
    begun = stood.begun(minuted)
    assert not stood.stands(begun, "loss_chance") and stood.stands(begun, "year_chance")
    assert minuted["sources"][0] in stood.typed(begun, {"loss_chance": 0.2})["sources"]


def test_only_a_chance_beside_a_sum_that_was_entered_is_told() -> None:
    found = stood.beside_entered(own(loss=40e3, loss_chance=0.1, reserve_minimum=20e3), MEASURE, 54_321.0)
    assert found == ("reserve_chance",)
    assert stood.beside_entered(own(loss=40e3), MEASURE, 54_321.0) == ("loss_chance",)
    assert stood.beside_entered(own(year_loss=9e3, loss=None), MEASURE, 54_321.0) == ("year_chance",)
    assert stood.beside_entered(own(), MEASURE, 54_321.0) == ()
    assert stood.beside_entered(InWords(), MEASURE, 54_321.0) == ()


def design(appetite: InPounds) -> Scenario:
    scenario = presets.preset("small-charities")
    return scenario.edited(providers=(scenario.providers[0].edited(appetite=appetite), *scenario.providers[1:]))


def told(before: InPounds | None, after: InPounds) -> str:
    start = presets.preset("small-charities") if before is None else design(before)
    return " | ".join(differences(to_document(start), to_document(design(after))))


def test_what_differs_says_which_chance_was_not_entered() -> None:
    hers = own(loss=40e3, loss_chance=0.1, reserve_minimum=20e3)
    said = told(None, hers)
    assert "At most this likely: 10%;" in said
    assert "But for a chance of: 5% (as it stood; not entered)" in said
    changed = told(hers, own(loss=40e3, loss_chance=0.1, reserve_minimum=20e3, reserve_chance=0.1))
    assert changed.endswith("But for a chance of: 5% (as it stood; not entered) → 10%") and "|" not in changed
    same = told(hers, own(loss=40e3, loss_chance=0.1, reserve_minimum=20e3, reserve_chance=0.05))
    assert stood.NOTE in same


@pytest.mark.parametrize("year_loss", [None, 9e3])
def test_the_list_of_assumptions_names_it_only_beside_a_sum(year_loss: float | None) -> None:
    found = [one.reason for one in assumptions(design(own(year_loss=year_loss)))]
    assert found.count(stood.NOTE) == (2 if year_loss is None else 3)


def test_a_design_has_the_same_name_for_its_results_with_and_without() -> None:
    assert design(own()).id == design(own().edited(sources=())).id

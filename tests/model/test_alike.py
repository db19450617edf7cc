"""Which designs cannot differ where all are judged by what partners accept today."""

from data import presets
from model.alike import alike
from model.appetite import Unasked
from model.documents import from_document, to_document
from model.scenario import Scenario

FIRST = presets.preset(presets.FIRST)


def unasked() -> Scenario:
    """With other limits for the first provider."""
    one, *others = FIRST.providers
    return FIRST.edited(providers=(one.edited(appetite=Unasked()), *others))


def test_limits_count_as_todays_in_both() -> None:
    assert unasked() != FIRST
    assert alike(FIRST, unasked()) and alike(unasked(), FIRST)


def test_notes_do_not_count() -> None:
    document = to_document(FIRST)
    document["risk_share"]["sources"] = [{"field": "haircut", "note": "Agreed in the room."}]
    noted = from_document(document)
    assert noted != FIRST and alike(FIRST, noted)


def test_a_new_name_of_a_partner_does_not_count() -> None:
    one, *others = FIRST.commissioners
    called = FIRST.edited(commissioners=(one.edited(name="Council of the borough"), *others))
    assert alike(called, FIRST)


def test_terms_costs_and_what_the_design_is_called_count() -> None:
    one, *others = FIRST.providers
    for other in (
        FIRST.edited(risk_share=FIRST.risk_share.edited(haircut=0.1)),
        FIRST.edited(providers=(one.edited(reserves=1.0), *others)),
        FIRST.edited(story="Told otherwise."),
    ):
        assert not alike(FIRST, other)

"""That figures are not on the terms of the starting design is said first, in the words of the contract."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data import drafts, library, positions, presets, room
from data.records import Version
from model.acceptance import Position
from model.appetite import InPounds
from model.documents import from_document, to_document
from model.scenario import Scenario
from model.tables import partner_names
from tests.people import ADA
from ui import board, designs, joining, other_terms, paper_board, paper_joining, paper_pdf
from ui.decisions import positions as where
from ui.guest import Guest
from ui.paper_ends import Before
from ui.range_words import unformatted
from ui.session import Session

DAY, PEER = date(2026, 11, 30), "Peer support charity"
BEGINS = "These are not the terms of the starting design: "
CAP = f"{PEER}'s cap on pain is 32% of fee, not 100%"
MAKERS = {"board": paper_board, "joining": paper_joining}


def edited(**changes: Any) -> Session:
    """The small charities with what is changed of one provider since they were loaded."""
    return after(lambda document: provider(document).update(changes))


def provider(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["providers"] if one["name"] == PEER)
    return found


def after(edit: Any, saved: Scenario | None = None) -> Session:
    saved = saved or presets.preset("small-charities")
    found = Session("other-terms", saved, None)
    found.draws = 1_024
    document = to_document(saved)
    edit(document)
    found.document, found.scenario = document, from_document(document)
    return found


def of_fee(part: float) -> dict[str, Any]:
    return {"kind": "of_fee", "part": part}


def accepting(document: dict[str, Any]) -> None:
    """Caps the charity's pain, and has its limits kept by that."""
    provider(document)["pain_cap"] = of_fee(0.32)
    provider(document)["appetite"] = InPounds(loss=45_000.0).model_dump(mode="json")


def position_of(session: Session, name: str = PEER) -> Position:
    return next(one for one in where(session) if one.partner == name)


def test_another_cap_is_said_as_a_contract_says_it() -> None:
    assert unformatted(other_terms.sentence(edited(pain_cap=of_fee(0.32)))) == f"{BEGINS}{CAP}."


def test_what_is_a_partners_own_is_not_of_the_terms() -> None:
    for own in (
        {"appetite": {"kind": "words", "word": "averse"}},
        {"outside": {"kind": "fixed", "value": -9_000.0}},
        {"cost_deviation": {"kind": "fixed", "value": 0.1}},
        {"reserves": 1_000.0},
        {"sources": [{"field": "pain_cap", "note": "Asked by its board."}]},
    ):
        assert other_terms.sentence(edited(**own)) == ""
    assert other_terms.sentence(edited(fee_rate=0.01)) != ""


def test_the_first_few_are_named_and_the_rest_counted() -> None:
    def edit(document: dict[str, Any]) -> None:
        for one in document["providers"]:
            one["pain_cap"] = of_fee(0.2)
        document["risk_share"]["pain_corridor"]["width"] = 0.02
        document["risk_share"]["total_pain_cap"] = of_fee(0.4)
        document["term"]["option_years"] = 3
        document["baseline"]["saving_phasing"] = [0.5, 1.0]

    assert unformatted(other_terms.sentence(after(edit))) == (
        f"{BEGINS}corridor for overspends is 2%, not 1%; cap on total pain is 40% of fee, not 100%; "
        "cap on pain of all 6 providers is 20% of fee, not 100%; and 2 more."
    )


def test_what_differs_by_partner_or_is_long_is_said_shortly() -> None:
    def two(document: dict[str, Any]) -> None:
        for one, rate in zip(document["providers"], (0.01, 0.02), strict=False):
            one["fee_rate"] = rate

    def every(document: dict[str, Any]) -> None:
        for i, one in enumerate(document["providers"]):
            one["fee_rate"] = 0.01 + i / 1_000

    def phased(document: dict[str, Any]) -> None:
        document["baseline"]["saving_phasing"] = [0.5, 1.0]

    said = "fee: Housing charity 5% → 1%, Council outreach service 4% → 2%"
    assert unformatted(other_terms.few(after(two))) == said
    assert other_terms.few(after(every)) == "fee of 6 partners changed"
    assert other_terms.few(after(phased)) == "required saving due by year changed"


def test_nothing_is_said_where_nobody_has_begun_or_the_terms_are_those() -> None:
    assert other_terms.sentence(edited()) == ""
    new = presets.preset(presets.NEW)

    def edit(document: dict[str, Any]) -> None:
        document["providers"][0]["fee_rate"] = 0.01

    assert other_terms.sentence(after(edit, new)) == ""


def test_nothing_is_said_of_another_alliance() -> None:
    session = edited()
    other = designs.seen(session, presets.preset("lambeth-living-well"))
    assert other_terms.sentence(other) == ""


def test_a_kept_design_is_held_against_the_starting_one_too() -> None:
    session = edited()
    kept = edited(pain_cap=of_fee(0.32)).scenario
    assert unformatted(other_terms.sentence(designs.seen(session, kept))) == f"{BEGINS}{CAP}."


@pytest.mark.usefixtures("own_library")
def test_of_a_version_it_is_said_which_and_nothing_once_all_have_agreed() -> None:
    saved = presets.preset("small-charities")
    first = library.begin("Charities", "Offer", saved, ADA, "To begin")
    session = edited(pain_cap=of_fee(0.32))
    session.version = first.id
    said = f"These are not the terms of 'Version 1 of Offer': {CAP}."
    assert unformatted(other_terms.sentence(session)) == said
    second = library.save(first.design, session.scenario, first.id, ADA, "The cap")
    assert isinstance(second, Version)
    for name in partner_names(saved):
        assert unformatted(other_terms.sentence(session)) == said
        positions.take(second.id, name, "accept", "", ADA)
    assert other_terms.sentence(session) == ""


@pytest.mark.parametrize("kind", list(MAKERS))
def test_a_partners_paper_says_so_before_what_it_is_asked_and_keeps_its_pages(kind: str) -> None:
    session = after(accepting)
    start = Before(designs.EDITED, "Starting design", session.saved)
    for before in (None, start):
        made = MAKERS[kind].paper(session, PEER, DAY, before)
        assert made.about[0] == f"{BEGINS}{CAP}."
        assert f"{PEER} is asked to join" in made.about[1]
        without = replace(made, about=made.about[1:])
        assert paper_pdf.pages(paper_pdf.written(made)) == paper_pdf.pages(paper_pdf.written(without))
    assert not MAKERS[kind].paper(designs.seen(session, session.saved), PEER, DAY).about[0].startswith(BEGINS[:20])


def test_the_page_for_a_board_says_so_first() -> None:
    session = after(accepting)
    said = board.about(session, position_of(session), board.figures(session, PEER))
    assert unformatted(said[0]) == f"{BEGINS}{CAP}."


def test_nothing_to_ask_for_is_nothing_beyond_what_was_changed() -> None:
    session = after(accepting)
    found = where(session)
    chosen = [one.partner for one in found].index(PEER)
    assert position_of(session).accepts
    first = unformatted(joining.needed(session, chosen, found)[0])
    assert first.startswith(
        f"Nothing beyond what was changed here: {CAP}. It passes its only test. Chance of a large loss:"
    )
    same = after(lambda document: provider(document).update(appetite=InPounds(loss=900_000.0).model_dump(mode="json")))
    assert joining.needed(same, chosen, where(same))[0].startswith("Nothing: it passes its only test.")


def test_a_partners_own_screen_says_so_too_and_not_of_what_it_entered_itself() -> None:
    host = Session(drafts.new_id(), presets.preset("small-charities"), "small-charities")
    host.refresh()
    room.share(host.draft, [PEER])
    guest = Guest(room.links(host.draft)[PEER], PEER, host)
    place = [one.name for one in guest.scenario.providers].index(PEER)
    guest.write(("providers", place, "appetite"), InPounds(loss=45_000.0).model_dump(mode="json"))
    assert guest.scenario != host.scenario and other_terms.sentence(guest) == ""
    host.write(("providers", place, "pain_cap", "part"), 0.32)
    guest.catch_up()
    assert unformatted(other_terms.sentence(guest)) == f"{BEGINS}{CAP}."

"""Another alliance is loaded in a running room: what partners entered waits for the one that it was entered for."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import own, presets, room
from model.scenario import Scenario
from tests.pages.sharing import Screens, session, shared
from ui import edits
from ui.rooms import reveal

SHARED, ABSENT = "Community charity", "Advice charity"
"""Partners of the eight: one of the same name is in the other example, one of the other's is not."""
OUR = "'Eight partners, small charities (illustrative)'"
LOADED = "Another alliance was loaded on the facilitator's screen."
WORD = {"kind": "words", "word": "minimal"}


def other() -> Scenario:
    return presets.preset("lambeth-living-well")


@pytest.fixture
def screens() -> Screens:
    return shared(presets.preset("small-charities"))


def enter(guest: AppTest, word: dict[str, str] = WORD) -> None:
    one = session(guest)
    at = [line.name for line in one.scenario.providers].index(one.whose)
    one.write(("providers", at, "appetite"), word)


def said(app: AppTest) -> str:
    shown = [*app.title, *app.markdown, *app.info, *app.warning]
    return " ".join(one.value for one in shown).replace("\\", "")


def appetite(host: AppTest) -> Any:
    """What stands for the partner of both alliances."""
    return (own.entries(session(host).document, SHARED) or {})["appetite"]


def test_what_waits_is_not_revealed_in_another_alliance_and_is_offered_again_once_its_own_is_back(
    screens: Screens,
) -> None:
    host, guest = screens[0], screens[1]("room", SHARED)
    enter(guest)
    stood = own.entries(session(host).document, SHARED)
    session(host).begin(other(), "lambeth-living-well")
    there = own.entries(session(host).document, SHARED)
    host.run()
    assert next(b for b in host.button if b.label == "Nothing to reveal yet").disabled
    assert f"what {SHARED} entered waits for {OUR}" in said(host)
    assert "– nothing to reveal" in said(host)
    reveal(session(host))
    assert own.entries(session(host).document, SHARED) == there
    session(host).step(back=True)
    host.run()
    assert f"{SHARED} has entered figures that nobody else has seen" in host.title[0].value
    assert "waits for" not in said(host)
    reveal(session(host))
    assert own.entries(session(host).document, SHARED) not in (stood, there)
    assert appetite(host) == WORD


def test_the_partners_screen_says_that_another_was_loaded_and_not_that_anything_was_taken_back(
    screens: Screens,
) -> None:
    host, guest = screens[0], screens[1]("room", SHARED)
    enter(guest)
    session(host).begin(other(), "lambeth-living-well")
    guest.run()
    assert [one.value for one in guest.info] == [f"{LOADED} What you entered waits for {OUR}."]
    assert "not revealed yet" not in said(guest), "its own figures are in none of the other's"
    later = screens[1]("room", SHARED)
    for screen in (guest, later):
        assert f"{LOADED} What you entered waits for {OUR}. It stands here again" in said(screen)
    session(host).step(back=True)
    guest.run()
    assert f"{OUR} is on the facilitator's screen again, with what you had entered." in said(guest)
    assert LOADED not in said(guest) and "taken back" not in said(guest)
    assert session(guest).value(("providers", 3, "appetite")) == WORD


def test_a_partner_that_is_not_in_the_other_alliance_is_told_so(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", ABSENT)
    enter(guest)
    session(host).begin(other(), "lambeth-living-well")
    guest.run()
    for screen in (guest, screens[1]("room", ABSENT)):
        assert screen.title[0].value == f"{ABSENT} is not in the alliance that is shown now"
        assert f"{LOADED} What you entered waits for {OUR}." in said(screen)
        assert "own figures, not revealed yet" not in said(screen)
        assert "removed" not in said(screen)
    session(host).step(back=True)
    guest.run()
    assert f"Only you see what you enter here for {ABSENT}" in guest.title[0].value
    assert session(guest).value(("providers", 2, "appetite")) == WORD


def test_what_is_entered_for_the_other_alliance_is_revealed_in_that_alone(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", SHARED)
    enter(guest)
    session(host).begin(other(), "lambeth-living-well")
    guest.run()
    averse = {"kind": "words", "word": "averse"}
    enter(guest, averse)
    reveal(session(host))
    assert appetite(host) == averse
    session(host).begin(presets.preset("small-charities"), "small-charities")
    host.run()
    assert f"{SHARED} has entered figures" in host.title[0].value, "however its own came back"
    reveal(session(host))
    assert appetite(host) == WORD


def test_what_was_revealed_before_another_was_loaded_is_nothing_of_that(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", SHARED)
    enter(guest)
    reveal(session(host))
    session(host).begin(other(), "lambeth-living-well")
    host.run()
    assert "✓ revealed" not in said(host)
    guest.run()
    assert "taken back" not in said(guest) and "is revealed: everybody" not in said(guest)
    session(host).step(back=True)
    host.run()
    assert "✓ revealed" in said(host)
    session(host).begin(other(), "lambeth-living-well")
    session(host).begin(presets.preset("small-charities"), "small-charities")
    host.run()
    assert f"of {SHARED} (taken back)" in host.title[0].value, "as it does once all is undone"


def test_a_design_of_the_same_alliance_is_no_other(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", SHARED)
    enter(guest)
    session(host).write(("providers", 0, "fee_rate"), 0.05)
    session(host).begin(session(host).scenario)
    guest.run()
    assert LOADED not in said(guest)
    host.run()
    assert f"{SHARED} has entered figures" in host.title[0].value


def test_sharing_that_ends_forgets_what_waits_for_another_alliance_too_and_says_so(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", ABSENT)
    enter(guest)
    session(host).begin(other(), "lambeth-living-well")
    host.run()
    assert f"What {ABSENT} entered was not revealed; it is forgotten" in said(host)
    room.end(session(host).draft)
    session(host).step(back=True)
    assert room.entered(session(host).draft, session(host).alliance) == {}


def test_the_line_on_own_figures_goes_when_the_partner_is_removed(screens: Screens) -> None:
    host, guest = screens[0], screens[1]("room", ABSENT)
    enter(guest)
    session(host).replace(edits.without(session(host).document, ("providers", 2)))
    guest.run()
    assert f"{ABSENT} is not in this alliance any more" in guest.title[0].value
    assert "own figures, not revealed yet" not in said(guest)

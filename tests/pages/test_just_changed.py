"""What just changed is told from what was on the screen, and of many entries at once in a line that can be read out."""

import copy

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from tests.pages.test_pages import opened
from ui import signing, what_changed
from ui.session import STATE, Session


@pytest.fixture
def app() -> AppTest:
    found = opened("baseline.py")
    found.session_state[STATE].draws = 1_024
    found.session_state[STATE].begin(presets.preset("small-charities"))
    return found.run()


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state[STATE]
    return session


def just(app: AppTest) -> str:
    return signing.told(session_of(app))[0].replace("\\", "")


def test_undo_through_a_step_that_was_not_valid_tells_from_the_figures_that_were_shown(app: AppTest) -> None:
    session = session_of(app)
    part = session.value(("commissioners", 0, "contribution"))
    session.write(("commissioners", 0, "contribution"), 0.3)
    session.write(("commissioners", 1, "contribution"), 0.7)
    assert not session.problems
    session.step(back=True)
    assert session.problems
    session.step(back=True)
    assert session.value(("commissioners", 0, "contribution")) == part and not session.problems
    said = just(app)
    assert "Undone: Council › Contribution is 60% again (was 30%)" in said
    assert "NHS commissioner › Contribution is 40% again (was 70%)" in said
    assert "nor what it has to spare" not in said


def test_whoever_is_removed_left_and_the_others_took_over_its_parts(app: AppTest) -> None:
    next(b for b in app.button if "Remove Recovery charity" in (b.label, b.help)).click().run()
    assert not app.exception
    line = "Recovery charity left; its 10% of gain and 10% of pain went to the others in proportion"
    said = just(app)
    assert said.startswith(f"**What just changed.** {line}: ")
    assert said.count("Recovery charity") == 1 and "more edits" not in said
    session_of(app).step(back=True)
    assert just(app).startswith(f"**What just changed.** Undone: {line}: ")
    assert "joined" not in just(app)
    session_of(app).step(back=False)
    assert just(app).startswith(f"**What just changed.** Redone: {line}: ")


CAP = ("risk_share", "total_pain_cap", "part")


def test_an_undo_says_what_holds_again_and_so_does_a_redo(app: AppTest) -> None:
    session, cap = session_of(app), "Cap on total pain"
    was = f"{session.value(CAP):.0%}"
    session.write(CAP, 0.2)
    assert just(app).startswith(f"**What just changed.** {cap}: {was} → 20%: ")
    session.step(back=True)
    assert just(app).startswith(f"**What just changed.** Undone: {cap} is {was} again (was 20%): ")
    session.step(back=False)
    assert just(app).startswith(f"**What just changed.** Redone: {cap} is 20% again (was {was}): ")
    session.drawing()
    session.write(CAP, 0.25)
    assert just(app).startswith(f"**What just changed.** {cap}: 20% → 25%: ")


def test_an_undo_of_a_new_name_says_so_too(app: AppTest) -> None:
    session = session_of(app)
    session.write(("providers", 0, "name"), "Another name")
    session.step(back=True)
    assert just(app).startswith("**What just changed.** Undone: Another name is now called ")


def test_what_a_commissioner_that_is_removed_bore_went_to_the_others(app: AppTest) -> None:
    app.session_state["baseline-tabs"] = "Partners and reserves"
    app.run()
    next(b for b in app.button if "Remove NHS commissioner" in (b.label, b.help)).click().run()
    line = "NHS commissioner left; its 40% of what commissioners pay or keep went to the others: "
    assert just(app).startswith(f"**What just changed.** {line}")


def test_of_many_edits_terms_of_the_contract_come_first(app: AppTest) -> None:
    document = copy.deepcopy(session_of(app).document)
    for provider in document["providers"]:
        provider["fee_rate"] += 0.01
    document["risk_share"]["pain_bands"][0]["share"] = 1.0
    session_of(app).replace(document)
    assert just(app).startswith("**What just changed.** Providers' share of overspends")


def test_an_entry_that_is_not_valid_is_not_told_as_if_the_figures_held_it(app: AppTest) -> None:
    session = session_of(app)
    session.write(("providers", 0, "fee_rate"), 0.06)
    session.write(("providers", 1, "fee_rate"), 0.06)
    session.write(("commissioners", 0, "contribution"), 0.3)
    assert session.problems
    last, since = signing.told(session)
    assert not last
    assert "Fee" in since and "Contribution" not in since


SOURCE = {"field": "income", "note": "Accounts of 2024", "owner": "M. Okafor", "date": "2026-03-01"}


def noted(app: AppTest) -> Session:
    """Three entries changed, one with a reason, who answers for it and a date, as revealing writes them."""
    session, document = session_of(app), copy.deepcopy(session_of(app).document)
    document["providers"][0]["reserves"] = 1e6
    document["providers"][0]["sources"].append(SOURCE)
    document["risk_share"]["pain_bands"][0]["share"] = 0.2
    session.replace(document)
    session.write(("providers", 1, "fee_rate"), 0.07)
    return session


def test_what_is_only_noted_is_no_edit_of_its_own(app: AppTest) -> None:
    session = noted(app)
    assert len(session.changes()) == 6 and len(session.notes()) == 3
    since = signing.told(session)[1]
    assert "more edits" not in since and "Reason or source" not in since
    assert what_changed.label(session) == "Changed (3)"
    *edits, notes = what_changed.lines(session)
    assert len(edits) == 3 and "Free reserves" in edits[-1]
    assert notes.startswith("Only noted") and all(note in notes for note in session.notes())


def test_notes_alone_are_told(app: AppTest) -> None:
    session, document = session_of(app), copy.deepcopy(session_of(app).document)
    document["providers"][0]["sources"].append(SOURCE)
    session.replace(document)
    assert "Reason or source" in just(app)
    assert what_changed.label(session) == "Notes changed"


def test_the_sentence_on_all_edits_opens_their_list_in_presenting_too() -> None:
    app = opened("overview.py")
    session = session_of(app)
    session.draws, session.presenting = 1_024, True
    noted(app)
    app.run()
    found = next(one for one in app.expander if one.label == "All 3 entries that differ, one by one")
    assert not found.markdown
    app.session_state["since-list"] = True
    found = next(one for one in app.run().expander if one.label == "All 3 entries that differ, one by one")
    assert len(found.markdown[0].value.splitlines()) == 4
    session.start_over()
    assert not any("one by one" in one.label for one in app.run().expander)

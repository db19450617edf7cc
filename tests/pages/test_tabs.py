"""Two sessions on one draft: neither loses an edit."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data import drafts, presets
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent
FEE = "Fee (%), Recovery charity"
COST = "Baseline cost (£), Recovery charity"


def opened(draft: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/baseline.py")
    if draft:
        app.query_params["s"] = draft
    return app.run()


def session(app: AppTest) -> Session:
    found: Session = app.session_state[STATE]
    return found


def both() -> tuple[AppTest, AppTest]:
    """The same draft in two tabs."""
    one = opened()
    return one, opened(session(one).draft)


def enter(app: AppTest, label: str, text: str) -> None:
    next(i for i in app.text_input if i.label == label).set_value(text).run()
    assert not app.exception


def shown(app: AppTest, label: str) -> str:
    return str(next(i for i in app.text_input if i.label == label).value)


def press(app: AppTest, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def said(app: AppTest) -> str:
    return " ".join(info.value for info in app.info).replace("\\", "")


def test_a_tab_takes_over_what_another_changed_at_its_next_run_and_says_so() -> None:
    one, other = both()
    enter(one, FEE, "8")
    other.run()
    assert shown(other, FEE) == "8"
    assert "Changed in another tab: Recovery charity › Fee: 7% → 8%." in said(other)
    assert said(one) == ""


def test_edits_of_different_entries_in_two_tabs_are_both_kept() -> None:
    one, other = both()
    enter(one, FEE, "8")
    enter(other, COST, "3m")
    one.run()
    for app in (one, other, opened(session(one).draft)):
        assert (shown(app, FEE), shown(app, COST)) == ("8", "3,000,000")


def test_an_edit_of_the_same_entry_counts_and_undo_brings_the_other_tabs_back() -> None:
    one, other = both()
    enter(one, FEE, "8")
    enter(one, COST, "3m")
    enter(other, FEE, "9")
    assert shown(other, FEE) == "9"
    assert "Changed here and in another tab: Recovery charity › Fee: 9% → 8% in the other." in said(other)
    press(other, "Undo")
    one.run()
    for app in (one, other):
        assert (shown(app, FEE), shown(app, COST)) == ("8", "3,000,000")


def test_undo_in_a_tab_takes_back_its_own_edit_and_leaves_the_other_tabs() -> None:
    one, other = both()
    enter(other, FEE, "8")
    enter(one, COST, "3m")
    assert shown(one, FEE) == "8"
    enter(one, COST, "4m")
    enter(other, "Required saving (%), Recovery charity", "1")
    press(one, "Undo")
    assert shown(one, "Required saving (%), Recovery charity") == "1"


def test_a_preset_loaded_over_another_tabs_edit_is_whole_and_undo_brings_the_edit_back() -> None:
    one, other = both()
    enter(one, FEE, "8")
    other.session_state["files"] = True
    other.run()
    press(other, "Load preset")
    assert session(other).scenario == presets.preset(presets.FIRST)
    press(other, "Undo")
    assert shown(other, FEE) == "8"


def test_an_edit_of_an_alliance_that_was_undone_in_another_tab_is_one_undo_away() -> None:
    one, other = both()
    session(one).begin(presets.preset("small-charities"), "small-charities")
    one.run()
    other.run()
    fee = "Fee (%), Housing charity"
    assert shown(other, fee) != "8"
    press(one, "Undo loading")
    enter(other, fee, "8")
    other.run()
    assert session(other).scenario == session(one).scenario == presets.preset(presets.FIRST)
    assert "In another tab the draft went over to" in other.info[0].value
    press(other, "Undo loading")
    assert shown(other, fee) == "8"
    assert session(other).scenario.name == presets.preset("small-charities").name
    assert session(other).problems == ()


def test_a_line_removed_in_one_tab_leaves_the_edits_of_another_where_they_belong() -> None:
    one, other = both()
    press(one, "Remove")
    enter(other, FEE, "8")
    providers = session(other).document["providers"]
    assert len(providers) == 3
    assert {p["name"]: p["fee_rate"] for p in providers}["Recovery charity"] == 0.08


def test_what_each_tab_looks_at_stays_its_own() -> None:
    one, other = both()
    session(one).period = "2019-20"
    session(one).keep()
    other.run()
    assert session(other).period != "2019-20"
    assert said(other) == ""


def test_an_invalid_edit_in_one_tab_is_a_draft_in_both() -> None:
    one, other = both()
    title = other.title[0].value
    enter(one, FEE, "130")
    other.run()
    assert shown(other, FEE) == "130"
    assert any("Fee is 130%" in e.value for e in other.error)
    assert other.title[0].value == title


def test_undo_and_redo_go_on_after_a_reload() -> None:
    one = opened()
    enter(one, FEE, "8")
    enter(one, FEE, "9")
    again = opened(session(one).draft)
    press(again, "Undo")
    assert shown(again, FEE) == "8"
    press(again, "Undo")
    assert shown(again, FEE) == "7"
    third = opened(session(one).draft)
    press(third, "Redo")
    assert shown(third, FEE) == "8"


def test_a_draft_that_a_later_version_wrote_is_left_alone_and_it_is_said_that_edits_are_not_kept() -> None:
    one = opened()
    draft = session(one).draft
    assert drafts.save(draft, '{"of": "a later version"}')
    enter(one, FEE, "8")
    assert shown(one, FEE) == "8"
    assert drafts.load(draft) == '{"of": "a later version"}'
    assert any("cannot keep drafts" in w.value for w in one.warning)


def test_opening_a_draft_writes_nothing() -> None:
    one = opened()
    before = drafts.revision(session(one).draft)
    opened(session(one).draft)
    assert drafts.revision(session(one).draft) == before

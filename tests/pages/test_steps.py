"""What is one step of what was done, undone and told."""

from typing import Any

import pytest

from data import presets
from model.documents import to_document
from tests.pages.overviews import shown, told
from tests.pages.test_pages import opened
from ui import editing, levers, signing
from ui.session import STATE


def test_the_last_edit_and_all_edits_since_the_saved_design_are_told_apart() -> None:
    app = shown(presets.preset(presets.FIRST))
    for label, value in (("Providers' share of overspends", 45.0), ("Corridor for savings", 1.0)):
        next(s for s in app.slider if s.label.startswith(label)).set_value(value).run()
    just, since = told(app, "What just changed"), told(app, "Since the starting design.")
    assert "0.5% → 1%" in just and "50% → 45%" not in just
    assert "Corridor for savings\\: 0.5% → 1%" in just
    assert "Providers' share of overspends" in since and "›" not in since
    assert "0.5% → 1%" in since and "50% → 45%" in since
    next(b for b in app.button if b.label == "Undo").click().run()
    assert "is 0.5% again (was 1%)" in told(app, "What just changed")


def test_what_is_undone_is_named_where_it_could_not_be_right() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.45)
    part = session.value(("providers", 0, "pain_share"))
    session.write(("providers", 0, "pain_share"), part + 0.01)  # shares of pain make 101%
    app.run()
    assert app.error
    session.step(back=True)
    app.run()
    just, since = told(app, "What just changed"), told(app, "Since the starting design")
    assert "Share of pain" in just and "no partner's verdict changes" in just and "50% → 45%" not in just
    assert "50% → 45%" in since


def test_two_edits_that_are_right_only_together_are_told_together() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    for i, more in ((0, 0.01), (1, -0.01)):
        path = ("providers", i, "pain_share")
        session.write(path, session.value(path) + more)
    app.run()
    assert not app.error
    said = next(m.value for m in app.markdown if "What just changed" in m.value)
    assert said.count("Share of pain") == 2


def test_a_room_goes_back_to_the_start_at_once_and_undo_brings_all_back() -> None:
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.4)
    session.write(("risk_share", "gain_bands", 0, "share"), 0.4)
    edited = session.document
    next(b for b in app.button if b.label == "Present").click().run()
    next(b for b in app.button if b.label == "Undo all").click().run()
    assert not session.changed
    session.step(back=True)
    assert session.document == edited


def test_the_same_entry_of_several_partners_is_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    for i in range(3):
        session.write(("providers", i, "fee_rate"), 0.01)
        now[0] += 30
    app.run()
    assert told(app, "What just changed").count("→") == 3 and not told(app, "Since")
    now[0] += 60
    session.write(("providers", 3, "fee_rate"), 0.01)
    app.run()
    assert told(app, "What just changed").count("→") == 1
    session.write(("risk_share", "pain_bands", 0, "share"), 0.4)
    app.run()
    assert told(app, "What just changed").count("→") == 1


def test_several_steps_are_undone_at_once_and_redone_one_by_one() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    names = [f"Alliance {step}" for step in range(6)]
    for name in names:
        session.replace({**session.document, "name": name})
    app.session_state["changes"] = True
    app.run()
    next(box for box in app.number_input if box.label == "Steps").set_value(4).run()
    next(b for b in app.button if b.label == "Undo so many steps").click().run()
    assert not app.exception
    assert session.document["name"] == names[1]
    assert session.before().name == names[5]
    next(b for b in app.button if b.label == "Redo").click().run()
    assert session.document["name"] == names[2]


def test_a_corridor_for_savings_and_then_for_overspends_is_one_thought(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    for side in ("gain", "pain"):
        for width in (0.01, 0.015, 0.02):
            session.write(("risk_share", f"{side}_corridor", "width"), width, held=True)
            now[0] += 0.3
        now[0] += 20
    app.run()
    said = told(app, "What just changed")
    assert "Corridor for savings: 0.5% → 2%" in said.replace("\\", "")
    assert "Corridor for overspends: 0.5% → 2%" in said.replace("\\", "")
    assert len(session.done) == 2, "undo takes them back one by one"


def test_a_slider_that_is_held_down_is_one_step_and_a_later_move_another(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])
    session = opened("overview.py").session_state[STATE]
    before, share, cap = session.document, ("risk_share", "pain_bands", 0, "share"), ("providers", 0, "fee_rate")
    for value in (0.45, 0.4, 0.35):
        now[0] += 0.4
        session.write(share, value, held=True)
    assert len(session.done) == 1 and session.former == session.done[0]
    session.write(cap, 0.07)
    session.write(share, 0.3, held=True)
    now[0] += editing.PAUSE
    session.write(share, 0.25, held=True)
    assert len(session.done) == 4
    for _ in range(3):
        session.step(back=True)
    assert session.value(share) == 0.35
    session.drawn = (session.generation, session.document)
    session.write(share, 0.34, held=True)  # what was undone is not gone on with
    assert len(session.done) == 2
    session.step(back=True)
    session.step(back=True)
    assert session.document == before


def test_a_slow_answer_ends_no_move_of_a_slider(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause that ends a step is counted from when the answer was shown: nobody moves on before seeing it."""
    now = [100.0]
    monkeypatch.setattr(editing, "monotonic", lambda: now[0])

    def slow(*_: Any) -> None:
        now[0] += 3 * editing.PAUSE

    monkeypatch.setattr(levers, "still", slow)
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    began = len(session.done)

    def move(to: float) -> None:
        next(s for s in app.slider if s.label.startswith("Providers' share of overspends")).set_value(to).run()

    for to in (45.0, 40.0, 35.0):
        move(to)
        now[0] += 0.8 * editing.PAUSE
    assert len(session.done) == began + 1
    now[0] += editing.PAUSE
    app.run()  # for another reason: it answers no edit
    move(30.0)
    assert len(session.done) == began + 2
    now[0] += editing.PAUSE
    move(25.0)
    assert len(session.done) == began + 3


def test_several_steps_do_not_undo_the_loading_of_another_alliance() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    session.begin(presets.preset("small-charities"), "small-charities")
    session.replace({**session.document, "name": "Ours"})
    app.session_state["changes"] = True
    app.run()
    next(box for box in app.number_input if box.label == "Steps").set_value(9).run()
    next(b for b in app.button if b.label == "Undo so many steps").click().run()
    assert session.document["name"] == presets.preset("small-charities").name
    assert session.loaded_last


def test_undoing_a_loading_brings_back_what_edits_were_compared_with() -> None:
    session = opened("overview.py").session_state[STATE]
    first, second = presets.preset(presets.FIRST), presets.preset("small-charities")
    session.begin(second, "small-charities")
    session.step(back=True)
    assert (session.state, session.saved, session.preset) == ("starting design", first, presets.FIRST)
    session.step(back=False)
    assert (session.state, session.saved, session.preset) == ("starting design", second, "small-charities")
    session.step(back=True)
    session.replace({**session.document, "name": "Ours"})
    session.begin(second, "small-charities")
    session.step(back=True)
    assert (session.state, session.saved) == ("starting design, changed", first)
    session.step(back=True)
    assert session.state == "starting design"


def test_an_entry_that_was_moving_when_another_alliance_was_loaded_begins_a_new_step() -> None:
    app = opened("overview.py")
    session = app.session_state[STATE]
    path = ("risk_share", "pain_bands", 0, "share")
    session.write(path, 0.3, held=True)
    session.begin(presets.preset("small-charities"), "small-charities")
    session.drawing()
    session.write(path, 0.31, held=True)
    assert len(session.done) == 3
    session.step(back=True)
    assert session.loaded_last


def test_what_was_saved_of_a_loaded_alliance_holds_after_undo_and_redo() -> None:
    session = opened("overview.py").session_state[STATE]
    session.begin(presets.preset("small-charities"), "small-charities")
    session.version = "a version"
    session.step(back=True)
    assert session.version == ""
    session.step(back=False)
    assert session.version == "a version"


def test_many_edits_since_the_saved_design_are_counted() -> None:
    session = opened("baseline.py").session_state[STATE]
    for i, rate in ((0, 0.05), (1, 0.06), (2, 0.08), (3, 0.09)):
        providers = list(session.scenario.providers)
        providers[i] = providers[i].edited(fee_rate=rate)
        session.replace(to_document(session.scenario.edited(providers=tuple(providers))))
        session.refresh()
    assert "**Since the starting design.** 4 edits: " in signing.told(session)[1]

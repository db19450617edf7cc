"""A first look: five steps that hold for any alliance, a way in, and a way past it."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import documents, presets
from model.scenario import Scenario
from tests.pages.test_drivers import one_provider, without_kpis, without_risks
from tests.pages.test_overview import certain, silent
from tests.pages.test_pages import opened
from ui.session import STATE
from ui.story import STEPS


def told(scenario: Scenario) -> list[str]:
    """The title of each step, by pressing Next."""
    app = opened("story.py")
    session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(scenario)
    app.run()
    titles = []
    for step in range(len(STEPS)):
        assert not app.exception
        assert not app.error
        assert len(app.title[0].value.split()) > 4
        titles.append(app.title[0].value)
        forward = [b for b in app.button if b.label == "Next"]
        assert bool(forward) == (step + 1 < len(STEPS))
        if forward:
            forward[0].click().run()
    return titles


@pytest.mark.parametrize("preset", presets.names())
def test_the_story_is_told_on_every_preset(preset: str) -> None:
    assert len(set(told(presets.preset(preset)))) == len(STEPS)


def test_the_story_says_where_nothing_is_shared() -> None:
    who, rule, *_ = told(presets.preset("separate-contracts"))
    assert who == "Two of them pay, four provide, and each keeps its own result"
    assert rule.startswith("Nothing is shared here")


def test_one_who_pays_is_one() -> None:
    assert told(presets.preset("project-alliance"))[0].startswith("One of them pays, three provide, and success is")


@pytest.mark.parametrize("change", [one_provider, silent, certain, without_kpis, without_risks])
def test_the_story_is_told_on_odd_alliances(change: Any) -> None:
    told(change(presets.preset(presets.FIRST)))


def test_the_first_change_shows_who_changes_its_mind_and_goes_back() -> None:
    app = opened("story.py")
    app.session_state[STATE].step_of_story = len(STEPS) - 1
    app.run()
    lever = next(s for s in app.slider if s.label.startswith("Providers' share of overspends"))
    lever.set_value(25.0).run()
    assert any("50% → 25%" in m.value and "accept" in m.value for m in app.markdown)
    next(b for b in app.button if b.label == "Undo this change").click().run()
    assert next(s for s in app.slider if s.label.startswith("Providers' share of overspends")).value == 50.0


def test_a_newcomer_is_shown_the_way_in_until_it_is_skipped_or_something_was_edited() -> None:
    def way_in(app: AppTest) -> bool:
        return any(b.label == "Skip" for b in app.button)

    app = opened("overview.py")
    assert way_in(app)
    next(b for b in app.button if b.label == "Skip").click().run()
    assert not way_in(app)
    other = opened("overview.py")
    next(s for s in other.slider if s.label.startswith("Corridor for savings")).set_value(1.0).run()
    assert not way_in(other)


def test_every_word_of_the_glossary_is_explained_on_every_page() -> None:
    app = opened("walk.py")
    app.session_state["words"] = True
    app.run()
    words = next(s for s in app.selectbox if s.label == "Word")
    assert words.options == list(documents.glossary())
    assert len(words.options) > 30
    words.select("corridor").run()
    assert any(m.value.startswith("**corridor**: a saving or overspend too small to share") for m in app.markdown)


def test_the_last_draft_is_offered_to_whoever_opens_the_plain_address() -> None:
    first = opened("overview.py").session_state[STATE]
    first.write(("name",), "Our own alliance")
    app = opened("overview.py")
    assert app.session_state[STATE].draft != first.draft
    (go_on,) = (button for button in app.button if button.label.startswith("Go on with"))
    assert "Our own alliance" in go_on.label
    go_on.click().run()
    assert not app.exception
    assert (app.session_state[STATE].draft, app.session_state[STATE].scenario.name) == (first.draft, "Our own alliance")
    assert app.query_params["s"] == first.draft


def test_a_lever_of_the_last_draft_is_not_taken_for_one_moved_while_away() -> None:
    first = opened("overview.py").session_state[STATE]
    first.write(("risk_share", "pain_bands", 0, "share"), 0.3)
    app = opened("overview.py")
    next(button for button in app.button if button.label.startswith("Go on with")).click().run()
    assert app.session_state[STATE].draft == first.draft and not app.session_state[STATE].news
    assert next(s for s in app.slider if s.label.startswith("Providers' share of overspends")).value == 30.0


def test_no_draft_of_others_is_offered_where_others_can_reach_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("overview.py").session_state[STATE].write(("name",), "Our own alliance")
    asked = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: "0.0.0.0" if name == "server.address" else asked(name))
    app = opened("overview.py")
    assert not [button for button in app.button if button.label.startswith("Go on with")]


def test_the_futures_are_said_to_be_over_all_the_years() -> None:
    app = opened("story.py")
    app.session_state[STATE].step_of_story = 2
    app.run()
    assert app.title[0].value.endswith("of pain over the seven years")
    assert any("over the seven years." in one.value for one in app.markdown)


@pytest.mark.parametrize("preset", [presets.FIRST, "small-charities"])
def test_sums_at_the_expected_score_are_the_same_in_the_story_and_under_risk_share(preset: str) -> None:
    """They were of the score before it was rounded on one page and after it on another."""
    said = []
    for page in ("story.py", "risk_share.py"):
        app = opened(page)
        session = app.session_state[STATE]
        session.draws = 1_024
        session.begin(presets.preset(preset))
        session.step_of_story = 1
        app.run()
        said.append(
            next(m.value.split(". ")[0].rstrip(".") for m in app.markdown if "At a performance score" in m.value)
        )
    assert said[0] == said[1]

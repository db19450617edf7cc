"""What can be pressed on a screen that follows another: nothing that would say it did what it cannot do there."""

import copy

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.sharing import WHO, session, shared


def buttons(app: AppTest) -> list[str]:
    return [one.label for one in app.button if not one.disabled]


@pytest.mark.parametrize("partner", ["", WHO])
def test_terms_are_shown_and_not_tried_on_a_screen_that_follows(partner: str) -> None:
    host, follow = shared()
    assert any(label.startswith("Try ") for label in buttons(host.switch_page("pages/acceptance.py").run()))
    app = follow("acceptance", partner)
    assert not any(label.startswith("Try ") for label in buttons(app))
    assert any("The facilitator's screen can try each of these terms" in one.value for one in app.markdown)
    assert any("Just accepts at" in one.value for one in app.markdown)


@pytest.mark.parametrize("partner", ["", WHO])
def test_whoever_decides_is_led_to_trying_terms_only_where_they_can_be_tried(partner: str) -> None:
    host, follow = shared()
    assert any(label.startswith("Try one") for label in buttons(host.switch_page("pages/joining.py").run()))
    app = follow("joining", partner)
    assert not any(label.startswith("Try one") for label in buttons(app))


def test_designs_are_looked_at_and_not_kept_on_a_screen_that_follows() -> None:
    host, follow = shared()
    host.switch_page("pages/compare.py").run()
    next(one for one in host.button if one.label == "Cap at half the fee").click().run()
    app = follow("compare")
    assert set(buttons(app)) <= {"Present", "Work the page out again"}
    assert not app.get("file_uploader") and not app.text_input
    assert "Cap at half the fee" in str([one.options for one in app.multiselect])


@pytest.mark.parametrize("page", ["settle_year", "history"])
def test_actual_figures_are_shown_and_not_entered_on_a_screen_that_follows(page: str) -> None:
    host, follow = shared()
    host.switch_page(f"pages/{page}.py").run()
    empty = follow(page)
    assert not empty.title[0].value.startswith(("Enter", "Bring"))
    for app in (empty, follow(page, WHO)):
        assert set(buttons(app)) <= {"Present", "Work the page out again"}
        assert all(one.disabled for one in app.text_input)
        assert not app.get("file_uploader")


def test_nothing_is_pasted_on_a_screen_that_follows() -> None:
    host, follow = shared()
    told = "Paste from a spreadsheet"
    assert any(one.label == told for one in host.switch_page("pages/baseline.py").run().expander)
    assert not any(one.label == told for page in ("baseline", "framework") for one in follow(page, WHO).expander)


def test_the_first_look_asks_nobody_to_move_a_lever_on_a_screen_that_follows() -> None:
    _, follow = shared()
    app = follow("story")
    session(app).step_of_story = 4
    app.run()
    assert app.title[0].value == "The levers, and who changes its mind as they move"
    assert "Undo this change" not in [one.label for one in app.button]


def test_a_year_of_ones_own_on_a_screen_that_follows_stays_until_it_is_another_year_there() -> None:
    host, follow = shared()
    app = follow("walk")
    app.session_state["walk-future"] = "My own figures"
    app.run()
    cost = next(one for one in app.text_input if one.label == WHO)
    assert not cost.disabled
    cost.set_value("9,000,000").run()
    session(host).write(("providers", 0, "fee_rate"), 0.05)
    app.run()
    assert next(one for one in app.text_input if one.label == WHO).value == "9,000,000"
    theirs = copy.deepcopy(session(app).sheets["own"])
    theirs["years"][0]["costs"][WHO] = 8e6
    session(host).put_sheet("own", theirs)
    app.run()
    assert next(one for one in app.text_input if one.label == WHO).value == "8,000,000"

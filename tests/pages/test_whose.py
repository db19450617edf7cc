"""The partner that one page is about stays the one that the next is about."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from tests.pages.test_pages import ROOT, opened
from ui.session import STATE

CHOOSERS = {
    "appetite.py": "Whose board",
    "joining.py": "Who decides",
    "acceptance.py": "Whose mind",
    "drivers.py": "Whose result",
}
REFUSES = "Recovery charity"


def chooser(app: AppTest, label: str) -> Any:
    return next(box for box in app.selectbox if box.label == label)


def test_who_is_looked_at_is_kept_over_pages_and_over_undo() -> None:
    app = opened("appetite.py")
    app.session_state[STATE].draws = 1_024
    app.run()
    chooser(app, "Whose board").set_value("Mental health trust").run()  # it begins with the one that refuses
    chooser(app, "Whose board").set_value(REFUSES).run()
    for page, label in CHOOSERS.items():
        app.switch_page(f"pages/{page}").run()
        assert chooser(app, label).value == REFUSES
    app.session_state[STATE].refresh()
    app.run()
    assert chooser(app, "Whose result").value == REFUSES


LOOKED_AT = [
    ("walk.py", {}, "Year", "2022-23"),
    ("walk.py", {"walk-future": "My own figures"}, "Year", "2022-23"),
    ("walk.py", {}, "Judged by the gain of", REFUSES),
    ("framework.py", {}, "KPI", "Average stay on an acute ward"),
    ("incentives.py", {"incentives-tabs": "Pounds per level"}, "One level", "Poor to minimum"),
    ("drivers.py", {"drivers-tabs": "Stress tests"}, "Provider that fails or leaves", REFUSES),
    ("exposure.py", {"exposure-tabs": "If one fails"}, "From", "2022-23"),
]


@pytest.mark.parametrize(("page", "at", "label", "choice"), LOOKED_AT)
def test_what_is_looked_at_stays_when_every_input_starts_again(
    page: str, at: dict[str, str], label: str, choice: str
) -> None:
    app = opened(page)
    app.session_state[STATE].draws = 1_024
    for key, value in at.items():
        app.session_state[key] = value
    app.run()
    assert chooser(app, label).value != choice
    chooser(app, label).set_value(choice).run()
    app.session_state[STATE].refresh()
    app.run()
    assert not app.exception and chooser(app, label).value == choice


def test_what_was_looked_at_and_the_size_of_a_stress_are_there_after_another_page() -> None:
    app = opened("drivers.py")
    app.session_state[STATE].draws = 1_024
    app.session_state["drivers-tabs"] = "Stress tests"
    app.run()
    next(box for box in app.text_input if box.label == "Costs higher (%)").set_value("4").run()
    chooser(app, "Higher to").set_value("2020-21").run()
    app.switch_page("pages/walk.py").run()
    chooser(app, "Year").set_value("2022-23").run()
    app.switch_page("pages/drivers.py").run()
    app.session_state["drivers-tabs"] = "Stress tests"
    app.run()
    assert next(box for box in app.text_input if box.label == "Costs higher (%)").value == "4"
    assert chooser(app, "Higher to").value == "2020-21"
    assert "Costs 4% higher, 2018-19 to 2020-21" in app.table[0].value.index
    app.switch_page("pages/walk.py").run()
    assert chooser(app, "Year").value == "2022-23"


def test_a_choice_that_another_alliance_does_not_have_begins_again() -> None:
    app = opened("framework.py")
    chooser(app, "KPI").set_value("Average stay on an acute ward").run()
    app.session_state[STATE].begin(presets.preset("small-charities"))
    app.run()
    box = chooser(app, "KPI")
    assert not app.exception and box.value == box.options[0]


def test_somebody_who_is_not_in_a_list_does_not_empty_it() -> None:
    app = opened("joining.py")
    app.session_state[STATE].draws = 1_024
    app.run()
    chooser(app, "Who decides").set_value("Council").run()
    app.switch_page("pages/acceptance.py").run()
    assert chooser(app, "Whose mind").value == REFUSES


def test_who_is_looked_at_is_kept_with_the_draft() -> None:
    app = opened("joining.py")
    app.session_state[STATE].draws = 1_024
    app.run()
    chooser(app, "Who decides").set_value("Council").run()
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page("pages/joining.py")
    again.query_params["s"] = app.session_state[STATE].draft
    again.run()
    assert chooser(again, "Who decides").value == "Council"

"""Possible values of a KPI on its page: emptied by what does not fit them, or asked about."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.test_paste import PLACES, paste, pasting, session, use

ROOT = Path(__file__).parent.parent.parent
FIRST = ("framework", "kras", 0, "kpis", 0)


def one_kpi() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/framework.py").run()
    assert session(app).value((*FIRST, "highest")) == 100
    return app


def enter(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_input if box.label.startswith(label)).set_value(text).run()
    assert not app.exception


def shown(app: AppTest, label: str) -> Any:
    return next(box.value for box in app.text_input if box.label == label)


def test_a_typed_figure_empties_the_possible_value_that_it_breaks_as_one_step() -> None:
    app = one_kpi()
    session(app).write((*FIRST, "unit"), "days")
    app.run()
    enter(app, "Today", "262")
    now = session(app)
    assert now.value((*FIRST, "highest")) is None and now.value((*FIRST, "lowest")) == 0
    assert shown(app, "Highest possible") == ""
    assert "'Highest possible' was 100 and is now empty" in now.news
    now.step(back=True)
    assert now.value((*FIRST, "highest")) == 100 and now.value((*FIRST, "today")) != 262


def test_a_rate_mistyped_is_asked_about_until_it_is_corrected_and_keeps_its_possible_values() -> None:
    app = one_kpi()
    enter(app, "Today", "950")
    assert session(app).value((*FIRST, "highest")) == 100 and not session(app).news
    (asked,) = app.warning
    assert "today (950) lies above its highest possible value, 100" in asked.value
    enter(app, "Today", "55")
    assert not app.warning


def test_a_figure_that_fits_empties_nothing() -> None:
    app = one_kpi()
    enter(app, "Today", "71")
    assert session(app).value((*FIRST, "highest")) == 100 and not session(app).news


def test_a_possible_value_typed_inside_the_figures_is_asked_about() -> None:
    app = one_kpi()
    assert not app.warning
    enter(app, "Highest possible", "50")
    (asked,) = app.warning
    assert "above its highest possible value, 50" in asked.value
    app.session_state["framework-tabs"] = "Key result areas and weights"
    app.run()
    assert [said.value for said in app.warning] == [asked.value]


def test_a_pasted_figure_empties_the_possible_value_that_it_breaks_and_says_so_first() -> None:
    app = pasting("framework.py", *PLACES["framework.py"])
    name = session(app).value((*FIRST, "name"))
    paste(app, f"Name\tUnit\tToday\n{name}\tper 1,000\t262")
    assert any("ighest possible" in said.value for said in app.markdown)
    use(app)
    assert session(app).value((*FIRST, "today")) == 262 and session(app).value((*FIRST, "highest")) is None

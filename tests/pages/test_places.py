"""Forms keep their place on a page whatever is told above them: one that moves starts again, and drops half a word."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from tests.pages.test_pages import opened
from ui import sheets
from ui.session import STATE


def place(node: Any, label: str) -> list[int] | None:
    """The way to an input of this label: its number among what its block holds, block by block."""
    for number, child in getattr(node, "children", {}).items():
        if getattr(child, "label", None) == label:
            return [number]
        if (below := place(child, label)) is not None:
            return [number, *below]
    return None


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def test_actual_figures_are_typed_in_the_same_place_from_the_first_to_the_last() -> None:
    app = opened("settle_year.py")
    session = app.session_state[STATE]
    last = list(session.scenario.framework.kpis())[-1]
    label = f"{last.name} ({last.unit})" if last.unit else last.name
    first = place(app.main, label)
    assert first
    year = session.scenario.term.labels()[0]
    for provider in session.scenario.providers:
        sheets.put(session, "outturn", year, ("costs", provider.name), provider.baseline_cost)
        assert place(run(app).main, label) == first
    sheets.put(session, "outturn", year, ("relief",), "nonsense")
    assert place(run(app).main, label) == first
    sheets.put(session, "outturn", year, ("costs", session.scenario.providers[0].name), -1.0)
    assert place(run(app).main, label) == first


@pytest.mark.parametrize(
    ("page", "label", "path", "value"),
    [
        ("risk_share.py", "Haircut (%)", ("providers", 0, "fee_on"), "actual cost"),
        ("baseline.py", "Name, Council", ("providers", 0, "fee_on"), "actual cost"),
        ("framework.py", "Today", ("framework", "vision"), ""),
    ],
)
def test_a_form_stays_where_it_is_when_more_is_told_above_it(page: str, label: str, path: Any, value: Any) -> None:
    app = opened(page)
    if page == "baseline.py":
        app.session_state["baseline-tabs"] = "Partners and reserves"
        run(app)
    if page == "risk_share.py":
        app.session_state[STATE].begin(presets.preset("new-alliance"))  # nothing in it is odd
        run(app)
    labels = [one.label for one in [*app.text_input, *app.slider, *app.selectbox]]
    assert label in labels, labels
    before = place(app.main, label)
    app.session_state[STATE].write(path, value)
    assert place(run(app).main, label) == before

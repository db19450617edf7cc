"""What changes many entries at once is one step for undo, and is told by a name of its own."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.adopting import dearer
from tests.pages.test_drivers import TABS, shown
from tests.pages.test_pages import opened
from ui import reasons, signing
from ui.session import STATE


def worked_with(app: AppTest, name: str) -> AppTest:
    next(box for box in app.selectbox if box.label == "Go on from").set_value(name).run()
    next(button for button in app.button if button.label == "Work with this").click().run()
    assert not app.exception
    return app


def test_a_stress_becomes_the_drafts_own_inputs_in_one_step() -> None:
    scenario = presets.preset(presets.FIRST)
    app = worked_with(shown(scenario, TABS[3]), "Costs 3% higher")
    session = app.session_state[STATE]
    assert session.scenario == dearer(scenario, 0.03)
    assert session.news == "Costs 3% higher, taken over from Stress tests. Undo brings back what was."
    assert "**What just changed.** Costs 3% higher, taken over from Stress tests: " in signing.just_changed(session)
    session.step(back=True)
    assert session.scenario == scenario


def test_only_stresses_that_inputs_can_say_are_offered() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    offered = next(box for box in app.selectbox if box.label == "Go on from").options
    assert "Savings a year late" in offered and "Costs 5% higher: Mental health trust" in offered
    assert not any("fails" in one or "Inflation" in one or "Correlations" in one for one in offered)


def test_a_risk_left_out_can_be_gone_on_with() -> None:
    scenario = presets.preset(presets.FIRST)
    name = scenario.uncertainty.risks[1].name
    app = worked_with(shown(scenario, TABS[2]), f"{name}: left out")
    assert not app.session_state[STATE].scenario.uncertainty.risks[1].included


def test_a_risk_that_comes_for_certain_can_be_gone_on_with_though_not_in_one_year() -> None:
    scenario = presets.preset(presets.FIRST)
    name = scenario.uncertainty.risks[1].name
    app = shown(scenario, TABS[2])
    assert any(one.value == reasons.NEAREST for one in app.markdown)
    session = worked_with(app, f"{name}: happens once, in any year").session_state[STATE]
    risk = session.scenario.uncertainty.risks[1]
    assert (risk.when, risk.probability, risk.included) == ("once", 1.0, True)
    assert session.news.startswith(f"{name}: happens once, in any year, taken over from Risks on and off.")


@pytest.mark.parametrize("preset", presets.names())
def test_one_entry_makes_all_services_dearer(preset: str) -> None:
    app = opened("uncertainty.py")
    session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(presets.preset(preset))
    app.run()
    entry = next(box for box in app.number_input if box.label.startswith("All services dearer"))
    before = [one.cost_deviation for one in session.scenario.providers]
    entry.set_value(3.0).run()
    assert [one.cost_deviation for one in session.scenario.providers] == before
    next(button for button in app.button if button.label == "Move all ranges").click().run()
    assert not app.exception
    after = [one.cost_deviation for one in session.scenario.providers]
    assert [b.mean - a.mean for a, b in zip(before, after, strict=True)] == pytest.approx(
        [0.03] * len(before), abs=1e-4
    )
    assert [b.sd for b in after] == pytest.approx([a.sd for a in before], abs=1e-4)
    again = next(box for box in app.number_input if box.label.startswith("All services dearer"))
    assert again.value == 0.0
    assert "**What just changed.** All services 3% dearer than before" in signing.just_changed(session)
    session.step(back=True)
    assert [one.cost_deviation for one in session.scenario.providers] == before

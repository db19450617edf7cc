"""The overview of an alliance, shown and read."""

from streamlit.testing.v1 import AppTest

from model.scenario import Scenario
from tests.pages.test_pages import opened
from ui.session import STATE

DRAWS = 1_024


def shown(scenario: Scenario) -> AppTest:
    app = opened("overview.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    assert not app.exception
    assert not app.error
    return app


def told(app: AppTest, start: str) -> str:
    """What is said of the last change ('What just changed'), or of all ('Since …'); nothing where that is not."""
    return next((one.value for one in app.markdown if one.value.startswith(f"**{start}")), "")

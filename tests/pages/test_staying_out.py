"""Without a risk tolerance, staying out is not asked about, and every page says so."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.appetite import InPounds
from model.distributions import Fixed
from model.fields import Path
from model.scenario import Scenario
from tests.pages.test_pages import opened
from ui import signing
from ui.decisions import positions
from ui.session import STATE

NAME = "Peer support charity"
GENEROUS = InPounds(worst=500_000.0)


def with_peers(outside: float, appetite: InPounds = GENEROUS) -> Scenario:
    scenario = presets.preset("small-charities")
    changed = {"outside": Fixed(value=outside), "appetite": appetite}
    providers = tuple(p.edited(**changed) if p.name == NAME else p for p in scenario.providers)
    return scenario.edited(providers=providers)


def shown(page: str, scenario: Scenario, tab: str = "Who accepts") -> AppTest:
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(scenario)
    session.whose = NAME
    app.session_state["acceptance-tabs"] = tab
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.title, *app.main.markdown)).replace("\u2060", "")


@pytest.mark.parametrize("outside", [0.0, 30_000.0])
def test_a_partner_that_accepts_though_staying_out_brings_more_is_said_to_everywhere(outside: float) -> None:
    scenario = with_peers(outside)
    unasked = bool(outside)
    joining = shown("joining.py", scenario)
    assert ("more on average, which its limits do not ask about" in joining.title[0].value) == unasked
    assert ("it has no risk tolerance" in said(joining)) == unasked
    board = shown("appetite.py", scenario).title[0].value
    assert "would be inside its limits" in board
    assert ("what staying out would bring is not asked" in board) == unasked
    assert ("it has no risk tolerance" in said(shown("acceptance.py", scenario))) == unasked
    why = shown("overview.py", scenario).table[0].value["Why"][NAME]
    assert why.endswith("; staying out not asked") == unasked


def test_what_emptying_the_risk_tolerance_stops_is_said_at_the_field() -> None:
    path: Path = ("providers", [p.name for p in with_peers(0.0).providers].index(NAME), "appetite", "tolerance")
    app = shown(
        "acceptance.py", with_peers(30_000.0, InPounds(worst=500_000.0, tolerance=55_000.0)), "What each accepts"
    )
    assert "No risk tolerance" not in said(app)
    app.session_state[STATE].write(path, None)
    app.run()
    assert "No risk tolerance: whether joining is worth more than staying out is not asked." in said(app)


def test_who_now_accepts_without_being_asked_about_staying_out_is_told() -> None:
    app = shown("overview.py", with_peers(30_000.0, InPounds(worst=1_000.0)))
    session = app.session_state[STATE]
    before = positions(session)
    session.begin(with_peers(30_000.0))
    told = signing.changed(["x"], before, positions(session))
    assert f"**{NAME} (staying out not asked) now accepts**" in told

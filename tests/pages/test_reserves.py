"""Reserves of £0, and reserves that nobody stated: every page opens, divides by nothing, and tells the two apart."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.appetite import InPounds
from model.scenario import Scenario
from tests.pages.test_exposure import TABS as EXPOSURE
from tests.pages.test_pages import PAGES, opened
from ui import signing
from ui.decisions import positions
from ui.session import STATE, Session

FIRST = presets.preset(presets.FIRST)
NONE, UNSTATED = FIRST.providers[-1].name, FIRST.providers[-2].name
NO_NUMBER = re.compile(r"(?<![a-z])(?:nan|inf)(?![a-z])|∞", re.I)


def held(*reserves: float | None, of: Scenario = FIRST, **changes: Any) -> Scenario:
    """The last providers with these reserves."""
    others, last = of.providers[: -len(reserves)], of.providers[-len(reserves) :]
    return of.edited(
        providers=(*others, *(one.edited(reserves=r, **changes) for one, r in zip(last, reserves, strict=True)))
    )


def all_held(reserves: float | None) -> Scenario:
    buyers = tuple(one.edited(reserves=reserves) for one in FIRST.commissioners)
    return held(*[reserves] * len(FIRST.providers)).edited(commissioners=buyers)


def shown(scenario: Scenario, page: str, tab: tuple[str, str] | None = None) -> AppTest:
    app = opened(page)
    session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(scenario)
    if tab:
        app.session_state[tab[0]] = tab[1]
    app.run()
    assert not app.exception
    return app


def seen(app: AppTest) -> list[str]:
    """Every sentence and every cell on a page."""
    texts = [str(one.value) for one in (*app.title, *app.markdown, *app.metric, *app.info, *app.warning)]
    for table in app.table:
        texts += [str(cell) for cell in table.value.to_numpy().ravel()]
    return [text.replace("\u2060", "") for text in texts] + [one.proto.alt for one in app.get("plotly_chart")]


def said(app: AppTest) -> str:
    return " ".join(seen(app))


@pytest.mark.parametrize("scenario", [held(None, 0.0), all_held(0.0)], ids=["one of each", "nobody has any"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_divides_by_nothing(page: str, scenario: Scenario) -> None:
    for text in seen(shown(scenario, page)):
        assert not NO_NUMBER.search(text), text


@pytest.mark.parametrize("tab", EXPOSURE[1:])
@pytest.mark.parametrize("scenario", [held(None, 0.0), all_held(0.0)], ids=["one of each", "nobody has any"])
def test_every_tab_of_the_exposure_divides_by_nothing(tab: str, scenario: Scenario) -> None:
    found = said(shown(scenario, "exposure.py", ("exposure-tabs", tab)))
    assert not NO_NUMBER.search(found)


def test_reserves_of_nothing_refuse_and_are_not_called_unstated() -> None:
    for page in ("joining.py", "appetite.py", "acceptance.py"):
        app = opened(page)
        session = app.session_state[STATE]
        session.draws = 1_024
        session.begin(held(0.0))
        session.whose = NONE
        session.refresh()
        app.run()
        assert "No reserves" not in said(app) and "not stated" not in said(app)
    assert next(one for one in positions(session) if one.partner == NONE).verdict == "refuses"


def test_should_we_join_says_both_in_words() -> None:
    for reserves, sentence in ((0.0, "Reserves of £0 and"), (None, "No reserves and")):
        app = opened("joining.py")
        session = app.session_state[STATE]
        session.draws = 1_024
        session.begin(held(reserves))
        session.whose = NONE
        session.refresh()
        app.run()
        found = said(app)
        assert sentence in found
        assert ("its reserves of £0 are £" in found) == (reserves == 0.0)
        assert ("No reserves are stated" in found) == (reserves is None)
        assert ("a gain worth its risk (risk tolerance £0)" in found) == (reserves == 0.0)
        assert ("not tested, because they are not stated" in found) == (reserves is None)


def test_a_limit_on_reserves_in_pounds_is_broken_by_nothing_and_not_tested_where_none_are_stated() -> None:
    limits = InPounds(worst=1e9, reserve_minimum=30e3)
    for reserves in (0.0, None):
        app = opened("joining.py")
        session = app.session_state[STATE]
        session.draws = 1_024
        session.begin(held(reserves, appetite=limits))
        session.whose = NONE
        session.refresh()
        app.run()
        found = said(app)
        assert ("Its reserves, £0, are **already below £30k today**" in found) == (reserves == 0.0)
        assert app.title[0].value.startswith("Yes, inside the one limit that can be tested") == (reserves is None)
        assert ("No reserves" in found) == (reserves is None)


def test_what_a_cleared_figure_changes_is_said() -> None:
    """From £650,000 to £0 nobody accepts who refused; to nothing stated, it is said beside the verdict."""
    session = Session("draft", FIRST, None)
    session.draws = 1_024
    found = {}
    for reserves in (0.0, None):
        after = held(reserves)
        found[reserves] = signing.changed(["Free reserves"], positions(session), positions(session, after))
    assert "now accepts" not in found[0.0]
    assert f"**{NONE} (reserves not stated) now accepts**" in found[None]


def test_the_field_of_reserves_that_are_not_stated_is_empty_and_zero_stays_zero() -> None:
    app = shown(FIRST, "baseline.py", ("baseline-tabs", "Partners and reserves"))
    label = f"Free reserves (£), {NONE}"

    def entry() -> Any:
        return next(box for box in app.text_input if box.label == label)

    for typed, kept, text in (("£0", 0.0, "0"), ("", None, ""), ("0", 0.0, "0")):
        entry().set_value(typed).run()
        assert not app.exception
        assert app.session_state[STATE].scenario.providers[-1].reserves == kept
        assert entry().value == text
    assert entry().placeholder == "not stated"

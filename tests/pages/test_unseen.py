"""What must never be, in none of the draws and not ruled out by the contract: said wherever it is answered."""

import re

import pytest

from model.scenario import Scenario
from tests.pages import test_acceptance, test_appetite, test_joining
from tests.pages.test_drivers import said
from tests.pages.test_joining import charity
from tests.ui.written import made, texts
from ui.session import STATE

WHO = "Peer support charity"
TOLD = (
    r"Reserves below £40k: in none of [\d,]+ futures, but the contract allows it(\*\*)?: "
    r"the largest loss would leave £"
)
THOUGH = "though the contract allows low reserves"


def seldom() -> Scenario:
    """Reserves that must never be below £40k, and such small shares of an overspend that no future drawn does that."""
    scenario = charity(reserve_minimum=40_000.0, reserve_chance=0.0)
    terms = scenario.risk_share
    bands = tuple(band.edited(share=0.03) for band in terms.pain_bands)
    return scenario.edited(risk_share=terms.edited(pain_bands=bands))


def plain(text: str) -> str:
    return text.replace("\u2060", "").replace("\u00a0", " ")


def test_whoever_decides_is_not_told_that_it_is_inside_for_certain() -> None:
    app = test_joining.shown(seldom(), WHO)
    told = plain(test_joining.said(app))
    assert app.title[0].value.startswith(f"Yes, inside the one limit entered, of five, {THOUGH}: for {WHO}")
    assert re.search(TOLD, told)
    bullet = "Reserves below £40k at the end of some year: **0%**, in none of 1,024 futures, but the contract allows it"
    assert bullet in told
    assert "Nothing in the futures drawn: it passes its only test." in told
    assert "For the contract to rule out low reserves, its loss would have to end at £15k over the term; now" in told


def test_a_board_is_told_too() -> None:
    app = test_appetite.shown(seldom(), WHO)
    assert app.title[0].value == f"{WHO} would be inside its limits, {THOUGH}"
    assert re.search(TOLD, plain(test_appetite.said(app)))
    assert "0% of futures drawn" in app.table[0].value["It would be"].to_list()


@pytest.mark.parametrize("kind", ["board", "joining"])
def test_papers_say_it(kind: str) -> None:
    paper = made(kind, seldom(), WHO)
    assert THOUGH in paper.title
    assert re.search(TOLD, plain(" ".join(texts(paper))))


def test_a_term_that_is_tried_is_said_not_to_rule_it_out() -> None:
    app = test_acceptance.shown(charity(reserve_minimum=40_000.0, reserve_chance=0.0))
    next(box for box in app.selectbox if box.label == "Whose mind").set_value(WHO).run()
    next(b for b in app.button if b.label.startswith("Try *Providers' share of overspends")).click().run()
    assert not app.exception
    assert f"{WHO} now accepts, {THOUGH}. On average" in plain(app.session_state[STATE].news)
    assert len(re.findall(TOLD, plain(said(app)))) == 2, "in words, and with what was tried"


def test_where_the_caps_rule_it_out_nothing_is_added() -> None:
    app = test_joining.shown(charity(year_loss=30_000.0, year_chance=0.0), WHO)
    assert "though" not in app.title[0].value
    assert "the contract allows it" not in test_joining.said(app)

"""What it is worth to know more before signing: no price, and no sum."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from data import presets
from model.information import Estimate
from model.joining import OUTSIDE
from tests.ui.written import made, texts
from ui import knowing_words
from ui.decisions import joining as decision
from ui.session import Session

APART = "Each is for knowing that figure alone, so they are no parts of that sum."


def said(whole: float, **each: float) -> str:
    table = pd.DataFrame({"value": each, "standard error": 0.0}, index=[*each], dtype=float)
    found: Any = SimpleNamespace(knowing_all=Estimate(whole, 0.0), knowing=table)
    return knowing_words.sentences(found).replace("\u2060", "")


def test_what_knowing_is_worth_is_no_price_and_parts_are_not_said_to_add_up() -> None:
    told = said(8_200.0, **{"Cost of A": 5_000.0, "KPI: Home": 3_900.0, "Risk: Flood": 3_700.0, "Prices": 100.0})
    assert told == (
        "If we knew everything before signing, we would join only where that turns out better, and have **£8.2k** more "
        "on average: what knowing is worth, not what it costs. Worth most to know by itself: the cost of A (£5k), the "
        f"KPI Home (£3.9k) and the risk Flood (£3.7k). {APART}"
    )


def test_a_single_figure_has_nothing_to_be_added_to() -> None:
    assert said(10.0, **{OUTSIDE: 5.0}).endswith("Worth most to know by itself: what staying out would bring (£5).")
    assert said(10.0, Prices=5.0).endswith("by itself: prices (£5).")
    assert said(10.0, Prices=0.1).endswith("No single figure is worth finding out by itself.")
    assert "worth £0" in said(0.1, Prices=0.1)


def test_single_figures_of_the_small_charities_come_to_more_than_everything_and_paper_says_so() -> None:
    scenario = presets.preset("small-charities")
    session = Session("draft", scenario, None)
    session.draws = 1_024
    peer = [one.name for one in scenario.providers].index("Peer support charity")
    found = decision(session, peer)
    assert found.knowing["value"].head(knowing_words.MOST).sum() > found.knowing_all.value
    assert APART in " ".join(texts(made("joining", scenario, "Peer support charity")))

"""Pages and papers where own caps put a tenth of futures on one sum: no tail is told that is not there."""

from datetime import date

from streamlit.testing.v1 import AppTest

from data import presets
from model.amounts import OfFee
from model.base import PENNY
from model.scenario import Scenario
from model.tables import draws
from tests.pages.test_pages import opened
from ui import paper_board, paper_joining
from ui.format import chance, signed
from ui.range_words import unformatted
from ui.results import results
from ui.session import STATE, Session

ONE = "Provider 1"


def capped() -> Scenario:
    """A new alliance of four years, each provider's pain capped at 8% of its fee."""
    new = presets.preset(presets.NEW)
    own = tuple(one.edited(pain_cap=OfFee(part=0.08)) for one in new.providers)
    return new.edited(term=new.term.edited(years=4), providers=own)


def shown(page: str) -> tuple[str, Session]:
    app: AppTest = opened(page)
    session: Session = app.session_state[STATE]
    session.begin(capped(), presets.NEW)
    session.whose = ONE
    app.run()
    assert not app.exception
    return unformatted(" ".join(one.value for one in app.markdown)).replace("\u2060", ""), session


def at_the_cap(session: Session) -> tuple[str, str]:
    """The share of futures at the largest loss, which none is below, and that loss."""
    gains = draws(results(session))[ONE]
    worst = float(gains.min())
    share = float((gains < worst + PENNY).mean())
    assert share > 0.1
    return chance(share), signed(worst)


def test_nobody_is_told_a_chance_of_less_than_the_most_that_can_be_lost() -> None:
    said, session = shown("partners.py")
    share, worst = at_the_cap(session)
    assert f"futures of {ONE}, {share} end at {worst}, the most it can lose, and half end below" in said
    assert f"less than {worst}" not in said and "lies below P5" not in said
    assert f"95% of futures between {worst} and" in said


def test_a_board_reads_how_many_futures_end_at_the_most_that_can_be_lost() -> None:
    said, session = shown("appetite.py")
    share, worst = at_the_cap(session)
    paper = repr(paper_board.paper(session, ONE, date(2026, 1, 2)))
    for text in (said, paper):
        assert f"{share} of futures end at {worst}, the most it can lose, and 1 in 10 above" in text
        assert f"below {worst}" not in text


def test_who_decides_on_joining_reads_how_many_futures_are_truly_between() -> None:
    said, session = shown("joining.py")
    _, worst = at_the_cap(session)
    paper = repr(paper_joining.paper(session, ONE, date(2026, 1, 2)))
    for text in (said, paper):
        assert f"90% of futures between {worst}, the most it can lose, and" in text
        assert "8 in 10" not in text

"""Where a design is signed by a hair, titles say so: of pages, of a comparison, of the alliance's paper."""

from datetime import date

from streamlit.testing.v1 import AppTest

from model.appetite import Unasked
from model.scenario import Scenario
from tests.model.test_search import LOSS, one_provider
from tests.pages.test_compare import session_of
from tests.pages.test_pages import opened
from ui import paper_alliance
from ui.decisions import only_just


def page(name: str, scenario: Scenario) -> AppTest:
    app = opened(name)
    session_of(app).draws = 16_384
    session_of(app).begin(scenario)
    app.run()
    assert not app.exception
    return app


def by_a_hair() -> Scenario:
    """Half of what is lost in the worst 1 in 20 is the council's, who would lose hardly more."""
    return one_provider(LOSS, 0.51 * LOSS)


def title(name: str, scenario: Scenario) -> str:
    return str(page(name, scenario).title[0].value).replace("\\", "")


def test_who_accepts_says_that_all_do_only_just_and_why() -> None:
    said = title("acceptance.py", by_a_hair())
    assert said.startswith("Everybody would sign, but only just: costs 0.")
    assert said.endswith("% higher and City council refuses")
    assert title("acceptance.py", one_provider(LOSS, LOSS)) == "Everybody would sign: all two partners accept"


def test_a_comparison_says_which_designs_are_signed_only_just() -> None:
    assert title("compare.py", by_a_hair()) == "The starting design is acceptable to everybody, but only just"
    assert title("compare.py", one_provider(LOSS, LOSS)) == "The starting design is acceptable to everybody"


def test_the_paper_of_the_alliance_says_so_in_its_title_and_why_below_it() -> None:
    session = session_of(page("papers.py", by_a_hair()))
    paper = paper_alliance.paper(session, date(2026, 1, 1))
    assert paper.title.startswith("Everyone would sign, but only just. ")
    assert any("Only just: costs 0." in line for line in paper.about)


def test_where_one_has_not_said_those_who_have_accept_only_just() -> None:
    alliance = by_a_hair()
    silent = alliance.edited(providers=(alliance.providers[0].edited(appetite=Unasked()),))
    said = title("acceptance.py", silent)
    assert said.startswith("One of two partners accepts, but only just: costs 0.")
    assert said.endswith("; Community charity has not said")


def test_what_is_too_close_to_call_is_not_said_to_be_signed_only_just() -> None:
    session = session_of(page("papers.py", one_provider(LOSS, 0.5001 * LOSS)))
    assert only_just(session) == ""


def test_the_overview_does_not_say_that_all_would_sign_where_it_is_too_close_to_call() -> None:
    close = page("overview.py", one_provider(LOSS, 0.5001 * LOSS))
    assert close.title[0].value.startswith("It is too close to call who would sign")
    assert not any("would sign" in one.value for one in close.warning)
    sure = page("overview.py", by_a_hair())
    assert any("would sign" in one.value for one in sure.warning)

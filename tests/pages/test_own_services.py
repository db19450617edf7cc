"""A council whose own service is a partner: wherever the council alone is looked at, the other part is named."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.tables import TERM, together
from tests.pages.test_pages import opened
from ui import own_services, paper_joining
from ui.format import money, signed
from ui.paper import printable
from ui.results import results
from ui.session import STATE, Session

BESIDE = "Adult social care is a council service and a partner of its own here: what it gains and bears is not in these"
SOME = ("Council", "Adult social care")
WHOSE = {"joining.py": "Who decides", "appetite.py": "Whose board"}


def living_well(page: str) -> AppTest:
    app = opened(page)
    app.session_state[STATE].draws = 1_024
    app.session_state[STATE].begin(presets.preset("lambeth-living-well"))
    return app.run()


def said(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(text.value for text in app.markdown).replace("\u2060", "")


def in_all(session: Session) -> str:
    """What both have over the term, as it is written."""
    row = together(results(session), SOME, TERM).iloc[0]
    return f"{signed(row['mean'])} on average over the term; the worst 1 in 20 costs them {money(row['cvar95'])}"


@pytest.mark.parametrize("page", WHOSE)
def test_where_a_council_decides_its_own_service_is_named_and_added_up(page: str) -> None:
    app = living_well(page)
    box = next(box for box in app.selectbox if box.label == WHOSE[page])
    told = said(box.set_value("Council").run())
    assert BESIDE in told
    assert f"Both together: {in_all(app.session_state[STATE])} on average (" in told
    assert told.count("The worst year for Council and Adult social care together is") == 1
    assert re.search(r"The worst year for Council and Adult social care together is \*\*20\d\d-\d\d", told)
    box = next(box for box in app.selectbox if box.label == WHOSE[page])
    assert BESIDE not in said(box.set_value("NHS commissioner").run())
    assert not any("added up" in button.label for button in app.button)


def test_the_councils_paper_on_joining_says_so_too() -> None:
    session = living_well("joining.py").session_state[STATE]
    paper = paper_joining.paper(session, "Council", date(2026, 1, 2))
    about = " ".join(map(printable, paper.about)).replace("\u2060", "")
    assert BESIDE in about
    assert in_all(session) in about
    assert BESIDE not in " ".join(paper_joining.paper(session, "NHS commissioner", date(2026, 1, 2)).about)


def test_a_walked_year_says_so_with_what_both_have_in_it() -> None:
    app = living_well("walk.py")
    line = next(line for line in said(app).split("\n") if "**Council**" in line)
    assert BESIDE in line
    app.session_state["table-walk-shares"] = True
    gains = next(one.value["gain"] for one in app.run().dataframe if "gain" in one.value)
    assert f"In this year they have {signed(float(gains[[*SOME]].sum()))} together." in line
    assert said(app).count(BESIDE) == 1


@pytest.mark.parametrize("page", ["walk.py", *WHOSE])
def test_a_link_leads_to_both_added_up(page: str) -> None:
    app = living_well(page)
    for box in app.selectbox:
        if box.label in WHOSE.values():
            box.set_value("Council").run()
    next(button for button in app.button if "Council and Adult social care added up" in button.label).click().run()
    assert "Council and Adult social care together have" in said(app)


def test_several_services_are_named_together_and_a_body_that_is_no_council_has_none() -> None:
    case = presets.preset("lambeth-living-well")
    first, *others = case.providers
    two = case.edited(providers=(first.edited(kind="council service"), *others))
    assert "Mental health trust and Adult social care are council services" in own_services.beside(two, "Council")
    assert "has all together." in own_services.beside(two, "Council")
    for name in ("NHS commissioner", "Adult social care"):
        assert own_services.beside(case, name) == ""

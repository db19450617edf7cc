"""A partner that has another name now is the same one on every page: nothing is said to have left or joined."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.changes import changes
from model.documents import to_document
from tests.pages.test_pages import opened
from ui import edits, paper_ends, signing
from ui.paper import Bullets, Table
from ui.session import STATE, Session

OLD, NEW = "Housing charity", "Northtown Housing Trust"


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state[STATE]
    return session


@pytest.fixture
def renamed() -> AppTest:
    """Small charities, one of which has another name, cost and fee by now, while another has left."""
    app = opened("overview.py")
    session = session_of(app)
    session.draws = 1_024
    session.begin(presets.preset("small-charities"))
    app.run()
    edits.write(session, ("providers", 0, "name"), NEW)
    session.write(("providers", 0, "baseline_cost"), 2_850_000.0)
    session.write(("providers", 0, "fee_rate"), 0.08)
    session.replace(edits.without(session.document, ("providers", 5)))
    return app


def test_the_list_of_changes_tells_costs_and_fees_by_the_new_name(renamed: AppTest) -> None:
    said = session_of(renamed).changes()
    assert f"{NEW} › Baseline cost: £2,600,000 → £2,850,000" in said
    assert any(line.startswith(f"{NEW} › Fee: ") for line in said)
    assert f"{OLD} is now called {NEW}" in said


def test_overview_says_who_left_and_of_no_other_that_it_did(renamed: AppTest) -> None:
    said = signing.told(session_of(renamed))[1]
    assert "Peer support charity left" in said
    assert "joined" not in said and f"{OLD} left" not in said and f"{OLD}," not in said


def test_what_the_figures_were_is_shown_by_the_new_name(renamed: AppTest) -> None:
    renamed.switch_page("pages/partners.py").run()
    assert not renamed.exception
    assert "was" in " ".join(renamed.table[0].value.loc[NEW])


def test_designs_side_by_side_have_one_row_for_it(renamed: AppTest) -> None:
    renamed.switch_page("pages/compare.py").run()
    assert not renamed.exception
    said = " ".join(one.value for one in renamed.markdown)
    assert "only here" not in said and "not here: Peer support charity." in said


def test_papers_tell_what_changed_of_it(renamed: AppTest) -> None:
    session = session_of(renamed)
    before = paper_ends.Before("This design", "Starting design", session.saved)
    blocks = paper_ends.changed_in_brief(session, before)
    bullets = next(block for block in blocks if isinstance(block, Bullets))
    said = " ".join(bullets.items)
    assert f"{NEW} › Fee: " in said or f"{NEW} 7%" in said
    assert f"{OLD} is now called {NEW}" in said and "only here" not in said
    assert any(isinstance(block, Table) and NEW in str(block) for block in blocks)


def test_the_record_of_a_version_says_names_last(renamed: AppTest) -> None:
    session = session_of(renamed)
    said = [one.said for one in changes(to_document(session.saved), session.document)]
    assert said[-1] == f"{OLD} is now called {NEW}"

"""Actual figures of years follow whoever is called something else, wherever that happens."""

from typing import Any

from streamlit.testing.v1 import AppTest

from data import presets
from model import names
from model.documents import from_document, to_document
from model.scenario import Scenario
from tests.pages.records import opened
from tests.pages.sharing import WHO, shared
from tests.pages.sharing import session as guest_of
from tests.pages.test_record import year
from tests.pages.test_tabs import opened as tab
from tests.pages.test_tabs import said as said_as_news
from ui import edits
from ui.session import STATE, Session
from ui.sheets import put

LABEL = "2020-21"
CASE = presets.preset(presets.FIRST)
OLD, NEW = CASE.providers[2].name, "Northtown Community CIC"
KPI, BETTER = next(iter(CASE.framework.kpis())).name, "Seen at once"


def actual() -> dict[str, Any]:
    """A year with a cost of every provider and a value of one KPI, and nothing else."""
    return {"schema_version": 1, "years": [year(LABEL, 1.02) | {"kpis": {KPI: 80.0}}]}


def past() -> dict[str, Any]:
    """The same as a past year."""
    years = actual()["years"]
    return {"schema_version": 1, "years": [one | {"year": "2018-19", "targets": one["costs"]} for one in years]}


def settled() -> tuple[AppTest, Session]:
    """The page on which a year was settled, and a year that went before is tested."""
    app = opened("settle_year", outturn=actual(), past=past())
    return app, app.session_state[STATE]


def costs(session: Session, sheet: str = "outturn") -> dict[str, Any]:
    found: dict[str, Any] = session.sheets[sheet]["years"][0]["costs"]
    return found


def pending(app: AppTest) -> list[str]:
    """What keeps a year from being settled."""
    return [one.value for one in app.info if "pending" in one.icon]


def renamed() -> Scenario:
    """The first preset, one of whose providers is called something else."""
    return from_document(names.renamed(to_document(CASE), ("providers", 2, "name"), NEW))


def test_a_year_stays_settled_when_a_provider_and_a_kpi_are_renamed() -> None:
    app, session = settled()
    title = app.title[0].value
    edits.write(session, ("providers", 2, "name"), NEW)
    edits.write(session, ("framework", "kras", 0, "kpis", 0, "name"), BETTER)
    app.run()
    assert app.title[0].value == title and not pending(app) and not app.error
    assert OLD not in costs(session) and costs(session)[NEW] == year(LABEL, 1.02)["costs"][OLD]
    assert session.sheets["outturn"]["years"][0]["kpis"] == {BETTER: 80.0}
    app.switch_page("pages/history.py").run()
    assert not app.error and "providers" in app.title[0].value
    assert NEW in session.sheets["past"]["years"][0]["targets"]


def test_undo_and_redo_take_the_figures_to_the_name_of_then() -> None:
    _, session = settled()
    edits.write(session, ("providers", 2, "name"), NEW)
    session.step(back=True)
    assert OLD in costs(session) and NEW not in costs(session)
    session.step(back=False)
    assert NEW in costs(session) and OLD not in costs(session)


def test_a_version_of_the_same_alliance_takes_the_figures_along_and_undo_too() -> None:
    _, session = settled()
    session.begin(renamed())
    assert NEW in costs(session) and NEW in costs(session, "past")
    session.step(back=True)
    assert OLD in costs(session)


def test_figures_that_were_taken_away_follow_until_they_are_brought_back() -> None:
    app, session = settled()
    next(one for one in app.button if one.label == "Start again").click().run()
    edits.write(session, ("providers", 2, "name"), NEW)
    app.run()
    next(one for one in app.button if one.label == "Bring back the figures before").click().run()
    assert NEW in costs(session) and not pending(app)


def test_figures_set_aside_of_another_alliance_keep_their_names() -> None:
    _, session = settled()
    session.begin(presets.preset("small-charities"))
    assert OLD in costs(session, "former outturn")
    document = to_document(session.scenario)
    document["providers"][0]["name"] = OLD
    session.replace(document)
    edits.write(session, ("providers", 0, "name"), NEW)
    assert OLD in costs(session, "former outturn")


def test_naming_back_takes_what_was_typed_again_and_leaves_nothing_over() -> None:
    app, session = settled()
    figures = actual()
    figures["years"][0]["costs"] |= {NEW: 5e6}
    edits.write(session, ("providers", 2, "name"), NEW)
    session.put_sheet("outturn", figures)
    app.run()
    assert pending(app) == [f"Figures of {LABEL} are kept, but {OLD} is not in this contract."]
    edits.write(session, ("providers", 2, "name"), OLD)
    app.run()
    assert costs(session)[OLD] == 5e6 and not pending(app)


def test_what_somebody_cost_who_has_left_can_be_left_out_and_brought_back() -> None:
    app, session = settled()
    session.replace(edits.without(session.document, ("providers", 2)))
    app.run()
    assert "settled" not in app.title[0].value and pending(app)
    button = next(one for one in app.button if one.label.startswith("Leave out"))
    assert button.label == f"Leave out what {OLD} cost"
    button.click().run()
    assert not pending(app) and LABEL in app.title[0].value
    assert not [one for one in app.button if one.label.startswith("Leave out")]
    next(one for one in app.button if one.label == "Bring back the figures before").click().run()
    assert OLD in costs(session)


def test_values_of_a_kpi_that_is_gone_can_be_left_out_on_both_pages() -> None:
    app, session = settled()
    session.replace(edits.without(session.document, ("framework", "kras", 0, "kpis", 0)))
    app.run()
    assert pending(app) == [f"Figures of {LABEL} are kept, but {KPI} is not in this contract."]
    for page in ("settle_year", "history"):
        app.switch_page(f"pages/{page}.py").run()
        next(one for one in app.button if one.label == f"Leave out the values of {KPI}").click().run()
        assert not pending(app) and not app.error
    assert session.sheets["past"]["years"][0]["kpis"] == {}


def test_a_cost_typed_in_one_tab_follows_the_name_given_in_another() -> None:
    app, session = settled()
    other: Session = tab(session.draft).session_state[STATE]
    edits.write(other, ("providers", 2, "name"), NEW)
    put(session, "outturn", LABEL, ("costs", OLD), 5e6)
    app.run()
    assert costs(session) == costs(session) | {NEW: 5e6} and OLD not in costs(session)
    assert not pending(app) and said_as_news(app) == f"Changed in another tab: {OLD} is now called {NEW}."
    other.catch_up()
    assert other.sheets["outturn"] == session.sheets["outturn"]


def test_a_name_given_in_one_tab_takes_along_what_was_typed_in_another() -> None:
    app, session = settled()
    other: Session = tab(session.draft).session_state[STATE]
    put(other, "outturn", LABEL, ("costs", OLD), 5e6)
    edits.write(session, ("providers", 2, "name"), NEW)
    app.run()
    assert costs(session)[NEW] == 5e6 and OLD not in costs(session)


def test_a_screen_that_follows_keeps_its_own_year_when_the_facilitator_renames() -> None:
    host, follow = shared()
    app = follow("settle_year", WHO)
    guest, leader = guest_of(app), guest_of(host)
    put(leader, "outturn", LABEL, ("costs", OLD), 5e6)
    app.run()
    put(guest, "own", LABEL, ("costs", OLD), 4e6)
    edits.write(leader, ("providers", 2, "name"), NEW)
    app.run()
    assert costs(guest) == {NEW: 5e6} and costs(guest, "own") == {NEW: 4e6}

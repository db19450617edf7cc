"""Which terms a settled year and every downloaded file are of: a version, one changed since, or none."""

import io
from typing import Any

import pytest
import streamlit as st
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data import library, positions, presets
from data.records import Version
from model.futures import of_actuals
from model.outturn import actuals
from model.tables import partner_names
from tests.pages.records import of, opened
from tests.pages.test_record import year
from tests.people import ADA
from ui import downloads, pasted, versions
from ui.range_words import unformatted
from ui.session import STATE, Session

FIRST = presets.preset(presets.FIRST)
UNSAVED = "the terms on screen, not saved as a version"
FILES = {
    "settle_year": {"lambeth-living-well-illustrative-2020-21", "lambeth-living-well-illustrative-outturn"},
    "partners": {"lambeth-living-well-illustrative-draws"},
    "overview": {"lambeth-living-well-illustrative"},
    "papers": {"alliance-paper"},
}


pytestmark = pytest.mark.usefixtures("own_library")


def settled(version: Version | None = None) -> tuple[AppTest, Session]:
    """A settled year, by a version where one is given."""
    app = opened("settle_year", outturn=of(year("2020-21")))
    session: Session = app.session_state[STATE]
    if version:
        session.begin(library.scenario(version), version=version.id)
        session.put_sheet("outturn", of(year("2020-21")))
    return app.run(), session


def told(app: AppTest) -> str:
    return " ".join(unformatted(one.value) for one in app.markdown)


def read_me(session: Session) -> dict[str, str]:
    future = of_actuals(session.scenario, actuals(session.scenario, of(year("2020-21"))))[0]
    book = load_workbook(io.BytesIO(downloads.settled(session, future, ["2020-21"], "actual figures")))
    return {str(row[0]): str(row[1]) for row in book["Read me"].iter_rows(values_only=True)}


def test_a_settled_year_says_by_which_terms() -> None:
    app, session = settled()
    assert f"Settled by {UNSAVED}." in told(app)
    assert read_me(session)["Settled by"] == UNSAVED
    version = library.begin("Lambeth", "Base *offer*", FIRST, ADA, "To begin")
    app, session = settled(version)
    assert "Settled by Base *offer* version 1. " in told(app)
    for partner in partner_names(FIRST):
        positions.take(version.id, partner, "accept", "", ADA)
    positions.put_seal(version.id, ADA)
    assert "Settled by Base *offer* version 1, sealed." in told(app.run())
    assert read_me(session)["Settled by"] == "Base *offer* version 1, sealed"
    session.write(("providers", 0, "fee_rate"), 0.01)
    assert "Settled by Base *offer* version 1, changed since." in told(app.run())
    assert read_me(session)["Settled by"] == "Base *offer* version 1, changed since"


def test_beside_a_workbook_and_in_it_stands_what_to_press_where_excel_shows_nothing() -> None:
    app, session = settled()
    assert "If Excel shows formulas empty, press Enable Editing; the model's own figures stand beside them." in told(
        app
    )
    assert "Enable Editing" in read_me(session)["If formulas look empty"]


def test_beside_the_draws_stands_why_their_standard_error_is_another() -> None:
    assert "The draws are eight scrambled sets" in told(opened("partners"))


def test_the_scenario_s_files_say_where_results_are() -> None:
    app = opened("overview")
    app.session_state["files"] = True
    assert "a year settled with formulas is on *Walk one future* and *Settle a year*" in sidebar(app.run())
    app = opened("overview", outturn=of(year("2020-21")))
    app.session_state["files"] = True
    assert "The actual figures of years are not in them" in sidebar(app.run())
    assert "Our data" not in sidebar(app)
    session: Session = app.session_state[STATE]
    pasted.keep(session, ("providers", 0, "cost_deviation"), {"text": "2019\t10\t11"})
    assert "Past figures under *Our data* are not in them" in sidebar(app.run())


def sidebar(app: AppTest) -> str:
    return " ".join(one.value for one in app.sidebar.markdown)


@pytest.mark.parametrize("page", FILES)
def test_a_file_is_named_after_its_version_or_its_fingerprint(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def offered(_label: str, _data: Any, name: str, *_: Any, **__: Any) -> None:
        names.append(name)

    version = library.begin("Lambeth", "Base offer", FIRST, ADA, "To begin")
    monkeypatch.setattr(st, "download_button", offered)
    app = opened(page, outturn=of(year("2020-21")))
    session: Session = app.session_state[STATE]
    app.session_state["files"] = True
    app.run()
    tag = FIRST.id if page == "papers" else FIRST.id[: versions.SHORT]
    assert {f"{name}-{tag}" for name in FILES[page]} <= stems(names)
    names.clear()
    session.begin(FIRST, version=version.id)
    session.put_sheet("outturn", of(year("2020-21")))
    app.run()
    tag = f"base-offer-v1-{FIRST.id}" if page == "papers" else "v1"
    assert {f"{name}-{tag}" for name in FILES[page]} <= stems(names)


def stems(names: list[str]) -> set[str]:
    """Names without their ending."""
    return {name.partition(".")[0] for name in names}

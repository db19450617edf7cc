"""What changes are counted from goes by its name once that is a version in the library."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import library, presets
from data.records import Version
from tests.pages.test_library import press, write
from tests.pages.test_pages import opened
from tests.people import ADA
from ui import starting
from ui.range_words import unformatted
from ui.session import STATE, Session

NAME = "Option B"
CORRIDOR = ("risk_share", "gain_corridor", "percent")


def said(app: AppTest) -> str:
    return " ".join(unformatted(one.value) for one in app.markdown)


def saved(page: str, tabs: tuple[str, str] = ("", "")) -> tuple[AppTest, Session, Version]:
    """A page with a design of the library on it, which nobody has changed yet."""
    design = presets.preset(presets.FIRST)
    version = library.begin("Lambeth", NAME, design, ADA, "To begin")
    app = opened(page)
    session: Session = app.session_state[STATE]
    session.draws = 1_024
    session.begin(design, version=version.id)
    if tabs[0]:
        app.session_state[tabs[0]] = tabs[1]
    app.run()
    assert not app.exception
    return app, session, version


def halved(session: Session, app: AppTest) -> str:
    """What the page says once a term is another."""
    edit(session)
    app.run()
    assert not app.exception
    return said(app)


def edit(session: Session) -> None:
    share: dict[str, Any] = session.document["risk_share"]
    bands = [{**band, "share": band["share"] / 2} for band in share["pain_bands"]]
    session.replace({**session.document, "risk_share": {**share, "pain_bands": bands}})


@pytest.mark.usefixtures("own_library")
def test_menu_and_presenting_head_name_the_version() -> None:
    app, session, _ = saved("overview.py")
    assert f" · '{NAME}', as saved · " in said(app)
    press(app, "Present")
    assert f":small['{NAME}', as saved]" in said(app) and "tarting design" not in said(app)
    told = halved(session, app)
    assert f":small['{NAME}', changed]" in told and "tarting design" not in told


@pytest.mark.usefixtures("own_library")
def test_what_changed_since_is_since_the_version_by_its_name() -> None:
    app, session, _ = saved("overview.py")
    halved(session, app)
    session.write(("name",), "Ours")
    app.run()
    told = said(app)
    assert f"Since '{NAME}', version 1." in told and "ince the starting design" not in told


@pytest.mark.usefixtures("own_library")
@pytest.mark.parametrize(
    ("page", "tabs"),
    [
        ("risk_share.py", ("", "")),
        ("partners.py", ("", "")),
        ("acceptance.py", ("", "")),
        ("compare.py", ("", "")),
        ("drivers.py", ("drivers-tabs", "What changes did")),
        ("exposure.py", ("", "")),
    ],
)
def test_no_page_calls_a_version_the_starting_design(page: str, tabs: tuple[str, str]) -> None:
    app, session, _ = saved(page, tabs)
    told = said(app) + halved(session, app) + str([chart.proto for chart in app.get("plotly_chart")])
    told += " ".join(one.value for one in app.title) + " ".join(str(one.proto) for one in app.get("html"))
    assert "tarting design" not in told
    assert NAME in told


@pytest.mark.usefixtures("own_library")
def test_what_is_taken_as_the_starting_design_is_that_and_no_version() -> None:
    _, session, _ = saved("overview.py")
    edit(session)
    starting.take(session)
    assert (session.state, session.base) == ("starting design", "the starting design")


@pytest.mark.usefixtures("own_library")
def test_a_design_that_is_renamed_goes_by_its_new_name_at_once() -> None:
    app, session, _ = saved("library.py", ("library-tabs", "Names and files"))
    assert session.state == f"'{NAME}', as saved"
    write(app, "Your name", "Ada")
    write(app, "Name of the design", "Option C")
    next(button for button in app.button if button.label == "Rename").click().run()
    assert session.state == "'Option C', as saved"

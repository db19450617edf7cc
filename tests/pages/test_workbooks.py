"""Workbooks and raw draws as their users ask for them."""

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data import presets
from data.scenario_workbook import to_workbook
from model.futures import of_actuals
from model.outturn import actuals
from model.tables import TERM
from tests.data.recalculated import Recalculated
from ui import downloads, scenario_files
from ui.session import STATE, Session

ROOT = Path(__file__).parent.parent.parent
IPSA = presets.preset("lambeth-ipsa")


def opened(page: str = "overview") -> tuple[AppTest, Session]:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(f"pages/{page}.py").run()
    return app, app.session_state[STATE]


def broken(*changes: tuple[str, str, Any]) -> bytes:
    """A scenario's workbook with other values in some cells."""
    book, content = load_workbook(io.BytesIO(to_workbook(IPSA))), io.BytesIO()
    for sheet, cell, value in changes:
        book[sheet][cell] = value
    book.save(content)
    return content.getvalue()


def test_a_scenario_comes_in_as_a_workbook() -> None:
    app, session = opened()
    scenario_files.take(session, "ipsa.xlsx", to_workbook(IPSA))
    app.run()
    assert not app.exception and session.scenario == IPSA
    assert "ipsa.xlsx was loaded" in app.info[0].value
    app.button(key="undo").click().run()
    assert app.session_state[STATE].scenario == presets.preset(presets.FIRST)


def test_a_file_of_the_same_partners_says_what_it_has_otherwise_and_keeps_what_was_here() -> None:
    app, session = opened()
    here = session.scenario
    cheaper = here.edited(providers=(here.providers[0].edited(fee_rate=0.07), *here.providers[1:]))
    scenario_files.take(session, "cheaper.xlsx", to_workbook(cheaper))
    app.run()
    name = here.providers[0].name
    assert f"It differs from what was here in\\: {name} › Fee\\: 4% → 7%." in app.info[0].value
    assert session.designs == {"Before cheaper.xlsx": here}
    scenario_files.take(session, "same.xlsx", to_workbook(cheaper))
    app.run()
    assert "Nothing in it differs." in app.info[0].value and len(session.designs) == 1


def test_a_refused_workbook_says_where_and_loses_nothing() -> None:
    app, session = opened()
    session.write(("providers", 0, "fee_rate"), 0.07)
    scenario_files.take(session, "ipsa.xlsx", broken(("Providers", "C3", "lots"), ("Providers", "C4", "=1")))
    app.run()
    said = app.error[0].value
    assert "ipsa.xlsx was not loaded." in said and "\n- Sheet 'Providers', cell C3\\: 'lots' is not a sum" in said
    assert "cell C4\\: it holds a formula without a result; paste its value instead" in said
    assert session.scenario.providers[0].fee_rate == 0.07


def test_a_refused_file_ends_the_news_of_the_one_before() -> None:
    app, session = opened()
    scenario_files.take(session, "ipsa.xlsx", to_workbook(IPSA))
    app.run()
    scenario_files.take(session, "bad.json", b"{")
    app.run()
    assert app.error[0].value.startswith("bad.json was not loaded.")
    assert not any("was loaded" in one.value for one in app.info)


def test_ten_reasons_are_enough() -> None:
    app, session = opened()
    cells = [("Providers", f"{column}{row}", "lots") for column in "CDE" for row in range(3, 7)]
    scenario_files.take(session, "ipsa.xlsx", broken(*cells))
    app.run()
    assert app.error[0].value.count("\n- Sheet") == 10 and app.error[0].value.splitlines()[-1].startswith("- and ")


def test_a_settled_year_can_be_had_as_a_workbook() -> None:
    _, session = opened("settle_year")
    case = session.scenario
    year = {"year": "2020-21", "costs": {p.name: p.baseline_cost for p in case.providers}, "kpis": {}}
    future = of_actuals(case, actuals(case, {"years": [year]}))[0]
    book = Recalculated(downloads.settled(session, future, ["2020-21"], "actual figures"))
    assert {row.check for row in book.lines()} == {"agrees"}
    assert dict(row[:2] for row in book.rows("Read me"))["Figures"] == "actual figures"


@pytest.mark.parametrize(("kind", "read"), [("CSV", pd.read_csv), ("Parquet", pd.read_parquet)])
def test_every_draw_can_be_had_as_a_file(kind: str, read: Any) -> None:
    _, session = opened("partners")
    session.draws = 1_024
    found = read(io.BytesIO(downloads.drawn(session, kind)))
    name = session.scenario.providers[0].name
    assert len(found) == 1_024 and found[f"{name}, {TERM} (£)"].std() > 0


@pytest.mark.parametrize("page", ["walk", "settle_year", "partners"])
def test_pages_open_with_their_downloads(page: str) -> None:
    app, _ = opened(page)
    assert not app.exception


def test_files_say_that_kept_designs_are_not_in_them_only_where_there_are_any() -> None:
    app, session = opened()
    app.session_state["files"] = True

    def said() -> bool:
        return any("Kept designs are not in them" in one.value for one in app.run().markdown)

    assert not said()
    session.designs = {"Cap": session.scenario}
    assert said()


def test_each_refused_file_leaves_a_fresh_place_for_the_next() -> None:
    app, session = opened()
    app.session_state["files"] = True

    def place() -> str:
        return next(one.proto.id for one in app.run().get("file_uploader") if "Upload scenario" in one.proto.label)

    first = place()
    scenario_files.take(session, "no.json", b"[]")
    session.uploads += 1
    assert place() != first


def test_a_cell_that_cannot_be_and_one_that_cannot_be_read_are_both_named() -> None:
    app, session = opened()
    scenario_files.take(session, "ipsa.xlsx", broken(("Providers", "C3", "lots"), ("Providers", "H4", 1.5)))
    said = app.run().error[0].value
    assert "cell C3\\: 'lots' is not a sum" in said
    assert "Sheet 'Providers', cell H4\\: " in said and said.count("C3") == 1 and said.count("\n- ") == 2

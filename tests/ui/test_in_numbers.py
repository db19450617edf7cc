"""Tables of statistics as numbers: which is the worst 1 in 20, of what time, and no codes."""

import re
from functools import cache
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from data.audit.figures import results as sheet_of_results
from model import comparison, joining, tables
from model.amounts import Uncapped
from model.simulate import simulate
from tests.model.build import scenario
from tests.pages.test_pages import opened
from ui import in_numbers, panels, show
from ui.decisions import outlook
from ui.session import STATE

TIME = "whole term, 4 years"
CODE = re.compile(r"\bs\.e\.|_|\b[a-z]+[0-9]+\b")


@cache
def partners() -> pd.DataFrame:
    return tables.partners(simulate(scenario(), 160))


def test_the_main_statistics_are_headed_and_ordered_as_on_the_sheet_of_results() -> None:
    book = Workbook()
    sheet_of_results(book, partners(), tables.TERM)
    heads = [cell.value for cell in book["Results"][1]][1:-1:2]
    found = in_numbers.titled(partners(), TIME)
    assert [name.removesuffix(" (0 to 1)") for name in found][: len(heads)] == heads
    assert found["Average loss in the worst 1 in 20 (£)"].tolist() == partners()["cvar95"].round(4).tolist()


def test_no_heading_is_a_code() -> None:
    app = opened("compare.py")
    session = app.session_state[STATE]
    designs = comparison.table({"A": outlook(session, session.scenario, session.scenario)})
    for table in (partners(), tables.years(simulate(scenario(), 160)), designs):
        found = in_numbers.titled(table, TIME)
        assert [
            name for name in (*found, *found.index.names) if CODE.search(name) or not name or name[0].islower()
        ] == []
        assert found.columns.is_unique


def test_sums_over_time_say_of_what_time_they_are() -> None:
    found = in_numbers.titled(partners(), TIME)
    assert f"Income, {TIME} (£)" in found
    assert f"Largest possible loss, {TIME} (£)" in found
    assert found.index.name == f"Partner: gain (+) or pain (-), {TIME}"
    assert "Income, 2018-19 (£)" in in_numbers.titled(partners(), "2018-19")


def test_what_has_no_limit_and_who_has_no_income_are_not_figures() -> None:
    one = scenario()
    uncapped = one.edited(providers=tuple(p.edited(pain_cap=Uncapped(), income=0.0) for p in one.providers))
    table = tables.circumstances(uncapped)
    table.loc[one.providers[0].name, "loss_limit"] = float("inf")
    row = in_numbers.titled(table).loc[one.providers[0].name]
    assert row["Largest possible loss (£)"] == "no limit"
    assert pd.isna(row["Income (£)"])


def test_percentiles_are_called_so() -> None:
    heads = list(in_numbers.percentiles(pd.DataFrame([[1, 2, 3]], columns=["p5", "50", "p95"])))
    assert heads == ["1 in 20 is this or worse (P5)", "Middle (P50)", "1 in 20 is this or better (P95)"]


def test_what_is_headed_by_a_percentile_is_true_of_many_futures_on_one_sum() -> None:
    """Where a tenth end at the largest loss, nobody is worse off than P5: what is told of a percentile includes it."""
    heads = [*in_numbers.TITLES.values(), *(title for title, _ in panels.FIGURES.values()), *joining.SIZES]
    of_percentiles = [head for head in heads if re.match(r"(Good: |Bad: |Middle: half|Loss that )|1 in ", head)]
    assert len(of_percentiles) == 12
    assert [head for head in of_percentiles if "this or" not in head and "reach or exceed" not in head] == []


def test_the_numbers_can_be_copied_with_their_headings() -> None:
    app = opened("partners.py")
    app.session_state["table-partners-raw"] = True
    copied = app.run().code[0].value.splitlines()
    heads, first = (line.split("\t") for line in copied[:2])
    assert heads[0] == "Partner: gain (+) or pain (-), whole term, 7 years"
    assert float(first[heads.index("Average loss in the worst 1 in 20 (£)")]) > 0
    assert "All statistics, in pounds: whole term, 7 years" in [one.label for one in app.expander]


def test_the_file_beside_a_table_in_words_holds_numbers_and_is_called_after_what_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files: dict[str, pd.DataFrame] = {}

    def kept(shown: pd.DataFrame, key: str, *_: str, name: str = "", **more: Any) -> None:
        if "file" in more:
            files[name] = more["file"]()

    monkeypatch.setattr(show, "figures", kept)
    assert not opened("overview.py").exception
    found = files["lambeth-living-well-illustrative-every-partner-in-figures-whole-term-7-years"]
    assert found["Average loss in the worst 1 in 20 (£)"].dtype == float

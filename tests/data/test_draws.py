"""Raw draws as files: what others read from them is what was drawn."""

import io

import pandas as pd

from data.draws import as_text, to_csv, to_parquet

TABLE = pd.DataFrame(
    {"Trust, 2018-19 (£)": [-1.25, 2.5], "=SUM(A1), 2018-19 (£)": [0.0, 1e6]}, index=pd.RangeIndex(1, 3, name="Draw")
)


def test_parquet_brings_back_every_figure_and_what_it_was_made_of() -> None:
    table = TABLE.copy()
    table.attrs = {"seed": 2018}
    found = pd.read_parquet(io.BytesIO(to_parquet(table)))
    pd.testing.assert_frame_equal(found, table)
    assert found.attrs == {"seed": 2018}


def test_csv_brings_back_every_figure_and_no_name_becomes_a_formula() -> None:
    found = pd.read_csv(io.BytesIO(to_csv(TABLE)), index_col="Draw")
    assert list(found) == ["Trust, 2018-19 (£)", "'=SUM(A1), 2018-19 (£)"]
    assert (found.to_numpy() == TABLE.to_numpy()).all()


def test_no_name_of_a_page_s_table_becomes_a_formula_wherever_it_stands() -> None:
    rows = pd.MultiIndex.from_tuples([("=A1", "Mean"), ("Trust", "@now")], names=["partner", "measure"])
    table = pd.DataFrame({"+1": [-1.5, 2.0], "why": ["=cmd", "plain"]}, index=rows)
    found = to_csv(table).decode("utf-8-sig").splitlines()
    assert found == ["partner,measure,'+1,why", "'=A1,Mean,-1.5,'=cmd", "Trust,'@now,2.0,plain"]
    assert "\t-1.5\t" in as_text(table).to_csv(sep="\t")

"""Sheets of actual figures: what people type is understood, and whatever is wrong is said in one sentence."""

import io
import re
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data import presets, sheets
from model.basis import CarryForward
from model.documents import Refused
from model.outturn import actuals
from model.scenario import Baseline, Scenario
from tests.data.sheets_made import (
    GOOD,
    SHEET,
    excel,
    parts_of,
    refusal,
    repacked,
    shared,
    text,
    value,
)
from tests.model.build import framework, kpi, provider, providers, scenario, share

Kind = Literal["csv", "xlsx"]
KINDS: tuple[Kind, ...] = ("csv", "xlsx")
each_kind = pytest.mark.parametrize("kind", KINDS)
AWKWARD = ('Smith, Jones & "Co"', "=SUM(A1:A9)", "+44", "-1", "@home", "Zoë’s 家; Ltd", "Cost: A", "Relief", "1,5;2\t3")
ORDINARY = {"A": 38_250_000.0, "B": 19_999_999.99}


def alliance(**changes: Any) -> Scenario:
    kpis = (kpi("Recovered", weight=0.5, unit="%"), kpi("Waiting", weight=0.5, unit="=days"))
    return scenario(years=3, **{"providers": providers(0.6, 0.4), "framework": framework(*kpis)} | changes)


def reindexed(**changes: Any) -> Scenario:
    return alliance(baseline=Baseline(price_growth=0.0, reindexed=True), **changes)


def carrying() -> Scenario:
    return alliance(risk_share=share(basis=CarryForward()))


def year(name: str = "2018-19", **changes: Any) -> dict[str, Any]:
    return {"year": name, "costs": ORDINARY, "kpis": {"Recovered": 57.5, "Waiting": -0.25}} | changes


def document(*years: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"schema_version": 1, "years": list(years)} | more


FORMULAS = {
    "plain": b"<f>1+1</f><v>2</v>",
    "shared": b'<f t="shared" ref="C2" si="0">1+1</f><v>2</v>',
    "array": b'<f t="array" ref="C2">1+1</f><v>2</v>',
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_counts_with_the_result_that_was_saved_and_is_never_worked_out(formula: bytes) -> None:
    content = repacked(SHEET, lambda part: part.replace(b"<v>38250000</v>", formula.replace(b"1+1", b"40+2")))
    (first, *_) = sheets.read("actuals.xlsx", content)["years"]
    assert first["costs"]["A"] == 2


def test_a_formula_whose_result_is_an_empty_text_is_a_figure_left_out() -> None:
    empty = b'<c r="D2" t="str"><f>IF(1,"","")</f><v></v></c>'
    content = repacked(SHEET, lambda part: part.replace(b'<c r="D2" t="n"><v>1</v></c>', empty))
    assert b"IF(" in parts_of(content)[SHEET]
    assert [year["year"] for year in sheets.read("actuals.xlsx", content)["years"]] == ["2018-19"]


def test_a_formula_that_ends_in_an_error_is_refused_as_that_error() -> None:
    error = b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    content = repacked(SHEET, lambda part: part.replace(b'<c r="C2" t="n"><v>38250000</v></c>', error))
    assert refusal(content, "a.xlsx").startswith("C2 holds '#DIV/0!'; a number is needed")


def test_every_cell_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Refused) as caught:
        text("Item,2018-19,2019-20\nCost: A,lots,1\nKPI: Recovered,57,=B2\nCost: B,5%,2\n")
    found = [problem.sentence for problem in caught.value.problems]
    assert [sentence.partition(" ")[0] for sentence in found] == ["B2", "C3", "B4"]
    assert found[1] == "C3 holds a formula; paste its value instead."


@pytest.mark.parametrize("said", ["n/a", "N/A", "no data"])
def test_a_cell_that_says_there_is_no_figure_is_one_left_out(said: str) -> None:
    lines = "Item,2018-19\nCost: A,1\nKPI: Recovered,{}\n"
    assert text(lines.format(said)) == text(lines.format(""))


def value_in_excel(typed: Any, number_format: str = "General") -> float:
    content = excel(["Item", "2018-19"], ["KPI: Recovered", typed], B2=number_format)
    return float(sheets.read("a.xlsx", content)["years"][0]["kpis"]["Recovered"])


# --- round trips


@each_kind
def test_what_is_filled_in_is_read_again(kind: Kind) -> None:
    years = year(), year("2019-20", kpis={}, relief=0.0), year("2020-21", kpis={"Waiting": 0.1}, relief=12.34)
    assert sheets.read(f"a.{kind}", sheets.filled(alliance(), document(*years), kind)) == document(*years)


@each_kind
@pytest.mark.parametrize("name", presets.names())
def test_every_presets_figures_come_back_and_settle(kind: Kind, name: str) -> None:
    case = presets.preset(name)
    costs = {p.name: 1e6 / 3 for p in case.providers}
    kpis = {k.name: k.today for k in case.framework.kpis()}
    given = document(*({"year": label, "costs": costs, "kpis": kpis} for label in case.term.labels()))
    found = sheets.read(f"{name}.{kind}", sheets.filled(case, given, kind))
    assert found == given
    assert actuals(case, found).rows == list(range(case.term.horizon))


@each_kind
def test_a_history_has_targets_and_no_relief(kind: Kind) -> None:
    given = document(year("2016-17", targets={"A": 4e7, "B": 2e7}), year("2017-18", targets={"A": 4e7, "B": 2e7}))
    content = sheets.filled(alliance(), given, kind)
    assert sheets.read(f"a.{kind}", content) == given
    assert "Relief" not in labels(content, kind)


@each_kind
def test_pain_brought_forward_comes_back(kind: Kind) -> None:
    given = document(year("2019-20"), year("2020-21"), brought_forward=1_250_000.5)
    assert sheets.read(f"a.{kind}", sheets.filled(carrying(), given, kind)) == given


@each_kind
def test_prices_come_back_as_the_number_that_they_are(kind: Kind) -> None:
    given = document(year(prices=1.03), year("2019-20"), year("2020-21", prices=0.985))
    content = sheets.filled(reindexed(), given, kind)
    assert sheets.read(f"a.{kind}", content) == given
    assert actuals(reindexed(), given).prices.tolist() == [[1.03], [1], [0.985]]
    assert sheets.read(f"a.{kind}", sheets.filled(alliance(), given, kind)) == given  # kept, though not wanted


@pytest.mark.parametrize(
    ("typed", "prices"), {"1.03": 1.03, "103%": 1.03, "1": 1.0, "0.97": 0.97, "103": 103.0}.items()
)
def test_prices_may_be_typed_as_a_part_or_a_percentage(typed: str, prices: float) -> None:
    found = text(f"Item,2018-19\nprice index against plan,{typed}\n")
    assert found["years"] == [{"year": "2018-19", "costs": {}, "kpis": {}, "prices": prices}]


def test_prices_shown_as_a_percentage_in_excel_are_read_as_a_part() -> None:
    content = excel(["Item", "2018-19"], ["Price index against plan", 1.03], B2="0.0%")
    assert sheets.read("a.xlsx", content)["years"][0]["prices"] == 1.03


def test_prices_in_words_are_refused() -> None:
    assert refusal(b"Item,2018-19\nPrice index against plan,dear\n").startswith("B2 holds 'dear'; a number is needed")
    assert refusal(b"Item,2018-19\nPrice index against plan,1\nPRICE INDEX AGAINST PLAN,1\n").startswith("A3 holds")


@each_kind
def test_a_year_given_by_its_number_is_written_by_its_name(kind: Kind) -> None:
    content = sheets.filled(alliance(), document(year() | {"year": 3}, year() | {"year": 1}), kind)
    assert [y["year"] for y in sheets.read(f"a.{kind}", content)["years"]] == ["2018-19", "2020-21"]


@each_kind
def test_calendar_years_come_back(kind: Kind) -> None:
    case = alliance(term=alliance().term.edited(start="2018-01"))
    assert sheets.read(f"a.{kind}", sheets.filled(case, document(year("2019")), kind)) == document(year("2019"))


@each_kind
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_come_back(kind: Kind, name: str) -> None:
    case = alliance(providers=(provider(name),), framework=framework(kpi(name)))
    given = document({"year": "2018-19", "costs": {name: 5.0}, "kpis": {name: 7.0}})
    assert sheets.read(f"a.{kind}", sheets.filled(case, given, kind)) == given


@each_kind
@given(name=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_printable_name_comes_back(kind: Kind, name: str) -> None:
    case = alliance(providers=(provider(f"A{name}"),))
    given = document({"year": "2018-19", "costs": {case.providers[0].name: 5.0}, "kpis": {}})
    assert sheets.read(f"a.{kind}", sheets.filled(case, given, kind)) == given


@given(cost=st.floats(0, 1e12), level=st.floats(-1e12, 1e12))
@settings(max_examples=60, deadline=None)
def test_every_figure_comes_back_from_csv_to_the_last_digit(cost: float, level: float) -> None:
    given = document(year(costs={"A": cost, "B": 0.0}, kpis={"Recovered": level}))
    assert sheets.read("a.csv", sheets.filled(alliance(), given, "csv")) == given


@given(cost=st.floats(0, 1e12), level=st.floats(-1e12, 1e12))
@settings(max_examples=60, deadline=None)
def test_figures_come_back_from_excel_to_the_15_digits_it_keeps(cost: float, level: float) -> None:
    given = document(year(costs={"A": cost}, kpis={"Recovered": level}))
    found = sheets.read("a.xlsx", sheets.filled(alliance(), given, "xlsx"))["years"][0]
    assert [found["costs"]["A"], found["kpis"]["Recovered"]] == pytest.approx([cost, level], rel=1e-15, abs=0)


# --- templates


def labels(content: bytes, kind: Kind) -> list[str]:
    """The first column."""
    if kind == "csv":
        return re.findall(r'^"([^"]*)"', content.decode("utf-8-sig"), re.M)
    return [cell.value for cell in load_workbook(io.BytesIO(content)).worksheets[0]["A"]]


@each_kind
def test_a_template_names_every_item_in_order(kind: Kind) -> None:
    content = sheets.template(alliance(), ["2018-19"], targets=False, kind=kind)
    assert labels(content, kind) == ["Item", "Cost: A", "Cost: B", "KPI: Recovered", "KPI: Waiting", "Relief"]
    content = sheets.template(carrying(), ["2018-19"], targets=False, kind=kind)
    assert labels(content, kind)[-2:] == ["Relief", "Brought forward"]
    content = sheets.template(reindexed(), ["2018-19"], targets=False, kind=kind)
    assert labels(content, kind)[-2:] == ["Relief", "Price index against plan"]
    assert sheets.template(reindexed(), ["2016-17"], targets=True, kind="csv") == (
        sheets.template(alliance(), ["2016-17"], targets=True, kind="csv")
    )
    content = sheets.template(carrying(), ["2016-17"], targets=True, kind=kind)
    assert labels(content, kind)[1:] == [
        "Cost: A",
        "Cost: B",
        "Target: A",
        "Target: B",
        "KPI: Recovered",
        "KPI: Waiting",
    ]


@each_kind
def test_an_empty_template_says_that_it_is_empty(kind: Kind) -> None:
    content = sheets.template(alliance(), ["2018-19", "2019-20"], targets=False, kind=kind)
    expected = "The sheet has no figures yet; fill in the column of at least one year."
    assert refusal(content, f"a.{kind}") == expected


def test_a_template_filled_in_for_two_of_three_years_gives_those() -> None:
    book = load_workbook(io.BytesIO(sheets.template(alliance(), alliance().term.labels(), targets=False, kind="xlsx")))
    for cell, figure in {"C2": 1, "C3": 2, "E2": 3, "E3": "4.5m", "E6": 10}.items():
        book.worksheets[0][cell].value = figure
    content = io.BytesIO()
    book.save(content)
    assert sheets.read("a.xlsx", content.getvalue()) == document(
        {"year": "2018-19", "costs": {"A": 1.0, "B": 2.0}, "kpis": {}},
        {"year": "2020-21", "costs": {"A": 3.0, "B": 4_500_000.0}, "kpis": {}, "relief": 10.0},
    )


def test_a_csv_template_opens_in_excel_with_its_pound_signs() -> None:
    content = sheets.template(alliance(), ["2018-19"], targets=False, kind="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert '"Cost: A","£",""' in content.decode("utf-8-sig")


def test_an_excel_template_is_ready_to_fill_in() -> None:
    book = load_workbook(io.BytesIO(sheets.template(carrying(), ["2018-19"], targets=False, kind="xlsx")))
    sheet, notes = book.worksheets
    assert sheet.freeze_panes == "C2"
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["A"].width >= len("KPI: Recovered")
    assert "£" in sheet["C2"].number_format
    assert sheet["C4"].number_format == "General"
    assert notes.title == "How to fill in"
    assert 4 <= len([cell for cell in notes["A"] if cell.value]) <= 6


def test_nothing_that_is_written_is_a_formula() -> None:
    kpis = [kpi(name, weight=1 / len(AWKWARD), unit=name[:20]) for name in AWKWARD]
    case = alliance(providers=providers(1.0), framework=framework(*kpis))
    book = load_workbook(io.BytesIO(sheets.template(case, ["=1+1"], targets=False, kind="xlsx")))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    lines = sheets.template(case, ["2018-19"], targets=False, kind="csv").decode("utf-8-sig").splitlines()
    assert not any(re.search(r'(^|,)"?[=+@-]', line) for line in lines)
    assert not any(re.search(r"(^|[,;\t])[=+@-]", re.sub(r'"[^"]*"', "", line)) for line in lines)


# --- what people type


@pytest.mark.parametrize(
    ("typed", "meant"),
    {
        "38250000": 38_250_000,
        "£38,250,000": 38_250_000,
        " £ 38 250 000.50 ": 38_250_000.5,
        "38.25m": 38_250_000,
        "£1.1M": 1_100_000,
        "1.2k": 1_200,
        "2bn": 2e9,
        "(45)": -45,
        "(£1,000.50)": -1000.5,
        "−7": -7,
        "-£7": -7,
        "£-7": -7,
        "+7": 7,
        "57%": 57,
        "57.5 %": 57.5,
        ".5": 0.5,
        "5.": 5,
        "3.825E+07": 38_250_000,
        "1e-05": 0.00001,
        "0": 0,
        "-0": 0,
        "1000000000000": 1e12,
    }.items(),
)
def test_numbers_are_read_as_people_type_them(typed: str, meant: float) -> None:
    assert value(typed) == meant
    assert value_in_excel(typed) == meant


@pytest.mark.parametrize(
    ("stored", "number_format", "meant"),
    [
        (0.57, "0%", 57),
        (0.285, "0.0%", 28.5),
        (1, "0%", 100),
        (57, '0"%"', 57),
        (57, r"0\%", 57),
        (57, "General", 57),
        (38.5, '"£"#,##0', 38.5),
        (-3, "#,##0;[Red](#,##0)", -3),
    ],
)
def test_a_percentage_in_excel_means_what_it_shows(stored: float, number_format: str, meant: float) -> None:
    assert value_in_excel(stored, number_format) == meant


@pytest.mark.parametrize("head", ["2018-19", "2018/19", "2018–19", "2018-2019", " 2018-19 "])
def test_a_year_may_be_written_in_several_ways(head: str) -> None:
    assert text(f"Item,{head}\nCost: A,1")["years"][0]["year"] == "2018-19"


@pytest.mark.parametrize("head", ["2018", 2018, 2018.0])
def test_a_calendar_year_may_be_a_number_in_excel(head: Any) -> None:
    assert sheets.read("a.xlsx", excel(["Item", head], ["Cost: A", 1]))["years"][0]["year"] == "2018"


def test_the_turn_of_the_century_is_a_year() -> None:
    for head in ("1999-00", "1999-2000"):
        assert text(f"Item,{head}\nCost: A,1")["years"][0]["year"] == "1999-00"


LAYOUTS: dict[str, str | bytes] = {
    "as it should be": "Item,Unit,2018-19\nCost: A,£,5\nKPI: K,%,7\n",
    "without units": "Item,2018-19\nCost: A,5\nKPI: K,7",
    "with semicolons": "Item;Unit;2018-19\nCost: A;£;5\nKPI: K;%;7\n",
    "with tabs": "Item\tUnit\t2018-19\nCost: A\t£\t5\nKPI: K\t%\t7\n",
    "with blank rows": "\n,,\n \nItem,Unit,2018-19\n\nCost: A,£,5\n,,\nKPI: K,%,7\n,,\n\n",
    "with blank columns": "Item,Unit,2018-19,,,\nCost: A,£,5,,,\nKPI: K,%,7\n",
    "with a blank column inside": "Item,,Unit,,2018-19\nCost: A,,£,,5\nKPI: K,,%,,7\n",
    "with an empty year": "Item,Unit,2018-19,2019-20\nCost: A,£,5,\nKPI: K,%,7,\n",
    "with an empty line": "Item,Unit,2018-19\nCost: A,£,5\nCost: B,£,\nKPI: K,%,7\n",
    "in other letters": "ITEM,unit,2018-19\ncost : A,£,5\nkpi:K,%,7\n",
    "with old line ends": "Item,Unit,2018-19\rCost: A,£,5\rKPI: K,%,7\r",
    "in the code page of Windows": "Item,Unit,2018-19\r\nCost: A,£,£5\r\nKPI: K,%,7\r\n".encode("cp1252"),
    "with a mark of UTF-8": "Item,Unit,2018-19\nCost: A,£,5\nKPI: K,%,7\n".encode("utf-8-sig"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sheet_is_read_however_it_was_saved(layout: str) -> None:
    content = LAYOUTS[layout]
    found = sheets.read("Actuals.CSV", content if isinstance(content, bytes) else content.encode())
    assert found == document({"year": "2018-19", "costs": {"A": 5.0}, "kpis": {"K": 7.0}})


def test_the_first_sheet_that_starts_with_item_is_read() -> None:
    assert sheets.read("a.xlsx", excel(["Item", "2018-19"], ["Cost: A", 5], title=[[], ["A title"]])) == document(
        {"year": "2018-19", "costs": {"A": 5.0}, "kpis": {}}
    )


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    for hidden, figure in ((True, 1), (False, 2)):
        sheet = book.create_sheet()
        sheet.sheet_state = "hidden" if hidden else "visible"
        sheet.append(["Item", "2018-19"])
        sheet.append(["Cost: A", figure])
    content = io.BytesIO()
    book.save(content)
    assert sheets.read("a.xlsx", content.getvalue())["years"][0]["costs"] == {"A": 2.0}


def test_merged_cells_far_cells_and_blank_rows_do_no_harm() -> None:
    book = load_workbook(io.BytesIO(GOOD))
    sheet = book.worksheets[0]
    sheet.merge_cells("A3:B3")
    sheet.insert_rows(1, 2)
    sheet["A1048576"].number_format = "@"
    sheet["XFD1"].number_format = "@"
    content = io.BytesIO()
    book.save(content)
    assert sheets.read("a.xlsx", content.getvalue()) == sheets.read("a.xlsx", GOOD)


def test_texts_are_read_as_excel_keeps_them() -> None:
    styled = "<si><r><t>It</t></r><r><rPr><b/></rPr><t>em</t></r></si>"
    assert sheets.read("a.xlsx", shared(f"<si><t>Name</t></si>{styled}", 1)) == sheets.read("a.xlsx", GOOD)


def test_a_workbook_that_is_called_csv_is_still_read() -> None:
    assert sheets.read("a.csv", GOOD) == sheets.read("a.xlsx", GOOD)


def test_a_figure_that_is_missing_is_refused_by_the_name_of_its_provider() -> None:
    with pytest.raises(Refused, match="Costs of 2018-19: 'B' is missing"):
        actuals(alliance(), text("Item,2018-19\nCost: A,1\nCost: B,\n"))

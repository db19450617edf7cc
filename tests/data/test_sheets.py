"""Sheets of actual figures: what people type is understood, and whatever is wrong is said in one sentence."""

import io
import random
import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
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


def text(lines: str) -> dict[str, Any]:
    """What a CSV file of these lines means."""
    return sheets.read("actuals.csv", lines.encode())


def excel(*rows: list[Any], title: list[list[Any]] | None = None, **formats: str) -> bytes:
    """A workbook with these rows, a sheet before them if there is a title, and number formats by cell."""
    book = Workbook()
    sheet = book.active
    if title:
        for row in title:
            sheet.append(row)
        sheet = book.create_sheet("Second")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = ["Item", "Unit", "2018-19", "2019-20"]
GOOD = excel(HEAD, ["Cost: A", "£", 38_250_000, 1], ["KPI: Recovered", "%", 57, None])
SHEET, CONTENT = "xl/worksheets/sheet1.xml", "[Content_Types].xml"


def parts_of(content: bytes) -> dict[str, bytes]:
    source = zipfile.ZipFile(io.BytesIO(content))
    return {name: source.read(name) for name in source.namelist()}


def repacked(part: str, change: Callable[[bytes], bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The good workbook with one part changed or added."""
    parts = parts_of(GOOD)
    changed = change(parts.get(part, b""))
    return packed(parts | {part: changed}, compression)


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def shared(strings: str, first: int) -> bytes:
    """The good workbook with a table of texts, as Excel keeps them; the first cell names its text by number."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts = parts_of(GOOD)
    listed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts[CONTENT] = parts[CONTENT].replace(b"</Types>", listed)
    parts[SHEET] = re.sub(rb'r="A1" t="inlineStr">.*?</c>', rb'r="A1" t="s"><v>%d</v></c>' % first, parts[SHEET])
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{strings}</sst>'.encode()
    return packed(parts)


def within(end: bytes, added: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(end, added + end)


WITHOUT = "{} holds a formula without a result; save the file in Excel, or put its value in its place."
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


def refusal(content: bytes, name: str = "actuals.csv") -> str:
    with pytest.raises(Refused) as caught:
        sheets.read(name, content)
    sentence = str(caught.value)
    assert len(caught.value.problems) == 1
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 300
    return sentence


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


def value(typed: str) -> float:
    """The figure of a cell in which this was typed."""
    return float(text(f'Item,2018-19\nKPI: Recovered,"{typed}"\n')["years"][0]["kpis"]["Recovered"])


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


# --- what is refused

CSV_REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty file": ("", "The file is empty."),
    "blank file": (" \n,,\n", "The file is empty."),
    "blank rows": ("\n,,,\n", "The file is empty."),
    "too large": (b"Item" * 250_001, "The file is too large; at most 1,000,000 bytes are read."),
    "not text": (b"Item\0,2018-19", "The file is not text; save it as CSV in UTF-8, or as .xlsx."),
    "other encoding": ("Item,2018-19".encode("utf-16"), "The file is not text;"),
    "no such letters": (b"Item,2018-19\nCost: \x81\xff,1", "The file is not text;"),
    "open quotation": ('Item,2018-19\nCost: "A,1\n"Cost: B,1', "Line 3 cannot be read as CSV; check its quotation"),
    "huge field": (f"Item,2018-19\n{'a' * 200_000},1", "Line 2 cannot be read as CSV;"),
    "no item": ("Name,2018-19\nCost: A,1", "A1 holds 'Name'; the first row must be Item, Unit and then years such as"),
    "first cell empty": (",Item,2018-19\n", "A1 is empty; the first row must be Item, Unit and then years"),
    "title above": ("\nOur figures\nItem,2018-19\n", "A2 holds 'Our figures'; the first row must be Item"),
    "no years": ("Item,Unit\nCost: A,£", "Row 1 names no years; after Item and Unit comes one column a year"),
    "not a year": ("Item,Unit,Note\n", "C1 holds 'Note'; a column is headed by a year such as 2018-19 or 2018."),
    "years apart": ("Item,Unit,2018-20\n", "C1 holds '2018-20'; a column is headed by a year"),
    "year of the contract": ("Item,Unit,1\n", "C1 holds '1'; a column is headed by a year"),
    "date": ("Item,2018-04-01\n", "B1 holds the date '2018-04-01'; write the year as text, such as 2018-19."),
    "year made a date": ("Item,Nov-10\n", "B1 holds the date 'Nov-10'; write the year as text, such as 2018-19."),
    "year formula": ("Item,=A5\n", "B1 holds a formula; paste its value instead."),
    "year twice": ("Item,2018-19,2018/19\n", "C1 holds 2018-19 a second time; each year has one column."),
    "too many years": (
        "Item," + ",".join(str(y) for y in range(1950, 1991)),
        "The sheet has 41 columns of years; at most 40 are read.",
    ),
    "too many lines": (
        "Item,2018-19\n" + "".join(f"Cost: {i},1\n" for i in range(400)),
        "The sheet has more than 400 lines; keep those of one alliance.",
    ),
    "item twice": (
        "Item,2018-19\nCost: A,1\ncost:  a,2",
        "A3 holds 'cost: a', which A2 holds already; each item has one line.",
    ),
    "relief twice": ("Item,2018-19\nRelief,1\nRELIEF,2", "A3 holds 'RELIEF', which A2 holds already"),
    "unknown item": (
        "Item,2018-19\nCosts of Mind,1",
        "A2 holds 'Costs of Mind', which is no item; 'Cost: …', 'Target: …' or 'KPI: …' with a name, 'Relief', "
        "'Price index against plan' and 'Brought forward' are allowed.",
    ),
    "nobody's cost": ("Item,2018-19\nCost: ,1", "A2 holds 'Cost:', which is no item;"),
    "long item": (f"Item,2018-19\n{'a' * 9999},1", f"A2 holds '{'a' * 57}…', which is no item;"),
    "no item on the line": ("Item,2018-19\n,1", "A2 is empty, but its line is not; it must name an item"),
    "item formula": ("Item,2018-19\n=B1,1", "A2 holds a formula; paste its value instead."),
    "no year above": ("Item,2018-19\nCost: A,1,2", "C2 holds '2', but C1 names no year; name it or clear it."),
    "no year inside": ("Item,,2018-19\nCost: A,x,2", "B2 holds 'x', but B1 names no year; name it or clear it."),
    "text": (
        "Item,Unit,2018-19\n\n\nCost: A,£,about 3m",
        "C4 holds 'about 3m'; a number is needed, such as 38250000, £38,250,000 or 38.25m, "
        "or nothing where there is no figure.",
    ),
    "formula": ("Item,Unit,2018-19\n\n\nCost: A,£,=3*4", "C4 holds a formula; paste its value instead."),
    "percentage": ("Item,2018-19\nCost: A,57%", "B2 holds '57%'; a sum in pounds is needed, not a percentage."),
    "too many pounds": ("Item,2018-19\nCost: A,1e308", "B2 holds '1e308'; figures go up to 1,000,000,000,000."),
    "far too small": ("Item,2018-19\nKPI: K,-1.1e12", "B2 holds '-1.1e12'; figures go up to 1,000,000,000,000."),
    "more than a double": ("Item,2018-19\nKPI: K,1e999", "B2 holds '1e999'; figures go up to 1,000,000,000,000."),
    "transposed": (
        "Year,Cost: A,KPI: K\n2018-19,1,2",
        "The sheet has items across and years down; turn it round: years go across, one column a year.",
    ),
    "transposed, with item": ("Item,Cost: A,Relief\n2018-19,1,2", "The sheet has items across and years down;"),
    "two readings": (
        "Item;2018-19\nKPI: K;57,125",
        "B2 holds 57,125, which can be read in two ways; write 57.125 or 57125.",
    ),
    "no figures": ("Item,2018-19\nCost: A,", "The sheet has no figures yet; fill in the column of at least one year."),
    "only brought forward": ("Item,2018-19\nBrought forward,5", "The sheet has no figures yet;"),
    "brought forward later": (
        "Item,2018-19,2019-20\nCost: A,1,2\nBrought forward,,5",
        "C3 brings pain forward into 2019-20; only that into the first year given, 2018-19, is entered.",
    ),
}


@pytest.mark.parametrize("case", CSV_REFUSED)
def test_a_csv_file_is_refused_in_one_sentence(case: str) -> None:
    content, sentence = CSV_REFUSED[case]
    assert refusal(content if isinstance(content, bytes) else content.encode()).startswith(sentence)


NOT_NUMBERS = (
    *("nan", "inf", "-Infinity", "#N/A", "TRUE", "-", "£", "%", "m", "()", "(5", "(-5)", "--5", "1,23", "1,2345"),
    *("38,25", "1.2.3", "5m%", "0x10", "1_000", "٣", "5e", "e5", "1e5e5", "$5", "£5£", "1 2", "5 %%", "12 days"),
    "9" * 61,
)


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_what_is_not_a_number_is_refused(typed: str) -> None:
    sentence = refusal(f'Item,2018-19\nKPI: K,"{typed}"'.encode())
    assert sentence.startswith("B2 holds ")
    assert "a number is needed" in sentence


UNREADABLE = "The file cannot be read as an Excel workbook; save it again as .xlsx or CSV."
TOO_MUCH = "The file unpacks to far more than a sheet of figures; copy the figures into a new file."

EXCEL_REFUSED: dict[str, tuple[bytes, str]] = {
    "not excel": (b"Item,2018-19\nCost: A,1", UNREADABLE),
    "cut short": (GOOD[:-100], UNREADABLE),
    "only its beginning": (GOOD[:4], UNREADABLE),
    "old or encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "This is an old or password-protected Excel file; save it as .xlsx without a password, or as CSV.",
    ),
    "bomb": (repacked("docProps/big.bin", lambda _: bytes(25_000_000)), TOO_MUCH),
    "many entries": (packed({f"{i}.xml": b"" for i in range(201)}), TOO_MUCH),
    "no workbook inside": (repacked(CONTENT, lambda _: b"<Types/>"), UNREADABLE),
    "broken sheet": (repacked(SHEET, lambda part: part[: len(part) // 2]), UNREADABLE),
    "missing text": (shared("<si><t>Item</t></si>", 9), UNREADABLE),
    "missing style": (repacked(SHEET, lambda part: part.replace(b'r="C2"', b'r="C2" s="99"')), UNREADABLE),
    "no such cell": (repacked(SHEET, lambda part: part.replace(b'r="C2"', b'r="??"')), UNREADABLE),
    "other compression": (repacked(SHEET, lambda part: part, zipfile.ZIP_LZMA), UNREADABLE),
    "entities": (repacked(SHEET, lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part), UNREADABLE),
    "entities in UTF-16": (
        repacked(SHEET, lambda part: ('<!DOCTYPE a [<!ENTITY b "c">]>' + part.decode()).encode("utf-16")),
        UNREADABLE,
    ),
    "many cells": (
        repacked(SHEET, within(b"</sheetData>", b'<row r="9">' + b"<c/>" * 500_000 + b"</row>")),
        TOO_MUCH,
    ),
    "many styles": (repacked("xl/styles.xml", within(b"</cellXfs>", b"<xf/>" * 50_000)), TOO_MUCH),
    "many strings": (shared("<si><t>Item</t></si>" * 50_000, 0), TOO_MUCH),
    "many sheets": (repacked("xl/workbook.xml", within(b"</sheets>", b"<sheet/>" * 60)), TOO_MUCH),
    "long text": (repacked(SHEET, within(b"</worksheet>", b"a" * 40_000)), TOO_MUCH),
    "long format": (
        repacked("xl/styles.xml", within(b"</styleSheet>", b'<numFmt formatCode="' + b"[" * 300 + b'"/>')),
        TOO_MUCH,
    ),
    "long shared formula": (
        repacked(
            SHEET,
            within(
                b"</sheetData>",
                b'<row r="9"><c><f t="shared" si="0">'
                + b"A1+" * 9000
                + b"A1</f></c>"
                + b'<c><f t="shared" si="0"/></c>' * 1000
                + b"</row>",
            ),
        ),
        TOO_MUCH,
    ),
    "nothing in it": (excel(), "The file is empty."),
    "no item on any sheet": (
        excel(["Name", "2018-19"], title=[[], ["A title"]]),
        "A2 holds 'A title'; the first row must be Item, Unit and then years such as 2018-19.",
    ),
    "date as a year": (
        excel(["Item", datetime(2018, 4, 1)]),
        "B1 holds the date '2018-04-01'; write the year as text, such as 2018-19.",
    ),
    "true as a year": (excel(["Item", True]), "B1 holds 'TRUE'; a column is headed by a year"),
    "formula": (excel(HEAD, ["Cost: A", "£", "=1+1"]), WITHOUT.format("C2")),
    "formula as a year": (excel(["Item", "=A5"], ["Cost: A", 1]), WITHOUT.format("B1")),
    "formula as an item": (excel(["Item", "2018-19"], ["=B1", 1]), WITHOUT.format("A2")),
    "true": (excel(HEAD, ["Cost: A", "£", True]), "C2 holds 'TRUE'; a number is needed"),
    "date": (excel(HEAD, ["Cost: A", "£", date(2018, 4, 1)]), "C2 holds '2018-04-01'; a number is needed"),
    "error": (excel(HEAD, ["Cost: A", "£", "#DIV/0!"]), "C2 holds '#DIV/0!'; a number is needed"),
    "infinite": (
        repacked(SHEET, lambda part: part.replace(b"<v>38250000</v>", b"<v>1e999</v>")),
        "C2 holds 'inf'; a number is needed",
    ),
    "not a number": (repacked(SHEET, lambda part: part.replace(b"<v>38250000</v>", b"<v>NaN</v>")), UNREADABLE),
    "very large": (excel(HEAD, ["Cost: A", "£", 1e308]), "C2 holds '1e+308'; figures go up to 1,000,000,000,000."),
    "percentage of pounds": (
        excel(HEAD, ["Cost: A", "£", 0.57], C2="0%"),
        "C2 holds '57%'; a sum in pounds is needed, not a percentage.",
    ),
    "transposed": (excel(["Year", "Cost: A"], ["2018-19", 1]), "The sheet has items across and years down;"),
    "too many years": (
        excel(["Item", *range(1950, 1991)]),
        "The sheet has 41 columns of years; at most 40 are read.",
    ),
    "too many lines": (
        excel(["Item", "2018-19"], *([f"Cost: {i}", 1] for i in range(400))),
        "The sheet has more than 400 lines; keep those of one alliance.",
    ),
}


@pytest.mark.parametrize("case", EXCEL_REFUSED)
def test_a_workbook_is_refused_in_one_sentence_and_soon(case: str) -> None:
    content, sentence = EXCEL_REFUSED[case]
    start = time.perf_counter()
    assert refusal(content, "actuals.xlsx").startswith(sentence)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("name", ["actuals.ods", "actuals", "actuals.xls", "actuals.xlsx.exe", "a" * 999, "\n"])
def test_a_file_of_another_kind_is_refused_by_its_name(name: str) -> None:
    for content in (GOOD, b"Item,2018-19\nCost: A,1"):
        assert "is neither a CSV nor an Excel file; save it as .xlsx or CSV." in refusal(content, name)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    honest = repacked("docProps/big.bin", lambda _: bytes(15_000_000))
    place = honest.rindex(b"docProps/big.bin") - 22
    lying = honest[:place] + (100).to_bytes(4, "little") + honest[place + 4 :]
    assert refusal(lying, "a.xlsx") == UNREADABLE


# --- whatever the file, nothing but Refused


def is_read_or_refused(name: str, content: bytes) -> None:
    try:
        found = sheets.read(name, content)
    except Refused as refused:
        assert str(refused).endswith(".")
    else:
        assert found["years"]


@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.xlsx", "a.txt"]), zipped=st.booleans())
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_read_or_refused(content: bytes, name: str, zipped: bool) -> None:
    is_read_or_refused(name, b"PK\x03\x04" * zipped + content)


WORDS = ["Item", "Unit", "2018-19", "2019-20", "Cost: A", "KPI: K", "Relief", "Brought forward", "=1", "5", "£5m", "x"]


@given(
    st.lists(
        st.sampled_from([*WORDS, ",", ",", ";", "\t", "\n", "\n", "\r", '"', " ", "\ufeff", "\0", "\x1c"]), max_size=40
    )
)
@settings(max_examples=500, deadline=None)
def test_random_sheets_are_read_or_refused(parts: list[str]) -> None:
    is_read_or_refused("a.csv", "".join(parts).encode())
    is_read_or_refused("a.csv", ("Item,2018-19\nCost: A," + "".join(parts)).encode())


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_random_text_is_read_or_refused(content: str) -> None:
    is_read_or_refused("a.csv", content.encode())
    is_read_or_refused("a.csv", f"Item,2018-19\nCost: A,{content}".encode())


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.sampled_from(WORDS)
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4), st.sampled_from(["General", "0%", "yyyy-mm-dd", "[h]:mm"]))
@settings(max_examples=200, deadline=None)
def test_random_cells_of_excel_are_read_or_refused(rows: list[list[Any]], number_format: str) -> None:
    content = excel(["Item", "2018-19"], ["Cost: A", 1], *rows, B2=number_format)
    is_read_or_refused("a.xlsx", content)


@given(cut=st.integers(0, len(GOOD)), flips=st.lists(st.integers(0, 8 * len(GOOD) - 1), max_size=4))
@settings(max_examples=300, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(cut: int, flips: list[int]) -> None:
    damaged = bytearray(GOOD)
    for bit in flips:
        damaged[bit // 8] ^= 1 << bit % 8
    is_read_or_refused("a.xlsx", bytes(damaged))
    is_read_or_refused("a.xlsx", bytes(damaged[:cut]))


@pytest.mark.parametrize("part", parts_of(GOOD))
def test_a_workbook_with_a_damaged_part_is_read_or_refused(part: str) -> None:
    """The archive is sound, so the damage reaches openpyxl."""
    dice = random.Random(part)
    for _ in range(40):
        start, length = dice.random(), dice.randrange(1, 30)

        def damaged(whole: bytes, start: float = start, length: int = length) -> bytes:
            at = int(start * len(whole))
            return whole[:at] + dice.choice([b"", b"<", b'"', b"-1", b"1e9", b"<a/>", b"\xff"]) + whole[at + length :]

        is_read_or_refused("a.xlsx", repacked(part, damaged))

"""A scenario as a workbook: there and back is the same, and whatever is wrong is said with its sheet and cell."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from openpyxl import Workbook, load_workbook

from data import archive, presets
from data.scenario_workbook import from_workbook, to_workbook
from data.template.layout import FAMILIES, FORM_OF, columns, relatives, tables
from model.base import Source, Value
from model.distributions import Normal
from model.documents import Refused, from_json, to_document, to_json
from model.evidence import FromData
from model.fields import choices, element
from model.scenario import Scenario
from tests.model.build import framework, kpi, provider, scenario
from tests.model.strategies import anyhow, scenarios

each_preset = pytest.mark.parametrize("name", presets.names())
AWKWARD = ("=SUM(A1:A9)", "+44", "-1", "@home", "Zoë’s 家; Ltd", "A › B: C", '"quoted"', "2018", "yes")


def back(case: Scenario) -> Scenario:
    return from_workbook("scenario.xlsx", to_workbook(case))


@each_preset
def test_a_preset_comes_back_as_it_was(name: str) -> None:
    assert to_document(back(presets.preset(name))) == to_document(presets.preset(name))


@anyhow
@given(scenarios())
def test_any_scenario_comes_back_as_it_was(case: Scenario) -> None:
    assert to_document(back(case)) == to_document(case)


def test_names_that_look_like_formulas_or_numbers_come_back_as_they_were() -> None:
    members = tuple(provider(name, gain_share=1 / 9, pain_share=1 / 9) for name in AWKWARD)
    kpis = framework(*(kpi(name, weight=1 / 9, unit="=days") for name in AWKWARD))
    case = scenario(name="=1+1", story="line\nline", providers=members, framework=kpis)
    assert back(case) == case
    book = load_workbook(io.BytesIO(to_workbook(case)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_longest_series_comes_back_as_it_was() -> None:
    series = FromData(values=tuple(i / 7_777 for i in range(2_000)))
    case = scenario(providers=(provider(cost_deviation=series),))
    assert back(case) == case


def test_notes_come_back_beside_what_they_are_about() -> None:
    spread = Normal(mean=0.0, sd=0.02, sources=(Source(field="sd", note="Five years of accounts."),))
    members = (provider(cost_deviation=spread, sources=(Source(field="fee_rate", note="As agreed."),)),)
    case = scenario(providers=members, sources=(Source(field="term", note="By law."),))
    assert back(case) == case


def parts(owner: Any) -> set[type[Value]]:
    """Every class that a scenario is made of."""
    found: set[type[Value]] = {owner}
    for info in owner.model_fields.values():
        held = [*choices(info.annotation), *choices(element(info.annotation))]
        inner = {one for one in held if isinstance(one, type) and issubclass(one, Value)}
        found |= {part for one in inner for part in parts(one)}
    return found


def test_every_entry_of_a_scenario_has_a_place() -> None:
    listed = {name for table in tables() for name in table.place}
    for part in parts(Scenario):
        places = {column.place[0] for column in columns(part)} | {place[0] for place, *_ in relatives(part)} | listed
        assert {*part.model_fields} <= places | {"sources", "schema_version"}, part


def test_sheets_and_headings_are_told_apart() -> None:
    for owner in (Scenario, *(table.item for table in tables()), *FAMILIES.values()):
        titles = [column.title for column in columns(owner)]
        assert len({*titles}) == len(titles) and sum(column.is_list for column in columns(owner)[:-3]) == 0
    names = [table.sheet for table in tables()]
    assert len({*names}) == len(names) and all(len(name) <= 31 for name in names)


CASE = presets.preset("small-charities")


def changed(change: Callable[[Any], None], name: str = "scenario.xlsx") -> Scenario:
    """What is read of a workbook after somebody has changed it."""
    book = load_workbook(io.BytesIO(to_workbook(CASE)))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return from_workbook(name, content.getvalue())


def typed(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value

    return change


def column_of(sheet: str, title: str) -> str:
    book = load_workbook(io.BytesIO(to_workbook(CASE)))
    return next(str(cell.column_letter) for cell in book[sheet][2] if cell.value == title)


FEE = f"{column_of('Providers', 'Fee (%)')}3"


@pytest.mark.parametrize("value", [0.08, "8%", " 8 % ", "0.08"])
def test_a_percentage_can_be_typed_in_many_ways(value: Any) -> None:
    assert changed(typed("Providers", FEE, value)).providers[0].fee_rate == pytest.approx(0.08)


@pytest.mark.parametrize("value", [2_500_000, "£2,500,000", "2.5m"])
def test_a_sum_can_be_typed_in_many_ways(value: Any) -> None:
    cell = f"{column_of('Providers', 'Baseline cost (£)')}4"
    assert changed(typed("Providers", cell, value)).providers[1].baseline_cost == 2_500_000


def test_words_are_read_whatever_their_capitals() -> None:
    found = changed(typed("Providers", f"{column_of('Providers', 'Kind')}3", "Nhs Trust"))
    assert found.providers[0].kind == "NHS trust"


def test_a_start_that_excel_took_for_a_date_is_a_month() -> None:
    row = next(
        cell.row for cell in load_workbook(io.BytesIO(to_workbook(CASE)))["Alliance"]["A"] if "Starts" in cell.value
    )
    assert changed(typed("Alliance", f"C{row}", datetime(2021, 4, 1))).term.start == "2021-04"


def test_a_line_can_be_added_at_the_foot() -> None:
    def change(book: Any) -> None:
        row = len(CASE.risk_share.pain_bands) + 3
        before = book["Pain bands"].cell(row - 1, 1)
        before.value = 0.5
        book["Pain bands"].cell(row, 3).value = "10%"

    assert changed(change).risk_share.pain_bands[-1].share == 0.1


def refusal(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [problem.sentence for problem in refused.value.problems]


def test_what_is_no_percentage_is_refused_with_its_cell() -> None:
    assert refusal(lambda: changed(typed("Providers", FEE, "12%%"))) == [
        f"Sheet 'Providers', cell {FEE}: '12%%' is not a percentage; write 12% or 0.12."
    ]


def test_what_is_out_of_range_is_refused_with_its_cell() -> None:
    name = CASE.providers[0].name
    assert refusal(lambda: changed(typed("Providers", FEE, 1.3))) == [
        f"Sheet 'Providers', cell {FEE}: {name} › Fee is 130%; it must be at most 50%."
    ]


def test_an_empty_cell_that_is_needed_is_refused_with_its_cell() -> None:
    found = refusal(lambda: changed(typed("Providers", FEE, None)))
    assert found == [f"Sheet 'Providers', cell {FEE}: {CASE.providers[0].name} › Fee is missing."]


def test_a_rule_about_several_entries_names_the_line() -> None:
    (sentence,) = refusal(lambda: changed(typed("KPIs", f"{column_of('KPIs', 'Levels › Poor')}3", 1e6)))
    assert sentence.startswith("Sheet 'KPIs', cell ") and "the levels must rise or fall" in sentence


def test_a_part_on_another_sheet_that_is_missing_is_named_with_its_sheet_and_row() -> None:
    last = len(CASE.uncertainty.risks) + 3

    def change(book: Any) -> None:
        for cell in book["Risks"][last - 1]:
            book["Risks"].cell(last, cell.column).value = cell.value
        book["Risks"].cell(last, 1).value = "Agency staff"

    row = load_workbook(io.BytesIO(to_workbook(CASE)))["Uncertainty"].max_row + 1
    assert refusal(lambda: changed(change)) == [
        f"Sheet 'Risks', cell A{last}: Uncertainty › Agency staff › Cost if it happens is missing. It is a line of "
        f"sheet 'Uncertainty', such as row {row}: Of 'Risks: Agency staff', Entry 'Cost if it happens'."
    ]


def test_a_formula_without_a_result_is_refused_with_its_cell() -> None:
    assert refusal(lambda: changed(typed("Providers", FEE, "=0.05+0.01"))) == [
        f"Sheet 'Providers', cell {FEE}: it holds a formula without a result; paste its value instead, or save the "
        "file in Excel."
    ]


@pytest.mark.parametrize(("kind", "result"), [("n", "0.06"), ("str", "6%")])
def test_a_formula_counts_with_the_result_that_was_saved(kind: str, result: str) -> None:
    found = from_workbook("scenario.xlsx", with_result(kind, result))
    assert found.providers[0].fee_rate == 0.06


def test_a_formula_that_ends_in_an_error_is_refused_with_its_cell() -> None:
    (said,) = refusal(lambda: from_workbook("scenario.xlsx", with_result("e", "#REF!")))
    assert said.startswith(f"Sheet 'Providers', cell {FEE}: it holds a formula without a result")


def with_result(kind: str, result: str) -> bytes:
    """A workbook with a formula for a fee, as a spreadsheet saves it: with its result."""
    book, content, whole = load_workbook(io.BytesIO(to_workbook(CASE))), io.BytesIO(), io.BytesIO()
    book["Providers"][FEE] = "=0.05+0.01"
    book.save(content)
    with zipfile.ZipFile(content) as before, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            text = before.read(part)
            cell, end = re.subn(
                rb'<c r="(\w+)"( s="\d+")?><f>0.05\+0.01</f><v ?/?>(</v>)?',
                rf'<c r="\1"\2 t="{kind}"><f>0.05+0.01</f><v>{result}</v>'.encode(),
                text,
            )
            after.writestr(part, cell if end else text)
    return whole.getvalue()


def test_a_figure_for_another_kind_is_refused_with_its_cell() -> None:
    kinds = {line.value: line.row for line in load_workbook(io.BytesIO(to_workbook(CASE)))["Uncertainty"]["C"]}
    row, column = kinds["pert"], column_of("Uncertainty", "Mean")
    assert refusal(lambda: changed(typed("Uncertainty", f"{column}{row}", 0.1))) == [
        f"Sheet 'Uncertainty', cell {column}{row}: 'Mean' is not for the kind 'pert'; clear it or choose another kind."
    ]


def test_a_line_of_somebody_unknown_is_refused_with_examples() -> None:
    (sentence, *_) = refusal(lambda: changed(typed("Uncertainty", "A3", "Providers: Nobody")))
    assert sentence.startswith("Sheet 'Uncertainty', cell A3: 'Providers: Nobody › ") and "there are '" in sentence
    assert sentence.endswith("whoever is renamed is renamed in 'Risks', 'Uncertainty', 'Caps' and 'Notes' too.")


def test_an_unknown_heading_is_refused_with_its_cell() -> None:
    cell = FEE.replace("3", "2")
    found = refusal(lambda: changed(typed("Providers", cell, "Fees")))
    assert found == [
        f"Sheet 'Providers', cell {cell}: 'Fees' is no heading of this sheet, or stands there twice; "
        "missing is 'Fee (%)'."
    ]


def test_an_unknown_entry_is_refused_with_its_cell() -> None:
    found = refusal(lambda: changed(typed("Terms", "A2", "Wish")))
    assert found[0] == "Sheet 'Terms', cell A2: 'Wish' is no entry of this sheet; take the template's words."


def test_every_problem_is_found_at_once() -> None:
    def change(book: Any) -> None:
        for row in book["Providers"].iter_rows(min_row=3, max_row=10, min_col=3, max_col=7):
            for cell in row:
                cell.value = "twelve"

    found = refusal(lambda: changed(change))
    assert len(found) > 10 and all(sentence.startswith("Sheet 'Providers', cell ") for sentence in found)


def test_sheets_of_something_else_are_refused() -> None:
    book, content = Workbook(), io.BytesIO()
    book.save(content)
    assert refusal(lambda: from_workbook("a.xlsx", content.getvalue())) == [
        "This is not a scenario workbook: it has no sheet 'Alliance'; start from the download."
    ]

    def renamed(book: Any) -> None:
        book["Risks"].title = "Risks 2"

    assert refusal(lambda: changed(renamed)) == [
        "The workbook has a sheet 'Risks 2', which no scenario has; delete it or name it back."
    ]


@pytest.mark.parametrize("sheet", sorted({*FORM_OF.values(), *(table.sheet for table in tables()), *FAMILIES, "Notes"}))
def test_a_sheet_that_is_gone_is_named(sheet: str) -> None:
    found = refusal(lambda: changed(lambda book: book.remove(book[sheet])))
    assert found == [f"The workbook has no sheet '{sheet}'; take that of the template, empty or not."]


def with_part(name: str, content: bytes = b"x") -> bytes:
    """A good workbook with another part in its archive."""
    whole = io.BytesIO(to_workbook(CASE))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsm", to_workbook(CASE), "The workbook holds macros; save it as .xlsx, without them."),
        ("a.xlsx", with_part("xl/vbaProject.bin"), "The workbook holds macros; save it as .xlsx, without them."),
        (
            "a.xlsx",
            with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
            "The workbook refers to other files; break the links, so that it holds values only.",
        ),
        (
            "a.xlsx",
            with_part("xl/worksheets/big.xml", b" " * (archive.LARGEST_UNPACKED + 1)),
            "The file unpacks to far more than a sheet of figures; copy the figures into a new file.",
        ),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 50, "The file cannot be read as an Excel workbook; save it again as .xlsx."),
        ("a.xlsx", b"0" * 100_000_000, "The file is too large; at most 1,000,000 bytes are read."),
        ("a.xlsx", b"", "The file is empty."),
        ("a.ods", to_workbook(CASE), "This is not an Excel workbook; save it as .xlsx."),
    ],
    ids=["xlsm", "macros", "links", "bomb", "broken", "100 MB", "empty", "ods"],
)
def test_a_file_that_could_do_harm_is_refused_with_a_sentence(name: str, content: bytes, sentence: str) -> None:
    assert refusal(lambda: from_workbook(name, content)) == [sentence]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_stands_in_cells_is_read_or_refused_with_sentences(seed: int) -> None:
    chance = random.Random(seed)
    values = [None, "", "x", "12%%", -1, 0, 1e300, 0.5, True, datetime(2020, 1, 1), "=1", "none", "pert", "yes", "‰"]

    def change(book: Any) -> None:
        sheets = [sheet for sheet in book if sheet.title != "How to fill in"]
        for _ in range(chance.choice([1, 3, 40])):
            sheet = chance.choice(sheets)
            row, column = chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1)
            sheet.cell(row, column).value = chance.choice(values)

    try:
        changed(change)
    except Refused as refused:
        assert all(problem.sentence.endswith(".") for problem in refused.problems)


def test_what_stands_beside_no_entry_is_refused() -> None:
    assert refusal(lambda: changed(typed("Alliance", "C90", 5)))[0].startswith(
        "Sheet 'Alliance', cell A90: it is empty"
    )
    cell = f"{column_of('Providers', 'Pooled (%)')}2"
    found = refusal(lambda: changed(typed("Providers", cell, None)))
    assert found[0].endswith("stands under no heading.")


@pytest.mark.parametrize("reserves", [0.0, None, 1.0])
def test_reserves_of_nothing_and_reserves_not_stated_come_back_as_they_were(reserves: float | None) -> None:
    first = presets.preset(presets.FIRST)
    case = first.edited(
        providers=(first.providers[0].edited(reserves=reserves), *first.providers[1:]),
        commissioners=(first.commissioners[0].edited(reserves=reserves), *first.commissioners[1:]),
    )
    assert back(case) == case == from_json(to_json(case))


def test_costs_of_later_years_run_to_the_right_and_one_in_between_may_be_empty() -> None:
    case = scenario(providers=(provider(later_costs=(1_200_000.0, None, 1_300_000.5)),))
    assert back(case) == case
    sheet = load_workbook(io.BytesIO(to_workbook(case)))["Providers"]
    first = next(cell for cell in sheet[2] if cell.value == "Planned costs of later years (£)")
    assert [cell.value for cell in sheet[3][first.column - 1 :]] == [1_200_000, None, 1_300_000.5]
    assert sheet.cell(1, first.column).value.endswith("one in between may be empty. Empty: as grown.")


def test_a_workbook_from_before_there_were_costs_of_later_years_is_read() -> None:
    def without(book: Any) -> None:
        sheet = book["Providers"]
        last = next(cell for cell in sheet[2] if cell.value == "Planned costs of later years (£)")
        sheet.delete_cols(last.column)

    assert changed(without) == CASE

"""Which sheet of a workbook of one's own figures is read."""

from typing import Any

import pytest

from data import own_figures
from data.series import read_pairs, text_of
from model.documents import Refused
from tests.data.sheets_made import SHEET, excel, packed, parts_of

NOTE: list[list[Any]] = [["Figures of 2019 to 2024: see next sheet"], ["Made in", 2024]]


def test_the_first_sheet_with_figures_is_read_and_the_others_are_named() -> None:
    found = own_figures.read("costs.xlsx", excel(["Year", "Budget", "Actual"], ["2020-21", 100, 104.5], title=NOTE))
    assert [[cell for cell in row.texts if cell] for row in found.rows] == [
        ["Year", "Budget", "Actual"],
        ["2020-21", "100", "104.5"],
    ]
    assert found.note == "'costs.xlsx': its sheet 'Second' was read. Not read: 'Sheet'."


def test_a_sheet_that_heads_budget_and_actual_goes_before_others_with_figures() -> None:
    partners: list[list[Any]] = [["Partner", "Cost"], ["Trust", 100]]
    found = own_figures.read("b.xlsx", excel(["Year", "Budget", "Actual"], ["2020-21", 100, 104.5], title=partners))
    assert found.rows[0].texts[:3] == ["Year", "Budget", "Actual"]


@pytest.mark.parametrize("figures", [["=1+1"], ["7.5%"], [-3]])
def test_formulas_and_percentages_are_figures(figures: list[Any]) -> None:
    assert "'Second'" in own_figures.read("costs.xlsx", excel(figures, title=NOTE)).note.partition("Not read")[0]


def test_where_there_are_only_years_or_words_the_first_that_has_most_is_read() -> None:
    assert own_figures.read("a.xlsx", excel(["words"], title=NOTE)).rows[0].texts[0].startswith("Figures of")
    assert own_figures.read("a.xlsx", excel([2024], title=[["words"]])).rows[0].texts[0] == "2024"


LEDGER: list[list[Any]] = [["£000"], ["Year", "Budget", "Outturn", "Variance"], [], ["2018-19", 100, 110, "=C4-B4"]]


def test_formulas_where_no_figure_is_needed_are_passed_over_and_one_that_is_needed_is_named_by_its_cell() -> None:
    total = ["Total", "=SUM(B4)", "=SUM(C4)", "=SUM(D4)"]
    assert read_pairs(pasted(excel(*LEDGER, total))).values == pytest.approx((0.1,))
    with pytest.raises(Refused) as caught:
        read_pairs(pasted(excel(*LEDGER, ["2019-20", 100, "=B5+4", 0])))
    said = "C5 holds a formula without a result; save the file in Excel, or put its value in its place."
    assert str(caught.value) == said


def test_a_formula_is_its_result_as_it_was_saved() -> None:
    parts = parts_of(excel(*LEDGER))
    parts[SHEET] = parts[SHEET].replace(b"<v>110</v>", b"<f>1+1</f><v>120</v>")
    assert read_pairs(pasted(packed(parts))).values == pytest.approx((0.2,))


def pasted(content: bytes) -> str:
    return text_of([row.texts for row in own_figures.read("costs.xlsx", content).rows])


def test_a_lone_unit_is_no_figure_of_a_sheet() -> None:
    assert "'Second'" in own_figures.read("a.xlsx", excel([3], title=[["£000"]])).note.partition("Not read")[0]


def test_of_a_single_sheet_and_of_csv_there_is_nothing_to_say() -> None:
    assert own_figures.read("costs.xlsx", excel([1], [2])).note == ""
    assert own_figures.read("costs.csv", b"1\n2\n").note == ""
    with pytest.raises(Refused, match="The file is empty"):
        own_figures.read("costs.xlsx", excel())

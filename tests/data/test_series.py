"""A pasted series: every number as it was meant, everything left out named, nothing guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.series import LONGEST_TEXT, Series, read_pairs, read_series, text_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1\n2\n3", [1, 2, 3]),
        ("1\r\n\r\n2\r\n", [1, 2]),
        ("1\t2\t3", [1, 2, 3]),
        ("1;2; 3", [1, 2, 3]),
        ("1 2  3.5", [1, 2, 3.5]),
        ("98, 102, 105", [98, 102, 105]),
        ("3,4,5", [3, 4, 5]),
        ("0.03,0.04,-0.01", [0.03, 0.04, -0.01]),
        ("£1,234\n£ 5\n-£6", [1234, 5, -6]),
        ("1,234\n2,345.5", [1234, 2345.5]),
        ('"1,234","2,345"', [1234, 2345]),
        ("4.5%\n3 %\n-0.5%", [0.045, 0.03, -0.005]),
        ("(1,200)\n(£3)", [-1200, -3]),
        ("£(320)\n£ (45)\n(£ 6)\n£(1.2m)\n(5)k", [-320, -45, -6, -1.2e6, -5000]),
        ("(5)%\n(5%)\n5%", [-0.05, -0.05, 0.05]),
        ("−3\n–4\n- 5", [-3, -4, -5]),
        ("1.2m\n3 k\n1bn", [1.2e6, 3000, 1e9]),
        ("\ufeff7\n8", [7, 8]),
        ("12\u00a0345\n6", [12345, 6]),
        ("1e3 2", [1000, 2]),
        ("£ 5 £ 6", [5, 6]),
        ("4 % 5 %", [0.04, 0.05]),
        ("1.2 k 3 m", [1200, 3e6]),
        ("2019\n2020\n2021", [2019, 2020, 2021]),
    ],
)
def test_numbers_are_read_as_they_were_meant(text: str, values: list[float]) -> None:
    found = read_series(text)
    assert found.values == pytest.approx(tuple(values))
    assert found.notes == ()


TWO_LABELS = ["2 cells without a number were left out, the first 'a' in line 1."]


@pytest.mark.parametrize(
    ("text", "values", "notes"),
    [
        ("Cost overrun\n0.1\n0.2", [0.1, 0.2], ["2 cells without a number were left out, the first 'Cost' in line 1."]),
        ("0.1\nn/a\n0.2", [0.1, 0.2], ["1 cell without a number was left out: 'n/a' in line 2."]),
        ("1\t\t2", [1, 2], ["1 cell without a number was left out: an empty one in line 1."]),
        ("2018-19\t5\n2019/20\t6", [5, 6], ["2 cells without a number were left out, the first '2018-19' in line 1."]),
        ("Q1,3,4", [3, 4], ["1 cell without a number was left out: 'Q1' in line 1."]),
        ("01/04/2019\t5\t6", [5, 6], ["1 cell without a number was left out: '01/04/2019' in line 1."]),
        ("#DIV/0!\n4\n5", [4, 5], ["1 cell without a number was left out: '#DIV/0!' in line 1."]),
        (
            "2018\t5\n2019\t6\n2020\t",
            [5, 6],
            ["The first column was taken for years, from 2018 to 2020, and left out."],
        ),
        (
            "2018\t5\n2019\tn/a\n2020\t7",
            [5, 7],
            [
                "1 cell without a number was left out: 'n/a' in line 2.",
                "The first column was taken for years, from 2018 to 2020, and left out.",
            ],
        ),
        ("2018 2019 2020\n7 8 9", [7, 8, 9], ["Line 1 was left out: years, not values."]),
        ("a\t5\nb\t6\nTotal\t11", [5, 6], [*TWO_LABELS, "Line 3 was left out: a total or average."]),
        ("5%\n0.06", [0.05, 0.06], ["A percent sign stands at 1 of 2 values; only these were divided by 100."]),
    ],
)
def test_what_is_left_out_is_said(text: str, values: list[float], notes: list[str]) -> None:
    found = read_series(text)
    assert found.values == pytest.approx(tuple(values))
    assert list(found.notes) == notes


BOTH = "which can be read in two ways; "
POINT = f"{BOTH}write a decimal with a point, and put a semicolon between values."
SEMICOLON = f"{BOTH}put a semicolon between values, and no comma or space within one."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3\n41,2", f"Line 2 holds '41,2', {POINT}"),
        ("41,2; 38,5", f"Line 1 holds '41,2', {POINT}"),
        ("41,2 38,5", f"Line 1 holds '41,2', {POINT}"),
        ('"41,2"\n3', f"Line 1 holds '41,2', {POINT}"),
        ("-41,2%", f"Line 1 holds '-41,2%', {POINT}"),
        ("1.234,5", f"Line 1 holds '1.234,5', {POINT}"),
        ("120,135,128", f"The text holds '120,135,128', {SEMICOLON}"),
        ("98,102,105.5,99", f"Line 1 holds '98 102', {SEMICOLON}"),
        ("98 102 105", f"Line 1 holds '98 102', {SEMICOLON}"),
        ("Cost - 120 12", f"Line 1 holds '- 120', {SEMICOLON}"),
        ("1\n=2+3", "Line 2 holds a formula; paste its value instead."),
        ("=SUM(A)\n3", "Line 1 holds a formula; paste its value instead."),
        ('"1\n2', "Line 1 cannot be read; check its quotation marks."),
        ("words only", "The text holds no number; paste the values, one on each line."),
        ("", "The text holds no number; paste the values, one on each line."),
        ("1e999\n2", "Line 1 holds '1e999'; figures go up to 1,000,000,000,000."),
        ("3\n" * 2001, "The text holds 2,001 values; at most 2,000 are read."),
        ("3" * (LONGEST_TEXT + 1), "The text has 200,001 characters; at most 200,000 are read."),
    ],
)
def test_what_could_mean_two_things_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_series(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", ["<5\n3", "$5\n3", "1.2.3\n3", "5*\n3", "1,23,456.7.8"])
def test_what_looks_like_a_number_and_is_none_is_refused_not_left_out(text: str) -> None:
    with pytest.raises(ValueError, match=r"^Line 1 holds .*; a number is needed"):
        read_series(text)


def test_the_largest_text_is_read_and_is_as_long_as_allowed() -> None:
    assert len(read_series("3\n" * 2000).values) == 2000
    assert read_series("3".ljust(LONGEST_TEXT)).values == (3.0,)


@pytest.mark.parametrize(
    "piece", ["1 ", "1,", "a,", '"a",', "£ ", "(", "-", " ", "12 k ", "£", "\t", "=", "é1", "Total 1\n", "2019 3\n"]
)
def test_a_hostile_text_is_answered_in_one_short_sentence(piece: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_series((piece * LONGEST_TEXT)[:LONGEST_TEXT])
    assert len(str(caught.value)) < 300


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789,.;%£()-−\t\n \"'kmn=eE/QAé\u00a0", max_size=40))
def test_any_text_gives_finite_values_or_one_sentence(text: str) -> None:
    for read in (read_series, read_pairs):
        try:
            values = read(text).values
        except ValueError as error:
            assert str(error).endswith(".")
            assert "\n" not in str(error)
        else:
            assert values
            assert all(abs(value) < float("inf") for value in values)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=20))
def test_what_a_computer_writes_comes_back_unchanged(values: list[float]) -> None:
    assert read_series("\n".join(map(repr, values))).values == tuple(values)


def test_pairs_give_the_overspend_as_part_of_the_budget() -> None:
    found = read_pairs("Year\tBudget\tActual\n2018-19\t£1,000\t£1,100\n2019-20\t2,000\t1,900")
    assert found.values == pytest.approx((0.1, -0.05))
    assert found.notes == ("Line 1 names the columns: budget, then actual.",)


@pytest.mark.parametrize(
    "text",
    [
        "Actual\tBudget\n110\t100\n190\t200",
        "Year\tActual spend (£000)\tTarget spend (£000)\n2018\t110\t100\n2019\t190\t200",
        "Outturn;Plan\n110;100\n190;200",
        '"Actual","Budget"\n"1,100","1,000"\n"1,900","2,000"',
        "Spend Budget\n£110 £100\n£190 £200",
        "Actual £'000\tBudget £'000\n110\t100\n190\t200",
        "Actual 2018\tBudget 2018\n110\t100\n190\t200",
    ],
)
def test_columns_are_read_in_the_order_that_their_headings_say(text: str) -> None:
    found = read_pairs(text)
    assert found.values == pytest.approx((0.1, -0.05))
    assert found.notes[0] == "Line 1 names the columns: actual, then budget; they were read in that order."


def test_a_column_of_differences_beside_budget_and_actual_is_passed_over() -> None:
    found = read_pairs("Year\tBudget\tVariance\tActual\n2018\t100\t10\t110\n2019\t200\t(10)\t190\n2020\t\t5\t7")
    assert found.values == pytest.approx((0.1, -0.05))
    assert found.notes[-1] == "Line 4 was left out: a line needs both budget and actual."


@pytest.mark.parametrize(
    "text",
    [
        "Year\tBudget\tOutturn\tVariance\n2018\t100\t110\t10\n2019\t200\t190\t\n2020\t100\t120\t\n",
        "Year;Budget;Outturn;Variance;Variance %\n2018;100;110;10;10%\n2019;200;190;;\n2020;100;120;20;20%\n",
        "Budget\tVariance\tOutturn\tNote\n100\t10\t110\t\n200\t\t190\t3\n100\t\t120\t",
        "\tBudget\tOutturn\tVariance\n2018-19\t100\t110\t10\n2019-20\t200\t190\t\n2020-21\t100\t120\t",
    ],
)
def test_a_line_needs_only_budget_and_actual_of_the_columns_that_are_named(text: str) -> None:
    found = read_pairs(text)
    assert found.values == pytest.approx((0.1, -0.05, 0.2))
    assert not any("left out: a line" in note for note in found.notes)


@pytest.mark.parametrize(
    "unused",
    [
        "£(320)",
        "(320",
        "12 345",
        "41,2",
        "#DIV/0!",
        "=C2-B2",
        "=Sum(All)",
        "1.2.3",
        "tbc 5",
        "10 / 20",
        "",
        "£(320)*",
        "1,2,3",
    ],
)
@pytest.mark.parametrize(
    "lines", ["Year\tBudget\tActual\tVariance\n{0}", "Budget\tVariance\tActual\n{1}", "Year;Budget;Actual;Note\n{2}"]
)
def test_what_stands_in_columns_that_are_not_used_is_never_refused(unused: str, lines: str) -> None:
    rows = [
        f"2018\t100\t110\t{unused}\n2019\t200\t190\t10\nTotal\t300\t300\t{unused}",
        f"100\t{unused}\t110\n200\t(10)\t190",
        f"2018;100;110;{unused}\n2019;200;190;",
    ]
    assert read_pairs(lines.format(*rows)).values == pytest.approx((0.1, -0.05))


HISTORY = "Year\tBudget\tOutturn\tVariance\n{}2018-19\t1,000\t1,100\t(100)\n2019-20\t2.0m\t1,900\t100\nTotal\t1\t2\t3"
"""A pair that is whole only where the sums without a sign are thousands."""


@pytest.mark.parametrize("unit", ["£000", "£'000", "£,000", "£k", "'000", "(£000)", "000s", "All figures in £000"])
@pytest.mark.parametrize("place", ["{}\n", "\t{0}\t{0}\t{0}\n", "Hip and knee\n\n{}\t\t\t\n", "Hip and knee ({})\n"])
def test_a_lone_unit_is_never_a_number_and_is_one_scale_for_all(unit: str, place: str) -> None:
    found = read_pairs(place.format(unit) + HISTORY.format(""))
    assert found.values == pytest.approx((0.1, -0.05))
    line = place.count("\n")
    assert f"Line {line + 1} names the columns: budget, then actual." in found.notes
    told = [note for note in found.notes if note.endswith("says thousands: so is every sum that says nothing else.")]
    assert len(told) == 1
    assert told[0].startswith(f"Line {line}, '")
    assert not any("a line needs" in note for note in found.notes)


@pytest.mark.parametrize(
    "text",
    [
        HISTORY.format("\t£000\t£000\t£000\n"),
        HISTORY.format("").replace("Year", "£000"),
        HISTORY.format("").replace("Budget", "Budget (£000)").replace("Variance", "Variance (£m)"),
        "£m\n" + HISTORY.format("").replace("1,000\t1,100", "1.0\t1.1").replace("2.0m\t1,900", "2.0\t1900k"),
        "£000\n1,000\t1,100\n2.0m\t1,900",
    ],
)
def test_units_stand_below_or_in_headings_too_or_where_there_are_none(text: str) -> None:
    assert read_pairs(text).values == pytest.approx((0.1, -0.05))


def test_two_scales_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        read_pairs("£m\n" + HISTORY.format("\t£000\t£000\t\n"))
    assert str(caught.value) == "Lines 1 and 3 say '£m' and '£000' of sums; paste all of them in one of the two."


def test_sums_of_pounds_are_in_thousands_where_the_text_says_so_and_other_values_are_not() -> None:
    said = "Line 1, '£000', says thousands: so is every sum that says nothing else."
    assert read_series("£000\n120\n1.2m", sums=True) == Series((120_000, 1_200_000), (said,))
    assert read_series("Cost, £000\t120\t340", sums=True).values == (120_000, 340_000)
    left_out = "1 cell without a number was left out: '£000' in line 1."
    assert read_series("£000\n120\n340") == Series((120, 340), (left_out,))


def test_budget_and_variance_are_not_taken_for_budget_and_actual() -> None:
    found = read_pairs("Year\tBudget\tOutturn\tVariance\n2018\t100\t110\t10\n2019\t200\t\t10\n")
    assert found.values == pytest.approx((0.1,))


@pytest.mark.parametrize("word", ["Variance", "Difference", "Over/(under)", "Overspend", "Actual less budget"])
def test_budget_and_difference_are_refused_with_what_to_do_instead(word: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_pairs(f"Ledger of the trust\nYear\tBudget\t{word}\n2018\t100\t(3)\n2019\t100\t2", "Another way")
    advice = "paste budget and actual, or choose 'Another way' and paste percentages."
    assert str(caught.value) == f"Line 2 heads a column '{word}'; {advice}"


@pytest.mark.parametrize("title", ["Actual against budget", "Trust ledger: actual, and the budget as agreed"])
def test_a_title_is_no_heading(title: str) -> None:
    assert read_pairs(f"{title}\nBudget\tActual\n100\t110").values == pytest.approx((0.1,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("100\t250\n100\t150", "On average actual lies 100% above budget: is each column what it should be?"),
        ("100\t-3\n100\t2", "On average actual lies 100.5% below budget: is each column what it should be?"),
    ],
)
def test_it_is_asked_what_columns_hold_that_are_far_from_each_other(text: str, said: str) -> None:
    assert read_pairs(text).notes == (said,)
    assert read_pairs("100\t149\n100\t51").notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "100\t110\n200\t190",
        "100;110\n200;190",
        "2018;100;110\n2019;200;190\nTotal:;300;300",
        "100, 110\n200, 190",
        "£100 £110\n£200 £190",
        "North 100;110\nSouth 200;190",
        "2018\t100\t110\n2019\t200\t190",
        "2018,1000,1100\n2019,2000,1900",
        "2017\t1\tnone\n2018\t100\t110\n2019\t200\t190\n",
        "2018;2000;2200\n2019;20;19",
        "1.0m 1.1m\n2m 1.9m",
    ],
)
def test_pairs_may_lead_with_a_label_or_a_year(text: str) -> None:
    assert read_pairs(text).values == pytest.approx((0.1, -0.05))


def test_lines_that_are_no_pair_are_named() -> None:
    lines = ["100\t110", "0\t5", "7", "-3\t4", "1\t2\t4", "5%\t6", "Total", *["8"] * 6]
    found = read_pairs("\n".join(lines))
    assert found.values == pytest.approx((0.1,))
    assert found.notes == (
        "1 cell without a number was left out: 'Total' in line 7.",
        "Lines 2 and 4 were left out: its budget must be more than 0.",
        "Lines 3, 5, 8, 9, 10 and 3 more were left out: a line needs two figures, budget and actual.",
        "Line 6 was left out: one figure is a percentage and the other is not.",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n2", "Lines 1 and 2 were left out: a line needs two figures, budget and actual."),
        ("2018\t3\n2019\t4", "Lines 1 and 2 were left out: a line needs two figures, budget and actual."),
        ("5\t6\n41,2\t3", f"Line 2 holds '41,2', {POINT}"),
        ("1000,900", f"Line 1 holds '1000,900', {POINT}"),
        ("1\t2\n" * 2001, "The text holds 2,001 values; at most 2,000 are read."),
    ],
)
def test_pairs_that_cannot_be_read_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_pairs(text)
    assert str(caught.value) == sentence


def test_a_budget_that_looks_like_a_year_stays_where_a_label_leads() -> None:
    lines = "2018\t1000\t1100\n2019\t1000\t900\nOther\t2000\t2100"
    assert read_pairs(lines).values == pytest.approx((0.1, -0.1, 0.05))


def test_a_total_alone_is_a_value() -> None:
    assert read_series("Total\t5\t6\t8").values == (5, 6, 8)
    assert read_pairs("Total\t100\t110\nAverage\t50\t55").values == pytest.approx((0.1, 0.1))


def test_rows_of_a_file_are_read_cell_by_cell() -> None:
    rows = [
        ["Year", "Budget", "Actual"],
        ["2018", "1,000", "1,100"],
        ["2019", "2,000", '"1,900"'],
        ["a\tb\nc", "1", "1"],
    ]
    assert read_pairs(text_of(rows)).values == pytest.approx((0.1, -0.05, 0))
    assert read_series(text_of([["120"], ["135"], ["128"]])).values == (120, 135, 128)


@pytest.mark.parametrize("text", ["-2\n2\n5\n-3", "\u22122; 2; 5; -3", "2018\t-2\n2019\t2\n2020\t5\n2021\t-3"])
def test_parts_that_can_only_be_percentages_are_read_as_such_and_it_is_said(text: str) -> None:
    found = read_series(text, largest_part=1.0)
    assert found.values == (-0.02, 0.02, 0.05, -0.03)
    said = "No value has a percent sign and some are larger than 1, so all were read as percentages: 5 as 5%."
    assert found.notes[-1] == said


@pytest.mark.parametrize("text", ["-0.02\n0.02\n1\n-1", "-2%\n2%\n100%\n-100%"])
def test_parts_that_are_fractions_or_have_their_signs_stay_so(text: str) -> None:
    found = read_series(text, largest_part=1.0)
    assert found.values == (-0.02, 0.02, 1.0, -1.0)
    assert found.notes == ()

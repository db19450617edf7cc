"""Overhead and surplus in a pasted table of costs are parts of the fee: added up, left out beside it, or asked for."""

import pytest

from tests.ui.pasted import DOCUMENT, NAMES, PROVIDERS, SHARES, YEARS, costs, read
from ui import cells

ONE, OTHER = NAMES[:2]
HEAD = "Provider\tDirect costs p.a. (£)\tOverhead %\tProfit %\n"
BOTH = "Column 3, 'Overhead %', and column 4, 'Profit %', are added up to Fee (%), as percentages of cost."
WAY = (
    "which is a part of the fee: overhead and surplus together are the fee, so put their sum under 'Fee (%)', as a "
    "percentage of direct costs."
)


def test_overhead_and_profit_are_added_up_to_the_fee_and_it_is_said_of_each_row() -> None:
    found = read(f"{HEAD}{ONE}\t1m\t8.5%\t0%\n{OTHER}\t2m\t11.0%\t4.5%\nNew charity\t3m\t12.5%\t2.0%\n")
    fees = {line["name"]: line["fee_rate"] for line in found.document["providers"]}
    assert fees | {ONE: 0.085, OTHER: 0.155, "New charity": 0.145} == fees
    assert found.unread == []
    assert found.told == [
        BOTH,
        f"{ONE}: Fee (%) 8.5: overhead 8.5 and profit 0 added up",
        f"{OTHER}: Fee (%) 15.5: overhead 11 and profit 4.5 added up",
        "New charity: Fee (%) 14.5: overhead 12.5 and profit 2 added up",
    ]
    assert found.changes[0] == "New line 5: New charity, Baseline cost (£) 3,000,000, Fee (%) 14.5"


@pytest.mark.parametrize(
    ("overhead", "surplus"),
    [
        ("Overheads", "Planned surplus"),
        ("Indirect costs (%)", "Margin (%)"),
        ("Contribution to overheads %", "Surplus (% of direct costs)"),
        ("Overhead (as % of cost) 2026-27", "Profit margin per cent"),
    ],
)
def test_parts_are_known_by_what_people_call_them(overhead: str, surplus: str) -> None:
    found = read(f"Provider\tBudget\t{surplus}\t{overhead}\n{ONE}\t1m\t2\t9\n")
    assert (costs(found.document, ONE)[3], found.unread) == (pytest.approx(0.11), [])


def test_a_row_that_gives_one_part_has_that_as_its_fee_and_one_that_gives_none_keeps_its_own() -> None:
    found = read(f"{HEAD}{ONE}\t1m\t8.5\t\n{OTHER}\t2m\t\t\n{NAMES[2]}\t2m\t7\t-\n")
    assert [costs(found.document, name)[3] for name in NAMES[:2]] == [0.085, costs(DOCUMENT, OTHER)[3]]
    assert costs(found.document, NAMES[2])[3] == 0.07
    assert found.told[1:] == [
        f"{ONE}: Fee (%) 8.5: overhead 8.5 alone",
        f"{NAMES[2]}: Fee (%) 7: overhead 7 and profit 0 added up",
    ]


def test_one_part_alone_is_the_fee_and_it_is_said_that_the_other_is_not_there() -> None:
    found = read(f"Provider\tBudget\tOverhead %\n{ONE}\t1m\t9\n")
    assert costs(found.document, ONE)[3] == 0.09
    assert found.told == [
        "Column 3, 'Overhead %', is read as Fee (%): overhead and surplus together are the fee, and no column of "
        "surplus stands beside it."
    ]


def test_beside_a_fee_its_parts_are_left_out_and_it_is_said_why() -> None:
    found = read(f"Provider\tBudget\tOverhead %\tProfit %\tManagement fee %\n{ONE}\t1m\t9\t4\t12\n")
    assert (costs(found.document, ONE)[3], found.unread, found.told) == (0.12, [], [])
    assert found.left_out == [
        f"Column {j}, '{title}': not read, as overhead and surplus are in the fee, which column 5 gives."
        for j, title in ((3, "Overhead %"), (4, "Profit %"))
    ]


@pytest.mark.parametrize(
    ("titles", "figures"),
    [
        (("Overheads %", "Profit % of turnover"), ("9", "4")),
        (("Overheads %", "Indirect costs %"), ("9", "4")),
    ],
)
def test_parts_that_cannot_be_added_up_are_left_in_the_text_with_what_to_do(
    titles: tuple[str, str], figures: tuple[str, str]
) -> None:
    found = read(f"Provider\tBudget\t{titles[0]}\t{titles[1]}\n{ONE}\t1m\t{figures[0]}\t{figures[1]}\n")
    assert costs(found.document, ONE)[::3] == [1e6, costs(DOCUMENT, ONE)[3]]
    assert found.unread == [f"Column {j} is headed '{title}', {WAY}" for j, title in enumerate(titles, start=3)]


@pytest.mark.parametrize(
    ("titles", "figures"),
    [
        (("Overheads (£)", "Profit %"), ("90,000", "4")),
        (("Overheads", "Profit"), ("£90,000", "£40,000")),
        (("Overheads", "Profit"), ("90k", "4%")),
        (("Overheads (£000)", "Profit (£)"), ("90", "40000")),
        (("Management fee (£)", "Note"), ("130,000", "agreed")),
        (("Fee", "Note"), ("£130,000", "agreed")),
        (("Management fee", "Overheads"), ("130000", "90000")),
    ],
)
def test_pounds_become_the_percentage_of_the_cost_in_their_row(
    titles: tuple[str, str], figures: tuple[str, str]
) -> None:
    found = read(f"Provider\tBudget\t{titles[0]}\t{titles[1]}\n{ONE}\t1m\t{figures[0]}\t{figures[1]}\n")
    assert costs(found.document, ONE)[::3] == [1e6, pytest.approx(0.13)]
    assert "what is in pounds, as a percentage of the cost in its row" in found.told[0]
    assert found.told[1].startswith(f"{ONE}: Fee (%) 13: ")
    assert found.told[1].endswith(" of £1,000,000")


def test_a_percentage_made_from_pounds_has_as_few_decimals_as_give_the_same_pounds() -> None:
    found = read(f"Provider\tBudget\tFee (£)\n{ONE}\t1,234,567\t86,420\n{OTHER}\t30m\t2,200,000\n")
    first, second = (costs(found.document, name)[3] for name in (ONE, OTHER))
    assert first == pytest.approx(0.07, abs=1e-12)
    assert second != 0.0733
    assert round(second * 30e6) == 2_200_000
    assert found.told[1] == f"{ONE}: Fee (%) 7: fee £86,420 of £1,234,567"


def test_a_fee_in_pounds_without_a_cost_beside_it_is_not_read() -> None:
    found = read(f"Provider\tFee (£)\n{ONE}\t90,000\n")
    assert costs(found.document, ONE)[3] == costs(DOCUMENT, ONE)[3]
    assert found.unread == [
        "Column 2 is headed 'Fee (£)', in pounds, but 'Fee (%)' is a percentage of direct costs: "
        "put those beside it, and it is worked out."
    ]
    found = read(f"Provider\tBudget\tFee (£)\n{ONE}\t\t90,000\n")
    assert found.unread == ["Row 2, Fee (%): '£90,000' is not a percentage."]


def test_a_fee_in_pounds_beside_costs_by_year_is_of_those_of_the_first_year() -> None:
    found = read(f"Provider\t{YEARS[0]}\t{YEARS[1]}\tFee (£)\n{ONE}\t30m\t31m\t2.1m\n")
    assert (costs(found.document, ONE)[::3], found.unread) == ([30e6, pytest.approx(0.07)], [])
    assert f"{ONE}: Fee (%) 7: fee £2,100,000 of £30,000,000" in found.told


def test_of_two_columns_of_a_fee_in_pounds_the_first_is_read_and_the_second_named() -> None:
    found = read(f"Provider\tBudget\tManagement fee\tFee (£)\n{ONE}\t30m\t£2.1m\t£2.4m\n")
    assert costs(found.document, ONE)[3] == pytest.approx(0.07)
    assert found.unread == ["Column 4 is headed 'Fee (£)', which is Fee, as column 3 is."]
    assert found.told[0].startswith("Column 3, 'Management fee', is read as Fee (%): ")


def test_a_fee_of_over_100_without_pounds_stays_a_percentage_that_is_refused() -> None:
    found = read(f"Provider\tBudget\tFee\n{ONE}\t1m\t130\n")
    assert costs(found.document, ONE)[3] == pytest.approx(1.3)
    assert len(found.refused) == 1


def test_the_same_part_in_pounds_beside_its_percentage_is_left_out() -> None:
    found = read(f"Provider\tBudget\tOverhead %\tOverhead (£)\tProfit %\tProfit (£)\n{ONE}\t1m\t9\t90k\t4\t40k\n")
    assert (costs(found.document, ONE)[3], found.unread) == (0.13, [])
    assert found.left_out == [
        f"Column {j}, '{title}': in pounds, what another column has in percent."
        for j, title in ((4, "Overhead (£)"), (6, "Profit (£)"))
    ]


def test_a_part_that_is_no_percentage_leaves_the_fee_as_it_was_and_is_named() -> None:
    found = read(f"{HEAD}{ONE}\t1m\ttbc\t4\n")
    assert costs(found.document, ONE)[3] == costs(DOCUMENT, ONE)[3]
    assert found.unread == ["Row 2, Fee (%): 'tbc' is not a percentage."]


def test_parts_below_1_are_asked_about_before_they_are_added_up() -> None:
    table = f"{HEAD.replace(' %', '')}{ONE}\t1m\t0.085\t0.045\n"
    asked = read(table).questions
    assert [one.about for one in asked] == ["Overhead", "Profit"]
    found = cells.read(DOCUMENT, PROVIDERS, table, {one.about: True for one in asked})
    assert costs(found.document, ONE)[3] == pytest.approx(0.13)


def test_service_lines_of_one_partner_average_the_fees_that_their_parts_make() -> None:
    found = read(f"{HEAD}{ONE}\t1m\t8\t2\n{ONE}\t3m\t4\t2\n")
    assert costs(found.document, ONE)[::3] == [4e6, pytest.approx(0.07)]
    assert "Fee (%) 7, the average of 10 and 6 by cost" in found.added_up[0]


def test_where_there_is_no_fee_such_headings_are_no_entry() -> None:
    found = read(f"Provider\tOverhead %\tPooled\n{ONE}\t9\t100\n", SHARES)
    assert found.unread == ["Column 2 is headed 'Overhead %', which is no entry here."]

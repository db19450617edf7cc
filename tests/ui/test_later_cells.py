"""Costs of later years are pasted into the years of the term."""

from typing import Any

import pytest

from tests.ui.pasted import DOCUMENT, NAMES, PROVIDERS, costs, later_costs, read
from ui import cells


def test_costs_of_later_years_are_planned_of_the_years_of_the_term() -> None:
    """The term runs from 2018-19 to 2024-25."""
    found = read(f"Provider\t2018-19\t2019-20\t2021/22\t2025-26\n{NAMES[2]}\t£4.2m\t£4.3m\t4.5m\t5m\n")
    assert costs(found.document, NAMES[2])[0] == 4_200_000
    assert later_costs(found.document, NAMES[2]) == [4_300_000, None, 4_500_000]
    assert found.told == [
        "Column 2 is headed '2018-19': it is read as Baseline cost (£), which is of year 1, 2018-19.",
        "Costs planned of later years: 2019-20 in column 3 and 2021-22 in column 4.",
    ]
    assert found.left_out == ["Column 5, '2025-26': after 2024-25, the last year of the term."]
    assert found.unread == []
    assert (
        f"{NAMES[2]} › Planned costs of later years: as grown → £4,300,000 in 2019-20, £4,500,000 in 2021-22"
        in found.changes
    )


@pytest.mark.parametrize(
    ("titles", "first", "later"),
    [
        ("Year 1\tYear 2\tYear 3", 1e6, [2e6, 3e6]),
        ("Budget FY19 (£m)\tBudget FY20 (£m)\tBudget FY21 (£m)", 1e6, [2e6, 3e6]),
        ("2018/19 (£m)\t2019/20 (£m)\t2020/21 (£m)", 1e6, [2e6, 3e6]),
        ("2017-18\t2018-19\t2019-20", 2e6, [3e6]),
        ("Cost\t2020-21\t2019-20", 1e6, [3e6, 2e6]),
        ("Cost\tYear 3\tYear 9", 1e6, [None, 2e6]),
        ("2026-27\t2027-28\t2028-29", 1e6, [2e6, 3e6]),
        ("2027-28\t2026-27\tCIP", 2e6, [1e6]),
        ("Budget 2026-27\tYear 2\tYear 3", 1e6, [2e6, 3e6]),
    ],
)
def test_years_are_named_in_many_ways_and_stand_in_any_order(titles: str, first: float, later: list[Any]) -> None:
    unit = "" if "£m" in titles else "m"
    found = read(f"Provider\t{titles}\n{NAMES[2]}\t1{unit}\t2{unit}\t3{unit if 'CIP' not in titles else '%'}\n")
    assert (costs(found.document, NAMES[2])[0], later_costs(found.document, NAMES[2])) == (first, later)
    assert found.unread == []


def test_a_later_year_alone_reaches_its_year_and_a_year_outside_the_term_reaches_none() -> None:
    found = read(f"Provider\t2020-21\n{NAMES[2]}\t£4.3m\n")
    assert later_costs(found.document, NAMES[2]) == [None, 4_300_000]
    assert costs(found.document, NAMES[2]) == costs(DOCUMENT, NAMES[2])
    found = read(f"Provider\t2030-31\n{NAMES[2]}\t£4.3m\n")
    assert found.document == DOCUMENT
    assert found.left_out == ["Column 2, '2030-31': after 2024-25, the last year of the term."]


def test_a_table_without_later_years_leaves_them_alone_and_an_empty_cell_leaves_its_year() -> None:
    text = f"Provider\tCost\t2019-20\t2020-21\n{NAMES[2]}\t4m\t4.3m\t4.4m\n"
    planned = read(text).document
    again = cells.read(planned, PROVIDERS, f"Provider\tCost\n{NAMES[2]}\t5m\n").document
    assert later_costs(again, NAMES[2]) == [4_300_000, 4_400_000]
    found = cells.read(planned, PROVIDERS, f"Provider\tCost\t2019-20\t2020-21\n{NAMES[2]}\t5m\t\t–\n")
    assert later_costs(found.document, NAMES[2]) == [4_300_000]
    assert found.asked == [
        "Row 2, Cost of 2020-21 (£): a dash is read as no plan, so that year grows from the one before"
    ]


def test_a_new_provider_comes_with_its_costs_of_later_years() -> None:
    found = read("Provider\t2018-19\t2019-20\t2020-21\nPeers\t1m\t1.1m\t1.3m\n")
    assert later_costs(found.document, "Peers") == [1_100_000, 1_300_000]
    assert "Cost of 2019-20 (£) 1,100,000, Cost of 2020-21 (£) 1,300,000" in found.changes[0]
    assert found.refused == []


def test_a_cost_of_a_later_year_that_cannot_be_is_named_with_its_year() -> None:
    found = read(f"Provider\tCost\t2019-20\t2020-21\n{NAMES[2]}\t4m\tlots\t0\n")
    assert found.unread == ["Row 2, Cost of 2019-20 (£): 'lots' is not a sum in pounds."]
    assert found.refused == [f"{NAMES[2]} › Planned cost of 2020-21 is £0; it must be more than £0."]
    found = read(f"Provider\tCost\t2019-20\n{NAMES[2]}\t4m\t4.2\n")
    assert found.asked == ["Row 2, Cost of 2019-20 (£): A cost of £4.2 a year: did you mean £4.2m or £4.2k?"]

"""Service lines of one partner in a pasted cost table are added up, or asked about; never one of them alone."""

import pytest

from tests.ui.pasted import DOCUMENT, NAMES, PROVIDERS, costs, read
from ui import cells

ONE, OTHER = NAMES[:2]
HEAD = "Provider\tService line\tBudget\tFee\n"


def test_lines_of_one_partner_are_added_up_and_it_is_said() -> None:
    found = read(
        f"{HEAD}{ONE}\tBeds\t£1.2m\t5%\n{OTHER}\tAll\t2m\t\n{ONE}\tDay care\t800,000\t5%\n{ONE}\tCalls\t50k\t\n"
    )
    assert costs(found.document, ONE)[::3] == [2_050_000, 0.05]
    assert costs(found.document, OTHER)[0] == 2_000_000
    assert found.added_up == [f"3 lines of {ONE} were added up: Baseline cost (£) 2,050,000."]
    assert found.unread == ["Column 2 is headed 'Service line', which is no entry here."]


def test_lines_of_a_new_partner_make_one_partner() -> None:
    found = read("Peers\t1m\t2\t3\t4\npeers\t500k\t2\t3\t4\n")
    assert [line["name"] for line in found.document["providers"]] == [*NAMES, "Peers"]
    assert costs(found.document, "Peers") == [1_500_000, 0.02, 0.03, 0.04]
    assert found.added_up == ["2 lines of Peers were added up: Baseline cost (£) 1,500,000."]


def test_lines_come_instead_of_providers_as_one_each() -> None:
    found = read(f"{ONE}\t1.1m\n{ONE}\t2.2m\n{OTHER}\t1\n")
    assert len(found.reached) == 2
    assert costs(found.document, ONE)[0] == 3_300_000


def test_a_provider_whose_lines_cannot_be_added_up_stays_where_others_go() -> None:
    found = cells.instead(DOCUMENT, PROVIDERS, f"{ONE}\t1.1m\n{ONE}\tabout 2m\n{OTHER}\t1\n")
    assert [line["name"] for line in found.document["providers"]] == [ONE, OTHER]
    assert costs(found.document, ONE) == costs(DOCUMENT, ONE)


def test_percentages_that_differ_are_averaged_by_cost_and_it_is_said() -> None:
    found = read(f"{HEAD}{ONE}\tBeds\t3m\t4\n{ONE}\tCalls\t1m\t8\n")
    assert costs(found.document, ONE)[3] == 0.05
    assert found.added_up == [
        f"2 lines of {ONE} were added up: Baseline cost (£) 4,000,000; Fee (%) 5, the average of 4 and 8 by cost."
    ]


def test_a_percentage_that_only_some_of_the_lines_give_is_asked_about_where_they_differ() -> None:
    found = read(f"Provider\tBudget\tFee\n{ONE}\t3m\t4\n{ONE}\t1m\t8\n{ONE}\t5m\t\n")
    assert costs(found.document, ONE) == [9_000_000, *costs(DOCUMENT, ONE)[1:]]
    assert found.unread == ["Fee (%) differs between rows 2, 3 and 4: 4 and 8."]


def test_a_line_without_a_cost_is_named() -> None:
    found = read(f"Provider\tBudget\tFee\n{ONE}\t3m\t4\n{ONE}\t\t4\n")
    assert found.added_up == [f"2 lines of {ONE} were added up: Baseline cost (£) 3,000,000 (row 3 gives none)."]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (f"{ONE}\tabout 1m\t", "Row 3, Baseline cost (£): 'about 1m' is not a sum in pounds."),
        (f"{ONE}\t1m\t5", "Row 3 is the same as row 2: leave one out, or enter their sum."),
    ],
)
def test_lines_of_which_the_sum_is_not_sure_are_asked_about_and_none_of_them_counts(second: str, said: str) -> None:
    found = read(f"Provider\tBudget\tFee\n{ONE}\t1m\t5\n{second}\n{OTHER}\t7m\t\n")
    assert costs(found.document, ONE) == costs(DOCUMENT, ONE)
    assert costs(found.document, OTHER)[0] == 7_000_000
    assert found.added_up == []
    assert found.unread == [
        said,
        f"The 2 lines of '{ONE}' are not added up until that is mended.",
    ]


def test_a_total_of_one_partner_is_left_out_and_what_comes_to_one_is_asked_about() -> None:
    lines = f"{HEAD}{ONE}\tBeds\t1m\t\n{ONE}\tCalls\t2m\t\n"
    found = read(f"{lines}{ONE}\tTotal\t3m\t\n")
    assert costs(found.document, ONE)[0] == 3_000_000
    assert found.left_out == [f"Row 4, '{ONE} Total 3m': a total or average."]
    found = read(f"{lines}{ONE}\tDay care\t3m\t\n")
    assert costs(found.document, ONE)[0] == 6_000_000
    assert "row 4 is as much as the others together: leave it out if it is their total" in found.added_up[0]


def test_a_cell_too_many_of_any_line_is_named() -> None:
    found = read(f"Provider\tBudget\n{ONE}\t1m\n{ONE}\t2m\tyes\n")
    assert found.unread == ["Row 3, column 3: 'yes' is in a column too many."]
    assert costs(found.document, ONE)[0] == 3_000_000

"""One scale for the whole of a column, however its sums are written; a sum that names its own unit keeps it."""

import pytest

from data import scales
from tests.ui.pasted import NAMES, costs, into, read

RESERVES = into(("providers",), ("name", "kind", "reserves", "income"))
IN_THOUSANDS = [
    *(
        "Cost (£000)",
        "Cost (£k)",
        "Cost £'000",
        "Cost (£’000)",
        "Cost (£‘000)",
        "Cost (£000s)",
        "Cost £000's",
        "Cost £K",
    ),
    *(
        "Cost (£ 000)",
        "Cost (£ '000)",
        "Cost '000",
        "Cost 000s",
        "Cost (000)",
        "Cost (k)",
        "Cost £ thousands",
        "Cost k£",
    ),
    *(
        "Cost (in thousands)",
        "Cost in £ thousand",
        "Cost (GBP 000)",
        "Cost, £000",
        "Cost\u00a0(£\u202f000)",
        "Cost [£000]",
    ),
]
IN_MILLIONS = ["Cost (£m)", "Cost £M", "Cost (£mn)", "Cost (£ million)", "Cost in millions", "Cost £'m", "Cost (m)"]
WAYS = {
    "18600": 18_600,
    "18,600": 18_600,
    "18 600": 18_600,
    "18\u00a0600": 18_600,
    "18\u202f600": 18_600,
    "18\u2009600": 18_600,
    "£18,600": 18_600,
    "£ 18,600.00": 18_600,
    " £ 18,600.00 ": 18_600,
    "£\u00a018,600": 18_600,
    "\u200b£18,600\u200b": 18_600,
    "\u202a18,600\u202c": 18_600,
    "18,600.50": 18_600.5,
    "£18 600.5": 18_600.5,
    "1.86E+04": 18_600,
    "0": 0,
    "£ 0.00": 0,
}
LOSSES = [
    *("(120)", "£(120)", "(£120)", "£ (120)", "£ (120.00)", "( 120 )", "(£ 120)", "-120", "−120", "–120", "- 120"),
    *("-£120", "£-120", "£ -120", "−£120", "-£ 120", "\u2011120", "£\u00a0(120)", "(120.0)"),
]


@pytest.mark.parametrize("written", WAYS)
def test_every_way_to_write_a_sum_is_in_the_unit_of_its_heading(written: str) -> None:
    for title, factor in (("Cost (£000)", 1e3), ("Cost (£m)", 1e6), ("Cost (£)", 1), ("Cost", 1)):
        found = read(f"Provider\t{title}\n{NAMES[0]}\t{written}\n{NAMES[1]}\t£15,000\n")
        assert found.unread == []
        assert costs(found.document, NAMES[0])[0] == WAYS[written] * factor
        assert costs(found.document, NAMES[1])[0] == 15_000 * factor


@pytest.mark.parametrize("written", LOSSES)
def test_every_way_to_write_a_negative_sum_is_in_the_unit_of_its_heading(written: str) -> None:
    for title, factor in (("Free reserves (£k)", 1e3), ("Free reserves", 1)):
        found = read(f"Name\t{title}\n{NAMES[0]}\t{written}\n{NAMES[1]}\t£4,100\n", RESERVES)
        assert found.unread == []
        assert [line["reserves"] for line in found.document["providers"][:2]] == [-120 * factor, 4_100 * factor]


@pytest.mark.parametrize(
    ("written", "pounds"),
    [
        ("1.2m", 1_200_000),
        ("£ 1.2 m", 1_200_000),
        ("45k", 45_000),
        ("£45 k", 45_000),
        ("(45k)", -45_000),
        ("£0.1bn", 1e8),
    ],
)
def test_a_sum_that_names_its_own_unit_keeps_it(written: str, pounds: float) -> None:
    for title in ("Cost (£000)", "Cost (£m)", "Cost"):
        assert costs(read(f"Provider\t{title}\n{NAMES[0]}\t{written}\n").document, NAMES[0])[0] == pounds


@pytest.mark.parametrize(("titles", "factor"), [(IN_THOUSANDS, 1e3), (IN_MILLIONS, 1e6)])
def test_every_way_to_head_a_column_in_thousands_or_millions_is_read(titles: list[str], factor: float) -> None:
    for title in titles:
        found = read(f"Provider\t{title}\n{NAMES[0]}\t£ 18.5\n")
        assert found.unread == []
        assert costs(found.document, NAMES[0])[0] == 18.5 * factor, title


@pytest.mark.parametrize("title", ["Cost (£)", "Cost", "Cost £", "Cost 2027/28", "Annual cost", "Baseline cost (£)"])
def test_other_headings_leave_sums_as_they_are(title: str) -> None:
    assert costs(read(f"Provider\t{title}\n{NAMES[0]}\t£ 18,600\n").document, NAMES[0])[0] == 18_600


@pytest.mark.parametrize("written", ["18.600", "12 5", "18 60", "£1 £2", "(-120)", "0,5", "120-", "5%", "tbc", "1,86"])
def test_a_cell_that_can_be_read_in_two_ways_is_named_and_not_guessed(written: str) -> None:
    found = read(f"Provider\tCost (£000)\n{NAMES[0]}\t{written}\n")
    assert found.changes == []
    assert found.unread == [f"Row 2, Baseline cost (£): '{written}' is not a sum in pounds."]


def test_three_decimals_of_millions_are_millions() -> None:
    assert costs(read(f"Provider\tCost (£m)\n{NAMES[0]}\t18.600\n").document, NAMES[0])[0] == 18_600_000


COSTLESS = "in pounds, but 'Fee (%)' is a percentage of direct costs: put those beside it, and it is worked out."


def test_pounds_in_a_percentage_are_never_read_as_one() -> None:
    found = read(f"Provider\tFee (£)\tSaving (£000)\n{NAMES[0]}\t5\t4\n")
    assert found.changes == []
    assert found.unread == [
        f"Column 2 is headed 'Fee (£)', {COSTLESS}",
        "Column 3 is headed 'Saving (£000)', but Required saving (%) is no sum in pounds.",
    ]
    assert read(f"Provider\tFee\n{NAMES[0]}\t5k\n").unread == [f"Column 2 is headed 'Fee', {COSTLESS}"]
    assert read(f"Provider\tSaving\n{NAMES[0]}\t5k\n").unread == [
        "Row 2, Required saving (%): '5k' is not a percentage."
    ]


def test_percent_signs_in_headings_and_words_for_them_are_read() -> None:
    for title in ("Fee (%)", "Fee %", "Fee per cent", "Fee percentage", "Fee, %", "% fee"):
        found = read(f"Provider\t{title}\n{NAMES[0]}\t4.5\n")
        assert (found.unread, costs(found.document, NAMES[0])[3]) == ([], 0.045), title
    assert scales.sign("Loss over £100,000") == "£" and scales.larger("Loss over £100,000") == ""

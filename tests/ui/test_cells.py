"""Each pasted cell reaches its entry or is named with what was typed."""

import copy
from typing import Any

import pytest

from data import presets
from model.documents import to_document
from model.fields import Path
from ui import areas, cells, columns, directions, later_columns, new_lines, paste

DOCUMENT = to_document(presets.preset(presets.FIRST))
YEARS = presets.preset(presets.FIRST).term.labels()
NAMES = [provider["name"] for provider in DOCUMENT["providers"]]
COSTS = ("name", "baseline_cost", "required_saving", "demand_growth", "fee_rate")


def into(path: Path, names: tuple[str, ...], new: dict[str, Any] | None = None) -> columns.Lines:
    node: Any = DOCUMENT
    for key in path:
        node = node[key]
    across = [columns.column(DOCUMENT, (*path, 0), (name,)) for name in names]
    lines = [(line.get("name", ""), (*path, i)) for i, line in enumerate(node)]
    if "baseline_cost" in names:
        return columns.Lines(path, lines, across, new, fit=later_columns.fit, years=YEARS)
    return columns.Lines(path, lines, across, new)


PROVIDERS = into(("providers",), COSTS, new_lines.NEW_PROVIDER)
SHARES = into(("providers",), ("name", "gain_share", "pain_share", "pooled"))
BANDS = into(("risk_share", "gain_bands"), ("up_to", "up_to_pounds", "share"), new_lines.NEW_BAND)


def read(text: str, lines: columns.Lines = PROVIDERS) -> cells.Reading:
    before = copy.deepcopy(DOCUMENT)
    found = cells.read(DOCUMENT, lines, text)
    assert before == DOCUMENT
    return found


def costs(document: dict[str, Any], name: str) -> list[Any]:
    line = next(line for line in document["providers"] if line["name"] == name)
    return [line[entry] for entry in COSTS[1:]]


def test_rows_in_any_order_reach_the_lines_of_their_names_and_every_way_to_write_a_number_is_read() -> None:
    found = read(f"{NAMES[3].upper()}\t£2,050,000\t(4.5)\t5%\t0.5\n{NAMES[0]}\t38.25m\t-3\t−2%\t7\n")
    assert found.unread == []
    assert costs(found.document, NAMES[3]) == [2_050_000, -0.045, 0.05, 0.005]
    assert costs(found.document, NAMES[0]) == [38_250_000, -0.03, -0.02, 0.07]
    assert costs(found.document, NAMES[1]) == costs(DOCUMENT, NAMES[1])


def test_five_in_a_percentage_column_is_five_per_cent() -> None:
    assert costs(read(f"{NAMES[0]}\t1\t5\t5%\t5.0 %").document, NAMES[0]) == [1, 0.05, 0.05, 0.05]


def test_titles_in_the_first_row_name_columns_in_any_order_with_or_without_unit() -> None:
    found = read("fee (%)\tRef\tBASELINE COST\n9\t7\t4m\n")
    assert found.unread == ["Column 2 is headed 'Ref', which is no entry here."]
    assert found.told == ["No column of names was found, so rows go to the lines in their order."]
    found = read(f"fee (%)\tWhom\tBASELINE COST\n9\t{NAMES[2]}\t4m\n")
    assert (found.unread, costs(found.document, NAMES[2])[::3]) == ([], [4_000_000, 0.09])
    found = read(f"Name\tfee (%)\tBASELINE COST\n{NAMES[2]}\t9\t4m\n")
    assert found.unread == []
    assert costs(found.document, NAMES[2])[::3] == [4_000_000, 0.09]


@pytest.mark.parametrize(
    "titles",
    [
        "Provider\tDirect cost\tFee %",
        "Organisation\t Cost (£)\tfee",
        "Name\tCost a year (£)\tFee",
        "Provider\tBudget 2027/28\tFee p.a.",
        "Provider\tBaseline budget (2027-28)\tFee (%)",
    ],
)
def test_titles_as_finance_teams_write_them_are_read(titles: str) -> None:
    found = read(f"{titles}\n{NAMES[2]}\t£4m\t9%\n")
    assert found.unread == []
    assert costs(found.document, NAMES[2])[::3] == [4_000_000, 0.09]


def test_usual_titles_of_savings_and_growth_are_read() -> None:
    found = read(f"Provider\tEfficiency target\tGrowth p.a.\n{NAMES[2]}\t3%\t2%\n")
    assert found.unread == []
    assert costs(found.document, NAMES[2])[1:3] == [0.03, 0.02]


@pytest.mark.parametrize("title", ["Baseline cost (£000)", "Cost £'000", "Budget 2027/28 (£k)", "Cost (£000s)"])
def test_sums_under_a_heading_in_thousands_are_thousands(title: str) -> None:
    found = read(f"Provider\t{title}\n{NAMES[0]}\t17,700\n{NAMES[1]}\t£6.05m\n{NAMES[2]}\t2200.5\n")
    assert found.unread == []
    assert [costs(found.document, name)[0] for name in NAMES[:3]] == [17_700_000, 6_050_000, 2_200_500]


def test_costs_in_millions_are_millions_and_of_several_years_the_earliest_is_taken() -> None:
    assert costs(read(f"Provider\tCost (£m)\n{NAMES[0]}\t17.7\n").document, NAMES[0])[0] == 17_700_000
    found = read(f"Provider\tBudget 2026/27\tBudget 2027/28\n{NAMES[0]}\t17m\t18m\n")
    assert costs(found.document, NAMES[0])[0] == 17_000_000
    assert "Column 2 is headed 'Budget 2026/27', the earliest year: it is read as" in found.told[0]
    assert later_costs(found.document, NAMES[0]) == [18_000_000]


def test_a_row_of_titles_that_nobody_knows_is_no_line_and_its_columns_are_not_read_by_their_order() -> None:
    found = read(f"Whom\tOutlay\tMargin\n{NAMES[2]}\t£4m\t9%\n")
    assert found.changes == []
    assert [said.split(",")[0] for said in found.unread] == [
        "Column 2 is headed 'Outlay'",
        "Column 3 is headed 'Margin'",
    ]


def later_costs(document: dict[str, Any], name: str) -> Any:
    return next(line for line in document["providers"] if line["name"] == name).get("later_costs")


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


def test_service_lines_of_one_partner_are_added_up_in_every_year() -> None:
    found = read(f"Provider\t2018-19\t2019-20\n{NAMES[2]}\t1m\t1.1m\n{NAMES[2]}\t2m\t2.3m\n")
    assert costs(found.document, NAMES[2])[0] == 3_000_000
    assert later_costs(found.document, NAMES[2]) == [3_400_000]
    assert found.added_up == [
        f"2 lines of {NAMES[2]} were added up: Baseline cost (£) 3,000,000; Cost of 2019-20 (£) 3,400,000."
    ]


def test_a_cost_of_a_later_year_that_cannot_be_is_named_with_its_year() -> None:
    found = read(f"Provider\tCost\t2019-20\t2020-21\n{NAMES[2]}\t4m\tlots\t0\n")
    assert found.unread == ["Row 2, Cost of 2019-20 (£): 'lots' is not a sum in pounds."]
    assert found.refused == [f"{NAMES[2]} › Planned cost of 2020-21 is £0; it must be more than £0."]
    found = read(f"Provider\tCost\t2019-20\n{NAMES[2]}\t4m\t4.2\n")
    assert found.asked == ["Row 2, Cost of 2019-20 (£): A cost of £4.2 a year: did you mean £4.2m or £4.2k?"]


def test_every_cell_of_a_row_is_told_also_where_the_kind_changes() -> None:
    found = read(f"{NAMES[2]}\tNHS trust\t4m\t180m\n", into(("providers",), ("name", "kind", "reserves", "income")))
    assert [said.split(" › ")[1].split(":")[0] for said in found.changes] == ["Kind", "Free reserves", "Annual income"]


@pytest.mark.parametrize(
    ("side", "typed", "kind"),
    [
        ("commissioners", "ICB", "NHS board"),
        ("commissioners", "NHS commissioner", "NHS board"),
        ("commissioners", "Integrated care board", "NHS board"),
        ("commissioners", "Local authority", "council"),
        ("providers", "NHS foundation trust", "NHS trust"),
        ("providers", "NHS FT", "NHS trust"),
        ("providers", "CIC", "company"),
        ("providers", "Council", "council service"),
        ("providers", "VCSE", "charity"),
        ("providers", "Private company", "company"),
    ],
)
def test_kinds_are_read_as_they_are_spoken_of(side: str, typed: str, kind: str) -> None:
    name = DOCUMENT[side][0]["name"]
    found = read(f"Name\tKind\n{name}\t{typed}\n", into((side,), ("name", "kind")))
    assert found.unread == []
    assert found.document[side][0]["kind"] == kind


def test_what_the_model_would_refuse_is_told_before_it_is_taken() -> None:
    assert read(f"{NAMES[0]}\t(410,000)\n").refused == [
        f"{NAMES[0]} › Baseline cost is -£410,000; it must be at least £0."
    ]
    assert read(f"{NAMES[0]}\t410,000\n").refused == []


def test_figures_alone_go_to_the_lines_in_their_order() -> None:
    found = read("1m\t1\t2\t3\n2m\t4\t5\t6\n")
    assert costs(found.document, NAMES[0]) == [1_000_000, 0.01, 0.02, 0.03]
    assert costs(found.document, NAMES[1]) == [2_000_000, 0.04, 0.05, 0.06]
    assert [line["name"] for line in found.document["providers"]] == NAMES


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{0}\tabout 4m", "Row 1, Baseline cost (£): 'about 4m' is not a sum in pounds."),
        ("{0}\t5%", "Row 1, Baseline cost (£): '5%' is not a sum in pounds."),
        ("{0}\t1\t£5", "Row 1, Required saving (%): '£5' is not a percentage."),
        ("{0}\t41,2", "Row 1, Baseline cost (£): '41,2' is not a sum in pounds."),
        ("{0}\t=A1", "Row 1, Baseline cost (£): '=A1' is not a sum in pounds."),
        ("{0}\t1\t2\t3\t4\t5", "Row 1, column 6: '5' is in a column too many."),
        ("{0}\t1\n\t2", "Row 2 has no name."),
        ("Name\tLove\n{0}\t1", "Column 2 is headed 'Love', which is no entry here."),
        ("Name\tFee\tFee\n{0}\t1\t1", "Column 3 is headed 'Fee', as another column is."),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_column(row: str, sentence: str) -> None:
    assert read(row.format(NAMES[0])).unread == [sentence.format(NAMES[0])]


def test_of_two_rows_of_one_name_without_costs_the_second_is_named() -> None:
    assert read(f"Name\tFee\n{NAMES[0]}\t1\n{NAMES[0]}\t2").unread == [
        f"Row 3 is named '{NAMES[0]}', as another row is."
    ]


def test_what_can_be_read_beside_it_is_read() -> None:
    found = read(f"{NAMES[0]}\tabout 4m\t1\tx\t2\n")
    assert costs(found.document, NAMES[0]) == [costs(DOCUMENT, NAMES[0])[0], 0.01, costs(DOCUMENT, NAMES[0])[2], 0.02]
    assert len(found.unread) == 2
    assert len(found.changes) == 2


def test_a_name_that_is_new_makes_a_line_and_where_there_can_be_none_it_is_said() -> None:
    found = read("Peers\t1m\t2\t3\t4\n")
    assert found.unread == []
    assert found.changes == [
        f"New line {len(NAMES) + 1}: Peers, Baseline cost (£) 1,000,000, Required saving (%) 2, Demand growth (%) 3, "
        "Fee (%) 4"
    ]
    assert costs(found.document, "Peers") == [1_000_000, 0.02, 0.03, 0.04]
    found = read("Name\tCost\nPeers\t2m\n")
    assert found.changes[0] == (
        f"New line {len(NAMES) + 1}: Peers, Baseline cost (£) 2,000,000; "
        "no figure in the table, so as in any new line: Fee (%) 5"
    )
    found = read("Peers\t1\t2\n", SHARES)
    assert found.unread == ["Row 1 is named 'Peers', but no line here is."]
    assert found.document == DOCUMENT


@pytest.mark.parametrize(
    "table", ["Name\tFee\nPeers\t2\n", "Name\tCost\tFee\nPeers\t\t2\n", "Name\tOutlay\nPeers\t2m\n"]
)
def test_a_new_provider_without_a_cost_is_not_offered_at_a_cost_that_nobody_gave(table: str) -> None:
    found = read(table)
    assert found.document == DOCUMENT
    assert found.changes == []
    assert found.unread[-1] == "Row 2, 'Peers', is new and not added: it has no Baseline cost (£)."


TOTALS = [
    *(
        "Total",
        "GRAND TOTAL:",
        "Sum",
        "Average",
        "Totals",
        "Total:",
        "Total cost",
        "Subtotal",
        "Sub-total",
        "Sub total",
    ),
    *(
        "Subtotal NHS",
        "Sub-total NHS",
        "Sub total: NHS",
        "SUBTOTAL (NHS)",
        "NHS subtotal",
        "NHS sub-total",
        "NHS total",
    ),
    *("Total NHS", "Total NHS providers", "Total (£000)", "Total £k", "Total 2027/28", "Total for the alliance"),
    *("Grand total 2027/28", "Grand-total", "Total – all partners", "Alliance total", "*Total*", "All providers"),
]


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_becomes_no_provider(name: str) -> None:
    found = read(f"Name\tCost\n{NAMES[0]}\t2m\nPeers\t1m\n{name}\t3m\n")
    assert [line["name"] for line in found.document["providers"]] == [*NAMES, "Peers"]
    assert found.left_out == [f"Row 4, '{name}': a total or average."]
    assert found.unread == []


@pytest.mark.parametrize(
    "name", ["Total Wellbeing", "Summit Care", "Subtle Support", "Meaningful Minds", "Totally Local CIC"]
)
def test_a_provider_whose_name_only_begins_like_a_total_is_taken(name: str) -> None:
    found = read(f"Name\tCost\n{name}\t1m\n")
    assert found.left_out == []
    assert found.document["providers"][-1]["name"] == name
    asked = "Row 2, 'Total Wellbeing', is taken as new: leave it out if it adds up others."
    assert found.asked == ([asked] if name == "Total Wellbeing" else [])


def test_shares_of_providers_that_come_instead_follow_their_costs() -> None:
    found = cells.instead(DOCUMENT, PROVIDERS, "A\t1m\t0\t0\t4\nB\t1m\t0\t0\t4\n").document
    assert {found["risk_share"][f"{side}_allocation"]["kind"] for side in ("gain", "pain")} == {"by_target"}


KPIS = columns.Lines(
    areas.KRAS,
    [
        (kpi["name"], (*areas.KRAS, a, "kpis", k))
        for a, kra in enumerate(DOCUMENT["framework"]["kras"])
        for k, kpi in enumerate(kra["kpis"])
    ],
    [
        *(columns.column(DOCUMENT, (*areas.KRAS, 0, "kpis", 0), place) for place in paste.KPI_ENTRIES),
        areas.COLUMN,
    ],
    paste.UNBOUNDED,
    (*areas.KRAS, 0, "kpis"),
    fit=paste.kpi_fit(DOCUMENT),
    beside=directions.COLUMNS,
)


def test_percent_signs_are_read_where_a_kpi_is_measured_in_per_cent() -> None:
    units = {kpi["unit"]: kpi["name"] for kra in DOCUMENT["framework"]["kras"] for kpi in kra["kpis"]}
    head = "Name\tWeight\tToday\tPoor\n"
    found = read(f"{head}{units['%']}\t10%\t61.5%\t55 %\nSeen in time\t0%\t70%\t45%\n", KPIS)
    assert found.unread == []
    kpis = {kpi["name"]: kpi for kra in found.document["framework"]["kras"] for kpi in kra["kpis"]}
    assert [(kpis[name]["today"], kpis[name]["levels"]["poor"]) for name in (units["%"], "Seen in time")] == [
        (61.5, 55.0),
        (70.0, 45.0),
    ]
    assert kpis[units["%"]]["weight"] == 0.1
    assert read(f"{head}{units['days']}\t\t70%\t\n", KPIS).unread == ["Row 2, Today: '70%' is not a number."]
    found = read("Name\tUnit\tToday\nSeen late\tdays\t70%\n", KPIS)
    assert found.unread[0] == "Row 2, Today: '70%' is not a number."


@pytest.mark.parametrize(
    ("row", "spread"),
    [
        ("Carer score\tscore\t7.1\t5\t6\t7\t8\t9\t", 0.5),
        ("Readmissions\t%\t9\t12\t11\t10\t8\t7\t", 0.625),
        ("Seen\tpeople\t410\t300\t350\t400\t500\t561\t", 32.6),
        ("Seen\t%\t50\t\t\t\t\t\t", 5),
    ],
)
def test_a_new_kpi_may_lie_half_a_level_from_its_path_and_it_is_said(row: str, spread: float) -> None:
    found = read(f"KPI\tUnit\tToday\tFailure\tPoor\tMinimum\tStretch\tGamebreaking\n{row}\n", KPIS)
    new = found.document["framework"]["kras"][0]["kpis"][-1]
    assert new["deviation"] == {"kind": "normal", "mean": 0.0, "sd": spread}
    said = (
        f"Years to change 3; Expected as today; how far from its path: Normal, standard deviation {spread:g}, half of "
        "the mean distance between its levels"
    )
    assert found.changes[0].endswith(said)
    assert len(found.changes) == 1


@pytest.mark.parametrize(
    ("head", "row", "today", "expected", "said"),
    [
        ("Today", "9", 9.0, 9.0, "Expected as today"),
        ("Expected", "8", 8.0, 8.0, "Today as expected"),
        ("Gate", "no", 10.0, 10.0, "Today and Expected at minimum"),
        ("Today\tExpected", "9\t8", 9.0, 8.0, ""),
    ],
)
def test_a_new_kpi_without_an_expected_value_stays_in_its_own_unit(
    head: str, row: str, today: float, expected: float, said: str
) -> None:
    levels = "Failure\tPoor\tMinimum\tStretch\tGamebreaking"
    found = read(f"KPI\tUnit\t{levels}\t{head}\nReadmissions\tdays\t12\t11\t10\t8\t7\t{row}\n", KPIS)
    new = found.document["framework"]["kras"][0]["kpis"][-1]
    assert (new["today"], new["expected"]) == (today, expected)
    assert f"; {said}; " in found.changes[0] if said else "Expected as" not in found.changes[0]
    assert "Expected 50" not in found.changes[0]


def test_a_new_kpi_joins_the_area_that_its_row_names_and_one_that_is_not_there_is_added_and_said() -> None:
    areas_ = DOCUMENT["framework"]["kras"]
    second, here = areas_[1]["name"], areas_[0]["kpis"][0]["name"]
    head = "Key result area\tKPI\tUnit\tWeight\tToday\n"
    found = read(
        f"{head}{second.upper()}\tSeen\t%\t0\t41\nAccess\tHeard\t%\t60\t42\naccess\tMet\t%\t40\t43\n\tLost\t%\t0\t4\n",
        KPIS,
    )
    now = found.document["framework"]["kras"]
    assert [(one["name"], one["weight"]) for one in now[len(areas_) :]] == [("Access", 0.0)]
    assert [one["kpis"][-1]["name"] for one in now[:2]] == ["Lost", "Seen"]
    assert [one["name"] for one in now[-1]["kpis"]] == ["Heard", "Met"]
    assert all("area" not in kpi for one in now for kpi in one["kpis"])
    assert (found.unread, found.refused) == ([], [])
    assert found.changes[0] == "New key result area: Access, with a weight of 0% until it is given one"
    assert f"of '{second}': Seen, " in found.changes[1] and found.changes[2].startswith("New line 1 of 'Access': Heard")
    found = read(f"{head}{second}\t{here}\t\t\t40.5\n", KPIS)
    assert found.unread == [f"Row 2, '{here}' stays in '{areas_[0]['name']}': a table moves no KPI to '{second}'."]
    assert found.document["framework"]["kras"][0]["kpis"][0]["today"] == 40.5


def test_areas_that_come_instead_of_all_others_have_equal_weights_and_it_is_said() -> None:
    rows = "Access\tHeard\t%\t100\t42\nStay\tMet\t%\t100\t43\n"
    found = cells.instead(DOCUMENT, KPIS, f"KRA\tKPI\tUnit\tWeight\tToday\n{rows}")
    assert [(one["name"], one["weight"]) for one in found.document["framework"]["kras"]] == [
        ("Access", 0.5),
        ("Stay", 0.5),
    ]
    assert found.changes[:2] == [f"New key result area: {name}, with a weight of 50%" for name in ("Access", "Stay")]
    assert found.refused == []


SCHEDULE = (
    "KRA\tKPI\tUnit\tWeight\tToday\n"
    "Access\tHeard\t%\t30\t42\nAccess\tSeen\t%\t10\t43\nStay\tMet\t%\t35\t44\nStay\tKept\t%\t25\t45\n"
)


def test_weights_that_make_the_whole_over_all_areas_are_asked_about_and_can_be_taken_as_parts_of_it() -> None:
    (asked,) = cells.instead(DOCUMENT, KPIS, SCHEDULE).questions
    assert asked.readings[1] == "Parts of the whole, which makes areas' weights Access 40% and Stay 60%"
    found = cells.instead(DOCUMENT, KPIS, SCHEDULE, {asked.about: True})
    areas_ = {one["name"]: (one["weight"], [kpi["weight"] for kpi in one["kpis"]]) for one in new_areas(found)}
    assert areas_ == {"Access": (0.4, [0.75, 0.25]), "Stay": (0.6, [35 / 60, 25 / 60])}
    assert found.refused == []
    said = "Weights are read as parts of the whole: areas weigh what their KPIs add up to, 'Access' 40% and 'Stay' 60%."
    assert found.told[-1] == said
    assert found.changes[:2] == [
        "New key result area: Access, with a weight of 40%",
        "New key result area: Stay, with a weight of 60%",
    ]
    assert "Heard › Weight: 30% → 75%, so that all make 100%" in found.changes


def test_weights_that_are_to_stay_as_they_are_typed_do_and_have_to_be_mended() -> None:
    found = cells.instead(DOCUMENT, KPIS, SCHEDULE, {"Weights of KPIs": False})
    assert [[kpi["weight"] for kpi in one["kpis"]] for one in new_areas(found)] == [[0.3, 0.1], [0.35, 0.25]]
    assert len(found.refused) == 2


@pytest.mark.parametrize(
    "text",
    [
        SCHEDULE.replace("\t30\t", "\t31\t"),
        SCHEDULE.replace("\t30\t", "\t\t"),
        SCHEDULE.replace("Stay\t", "Access\t"),
        SCHEDULE.replace("\t30\t", "\t75\t").replace("\t10\t", "\t25\t"),
    ],
)
def test_other_weights_are_not_asked_about(text: str) -> None:
    assert cells.instead(DOCUMENT, KPIS, text).questions == []
    assert cells.read(DOCUMENT, KPIS, text).questions == []


def test_weights_of_kpis_that_are_there_can_be_parts_of_the_whole_too() -> None:
    kras = DOCUMENT["framework"]["kras"]
    names = [kpi["name"] for kra in kras for kpi in kra["kpis"]]
    part = 100 / len(names)
    text = "KPI\tWeight\n" + "".join(f"{name}\t{part!r}\n" for name in names)
    (asked,) = read(text, KPIS).questions
    found = cells.read(DOCUMENT, KPIS, text, {asked.about: True})
    assert found.refused == []
    for kra, now in zip(kras, new_areas(found), strict=True):
        assert now["weight"] == pytest.approx(len(kra["kpis"]) / len(names))
        assert [kpi["weight"] for kpi in now["kpis"]] == pytest.approx([1 / len(kra["kpis"])] * len(kra["kpis"]))


def new_areas(found: cells.Reading) -> list[dict[str, Any]]:
    areas_: list[dict[str, Any]] = found.document["framework"]["kras"]
    return areas_


def test_no_area_is_called_by_a_dash() -> None:
    found = read("KRA\tKPI\tUnit\tWeight\n-\tHeard\t%\t0\n", KPIS)
    assert len(found.document["framework"]["kras"]) == len(DOCUMENT["framework"]["kras"])


def test_a_kpi_that_is_there_keeps_how_far_it_may_lie_from_its_path() -> None:
    kpi = DOCUMENT["framework"]["kras"][0]["kpis"][0]
    found = read(f"KPI\tFailure\tGamebreaking\n{kpi['name']}\t1\t99\n", KPIS)
    assert found.document["framework"]["kras"][0]["kpis"][0]["deviation"] == kpi["deviation"]


@pytest.mark.parametrize(
    "head", ["KPI\tBaseline\tTarget", "Measure\tCurrent\tGoal", "Name\tBaseline 2026/27\tTarget 2029/30"]
)
def test_what_a_kpi_is_today_and_its_target_are_read_by_the_headings_that_people_use(head: str) -> None:
    kpi = DOCUMENT["framework"]["kras"][0]["kpis"][0]
    found = read(f"{head}\n{kpi['name']}\t41\t57\n", KPIS)
    assert found.unread == []
    now = found.document["framework"]["kras"][0]["kpis"][0]
    assert (now["today"], now["expected"]) == (41, 57)


def test_of_targets_for_several_years_none_is_taken() -> None:
    kpi = DOCUMENT["framework"]["kras"][0]["kpis"][0]
    found = read(f"KPI\tTarget 2026/27\tTarget 2027/28\n{kpi['name']}\t41\t57\n", KPIS)
    assert found.changes == []
    assert [said.split("; ")[1] for said in found.unread] == ["keep one of them."] * 2


def test_lines_may_come_instead_of_those_that_are_there() -> None:
    found = cells.instead(DOCUMENT, PROVIDERS, f"Peers\t1m\t2\t3\t4\n{NAMES[1]}\t3m\n")
    assert [(p["name"], p["gain_share"], p["pain_share"]) for p in found.document["providers"]] == [
        (NAMES[1], 0.75, 0.75),
        ("Peers", 0.25, 0.25),
    ]
    assert found.refused == []
    assert {hit for r in found.document["uncertainty"]["risks"] for hit in r["hits"]} <= {NAMES[1]}


COMMISSIONERS = into(("commissioners",), ("name", "kind", "contribution", "reserves"), new_lines.NEW_COMMISSIONER)


def contributions(found: cells.Reading) -> dict[str, float]:
    return {line["name"]: line["contribution"] for line in found.document["commissioners"]}


def test_commissioners_may_come_instead_with_their_own_contributions() -> None:
    table = "Name\tKind\tContribution\nHarbour ICB\tICB\t70%\nHarbour Council\tcouncil\t30%\n"
    found = cells.instead(DOCUMENT, COMMISSIONERS, table)
    assert contributions(found) == {"Harbour ICB": 0.7, "Harbour Council": 0.3}
    assert found.refused == []
    assert not any("make 100%" in said for said in found.changes)


def test_contributions_that_change_as_others_go_are_told() -> None:
    first, second = (line["name"] for line in DOCUMENT["commissioners"])
    was = {line["name"]: line["contribution"] for line in DOCUMENT["commissioners"]}
    found = cells.instead(DOCUMENT, COMMISSIONERS, f"Name\tReserves\n{second}\t£5m\n")
    assert contributions(found) == {second: 1.0}
    assert found.changes[-1] == f"{second} › Contribution: {was[second] * 100:g}% → 100%, so that all make 100%"
    assert first not in contributions(found)
    found = cells.instead(DOCUMENT, COMMISSIONERS, "Name\tReserves\nA\t£5m\nB\t£1m\n")
    assert contributions(found) == {"A": 0.5, "B": 0.5}
    assert "B › Contribution: 0% → 50%, so that all make 100%" in found.changes


def test_kpis_may_come_instead_and_areas_that_are_left_empty_go() -> None:
    table = "KPI\tUnit\tWeight\tToday\nWaits\tdays\t40%\t20\nFalls\t%\t20%\t50\nStays\tdays\t40%\t9\n"
    found = cells.instead(DOCUMENT, KPIS, table).document["framework"]["kras"]
    assert [(kra["weight"], [(kpi["name"], kpi["weight"]) for kpi in kra["kpis"]]) for kra in found] == [
        (1.0, [("Waits", 0.4), ("Falls", 0.2), ("Stays", 0.4)])
    ]
    last = DOCUMENT["framework"]["kras"][-1]
    found = cells.instead(DOCUMENT, KPIS, f"KPI\tToday\n{last['kpis'][0]['name']}\t41\n").document["framework"]["kras"]
    assert [(kra["name"], len(kra["kpis"]), kra["weight"], kra["kpis"][0]["weight"]) for kra in found] == [
        (last["name"], 1, 1.0, 1.0)
    ]


def test_nothing_is_removed_for_a_table_that_names_nobody() -> None:
    assert cells.instead(DOCUMENT, PROVIDERS, "Peers\tabout 1m\n").document == DOCUMENT


def test_those_who_stay_alone_keep_the_proportion_of_their_shares() -> None:
    found = cells.instead(DOCUMENT, PROVIDERS, f"{NAMES[0]}\t3m\n{NAMES[1]}\t2m\n")
    one, other = found.document["providers"]
    was, were = DOCUMENT["providers"][:2]
    assert one["gain_share"] / other["gain_share"] == pytest.approx(was["gain_share"] / were["gain_share"])
    assert one["gain_share"] + other["gain_share"] == pytest.approx(1)


def test_bands_go_by_their_order_and_an_empty_end_is_an_open_end() -> None:
    found = read("2%\t\t60\n\t£3m\t50\n\t\t40\n", BANDS)
    assert found.unread == []
    assert [
        [band[name] for name in ("up_to", "up_to_pounds", "share")]
        for band in found.document["risk_share"]["gain_bands"]
    ][:3] == [[0.02, None, 0.6], [None, 3_000_000, 0.5], [None, None, 0.4]]


def test_an_empty_cell_leaves_what_must_not_be_empty() -> None:
    found = read(f"{NAMES[0]}\t\t\t\t9\n")
    assert costs(found.document, NAMES[0]) == [*costs(DOCUMENT, NAMES[0])[:3], 0.09]
    assert found.unread == []


def test_a_table_as_it_stands_changes_nothing() -> None:
    table = "\n".join(
        "\t".join(str(line[name] * 100 if name in COSTS[2:] else line[name]) for name in COSTS)
        for line in DOCUMENT["providers"]
    )
    assert read(table).changes == []
    assert read("").changes == read(" \t \n").changes == []


def test_a_new_line_of_which_a_figure_cannot_be_read_is_not_added() -> None:
    found = read("Peers\tabout 3m\t2\t3\t4\n")
    assert found.document == DOCUMENT
    assert found.changes == []
    assert found.unread == [
        "Row 1, Baseline cost (£): 'about 3m' is not a sum in pounds.",
        "Row 1, 'Peers', is new and not added until that can be read.",
    ]


@pytest.mark.parametrize("dash", ["-", "–", "£-", "£ -"])
def test_a_dash_of_accounts_is_nought_in_pounds_and_per_cent_and_an_empty_cell_leaves_what_is_there(dash: str) -> None:
    found = read(f"Name\tGrowth\tFee\n{NAMES[0]}\t{dash}\t\nTotal\t{dash}\t\n")
    assert found.unread == []
    assert found.noughts == ["Row 2, Demand growth (%)"]
    line = found.document["providers"][0]
    assert (line["demand_growth"], line["fee_rate"]) == (0.0, DOCUMENT["providers"][0]["fee_rate"])
    found = read(f"Name\tToday\n{KPIS.lines[0][0]}\t{dash}\n", KPIS)
    assert found.noughts == [] and "is not a number" in found.unread[0]


@pytest.mark.parametrize(("cell", "held"), [("0", 0.0), ("£0", 0.0), ("–", None), ("-", None), ("not stated", None)])
def test_reserves_of_nothing_are_a_figure_and_a_dash_takes_them_away(cell: str, held: float | None) -> None:
    found = read(f"{NAMES[2]}\tcharity\t{cell}\t180m\n", into(("providers",), ("name", "kind", "reserves", "income")))
    assert not found.unread and found.document["providers"][2]["reserves"] == held


def test_an_empty_cell_leaves_reserves_as_they_are() -> None:
    found = read(f"{NAMES[2]}\tcharity\t\t180m\n", into(("providers",), ("name", "kind", "reserves", "income")))
    assert found.document["providers"][2]["reserves"] == DOCUMENT["providers"][2]["reserves"]


def new_kpi(table: str) -> tuple[cells.Reading, dict[str, Any]]:
    """What a table of KPIs comes to, and the last KPI of the first area."""
    found = read(table, KPIS)
    return found, found.document["framework"]["kras"][0]["kpis"][-1]


@pytest.mark.parametrize(
    ("head", "row", "levels", "said"),
    [
        (
            "Minimum\tStretch",
            "12\t13.5",
            [9, 10.5, 12, 13.5, 15],
            "failure, poor and gamebreaking were not in the table: set at equal steps, 9, 10.5 and 15",
        ),
        (
            "Minimum\tStretch",
            "12\t9",
            [18, 15, 12, 9, 6],
            "failure, poor and gamebreaking were not in the table: set at equal steps, 18, 15 and 6",
        ),
        (
            "Failure\tGamebreaking",
            "10\t2",
            [10, 8, 6, 4, 2],
            "poor, minimum and stretch were not in the table: set at equal steps, 8, 6 and 4",
        ),
        (
            "Failure\tMinimum\tStretch\tGamebreaking",
            "1\t3\t5\t9",
            [1, 2, 3, 5, 9],
            "poor was not in the table: set at equal steps, 2",
        ),
        (
            "Minimum\tStretch",
            "4\t1",
            [10, 7, 4, 1, 0],
            "failure, poor and gamebreaking were not in the table: set at equal steps, 10, 7 and 0",
        ),
    ],
)
def test_levels_that_a_new_kpis_table_leaves_out_are_set_at_equal_steps_and_it_is_said(
    head: str, row: str, levels: list[float], said: str
) -> None:
    found, kpi = new_kpi(f"KPI\tUnit\t{head}\nDays waited\tdays\t{row}\n")
    assert [*kpi["levels"].values()] == levels
    assert f"; {said}; " in found.changes[0]
    assert "Failure 30" not in found.changes[0] and "Poor" not in found.changes[0]
    assert found.unread == []


def test_a_rate_that_is_set_at_equal_steps_stays_below_100_per_cent() -> None:
    _, kpi = new_kpi("KPI\tUnit\tPoor\tMinimum\nSeen in time\t%\t90\t95\n")
    assert [*kpi["levels"].values()] == [85, 90, 95, 97.5, 100]
    found, _ = new_kpi("KPI\tUnit\tMinimum\tStretch\nSeen in time\t%\t90\t100\n")
    assert "leave no room for the others at equal steps; give all five." in found.unread[0]


def test_a_single_level_that_clashes_with_those_of_any_new_kpi_is_not_taken_and_it_is_said_what_else_is_needed() -> (
    None
):
    table = "KPI\tWeight\tMinimum\tTarget\tHigher is better\nSeen in time\t0\t12\t14\tyes\n"
    found, _ = new_kpi(table)
    assert found.unread == [
        "Row 2, 'Seen in time': of its levels only minimum (12) is in the table; a second level, in a column such as "
        "Stretch, sets the others at equal steps; 'Target' is read as Expected here: headed Stretch it is a second "
        "level.",
        "Row 2, 'Seen in time', is new and not added until that can be read.",
    ]
    for without in (table.replace("Target", "Expected"), table.replace("\t14\t", "\t\t")):
        assert "equal steps." in new_kpi(without)[0].unread[0], "no aim is given"
    assert found.told == [
        "Column 4 is headed 'Target', which is read as Expected: where a KPI is expected to be, not a level. A level "
        "goes under Minimum (agreed as good enough) or Stretch (clearly better)."
    ]
    found, kpi = new_kpi(table.replace("Target", "Stretch"))
    assert (found.unread, [*kpi["levels"].values()]) == ([], [8, 10, 12, 14, 16])
    found, kpi = new_kpi("KPI\tUnit\tMinimum\nSeen in time\t%\t52\n")
    assert (found.unread, kpi["levels"]["minimum"], kpi["levels"]["poor"]) == ([], 52, 40)


def test_levels_that_go_up_and_down_set_no_others() -> None:
    found, _ = new_kpi("KPI\tPoor\tMinimum\tStretch\nSeen in time\t5\t8\t7\n")
    assert found.unread[0] == (
        "Row 2, 'Seen in time': levels must rise or fall all the way, but are poor 5, minimum 8 and stretch 7."
    )


@pytest.mark.parametrize(
    ("heading", "cell", "higher"),
    [
        ("Higher is better", "yes", True),
        ("Higher is better", "N", False),
        ("Lower is better", "no", True),
        ("Lower is better", "TRUE", False),
        ("Lower is better", "higher", True),
        ("Direction", "Up", True),
        ("Direction", "Lower is better", False),
        ("Better", "down", False),
        ("Polarity", "High is good", True),
        ("Higher/lower is better", "lower", False),
    ],
)
def test_a_column_that_says_which_way_is_better_has_to_agree_with_the_levels(
    heading: str, cell: str, higher: bool
) -> None:
    for rising in (True, False):
        row = "12\t14" if rising else "14\t12"
        found, _ = new_kpi(f"KPI\tMinimum\tStretch\t{heading}\nSeen in time\t{row}\t{cell}\n")
        if rising == higher:
            assert (found.unread, found.refused) == ([], [])
            continue
        way = "lower is better, but its levels rise" if rising else "higher is better, but its levels fall"
        assert found.unread[0].startswith(f"Row 2, 'Seen in time': the table says that {way} from failure (")
        assert len(found.unread) == 2


def test_which_way_is_better_is_checked_for_a_kpi_that_is_there_too_and_has_to_be_readable() -> None:
    kpi = DOCUMENT["framework"]["kras"][0]["kpis"][0]
    rises = kpi["levels"]["gamebreaking"] > kpi["levels"]["failure"]
    found = read(f"KPI\tToday\tHigher is better\n{kpi['name']}\t41\t{'no' if rises else 'yes'}\n", KPIS)
    assert len(found.unread) == 1 and "the table says that" in found.unread[0]
    found = read(f"KPI\tToday\tHigher is better\n{kpi['name']}\t41\t{'yes' if rises else 'no'}\n", KPIS)
    assert found.unread == [] and len(found.changes) == 1
    found = read(f"KPI\tToday\tDirection\n{kpi['name']}\t41\tsideways\n", KPIS)
    assert found.unread == ["Row 2, Higher is better: 'sideways' is not yes, no, higher or lower."]


def test_lower_is_better_without_any_level_is_told_what_it_needs() -> None:
    found, _ = new_kpi("KPI\tToday\tLower is better\nSeen late\t40\tyes\n")
    assert found.unread[0] == (
        "Row 2, 'Seen late': lower is better, but no level is in the table; two of them, in columns such as Minimum "
        "and Stretch, set the others at equal steps."
    )

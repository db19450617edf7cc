"""Each pasted cell reaches its entry or is named with what was typed."""

import pytest

from tests.ui.pasted import BANDS, COSTS, DOCUMENT, KPIS, NAMES, PROVIDERS, SHARES, costs, into, later_costs, read
from ui import cells, new_lines


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
    found = read(f"Whom\tOutlay\tUplift\n{NAMES[2]}\t£4m\t9%\n")
    assert found.changes == []
    assert [said.split(",")[0] for said in found.unread] == [
        "Column 2 is headed 'Outlay'",
        "Column 3 is headed 'Uplift'",
    ]


def test_service_lines_of_one_partner_are_added_up_in_every_year() -> None:
    found = read(f"Provider\t2018-19\t2019-20\n{NAMES[2]}\t1m\t1.1m\n{NAMES[2]}\t2m\t2.3m\n")
    assert costs(found.document, NAMES[2])[0] == 3_000_000
    assert later_costs(found.document, NAMES[2]) == [3_400_000]
    assert found.added_up == [
        f"2 lines of {NAMES[2]} were added up: Baseline cost (£) 3,000,000; Cost of 2019-20 (£) 3,400,000."
    ]


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


def test_shares_follow_costs_also_where_one_has_to_be_mended_yet() -> None:
    found = cells.instead(DOCUMENT, PROVIDERS, "A\t3m\t0\t0\t4\nB\t1m\t0\t0\t4\nC\t(1m)\t0\t0\t4\n").document
    assert {found["risk_share"][f"{side}_allocation"]["kind"] for side in ("gain", "pain")} == {"by_target"}
    assert [p["pain_share"] for p in found["providers"]] == [0.75, 0.25, 0.0]


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

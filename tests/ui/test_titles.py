"""The row of headings of a pasted table is found below titles, and every heading of the app itself is read right."""

import pytest

from data import presets
from tests.ui.pasted import BANDS, KPIS, NAMES, PROVIDERS, SHARES, costs, into, read
from ui import columns, known_titles, new_lines, registers, titles
from ui.appetites import OVER
from ui.session import Session

SESSION = Session("none", presets.preset(presets.FIRST), None)
TABLES = {
    "providers": PROVIDERS,
    "reserves": into(("providers",), ("name", "kind", "fee_on", "reserves", "income")),
    "commissioners": into(("commissioners",), ("name", "kind", "contribution", "reserves"), new_lines.NEW_COMMISSIONER),
    "shares": SHARES,
    "bands": BANDS,
    "KPIs": KPIS,
    "risks": registers.risks(SESSION),
    "limits": registers.limits(SESSION),
}
TABLE = f"{NAMES[0]}\t£ 30,000\t3.5%\t1%\n{NAMES[1]}\t15,000\t4\t\n"
HEAD = "Provider\tBaseline cost (£000)\tFee\tGrowth\n"
PLAIN = "Provider\tBaseline cost\tFee\tGrowth\n"


def as_agreed(text: str) -> list[str]:
    """What is said of a table that gives 30 and 15 million, fees of 3.5% and 4%, and no growth but 1%."""
    found = read(text)
    assert found.unread == []
    assert costs(found.document, NAMES[0])[::3] == [30_000_000, 0.035]
    assert costs(found.document, NAMES[1])[::3] == [15_000_000, 0.04]
    assert costs(found.document, NAMES[0])[2] == 0.01
    assert [line["name"] for line in found.document["providers"]] == NAMES
    return [*found.told, *found.left_out]


@pytest.mark.parametrize(
    ("table", "title", "place"),
    [
        ("providers", "Annual spend 24/25", "baseline_cost"),
        ("providers", "Spend 2024/25 (£000)", "baseline_cost"),
        ("providers", "Expenditure, annual", "baseline_cost"),
        ("providers", "Cost of baseline", "baseline_cost"),
        ("providers", "Net expenditure 24/25 (£m)", "baseline_cost"),
        ("providers", "Direct costs (£000s)", "baseline_cost"),
        ("providers", "Direct cost a year", "baseline_cost"),
        ("providers", "Direct costs per year (£)", "baseline_cost"),
        ("providers", "Direct cost (£ a year)", "baseline_cost"),
        ("providers", "Cost pa", "baseline_cost"),
        ("providers", "Cost p.a. (£k)", "baseline_cost"),
        ("providers", "Planned cost", "baseline_cost"),
        ("providers", "Annual planned cost £", "baseline_cost"),
        ("providers", "Annual direct cost", "baseline_cost"),
        ("providers", "Budget a year", "baseline_cost"),
        ("providers", "Planned budget 2027/28", "baseline_cost"),
        ("bands", "Upper limit %", "up_to"),
        ("bands", "Upper limit £", "up_to_pounds"),
        ("bands", "Provider share", "share"),
        ("bands", "Providers", "share"),
        ("reserves", "General reserves", "reserves"),
        ("reserves", "Reserves (unrestricted) 31/32", "reserves"),
        ("commissioners", "Share of budget", "contribution"),
        ("commissioners", "Budget share (%)", "contribution"),
        ("risks", "Low impact £", "low"),
        ("risks", "Impact: low", "low"),
        ("risks", "Most likely impact £", "likely"),
        ("risks", "High impact £", "high"),
        ("risks", "Impact if it happens", "value"),
        ("risks", "Best case", "low"),
        ("risks", "Worst case scenario £k", "high"),
        ("risks", "Probability", "probability"),
        ("risks", "Provider affected", "hits"),
        ("risks", "Affects", "hits"),
        ("risks", "Affected provider(s)", "hits"),
        ("risks", "Provider(s) affected", "hits"),
        ("risks", "Service affected", "hits"),
        ("reserves", "Organisation type", "kind"),
        ("commissioners", "Type of organisation", "kind"),
        ("providers", "CIP", "required_saving"),
        ("providers", "CIP target 2027/28 (%)", "required_saving"),
        ("providers", "Activity growth p.a.", "demand_growth"),
        ("providers", "Margin on cost", "fee_rate"),
        ("reserves", "Total income (£000)", "income"),
        ("risks", "Who it falls on", "hits"),
        ("KPIs", "Domain", "area"),
        ("KPIs", "Plan", "expected"),
        ("KPIs", "Game-breaking", "gamebreaking"),
    ],
)
def test_headings_of_finance_people_are_known_in_any_order_and_year(table: str, title: str, place: str) -> None:
    found = known_titles.named(title, [], TABLES[table])
    assert isinstance(found, columns.Column), found
    assert found.place[-1] == place


@pytest.mark.parametrize(
    ("table", "title", "said"),
    [
        ("shares", "Share of budget", "which may be '"),
        ("shares", "Share", "which may be '"),
        ("providers", "Share of budget", "which is no entry here"),
        ("providers", "Overspend", "which is no entry here"),
        ("providers", "Margin", "which is no entry here"),
        ("providers", "Planned saving", "which is no entry here"),
        ("providers", "Indirect cost a year", "which is no entry here"),
        ("providers", "Management fee", ""),
        ("reserves", "Total reserves", "which is no entry here"),
        ("risks", "High", ""),
        ("risks", "Cost of mitigation", "which is no entry here"),
        ("risks", "Owner", "which is no entry here"),
        ("risks", "Organisation type", "which is no entry here"),
        ("KPIs", "Impact", "which is no entry here"),
        ("KPIs", "High case", "which is no entry here"),
        ("risks", "Impact", ""),
        ("KPIs", "Direction", ""),
        ("KPIs", "Lower", "which is no entry here"),
        ("risks", "Direction", "which is no entry here"),
    ],
)
def test_no_heading_is_guessed_at(table: str, title: str, said: str) -> None:
    found = known_titles.named(title, [], TABLES[table])
    assert isinstance(found, columns.Column) if not said else str(found).startswith(said), found


def test_two_headings_of_one_entry_are_said_to_be() -> None:
    found = read("KPI\tExpected\tTarget\nSeen\t50\t60\n", KPIS)
    assert found.unread == ["Column 3 is headed 'Target', which is Expected, as column 2 is."]


def test_a_target_among_the_levels_of_a_kpi_is_said_to_be_read_as_expected() -> None:
    row = "KPI\tUnit\tWeight\tPoor\tMinimum\t{}\tStretch\nSeen in time\t%\t0\t40\t50\t55\t60\n"
    for title in ("Target", "Goal", "Plan", "Target 2027/28 (%)"):
        found = read(row.format(title), KPIS)
        said = f"Column 6 is headed '{title}', which is read as Expected: where a KPI is expected to be, not a level."
        said += " A level goes under Minimum (agreed as good enough) or Stretch (clearly better)."
        assert (found.told, found.unread) == ([said], []), title
    for title in ("Expected", "Expected value"):
        assert read(row.format(title), KPIS).told == []


def test_a_new_band_whose_share_was_not_read_is_not_offered() -> None:
    found = read("Up to (%)\tTheir cut\n2\t60\n5\t30\n9\t0\n", BANDS)
    assert found.document["risk_share"]["gain_bands"][2:] == []
    assert "Row 4 is new and not added: it has no Providers' share (%)." in found.unread
    found = read("Up to (%)\tProviders\n2\t60\n5\t30\n9\t0\n", BANDS)
    assert [band["share"] for band in found.document["risk_share"]["gain_bands"]] == [0.6, 0.3, 0.0]


@pytest.mark.parametrize("table", TABLES)
def test_the_apps_own_headings_name_their_own_columns(table: str) -> None:
    lines = TABLES[table]
    row = [one.title for one in lines.columns]
    for shown in (row, [title.upper() for title in row], [f" {title} *" for title in row], row[::-1]):
        head = titles.found([shown, ["x"] * len(shown)], lines)
        assert head is not None
        assert head.unread == []
        assert head.across == (list(lines.columns)[::-1] if shown == row[::-1] else list(lines.columns))
    for one in lines.columns:
        head = titles.found([[lines.columns[0].title, one.title], ["x", "1"]], lines)
        assert head and head.across[-1] == (None if one == lines.columns[0] else one)


def test_limits_are_read_under_the_labels_that_their_fields_have() -> None:
    of_fields = {name: label.format(over="over the 7 years") for name, label in OVER.items()}
    head = titles.found([["Name", *of_fields.values()], ["x"]], TABLES["limits"])
    assert head is not None and head.unread == []
    assert [one.place[-1] for one in head.across if one] == ["name", *of_fields]


def test_the_unit_of_a_heading_decides_between_two_entries_of_one_name() -> None:
    for row, band in {
        "Up to (%)\tShare\n2\t60": (0.02, None),
        "Up to %\tShare\n2%\t60": (0.02, None),
        "Up to\tShare\n2%\t60": (0.02, None),
        "Up to (£)\tShare\n2,000\t60": (None, 2000),
        "Up to £k\tShare\n£ 2\t60": (None, 2000),
        "Up to\tShare\n£2,000\t60": (None, 2000),
        "Up to (%)\tUp to (£)\tProviders' share (%)\n\t2k\t60": (None, 2000),
        "Savings\n\nUp to (£)\tUp to (%)\tProviders' share (%)\n\t2\t60": (0.02, None),
    }.items():
        found = read(f"{row}\n", into(("risk_share", "gain_bands"), ("up_to", "up_to_pounds", "share"))).document
        first = found["risk_share"]["gain_bands"][0]
        assert (first["up_to"] if band[0] else None, first["up_to_pounds"]) == band, row
    said = read("Up to\tShare\n2\t60\n", BANDS).unread
    assert said == ["Column 1 is headed 'Up to', which may be 'Up to (%)' or 'Up to (£)'."]


@pytest.mark.parametrize(
    "above",
    [
        "Lambeth budget 2018\n",
        "CAMHS plan\n\n",
        "CAMHS plan\t\t\t\n\t\t\t\nPrepared by finance\t\t\t\n",
        "Budget\n",
        "Budget 2027/28\t\tDraft 3\t\n",
        "Provider\tPlan\t\t\n",
        '"CAMHS plan\n2027/28"\n',
        "\t\t\t\n",
    ],
)
def test_titles_and_empty_rows_above_the_headings_change_nothing(above: str) -> None:
    said = as_agreed(above + HEAD + TABLE)
    assert all("above the headings" in one for one in said)
    assert said or not above.strip()


@pytest.mark.parametrize(
    "above",
    [
        "CAMHS plan (£000)\n",
        "CAMHS plan\nAll figures in £000\n",
        "CAMHS plan\t\t\t£'000\n",
        "\tMoney (£k)\tTerms\t\n",
        "Figures in £m\nFigures in £000\n",
    ],
)
def test_thousands_said_above_the_headings_hold_for_sums_below_and_it_is_said(above: str) -> None:
    assert any(
        "says thousands: so are sums under Baseline cost (£)." in said for said in as_agreed(above + PLAIN + TABLE)
    )


@pytest.mark.parametrize("units", ["\t£000\t%\t%\n", "\t£'000\t\t\n", "\t(£k)\t%\t\n"])
def test_a_row_of_units_below_the_headings_belongs_to_them(units: str) -> None:
    as_agreed(PLAIN + units + TABLE)


def test_merged_headings_and_headings_that_are_repeated_are_read() -> None:
    as_agreed(f"Provider\tCosts\tTerms\t\n\tBaseline cost (£000)\tFee\tGrowth\n{TABLE}")
    first, second = TABLE.splitlines()
    as_agreed(f"{HEAD}{first}\n{HEAD}{second}\n")


def test_thousands_above_and_pounds_in_the_heading_are_asked_about() -> None:
    found = read(f"Figures in £000\nProvider\tCost (£)\n{NAMES[0]}\t3,000,000\n")
    assert costs(found.document, NAMES[0])[0] == 3_000_000
    assert found.asked == [
        "Row 1 says 'Figures in £000', but column 2 is headed 'Cost (£)': its sums are read as pounds."
    ]


def test_figures_above_the_headings_are_named_and_not_read() -> None:
    found = read(f"Total budget\t48m\t\t\n{HEAD}{TABLE}")
    assert found.unread == ["Row 1, 'Total budget 48m', stands above the headings, which are row 2."]
    assert costs(found.document, NAMES[0])[0] == 30_000_000


def test_columns_that_are_read_by_their_order_are_said_to_be() -> None:
    found = read(f"{NAMES[0]}\t30m\t3.5\n")
    assert found.told == [
        "No row of headings was found, so columns are read by their order: "
        "Name, Baseline cost (£), Required saving (%)."
    ]
    found = read(f"CAMHS plan (£000)\n{NAMES[0]}\t30,000\t3.5\n")
    assert costs(found.document, NAMES[0])[:2] == [30_000_000, 0.035]
    assert found.left_out == ["Row 1, 'CAMHS plan (£000)': a title."]
    assert "and rows by theirs" in read("Savings\n2%\t\t60\n", BANDS).told[0]


def test_names_are_found_under_a_heading_that_nobody_knows() -> None:
    found = read(f"Ref\tBudget holder\tCost\n1\t{NAMES[2]}\t3m\n2\t{NAMES[0]}\t5m\n")
    assert found.unread == ["Column 1 is headed 'Ref', which is no entry here."]
    assert [costs(found.document, NAMES[i])[0] for i in (2, 0)] == [3_000_000, 5_000_000]


@pytest.mark.parametrize(
    "year", ["2027/28 budget (£000)", "Budget FY27/28 (£000)", "27/28 Budget £k", "Budget, £000 2027/28"]
)
def test_a_year_in_a_heading_may_stand_before_or_behind(year: str) -> None:
    assert costs(read(f"Provider\t{year}\n{NAMES[0]}\t30,000\n").document, NAMES[0])[0] == 30_000_000
    found = read(f"Provider\tBudget\tBudget\n\t2026/27\t2027/28\n{NAMES[0]}\t1m\t2m\n")
    assert costs(found.document, NAMES[0])[0] == 1_000_000
    assert found.told == [
        "Column 2 is headed 'Budget 2026/27', the earliest year: it is read as Baseline cost (£), which is of year 1, "
        "2018-19.",
        "Costs planned of later years: 2019-20 in column 3 ('Budget 2027/28').",
    ]


def test_of_a_budget_by_year_the_earliest_is_that_of_year_1() -> None:
    found = read(f"Provider\tFee %\t2028/29\t2027/28\n{NAMES[0]}\t4\t32m\t30m\n")
    assert costs(found.document, NAMES[0])[0] == 30_000_000
    assert [one[:35] for one in found.told] == [
        "Column 4 is headed '2027/28', the e",
        "Costs planned of later years: 2019-",
    ]
    found = read(f"Provider\tCost\t2027/28\t2028/29\n{NAMES[0]}\t31m\t30m\t32m\n")
    assert costs(found.document, NAMES[0])[0] == 31_000_000
    assert not any("earliest" in one for one in found.unread)


def test_costs_of_risks_under_a_percent_heading_are_never_pounds() -> None:
    lines: columns.Lines = TABLES["risks"]
    risk = lines.lines[0][0]
    assert read(f"Risk\tLowest (%)\tMost likely (%)\tHighest (%)\n{risk}\t1\t2\t3\n", lines).changes == []
    row = "Risk\tChance\tImpact (%)\tCost is in\nFlood\t5%\t2\t% of planned cost\n"
    found = read(row, lines)
    assert found.unread == []
    assert found.document["uncertainty"]["risks"][-1]["impact"] == {"kind": "fixed", "value": 0.02}
    assert read(row.replace("(%)", "(£k)"), lines).changes == []

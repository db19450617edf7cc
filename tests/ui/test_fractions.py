"""Percentages below 1 without a percent sign are asked about, and read as it is answered."""

import pytest

from tests.ui.pasted import DOCUMENT, KPIS, NAMES, PROVIDERS, costs, into
from tests.ui.test_titles import TABLES
from ui import cells, fractions

FEES = f"Provider\tFee\n{NAMES[0]}\t{{}}\n{NAMES[1]}\t{{}}\n"


def test_a_column_of_percentages_below_1_without_a_sign_is_asked_about_with_both_readings() -> None:
    text = FEES.format("0.035", "0.04")
    found = cells.read(DOCUMENT, PROVIDERS, text)
    assert [(one.about, one.readings) for one in found.questions] == [("Fee (%)", ("0.035 is 0.035%", "0.035 is 3.5%"))]
    assert costs(found.document, NAMES[0])[3] == pytest.approx(0.00035)
    for answer, fees in ((False, [0.00035, 0.0004]), (True, [0.035, 0.04])):
        answered = cells.read(DOCUMENT, PROVIDERS, text, {"Fee (%)": answer})
        assert [costs(answered.document, name)[3] for name in NAMES[:2]] == pytest.approx(fees)
        assert answered.questions == found.questions


@pytest.mark.parametrize(
    "pair",
    [("0.035", "1"), ("0.5", "-0.5"), ("(0.02)", "0"), ("0.7", "0.3"), (".5", ""), ("0.035", "-"), (" 0.035 ", "")],
)
def test_what_is_at_most_1_is_asked_about(pair: tuple[str, str]) -> None:
    assert len(cells.read(DOCUMENT, PROVIDERS, FEES.format(*pair)).questions) == 1


@pytest.mark.parametrize(
    "pair",
    [
        ("3.5", "4"),
        ("0.5", "4"),
        ("0.5%", "0.4%"),
        ("1", "1"),
        ("0", "1"),
        ("1/20", "1 in 20"),
        ("tbc", ""),
        ("0", "0"),
    ],
)
def test_what_is_clear_is_not_asked_about(pair: tuple[str, str]) -> None:
    found = cells.read(DOCUMENT, PROVIDERS, FEES.format(*pair))
    assert (found.questions, found.asked) == ([], [])


def test_a_figure_without_a_sign_beside_others_that_have_one_is_named() -> None:
    found = cells.read(DOCUMENT, PROVIDERS, FEES.format("5%", "0.04"))
    assert found.questions == []
    assert found.asked == ["Row 3, Fee (%): A fee of 0.04%: did you mean 4%?"]
    found = cells.read(DOCUMENT, PROVIDERS, FEES.format("5%", "0.7"))
    assert found.asked == ["Row 3, Fee (%): '0.7' has no % sign, as others have. It is read as a percentage."]


def test_sums_and_columns_of_other_units_are_not_asked_about() -> None:
    assert cells.read(DOCUMENT, PROVIDERS, f"Provider\tCost (£m)\n{NAMES[0]}\t0.5\n").questions == []


def test_each_column_is_asked_about_by_itself() -> None:
    text = f"Provider\tFee\tGrowth\tSaving\n{NAMES[0]}\t0.035\t0.5\t2\n"
    found = cells.read(DOCUMENT, PROVIDERS, text, {"Fee (%)": True, "Demand growth (%)": False})
    assert costs(found.document, NAMES[0])[1:] == pytest.approx([0.02, 0.005, 0.035])


def test_parts_of_commissioners_shares_bands_and_chances_are_asked_about() -> None:
    contributions = into(("commissioners",), ("name", "contribution"))
    names = [line["name"] for line in DOCUMENT["commissioners"]]
    text = f"Name\tContribution\n{names[0]}\t0.7\n{names[1]}\t0.3\n"
    found = cells.read(DOCUMENT, contributions, text, {"Contribution (%)": True})
    assert [line["contribution"] for line in found.document["commissioners"]] == [0.7, 0.3]
    bands = cells.read(DOCUMENT, TABLES["bands"], "Up to (%)\tShare\n0.02\t0.5\n\t0.4\n")
    assert [one.about for one in bands.questions] == ["Up to (%)", "Providers' share (%)"]
    risk = TABLES["risks"].lines[0][0]
    text = f"Risk\tChance\n{risk}\t0.05\n"
    assert cells.read(DOCUMENT, TABLES["risks"], text).questions[0].readings[1] == "0.05 is 5%"
    assert cells.read(DOCUMENT, TABLES["risks"], text, {"Chance (%)": True}).asked == []
    found = cells.read(DOCUMENT, TABLES["risks"], text, {"Chance (%)": False})
    assert (found.asked, len(found.sure)) == ([], 1)


def test_values_of_kpis_in_per_cent_are_asked_about_and_those_of_others_not() -> None:
    kpis = {kpi["unit"]: kpi["name"] for kra in DOCUMENT["framework"]["kras"] for kpi in kra["kpis"]}
    text = f"KPI\tToday\tExpected\n{kpis['%']}\t0.57\t0.6\n"
    found = cells.read(DOCUMENT, KPIS, text, {fractions.OF_KPIS: True})
    assert [one.readings[1] for one in found.questions] == ["0.57 is 57%"]
    assert next(
        (kpi["today"], kpi["expected"])
        for kra in found.document["framework"]["kras"]
        for kpi in kra["kpis"]
        if kpi["name"] == kpis["%"]
    ) == (57, 60)
    assert cells.read(DOCUMENT, KPIS, f"KPI\tToday\n{kpis['days']}\t0.5\n").questions == []

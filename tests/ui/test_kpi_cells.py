"""Pasted KPIs, their levels, weights and areas reach their entries or are named."""

from typing import Any

import pytest

from tests.ui.pasted import DOCUMENT, KPIS, read
from ui import cells


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

"""A pasted register of risks, and a table of what partners accept: every cell reaches its entry or is named."""

import copy
from typing import Any

import pytest

from data import presets
from model.documents import from_document
from ui import cells, registers
from ui.session import Session

ALLIANCE = presets.preset(presets.FIRST)
HEAD = "Risk\tLikelihood\tLowest\tMost likely\tHighest\n"


def session() -> Session:
    return Session("none", ALLIANCE, None)


DOCUMENT = session().document
RISKS = DOCUMENT["uncertainty"]["risks"]
FIRST = RISKS[0]["name"]
PROVIDERS = [line["name"] for line in DOCUMENT["providers"]]
COMMISSIONER = DOCUMENT["commissioners"][0]["name"]


def risks(text: str) -> cells.Reading:
    before = copy.deepcopy(DOCUMENT)
    found = cells.read(DOCUMENT, registers.risks(session()), text)
    assert before == DOCUMENT
    return found


def limits(text: str) -> cells.Reading:
    return cells.read(DOCUMENT, registers.limits(session()), text)


def risk(found: cells.Reading, name: str) -> dict[str, Any]:
    return next(one for one in found.document["uncertainty"]["risks"] if one["name"] == name)


def appetite(found: cells.Reading, name: str) -> dict[str, Any]:
    partners = [*found.document["providers"], *found.document["commissioners"]]
    return dict(next(one["appetite"] for one in partners if one["name"] == name))


def test_a_register_of_risks_changes_those_that_are_there_and_adds_the_others() -> None:
    found = risks(f"{HEAD}{FIRST}\t12%\t£10k\t£20k\t£90k\nFlood\t1 in 20\t100k\t200k\t0.9m\n")
    assert found.unread == []
    assert found.refused == []
    assert (risk(found, FIRST)["probability"], risk(found, FIRST)["impact"]["likely"]) == (0.12, 20_000)
    new = risk(found, "Flood")
    assert new["probability"] == 0.05
    assert new["impact"] == {"kind": "pert", "low": 100_000, "likely": 200_000, "high": 900_000, "shape": 4.0}
    assert any(
        said.startswith(f"New line {len(RISKS) + 1}: Flood, Chance (%) 5, Lowest (£) 100,000") for said in found.changes
    )


def test_a_risk_of_one_cost_is_certain_and_whom_it_hits_is_read_by_names() -> None:
    hits = f"{PROVIDERS[1].upper()}, {PROVIDERS[0]}"
    found = risks(f"Risk\tChance\tImpact (£k)\tProvider\tWhen\nFlood\t5%\t250\t{hits}\tonce\nFire\t2\t1m\tall\t\n")
    assert found.unread == []
    flood = risk(found, "Flood")
    assert flood["impact"] == {"kind": "fixed", "value": 250_000}
    assert flood["hits"] == [PROVIDERS[1], PROVIDERS[0]]
    assert (flood["when"], risk(found, "Fire")["hits"]) == ("once", [])
    assert any("Fire" in said and "Whom it hits all" in said for said in found.changes)
    assert any(f"Whom it hits {PROVIDERS[1]} and {PROVIDERS[0]}" in said for said in found.changes)
    from_document(found.document)


def test_a_new_risk_of_which_nobody_says_whom_it_hits_is_said_to_hit_all() -> None:
    found = risks("Risk\tChance\tImpact\tOwner\nFlood\t5%\t1m\tA. Khan\n")
    assert found.unread == ["Column 4 is headed 'Owner', which is no entry here."]
    assert risk(found, "Flood")["hits"] == []
    (said,) = found.changes
    assert said.endswith(
        "no figure in the table, so as in any new line: When any year, Cost is in pounds and Whom it hits all"
    )
    told = risks(f"Risk\tChance\tImpact\tAffects\nFlood\t5%\t1m\t{PROVIDERS[0]}\n").changes[0]
    assert f"Whom it hits {PROVIDERS[0]}; no figure" in told and "Whom it hits all" not in told


def test_costs_in_per_cent_of_planned_cost_are_percentages() -> None:
    found = risks("Name\tChance\tLowest\tMost likely\tHighest\tCost is in\nFlood\t5%\t1%\t2\t4\t% of planned cost\n")
    assert found.unread == []
    assert risk(found, "Flood")["impact"]["high"] == 0.04
    assert risk(found, "Flood")["impact_in"] == "% of planned cost"
    assert any("Most likely (%) 2" in said for said in found.changes)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Risk\tChance\tImpact\nFlood\thigh\t1m\n", "Row 2, Chance (%): 'high' is not a percentage."),
        ("Risk\tChance\tImpact\nFlood\t5%\t2%\n", "Row 2, Cost if it happens (£): '2%' is not a sum in pounds."),
        ("Risk\tChance\tImpact\nFlood\t\t1m\n", "Row 2, it has no chance."),
        ("Risk\tChance\tImpact\nFlood\t5%\t\n", "Row 2, it has no cost if it happens."),
        ("Risk\tChance\tLowest\tHighest\nFlood\t5%\t1m\t2m\n", f"Row 2, {registers.NEEDED}"),
        (
            "Risk\tChance\tImpact\tProvider\nFlood\t5%\t1m\tNobody\n",
            "Row 2, Whom it hits: 'Nobody' is not names of providers with commas between them, or 'all'; "
            f"known are {', '.join(one['name'] for one in DOCUMENT['providers'])}.",
        ),
    ],
)
def test_a_risk_of_which_something_is_lacking_is_named_and_not_made_up(table: str, said: str) -> None:
    found = risks(table)
    assert found.document == DOCUMENT
    assert found.unread == [said, "Row 2, 'Flood', is new and not added until that can be read."]


def test_a_risk_is_not_put_into_another_unit_without_its_cost() -> None:
    found = risks(f"Risk\tCost is in\tMost likely\n{FIRST}\t% of planned cost\t2\n")
    assert risk(found, FIRST) == RISKS[0]
    assert found.unread == [f"Row 2, {registers.NEEDED}"]


def test_a_bare_chance_that_is_hardly_one_is_asked_about_before_it_is_taken() -> None:
    assert risks(f"Risk\tChance\n{FIRST}\t0.05\n").asked == [
        "Row 2, Chance (%): A chance of 0.05% is 1 in 2,000: did you mean 5%?"
    ]
    assert risks(f"Risk\tChance\n{FIRST}\t0.05%\n").asked == []
    assert risks(f"Risk\tChance\n{FIRST}\t1 in 2000\n").asked == []


def test_limits_of_partners_of_both_sides_are_read_in_pounds_or_in_a_word() -> None:
    table = (
        f"Partner\tAppetite\tLoss limit\tChance\tCVaR95\n{PROVIDERS[0]}\t\t£400k\t5%\t\n{COMMISSIONER}\taverse\t\t\t\n"
    )
    found = limits(table)
    assert found.unread == []
    first = appetite(found, PROVIDERS[0])
    assert (first["kind"], first["loss"], first["loss_chance"], first["worst"]) == ("pounds", 400_000, 0.05, None)
    assert appetite(found, COMMISSIONER)["word"] == "averse"
    assert found.refused == []
    from_document(found.document)


def test_further_limits_are_added_to_those_that_are_there() -> None:
    found = limits(f"Partner\tLoss limit\tLikelihood\n{PROVIDERS[0]}\t£400k\t5%\n")
    again = cells.read(found.document, registers.limits(session()), f"Name\tMinimum reserves\n{PROVIDERS[0]}\t£1m\n")
    both = appetite(again, PROVIDERS[0])
    assert (both["loss"], both["loss_chance"], both["reserve_minimum"]) == (400_000, 0.05, 1_000_000)


def test_an_empty_cell_leaves_a_limit_and_a_dash_or_none_takes_it_away() -> None:
    name, lines = PROVIDERS[0], registers.limits(session())
    head = "Partner\tLoss limit\tChance\tCVaR\tMinimum reserves\tRisk tolerance\n"
    before = limits(f"{head}{name}\t£400k\t5%\t£600k\t£1m\t£2m\n").document
    for row in (f"{name}\t\t\t\t\t\n", f"{name}\n", f"{name}\t£400k\t\t \t\t\n"):
        assert cells.read(before, lines, head + row).changes == [], row
    for none in ("-", "–", "none", "None", "£ -"):
        found = cells.read(before, lines, f"{head}{name}\t\t\t{none}\t\t£3m\n")
        now = appetite(found, name)
        assert (now["loss"], now["loss_chance"], now["worst"], now["reserve_minimum"]) == (4e5, 0.05, None, 1e6)
        assert now["tolerance"] == 3e6
        assert len(found.changes) == 2


def test_limits_that_contradict_each_other_or_are_of_nobody_are_named() -> None:
    found = limits(
        f"Partner\tAppetite\tLoss limit\n{PROVIDERS[0]}\topen\t£1m\nNobody\topen\t\n{PROVIDERS[1]}\thuge\t\n"
    )
    assert found.document == DOCUMENT
    assert sorted(found.unread) == sorted(
        [
            f"Row 2, {PROVIDERS[0]} has both a word and limits in pounds: leave one of them out.",
            "Row 3 is named 'Nobody', but no line here is.",
            "Row 4, Appetite: 'huge' is not one of Averse, Minimal, Cautious, Open, Eager.",
        ]
    )


def test_a_row_without_limits_changes_nothing() -> None:
    assert limits(f"Partner\tAppetite\tLoss limit\tCVaR\n{PROVIDERS[0]}\t\t\t\n").changes == []


@pytest.mark.parametrize("dash", ["-", "–", "£ -"])
def test_a_lone_dash_in_a_register_gives_nothing_and_is_no_nought(dash: str) -> None:
    found = risks(f"Risk\tChance\tImpact\tLowest\tMost likely\tHighest\nFlood\t5%\t£1m\t{dash}\t{dash}\t{dash}\n")
    assert (found.unread, found.noughts) == ([], [])
    assert risk(found, "Flood")["impact"] == {"kind": "fixed", "value": 1_000_000}
    lone = risks(f"{HEAD}Flood\t5%\t{dash}\t£1m\t{dash}\n")
    assert lone.unread[0] == f"Row 2, {registers.NEEDED}"
    assert risks(f"Risk\tChance\tImpact\nFlood\t{dash}\t£1m\n").unread[0] == "Row 2, it has no chance."


def test_a_lone_dash_among_limits_is_not_asked() -> None:
    found = limits(f"Partner\tAppetite\tLoss limit\tChance\tCVaR\n{PROVIDERS[0]}\t-\t£400k\t–\t-\n")
    assert (found.unread, found.noughts) == ([], [])
    first = appetite(found, PROVIDERS[0])
    assert (first["kind"], first["loss"], first["loss_chance"], first["worst"]) == ("pounds", 400_000, 0.1, None)


def test_a_loss_in_brackets_is_that_loss_and_said() -> None:
    found = limits(f"Partner\tLoss limit\tCVaR\n{PROVIDERS[0]}\t(£400k)\t(50,000)\n")
    first = appetite(found, PROVIDERS[0])
    assert (first["loss"], first["worst"], found.refused) == (400_000, 50_000, [])
    assert [said.split(": ")[1] for said in found.losses] == ["400,000", "50,000"]
    found = limits(f"Partner\tLoss limit (£000)\tCVaR\n{PROVIDERS[0]}\t£(400)\t£ (50,000)\n")
    assert (appetite(found, PROVIDERS[0])["loss"], appetite(found, PROVIDERS[0])["worst"]) == (400_000, 50_000)
    assert "write a loss without a minus" in limits(f"Partner\tCVaR\n{PROVIDERS[0]}\t-50,000\n").refused[0]

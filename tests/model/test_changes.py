"""What differs between two designs, for readers: terms first, one change of several partners in one line."""

import copy

from data import presets
from model.changes import changes
from model.differences import PARTS, differences
from model.documents import to_document
from model.kinds import KINDS

NOTES = tuple(f" › {part}: " for part in PARTS.values())
BEFORE = to_document(presets.preset("small-charities"))


def test_terms_stand_first_then_targets_limits_and_what_is_uncertain() -> None:
    after = copy.deepcopy(BEFORE)
    after["name"] = "Another name"
    after["uncertainty"]["savings_delivered"] = {"kind": "fixed", "value": 0.5}
    after["providers"][0]["cost_deviation"]["centre"] = 0.03
    after["providers"][0]["reserves"] += 1e6
    after["commissioners"][0]["appetite"] = {"kind": "unasked"}
    after["framework"]["kras"][0]["kpis"][0]["expected"] += 1
    after["framework"]["kras"][0]["kpis"][0]["levels"]["stretch"] += 1
    after["baseline"]["contingency"] = 0.05
    after["providers"][1]["pain_share"] = 0.5
    after["risk_share"]["pain_bands"][0]["share"] = 0.05
    kinds = [one.kind for one in changes(BEFORE, after)]
    assert kinds == ["terms"] * 2 + ["targets"] * 2 + ["limits"] * 2 + ["inputs"] * 3 + ["other"]
    assert changes(BEFORE, after)[0].said == "Risk share › Overspends, band 1 › Providers' share: 50% → 5%"


def test_every_part_of_a_scenario_is_of_a_kind() -> None:
    """Only what it is called, and notes, are of none."""
    other = to_document(presets.preset(presets.FIRST))
    told = ("Name", "Story", "Expected answer", "Illustrative")
    found = [one.said for one in changes(BEFORE, other) if one.kind == "other"]
    assert [line for line in found if not line.startswith(told) and not any(part in line for part in NOTES)] == []
    assert {one.kind for one in changes(BEFORE, other)} == set(KINDS)


def test_the_same_change_of_all_partners_is_one_line() -> None:
    after = copy.deepcopy(BEFORE)
    for provider in after["providers"]:
        provider["cost_deviation"]["centre"] = 0.03
    for commissioner in after["commissioners"]:
        commissioner["reserves"] = 5e6
    said = [(one.said, one.entries) for one in changes(BEFORE, after)]
    assert [line for line, _ in said if "providers" in line] == ["Cost uncertainty › Centre, all 6 providers: 0% → 3%"]
    assert sum(entries for _, entries in said) == len(differences(BEFORE, after))


def test_the_same_change_of_some_partners_names_them() -> None:
    after = copy.deepcopy(BEFORE)
    for provider in after["providers"][:2]:
        provider["pooled"] = 0.5
    (one,) = changes(BEFORE, after)
    assert one.said == "Pooled, Housing charity and Council outreach service: 100% → 50%"


def test_other_changes_of_the_same_entry_are_one_line_with_each_partner() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][0]["gain_share"], after["providers"][1]["gain_share"] = 0.05, 0.45
    (one,) = changes(BEFORE, after)
    assert one.said == "Share of gain: Housing charity 33% → 5%, Council outreach service 17% → 45%"
    assert one.entries == 2


def test_a_single_change_is_said_as_anywhere_else() -> None:
    after = copy.deepcopy(BEFORE)
    after["providers"][2]["fee_rate"] = 0.065
    assert [one.said for one in changes(BEFORE, after)] == differences(BEFORE, after)
    assert changes(BEFORE, BEFORE) == []

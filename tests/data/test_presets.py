"""The presets are valid; examples are illustrative and say what the model shows."""

import json
from pathlib import Path

import pytest

from data import presets
from model import tables
from model.acceptance import Position, alliance, positions
from model.documents import from_json, to_json
from model.draw import draw
from model.paths import paths
from model.plan import plan
from model.scores import score
from model.simulate import simulate

GOLDEN = Path(__file__).parent / "golden"
KEPT = ("mean", "sd", "p5", "p50", "p95", "chance_of_pain", "var95", "cvar95")


@pytest.fixture(params=presets.names())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


examples = pytest.mark.parametrize("name", [name for name in presets.names() if name != presets.NEW])


def test_the_five_presets_are_there() -> None:
    expected = {"lambeth-living-well", "lambeth-ipsa", "small-charities", "project-alliance", "separate-contracts"}
    assert expected <= set(presets.names())
    assert presets.names()[0] == presets.FIRST


def test_the_new_alliance_is_last_and_nobodys() -> None:
    scenario = presets.preset(presets.NEW)
    assert presets.names()[-1] == presets.NEW
    assert not scenario.illustrative and not scenario.expected_answer and not scenario.uncertainty.risks
    assert {one.appetite.kind for one in scenario.providers} == {"none"}
    assert {one.appetite.kind for one in scenario.commissioners} == {"none"}
    assert scenario.story == "Figures to be replaced by your own."
    assert [one.name for one in scenario.providers] == ["Provider 1", "Provider 2"]


@examples
def test_a_preset_is_marked_illustrative_and_tells_its_story(name: str) -> None:
    scenario = presets.preset(name)
    assert scenario.illustrative
    assert "illustrative" in scenario.story
    assert scenario.expected_answer


def test_a_preset_file_is_written_as_the_product_writes_it(name: str) -> None:
    text = (presets.FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert to_json(from_json(text)) == text


def test_what_a_preset_says_of_its_results_is_not_said_of_others(name: str) -> None:
    scenario = presets.preset(name)
    dearer = scenario.providers[0].edited(baseline_cost=2 * scenario.providers[0].baseline_cost)
    others = scenario.edited(providers=(dearer, *scenario.providers[1:]))
    assert presets.as_told(scenario)
    assert not presets.as_told(others)
    assert presets.as_told(others.edited(expected_answer="About half."))


def test_no_real_organisation_is_named_as_a_partner(name: str) -> None:
    scenario = presets.preset(name)
    named = " ".join([*(p.name for p in scenario.providers), *(c.name for c in scenario.commissioners)]).casefold()
    for real in ("maudsley", "certitude", "thames reach", "lambeth", "slam"):
        assert real not in named


def test_results_of_a_preset_are_the_golden_ones(name: str) -> None:
    """Golden figures are reviewed as diffs: delete the file, run the test twice, and look at what changed."""
    table = tables.partners(simulate(presets.preset(name), 4_096, 2018))
    found = {partner: {key: row[key] for key in KEPT} for partner, row in table.to_dict(orient="index").items()}
    file = GOLDEN / f"{name}.json"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        rounded = {p: {k: round(v, 4) for k, v in row.items()} for p, row in found.items()}
        file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"no golden figures for {name}; they are now in {file.name}: look at them and run again")
    golden = json.loads(file.read_text(encoding="utf-8"))
    assert found.keys() == golden.keys()
    for partner, row in golden.items():
        for key, value in row.items():
            assert found[partner][key] == pytest.approx(value, rel=1e-6, abs=0.01), f"{partner}: {key}"


def test_separate_contracts_have_the_costs_of_the_alliance_they_replace() -> None:
    from model.plan import plan

    assert plan(presets.preset("separate-contracts")) == plan(presets.preset("lambeth-living-well"))


def test_under_separate_contracts_commissioners_neither_gain_nor_lose() -> None:
    table = tables.partners(simulate(presets.preset("separate-contracts"), 1_024))
    assert table.loc[tables.COMMISSIONERS, "sd"] == 0
    assert table.loc[tables.PROVIDERS, "chance_of_pain"] > 0.3


BLOCK = {
    "lambeth-living-well": ["Recovery charity"],
    "lambeth-ipsa": [],
    "project-alliance": [],
    "separate-contracts": ["Mental health trust", "Adult social care", "Community charity", "Recovery charity"],
    "small-charities": ["Advice charity", "Peer support charity"],
}
"""Who refuses, as the stories say."""


def stand(name: str) -> tuple[Position, ...]:
    scenario = presets.preset(name)
    outcomes = draw(plan(scenario), 16_384, 2018)
    return positions(scenario, paths(scenario, outcomes, score(scenario.framework, outcomes.kpis)))


@examples
def test_a_story_says_who_accepts_and_who_blocks(name: str) -> None:
    found = stand(name)
    refusing = [one.partner for one in found if one.verdict == "refuses"]
    assert refusing == BLOCK[name] and alliance(found) == ("refuses" if refusing else "accepts")
    story = presets.preset(name).expected_answer
    if not refusing:
        assert "everybody would sign." in story
    elif len(refusing) < 4:
        assert all(partner in story for partner in refusing)
    else:
        assert "None of the four providers would sign" in story


def test_positions_of_a_preset_are_the_golden_ones(name: str) -> None:
    """Figures and slacks of every test of every partner, within rounding."""
    found = {one.partner: {cell.test: [cell.figure, cell.slack] for cell in one.cells} for one in stand(name)}
    file = GOLDEN / f"{name}-positions.json"
    if not file.exists():
        rounded = {p: {test: [round(v, 4) for v in row] for test, row in cells.items()} for p, cells in found.items()}
        file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"no golden positions for {name}; they are now in {file.name}: look at them and run again")
    golden = json.loads(file.read_text(encoding="utf-8"))
    assert {p: list(cells) for p, cells in found.items()} == {p: list(cells) for p, cells in golden.items()}
    for partner, cells in golden.items():
        for test, figures in cells.items():
            assert found[partner][test] == pytest.approx(figures, rel=1e-6, abs=1e-3)

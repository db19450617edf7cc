"""What may vary in a search: every design of a space is a contract, and today's is one of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import presets
from model.amounts import Uncapped
from model.looks import Problem, levers, made
from model.space import Designs, DesignSpace, Vary
from model.splits import splits

N, SEED = 160, 2018


def whole(preset: str) -> Designs:
    """Everything that may vary, from end to end."""
    scenario = presets.preset(preset)
    terms = tuple(Vary(lever.name, lever.low, lever.high) for lever in levers(scenario, N, SEED))
    return made(Problem(scenario, DesignSpace(terms, stated=("gain", "pain")), N, SEED))


each_preset = pytest.mark.parametrize("preset", presets.names())


@each_preset
def test_the_point_of_today_is_the_scenario(preset: str) -> None:
    designs = whole(preset)
    found = designs.at(designs.today())
    assert found is not None
    again, now = designs.values(found), designs.values(designs.scenario)
    for lever in designs.levers:
        assert again[lever.name] == pytest.approx(min(now[lever.name], max(lever.high, now[lever.name])), abs=1e-6)


@each_preset
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_every_point_is_a_contract_whose_terms_lie_between_their_ends(preset: str, data: st.DataObject) -> None:
    designs = whole(preset)
    point = data.draw(st.lists(st.floats(0, 1), min_size=designs.size, max_size=designs.size))
    for decimals in (None, 0, 2):
        found = designs.at(point, decimals)
        assert found is not None
        for lever in designs.levers:
            assert lever.low - 1e-9 <= lever.value(found)
        for side in ("gain", "pain"):
            assert sum(getattr(p, f"{side}_share") for p in found.providers) == pytest.approx(1, abs=1e-9)


def test_terms_are_rounded_to_their_steps() -> None:
    designs = whole("lambeth-living-well")
    found = designs.at(np.full(designs.size, 0.123456).tolist(), 0)
    assert found is not None
    for lever in designs.levers:
        steps = lever.value(found) / lever.step
        assert steps == pytest.approx(round(steps), abs=1e-6)


def test_a_split_is_in_proportion_to_the_numbers_of_its_point() -> None:
    scenario = presets.preset("lambeth-living-well")
    designs = made(Problem(scenario, DesignSpace(stated=("pain",)), N, SEED))
    found = designs.at((0.2, 0.4, 0.2, 0.0))
    assert found is not None
    assert [p.pain_share for p in found.providers] == pytest.approx([0.25, 0.5, 0.25, 0.0])
    assert [p.gain_share for p in found.providers] == [p.gain_share for p in scenario.providers]
    nothing = designs.at((0.0, 0.0, 0.0, 0.0))
    assert nothing is not None
    assert [p.pain_share for p in nothing.providers] == pytest.approx([0.25] * 4)


def test_a_rule_takes_an_equal_part_of_its_number() -> None:
    scenario = presets.preset("lambeth-living-well")
    rules = tuple(splits(scenario))
    designs = made(Problem(scenario, DesignSpace(rules=rules), N, SEED))
    assert [designs.rule([(i + 0.5) / len(rules)]) for i in range(len(rules))] == list(rules)
    assert designs.rule([1.0]) == rules[-1]
    assert designs.at([0.0]) == scenario


def test_no_cap_stays_none_at_the_upper_end() -> None:
    uncapped = presets.preset("lambeth-living-well")
    uncapped = uncapped.edited(risk_share=uncapped.risk_share.edited(total_pain_cap=Uncapped()))
    (cap,) = (lever for lever in levers(uncapped, N, SEED) if lever.name.startswith("Cap"))
    designs = made(Problem(uncapped, DesignSpace((Vary(cap.name, cap.low, cap.high),)), N, SEED))
    assert designs.at((1.0,)) == uncapped
    lower = designs.at((0.5,))
    assert lower is not None
    assert cap.value(lower) < cap.high

"""What a found design moves, in the words of what may vary."""

import pytest

from data import presets
from model.allocation import Equal
from model.amounts import OfFee, Uncapped
from model.looks import Problem, levers, made
from model.moves import distance, moves
from model.scenario import Scenario
from model.space import DesignSpace, Vary
from model.terms import terms

N, SEED = 160, 2018
LAMBETH = presets.preset("lambeth-living-well")


def said(after: Scenario) -> list[str]:
    return moves(levers(LAMBETH, N, SEED), LAMBETH, after)


def test_nothing_is_said_of_the_same_design() -> None:
    assert said(LAMBETH) == []


def test_a_term_is_named_as_on_the_page_with_its_unit() -> None:
    (share, *_) = levers(LAMBETH, N, SEED)
    assert share.value(LAMBETH) == 0.5
    name = "Providers' share of overspends, first 5% (the rest in proportion)"
    assert said(share.apply(LAMBETH, 0.25)) == [f"{name}: 50% → 25%"]
    capped = LAMBETH.edited(risk_share=LAMBETH.risk_share.edited(total_pain_cap=OfFee(part=0.5)))
    assert said(capped) == ["Cap on the providers' total pain: 100% of fee → 50% of fee"]


def test_a_cap_that_is_taken_away_is_none() -> None:
    uncapped = LAMBETH.edited(risk_share=LAMBETH.risk_share.edited(total_pain_cap=Uncapped()))
    assert said(uncapped) == ["Cap on the providers' total pain: 100% of fee → none"]


def test_another_way_to_split_says_what_it_makes_of_each_part() -> None:
    equal = LAMBETH.edited(risk_share=LAMBETH.risk_share.edited(pain_allocation=Equal()))
    *parts, rule = said(equal)
    assert rule == "How they share pain: as stated → equal"
    assert all(line.startswith("Share of pain of ") and line.endswith(" → 25%") for line in parts)


@pytest.mark.parametrize("preset", presets.names())
def test_every_term_that_moves_is_told(preset: str) -> None:
    scenario = presets.preset(preset)
    every = levers(scenario, N, SEED)
    for lever in every:
        (moved,) = [made(Problem(scenario, DesignSpace((Vary(lever.name, lever.low, lever.high),)), N, SEED))]
        design = moved.at((0.37,))
        assert design is not None
        assert [line.split(":")[0] for line in moves(every, scenario, design)] == [lever.name]


def test_how_much_a_design_changes_adds_up_parts_of_ranges_and_what_changes_hands() -> None:
    every = levers(LAMBETH, N, SEED)
    (share, *_) = every
    assert distance(every, LAMBETH, LAMBETH) == 0
    assert distance(every, LAMBETH, share.apply(LAMBETH, 0.25)) == pytest.approx(0.25)
    equal = LAMBETH.edited(risk_share=LAMBETH.risk_share.edited(pain_allocation=Equal()))
    before = terms(LAMBETH).pain_split[0]
    assert distance(every, LAMBETH, equal) == pytest.approx(abs(before - 1 / len(before)).sum() / 2)
    uncapped = LAMBETH.edited(risk_share=LAMBETH.risk_share.edited(total_pain_cap=Uncapped()))
    assert 0 <= distance(every, LAMBETH, uncapped) <= 1

"""Designs settled from what no term moves: the same pounds as by the full settlement."""

import numpy as np
import pytest
from hypothesis import given

from data import presets
from model.appetite import InPounds
from model.draw import draw
from model.incentives import Drawn, pence
from model.looks import Problem, levers, made
from model.paths import paths
from model.plan import plan
from model.ready import Ready
from model.scenario import Scenario
from model.scores import score
from model.simulate import resettle
from model.space import DesignSpace, Vary
from model.tables import PROVIDERS
from model.terms import terms
from tests.model.strategies import BASES, anyhow, scenarios

N, SEED = 512, 2018
SAME = 1e-9
"""Of the largest amount."""
SAME_SLOPE = 1e-6
"""Of a pound: what the smallness of the step leaves of double precision."""


def check(scenario: Scenario, design: Scenario, draws: int = N) -> None:
    """A design on the ready draws of a scenario brings what the full settlement says."""
    outcomes = draw(plan(scenario), draws, SEED)
    scores = score(scenario.framework, outcomes.kpis)
    found, expected = Ready(scenario, outcomes, scores).brought(design), paths(design, outcomes, scores)
    largest = max(1.0, float(np.abs(expected.total).max()), float(np.abs(expected.lowest).max()))
    assert np.abs(found.paths.total - expected.total).max() <= SAME * largest
    assert np.abs(found.paths.lowest - expected.lowest).max() <= SAME * largest
    if found.paths.least is not None:
        assert expected.least is not None
        assert np.abs(found.paths.least - expected.least).max() <= SAME * largest
    true = pence(Drawn(design, outcomes, scores, resettle(design, outcomes, scores)), None)["true"]
    assert found.incentive == pytest.approx(true[PROVIDERS], abs=SAME_SLOPE * max(1.0, largest / 1e7))


@anyhow
@given(scenarios())
def test_every_alliance_brings_what_its_full_settlement_says(scenario: Scenario) -> None:
    for basis in BASES:
        agreed = scenario.edited(risk_share=scenario.risk_share.edited(basis=basis))
        check(agreed, agreed)


def ends(preset: str) -> list[tuple[Scenario, Scenario]]:
    """A preset, and designs in which all that may vary stands at a third and at two thirds of its way."""
    scenario = presets.preset(preset)
    vary = tuple(Vary(lever.name, lever.low, lever.high) for lever in levers(scenario, N, SEED))
    all_of = made(Problem(scenario, DesignSpace(vary, stated=("gain", "pain")), N, SEED))
    designs = [all_of.at([part] * all_of.size) for part in (1 / 3, 2 / 3)]
    return [(scenario, design) for design in designs if design is not None]


@pytest.mark.parametrize("preset", presets.names())
def test_every_term_of_a_preset_that_varies_brings_what_the_full_settlement_says(preset: str) -> None:
    assert ends(preset)
    for scenario, design in ends(preset):
        check(scenario, design)
        check(scenario, scenario)


def test_the_least_year_is_what_the_full_settlement_says() -> None:
    appetite = InPounds(year_loss=40_000.0)
    for scenario, design in ends(presets.FIRST):
        one, *others = scenario.providers
        asking = (one.edited(appetite=appetite), *others)
        check(scenario.edited(providers=asking), design.edited(providers=asking))


@pytest.mark.parametrize("preset", presets.names())
def test_no_term_that_varies_moves_a_target_a_fee_or_what_is_pooled(preset: str) -> None:
    for scenario, design in ends(preset):
        before, after = terms(scenario), terms(design)
        for name in ("target", "fee", "fee_on_actual", "pooled", "contribution", "prices"):
            assert (getattr(before, name) == getattr(after, name)).all(), name


def test_draws_in_several_blocks_are_settled_as_in_one() -> None:
    scenario, design = ends(presets.FIRST)[0]
    check(scenario, design, 20_000)

"""Targets that follow prices: then prices move nothing but the size of the pound."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.amounts import Pounds
from model.bands import Band
from model.base import Floats
from model.basis import CarryForward, Cumulative, Yearly
from model.distributions import Fixed, Normal
from model.draw import draw
from model.ledger import Ledger
from model.plan import plan
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.scores import score
from model.settle import settle
from model.simulate import simulate
from model.terms import priced, terms
from tests.model.build import (
    MILLION,
    PENNY,
    apart,
    framework,
    kpi,
    performance,
    provider,
    providers,
    scenario,
    share,
    uncertain,
)
from tests.model.strategies import BASES, anyhow, brought_forward, outturns, price_indices, scenarios

SEED = 2018
DEAR = Normal(mean=0.02, sd=0.03)
seeds = st.integers(0, 2**32 - 1)


def following(scenario: Scenario, reindexed: bool = True, **terms: Any) -> Scenario:
    """The scenario with a target that follows prices, or does not, and other terms of the risk share."""
    return scenario.edited(
        baseline=scenario.baseline.edited(reindexed=reindexed), risk_share=scenario.risk_share.edited(**terms)
    )


def at(scenario: Scenario, prices: Floats, seed: int, owed: float = 0.0) -> tuple[Ledger, Ledger]:
    """The ledgers of the same outturns at these prices and as planned: costs, and what was owed, in proportion."""
    costs, kpis = outturns(scenario, prices.shape[1], seed)
    scores = score(scenario.framework, kpis)
    dear = settle(priced(scenario, prices), costs * prices[:, None], scores, brought_forward=owed * float(prices[0, 0]))
    return dear, settle(terms(scenario), costs, scores, brought_forward=owed)


# Whole alliances ------------------------------------------------------------------------------------------------


def dear_alliance(reindexed: bool, **changes: Any) -> Scenario:
    """Three providers who deliver every saving that is required of them, three years, prices that differ from plan."""
    ordinary: dict[str, Any] = {
        "years": 3,
        "providers": providers(0.5, 0.3, 0.2, required_saving=0.1),
        "baseline": Baseline(price_growth=0.03, reindexed=reindexed),
        "uncertainty": uncertain().edited(prices=DEAR),
    }
    return scenario(**ordinary | changes)


@pytest.mark.parametrize("method", ["sobol", "plain"])
@pytest.mark.parametrize("basis", BASES, ids=repr)
def test_where_the_target_follows_prices_nobody_gains_or_loses_by_them(basis: Any, method: Any) -> None:
    results = simulate(dear_alliance(True, risk_share=share(basis=basis)), 1000, SEED, method)
    assert np.abs(results.total).max() < PENNY
    assert np.abs(results.providers).max() < PENNY
    assert np.abs(results.commissioners).max() < PENNY


@pytest.mark.parametrize("method", ["sobol", "plain"])
def test_where_it_does_not_the_prices_fall_on_the_saving(method: Any) -> None:
    """Each year's saving is target × (1 − index), half of it the providers', in their parts."""
    fixed = dear_alliance(False)
    results, prices = simulate(fixed, 1000, SEED, method), draw(plan(fixed), 1000, SEED, method).prices
    saving = fixed.target_cost().sum(axis=1, keepdims=True) * (1 - prices)
    assert np.abs(saving).max() > 10 * MILLION
    assert apart(results.providers, 0.5 * saving) < PENNY
    assert apart(results.commissioners, 0.5 * saving) < PENNY
    assert apart(results.total[:3], np.multiply.outer([0.25, 0.15, 0.1], saving.sum(axis=0))) < PENNY


@anyhow
@given(scenarios(), st.integers(0, 1000))
def test_a_year_drawn_at_other_prices_is_the_same_year_in_dearer_pounds(case: Scenario, seed: int) -> None:
    """Plain draws, so that all else has the same random numbers; risks cost pounds that prices leave alone."""
    certain = case.uncertainty.edited(risks=(), prices=Fixed(value=0.0))
    planned = following(case.edited(uncertainty=certain), basis=Yearly())
    dear = planned.edited(uncertainty=certain.edited(prices=DEAR))
    there, here = (simulate(each, 320, seed, "plain") for each in (dear, planned))
    prices = draw(plan(dear), 320, seed, "plain").prices
    assert prices.std() > 0.01
    assert apart(there.providers, prices * here.providers) < PENNY
    assert apart(there.commissioners, prices * here.commissioners) < PENNY


# Every contract -------------------------------------------------------------------------------------------------


@anyhow
@given(scenarios(), seeds)
def test_settling_dearer_costs_at_their_prices_is_settling_in_dearer_pounds(case: Scenario, seed: int) -> None:
    """The settlement at prices I of costs C is I × that at planned prices of costs C / I, in every line and year."""
    yearly = following(case, basis=Yearly())
    prices = price_indices(yearly.term.horizon, 100, seed)
    dear, planned = at(yearly, prices, seed)
    for line in ("saving", "providers_part", "cost_component", "performance_component", "phased", "due"):
        assert apart(getattr(dear, line), prices * getattr(planned, line)) < PENNY
    for line in ("allocated", "limb3", "fee", "result", "gain", "commissioners"):
        assert apart(getattr(dear, line), prices[:, None] * getattr(planned, line)) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_prices_that_are_dearer_by_the_same_part_in_every_year_scale_a_whole_term(case: Scenario, seed: int) -> None:
    """On every settlement basis."""
    for basis in BASES:
        term = following(case, basis=basis)
        prices = np.repeat(price_indices(1, 1, seed), term.term.horizon, axis=0)
        dear, planned = at(term, prices, seed, brought_forward(term, seed))
        assert apart(dear.limb3, prices[:, None] * planned.limb3) < PENNY
        assert apart(dear.gain, prices[:, None] * planned.gain) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_books_balance_at_any_prices_on_every_basis(case: Scenario, seed: int) -> None:
    for basis in BASES:
        term = following(case, basis=basis)
        prices = price_indices(term.term.horizon, 100, seed)
        dear, _ = at(term, prices, seed)
        saved = (term.target_cost()[:, :, None] * prices[:, None] - dear.costs).sum(axis=1)
        assert apart(dear.gain.sum(axis=1) + dear.commissioners.sum(axis=1), saved) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_a_target_that_does_not_follow_prices_has_the_terms_as_planned(case: Scenario, seed: int) -> None:
    fixed = following(case, reindexed=False)
    costs, kpis = outturns(fixed, 50, seed)
    scores, prices = score(fixed.framework, kpis), price_indices(fixed.term.horizon, 50, seed)
    here, there = (settle(each, costs, scores) for each in (priced(fixed, prices), terms(fixed)))
    assert (here.gain == there.gain).all() and (here.commissioners == there.commissioners).all()


# Worked figures -------------------------------------------------------------------------------------------------

PRICES = np.array([[1.1], [1.2]])
"""Target cost £100m a year, fee £5m, at prices of 110% and then 120%."""


def limb3(saved: tuple[float, float], ops: float = 0.0, **changes: Any) -> list[float]:
    """Limb 3 of the only provider in both years, £m, when it saves so many £m against the dearer target."""
    only = changes.pop("provider", provider())
    case = scenario(
        years=2,
        providers=(only,),
        baseline=Baseline(price_growth=0.0, reindexed=True),
        framework=framework(kpi()),
        risk_share=share(**changes),
    )
    costs = (100 * MILLION * PRICES - MILLION * np.array(saved)[:, None])[:, None]
    ledger = settle(priced(case, PRICES), costs, performance(2, ops))
    return [round(float(amount) / MILLION, 9) for amount in ledger.limb3[:, 0, 0]]


BANDS = (Band(up_to_pounds=10 * MILLION, share=0.5), Band(up_to_pounds=20 * MILLION, share=0.2))
CAP = Pounds(amount=2 * MILLION)


def test_bands_in_pounds_end_at_the_prices_of_the_year() -> None:
    """£10m at half and £10m at a fifth are £11m and £11m, then £12m and £12m; beyond, nothing."""
    assert limb3((11, 12), gain_bands=BANDS) == [5.5, 6.0]
    assert limb3((30, 20), gain_bands=BANDS) == [5.5 + 2.2, 6.0 + 1.6]
    assert limb3((-30, -20), pain_bands=BANDS) == [-7.7, -7.6]


def test_caps_and_the_performance_pool_in_pounds_follow_prices() -> None:
    capped: list[dict[str, Any]] = [
        {f"{what}_{side}_cap": CAP} for side in ("pain", "gain") for what in ("cost", "total")
    ]
    for each in capped[:2]:
        assert limb3((-30, -30), **each) == [-2.2, -2.4]
    for each in capped[2:]:
        assert limb3((30, 30), **each) == [2.2, 2.4]
    assert limb3((-30, -30), provider=provider(pain_cap=CAP)) == [-2.2, -2.4]
    assert limb3((30, 30), provider=provider(gain_cap=CAP)) == [2.2, 2.4]
    assert limb3((0, 0), ops=100.0, performance=PerformancePool(pool=CAP)) == [2.2, 2.4]


def test_caps_and_bands_of_a_whole_term_are_those_of_its_years_at_their_prices() -> None:
    """A band of £10m a year ends at £23m over both; a cap of £2m a year is £4.6m."""
    assert sum(limb3((40, 6), gain_bands=BANDS, basis=Cumulative())) == pytest.approx(11.5 + 4.6)
    assert sum(limb3((-40, -40), provider=provider(pain_cap=CAP), basis=Cumulative())) == pytest.approx(-4.6)
    assert limb3((-40, -40), provider=provider(pain_cap=CAP), basis=CarryForward()) == [0.0, -4.6]


def test_fees_follow_prices_as_well() -> None:
    case = scenario(years=2, baseline=Baseline(price_growth=0.0, reindexed=True))
    costs = (100 * MILLION * PRICES)[:, None]
    ledger = settle(priced(case, PRICES), costs, performance(2))
    assert ledger.fee[:, 0, 0] / MILLION == pytest.approx([5.5, 6.0])

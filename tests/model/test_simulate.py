"""Draws and settlements together: whole alliances against exact answers.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from model.amounts import Pounds
from model.bands import Band
from model.base import Floats
from model.corridors import DeductibleCorridor
from model.distributions import Fixed, Normal
from model.draw import draw
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.simulate import Results, resettle, resettled, simulate, totals
from model.statistics import summary
from model.terms import terms
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
from tests.model.strategies import anyhow, scenarios

N, SEED = 65_536, 2018
SE = 4.0
SHARE = 0.3
CAPS = {"cost_gain_cap": Pounds(amount=1.0 * MILLION), "cost_pain_cap": Pounds(amount=0.75 * MILLION)}
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])


def saving_2_5(**terms: Any) -> Scenario:
    """Target £100m and a saving S ~ N(2, 5) in millions, of which the provider's part is 0.3."""
    flat = (Band(up_to=None, share=SHARE),)
    return scenario(
        providers=(provider(cost_deviation=Normal(mean=-0.02, sd=0.05)),),
        risk_share=share(gain_bands=flat, pain_bands=flat, **terms),
    )


def chance_error(p: float) -> float:
    return float(np.sqrt(p * (1 - p) / N))


def is_near(found: Floats, expected: float) -> bool:
    """Whether the mean is right to within its standard error."""
    return bool(abs(found.mean() - expected) < SE * found.std() / np.sqrt(found.size))


@BOTH_METHODS
def test_a_capped_share_of_a_normal_saving(method: Method) -> None:
    """T4."""
    results = simulate(saving_2_5(**CAPS), N, SEED, method)
    assert is_near(results.total[0] / MILLION, 0.331082)
    for cap, p in (("Cap on cost gain", 0.394863), ("Cap on cost pain", 0.184060)):
        assert results.binding[cap] == pytest.approx([p, p], abs=SE * chance_error(p))


@BOTH_METHODS
def test_a_deductible_corridor_on_a_normal_saving(method: Method) -> None:
    """T4c."""
    corridor = DeductibleCorridor(width=0.01)
    results = simulate(saving_2_5(gain_corridor=corridor, pain_corridor=corridor), N, SEED, method)
    assert is_near(results.total[0] / MILLION, 0.507333)


def test_true_pence_per_pound() -> None:
    """T5: what one pound more saved brings on average, and the share times the chance of being inside both caps."""
    capped = saving_2_5(**CAPS)
    outcomes = draw(plan(capped), N, SEED)
    here, there = (
        settle(terms(capped), costs, performance(1, np.zeros(N))) for costs in (outcomes.costs, outcomes.costs - 1)
    )
    inside = (here.cost_component > -0.75 * MILLION) & (here.cost_component < 1.0 * MILLION)
    error = SHARE * chance_error(0.126323 / SHARE)
    assert SHARE * inside.mean() == pytest.approx(0.126323, abs=SE * error)
    assert (there.gain - here.gain).mean() == pytest.approx(0.126323, abs=SE * error)


@BOTH_METHODS
def test_separate_contracts_win_or_lose_together_by_chance(method: Method) -> None:
    """T15: zero means, equal correlation 0.5: two partners 2/3, three partners 1/2; one common pool always."""
    for n, pooled, p in ((2, 0.0, 2 / 3), (3, 0.0, 1 / 2), (3, 1.0, 1.0)):
        members = providers(*[1 / n] * n, pooled=pooled, cost_deviation=Normal(mean=0, sd=0.05))
        results = simulate(scenario(providers=members, uncertainty=uncertain(between_costs=0.5)), N, SEED, method)
        gains = results.total[:n]
        together = ((gains >= 0).all(axis=0) | (gains <= 0).all(axis=0)).mean()
        assert together == pytest.approx(p, abs=SE * chance_error(p))


def test_plain_draws_report_their_own_error() -> None:
    """T18 through the whole model: the spread of the results over seeds is the error that each reports."""
    seeds, n = 60, 2000
    alone = scenario(providers=(provider(pooled=0.0, cost_deviation=Normal(mean=-0.01, sd=0.02)),))
    found = [summary(simulate(alone, n, seed, "plain").total[0]) for seed in range(seeds)]
    for name in ("mean", "chance_of_pain", "p95"):
        spread = np.var([each.values[name] for each in found], ddof=1)
        stated = np.mean([each.errors[name] ** 2 for each in found])
        error = np.sqrt(2 / (seeds - 1) + 2 / 7 / seeds)
        assert spread / stated == pytest.approx(1, abs=SE * error)


def test_sobol_errors_cover_the_truth() -> None:
    """The exact mean of T4 lies within the reported errors: t with 7 degrees of freedom passes 6.1 once in 2,000."""
    for seed in range(10):
        found = summary(simulate(saving_2_5(**CAPS), 4096, seed).total[0] / MILLION)
        assert abs(found.values["mean"] - 0.331082) < 6.1 * found.errors["mean"] + 5e-7


@anyhow
@given(scenarios())
def test_the_books_of_every_simulated_alliance_balance(scenario: Scenario) -> None:
    n = 320
    outcomes = draw(plan(scenario), n, SEED)
    prices = outcomes.prices if scenario.baseline.reindexed else np.ones((1, 1))
    saved = scenario.target_cost()[:, :, None] * prices[:, None] - outcomes.costs
    results = simulate(scenario, n, SEED)
    assert apart(results.total.sum(axis=0), saved.sum(axis=(0, 1))) < PENNY
    assert apart(results.providers + results.commissioners, saved.sum(axis=1)) < PENNY
    last = scenario.term.horizon - 1
    settled = resettle(scenario, outcomes, score(scenario.framework, outcomes.kpis), last)
    assert settled.in_year is not None
    assert apart(settled.in_year.sum(axis=0), saved[last].sum(axis=0)) < PENNY
    assert apart(settled.total, results.total) < PENNY
    assert apart(settled.mean_ops, results.mean_ops) < 1e-9
    assert (totals(scenario, n, SEED) == results.total).all()
    assert (resettled(scenario, outcomes, score(scenario.framework, outcomes.kpis)) == settled.total).all()
    assert apart(results.total[len(scenario.providers) :].sum(axis=0), results.commissioners.sum(axis=0)) < PENNY
    for name, often in results.binding.items():
        assert apart(settled.binding[name], often) < 1e-12
        assert (often >= 0).all() and (often <= 1 + 1e-12).all()
        assert often[-1] >= often[:-1].max() - 1e-12


def uneven(**changes: Any) -> Scenario:
    indicators = framework(kpi("A", weight=0.5, deviation=Normal(mean=0, sd=9)), kpi("B", weight=0.5))
    members = providers(0.5, 0.5, cost_deviation=Normal(mean=0, sd=0.05))
    ordinary: dict[str, Any] = {"providers": members, "framework": indicators}
    return scenario(years=3, **ordinary | changes)


@BOTH_METHODS
def test_the_same_scenario_gives_the_same_results(method: Method) -> None:
    first, again, other = (simulate(uneven(), 1000, seed, method).total for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_designs_are_compared_on_the_same_futures() -> None:
    """Common random numbers: halving every share halves every gain, draw by draw."""
    half, quarter = (share(gain_bands=(b,), pain_bands=(b,)) for b in (Band(up_to=None, share=s) for s in (0.5, 0.25)))
    more, less = (simulate(uneven(risk_share=terms), 1000).total[:2] for terms in (half, quarter))
    assert apart(more, 2 * less) < PENNY


def test_results_keep_years_only_where_asked() -> None:
    results: Results = simulate(uneven(), 200)
    assert results.in_year is None
    assert results.total.shape == (3, 200)
    assert results.providers.shape == results.commissioners.shape == (3, 200)
    assert results.mean_ops.shape == (3,)
    outcomes = draw(plan(uneven()), 200, SEED)
    total = np.zeros_like(results.total)
    for t in range(3):
        kept = resettle(uneven(), outcomes, score(uneven().framework, outcomes.kpis), t).in_year
        assert kept is not None
        total += kept
    assert apart(total, results.total) < PENNY


@BOTH_METHODS
@pytest.mark.parametrize("n", [1000, 20_000])
def test_the_number_of_threads_changes_nothing_at_all(n: int, method: Method) -> None:
    one, three = (simulate(uneven(), n, SEED, method, threads) for threads in (1, 3))
    assert (one.total == three.total).all()
    assert (one.mean_ops == three.mean_ops).all()
    drawn = [draw(plan(uneven()), n, SEED, method, threads) for threads in (1, 3)]
    assert (drawn[0].costs == drawn[1].costs).all()
    assert (drawn[0].kpis == drawn[1].kpis).all()


def test_only_caps_that_are_there_are_counted() -> None:
    assert simulate(uneven(), 200).binding == {}
    capped = uneven(
        providers=(uneven().providers[0].edited(pain_cap=Pounds(amount=0)), uneven().providers[1]),
        risk_share=share(total_gain_cap=Pounds(amount=1)),
    )
    binding = simulate(capped, 4096).binding
    assert set(binding) == {"Cap on total gain", "Cap on pain of A"}
    assert binding["Cap on total gain"] + binding["Cap on pain of A"] == pytest.approx(
        [1, 1, 1, 2 * (1 - 1 / 8)], abs=2 * SE * np.sqrt(0.25 / 4096)
    )


def test_a_certain_alliance_has_certain_results() -> None:
    certain = scenario(years=2, providers=(provider(cost_deviation=Fixed(value=0.1)),))
    results = simulate(certain, 160)
    assert apart(results.total, np.repeat([[-10 * MILLION], [-10 * MILLION]], 160, axis=1)) < PENNY


@BOTH_METHODS
def test_more_money_means_the_same_results_in_proportion(method: Method) -> None:
    small, large = (
        simulate(uneven(providers=tuple(p.edited(baseline_cost=cost) for p in uneven().providers)), 500, SEED, method)
        for cost in (10 * MILLION, 70 * MILLION)
    )
    assert apart(large.total, 7 * small.total) < PENNY

"""The uncertain years: the same seed gives the same numbers, and their spread and dependence are those stated.

Tolerances are four standard errors at the number of draws used: a right program fails one such check in 16,000.
"""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats

from model.bands import Band
from model.base import Floats
from model.distributions import Fixed, Normal, Pert, StudentT, Uniform
from model.draw import Outcomes, draw
from model.evidence import Distribution
from model.plan import plan
from model.points import Method
from model.scenario import Baseline, Scenario, Term
from model.scores import score
from model.uncertainty import Risk
from tests.model.build import FALLING, MILLION, RISING, framework, kpi, provider, providers, scenario, share, uncertain

N, SEED = 16_384, 2018
SE = 4.0
SPREAD = Normal(mean=0, sd=0.05)
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
STRIKE = Risk(name="Strike", probability=0.2, impact=Pert(low=0, likely=2 * MILLION, high=10 * MILLION))


def drawn(scenario: Scenario, n: int = N, seed: int = SEED, method: Method = "sobol") -> Outcomes:
    return draw(plan(scenario), n, seed, method)


def uneven(**changes: Any) -> Scenario:
    """Two providers, two KPIs, a risk, three years: something of everything."""
    members = providers(0.5, 0.5, cost_deviation=StudentT(centre=0.01, scale=0.04, df=6), required_saving=0.1)
    indicators = framework(
        kpi("A", weight=0.5, deviation=Normal(mean=0, sd=5)),
        kpi("B", weight=0.5, levels=FALLING, deviation=Uniform(low=-9, high=9), lowest=0),
    )
    some = uncertain(
        STRIKE,
        delivered=Pert(low=0.2, likely=0.7, high=1.1),
        between_costs=0.3,
        between_kpis=0.2,
        cost_and_kpis=-0.15,
        year_to_year=0.6,
    )
    ordinary: dict[str, Any] = {"providers": members, "framework": indicators, "uncertainty": some}
    return scenario(years=3, **ordinary | changes)


def correlation_error(rho: float, n: int = N) -> float:
    """Standard error of a correlation found in n draws."""
    return float((1 - rho**2) / np.sqrt(n))


# Repeatable -----------------------------------------------------------------------------------------------------


@BOTH_METHODS
def test_the_same_seed_gives_the_same_numbers(method: Method) -> None:
    first, again, other = (drawn(uneven(), 1000, seed, method) for seed in (1, 1, 2))
    assert (first.costs == again.costs).all()
    assert (first.kpis == again.kpis).all()
    assert (first.costs != other.costs).mean() > 0.99
    assert (first.kpis != other.kpis).mean() > 0.8


def test_both_methods_agree() -> None:
    """Means and spreads of everything, within the errors of plain draws."""
    net, plain_draws = (drawn(uneven(), N, SEED, method) for method in ("sobol", "plain"))
    for a, b in ((net.costs, plain_draws.costs), (net.kpis, plain_draws.kpis)):
        sd = b.std(axis=-1)
        assert (np.abs(a.mean(axis=-1) - b.mean(axis=-1)) < SE * sd * np.sqrt(2 / N)).all()
        fourth = ((b - b.mean(axis=-1, keepdims=True)) ** 4).mean(axis=-1)
        error = np.sqrt((fourth - sd**4) / N) / (2 * sd)
        assert (np.abs(a.std(axis=-1) - sd) < SE * error * np.sqrt(2)).all()


def test_what_is_certain_takes_no_random_numbers() -> None:
    certain = scenario(years=3, framework=framework(kpi(today=20, expected=50)))
    found = drawn(certain, 100)
    assert (found.costs == 100 * MILLION).all()
    assert found.kpis[:, 0, 0] == pytest.approx([30, 40, 50])
    assert (found.kpis == found.kpis[:, :, :1]).all()


@BOTH_METHODS
def test_a_certain_partner_does_not_move_the_others(method: Method) -> None:
    uncertain_one = provider("A", cost_deviation=SPREAD, gain_share=1, pain_share=1)
    certain = provider("B", gain_share=0, pain_share=0)
    alone = drawn(scenario(providers=(uncertain_one,)), 1000, SEED, method)
    both = drawn(scenario(providers=(uncertain_one, certain)), 1000, SEED, method)
    assert both.costs[:, 0] == pytest.approx(alone.costs[:, 0], rel=1e-12)


@BOTH_METHODS
def test_a_risk_that_is_switched_off_changes_nothing(method: Method) -> None:
    impossible, off = (
        uneven(uncertainty=uneven().uncertainty.edited(risks=(STRIKE.edited(**change),)))
        for change in ({"probability": 0.0}, {"included": False})
    )
    assert (drawn(off, 1000, SEED, method).costs == drawn(impossible, 1000, SEED, method).costs).all()


@BOTH_METHODS
def test_switching_a_risk_on_leaves_all_else_as_it_was(method: Method) -> None:
    without = uneven(uncertainty=uneven().uncertainty.edited(risks=(STRIKE.edited(included=False),)))
    a, b = drawn(uneven(), 1000, SEED, method), drawn(without, 1000, SEED, method)
    assert (a.kpis == b.kpis).all()
    assert (a.costs >= b.costs).all()
    assert (a.costs[:, 0] == b.costs[:, 0]).mean() == pytest.approx(0.8, abs=SE * np.sqrt(0.16 / 3000))


CONTRACT_EDITS: dict[str, dict[str, Any]] = {
    "shares": {"risk_share": share(gain_bands=(Band(up_to=None, share=0.1),), phase_in=(0.5,))},
    "pooling and fees": {
        "providers": tuple(
            p.edited(pooled=0.5, fee_rate=0.1, reserves=1.0, gain_share=1.0 - i, pain_share=float(i))
            for i, p in enumerate(uneven().providers)
        )
    },
    "contingency": {"baseline": Baseline(price_growth=0.0, contingency=0.05)},
    "story": {"story": "Once upon a time", "name": "Another"},
    "gates": {
        "framework": uneven().framework.edited(
            kras=tuple(
                kra.edited(kpis=tuple(k.edited(gate={"level": "poor", "blocks": "all gain"}) for k in kra.kpis))
                for kra in uneven().framework.kras
            )
        )
    },
}
COST_EDITS: dict[str, dict[str, Any]] = {
    "baseline cost": {"providers": tuple(p.edited(baseline_cost=1e6) for p in uneven().providers)},
    "spread": {"providers": tuple(p.edited(cost_deviation=SPREAD) for p in uneven().providers)},
    "price growth": {"baseline": Baseline(price_growth=0.05)},
    "years": {"term": Term(start="2018-04", years=4)},
    "risk": {"uncertainty": uneven().uncertainty.edited(risks=(STRIKE.edited(probability=0.3),))},
    "path of a KPI": {"framework": framework(kpi("A", expected=60))},
}


@pytest.mark.parametrize("edit", CONTRACT_EDITS)
def test_a_change_of_terms_does_not_redraw(edit: str) -> None:
    assert plan(uneven(**CONTRACT_EDITS[edit])).model_dump_json() == plan(uneven()).model_dump_json()


@pytest.mark.parametrize("edit", COST_EDITS)
def test_a_change_of_costs_does_redraw(edit: str) -> None:
    assert plan(uneven().edited(**COST_EDITS[edit])).model_dump_json() != plan(uneven()).model_dump_json()


# Spread ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "deviation",
    [SPREAD, Uniform(low=-0.1, high=0.1), Pert(low=-0.1, likely=0, high=0.3), StudentT(centre=0, scale=0.05, df=6)],
    ids=lambda d: d.kind,
)
@BOTH_METHODS
def test_costs_follow_their_distribution(deviation: Distribution, method: Method) -> None:
    """Kolmogorov-Smirnov: the largest distance passes 2.23/√n once in 10,000 samples."""
    deviations = drawn(scenario(providers=(provider(cost_deviation=deviation),)), method=method).costs[0, 0] / 1e8 - 1
    place = np.sort(deviations)
    middles = (np.arange(N) + 0.5) / N
    expected = deviation.ppf(middles)
    apart = np.abs(np.searchsorted(place, expected) / N - middles).max()
    assert apart < 2.23 / np.sqrt(N)


def test_a_saving_that_half_arrives_costs_the_other_half() -> None:
    late = scenario(providers=(provider(required_saving=0.1),), uncertainty=uncertain(delivered=Fixed(value=0.5)))
    assert drawn(late, 100).costs[0, 0] == pytest.approx(95 * MILLION)
    assert late.target_cost()[0, 0] == pytest.approx(90 * MILLION)


def test_without_a_required_saving_its_delivery_does_not_matter() -> None:
    late = scenario(uncertainty=uncertain(delivered=Fixed(value=0.5)))
    assert (drawn(late, 100).costs == 100 * MILLION).all()


@BOTH_METHODS
def test_costs_and_bounded_kpis_stay_possible(method: Method) -> None:
    wild = scenario(
        providers=(provider(cost_deviation=Normal(mean=0, sd=1)),),
        framework=framework(kpi(deviation=Normal(mean=0, sd=30), lowest=0, highest=25)),
    )
    found = drawn(wild, method=method)
    assert found.costs.min() == 0
    assert (found.kpis.min(), found.kpis.max()) == (0, 25)


def test_a_risk_never_makes_a_cost_negative() -> None:
    wide = Risk(name="Claim", probability=1.0, impact=Normal(mean=0, sd=100 * MILLION))
    assert drawn(scenario(uncertainty=uncertain(wide))).costs.min() >= 0


@BOTH_METHODS
def test_risks_come_as_often_and_cost_as_much_as_stated(method: Method) -> None:
    cost = drawn(scenario(years=2, uncertainty=uncertain(STRIKE)), method=method).costs[:, 0] - 100 * MILLION
    p, mean, sd = STRIKE.probability, STRIKE.impact.mean, STRIKE.impact.sd
    assert (cost >= 0).all()
    assert (cost > 0).mean(axis=-1) == pytest.approx(p, abs=SE * np.sqrt(p * (1 - p) / N))
    variance = p * (sd**2 + mean**2) - (p * mean) ** 2
    assert cost.mean(axis=-1) == pytest.approx(p * mean, abs=SE * np.sqrt(variance / N))
    assert cost[cost > 0].mean() == pytest.approx(mean, abs=SE * sd / np.sqrt((cost > 0).sum()))


def test_a_risk_hits_whom_it_names_in_proportion_to_cost() -> None:
    three = tuple(
        provider(name, baseline_cost=cost, gain_share=part, pain_share=part)
        for name, cost, part in (("A", 10 * MILLION, 0.5), ("B", 30 * MILLION, 0.5), ("C", 60 * MILLION, 0.0))
    )
    sure = Risk(name="Strike", probability=1.0, impact=Fixed(value=400.0), hits=("A", "B"))
    everybody = sure.edited(hits=())
    for risk, parts in ((sure, [100, 300, 0]), (everybody, [40, 120, 240])):
        costs = drawn(scenario(providers=three, uncertainty=uncertain(risk)), 16).costs[0, :, 0]
        assert costs - np.array([10, 30, 60]) * MILLION == pytest.approx(parts)


def test_a_certain_risk_comes_every_year_and_an_impossible_one_never() -> None:
    for chance, cost in ((1.0, 7.0), (0.0, 0.0)):
        risk = Risk(name="Strike", probability=chance, impact=Fixed(value=7.0))
        assert (drawn(scenario(years=2, uncertainty=uncertain(risk)), 1000).costs - 100 * MILLION == cost).all()


# Dependence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.9])
@BOTH_METHODS
def test_one_year_is_tied_to_the_next(rho: float, method: Method) -> None:
    """A first-order autoregression: neighbours correlate by rho, years apart by its powers."""
    tied = scenario(years=4, providers=(provider(cost_deviation=SPREAD),), uncertainty=uncertain(year_to_year=rho))
    found = np.corrcoef(drawn(tied, method=method).costs[:, 0])
    lag = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    error = np.where(lag > 0, (1 - rho ** (2.0 * lag)) / np.sqrt(N), 1e-12)
    assert (np.abs(found - rho ** lag.astype(float)) < SE * error).all()


@pytest.mark.parametrize("rho", [-0.3, 0.0, 0.5])
@BOTH_METHODS
def test_partners_costs_move_together_as_stated(rho: float, method: Method) -> None:
    pair = scenario(providers=providers(0.5, 0.5, cost_deviation=SPREAD), uncertainty=uncertain(between_costs=rho))
    costs = drawn(pair, method=method).costs[0]
    assert np.corrcoef(costs)[0, 1] == pytest.approx(rho, abs=SE * correlation_error(rho))


@BOTH_METHODS
def test_rank_correlations_are_those_of_the_gaussian_copula(method: Method) -> None:
    """T11: Spearman (error after Bonett and Wright), Kendall (after Fieller)."""
    pair = scenario(
        providers=providers(0.5, 0.5, cost_deviation=StudentT(centre=0, scale=0.05, df=6)),
        uncertainty=uncertain(between_costs=0.5),
    )
    costs = drawn(pair, method=method).costs[0]
    spearman, kendall = 0.482584, 1 / 3
    error = (1 - spearman**2) * np.sqrt((1 + spearman**2 / 2) / N)
    assert stats.spearmanr(*costs).statistic == pytest.approx(spearman, abs=SE * error)
    error = (1 - kendall**2) * np.sqrt(0.437 / N)
    assert stats.kendalltau(*costs).statistic == pytest.approx(kendall, abs=SE * error)


def kpi_pair(between_kpis: float, cost_and_kpis: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Cost, values of a KPI where higher is better and of one where lower is, and their scores together."""
    pair = framework(
        kpi("Up", weight=0.5, levels=RISING, deviation=Normal(mean=0, sd=2)),
        kpi("Down", weight=0.5, levels=FALLING, deviation=Normal(mean=0, sd=2)),
    )
    tied = scenario(
        providers=(provider(cost_deviation=SPREAD),),
        framework=pair,
        uncertainty=uncertain(between_kpis=between_kpis, cost_and_kpis=cost_and_kpis),
    )
    found = drawn(tied)
    return found.costs[0, 0], found.kpis[0, 0], found.kpis[0, 1], score(pair, found.kpis).ops[0]


def test_positive_between_costs_and_kpis_means_costly_years_perform_better() -> None:
    cost, up, down, ops = kpi_pair(0.3, 0.4)
    assert np.corrcoef(cost, up)[0, 1] == pytest.approx(0.4, abs=SE * correlation_error(0.4))
    assert np.corrcoef(cost, down)[0, 1] == pytest.approx(-0.4, abs=SE * correlation_error(0.4))
    assert np.corrcoef(cost, ops)[0, 1] > 0.4
    assert np.corrcoef(kpi_pair(0.3, -0.4)[0], kpi_pair(0.3, -0.4)[3])[0, 1] < -0.4


def test_positive_between_kpis_means_that_they_do_well_together() -> None:
    _, up, down, _ = kpi_pair(0.5, 0.0)
    assert np.corrcoef(up, down)[0, 1] == pytest.approx(-0.5, abs=SE * correlation_error(0.5))


def test_overspends_come_with_savings_that_did_not_arrive() -> None:
    """Both are cost: late savings are correlated with overspends upwards, not downwards."""
    tied = scenario(
        providers=providers(0.5, 0.5, required_saving=0.1),
        uncertainty=uncertain(delivered=Uniform(low=0, high=1), between_costs=0.6),
    )
    costs = drawn(tied).costs[0]
    assert np.corrcoef(costs)[0, 1] > 0.5


def edge(**numbers: float) -> Scenario:
    """Four quantities of cost and two KPIs, all uncertain, with these correlations and no others."""
    return scenario(
        providers=providers(0.5, 0.5, cost_deviation=SPREAD, required_saving=0.1),
        framework=framework(*(kpi(name, weight=0.5, deviation=SPREAD) for name in "AB")),
        uncertainty=uncertain(delivered=Uniform(low=0, high=1), **numbers),
    )


@pytest.mark.parametrize(
    "numbers",
    [
        {"between_costs": 1.0, "between_kpis": 1.0, "cost_and_kpis": 1.0},
        {"between_costs": -1 / 3},
        {"cost_and_kpis": 8**-0.5},
    ],
    ids=str,
)
def test_correlations_that_are_just_possible_can_be_drawn(numbers: dict[str, float]) -> None:
    assert np.isfinite(drawn(edge(**numbers), 160).costs).all()


@pytest.mark.parametrize("beyond", [1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8])
@pytest.mark.parametrize(("name", "limit"), [("between_costs", -1 / 3), ("cost_and_kpis", 8**-0.5)])
def test_correlations_a_hair_beyond_are_refused_or_drawn(name: str, limit: float, beyond: float) -> None:
    """A scenario is valid or it does not exist: what is accepted can be drawn, rounding and all."""
    try:
        accepted = edge(**{name: limit * (1 + beyond)})
    except ValidationError:
        return
    assert np.isfinite(drawn(accepted, 160).costs).all()

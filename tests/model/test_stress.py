"""Each stress does what its sentence says, on the same random numbers, and the books still balance."""

import numpy as np
import pytest

from data import presets
from model.acceptance import positions
from model.amounts import Pounds
from model.base import Floats
from model.basis import Cumulative
from model.comparison import futures
from model.distributions import Fixed, Normal, Pert
from model.draw import draw
from model.effects import MEASURES, Effect, caps, change, effect, settled
from model.failing import ProviderFails
from model.framework import Gate
from model.happening import RiskHappens, RiskSwitch, switches
from model.paths import paths
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.scores import score
from model.simulate import Case, simulate
from model.stress import (
    CorrelationsDoubled,
    CostsWorse,
    InflationShock,
    KpisAt,
    OneDearer,
    SavingsLate,
    Single,
    Stress,
    Together,
)
from model.uncertainty import KpiEffect, Mitigation, Risk
from tests.model import build

N = 512
SEED = 3
SINGLE: tuple[Single, ...] = (
    CostsWorse(0.03),
    CostsWorse(0.04, (0, 1)),
    OneDearer(0, 0.05),
    SavingsLate(),
    InflationShock(0.03),
    KpisAt("failure", (0, 1)),
    CorrelationsDoubled(),
    ProviderFails(0, 1, 0.15),
)
STRESSES: tuple[Stress, ...] = (*SINGLE, RiskSwitch(0, "left out"), RiskHappens(0, 0), Together(SINGLE))


def gains(scenario: Scenario, stress: Stress, n: int = N) -> Floats:
    """Each partner's gain over the term, £m, (N, draws)."""
    case = Case.of(scenario)
    return settled(stress.apply(case), case.plan, n, SEED).paths.total / build.MILLION


def effects(scenario: Scenario, stress: Stress | None = None, n: int = N) -> Effect:
    """What is kept of it."""
    case = Case.of(scenario)
    return effect(settled(stress.apply(case) if stress else case, case.plan, n, SEED))


def certain(scenario: Scenario, stress: Stress) -> list[float]:
    """The same where nothing is uncertain."""
    found = gains(scenario, stress, 160)
    assert np.ptp(found, axis=1).max() < 1e-9
    return [round(float(gain), 6) for gain in found[:, 0]]


def test_costs_three_percent_higher_are_three_percent_of_planned_cost_over_target() -> None:
    assert certain(build.scenario(years=2), CostsWorse(0.03)) == [-3.0, -3.0]
    assert certain(build.scenario(years=2), CostsWorse(-0.02)) == [2.0, 2.0]


def test_costs_may_be_higher_in_some_years_alone() -> None:
    three = build.scenario(years=3)
    assert certain(three, CostsWorse(0.04, (0, 1))) == [-4.0, -4.0]
    assert certain(three, CostsWorse(0.04, (0, 2))) == certain(three, CostsWorse(0.04))
    labels = three.term.labels()
    assert CostsWorse(0.04, (1, 1)).name(three) == f"Costs 4% higher, {labels[1]}"
    assert f"cost 4% more in {labels[1]} of every future" in CostsWorse(0.04, (1, 1)).sentence(three)


def test_only_one_provider_may_be_dearer() -> None:
    three = build.scenario(years=1, providers=build.providers(0.5, 0.3, 0.2))
    # B's £100m cost £10m more: half of it is the providers', who share it as ever.
    assert certain(three, OneDearer(1, 0.1)) == [-2.5, -1.5, -1.0, -5.0]
    assert certain(build.scenario(years=2), OneDearer(0, 0.03)) == certain(build.scenario(years=2), CostsWorse(0.03))


def test_savings_a_year_late_save_what_was_due_the_year_before() -> None:
    saving = build.scenario(
        years=3,
        providers=(build.provider(required_saving=0.1),),
        baseline=Baseline(price_growth=0.0, saving_phasing=(0.5, 1.0)),
    )
    # Targets £95m, £90m, £90m; late savings of 0, £5m and £10m: £5m and £5m over, nothing in the third year.
    assert certain(saving, SavingsLate()) == [-5.0, -5.0]
    slow = saving.edited(uncertainty=saving.uncertainty.edited(delivered_by_year=(0.2, 0.6, 1.0)))
    # Savings of £1m, £6m and £10m come to 0, £1m and £6m: £5m, £9m and £4m over.
    assert certain(slow, SavingsLate()) == [-9.0, -9.0]


def test_savings_a_year_late_where_none_are_required_change_nothing() -> None:
    assert certain(build.scenario(years=2), SavingsLate()) == [0.0, 0.0]


def test_an_inflation_shock_stays_and_the_target_does_not_follow() -> None:
    # £100m, £103m, £106.09m against £100m each.
    assert certain(build.scenario(years=3), InflationShock(0.03)) == [-4.545, -4.545]
    assert certain(build.scenario(years=4), InflationShock(0.03, 1, 1)) == [-4.5, -4.5]


def test_points_of_inflation_come_on_top_of_what_prices_grow_by_in_the_plan() -> None:
    grown = build.scenario(years=2, baseline=Baseline(price_growth=0.025))
    # Prices that grow by 6% instead of 2.5%: £106m against a target of £102.5m.
    assert certain(grown, InflationShock(0.035)) == [-1.75, -1.75]


def test_a_reindexed_target_follows_an_inflation_shock() -> None:
    followed = build.scenario(years=3, baseline=Baseline(price_growth=0.0, reindexed=True))
    assert certain(followed, InflationShock(0.03)) == [0.0, 0.0]
    dear = followed.edited(providers=(build.provider(cost_deviation=Fixed(value=0.1)),))
    assert certain(dear, InflationShock(0.03)) == [-15.4545, -15.4545]  # £10m over in each year, at its prices


def test_an_inflation_shock_comes_on_top_of_prices_drawn() -> None:
    followed = build.scenario(years=3, baseline=Baseline(price_growth=0.0, reindexed=True))
    drifting = followed.edited(uncertainty=followed.uncertainty.edited(prices=Normal(mean=0.0, sd=0.02)))
    assert np.abs(gains(drifting, InflationShock(0.03))).max() < 1e-6


def scored() -> Scenario:
    """Three years, £2m a year on performance, one KPI that is expected to earn all of it and is uncertain."""
    kpi = build.kpi(today=80, expected=80, deviation=Normal(mean=0.0, sd=15.0))
    paid = build.share(performance=PerformancePool(pool=Pounds(amount=2e6)))
    return build.scenario(years=3, risk_share=paid, framework=build.framework(kpi))


def test_every_kpi_may_be_at_one_level_in_all_years_or_in_some() -> None:
    assert certain(scored(), KpisAt()) == [-6.0, 6.0]
    assert certain(scored(), KpisAt("poor")) == [-3.0, 3.0]
    assert certain(scored(), KpisAt("minimum")) == [0.0, 0.0]
    some, now = gains(scored(), KpisAt("failure", (0, 1))), gains(scored(), KpisAt("failure", (2, 2)))
    assert build.apart(some + now, gains(scored(), CostsWorse(0.0)) + gains(scored(), KpisAt())) < 1e-9
    labels = scored().term.labels()
    assert KpisAt("failure", (0, 1)).name(scored()) == f"Every KPI at failure, {labels[0]} to {labels[1]}"
    said = KpisAt().sentence(scored())
    assert "at failure, its lowest level, in every year of every future, so that performance scores -100" in said
    assert "scores 50;" in KpisAt("stretch").sentence(scored())


def test_a_kpi_at_failure_fails_its_gate_and_costs_stay() -> None:
    gated = build.framework(build.kpi(today=80, expected=80, gate=Gate(level="failure", blocks="all gain")))
    cheap = (build.provider(cost_deviation=Fixed(value=-0.1)),)
    # £10m saved a year, half of it the providers' but where the gate is failed.
    saving = build.scenario(years=2, providers=cheap, framework=gated)
    assert certain(saving, KpisAt("poor")) == [10.0, 10.0]
    assert certain(saving, KpisAt("failure", (1, 1))) == [5.0, 15.0]


def test_kpis_stay_at_their_level_when_other_stresses_come_with_it() -> None:
    parts = (KpisAt(), InflationShock(0.03), CostsWorse(0.02))
    dear = certain(build.scenario(years=3), Together(parts[1:]))
    for ordered in (parts, parts[::-1]):
        assert certain(scored(), Together(ordered)) == [round(dear[0] - 6, 6), round(dear[1] + 6, 6)]


def test_designs_are_compared_on_futures_whose_kpis_are_held() -> None:
    case = KpisAt().apply(Case.of(scored()))
    assert build.apart(futures(case, draw(case.plan, N, SEED)).total / build.MILLION, gains(scored(), KpisAt())) < 1e-9
    assert build.apart(simulate(case, N, SEED).total / build.MILLION, gains(scored(), KpisAt())) < 1e-9


def test_doubled_correlations_are_twice_as_far_from_none() -> None:
    scenario = build.scenario(
        providers=build.providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=0.05)),
        uncertainty=build.uncertain(between_costs=0.3),
    )
    case = CorrelationsDoubled().apply(Case.of(scenario))
    wanted = np.full((4, 4), 0.6)
    np.fill_diagonal(wanted, 1.0)
    assert build.apart(np.array(case.plan.correlations), wanted) < 1e-12
    costs = draw(case.plan, 16_384, SEED).costs[0]
    assert abs(np.corrcoef(costs)[0, 1] - 0.6) < 0.01


def test_doubled_correlations_that_cannot_be_are_the_nearest_that_can() -> None:
    scenario = presets.preset(presets.FIRST)
    strong = scenario.uncertainty.correlations.edited(between_costs=0.7, cost_and_kpis=-0.4, between_kpis=0.5)
    stressed = scenario.edited(uncertainty=scenario.uncertainty.edited(correlations=strong))
    found = np.array(CorrelationsDoubled().apply(Case.of(stressed)).plan.correlations)
    assert np.linalg.eigvalsh(found).min() > 0
    assert build.apart(np.diag(found), np.ones(len(found))) < 1e-12
    assert np.abs(found).max() <= 1


def two(**changes: object) -> Scenario:
    """A and B, £100m each a year for three years, 60% and 40% of gain and pain; A spends £10m over in each."""
    first, second = build.providers(0.6, 0.4)
    over = first.edited(cost_deviation=Fixed(value=0.1))
    return build.scenario(years=3, **{"providers": (over, second), **changes})


def test_a_provider_that_fails_keeps_what_it_owed_and_the_others_take_its_share() -> None:
    # Year 1: £10m over, £5m of it providers': A £3m, B £2m. Then A's services cost £126.5m: £13.25m a year, all B's.
    assert certain(two(), ProviderFails(0, 1, 0.15)) == [-3.0, -2.0 - 2 * 13.25, -5.0 - 2 * 13.25]
    assert certain(two(), ProviderFails(0, 2, 0.0)) == [-6.0, -4.0 - 5.0, -15.0]


def test_other_providers_take_a_failed_ones_share_in_proportion() -> None:
    scenario = build.scenario(years=1, providers=build.providers(0.5, 0.3, 0.2))
    # £20m over in the first year: £10m is the providers', 60% and 40% of it for those who stay.
    assert certain(scenario, ProviderFails(0, 0, 0.2)) == [0.0, -6.0, -4.0, -10.0]


def test_with_no_other_provider_commissioners_take_a_failed_ones_share() -> None:
    assert certain(build.scenario(years=2), ProviderFails(0, 1, 0.1)) == [0.0, -10.0]


def test_a_failed_provider_has_its_years_part_of_a_term_that_is_settled_as_a_whole() -> None:
    whole = two(risk_share=build.share(basis=Cumulative()))
    # £10m over in each year and no premium: £15m for the providers, A 60% of it for one year of three.
    assert certain(whole, ProviderFails(0, 1, 0.0)) == [-3.0, -12.0, -15.0]


def test_costs_outside_the_pool_of_a_failed_provider_fall_on_commissioners() -> None:
    first, second = build.providers(0.6, 0.4, pooled=0.0)
    apart = two(providers=(first.edited(cost_deviation=Fixed(value=0.1), fee_on="actual cost"), second))
    # A is £10m over in the first year, less the 5% of it that its fee grows; then £10m and £10.5m a year are others'.
    assert certain(apart, ProviderFails(0, 1, 0.0)) == [-9.5, 0.0, -0.5 - 20.0]
    part = two(providers=tuple(p.edited(pooled=0.5) for p in two().providers))
    # Half of £10m over is pooled, and half of that is the providers': A £1.5m, B £1m. A bears its other £5m itself.
    assert certain(part, ProviderFails(0, 1, 0.0)) == [-6.5, -1.0 - 5.0, -2.5 - 2 * 7.5]


def test_stresses_together_act_on_what_the_others_leave() -> None:
    # 5% more of 3% more is 8.15% of £100m a year, half of it the providers'.
    assert certain(build.scenario(years=2), Together((CostsWorse(0.03), CostsWorse(0.05)))) == [-8.15, -8.15]
    # A leaves after £10m over, £5m of it providers'; then costs of £126.5m and £110m at 3% and 6.09% higher prices.
    fails, dearer = ProviderFails(0, 1, 0.15), InflationShock(0.03)
    over = 1.03 * 226.5 - 200 + 1.0609 * 226.5 - 200
    assert certain(two(), Together((fails, dearer))) == [-3.0, round(-2.0 - over / 2, 6), round(-5.0 - over / 2, 6)]


def test_a_target_follows_the_prices_of_an_inflation_shock_that_comes_with_others() -> None:
    followed = build.scenario(years=3, baseline=Baseline(price_growth=0.0, reindexed=True))
    # 3% over at prices of 1, 1.03 and 1.0609; half of it each.
    dear, shock = CostsWorse(0.03), InflationShock(0.03)
    for parts in ((dear, shock), (shock, dear)):
        assert certain(followed, Together(parts)) == [-4.63635, -4.63635]


@pytest.mark.parametrize("other", SINGLE, ids=repr)
@pytest.mark.parametrize("one", SINGLE, ids=repr)
def test_the_order_of_stresses_that_come_together_does_not_matter(one: Single, other: Single) -> None:
    scenario = presets.preset("lambeth-ipsa")
    there, back = (gains(scenario, Together(parts), 160) for parts in ((one, other), (other, one)))
    assert build.apart(there, back) < build.PENNY / build.MILLION


def risky() -> Scenario:
    done = Mitigation(probability=0.0, impact=1.0, cost=2e6, in_place=False)
    sure = Risk(name="Flood", probability=1.0, impact=Fixed(value=10e6), mitigation=done)
    return build.scenario(uncertainty=build.uncertain(sure))


def test_a_risk_is_switched_off_and_mitigated() -> None:
    assert certain(risky(), RiskSwitch(0, "left out")) == [0.0, 0.0]
    assert certain(risky(), RiskSwitch(0, "without mitigation")) == [-5.0, -5.0]
    assert certain(risky(), RiskSwitch(0, "with mitigation")) == [-1.0, -1.0]


def test_a_risk_comes_true_in_one_year_and_in_no_other() -> None:
    """£10m on average, half of which providers bear; its chance in the other two years, and its spread, are gone."""
    unlikely = Risk(name="Flood", probability=0.3, impact=Pert(low=5e6, likely=10e6, high=15e6))
    scenario = build.scenario(years=3, uncertainty=build.uncertain(unlikely))
    assert certain(scenario, RiskHappens(0, 1)) == [-5.0, -5.0]
    assert RiskHappens(0, 1).name(scenario) == f"Flood: happens once, in {scenario.term.labels()[1]}"
    assert certain(scenario, RiskHappens(0, None)) == [0.0, 0.0]
    assert "costs £10,000,000 as it does on average" in RiskHappens(0, 1).sentence(scenario)


def test_a_risk_that_comes_true_moves_its_kpis_in_that_year_alone() -> None:
    scenario = presets.preset(presets.FIRST)
    kpi = next(iter(scenario.framework.kpis()))
    effect = KpiEffect(kpi=kpi.name, change=-4.0)
    risks = (scenario.uncertainty.risks[0].edited(kpi_effects=(effect,)), *scenario.uncertainty.risks[1:])
    case = Case.of(scenario.edited(uncertainty=scenario.uncertainty.edited(risks=risks)))
    moved = np.subtract(RiskHappens(0, 2).apply(case).plan.kpis[0].path, case.plan.kpis[0].path)
    assert moved[2] == -4.0 and np.count_nonzero(moved) == 1


def test_switches_offer_mitigation_only_where_there_is_one() -> None:
    assert [len(states) for states in switches(risky())] == [3]
    bare = risky().uncertainty.risks[0].edited(mitigation=None)
    (states,) = switches(risky().edited(uncertainty=build.uncertain(bare)))
    assert [state.state for state in states] == ["left out", "without mitigation"]
    assert [state.changes(risky()) for state in switches(risky())[0]] == [True, False, True]


def there(scenario: Scenario) -> tuple[Stress, ...]:
    """The stresses that can be put on an alliance: without risks none is switched."""
    return tuple(one for one in STRESSES if scenario.uncertainty.risks or not isinstance(one, RiskSwitch | RiskHappens))


@pytest.mark.parametrize(
    ("name", "stress"),
    [(name, stress) for name in presets.names() for stress in there(presets.preset(name))],
    ids=repr,
)
def test_books_balance_in_every_draw_of_a_stress(name: str, stress: Stress) -> None:
    """On the numbers of its own plan, as `draw` makes them: what partners gain in all is target less actual cost."""
    scenario = presets.preset(name)
    case = stress.apply(Case.of(scenario))
    drawn = draw(case.plan, N, SEED)
    contract = case.at(drawn.prices)
    target = contract.target[:, :, None] * contract.prices[:, None]
    saved = (target - drawn.costs).sum(axis=(0, 1))
    assert build.apart(settled(case, case.plan, N, SEED).paths.total.sum(axis=0), saved) < build.PENNY


@pytest.mark.parametrize("name", presets.names())
def test_without_a_stress_gains_and_caps_are_those_of_the_results(name: str) -> None:
    scenario = presets.preset(name)
    found, results = settled(Case.of(scenario), Case.of(scenario).plan, N, SEED), simulate(scenario, N, SEED)
    assert build.apart(found.paths.total, results.total) < build.PENNY
    assert found.caps == pytest.approx({name: often[-1] for name, often in results.binding.items()})


def uneven() -> Scenario:
    """Two providers whose costs and a risk are uncertain; half of all is shared and nothing is capped."""
    return build.scenario(
        years=2,
        providers=build.providers(0.7, 0.3, cost_deviation=Normal(mean=0.0, sd=0.05)),
        uncertainty=build.uncertain(
            Risk(name="Flood", probability=0.4, impact=Normal(mean=2e6, sd=2e5), hits=("A",)),
            Risk(name="Strike", probability=0.2, impact=Fixed(value=9e6)),
            between_costs=0.3,
        ),
    )


def test_higher_costs_meet_the_same_futures() -> None:
    calm = uneven().edited(uncertainty=build.uncertain(between_costs=0.3))
    now, dear = gains(calm, CostsWorse(0.0)), gains(calm, CostsWorse(0.05))
    # A gain is a part of target less cost, £200m a year; 5% more cost: 1.05 × the gain, less 5% of the part.
    for part, before, after in zip((0.35, 0.15, 0.5), now, dear, strict=True):
        assert build.apart(after, 1.05 * before - 0.05 * part * 400) < 1e-9


def test_a_risk_that_is_left_out_leaves_all_else_as_it_was() -> None:
    scenario = uneven()
    off = gains(scenario, RiskSwitch(1, "left out")) - gains(scenario, RiskSwitch(1, "without mitigation"))
    cost = off.sum(axis=0)
    assert build.apart(cost, np.round(cost / 9) * 9) < 1e-9
    assert set(np.round(cost / 9)) == {0, 1, 2}


@pytest.mark.parametrize("stress", STRESSES, ids=repr)
def test_a_stress_takes_the_same_random_numbers(stress: Stress) -> None:
    scenario = presets.preset(presets.FIRST)
    now = effects(scenario, n=4_096)
    moved = change(effects(scenario, stress, n=4_096), now)
    spread = now.figures[0, 1:].std(axis=0) + 1e3
    assert (moved["mean s.e."] < spread).all()


@pytest.mark.parametrize("name", presets.names())
def test_every_stress_has_a_name_of_its_own_and_says_what_it_does(name: str) -> None:
    scenario = presets.preset(name)
    every = there(scenario)
    assert len({stress.name(scenario) for stress in every}) == len(every)
    for stress in every:
        assert stress.sentence(scenario).endswith(".")


def test_nothing_changes_without_a_change() -> None:
    now = effects(presets.preset(presets.FIRST))
    assert not change(now, effects(presets.preset(presets.FIRST))).to_numpy().any()


def test_an_effect_has_the_statistics_of_its_gains() -> None:
    case = Case.of(uneven())
    found = settled(case, case.plan, N, SEED)
    kept = effect(found)
    worst = np.sort(found.paths.total[0])
    tail = (worst[:25].sum() + 0.6 * worst[25]) / 25.6
    assert kept.value("mean", "A") == pytest.approx(found.paths.total[0].mean())
    assert kept.value("worst", "A") == pytest.approx(tail)
    assert kept.value("pain", "A") == pytest.approx((found.paths.total[0] < 0).mean())
    assert kept.value("mean", "Providers together") == pytest.approx(found.paths.total[:2].sum(axis=0).mean())
    assert kept.figures.shape == (len(MEASURES), 9, 5)


@pytest.mark.parametrize("name", presets.names())
def test_without_a_stress_everybody_stands_where_acceptance_says(name: str) -> None:
    scenario = presets.preset(name)
    outcomes = draw(Case.of(scenario).plan, N, SEED)
    said = positions(scenario, paths(scenario, outcomes, score(scenario.framework, outcomes.kpis)))
    for here, there in zip(effects(scenario, n=N).positions, said, strict=True):
        assert here.verdict == there.verdict
        slacks = zip(here.cells, there.cells, strict=True)
        assert all(one.slack == pytest.approx(other.slack, abs=build.PENNY) for one, other in slacks)


def test_who_would_refuse_follows_the_stress() -> None:
    scenario = presets.preset("separate-contracts")
    for part, verdict in ((-0.5, "accepts"), (0.5, "refuses")):
        found = effects(scenario, CostsWorse(part)).positions[: len(scenario.providers)]
        assert {one.verdict for one in found} == {verdict}


def test_caps_that_bind_more_often_are_found() -> None:
    scenario = build.scenario(risk_share=build.share(total_pain_cap=Pounds(amount=1e6)))
    found = caps(effects(scenario, CostsWorse(0.05)), effects(scenario))
    assert found.loc["Cap on total pain"].tolist() == [0.0, 1.0]


def test_plans_without_the_same_random_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="no random numbers in common"):
        settled(Case.of(build.scenario()), Case.of(uneven()).plan, 160, SEED)

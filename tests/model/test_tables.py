"""Tables: the right labels, and the same figures as the arrays they show."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from data import presets
from model import limited_by, tables
from model.amounts import OfFee, OfTarget, Pounds, Uncapped
from model.base import PENNY
from model.distributions import Normal
from model.draw import draw
from model.limits import largest_losses
from model.plan import plan
from model.points import batches
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.scores import score
from model.settle import settle
from model.simulate import Results, resettle
from model.statistics import summary
from model.terms import terms
from tests.model.build import (
    FALLING,
    MILLION,
    RISING,
    apart,
    commissioner,
    framework,
    kpi,
    provider,
    providers,
    scenario,
    share,
)

DRAWS = 2_000
YEARS = ["2018-19", "2019-20", "2020-21"]
PERIODS = [tables.TERM, *YEARS]
FIGURES = ["mean", "sd", "p5", "p10", "p50", "p90", "p95", "chance_of_gain", "chance_of_pain", "var95", "cvar95"]


def alliance(**changes: Any) -> Scenario:
    """Three years: A pools half of its cost and has reserves, B caps its pain; a pool for performance."""
    deviation = Normal(mean=0.0, sd=0.05)
    ordinary: dict[str, Any] = {
        "providers": (
            provider("A", gain_share=0.6, pain_share=0.6, cost_deviation=deviation, reserves=3e6, pooled=0.5),
            provider("B", gain_share=0.4, pain_share=0.4, cost_deviation=deviation, pain_cap=OfFee(part=0.2)),
        ),
        "commissioners": (commissioner("City council", 0.7), commissioner("Health board", 0.3)),
        "framework": framework(kpi("Recovered", deviation=Normal(mean=0, sd=20))),
        "risk_share": share(performance=PerformancePool(pool=OfTarget(part=0.02)), phase_in=(0.0, 0.5)),
        "baseline": Baseline(price_growth=0.02, contingency=0.01),
    }
    return scenario(years=3, **ordinary | changes)


def run(case: Scenario, year: int | None = None) -> Results:
    outcomes = draw(plan(case), DRAWS, 7)
    return resettle(case, outcomes, score(case.framework, outcomes.kpis), year)


@cache
def results(period: str = tables.TERM) -> Results:
    return run(alliance(), None if period == tables.TERM else YEARS.index(period))


@pytest.mark.parametrize("period", PERIODS)
def test_draws_are_labelled_and_sides_are_sums(period: str) -> None:
    table = tables.draws(results(period), period)
    assert list(table.columns) == ["A", "B", "City council", "Health board", tables.PROVIDERS, tables.COMMISSIONERS]
    assert len(table) == DRAWS
    assert apart(table[tables.PROVIDERS].to_numpy(), table["A"] + table["B"]) < PENNY
    assert apart(table[tables.COMMISSIONERS].to_numpy(), table["City council"] + table["Health board"]) < PENNY


def test_draws_of_the_term_are_the_sum_of_the_years_and_need_kept_years() -> None:
    years = sum(tables.draws(results(year), year).to_numpy() for year in YEARS)
    assert apart(tables.draws(results()).to_numpy(), years) < PENNY
    with pytest.raises(ValueError):
        tables.draws(results(), YEARS[0])
    with pytest.raises(ValueError):
        tables.draws(results(YEARS[1]), YEARS[0])
    with pytest.raises(ValueError):
        tables.draws(results(), "2030-31")


@pytest.mark.parametrize("period", PERIODS)
def test_figures_of_partners_are_statistics_of_their_draws(period: str) -> None:
    table, values = tables.partners(results(period), period), tables.draws(results(period), period)
    for name in values:
        x = values[name].to_numpy()
        row = table.loc[name]
        found = summary(x)
        assert row[FIGURES].to_dict() == found.values
        assert {key: row[f"{key} s.e."] for key in FIGURES} == pytest.approx(found.errors, nan_ok=True)
        assert row["mean"] == pytest.approx(x.mean(), abs=PENNY)
        assert row["sd"] == pytest.approx(x.std(), abs=PENNY)
        assert row[["p5", "p50", "p95"]].tolist() == pytest.approx(np.percentile(x, [5, 50, 95]), abs=PENNY)
        assert row["chance_of_gain"] == (x > PENNY).mean()
        assert row["chance_of_pain"] == (x < -PENNY).mean()
        assert row["cvar95"] == pytest.approx(-np.sort(x)[: DRAWS // 20].mean(), abs=PENNY)
        parts = [x[part].mean() for part in batches(DRAWS)]
        assert row["mean s.e."] == pytest.approx(np.std(parts, ddof=1) / len(parts) ** 0.5, rel=1e-6, abs=1e-6)


def test_the_worst_is_set_against_fee_and_reserves() -> None:
    table = tables.partners(results())
    for name, fee, reserves in (("A", 5, 3), ("B", 5, 0), (tables.PROVIDERS, 10, 0)):
        row = table.loc[name]
        assert row["fee"] == pytest.approx(fee * MILLION * 1.01 * (1 + 1.02 + 1.02**2))
        assert row["of fee"] == pytest.approx(row["cvar95"] / row["fee"])
        assert row["of reserves"] == pytest.approx(
            row["cvar95"] / (reserves * MILLION) if reserves else np.nan, nan_ok=True
        )
    assert table.loc["City council", ["of fee", "of reserves"]].isna().all()
    assert table["role"].tolist() == ["provider"] * 2 + ["commissioner"] * 2 + ["providers", "commissioners"]


def test_the_loss_of_a_side_is_a_part_of_its_reserves_where_each_states_its_own() -> None:
    case = alliance()
    stated = case.edited(providers=tuple(one.edited(reserves=2 * MILLION) for one in case.providers))
    row = tables.partners(run(stated)).loc[tables.PROVIDERS]
    assert row["reserves"] == 4 * MILLION
    assert row["of reserves"] == pytest.approx(row["cvar95"] / (4 * MILLION))


def test_the_limit_of_a_period_is_the_sum_of_its_years() -> None:
    for period, rows in ((tables.TERM, [0, 1, 2]), (YEARS[1], [1])):
        limits = np.sum([largest_losses(alliance(), [row]) for row in rows], axis=0)
        found = tables.circumstances(alliance(), period)["loss_limit"]
        assert found[["A", "B", "City council", "Health board"]].tolist() == limits.tolist()
        assert found[tables.PROVIDERS] == limits[:2].sum()


def test_the_largest_loss_in_one_year_is_that_of_the_year_in_which_it_is_largest() -> None:
    """Pain of at most £4m a year, of which a phased year counts half, and A bears 60%."""
    terms = share(total_pain_cap=Pounds(amount=4 * MILLION), phase_in=(0.0, 0.5))
    case = alliance(providers=providers(0.6, 0.4), risk_share=terms)
    found = tables.circumstances(case)["year_limit"] / MILLION
    assert found["A"] == pytest.approx(0.6 * 4) and found[tables.PROVIDERS] == pytest.approx(4)
    assert found["City council"] == np.inf
    phased = tables.circumstances(case, YEARS[1])["year_limit"] / MILLION
    assert phased["A"] == pytest.approx(0.6 * 2)


def test_the_providers_together_have_the_income_and_the_limit_of_all() -> None:
    """Pain of at most £4m a year, 0% and then 50% of it; incomes of £20m and £30m a year."""
    pair = tuple(p.edited(income=i * MILLION) for p, i in zip(providers(0.6, 0.4), (20, 30), strict=True))
    terms = share(total_pain_cap=Pounds(amount=4 * MILLION), phase_in=(0.0, 0.5))
    case = alliance(providers=pair, risk_share=terms)
    for period, limit, years in ((tables.TERM, 6, 3), (YEARS[1], 2, 1)):
        row = tables.circumstances(case, period).loc[tables.PROVIDERS]
        assert row["loss_limit"] / MILLION == pytest.approx(limit)
        assert row["income"] / MILLION == 50 * years


def test_a_limit_that_only_its_own_cap_sets_is_said_to_be_its_own() -> None:
    """B's cap limits its loss in the settled years, though not in the first, which is not settled."""
    found = tables.circumstances(alliance())["limited_by"]
    assert found["B"] == "by its own cap"
    free = tuple(p.edited(pain_cap=Uncapped()) for p in alliance().providers)
    assert tables.circumstances(alliance(providers=free)).loc["B", "limited_by"] == limited_by.NOTHING


def test_a_limit_that_follows_prices_is_said_to_be_at_planned_ones() -> None:
    for follows, said in ((False, "by its own cap"), (True, "by its own cap, at planned prices")):
        case = alliance(baseline=Baseline(price_growth=0.02, reindexed=follows))
        assert tables.circumstances(case).loc["B", "limited_by"] == said


def test_years_are_labelled_and_agree_with_the_draws() -> None:
    table = tables.years(results())
    assert list(table.index) == YEARS
    assert apart(table["target_cost"].to_numpy(), 202 * MILLION * 1.02 ** np.arange(3)) < PENNY
    assert apart(table["fee"].to_numpy(), 10.1 * MILLION * 1.02 ** np.arange(3)) < PENNY
    for t, year in enumerate(YEARS):
        assert table.loc[year, "providers mean"] == pytest.approx(results().providers[t].mean())
        assert table.loc[year, "commissioners p5"] == pytest.approx(np.percentile(results().commissioners[t], 5))
        assert table.loc[year, "mean_ops"] == pytest.approx(results().mean_ops[t])


def test_the_saving_is_target_less_actual_cost() -> None:
    case, outcomes = alliance(), draw(plan(alliance()), DRAWS, 7)
    saved = (case.target_cost()[:, :, None] - outcomes.costs).sum(axis=1)
    part = saved / case.target_cost().sum(axis=1)[:, None]
    assert apart(tables.saving(results()).to_numpy(), np.percentile(part, tables.FAN, axis=1).T) < 1e-9
    assert apart(tables.fans(results())["saving"].to_numpy(), np.percentile(saved, tables.FAN, axis=1).T) < PENNY


def test_fans_rise_and_show_each_side() -> None:
    for name, table in tables.fans(results()).items():
        assert list(table.index) == YEARS
        assert list(table.columns) == ["5", "25", "50", "75", "95"]
        assert (np.diff(table.to_numpy(), axis=1) >= 0).all()
        if name != "saving":
            values = getattr(results(), name)
            assert apart(table.to_numpy(), np.percentile(values, tables.FAN, axis=1).T) < PENNY


@pytest.mark.parametrize("period", PERIODS)
def test_quantiles_rise_and_are_those_of_the_draws(period: str) -> None:
    table, values = tables.quantiles(results(period), period, count=20), tables.draws(results(period), period)
    assert list(table.columns) == list(values.columns)
    assert apart(table.index.to_numpy(), (np.arange(20) + 0.5) / 20) < 1e-12
    assert (np.diff(table.to_numpy(), axis=0) >= 0).all()
    assert apart(table.to_numpy(), np.quantile(values.to_numpy(), table.index, axis=0)) < PENNY


def test_quantiles_as_parts_leave_out_those_who_have_none() -> None:
    pounds = tables.quantiles(results())
    of_fee, of_reserves = tables.quantiles(results(), per="fee"), tables.quantiles(results(), per="reserves")
    assert list(of_fee.columns) == ["A", "B", tables.PROVIDERS]
    assert list(of_reserves.columns) == ["A"]
    fee = tables.circumstances(alliance())["fee"]
    for name in of_fee:
        assert apart(of_fee[name].to_numpy(), pounds[name] / fee[name]) < 1e-12
    assert apart(of_reserves["A"].to_numpy(), pounds["A"] / (3 * MILLION)) < 1e-12


def test_binding_is_the_part_of_draws_in_which_a_cap_changes_what_is_paid() -> None:
    table = tables.binding(results())
    assert list(table.index) == ["Cap on pain of B"]
    assert list(table.columns) == [*YEARS, "any year"]
    case, outcomes = alliance(), draw(plan(alliance()), DRAWS, 7)
    ledger = settle(terms(case), outcomes.costs, score(case.framework, outcomes.kpis))
    stopped = ledger.limb3[:, 1] > ledger.allocated[:, 1] + PENNY
    assert table.loc["Cap on pain of B"].tolist() == pytest.approx([*stopped.mean(axis=1), stopped.any(axis=0).mean()])
    assert table.loc["Cap on pain of B", YEARS[0]] == 0
    assert 0 < table.loc["Cap on pain of B", YEARS[1]] < table.loc["Cap on pain of B", "any year"] < 1


def test_a_contract_without_caps_has_none_that_bind() -> None:
    table = tables.binding(run(alliance(providers=providers(0.6, 0.4))))
    assert table.empty
    assert list(table.columns) == [*YEARS, "any year"]


@pytest.mark.parametrize("name", presets.names())
def test_the_steps_of_the_target_add_up_to_it_in_every_year(name: str) -> None:
    case = presets.preset(name)
    table = tables.target_build_up(case)
    assert list(table.columns) == list(case.term.labels())
    assert apart(table.iloc[:-1].sum().to_numpy(), table.loc["Target cost"]) < PENNY
    assert apart(table.loc["Target cost"].to_numpy(), case.target_cost().sum(axis=1)) < PENNY


def test_the_steps_of_the_target_worked_by_hand() -> None:
    """Second year: £100m, prices +10%, demand +5%, half of a saving of 20%, contingency 2%."""
    plan = Baseline(price_growth=0.1, contingency=0.02, saving_phasing=(0.0, 0.5))
    case = scenario(years=2, providers=(provider(demand_growth=0.05, required_saving=0.2),), baseline=plan)
    table = tables.target_build_up(case) / MILLION
    assert table["2018-19"].tolist() == pytest.approx([100, 0, 0, 0, 2, 102])
    assert table["2019-20"].tolist() == pytest.approx([100, 10, 5.5, -11.55, 2.079, 106.029])


def test_target_and_fee_by_provider() -> None:
    table = tables.by_provider(alliance())
    assert list(table.columns) == YEARS
    assert table.index.names == ["line", "provider"]
    for line, values in (("target cost", alliance().target_cost()), ("fee", alliance().fee())):
        assert list(table.loc[line].index) == ["A", "B"]
        assert apart(table.loc[line].to_numpy(), values.T) == 0


def test_the_stake_of_an_average_year() -> None:
    terms = share(total_pain_cap=Pounds(amount=4 * MILLION), performance=PerformancePool(pool=OfTarget(part=0.02)))
    case = alliance(providers=providers(0.6, 0.4), risk_share=terms, baseline=Baseline(price_growth=0.0))
    found = tables.stake(run(case))
    assert found["target_cost"] == pytest.approx(200 * MILLION)
    assert found[["fee", "pool", "largest_loss"]].tolist() == pytest.approx([0.05, 0.02, 0.02])
    assert tables.stake(run(case), YEARS[1])[["fee", "pool"]].tolist() == pytest.approx([0.05, 0.02])
    assert tables.stake(results())["largest_loss"] == float("inf")


@pytest.mark.parametrize("period", PERIODS)
def test_the_chance_of_overspending_is_that_of_the_draws(period: str) -> None:
    chosen = [YEARS.index(period)] if period in YEARS else [0, 1, 2]
    found = tables.stake(results(), period)
    saved = (results().providers + results().commissioners)[chosen].sum(axis=0)
    assert found["overspend"] == (saved < -PENNY).mean()
    assert found["ops"] == pytest.approx(results().mean_ops[chosen].mean())
    assert found["target_cost"] == pytest.approx(alliance().target_cost().sum(axis=1)[chosen].mean())


def test_kpi_levels_agree_with_a_count_by_hand() -> None:
    """A value on a level has reached it, whichever direction is better."""
    up, down = kpi("Recovered", weight=0.5, levels=RISING), kpi("Waiting", weight=0.5, levels=FALLING)
    rising = [-1, 0, 5, 10, 20, 39.9, 40, 79, 80, 90]
    falling = [81, 80, 45, 40, 20, 10.1, 10, 1, 0, -5]
    values = np.array([np.zeros((2, 10)), [rising, falling]], dtype=float)
    table = tables.kpi_levels(framework(up, down), values, 1)
    assert list(table.index) == ["Recovered", "Waiting"]
    assert table.loc["Recovered"].tolist() == pytest.approx([0.1, 0.2, 0.1, 0.2, 0.2, 0.2])
    assert table.loc["Waiting"].tolist() == pytest.approx([0.1, 0.2, 0.1, 0.2, 0.2, 0.2])


def test_chances_of_kpi_levels_add_up_to_one() -> None:
    case = presets.preset(presets.FIRST)
    kpis = draw(plan(case), 500, 1).kpis
    for year in range(len(kpis)):
        table = tables.kpi_levels(case.framework, kpis, year)
        assert list(table.index) == [k.name for k in case.framework.kpis()]
        assert apart(table.sum(axis=1).to_numpy(), np.ones(len(table))) < 1e-9


def test_names_and_periods() -> None:
    assert tables.partner_names(alliance()) == ["A", "B", "City council", "Health board"]
    assert tables.periods(alliance()) == PERIODS


def test_partners_that_are_one_body_are_added_up_draw_by_draw() -> None:
    found = results()
    alone = tables.partners(found)
    names = tuple(tables.partner_names(found.scenario))
    side = tables.together(found, names[: len(found.scenario.providers)]).iloc[0]
    for key in ("mean", "p5", "cvar95", "chance_of_pain", "cvar95 s.e."):
        assert side[key] == pytest.approx(alone.loc[tables.PROVIDERS, key], abs=1e-6)
    both = tables.together(found, (names[0], names[-1])).iloc[0]
    assert both["mean"] == pytest.approx(alone.loc[[names[0], names[-1]], "mean"].sum())
    assert both["cvar95"] < alone.loc[[names[0], names[-1]], "cvar95"].sum()


@pytest.mark.parametrize("period", PERIODS)
def test_any_partner_has_pain_at_least_as_often_as_each_and_as_all_together(period: str) -> None:
    found, values = tables.anyone(results(period), period), tables.draws(results(period), period)
    alone = tables.partners(results(period), period)["chance_of_pain"]
    for who, some in ((tables.ANY_PROVIDER, ["A", "B"]), (tables.ANY_PARTNER, [*"AB", "City council", "Health board"])):
        chance = found.loc[who, "chance_of_pain"]
        assert chance == (values[some] < -PENNY).any(axis=1).mean()
        assert chance >= alone[some].max()
    assert found.loc[tables.ANY_PROVIDER, "chance_of_pain"] >= alone[tables.PROVIDERS]
    assert (found["chance_of_pain s.e."] >= 0).all()

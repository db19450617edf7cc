"""What holds for every settlement: a second opinion to the penny, and laws that no contract may break."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.bands import Band
from model.base import Floats
from model.contract import RiskShare
from model.framework import Framework
from model.ledger import Ledger
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.terms import terms
from tests.model.build import MILLION, PENNY, apart, framework, kpi, performance, providers
from tests.model.build import scenario as alliance
from tests.model.strategies import anyhow, outturns, scenarios
from tests.model.twin import settle_by_hand

seeds = st.integers(0, 2**32 - 1)
thorough = settings(anyhow, max_examples=80)
MONEY = [
    "saving",
    "past_corridor",
    "providers_part",
    "modified",
    "cost_component",
    "performance_component",
    "cost_after_gates",
    "performance_after_gates",
    "capped_total",
    "phased",
    "allocated",
    "limb3",
    "excess",
    "own",
    "result",
    "gain",
    "commissioners",
]
OUTTURNS = 24
"""Random outturns for every random scenario and year."""


def settled(scenario: Scenario, costs: Floats, kpis: Floats) -> Ledger:
    return settle(terms(scenario), costs, score(scenario.framework, kpis))


@thorough
@given(scenarios(), seeds)
def test_settle_agrees_with_the_contract_read_aloud(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, OUTTURNS, seed)
    scores = score(scenario.framework, kpis)
    ledger = settle(terms(scenario), costs, scores)
    for t in range(len(costs)):
        for d in range(OUTTURNS):
            values = [None if np.isnan(value) else float(value) for value in kpis[t, :, d]]
            twin = settle_by_hand(scenario, t, [float(cost) for cost in costs[t, :, d]], values)
            assert abs(scores.ops[t, d] - twin.ops) < 1e-9
            assert apart(ledger.limb3[t, :, d], twin.limb3) < PENNY
            assert apart(ledger.gain[t, :, d], twin.providers) < PENNY
            assert apart(ledger.commissioners[t, :, d], twin.commissioners) < PENNY
            together = [fee + gain for fee, gain in zip(twin.fees, twin.providers, strict=True)]
            assert apart(ledger.result[t, :, d], together) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_books_balance_in_every_draw_and_year(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, 200, seed)
    ledger, fee = settled(scenario, costs, kpis), scenario.fee()[:, :, None]
    saved = (scenario.target_cost()[:, :, None] - costs).sum(axis=1)
    assert np.abs((ledger.result - fee).sum(axis=1) + ledger.commissioners.sum(axis=1) - saved).max() < PENNY
    assert np.abs(ledger.gain.sum(axis=1) + ledger.commissioners.sum(axis=1) - saved).max() < PENNY


@anyhow
@given(scenarios(), seeds)
def test_nobody_pays_or_gains_beyond_a_cap(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, 200, seed)
    ledger, share = settled(scenario, costs, kpis), scenario.risk_share
    target, fee = scenario.target_cost(), scenario.fee()
    for p, provider in enumerate(scenario.providers):
        cap = provider.pain_cap.pounds(fee[:, p], target[:, p])
        assert (ledger.limb3[:, p] >= -cap[:, None] - PENNY).all()
    for line, pain_cap, gain_cap in (
        (ledger.cost_component, share.cost_pain_cap, share.cost_gain_cap),
        (ledger.capped_total, share.total_pain_cap, share.total_gain_cap),
    ):
        most, least = (cap.pounds(fee.sum(axis=1), target.sum(axis=1))[:, None] for cap in (gain_cap, pain_cap))
        assert (line <= most + PENNY).all()
        assert (line >= -least - PENNY).all()
    assert (ledger.excess >= -PENNY).all()


@anyhow
@given(scenarios(), seeds)
def test_gain_never_falls_as_the_saving_rises(scenario: Scenario, seed: int) -> None:
    """At the same performance, spending less never costs a provider any of its Limb 3."""
    _, kpis = outturns(scenario, 1, seed)
    target = scenario.target_cost()[:, :, None]
    costs = target * np.linspace(1.5, 0.5, 301)
    ledger = settled(scenario, costs, np.repeat(kpis, 301, axis=2))
    assert np.diff(ledger.limb3, axis=2).min() > -PENNY


@anyhow
@given(scenarios(), seeds)
def test_a_failed_gate_never_removes_pain_and_never_pays(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, 100, seed)
    free = score(scenario.framework, kpis)
    contract, years = terms(scenario), len(costs)
    barred = settle(contract, costs, performance(years, np.zeros(100), cost_gate=True, performance_gate=True))
    open_ = settle(contract, costs, performance(years, np.zeros(100)))
    assert (barred.cost_after_gates <= 0).all()
    assert (barred.performance_after_gates <= 0).all()
    assert (barred.limb3 <= open_.limb3 + PENNY).all()
    lost = open_.cost_component < 0
    assert (barred.cost_after_gates[lost] == open_.cost_after_gates[lost]).all()
    assert free.ops.min(initial=0) >= -100 - 1e-9
    assert free.ops.max(initial=0) <= 100 + 1e-9


def scaled(node: object, by: float) -> object:
    """A scenario document with every sum of money multiplied."""
    money = {"baseline_cost", "reserves", "income", "amount"}
    if isinstance(node, dict):
        return {key: value * by if key in money else scaled(value, by) for key, value in node.items()}
    return [scaled(value, by) for value in node] if isinstance(node, list) else node


@anyhow
@given(scenarios(), seeds, st.sampled_from([0.1, 3.0, 1000.0]))
def test_money_scales(scenario: Scenario, seed: int, by: float) -> None:
    larger = Scenario.model_validate(scaled(scenario.model_dump(mode="json"), by))
    costs, kpis = outturns(scenario, 100, seed)
    small, large = settled(scenario, costs, kpis), settled(larger, costs * by, kpis)
    for line in MONEY:
        assert apart(getattr(large, line), by * getattr(small, line)) < PENNY * max(by, 1)


@anyhow
@given(scenarios(), seeds)
def test_the_order_of_partners_does_not_matter(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, 100, seed)
    rows = np.random.default_rng(seed).permutation(len(scenario.providers))
    payers = np.random.default_rng(seed).permutation(len(scenario.commissioners))
    mixed = scenario.edited(
        providers=tuple(scenario.providers[i] for i in rows),
        commissioners=tuple(scenario.commissioners[i] for i in payers),
    )
    here, there = settled(scenario, costs, kpis), settled(mixed, costs[:, rows], kpis)
    assert apart(there.gain, here.gain[:, rows]) < PENNY
    assert apart(there.commissioners, here.commissioners[:, payers]) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_the_order_of_kpis_does_not_matter(scenario: Scenario, seed: int) -> None:
    _, kpis = outturns(scenario, 100, seed)
    kras = scenario.framework.kras
    turned = scenario.framework.edited(kras=tuple(kra.edited(kpis=kra.kpis[::-1]) for kra in kras[::-1]))
    here, there = score(scenario.framework, kpis), score(turned, kpis[:, ::-1])
    assert apart(there.ops, here.ops) < 1e-9
    assert (there.no_cost_gain == here.no_cost_gain).all()
    assert (there.no_performance_gain == here.no_performance_gain).all()


@anyhow
@given(scenarios(), seeds, st.integers(0, 100), st.integers(0, 100))
def test_one_open_band_is_a_proportional_share(scenario: Scenario, seed: int, gain: int, pain: int) -> None:
    simple = RiskShare(
        gain_bands=(Band(up_to=None, share=gain / 100),), pain_bands=(Band(up_to=None, share=pain / 100),)
    )
    plain = scenario.edited(risk_share=simple, framework=Framework())
    ledger = settled(plain, *outturns(plain, 100, seed))
    part = np.where(ledger.saving > 0, gain / 100, pain / 100)
    assert apart(ledger.phased, part * ledger.saving) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_splitting_a_band_in_two_changes_nothing(scenario: Scenario, seed: int) -> None:
    def split(bands: tuple[Band, ...]) -> tuple[Band, ...]:
        if not bands:
            return bands
        last = bands[-1]
        start = (bands[-2].up_to or 0.0) if len(bands) > 1 else 0.0
        middle = start + 0.01 if last.up_to is None else (start + last.up_to) / 2
        return (*bands[:-1], last.edited(up_to=middle), last)

    share = scenario.risk_share
    finer = share.edited(gain_bands=split(share.gain_bands), pain_bands=split(share.pain_bands))
    costs, kpis = outturns(scenario, 100, seed)
    here, there = (settled(s, costs, kpis) for s in (scenario, scenario.edited(risk_share=finer)))
    assert apart(there.gain, here.gain) < PENNY


def test_a_large_alliance_still_balances_to_a_penny() -> None:
    """£20bn a year between eight providers: the pennies are far from the last digit of double precision."""
    large = alliance(
        years=15,
        providers=providers(*[0.125] * 8, baseline_cost=2500 * MILLION, pooled=0.7),
        framework=framework(kpi()),
    )
    costs, kpis = outturns(large, 500, seed=1)
    ledger = settled(large, costs, kpis)
    saved = (large.target_cost()[:, :, None] - costs).sum(axis=1)
    assert np.abs(ledger.gain.sum(axis=1) + ledger.commissioners.sum(axis=1) - saved).max() < PENNY

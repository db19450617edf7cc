"""What holds for every settlement: a second opinion to the penny, and laws that no contract may break."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.amounts import Uncapped
from model.bands import Band, Bands
from model.base import Floats
from model.basis import CarryForward, Cumulative, Yearly
from model.contract import RiskShare
from model.corridors import NoCorridor
from model.framework import Framework
from model.ledger import LINES, Ledger
from model.scenario import Baseline, Scenario
from model.scores import score
from model.settle import settle
from model.terms import priced, terms
from model.uncertainty import Uncertainty
from tests.model.build import MILLION, PENNY, apart, framework, kpi, performance, providers
from tests.model.build import scenario as alliance
from tests.model.strategies import BASES, anyhow, brought_forward, outturns, price_indices, reliefs, scenarios
from tests.model.twin import settle_term_by_hand

seeds = st.integers(0, 2**32 - 1)
thorough = settings(anyhow, max_examples=150)
OUTTURNS = 5
"""Random outturns of the whole term for every random scenario and settlement basis."""


def settled(scenario: Scenario, costs: Floats, kpis: Floats, relief: float | Floats = 0.0, owed: float = 0.0) -> Ledger:
    years = np.zeros((len(costs), 1)) + relief
    return settle(terms(scenario), costs, score(scenario.framework, kpis), years, owed)


def ledger_of(scenario: Scenario, n: int, seed: int) -> Ledger:
    """The ledger of n random outturns, with relief and pain brought forward."""
    return settled(scenario, *outturns(scenario, n, seed), reliefs(scenario, seed), brought_forward(scenario, seed))


def under(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with other terms of the risk share."""
    return scenario.edited(risk_share=scenario.risk_share.edited(**changes))


def without_partner_caps(scenario: Scenario) -> Scenario:
    free = {"gain_cap": Uncapped(), "pain_cap": Uncapped()}
    return scenario.edited(providers=tuple(p.edited(**free) for p in scenario.providers))


def saved(scenario: Scenario, ledger: Ledger) -> Floats:
    """What the whole alliance saved, pooled or not, (years, draws)."""
    return np.asarray((scenario.target_cost()[:, :, None] - ledger.costs).sum(axis=1))


@thorough
@given(scenarios(), seeds)
def test_settle_agrees_with_the_contract_read_aloud(scenario: Scenario, seed: int) -> None:
    """On every settlement basis, each outturn of the whole term, at prices that differ from plan."""
    for i, basis in enumerate(BASES):
        case = under(scenario, basis=basis)
        costs, kpis = outturns(case, OUTTURNS, seed + i)
        prices = price_indices(len(costs), OUTTURNS, seed + i)
        costs = costs * prices[:, None]
        relief, owed = reliefs(case, seed), brought_forward(case, seed)
        scores = score(case.framework, kpis)
        ledger = settle(priced(case, prices), costs, scores, relief, owed)
        for d in range(OUTTURNS):
            values = [[None if np.isnan(value) else float(value) for value in year[:, d]] for year in kpis]
            spent = [[float(cost) for cost in year[:, d]] for year in costs]
            by_hand = settle_term_by_hand(case, spent, values, relief[:, 0].tolist(), owed, prices[:, d].tolist())
            for t, twin in enumerate(by_hand):
                assert abs(scores.ops[t, d] - twin.ops) < 1e-9
                assert abs(ledger.phased[t, d] - twin.phased) < PENNY
                assert abs(ledger.due[t, d] - twin.due) < PENNY
                assert apart(ledger.limb3[t, :, d], twin.limb3) < PENNY
                assert apart(ledger.fee[t, :, d], twin.fees) < PENNY
                assert apart(ledger.result[t, :, d], twin.results) < PENNY
                assert apart(ledger.gain[t, :, d], twin.providers) < PENNY
                assert apart(ledger.commissioners[t, :, d], twin.commissioners) < PENNY


# Nothing appears or vanishes; nobody beyond a cap ---------------------------------------------------------------


@anyhow
@given(scenarios(), seeds)
def test_books_balance_in_every_draw_and_year(scenario: Scenario, seed: int) -> None:
    ledger, fee = ledger_of(scenario, 200, seed), scenario.fee()[:, :, None]
    whole = saved(scenario, ledger)
    assert np.abs((ledger.result - fee).sum(axis=1) + ledger.commissioners.sum(axis=1) - whole).max() < PENNY
    assert np.abs(ledger.gain.sum(axis=1) + ledger.commissioners.sum(axis=1) - whole).max() < PENNY


@anyhow
@given(scenarios(), seeds)
def test_the_lines_of_a_ledger_add_up(scenario: Scenario, seed: int) -> None:
    ledger = ledger_of(scenario, 100, seed)
    cost = ledger.modified + ledger.haircut
    uncapped = all(getattr(scenario.risk_share, f"cost_{side}_cap").kind == "none" for side in ("gain", "pain"))
    assert not uncapped or apart(ledger.cost_component, cost) < PENNY
    assert apart(ledger.due, ledger.phased + ledger.carried) < PENNY
    assert apart(ledger.allocated.sum(axis=1), ledger.due) < PENNY
    assert apart(ledger.limb3, ledger.allocated + ledger.moved) < PENNY
    assert apart(ledger.limb3.sum(axis=1), ledger.due + ledger.excess) < PENNY
    assert apart(ledger.result, ledger.fee + ledger.limb3 + ledger.own) < PENNY
    assert (np.abs(ledger.relief) <= np.maximum(-ledger.cost_component, 0) + PENNY).all()
    assert (ledger.relief >= 0).all()


@anyhow
@given(scenarios(), seeds)
def test_nobody_pays_or_gains_beyond_a_cap(scenario: Scenario, seed: int) -> None:
    """In the last year of other than yearly contracts a provider's caps are those of the whole term."""
    ledger, share = ledger_of(scenario, 200, seed), scenario.risk_share
    target, fee = scenario.target_cost(), scenario.fee()
    for p, provider in enumerate(scenario.providers):
        most, least = (cap.pounds(fee[:, p], target[:, p]) for cap in (provider.gain_cap, provider.pain_cap))
        paid = ledger.limb3[:, p]
        by_year = slice(None) if share.basis.kind == "yearly" else slice(-1)
        assert (paid[by_year] <= most[by_year, None] + PENNY).all()
        assert (paid[by_year] >= -least[by_year, None] - PENNY).all()
        ends = paid[-1] if share.basis.kind == "carry_forward" else paid.sum(axis=0)
        assert (ends <= most.sum() + PENNY).all()
        assert (ends >= -least.sum() - PENNY).all()
    for line, pain_cap, gain_cap in (
        (ledger.cost_component, share.cost_pain_cap, share.cost_gain_cap),
        (ledger.capped_total, share.total_pain_cap, share.total_gain_cap),
    ):
        tops, ends = (cap.pounds(fee.sum(axis=1), target.sum(axis=1))[:, None] for cap in (gain_cap, pain_cap))
        assert (line <= tops + PENNY).all()
        assert (line >= -ends - PENNY).all()


@anyhow
@given(scenarios(), seeds)
def test_caps_of_partners_only_ever_shrink_what_is_due(scenario: Scenario, seed: int) -> None:
    """In every year; in the last year of a cumulative contract, over the whole term."""
    ledger = ledger_of(scenario, 200, seed)
    due, limb3 = ledger.due, ledger.limb3
    if scenario.risk_share.basis.kind == "cumulative":
        due = np.vstack([due[:-1], due.sum(axis=0)])
        limb3 = np.concatenate([limb3[:-1], limb3.sum(axis=0, keepdims=True)])
    excess = limb3.sum(axis=1) - due
    assert (excess * np.sign(due) <= PENNY).all()
    assert (np.abs(excess) <= np.abs(due) + PENNY).all()
    assert (limb3 * np.sign(due)[:, None] >= -PENNY).all()


@anyhow
@given(scenarios(), seeds)
def test_what_others_take_over_spares_the_commissioners_and_no_provider_gets_less(
    scenario: Scenario, seed: int
) -> None:
    one, other = (under(scenario, over_partner_caps=who) for who in ("commissioners", "other providers"))
    alone, shared = ledger_of(one, 200, seed), ledger_of(other, 200, seed)
    before = slice(None) if scenario.risk_share.basis.kind != "cumulative" else slice(-1)
    assert (np.abs(shared.limb3[before]) >= np.abs(alone.limb3[before]) - PENNY).all()
    assert (np.abs(shared.excess[before]) <= np.abs(alone.excess[before]) + PENNY).all()
    free = np.isinf(shared.terms.gain_cap) & (shared.terms.gain_split > 0)
    free &= np.isinf(shared.terms.pain_cap) & (shared.terms.pain_split > 0)
    assert (np.abs(shared.excess[free.any(axis=1)]) < PENNY).all()


# More saved, more gained ----------------------------------------------------------------------------------------


def rising(scenario: Scenario, n: int, seed: int) -> Ledger:
    """From an overspend of half to a saving of half, at the same performance in all draws."""
    _, kpis = outturns(scenario, 1, seed)
    costs = scenario.target_cost()[:, :, None] * np.linspace(1.5, 0.5, n)
    return settled(
        scenario, costs, np.repeat(kpis, n, axis=2), reliefs(scenario, seed), brought_forward(scenario, seed)
    )


@anyhow
@given(scenarios(), seeds)
def test_gain_never_falls_as_the_saving_rises(scenario: Scenario, seed: int) -> None:
    """At the same performance, spending less never costs a provider any of its Limb 3.

    With two exceptions. A cumulative contract takes back in the last year what it paid too much in earlier ones, so
    only the sum over the term rises. And a fee on actual cost falls with it; that is not Limb 3.
    """
    ledger = rising(scenario, 301, seed)
    if scenario.risk_share.basis.kind == "cumulative":
        assert np.diff(ledger.due.sum(axis=0)).min() > -PENNY
        assert np.diff(ledger.limb3[:-1], axis=2).min(initial=0.0) > -PENNY
    else:
        assert np.diff(ledger.limb3, axis=2).min() > -PENNY


@anyhow
@given(scenarios(), seeds)
def test_without_a_gate_corridor_no_pound_saved_moves_more_than_itself_times_the_modifier(
    scenario: Scenario, seed: int
) -> None:
    """Limb 3 has no cliffs: not at a band, a cap, the edge of a deductible, or zero."""
    share = scenario.risk_share
    gates = [side for side in ("gain_corridor", "pain_corridor") if getattr(share, side).kind == "gate"]
    smooth = under(scenario, basis=Yearly(), **dict.fromkeys(gates, NoCorridor()))
    ledger = rising(smooth, 1001, seed)
    steepest = max(share.gain_modifier.largest, share.pain_modifier.largest, 1.0)
    steps = np.abs(np.diff(ledger.limb3, axis=2))
    assert (steps.sum(axis=1) <= np.diff(ledger.saving, axis=1) * steepest + PENNY).all()
    assert (steps <= np.diff(ledger.saving, axis=1)[:, None] * steepest + PENNY).all()


@anyhow
@given(scenarios(), seeds)
def test_relief_helps_with_pain_and_never_pays(scenario: Scenario, seed: int) -> None:
    case = under(scenario, basis=Yearly())
    costs, kpis = outturns(case, 200, seed)
    without, some, all_ = (settled(case, costs, kpis, relief) for relief in (0.0, reliefs(case, seed), 1e12))
    assert (without.limb3 <= some.limb3 + PENNY).all()
    assert (some.limb3 <= all_.limb3 + PENNY).all()
    assert (all_.cost_after_gates >= 0).all()
    gain = without.saving >= 0
    assert (all_.due[gain] == without.due[gain]).all()


@anyhow
@given(scenarios(), seeds)
def test_a_failed_gate_never_removes_pain_and_never_pays(scenario: Scenario, seed: int) -> None:
    """What a cumulative contract did not pay it need not take back, so there only the sum over the term is lower."""
    costs, kpis = outturns(scenario, 100, seed)
    free = score(scenario.framework, kpis)
    contract, years = terms(scenario), len(costs)
    barred = settle(contract, costs, performance(years, np.zeros(100), cost_gate=True, performance_gate=True))
    open_ = settle(contract, costs, performance(years, np.zeros(100)))
    assert (barred.cost_after_gates <= 0).all()
    assert (barred.performance_after_gates <= 0).all()
    if scenario.risk_share.basis.kind == "cumulative":
        assert (barred.due.sum(axis=0) <= open_.due.sum(axis=0) + PENNY).all()
    else:
        assert (barred.limb3 <= open_.limb3 + PENNY).all()
    lost = open_.cost_component < 0
    assert (barred.cost_after_gates[lost] == open_.cost_after_gates[lost]).all()
    assert free.ops.min(initial=0) >= -100 - 1e-9
    assert free.ops.max(initial=0) <= 100 + 1e-9


@anyhow
@given(scenarios(), seeds)
def test_one_sided_years_know_no_pain(scenario: Scenario, seed: int) -> None:
    years = scenario.term.horizon
    ledger = ledger_of(under(scenario, one_sided_years=years), 200, seed)
    assert (ledger.phased >= 0).all()
    if scenario.risk_share.basis.kind == "yearly":
        assert (ledger.limb3 >= -PENNY).all()
    both = ledger_of(under(scenario, one_sided_years=0), 200, seed)
    assert (ledger.phased >= both.phased - PENNY).all()


# The same contract, written otherwise ---------------------------------------------------------------------------


def scaled(node: object, by: float) -> object:
    """A scenario document with every sum of money multiplied."""
    money = {"baseline_cost", "reserves", "income", "amount", "up_to_pounds"}
    if isinstance(node, dict):
        later = [cost and cost * by for cost in node.get("later_costs") or []]
        return {
            key: value * by if key in money and value is not None else scaled(value, by) for key, value in node.items()
        } | ({"later_costs": later} if later else {})
    return [scaled(value, by) for value in node] if isinstance(node, list) else node


@anyhow
@given(scenarios(), seeds, st.sampled_from([0.1, 3.0, 1000.0]))
def test_money_scales(scenario: Scenario, seed: int, by: float) -> None:
    larger = Scenario.model_validate(scaled(scenario.model_dump(mode="json"), by))
    costs, kpis = outturns(scenario, 100, seed)
    relief, owed = reliefs(scenario, seed), brought_forward(scenario, seed)
    small, large = (
        settled(scenario, costs, kpis, relief, owed),
        settled(larger, costs * by, kpis, relief * by, owed * by),
    )
    for line in LINES:
        assert apart(getattr(large, line.name), by * getattr(small, line.name)) < PENNY * max(by, 1), line.title


@anyhow
@given(scenarios(), seeds)
def test_the_order_of_partners_does_not_matter(scenario: Scenario, seed: int) -> None:
    costs, kpis = outturns(scenario, 100, seed)
    relief, owed = reliefs(scenario, seed), brought_forward(scenario, seed)
    rows = np.random.default_rng(seed).permutation(len(scenario.providers))
    payers = np.random.default_rng(seed).permutation(len(scenario.commissioners))
    mixed = scenario.edited(
        providers=tuple(scenario.providers[i] for i in rows),
        commissioners=tuple(scenario.commissioners[i] for i in payers),
    )
    here = settled(scenario, costs, kpis, relief, owed)
    there = settled(mixed, costs[:, rows], kpis, relief, owed)
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
    for gate in ("no_cost_gain", "no_performance_gain", "lost_pool", "unmodified"):
        assert (getattr(there, gate) == getattr(here, gate)).all()


@anyhow
@given(scenarios(), seeds, st.integers(0, 100), st.integers(0, 100))
def test_one_open_band_is_a_proportional_share(scenario: Scenario, seed: int, gain: int, pain: int) -> None:
    simple = RiskShare(
        gain_bands=(Band(up_to=None, share=gain / 100),), pain_bands=(Band(up_to=None, share=pain / 100),)
    )
    plain = scenario.edited(risk_share=simple, framework=Framework(), uncertainty=Uncertainty())
    ledger = settled(plain, *outturns(plain, 100, seed))
    part = np.where(ledger.saving > 0, gain / 100, pain / 100)
    assert apart(ledger.due, part * ledger.saving) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_splitting_a_band_in_two_changes_nothing(scenario: Scenario, seed: int) -> None:
    def split(bands: Bands) -> Bands:
        if not bands:
            return bands
        *before, last = bands
        unit = "up_to_pounds" if any(band.up_to_pounds is not None for band in bands) else "up_to"
        start = getattr(before[-1], unit) if before else 0.0
        end = getattr(last, unit)
        middle = (start + end) / 2 if end is not None else start + (0.01 if unit == "up_to" else 50_000)
        return (*before, last.edited(**{unit: middle}), last)

    share = scenario.risk_share
    finer = under(scenario, gain_bands=split(share.gain_bands), pain_bands=split(share.pain_bands))
    here, there = (ledger_of(case, 100, seed) for case in (scenario, finer))
    assert apart(there.gain, here.gain) < PENNY


# Over the term --------------------------------------------------------------------------------------------------


@anyhow
@given(scenarios(), seeds)
def test_a_cumulative_contract_of_one_year_is_a_yearly_one(scenario: Scenario, seed: int) -> None:
    one = scenario.edited(term=scenario.term.edited(years=1, with_option=False))
    if (terms(one).phase_in == 0).all():
        one = under(one, phase_in=())
    yearly, cumulative = (ledger_of(under(one, basis=b), 100, seed) for b in (Yearly(), Cumulative()))
    assert apart(cumulative.due, yearly.due) < PENNY
    assert apart(cumulative.gain, yearly.gain) < PENNY


def constant(scenario: Scenario) -> Scenario:
    """The same terms on the same target every year, on cost alone."""
    return scenario.edited(
        baseline=Baseline(price_growth=0.0),
        providers=tuple(p.edited(demand_growth=0.0, required_saving=0.0) for p in scenario.providers),
        framework=Framework(),
        uncertainty=Uncertainty(),
        risk_share=scenario.risk_share.edited(basis=Cumulative(), one_sided_years=0, phase_in=()),
    )


@anyhow
@given(scenarios(), seeds)
def test_a_cumulative_total_does_not_depend_on_when_the_saving_came(scenario: Scenario, seed: int) -> None:
    case = constant(scenario)
    costs, kpis = outturns(case, 200, seed)
    spread = np.broadcast_to(costs.mean(axis=0), costs.shape)
    dues = [settled(case, c, kpis).due.sum(axis=0) for c in (costs, costs[::-1], spread)]
    assert apart(dues[1], dues[0]) < PENNY
    assert apart(dues[2], dues[0]) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_terms_without_bends_give_the_same_on_every_basis(scenario: Scenario, seed: int) -> None:
    """One share of every pound saved or overspent, nothing else: when it is due is all that differs."""
    half = (Band(up_to=None, share=0.5),)
    share = RiskShare(gain_bands=half, pain_bands=half, phase_in=scenario.risk_share.phase_in)
    case = without_partner_caps(scenario).edited(risk_share=share, framework=Framework(), uncertainty=Uncertainty())
    costs, kpis = outturns(case, 200, seed)
    bases = (Yearly(), Cumulative(), CarryForward())
    yearly, *others = (settled(under(case, basis=b), costs, kpis).limb3.sum(axis=(0, 1)) for b in bases)
    assert apart(others[0], yearly) < PENNY
    assert apart(others[1], yearly) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_carrying_forward_pays_the_same_in_the_end(scenario: Scenario, seed: int) -> None:
    case = without_partner_caps(under(scenario, basis=CarryForward()))
    ledger, owed = ledger_of(case, 200, seed), brought_forward(case, seed)
    assert apart(ledger.due.sum(axis=0), ledger.phased.sum(axis=0) - owed) < PENNY
    assert apart(ledger.limb3.sum(axis=(0, 1)), ledger.phased.sum(axis=0) - owed) < PENNY
    assert (ledger.due[:-1] >= 0).all()


@anyhow
@given(scenarios(), seeds)
def test_writing_off_only_spares_the_last_years_pain(scenario: Scenario, seed: int) -> None:
    due, off = (ledger_of(under(scenario, basis=CarryForward(rest=r)), 200, seed) for r in ("due", "written off"))
    assert apart(off.due, np.maximum(due.due, 0)) < PENNY


@anyhow
@given(scenarios(), seeds)
def test_pain_brought_forward_stands_for_the_years_before(scenario: Scenario, seed: int) -> None:
    """Settling the later years alone, with what was owed by then, is settling the whole term."""
    case = under(scenario, basis=CarryForward())
    years = case.term.horizon
    assume(years > 1)
    costs, kpis = outturns(case, 1, seed)
    scores, relief = score(case.framework, kpis), reliefs(case, seed)
    whole = settle(terms(case), costs, scores, relief)
    for first in range(1, years):
        rows = list(range(first, years))
        owed = float((whole.due[:first] - whole.phased[:first]).sum())
        rest = settle(terms(case).years(rows), costs[rows], score(case.framework, kpis[rows]), relief[rows], owed)
        assert apart(rest.limb3, whole.limb3[rows]) < PENNY


@pytest.mark.parametrize("basis", [Yearly(), Cumulative(), CarryForward()], ids=lambda basis: basis.kind)
def test_a_large_alliance_still_balances_to_a_penny(basis: Yearly | Cumulative | CarryForward) -> None:
    """£20bn a year between eight providers: the pennies are far from the last digit of double precision."""
    large = alliance(
        years=15,
        providers=providers(*[0.125] * 8, baseline_cost=2500 * MILLION, pooled=0.7, fee_on="actual cost"),
        framework=framework(kpi()),
    )
    ledger = settled(under(large, basis=basis), *outturns(large, 500, seed=1))
    assert np.abs(ledger.gain.sum(axis=1) + ledger.commissioners.sum(axis=1) - saved(large, ledger)).max() < PENNY

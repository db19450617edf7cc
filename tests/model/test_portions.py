"""Sums over years and providers, worked out without the full ledger: the same to the last penny as adding it up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.amounts import Pounds
from model.base import Floats
from model.basis import Yearly
from model.ledger import Ledger
from model.portions import held_by_partner
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.simulate import binding
from model.terms import priced, terms
from tests.model.build import MILLION, PENNY, apart, performance, providers, scenario, share
from tests.model.strategies import BASES, anyhow, brought_forward, outturns, price_indices, reliefs, scenarios

seeds = st.integers(0, 2**32 - 1)
DRAWS = 60


def ledger_of(case: Scenario, seed: int) -> Ledger:
    """Random outturns at random prices, with relief and pain brought forward."""
    costs, kpis = outturns(case, DRAWS, seed)
    prices = price_indices(len(costs), DRAWS, seed)
    scores = score(case.framework, kpis)
    relief, owed = reliefs(case, seed), brought_forward(case, seed)
    return settle(priced(case, prices), costs * prices[:, None], scores, relief, owed)


def apart_in_parts(found: Floats, expected: Floats) -> float:
    """The largest difference as part of the largest amount, or in pounds where that is less than a pound."""
    return apart(found, expected) / max(1.0, float(np.abs(expected).max()))


def check_sums(ledger: Ledger) -> None:
    """Sums worked out by themselves, read before the ledger's own lines, are those of the lines."""
    term_gain, together, left = ledger.term_gain, ledger.together, ledger.left
    assert apart_in_parts(ledger.portions.of_term, ledger.limb3.sum(axis=0)) < 1e-9
    assert apart_in_parts(ledger.portions.together, ledger.limb3.sum(axis=1)) < 1e-9
    assert apart_in_parts(term_gain, ledger.gain.sum(axis=0)) < 1e-9
    assert apart_in_parts(together, ledger.gain.sum(axis=1)) < 1e-9
    assert apart_in_parts(left, ledger.commissioners.sum(axis=1)) < 1e-9


@settings(anyhow, max_examples=100)
@given(scenarios(), seeds)
def test_sums_are_those_of_the_full_ledger(case: Scenario, seed: int) -> None:
    for basis in BASES:
        check_sums(ledger_of(case.edited(risk_share=case.risk_share.edited(basis=basis)), seed))


@anyhow
@given(scenarios(), seeds)
def test_caps_bind_where_the_full_ledger_moves_money(case: Scenario, seed: int) -> None:
    ledger = ledger_of(case, seed)
    found = binding(case, ledger)
    for p, provider in enumerate(case.providers):
        for side, where in (("gain", ledger.moved[:, p] < -PENNY), ("pain", ledger.moved[:, p] > PENNY)):
            assert (found.get(f"Cap on {side} of {provider.name}", where) == where).all()


@anyhow
@given(scenarios(), seeds)
def test_no_cap_is_missed(case: Scenario, seed: int) -> None:
    """To hold every year within the caps comes to the same as holding only those that come near one."""
    ledger = ledger_of(case.edited(risk_share=case.risk_share.edited(basis=Yearly())), seed)
    held = held_by_partner(ledger.terms, slice(None), ledger.allocated, *ledger.terms.partner_caps)
    assert apart_in_parts(ledger.limb3, held) < 1e-9


@pytest.mark.parametrize("over", [-1.0, 1.0, 1000.0])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_cap_is_felt_from_the_first_pound_over_it(sign: int, over: float) -> None:
    cap = Pounds(amount=1 * MILLION)
    first, second = providers(0.5, 0.5)
    case = scenario(providers=(first.edited(gain_cap=cap, pain_cap=cap), second))
    saved = sign * (4 * MILLION + 4 * over)
    ledger = settle(terms(case), np.asarray(case.target_cost()[:, :, None] - saved / 2), performance(1))
    assert ledger.limb3[0, :, 0] == pytest.approx([sign * (MILLION + min(over, 0)), sign * (MILLION + over)], abs=PENNY)
    assert ledger.portions.of_term[:, 0] == pytest.approx(ledger.limb3[0, :, 0], abs=PENNY)


CASES = pytest.mark.parametrize("basis", BASES, ids=lambda basis: f"{basis.kind} {getattr(basis, 'rest', '')}")


def capped(pounds: float, **terms: Any) -> Scenario:
    """Three providers, two years; the pain of the first stops at so many pounds a year."""
    first, *others = providers(0.5, 0.3, 0.2)
    return scenario(
        years=2, providers=(first.edited(pain_cap=Pounds(amount=pounds)), *others), risk_share=share(**terms)
    )


def overspent(case: Scenario, by: float) -> Ledger:
    """Both years cost so many pounds more than they should."""
    costs = case.target_cost()[:, :, None] + by / 3
    return settle(terms(case), np.asarray(costs), performance(2))


@CASES
@pytest.mark.parametrize("over", ["commissioners", "other providers"])
def test_a_cap_that_is_reached_counts_in_every_sum(basis: Any, over: str) -> None:
    for by in (0.5 * MILLION, 2 * MILLION, 20 * MILLION):
        check_sums(overspent(capped(0.4 * MILLION, basis=basis, over_partner_caps=over), by))


def test_only_years_that_come_near_a_cap_are_held_within_it() -> None:
    case = capped(1 * MILLION)
    costs = case.target_cost()[:, :, None] + np.array([[[-3.0]], [[30.0]]]) * MILLION
    ledger = settle(terms(case), np.asarray(costs), performance(2))
    assert [moved.year for moved in ledger.portions.moved] == [1]
    assert ledger.portions.moved_where(0, 1).tolist() == [[False], [True]]
    assert ledger.moved[0].tolist() == [[0.0]] * 3
    assert ledger.limb3[1, 0, 0] == pytest.approx(-1 * MILLION)


def test_shares_that_leave_something_to_the_commissioners_leave_it() -> None:
    """As where the only provider has left."""
    case = scenario(years=2, providers=providers(0.5, 0.5))
    contract = terms(case)
    halved = replace(contract, gain_split=contract.gain_split / 2, pain_split=contract.pain_split / 4)
    costs = case.target_cost()[:, :, None] * np.array([0.9, 1.1])
    ledger = settle(halved, np.asarray(costs), performance(2, np.zeros(2)))
    check_sums(ledger)
    assert ledger.together[0] == pytest.approx(ledger.due[0] * [0.5, 0.25])

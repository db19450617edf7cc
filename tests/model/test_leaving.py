"""What a partner can lose once another fails: worked by hand, and never exceeded in a stress test."""

import pytest

from data import presets
from model.amounts import Pounds
from model.base import PENNY
from model.failing import ProviderFails
from model.leaving import largest_if_one_fails
from model.limits import largest_losses
from tests.model.build import MILLION, providers, scenario, share
from tests.model.test_stress import gains

CAPPED = share(total_pain_cap=Pounds(amount=2 * MILLION))
"""The providers together bear £2m a year at most."""


def test_the_share_of_who_fails_is_carried_by_the_others() -> None:
    case = scenario(providers=providers(0.5, 0.3, 0.2), risk_share=CAPPED)
    assert largest_losses(case, [0])[:3] == pytest.approx([MILLION, 0.6 * MILLION, 0.4 * MILLION])
    found = largest_if_one_fails(case)
    first, second, third = (one.name for one in case.providers)
    assert found[third] == (first, pytest.approx(0.8 * MILLION))
    assert found[second] == (first, pytest.approx(1.2 * MILLION))
    assert found[first] == (second, pytest.approx(MILLION / 0.7))


def test_ones_own_cap_holds_whoever_fails() -> None:
    own = providers(0.5, 0.3, 0.2, pain_cap=Pounds(amount=0.1 * MILLION))
    assert largest_if_one_fails(scenario(providers=own, risk_share=CAPPED)) == {}


def test_nobody_else_can_fail_where_there_is_one_provider() -> None:
    assert largest_if_one_fails(scenario(risk_share=CAPPED)) == {}


@pytest.mark.parametrize("preset", presets.names())
def test_no_stress_takes_a_provider_above_what_it_can_lose_if_one_fails(preset: str) -> None:
    case = presets.preset(preset)
    years = list(range(case.term.horizon))
    limits = largest_losses(case, years)[: len(case.providers)].tolist()
    found = largest_if_one_fails(case)
    most = [found.get(one.name, ("", limit))[1] for one, limit in zip(case.providers, limits, strict=True)]
    for fails in range(len(case.providers)):
        worst = MILLION * gains(case, ProviderFails(fails, 0, 0.5))[: len(case.providers)].min(axis=1)
        assert all(-worst <= [limit + PENNY for limit in most])

"""What ends the largest loss: taking it away makes the loss larger, and nothing else does."""

from typing import Any

import pytest

from data import presets
from model.amounts import OfFee, Pounds, Uncapped
from model.bands import Band
from model.base import PENNY
from model.limited_by import FOR_ALL, NOTHING, OWN, PAID, SHARED
from model.scenario import Baseline, Scenario
from model.tables import COMMISSIONERS, PROVIDERS, circumstances
from tests.model.build import MILLION, providers, scenario, share

CAP = Pounds(amount=MILLION)
CLOSED = (Band(up_to=0.1, share=0.5),)


def limits(case: Scenario) -> dict[str, str]:
    return {str(name): str(said) for name, said in circumstances(case)["limited_by"].items()}


def alliance(caps: tuple[Any, Any] = (Uncapped(), Uncapped()), **terms: Any) -> Scenario:
    """A and B, each with a cap of its own or none."""
    pair = tuple(one.edited(pain_cap=cap) for one, cap in zip(providers(0.6, 0.4), caps, strict=True))
    return scenario(years=2, providers=pair, risk_share=share(**terms))


@pytest.mark.parametrize("terms", [{"cost_pain_cap": CAP}, {"total_pain_cap": CAP}])
def test_caps_for_all_end_a_loss_where_no_own_cap_does_before(terms: dict[str, Any]) -> None:
    found = limits(alliance((Pounds(amount=100.0), Uncapped()), **terms))
    assert (found["A"], found["B"]) == (OWN, FOR_ALL)
    assert found[PROVIDERS] == "by their own caps and those for all"
    assert limits(alliance(**terms))[PROVIDERS] == FOR_ALL


def test_closed_bands_end_a_loss_where_no_cap_does() -> None:
    found = limits(alliance(pain_bands=CLOSED))
    assert (found["A"], found[PROVIDERS]) == (SHARED, SHARED)
    wide = Pounds(amount=1_000 * MILLION)
    assert limits(alliance(pain_bands=CLOSED, total_pain_cap=wide))["A"] == SHARED


def test_where_nothing_ends_a_loss_nothing_is_named() -> None:
    assert set(limits(alliance()).values()) == {NOTHING}
    follows = alliance((CAP, Uncapped())).edited(baseline=Baseline(price_growth=0.0, reindexed=True))
    found = limits(follows)
    assert (found["A"], found["B"], found[PROVIDERS]) == (f"{OWN}, at planned prices", NOTHING, NOTHING)


def test_own_caps_alone_and_commissioners_that_pay_only_for_performance() -> None:
    assert limits(alliance((OfFee(part=0.1), OfFee(part=0.1))))[PROVIDERS] == "by their own caps"
    apart = scenario(providers=providers(0.6, 0.4, pooled=0.0))
    assert limits(apart)[COMMISSIONERS] == limits(apart)["City council"] == PAID


@pytest.mark.parametrize("preset", presets.names())
def test_without_the_caps_for_all_those_who_are_said_to_rest_on_them_can_lose_more(preset: str) -> None:
    case = presets.preset(preset)
    found = circumstances(case).iloc[: len(case.providers)]
    open_ended = case.risk_share.edited(cost_pain_cap=Uncapped(), total_pain_cap=Uncapped())
    free = circumstances(case.edited(risk_share=open_ended)).loc[found.index, "loss_limit"]
    more = free > found["loss_limit"] + PENNY
    assert more[found["limited_by"] == FOR_ALL].all() and not more[found["limited_by"] == SHARED].any()

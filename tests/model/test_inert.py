"""A term that does nothing is found, and one that does something is not."""

from typing import Any

import pytest

from data import presets
from model.amounts import OfFee, Pounds
from model.bands import Band
from model.basis import CarryForward, Cumulative
from model.corridors import DeductibleCorridor
from model.distributions import Normal, Uniform
from model.framework import Gate
from model.inert import SCORE, changed, effects, settings, unweighted
from model.inert import idle as is_idle
from model.modifiers import ModifierPoint, RampModifier
from model.pool import PerformancePool
from model.scenario import Scenario
from tests.model import build
from tests.model.test_incentives import drawn

WITHIN = Uniform(low=-0.05, high=0.05)
"""Of the cost: savings and overspends of £5m at most, of which providers have half."""


def alliance(**terms: Any) -> Scenario:
    return build.scenario(providers=(build.provider(cost_deviation=WITHIN),), risk_share=build.share(**terms))


def idle(scenario: Scenario) -> list[str]:
    table = effects(drawn(scenario, 1_024))
    return list(table.index[table["changes"] == 0])


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("Cap on total gain", {"total_gain_cap": Pounds(amount=3e6)}),
        ("Cap on total pain", {"total_pain_cap": OfFee(part=0.6)}),
        ("Cap on cost gain", {"cost_gain_cap": Pounds(amount=3e6)}),
        ("Gain band 2", {"gain_bands": (Band(up_to=0.06, share=0.5), Band(share=0.2))}),
        ("Haircut", {"haircut": 0.1, "gain_bands": ()}),
        (
            "Modifier on gain",
            {
                "gain_modifier": RampModifier(
                    points=(ModifierPoint(ops=0, multiplier=1), ModifierPoint(ops=50, multiplier=2))
                )
            },
        ),
        ("One-sided years", {"one_sided_years": 1, "pain_bands": ()}),
        ("Performance pool", {"performance": PerformancePool(pool=Pounds(amount=1e6))}),
        ("Settlement basis", {"basis": Cumulative()}),
        ("Settlement basis", {"basis": CarryForward()}),
        ("Over a partner's cap", {"over_partner_caps": "other providers"}),
    ],
)
def test_what_does_nothing_in_any_draw_is_found(name: str, terms: dict[str, Any]) -> None:
    assert idle(alliance(**terms)) == [name]


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("Cap on total gain", {"total_gain_cap": Pounds(amount=2.4e6)}),
        ("Cap on total pain", {"total_pain_cap": OfFee(part=0.4)}),
        ("Gain band 2", {"gain_bands": (Band(up_to=0.04, share=0.5), Band(share=0.2))}),
        ("Haircut", {"haircut": 0.1}),
        ("Corridor for savings", {"gain_corridor": DeductibleCorridor(width=0.01)}),
        ("One-sided years", {"one_sided_years": 1}),
        ("Phase-in", {"phase_in": (0.5,)}),
    ],
)
def test_what_does_something_in_some_draw_is_not(name: str, terms: dict[str, Any]) -> None:
    table = effects(drawn(alliance(**terms), 1_024))
    assert table.loc[name, "changes"] > 0


ENDING = {"pain_bands": (Band(up_to=0.2, share=0.5),)}
"""Pain that ends by itself, far beyond what any draw brings."""


def test_a_step_of_a_term_that_never_binds_changes_nothing_and_one_of_a_share_does() -> None:
    whole = drawn(alliance(total_pain_cap=Pounds(amount=60e6), **ENDING), 1_024)
    caps = [alliance(total_pain_cap=Pounds(amount=amount), **ENDING) for amount in (50e6, 70e6)]
    assert is_idle(whole, caps)
    assert not is_idle(whole, [*caps, alliance(total_pain_cap=Pounds(amount=1e6), **ENDING)])
    assert not is_idle(whole, [alliance(pain_bands=(Band(share=0.49),), total_pain_cap=Pounds(amount=60e6))])


def test_a_cap_that_no_draw_reaches_is_not_idle_where_it_alone_ends_what_can_be_lost() -> None:
    whole = drawn(alliance(total_pain_cap=Pounds(amount=10e6)), 1_024)
    other = alliance(total_pain_cap=Pounds(amount=9e6))
    assert not changed(whole.results, drawn(other, 1_024).results).any()
    assert not is_idle(whole, [other])


def test_a_term_is_worth_what_its_absence_takes_away() -> None:
    """A haircut of a tenth takes half of it × E[saving above 0], £1.25m of uniform ± £5m, from providers."""
    table = effects(drawn(alliance(haircut=0.1), 4_096))
    row = table.loc["Haircut"]
    assert row["changes"] == pytest.approx(0.5, abs=0.01)
    assert row["providers"] == pytest.approx(-0.1 * 0.5 * 1.25e6, rel=0.01)
    assert row["commissioners"] == pytest.approx(-row["providers"])


def test_a_partners_cap_is_named_with_its_owner() -> None:
    capped = build.scenario(
        providers=build.providers(0.5, 0.5, cost_deviation=WITHIN, pain_cap=Pounds(amount=1e9)),
    )
    assert idle(capped) == ["Cap on pain of A", "Cap on pain of B"]


def test_a_gate_that_never_fails_and_a_score_that_nothing_depends_on_are_found() -> None:
    gated = build.kpi(gate=Gate(level="poor", blocks="cost gain"), deviation=Normal(mean=0.0, sd=0.1))
    scenario = alliance().edited(framework=build.framework(gated))
    assert idle(scenario) == ["Gate on 'Recovered'", SCORE]
    failed = gated.edited(today=5, expected=5)
    assert idle(scenario.edited(framework=build.framework(failed))) == ["Gain band 1", SCORE]


def test_a_kpi_without_weight_and_gate_is_named() -> None:
    kpis = (
        build.kpi("Counts", weight=1.0),
        build.kpi("Idle", weight=0.0),
        build.kpi("Gate", weight=0.0, gate=Gate(level="poor", blocks="all gain")),
    )
    assert unweighted(build.scenario(framework=build.framework(*kpis))) == ["Idle"]


@pytest.mark.parametrize("name", presets.names())
def test_every_setting_has_a_name_of_its_own_and_can_be_left_out(name: str) -> None:
    found = list(settings(presets.preset(name)))
    assert len({term.name for term in found}) == len(found)
    assert all(term.kind == "score" or term.without != presets.preset(name) for term in found)

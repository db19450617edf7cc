"""The contract in words: what it says of each term, and that no term goes unsaid."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from data import presets
from model import cost_clauses
from model.bands import providers_part
from model.clauses import clauses, order
from model.contract import RiskShare
from model.scenario import Baseline, Scenario
from tests.model.build import framework, kpi, provider, providers, scenario, share
from tests.model.strategies import anyhow, scenarios

PERCENT = {"kind": "of_target", "part": 0.1}
GATED = framework(kpi(name="Recovered", gate={"level": "failure", "blocks": "cost gain"}))
OTHERWISE: dict[str, Any] = {
    "gain_corridor": {"kind": "gate", "width": 0.02},
    "pain_corridor": {"kind": "deductible", "width": 0.01},
    "gain_bands": [{"up_to": 0.1, "share": 0.5}, {"up_to": None, "share": 0.25}],
    "pain_bands": [{"up_to_pounds": 250_000.0, "share": 0.3}],
    "gain_modifier": {"kind": "quality"},
    "pain_modifier": {"kind": "one_minus", "share": 0.5, "lowest": 0.4, "highest": 0.75},
    "haircut": 0.02,
    "haircut_order": "after the cap",
    "cost_gain_cap": PERCENT,
    "cost_pain_cap": {"kind": "lower_of", "first": {"kind": "pounds", "amount": 1e6}, "second": PERCENT},
    "performance": {"pool": {"kind": "pounds", "amount": 400_000.0}, "max_pain": 0.0},
    "one_sided_years": 1,
    "total_gain_cap": PERCENT,
    "total_pain_cap": {"kind": "of_fee", "part": 1.0},
    "phase_in": [0.0, 0.5],
    "basis": {"kind": "carry_forward", "rest": "written off"},
    "gain_allocation": {"kind": "equal"},
    "pain_allocation": {"kind": "by_reserves"},
    "over_partner_caps": "other providers",
}
"""Every term of the risk share in another state than usual."""


def alliance(**changes: Any) -> Scenario:
    """Two capped providers, three years, one KPI with a gate."""
    two = providers(0.6, 0.4, pain_cap={"kind": "of_fee", "part": 1.0}, reserves=1e6)
    return scenario(years=3, providers=two, framework=GATED, risk_share=share(**changes))


def said(case: Scenario) -> dict[str, str]:
    return dict(clauses(case))


def test_no_term_is_missing_from_the_list_of_this_test() -> None:
    assert set(OTHERWISE) == set(RiskShare.model_fields) - {"sources"}


@pytest.mark.parametrize("term", OTHERWISE)
def test_a_changed_term_is_heard_in_the_words(term: str) -> None:
    beside = {"haircut": 0.1, "cost_gain_cap": PERCENT} if term == "haircut_order" else {}
    before, after = alliance(**beside), alliance(**beside | {term: OTHERWISE[term]})
    assert clauses(before) != clauses(after)


def test_the_words_of_the_specification() -> None:
    case = alliance(
        gain_bands=[{"up_to": 0.1, "share": 0.5}, {"up_to": None, "share": 0.25}],
        total_pain_cap={"kind": "of_fee", "part": 1.0},
    )
    assert said(case)["Savings"] == (
        "Providers keep 50p of each pound saved, up to 10% of target cost; beyond that 25p."
    )
    assert said(case)["Overspends"] == "Providers bear 50p of each pound overspent."
    assert said(case)["Limits"] == "In all, providers never bear more than their fee."
    assert said(case)["Gates"] == "Nothing is paid on cost if Recovered is at failure or worse."


BANDS = [{"up_to": 0.04, "share": 0.4}, {"up_to": 0.1, "share": 0.5}]


@pytest.mark.parametrize("side", ["gain", "pain"])
def test_bands_beyond_a_deductible_are_said_to_end_where_they_do(side: str) -> None:
    """A target cost of £100m, a corridor of 2%: the last band ends at 12%, and £20m pay as £12m do."""
    over = "under" if side == "gain" else "over"
    corridor = {"kind": "deductible", "width": 0.02}
    terms: Any = {f"{side}_corridor": corridor, f"{side}_bands": BANDS}
    case = scenario(risk_share=share(**terms))
    words = said(case)["Savings" if side == "gain" else "Overspends"]
    assert f"up to 4% beyond the corridor (6% {over} target cost); beyond that 50p up to 10% beyond" in words
    assert f"50p up to 10% beyond the corridor (12% {over} target cost); beyond that nothing" in words
    found: Any = getattr(case.risk_share, f"{side}_corridor"), getattr(case.risk_share, f"{side}_bands")
    target = np.array([100.0])
    paid = providers_part(found[1], found[0].past(np.array([11.9, 12.0, 20.0]), target), target)
    assert paid[0] < paid[1] == paid[2]
    assert cost_clauses.counted(found[1], "gain" if side == "gain" else "pain", found[0]) == (
        f"Bands count beyond the corridor of 2%: up to 4% ends at 6% {over} target cost and up to 10% ends at 12% "
        f"{over} target cost."
    )


def test_of_one_band_without_end_no_end_is_said() -> None:
    terms = share(pain_corridor={"kind": "deductible", "width": 0.01}, pain_bands=({"up_to": None, "share": 0.5},))
    assert (
        cost_clauses.counted(terms.pain_bands, "pain", terms.pain_corridor) == "Bands count beyond the corridor of 1%."
    )


def test_bands_under_a_gate_count_from_the_first_pound() -> None:
    terms = share(pain_corridor={"kind": "gate", "width": 0.02, "inside": 0.5}, pain_bands=BANDS)
    assert (
        "up to 4% of target cost; beyond that 50p up to 10% of target" in said(scenario(risk_share=terms))["Overspends"]
    )
    assert cost_clauses.counted(terms.pain_bands, "pain", terms.pain_corridor) == (
        "Bands count from target cost, from the first pound, once the corridor is reached; below it they count 50% of "
        "the overspend."
    )
    assert cost_clauses.counted(terms.gain_bands, "gain", terms.gain_corridor) == ""


def test_pounds_gates_modifiers_and_lower_caps_are_said_exactly() -> None:
    words = said(alliance(**OTHERWISE))
    assert words["Savings"].startswith("A saving below 2% of target cost is not shared; from there on it is shared")
    assert "multiplied by quality, 0% at a performance score of -100 and 100% at +100" in words["Savings"]
    assert words["Savings"].endswith(
        "2% of the gain is withheld, after the cap. Gain on cost stops at 10% of target cost."
    )
    assert (
        "Providers bear 30p of each pound overspent, up to £250,000 beyond the corridor; beyond" in words["Overspends"]
    )
    assert "at least 40% and at most 75%" in words["Overspends"]
    assert words["Overspends"].endswith("Pain on cost stops at the lower of £1,000,000 a year and 10% of target cost.")
    assert words["Performance"].startswith("£400,000 a year is a bonus for performance")
    assert words["Years"] == (
        "In 2018-19 gain is shared and pain is not. 2018-19 is a shadow year: run and scored, not settled. "
        "Gain and pain count 50% in 2019-20. Pain is carried forward and set against later gains; "
        "what is left after the last year is written off."
    )
    assert "Providers split gain equally." in words["Split"]
    assert "on the other providers, up to their own caps" in words["Split"]


def test_years_that_count_in_full_are_not_listed() -> None:
    assert (
        said(alliance(phase_in=[1.0, 0.5]))["Years"]
        == "Gain and pain count 50% in 2019-20. Each year is settled by itself."
    )


def test_withholding_and_earning_back_is_said_as_such() -> None:
    pool = {"pool": {"kind": "of_fee", "part": 0.2}, "max_gain": 0.0, "neutral_from": 100.0, "neutral_to": 100.0}
    assert said(alliance(performance=pool))["Performance"] == (
        "20% of their fee is withheld and earned back by performance: 100% of it is lost at a score of -100, "
        "nothing from 100 on."
    )


def test_fees_on_actual_cost_are_told_from_fixed_ones() -> None:
    two = (
        provider("A", gain_share=0.5, pain_share=0.5),
        provider("B", fee_on="actual cost", gain_share=0.5, pain_share=0.5),
    )
    fees = said(scenario(providers=two))["Fees"]
    assert fees == (
        "Fees are paid on top of direct costs and are not in target cost; each is "
        "a percentage of the provider's target cost, fixed in pounds: A 5%; or "
        "a percentage of the provider's actual cost, which grows with what is spent: B 5%."
    )


def test_a_target_that_follows_prices_says_what_follows_with_it() -> None:
    assert "Prices" not in said(alliance())
    words = said(alliance().edited(baseline=Baseline(price_growth=0.0, reindexed=True)))
    assert words["Prices"] == (
        "Target costs follow prices: in a year in which prices are 1% above or below plan, so are target costs, and "
        "with them fees, caps, bands and the performance pool. Sums in pounds are stated at planned prices."
    )
    assert words["Fees"] == (
        "Fees are paid on top of direct costs and are not in target cost; each is "
        "a percentage of the provider's target cost, whatever is spent: A 5%, B 5%."
    )
    bare = said(scenario(baseline=Baseline(price_growth=0.0, reindexed=True)))
    assert "with them fees, caps and bands. Sums" in bare["Prices"]


def test_separate_contracts_are_called_separate() -> None:
    words = said(scenario(providers=providers(0.5, 0.5, pooled=0.0)))
    assert words["Outside the pool"] == "The contracts are separate: what each provider saves or overspends is its own."
    assert words["Savings"] == "Nothing is pooled: each provider keeps what it saves."
    assert words["Overspends"] == "Nothing is pooled: each provider bears what it overspends."
    assert "Split" not in words
    pool = {"pool": {"kind": "pounds", "amount": 400_000.0}}
    pooled = alliance(gain_allocation={"kind": "equal"}, performance=pool)
    paid = said(pooled.edited(providers=tuple(one.edited(pooled=0.0) for one in pooled.providers)))
    assert "Providers split gain equally." in paid["Split"]  # what performance pays is still split


def test_the_order_names_only_terms_that_the_contract_has() -> None:
    assert order(scenario()) == "The terms apply in this order: bands."
    whole = order(alliance(**OTHERWISE))
    assert "modifier, cap on cost, haircut, performance pool, gates, cap on the total, phase-in" in whole
    assert "modifier, haircut, cap on cost" in order(alliance(**OTHERWISE | {"haircut_order": "before the cap"}))


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_can_say_itself(name: str) -> None:
    words = said(presets.preset(name))
    assert {"Savings", "Overspends", "Limits", "Years", "Fees", "Commissioners"} <= set(words)


@anyhow
@given(scenarios())
def test_any_contract_can_say_itself_in_whole_sentences(case: Scenario) -> None:
    for about, text in clauses(case):
        assert about and text.endswith(".")
        assert "None" not in text and "nan" not in text and "_" not in text
    assert order(case).endswith(".")

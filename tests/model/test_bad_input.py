"""Wrong terms, outturns and histories: one plain sentence each, naming the entry; junk is refused or harmless."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import presets
from model.documents import Refused, from_document, to_document
from model.history import past
from model.outturn import actuals
from tests.model.build import commissioner, framework, kpi, providers, scenario, share
from tests.model.strategies import anyhow
from tests.model.test_clauses import OTHERWISE
from tests.model.test_documents import GONE, is_plain, junk, paths, put

CASE = scenario(
    years=3,
    providers=providers(0.6, 0.4, pain_cap={"kind": "of_fee", "part": 1.0}, reserves=1e6),
    commissioners=(commissioner("City council", 0.7), commissioner("Health board", 0.3)),
    framework=framework(
        kpi("Recovered", weight=0.5, gate={"level": "failure", "blocks": "the pool"}), kpi("Waiting", weight=0.5)
    ),
    risk_share=share(**OTHERWISE),
)
TERMS: dict[str, Any] = to_document(CASE)
BAND = {"up_to": None, "up_to_pounds": None, "share": 0.5}

WRONG_TERMS: dict[str, tuple[str, Any, str]] = {
    "share of 130%": ("gain_bands.0.share", 1.3, "Providers' share is 130%; it must be at most 100%"),
    "negative share": ("gain_bands.0.share", -0.1, "Providers' share is -10%; it must be at least 0%"),
    "share in words": ("gain_bands.0.share", "half", 'Providers\' share is "half"; it must be a number'),
    "band with two ends": ("gain_bands.0.up_to_pounds", 5.0, "ends at 10% of target cost or at £5, not at both"),
    "overlapping bands": (
        "gain_bands",
        [BAND | {"up_to": 0.1}, BAND | {"up_to": 0.05}],
        "gain band 2 ends at 5% of target cost, but it starts at 10% of target cost",
    ),
    "bands at one place": (
        "pain_bands",
        [BAND | {"up_to_pounds": 100.0}, BAND | {"up_to_pounds": 100.0}],
        "pain band 2 ends at £100, but it starts at £100",
    ),
    "band after an open one": ("gain_bands", [BAND, BAND], "gain band 1 has no end, so no band can follow it"),
    "bands in two units": (
        "gain_bands",
        [BAND | {"up_to": 0.1}, BAND | {"up_to_pounds": 1e6}],
        "gain band 2 ends in £, the one before in %",
    ),
    "band below zero": ("gain_bands.0.up_to", -0.1, "Up to is -10%; it must be"),
    "eleven bands": ("gain_bands", [BAND] * 11, "Gain bands has 11 entries; it must have at most 10"),
    "cap below zero": ("cost_gain_cap", {"kind": "pounds", "amount": -1.0}, "Pounds is -£1; it must be at least £0"),
    "cap of 1e308": ("cost_gain_cap", {"kind": "pounds", "amount": 1e308}, "Pounds is far too large; it must be"),
    "cap of no kind": ("cost_gain_cap", {"amount": 1.0}, "needs a 'kind'"),
    "cap of an unknown kind": ("cost_gain_cap", {"kind": "half"}, "Cap on cost gain is \"half\"; it must be one of"),
    "lower of an uncapped": (
        "cost_pain_cap",
        {"kind": "lower_of", "first": {"kind": "none"}},
        "First is \"none\"; it must be one of 'pounds', 'of_fee', 'of_target'",
    ),
    "lower of lower": (
        "cost_pain_cap",
        {"kind": "lower_of", "first": {"kind": "lower_of"}},
        "First is \"lower_of\"; it must be one of 'pounds', 'of_fee', 'of_target'",
    ),
    "corridor of 120%": ("gain_corridor.width", 1.2, "Corridor is 120%; it must be at most 100%"),
    "corridor that counts twice": ("gain_corridor.inside", 2.0, "Counts inside is 200%; it must be at most 100%"),
    "haircut of 150%": ("haircut", 1.5, "Haircut is 150%; it must be at most 100%"),
    "unknown order": ("haircut_order", "first", "Haircut is taken is \"first\"; it must be one of"),
    "table that falls": (
        "gain_modifier",
        {"kind": "ramp", "points": [{"ops": 10, "multiplier": 1}, {"ops": 0, "multiplier": 1}]},
        "must rise from line to line, but 0 follows 10",
    ),
    "empty table": ("gain_modifier", {"kind": "step", "points": []}, "Table has 0 entries; it must have at least 1"),
    "score beyond 100": (
        "gain_modifier",
        {"kind": "step", "points": [{"ops": 110, "multiplier": 1}]},
        "Performance score is 110; it must be at most 100",
    ),
    "clamp upside down": (
        "pain_modifier",
        {"kind": "one_minus", "share": 0.5, "lowest": 0.8, "highest": 0.4},
        "'At least' is above its 'At most'",
    ),
    "neutral zone turned round": (
        "performance",
        {"pool": {"kind": "pounds", "amount": 1.0}, "neutral_from": 10.0, "neutral_to": -10.0},
        "the neutral zone ends at -10, before it starts at 10",
    ),
    "nothing left to gain": (
        "performance",
        {"pool": {"kind": "pounds", "amount": 1.0}, "neutral_to": 100.0},
        "set 'Most gained' to 0%",
    ),
    "nothing left to lose": (
        "performance",
        {"pool": {"kind": "pounds", "amount": 1.0}, "neutral_from": -100.0, "neutral_to": -100.0},
        "set 'Most lost' to 0%",
    ),
    "pool without limit": ("performance.pool", {"kind": "none"}, "Pool is \"none\"; it must be one of"),
    "half a one-sided year": ("one_sided_years", 0.5, "One-sided years is 0.5; it must be a whole number"),
    "negative one-sided years": ("one_sided_years", -1, "One-sided years is -1; it must be at least 0"),
    "phase-in of 110%": ("phase_in.0", 1.1, "Phase-in, entry 1 is 110%; it must be at most 100%"),
    "unknown basis": ("basis", {"kind": "monthly"}, "Settlement basis is \"monthly\"; it must be one of"),
    "unknown rest": ("basis.rest", "forgotten", "At the end is \"forgotten\"; it must be one of"),
    "excess to nobody": ("over_partner_caps", "nobody", "Over a partner's cap is \"nobody\"; it must be one of"),
    "unknown term": ("clawback", 0.1, "'clawback' is an unknown entry; check its spelling or remove it"),
}  # fmt: skip

WRONG_ALLIANCES: dict[str, tuple[str, Any, str]] = {
    "fee on turnover": ("providers.0.fee_on", "turnover", "A › Fee is % of is \"turnover\"; it must be one of"),
    "gain cap below zero": ("providers.0.gain_cap", {"kind": "of_fee", "part": -1.0}, "it must be at least 0%"),
    "gate at stretch": ("framework.kras.0.kpis.0.gate.level", "stretch", "Gate level is \"stretch\"; it must be"),
    "gate that blocks pain": ("framework.kras.0.kpis.0.gate.blocks", "pain", "Takes away is \"pain\"; it must be"),
    "unknown spreading": ("framework.missing", "at random", "Without data is \"at random\"; it must be one of"),
    "two providers of one name": ("providers.1.name", " a ", "the partner 'a' appears twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_TERMS | WRONG_ALLIANCES)
def test_a_wrong_term_is_named_in_one_plain_sentence(name: str) -> None:
    path, value, words = (WRONG_TERMS | WRONG_ALLIANCES)[name]
    start = ("risk_share",) if name in WRONG_TERMS else ()
    keys = (*start, *(int(key) if key.isdigit() else key for key in path.split(".")))
    with pytest.raises(Refused) as caught:
        from_document(put(TERMS, keys, value))
    said = [problem.sentence for problem in caught.value.problems]
    assert all(is_plain(sentence) for sentence in said), said
    assert words.casefold() in said[0].casefold(), said


OUTTURN: dict[str, Any] = {
    "schema_version": 1,
    "years": [
        {
            "year": label,
            "costs": {"A": 1e8, "B": 1e8},
            "kpis": {"Recovered": 20.0, "Waiting": None},
            "relief": 0.0,
            "prices": 1.0,
        }
        for label in ("2018-19", "2019-20")
    ],
    "brought_forward": None,
}
WRONG_OUTTURNS: dict[str, tuple[str, Any, str]] = {
    "cost in words": ("years.0.costs.A", "a lot", "2018-19 › Costs › 'A' is \"a lot\"; it must be a number"),
    "cost below zero": ("years.0.costs.A", -1.0, "2018-19 › Costs › 'A' is"),
    "cost of 1e308": ("years.0.costs.A", 1e308, "2018-19 › Costs › 'A' is far too large"),
    "cost of nothing": ("years.0.costs.A", None, "2018-19 › Costs › 'A' is empty; it must be a number"),
    "cost that is true": ("years.0.costs.A", True, "2018-19 › Costs › 'A' is true; it must be a number"),
    "cost as a formula": ("years.0.costs.A", "=SUM(B2:B9)", "2018-19 › Costs › 'A' is \"=SUM(B2:B9)\"; it must be"),
    "cost missing": ("years.0.costs.A", GONE, "'A' is missing; every provider's actual cost is needed"),
    "cost of a stranger": ("years.0.costs.Mind", 1.0, "'Mind' is not in the scenario; known are A, B"),
    "costs as a list": ("years.0.costs", [1.0], "2018-19 › Costs is [1.0]; it must be a group of entries"),
    "costs missing": ("years.0.costs", GONE, "2018-19 › Costs is missing"),
    "KPI in words": ("years.0.kpis.Recovered", "good", "2018-19 › KPIs › 'Recovered' is \"good\"; it must be a number"),
    "KPI of a stranger": ("years.0.kpis.Beds", 1.0, "'Beds' is not in the scenario; known are Recovered, Waiting"),
    "costs and KPIs mixed up": ("years.0.kpis", {"A": 1e8}, "'A' is not in the scenario"),
    "relief below zero": ("years.0.relief", -5.0, "2018-19 › Relief is"),
    "prices of nothing": ("years.0.prices", None, "2018-19 › Price index against plan is empty; it must be a number"),
    "prices as a percentage": ("years.0.prices", 103.0, "Price index against plan is 103; it must be at most 5"),
    "prices in words": ("years.0.prices", "3%", "Price index against plan is \"3%\"; it must be a number"),
    "prices that the target ignores": ("years.0.prices", 1.03, "the target does not follow prices; leave it out"),
    "relief in words": ("years.0.relief", "some", "2018-19 › Relief is \"some\"; it must be a number"),
    "a year before the contract": ("years.0.year", "2017-18", "Year 2017-18 is not in the contract; its years are"),
    "a year number beyond": ("years.0.year", 9, "Year 9 is not in the contract"),
    "a year that is a list": ("years.0.year", [], "must be the name of a year, such as 2018-19, or its number"),
    "no year": ("years.0.year", GONE, "Year is missing"),
    "a year twice": ("years.1.year", "2018-19", "The outturn gives one year twice"),
    "a gap": ("years.1.year", "2020-21", "no year may be left out; 2019-20 is missing"),
    "no years": ("years", [], "Years has 0 entries; it must have at least 1"),
    "years as a group": ("years", {}, "Years is {}; it must be a list"),
    "an unknown entry": ("target", 1.0, "'target' is an unknown entry"),
    "a future version": ("schema_version", 2, "File version is 2; it must be one of 1"),
    "brought forward below zero": ("brought_forward", -1.0, "Brought forward is"),
    "brought forward in words": ("brought_forward", "all", "Brought forward is \"all\"; it must be a number"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_OUTTURNS)
def test_a_wrong_outturn_is_named_in_one_plain_sentence(name: str) -> None:
    path, value, words = WRONG_OUTTURNS[name]
    keys = tuple(int(key) if key.isdigit() else key for key in path.split("."))
    with pytest.raises(Refused) as caught:
        actuals(CASE, put(OUTTURN, keys, value))
    said = [problem.sentence for problem in caught.value.problems]
    assert all(is_plain(sentence) for sentence in said), said
    assert words.casefold() in said[0].casefold(), said


def test_there_are_a_hundred_malformed_cases_beside_the_junk() -> None:
    from tests.model.test_documents import FILES, MALFORMED

    assert len(WRONG_TERMS) + len(WRONG_ALLIANCES) + len(WRONG_OUTTURNS) + len(MALFORMED) + len(FILES) >= 100


@settings(anyhow, max_examples=300)
@given(st.sampled_from(paths(TERMS)[1:]), junk)
def test_junk_in_any_term_is_refused_plainly_or_harmless(place: tuple[str | int, ...], value: Any) -> None:
    try:
        from_document(put(TERMS, place, value))
    except Refused as refused:
        assert all(is_plain(problem.sentence) for problem in refused.problems), refused.problems


@settings(anyhow, max_examples=300)
@given(st.sampled_from(paths(OUTTURN)[1:]), junk)
def test_junk_in_an_outturn_is_refused_plainly_or_harmless(place: tuple[str | int, ...], value: Any) -> None:
    try:
        actuals(CASE, put(OUTTURN, place, value))
    except Refused as refused:
        assert all(is_plain(problem.sentence) for problem in refused.problems), refused.problems


HISTORY: dict[str, Any] = {
    "schema_version": 1,
    "years": [
        {"year": "2016-17", "targets": {"A": 1e8, "B": 1e8}, "costs": {"A": 1e8, "B": 1e8}, "kpis": {"Recovered": 20.0}}
    ],
}


@settings(anyhow, max_examples=300)
@given(st.sampled_from(paths(HISTORY)[1:]), junk)
def test_junk_in_a_history_is_refused_plainly_or_harmless(place: tuple[str | int, ...], value: Any) -> None:
    try:
        past(CASE, put(HISTORY, place, value))
    except Refused as refused:
        assert all(is_plain(problem.sentence) for problem in refused.problems), refused.problems


@settings(anyhow, max_examples=100)
@given(junk)
def test_a_document_of_junk_is_no_outturn_and_no_history(document: Any) -> None:
    for read in (actuals, past):
        with pytest.raises(Refused) as caught:
            read(CASE, document)
        assert all(is_plain(problem.sentence) for problem in caught.value.problems)


def test_a_loss_with_a_minus_is_told_to_leave_it_out() -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["providers"][0]["appetite"] = {"kind": "pounds", "loss": -250_000.0, "loss_chance": 0.05}
    with pytest.raises(Refused) as refused:
        from_document(document)
    assert "must be at least £0: write a loss without a minus." in str(refused.value)

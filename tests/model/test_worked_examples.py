"""The 21 published worked examples, each an ordinary scenario and outturn that settles to the printed figure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from tests.model.cases import (
    FOLDER,
    ZERO_TO_ONE,
    Document,
    Year,
    alliance,
    bands,
    kpi,
    outturn,
    pounds,
    settled,
    shared,
)

FILE = FOLDER / "worked_examples.yaml"
PENNY = 0.005


class Case(NamedTuple):
    """What a source printed, year by year, and how it is said in terms of an alliance."""

    id: str
    rule: str
    scenario: Document
    outturn: Document
    expected: dict[str, Sequence[float]]
    """By what `figure` reads, one figure for each year."""
    tolerance: float = PENNY


def figure(year: Year, what: str) -> float:
    """A line of the settlement, a sum that sources print, or a provider's part, by its name."""
    limb3 = year.lines["limb3"]
    sums = {
        "fee with Limb 3": year.amount("result"),
        "price": year.report["actual_cost"] + year.amount("result"),
        "score": year.report["ops"],
        "over the cap": year.amount("cost_component") - year.amount("modified"),
    }
    if what in sums:
        return float(sums[what])
    return float(limb3[what]) if what in limb3 else year.amount(what)


def costs(*actual: float) -> Document:
    """One year's actual cost of the provider, or of each of the two."""
    names = ("Provider",) if len(actual) == 1 else ("Constructor", "Designer")
    return outturn({"costs": dict(zip(names, actual, strict=True))})


def between(fee: float, least: float, most: float) -> Document:
    """Terms that hold a fee between two sums."""
    return {"total_pain_cap": pounds(fee - least), "total_gain_cap": pounds(most - fee)}


def gate(width: float) -> Document:
    return shared(0.5, 0.0) | {"gain_corridor": {"kind": "gate", "width": width}}


CONSTRUCTION = {
    "gain_bands": bands((0.05, 0.5), (1.0, 0.3)),
    "pain_bands": bands((0.05, 0.5), (None, 0.2)),
}
CEILING = {"pain_bands": [{"up_to_pounds": 33_333.33, "share": 0.4}, {"share": 1.0}]}
THREE_PERCENT = {"kind": "deductible", "width": 0.03}
STATUTE = {
    "gain_corridor": THREE_PERCENT,
    "gain_bands": bands((0.05, 0.5), (None, 0.8)),
    "pain_corridor": THREE_PERCENT,
    "pain_bands": bands((0.05, 0.5), (None, 0.8)),
}
POOL_OF_1000 = {"performance": {"pool": pounds(1000), "max_pain": 0.0}}
GAP_TO_GOAL = {"failure": 0.0, "poor": 25.0, "minimum": 50.0, "stretch": 75.0, "gamebreaking": 100.0}
WEIGHTS = {"Clinical process": 0.10, "Experience": 0.25, "Outcome": 0.40, "Efficiency": 0.25}
THRESHOLDS = [f"Threshold {number}" for number in range(1, 15)]
RATES = {0: 0.0, 9: 0.41, 10: 0.44, 12: 0.47, 14: 0.50}
BY_THRESHOLDS = shared(1.0, 0.0) | {
    "gain_modifier": {
        "kind": "step",
        "points": [{"ops": -100 + 200 * met / 14, "multiplier": rate} for met, rate in RATES.items()],
    }
}


def met(number: int) -> Document:
    """A saving of 1,000 with this many of 14 thresholds met."""
    return {
        "costs": {"Provider": 99_000.0},
        "kpis": {name: float(i < number) for i, name in enumerate(THRESHOLDS)},
    }


def only(name: str) -> Document:
    """All but the last have data; this one scores 100, the others 0."""
    return {
        "costs": {"Provider": 100.0},
        "kpis": {other: 1.0 if other == name else 0.5 for other in WEIGHTS} | {"Efficiency": None},
    }


CASES = [
    Case(
        "E01",
        "fee + 25% of what is saved",
        alliance(100_000, shared(0.25, 0.25), fee_rate=0.08),
        costs(80_000),
        {"price": [93_000]},
    ),
    Case(
        "E03",
        "fee less 20% of the overspend, at least 10,000 and at most 60,000",
        alliance(300_000, shared(0.2, 0.2) | between(40_000, 10_000, 60_000), fee_rate=40 / 300),
        costs(380_000),
        {"fee with Limb 3": [24_000]},
    ),
    Case(
        "E06",
        "fee + 20% of what is saved, at least 60,000 and at most 140,000",
        alliance(1e6, shared(0.2, 0.2) | between(100_000, 60_000, 140_000), fee_rate=0.1),
        costs(950_000),
        {"fee with Limb 3": [110_000], "price": [1_060_000]},
    ),
    Case(
        "E10",
        "profit less 40% of the overspend; price at most 200,000: beyond 20,000 / 60% of overspend all is the seller's",
        alliance(150_000, CEILING, fee_rate=0.2),
        costs(210_000),
        {"price": [200_000], "fee with Limb 3": [-10_000]},
    ),
    Case(
        "E13a",
        "half of the overspend",
        alliance(100_000, shared(0.5, 0.5)),
        costs(150_000),
        {"limb3": [-25_000], "price": [125_000]},
    ),
    Case(
        "E15",
        "half of the first 5%, 20% beyond",
        alliance(1e6, CONSTRUCTION),
        costs(1_080_000),
        {"limb3": [-31_000], "commissioners": [-49_000]},
    ),
    Case(
        "E18",
        "half of the first 5%; beyond it all is the client's",
        alliance(1e6, {"pain_bands": bands((0.05, 0.5))}),
        costs(1_100_000),
        {"limb3": [-25_000], "commissioners": [-75_000]},
    ),
    Case(
        "E19",
        "E15 with pain of at most 20,000; what is over goes to the client",
        alliance(1e6, CONSTRUCTION | {"cost_pain_cap": pounds(20_000)}),
        costs(1_080_000),
        {"limb3": [-20_000], "over the cap": [11_000], "commissioners": [-60_000]},
    ),
    Case(
        "E22",
        "E15 divided 60:40",
        alliance(1e6, CONSTRUCTION, shares={"Constructor": 0.6, "Designer": 0.4}),
        costs(640_000, 440_000),
        {"limb3": [-31_000], "Constructor": [-18_600], "Designer": [-12_400]},
    ),
    Case(
        "E26",
        "half of what is saved, all of an overspend",
        alliance(3e6, shared(0.5, 1.0)),
        costs(2.4e6),
        {"price": [2.7e6]},
    ),
    Case(
        "E28",
        "all of what is saved, half of an overspend up to a loss of 100,000",
        alliance(2e6, shared(1.0, 0.5) | {"total_pain_cap": pounds(100_000)}),
        costs(2.4e6),
        {"price": [2.3e6]},
    ),
    Case(
        "E29a",
        "half of a saving of 0.9% on 125,000 units of 500",
        alliance(500 * 125_000, gate(0.0)),
        costs(495.5 * 125_000),
        {"limb3": [281_250]},
    ),
    Case(
        "E29b",
        "E29a, shared from 1% on",
        alliance(500 * 125_000, gate(0.01)),
        costs(495.5 * 125_000),
        {"limb3": [0]},
    ),
    Case(
        "E32a",
        "(75% − 50%) / (100% − 50%) of the gap to goal; a pool of 1,000 pays that part",
        alliance(100, POOL_OF_1000, kpis=[kpi("Rate", (0.5, 0.625, 0.75, 0.875, 1.0), scores=GAP_TO_GOAL)]),
        outturn({"costs": {"Provider": 100.0}, "kpis": {"Rate": 0.75}}),
        {"score": [50], "limb3": [500]},
    ),
    Case(
        "E33",
        "weights 10, 25, 40, 25; the last has too few cases, its weight goes to the others in proportion",
        alliance(100, {}, years=3, kpis=[kpi(name, ZERO_TO_ONE, weight=part) for name, part in WEIGHTS.items()]),
        outturn(*(only(name) for name in WEIGHTS if name != "Efficiency")),
        {"score": [13.3, 33.3, 53.3]},
        tolerance=0.05,
    ),
    Case(
        "E36",
        "fee + 10% of what is saved, less 15% of an overspend, at least 7 and at most 12",
        alliance(100, shared(0.10, 0.15) | between(10, 7, 12), fee_rate=0.1),
        costs(80),
        {"fee with Limb 3": [12]},
    ),
    *(
        Case(
            id,
            "42 USC 18062(b): nothing within 3%, half of the next 5%, 80% beyond; here the plan is the client",
            alliance(100, STATUTE),
            costs(actual),
            {"limb3": [from_plan]},
            tolerance=1e-9,
        )
        for id, actual, from_plan in (("E38a", 85, 8.1), ("E38b", 95, 1.0), ("E38c", 97, 0.0), ("E38d", 103, 0.0))
    ),
    Case(
        "E40",
        "14 thresholds: the share of the saving by the number met; 8 or fewer, nothing",
        alliance(100_000, BY_THRESHOLDS, years=8, kpis=[kpi(name, ZERO_TO_ONE, weight=1 / 14) for name in THRESHOLDS]),
        outturn(*(met(number) for number in (14, 13, 12, 11, 10, 9, 8, 0))),
        {"limb3": [500, 470, 470, 440, 440, 410, 0, 0]},
    ),
]
EXAMPLES = {case.id: case for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=EXAMPLES)
def test_a_published_example_settles_to_the_printed_figure(case: Case) -> None:
    years = settled(case.scenario, case.outturn)
    for what, printed in case.expected.items():
        found = [figure(year, what) for year in years]
        assert found == pytest.approx(printed, abs=case.tolerance, rel=0), f"{what}: {case.rule}"


def test_all_published_examples_are_here() -> None:
    assert len(EXAMPLES) == 21
    if FILE.exists():
        assert set(EXAMPLES) == set(re.findall(r"\{id: (\w+)", FILE.read_text("utf-8")))


# Notes of the sources -------------------------------------------------------------------------------------------


def test_a_fee_on_actual_cost_grows_with_the_overspend() -> None:
    """E15: the fee of 10% is charged on what was spent: 108,000, of which 8,000 are the client's loss as well."""
    (year,) = settled(alliance(1e6, CONSTRUCTION, fee_rate=0.1, fee_on="actual cost"), costs(1_080_000))
    printed = {"fee": 108_000, "limb3": -31_000, "price": 1_157_000, "commissioners": -57_000}
    assert {what: figure(year, what) for what in printed} == pytest.approx(printed, abs=PENNY)


def test_without_the_ceiling_the_seller_bears_its_share() -> None:
    """E10: 40% of an overspend of 60,000 is printed as 24,000."""
    (year,) = settled(alliance(150_000, shared(0.4, 0.4), fee_rate=0.2), costs(210_000))
    assert figure(year, "limb3") == pytest.approx(-24_000, abs=PENNY)


@pytest.mark.parametrize("actual", [190_000, 200_000, 213_333.33, 213_333.34, 250_000])
def test_no_price_is_above_the_ceiling(actual: float) -> None:
    """E10: up to the point of total assumption the price is target price + 60% of the overspend, then 200,000."""
    (year,) = settled(alliance(150_000, CEILING, fee_rate=0.2), costs(actual))
    assert figure(year, "price") == pytest.approx(min(180_000 + 0.6 * (actual - 150_000), 200_000), abs=PENNY)


def test_what_is_over_one_partners_cap_is_named_and_goes_to_the_client() -> None:
    """E19 with the cap on the partner itself: 11,000 are transferred, none vanish."""
    (year,) = settled(alliance(1e6, CONSTRUCTION, pain_cap=pounds(20_000)), costs(1_080_000))
    printed = {"limb3": -20_000, "excess": 11_000, "commissioners": -60_000}
    assert {what: figure(year, what) for what in printed} == pytest.approx(printed, abs=PENNY)


def test_the_pessimistic_and_the_optimistic_point_have_the_fees_they_were_built_from() -> None:
    """E36: the shares come from a fee of 12 at a cost of 80 and of 7 at 120."""
    for actual, fee in ((80, 12), (100, 10), (120, 7), (140, 7)):
        (year,) = settled(EXAMPLES["E36"].scenario, costs(actual))
        assert figure(year, "fee with Limb 3") == pytest.approx(fee, abs=PENNY)


@pytest.mark.parametrize(("actual", "to_plan"), [(92, -2.5), (105, 1.0), (108, 2.5), (115, 8.1)])
def test_the_statutes_corridor_is_the_same_both_ways(actual: float, to_plan: float) -> None:
    (year,) = settled(alliance(100, STATUTE), costs(actual))
    assert -figure(year, "limb3") == pytest.approx(to_plan, abs=1e-9)

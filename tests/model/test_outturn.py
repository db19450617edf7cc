"""What years actually cost and achieved: accepted as people write it, refused in one plain sentence."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import report
from model.basis import CarryForward, Cumulative
from model.documents import Refused
from model.futures import of_actuals
from model.outturn import actuals
from model.scenario import Baseline, Scenario, Term
from model.scores import score
from model.settle import settle
from model.terms import terms
from tests.model.build import FALLING, PENNY, apart, framework, kpi, providers, scenario, share
from tests.model.strategies import anyhow, brought_forward, outturns, reliefs, scenarios
from tests.model.test_documents import is_plain
from tests.model.twin import settle_term_by_hand

COSTS = {"A": 97e6, "B": 101e6}


def alliance(**changes: Any) -> Scenario:
    """Three years from 2018-04, two providers, KPIs weighing 50%, 30% and 20%."""
    kpis = (kpi("Recovered", weight=0.5), kpi("Waiting", weight=0.3, levels=FALLING), kpi("Housed", weight=0.2))
    return scenario(years=3, providers=providers(0.6, 0.4), framework=framework(*kpis), **changes)


def year(which: Any = 1, **changes: Any) -> dict[str, Any]:
    return {"year": which, "costs": COSTS, "kpis": {"Recovered": 30}} | changes


def one(which: Any = 1, **changes: Any) -> dict[str, Any]:
    return {"years": [year(which, **changes)]}


def ops(kpis: dict[str, float | None]) -> float:
    document = one(kpis=kpis)
    return float(report.of_settlement(alliance(), actuals(alliance(), document))["years"][0]["ops"])


def refusal(document: Any, case: Scenario | None = None) -> str:
    with pytest.raises(Refused) as caught:
        actuals(case or alliance(), document)
    return str(caught.value)


def test_a_year_may_be_given_by_its_name_or_its_number() -> None:
    for which, row in ((1, 0), ("2018-19", 0), (3, 2), ("2020-21", 2)):
        found = actuals(alliance(), one(which))
        assert found.rows == [row]
        assert found.costs[:, :, 0].tolist() == [[97e6, 101e6]]


def test_several_years_come_in_the_order_of_the_contract() -> None:
    found = actuals(alliance(), {"years": [year("2020-21", costs={"B": 1, "A": 2}, relief=7), year(1)]})
    assert found.rows == [0, 2]
    assert found.costs[:, :, 0].tolist() == [[97e6, 101e6], [2, 1]]
    assert found.relief.tolist() == [[0], [7]]
    settled = report.of_settlement(alliance(), found)["years"]
    assert [entry["year"] for entry in settled] == ["2018-19", "2020-21"]


def test_each_of_several_years_settles_as_it_would_alone() -> None:
    case = alliance(risk_share=share(phase_in=(0.0, 0.5)))
    years = [year(1, costs={"A": 80e6, "B": 80e6}), year(2, kpis={"Housed": 70}), year(3, relief=1e5)]
    together = report.of_settlement(case, actuals(case, {"years": years[::-1]}))["years"]
    alone = [report.of_settlement(case, actuals(case, {"years": [y]}))["years"][0] for y in years]
    assert together == alone


def reindexed(**changes: Any) -> Scenario:
    return alliance(baseline=Baseline(price_growth=0.0, reindexed=True), **changes)


def test_the_target_of_a_dearer_year_follows_its_prices() -> None:
    """Prices 3% above plan: a target of £206m, so that spending £206m is no overspend, and £4m less a saving."""
    dearer = {"A": 103e6, "B": 103e6}
    document = {"years": [year(1, costs=dearer, prices=1.03), year(2, costs=dearer), year(3, prices=1.01)]}
    assert line(reindexed(), document, "saving") == pytest.approx([0, -6e6, 4e6])
    assert line(alliance(), {"years": [year(1, costs=dearer)]}, "saving") == pytest.approx([-6e6])
    found = report.of_settlement(reindexed(), actuals(reindexed(), document))["years"]
    assert [entry["prices"] for entry in found] == [1.03, 1, 1.01]
    assert [entry["target_cost"] for entry in found] == pytest.approx([206e6, 200e6, 202e6])
    assert found[0]["lines"][-5]["amounts"] == pytest.approx({"A": 5.15e6, "B": 5.15e6})  # the fees


def test_years_take_their_prices_with_them_in_any_order() -> None:
    found = actuals(reindexed(), {"years": [year(3, prices=0.9), year(1, prices=1.1)]})
    assert found.prices.tolist() == [[1.1], [0.9]]
    assert actuals(alliance(), one()).prices.tolist() == [[1]]


def test_prices_as_planned_may_be_stated_in_any_contract() -> None:
    assert actuals(alliance(), one(prices=1)).prices.tolist() == [[1]]


def test_other_prices_are_refused_where_the_target_does_not_follow_them() -> None:
    assert refusal(one("2018-19", prices=1.03)) == (
        "Price index against plan of 2018-19 is 1.03, but in this contract the target does not follow prices; "
        "leave it out, or let the target follow prices."
    )


@pytest.mark.parametrize(
    ("prices", "words"),
    {
        0.19: "Price index against plan is 0.19; it must be at least 0.2.",
        5.1: "Price index against plan is 5.1; it must be at most 5.",
        103: "Price index against plan is 103; it must be at most 5.",
        -1: "Price index against plan is -1; it must be at least 0.2.",
        "dear": 'Price index against plan is "dear"; it must be a number.',
        None: "Price index against plan is empty; it must be a number.",
        True: "Price index against plan is true; it must be a number.",
    }.items(),
)
def test_an_index_that_is_none_is_refused_in_plain_words(prices: Any, words: str) -> None:
    sentence = refusal(one(prices=prices), reindexed())
    assert words in sentence
    assert is_plain(sentence)


def test_prices_of_several_years_are_trued_up_together() -> None:
    """Targets of £210m, £200m and £190m, £198m spent in each: £6m saved, half of it the providers'."""
    case = reindexed(risk_share=share(basis=Cumulative()))
    document = {"years": [year(1, prices=1.05), year(2), year(3, prices=0.95)]}
    assert sum(line(case, document, "due")) == pytest.approx(3e6)


def carrying() -> Scenario:
    return alliance(risk_share=share(basis=CarryForward()))


def trued_up() -> Scenario:
    return alliance(risk_share=share(basis=Cumulative()))


def line(case: Scenario, document: Any, name: str) -> list[float]:
    """One line of the alliance in each year given."""
    years = report.of_settlement(case, actuals(case, document))["years"]
    return [next(found["amount"] for found in entry["lines"] if found["line"] == name) for entry in years]


def test_relief_reduces_the_pain_of_its_year() -> None:
    """£4m over target, half of it the providers': £2m of pain, and £300,000 less of it."""
    over = {"A": 102e6, "B": 102e6}
    document = {"years": [year(1, costs=over), year(2, costs=over, relief=300_000)]}
    assert line(alliance(), document, "relief") == [0, 300_000]
    assert line(alliance(), document, "due") == pytest.approx([-2e6, -1.7e6])


def test_pain_may_be_brought_forward_from_years_before() -> None:
    """£2m saved, half of it the providers': £1m, less what they owe."""
    for owed, due in ((0, 1e6), (400_000, 600_000), (1_500_000, 0)):
        assert line(carrying(), one(2) | {"brought_forward": owed}, "due") == pytest.approx([due])
    assert line(carrying(), one(3) | {"brought_forward": 1_500_000}, "due") == pytest.approx([-500_000])


def test_pain_may_be_brought_forward_even_into_the_first_year() -> None:
    assert actuals(carrying(), one(1)).brought_forward == 0
    assert line(carrying(), one(1) | {"brought_forward": 400_000}, "due") == pytest.approx([600_000])


def test_a_cumulative_contract_settles_any_years_before_the_last() -> None:
    assert actuals(trued_up(), {"years": [year(2)]}).rows == [1]
    assert actuals(trued_up(), {"years": [year(1), year(2), year(3)]}).rows == [0, 1, 2]


BASES: dict[str, tuple[Scenario, Any, str]] = {
    "a gap": (
        carrying(),
        {"years": [year(1), year(3)]},
        "Pain is carried forward from year to year, so no year may be left out; 2019-20 is missing.",
    ),
    "a late start": (
        carrying(),
        {"years": [year(3), year(2)]},
        "The first year given is 2019-20; say what pain is brought forward into it (0 for none), "
        "or give the years from 2018-19 on.",
    ),
    "nothing carried forward": (
        alliance(),
        one(2) | {"brought_forward": 0},
        "The outturn brings pain forward, but this contract does not carry pain forward; leave it out.",
    ),
    "brought forward into a cumulative contract": (
        trued_up(),
        one(2) | {"brought_forward": 5},
        "The outturn brings pain forward, but this contract does not carry pain forward; leave it out.",
    ),
    "a true-up without the first year": (
        trued_up(),
        {"years": [year(2), year(3)]},
        "The last year, 2020-21, is trued up over the whole term, so every year is needed; 2018-19 is missing.",
    ),
    "a true-up by itself": (trued_up(), one("2020-21"), "so every year is needed; 2018-19 is missing."),
}


@pytest.mark.parametrize(("case", "document", "words"), BASES.values(), ids=BASES.keys())
def test_an_outturn_must_give_the_years_that_the_basis_needs(case: Scenario, document: Any, words: str) -> None:
    sentence = refusal(document, case)
    assert words in sentence
    assert is_plain(sentence)


def test_a_missing_kpi_lends_its_weight_to_the_others() -> None:
    """Recovered 30 scores 25; Waiting 10, where less is better, scores 50; Housed 80 scores 100."""
    assert ops({"Recovered": 30, "Waiting": 10, "Housed": 80}) == pytest.approx(0.5 * 25 + 0.3 * 50 + 0.2 * 100)
    for gap in ({}, {"Housed": None}):
        assert ops({"Recovered": 30, "Waiting": 10, **gap}) == pytest.approx((0.5 * 25 + 0.3 * 50) / 0.8)
    assert ops({"Housed": 80}) == pytest.approx(100)


def test_without_any_kpi_the_score_is_zero() -> None:
    assert ops({}) == 0
    assert ops({"Recovered": None, "Waiting": None, "Housed": None}) == 0
    without_kpis = scenario()
    found = actuals(without_kpis, {"years": [{"year": 1, "costs": {"Community charity": 9e7}}]})
    assert found.kpis.shape == (1, 0, 1)
    assert report.of_settlement(without_kpis, found)["years"][0]["ops"] == 0


def test_the_report_leaves_the_score_of_a_missing_kpi_empty() -> None:
    found = report.of_settlement(alliance(), actuals(alliance(), one()))
    assert found["years"][0]["kpi_scores"] == {"Recovered": 25.0, "Waiting": None, "Housed": None}


WRONG: dict[str, tuple[Any, str]] = {
    "missing provider": (one(costs={"A": 1}), "Costs of 1: 'B' is missing"),
    "unknown provider": (one(costs=COSTS | {"C": 1}), "Costs of 1: 'C' is not in the scenario; known are A, B."),
    "unknown KPI": (one(kpis={"Mood": 1}), "KPIs of 1: 'Mood' is not in the scenario"),
    "a year twice": ({"years": [year(2), year(2)]}, "gives one year twice"),
    "a year twice, by name and number": ({"years": [year("2019-20"), year(2)]}, "gives one year twice"),
    "a year before the term": (one(0), "Year 0 is not in the contract"),
    "a year after the term": (one(4), "Year 4 is not in the contract"),
    "a negative year": (one(-1), "Year -1 is not in the contract"),
    "a year of another term": (one("2030-31"), "Year 2030-31 is not in the contract"),
    "an endless year": (one(10**1000), "is not in the contract"),
    "a negative cost": (one(costs=COSTS | {"A": -1}), "'A' is -£1; it must be at least £0."),
    "a cost in words": (one(costs=COSTS | {"A": "lots"}), "'A' is \"lots\"; it must be a number."),
    "no cost": (one(costs=COSTS | {"A": None}), "'A' is empty; it must be a number."),
    "a huge cost": (
        one(costs=COSTS | {"A": 1e13}),
        "'A' is £10,000,000,000,000; it must be at most £1,000,000,000,000",
    ),
    "a KPI in words": (one(kpis={"Recovered": "good"}), "'Recovered' is \"good\"; it must be a number."),
    "a KPI that is true": (one(kpis={"Recovered": True}), "'Recovered' is true; it must be a number."),
    "negative relief": (one(relief=-1), "Relief is -£1; it must be at least £0."),
    "relief in words": (one(relief="some"), 'Relief is "some"; it must be a number.'),
    "negative pain brought forward": (
        {**one(), "brought_forward": -1},
        "Brought forward is -£1; it must be at least £0.",
    ),
    "an unknown entry": (one(mood=1), "'mood' is an unknown entry"),
    "no years": ({"years": []}, "Years has 0 entries"),
    "years as a group": ({"years": {}}, "Years is {}; it must be a list."),
    "nothing in it": ({}, "Years is missing."),
    "another version": ({**one(), "schema_version": 2}, "File version is 2"),
}


@pytest.mark.parametrize(("document", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_outturn_is_refused_in_plain_words(document: Any, words: str) -> None:
    sentence = refusal(document)
    assert words in sentence
    assert is_plain(sentence)


@pytest.mark.parametrize("which", [1.5, None, True, [1], {"number": 1}], ids=str)
def test_a_year_that_is_neither_name_nor_number_is_refused_in_plain_words(which: Any) -> None:
    sentence = refusal(one(which))
    assert is_plain(sentence)
    assert "constrained" not in sentence


@pytest.mark.parametrize("document", [[], None, "years", 3], ids=str)
def test_a_file_that_is_no_outturn_is_not_called_a_scenario(document: Any) -> None:
    sentence = refusal(document)
    assert is_plain(sentence)
    assert "scenario" not in sentence.lower()


def test_a_calendar_year_may_be_written_as_a_number() -> None:
    """Its name is '2018'; in JSON people write 2018, which no contract has as its 2018th year."""
    case = alliance(term=Term(start="2018-01", years=3))
    assert actuals(case, one("2019")).rows == [1]
    assert actuals(case, one(2019)).rows == [1]


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_a_settled_outturn_agrees_with_the_contract_read_aloud(case: Scenario, seed: int) -> None:
    costs, kpis = outturns(case, 1, seed, missing=0.3)
    relief, owed = reliefs(case, seed)[:, 0].tolist(), brought_forward(case, seed)
    kpi_names = [k.name for k in case.framework.kpis()]
    values = [[None if np.isnan(v) else float(v) for v in row[:, 0]] for row in kpis]
    spent = [[float(cost) for cost in row[:, 0]] for row in costs]
    document = {
        "years": [
            {
                "year": label if seed % 2 else t + 1,
                "costs": {p.name: spent[t][i] for i, p in enumerate(case.providers)},
                "kpis": dict(zip(kpi_names, values[t], strict=True)),
                "relief": relief[t],
            }
            for t, label in enumerate(case.term.labels())
        ],
        "brought_forward": owed or None,
    }
    found, exact = report.of_settlement(case, actuals(case, document)), of_actuals(case, actuals(case, document))
    twins = settle_term_by_hand(case, spent, values, relief, owed)
    for t, (entry, twin) in enumerate(zip(found["years"], twins, strict=True)):
        lines = {line["line"]: list(line.get("amounts", {}).values()) for line in entry["lines"]}
        assert entry["ops"] == pytest.approx(twin.ops, abs=1e-9)
        assert apart(np.array(lines["limb3"]), twin.limb3) < PENNY
        assert apart(np.array(lines["fee"]), twin.fees) < PENNY
        assert apart(exact[t].ledger.gain[t, :, 0], twin.providers) < PENNY
        assert apart(exact[t].ledger.commissioners[t, :, 0], twin.commissioners) < PENNY
        rounded = 3 * PENNY  # what is stated is of fee, Limb 3 and own cost, each in whole pennies
        assert apart(np.array(lines["gain"]), twin.providers) < rounded
        assert apart(np.array(lines["commissioners"]), twin.commissioners) < rounded * (1 + len(case.providers))
        assert entry["actual_cost"] == pytest.approx(float(costs[t].sum()))


def test_an_outturn_settles_as_the_same_figures_in_a_draw() -> None:
    case = alliance()
    found = actuals(case, {"years": [year(1), year(2), year(3)]})
    ledger = settle(terms(case), found.costs, score(case.framework, found.kpis))
    entries = report.of_settlement(case, found)["years"]
    for t, entry in enumerate(entries):
        limb3 = next(line for line in entry["lines"] if line["line"] == "limb3")
        assert list(limb3["amounts"].values()) == ledger.limb3[t, :, 0].tolist()


def test_a_kpi_cannot_have_been_measured_beyond_its_possible_values() -> None:
    rate = kpi("Recovered", unit="%", lowest=0, highest=100)
    case = scenario(framework=framework(rate), providers=providers(0.6, 0.4))
    for value in (0.0, 100.0, None):
        actuals(case, one(kpis={"Recovered": value}))
    said = refusal(one(kpis={"Recovered": 150}), case)
    assert said.startswith("2018-19: 'Recovered' at 150 is above its highest possible value, 100; correct it,")
    assert "'Recovered' at -3 is below its lowest possible value, 0" in refusal(one(kpis={"Recovered": -3}), case)

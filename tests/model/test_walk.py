"""One future, line by line: every line is there, its words give its amount, and the waterfall ends where money ends."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import presets
from model import walk
from model.base import PENNY
from model.cost_explanations import score as in_words
from model.distributions import Normal
from model.draw import draw
from model.explanations import HOW
from model.futures import CHANCES, Future, nth, of_actuals, of_draw
from model.ledger import LINES
from model.outturn import actuals
from model.plan import plan
from model.scenario import Baseline, Scenario
from model.scores import score
from model.settle import settle
from model.simulate import simulate
from model.terms import terms
from tests.model.build import FALLING, MILLION, framework, kpi, providers, scenario, share
from tests.model.strategies import anyhow, outturns, scenarios

ARITHMETIC = ("providers_part", "due", "allocated", "limb3", "result", "phased")
"""Lines whose words are a sum to work out, up to a colon."""


def future(case: Scenario, costs: dict[str, float], kpis: dict[str, float | None] | None = None, **more: Any) -> Future:
    """The first year of a scenario, settled with these figures."""
    year = {"year": 1, "costs": costs, "kpis": kpis or {}, **more}
    return of_actuals(case, actuals(case, {"years": [year]}))[0]


def how(found: Future, line: str, owner: str = "") -> str:
    return next(step.how for step in walk.steps(found) if step.line.name == line and step.owner in (owner, ""))


def worked_out(words: str) -> float:
    """What a formula in words comes to: '62% × £1,000 + (−£5)'."""
    text = words.split(":")[0].replace("£", "").replace(",", "").replace("−", "-").replace("×", "*")
    text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
    assert re.fullmatch(r"[-+*/(). \d]+", text), words
    return float(eval(text))


def test_every_line_of_the_ledger_has_its_words() -> None:
    assert list(HOW) == [line.name for line in LINES]


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_the_words_of_a_line_give_its_amount(case: Scenario, seed: int) -> None:
    costs, kpis = outturns(case, 3, seed)
    scores = score(case.framework, kpis)
    ledger = settle(terms(case), costs, scores)
    for year in range(len(costs)):
        found = walk.steps(Future(case, ledger, scores, kpis, year, draw=1))
        assert [(s.line, s.owner) for s in found if s.line.per == "alliance"] == [
            (line, "") for line in LINES if line.per == "alliance"
        ]
        for step in found:
            assert step.how
            assert "nan" not in step.how
            if step.line.name in ARITHMETIC and "no" not in step.how:
                shown = [float(pounds.replace(",", "")) for pounds in re.findall(r"£([\d,.]+\d|\d)", step.how)]
                rounding = 0.02 + 1e-6 * max(shown)  # percentages are shown to four decimals
                assert worked_out(step.how) == pytest.approx(step.amount, rel=0, abs=rounding), step


PRICED = (*ARITHMETIC, "saving", "modified", "haircut", "performance_component", "fee", "own", "gain", "commissioners")
"""Lines whose words are a sum once the words in it are struck out."""


def struck(words: str) -> str:
    """A formula without what is said in it: 'target £206 (planned £200 × 1.03 for prices) − actual £198'."""
    formula = re.sub(r" \(planned [^)]*\)| at a performance score.*|, (before|after) the cap|Limb 3 ", "", words)
    return re.sub(r"[A-Za-z]+", "", formula.split(":")[0])


def priced(case: Scenario, seed: int) -> list[Future]:
    """The second of two draws at prices of its own, each year of it."""
    costs, kpis = outturns(case, 2, seed)
    prices = np.random.default_rng(seed).uniform(0.5, 2, (len(costs), 2))
    scores = score(case.framework, kpis)
    ledger = settle(terms(case).at(prices), costs, scores)
    return [Future(case, ledger, scores, kpis, year, draw=1) for year in range(len(costs))]


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_the_words_of_a_line_give_its_amount_at_the_prices_of_its_year(case: Scenario, seed: int) -> None:
    for found in priced(case, seed):
        for step in walk.steps(found):
            spoken = re.search(r"\bno\b|none|not|passed|all of it", step.how)
            if step.line.name in PRICED and not spoken:
                shown = [float(pounds.replace(",", "")) for pounds in re.findall(r"£([\d,.]+\d|\d)", step.how)]
                rounding = 0.02 + 1e-6 * max(shown)
                assert worked_out(struck(step.how)) == pytest.approx(step.amount, rel=0, abs=rounding), step


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_the_waterfall_adds_up_at_the_prices_of_the_year(case: Scenario, seed: int) -> None:
    for found in priced(case, seed):
        steps, shares = walk.waterfall(found), walk.shares(found)
        assert steps.iloc[:-1].sum() == pytest.approx(steps.iloc[-1], abs=20 * PENNY)
        saved = float((found.target - found.ledger.costs[found.year, :, 1]).sum())
        assert shares["gain"].sum() == pytest.approx(saved, abs=PENNY)
        cash, planned = walk.cash(found)["paid"], float((found.target + found.fee).sum())
        assert cash.sum() == pytest.approx(0, abs=PENNY)
        left = saved - float(found.ledger.gain[found.year, :, 1].sum())
        for i, buyer in enumerate(case.commissioners):
            exact = float(found.ledger.commissioners[found.year, i, 1])
            assert exact == pytest.approx(buyer.contribution * left, abs=PENNY)  # before pennies are made whole
            better = buyer.contribution * planned + cash[buyer.name]
            assert shares.loc[buyer.name, "gain"] == pytest.approx(better, abs=4 * PENNY * (1 + len(case.providers)))


@anyhow
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_the_waterfall_adds_up_to_what_is_paid(case: Scenario, seed: int) -> None:
    costs, kpis = outturns(case, 2, seed)
    scores = score(case.framework, kpis)
    ledger = settle(terms(case), costs, scores)
    for year in range(len(costs)):
        found = Future(case, ledger, scores, kpis, year)
        steps = walk.waterfall(found)
        assert steps.iloc[:-1].sum() == pytest.approx(steps.iloc[-1], abs=20 * PENNY)
        shares = walk.shares(found)
        saved = float((ledger.terms.target[year] - costs[year, :, 0]).sum())
        assert shares["gain"].sum() == pytest.approx(saved, abs=PENNY)
        assert shares["limb3"].sum() == pytest.approx(steps.iloc[-1], abs=PENNY)
        parts = walk.made(found).sum(axis=1)
        assert parts.to_numpy() == pytest.approx(shares["gain"].loc[parts.index].to_numpy(), abs=20 * PENNY)


def test_what_a_commissioner_has_is_made_of_costs_and_of_performance() -> None:
    """£100m targeted: of £10m overspent it bears what providers do not, and it pays all of a pool that is earned."""
    case = scenario(
        framework=framework(kpi()),
        risk_share=share(
            pain_bands=[{"up_to": None, "share": 0.3}], performance={"pool": {"kind": "of_target", "part": 0.02}}
        ),
    )
    name = case.providers[0].name
    over = future(case, {name: 110 * MILLION}, {"Recovered": 40})
    paid = float(over.amount("performance_component"))
    assert paid > 0
    (row,) = walk.made(over).to_dict("records")
    assert row[walk.COSTS] == pytest.approx(-7 * MILLION)
    assert row[walk.PERFORMANCE] == pytest.approx(-paid)
    (row,) = walk.made(future(case, {name: 100 * MILLION}, {"Recovered": 40})).to_dict("records")
    assert row[walk.COSTS] == 0
    assert row[walk.PERFORMANCE] == pytest.approx(-paid)


def test_the_words_of_an_ordinary_year() -> None:
    case = scenario(
        providers=providers(0.6, 0.4, pain_cap={"kind": "pounds", "amount": 1 * MILLION}),
        framework=framework(kpi(gate={"level": "failure", "blocks": "cost gain"})),
        risk_share=share(
            gain_corridor={"kind": "gate", "width": 0.02},
            gain_bands=[{"up_to": 0.01, "share": 0.5}, {"up_to": None, "share": 0.25}],
            gain_modifier={"kind": "quality"},
            haircut=0.02,
            performance={"pool": {"kind": "of_target", "part": 0.01}},
            total_gain_cap={"kind": "pounds", "amount": 3 * MILLION},
            phase_in=(0.5,),
        ),
    )
    found = future(case, {"A": 95 * MILLION, "B": 97 * MILLION}, {"Recovered": 40})
    assert how(found, "saving") == "target £200,000,000 − actual £192,000,000"
    assert how(found, "past_corridor") == "past the corridor (2% of target, £4,000,000): all of it counts"
    assert how(found, "providers_part") == "50% × £2,000,000 + 25% × £6,000,000"
    assert how(found, "modified") == "£2,500,000 × 0.75 at a performance score of 50"
    assert how(found, "haircut") == "−2% × £1,875,000, before the cap"
    assert how(found, "cost_component") == "£1,875,000 − £37,500, no cap on cost gain"
    assert how(found, "performance_component") == "£2,000,000 × 50% at a performance score of 50"
    assert how(found, "capped_total") == ("£1,837,500 + £1,000,000, within the cap of £3,000,000 a year, £3,000,000")
    assert how(found, "phased") == "£2,837,500 × 50%"
    assert how(found, "allocated", "A") == "60% × £1,418,750"
    assert how(found, "fee", "A") == "5% × target cost £100,000,000"
    assert how(found, "commissioners", "City council") == "100% × (saving £8,000,000 − Limb 3 £1,418,750)"


def test_the_words_of_a_bad_year() -> None:
    case = scenario(
        providers=providers(0.6, 0.4, pain_cap={"kind": "pounds", "amount": 1 * MILLION}, fee_on="actual cost"),
        framework=framework(kpi("Safe", levels=FALLING, gate={"level": "poor", "blocks": "the pool"})),
        risk_share=share(
            pain_corridor={"kind": "deductible", "width": 0.01},
            pain_bands=[{"up_to": 0.02, "share": 0.5}],
            pain_modifier={"kind": "one_minus", "share": 0.5, "lowest": 0.6, "highest": 1.0},
            cost_pain_cap={"kind": "pounds", "amount": 1.5 * MILLION},
            performance={"pool": {"kind": "pounds", "amount": 1 * MILLION}},
        ),
    )
    found = future(case, {"A": 105 * MILLION, "B": 105 * MILLION}, {"Safe": 60}, relief=500_000)
    assert how(found, "past_corridor") == "£10,000,000 less the corridor (1% of target, £2,000,000), at least £0"
    assert how(found, "providers_part") == "−(50% × £4,000,000 + 0% × £4,000,000)"
    assert how(found, "cost_component").endswith("held at the cap of £1,500,000 a year, £1,500,000")
    assert how(found, "relief") == "the relief agreed for the year, at most the pain"
    assert how(found, "performance_component") == "£1,000,000 × −100%: a failed gate loses the pool"
    assert how(found, "moved", "A") == "over its own cap"
    assert how(found, "moved", "B") == "within its caps"
    assert how(found, "fee", "A") == "5% × actual cost £105,000,000"
    assert "− £500,000 of fees)" in how(found, "commissioners", "City council")
    assert walk.waterfall(found)["Relief"] == 500_000
    assert walk.waterfall(found)["Partners' caps"] == pytest.approx(200_000)


def test_the_words_of_a_dearer_year() -> None:
    """Target £200m, prices 5% above plan: every sum that the contract states is 5% more."""
    case = scenario(
        providers=providers(0.6, 0.4, pain_cap={"kind": "of_fee", "part": 0.2}),
        framework=framework(kpi()),
        baseline=Baseline(price_growth=0.0, reindexed=True),
        risk_share=share(
            pain_corridor={"kind": "deductible", "width": 0.01},
            pain_bands=[{"up_to_pounds": 4 * MILLION, "share": 0.5}, {"up_to": None, "share": 1.0}],
            cost_pain_cap={"kind": "pounds", "amount": 3 * MILLION},
            total_pain_cap={"kind": "of_target", "part": 0.02},
            performance={"pool": {"kind": "pounds", "amount": 1 * MILLION}},
        ),
    )
    found = future(case, {"A": 110 * MILLION, "B": 110 * MILLION}, {"Recovered": 0}, prices=1.05)
    assert how(found, "saving") == "target £210,000,000 (planned £200,000,000 × 1.05 for prices) − actual £220,000,000"
    assert how(found, "past_corridor") == "£10,000,000 less the corridor (1% of target, £2,100,000), at least £0"
    assert how(found, "providers_part") == "−(50% × £4,200,000 + 100% × £3,700,000)"
    assert how(found, "cost_component").endswith("held at the cap of £3,000,000 a year at planned prices, £3,150,000")
    assert how(found, "performance_component") == "£1,050,000 × −100% at a performance score of −100"
    assert how(found, "capped_total").endswith("within the cap of 2% of target cost, £4,200,000")
    assert how(found, "moved", "A") == "over its own cap"
    assert found.amount("limb3", 0) == pytest.approx(-0.2 * 5.25 * MILLION)
    assert how(found, "fee", "A") == "5% × target cost £105,000,000 (planned £100,000,000 × 1.05 for prices)"
    assert how(found, "gain", "A").endswith("− fee at target £5,250,000")


def test_a_haircut_after_the_cap_is_worked_out_on_what_the_cap_left() -> None:
    cap = {"kind": "pounds", "amount": 2 * MILLION}
    case = scenario(risk_share=share(haircut=0.1, haircut_order="after the cap", cost_gain_cap=cap))
    found = future(case, {"Community charity": 90 * MILLION})
    assert how(found, "haircut") == "−10% × £2,000,000, after the cap"
    assert "with the cap taken first, held at the cap of £2,000,000 a year" in how(found, "cost_component")
    assert found.paid == pytest.approx(1.8 * MILLION)


def test_a_failed_gate_is_named_where_it_takes_gain() -> None:
    gated = framework(kpi("Recovered", gate={"level": "failure", "blocks": "cost gain"}))
    found = future(scenario(framework=gated), {"Community charity": 90 * MILLION}, {"Recovered": 0})
    assert how(found, "cost_after_gates") == "£5,000,000 is not paid: the gate on Recovered is failed"
    assert found.failed == ["Recovered"]


def test_a_gate_on_the_score_does_not_lower_pain_and_the_words_say_so() -> None:
    """Measured 50, which multiplies pain by 2; the gate makes it count as -100, which would multiply it by 1."""
    gated = framework(kpi("A"), kpi("Safe", weight=0.0, gate={"level": "failure", "blocks": "the score"}))
    table = {"kind": "ramp", "points": [{"ops": 0.0, "multiplier": 1.0}, {"ops": 50.0, "multiplier": 2.0}]}
    case = scenario(framework=gated, risk_share=share(pain_modifier=table))
    found = future(case, {"Community charity": 110 * MILLION}, {"A": 40, "Safe": 0})
    assert how(found, "modified") == "−£5,000,000 × 2 at a performance score of 50; a gate lowers no pain"
    assert found.amount("modified") == pytest.approx(-10 * MILLION)


def test_what_rounding_leaves_of_a_score_of_nothing_is_written_as_nothing() -> None:
    assert in_words(-1.1e-13) == "0"
    assert in_words(-27.3456) == "−27.35"


def test_kpis_show_how_they_made_the_score_and_who_had_no_data() -> None:
    three = framework(kpi("A", weight=0.5), kpi("B", weight=0.25), kpi("C", weight=0.25))
    found = future(scenario(framework=three), {"Community charity": 90 * MILLION}, {"A": 40, "B": 80})
    table = walk.kpis(found)
    assert table["weight"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert table["points"].sum() == pytest.approx(found.ops) == pytest.approx(2 / 3 * 50 + 1 / 3 * 100)
    assert np.isnan(table.loc["C", "score"])


def test_a_balance_follows_pain_from_year_to_year() -> None:
    case = scenario(years=3, risk_share=share(basis={"kind": "carry_forward"}))
    years = [{"year": i + 1, "costs": {"Community charity": cost * MILLION}} for i, cost in enumerate((110, 96, 80))]
    futures = of_actuals(case, actuals(case, {"years": years, "brought_forward": 1 * MILLION}))
    table = walk.balance(dict(zip(case.term.labels(), futures, strict=True))) / MILLION
    assert table.to_numpy().tolist() == [[1, -5, 0, 6], [6, 2, 0, 4], [4, 10, 6, 0]]
    assert how(futures[0], "carried") == "pain brought forward £1,000,000, carried forward £6,000,000"
    assert how(futures[2], "carried") == "pain brought forward £4,000,000, all of it due now"


def test_a_true_up_says_what_the_term_came_to() -> None:
    case = scenario(
        years=2, risk_share=share(basis={"kind": "cumulative"}, gain_corridor={"kind": "gate", "width": 0.03})
    )
    years = [{"year": i + 1, "costs": {"Community charity": cost * MILLION}} for i, cost in enumerate((98, 95))]
    futures = of_actuals(case, actuals(case, {"years": years}))
    assert futures[1].paid == pytest.approx(3.5 * MILLION)
    assert how(futures[1], "carried") == (
        "true-up: over the term, saving £7,000,000 of target £200,000,000 at a mean score of 0 gives £3,500,000 "
        "on cost; with £0 on performance, within the caps, £3,500,000; the years one by one came to £2,500,000"
    )
    assert (
        how(futures[1], "allocated", "Community charity")
        == "100% × £3,500,000 − £0: the whole term less the years before"
    )


def test_futures_are_ranked_by_what_they_bring() -> None:
    gains = np.random.default_rng(1).permutation(1000).astype(float)
    assert {name: gains[nth(gains, chance)] for name, chance in CHANCES.items()} == {
        "Typical": 500,
        "Good, 1 in 10": 900,
        "Bad, 1 in 10": 100,
        "Very bad, 1 in 20": 50,
    }
    assert gains[nth(gains, 1.0)] == 999


@pytest.mark.parametrize("name", presets.names())
def test_a_walked_draw_is_the_one_of_the_results(name: str) -> None:
    case = presets.preset(name)
    drawn = draw(plan(case), 256, 1)
    many = settle(terms(case), drawn.costs, score(case.framework, drawn.kpis))
    for number in (0, 100, 255):
        found = of_draw(case, drawn, number, 1)
        assert found.paid == pytest.approx(many.limb3[1, :, number].sum(), abs=PENNY)


def dearer(case: Scenario) -> Scenario:
    """The same with uncertain prices, which the target follows."""
    unsure = case.uncertainty.edited(prices=Normal(mean=0.01, sd=0.03))
    return case.edited(uncertainty=unsure, baseline=case.baseline.edited(reindexed=True))


@pytest.mark.parametrize("name", presets.names())
def test_a_walked_draw_at_its_prices_is_the_one_of_the_results(name: str) -> None:
    case = dearer(presets.preset(name))
    drawn, many = draw(plan(case), 256, 1), simulate(case, 256, 1)
    for number in (0, 255):
        years = [of_draw(case, drawn, number, t) for t in range(case.term.horizon)]
        assert [future.prices for future in years] == drawn.prices[:, number].tolist()
        gained = sum(future.ledger.gain[future.year, :, 0] for future in years)
        assert many.total[: len(case.providers), number] == pytest.approx(gained, abs=PENNY)


def test_own_figures_are_settled_at_their_own_prices() -> None:
    case = dearer(presets.preset(presets.FIRST))
    drawn = draw(plan(case), 160, 1)
    before = drawn.prices.copy()
    costs = {p.name: 1e6 for p in case.providers}
    own = actuals(case, {"years": [{"year": 3, "costs": costs, "prices": 1.25}]})
    found = of_draw(case, drawn, 7, 2, own)
    assert found.prices == 1.25
    assert found.target == pytest.approx(1.25 * case.target_cost()[2])
    assert found.terms.prices[:2, 0].tolist() == before[:2, 7].tolist()
    assert (drawn.prices == before).all()


def test_own_figures_replace_one_year_of_a_draw_and_leave_the_draws_alone() -> None:
    case = presets.preset(presets.FIRST)
    drawn = draw(plan(case), 160, 1)
    before = drawn.costs.copy()
    label = case.term.labels()[2]
    own = actuals(case, {"years": [{"year": label, "costs": {p.name: 1e6 for p in case.providers}}]})
    found = of_draw(case, drawn, 0, 2, own)
    assert found.ledger.costs[2, :, 0].tolist() == [1e6] * len(case.providers)
    assert (drawn.costs == before).all()


@pytest.mark.parametrize(("missing", "score_now"), [("in proportion", 100.0), ("equally", 100.0)])
def test_what_has_no_data_is_named_with_its_weight_and_the_score_that_it_would_have_at_nought(
    missing: str, score_now: float
) -> None:
    """Of two KPIs the better, with 60% of the weight, scores 100; the other has no data."""
    best = kpi("Measured", weight=0.6, levels=FALLING)
    case = scenario(
        providers=providers(1.0), framework=framework(best, kpi("Not measured", weight=0.4)).edited(missing=missing)
    )
    found = future(case, {"A": 100 * MILLION}, {"Measured": 0.0})
    assert found.ops == pytest.approx(score_now)
    assert walk.unmeasured(found) == (("Not measured",), pytest.approx(0.4), pytest.approx(60.0))


def test_where_all_have_data_nothing_is_said_to_be_missing() -> None:
    case = scenario(providers=providers(1.0), framework=framework(kpi()))
    assert walk.unmeasured(future(case, {"A": 100 * MILLION}, {"Recovered": 20.0})).names == ()

"""Past years under a contract: settled in full, compared with our ranges, and refused in one sentence."""

from typing import Any

import numpy as np
import pytest

from model.distributions import Normal
from model.documents import Refused
from model.draw import draw
from model.history import TOGETHER, Covered, coverage, past, settled
from model.plan import plan
from model.scenario import Baseline, Scenario
from tests.model.build import MILLION, framework, kpi, provider, scenario, share, uncertain

NAME = "Community charity"


def years(*costs: float, target: float = 100 * MILLION, **more: Any) -> dict[str, Any]:
    """Past years of the only provider."""
    return {
        "years": [
            {"year": str(2010 + i), "targets": {NAME: target}, "costs": {NAME: cost}, **more}
            for i, cost in enumerate(costs)
        ]
    }


def case(**changes: Any) -> Scenario:
    return scenario(years=2, risk_share=share(**changes))


def test_past_years_are_settled_on_their_own_targets() -> None:
    document = years(40 * MILLION, 60 * MILLION, target=50 * MILLION)
    paid = [future.paid for future in settled(case(), past(case(), document))]
    assert paid == pytest.approx([5 * MILLION, -5 * MILLION])


def test_the_past_counts_in_full_even_where_the_contract_starts_gently() -> None:
    gentle = case(phase_in=(0.0, 0.5), one_sided_years=2)
    assert settled(gentle, past(gentle, years(120 * MILLION)))[0].paid == pytest.approx(-10 * MILLION)


def test_relief_eases_the_pain_of_a_past_year() -> None:
    document = years(120 * MILLION, relief=3 * MILLION)
    assert settled(case(), past(case(), document))[0].paid == pytest.approx(-7 * MILLION)


def test_a_settlement_basis_runs_over_the_past_years() -> None:
    carried = case(basis={"kind": "carry_forward"})
    paid = [f.paid for f in settled(carried, past(carried, years(120 * MILLION, 90 * MILLION, 100 * MILLION)))]
    assert paid == pytest.approx([0, 0, -5 * MILLION])


def test_coverage_counts_the_years_inside_our_range() -> None:
    """Cost N(100, 5)% of target: P5 to P95 is 91.8% to 108.2%."""
    uncertain = scenario(providers=(provider(cost_deviation=Normal(mean=0.0, sd=0.05)),))
    document = years(*(100 * MILLION * x for x in (0.91, 0.93, 1.0, 1.07, 1.09)))
    found = coverage(uncertain, draw(plan(uncertain), 16_384, 1), 0, past(uncertain, document))
    assert [item.item for item in found] == [TOGETHER, NAME]
    assert found[0].low == pytest.approx(1 - 1.645 * 0.05, abs=0.003)
    assert found[0].high == pytest.approx(1 + 1.645 * 0.05, abs=0.003)
    assert (found[0].inside, found[0].years) == (3, 5)
    assert found[0].values == pytest.approx([0.91, 0.93, 1.0, 1.07, 1.09])


def test_where_the_target_follows_prices_they_widen_no_range_of_cost() -> None:
    """Prices about 10% above plan: nothing of that shows against a target that is dearer as well."""
    prices = uncertain().edited(prices=Normal(mean=0.1, sd=0.05))
    for follows, width in ((True, 0.0), (False, 2 * 1.645 * 0.05)):
        unsure = scenario(uncertainty=prices, baseline=Baseline(price_growth=0.0, reindexed=follows))
        found = coverage(unsure, draw(plan(unsure), 4096, 1), 0, past(unsure, years(1.0)))[0]
        assert found.high - found.low == pytest.approx(width, abs=0.006)
        assert found.low == pytest.approx(1.0 if follows else 1.1 - 1.645 * 0.05, abs=0.003)


def test_a_kpi_counts_only_the_years_in_which_it_was_measured() -> None:
    measured = scenario(framework=framework(kpi(deviation=Normal(mean=0.0, sd=2.0))))
    document = years(1.0, 1.0, 1.0)
    for year, value in zip(document["years"], (20.0, 40.0, None), strict=True):
        year["kpis"] = {} if value is None else {"Recovered": value}
    found = coverage(measured, draw(plan(measured), 4096, 1), 0, past(measured, document))[-1]
    assert (found.item, found.inside, found.years) == ("Recovered", 1, 2)


def test_the_chance_of_so_few_is_binomial() -> None:
    def item(inside: int, n: int) -> Covered:
        return Covered("x", "", 0.0, 1.0, [], inside, n)

    assert item(5, 5).chance == pytest.approx(1)
    assert item(4, 5).chance == pytest.approx(1 - 0.9**5)
    assert item(2, 5).chance == pytest.approx(0.00856)
    assert item(2, 5).too_narrow
    assert not item(4, 5).too_narrow


def test_honest_ranges_hold_nine_years_in_ten() -> None:
    """Draws of one seed as the past, ranges from another."""
    uncertain = scenario(providers=(provider(cost_deviation=Normal(mean=0.0, sd=0.05)),))
    drawn = draw(plan(uncertain), 16_384, 1)
    happened = draw(plan(uncertain), 4_096, 2).costs[0, 0]
    inside = 0
    for start in range(0, 4_000, 40):
        found = past(uncertain, years(*happened[start : start + 40]))
        inside += coverage(uncertain, drawn, 0, found)[0].inside
    assert inside / 4_000 == pytest.approx(0.9, abs=4 * np.sqrt(0.09 / 4_000))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"costs": {}}, "Cost of Community charity in 2010 is missing; every provider's is needed."),
        ({"targets": {}}, "Target of Community charity in 2010 is missing; every provider's is needed."),
        ({"targets": {NAME: 0.0}}, "Target of Community charity in 2010 is 0; it must be more than £0."),
        ({"costs": {NAME: -5.0}}, "Cost of Community charity in 2010 is -5; it must be £0 or more."),
        ({"costs": {NAME: 1.0, "Mind": 1.0}}, "'Mind' in 2010 is not in the scenario; known are Community charity."),
        ({"kpis": {"Beds": 1.0}}, "'Beds' in 2010 is not in the scenario; known are Community charity."),
        ({"costs": {NAME: "much"}}, "2010 › Costs › 'Community charity' is \"much\"; it must be a number."),
    ],
)
def test_what_is_wrong_with_a_history_is_said_in_one_sentence(change: dict[str, Any], sentence: str) -> None:
    document = years(1.0)
    document["years"][0] |= change
    with pytest.raises(Refused) as refusal:
        past(case(), document)
    assert str(refusal.value) == sentence


def test_a_year_given_twice_is_refused() -> None:
    document = years(1.0, 2.0)
    document["years"][1]["year"] = "2010"
    with pytest.raises(Refused, match="gives one year twice"):
        past(case(), document)

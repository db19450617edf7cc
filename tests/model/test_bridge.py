"""Bridges between two designs: bars that add up, and an interaction only where changes act on each other."""

from typing import Any

import numpy as np
import pytest

from model.amounts import Pounds
from model.bands import Band
from model.base import Floats
from model.bridge import (
    BASELINE,
    COSTS,
    FRAMEWORK,
    OF_TERMS,
    TERMS,
    TOGETHER,
    UNCERTAINTY,
    Bridge,
    bridge,
    bridges,
    spans,
    table,
)
from model.contract import RiskShare
from model.corridors import GateCorridor
from model.distributions import Fixed, Normal
from model.effects import effect, settled
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.simulate import Case, simulate
from model.statistics import standard_error
from model.uncertainty import Risk
from tests.model import build

OVER = Fixed(value=0.04)


def mean(scenario: Scenario) -> float:
    """What the first provider has on average."""
    return float(simulate(scenario, 160, 5).total[0].mean())


def built(before: Scenario, after: Scenario) -> Bridge:
    return bridge(before, after, spans(before, after), mean)


def pooled() -> Scenario:
    """£4m for the best score, nothing for the middle one; half of costs."""
    pool = PerformancePool(pool=Pounds(amount=4e6))
    return build.scenario(risk_share=build.share(performance=pool), framework=build.framework(build.kpi()))


def test_equal_designs_have_no_bridge() -> None:
    assert not spans(pooled(), pooled())
    assert not spans(pooled(), pooled().edited(story="Told otherwise", name="Called otherwise"))


def test_changes_that_do_not_act_on_each_other_have_no_interaction() -> None:
    before = pooled()
    after = before.edited(
        framework=build.framework(build.kpi(today=80, expected=80)),
        providers=(build.provider(cost_deviation=OVER),),
    )
    found = built(before, after)
    assert found.changes == pytest.approx({FRAMEWORK: 4e6, UNCERTAINTY: -2e6})
    assert abs(found.interaction) < build.PENNY
    assert found.end == pytest.approx(2e6)


def test_changes_that_act_on_each_other_do_so_in_the_interaction() -> None:
    before = build.scenario()
    quarter = (Band(up_to=None, share=0.25),)
    after = before.edited(providers=(build.provider(cost_deviation=OVER),), risk_share=build.share(pain_bands=quarter))
    # A quarter instead of half of nothing; half of £4m; and a quarter less of it.
    assert built(before, after).bars("Before", "After") == pytest.approx(
        {"Before": 0.0, "Bands": 0.0, UNCERTAINTY: -2e6, TOGETHER: 1e6, "After": -1e6}
    )


def test_bars_add_up() -> None:
    before = pooled().edited(providers=(build.provider(cost_deviation=Normal(mean=0.01, sd=0.05)),))
    after = before.edited(
        providers=(build.provider(cost_deviation=Normal(mean=0.02, sd=0.1), baseline_cost=120e6, fee_rate=0.07),),
        risk_share=build.share(haircut=0.2),
        baseline=Baseline(price_growth=0.03, contingency=0.02),
        framework=build.framework(build.kpi(expected=60)),
    )
    found = built(before, after)
    assert set(found.changes) == {COSTS, "Fees", "Haircut", "Performance pool", UNCERTAINTY, BASELINE, FRAMEWORK}
    *bars, end = found.bars("Before", "After").values()
    assert sum(bars) == pytest.approx(end, abs=build.PENNY)
    assert end == mean(after)
    assert found.start == mean(before)


def test_one_change_is_the_whole_difference() -> None:
    before = build.scenario(providers=(build.provider(cost_deviation=OVER),))
    after = before.edited(risk_share=build.share(pain_bands=()))
    assert built(before, after).bars("Before", "After") == {"Before": -2e6, "Bands": 2e6, "After": 0.0}


def test_terms_of_a_provider_are_contract_terms_and_its_ranges_uncertainty() -> None:
    before = build.scenario(providers=build.providers(0.5, 0.5))
    first, second = before.providers
    shares = before.edited(providers=(first.edited(pain_share=0.7), second.edited(pain_share=0.3)))
    assert [span.groups for span in spans(before, shares)] == [("Providers' shares",)]
    dearer = before.edited(providers=(first.edited(baseline_cost=90e6), second))
    assert [span.groups for span in spans(before, dearer)] == [(COSTS,)]
    vague = before.edited(providers=(first.edited(baseline_error=OVER), second))
    assert [span.groups for span in spans(before, vague)] == [(UNCERTAINTY,)]


def test_a_few_terms_are_a_bar_each_and_many_are_one_that_names_them() -> None:
    before = build.scenario(providers=(build.provider(cost_deviation=OVER),))
    few: dict[str, Any] = {
        "haircut": 0.2,
        "pain_bands": (Band(up_to=None, share=0.25),),
        "total_pain_cap": Pounds(amount=5e5),
    }
    found = spans(before, before.edited(risk_share=build.share(**few)))
    assert [span.groups for span in found] == [("Bands",), ("Haircut",), ("Caps on all providers",)]
    bars = built(before, before.edited(risk_share=build.share(**few)))
    assert bars.changes == pytest.approx({"Bands": 1e6, "Haircut": 0.0, "Caps on all providers": 1.5e6})
    assert bars.interaction == pytest.approx(-1e6)  # a cap of £0.5m leaves nothing for smaller bands to do
    many = few | {"gain_corridor": GateCorridor(width=0.01), "one_sided_years": 1, "phase_in": (0.5,)}
    many["over_partner_caps"] = "other providers"
    (one,) = spans(before, before.edited(risk_share=build.share(**many)))
    assert one.groups == (TERMS,) and len(one.terms) == 6


def test_every_term_has_a_bar() -> None:
    assert {entry for entries in OF_TERMS.values() for entry in entries} >= set(RiskShare.model_fields) - {"sources"}


def test_a_kpis_range_is_uncertainty_and_its_levels_are_framework() -> None:
    before = pooled()
    wide = before.edited(framework=build.framework(build.kpi(deviation=Normal(mean=0, sd=5))))
    assert [span.groups for span in spans(before, wide)] == [(UNCERTAINTY,)]
    late = before.edited(framework=build.framework(build.kpi(levels=build.FALLING)))
    assert [span.groups for span in spans(before, late)] == [(FRAMEWORK,)]


def test_changes_that_are_not_valid_alone_are_one_bar() -> None:
    flood = Risk(name="Flood", probability=0.5, impact=Fixed(value=1e6), hits=("B",))
    before = build.scenario(providers=build.providers(0.5, 0.5), uncertainty=build.uncertain(flood))
    after = before.edited(
        providers=build.providers(1.0),
        uncertainty=build.uncertain(),
        baseline=Baseline(price_growth=0.02),
    )
    found = spans(before, after)
    assert [set(span.groups) for span in found] == [{COSTS, UNCERTAINTY}, {BASELINE}]
    *bars, end = built(before, after).bars("Before", "After").values()
    assert sum(bars) == pytest.approx(end, abs=build.PENNY)


def test_changes_that_need_each_other_are_one_bar() -> None:
    flood = Risk(name="Flood", probability=0.5, impact=Fixed(value=1e6), hits=("B",))
    before = build.scenario(providers=build.providers(1.0))
    after = build.scenario(providers=build.providers(0.5, 0.5), uncertainty=build.uncertain(flood))
    assert all(isinstance(span.scenario, Scenario) for span in spans(before, after))
    assert any(set(span.groups) == {COSTS, UNCERTAINTY} for span in spans(before, after))


def replicates(scenario: Scenario) -> Floats:
    """What the first provider has on average: in all draws, then in each replicate."""
    return effect(settled(Case.of(scenario), Case.of(scenario).plan, 1_024, 5)).samples(
        "mean", scenario.providers[0].name
    )


def test_each_bar_has_the_error_of_the_same_bar_in_every_replicate() -> None:
    before = pooled().edited(providers=(build.provider(cost_deviation=Normal(mean=0.01, sd=0.05)),))
    after = before.edited(risk_share=build.share(haircut=0.2), baseline=Baseline(price_growth=0.0, contingency=0.02))
    found = bridges(before, after, spans(before, after), replicates)
    assert len(found) == 1 + 8
    bars = table(found, "Before", "After")
    assert bars["pounds"].to_dict() == pytest.approx(found[0].bars("Before", "After"))
    start = replicates(before)[1:]
    assert bars.loc["Before", "standard error"] == pytest.approx(standard_error(start))
    together = np.array([each.interaction for each in found[1:]])
    assert bars.loc[TOGETHER, "standard error"] == pytest.approx(together.std(ddof=1) / np.sqrt(8))


def test_a_bar_that_no_draw_moves_has_no_error() -> None:
    before = pooled().edited(providers=(build.provider(cost_deviation=Normal(mean=0.01, sd=0.05)),))
    paid = PerformancePool(pool=Pounds(amount=6e6))
    after = before.edited(
        risk_share=build.share(performance=paid), framework=build.framework(build.kpi(today=80, expected=80))
    )
    bars = table(bridges(before, after, spans(before, after), replicates), "Before", "After")
    assert bars.loc[FRAMEWORK, "standard error"] < build.PENNY < bars.loc["Before", "standard error"]

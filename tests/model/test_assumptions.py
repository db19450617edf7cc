"""Every uncertain input in a sentence, with its reason."""

import pytest

from data import presets
from model import assumptions
from model.distributions import Fixed, Normal, Pert
from model.documents import from_document, to_document
from model.evidence import FromData, Pool, View
from model.uncertainty import Mitigation, Risk


@pytest.mark.parametrize("name", presets.names())
def test_every_uncertain_input_of_a_preset_is_listed_once(name: str) -> None:
    scenario = presets.preset(name)
    table = assumptions.table(scenario)
    unknown = scenario.uncertainty
    count = 2 * len(scenario.providers) + 3 + len(list(scenario.framework.kpis())) + len(unknown.risks) + 5
    assert len(table) == count + len(unknown.correlations.pairs)
    assert table.index.is_unique
    assert not table.isna().any().any()


def test_a_reason_stands_beside_its_input_and_its_lack_is_told() -> None:
    document = to_document(presets.preset(presets.FIRST))
    document["uncertainty"]["sources"] = [{"field": "prices", "note": "Our own record."}]
    table = assumptions.table(from_document(document))
    assert table.loc["Prices against plan", "reason"] == "Our own record."
    assert table.loc["Savings delivered", "reason"] == assumptions.NO_REASON


def test_a_range_is_stated_with_its_kind() -> None:
    assert assumptions.spread(Normal(mean=0, sd=0.05), "%", " of plan") == (
        "9 in 10 between −8.22% and 8.22% of plan, middle 0% (normal)"
    )
    assert assumptions.spread(Fixed(value=0.01), "%") == "certain: 1%"
    assert "(resampled from 5 values)" in assumptions.spread(FromData(values=(1, 2, 3, 4, 5)), "days")
    pool = Pool(views=(View(name="A", view=Pert(low=0, likely=1e5, high=3e5)),))
    assert assumptions.spread(pool, "£").endswith("(pooled from 1 view)")


def test_a_risk_costs_its_chance_times_its_mean_before_and_after_mitigation() -> None:
    after = Mitigation(probability=0.1, impact=0.5, cost=1000)
    risk = Risk(name="R", probability=0.2, impact=Fixed(value=100_000), mitigation=after)
    assert assumptions.expected_cost(risk, None) == pytest.approx(20_000)
    assert assumptions.expected_cost(risk, after) == pytest.approx(5_000)

"""Words about one thing, or two: counts of what is uncertain, and the ends of what is possible."""

import pytest

from data import presets
from ui import possible, range_words


def test_one_of_a_kind_is_not_many() -> None:
    scenario = presets.preset(presets.FIRST)
    first, *_ = scenario.framework.kras
    one = first.edited(kpis=(first.kpis[0].edited(weight=1.0),), weight=1.0)
    risks = scenario.uncertainty.edited(risks=scenario.uncertainty.risks[:1])
    few = scenario.edited(framework=scenario.framework.edited(kras=(one,)), uncertainty=risks)
    said = range_words.uncertainty(few)
    assert f"{len(few.providers)} uncertain costs, 1 uncertain KPI and 1 of 1 risk are counted." in said
    assert "uncertain KPIs and" in range_words.uncertainty(scenario)


@pytest.mark.parametrize(
    ("kpi", "said"),
    [
        ({"lowest": 0.0, "highest": None}, "Possible values: lowest 0. No future lies below that."),
        ({"lowest": None, "highest": 100.0}, "Possible values: highest 100. No future lies above that."),
        ({"lowest": 0.0, "highest": 100.0}, "Possible values: lowest 0, highest 100. No future lies outside them."),
        ({"lowest": None, "highest": None}, ""),
    ],
)
def test_one_possible_end_is_no_range(kpi: dict[str, float | None], said: str) -> None:
    assert possible.bounds(kpi) == said

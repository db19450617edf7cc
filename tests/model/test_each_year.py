"""What each year brings one partner: the same figures as where one year is looked at, and as a bad year has."""

import numpy as np
import pytest

from data import presets
from model.draw import draw
from model.each_year import each_year
from model.incentives import Drawn
from model.joining import bad_years
from model.paths import yearly
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.simulate import resettle
from model.tables import partner_names, partners, together

N = 1_024


def drawn(scenario: Scenario, year: int | None = None) -> Drawn:
    outcomes = draw(plan(scenario), N, 3)
    scores = score(scenario.framework, outcomes.kpis)
    return Drawn(scenario, outcomes, scores, resettle(scenario, outcomes, scores, year))


@pytest.mark.parametrize("name", presets.names())
def test_each_year_has_the_figures_of_that_year_looked_at(name: str) -> None:
    scenario = presets.preset(name)
    for t in (0, scenario.term.horizon - 1):
        made, label = drawn(scenario, t), scenario.term.labels()[t]
        looked_at = partners(made.results, label)
        for i, partner in enumerate(partner_names(scenario)):
            row = each_year(made, i).loc[label]
            for measure in ("mean", "chance_of_pain", "cvar95", "cvar95 s.e.", "of reserves"):
                expected = looked_at.loc[partner, measure]
                assert row[measure] == pytest.approx(expected, abs=0.01, nan_ok=True)


def test_partners_that_are_one_body_have_the_figures_of_their_sum_in_each_year() -> None:
    scenario = presets.preset(presets.FIRST)
    some = ("Council", "Adult social care")
    numbers = [partner_names(scenario).index(one) for one in some]
    for t, label in enumerate(scenario.term.labels()):
        made = drawn(scenario, t)
        summed, row = together(made.results, some, label).iloc[0], each_year(made, *numbers).loc[label]
        for measure in ("mean", "chance_of_pain", "cvar95", "cvar95 s.e."):
            assert row[measure] == pytest.approx(summed[measure], abs=0.01)
        held = 30e6 + next(one.reserves or 0.0 for one in scenario.providers if one.name == some[1])
        assert row["of reserves"] == pytest.approx(row["cvar95"] / held)


def test_the_worst_year_is_that_of_a_bad_year() -> None:
    made = drawn(presets.preset(presets.FIRST))
    for i in range(len(partner_names(made.scenario))):
        found = each_year(made, i)
        bad = bad_years(yearly(made.scenario, made.outcomes, made.scores, i), None, None)
        assert int(np.argmax(found["cvar95"])) == bad.year
        assert found["cvar95"].max() == pytest.approx(bad.one.value)


def test_reserves_that_are_not_stated_have_no_part() -> None:
    scenario = presets.preset(presets.FIRST)
    first, *others = scenario.providers
    bare = scenario.edited(providers=(first.edited(reserves=None), *others))
    assert each_year(drawn(bare), 0)["of reserves"].isna().all()
    assert each_year(drawn(bare), 1)["of reserves"].notna().all()

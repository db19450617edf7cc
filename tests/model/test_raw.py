"""Every draw of every partner: what it adds up to, and what its columns are called."""

import numpy as np
import pytest

from data import presets
from model import raw
from model.draw import draw
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.simulate import resettle
from model.tables import TERM, draws, partner_names

CASES = [presets.preset(name) for name in presets.names()]


@pytest.mark.parametrize("case", CASES, ids=presets.names())
def test_every_draw_is_that_of_the_results(case: Scenario) -> None:
    outcomes = draw(plan(case), 320, 1)
    scores = score(case.framework, outcomes.kpis)
    found = raw.gains(case, outcomes, scores)
    for year, label in enumerate(case.term.labels()):
        results = resettle(case, outcomes, scores, year)
        for name in partner_names(case):
            for period in (TERM, label):
                expected = draws(results, period)[name].to_numpy()
                assert found[f"{name}, {period} (£)"].to_numpy() == pytest.approx(expected, abs=0.0051)


def test_draws_are_counted_from_one_and_years_add_up_to_the_term() -> None:
    case = presets.preset("project-alliance")
    outcomes = draw(plan(case), 160, 1)
    found = raw.gains(case, outcomes, score(case.framework, outcomes.kpis))
    assert (found.index.name, found.index[0], found.index[-1]) == ("Draw", 1, 160)
    name = partner_names(case)[0]
    years = found[[f"{name}, {label} (£)" for label in case.term.labels()]].sum(axis=1)
    assert np.abs(years - found[f"{name}, {TERM} (£)"]).max() < 0.05

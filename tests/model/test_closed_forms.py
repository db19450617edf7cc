"""Closed forms of performance, through draws and settlement together.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

import numpy as np
import pytest
from scipy import special

from model.amounts import Pounds
from model.distributions import Pert
from model.framework import Levels, LevelScores, Step
from model.points import Method
from model.pool import PerformancePool
from model.simulate import simulate
from tests.model.build import MILLION, framework, kpi, scenario, share

N, SEED = 65_536, 2018
SE = 4.0


@pytest.mark.parametrize("method", ["sobol", "plain"])
def test_a_beta_indicator_pays_half_from_one_level_and_all_from_another(method: Method) -> None:
    """T17: KPI ~ Beta(8, 2); of a pool of £1m half is paid from 0.70 on, all from 0.85 on."""
    indicator = kpi(
        levels=Levels(failure=0.0, poor=0.35, minimum=0.70, stretch=0.80, gamebreaking=0.85),
        scores=LevelScores(failure=0, poor=0, minimum=50, stretch=50, gamebreaking=100),
        scoring=Step(),
        today=0.0,
        expected=0.0,
        deviation=Pert(low=0.0, likely=0.875, high=1.0, shape=8.0),
    )
    bonus = PerformancePool(pool=Pounds(amount=MILLION), max_pain=0.0)
    alliance = scenario(framework=framework(indicator), risk_share=share(performance=bonus))
    half, full = 1 - special.betainc(8, 2, [0.70, 0.85])
    error = np.sqrt((3 * full + half) / 4 - 0.602259**2) / np.sqrt(N)
    assert (half + full) / 2 == pytest.approx(0.602259, abs=5e-7)
    paid = simulate(alliance, N, SEED, method).total[0] / MILLION
    assert set(np.unique(paid)) == {0.0, 0.5, 1.0}
    assert paid.mean() == pytest.approx(0.602259, abs=SE * error)

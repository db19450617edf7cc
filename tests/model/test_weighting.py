"""What more weight on one KPI changes."""

import numpy as np
import pytest

from data import presets
from model.tables import COMMISSIONERS, PROVIDERS
from model.weighting import heavier, weighted
from tests.model import build
from tests.model.test_incentives import drawn
from tests.model.test_rewards import POOL


def test_ten_points_more_weight_move_the_score_by_what_the_kpi_is_better_than_the_others() -> None:
    """The score moves by a tenth of that, and so does what a pool of £1m pays, from −100 to 100."""
    good, plain = build.kpi("A", weight=0.5, expected=60.0), build.kpi("B", weight=0.5)
    found = drawn(build.scenario(framework=build.framework(good, plain), risk_share=build.share(performance=POOL)), 160)
    a, b = (float(one.score(found.outcomes.kpis[0, k])[0]) for k, one in enumerate((good, plain)))
    assert a > b
    table, expected = heavier(found), 0.1 * (a - b) / 100 * 1e6
    assert table["to"].tolist() == pytest.approx([0.6, 0.6])
    assert table[PROVIDERS].tolist() == pytest.approx([expected, -expected])
    assert table[COMMISSIONERS].tolist() == pytest.approx([-expected, expected])


def test_one_kpi_has_nothing_to_be_weighed_against() -> None:
    assert heavier(drawn(build.scenario(framework=build.framework(build.kpi("A"))), 160)).empty


@pytest.mark.parametrize("name", presets.names())
def test_other_weights_are_those_of_the_framework(name: str) -> None:
    framework = presets.preset(name).framework
    if len(weights := framework.weights()):
        turned = np.roll(weights, 1)
        assert weighted(framework, turned).weights() == pytest.approx(turned)

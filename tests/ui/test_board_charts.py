"""The figure of the paper for a board."""

import numpy as np
import pandas as pd
import pytest

from ui.board_charts import ahead
from ui.look import DARK, LIGHT, Ink

VALUES = pd.Series(np.linspace(-3e6, 1e6, 200))


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_all_futures_are_shown_and_no_bar_holds_both_gain_and_pain(ink: Ink) -> None:
    found = ahead(VALUES, {"Middle": -1e6}, {"Limit": -2e6}, ink)
    pain, gain = found.data
    assert sum(pain.y) + sum(gain.y) == pytest.approx(1.0)
    assert sum(pain.y) == pytest.approx((VALUES < 0).mean())
    assert max(pain.x) < 0 < min(gain.x)


def test_marks_and_limits_are_named_and_told_apart_by_their_lines() -> None:
    found = ahead(VALUES, {"Middle": -1e6}, {"Limit": -2e6}, LIGHT)
    assert {note.text for note in found.layout.annotations} == {"Middle: −£1m", "Limit: −£2m"}
    dashes = {shape.x0: shape.line.dash for shape in found.layout.shapes}
    assert dashes[-2e6] == "dash" and dashes[-1e6] == "solid"


def test_limits_beyond_every_future_are_within_the_picture() -> None:
    found = ahead(VALUES, {}, {"Limit": -9e6}, LIGHT)
    assert found.layout.xaxis.range[0] < -9e6


def test_only_gains_make_one_kind_of_bar() -> None:
    assert [trace.name for trace in ahead(VALUES + 4e6, {}, {}, LIGHT).data] == ["Gain or neither"]

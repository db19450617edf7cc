"""The figure of a search: every design is drawn where it stands, by its letter."""

import pytest

from ui.finding_charts import frontier
from ui.look import DARK, LIGHT, Ink


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_every_design_has_its_letter_its_incentive_and_its_slack(ink: Ink) -> None:
    (trace,) = frontier([0.5, 0.4, 0.3], [1e4, 5e4, 9e4], ["£10k", "£50k", "£90k"], "ABC", ink).data
    assert list(trace.x) == [0.5, 0.4, 0.3]
    assert list(trace.y) == [1e4, 5e4, 9e4]
    assert list(trace.text) == ["<b>A</b>", "<b>B</b>", "<b>C</b>"]
    assert trace.customdata[0] == "A: 50p of the next pound, £10k to spare"


def test_one_design_by_itself_is_drawn() -> None:
    found = frontier([0.3], [0.0], ["£0"], "A", LIGHT)
    low, high = found.layout.xaxis.range
    assert low < 0.3 < high
    assert list(found.layout.xaxis.ticktext) == ["30p"]

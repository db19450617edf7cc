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


@pytest.mark.parametrize(
    ("incentives", "ticks"),
    [
        ([0.168, 0.174], ["16.8p", "17p", "17.2p", "17.4p"]),
        ([0.5, 0.3], ["30p", "35p", "40p", "45p", "50p"]),
        ([-0.02, 0.03], ["−2p", "−1p", "0p", "1p", "2p", "3p"]),
    ],
)
def test_designs_that_lie_apart_have_several_round_ticks(incentives: list[float], ticks: list[str]) -> None:
    axis = frontier(incentives, [1e4, 5e4], ["£10k", "£50k"], "AB", LIGHT).layout.xaxis
    assert list(axis.ticktext) == ticks

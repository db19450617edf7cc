"""Small pictures of ranges: every distribution has one, on the scale that it is given."""

import re

import pandas as pd
import pytest

from data import presets
from model import curves
from ui.density import BARS, HEIGHT, LETTER, density
from ui.look import DARK, LIGHT, Ink


def bars(html: str) -> list[tuple[float, float, float]]:
    """Left end, width and height of each bar, in percent."""
    found = re.findall(r'<i style="left:([-\d.]+)%;width:([\d.]+)%;height:([\d.]+)%">', html)
    return [(float(left), float(width), float(height)) for left, width, height in found]


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_range_of_every_preset_has_its_picture(name: str, ink: Ink) -> None:
    scenario = presets.preset(name)
    for kpi in scenario.framework.kpis():
        drawn = bars(density(curves.quantiles(kpi.deviation), ink, ""))
        assert 1 <= len(drawn) <= BARS
        assert max(height for _, _, height in drawn) == 100


def test_a_range_stands_where_it_lies_on_a_wider_scale() -> None:
    (left, width, _), *_, (last, _, _) = bars(
        density(pd.Series(range(100), dtype=float), LIGHT, "", "", (-99.0, 198.0))
    )
    assert left == pytest.approx(100 / 3, abs=0.01)
    assert last + width == pytest.approx(200 / 3, abs=0.02)


def test_what_is_certain_is_one_thin_bar() -> None:
    ((left, width, height),) = bars(density(pd.Series([0.5] * 9), LIGHT, "%", "", (0.0, 1.0)))
    assert left + width / 2 == pytest.approx(50, abs=0.01)
    assert (width, height) == (1.25, 100)


@pytest.mark.parametrize(("unit", "label"), [("£", "£50"), ("%", "5,000%"), ("", "50")])
def test_a_scale_says_its_unit(unit: str, label: str) -> None:
    found = re.findall(r'">([^<]+)</span>', density(pd.Series(range(101), dtype=float), LIGHT, unit))
    assert label.replace(",", "") in [one.replace(",", "") for one in found]
    assert len(found) <= 5


def test_it_is_larger_for_a_room_and_says_what_it_shows() -> None:
    html = density(pd.Series([1.0, 2.0]), LIGHT, "", 'Cost of "A"')
    assert f"height: {HEIGHT}px" in html
    assert 'role="img" aria-label="Cost of &quot;A&quot;"' in html


def test_ticks_in_pounds_are_written_as_everywhere() -> None:
    quantiles = pd.Series([2e5, 9e5, 1.6e6], index=[0.1, 0.5, 0.9])
    assert ">£1m<" in density(quantiles, LIGHT, "£")


def test_no_label_stands_out_of_the_picture() -> None:
    """The middle of each is half of its width before the right end at most, and no tick lies beyond the end."""
    html = density(pd.Series([0.0, 2.8e5]), LIGHT, "£")
    found = re.findall(r'left:min\(([\d.]+)%, 100% - ([\d.]+)em\)">([^<]+)</span>', html)
    assert [text for _, _, text in found] == ["£0", "£100k", "£200k"]
    assert all(float(place) <= 100 for place, _, _ in found)
    assert [float(half) for _, half, _ in found] == pytest.approx(
        [LETTER / 2 * len(text) for *_, text in found], abs=0.01
    )

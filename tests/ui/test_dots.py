"""Futures as dots: how many of which shape, where they stand, and that names are not taken for markup."""

import re

import pandas as pd
import pytest

from data import presets
from model import tables
from model.simulate import simulate
from ui.dots import dotplot, labels
from ui.look import DARK, LIGHT, Ink


def shapes(html: str) -> dict[str, int]:
    """How many marks of each kind stand in the field."""
    field = html.split('class="dots-field"')[1].split('class="dots-ticks"')[0]
    found = re.findall(r'<i class="(\w+)"', field)
    return {kind: found.count(kind) for kind in found}


def test_dots_of_pennies_stand_on_a_scale_of_pence() -> None:
    assert ">£0.20</span>" in dotplot(pd.DataFrame({"One": [i / 100 for i in range(50)]}), LIGHT)


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_the_dots_of_every_preset_are_drawn(name: str, ink: Ink) -> None:
    results = simulate(presets.preset(name), 512, 1)
    dots = tables.quantiles(results)
    html = dotplot(dots, ink, saved=tables.marks(tables.partners(results)))
    drawn = shapes(html)
    assert drawn.pop("saved") == 3 * len(dots.columns)
    assert sum(drawn.values()) == 50 * len(dots.columns)
    assert "nan" not in html
    assert len(html) < 150 * 1024, "too large to send at each rerun"


def test_a_dotplot_has_fifty_dots_for_each_partner_and_tells_gain_from_pain_by_shape() -> None:
    dots = pd.DataFrame({"A": range(-10, 40), "B": range(50)}, dtype=float)
    assert shapes(dotplot(dots, LIGHT)) == {"pain": 10, "neither": 2, "gain": 88}


def test_what_is_gain_or_pain_in_pounds_is_so_on_every_scale() -> None:
    pounds = pd.DataFrame({"A": [-135e3, -15e3, 0.0, 114e3]})
    assert shapes(dotplot(pounds / 30e6, LIGHT, "%", pounds=pounds)) == {"pain": 2, "neither": 1, "gain": 1}


@pytest.mark.parametrize("per", ["fee", "reserves"])
def test_a_scale_changes_no_kind_of_a_dot_of_a_preset(per: str) -> None:
    results = simulate(presets.preset(presets.FIRST), 512, 1)
    pounds, parts = tables.quantiles(results), tables.quantiles(results, per=per)
    assert shapes(dotplot(parts, LIGHT, "%", pounds=pounds)) == shapes(dotplot(pounds[list(parts)], LIGHT))


def test_every_dot_says_whose_future_it_is_and_what_that_brings() -> None:
    html = dotplot(pd.DataFrame({"Trust": [-2.1e6, 0.0, 3.4e6]}), LIGHT)
    assert re.findall(r'title="([^"]*)"', html) == ["Trust: −£2.1m", "Trust: £0", "Trust: +£3.4m"]


def test_a_scale_says_its_unit() -> None:
    values = pd.DataFrame({"A": [-2.1, 0.0, 3.4]})
    pounds, parts = (
        re.findall(r"%\">([^<]+)</span>", dotplot(values * by, LIGHT, u)) for by, u in ((1e6, "£"), (1, "%"))
    )
    assert "£0" in pounds
    assert all("£" in label for label in pounds)
    assert "0%" in parts
    assert all(label.endswith("%") for label in parts)


def test_gain_is_right_of_nothing_and_pain_left_of_it() -> None:
    html = dotplot(pd.DataFrame({"A": [-1.0, 0.0, 1.0]}), LIGHT)
    zero = float(re.findall(r'class="zero" style="left: ([\d.]+)%', html)[0])
    places = {kind: float(at) for kind, at in re.findall(r'<i class="(\w+)"[^>]*left:([\d.]+)%', html)}
    assert places["pain"] < zero == places["neither"] < places["gain"]


def test_dots_of_one_value_stand_on_top_of_each_other() -> None:
    html = dotplot(pd.DataFrame({"A": [5.0, 5.0, 5.0]}), LIGHT)
    heights = [float(at) for at in re.findall(r"top:([\d.]+)%", html)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_a_name_is_no_markup() -> None:
    html = dotplot(pd.DataFrame({'<b onclick="x">&': [1.0]}), LIGHT, alt='"quoted" <i>')
    assert "<b" not in html
    assert html.count("&lt;b onclick=&quot;x&quot;&gt;&amp;") == 2
    assert 'aria-label="&quot;quoted&quot; &lt;i&gt;"' in html


def test_the_axis_reaches_as_far_as_the_marks_of_the_saved_design() -> None:
    dots = pd.DataFrame({"A": [-1.0, 2.0]})
    saved = pd.DataFrame({"A": [-50.0, 0.0, 80.0], "Who has left": [-900.0, 0.0, 900.0]}, index=["5", "50", "95"])
    html = dotplot(dots, LIGHT, saved=saved)
    low, middle, high = (float(at) for at in re.findall(r'<i class="saved"[^>]*left:(-?[\d.]+)%', html))
    assert 0 < low < 10 < middle < 90 < high < 100


@pytest.mark.parametrize("high", [7.1e6, 7.6e6, 8.2e6, 9.4e6])
def test_no_tick_lies_beyond_the_ends_of_the_scale(high: float) -> None:
    said = labels((-3.3e6, high), "£")
    places = [float(place) for place in re.findall(r"left: ([-0-9.]+)%", said)]
    assert len(places) > 2
    assert min(places) >= 0
    assert max(places) <= 100

"""Charts of papers: every dot is there, signs of gain and pain differ, names are names."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from ui import paper_charts

DOTS = pd.DataFrame({"Joining": np.sort([*np.linspace(-3e6, 1e6, 49), -1e4])})
BARS = pd.DataFrame({"pounds": [6e5, 1e5, -2e5], "words": ["£600k", "£100k", "−£200k"]}, index=["A", "B", "C"])
SWINGS = pd.DataFrame({"low": [2e5, float("nan")], "high": [-1e5, 3e4]}, index=["Cost of $x$ & $y$", "B"])


def places(figure: Figure) -> list[float]:
    """Where every dot stands, pounds."""
    groups = [one for one in figure.axes[0].collections if isinstance(one, PathCollection)]
    return [float(x) for group in groups for x, _ in np.asarray(group.get_offsets())]


def texts(figure: Figure) -> list[str]:
    axes = figure.axes[0]
    return [text.get_text() for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels())]


def test_fifty_futures_are_fifty_dots_and_no_column_has_gain_and_pain() -> None:
    found = places(paper_charts.futures(DOTS, "Title"))
    assert len(found) == 50
    assert sum(x < 0 for x in found) == int((DOTS["Joining"] < 0).sum())


def test_what_is_certain_is_one_dot_with_its_sum() -> None:
    figure = paper_charts.futures(DOTS.assign(**{"Staying out": 5e5}), "Title")
    assert len(places(figure)) == 51
    assert "+£500k for certain" in texts(figure)


def test_marks_have_their_sums_and_the_limit_is_dashed() -> None:
    figure = paper_charts.futures(DOTS, "Title", lines={"Middle": -1e6, "Limit": -2e6}, limit="Limit")
    assert {" Middle: −£1m ", " Limit: −£2m "} <= set(texts(figure))
    dashed = {float(np.asarray(line.get_xdata())[0]) for line in figure.axes[0].lines if line.get_linestyle() == "--"}
    assert dashed == {-2e6}


def test_reserves_below_what_must_be_kept_are_hatched() -> None:
    figure = paper_charts.reserves(BARS, 2e5, "Title")
    assert [bar.get_hatch() or "" for bar in figure.axes[0].patches] == ["", "///", "///"]
    assert {"£600k", "£100k", "−£200k"} <= set(texts(figure))


@pytest.mark.parametrize("figure", [paper_charts.swings(SWINGS, "A $title$"), paper_charts.futures(DOTS * 0, "A $")])
def test_no_sign_in_a_name_is_mathematics(figure: Figure) -> None:
    figure.draw_without_rendering()
    assert not any(label.get_parse_math() for label in figure.axes[0].get_yticklabels())


def test_a_swing_that_is_not_known_has_no_bar() -> None:
    bars: list[Any] = [*paper_charts.swings(SWINGS, "Title").axes[0].patches]
    assert [bar.get_width() for bar in bars] == [2e5, 0.0, -1e5, 3e4]

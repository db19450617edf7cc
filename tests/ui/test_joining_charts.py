"""Figures of one partner's decision, drawn for every preset in both appearances."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from data import presets
from model.causes import Names, causes
from model.draw import draw
from model.joining import joining
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from ui import joining_charts, reserve_words
from ui.look import DARK, LIGHT, Ink


def figures(scenario: Scenario, ink: Ink) -> dict[str, go.Figure]:
    inputs = plan(scenario)
    drawn = draw(inputs, 512, 1)
    known = causes(inputs, Names.of(scenario), 512, 1).values
    last = len(scenario.providers) - 1
    found = joining(scenario, drawn, score(scenario.framework, drawn.kpis), known, last, 1)
    minimum = found.standing.limits.reserve_minimum
    return {
        "against": joining_charts.against(found.choice.dots, ink),
        "reserves": joining_charts.reserves(reserve_words.bars(found), minimum, ink),
    }


def test_every_public_figure_is_in_this_test() -> None:
    public = {
        name
        for name, value in vars(joining_charts).items()
        if callable(value) and value.__module__ == joining_charts.__name__ and not name.startswith("_")
    }
    assert public == set(figures(presets.preset(presets.FIRST), LIGHT))


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_figure_is_drawn_for_every_preset(name: str, ink: Ink) -> None:
    for kind, figure in figures(presets.preset(name), ink).items():
        assert figure.data, kind
        assert len(figure.to_json()) < 30 * 1024, f"{kind} is too large to send at each rerun"


def test_every_value_is_a_dot_and_what_is_certain_is_one_with_words() -> None:
    dots = pd.DataFrame({"Joining": range(-10, 40), "Staying out": [5.0] * 50}, dtype=float)
    figure = joining_charts.against(dots, LIGHT)
    assert {trace.name: len(trace.x) for trace in figure.data} == {"Pain": 10, "Neither": 1, "Gain": 40}
    assert len({trace.marker.symbol for trace in figure.data}) == 3
    assert [note.text.replace("\u2060", "") for note in figure.layout.annotations] == ["+£5 for certain"]
    assert [note.bgcolor for note in figure.layout.annotations] == [LIGHT.behind]


def test_no_column_of_dots_holds_both_gain_and_pain() -> None:
    dots = pd.DataFrame({"Joining": [-3.0, -0.4, -0.1, 0.1, 0.4, 9.0] * 5, "Staying out": [-1.0, 1.0, 2.0] * 10})
    for trace in joining_charts.against(dots, LIGHT).data:
        assert all(x < 0 for x in trace.x) if trace.name == "Pain" else all(x > 0 for x in trace.x)


def test_dots_of_one_row_lie_inside_it_and_never_on_each_other() -> None:
    dots = pd.DataFrame({"Joining": [1.0] * 49 + [2.0], "Staying out": [float(i) for i in range(50)]})
    places = [
        place for trace in joining_charts.against(dots, LIGHT).data for place in zip(trace.x, trace.y, strict=True)
    ]
    assert len(set(places)) == 100
    assert all(0 < y < 2 and (y % 1) < 0.9 for _, y in places)


def test_bars_below_what_reserves_must_keep_are_hatched() -> None:
    table = pd.DataFrame({"pounds": [100.0, 60.0, -20.0], "words": ["a", "b", "c"]}, index=["Today", "Bad", "Worse"])
    for minimum, shapes in ((50.0, ["", "", "/"]), (80.0, ["", "/", "/"]), (None, ["", "", "/"])):
        figure = joining_charts.reserves(table, minimum, LIGHT)
        assert list(figure.data[0].marker.pattern.shape) == shapes
        short = minimum or 0.0  # words of a bar that ends before the line begin behind it
        words = [100.0, max(60.0, short), short]
        assert [note.x for note in figure.layout.annotations] == words + [minimum] * (minimum is not None)
        assert [note.bgcolor for note in figure.layout.annotations[:3]] == [LIGHT.behind] * 3  # hides the line


def test_how_many_months_are_left_stands_below_the_rest_so_that_neither_is_cut_on_a_phone() -> None:
    words = ["£55k · 0.9 months", "£36k · 65% · 0.6 months", "−£3.2k · −5.7%"]
    table = pd.DataFrame({"pounds": [55e3, 36e3, -3.2e3], "words": words}, index=["Today", "Bad", "Worse"])
    notes = joining_charts.reserves(table, None, LIGHT).layout.annotations
    said = [note.text.replace("\u2060", "") for note in notes]
    assert said == ["£55k<br>0.9 months", "£36k · 65%<br>0.6 months", "−£3.2k · −5.7%"]

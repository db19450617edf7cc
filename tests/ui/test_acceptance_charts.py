"""The matrix of who accepts is drawn for every preset, in both appearances, and says in words what its colours say."""

import plotly.graph_objects as go
import pytest

from data import presets
from model.acceptance import Position, positions
from model.appetite import Unasked
from model.draw import draw
from model.paths import paths
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from ui import acceptance_charts, verdicts
from ui.look import DARK, LIGHT, Ink


def stand(scenario: Scenario, n: int = 512) -> list[Position]:
    drawn = draw(plan(scenario), n, 1)
    return verdicts.ranked(positions(scenario, paths(scenario, drawn, score(scenario.framework, drawn.kpis))))


def figures(scenario: Scenario, ink: Ink) -> dict[str, go.Figure]:
    return {"matrix": acceptance_charts.matrix(*verdicts.matrix(stand(scenario)), ink)}


def test_every_public_figure_is_in_this_test() -> None:
    public = {
        name
        for name, value in vars(acceptance_charts).items()
        if callable(value) and getattr(value, "__module__", "") == acceptance_charts.__name__ and name[0] != "_"
    }
    assert public == set(figures(presets.preset(presets.FIRST), LIGHT))


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_cell_has_its_verdict_in_words_and_the_colour_of_it(name: str, ink: Ink) -> None:
    scenario = presets.preset(name)
    found = stand(scenario)
    figure = figures(scenario, ink)["matrix"]
    places = {(note.x, note.y): note.text for note in figure.layout.annotations}
    for y, one in enumerate(found):
        asked = {cell.test: cell for cell in one.cells}
        for x, test in enumerate(verdicts.across(found)):
            colour = figure.data[0].z[y][x]
            if test in asked:
                assert asked[test].verdict in places[x, y]
                assert colour == acceptance_charts.PLACES[asked[test].verdict]
            else:
                assert places[x, y] == verdicts.NOT_ASKED
                assert colour is None
    assert len(figure.to_json()) < 150 * 1024


def test_those_who_refuse_stand_first_then_those_too_close_to_call() -> None:
    order = [verdicts.ORDER.index(one.verdict) for one in stand(presets.preset("small-charities"))]
    assert order == sorted(order)
    assert order[0] < order[-1]


def test_a_partner_that_asks_nothing_is_drawn_without_a_colour() -> None:
    scenario = presets.preset(presets.FIRST)
    first = scenario.providers[0].edited(appetite=Unasked())
    figure = figures(scenario.edited(providers=(first, *scenario.providers[1:])), LIGHT)["matrix"]
    row = next(i for i, name in enumerate(figure.data[0].y) if first.name in name)
    assert set(figure.data[0].z[row]) == {None}

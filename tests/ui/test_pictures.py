"""Pictures of the contract: as few points as their lines need, and names that do not cross."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from data import presets
from model import curves
from tests.pages.test_pages import opened
from ui import charts, pictures, ranges
from ui.look import LIGHT, both_sides
from ui.session import STATE


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("ops", [-70.0, 0.0, 55.0])
def test_a_picture_of_the_contract_draws_the_same_line_with_fewer_points(preset: str, ops: float) -> None:
    scenario = presets.preset(preset)
    curve = curves.share_curve(scenario, 2, ops, 0.15)
    figure = pictures.share_curve(curve, LIGHT, None, curves.edges(scenario, 2), curves.limits(scenario, 2))
    for trace in figure.data:
        assert len(trace.x) < 0.5 * len(curve)
        of = curve.sum(axis=1) if trace.name == "Providers together" else curve[trace.legendgroup]
        side = {"gain": (0, None), "pain": (None, 0)}.get(trace.stackgroup, (None, None))
        drawn = np.interp(curve.index, trace.x, np.array(trace.y, dtype=float))
        assert np.abs(drawn - of.clip(*side)).max() < 1e-3 * (curve.abs().max().max() or 1.0)


@pytest.mark.parametrize("preset", presets.names())
@pytest.mark.parametrize("ops", [-100.0, -50.0, 0.0, 100.0])
def test_a_picture_of_the_contract_has_nothing_and_every_stack_whole_on_its_axis(preset: str, ops: float) -> None:
    curve = curves.share_curve(presets.preset(preset), 2, ops, 0.15)
    _holds_the_stacks(pictures.share_curve(curve, LIGHT, None, {}, {}), curve)


def test_a_stack_is_whole_where_one_gains_while_another_loses() -> None:
    saving = pd.Index([-0.1, 0.0, 0.1], name="saving")
    curve = pd.DataFrame({"Trust": [-9e5, 6e5, 2e6], "Charity": [-6e5, -6e5, -1.9e6]}, index=saving)
    _holds_the_stacks(pictures.share_curve(curve, LIGHT, None, {}, {}), curve)


def _holds_the_stacks(figure: go.Figure, curve: pd.DataFrame) -> None:
    low, high = figure.layout.yaxis.range
    assert low < curve.clip(upper=0).sum(axis=1).min() <= 0 <= curve.clip(lower=0).sum(axis=1).max() < high
    assert 0 in figure.layout.yaxis.tickvals


@pytest.mark.parametrize("ends", [(-3e6, -1.2e6), (1.2e6, 3e6)])
def test_an_axis_of_pounds_has_a_figure_at_nothing_where_all_gain_or_all_lose(ends: tuple[float, float]) -> None:
    low, high = ends
    bands = pd.DataFrame({p: np.linspace(low, high, 3) for p in ("5", "25", "50", "75", "95")}, index=list("abc"))
    curve = pd.Series(np.linspace(low, high, 5), index=np.linspace(-100, 100, 5))
    for figure in (charts.fan(bands, LIGHT), pictures.line(curve, LIGHT, "Score", 0.0, "Expected")):
        assert 0 in figure.layout.yaxis.tickvals


def test_a_long_name_is_broken_in_the_legend() -> None:
    scenario = presets.preset(presets.FIRST)
    long = "Northern Communities Housing and Support Partnership"
    curve = curves.share_curve(scenario, 2, 0.0, 0.15).rename(columns={scenario.providers[0].name: long})
    first = pictures.share_curve(curve, LIGHT, None, {}, {}).data[0]
    assert first.name == "Northern Communities <br>Housing and Support <br>Partnership"
    assert first.legendgroup == long


def test_the_cap_on_gain_is_named_where_no_edge_is() -> None:
    scenario = presets.preset(presets.FIRST)
    curve = curves.share_curve(scenario, 2, 0.0, 0.15)
    edges = {"pain corridor": -0.02, "gain corridor": 0.02}
    caps = {"cap on total gain": 0.9 * float(curve.sum(axis=1).max()), "cap on total pain": -1e5}
    notes = json.loads(pictures.share_curve(curve, LIGHT, None, edges, caps).to_json())["layout"]["annotations"]
    ends = {note["text"].split(":")[0]: note["x"] for note in notes}
    assert ends["cap on total gain"] == 0.99 and ends["cap on total pain"] == 0.01


def test_without_a_pool_there_is_no_chart_of_what_performance_pays() -> None:
    app = opened("risk_share.py")
    app.session_state["share-tabs"] = "Performance"
    assert [chart.key for chart in app.run().get("plotly_chart")] == ["chart-performance"]
    session = app.session_state[STATE]
    performance = session.scenario.risk_share.performance.edited(pool={"kind": "pounds", "amount": 0.0})
    session.begin(session.scenario.edited(risk_share=session.scenario.risk_share.edited(performance=performance)))
    app.run()
    assert any("performance pays nothing" in markdown.value for markdown in app.markdown)
    assert [chart.key for chart in app.get("plotly_chart")] == ["chart-share-curve"]


@pytest.mark.parametrize(
    ("low", "high"), [(-48e3, 80e3), (-80e3, 40e3), (-8e3, 80e3), (-1e6, 3e3), (0.0, 5e4), (0.0, 0.0)]
)
def test_an_axis_has_a_figure_on_each_side_of_nothing_that_is_more_than_a_sliver(low: float, high: float) -> None:
    axis = both_sides(low, high)
    places, span = axis["tickvals"], high - low
    assert len(axis["ticktext"]) == len(places) <= 8 and places == sorted(places)
    assert any(place < 0 for place in places) == (-low >= span / 20 > 0)
    assert any(place > 0 for place in places) == (high >= span / 20 > 0)


def test_few_past_values_are_counted_in_whole_numbers() -> None:
    assert ranges.series(pd.Series([1.0, 2.0, 4.0]), LIGHT, "£").layout.xaxis.dtick == 1


def test_names_of_edges_stand_clear_of_the_name_of_a_limit_on_their_side() -> None:
    scenario = presets.preset("small-charities")
    curve = curves.share_curve(scenario, 1, 0.0, 0.12)

    def heights(limits: dict[str, float]) -> dict[str, float]:
        drawn = pictures.share_curve(curve, LIGHT, None, {"pain edge": -0.01, "gain edge": 0.01}, limits)
        found = json.loads(drawn.to_json())["layout"]["annotations"]
        return {one["text"]: one["y"] for one in found}

    least, most = curve.sum(axis=1).min(), curve.sum(axis=1).max()
    none, pain, gain = heights({}), heights({"cap": least}), heights({"cap": most})
    assert pain["gain edge"] > none["gain edge"] and pain["pain edge"] == none["pain edge"]
    assert gain["pain edge"] < none["pain edge"] and gain["gain edge"] == none["gain edge"]

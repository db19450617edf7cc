"""Figures of designs side by side, and the starting design's ghost on the figures of results."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from data import presets
from model import regret, tables
from model.comparison import compared, scaled, table
from model.plan import plan
from model.variants import variants
from tests.ui.test_charts import settled
from ui import charts, comparison_charts, pictures
from ui.look import DARK, LIGHT, Ink

GHOST = "Starting design"


def figures(name: str, ink: Ink) -> dict[str, go.Figure]:
    design = presets.preset(name)
    designs = {GHOST: design, **{one.name: one.scenario for one in variants(design)[:4]}}
    found = table(compared(designs, 160, 1))
    tried = {
        label: {one.name: regret.tried(case, one, plan(design), 160, 1) for one in regret.situations([design])[:3]}
        for label, case in designs.items()
    }
    outcome = regret.outcomes(tried, design.providers[0].name)
    return {
        "by_design": comparison_charts.by_design(scaled(found, designs, ""), found["verdict"], ink),
        "regrets": comparison_charts.regrets(regret.regret(outcome.table), ink),
    }


def test_every_public_figure_is_in_this_test() -> None:
    public = {
        name
        for name, value in vars(comparison_charts).items()
        if callable(value) and getattr(value, "__module__", "") == comparison_charts.__name__ and name[0] != "_"
    }
    assert public == set(figures(presets.FIRST, LIGHT))


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_figure_is_drawn_for_every_preset_with_variants(name: str, ink: Ink) -> None:
    for kind, figure in figures(name, ink).items():
        assert figure.data, kind
        assert len(figure.to_json()) < 150 * 1024, kind


def test_dashed_lines_have_strokes_at_both_ends() -> None:
    figure = figures(presets.FIRST, LIGHT)["by_design"]
    (strokes,) = [trace for trace in figure.data if trace.mode == "markers" and not trace.name]
    dashed = [trace for trace in figure.data if trace.mode == "lines" and trace.line.dash == "dash"]
    reached = [x for trace in dashed for x in trace.x if x is not None]
    assert min(reached) == min(strokes.x) and max(reached) == max(strokes.x)
    assert len(strokes.x) == 2 * len(tables.partner_names(presets.preset(presets.FIRST)))


def test_each_design_has_its_own_mark_a_row_with_its_name_and_its_verdict() -> None:
    figure = figures(presets.FIRST, LIGHT)["by_design"]
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.name]
    assert len({trace.marker.symbol for trace in marks}) == len(marks)
    partners = len(tables.partner_names(presets.preset(presets.FIRST)))
    assert all(len(trace.x) == partners for trace in marks)
    assert list(figure.layout.yaxis.ticktext).count(GHOST) == partners
    assert len(figure.layout.annotations) == partners * len(marks)


def test_only_the_saved_design_is_dashed() -> None:
    spans = pd.DataFrame(
        {"p5": [-2.0, -1.0], "p50": [0.5, 0.5], "p95": [1.0, 2.0]},
        index=pd.MultiIndex.from_tuples([("A", GHOST), ("A", "Other")], names=["partner", "design"]),
    )
    verdicts = pd.Series(["accepts", "refuses"], index=spans.index)
    lines = [trace for trace in comparison_charts.by_design(spans, verdicts, LIGHT).data if trace.mode == "lines"]
    assert [trace.line.dash for trace in lines] == ["dash", "dash", "solid", "solid"]
    assert [note.text for note in comparison_charts.by_design(spans, verdicts, LIGHT).layout.annotations] == [
        "✓ accepts",
        "✗ refuses",
    ]


def test_the_design_without_regret_is_called_best() -> None:
    figure = comparison_charts.regrets(pd.DataFrame({"calm": [0.0, 5e6]}, index=["one", "other"]), LIGHT)
    assert list(figure.data[0].text[0]) == ["★ best", "−\u2060£5m"]


def with_and_without(ink: Ink) -> dict[str, tuple[Callable[..., go.Figure], pd.DataFrame | pd.Series]]:
    found = settled(presets.preset(presets.FIRST), 160)
    steps = pd.Series({"Saving": 10.0, "Cap on total": -4.0, "Providers' Limb 3": 6.0})
    return {
        "s_curves": (charts.s_curves, tables.quantiles(found)),
        "fan": (charts.fan, tables.fans(found)["providers"]),
        "chances": (charts.chances, pd.Series({"Cap on total pain": 0.1, "Cap on total gain": 0.2})),
        "walk": (pictures.walk, steps),
    }


@pytest.mark.parametrize("kind", list(with_and_without(LIGHT)))
def test_the_saved_design_is_a_thin_dashed_outline_with_its_name_and_only_where_there_is_one(kind: str) -> None:
    draw, values = with_and_without(LIGHT)[kind]
    assert not [trace for trace in draw(values, LIGHT).data if trace.name == GHOST]
    figure = draw(values, LIGHT, saved=values * 0.5)
    named = [trace for trace in figure.data if trace.name == GHOST and trace.showlegend]
    assert len(named) == 1
    assert figure.layout.showlegend is not False
    dashes = [trace.line for trace in figure.data if trace.name == GHOST]
    dashes += [shape.line for shape in figure.layout.shapes if shape.type == "rect"]
    assert all(line.dash == "dash" and line.width < 2 for line in dashes)


def test_a_ghost_that_reaches_further_makes_the_scale_larger() -> None:
    bands = tables.fans(settled(presets.preset(presets.FIRST), 160))["providers"]
    ticks = charts.fan(bands, LIGHT, saved=bands * 10).layout.yaxis.tickvals
    assert max(abs(tick) for tick in ticks) > float(bands.abs().max().max())
    caps = charts.chances(pd.Series({"Cap": 0.1}), LIGHT, saved=pd.Series({"Cap": 0.8})).layout
    assert caps.xaxis.range[1] > 0.8
    assert (caps.shapes[0].x1, caps.shapes[0].y0) == (0.8, -0.44)


def test_what_only_one_design_has_is_drawn_without_a_ghost() -> None:
    values = pd.Series({"Cap on total pain": 0.1})
    assert not charts.chances(values, LIGHT, saved=pd.Series({"Another cap": 0.3})).layout.shapes
    steps = pd.Series({"Saving": 10.0, "Modifier": 1.0, "Providers' Limb 3": 11.0})
    saved = pd.Series({"Saving": 10.0, "Haircut": -2.0, "Providers' Limb 3": 8.0})
    boxes = [shape for shape in pictures.walk(steps, LIGHT, saved).layout.shapes if shape.type == "rect"]
    assert [(box.y0, box.y1) for box in boxes] == [(0.0, 10.0), (0.0, 8.0)]


def test_names_of_several_lines_have_room_between_rows() -> None:
    def height(name: str) -> float:
        rows = pd.MultiIndex.from_product([["Trust", "Charity"], [name]], names=["partner", "design"])
        spans = pd.DataFrame({"p5": -1.0, "p50": 0.0, "p95": 1.0}, index=rows)
        return float(comparison_charts.by_design(spans, pd.Series("", index=rows), LIGHT).layout.height)

    short, long = height("Cap"), height("As loaded: Eight partners, small charities (illustrative)")
    assert long == short + 18 * 4, "a line more in each of four rows"

"""Every figure is drawn for every preset, in both appearances, and says what it should."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from data import presets
from model import curves, drivers, tables, walk
from model.causes import OF_PLAN, Names, causes
from model.draw import draw
from model.effects import carried, change, effect
from model.effects import settled as settle_case
from model.futures import of_draw
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.simulate import Case, Results, resettle
from model.stress import CostsWorse
from ui import charts, effects, pictures, ranges
from ui.format import unbroken
from ui.look import DARK, LIGHT, Ink, wrapped


def settled(scenario: Scenario, n: int = 512) -> Results:
    drawn = draw(plan(scenario), n, 1)
    return resettle(scenario, drawn, score(scenario.framework, drawn.kpis))


def figures(scenario: Scenario, ink: Ink) -> dict[str, go.Figure]:
    results = settled(scenario)
    dots = tables.quantiles(results)
    kpi = next(iter(scenario.framework.kpis()))
    matrix = curves.correlations(scenario)
    drawn = draw(plan(scenario), 256, 1)
    names = ("failure", "poor", "minimum", "stretch", "gamebreaking")
    inputs, gains = causes(plan(scenario), Names.of(scenario), 512, 1).values, results.total[0]
    tail = drivers.tail_drivers(inputs, gains)
    case = Case.of(scenario)
    now, dear = (effect(settle_case(c, c.plan, 512, 1)) for c in (case, CostsWorse(0.03).apply(case)))
    moved = change(dear, now)
    return {
        "shares": effects.shares(drivers.indices(inputs, gains), ink),
        "swings": effects.swings(drivers.tornado(inputs, gains), ink),
        "shifts": effects.shifts(tail, [OF_PLAN] * len(tail), ink),
        "tail_parts": effects.tail_parts(carried(results), ink),
        "moves": effects.moves(moved["worst"], "worst", ink),
        "grid": effects.grid(moved[["pain"]], now.column("pain"), "pain", ink),
        "s_curves": charts.s_curves(dots, ink),
        "fan": charts.fan(tables.fans(results)["providers"], ink),
        "chances": charts.chances(pd.Series({"Cap on total pain": 0.1}), ink),
        "share_curve": pictures.share_curve(
            curves.share_curve(scenario, 0, 0.0, 0.1),
            ink,
            (-0.05, 0.05),
            curves.edges(scenario, 0),
            curves.limits(scenario, 0),
        ),
        "line": pictures.line(curves.performance_curve(scenario, 0), ink, "Score", mark=0.0, mark_text="Expected"),
        "build_up": pictures.build_up(tables.target_build_up(scenario).iloc[:, 0], ink),
        "ruler": pictures.ruler(
            pd.Series(dict(zip(names, kpi.levels.values, strict=True))),
            curves.score_curve(kpi),
            ink,
            "%",
            {"Today": kpi.today},
        ),
        "level_chances": pictures.level_chances(tables.kpi_levels(scenario.framework, drawn.kpis, 0), ink),
        "series": ranges.series(pd.Series(range(2000), dtype=float), ink, "%"),
        "fitted": ranges.fitted(pd.Series(range(2000)), curves.quantiles(kpi.deviation).to_frame("Normal"), ink, ""),
        "views": ranges.views(curves.ranges({"A": kpi.deviation, ranges.POOLED: kpi.deviation}), ink, ""),
        "heat_map": ranges.heat_map(matrix, ink),
        "walk": pictures.walk(walk.waterfall(of_draw(scenario, drawn, 0, 0)), ink),
        "amounts": charts.amounts(pd.Series({"A": 1e5, "B": -2e5, "C": 0.0}), ink),
        "coverage": charts.coverage(["2016-17", "2017-18"], [0.98, 1.2], 0.93, 1.07, charts.OF_TARGET, ink),
    }


def test_every_public_figure_is_in_this_test() -> None:
    drawn = set(figures(presets.preset(presets.FIRST), LIGHT))
    public = {
        name
        for module in (charts, effects, pictures, ranges)
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    }
    assert public == drawn


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_every_figure_is_drawn_for_every_preset(name: str, ink: Ink) -> None:
    for kind, figure in figures(presets.preset(name), ink).items():
        assert figure.data, kind
        assert len(figure.to_json()) < 150 * 1024, f"{kind} is too large to send at each rerun"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("ink", "paper"), [(LIGHT, "#FFFFFF"), (DARK, "#10161D")], ids=["light", "dark"])
def test_marks_stand_out_from_the_paper(ink: Ink, paper: str) -> None:
    """WCAG 2.2 asks 3:1 of graphical objects and 4.5:1 of text."""
    for colour, least in [(c, 3.0) for c in (ink.gain, ink.pain, ink.neither, ink.ghost, *ink.partners)] + [
        (ink.text, 4.5)
    ]:
        a, b = sorted((_luminance(colour), _luminance(paper)))
        assert (b + 0.05) / (a + 0.05) >= least, colour


def test_a_partner_that_has_left_has_a_dash_in_its_cell() -> None:
    changes = pd.DataFrame({"It fails": [float("nan"), 5.0]}, index=["Charity", "Trust"])
    cells = effects.grid(changes, pd.Series({"Charity": 1.0, "Trust": 2.0}), "mean", LIGHT).data[0]
    assert [row[1] for row in cells.text] == ["–", unbroken("+£5")]


def test_a_name_on_two_lines_is_heard_as_words() -> None:
    assert wrapped("If the bad year came three times", 20) == "If the bad year came <br>three times"


def test_a_partner_keeps_its_colour_and_dashes_when_others_are_taken_out() -> None:
    dots = pd.DataFrame({"One": [0.0, 1.0], "Two": [0.0, 2.0], "Three": [0.0, 3.0]})
    all_of_them = charts.s_curves(dots, LIGHT, everybody=list(dots)).data
    alone = charts.s_curves(dots[["Three"]], LIGHT, everybody=list(dots)).data
    assert alone[0].line == all_of_them[2].line
    assert alone[0].line != all_of_them[0].line

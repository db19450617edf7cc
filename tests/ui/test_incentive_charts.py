"""Figures and sentences of incentives: drawn for every preset, in both appearances, and saying what they should."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from data import presets
from model import alignment, cliffs, incentives, inert, luck, rewards
from model.draw import draw
from model.incentives import Drawn
from model.plan import plan
from model.scores import score
from model.simulate import resettle
from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui import incentive_charts as charts
from ui import incentive_words, luck_words, reward_words
from ui.look import DARK, LIGHT, Ink


def drawn(name: str, n: int = 256) -> Drawn:
    scenario = presets.preset(name)
    outcomes = draw(plan(scenario), n, 1)
    scores = score(scenario.framework, outcomes.kpis)
    return Drawn(scenario, outcomes, scores, resettle(scenario, outcomes, scores))


def figures(settled: Drawn, ink: Ink) -> dict[str, go.Figure]:
    scenario = settled.scenario
    pain = {name: curve["pain"] for name, curve in luck.luck(settled, 0, 1).curves.items()}
    return {
        "of_a_pound": charts.of_a_pound(incentives.pence(settled, None), ink),
        "by_saving": charts.by_saving(cliffs.marginal(scenario, 1, 0.0, 0.1), ink, (-0.05, 0.05), {"jump": 0.02}),
        "worth": charts.worth(rewards.levels(settled, 1, "stretch")[PROVIDERS], ink),
        "often": charts.often(inert.effects(settled)["changes"], ink),
        "ways": charts.ways(alignment.alignment(settled), ink),
        "apart": charts.apart(alignment.parting(settled), ink),
        "rarer": charts.rarer(pain, 0.1, ink),
    }


def test_every_public_figure_is_in_this_test() -> None:
    public = {
        name
        for name, value in vars(charts).items()
        if callable(value) and getattr(value, "__module__", "") == charts.__name__ and not name.startswith("_")
    }
    assert public == set(figures(drawn(presets.FIRST), LIGHT))


@pytest.mark.parametrize("name", presets.names())
def test_every_figure_is_drawn_for_every_preset_in_both_appearances(name: str) -> None:
    settled = drawn(name)
    for ink in (LIGHT, DARK):
        for kind, figure in figures(settled, ink).items():
            assert figure.data, kind
            assert len(figure.to_json()) < 150 * 1024, f"{kind} is too large to send at each rerun"


def test_what_a_pound_brings_is_drawn_from_nothing_where_everybody_loses_by_it() -> None:
    columns = ("true", "gain on paper", "pain on paper")
    table = pd.DataFrame([[-0.2] * 3, [-0.1] * 3], index=["Trust", "Charity"], columns=list(columns))
    low, high = charts.of_a_pound(table, LIGHT).layout.xaxis.range
    assert low < -0.2 and high > 0


def test_the_three_ways_of_a_future_make_a_whole_bar_where_all_partners_may_stand_still() -> None:
    still = pd.DataFrame({"all gain": [0.5], "all lose": [0.7], "same way": [0.9]}, index=["Providers"])
    figure = charts.ways(still, LIGHT)
    assert [round(trace.x[0], 9) for trace in figure.data] == [0.5, 0.1, 0.4]
    assert [trace.text[0] for trace in figure.data] == ["All gain <br>50%", "Some lose <br>10%", "All lose <br>40%"]


def test_paper_is_one_bar_where_savings_and_overspends_are_shared_alike_and_two_where_not() -> None:
    alike = pd.DataFrame({"true": [0.3], "gain on paper": [0.5], "pain on paper": [0.5]}, index=["A"])
    assert len(charts.of_a_pound(alike, LIGHT).data) == 2
    assert len(charts.of_a_pound(alike.assign(**{"pain on paper": 0.4}), LIGHT).data) == 3


@pytest.mark.parametrize(
    ("part", "written"),
    [(0.334, "33p"), (0.0449, "4.5p"), (-0.02, "−2p"), (0.0004, "0p"), (-0.0001, "0p"), (1.0, "100p")],
)
def test_a_part_of_a_pound_is_written_in_pence(part: float, written: str) -> None:
    assert incentive_words.in_pence(part) == written


def pounds(true: float, gain: float, thresholds: float = 0.0) -> pd.DataFrame:
    row = {"true": true, "true s.e.": 0.0004, "thresholds": thresholds, "gain on paper": gain, "pain on paper": gain}
    other = {**row, "true": 1 - true, "gain on paper": 1 - gain, "pain on paper": 1 - gain}
    return pd.DataFrame.from_dict({PROVIDERS: row, COMMISSIONERS: other}, orient="index")


@pytest.mark.parametrize(
    ("true", "title"),
    [
        (0.31, "A pound saved brings providers 31p, not the 50p on paper"),
        (0.501, "A pound saved brings providers 50p, as it says on paper"),
        (0.62, "A pound saved brings providers 62p, more than the 50p on paper"),
    ],
)
def test_the_title_sets_what_a_pound_brings_beside_what_is_on_paper(true: float, title: str) -> None:
    assert incentive_words.pence_title(pounds(true, 0.5), TERM) == title


def test_what_thresholds_add_is_said_only_where_there_is_some() -> None:
    assert "threshold" in incentive_words.pence(pounds(0.4, 0.5, 0.08), TERM)
    assert "threshold" not in incentive_words.pence(pounds(0.4, 0.5), TERM)
    assert "± 0.04p" in incentive_words.pence(pounds(0.4, 0.5), TERM)


def test_flat_stretches_are_told_by_where_they_lie() -> None:
    slopes = pd.DataFrame(
        {"A": [0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0]},
        index=[-0.1, -0.09, -0.08, -0.01, 0.0, 0.005, 0.01, 0.06, 0.1],
    )
    said = incentive_words.curve(slopes, "2020-21", 3.0)
    assert "the first pound saved from exactly on target brings providers nothing" in said
    assert "beyond an overspend of 8%, between 1% overspend and 1% saving and beyond a saving of 6%" in said
    assert "anywhere" in incentive_words.curve(slopes * 0, "2020-21", 3.0)
    assert "always brings them something" in incentive_words.curve(slopes + 0.5, "2020-21", 3.0)


def test_every_kind_of_term_has_words_for_doing_nothing() -> None:
    kinds = {"band", "gate", "pool", "score", *inert.KINDS.values()}
    assert kinds == set(incentive_words.WHY)


def test_each_term_that_does_nothing_is_a_sentence_and_so_is_one_that_hardly_does() -> None:
    rows = {"Cap A": ("cap", 0.0, 0.0, 0.0), "Cap B": ("cap", 0.004, 5.0, -5.0), "Haircut": ("haircut", 0.5, 9.0, -9.0)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["kind", "changes", "providers", "commissioners"])
    said = incentive_words.inert(table, ["Idle"], 4_096)
    assert said[0] == "**Cap A** never binds, in any of 4,096 futures."
    assert "'Idle'** has no weight" in said[1]
    assert said[2].startswith("Cap B does hardly anything: it changes a payment in 0.4% of futures")
    assert len(said) == 3
    assert incentive_words.inert_title(table, ["Idle"]) == "2 terms do nothing at present, of 4 that are set"
    assert incentive_words.inert_title(table, []) == "One term does nothing at present: Cap A"
    assert incentive_words.inert_title(table.iloc[1:], []).startswith("Every term")


def test_a_kpi_whose_level_is_worth_nothing_is_named() -> None:
    table = pd.DataFrame({PROVIDERS: [9e4, 0.0], rewards.ERROR: [10.0, 0.0]}, index=["A", "B"])
    assert "Worth nothing: 'B'" in reward_words.levels(table, "stretch", "2020-21")
    assert (
        reward_words.levels_title(table, "2023-24")
        == "In 2023-24, one level of 'A' is worth £90k to providers, the most of any KPI"
    )
    assert reward_words.levels_title(table * 0, "2023-24").startswith("No level of any KPI")
    assert reward_words.levels(table.iloc[:1], "stretch", "2020-21").count("'A'") == 1


def test_kpis_are_paid_twice_or_against_each_other_by_the_sign_of_their_correlation() -> None:
    table = pd.DataFrame(
        {"correlation": [0.3, -0.3, 0.05], "with a saving": [0.6, 0.4, float("nan")], "any saving": [0.5] * 3},
        index=["A", "B", "C"],
    )
    said = reward_words.twice(table)
    assert said[0].startswith("**'A': paid twice.**")
    assert said[1].startswith("**'B': against each other.**")
    assert reward_words.twice(table.iloc[2:])[0].startswith("No KPI moves with cost")


@pytest.mark.parametrize("name", presets.names())
def test_luck_says_how_many_or_that_none_is_enough(name: str) -> None:
    found = luck.luck(drawn(name), 0, 1)
    assert "not below 1%." in luck_words.how_many(found, 0.01) or "as it is" in luck_words.how_many(found, 0.01)
    assert "below 100% as it is" in luck_words.how_many(found, 1.0) or "below 100%." in luck_words.how_many(found, 1.0)

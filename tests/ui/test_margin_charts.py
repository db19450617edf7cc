"""The figure of margins is drawn for every preset, in both appearances, and the sentences say what it shows."""

from typing import Any

import pytest

from data import presets
from model.acceptance import Cell, Position, positions
from model.appetite import InWords, Limits, Unasked, Yardstick
from model.draw import draw
from model.margins import Margin, Turn, margins
from model.paths import paths
from model.plan import plan
from model.scenario import Scenario
from model.scores import score
from model.worse import Futures
from ui import margin_charts, part_words
from ui import margin_words as words
from ui.look import DARK, LIGHT, Ink

KINDS: tuple[Any, ...] = ("costs", "savings", "kpi", "correlations")


def of(scenario: Scenario) -> list[Margin]:
    drawn = draw(plan(scenario), 512, 1)
    futures = Futures(scenario, drawn, score(scenario.framework, drawn.kpis), 1)
    return margins(futures, positions(scenario, paths(scenario, drawn, futures.scores)))


def eager(scenario: Scenario) -> Scenario:
    """Providers who accept much, and commissioners who ask nothing."""
    return scenario.edited(
        providers=tuple(p.edited(appetite=InWords(word="eager")) for p in scenario.providers),
        commissioners=tuple(c.edited(appetite=Unasked()) for c in scenario.commissioners),
    )


def made(kind: Any, margin: float | None, accepted: bool = True, ordinary: float = 0.1, reach: float = 0.3) -> Margin:
    test: Any = "worst" if margin is not None else None
    return Margin(kind, kind, "days", accepted, margin, 0.001, ordinary, reach, "Charity", test)


def test_every_public_figure_is_drawn_here() -> None:
    here = {n for n, v in vars(margin_charts).items() if getattr(v, "__module__", "") == margin_charts.__name__}
    assert {name for name in here if not name.startswith("_")} == {"bars"}


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", presets.names())
def test_the_figure_is_drawn_for_every_preset(name: str, ink: Ink) -> None:
    for scenario in (presets.preset(name), eager(presets.preset(name))):
        found = of(scenario)
        figure = margin_charts.bars(words.drawn(found), ink)
        (bars,) = figure.data
        assert len(bars.text) == len(bars.y) == len(set(bars.y))
        assert all(text.strip() for text in bars.text)
        assert [note.text for note in figure.layout.annotations] == list(bars.text)
        assert {note.bgcolor for note in figure.layout.annotations} == {ink.behind}
        assert words.sentence(found, True).rstrip("*").endswith(".")
        assert len(words.told(words.table(found))) == len(found)


def test_texts_stand_at_the_outer_end_of_their_bars_and_have_room() -> None:
    def sides(*margins: Margin) -> tuple[list[str], list[float]]:
        figure = margin_charts.bars(words.drawn(list(margins)), LIGHT)
        return [note.xanchor for note in figure.layout.annotations], list(figure.layout.xaxis.range)

    better, worse, nothing = made("costs", -0.1, False), made("savings", 0.1), made("correlations", None)
    assert sides(worse, nothing) == (["left", "left"], [0.0, pytest.approx(1.8)])
    assert sides(better, nothing) == (["right", "right"], [pytest.approx(-1.8), 0.0])
    ends, reach = sides(better, worse)
    assert sorted(ends) == ["left", "right"] and reach == [pytest.approx(-2.6), pytest.approx(2.6)]


def test_the_smallest_margin_is_first_and_those_without_are_last() -> None:
    found = [made("costs", None), made("savings", 0.3), made("correlations", 0.1)]
    assert list(words.table(found).index) == ["correlations", "savings", "costs"]


def test_kpis_that_turn_nothing_are_one_row() -> None:
    several = [made("costs", 0.1), *(made("kpi", None) for _ in range(4))]
    assert list(words.drawn(several).index) == ["costs", "KPIs, each of 4"]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (made("costs", 0.012), "1.2% higher"),
        (made("costs", -0.012, False), "1.2% lower"),
        (made("savings", 0.2), "20% less"),
        (made("kpi", 3.1), "3.1 days worse"),
        (made("kpi", -3.1, False), "3.1 days better"),
        (made("correlations", 0.5), "1.5 times as strong"),
        (made("costs", None), "nobody refuses up to 30% higher"),
        (made("costs", None, False, reach=-0.3), "somebody refuses even at 30% lower"),
    ],
)
def test_a_margin_is_said_in_its_own_unit(one: Margin, said: str) -> None:
    assert words.shown(one) == said


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words_in_every_state(kind: Any, accepted: bool) -> None:
    size = 0.2 if accepted else -0.2
    turned = words.sentence([made(kind, size, accepted), made("costs", None, accepted)], True)
    assert "Charity" in turned and "nan" not in turned
    assert words.shown(made(kind, None, accepted))
    assert words.sentence([made(kind, None, accepted), made("costs", None, accepted)], True).startswith("**")


def test_the_alliances_margin_is_said_in_words() -> None:
    assert words.sentence([made("costs", 0.012, ordinary=0.05)], True) == (
        "**Costs may be 1.2% higher than expected before Charity refuses** (its worst 1 in 20 then costs too much). "
        "The cost of the term is usually off by 5% either way, and this is about a quarter of that."
    )
    assert words.sentence([], False) == words.NOBODY


def test_a_margin_of_what_is_certain_is_said_without_a_deviation() -> None:
    certain = words.sentence([made("costs", 0.012, ordinary=0.0)], True)
    assert "1.2% higher" in certain and "Nothing about that is uncertain" in certain


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.01, "hardly any of"),
        (0.06, "6% of"),
        (0.1, "about a tenth of"),
        (0.14, "about a seventh of"),
        (0.45, "45% of"),
        (0.5, "about half of"),
        (0.58, "about three fifths of"),
        (1.0, "about"),
        (1.15, "1.1 times"),
        (2.0, "2 times"),
        (124.0, "120 times"),
    ],
)
def test_parts_of_the_usual_deviation_have_words(part: float, said: str) -> None:
    assert part_words.usually(part) == said


def test_no_word_for_a_part_is_off_by_more_than_a_tenth_of_it() -> None:
    parts = {said: part for part, said in part_words.FRACTIONS.items()}
    for thousandth in range(50, 2_000):
        part = thousandth / 1_000
        said = part_words.usually(part)
        worded = parts.get(said.removeprefix("about").removesuffix("of").strip())
        assert worded is None or abs(worded - part) <= part / 10 + 1e-9


def stand(name: str, slack: float | None) -> Position:
    """A partner and one test of it; none where it has not said what it accepts."""
    cells = () if slack is None else (Cell("worst", 0.0, 0.0, 0.0, slack, 0.0),)
    return Position(name, Limits(None, 0.05, None, None, 0.05, None), Yardstick(0.0, "fees"), cells)


def refused(*at: tuple[str, float]) -> list[Turn]:
    return [Turn(x, 0.0, name, "worst") for name, x in at]


FOUR = (("A", 0.0047), ("B", 0.0054), ("C", 0.0057), ("D", 0.0071))
ORDERED = "A at 0.47% higher, then B at 0.54% higher, then C at 0.57% higher"


@pytest.mark.parametrize(
    ("turns", "silent", "already", "said"),
    [
        (FOUR[:3], 0, 0, f"{ORDERED}."),
        (FOUR, 0, 0, f"{ORDERED}, then D at 0.71% higher."),
        ((*FOUR, ("E", 0.008)), 0, 0, f"{ORDERED}; the other two by 0.8% higher."),
        ((*FOUR, ("E", 0.008)), 1, 0, f"{ORDERED}; another two by 0.8% higher."),
        ((*FOUR, ("E", 0.008), ("F", None)), 0, 0, f"{ORDERED}; another two by 0.8% higher; F does not refuse even at"),
        ((*FOUR[:3], ("E", None), ("F", None)), 0, 0, f"{ORDERED}; E and F do not refuse even at 30% higher."),
        ((*FOUR[:3], *((n, None) for n in "EFGH")), 0, 0, f"{ORDERED}; four others do not refuse even at 30% higher."),
        ((*FOUR, ("E", 0.008)), 0, 1, f"{ORDERED}; the other two by 0.8% higher. Already as it is: Z."),
    ],
)
def test_by_when_everybody_refuses_is_said_and_who_does_not(
    turns: tuple[tuple[str, float | None], ...], silent: int, already: int, said: str
) -> None:
    found = [stand(name, 1e3) for name, _ in turns] + [stand("S", None)] * silent + [stand("Z", -1e3)] * already
    assert said in words.order(refused(*((name, x) for name, x in turns if x is not None)), found)


def test_the_figure_of_mean_cost_has_a_label_in_every_state() -> None:
    assert words.metric(made("costs", 0.012), True) == ("All sign until costs rise", "by 1.2%")
    assert words.metric(made("costs", -0.012, False), True) == ("All sign if costs fall", "by 1.2%")
    assert words.metric(made("costs", None), True) == ("All sign until costs rise", "by over 30%")
    assert words.metric(made("costs", 0.012), True, True) == ("None refuses until costs rise", "by 1.2%")
    assert words.metric(made("costs", None), False) == ("Margin", "nobody asks")


def test_all_accept_only_where_all_have_said() -> None:
    cheaper = made("costs", -0.012, accepted=False)
    assert "lower than expected for all to accept**" in words.sentence([cheaper], True)
    assert "lower than expected for nobody to refuse**" in words.sentence([cheaper], True, silent=True)

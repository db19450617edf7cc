"""Which year is worst for a partner, in words."""

import pandas as pd

from data import presets
from ui import each_year_words

SCENARIO = presets.preset(presets.FIRST)


def row(name: str = "Council", role: str = "commissioner", reserves: float = 30e6) -> pd.Series:
    return pd.Series({"role": role, "reserves": reserves}, name=name)


def years(mean: list[float], worst: list[float], error: float = 100.0) -> pd.DataFrame:
    labels = pd.Index(SCENARIO.term.labels()[: len(mean)], name="year")
    columns = {"mean": mean, "chance_of_pain": 0.5, "cvar95": worst, "mean s.e.": error, "cvar95 s.e.": error}
    found = pd.DataFrame(columns, index=labels)
    found["of reserves"] = found["cvar95"] / 30e6
    return found


def test_the_year_that_is_worst_in_the_tail_and_the_one_on_average_are_both_named() -> None:
    said = each_year_words.worst(SCENARIO, years([-10e3, -185e3], [1.6e6, 1.45e6]), row())
    first, second = SCENARIO.term.labels()[:2]
    assert said == (
        f"The worst year for Council is **{first}, a shadow year, in which providers bear nothing and commissioners "
        "all**: its worst 1 in 20 costs £1.6m on average, 5.3% of "
        f"its reserves. On average it is **{second}**, when it pays £185k more than at target (−); the worst 1 in 20 "
        "then costs £1.45m on average, 4.8% of its reserves."
    )


def test_one_year_that_is_worst_both_ways_is_named_once() -> None:
    said = each_year_words.worst(SCENARIO, years([0.0, -9e3], [1e3, 2e6]), row("A", "provider"))
    assert said.endswith("It is the worst on average too: it has −£9k.")


def test_years_that_only_luck_tells_apart_are_both_named() -> None:
    first, second = SCENARIO.term.labels()[:2]
    said = each_year_words.worst(SCENARIO, years([5e3, -150.0], [1e6, 1.00015e6]), row("A", "provider"))
    assert f"is **{second}**" in said and f"; {first} may be as bad." in said
    assert said.endswith("On average no year clearly costs it anything.")


def test_reserves_that_are_not_stated_are_said_to_be_so() -> None:
    said = each_year_words.worst(SCENARIO, years([1.0, 2.0], [5e3, 1e3]), row(reserves=float("nan")))
    assert "costs £5k on average, its reserves are not stated." in said
    assert said.endswith("On average no year costs it anything.")
    assert "more than its reserves of £0" in each_year_words.worst(
        SCENARIO, years([1.0, 2.0], [5e3, 1e3]), row(reserves=0.0)
    )


def test_years_that_cost_nothing_and_a_term_of_one_are_said_or_not() -> None:
    assert each_year_words.worst(SCENARIO, years([1.0, 2.0], [-3.0, 0.0]), row()) == (
        "In no year does the worst 1 in 20 cost Council anything."
    )
    assert each_year_words.worst(SCENARIO, years([-1e3], [2e3]), row()) == ""

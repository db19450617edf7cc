"""What moves one partner's result most: in the order of the effect, and nothing that is within its error."""

from types import SimpleNamespace
from typing import Any

import pandas as pd

from model.acceptance import Cell, Position
from model.appetite import Limits, Yardstick
from model.information import Estimate
from model.joining import Joining, clear
from model.overspill import Overspill
from ui import joining_words
from ui.board_words import statement
from ui.joining_grounds import overspill
from ui.joining_words import most, reason
from ui.reserve_words import bad_years, lasting, of_reserves

COLUMNS = ["low", "high", "low s.e.", "high s.e."]
ROWS = {
    "Cost of A": [40_000.0, -24_000.0, 900.0, 900.0],
    "Prices": [20_000.0, -21_000.0, 900.0, 900.0],
    "Cost of B": [9_000.0, -8_000.0, 900.0, 900.0],
    "Cost of C": [7_000.0, -6_000.0, 900.0, 900.0],
    "KPI: Home": [-1_100.0, -510.0, 729.0, 519.0],
    "KPI: Voice": [0.0, 0.0, 0.0, 0.0],
}


def tornado(home: list[float] = ROWS["KPI: Home"]) -> pd.DataFrame:
    """A tornado with its widest row first."""
    return pd.DataFrame.from_dict({**ROWS, "KPI: Home": home}, orient="index", columns=COLUMNS)


def test_rows_stand_in_the_order_of_their_effect_and_none_is_within_its_error() -> None:
    assert list(clear(tornado()).index) == ["Cost of A", "Prices", "Cost of B", "Cost of C"]
    assert list(most(clear(tornado())).index) == ["Cost of A", "Prices", "Cost of B"]


def test_a_kpi_that_moves_the_result_has_the_last_place_where_three_costs_move_it_more() -> None:
    moving = clear(tornado([-4_000.0, 3_900.0, 729.0, 519.0]))
    assert list(most(moving).index) == ["Cost of A", "Prices", "KPI: Home"]


def test_where_nothing_moves_the_result_there_are_no_rows() -> None:
    assert most(clear(tornado().tail(2))).empty


WORST = ", on average of the worst 1 in 20 futures."


def of_bad_years(worst: float, reserves: float | None) -> Joining:
    """A partner whose worst three years cost so much."""
    bad: Any = SimpleNamespace(worst=Estimate(worst, 0.0), one=Estimate(worst / 2, 0.0), run=3, year=0)
    limits = Limits(None, 0.1, None, 100e3, 0.05, None)
    standing: Any = SimpleNamespace(reserves=reserves, limits=limits)
    found: Any = SimpleNamespace(bad=bad, standing=standing, income=0.0)
    found.left = lambda loss: Joining.left(found, loss)
    return found


def test_reserves_that_do_not_suffice_are_overdrawn_and_not_left() -> None:
    short, enough = of_bad_years(240e3, 180e3), of_bad_years(60e3, 180e3)
    said = [text.replace("\u2060", "") for one in (short, enough) for text in (bad_years(one, ("Y",)), lasting(one))]
    assert said[0].endswith("After its worst three years in a row its reserves of £180k are £60k overdrawn" + WORST)
    assert said[1] == "Its worst three years in a row, 1 in 20: reserves of £180k overdrawn by £60k"
    assert said[2].endswith("After its worst three years in a row £120k of £180k reserves is left" + WORST)
    assert bad_years(of_bad_years(240e3, None), ("Y",)).endswith("its worst three years in a row cost £240k" + WORST)
    assert bad_years(of_bad_years(-240e3, None), ("Y",)).endswith(
        "its worst three years in a row still bring £240k" + WORST
    )
    assert said[3] == "Its worst three years in a row, 1 in 20: £120k of £180k is left"


def test_reserves_left_below_what_must_be_kept_are_said_to_be_with_the_chance_accepted() -> None:
    said = bad_years(of_bad_years(160e3, 180e3), ("Y",)).replace("\u2060", "")
    left = f"£20k of £180k reserves is left{WORST[:-1]}"
    assert said.endswith(f"{left}, less than the £100k to keep; it accepts a 5% chance of that.")


def test_an_overspend_that_turns_a_gain_into_the_largest_loss_is_said_from_where_to_where() -> None:
    said = overspill(Overspill("Large", 50e3, 5_600.0, 5_000.0, before=600.0), "2022-23", 6_000.0)
    assert "costs us **£5.6k** (a gain of £600 becomes a loss of £5k); whatever happens, we can lose at most" in said
    assert said.endswith("£5k in 2022-23 while all partners stay, and £6k in the year in which that is most.")
    same = overspill(Overspill("Large", 50e3, 5_600.0, 5_000.0, before=600.0), "2022-23", 5_000.0)
    assert same.endswith("we can lose at most £5k in 2022-23 while all partners stay.")
    own = overspill(Overspill("Large", 50e3, 5_600.0, 5_000.0, before=600.0), "2022-23", 5_000.0, True)
    assert own.endswith("we can lose at most £5k in 2022-23.")
    lost = overspill(Overspill("Large", 50e3, 2_000.0, 5_000.0, before=-1_000.0), "2022-23", 6_000.0)
    assert "(a loss of £1k becomes a loss of £3k)" in lost
    plain = overspill(Overspill("Large", 50e3, 2_000.0, float("inf")), "2022-23", 6_000.0)
    assert plain.endswith("that costs us **£2k**; nothing limits our loss.")
    spent = overspill(Overspill("Large", 50e3, 2_000.0, 5_000.0, before=2_000.0), "2022-23", 6_000.0)
    assert "becomes nothing)" in spent


def test_reserves_of_nothing_are_overdrawn_and_of_none_stated_nothing_is_said_to_be_left() -> None:
    none, unstated = of_bad_years(240e3, 0.0), of_bad_years(240e3, None)
    assert bad_years(none, ("Y",)).endswith("its reserves of £0 are £240k overdrawn" + WORST)
    assert lasting(none) == "Its worst three years in a row, 1 in 20: reserves of £0 overdrawn by £240k"
    assert bad_years(unstated, ("Y",)).startswith("No reserves are stated.")
    assert of_reserves(none, -1e3) == "reserves are £0"
    assert of_reserves(unstated, -1e3) == "over the term"


def accepting(*cells: Cell) -> str:
    """What a partner that passes these tests is told."""
    nothing: Any = SimpleNamespace(values={"mean": 10e3}, errors={"mean": 1.0})
    limits, yardstick = Limits(None, 0.1, None, None, 0.05, None), Yardstick(1.0, "its reserves")
    return " ".join(joining_words.tests(Position("Advice", limits, yardstick, cells), nothing))


def test_a_test_that_is_passed_is_told_in_its_own_measure_before_what_is_to_spare() -> None:
    loss = Cell("loss", 0.037, 0.1, 45e3, 15e3, 145.0)
    assert accepting(loss) == (
        "Nothing: it passes its only test. *Chance of a large loss*: it loses more than £45k in 3.7% of futures, where "
        "it accepts 10%. Every future could be £15k worse over the term (± £145), and it would still pass."
    )
    year = Cell("year", 0.02, 0.05, 9e3, 2e3, 0.0)
    assert accepting(loss, year) == (
        "Nothing: it passes both tests: 3.7% chance of losing more than £45k, of at most 10%; 2% chance of losing more "
        "than £9k in at least one year, of at most 5%. Nearest to failing is *chance of a large loss in at least one "
        "year*: the worst year of every future could be £2k worse, and it would still pass."
    )
    low = Cell("reserves", 0.0123, 0.025, 33e3, 1e3, 0.0)
    assert "its reserves fall below £33k in 1.23% of futures, where it accepts 2.5%. Every future" in accepting(low)
    worst = Cell("worst", 30e3, 45e3, 45e3, 15e3, 0.0)
    assert "its worst 1 in 20 costs £30k on average, £15k less than the £45k it accepts. Every" in accepting(worst)
    worth = Cell("worth", 8e3, 2e3, 2e3, 6e3, 0.0)
    said = accepting(worth)
    assert "signing, marked down for its risk, is worth +£8k to it, £6k more than staying out (+£2k)." in said
    assert "Every future could be £6k" in said


def test_each_of_few_tests_that_are_passed_is_told_with_its_figure() -> None:
    low = Cell("reserves", 0.0811, 0.1, 20e3, 3e3, 0.0)
    costs, brings = (Cell("worst", figure, 45e3, 45e3, 45e3 - figure, 0.0) for figure in (30e3, -2e3))
    worth = Cell("worth", 8e3, 2e3, 2e3, 6e3, 0.0)
    said = accepting(low, costs, worth)
    assert said.startswith(
        "Nothing: it passes all 3 tests: 8.11% chance of reserves below £20k, of at most 10%; worst 1 in 20 costs £30k "
        "on average, of a loss of at most £45k; +£8k marked down for its risk, staying out +£2k. Nearest to failing is "
        "*chance of low reserves*: every future could be £3k worse over the term, and it would still pass."
    )
    assert "worst 1 in 20 brings £2k on average" in accepting(low, brings)
    year = Cell("year", 0.02, 0.05, 9e3, 4e3, 0.0)
    many = accepting(low, costs, worth, year)
    assert "passes all 4 tests. Nearest to failing is *chance of low reserves*: its reserves fall below £20k" in many


def test_a_chance_is_written_alike_wherever_its_limit_stands_beside_it() -> None:
    cell = Cell("loss", 0.1037, 0.1, 45e3, -1e3, 1.0)
    limits, yardstick = Limits(45e3, 0.1, None, None, 0.05, None), Yardstick(1.0, "its reserves")
    row = statement(Position("Advice", limits, yardstick, (cell,))).iloc[0]
    assert (row["It accepts"], row["It would be"]) == ("at most 10%", "10.4%")
    assert reason(cell) == "losing more than £45k has a 10.4% chance, and it accepts 10%"


def choosing(role: str, staying: float) -> Any:
    """A partner in a role to whom staying out brings so much."""
    values = {"mean": staying, "sd": 0.0}
    return SimpleNamespace(role=role, choice=SimpleNamespace(staying=SimpleNamespace(values=values)))


def test_what_is_paid_either_way_is_said_to_be_in_neither_joining_nor_staying_out() -> None:
    said = joining_words.either_way
    assert said(choosing("provider", 0.0)) == (
        "Staying out counts as £0 because its services are taken to go on then, for the same cost and fee: it would "
        "miss gain and pain, and nothing else."
    )
    assert "because it is taken to pay targets and fees then, too" in said(choosing("commissioner", 0.0))
    ended = said(choosing("provider", -90e3))  # its service would end, and with it the fee
    assert ended == "Both are gain or loss against being paid cost and fee."
    assert said(choosing("commissioner", -90e3)) == "Both are gain or loss against paying targets and fees."

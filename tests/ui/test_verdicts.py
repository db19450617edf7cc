"""Where a term stands is said in pounds too."""

import math
from dataclasses import replace

import numpy as np
import pytest

from data import presets
from model.acceptance import Cell, Position, Test
from model.appetite import Limits, Yardstick
from model.asking import Ask, Price
from model.levers import Largest, Lever, common
from model.statistics import summary
from ui import board_words, comparison_words, joining_words, minds, signing, verdicts

SCENARIO = presets.preset(presets.FIRST)
YEARS, PROVIDERS = SCENARIO.fee().shape


def cap() -> Lever:
    nothing = Largest(np.zeros(YEARS), np.zeros((YEARS, PROVIDERS)))
    return next(one for one in common(SCENARIO, nothing) if one.name == "Cap on the providers' total pain")


def test_a_cap_in_parts_of_the_fee_is_said_in_pounds_of_the_years_where_it_is_least_and_most() -> None:
    fees = SCENARIO.fee().sum(axis=1)
    assert cap().base == pytest.approx((fees.min(), fees.max()))
    said = minds.standing(Ask(cap(), 1.0, None), 0.5).replace("\u2060", "")
    assert said == f"50% of fee (£{fees.min() / 2e6:.2f}m to £{fees.max() / 2e6:.2f}m, by year)"
    alike = replace(cap(), base=(2e6, 2e6))
    assert minds.standing(Ask(alike, 1.0, None), 0.5).replace("\u2060", "") == "50% of fee (£1m a year)"


def test_no_cap_and_a_term_that_is_no_part_of_the_fee_have_no_pounds_beside_them() -> None:
    assert minds.standing(Ask(cap(), 1.0, None), math.inf) == "no cap"
    share = Lever("Its share of pain", "%", 0.0, 1.0, 0.01, cap().value, cap().apply)
    assert minds.standing(Ask(share, 1.0, None), 0.2) == "20%"


def stands(partner: str, slack: float) -> Position:
    """A partner with one test, failed where the slack is below 0."""
    cells = (Cell("worst", 0.0, 0.0, 0.0, slack, 0.0),)
    return Position(partner, Limits(None, 0.0, None, None, 0.0, None), Yardstick(0.0, ""), cells)


def test_where_no_single_change_makes_everyone_sign_nobody_is_said_to_settle_it() -> None:
    found = (stands("Trust", -1.0), stands("Hospice", -1.0))
    asks = [Ask(cap(), 1.0, Price(0.5, 0.0, (stands("Trust", 0.0), found[1])))]
    assert minds.settling("Trust", asks) == ""
    said = minds.answer("Trust", asks, found).replace("\u2060", "")
    assert said.startswith("Trust would just accept with cap on the providers' total pain at 50% of fee")
    assert said.endswith("nobody new would refuse. No single change would make everyone sign.")
    assert minds.answer("Trust", [Ask(cap(), 1.0, None)], found).startswith("No single term")


def test_what_only_moves_a_loss_to_those_who_refuse_already_says_so() -> None:
    found = (stands("Trust", -1.0), stands("Council", -10_000.0))
    ask = Ask(cap(), 1.0, Price(0.5, 0.0, (stands("Trust", 0.0), stands("Council", -55_000.0))))
    assert minds.then("Trust", ask, found).replace("\u2060", "") == "Council (as now, and £45k further short)"
    said = minds.answer("Trust", [ask], found).replace("\u2060", "")
    assert "at 50% of fee, but at the cost of those who refuse already: Council is £45k further from accepting." in said
    assert "nobody new" not in said
    gentle = Ask(cap(), 1.0, Price(0.4, 0.0, (stands("Trust", 0.0), stands("Council", -9_900.0))))
    assert minds.then("Trust", gentle, found) == "Council (as now)"
    said = minds.answer("Trust", [ask, gentle], found).replace("\u2060", "")
    assert "at 40% of fee, and nobody new would refuse." in said and "50%" not in said


def test_a_single_change_that_makes_everyone_sign_is_named() -> None:
    asks = [Ask(cap(), 1.0, Price(0.5, 0.0, (stands("Trust", 0.0),)))]
    said = minds.answer("Trust", asks, (stands("Trust", -1.0),)).replace("\u2060", "")
    assert said == "Everyone would sign with cap on the providers' total pain at 50% of fee."


def test_a_term_of_one_partners_own_is_said_by_its_name() -> None:
    found = (stands("Advice", -1.0),)
    price = Price(0.2, 0.0, (stands("Advice", 0.0),))
    own = [
        Ask(Lever(name, "%", 0.0, 1.0, 0.01, cap().value, cap().apply), 1.0, price)
        for name in ("Its own cap on pain", "Part of its cost in the shared pool")
    ]
    said = minds.answer("Advice", own, found)
    assert said == (
        "Everyone would sign with Advice's own cap on pain at 20% or with part of Advice's cost in the shared pool at "
        "20%."
    )
    helpless = minds.helpless("Advice", [replace(one, price=None) for one in own])
    assert helpless.startswith("Not enough by itself, however far it is moved: Advice's own cap on pain, ")
    assert minds.named("Advice", cap().name) == cap().name


def of_a_year(figure: float, limit: float, slack: float) -> Position:
    cells = (Cell("year", figure, limit, 40_000.0, slack, 0.0),)
    return Position("Hospice", Limits(None, 0.0, None, None, 0.0, None), Yardstick(0.0, ""), cells)


def test_a_loss_in_one_year_is_said_as_one_and_has_a_column_only_where_somebody_limits_it() -> None:
    found = of_a_year(0.21, 0.05, -12_000.0)
    said = verdicts.partner(found).replace("\u2060", "")
    assert said == (
        "✗ **Hospice** refuses: it loses more than £40k in at least one year in 21% of futures, where it accepts 5%; "
        "that is £12k too much in its bad years."
    )
    texts, _ = verdicts.matrix([found])
    column = texts["Chance of a large loss in at least one year"].iloc[0].replace("\u2060", "")
    assert "<br>21% over £40k <br>" in column and "£12k short" in column
    assert "Chance of a large loss in at least one year" not in verdicts.matrix([stands("Trust", 1.0)])[0]
    assert joining_words.reason(found.cells[0]).replace("\u2060", "") == (
        "losing more than £40k in at least one year has a 21% chance, and it accepts 5%"
    )
    row = board_words.statement(found).loc["Chance of losing more than £40k in at least one year"]
    assert list(row.str.replace("\u2060", "")) == ["at most 5%", "21%", "✗ Outside", "£12k too much"]


@pytest.mark.parametrize(
    ("test", "said"), [("worth", "£12k too little"), ("reserves", "short by £12k"), ("worst", "£12k too much")]
)
def test_what_is_missing_is_said_in_the_sense_of_its_limit(test: Test, said: str) -> None:
    assert verdicts.room(Cell(test, 0.0, 0.0, 0.0, -12_000.0, 0.0)).replace("\u2060", "") == said


@pytest.mark.parametrize("test", ["worst", "worth"])
def test_a_shortfall_is_the_same_pounds_alone_as_beside_the_sums_that_it_lies_between(test: Test) -> None:
    """£467.6k against £250.2k: beside them the difference is £218k, of itself it would be £217k."""
    sign = -1 if test == "worth" else 1
    cell = Cell(test, sign * 467_600.0, sign * 250_200.0, 250_200.0, -217_400.0, 0.0)
    position = replace(stands("Trust", -1.0), cells=(cell,))
    said = [
        signing.stands(position)[1],
        verdicts.partner(position),
        verdicts.matrix([position])[0].to_string(),
        comparison_words.stands(position),
        board_words.statement(position).to_string(),
        " ".join(joining_words.tests(position, summary(np.zeros(160)))),
    ]
    assert all("£218k" in text and "£217k" not in text for text in said)


def test_those_who_refuse_are_said_to_stand_first_only_where_somebody_does() -> None:
    assert verdicts.lead([stands("Trust", 1.0)]) == "1 of 1 tests are clearly passed."
    assert "stand first" in verdicts.lead([stands("Trust", -1.0), stands("Hospice", 1.0)])

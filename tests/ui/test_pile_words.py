"""Sentences on percentiles are true where futures pile up on one sum, and as ever where they do not."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from model.base import Floats
from model.piles import places
from model.statistics import percentile, summary
from tests.model.test_piles import CAP, capped
from ui import board_words, joining_words, pile_words, words

APART = np.arange(-200_000.0, 800_000.0, 1_000.0)
SPARED = np.concatenate([np.arange(-50_000.0, 0.0, 1_000.0), np.zeros(900), np.arange(1_000.0, 51_000.0, 1_000.0)])
"""Nine futures in ten at £0, 1 in 20 on either side."""


def row(values: Floats, limit: float = -CAP, by: str = "by its own cap") -> pd.Series:
    found = summary(values)
    more = {"loss_limit": limit, "limited_by": by, "role": "provider", "fee": 0.0, "reserves": float("nan")}
    return pd.Series({**found.values, **found.places, **more})


def test_without_a_pile_every_sentence_is_as_ever() -> None:
    one = row(APART, float("inf"))
    assert pile_words.span(one, "p5", "p95") == "9 in 10 futures between −£150k and +£749k"
    assert pile_words.outer(one) == "1 in 10 is below −£100k, 1 in 10 above +£699k"
    assert list(pile_words.marks(one)) == ["1 in 10 is below", "Middle", "1 in 10 is above"]
    assert words.s_curve("A", one).endswith(
        "A has a 1 in 10 chance of less than −£100k and a 1 in 2 chance of less than +£300k."
    )
    assert joining_words.span(summary(APART)) == "8 in 10 futures between −£100k and +£699k"


def test_a_cap_that_holds_many_futures_is_said_as_a_share_of_them() -> None:
    one = row(capped())
    assert pile_words.outer(one) == "12% of futures end at −£70k, the most it can lose, and 1 in 10 above +£714k"
    curve = words.s_curve("A", one)
    assert curve.endswith("of the futures of A, 12% end at −£70k, the most it can lose, and half end below +£314k.")
    assert "less than" not in curve
    assert pile_words.span(one, "p5", "p95") == "95% of futures between −£70k and +£763k"
    assert list(pile_words.marks(one)) == ["12% end at", "Middle", "1 in 10 is above"]
    board = board_words.futures("A", one)
    assert "12% of futures end at −£70k" in board and "1 in 10 is below" not in board


def test_the_eight_in_ten_between_are_nine_where_a_cap_holds_a_tenth() -> None:
    limit = {"loss_limit": -CAP, "limited_by": "by its own cap"}
    said = joining_words.span(summary(capped()), limit)
    assert said == "90% of futures between −£70k, the most it can lose, and +£714k"


@pytest.mark.parametrize(
    ("limit", "by", "why"),
    [
        (-CAP, "by its own cap", ", the most it can lose"),
        (-CAP, "by the caps that hold for all providers", ", the most it can lose while all partners stay"),
        (-CAP + 1_000, "by its own cap", ""),
        (float("inf"), "by the caps that hold for all providers", ""),
    ],
)
def test_only_the_largest_possible_loss_is_called_so(limit: float, by: str, why: str) -> None:
    assert pile_words.most(row(capped(), limit, by), "p10") == why


def test_futures_beyond_a_pile_are_told_beside_it() -> None:
    one = row(SPARED)
    assert pile_words.outer(one) == "90% of futures end at £0, 5% below it and 5% above it"
    assert pile_words.up_to(one) == "90% end at £0 and 5% below it"
    assert pile_words.span(one, "p10", "p90") == "90% of futures at £0"
    assert list(pile_words.marks(one)) == ["90% end at", "Middle"]


def test_a_pile_at_the_upper_end_is_told_there() -> None:
    one = row(-capped())
    assert pile_words.outer(one) == "1 in 10 is below −£714k, and 12% of futures end at +£70k"
    assert list(pile_words.marks(one)) == ["1 in 10 is below", "Middle", "12% reach"]
    assert pile_words.up_to(one) == ""


def test_a_pile_in_the_middle_alone_leaves_the_worst_tenth_as_it_is() -> None:
    one = row(np.concatenate([np.arange(-300_000.0, 0.0, 1_000.0), np.zeros(400), np.arange(1.0, 301.0) * 1_000]))
    assert pile_words.up_to(one) == "1 in 10 end below −£200k, and 40% end at £0 and 30% below it"


def test_dots_and_years_say_the_share_that_is_truly_between() -> None:
    figures: dict[str, Any] = {"A": row(capped())}
    table = pd.DataFrame(figures).T
    marks = pd.DataFrame({"A": [table.loc["A", name] for name in ("p5", "p50", "p95")]}, index=["5", "50", "95"])
    assert "95% of futures between −£70k and" in words.dots(marks, table, "£")
    both = np.sort(np.stack([APART, capped()]))
    bands = pd.DataFrame({str(p): percentile(both, p) for p in (5, 50, 95)}, index=["2018-19", "2019-20"])
    stand = pd.DataFrame(places(both, {p: bands[p].to_numpy() for p in ("5", "95")}), bands.index)
    said = words.fan(bands.join(stand), "Providers")
    assert said.startswith("Providers: 9 in 10 futures of 2018-19 lie between −£150k and +£749k;")
    assert said.endswith("; in 2019-20 95% of futures between −£70k and +£763k.")
    assert words.fan(bands.iloc[:1].join(stand), "Providers").endswith("in 2018-19 between −£150k and +£749k.")

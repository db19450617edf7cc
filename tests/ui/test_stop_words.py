"""What stops the largest loss, in words."""

import pytest

from model.stops import ForAll, Stops
from ui import stop_words

INF = float("inf")


@pytest.mark.parametrize(
    ("own", "others", "by", "short", "said"),
    [
        (
            "AB",
            "",
            "shares",
            "held by own caps, not shares",
            "The providers' own caps stop the loss there. By shares and pool ",
        ),
        ("A", "", "shares", "held by own cap, not shares", "The provider's own cap stops the loss there. By shares"),
        ("", "AB", "total", "held by total cap, not shares", "The cap on total pain stops the loss there. By shares"),
        ("", "AB", "cost", "held by cost cap, not shares", "The cap on cost pain stops the loss there. By shares"),
        (
            "A",
            "B",
            "total",
            "held by own and total caps",
            "Own caps stop the loss for A, the cap on total pain for the ",
        ),
        (
            "AB",
            "C",
            "cost",
            "held by own and cost caps",
            "Own caps stop the loss for A and B, the cap on cost pain for",
        ),
        (
            "AB",
            "C",
            "shares",
            "held by own caps and shares",
            "Own caps stop the loss for A and B; for the others shares and ",
        ),
        ("ABCD", "E", "total", "held by own and total caps", "Own caps stop the loss for 4 providers, the cap on"),
        (
            "",
            "AB",
            "shares",
            "held by shares, not caps",
            "No cap stops the loss there: shares and pool come to no more.",
        ),
    ],
)
def test_every_reason_has_its_words(own: str, others: str, by: ForAll, short: str, said: str) -> None:
    found = Stops(tuple(own), tuple(others), by, 0.073)
    assert stop_words.in_short(found) == short
    assert stop_words.sentence(found, pool=True).startswith(said)


def test_the_sentence_says_how_far_a_share_must_go() -> None:
    capped, open_ended = (Stops(("A", "B"), (), "shares", part) for part in (0.073, INF))
    assert stop_words.sentence(capped, pool=True).endswith(
        ". By shares and pool alone it would be 7.3% of cost: a share moves it only where that comes to less than the "
        "caps."
    )
    assert stop_words.sentence(open_ended, pool=False).endswith(
        "By shares alone it would have no limit, so that no share above 0% moves it."
    )


@pytest.mark.parametrize(
    ("own", "others", "by", "said"),
    [
        ("AB", "", "shares", "caps, not shares, in 2020-21"),
        ("", "AB", "total", "caps, not shares, in 2020-21"),
        ("A", "B", "shares", "caps and shares, in 2020-21"),
        ("", "AB", "shares", "shares, not caps, in 2020-21"),
    ],
)
def test_beside_the_year_that_is_looked_at_the_caps_are_not_named(own: str, others: str, by: ForAll, said: str) -> None:
    assert stop_words.in_short(Stops(tuple(own), tuple(others), by, 0.073), "in 2020-21") == said


def test_nothing_is_said_where_nothing_is_limited() -> None:
    assert stop_words.in_short(None, "in 2020-21") == "in 2020-21"
    assert stop_words.in_short(None) == stop_words.sentence(None, pool=True) == ""

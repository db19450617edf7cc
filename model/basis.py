"""The settlement basis: when gain and pain of the years are due (model §2, 'settlement basis')."""

from typing import Annotated, Literal

from pydantic import Field

from model.base import Value, plain


class Yearly(Value):
    """Each year by itself: what a year brings is due for that year."""

    kind: Literal["yearly"] = "yearly"


class Cumulative(Value):
    """Each year on account; a true-up in the last year makes the whole term what the terms give on its totals.

    Target, cost, caps and bands in pounds of the years are added up, each year as far as its phase-in counts it.
    The score is the mean weighted by target cost, the gates are those of the last year, and performance stays
    as it was in each year.
    """

    kind: Literal["cumulative"] = "cumulative"


class CarryForward(Value):
    """Pain is not paid at once: it is carried forward and set against later gains."""

    kind: Literal["carry_forward"] = "carry_forward"
    rest: Literal["due", "written off"] = plain(
        "At the end", "What becomes of pain that is left after the last year.", default="due"
    )


SettlementBasis = Annotated[Yearly | Cumulative | CarryForward, Field(discriminator="kind")]

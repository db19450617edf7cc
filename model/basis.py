"""The settlement basis: when gain and pain of the years are due (model §2, 'settlement basis')."""

from typing import Annotated, Literal

from pydantic import Field

from model.base import Value, plain


class Yearly(Value):
    """Each year by itself: what a year brings is due for that year."""

    kind: Literal["yearly"] = "yearly"


class Cumulative(Value):
    """Each year on account; a true-up in the last year makes the whole term what the terms give on its totals.

    Targets, savings, relief, caps and bands in pounds of the years are added up, each as far as its phase-in counts
    it; a saving does not count in a year whose gate on cost gain was failed, an overspend and relief not in a
    one-sided year. The score is the mean weighted by target cost; performance stays as it was in each year. Each
    provider's term is held within its caps of all years together.
    """

    kind: Literal["cumulative"] = "cumulative"


class CarryForward(Value):
    """Pain is not paid at once: it is carried forward and set against later gains.

    What is left after the last year is due, each provider within its pain caps of all years together; or written off.
    """

    kind: Literal["carry_forward"] = "carry_forward"
    rest: Literal["due", "written off"] = plain(
        "At the end", "What becomes of pain that is left after the last year.", default="due"
    )


SettlementBasis = Annotated[Yearly | Cumulative | CarryForward, Field(discriminator="kind")]

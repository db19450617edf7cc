"""What nobody has said: what some would accept, and what staying out is worth now. Positions in, plain English out."""

from collections.abc import Sequence

from model.acceptance import Position
from ui.format import listed, percent
from ui.range_words import literal

NEXT_TO_NOTHING = 5e-4
"""A part of cost that is not worth a question."""


def silent(found: Sequence[Position]) -> list[str]:
    """Who has not said what it would accept."""
    return [literal(one.partner) for one in found if one.verdict == "has not said"]


def silence(found: Sequence[Position]) -> str:
    """That some have not said what they would accept, and what follows from that; nothing where all have."""
    unsaid = silent(found)
    if not unsaid:
        return ""
    many = "it would" if len(unsaid) == 1 else "they would"
    return (
        f"{listed([f'**{name}**' for name in unsaid])} {have(unsaid)} not said what {many} accept: "
        "that blocks nobody, and is no acceptance."
    )


def have(names: list[str]) -> str:
    """The verb of one partner, or of several."""
    return "has" if len(names) == 1 else "have"


def left_behind(found: Sequence[Position], dearer: float, base: str) -> str:
    """Asks whether staying out would not cost more, or less, too, where expected costs moved and it did not.

    `dearer`: of `model.unmoved`, against what changes are counted from, `base`. Nothing where that is next to nothing,
    or nobody is asked about staying out.
    """
    if abs(dearer) < NEXT_TO_NOTHING or not any(cell.test == "worth" for one in found for cell in one.cells):
        return ""
    more, dear = ("more", "higher") if dearer > 0 else ("less", "lower")
    return (
        f"Costs are now expected to be {percent(abs(dearer))} {dear} than in {literal(base)}, and staying out is "
        f"worth what it was: **would staying out not cost {more} too?**"
    )

"""Those that have not said what they would accept, in a search for a design. In words."""

from collections.abc import Sequence

from model.acceptance import Position
from model.outcome import Found
from model.unheard import Beside
from ui.format import chance, listed, loss, signed
from ui.range_words import literal
from ui.unsaid import have, silent

SPARED = "Leave those who have not said no worse off"
ABOUT = (
    "They must gain no less on average than with the design on the screen, their worst 1 in 20 cost no more, and a "
    "loss be no likelier, on the same futures and but for the luck of drawing them. Off: designs may load them."
)


def everyone(found: Sequence[Position]) -> str:
    """Who would sign a design that nobody refuses."""
    return "nobody who has said would refuse" if silent(found) else "everyone would sign"


def rule(names: Sequence[str], spared: bool) -> str:
    """What a search does about those who have not said; nothing where all have."""
    if not names:
        return ""
    each = [f"**{literal(name)}**" for name in names]
    follows = (
        f"no design may leave {'it' if len(each) == 1 else 'any of them'} worse off than now, on average, in its "
        "worst 1 in 20 and in its chance of a loss"
        if spared
        else "designs may load it as they like"
        if len(each) == 1
        else "designs may load them as they like"
    )
    return f"{listed(each)} {have(each)} not said what {'it' if len(each) == 1 else 'they'} would accept: {follows}."


def fares(one: Found) -> str:
    """How a design leaves those who have not said; nothing where all have."""
    well = [literal(each.now.partner) for each in one.unheard if not each.worse]
    said = f"{listed(well)} {have(well)} not said, and would be no worse off than now." if well else ""
    return " ".join(part for part in (said, loaded(one)) if part)


def loaded(one: Found) -> str:
    """Who is worse off than now without having said what it accepts, and by what."""
    each = [f"**{literal(fares.now.partner)}** ({_worse(fares)})" for fares in one.worse_off]
    return f"{listed(each)} {have(each)} not said, and would be **worse off than now**." if each else ""


def _worse(one: Beside) -> str:
    """'on average +£5k, now +£20k; its worst 1 in 20 costs £320k, now £210k; a loss in 40% of futures, now 31%'."""
    now = one.now
    mean = f"on average {signed(one.mean)}, now {signed(now.mean)}"
    tail = f"its worst 1 in 20 costs {loss(one.worst)}, now {loss(now.worst)}"
    return f"{mean}; {tail}; a loss in {chance(one.chance)} of futures, now {chance(now.chance)}"

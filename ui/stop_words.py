"""What stops the largest loss where it is, in a few words and in a sentence."""

from model.stops import ForAll, Stops
from ui.format import listed, percent
from ui.range_words import literal

MOST_NAMED = 3
CAPS: dict[ForAll, str] = {"total": "cap on total pain", "cost": "cap on cost pain"}
IN_SHORT: dict[ForAll, str] = {"total": "total cap", "cost": "cost cap", "shares": "shares"}


def in_short(found: Stops | None, year: str = "") -> str:
    """'held by own caps, not shares': what a room reads below the figure; nothing where nothing is limited.

    `year`: 'in 2020-21' where one is looked at; there is room for both only if the caps are not named.
    """
    if found is None:
        return year
    shares = found.by == "shares" and bool(found.others)
    if year:
        what = "caps and shares" if shares and found.own else "shares, not caps" if shares else "caps, not shares"
        return f"{what}, {year}"
    own = "own caps" if len(found.own) > 1 else "own cap"
    if found.own and found.others:
        return f"held by {own} and shares" if shares else f"held by own and {IN_SHORT[found.by]}s"
    if shares:
        return "held by shares, not caps"
    return f"held by {own if found.own else IN_SHORT[found.by]}, not shares"


def sentence(found: Stops | None, pool: bool) -> str:
    """What stops it for whom, and what it would be by shares alone, with what the `pool` takes if there is one."""
    if found is None:
        return ""
    alone = "shares and pool" if pool else "shares"
    if found.others and found.by == "shares":
        if not found.own:
            return f"No cap stops the loss there: {alone} come to no more."
        stopped = f"Own caps stop the loss for {_whom(found.own)}; for the others {alone} come to no more"
    elif found.own and found.others:
        stopped = f"Own caps stop the loss for {_whom(found.own)}, the {CAPS[found.by]} for the others"
    elif found.own:
        stopped = (
            "The providers' own caps stop the loss there"
            if len(found.own) > 1
            else "The provider's own cap stops the loss there"
        )
    else:
        stopped = f"The {CAPS[found.by]} stops the loss there"
    return f"{stopped}. By {alone} alone it would {_alone(found.uncapped)}"


def _whom(names: tuple[str, ...]) -> str:
    return listed([literal(name) for name in names]) if len(names) <= MOST_NAMED else f"{len(names)} providers"


def _alone(uncapped: float) -> str:
    """How far a share must go to move the largest loss."""
    if uncapped == float("inf"):
        return "have no limit, so that no share above 0% moves it."
    return f"be {percent(uncapped)} of cost: a share moves it only where that comes to less than the caps."

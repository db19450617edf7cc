"""What share of futures lies where, once they pile up on one value. Rows of `tables.partners` in, plain English out."""

from collections.abc import Mapping
from typing import Any

from model.base import PENNY
from model.piles import between, place
from ui.format import chance, listed, signed

Row = Mapping[str, Any]
SEEN = 0.5
"""Pounds from which on a loss is one."""


def many(row: Row, low: str, high: str, plain: str = "9 in 10 futures") -> str:
    """How many lie between two percentiles, both included: '9 in 10 futures', or with a pile at an end '95% of
    futures', the share that truly does."""
    share = between(row, low, high)
    return f"{chance(share)} of futures" if share else plain


def piled(row: Row, low: str, high: str) -> bool:
    """Whether either of two percentiles stands on a pile."""
    return between(row, low, high) > 0


def span(row: Row, low: str, high: str, plain: str = "9 in 10 futures", why: str = "") -> str:
    """'9 in 10 futures between −£70k and +£374k'; `why`: of `most`, behind the lower end."""
    said, ends = many(row, low, high, plain), (signed(row[low]), signed(row[high]))
    return (
        f"{said} at {ends[0]}"
        if together(row, low, high)
        else f"{said} between {ends[0]}{why and f'{why},'} and {ends[1]}"
    )


def together(row: Row, one: str, other: str) -> bool:
    """Whether two percentiles stand on the same pile."""
    return place(row, one).at > 0 and abs(row[one] - row[other]) < PENNY


def most(row: Row, name: str) -> str:
    """', the most it can lose' where a percentile stands on a pile that is what the caps allow; else nothing."""
    if not place(row, name).at or row[name] > -SEEN or abs(row[name] + row.get("loss_limit", float("inf"))) > SEEN:
        return ""
    stay = "" if str(row["limited_by"]).startswith("by its own") else " while all partners stay"
    return f", the most it can lose{stay}"


def at(row: Row, name: str, of: str = " of futures", beyond: tuple[str, ...] = ("below",)) -> str:
    """'12% of futures end at −£70k, the most it can lose', of a percentile on a pile, with those beyond it."""
    found = place(row, name)
    others = [f"{chance(getattr(found, side))} {side} it" for side in beyond if getattr(found, side)]
    return listed([f"{chance(found.at)}{of} end at {signed(row[name])}{most(row, name)}", *others])


def outer(row: Row) -> str:
    """Where the worst and the best tenth begin: '1 in 10 is below −£70k, 1 in 10 above +£374k', or what piles up."""
    low, high = f"1 in 10 is below {signed(row['p10'])}", f"1 in 10 above {signed(row['p90'])}"
    if together(row, "p10", "p90"):
        return at(row, "p10", beyond=("below", "above"))
    piled = [bool(place(row, name).at) for name in ("p10", "p90")]
    low = at(row, "p10") if piled[0] else low
    high = at(row, "p90", beyond=("above",)) if piled[1] else high
    return f"{low}, {'and ' * any(piled)}{high}"


def up_to(row: Row) -> str:
    """The worst tenth and the worse half of futures that pile up: '12% end at −£70k, the most it can lose, and half
    end below +£150k'; nothing where neither does."""
    low, middle = place(row, "p10").at, place(row, "p50").at
    if not low and not middle:
        return ""
    first = at(row, "p10", "") if low else f"1 in 10 end below {signed(row['p10'])}"
    if together(row, "p10", "p50"):
        return first
    second = at(row, "p50", "") if middle else f"half end below {signed(row['p50'])}"
    return f"{first}, and {second}"


def marks(row: Row) -> dict[str, float]:
    """What the outer tenths are called among futures, and where they begin: '1 in 10 is below', '12% end at'."""
    low, high = place(row, "p10").at, place(row, "p90").at
    found = {f"{chance(low)} end at" if low else "1 in 10 is below": row["p10"], "Middle": row["p50"]}
    if together(row, "p10", "p90"):
        return found
    return found | {f"{chance(high)} reach" if high else "1 in 10 is above": row["p90"]}

"""The rules of a contract as formulas of a spreadsheet: text with references in it, no equals sign."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from data.audit.book import Cells
from model.base import PENNY
from model.fields import Path
from model.modifiers import SAME_SCORE

At = dict[Path, Cells]
ANY = ""
"""In place of a year's column, for inputs that all years share."""


def held(amount: str, worst: str | None, best: str | None) -> str:
    """An amount held between the most that can be lost and gained; None: no limit."""
    amount = f"MIN({amount},{best})" if best else amount
    return f"MAX({amount},-{worst})" if worst else amount


def ramp(value: str, at: Sequence[str], to: Sequence[str]) -> str:
    """Straight lines through points, flat beyond the ends; `at` rises or falls."""
    pieces = zip(pairwise(at), pairwise(to), strict=True)
    rises = [f"({high}-{low})*MAX(0,MIN(1,({value}-{a})/({b}-{a})))" for (a, b), (low, high) in pieces]
    return "+".join([to[0], *rises])


def steps(reached: Sequence[str], to: Sequence[str]) -> str:
    """The figure of the last level reached; `reached` says when each but the first is."""
    rises = [f"IF({when},{b}-{a},0)" for when, (a, b) in zip(reached, pairwise(to), strict=True)]
    return "+".join([to[0], *rises])


def quality(score: str) -> str:
    """The part earned of the score there is to earn."""
    return f"(MAX(-100,MIN(100,{score}))+100)/200"


def pool_part(score: str, pool: dict[str, str]) -> str:
    """Part of the performance pool gained or lost at a score; `pool` has its four figures by name."""
    low, high = f"MAX({score},-100)", f"MIN({score},100)"
    start, end = pool["neutral_from"], pool["neutral_to"]
    lost = f"-{pool['max_pain']}*({start}-{low})/({start}+100)"
    gained = f"{pool['max_gain']}*({high}-{end})/(100-{end})"
    return f"IF({low}<{start},{lost},IF({high}>{end},{gained},0))"


def past(corridor: Any, path: Path, at: At, size: str, target: str) -> str:
    """What counts of a saving or overspend of this size once the corridor is passed."""
    if corridor.kind == "none":
        return size
    width = f"{at[*path, 'width'](ANY)}*{target}"
    if corridor.kind == "deductible":
        return f"MAX({size}-{width},0)"
    return f"IF({size}>={width}-{PENNY},{size},{at[*path, 'inside'](ANY)}*{size})"


def band_end(path: Path, at: At, target: str, prices: str) -> str | None:
    """Where a band ends, in pounds; None where it has no end. `prices`: those of the years that count."""
    if (*path, "up_to") in at:
        return f"{at[*path, 'up_to'](ANY)}*{target}"
    return f"{at[*path, 'up_to_pounds'](ANY)}*{prices}" if (*path, "up_to_pounds") in at else None


def _points(path: Path, at: At, name: str) -> list[str]:
    found, i = [], 0
    while (*path, "points", i, name) in at:
        found.append(at[*path, "points", i, name](ANY))
        i += 1
    return found


def _ramp_table(path: Path, at: At, score: str) -> str:
    return ramp(score, _points(path, at, "ops"), _points(path, at, "multiplier"))


def _step_table(path: Path, at: At, score: str) -> str:
    reached = [f"{score}>={ops}-{SAME_SCORE:.9f}" for ops in _points(path, at, "ops")[1:]]
    return steps(reached, _points(path, at, "multiplier"))


def _one_minus(path: Path, at: At, score: str) -> str:
    share, lowest, highest = (at[*path, name](ANY) for name in ("share", "lowest", "highest"))
    return f"MAX({lowest},MIN({highest},1-{share}*{quality(score)}))"


MULTIPLIERS: dict[str, Callable[[Path, At, str], str]] = {
    "ramp": _ramp_table,
    "step": _step_table,
    "quality": lambda path, at, score: quality(score),
    "one_minus": _one_minus,
}
"""What the cost component is multiplied by at a score, by the kind of modifier; none has no formula."""


class Money(NamedTuple):
    """What amounts may be a part of, and the price index of the year, all in the year's money."""

    fee: str
    target: str
    prices: str


def pounds(amount: Any, path: Path, at: At, of: Money) -> str | None:
    """An amount of money in a year; None where there is no limit."""
    if amount.kind == "none":
        return None
    if amount.kind == "lower_of":
        both = [pounds(getattr(amount, one), (*path, one), at, of) for one in ("first", "second")]
        return f"MIN({both[0]},{both[1]})"
    name, unit = {"pounds": ("amount", of.prices), "of_fee": ("part", of.fee), "of_target": ("part", of.target)}[
        amount.kind
    ]
    return f"{at[*path, name](ANY)}*{unit}"

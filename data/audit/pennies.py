"""Whole pennies as formulas: parts rounded so that they add up to their rounded sum, as `model.pennies` rounds them."""

from collections.abc import Sequence

from data.audit.book import Cells, OfYear, added
from data.audit.work import Work
from model.pennies import CLEAR


def whole(amount: str) -> str:
    """A formula, rounded to the penny."""
    return f"ROUND(ROUND({amount},{CLEAR + 2}),2)"


def parted(work: Work, parts: Sequence[Cells]) -> list[OfYear]:
    """What each part is in whole pennies; rows below each other say what is left of each below its last penny."""
    if len(parts) == 1:
        return [lambda c: whole(parts[0](c))]
    rests = [work.helper("Its part of a penny", _rest(one), unit="") for one in parts]
    return [_penny(parts, rests, i) for i in range(len(parts))]


def _pennies(cell: str) -> str:
    return f"ROUND({cell}*100,{CLEAR})"


def _rest(part: Cells) -> OfYear:
    return lambda c: f"ROUND({_pennies(part(c))}-INT({_pennies(part(c))}),{CLEAR})"


def _penny(parts: Sequence[Cells], rests: Sequence[Cells], i: int) -> OfYear:
    """The penny below, or the one above where this is among the largest rests that make up the rounded sum."""

    def formula(c: str) -> str:
        mine, every = rests[i](c), added(rests, c)[4:-1]
        before = f"{rests[0](c)}:{mine.partition('!')[2]}"
        total = f"ROUND({added(parts, c)}*100,{CLEAR})"
        more = f"ROUND(SUM({every})+ROUND({total},0)-{total},0)"
        place = f'COUNTIF({every},">"&{mine})+COUNTIF({before},{mine})'
        return f"ROUND(ROUND({_pennies(parts[i](c))}-{mine},0)+IF({place}<={more},1,0),0)/100"

    return formula

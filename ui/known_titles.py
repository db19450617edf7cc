"""Which entry a heading of a pasted table names: by its own title, by what people call it, and by its unit."""

import re

from data import scales
from data.cells import folded
from data.typed import shown, year_named
from ui.columns import ALSO, COST, Column, Lines

OVER_TIME = re.compile(r"\bp\.a\.|\bper annum\b|\bpa\b|,?\s*\bover the (?:\d+ )?(?:years?|term)\b", re.I)

SMALL = frozenset(("of", "the", "a", "in", "for", "our", "if", "it"))
"""Words that no heading differs by."""
LATER = "a year: 'Baseline cost (£)' is of year 1, and price and demand growth make the others"
"""What becomes of the costs of other years."""
OF_IMPACT = frozenset(("impact", "cost", "case", "estimate", "scenario", "financial"))
"""What may stand beside low, likely and high in a register of risks."""


def named(title: str, cells: list[str], into: Lines) -> Column | str:
    """The column that a title names, or why there is none."""
    some = candidates(title, into)
    if not some:
        return f"which is {_no_entry(title, into)}"
    sign = scales.sign(title)
    fit = [
        one
        for one in some
        if not sign or one.unit in ("", sign) or (into.own and sign == "%") or some == _exact(title, into)
    ]
    if not fit:
        return f"but {some[0].title} is no {'percentage' if sign == '%' else 'sum in pounds'}"
    if len({one.unit for one in fit}) > 1:
        signs = {mark for mark in "%£" if any(mark in cell for cell in cells)}
        fit = [one for one in fit if {one.unit} == signs]
        if not fit:
            return f"which may be {' or '.join(shown(one.title) for one in some)}"
    if len({one.title for one in fit if one.unit}) > 1:
        return f"which may be {' or '.join(shown(one.title) for one in fit)}"
    return fit[-1]


def _exact(title: str, into: Lines) -> list[Column]:
    return [one for one in into.columns if folded(title) == folded(one.title)]


def candidates(title: str, into: Lines) -> list[Column]:
    """The columns that a title may name, whatever their unit: by their own titles, else by what people call them."""
    if exact := _exact(title, into):
        return exact
    for names in (_own_names, _other_names):
        for plain in dict.fromkeys((_plain(title), _plain(without_year(title)))):
            if plain and (some := [one for one in into.columns if plain in map(_plain, names(one))]):
                return some
    return _in_any_order(title, into)


def _in_any_order(title: str, into: Lines) -> list[Column]:
    """The columns one of whose names has just the words of a title, whatever their order: 'Reserves, general'."""
    some = []
    for one in into.columns:
        beside = OF_IMPACT if one.place[0] == "impact" else frozenset()
        called = {_words(name, beside) for name in (*_own_names(one), *_other_names(one))} - {frozenset()}
        if called & {_words(title, beside), _words(without_year(title), beside)}:
            some.append(one)
    return some


def _words(title: str, beside: frozenset[str]) -> frozenset[str]:
    """The words that a title differs by from others; all of them where nothing else is left."""
    words = frozenset(re.findall(r"[^\W_]+", _plain(title))) - SMALL
    return words - beside or words


def _own_names(one: Column) -> tuple[str, ...]:
    return one.title, one.info.title or "", str(one.place[-1])


def _other_names(one: Column) -> tuple[str, ...]:
    return ALSO.get(str(one.place[-1]), ())


def _plain(title: str) -> str:
    """A title without its unit: 'fee' for 'Fee %', 'cost' for 'Cost (£000)', 'growth' for 'Growth p.a.'."""
    bare = re.sub(r"[()\[\]:*]", " ", OVER_TIME.sub(" ", scales.without(title)))
    return folded(bare).strip(" ,-–—/")


def without_year(title: str) -> str:
    """'Budget' for 'Budget 2027/28' and '2027/28 budget'; a title that is only a year as it is."""
    words = re.sub(r"[(),]", " ", scales.without(title)).split()
    others = [word for word in words if not _year(word)]
    return " ".join(others) if others and len(others) < len(words) else title


def year_in(title: str, alone: bool) -> str | None:
    """'2027-28' for 'Budget 2027/28' and 'FY27/28 budget'; `alone`: only where the title has no other word."""
    words = re.sub(r"[(),]", " ", scales.without(title)).split()
    found = [year for word in words if (year := _year(word))]
    return found[0] if len(found) == 1 and not (alone and len(words) > 1) else None


def _year(word: str) -> str | None:
    """2027-28 for 2027/28, FY2027/28 and 27/28."""
    bare = re.sub("^fy", "", word, flags=re.I)
    return year_named(bare) or (year_named(f"20{bare}") if len(bare) == 5 else None)


DIRECTION = frozenset(("direction", "better", "polarity", "good is"))
"""What a column is called that says whether higher or lower is better."""


def _no_entry(title: str, into: Lines) -> str:
    """Why a title heads nothing here."""
    if year_named(title) and any(one.place == COST for one in into.columns):
        return LATER
    if folded(title) in DIRECTION and any(one.place[-1] == "gamebreaking" for one in into.columns):
        return "not needed: the levels say it, rising from failure to gamebreaking or falling"
    return "no entry here"

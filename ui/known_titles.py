"""Which entry a heading of a pasted table names: by its own title, by what people call it, and by its unit."""

import re
from collections.abc import Iterable

from data import scales
from data.cells import folded
from data.typed import shown
from ui import dated
from ui.columns import ALSO, ASIDE, COST, Column, Lines
from ui.meanings import UNREADABLE, meant

OVER_TIME = re.compile(r"\bp\.a\.|\bper annum\b|\bpa\b|,?\s*\bover the (?:\d+ )?(?:years?|term)\b", re.I)

SMALL = frozenset(("of", "the", "a", "in", "for", "our", "if", "it"))
"""Words that no heading differs by."""
OTHER_YEAR = "a year, but none of the term"
"""What a heading is that names the year of a cost which is not taken."""
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
    one = fit[-1]
    if one in into.beside and one.place in ASIDE and all(meant(cell, one) is UNREADABLE for cell in cells if cell):
        return f"which is {_no_entry(title, into)}"
    return one


def _exact(title: str, into: Lines) -> list[Column]:
    return [one for one in into.headed if folded(title) == folded(one.title)]


def candidates(title: str, into: Lines) -> list[Column]:
    """The columns that a title may name, whatever their unit: by their own titles, else by what people call them."""
    if exact := _exact(title, into):
        return exact
    for names in (_own_names, _other_names):
        for bare in dict.fromkeys((plain(title), plain(dated.without_year(title)))):
            if bare and (some := [one for one in into.headed if bare in map(plain, names(one))]):
                return some
    return _in_any_order(title, into)


def _in_any_order(title: str, into: Lines) -> list[Column]:
    """The columns one of whose names has just the words of a title, whatever their order: 'Reserves, general'."""
    some = []
    for one in into.headed:
        beside = OF_IMPACT if one.place[0] == "impact" else frozenset()
        called = {_words(name, beside) for name in (*_own_names(one), *_other_names(one))} - {frozenset()}
        if called & {_words(title, beside), _words(dated.without_year(title), beside)}:
            some.append(one)
    return some


def is_called(title: str, names: Iterable[str]) -> bool:
    """Whether a title has just the words of one of these names, whatever their order."""
    words = {_words(name, frozenset()) for name in names}
    return bool(words & {_words(title, frozenset()), _words(dated.without_year(title), frozenset())})


def _words(title: str, beside: frozenset[str]) -> frozenset[str]:
    """The words that a title differs by from others; all of them where nothing else is left."""
    words = frozenset(re.findall(r"[^\W_]+", plain(title))) - SMALL
    return words - beside or words


def _own_names(one: Column) -> tuple[str, ...]:
    return one.title, one.info.title or "", str(one.place[-1])


def _other_names(one: Column) -> tuple[str, ...]:
    return ALSO.get(str(one.place[-1]), ())


def plain(title: str) -> str:
    """A title without its unit: 'fee' for 'Fee %', 'cost' for 'Cost (£000)', 'growth' for 'Growth p.a.'."""
    bare = re.sub(r"[()\[\]:*]", " ", OVER_TIME.sub(" ", scales.without(title)))
    return folded(bare).strip(" ,-–—/")


def _no_entry(title: str, into: Lines) -> str:
    """Why a title heads nothing here."""
    if dated.year_in(title, alone=True) and any(one.place == COST for one in into.columns):
        return OTHER_YEAR
    return "no entry here"

"""That what is shown is not on the terms of the starting design, and in what those differ: what nobody has offered yet
must not be read as what was."""

from typing import Any

from model.changes import Change, changes
from model.differences import OFFERED, Difference
from model.documents import where
from model.kinds import PARTNERS
from ui import comparison_words, designs, kept, levers, versions
from ui.range_words import literal
from ui.session import Session

FEW, LONGEST = 3, 110
"""Changes that are named, and characters of one that is said in full."""
PART = "% of "
"""How the name of a figure begins that is a part of something."""
NAMES = {"Pooled": "part of cost in the pool", "Fee is % of": "basis of its fee"}
"""Entries of a partner whose titles are no names of things."""


def sentence(session: Session) -> str:
    """'These are not the terms of the starting design: A's cap on pain is 32% of fee, not 100%.' Nothing where they
    are, where there is none yet, or where all have agreed to these."""
    said = few(session)
    start = comparison_words.called(designs.start(session))
    return f"These are **not the terms of {start}**: {said}." if said else ""


def few(session: Session) -> str:
    """The first of what differs, and how many entries more."""
    found = changed(session)
    more = sum(one.entries for one in found[FEW:])
    rest = [f"and {more} more"] if more else []
    return "; ".join([*(literal(_said(session, one)) for one in found[:FEW]), *rest])


def changed(session: Session) -> list[Change]:
    """What partners would be offered otherwise than in the starting design; what is a partner's own is not of it."""
    here = session.scenario
    start = kept.compared(session.saved, here)
    if start is None or not kept.of_one_alliance(start, here):
        return []
    found = [one for one in changes(kept.as_document(start), kept.as_document(here)) if one.kind in OFFERED]
    return [] if found and versions.agreed(session, here) else found


def _said(session: Session, one: Change) -> str:
    """One line, as what is and not what was."""
    first = one.each[0]
    if len(one.each) == 1:
        return _is(_of_one(session, first), first)
    thing = _thing(first)
    if one.alike:
        who = one.said.removesuffix(f": {first.change}").removeprefix(f"{where(first.place[2:])}, ")
        return _is(f"{thing} of {who}", first)
    return _small(one.said) if len(one.said) <= LONGEST else f"{thing} of {len(one.each)} partners changed"


def _is(what: str, of: Difference) -> str:
    """'… is 32% of fee, not 100%'; '… changed' where that cannot be said so, or is long."""
    was, _, now = of.change.partition(" → ")
    title = where(of.place[-1:])
    unit = f" {title.removeprefix('% ')}" if title.startswith(PART) else ""
    said = f"{what} is {now}{unit}, not {was}"
    return f"{what} changed" if isinstance(of.place[-1][2], list) or len(said) > LONGEST else said


def _of_one(session: Session, one: Difference) -> str:
    """'Peer support charity's cap on pain', 'providers' share of overspends'."""
    if one.path[0] in PARTNERS and len(one.path) > 2:
        return f"{where(one.place[:2])}'s {_thing(one)}"
    [said] = levers.as_levers(session, [str(one)])
    if said.endswith(f": {one.change}") and said != str(one):
        return _small(said.removesuffix(f": {one.change}"))
    steps = _bare(one.place[1:] or one.place)
    lines = any(isinstance(key, int) and isinstance(node, dict) and node.get("name") for key, _, node in steps)
    return where(steps) if lines else _small(where(steps))


def _thing(one: Difference) -> str:
    """An entry of a partner within a sentence."""
    said = where(_bare(one.place[2:]))
    return NAMES.get(said, _small(said))


def _bare(steps: list[Any]) -> list[Any]:
    """A place without what its figure is a part of."""
    return steps[:-1] if where(steps[-1:]).startswith(PART) else steps


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

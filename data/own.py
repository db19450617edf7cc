"""A partner's own figures in a scenario document: what it alone may enter, taken out and put back."""

import copy
from typing import Any

from model.names import IN_THE_ROOM

Document = dict[str, Any]

SIDES = ("providers", "commissioners")
RANGES = ("cost_deviation", "baseline_error")
STATED = "Stated by {} itself, in the room."
BESIDE = " Beside it: "
"""Between the reason for a partner's view and that for what it stands beside."""
LONGEST, MOST = 1000, 120
"""Letters of a note, and of its owner."""
NO_VIEW = ("pool", "data")
"""Kinds that are no one's single view: what several think, and a series."""
OWN = ("appetite", "outside", *RANGES)
"""What a partner may enter for itself: its appetite, what staying out would bring, and how sure its costs are."""


def entries(document: Document, partner: str) -> Document | None:
    """A partner's own entries with their notes; None where the document has no such partner."""
    line = _line(document, partner)
    if line is None:
        return None
    return {name: line[name] for name in OWN if name in line} | {"sources": _notes(line, own=True)}


def differing(document: Document, shared: Document, partner: str) -> Document | None:
    """A partner's own entries that are not those of the shared document; None where it has no such partner."""
    mine, theirs = entries(document, partner), entries(shared, partner) or {}
    return None if mine is None else {name: value for name, value in mine.items() if theirs.get(name) != value}


def placed(document: Document, partner: str, mine: Document) -> Document:
    """The document with a partner's own entries in place of those it has."""
    placed = copy.deepcopy(document)
    line = _line(placed, partner)
    if line is not None:
        line.update({name: copy.deepcopy(mine[name]) for name in OWN if name in mine and name in line})
        line["sources"] = [*_notes(line, own=False), *mine.get("sources", _notes(line, own=True))]
        if not line["sources"]:
            del line["sources"]
    return placed


def with_entries_of(document: Document, other: Document) -> Document:
    """The document with every partner's own entries as they are in another, of partners that both have."""
    names = [line.get("name", "") for side in SIDES for line in document.get(side) or []]
    for partner, mine in ((name, entries(other, name)) for name in names):
        if mine is not None and mine != entries(document, partner):
            document = placed(document, partner, mine)
    return document


def only_own(document: Document, shared: Document, partner: str) -> bool:
    """Whether a document differs from the shared one in nothing but a partner's own entries."""
    theirs, here = besides(document, shared, partner)
    return theirs == here


def besides(document: Document, shared: Document, partner: str) -> tuple[Document, Document]:
    """The shared document and this one, both with a partner's own entries as they are in this one and with notes in one
    order: what still differs is not the partner's own."""
    mine = entries(document, partner) or {}
    return in_order(placed(shared, partner, mine)), in_order(placed(document, partner, mine))


def revealed(document: Document, partner: str, mine: Document) -> Document:
    """The document once a partner's own entries are everybody's.

    Its appetite counts. What it thinks of its costs becomes a view beside the one there was, of equal weight; where
    either is no single view, it takes its place.
    """
    line = _line(document, partner)
    if line is None:
        return document
    told = {name: value for name, value in mine.items() if name in OWN and line.get(name) != value}
    for name in RANGES:
        if name in told and name in line:
            told[name] = _with_view(line[name], called(partner), told[name])
    return placed(document, partner, mine | told)


def noted(document: Document, partner: str, mine: Document, day: str) -> Document:
    """A partner's own entries, with a note on each that it gave no reason for: who stated it, and when.

    What stood there for a range goes on to count beside the partner's view, and so does its reason.
    """
    stood = entries(document, partner) or {}
    before: list[Document] = stood.get("sources", [])
    notes: list[Document] = mine.get("sources", before)
    given = {note["field"]: note for note in notes if note not in before}
    stated = {"note": STATED.format(partner), "owner": partner[:MOST], "date": day}
    for name in (name for name in OWN if name in mine and mine[name] != stood.get(name)):
        if name in given and name not in RANGES:
            continue
        former = next((note.get("note", "") for note in before if note["field"] == name), "") if name in RANGES else ""
        one = {"field": name} | given.get(name, stated)
        one["note"] = _beside(one.get("note", ""), former)
        notes = [*(note for note in notes if note["field"] != name), one]
    return mine if notes is before else mine | {"sources": notes}


def stated(reason: str) -> bool:
    """Whether a reason says no more than who stated something."""
    before, after = STATED.split("{}")
    return reason.startswith(before) and reason.endswith(after)


def reasons(note: str) -> tuple[str, str]:
    """The reason for a partner's view, and that for what it stands beside; nothing where the note tells none."""
    yours, _, former = note.partition(BESIDE)
    return yours, former


def _beside(reason: str, former: str) -> str:
    """The reason for a partner's view, with that for what stood there."""
    stood = reasons(former)[1] or ("" if former.startswith(reason) else former)
    return (f"{reason}{BESIDE}{stood}" if stood and stood not in reason else reason)[:LONGEST]


def called(partner: str) -> str:
    """By what name a partner's view stands beside others."""
    return IN_THE_ROOM.format(partner)


def view_at(value: Any, partner: str) -> int | None:
    """Which view of a range that several people have stated is a partner's own, revealed; None where none is."""
    views = value.get("views") or [] if isinstance(value, dict) and value.get("kind") == "pool" else []
    return next((i for i, one in enumerate(views) if one.get("name") == called(partner)), None)


def view_of(value: Any, partner: str) -> Any:
    """A partner's own view of a range; the whole of it where it is no view beside others."""
    at = view_at(value, partner)
    return value if at is None else value["views"][at].get("view")


def _with_view(before: Document, who: str, view: Document) -> Document:
    """Several people's views, one of them new or in place of an earlier one of the same name."""
    if view.get("kind") in NO_VIEW or before.get("kind") == "data":
        return view
    there = (
        before.get("views", []) if before.get("kind") == "pool" else [{"name": "So far", "weight": 1.0, "view": before}]
    )
    return {
        "kind": "pool",
        "views": [*(one for one in there if one["name"] != who), {"name": who, "weight": 1.0, "view": view}],
    }


def _line(document: Document, partner: str) -> Document | None:
    lines = [line for side in SIDES for line in document.get(side) or []]
    return next((line for line in lines if partner and line.get("name") == partner), None)


def _notes(line: Document, own: bool) -> list[Document]:
    return [note for note in line.get("sources") or [] if (note.get("field") in OWN) == own]


def in_order(document: Document) -> Document:
    """The document with its notes on partners in one order, whatever order they were written in."""
    ordered = copy.deepcopy(document)
    for line in (line for side in SIDES for line in ordered.get(side) or []):
        if "sources" in line:
            line["sources"].sort(key=str)
    return ordered

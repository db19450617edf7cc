"""What partners have said of the version that a paper or a page is about, and why that was saved."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import pandas as pd

from data import library, positions
from data.positions import standing
from data.records import Position, Stand, Version
from data.store import Unreachable
from model.documents import Refused
from ui import stamps, versions
from ui.agreement import MARKS
from ui.paper import Block, Heading, Text, tabled
from ui.range_words import literal
from ui.session import Session

SAID = "Above is what follows from the limits that are entered; below, what each partner has said of this version."
SILENT = "No partner has recorded yet where it stands on it."
SAYS: dict[Stand, str] = {
    "accept": "accepts it",
    "accept with conditions": "accepts it with conditions",
    "not yet": "does not accept it yet",
}


def blocks(session: Session) -> list[Block]:
    """The reason of the version, and each partner's position on it; nothing where the design is no version."""
    return next((_of(*found) for found in _version(session)), [])


def of_partner(session: Session, partner: str) -> list[str]:
    """The same of one partner, in a line beside what follows from limits; nothing where the design is no version."""
    return [_line(one, name, standing(list(said)).get(partner), partner) for one, name, said in _version(session)]


def _version(session: Session) -> Iterator[tuple[Version, str, Sequence[Position]]]:
    """The version that is looked at, what its design is called, and all that was recorded on it; or nothing."""
    try:
        if one := versions.of(session, session.scenario):
            yield one, library.design(one.design, session.person).name, positions.said(one.id, session.person)
    except (Unreachable, Refused):  # the page of the library says why
        pass


def _of(one: Version, name: str, said: Sequence[Position]) -> list[Block]:
    why = _why(one, name)
    head = Heading("Where each partner stands")
    if not said:
        return [head, Text(f"{why} {SILENT}")]
    last = standing(list(said))
    rows = {
        partner: (
            (MARKS[last[partner].stand], last[partner].note, _signed(last[partner].said_at, last[partner].who))
            if partner in last
            else ("– nothing recorded", "", "")
        )
        for partner in positions.partners(one)
    }
    columns = ("Position", "Condition or note", "Recorded")
    shown = pd.DataFrame.from_dict(rows, orient="index", columns=list(columns)).rename_axis("Partner")
    return [head, Text(f"{why} {SAID}"), tabled(shown, "What each partner has said of this version", columns)]


def _line(one: Version, name: str, last: Position | None, partner: str) -> str:
    """Why a version was saved, and where one partner stands on it, for markdown."""
    why, who = literal(_why(one, name)), literal(partner)
    if last is None:
        return f"{why} {who} has **not recorded yet** where it stands on it."
    note = f": {literal(last.note)}" if last.note.strip() else ""
    recorded = literal(_signed(last.said_at, last.who))
    return f"{why} {who} **{SAYS[last.stand]}**, as recorded {recorded}{_ended(note or '.')}"


def _why(one: Version, name: str) -> str:
    return _ended(f"Version {one.number} of '{name}' was saved {_signed(one.saved_at, one.who)}: {one.why}")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _signed(at: str, who: str) -> str:
    """'on 29 November 2026 by Ada'."""
    return f"on {stamps.dated(datetime.fromisoformat(at))} by {who}"

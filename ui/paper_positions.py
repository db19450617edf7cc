"""What each partner has said of the version that a paper is about, and why that was saved."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from data import library, positions
from data.positions import standing
from data.records import Position, Version
from data.store import Unreachable
from model.documents import Refused
from ui import stamps, versions
from ui.agreement import MARKS
from ui.paper import Block, Heading, Text, tabled
from ui.session import Session

SAID = "Above is what follows from the limits that are entered; below, what each partner has said of this version."
SILENT = "No partner has recorded yet where it stands on it."


def blocks(session: Session) -> list[Block]:
    """The reason of the version, and each partner's position on it; nothing where the design is no version."""
    try:
        if one := versions.of(session, session.scenario):
            name = library.design(one.design, session.person).name
            return _of(one, name, positions.said(one.id, session.person))
    except (Unreachable, Refused):  # the page of the library says why
        pass
    return []


def _of(one: Version, name: str, said: Sequence[Position]) -> list[Block]:
    why = f"Version {one.number} of '{name}' was saved {_signed(one.saved_at, one.who)}: {one.why}"
    why = f"{why}{'' if why.endswith(('.', '!', '?')) else '.'}"
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


def _signed(at: str, who: str) -> str:
    """'on 29 November 2026 by Ada'."""
    return f"on {stamps.dated(datetime.fromisoformat(at))} by {who}"

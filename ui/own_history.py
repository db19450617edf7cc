"""What a partner's own screen needs to undo and redo: its own entries step by step, kept apart as they are."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from data import own
from data.history import packed, unpacked
from ui.keeping import LONGEST_HISTORY

STEPS = "steps"
"""Under which name they are kept beside what was entered."""


@dataclass
class OwnHistory:
    """One text for each step of undo and of redo: a partner's own entries, whatever else the draft held then."""

    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def add(self, document: own.Document, partner: str) -> None:
        """Makes a partner's entries, as they are in a document, the next that undo goes back to."""
        self.done, self.undone = [*self.done, _entries(document, partner)][-LONGEST_HISTORY:], []

    def step(self, back: bool, document: own.Document, partner: str) -> own.Document:
        """The document with the entries of the step before, or of the one that was undone."""
        source, other = (self.done, self.undone) if back else (self.undone, self.done)
        other.append(_entries(document, partner))
        return own.placed(document, partner, json.loads(source.pop()))

    def texts(self, document: own.Document, partner: str) -> tuple[list[str], list[str]]:
        """What undo and redo go to, as documents like this one in all else."""
        done, undone = (
            [json.dumps(own.placed(document, partner, json.loads(text))) for text in texts]
            for texts in (self.done, self.undone)
        )
        return done, undone

    @property
    def kept(self) -> dict[str, Any]:
        """As it is kept, in little room."""
        return {"done": packed(self.done), "undone": packed(self.undone)}


def read(kept: dict[str, Any]) -> OwnHistory:
    """What was kept; nothing where that is none or cannot be read."""
    with suppress(ValueError, TypeError, KeyError):
        return OwnHistory(*(unpacked(kept[part])[-LONGEST_HISTORY:] for part in ("done", "undone")))
    return OwnHistory()


def _entries(document: own.Document, partner: str) -> str:
    return json.dumps(own.entries(document, partner) or {})

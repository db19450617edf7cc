"""What partners revealed from here: whether it still stands, and how it waits again once a step takes it back."""

import copy
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from data import own, room
from model.names import call_views
from model.renames import of_partners
from model.scenario import Scenario
from ui import kept

STANDS, TAKEN_BACK = "✓ revealed", "– taken back, waits again"
BACK = "What {} revealed was taken back with that: it waits again, and can be revealed on the page In the room."


class Reveal(NamedTuple):
    """A partner's entries in the shared document before and after, and what it had entered for itself."""

    before: Any
    after: Any
    mine: own.Document


class Reveals:
    """By partner of one of a draft's alliances, the last one of each; kept with the room, and so by any page of it."""

    def __init__(self, draft: str, alliance: str) -> None:
        self.draft, self.alliance = draft, alliance

    def _all(self) -> dict[str, Reveal]:
        return {name: Reveal(*kept_of) for name, kept_of in room.revealed(self.draft, self.alliance).items()}

    def add(self, name: str, before: own.Document, after: own.Document, mine: own.Document) -> None:
        """Remembers what a partner revealed, which led from one document to another."""
        self._note(name, Reveal(own.entries(before, name), own.entries(after, name), mine))

    def _note(self, name: str, one: Reveal) -> None:
        room.note_revealed(self.draft, self.alliance, name, list(one))

    def states(self, names: Sequence[str], document: own.Document) -> dict[str, str]:
        """By partner, whether what it had entered is part of the design as it is now."""
        found = self._all()
        return {name: _state(found.get(name), _entries(document, name)) for name in names}

    def taken_back(self, name: str, document: own.Document) -> Reveal | None:
        """What a partner revealed last, where that was taken back."""
        one = self._all().get(name)
        return one if one and _state(one, _entries(document, name)) == TAKEN_BACK else None

    def follow(self, before: Scenario, after: Scenario) -> None:
        """A partner that was renamed keeps its link, what it entered for itself, and what it revealed."""
        called = of_partners(before, after) if kept.of_one_alliance(before, after) else {}
        if called:
            room.rename(self.draft, self.alliance, called)
            for name, one in self._all().items():
                if former := next((old for old, new in called.items() if new == name), ""):
                    self._note(name, _as_called(one, former, name))

    def stepped(self, was: own.Document, now: own.Document) -> list[str]:
        """What undo took back waits on its partner's screen as it was entered, or as it was typed since; what redo
        revealed again does not. Returns whose was taken back."""
        back, waiting = [], room.entered(self.draft, self.alliance)
        for name, one in self._all().items():
            stood, stands = _entries(was, name), _entries(now, name)
            if one.before == one.after:
                continue
            if (stood, stands) == (one.after, one.before):
                since = {entry: own.view_of(value, name) for entry, value in waiting.get(name, {}).items()}
                room.put(self.draft, self.alliance, name, one.mine | since)
                back.append(name)
            elif (stood, stands) == (one.before, one.after):
                room.withdraw(self.draft, self.alliance, name)
        return back

    def arrived(self, now: own.Document) -> None:
        """The alliance is loaded again after another one: what does not stand in it any more waits again."""
        waiting = room.entered(self.draft, self.alliance)
        for name, one in self._all().items():
            if _entries(now, name) == one.before != one.after and name not in waiting:
                room.put(self.draft, self.alliance, name, one.mine)


def _entries(document: own.Document, name: str) -> Any:
    """A partner's entries, as they are once kept."""
    return json.loads(json.dumps(own.entries(document, name)))


def _state(one: Reveal | None, now: Any) -> str:
    if one is None:
        return "– nothing to reveal"
    if now == one.after:
        return STANDS
    return TAKEN_BACK if now == one.before else "✓ revealed, edited since"


def _as_called(one: Reveal, former: str, name: str) -> Reveal:
    """The same of a partner that has another name now."""
    found = copy.deepcopy(one)
    for entries in found:
        call_views(entries or {}, former, name)
    return found

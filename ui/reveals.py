"""What partners revealed from here: whether it still stands, and how it waits again once a step takes it back."""

import copy
from typing import Any, NamedTuple

from data import own, room
from model.names import call_views
from model.renames import of_partners
from model.scenario import Scenario
from ui import kept

TAKEN_BACK = "– taken back, waits again"


class Reveal(NamedTuple):
    """A partner's entries in the shared document before and after, and what it had entered for itself."""

    before: Any
    after: Any
    mine: own.Document


class Reveals:
    """By partner of one of a draft's alliances, the last one of each."""

    def __init__(self, alliance: str) -> None:
        self.alliance = alliance
        self._of: dict[str, Reveal] = {}

    def add(self, name: str, before: own.Document, after: own.Document, mine: own.Document) -> None:
        """Remembers what a partner revealed, which led from one document to another."""
        self._of[name] = Reveal(own.entries(before, name), own.entries(after, name), mine)

    def state(self, name: str, document: own.Document) -> str:
        """Whether what a partner had entered is part of the design as it is now."""
        if name not in self._of:
            return "– nothing to reveal"
        now = own.entries(document, name)
        if now == self._of[name].after:
            return "✓ revealed"
        return TAKEN_BACK if now == self._of[name].before else "✓ revealed, edited since"

    def follow(self, draft: str, before: Scenario, after: Scenario) -> None:
        """A partner that was renamed keeps its link, what it entered for itself, and what it revealed."""
        called = of_partners(before, after) if kept.of_one_alliance(before, after) else {}
        if called:
            room.rename(draft, self.alliance, called)
            self._of = {called.get(name, name): _as_called(one, name, called) for name, one in self._of.items()}

    def stepped(self, draft: str, was: own.Document, now: own.Document) -> None:
        """What undo took back waits on its partner's screen as it was entered; what redo revealed again does not."""
        for name, one in self._of.items():
            stood, stands = own.entries(was, name), own.entries(now, name)
            if one.before == one.after:
                continue
            if (stood, stands) == (one.after, one.before):
                room.put(draft, self.alliance, name, one.mine)
            elif (stood, stands) == (one.before, one.after):
                room.withdraw(draft, self.alliance, name)

    def arrived(self, draft: str, now: own.Document) -> None:
        """The alliance is loaded again after another one: what does not stand in it any more waits again."""
        waiting = room.entered(draft, self.alliance)
        for name, one in self._of.items():
            if own.entries(now, name) == one.before != one.after and name not in waiting:
                room.put(draft, self.alliance, name, one.mine)


def _as_called(one: Reveal, name: str, called: dict[str, str]) -> Reveal:
    """The same of a partner that may have another name now."""
    if name not in called:
        return one
    found = copy.deepcopy(one)
    for entries in found:
        call_views(entries or {}, name, called[name])
    return found

"""What a session tells of changes: since the starting design, with the last edit, and its news."""

import re
from typing import Any

from model.differences import with_notes
from model.scenario import Scenario
from ui import base, kept
from ui.keeping import Keeping

UNDONE, REDONE = "Undone", "Redone"
"""What the last step was, where what it did has no name of its own."""
FROM_TO = re.compile(r"(?P<place>.+): (?P<was>[^→]+) → (?P<now>[^→]+)")


def of_step(back: bool, act: str) -> str:
    """What an undo or a redo is called: by what was done, where that has a name."""
    called = act.removeprefix(f"{UNDONE}: ")
    if back:
        return f"{UNDONE}: {called}" if act else UNDONE
    return f"{REDONE}: {act}" if act == called != "" else REDONE


def again(edit: str) -> str:
    """What an undo or a redo brought back, so that nobody takes what was for what is: 'Fee is 6% again (was 5%)'."""
    found = FROM_TO.fullmatch(edit)
    return f"{found['place']} is {found['now']} again (was {found['was']})" if found else edit


class Telling(Keeping):
    """A scenario that is kept, and what has changed in it.

    `former` is the document before the last edit in the alliance that stands here: another one is no change of it, and
    what had changed is told again when it is back.
    """

    ended = False
    """Whether following another's draft has ended."""

    def __init__(self, draft: str, scenario: Scenario, preset: str | None) -> None:
        super().__init__(draft, scenario, preset)
        self.told_on = self.told_last = ""
        self._formers: dict[str, tuple[str, Scenario]] = {}
        """By alliance: the document before the last edit, and whose results stood here then; what was typed may not
        have been valid."""
        self.said_of: tuple[dict[str, Any], Scenario, list[str], list[str]] | None = None
        """What differs from the starting design, and of which document and design: it is asked for several times."""

    @property
    def former(self) -> str:
        """The document before the last edit in this alliance; '' where that was none."""
        return self._told_from()[0]

    def _told_from(self) -> tuple[str, Scenario]:
        return self._formers.get(self.alliance, ("", self.scenario))

    def tell_from(self, document: str, results_of: Scenario) -> None:
        """From what it is told what has just changed in this alliance; '' for nothing."""
        self._formers[self.alliance] = document, results_of

    def told(self, page: str) -> str:
        """The news, on the page on which it is first told; turning to another page ends it."""
        passed = self.told_on not in ("", page) and self.news == self.told_last
        if passed and not self.ended:  # that sharing has ended is how things are
            self.news = ""
        self.told_on, self.told_last = page if self.news else "", self.news
        return self.news

    def changes(self) -> list[str]:
        """What differs from the starting design, in words."""
        return self._said()[0]

    def notes(self) -> list[str]:
        """Those changes that are only noted on other entries, such as reasons, from which no result follows."""
        return self._said()[1]

    def _said(self) -> tuple[list[str], list[str]]:
        if not (self.said_of and self.said_of[0] is self.document and self.said_of[1] is self.saved):
            self.said_of = self.document, self.saved, *with_notes(kept.as_document(self.saved), self.document)
        return self.said_of[2:]

    def before(self) -> Scenario | None:
        """The scenario whose results stood here before the last edit, undo or redo in this tab; None where that was
        none. What was typed then may not have been valid: it is the last that was."""
        former, results_of = self._told_from()
        return results_of if former else None

    @property
    def loaded_last(self) -> bool:
        """Whether the next undo goes back to another alliance, loaded before this one."""
        return bool(self.done) and not self.changed and kept.name_of(self.done[-1]) != self.document.get("name")

    @property
    def changed(self) -> bool:
        """Whether the document differs from the starting design in anything that can be said."""
        return self.document != kept.as_document(self.saved) and bool(self.changes())

    @property
    def base(self) -> str:
        """What changes are counted from: a version in the library by its name, or 'the starting design'."""
        return base.called(self.version, self.saved)

    @property
    def base_label(self) -> str:
        """The same as it stands by itself."""
        return base.label(self.version, self.saved)

    @property
    def state(self) -> str:
        """Whether it is what changes are counted from, by its name, or was changed since."""
        if self.changed and kept.nobodys(self.saved):
            return "new alliance, without a starting design yet"
        return base.state(self.version, self.saved, self.changed)

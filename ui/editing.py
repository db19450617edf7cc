"""The scenario being edited, autosaved, with what undo needs."""

import copy
import json
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from data import tabs
from data.merge import merge
from data.people import Person
from model import tables
from model.differences import differences
from model.documents import from_document, to_document
from model.fields import Path, field_at
from model.renames import as_called
from model.scenario import Scenario
from ui import alliances, kept
from ui.format import listed
from ui.keeping import LONGEST_HISTORY, at
from ui.reveals import BACK
from ui.telling import Telling, of_step

if TYPE_CHECKING:  # what a database or a search needs is loaded by its own page alone
    from data.library import Moved
    from model.looks import Problem as Search
    from model.outcome import Outcome
    from ui.weighing import Group

GONE = "What was typed last is not kept: the entry it was typed into was undone meanwhile."
PAUSE = 1.5
"""Seconds. A slider that moves again within them, such as by a key that is held down, is one step for undo; they count
from when what it did was shown, so that a slow answer ends no move."""
TOGETHER = 60.0
"""Seconds. The same entry of another partner or line, or of pain after gain, within them is told with the one before:
it is one thought, such as 'a corridor of 3%'."""
DRAW_CHOICES = (1_024, 4_096, 16_384, 65_536)


class Session(Telling):
    """The scenario that is being edited, and what this screen shows of it.

    `found` is what was searched for last, and what was found; `moved` is of saving in the library, `who` the name of
    whoever saves, and `email` the account signed in with, if there is sign-in.
    """

    def __init__(self, draft: str, scenario: Scenario, preset: str | None) -> None:
        super().__init__(draft, scenario, preset)
        self.presenting = self.skipped = False
        self.step_of_story = 0
        self.email = ""
        self.moved: Moved | None = None
        self.refusal = self.sheet_refusal = self.sheet_note = self.library_note = ""
        self.kept_as = self.keep_note = self.rename_note = ""
        """The name that a design was just kept under, and why one that was typed for one was not taken."""
        self.kept_by_name = 0
        """How many designs this screen kept under a name that was typed: the field then begins empty again."""
        self.uploads = 0
        self.invited: tuple[str, ...] = ()
        self.acts: dict[tuple[str, ...], str] = {}
        """What was changed at once, by all that it changed: its name."""
        self.taken_back: list[str] = []
        """Whose reveals the undo that goes on has taken back."""
        self.looked_at: dict[str, str] = {}
        """What was chosen or typed last to look at, by the key of its field: a year, a KPI, the size of a stress."""
        self.tried = ""
        """For whom a term was tried last."""
        self.answering = ""
        """For whom it is to be recorded in the library what it says."""
        self.tried_said = scenario, ""
        """The scenario that this made, and what it is to the others."""
        self.moving: tuple[Path, bool, float] = ((), False, 0.0)
        """The entry that was edited last, if nothing else was done since, whether it may move on, and when."""
        self.weighed: Group | None = None
        """The weights that were moved last."""
        self.drawn = (self.generation, self.document)
        self.begun = 0.0
        """When the page was begun to be drawn."""
        self.unsaved: dict[str, str] = {}
        """What was typed on the way to saving a version, such as why; it goes once one is saved."""
        self.found: tuple[Search, Outcome] | None = None

    def begin(self, scenario: Scenario, preset: str | None = None, version: str = "") -> None:
        """Starts afresh from a scenario: what edits are compared with from now on. Undo brings back what was."""
        self.catch_up()
        self.news = ""
        if to_document(scenario) != self.document:  # else there is nothing that undo could bring back
            self._for_undo(loading=True)
        left = self.alliance
        if scenario != self.saved:  # else it only starts over
            self._go_to(alliances.which(scenario, self.scenario, left, self.left))
        self._follow(self.scenario, scenario)
        self._set_sheets_aside(scenario)
        if not kept.of_one_alliance(scenario, self.scenario):
            self.invited, self.held, self.ticked = (), "", {}
        self.act = ""
        self.tell_from("", scenario)
        self.saved = self.scenario = scenario
        self.preset, self.version = preset, version
        was = self.document
        self.document, self.problems = to_document(scenario), ()
        self._revealed_so_far(left, was)
        self.refresh()

    def _revealed_so_far(self, left: str, was: dict[str, Any]) -> list[str]:
        """What is not revealed any more waits again, which is told, and what is does not. Returns whose was taken back.

        `left`: the alliance before this step, whose document was another; nothing of one waits in the other.
        """
        if left != self.alliance:
            self.reveals.arrived(self.document)
            return []
        back = self.reveals.stepped(was, self.document)
        self.news = BACK.format(listed(back)) if back else self.news
        return back

    def start_over(self) -> None:
        """Back to the starting design, all edits undone at once; undo brings them back."""
        self.begin(self.saved, self.preset, self.version)

    def _for_undo(self, loading: bool = False) -> None:
        """Makes the document as it is now the next that undo goes back to."""
        self.done = [*self.done, self._entry(loading)][-LONGEST_HISTORY:]
        self.undone = []

    def _entry(self, loading: bool) -> str:
        """The document as it is now, for undo; before something else is loaded, with what it is compared with."""
        if not loading:
            return json.dumps(self.document)
        saved = kept.as_document(self.saved)
        compared = {"saved": saved, "preset": self.preset, "version": self.version, "alliance": self.alliance}
        return tabs.beginning({"document": self.document, **compared})

    def _set_sheets_aside(self, scenario: Scenario) -> None:
        """Actual figures of other partners or years do not belong to another alliance; they can be brought back."""

        def whose(alliance: Scenario) -> tuple[Any, ...]:
            return tuple(p.name for p in alliance.providers), alliance.term.labels()

        same = kept.of_one_alliance(scenario, self.scenario)
        if whose(scenario) != whose(as_called(scenario, self.scenario) if same else self.scenario):
            here = {name: sheet for name, sheet in self.sheets.items() if sheet and not name.startswith("former")}
            former = {name: sheet for name, sheet in self.sheets.items() if name.startswith("former")}
            self.sheets = former | {f"former {name}": sheet for name, sheet in here.items()}

    def refresh(self) -> None:
        """Makes every input start again from the document."""
        self.generation += 1
        if self.period not in tables.periods(self.scenario):
            self.period = tables.TERM
        self.keep()

    def write(self, path: Path, value: Any, held: bool = False) -> None:
        """Puts one typed value into the document. `held`: it may move on and on, which is one step for undo.

        Where a button pressed in the same breath has moved lines, the value goes to the line that it was typed into.
        """
        generation, drawn = self.drawn
        base = self.document if generation == self.generation else drawn
        document = copy.deepcopy(base)
        node: Any = document
        try:
            if isinstance(path[-1], str):
                field_at(document, path)
            for key in path[:-1]:
                node = node[key] if isinstance(key, int) else node.setdefault(key, {})
            node[path[-1]] = value
        except (LookupError, TypeError, AttributeError):
            self.news = GONE
            return
        (moved, _, when), before = self.moving, self._told_from()
        together = moved != path and _entry(moved) == _entry(path) and monotonic() - when < TOGETHER
        on = held and base is self.document and self._goes_on(path)
        self.replace(document if base is self.document else merge(base, self.document, document).document, on)
        if before[0] and together:
            self.tell_from(*before)
        self.moving = (path, held, monotonic())

    def _goes_on(self, path: Path) -> bool:
        """Whether an entry that may move on and on goes on to move."""
        moved, holds, when = self.moving
        return bool(self.done and self.former) and moved == path and holds and monotonic() - when < PAUSE

    def drawing(self) -> None:
        """The page begins to be drawn, from the document as it is."""
        self.drawn, self.begun = (self.generation, self.document), monotonic()

    def answered(self) -> None:
        """The page is drawn: where it answers an entry that was just edited, the pause after that begins now."""
        path, holds, when = self.moving
        if self.begun - when < PAUSE:
            self.moving = (path, holds, monotonic())

    def move(self, path: Path, document: dict[str, Any], said: Callable[[Any], tuple[str, str]]) -> None:
        """Takes a document in which an entry that may move on and on has moved, and others with it. `said`: what was
        done, in words, from what the entry was before, and how it is called once it is undone."""
        on = self._goes_on(path)
        before = json.loads(self.done[-1]) if on else self.document
        self.replace(document, on, *said(at(before, path)))
        self.moving = (path, True, monotonic())

    def replace(self, document: dict[str, Any], on: bool = False, act: str = "", undone: str = "") -> None:
        """Takes an edited document; the scenario follows if it is valid. `on`: the last edit goes on, as one step;
        `act`: what was done, in words; `undone`: how it is called once it is undone, where that is otherwise."""
        if document == self.document:
            return
        self.news, self.act = "", act
        if not (on and self.former):  # an edit that changed nothing left no step to go on with
            self.tell_from(json.dumps(self.document), self.scenario)
            self._for_undo()
        self.moving = ((), False, 0.0)
        former = json.loads(self.former)
        self._take(document)
        if act:  # so that redo and undo tell it in the same words
            self.acts[tuple(differences(former, document))] = act
            self.acts[tuple(differences(document, former))] = of_step(True, undone or act)
        self.keep()

    def put_sheet(self, name: str, document: dict[str, Any], keep_former: bool = False) -> None:
        """Keeps a sheet of actual figures with the draft; where asked, what was there before too."""
        former = {f"former {name}": self.sheets.get(name, {})} if keep_former else {}
        self.sheets = {**self.sheets, **former, name: document}
        self.keep()

    def step(self, back: bool) -> None:
        """Undo, or redo."""
        source, other = (self.done, self.undone) if back else (self.undone, self.done)
        if source:
            self.news, self.act, self.moving = "", "", ((), False, 0.0)
            shown = self.scenario
            document = json.loads(source.pop())
            began = document.pop(tabs.BEGAN, None)
            other.append(self._entry(began is not None))
            left = self.alliance
            if began:
                self._go_to(began.get("alliance", self.alliance))
                self.saved = from_document(began["saved"])
                self.preset, self.version = began["preset"], began["version"]
            was = self.document
            self._take(document)
            if left == self.alliance:
                self.tell_from(json.dumps(was), shown)
            before = json.loads(self.former or json.dumps(document))
            act = self.acts.get(tuple(differences(before, document)), "")
            taken = self._revealed_so_far(left, was)
            if back and self.taken_back and not taken:  # said as long as it is undone further, and in haste
                self.news = BACK.format(listed(self.taken_back))
            self.taken_back = (self.taken_back + taken) if back else []
            if back and taken:
                act = act or f"Revealed by {listed(taken)}"
            if left == self.alliance:
                self.act = of_step(back, act)  # kept, so that followers read it too
            self.refresh()

    @property
    def address(self) -> dict[str, str]:
        """What stands in the browser's address, so that a reload or a copied link finds this again."""
        return {"s": self.draft} | self.shown

    @property
    def shown(self) -> dict[str, str]:
        """What the address says of how this screen is shown, so that a reload shows it so again."""
        return {"present": "1"} if self.presenting else {}

    @property
    def person(self) -> Person:
        """Who is working here."""
        return Person(self.who, self.email)

    @property
    def apart(self) -> str:
        """What of the figures on this screen is not everybody's; '' where all are."""
        return ""

    def stands(self, path: Path) -> Any:
        """What everybody sees at a path, where something else may be entered on this screen alone."""
        return self.value(path)

    def may(self, path: Path) -> bool:
        """Whether the entry at a path can be changed here."""
        return True

    def may_fill(self, sheet: str) -> bool:
        """Whether the actual figures of a sheet can be changed here."""
        return True


def _entry(path: Path) -> Path:
    """What an entry is called, of whichever partner or line it is, and of gain or of pain."""
    return tuple(key.removeprefix("gain_").removeprefix("pain_") for key in path if isinstance(key, str))

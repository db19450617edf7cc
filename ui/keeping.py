"""A scenario that is autosaved as a draft, and brought together with what other tabs save of it."""

from typing import Any

from data import actuals, drafts, tabs
from data.merge import places
from model import tables
from model.documents import Problem, Refused, from_document, to_document
from model.fields import Path
from model.scenario import Scenario
from model.simulate import DRAWS, SEED
from ui import alliances, kept
from ui.reveals import Reveals

AWAY = (
    "While the connection was lost, this screen still showed {}. What is kept stands there again; "
    "enter it once more if it was meant."
)
LONGEST_HISTORY = 60
TRIES = 9
"""How often a draft is brought together with what other tabs save at the same time, before it is said that it is not
kept."""
VIEW = ("draws", "seed", "period", "whose", "held", "ticked", "generation", "who")
"""What each tab chooses for itself."""


class Keeping:
    """What is kept with a draft: the scenario as it is being typed (`document`), and as it last was valid (`scenario`).

    `sheets` holds actual figures typed or uploaded, as outturn documents: 'outturn', 'own' and 'past'.
    `designs` are others that are kept to compare with, by name; `reasons` says why, where somebody did.
    `version` is the one in the library that this began with, by its id.
    `act` is what the last edit was, in words, where it changed several entries.
    """

    live = False
    """Whether what others change is shown as they do, and not with the next edit here."""

    def __init__(self, draft: str, scenario: Scenario, preset: str | None) -> None:
        self.draft, self.preset, self.version = draft, preset, ""
        self.saved = self.scenario = scenario
        self.document: dict[str, Any] = to_document(scenario)
        self.problems: tuple[Problem, ...] = ()
        self.sheets: dict[str, dict[str, Any]] = {}
        self.designs: dict[str, Scenario] = {}
        self.reasons: dict[str, str] = {}
        self.done: list[str] = []
        self.undone: list[str] = []
        self.alliance = alliances.FIRST
        """Which of the alliances that this draft has held stands in it now; and those that it held before."""
        self.left: alliances.Left = {}
        self.period, self.whose, self.who = tables.TERM, "", ""
        self.held = ""
        """The design that others are held against where they are compared; '' for the first."""
        self.ticked: dict[str, bool] = {}
        """Which designs are compared, of those of which it was said."""
        self.draws, self.seed = DRAWS, SEED
        self.act = self.news = self.design_note = ""
        self.kept = True
        self.stored = drafts.Kept("", 0)
        self.generation = 0
        self.renewed: dict[Path, int] = {}
        self.met: set[str] = set()
        """The keys of inputs that were on a page since this session began."""
        self.stale: list[str] = []
        """What fields of the page showed that is not so."""

    def keep(self) -> None:
        """Autosaves the draft. What another tab has saved since is brought together with it first."""
        for _ in range(TRIES):
            text = tabs.as_text(self._state())
            stored = drafts.save_next(self.draft, text, self.stored.revision)
            self.kept = stored is not None
            if stored is None or stored.text == text:
                self.stored = stored or self.stored
                return
            self._bring_together(stored)
        self.kept = False

    def catch_up(self) -> None:
        """Takes over what another tab has saved since."""
        if self.behind() and (stored := drafts.find(self.draft)):
            self._bring_together(stored)
            if self.stored is not stored:
                self.kept = False
            elif self._state() != tabs.from_text(stored.text) | {view: getattr(self, view) for view in (*VIEW, "act")}:
                self.keep()

    def _bring_together(self, stored: drafts.Kept) -> None:
        """Takes over what a newer draft has more; one that cannot be read is left alone."""
        base, here = tabs.from_text(self.stored.text), self._state()
        try:
            there = tabs.from_text(stored.text)
            self.read(tabs.together(base, here, there))
        except (Refused, ValueError, KeyError, TypeError):
            return
        self.stored = stored
        self.news = tabs.news(base, here, there) or self.news
        self._show_again(here, self._state())

    def behind(self) -> bool:
        """Whether another tab has saved since."""
        return drafts.revision(self.draft) > self.stored.revision

    def _show_again(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Makes inputs show what differs between two states: only those, so that what is half typed stays."""
        changed = places(before["document"], after["document"])
        figures = all(isinstance(self.value(place), float | int | None) for place in changed)
        if not figures or any(before[part] != after[part] for part in ("saved", "sheets", "designs")):
            self.generation += 1
            return
        for place in changed:
            self.renewed[place] = self.renewed.get(place, 0) + 1

    def age(self, path: Path) -> str:
        """How often the input of an entry had to start again from the document; it is part of the input's key."""
        again = max(self.renewed.get(path, 0), self.renewed.get(path[1:], 0))
        return f"{self.generation}.{again}" if again else str(self.generation)

    def known_as(self, path: Path) -> Path:
        """By which path an input is known: the same for one whose entry only came to stand elsewhere."""
        return path

    def meets(self, key: str, path: Path, label: str, shown: Any, start: Any) -> bool:
        """Sees an input for the first time; False where it starts again from the document.

        A browser whose session is gone may show something else than that, such as what another has changed since.
        """
        if key in self.met or shown == start:
            self.met.add(key)
            return True
        self.renewed[path] = self.renewed.get(path, 0) + 1
        self.stale.append(f"{'nothing' if shown in (None, '') else shown} for “{label}”")
        self.news = AWAY.format(", ".join(self.stale))
        return False

    def _state(self) -> dict[str, Any]:
        """All that is kept with the draft."""
        saved, valid = kept.as_document(self.saved), kept.as_document(self.scenario)
        state: dict[str, Any] = {"document": self.document, "saved": saved, "preset": self.preset}
        state |= {"valid": valid, "version": self.version} | {view: getattr(self, view) for view in VIEW}
        state |= {"sheets": self.sheets, "designs": {name: to_document(one) for name, one in self.designs.items()}}
        state |= {"alliance": self.alliance, "left": self.left}
        return state | {"reasons": self.reasons, "done": self.done, "undone": self.undone, "act": self.act}

    def read(self, state: dict[str, Any]) -> None:
        """Takes over a kept state, but for what this tab looks at. Raises Refused."""
        self.saved, self.scenario = from_document(state["saved"]), from_document(state["valid"])
        self.preset, self.version, self.sheets = state["preset"], state["version"], state["sheets"]
        self.designs, self.design_note = kept.designs_of(state["designs"])
        self.reasons, self.alliance, self.left = state["reasons"], state["alliance"], state["left"]
        self.done, self.undone = state["done"][-LONGEST_HISTORY:], state["undone"]
        self._take(state["document"])

    def _take(self, document: dict[str, Any]) -> None:
        """The scenario follows the document if that is valid."""
        self.document, former = document, self.scenario
        try:
            self.scenario, self.problems = from_document(document), ()
        except Refused as refusal:
            self.problems = refusal.problems
        self._follow(former, self.scenario)
        if self.period not in tables.periods(self.scenario):
            self.period = tables.TERM

    @property
    def reveals(self) -> Reveals:
        """What was revealed in the alliance that stands here."""
        return Reveals(self.draft, self.alliance)

    def _go_to(self, alliance: str) -> None:
        """Puts another of the draft's alliances in place of this one, or goes on with it."""
        if alliance != self.alliance:
            self.left = alliances.leaving(self.left, self.alliance, self.scenario)
            self.alliance = alliance

    def _follow(self, before: Scenario, after: Scenario) -> None:
        """Partners and KPIs that are renamed keep their actual figures, and partners what they revealed from here."""
        self.sheets = actuals.following(self.sheets, kept.as_document(before), kept.as_document(after))
        if not self.live:
            self.reveals.follow(before, after)

    def value(self, path: Path) -> Any:
        """What the document holds at a path; None where it holds nothing."""
        return at(self.document, path)


def at(document: Any, path: Path) -> Any:
    """What a document holds at a path; None where it holds nothing."""
    node = document
    for key in path:
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            return None
    return node

"""A screen that follows another's draft: it changes nothing there, and keeps one partner's own figures apart."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from data import actuals, drafts, own, room, tabs
from data.merge import merge
from data.people import GUEST, Person
from model.differences import offered
from model.documents import Refused, from_document
from model.fields import Path
from model.scenario import Scenario
from model.tables import partner_names
from ui import alliances, counted, guest_words, kept, own_history, three_words, unrevealed
from ui.editing import Session
from ui.format import listed
from ui.keeping import at
from ui.own_history import STEPS, OwnHistory
from ui.reveals import STANDS, Reveal

OWN_YEAR = "own"
"""The sheet of figures that *Walk one future* settles: nothing else rests on them."""
FEW = 3
"""Changes of the offer that are named one by one in a message."""
OFFER = "offer"
"""Under which name it is remembered what was offered when its partner entered its figures."""


class Guest(Session):
    """A session on another's draft. `partner`: whose own figures may be entered; '' for one who only follows."""

    live = True

    def __init__(self, link: str, partner: str, host: Session) -> None:
        super().__init__(host.draft, host.scenario, host.preset)
        self.link, self.partner = link, partner
        self.whose = partner
        self.turns = 0
        self.turned: dict[Any, int] = {}
        """How often what stands in one of its own entries became another."""
        self.seen = {host.alliance}
        """Which of the draft's alliances were on this screen."""
        self.left_as: dict[str, own.Document] = {}
        """By alliance: the document that stood on this screen when another one was loaded."""
        self.ended = False
        self.waits = self.tells = self.revealed = False
        """Whether figures of its own wait to be revealed, and are more than what stands there; and whether what it
        entered last was revealed."""
        self.back: Reveal | None = None
        """What its partner revealed last, where that was taken back."""
        self.steps = OwnHistory()
        """What its partner entered, step by step; as long as `done` and `undone`."""
        self.stored = host.stored
        self.shared: own.Document = {}
        """The document that everybody sees."""
        self.theirs: dict[str, Any] = {}
        """The actual figures that are shared. What was put in place of one here stays until it changes there."""
        self.read(tabs.from_text(host.stored.text))
        self._recall()
        if self.partner and not self.waits:
            self.revealed = self.reveals.states([self.partner], self.shared)[self.partner] == STANDS
        if not self.kept_beside(OFFER):
            self._remember_offer(entered=False)

    @property
    def person(self) -> Person:
        """Nobody that the library knows."""
        return GUEST

    @property
    def address(self) -> dict[str, str]:
        """The link, never the id of the draft: who has that can change it."""
        return {"f": self.link} | self.shown

    @property
    def apart(self) -> str:
        """Its own figures, while they wait to be revealed."""
        return f"with {self.partner}'s own figures, not revealed yet" if self.tells and not self.gone else ""

    @property
    def gone(self) -> bool:
        """Whether the partner for whom it enters figures is not in the alliance any more."""
        return bool(self.partner) and self.partner not in partner_names(self.scenario)

    def stands(self, path: Path) -> Any:
        """What everybody sees at a path."""
        return at(self.shared, path)

    @property
    def waits_elsewhere(self) -> str:
        """That another alliance was loaded in place of one for which it entered figures; '' where none was."""
        there = [one for one, names in room.elsewhere(self.draft, self.alliance).items() if self.partner in names]
        waits = guest_words.WAITS.format(listed([alliances.name(self.left, one) for one in there]))
        return f"{guest_words.LOADED} {waits}" if there else ""

    def may(self, path: Path) -> bool:
        """Its own figures, if it is a partner."""
        if not self.partner or len(path) < 3 or path[0] not in own.SIDES or path[2] not in (*own.OWN, "sources"):
            return False
        return bool(self.value((*path[:2], "name")) == self.partner)

    def may_fill(self, sheet: str) -> bool:
        """Figures to play with, of a year that is nobody's; what a year cost and achieved is the facilitator's."""
        return sheet == OWN_YEAR

    def age(self, path: Path) -> str:
        """Its own inputs keep what is half typed, whatever the others change elsewhere; each alliance has its own."""
        mine = path if self.may(path) else path[1:]
        return (
            f"own.{self.alliance}.{self.turns}.{self.turned.get(mine[2], 0)}" if self.may(mine) else super().age(path)
        )

    def known_as(self, path: Path) -> Path:
        """Its own view of a range is typed into the same inputs when it comes to stand beside others.

        But for its kind: the range as a whole has one too.
        """
        whole, rest = path[:4], path[7:]
        if not rest or rest[0] == "kind" or path[4:7:2] != ("views", "view") or not self.may(path[1:]):
            return path
        return (*whole, *rest) if own.view_at(self.value(whole[1:]), self.partner) == path[5] else path

    def refresh(self) -> None:
        """Makes every input start again, its own too."""
        self.turns += 1
        super().refresh()

    def read(self, state: dict[str, Any]) -> None:
        """Takes over what is shared, with its own figures on top. Raises Refused."""
        before, done, undone, sheets = self.scenario, self.done, self.undone, self.sheets
        on = self.alliance == state["alliance"]
        super().read(state)
        self.done, self.undone = done, undone
        was, played = (self._as_called(before, one) for one in (self.theirs, sheets))
        self.sheets = merge(was, self.sheets, played).document
        self.theirs, self.shared = state["sheets"], state["document"]
        self.draws, self.seed = state["draws"], state["seed"]
        self.back = self.reveals.taken_back(self.partner, self.shared)
        mine = room.entered(self.draft, self.alliance).get(self.partner)
        self.revealed = on and not mine and (self.waits or self.revealed)
        self.waits = bool(mine)
        self.tells = unrevealed.tells(self.shared, self.partner, mine or {})
        if mine:
            self._take(own.placed(self.document, self.partner, mine))
        if not on:
            self._recall()

    def _recall(self) -> None:
        """Takes over what its partner can undo and redo in the alliance that is shown: each has its own steps."""
        self.steps = own_history.read(self.kept_beside(STEPS))
        self.done, self.undone = self.steps.texts(self.document, self.partner)

    def _for_undo(self, loading: bool = False) -> None:
        super()._for_undo(loading)
        self.steps.add(self.document, self.partner)

    def step(self, back: bool) -> None:
        """Undo, or redo, of its own entries alone: all else is as the draft is now."""
        source = self.done if back else self.undone
        if source:
            source[-1] = json.dumps(self.steps.step(back, self.document, self.partner))
        super().step(back)

    def _as_called(self, before: Scenario, figures: dict[str, Any]) -> dict[str, Any]:
        """Actual figures of an earlier state by the names that providers and KPIs have now."""
        return actuals.following(figures, kept.as_document(before), kept.as_document(self.scenario))

    def _take(self, document: dict[str, Any]) -> None:
        """Says what is wrong with its own figures in the words of the form that it fills in."""
        super()._take(document)
        mine = three_words.problem
        self.problems = tuple(mine(one) if self.may(one.path) else one for one in self.problems)

    def keep(self) -> None:
        """Keeps its own figures, and takes back whatever else was changed."""
        if self._over():
            return
        shared = tabs.from_text(self.stored.text)
        mine = own.differing(self.document, shared["document"], self.partner)
        if mine:
            new = mine != room.entered(self.draft, self.alliance).get(self._called())
            self.kept = room.put(self.draft, self.alliance, self._called(), mine)
            if new:
                self._remember_offer(entered=True)
        elif mine is not None:
            room.withdraw(self.draft, self.alliance, self._called())
        if mine is not None:
            self.waits, self.revealed = bool(mine), self.revealed and not mine
            self.tells = unrevealed.tells(shared["document"], self.partner, mine or {})
        if self.partner:
            self.keep_beside(STEPS, self.steps.kept)
        if not own.only_own(self.document, shared["document"], self.partner):
            self.read(shared)
            self.generation += 1
            self.turns += 1
            self.news = guest_words.ONLY_OWN.format(self.partner) if self.partner else guest_words.ONLY_LOOKS

    def catch_up(self) -> None:
        """Follows what was saved since."""
        if self._over():
            return
        if self.behind() and (stored := drafts.find(self.draft)):
            before, waited, called, gone = self._state(), self.waits, self.partner, self.gone
            was_back = self.back
            shown, shared = self.scenario, self.shared
            try:
                state = tabs.from_text(stored.text)
                old, new = (own.entries(state["document"], name) for name in (called, self._called()))
                if old is not None and new is None:
                    return  # renamed this moment: the draft follows at once
                self._go_by(self._called())
                self.stored = stored
                self.read(state)
            except (Refused, ValueError, KeyError, TypeError):
                return
            self.act = state["act"] if self.document != before["document"] else self.act
            if self.alliance != before["alliance"]:
                self._come_from(before)
            elif self.document != before["document"]:  # so that this screen says what just changed, too
                self.tell_from(json.dumps(before["document"]), shown)
                if waited and not self.waits:
                    self._tell_as_others_saw(shared)
                elif self.waits and (not waited or self.back != was_back):
                    self.tell_from("", shown)  # what was taken back stands here as before: only others' figures changed
            self._show_again(before, self._state())
            heard = self.news
            if self.alliance == before["alliance"]:
                back = self.back not in (None, was_back)
                self._tell(own.entries(before["document"], called) or {}, waited, back, called, gone)
                self._tell_offer(shared, "" if self.news is heard else self.news)
            else:
                self._tell_of_other()

    def _come_from(self, before: dict[str, Any]) -> None:
        """Has nothing told of an alliance that was not here, or is not as it was when it was left."""
        self.left_as[before["alliance"]] = before["document"]
        if self.left_as.get(self.alliance) != self.document:
            self.tell_from("", self.scenario)

    def _tell_as_others_saw(self, shared: own.Document) -> None:
        """Has what its own reveal changed told from what everybody saw before: one sentence on all screens."""
        with suppress(Refused):  # while an entry there cannot be used, it is told from what was seen here
            self.tell_from(json.dumps(shared), from_document(shared))

    def _tell(self, before: own.Document, waited: bool, back: bool, called: str, gone: bool) -> None:
        """Says what has become of its own entries, which were others before, or of another name. `back`: they were
        revealed, and that was taken back."""
        now = own.entries(self.document, self.partner)
        if self.gone or gone or self.partner != called:
            if (gone, called) != (self.gone, self.partner):
                self.turns += 1
                said = guest_words.LEFT if self.gone else guest_words.THERE_AGAIN if gone else guest_words.RENAMED
                self.news = said.format(*([self.partner] if self.gone or gone else [called, self.partner]))
        elif now is not None and (back or before != now):
            self._turn(before, now)
            self.revealed = self.revealed and waited
            said = guest_words.REVEALED if self.revealed else guest_words.BACK if back else guest_words.CHANGED
            counts = counted.short(now, self.partner, "your") if self.revealed else ""
            self.news = " ".join([said.format(self.partner), *([f"{counts[:1].upper()}{counts[1:]}."] * bool(counts))])

    def _tell_offer(self, before: own.Document, told: str) -> None:
        """Says what of the offer the facilitator has just changed, after what was `told` of its own entries."""
        changes = offered(before, self.shared) if self.partner and not self.gone else []
        memory = self.kept_beside(OFFER) if changes else {}
        if memory and not offered(memory["document"], self.shared):
            self.news = f"{told} {guest_words.AS_BEFORE}".strip()
        elif changes:
            more = [f"{len(changes) - FEW} more"] if len(changes) > FEW else []
            self.news = f"{told} {guest_words.CHANGED_OFFER.format('; '.join([*changes[:FEW], *more]))}".strip()

    def kept_beside(self, name: str) -> dict[str, Any]:
        """What is kept under a name beside its partner's own entries in the alliance that is shown."""
        found: dict[str, Any] = room.remembered(self.draft, self.alliance, self.partner).get(name, {})
        return found

    def keep_beside(self, name: str, what: dict[str, Any]) -> None:
        """Keeps something beside its partner's own entries, for its own screen alone."""
        room.remember(self.draft, self.alliance, self._called(), {name: what})

    def _remember_offer(self, entered: bool) -> None:
        """Keeps what is offered now, for its partner to read later what was changed since."""
        if self.partner and not self.gone:
            self.keep_beside(OFFER, {"document": self.shared, "at": datetime.now(UTC).isoformat(), "entered": entered})

    def _tell_of_other(self) -> None:
        """Says that another alliance is shown, or one that was there before, again."""
        mine = ", with what you had entered" if self.tells else ""
        again = guest_words.BACK_AGAIN.format(f"'{self.scenario.name}'", mine)
        back = again if self.alliance in self.seen else guest_words.LOADED
        self.news = again if mine else self.waits_elsewhere or back
        self.seen.add(self.alliance)
        if not self.kept_beside(OFFER):
            self._remember_offer(entered=False)

    def _turn(self, before: own.Document, after: own.Document) -> None:
        """Makes the inputs of what became another start again. Its own view of a range, when it is revealed or that is
        taken back, stays as it was."""
        for name in {**before, **after}:
            was, now = (own.view_of(one.get(name), self.partner) for one in (before, after))
            if was != now:
                self.turned[name] = self.turned.get(name, 0) + 1

    def _called(self) -> str:
        """What its partner is called now."""
        leads = room.found(self.link)
        return leads.partner if leads else self.partner

    def _go_by(self, name: str) -> None:
        """Goes on under the name that its partner has now."""
        self.whose = name if self.whose == self.partner else self.whose
        self.partner = name

    def behind(self) -> bool:
        """Whether the others have saved since, have revealed what waited here, or have just ended sharing."""
        leads = room.found(self.link)
        if leads is None:
            return not self.ended
        hidden = self.waits and self.partner not in room.entered(self.draft, self.alliance)
        return super().behind() or leads.partner != self.partner or hidden

    def _over(self) -> bool:
        """Whether sharing has ended, which is told."""
        self.ended = room.found(self.link) is None
        if self.ended:
            self.news = guest_words.ENDED
        return self.ended

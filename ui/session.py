"""What this browser is working on: the scenario being edited, autosaved. The only keeper of session state."""

import copy
import json
from typing import Any

import streamlit as st

from data import drafts, presets
from model import tables
from model.differences import differences
from model.documents import Problem, Refused, from_document, to_document
from model.fields import Path
from model.scenario import Scenario
from model.simulate import DRAWS, SEED

STATE = "alliance"
LONGEST_HISTORY = 60
DRAW_CHOICES = (1_024, 4_096, 16_384, 65_536)


class Session:
    """The scenario as it is being typed (`document`), and as it last was valid (`scenario`).

    `sheets` holds actual figures typed or uploaded, as outturn documents: 'outturn', 'own' and 'past'.
    `designs` are others that are kept to compare with, by name.
    """

    def __init__(self, draft: str, scenario: Scenario, preset: str | None) -> None:
        self.draft = draft
        self.preset = preset
        self.generation = 0
        self.period = tables.TERM
        self.draws, self.seed = DRAWS, SEED
        self.kept = True
        self.refusal = self.sheet_refusal = self.sheet_note = self.design_note = ""
        self.document: dict[str, Any] = {}
        self.sheets: dict[str, dict[str, Any]] = {}
        self.designs: dict[str, Scenario] = {}
        self.done: list[dict[str, Any]] = []
        self.begin(scenario, preset)

    def begin(self, scenario: Scenario, preset: str | None = None) -> None:
        """Starts afresh from a scenario: the saved design that edits are compared with. Undo brings back what was."""
        if self.document:
            self.done = [*self.done, self.document][-LONGEST_HISTORY:]
            self._set_sheets_aside(scenario)
        self.saved = self.scenario = scenario
        self.preset = preset
        self.document = to_document(scenario)
        self.problems: tuple[Problem, ...] = ()
        self.undone: list[dict[str, Any]] = []
        self.refresh()

    def _set_sheets_aside(self, scenario: Scenario) -> None:
        """Actual figures of other partners or years do not belong to another alliance; they can be brought back."""

        def whose(alliance: Scenario) -> tuple[Any, ...]:
            return tuple(p.name for p in alliance.providers), alliance.term.labels()

        if whose(scenario) != whose(self.scenario):
            here = {name: sheet for name, sheet in self.sheets.items() if sheet and not name.startswith("former")}
            former = {name: sheet for name, sheet in self.sheets.items() if name.startswith("former")}
            self.sheets = former | {f"former {name}": sheet for name, sheet in here.items()}

    def refresh(self) -> None:
        """Makes every input start again from the document."""
        self.generation += 1
        if self.period not in tables.periods(self.scenario):
            self.period = tables.TERM
        self.keep()

    def keep(self) -> None:
        """Autosaves the draft."""
        state: dict[str, Any] = {"document": self.document, "saved": to_document(self.saved), "preset": self.preset}
        state |= {"valid": to_document(self.scenario), "draws": self.draws, "seed": self.seed, "period": self.period}
        state |= {"sheets": self.sheets, "designs": {name: to_document(one) for name, one in self.designs.items()}}
        self.kept = drafts.save(self.draft, json.dumps(state))

    def value(self, path: Path) -> Any:
        """What the document holds at a path; None where it holds nothing."""
        node: Any = self.document
        for key in path:
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                return None
        return node

    def write(self, path: Path, value: Any) -> None:
        """Puts one typed value into the document."""
        document = copy.deepcopy(self.document)
        node: Any = document
        for key in path[:-1]:
            node = node[key] if isinstance(key, int) else node.setdefault(key, {})
        node[path[-1]] = value
        self.replace(document)

    def replace(self, document: dict[str, Any]) -> None:
        """Takes an edited document; the scenario follows if it is valid."""
        if document == self.document:
            return
        self.done = [*self.done, self.document][-LONGEST_HISTORY:]
        self.undone = []
        self._take(document)

    def put_sheet(self, name: str, document: dict[str, Any], keep_former: bool = False) -> None:
        """Keeps a sheet of actual figures with the draft; where asked, what was there before too."""
        former = {f"former {name}": self.sheets.get(name, {})} if keep_former else {}
        self.sheets = {**self.sheets, **former, name: document}
        self.keep()

    def step(self, back: bool) -> None:
        """Undo, or redo."""
        source, other = (self.done, self.undone) if back else (self.undone, self.done)
        if source:
            other.append(self.document)
            self._take(source.pop())
            self.refresh()

    def _take(self, document: dict[str, Any]) -> None:
        self.document = document
        try:
            self.scenario, self.problems = from_document(document), ()
        except Refused as refusal:
            self.problems = refusal.problems
        if self.period not in tables.periods(self.scenario):
            self.period = tables.TERM
        self.keep()

    def changes(self) -> list[str]:
        """What differs from the saved design, in words."""
        return differences(to_document(self.saved), self.document)

    @property
    def changed(self) -> bool:
        """Whether the document differs from the saved design."""
        return self.document != to_document(self.saved)


def current() -> Session:
    """The session of this browser; a reloaded page finds its draft by the id in its address."""
    if STATE not in st.session_state:
        st.session_state[STATE] = _found(st.query_params.get("s")) or Session(
            drafts.new_id(), presets.preset(presets.FIRST), presets.FIRST
        )
    session: Session = st.session_state[STATE]
    if st.query_params.get("s") != session.draft:
        st.query_params["s"] = session.draft
    return session


def _found(draft: str | None) -> Session | None:
    text = drafts.load(draft) if draft else None
    if draft is None or text is None:
        return None
    try:
        state = json.loads(text)
        session = Session(draft, from_document(state["saved"]), state["preset"])
        session.scenario = from_document(state["valid"])
        session.draws, session.seed, session.period = state["draws"], state["seed"], state["period"]
        session.sheets = state.get("sheets", {})
        session.designs, session.design_note = _designs(state.get("designs", {}))
        session._take(state["document"])
        if not session.problems:  # entries that came with a later version have their usual values
            session.document = to_document(session.scenario)
    except (Refused, ValueError, KeyError, TypeError):
        return None
    return session


def _designs(documents: dict[str, Any]) -> tuple[dict[str, Scenario], str]:
    """The kept designs of a draft, and a sentence on those that can no longer be read."""
    found, lost = {}, []
    for name, document in documents.items():
        try:
            found[name] = from_document(document)
        except Refused as refusal:
            lost.append(f"The kept design '{name}' could not be read and was left out. {refusal}")
    return found, " ".join(lost)


def offer(key: str, value: Any) -> None:
    """What an input shows when it first appears; later it keeps what was typed."""
    if key not in st.session_state:
        st.session_state[key] = value


def rewrite(key: str, value: Any) -> None:
    """Shows what was read in place of what was typed: '£40m' becomes '40,000,000'. For use in callbacks."""
    st.session_state[key] = value


def typed(key: str) -> Any:
    """What an input holds now; None where it is not on the page."""
    return st.session_state.get(key)

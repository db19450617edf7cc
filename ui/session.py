"""What this browser is working on, and the results already computed. The only keeper of session state and caches."""

import copy
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from data import drafts, presets
from model import drivers, tables, views
from model.causes import Causes, Names
from model.causes import causes as caused
from model.cautions import cautions
from model.curves import reference_year
from model.differences import differences
from model.documents import Problem, Refused, from_document, to_document
from model.draw import Outcomes, draw
from model.effects import Effect, settled
from model.effects import effect as effect_of
from model.fields import Path
from model.plan import Plan, plan
from model.scenario import Scenario
from model.scores import Scores, score
from model.simulate import DRAWS, SEED, Case, Results, resettle
from model.stress import Stress

STATE = "alliance"
LONGEST_HISTORY = 60
DRAW_CHOICES = (1_024, 4_096, 16_384, 65_536)


class Session:
    """The scenario as it is being typed (`document`), and as it last was valid (`scenario`).

    `sheets` holds actual figures typed or uploaded, as outturn documents: 'outturn', 'own' and 'past'.
    """

    def __init__(self, draft: str, scenario: Scenario, preset: str | None) -> None:
        self.draft = draft
        self.preset = preset
        self.generation = 0
        self.period = tables.TERM
        self.draws, self.seed = DRAWS, SEED
        self.kept = True
        self.refusal = self.sheet_refusal = self.sheet_note = ""
        self.document: dict[str, Any] = {}
        self.sheets: dict[str, dict[str, Any]] = {}
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
        state |= {"sheets": self.sheets}
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
        session._take(state["document"])
        if not session.problems:  # entries that came with a later version have their usual values
            session.document = to_document(session.scenario)
    except (Refused, ValueError, KeyError, TypeError):
        return None
    return session


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


def year(session: Session) -> int:
    """The year that curves of one year show."""
    return reference_year(session.scenario, session.period)


def outcomes(session: Session, scenario: Scenario | None = None) -> Outcomes:
    """The draws of a scenario; contract terms are no part of their key."""
    inputs = plan(scenario or session.scenario)
    return _outcomes(inputs.model_dump_json(), session.draws, session.seed, inputs)


def results(session: Session, scenario: Scenario | None = None, label: str | None = None) -> Results:
    """The settled draws of a scenario (the one being edited, unless another is given).

    Each partner's gains are kept of one year: the one looked at, unless another is named.
    """
    chosen = scenario or session.scenario
    kept = chosen.term.labels().index(label) if label else _kept(session, chosen)
    return _results(_key(chosen), session.draws, session.seed, kept, chosen)


def _kept(session: Session, scenario: Scenario) -> int | None:
    """The year looked at, whose gains are kept by partner."""
    labels = scenario.term.labels()
    return labels.index(session.period) if session.period in labels else None


def table(session: Session, name: str, *arguments: Any, scenario: Scenario | None = None) -> pd.DataFrame:
    """A table of `model.tables` that is made from results, by its name."""
    chosen = scenario or session.scenario
    return _table(_key(chosen), session.draws, session.seed, _kept(session, chosen), name, arguments, chosen)


def causes(session: Session) -> Causes:
    """The uncertain inputs of every draw, over the period looked at; contract terms are no part of their key."""
    inputs, names = plan(session.scenario), Names.of(session.scenario)
    year = _kept(session, session.scenario)
    return _causes(inputs.model_dump_json(), names, session.draws, session.seed, year, inputs)


def drivers_of(session: Session, name: str, partner: str) -> pd.DataFrame:
    """A table of `model.drivers`, by its name: what drives a partner's gain or pain in the period looked at."""
    scenario = session.scenario
    return _drivers(
        _key(scenario), session.draws, session.seed, session.period, name, partner, causes(session), results(session)
    )


def disagreement(session: Session) -> pd.DataFrame:
    """The part of each partner's spread that is disagreement between views: quantities down, partners across."""
    return _disagreement(_key(session.scenario), session.seed, session.scenario)


def effect(session: Session, stress: Stress | None = None, scenario: Scenario | None = None) -> Effect:
    """Every partner's figures over the whole term, under a stress or without; all on the same random numbers."""
    chosen = scenario or session.scenario
    return _effect(_key(chosen), repr(stress), session.draws, session.seed, chosen, stress)


@lru_cache(maxsize=64)
def warnings(scenario: Scenario) -> tuple[str, ...]:
    """What is odd about a contract, in sentences."""
    return cautions(scenario)


@lru_cache(maxsize=64)
def _key(scenario: Scenario) -> str:
    """What the results of a scenario are kept under: all of it, so that they can never be stale."""
    return scenario.model_dump_json()


@st.cache_resource(max_entries=6, show_spinner="Drawing futures…")
def _outcomes(key: str, draws: int, seed: int, _plan: Plan) -> Outcomes:
    found = draw(_plan, draws, seed)
    found.costs.flags.writeable = found.kpis.flags.writeable = False
    return found


@st.cache_resource(max_entries=12, show_spinner=False)
def _scores(key: str, framework: str, draws: int, seed: int, _plan: Plan, _scenario: Scenario) -> Scores:
    return score(_scenario.framework, _outcomes(key, draws, seed, _plan).kpis)


@st.cache_resource(max_entries=12, show_spinner=False)
def _results(key: str, draws: int, seed: int, year: int | None, _scenario: Scenario) -> Results:
    inputs = plan(_scenario)
    plan_key = inputs.model_dump_json()
    drawn = _outcomes(plan_key, draws, seed, inputs)
    scores = _scores(plan_key, _scenario.framework.model_dump_json(), draws, seed, inputs, _scenario)
    return resettle(_scenario, drawn, scores, year)


@st.cache_resource(max_entries=200, show_spinner=False)
def _table(
    key: str, draws: int, seed: int, year: int | None, name: str, arguments: Sequence[Any], _scenario: Scenario
) -> pd.DataFrame:
    found: pd.DataFrame = getattr(tables, name)(_results(key, draws, seed, year, _scenario), *arguments)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _causes(key: str, names: Names, draws: int, seed: int, year: int | None, _plan: Plan) -> Causes:
    return caused(_plan, names, draws, seed, year=year)


@st.cache_resource(max_entries=200, show_spinner=False)
def _drivers(
    key: str, draws: int, seed: int, period: str, name: str, partner: str, _inputs: Causes, _results: Results
) -> pd.DataFrame:
    gains = tables.draws(_results, period)[partner].to_numpy()
    found: pd.DataFrame = getattr(drivers, name)(_inputs.values, gains)
    return found


@st.cache_resource(max_entries=400, show_spinner=False)
def _effect(key: str, stress: str, draws: int, seed: int, _scenario: Scenario, _stress: Stress | None) -> Effect:
    case = Case.of(_scenario)
    return effect_of(settled(_stress.apply(case) if _stress else case, case.plan, draws, seed))


@st.cache_resource(max_entries=20, show_spinner="Drawing futures for each view…")
def _disagreement(key: str, seed: int, _scenario: Scenario) -> pd.DataFrame:
    return views.disagreement(_scenario, seed)

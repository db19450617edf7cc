"""Draws and settlements already made, kept under what they depend on, so that edits redo no more than they must."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from model import drivers, inert, tables, views
from model.causes import Causes, Names
from model.causes import causes as caused
from model.cautions import cautions
from model.cliffs import cliffs
from model.curves import reference_year
from model.draw import Outcomes, draw
from model.effects import Effect, settled
from model.effects import effect as effect_of
from model.incentives import Drawn
from model.plan import Plan, plan
from model.pooling import pooled
from model.scenario import Scenario
from model.scores import Scores, score
from model.simulate import Case, Results, resettle
from model.splits import side_by_side
from model.stress import Stress
from ui.session import Session

FIRST = 2_048
"""Futures on which it is tried whether a lever does anything."""


def year(session: Session) -> int:
    """The year that curves of one year show."""
    return reference_year(session.scenario, session.period)


def year_said(session: Session) -> str:
    """That year by its name, and why it is this one where nobody chose it."""
    label = session.scenario.term.labels()[year(session)]
    return f"{label}, the first year in which everything counts" if session.period == tables.TERM else label


def expected_score(session: Session, row: int) -> float:
    """The mean score of a year, rounded as it is written, so that sums said to be at it are the same everywhere."""
    mean = float(table(session, "years").loc[session.scenario.term.labels()[row], "mean_ops"])
    return round(mean) + 0.0


def outcomes(session: Session, scenario: Scenario | None = None) -> Outcomes:
    """The draws of a scenario; contract terms are no part of their key."""
    inputs = plan(scenario or session.scenario)
    return _outcomes(inputs.model_dump_json(), session.draws, session.seed, inputs)


def scores(session: Session, scenario: Scenario | None = None) -> Scores:
    """The scores of every draw."""
    chosen = scenario or session.scenario
    return scored(chosen, session.draws, session.seed)


def results(session: Session, scenario: Scenario | None = None, label: str | None = None) -> Results:
    """The settled draws of a scenario (the one being edited, unless another is given).

    Each partner's gains are kept of one year: the one looked at, unless another is named.
    """
    chosen = scenario or session.scenario
    kept = chosen.term.labels().index(label) if label else _kept(session, chosen)
    return _results(key_of(chosen), session.draws, session.seed, kept, chosen)


def _kept(session: Session, scenario: Scenario) -> int | None:
    """The year looked at, whose gains are kept by partner."""
    labels = scenario.term.labels()
    return labels.index(session.period) if session.period in labels else None


def table(session: Session, name: str, *arguments: Any, scenario: Scenario | None = None) -> pd.DataFrame:
    """A table of `model.tables` that is made from results, by its name."""
    chosen = scenario or session.scenario
    return _table(key_of(chosen), session.draws, session.seed, _kept(session, chosen), name, arguments, chosen)


def causes(session: Session, period: str = "") -> Causes:
    """The uncertain inputs of every draw, over the period looked at unless another is named.

    Contract terms are no part of their key.
    """
    inputs, names = plan(session.scenario), Names.of(session.scenario)
    labels, seen = session.scenario.term.labels(), period or session.period
    year = labels.index(seen) if seen in labels else None
    return kept_causes(inputs.model_dump_json(), names, session.draws, session.seed, year, inputs)


def drivers_of(session: Session, name: str, partner: str, period: str = "") -> pd.DataFrame:
    """A table of `model.drivers`, by its name: what drives a partner's gain or pain.

    In the period looked at, unless another is named.
    """
    key, seen = key_of(session.scenario), period or session.period
    found = causes(session, seen), results(session)
    return _drivers(key, session.draws, session.seed, seen, name, partner, *found)


def disagreement(session: Session) -> pd.DataFrame:
    """The part of each partner's spread that is disagreement between views: quantities down, partners across."""
    return _disagreement(key_of(session.scenario), session.seed, session.scenario)


def effect(session: Session, stress: Stress | None = None, scenario: Scenario | None = None) -> Effect:
    """Every partner's figures over the whole term, under a stress or without; all on the same random numbers."""
    chosen = scenario or session.scenario
    return _effect(key_of(chosen), repr(stress), session.draws, session.seed, chosen, stress)


def shared(session: Session, name: str) -> pd.DataFrame:
    """A table of who carries the risk that takes the draws themselves: 'pooled' or 'side_by_side'."""
    key = key_of(session.scenario)
    return _shared(key, session.draws, session.seed, session.period, name, results(session), outcomes(session))


def of_draws(session: Session, find: Callable[..., Any], *arguments: Any) -> Any:
    """What a function finds in the draws and what they were settled to, kept under its name and arguments."""
    scenario = session.scenario
    drawn = Drawn(scenario, outcomes(session), scores(session), results(session))
    kept = (key_of(scenario), session.draws, session.seed, _kept(session, scenario))
    return _of_draws(*kept, f"{find.__module__}.{find.__name__}", arguments, find, drawn)


def idle(session: Session, levers: Mapping[str, Iterable[Scenario]]) -> set[str]:
    """The levers, by name, that do nothing at present: moved a step, they change no payment in the first futures, nor
    what can be lost at worst."""
    return _idle(key_of(session.scenario), session.draws, session.seed, tuple(levers), session.scenario, levers)


@st.cache_resource(max_entries=60, show_spinner=False)
def _idle(
    key: str,
    draws: int,
    seed: int,
    names: tuple[str, ...],
    _scenario: Scenario,
    _levers: Mapping[str, Iterable[Scenario]],
) -> set[str]:
    part = drawn(_scenario, draws, seed).cut(0, FIRST)
    found = scored(_scenario, draws, seed).cut(0, FIRST)
    whole = Drawn(_scenario, part, found, resettle(_scenario, part, found))
    return {name for name, others in _levers.items() if inert.idle(whole, others)}


def warnings(session: Session) -> tuple[str, ...]:
    """What is odd about the contract, in sentences; jumps in the year looked at, at its expected score."""
    at = year(session)
    return _warnings(session.scenario, at, expected_score(session, at))


@lru_cache(maxsize=64)
def _warnings(scenario: Scenario, year: int, ops: float) -> tuple[str, ...]:
    return cautions(scenario, year, ops)


def jumps(session: Session) -> pd.DataFrame:
    """Where the payment of the year looked at jumps, at its expected score."""
    at = year(session)
    return _jumps(session.scenario, at, expected_score(session, at))


@lru_cache(maxsize=64)
def _jumps(scenario: Scenario, year: int, ops: float) -> pd.DataFrame:
    return cliffs(scenario, year, ops)


@lru_cache(maxsize=64)
def key_of(scenario: Scenario) -> str:
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
    return resettle(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed), year)


def drawn(scenario: Scenario, draws: int, seed: int) -> Outcomes:
    """The draws of a scenario."""
    inputs = plan(scenario)
    return _outcomes(inputs.model_dump_json(), draws, seed, inputs)


def scored(scenario: Scenario, draws: int, seed: int) -> Scores:
    """The scores of a scenario's draws."""
    inputs = plan(scenario)
    return _scores(inputs.model_dump_json(), scenario.framework.model_dump_json(), draws, seed, inputs, scenario)


@st.cache_resource(max_entries=200, show_spinner=False)
def _table(
    key: str, draws: int, seed: int, year: int | None, name: str, arguments: Sequence[Any], _scenario: Scenario
) -> pd.DataFrame:
    found: pd.DataFrame = getattr(tables, name)(_results(key, draws, seed, year, _scenario), *arguments)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def kept_causes(key: str, names: Names, draws: int, seed: int, year: int | None, _plan: Plan) -> Causes:
    """The uncertain inputs of every draw of a plan, over the term or in one year."""
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


@st.cache_resource(max_entries=200, show_spinner=False)
def _of_draws(
    key: str,
    draws: int,
    seed: int,
    year: int | None,
    name: str,
    arguments: Sequence[Any],
    _find: Callable[..., Any],
    _drawn: Drawn,
) -> Any:
    return _find(_drawn, *arguments)


@st.cache_resource(max_entries=40, show_spinner=False)
def _shared(
    key: str, draws: int, seed: int, period: str, name: str, _results: Results, _outcomes: Outcomes
) -> pd.DataFrame:
    return {"pooled": pooled, "side_by_side": side_by_side}[name](_results, _outcomes, period)


@st.cache_resource(max_entries=20, show_spinner="Drawing futures for each view…")
def _disagreement(key: str, seed: int, _scenario: Scenario) -> pd.DataFrame:
    return views.disagreement(_scenario, seed)

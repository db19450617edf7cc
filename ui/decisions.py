"""What partners would decide on the draws already made, kept under what it depends on."""

import streamlit as st

from model.acceptance import Position, alliance, blockers
from model.acceptance import positions as positions_of
from model.asking import Ask
from model.asking import asks as asks_of
from model.causes import Names
from model.comparison import Outlook, drawn_like, futures
from model.comparison import outlook as outlook_of
from model.draw import Outcomes
from model.joining import Joining
from model.joining import joining as joining_of
from model.levers import Lever
from model.margins import Margin, Turn, margin
from model.margins import margins as margins_of
from model.margins import refusals as refusals_of
from model.paths import Paths
from model.paths import paths as paths_of
from model.plan import Plan, plan
from model.regret import DRAWS as REGRET_DRAWS
from model.regret import Situation
from model.scenario import Scenario
from model.simulate import Case
from model.space import offered as offered_of
from model.worse import Futures, MeanCost
from ui import margin_words
from ui.results import drawn, kept_causes, key_of, scored
from ui.session import Session


def paths(session: Session, scenario: Scenario | None = None) -> Paths:
    """What each partner gains over the term and where it stands on its way, in every draw."""
    chosen = scenario or session.scenario
    return _paths(key_of(chosen), session.draws, session.seed, chosen)


def positions(session: Session, scenario: Scenario | None = None) -> tuple[Position, ...]:
    """Where every partner stands: its tests on the draws already made."""
    chosen = scenario or session.scenario
    return _positions(key_of(chosen), session.draws, session.seed, chosen)


def in_question(session: Session) -> str:
    """Whom pages about one partner begin with, while nobody was looked at: the provider that refuses most, or else the
    first charity, or the first provider."""
    providers = session.scenario.providers
    against = [one.partner for one in blockers(positions(session)) if one.partner in {p.name for p in providers}]
    return next(iter([*against, *(p.name for p in providers if p.kind == "charity")]), providers[0].name)


def asks(session: Session, partner: int) -> tuple[Ask, ...]:
    """What would just change the mind of a partner, by its number: providers first, then commissioners."""
    return _asks(key_of(session.scenario), session.draws, session.seed, partner, session.scenario)


def joining(session: Session, partner: int) -> Joining:
    """What one partner's decision to join rests on, over the whole term; providers first."""
    scenario = session.scenario
    return _joining(key_of(scenario), session.draws, session.seed, partner, scenario)


def outlook(session: Session, design: Scenario, like: Scenario) -> Outlook:
    """What a design brings everybody over the term, on the random numbers of another as far as it needs the same."""
    inputs = plan(like)
    return _outlook(key_of(design), inputs.model_dump_json(), session.draws, session.seed, design, inputs)


def tried(session: Session, design: Scenario, situation: Situation, like: Scenario) -> Outlook:
    """What a design brings everybody in a situation."""
    inputs = plan(like)
    return _tried(key_of(design), inputs.model_dump_json(), situation[:2], session.seed, design, situation, inputs)


def cost_margin(session: Session, scenario: Scenario | None = None) -> Margin:
    """How much dearer everything may be before the first partner refuses."""
    chosen = scenario or session.scenario
    return _cost_margin(key_of(chosen), session.draws, session.seed, chosen)


def only_just(session: Session, scenario: Scenario | None = None) -> str:
    """By what hair a design is signed: 'only just: costs 0.1% higher and City council refuses'; else nothing."""
    clearly = alliance(positions(session, scenario)) in ("accepts", "has not said")
    return margin_words.only_just(cost_margin(session, scenario)) if clearly else ""


def margins(session: Session) -> list[Margin]:
    """How wrong each assumption may be before the first partner refuses."""
    return _margins(key_of(session.scenario), session.draws, session.seed, session.scenario)


def refusals(session: Session) -> list[Turn]:
    """How much dearer everything may be before each partner that accepts refuses, the first first."""
    return _refusals(key_of(session.scenario), session.draws, session.seed, session.scenario)


def offered(session: Session) -> tuple[Lever, ...]:
    """The terms that may vary in a search for a design."""
    return _offered(key_of(session.scenario), session.draws, session.seed, session.scenario)


@st.cache_resource(max_entries=12, show_spinner=False)
def _offered(key: str, draws: int, seed: int, _scenario: Scenario) -> tuple[Lever, ...]:
    return offered_of(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed))


@st.cache_resource(max_entries=12, show_spinner=False)
def _paths(key: str, draws: int, seed: int, _scenario: Scenario) -> Paths:
    return paths_of(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed))


@st.cache_resource(max_entries=60, show_spinner=False)
def _positions(key: str, draws: int, seed: int, _scenario: Scenario) -> tuple[Position, ...]:
    return positions_of(_scenario, _paths(key, draws, seed, _scenario))


@st.cache_resource(max_entries=60, show_spinner="Moving each term until it accepts…")
def _asks(key: str, draws: int, seed: int, partner: int, _scenario: Scenario) -> tuple[Ask, ...]:
    return asks_of(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed), partner)


@st.cache_resource(max_entries=60, show_spinner=False)
def _cost_margin(key: str, draws: int, seed: int, _scenario: Scenario) -> Margin:
    futures = Futures(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed), seed)
    return margin(futures, MeanCost(), _positions(key, draws, seed, _scenario))


@st.cache_resource(max_entries=30, show_spinner="Trying how wrong each assumption may be…")
def _margins(key: str, draws: int, seed: int, _scenario: Scenario) -> list[Margin]:
    futures = Futures(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed), seed)
    return margins_of(futures, _positions(key, draws, seed, _scenario))


@st.cache_resource(max_entries=30, show_spinner=False)
def _refusals(key: str, draws: int, seed: int, _scenario: Scenario) -> list[Turn]:
    futures = Futures(_scenario, drawn(_scenario, draws, seed), scored(_scenario, draws, seed), seed)
    return refusals_of(futures, _positions(key, draws, seed, _scenario))


@st.cache_resource(max_entries=60, show_spinner=False)
def _joining(key: str, draws: int, seed: int, partner: int, _scenario: Scenario) -> Joining:
    inputs = plan(_scenario)
    known = kept_causes(inputs.model_dump_json(), Names.of(_scenario), draws, seed, None, inputs).values
    found = drawn(_scenario, draws, seed)
    return joining_of(_scenario, found, scored(_scenario, draws, seed), known, partner, seed)


@st.cache_resource(max_entries=60, show_spinner=False)
def _outlook(key: str, like: str, draws: int, seed: int, _design: Scenario, _like: Plan) -> Outlook:
    if plan(_design) == _like:
        own = paths_of(_design, drawn(_design, draws, seed), scored(_design, draws, seed))
        return outlook_of(_design, own)
    return outlook_of(_design, futures(Case.of(_design), drawn_like(plan(_design), _like, draws, seed)))


@st.cache_resource(max_entries=600, show_spinner=False)
def _tried(
    key: str, like: str, name: tuple[str, str], seed: int, _design: Scenario, _situation: Situation, _like: Plan
) -> Outlook:
    case = _situation.of(_design)
    found = _drawn_like(case.plan.model_dump_json(), like, seed, case.plan, _like)
    return outlook_of(_design, futures(case, found))


@st.cache_resource(max_entries=24, show_spinner=False)
def _drawn_like(key: str, like: str, seed: int, _plan: Plan, _like: Plan) -> Outcomes:
    return drawn_like(_plan, _like, REGRET_DRAWS, seed)

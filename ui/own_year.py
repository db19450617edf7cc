"""What a year of one's own figures starts from: a future, or every cost so much over its target."""

from collections.abc import Callable

import streamlit as st

from model.base import Floats
from model.framework import LEVELS, Level
from model.futures import CHANCES, Future, at_score
from ui import accounts, sheets, year_words
from ui.format import points
from ui.results import expected_score
from ui.session import Session, typed

SHEET = "own"
OWN = "My own figures"
"""Among futures to walk, that of one's own figures."""
EVERYBODY = "Every provider"
USUAL = 5.0
"""Percent over target that are offered first."""
ABOUT_TARGET = (
    "Over the target, not dearer than planned: a year that would save 2% has to be 2% dearer to come to its target. "
    "Dearer than planned, in some years or in all: Drivers and stress › Stress tests."
)


def starts(session: Session, label: str, nth: Callable[[float], Future]) -> None:
    """Ways to fill the year again. `nth`: the future that a part of all futures are worse than."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Start again from a future:")
        for name, chance in CHANCES.items():
            st.button(name, on_click=sheets.restart, args=(session, SHEET, label, nth(chance)), key=f"own-{name}")
    key, whose = "own-over", "own-whose"
    over, who = _over(session, label, nth(0.5).target)

    def fill() -> None:
        one = typed(whose)
        over_target(session, label, nth(0.5), (typed(key) or 0.0) / 100, "" if one == EVERYBODY else one)

    names = [provider.name for provider in session.scenario.providers]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Or over target by (%)", -90.0, 200.0, over, 1.0, format="%g", key=key, width=180, help=ABOUT_TARGET
        )
        st.selectbox("Who is over target", [EVERYBODY, *names], [EVERYBODY, *names].index(who), key=whose, width=240)
        st.button("Fill in", on_click=fill, help="All others are on target; KPIs stay as they are below.")
    if session.scenario.framework.kras:
        _levels(session, label)


def _over(session: Session, label: str, target: Floats) -> tuple[float, str]:
    """By what every cost that is filled in is over target, or one provider's alone, in percent; else as at first."""
    costs = sheets.year_of(session, SHEET, label).get("costs", {})
    names = [provider.name for provider in session.scenario.providers]
    if not all(isinstance(costs.get(name), int | float) for name in names) or not target.all():
        return USUAL, EVERYBODY
    parts = {name: round(100 * (costs[name] / t - 1), 4) for name, t in zip(names, target.tolist(), strict=True)}
    apart = {name: part for name, part in parts.items() if part}
    if len(set(parts.values())) == 1:
        return parts[names[0]], EVERYBODY
    return next(((part, name) for name, part in apart.items() if len(apart) == 1), (USUAL, EVERYBODY))


def about(session: Session, label: str, future: Future) -> str:
    """What to know of a year of one's own figures: what has no data, of what the other years are, at which score."""
    said = [accounts.unmeasured(future), accounts.OTHER_YEARS, _at_expected(session, label, future)]
    return " ".join(line for line in said if line)


def _at_expected(session: Session, label: str, future: Future) -> str:
    """At which score these figures are, and what the same costs bring at the expected one, where that is another."""
    expected = expected_score(session, session.scenario.term.labels().index(label))
    if not future.has_data or points(expected) == points(future.ops):
        return ""
    return year_words.at_score(future, at_score(future, expected), label)


def _levels(session: Session, label: str) -> None:
    """A way to fill in every KPI at once."""
    key = "own-level"

    def fill() -> None:
        at_level(session, label, typed(key))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Every KPI at", LEVELS, key=key, width=180)
        st.button(
            "Fill in KPIs",
            on_click=fill,
            key="own-fill-kpis",
            help="Each KPI at its own value of this level; costs and prices stay as they are below.",
        )


def at_level(session: Session, label: str, level: Level) -> None:
    """Puts every KPI of a year at one level; what else is filled in stays."""
    kpis = {kpi.name: getattr(kpi.levels, level) for kpi in session.scenario.framework.kpis()}
    _fill(session, label, kpis=kpis)


def over_target(session: Session, label: str, future: Future, part: float, who: str = "") -> None:
    """Fills a year: costs are targets and a part of them more, or `who`'s is; prices are a future's. KPIs stay, or are
    the future's where none are filled in yet."""
    filled = sheets.year_of(session, SHEET, label)
    kept = {"kpis": filled["kpis"]} if "kpis" in filled else {}
    sheets.start_from(session, SHEET, label, future)
    names = [provider.name for provider in session.scenario.providers]
    more = {name: 1 + part if who in ("", name) else 1.0 for name in names}
    costs = {name: round(float(t) * more[name], 2) for name, t in zip(names, future.target, strict=True)}
    _fill(session, label, costs=costs, **kept)


def _fill(session: Session, label: str, **parts: dict[str, float]) -> None:
    """Puts other figures in place of a part of a year that is filled in."""
    filled = [one | parts if one.get("year") == label else one for one in sheets.years(session, SHEET)]
    session.put_sheet(SHEET, {"schema_version": 1, "years": filled})
    session.refresh()

"""Costs of later years as they are planned: a field for each provider and year; a year left empty is as grown."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from model.base import as_percent
from model.by_year import LATER, with_cost
from model.fields import Path
from model.partners import Provider
from model.scenario import Scenario
from ui import doubts
from ui.accounts import signs
from ui.entries import label_of, read_back, shown
from ui.format import listed
from ui.inputs import key_of
from ui.range_words import literal
from ui.session import Session, no_edit, rewrite, typed

YEARS_ACROSS = 6
WIDTHS = (1.9, *[1.0] * YEARS_ACROSS)
TITLE = "Costs of later years"
ABOUT = (
    "Each in the money of its year, with its prices and demand in it and before any saving. A year left empty, shown "
    "in grey, grows from the year before by price and demand growth."
)


def costs(session: Session) -> None:
    """Room for what later years are planned to cost, folded; and whose growth does not count for that."""
    later = list(enumerate(session.scenario.term.labels()))[1:]
    if not later:
        return
    place = st.expander(TITLE, key="later-costs", on_change="rerun", icon=":material/calendar_month:")
    if place.open:
        with place:
            st.markdown(f":small[{ABOUT}]")
            for start in range(0, len(later), YEARS_ACROSS):
                _years(session, later[start : start + YEARS_ACROSS])
    with st.container():  # always there, so that inputs below keep their places
        if said := without_growth(session.scenario):
            st.markdown(f":small[{literal(' '.join(said))}]")


def _years(session: Session, years: Sequence[tuple[int, str]]) -> None:
    """A line for each provider, a field for each of a few years; what is wrong with any of them below."""
    providers = session.value(("providers",)) or []
    with st.container(key=f"lines-later-{years[0][0]}"):
        _heads([label for _, label in years])
        for i, provider in enumerate(providers):
            who, *places = st.columns(WIDTHS, vertical_alignment="center")
            who.markdown(literal(str(provider.get("name"))))
            for place, (year, label) in zip(places, years, strict=False):
                with place:
                    _field(session, ("providers", i, LATER), year, f"Cost of {label} (£), {provider.get('name')}")
    with st.container():  # always there, so that inputs below keep their places
        for i, provider in enumerate(providers):
            for year, label in years:
                _wrong(session, ("providers", i, LATER, year - 1), f"{provider.get('name')}, {label}")


def _heads(labels: Sequence[str]) -> None:
    info = Provider.model_fields[LATER]
    title, *places = st.columns(WIDTHS, vertical_alignment="bottom")
    title.markdown(f"**{label_of(info, '£')}**", help=info.description)
    for place, label in zip(places, labels, strict=False):
        place.markdown(f"**{label}**")


def _wrong(session: Session, path: Path, where: str) -> None:
    """What is wrong with the cost of a year, or is asked about it."""
    for problem in session.problems:
        if problem.path == path:
            st.error(signs(problem.sentence), icon=":material/error:")
    if said := doubts.question(session, path):
        st.warning(f"{literal(where)}: {said[0].lower()}{said[1:]}", icon=":material/help:")


def _field(session: Session, path: Path, year: int, label: str) -> None:
    """What one provider plans to spend in a year, counted from 0 as the first year is."""
    at = (*path, year - 1)
    key, start = key_of(session, at), shown(session.value(at), "£")

    def changed() -> None:
        if no_edit(key, key_of(session, at), start, shown(session.value(at), "£")):
            return
        text = typed(key)
        session.write(path, with_cost(session.value(path) or [], year - 1, read_back(text, "£")))
        doubts.typed(session, at, text)
        rewrite(key, shown(session.value(at), "£"))

    look: dict[str, Any] = {"label_visibility": "collapsed", "placeholder": _as_grown(session, path, year)}
    st.text_input(label, start, key=key, on_change=changed, disabled=not session.may(path), **look)


def _as_grown(session: Session, path: Path, year: int) -> str:
    """What a year costs that nothing is planned for; nothing where a provider is not counted yet."""
    i, scenario = int(path[1]), session.scenario
    if i >= len(scenario.providers) or scenario.providers[i].name != session.value((*path[:2], "name")):
        return ""
    return shown(round(float(scenario.planned_cost()[year, i])), "£")


def without_growth(scenario: Scenario) -> list[str]:
    """Whose demand growth does not count in which years, as these are planned; nor price growth, where all are."""
    labels, said, every = scenario.term.labels(), [], True
    for one in scenario.providers:
        planned = [label for label, cost in zip(labels[1:], one.later_costs, strict=False) if cost is not None]
        every = every and len(planned) == len(labels) - 1
        if planned and one.demand_growth:
            when = "in every later year" if len(planned) == len(labels) - 1 else f"in {listed(planned)}"
            growth = f"its demand growth of {as_percent(one.demand_growth)}"
            said.append(f"{one.name} has planned costs {when}: {growth} does not count there.")
    if every and scenario.baseline.price_growth:
        said.append("Every later year is planned for everybody, so price growth does not count in the target.")
    return said

"""A council that pays, and its own services that are partners beside it: said wherever it is named, and added up."""

import pandas as pd
import streamlit as st

from model.scenario import Scenario
from model.tables import TERM
from ui import bodies, words
from ui.format import listed, signed
from ui.range_words import literal
from ui.results import table
from ui.session import Session, rewrite


def services(scenario: Scenario, name: str) -> list[str]:
    """The council services of an alliance that a council pays for; none for any other partner."""
    if not any(one.name == name and one.kind == "council" for one in scenario.commissioners):
        return []
    return [one.name for one in scenario.providers if one.kind == "council service"]


def beside(scenario: Scenario, name: str, together: str = "") -> str:
    """For a council that pays: that services which may be its own are partners beside it here.

    `together`: what all of them come to, as the sentence goes on to say.
    """
    found = services(scenario, name)
    if not found:
        return ""
    one = len(found) == 1
    be = "is a council service and a partner of its" if one else "are council services and partners of their"
    gains = f"what {'it gains and bears' if one else 'they gain and bear'} is"
    where, all_ = f"*Partners' gain and pain › {bodies.ADD_UP}*", "both" if one else "all"
    sums = f"{all_.capitalize()} together: {together} ({where})." if together else f"{where} has {all_} together."
    return f"{listed([literal(service) for service in found])} {be} own here: {gains} not in these figures. {sums}"


def over_the_term(session: Session, name: str) -> str:
    """The same, with what they have together over the term, and which year is worst for that."""
    if not (found := services(session.scenario, name)):
        return ""
    row = table(session, "together", (name, *found), TERM).iloc[0]
    sums = f"{signed(row['mean'])} on average over the term; the worst 1 in 20 {words.costs_them(row['cvar95'])}"
    return (
        f"{beside(session.scenario, name, f'{sums} on average')} {bodies.worst_year(session, [name, *found])}".strip()
    )


def in_a_year(scenario: Scenario, name: str, gains: pd.Series) -> str:
    """The same, with what they have together in one settled year; `gains`: every partner's, by name."""
    if not (found := services(scenario, name)):
        return ""
    together = signed(float(gains[[name, *found]].sum()))
    return f"{beside(scenario, name)} In this year they have {together} together."


def ways(session: Session) -> None:
    """The way to where each such council and its services are added up, already chosen there."""
    for one in session.scenario.commissioners:
        way(session, one.name)


def way(session: Session, name: str) -> None:
    """The same for one partner; nothing where it has no such services."""
    if not (found := services(session.scenario, name)):
        return
    label = f"{listed([literal(one) for one in (name, *found)])} added up: Partners' gain and pain"
    if st.button(label, key=f"to-sum-of-{name}-down-to-{bodies.PLACE}", icon=":material/add:", type="tertiary"):
        rewrite(bodies.key_of(session), [name, *found])
        st.switch_page("pages/partners.py", query_params=session.address)

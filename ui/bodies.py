"""Partners that are one body, such as a council and its own service, added up."""

import pandas as pd
import streamlit as st

from model.each_year import each_year
from model.scenario import Scenario
from model.tables import ANY_PROVIDER, partner_names
from ui import each_year_words, in_numbers, show, words
from ui.format import a_chance, chance, listed, signed, unbroken, with_error
from ui.range_words import literal
from ui.results import of_draws, table
from ui.session import Session

ADD_UP = "Add up partners that are one body"
PLACE = "one-body"
"""The key of where that is done."""
IN_ALL = "The alliance in all"
ABOUT_IN_ALL = (
    f" {IN_ALL}: what all partners have between them, which is targets less costs; whatever the terms, they only split "
    "it. % of contract: of target cost and fee, or of what a commissioner pays of all of that."
)


def together(session: Session) -> None:
    """What some partners, chosen here, gain or bear between them over the period looked at."""
    with st.container(key=PLACE):
        st.subheader("Partners that are one body")
        chosen = st.multiselect(
            ADD_UP,
            partner_names(session.scenario),
            key=key_of(session),
            placeholder="Choose two or more, such as a council and its own service",
        )
        if len(chosen) < 2:
            return
        found = table(session, "together", tuple(chosen), session.period)
        st.markdown(said(chosen, found.iloc[0], session.period))
        years(session, chosen)
        named = found.set_axis([listed(chosen)])
        label, time = "All statistics of them together, in pounds", in_numbers.lasting(session)
        in_numbers.figures(session, named, "one-body", label, time)


def key_of(session: Session) -> str:
    """The key of who is added up."""
    return f"one-body-{'|'.join(partner_names(session.scenario))}"


def worst_year(session: Session, chosen: list[str]) -> str:
    """Which year of the term is worst for all of them together."""
    return each_year_words.worst_together(session.scenario, *_years(session, chosen))


def _years(session: Session, chosen: list[str]) -> tuple[pd.DataFrame, pd.Series]:
    """Every year of them together, and who they are."""
    names = partner_names(session.scenario)
    found: pd.DataFrame = of_draws(session, each_year, *(names.index(one) for one in chosen))
    pays = any(one.name in chosen for one in session.scenario.commissioners)
    return found, pd.Series({"role": "commissioner" if pays else "provider"}, name=listed(chosen))


def years(session: Session, chosen: list[str]) -> None:
    """Which year of the term is worst for all of them together, and every year."""
    found, row = _years(session, chosen)
    if told := each_year_words.worst_together(session.scenario, found, row):
        st.markdown(unbroken(told))
        every = each_year_words.figures(found.drop(columns="of reserves"), row)
        show.figures(every, "one-body-years", "Every year of them together")


def anyone(session: Session, partners: pd.DataFrame, scenario: Scenario | None = None) -> pd.DataFrame:
    """Every partner's statistics, with the chance that any one of them has pain below."""
    return pd.concat([partners, table(session, "anyone", session.period, scenario=scenario)])


def in_all(session: Session, partners: pd.DataFrame, scenario: Scenario | None = None) -> pd.DataFrame:
    """The same, with a last row of what all of them have between them: targets less costs."""
    names = tuple(partner_names(scenario or session.scenario))
    whole = table(session, "together", names, session.period, scenario=scenario)
    rows = [anyone(session, partners, scenario), whole.set_axis([IN_ALL])]
    return pd.concat(rows).rename_axis(partners.index.name)


def any_provider(session: Session, period: str) -> str:
    """In how many futures at least one provider has pain; nothing where there is one alone."""
    several = len(session.scenario.providers) > 1
    return f" {ANY_PROVIDER} has pain in {chance(pain_of_one(session, period))} of futures." if several else ""


def pain_of_one(session: Session, period: str) -> float:
    """The chance that at least one provider has pain."""
    return float(table(session, "anyone", period).loc[ANY_PROVIDER, "chance_of_pain"])


def said(names: list[str], row: pd.Series, period: str) -> str:
    """Mean, chance and tail of several partners together."""
    mean = with_error(row["mean"], row["mean s.e."], signed)
    return (
        f"{literal(listed(names))} together have {mean} on average {words.over(period)} and "
        f"{a_chance(row['chance_of_pain'])} of being worse off than at target cost; "
        f"the worst 1 in 20 {words.costs_them(row['cvar95'])} on average."
    )

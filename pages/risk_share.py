"""Who gets which part of a saving, who bears which part of an overspend?"""

import streamlit as st

from model.clauses import clauses, order
from ui import accounts, frame, notes, share_words, shares, signing, starting, words
from ui.decisions import positions
from ui.format import unbroken
from ui.results import expected_score, table, warnings, year, year_said
from ui.session import Session


def risk_share(session: Session) -> None:
    """The terms, what they make of a year, and the contract in words."""
    scenario, row = session.scenario, year(session)
    label = scenario.term.labels()[row]
    ops = expected_score(session, row)
    curve = shares.curve(session, row, ops)
    stake = table(session, "stake", label)
    at = ops if scenario.framework.kras else None
    frame.answer(
        share_words.share_title(curve, label, at, shares.worst(session, row)), words.at_stake(stake, year_said(session))
    )
    with st.container():  # always there, so that the form below keeps its place
        if odd := warnings(session):
            with st.expander(f"Worth a second look ({len(odd)})", icon=":material/warning:"):
                st.markdown(accounts.signs("\n".join(f"- {sentence}" for sentence in odd)))
    with st.container(key="just-changed"):
        if session.presenting:  # a room asks at once who would sign now; at a desk that is a page away
            st.markdown(unbroken(signing.just_changed(session) or signing.today(positions(session))))
    form, picture = frame.beside(450)
    with form:
        shown = shares.terms(session, row)
    with picture:
        shares.pictures(session, row, shown)
    st.subheader("The contract in words")
    compared = session.changed and not starting.untouched(session)
    st.markdown(accounts.contract(clauses(scenario), clauses(session.saved) if compared else (), session.base_label))
    st.markdown(f":small[{order(scenario)}]")
    notes.of_page(session, "risk_share")


frame.alone(frame.open_page(needs_period=True), risk_share)

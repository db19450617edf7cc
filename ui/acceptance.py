"""The parts of the page on acceptance: the matrix, each partner in a sentence, what would change a mind."""

import pandas as pd
import streamlit as st

from model import tables
from model.acceptance import Position, blockers
from model.asking import Ask
from model.documents import to_document
from model.unmoved import dearer
from ui import (
    acceptance_charts,
    frame,
    kept,
    margins,
    minds,
    panels,
    regardless_words,
    show,
    unsaid,
    unseen_words,
    verdicts,
    ways,
)
from ui.decisions import asks, positions
from ui.format import unbroken
from ui.narrow import PRICES
from ui.range_words import literal
from ui.results import results
from ui.session import Session, rewrite

WIDTHS = (2.3, 1.6, 1.6, 2.0, 0.9)
NOT_HERE = "The facilitator's screen can try each of these terms; this one shows at once what comes of it."


def standing(session: Session, found: tuple[Position, ...]) -> None:
    """Every partner's tests, and what would change a mind."""
    if not any(one.cells for one in found):
        st.markdown(
            "Nobody has said what it would accept, so nothing is tested. It is entered beside this, under *What each "
            "accepts*."
        )
        return
    ordered = verdicts.ranked(found)
    texts, cells = verdicts.matrix(ordered)
    table = verdicts.table(ordered)
    show.chart(acceptance_charts.matrix(texts, cells, frame.ink()), verdicts.lead(found), table, "positions", least=54)
    st.markdown(f":small[{verdicts.ABOUT}]", help=verdicts.ABOUT_WORTH)
    st.subheader("In words")
    st.markdown(unbroken("\n".join(f"- {_in_words(session, one)}" for one in ordered)))
    staying_out(session, found)
    what_would_change(session, found)
    margins.part(session)
    margins.order(session)


def _in_words(session: Session, one: Position) -> str:
    """Where one partner stands, and which of its limits are broken whatever it does, or not kept by the contract."""
    unseen = unseen_words.sentences(unseen_words.found(session, one))
    return " ".join([verdicts.partner(one), *unseen, *regardless_words.broken(one)])


def staying_out(session: Session, found: tuple[Position, ...]) -> None:
    """Asks about what staying out is worth, where expected costs were moved without it, with the way to it."""
    with st.container():  # always there, so that inputs below keep their places
        saved = kept.compared(session.saved, session.scenario)
        if saved and (asked := unsaid.left_behind(found, dearer(session.scenario, saved), session.base)):
            st.markdown(unbroken(asked))
            worth = {one.partner: cell.slack for one in found for cell in one.cells if cell.test == "worth"}
            _to_staying_out(session, min(worth, key=lambda name: worth[name]))


def _to_staying_out(session: Session, whose: str) -> None:
    """The way to the other tab, at one partner."""

    def pressed() -> None:
        session.whose = whose
        session.keep()
        rewrite("acceptance-tabs", "What each accepts")

    label = "If it stayed out: What each accepts"
    st.button(label, key="to-staying-out", icon=":material/arrow_forward:", type="tertiary", on_click=pressed)


def what_would_change(session: Session, found: tuple[Position, ...]) -> None:
    """For one partner that refuses: each term moved until it just accepts."""
    against = [one.partner for one in blockers(found)]
    names = [one.partner for one in found]
    tried = session.whose if session.whose == session.tried and session.tried in names else ""
    asked_of = [*against, *([tried] if tried and tried not in against else [])]
    if not asked_of:
        return
    with st.container(key="whose-mind"):  # on one sheet
        st.subheader("What would change their mind")
        who = panels.whose(session, "Whose mind", asked_of, f"mind-{'-'.join(asked_of)}")
    place = names.index(who)
    if who not in against:
        everybody = "" if against else " Nobody refuses any more. *Undo* brings back what was."
        st.markdown(unbroken(f"With what was tried, {_in_words(session, found[place])}{everybody}"))
        if session.tried_said[0] == session.scenario:
            st.markdown(unbroken(literal(session.tried_said[1])))
        label = f"Beside {literal(session.base)}: Compare designs"
        ways.to_tab(session, "pages/compare.py", "compare-tabs", "Gains and pains", label)
        return
    asked = asks(session, place)
    st.markdown(minds.answer(who, asked, found))
    priced = [ask for ask in asked if ask.price]
    if priced and session.live:
        st.markdown(f":small[{NOT_HERE}]")
    with st.container(key="lines-prices"):
        if priced:
            for column, heading in zip(st.columns(WIDTHS), PRICES, strict=False):
                column.markdown(f"**{heading}**")
        for i, ask in enumerate(priced):
            _row(session, found, who, ask, i)
    if said := minds.helpless(who, asked):
        st.markdown(f":small[{said}]")
    show.figures(minds.prices(who, asked, found), "prices", "Every term tried, as figures")


def _means(session: Session) -> pd.Series:
    """What each partner has on average over the term."""
    names = tables.partner_names(session.scenario)
    return tables.draws(results(session))[names].mean()


def _row(session: Session, found: tuple[Position, ...], who: str, ask: Ask, i: int) -> None:
    """One term: where it stands, where it would have to stand, what others say to that, and a button to try it,
    where anything can be changed."""
    assert ask.price is not None
    value = ask.price.value
    places = st.columns(WIDTHS, vertical_alignment="center")
    accepted = minds.accepts_at(ask, value, ask.price.error)
    written = (
        literal(minds.named(who, ask.lever.name)),
        minds.standing(ask, ask.now),
        accepted,
        literal(minds.then(who, ask, found)),
    )
    for place, text in zip(places, written, strict=False):
        place.markdown(text)

    def pressed() -> None:
        before = _means(session)
        session.replace(to_document(ask.lever.apply(session.scenario, value)))
        session.whose = session.tried = who
        said = minds.for_others(who, _means(session) - before)
        session.tried_said = session.scenario, said
        session.refresh()
        now = next(one for one in positions(session) if one.partner == who)
        verdict = f"{who} {'now accepts' if now.accepts else 'does not accept yet'}"
        if now.accepts and (though := unseen_words.though(unseen_words.found(session, now))):
            verdict += f", though {though}"
        term = minds.named(who, ask.lever.name)
        session.news = (
            f"Tried: {term} at {minds.placed(ask.lever, value)}: {verdict}. {said} Undo brings back what was."
        )

    if session.live:
        return
    places[-1].button(
        f"Try *{literal(ask.lever.name)} at {minds.placed(ask.lever, value)}*",
        key=f"try-{session.generation}-{i}-down-to-whose-mind",
        on_click=pressed,
        disabled=bool(session.problems),
        help=f"Puts {minds.placed(ask.lever, value)} into the design: {ask.lever.name}. Undo brings back what was.",
    )

"""The parts of the page that finds a design: what may vary, the search in sight, what it found."""

import math
import os
import time
from collections.abc import Sequence
from typing import Any

import streamlit as st

from model.acceptance import Position
from model.documents import Refused, to_document
from model.levers import Lever
from model.looks import Problem
from model.outcome import Found, Outcome
from model.search import search
from model.space import DesignSpace, Split, Vary
from model.splits import splits
from model.tables import TERM
from model.workers import workers
from ui import (
    designs,
    finding_charts,
    finding_closed,
    finding_orders,
    finding_unheard,
    finding_words,
    frame,
    margin_words,
    show,
    ways,
)
from ui.decisions import asks, cost_margin, offered, positions
from ui.entries import as_shown
from ui.format import unbroken
from ui.minds import settling
from ui.range_words import literal, unformatted
from ui.results import table
from ui.session import Session

USUAL = ("Providers' share of overspends", "Providers' share of savings", "Cap on the providers' total pain")
"""Terms that may vary unless it is said otherwise, by how their names begin."""
SPLITS: dict[str, Split] = {"How they share gain": "gain", "How they share pain": "pain"}
MOST_DRAWS = 16_384
KEPT: dict[str, Any] = {"persist_state": "session"}
"""What is chosen outlives a visit to another page."""
SCHEDULER = "DASK_SCHEDULER"
"""The environment's name for the address of a cluster that searches; this machine's threads where there is none."""


def asked(session: Session) -> Problem:
    """What may vary, between what, and how much incentive is wanted, as it is chosen on the page."""
    levers = {lever.name: lever for lever in offered(session)}
    usual = [name for name in levers if name.startswith(USUAL)]
    every = "|".join(levers)
    names = st.pills(
        "Terms that may vary", list(levers), selection_mode="multi", default=usual, key=f"vary-{every}", **KEPT
    )
    with st.expander("Between what", icon=":material/straighten:"):
        terms = tuple(_between(session, levers[name]) for name in names)
    stated = st.pills(
        "Providers may agree anew",
        list(SPLITS),
        selection_mode="multi",
        default=list(SPLITS),
        key="vary-split",
        **KEPT,
    )
    ready = not stated and st.toggle("Try the ready ways to split", key="vary-rules", **KEPT)
    rules = tuple(splits(session.scenario)) if ready else ()
    pence = st.slider(
        "Wanted of the next pound saved, for providers together (pence)",
        0,
        100,
        0,
        1,
        key="wanted",
        **KEPT,
        help="A design must leave the providers at least so much of the next pound that all save, on average.",
    )
    space = DesignSpace(terms, rules, tuple(SPLITS[name] for name in stated))
    return Problem(session.scenario, space, min(session.draws, MOST_DRAWS), session.seed, pence / 100, _spared(session))


def _spared(session: Session) -> bool:
    """Whether those that have not said what they would accept are to be left no worse off than now."""
    unheard = [one.partner for one in positions(session) if not one.cells]
    if not unheard:
        return True
    spared = st.toggle(finding_unheard.SPARED, True, key="vary-spared", help=finding_unheard.ABOUT, **KEPT)
    st.markdown(f":small[{finding_unheard.rule(unheard, spared)}]")
    return spared


def _between(session: Session, lever: Lever) -> Vary:
    """One term's ends."""
    key = f"between-{lever.name}-{lever.low}-{lever.high}"
    unit = "£" if lever.unit.startswith("£") else "%"
    low, high, step = (float(as_shown(value, unit) or 0.0) for value in (lever.low, lever.high, lever.step))
    shape = "£%.0f" if unit == "£" else "%g%%"
    ends = st.slider(lever.name, low, high, (low, high), step, format=shape, key=key, help=f"In {lever.unit}.", **KEPT)
    part = 1.0 if unit == "£" else 100.0
    return Vary(lever.name, max(lever.low, ends[0] / part), min(lever.high, ends[1] / part))


def run(session: Session, problem: Problem) -> None:
    """The button, and the search while it runs: told step by step, and stopped without losing what was found."""
    if not st.button("Search", icon=":material/search:", width="stretch"):
        return
    bar, begun = st.progress(0.0, "Looking at designs all over the space…"), time.monotonic()
    st.button("Stop, and keep what was found", width="stretch")
    try:
        with workers(os.environ.get(SCHEDULER, "")) as executor:
            for outcome in search(problem, executor):
                if outcome.frontier or outcome.compromise or outcome.done == 1 or not session.found:
                    session.found = (problem, outcome)
                bar.progress(min(outcome.done, 1.0), finding_words.progress(outcome, time.monotonic() - begun))
    except Refused as refusal:
        st.error(str(refusal), icon=":material/error:")
        return
    st.rerun()


def differs(session: Session, problem: Problem) -> None:
    """Says when what is shown was found for another design or for other settings."""
    with st.container():  # always there, so that inputs below keep their places
        if session.found and (said := finding_words.stale(session.found[0], problem)):
            st.info(said, icon=":material/history:")


def single(session: Session) -> None:
    """The way to what single terms do, unless a search has shown that none would do."""
    known = session.found if session.found and session.found[0].scenario == session.scenario else None
    if all(one.accepts for one in positions(session)) or (known and not (known[1].frontier and _alone(session))):
        return
    label = finding_words.ONE_DOES if known else finding_words.ONE_MAY
    ways.to_tab(session, "pages/acceptance.py", "acceptance-tabs", "Who accepts", label, section="whose-mind")


def answer(session: Session) -> None:
    """What the last search found."""
    if session.found is None:
        st.markdown(
            "Choose what may vary and press *Search*. It takes some seconds to a minute, and nothing changes by itself."
        )
        return
    problem, outcome = session.found
    if outcome.frontier:
        _frontier(session, problem, outcome)
    else:
        _closed(session, problem, outcome)
    unheard = [one.partner for one in positions(session, problem.scenario) if not one.cells]
    if not outcome.ruled_out and (said := finding_unheard.rule(unheard, problem.spared)):
        st.markdown(said)
    about = "" if outcome.ruled_out else f" {finding_words.ABOUT}"
    st.markdown(f":small[Found on {problem.draws:,} futures.{about}]")


def _frontier(session: Session, problem: Problem, outcome: Outcome) -> None:
    with st.container():  # always there, so that designs below keep their places once one is adopted
        if outcome.done == 1 and problem.scenario == session.scenario and (alone := _alone(session)):
            st.info(unbroken(alone), icon=":material/lightbulb:")
    found = outcome.frontier
    smallest = finding_words.smallest(problem.scenario)
    orders = finding_orders.Orders(session, problem, found)
    if len(found) > 1:
        finding_orders.told(orders)
    st.subheader("Incentive against room to spare")
    names = finding_words.LETTERS[: len(found)]
    slacks = [0.0 if math.isinf(one.slack) else one.slack for one in found]
    spare = [finding_words.least(one) or "anything" for one in found]
    figure = finding_charts.frontier([one.incentive for one in found], slacks, spare, names, frame.ink())
    show.chart(figure, finding_words.lead(outcome), finding_words.table(found, smallest), "frontier")
    suggested = finding_words.suggestions(outcome, smallest, orders.first())
    ordered = finding_orders.chosen(orders) if len(found) > 1 else [0]
    for i in ordered:
        if i in suggested:
            _offer(session, problem, found[i], f"{finding_words.LETTERS[i]}: {suggested[i]}")
    others = [i for i in ordered if i not in suggested]
    if others:
        between = st.expander("The designs between", key="between", on_change="rerun", icon=":material/more_horiz:")
        with between:
            for i in others if between.open else ():
                _offer(session, problem, found[i], finding_words.LETTERS[i])


def _alone(session: Session) -> str:
    """Which single term would make everyone sign, where one would."""
    now = positions(session)
    for i, one in enumerate(now):
        if not one.accepts and (alone := settling(one.partner, asks(session, i))):
            return finding_words.simplest(one.partner, alone, finding_unheard.everyone(now))
    return ""


def _closed(session: Session, problem: Problem, outcome: Outcome) -> None:
    if outcome.ruled_out:
        _ruled_out(session, problem, outcome)
        return
    _listed(finding_closed.why_not(outcome, problem.wanted))
    _to_staying_out(session, outcome)
    if outcome.compromise is not None:
        _offer(
            session,
            problem,
            outcome.compromise,
            "The nearest",
            finding_closed.further(outcome.compromise, outcome.today),
        )
    if outcome.fewest is not None:
        _fewest(session, problem, outcome.fewest, outcome.today)
    for opening in outcome.openings:
        _offer(session, problem, opening.found, f"With {opening.term} as well")
    if outcome.less_wanted is not None:
        _offer(session, problem, outcome.less_wanted, "With less incentive")


def _fewest(session: Session, problem: Problem, fewest: Found, today: Sequence[Position]) -> None:
    """The design that the fewest refuse, where that is not the nearest; in one sentence where it is today's."""
    if fewest.design == problem.scenario:
        st.markdown(unbroken(finding_closed.as_it_is(fewest)))
    else:
        _offer(session, problem, fewest, "Refused by the fewest", finding_closed.further(fewest, today))


def _ruled_out(session: Session, problem: Problem, outcome: Outcome) -> None:
    """Why no design can do, and what else might be otherwise; no design is near then."""
    scenario = problem.scenario
    _listed(finding_closed.ruled_out(outcome, cost_margin(session, scenario), float(scenario.target_cost().sum())))
    label = "What the target asks for: Baseline and fees › Targets and term"
    ways.to_tab(session, "pages/baseline.py", "baseline-tabs", "Targets and term", label)
    _to_staying_out(session, outcome)


def _listed(sentences: list[str]) -> None:
    st.markdown(unbroken("\n".join(f"- {sentence}" for sentence in sentences)))


def _to_staying_out(session: Session, outcome: Outcome) -> None:
    """The way to what staying out is worth, where that stands in the way."""
    if who := finding_closed.weighs(outcome):
        label = "If it stayed out: Acceptance › What each accepts"
        ways.to_tab(session, "pages/acceptance.py", "acceptance-tabs", "What each accepts", label, about=who)


def _offer(session: Session, problem: Problem, one: Found, name: str, warning: str = "") -> None:
    """A design in words, and what can be done with it."""
    with st.container(border=True):
        st.markdown(f"**{name}**")
        st.markdown(unbroken(finding_words.stands(one, problem.scenario)))
        if warning:
            st.warning(unbroken(warning), icon=":material/warning:")
        if one.acceptable and any(position.cells for position in one.positions):
            st.markdown(unbroken(finding_words.margin(cost_margin(session, one.design), one.positions)))
        if said := finding_unheard.fares(one):
            st.markdown(unbroken(said))
        if one.design != problem.scenario:
            before, after = (table(session, "partners", TERM, scenario=it) for it in (problem.scenario, one.design))
            st.markdown(unbroken(finding_words.worse_off(before, after)))
        st.markdown("\n".join(f"- {change}" for change in finding_words.changes(problem, one)) or "- Nothing")
        st.markdown(finding_words.shares(one.design))
        if why := finding_words.left_of_shares(one):
            st.markdown(f":small[{unbroken(why)}]")
        if one.design == session.scenario:
            st.markdown("**This is the design on the screen now.** *Undo* brings back what was.")
        elif not session.live:
            with st.container(horizontal=True):
                st.button(
                    "Adopt",
                    key=f"adopt-{name}",
                    on_click=_adopt,
                    args=(session, problem, one, name),
                    help=f"Adopt {name}",
                )
                _keep(session, one, name)


def _keep(session: Session, one: Found, name: str) -> None:
    """Keeps a design to compare it with others; once it is, the way there."""
    called = next((called for called, design in session.designs.items() if design == one.design), "")
    if called:
        label = f"Kept as '{literal(called)}': Compare designs"
        st.page_link("pages/compare.py", label=label, icon=":material/check:", query_params=session.address)
        return
    full = len(session.designs) >= designs.MOST
    st.button(
        "Keep to compare",
        key=f"keep-{name}",
        on_click=designs.keep_new,
        args=(session, f"Found {name.split(':')[0]}", one.design),
        disabled=full,
        help=f"{designs.MOST} designs are kept already: remove one on Compare designs." if full else None,
    )


def _adopt(session: Session, problem: Problem, one: Found, name: str) -> None:
    """Makes a found design the one being edited; undo brings back what was."""
    just = unformatted(margin_words.only_just(cost_margin(session, one.design)))
    session.replace(to_document(one.design), act=finding_words.adopted(problem, one, session.scenario))
    session.refresh()
    said = finding_words.by_a_hair(finding_unheard.everyone(one.positions), just, one.positions)
    how = f": {said[0].lower()}{said[1:]}" if just else ""
    session.news = f"Adopted {finding_words.short_name(name)}{how}. Undo brings back what was."

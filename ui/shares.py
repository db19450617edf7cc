"""Who gets and bears which part: the terms as forms, and what they make of one year."""

from functools import partial

import pandas as pd
import streamlit as st

from model import curves, tables
from ui import caps, commissioner_words, frame, in_numbers, own_year, panels, share_words, show, ways, words
from ui import pictures as drawn
from ui.format import unbroken
from ui.results import expected_score, results
from ui.session import Session


def curve(session: Session, row: int, ops: float) -> pd.DataFrame:
    """What a year's saving or overspend brings everybody, as far as it may reach."""
    likely = curves.likely_saving(results(session), row)
    return curves.share_curve(session.scenario, row, ops, curves.reach(session.scenario, likely, row))


def worst(session: Session, row: int) -> float:
    """The most that providers bear at the worst score, within the same picture; a loss is negative."""
    return float(curve(session, row, -100.0).sum(axis=1).min())


PERFORMANCE = "Performance"


def terms(session: Session, row: int) -> str:
    """The terms, in the order in which a year is settled; gives the name of those that are open."""
    forms = {
        "Savings": lambda: panels.cost_terms(session, "gain"),
        "Overspends": lambda: panels.cost_terms(session, "pain"),
        PERFORMANCE: lambda: panels.performance_terms(session),
        "Total": lambda: panels.total_terms(session),
        "Years": lambda: panels.timing(session),
        caps.TAB: lambda: panels.split(session, row),
    }
    shown = ""
    for tab, (name, form) in zip(st.tabs(list(forms), key="share-tabs", on_change="rerun"), forms.items(), strict=True):
        if tab.open:
            shown = name
            with tab:
                form()
    return shown


def pictures(session: Session, row: int, of: str) -> None:
    """What the terms that are open bring: a score, or a saving at a score; and which caps bind."""
    performance = curves.performance_curve(session.scenario, row)
    if of == PERFORMANCE and performance.abs().max() >= 0.5:
        mean = expected_score(session, row)
        figure = drawn.line(performance, frame.ink(), "Performance score", mark=mean, mark_text="Expected")
        table = show.rounded(performance.to_frame("pounds"))
        show.chart(figure, share_words.performance(performance), table, "performance", "£")
    else:
        _by_saving(session, row)
        st.markdown(share_words.performance(performance))
    st.markdown(words.caps(tables.binding(results(session))))


def _by_saving(session: Session, row: int) -> None:
    """What a saving brings at a score."""
    scenario, mean = session.scenario, expected_score(session, row)
    ops = _score(scenario.term.labels()[row], mean)
    shared, likely = curve(session, row, ops), curves.likely_saving(results(session), row)
    edges, limits = curves.edges(scenario, row), curves.limits(scenario, row)
    left = commissioner_words.share(curves.left_curve(scenario, row, ops))
    figure = drawn.share_curve(shared, frame.ink(), likely, edges, limits)
    told = f"{share_words.share_curve(shared, ops)} {left}"
    found = curves.readable(shared, edges)
    found = found.join(curves.left_curve(scenario, row, ops, found.index.tolist()))
    show.chart(figure, told, show.by_saving(found), "share-curve", "£", file=partial(in_numbers.by_saving, found))
    to_own_overspend(session)
    st.markdown(share_words.poor_care(curves.gain_by_score(scenario, row)))
    if scenario.framework.kras:
        st.markdown(unbroken(low_scores(session, row)))


def to_own_overspend(session: Session) -> None:
    """The way to what an overspend of one's own, of one provider or of all, leaves each partner."""
    label = "Your own overspend, partner by partner: Walk one future › My own figures"
    ways.to_tab(session, "pages/walk.py", "walk-future", own_year.OWN, label)


def poor_care(session: Session, row: int) -> str:
    """Whether a saving still pays in a year where care was poor."""
    return share_words.poor_care(curves.gain_by_score(session.scenario, row), slider=False)


def low_scores(session: Session, row: int) -> str:
    """Who gains and who loses in a year if the score is low."""
    scenario, mean = session.scenario, expected_score(session, row)
    poor, expected = (curves.left_curve(scenario, row, ops) for ops in (share_words.POOR, mean))
    return commissioner_words.low_scores(poor, expected, share_words.POOR, mean)


def _score(label: str, mean: float) -> float:
    """The performance score at which savings are shown."""
    return st.slider(
        "Performance score",
        -100.0,
        100.0,
        mean,
        1.0,
        format="%.0f",
        key=f"ops-{label}-{mean:.0f}",
        help="The expected score to start with; move it to see the modifier and the pool at work.",
    )

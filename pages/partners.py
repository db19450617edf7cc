"""What could each partner win or lose?"""

import streamlit as st

from model.tables import periods
from ui import (
    bodies,
    charts,
    commissioner_words,
    downloads,
    frame,
    in_numbers,
    kept,
    more_than,
    panels,
    show,
    unentered,
    words,
)
from ui.results import table
from ui.session import Session


def gain_and_pain(session: Session) -> None:
    """Dots, figures, curves and every draw."""
    partners = table(session, "partners", session.period)
    frame.answer(
        words.hardest_hit(partners, session.period),
        f"{words.headline(partners, session.period)}.{bodies.any_provider(session, session.period)} "
        f"{commissioner_words.headline(partners)}.",
    )
    unentered.told(session)
    panels.dotplot(session, "partners", everybody=True)

    st.subheader("Every partner in figures")
    before = panels.saved_partners(session)
    saved = kept.compared(session.saved, session.scenario)
    was = None if before is None else bodies.in_all(session, before, saved)
    show.table(panels.partner_figures(bodies.in_all(session, partners), was).rename_axis("Partner"))
    st.markdown(
        f":small[{words.ABOUT_FIGURES}{bodies.ABOUT_IN_ALL}{'' if before is None else words.was_of(session.base)}]"
    )
    time = in_numbers.lasting(session)
    every = bodies.anyone(session, partners)
    in_numbers.figures(session, every, "partners-raw", "All statistics, in pounds", time)
    bodies.together(session)
    s_curves(session)
    with st.expander("Every draw, to analyse elsewhere", icon=":material/download:"):
        downloads.every_draw(session)


def s_curves(session: Session) -> None:
    """How likely a loss or gain of more than a sum is."""
    partners = table(session, "partners", session.period)
    st.subheader(f"Chance of losing or gaining more than a sum {words.over(session.period)}")
    curves = table(session, "quantiles", session.period, 200)
    shown = st.multiselect(
        "Partners",
        list(curves),
        [n for n in curves if partners.loc[n, "role"] == "provider"],
        key=f"s-{'|'.join(curves)}",
    )
    if shown:
        before, saved = None, kept.compared(session.saved, session.scenario)
        if saved and session.period in periods(saved):
            before = table(session, "quantiles", session.period, 200, scenario=saved)
        more_than.part(session, shown)
        figure = charts.s_curves(curves[shown], frame.ink(), saved=before, everybody=list(curves))
        said = words.s_curve(shown[0], partners.loc[shown[0]])
        show.chart(figure, said, show.by_chance(show.rounded(curves[shown])), "s-curves", "£")


frame.alone(frame.open_page(needs_period=True), gain_and_pain)

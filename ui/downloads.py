"""Files of results, made when they are asked for: a settled year as a workbook, every draw of every partner."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from data import draws
from data.results_workbook import About, written
from model import raw
from model.futures import Future
from model.version import VERSION
from ui import mending, stamps, unrevealed, versions
from ui.files import XLSX
from ui.format import slug
from ui.results import outcomes, scores, table
from ui.session import Session

EMPTY = "If Excel shows formulas empty, press Enable Editing; the model's own figures stand beside them."
ERRORS = (
    "The draws are eight scrambled sets of futures, each spread evenly; the standard errors shown come from the "
    "differences between the sets, so they are not the standard deviation ÷ √n of this file."
)


def workbook(session: Session, future: Future, years: Sequence[str], figures: str) -> None:
    """A button for the workbook of a settled year; `years` are the names of all that were settled with it."""
    label = years[future.year]
    mending.beside_files(session)
    st.download_button(
        "Download as a workbook with formulas (Excel)",
        partial(settled, session, future, years, figures),
        f"{slug(session.scenario.name)}-{label}-{_of_what(session)}.xlsx",
        XLSX,
        key=f"workbook-{label}",
        on_click="ignore",
        icon=":material/download:",
        help="Every line of the settlement as a live formula, with its inputs, so that it can be checked cell by cell.",
    )
    st.markdown(f":small[{EMPTY}]")


def _of_what(session: Session) -> str:
    """Which design a file is of, and that a partner's own figures are in it that nobody else has seen."""
    return versions.tag(session, session.scenario) + f"-{slug(unrevealed.MARK)}" * bool(session.apart)


def settled(session: Session, future: Future, years: Sequence[str], figures: str) -> bytes:
    """The workbook of a settled year, with the statistics of the period looked at."""
    today = date.today()
    terms = versions.terms(session)
    about = About(years, figures, stamps.dated(today), session.draws, session.seed, session.period, terms)
    return written(future, about, table(session, "partners", session.period))


FILES: dict[str, tuple[str, Callable[[pd.DataFrame], bytes]]] = {
    "CSV": ("text/csv", draws.to_csv),
    "Parquet": ("application/vnd.apache.parquet", draws.to_parquet),
}


def every_draw(session: Session) -> None:
    """Buttons for each partner's gain or pain in every draw."""
    st.markdown(
        f"Each of the {session.draws:,} futures on a line; each partner, in the term and in every year, across."
    )
    st.markdown(f":small[{ERRORS}]")
    mending.beside_files(session)
    name = draws_name(session)
    with st.container(horizontal=True):
        for kind, (mime, _) in FILES.items():
            st.download_button(
                f"All draws ({kind})",
                partial(drawn, session, kind),
                f"{name}.{kind.lower()}",
                mime,
                key=f"draws-{kind}",
                on_click="ignore",
                icon=":material/download:",
            )


def draws_name(session: Session) -> str:
    """What the file of every draw is called, without what it ends with."""
    return f"{slug(session.scenario.name)}-draws-{_of_what(session)}"


def drawn(session: Session, kind: str) -> bytes:
    """Every draw of every partner as a file, which says what it was made of."""
    scenario = session.scenario
    found = raw.gains(scenario, outcomes(session), scores(session))
    found.attrs = {"scenario": scenario.name, "fingerprint": scenario.id, "version": VERSION, "seed": session.seed}
    _, to_file = FILES[kind]
    return to_file(found)

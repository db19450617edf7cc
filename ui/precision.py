"""As many futures as a wanted precision needs: drawn step by step, in sight, and never more than the app keeps."""

import math
import time

import streamlit as st

from model.simulate import DRAWS, MOST_DRAWS, until
from ui.format import exact, read_number
from ui.session import Session, rewrite, typed

MOST_HERE = 131_072
"""Futures that the app keeps in memory for one scenario; the command line keeps totals only, and draws more."""

WANTED, SAID = "precision-wanted", "precision-said"


def ask(found: Session) -> None:
    """The standard error that is wanted, a button that draws until it is reached, and what came of it."""
    wanted = st.text_input(
        "Standard error of the worst 1 in 20 at most (£)",
        "10,000",
        key=WANTED,
        persist_state="session",
        help="Of every partner and side over the term. Draws twice as many futures each time, "
        f"from {DRAWS:,} up to {MOST_HERE:,}.",
    )
    pressed = st.button("Draw until it is", width="stretch")
    pounds = read_number(wanted)
    if isinstance(pounds, str) or pounds <= 0:
        st.error(f"'{wanted[:40]}' must be a sum of more than £0, such as 10,000.")
    elif pressed:
        _draw(found, pounds)
    _said(found)


def _draw(found: Session, pounds: float) -> None:
    """Draws in steps that are told and can be stopped; only the last one done becomes the number of futures."""
    bar, begun = st.progress(0.0, f"Drawing {DRAWS:,} futures…"), time.monotonic()
    st.button("Stop drawing", on_click=stop, args=(found, found.draws), width="stretch")
    for draws, error in until(found.scenario, pounds, found.seed, MOST_HERE):
        done = part_done(draws, error, pounds)
        left = (time.monotonic() - begun) * (1 / done - 1)
        bar.progress(done, f"{draws:,} futures: ± {exact(round(error))}. About {math.ceil(left)} seconds left.")
    found.draws = draws
    found.refresh()
    rewrite(SAID, (found.scenario.id, draws, found.seed, _outcome(draws, error, pounds)))
    st.rerun()


def part_done(draws: int, error: float, pounds: float) -> float:
    """How much of the work is done: errors fall with the root of the futures, and each step doubles these."""
    doublings = max(math.ceil(2 * math.log2(error / pounds)), 0) if error > 0 else 0
    last = min(draws * 2**doublings, MOST_HERE)
    return (2 * draws - DRAWS) / (2 * last - DRAWS)


def stop(found: Session, draws: int) -> None:
    """A click ends the drawing at its next step, and these are still so many futures, unless it was done before."""
    if found.draws == draws:
        said = f"Drawing was stopped; these are still {draws:,} futures."
        rewrite(SAID, (found.scenario.id, draws, found.seed, said))


def _outcome(draws: int, error: float, pounds: float) -> str:
    """What the last step came to, in words."""
    known = f"{draws:,} futures: the largest standard error of a worst 1 in 20 is {exact(round(error))}"
    if error <= pounds:
        return f"{known}."
    return (
        f"{known}, not {exact(pounds)}. The app keeps no more futures; the command line draws up to {MOST_DRAWS:,}: "
        f"`run FILE --until {pounds:.10g}`."
    )


def _said(found: Session) -> None:
    """What came of it, as long as the scenario, the futures and the seed are still those."""
    *these, sentence = typed(SAID) or ("",)
    if these == [found.scenario.id, found.draws, found.seed]:
        st.markdown(sentence)

"""What every page shares: which alliance this is, whether it was changed, undo, files, draws, the period looked at."""

import gc
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import documents
from model.tables import periods
from model.version import VERSION
from ui import (
    arriving,
    earlier,
    mending,
    other_tabs,
    people,
    precision,
    presenting,
    printing,
    reconnecting,
    scenario_files,
    sending,
    session,
    stamps,
    unrevealed,
    what_changed,
)
from ui.accounts import signs
from ui.contents import CONTENTS, ICON, TITLE
from ui.focus import KEYBOARD
from ui.format import unbroken
from ui.half_typed import HALF_TYPED
from ui.held import HELD
from ui.keeping import LONGEST_HISTORY
from ui.keys import KEYS
from ui.leaving import LEAVING
from ui.let_go import LET_GO
from ui.look import DARK, LIGHT, READABLE, SCREENS, Ink
from ui.narrow import CUT, NARROW
from ui.printing_dark import LIGHTER
from ui.range_words import literal
from ui.returning import RETURN
from ui.session import DRAW_CHOICES, Session, typed
from ui.touch import TOUCH

MOST_PROBLEMS = 3
"""Entries to be mended that are told one by one at the top of a page."""
CHANGES = "changes"
"""Where it is kept whether the list of changes is unfolded."""

sending.keep_whole()
arriving.take_in()
gc.freeze()  # what libraries made lives as long as the app: to go through it now and then held answers up


def open_page(needs_period: bool = False) -> Session:
    """The session, with the frame drawn round the page."""
    st.set_page_config(page_title=TITLE, page_icon=ICON, layout="wide")
    found = session.current()
    look = printing.PAPER + (SCREENS + NARROW).replace("BEHIND", ink().behind) + KEYBOARD
    st.html(look + (READABLE + LIGHTER if ink().text == DARK.text else ""))
    st.html(printing.header(_by_what(found)))
    if found.presenting:
        presenting.bar(found)
    with st.sidebar:
        _identity(found)
        _history(found)
        presenting.begin(found)
        if not found.live:
            alone(found, _files)
        _menu(found)
        _changed(found)
        if needs_period:
            _period(found)
        if not found.live:
            people.told(found.person)
        alone(found, _words)
        if not found.live:
            _draws(found)  # not alone: a click that stops the drawing has to end a run of the whole page
        reconnecting.button()
        scripts = KEYS + RETURN + LEAVING + TOUCH + HELD + CUT + LET_GO + reconnecting.RECONNECTED + other_tabs.HEARD
        scripts += earlier.REMEMBER + (HALF_TYPED if found.live else "")
        st.html(scripts, unsafe_allow_javascript=True)
        st.html(f"<script>{_stands(found)}</script>", unsafe_allow_javascript=True)
    if found.live:
        _follow(found)
        with st.container():  # always there, so that inputs below keep their places
            if found.apart:
                st.markdown(f":small[:material/lock: {unrevealed.told(literal(found.apart))}]")
    with st.container(key="news"):  # always there, so that inputs below keep their places
        if news := found.told(str(st.context.url or "").split("?")[0]):
            st.info(literal(unbroken(news)), icon=":material/sync:")
        if found.refusal:
            with st.container(key="refused"):
                st.error(found.refusal, icon=":material/error:")
            found.refusal = ""
        _problems(found)
    return found


def _stands(found: Session) -> str:
    """What tells the browser and its other tabs of the draft; screens that follow by a link look for themselves."""
    return "" if found.live else other_tabs.stands(found.draft, found.stored.revision) + earlier.remembered(found)


def _by_what(found: Session) -> str:
    """Which alliance and design a printed page is about, and when it was printed."""
    kind = ["Illustrative figures"] if found.scenario.illustrative else []
    apart = [found.apart] if found.apart else []
    return " · ".join([found.scenario.name, found.state, *apart, *kind, stamps.dated(date.today())])


def alone(found: Session, draw: Callable[[Session], None]) -> None:
    """A part that is redrawn alone after what is done in it, as long as what the frame says stays the same."""
    framed = _framed(found)

    @st.fragment
    def part() -> None:
        here = session.current()  # which may be another draft by now: an earlier one is gone on with
        draw(here)
        reconnecting.ask(here is not found or _framed(here) != framed, draw.__name__, _stands(here))

    part()


def _framed(found: Session) -> tuple[Any, ...]:
    """What the frame shows of the scenario and its history."""
    told = found.news, found.refusal, found.problems, found.kept, found.presenting, bool(found.sheets)
    history = bool(found.done), bool(found.undone), found.loaded_last, found.changed
    listed = found.changes() if typed(CHANGES) else what_changed.label(found)
    chosen = found.draws, found.seed, found.generation, dict(found.renewed)
    return found.scenario.name, chosen, told, history, listed


@st.fragment(run_every=2)
def _follow(found: Session) -> None:
    """Shows what the draft that is followed has become, soon after."""
    if found.behind():
        st.rerun()


def ink() -> Ink:
    """The colours of the appearance that this browser uses, and what the ghost is called."""
    found = DARK if st.context.theme.type == "dark" else LIGHT
    return replace(found, scale=presenting.LARGER if session.presenting() else 1.0, before=session.base_label())


def scaled(pixels: int) -> int:
    """As wide as the type is large."""
    return round(pixels * ink().scale)


def beneath(text: str) -> dict[str, Any]:
    """How a figure in a box looks that has a few words below it, or none."""
    return {"border": True, "height": "stretch", "delta": text or None, "delta_color": "off", "delta_arrow": "off"}


def answer(title: str, sentence: str = "") -> None:
    """The page's answer as its title, and a sentence below it: one place, so that what is below never moves on."""
    with st.container():
        st.title(unbroken(title))
        if sentence:
            st.markdown(unbroken(sentence))


def beside(width: int, key: str | None = None) -> tuple[DeltaGenerator, DeltaGenerator]:
    """A form of so many pixels and the room beside it; on a narrow screen that room is below the form.

    With the key 'results-first' or 'levers-first', `ui.look.SCREENS` says how they stand there.
    """
    with st.container(horizontal=True, gap="large", key=key):
        return st.container(width=scaled(width), key=f"form-{width}"), st.container(width="stretch", key="beside")


def halves(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two halves beside each other; on a narrow screen below each other."""
    with st.container(horizontal=True, gap="large", key=f"pair-{key}"):
        left, right = (st.container(width="stretch", key=f"half-{key}-{side}") for side in ("left", "right"))
    return left, right


def _files(found: Session) -> None:
    with st.expander("Scenarios and files", icon=":material/folder_open:", key="files", on_change="rerun") as place:
        if place.open:
            scenario_files.panel(found)


def _words(_found: Session) -> None:
    """What any word means, on every page."""
    with st.expander("What does a word mean?", icon=":material/menu_book:", key="words", on_change="rerun") as place:
        if place.open:
            known = documents.glossary()
            chosen = st.selectbox("Word", list(known), None, key="word", placeholder="Choose, or type a part of it")
            if chosen:
                st.markdown(f"**{chosen}**: {documents.meaning(chosen)}")
            st.markdown(":small[What a field means stands behind the ? beside its name; F1 in the field opens it.]")


def _menu(found: Session) -> None:
    """Links to every page; each keeps the draft's id, so that a link opened elsewhere finds the same draft."""
    for section, pages in CONTENTS.items():
        st.markdown(f":small[**{section}**]")
        for file, title, icon in pages:
            st.page_link(file, label=title, icon=icon, query_params=found.address, width="stretch")


def _identity(found: Session) -> None:
    st.markdown(f"### {found.scenario.name}")
    kind = "Illustrative figures · " if found.scenario.illustrative else ""
    st.markdown(f":small[{kind}{literal(found.state)} · {found.draws:,} draws · seed {found.seed} · version {VERSION}]")
    if found.live and not found.ended:
        st.markdown(":small[:material/visibility: You follow another screen: what changes there changes here.]")
    if not found.kept:
        st.warning("This machine cannot keep drafts, so a reload loses edits: download the scenario.")


def _changed(found: Session) -> None:
    """What differs from the starting design; what was entered, where nobody has made one yet."""
    if found.changed:
        label = what_changed.label(found)
        with st.expander(label, icon=":material/edit_note:", key=CHANGES, on_change="rerun") as place:
            if place.open:
                what_changed.shown(found)
                _several(found)


def _several(found: Session) -> None:
    """Several steps undone at once, because quick clicks on one button reach the app as one."""
    key = f"steps-{found.generation}"

    def undo() -> None:
        before, shown, alliance = found.document, found.scenario, found.alliance
        for _ in range(min(int(typed(key) or 0), len(found.done))):
            if found.loaded_last:
                break
            found.step(True)
        if found.alliance == alliance:
            found.tell_from(json.dumps(before), shown)  # told from where this began, not step by step

    st.number_input("Steps", 1, LONGEST_HISTORY, min(max(len(found.done), 1), 5), key=key, width=140)
    st.button("Undo so many steps", on_click=undo, disabled=not found.done, width="stretch")


def _period(found: Session) -> None:
    options = periods(found.scenario)
    key = f"period-{found.generation}"

    def chosen() -> None:
        found.period = typed(key)
        found.keep()

    st.selectbox("Period looked at", options, options.index(found.period), key=key, on_change=chosen)


def _history(found: Session) -> None:
    undo, redo = st.columns([1.5, 1], gap="xsmall")  # room for 'Undo loading'
    undo.button(
        "Undo loading" if found.loaded_last else "Undo",
        key="undo",
        icon=":material/undo:",
        disabled=not found.done,
        on_click=found.step,
        args=(True,),
        width="stretch",
    )
    redo.button(
        "Redo", icon=":material/redo:", disabled=not found.undone, on_click=found.step, args=(False,), width="stretch"
    )


def _draws(found: Session) -> None:
    with st.expander("Draws and seed", icon=":material/casino:", key="draws", on_change="rerun") as place:
        if place.open:
            _choose_draws(found)


def _choose_draws(found: Session) -> None:
    draws, seed = f"draws-{found.generation}", f"seed-{found.generation}"

    def chosen() -> None:
        found.draws, found.seed = typed(draws), int(typed(seed) or 0)
        found.keep()

    choices = sorted({*DRAW_CHOICES, found.draws})
    at = choices.index(found.draws)
    st.selectbox("Futures drawn", choices, at, key=draws, format_func=lambda n: f"{n:,}", on_change=chosen)
    help_ = "Same scenario and seed, same numbers."
    st.number_input("Seed", 0, 2**32 - 1, found.seed, step=1, key=seed, on_change=chosen, help=help_)
    precision.ask(found)


def _problems(found: Session) -> None:
    if not found.problems:
        return
    said = [signs(problem.sentence) for problem in found.problems]
    some = said if len(said) <= MOST_PROBLEMS else said[: MOST_PROBLEMS - 1]
    rest = f" There are {len(said) - len(some)} more problems." if len(said) > len(some) else ""
    behind = f": {still}" if (still := mending.behind(found)) else ""
    st.error(
        f"{' '.join(some)}{rest} Nothing you typed is lost; results and downloads are those of the last valid version "
        f"until this is mended{behind}.",
        icon=":material/error:",
    )

"""Presenter mode: large type, no menu and a few keys, for a room that looks at one screen."""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.contents import CONTENTS
from ui.session import Session

LARGER = 1.25
"""How much larger type and figures are than on a laptop."""

LOOK = """<style>
html { font-size: 20px !important; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"], [data-testid="stHeader"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 1rem 3rem; }
[data-testid="stTable"] table, .st-key-just-changed p { font-size: 1.3rem; }
[data-testid="stTable"] :is(th, th *) { color: inherit; }
</style>"""


def begin(session: Session) -> None:
    """A button in the menu; it changes what this screen shows and nothing else."""
    st.button(
        "Present",
        icon=":material/present_to_all:",
        shortcut=None if session.presenting else "Alt+P",
        on_click=_present,
        args=(session, True),
        width="stretch",
    )  # without a tooltip: it would lie over the period looked at, above


def bar(session: Session) -> None:
    """In place of the menu: the pages before and after this one, undo and redo, and the way out, each with a key."""
    st.html(LOOK)
    before, after = neighbours(_here())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{session.scenario.name}** :small[{session.state.capitalize()}]")
        if st.button(before[1], icon=":material/arrow_back:", shortcut="Alt+B", help="The page before"):
            st.switch_page(before[0], query_params=session.address)
        if st.button(after[1], icon=":material/arrow_forward:", shortcut="Alt+N", help="The next page"):
            st.switch_page(after[0], query_params=session.address)
        _go_to(session)
        back = "Undo loading" if session.loaded_last else "Undo"
        st.button(
            back, shortcut="Alt+U", disabled=not session.done, on_click=session.step, args=(True,), key="undo-bar"
        )
        st.button(
            "Redo", shortcut="Alt+Y", disabled=not session.undone, on_click=session.step, args=(False,), key="redo-bar"
        )
        st.button("End presenting", shortcut="Alt+P", on_click=_present, args=(session, False))


def _go_to(session: Session) -> None:
    """The way to any page at once, for whoever asks out of turn: the first letters of its title are enough."""
    pages = {title: file for section in CONTENTS.values() for file, title, _ in section}
    key = f"go-to-{_here()}"  # of its own on every page, so that it is empty again there
    look: dict[str, Any] = {"label_visibility": "collapsed", "placeholder": "Go to a page", "width": 230}
    if chosen := st.selectbox("Go to a page", list(pages), None, key=key, **look):
        st.switch_page(pages[chosen], query_params=session.address)


def neighbours(stem: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """File and title of the pages before and after one, in reading order and round the ends."""
    pages = [(file, title) for section in CONTENTS.values() for file, title, _ in section]
    at = next((i for i, (file, _) in enumerate(pages) if Path(file).stem == stem), 0)
    return pages[at - 1], pages[(at + 1) % len(pages)]


def _here() -> str:
    """The last part of the address: the page's name; nothing on the first page."""
    return str(st.context.url or "").split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def _present(session: Session, on: bool) -> None:
    session.presenting = on

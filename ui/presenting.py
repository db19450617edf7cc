"""Presenter mode: large type, no menu and a few keys, for a room that looks at one screen."""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.contents import CONTENTS
from ui.range_words import literal
from ui.session import Session

LARGER = 1.25
"""How much larger type and figures are than on a laptop."""

FORMS = (260, 300, 320, 430, 450)
"""Widths of forms beside their results on a laptop, in pixels: as their type grows, so do they."""

ABOUT_ALL = "Back to {}; *Undo* takes that back."

LOOK = (
    "<style>"
    + "".join(
        f"[data-testid='stLayoutWrapper']:has(> .st-key-form-{w}) {{ flex-basis: {w / 16:g}rem !important; }}\n"
        for w in FORMS
    )
    + """
html { font-size: clamp(20px, 2.23vh, 26px) !important; }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stHeader"] { inset: 0 0 auto auto; width: auto; background: none; }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none !important; }
[data-testid="stHeader"] :is(button, button *) { pointer-events: auto !important; }
[data-testid="stMainBlockContainer"] { padding: 0.5rem 3rem 1rem; }
.stMain h1 { padding: 0.2rem 0 0.5rem; font-size: 1.7rem; }
.stMain h3 { padding: 0.2rem 0 0.8rem; font-size: 1.2rem; }
[data-testid="stTable"] table { font-size: 1.1rem; line-height: 1.3; }
.st-key-verdicts [data-testid="stTable"] table { font-size: 1.05rem; }
.st-key-verdicts [data-testid="stTable"] :is(th, td:not(:last-child)) { white-space: nowrap; }
[data-testid="stTable"] :is(th, th *) { color: inherit; }
:is(.st-key-just-changed, .st-key-since) p { font-size: 1.2rem; line-height: 1.3; }
.st-key-beside:has(> * > .st-key-verdicts) { gap: 0.5rem; }
.st-key-at-stake { gap: 0.8rem; }
.st-key-at-stake > * { flex: 1 1 11rem !important; width: auto !important; }
.st-key-at-stake [data-testid="stMetric"] > div { padding: 0.2rem 0.8rem; }
.st-key-at-stake [data-testid="stMetricValue"] { font-size: 1.5rem; line-height: 1.2; }
.st-key-presenter { flex-wrap: nowrap !important; gap: 0.5rem; padding-right: 1.5rem; }
.st-key-presenter > :first-child { flex: 1 1 0 !important; min-width: 0; }
.st-key-presenter > :first-child p {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
  font-size: 0.8rem; line-height: 1.15;
}
.st-key-presenter button { padding: 0.25rem 0.6rem; }
.st-key-presenter button p { white-space: nowrap; }
.st-key-presenter > :has([data-testid="stSelectbox"]) { flex: 0 0 8.5rem !important; width: 8.5rem !important; }
.st-key-presenter :is(.st-key-page-before, .st-key-page-after) button [data-testid="stMarkdownContainer"] {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
[data-testid="stSelectboxVirtualDropdown"] { min-width: 16rem; }
@media (max-width: 60rem) { .st-key-presenter { flex-wrap: wrap !important; } }
.st-key-verdicts > :has(> .st-key-just-changed) { top: 0; }
.st-key-results-first { gap: 2rem; }
[class*="st-key-beyond-"] { margin-top: -1.8rem; }
.st-key-levers label p { line-height: 1.3 !important; }
[class*="st-key-beyond-"] p { line-height: 1.25; }
[class*="st-key-uncapped-"] p { line-height: 1.3; }
@container (min-width: 56rem) {
  .st-key-results-first > :has(> .st-key-form-260) { flex: 0 0 18rem !important; width: 18rem !important; }
  .st-key-results-first .st-key-levers, .st-key-levers [data-testid="stExpanderDetails"] > * {
    display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem 0.6rem; align-items: start;
    > :has(:is(details[open], [data-testid="stRadio"], .st-key-weights-equal)) { grid-column: 1 / -1; }
  }
  .st-key-verdicts > :has(> .st-key-just-changed) { position: static; }
  .st-key-results-first > :has(> .st-key-beside) { align-self: flex-start; position: sticky; top: 0.5rem; }
}
</style>"""
)
"""The bar is one row, and a lever stands beside what it changes: a room looks at one screen. The menu of the browser's
own choices, such as dark, stays at the top right. Type grows with the height of the screen."""


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
    with st.container(horizontal=True, vertical_alignment="center", key="presenter"):
        st.markdown(f"**{session.scenario.name}**  \n:small[{literal(session.state[:1].upper() + session.state[1:])}]")
        turns = {
            "page-before": (before, "back", "Alt+B", "The page before"),
            "page-after": (after, "forward", "Alt+N", "The next page"),
        }
        for key, ((file, title), way, shortcut, what) in turns.items():
            if st.button(title, icon=f":material/arrow_{way}:", shortcut=shortcut, help=f"{what}: {title}", key=key):
                st.switch_page(file, query_params=session.address)
        _go_to(session)
        back = "Undo loading" if session.loaded_last else "Undo"
        st.button(
            back, shortcut="Alt+U", disabled=not session.done, on_click=session.step, args=(True,), key="undo-bar"
        )
        st.button(
            "Redo", shortcut="Alt+Y", disabled=not session.undone, on_click=session.step, args=(False,), key="redo-bar"
        )
        if not session.live:
            st.button(
                "Undo all",
                disabled=not session.changed,
                on_click=session.start_over,
                help=ABOUT_ALL.format(literal(session.base)),
            )
        st.button("End presenting", shortcut="Alt+P", on_click=_present, args=(session, False))


def _go_to(session: Session) -> None:
    """The way to any page at once, for whoever asks out of turn: the first letters of its title are enough."""
    pages = {title: file for section in CONTENTS.values() for file, title, _ in section}
    key = f"go-to-{_here()}"  # of its own on every page, so that it is empty again there
    look: dict[str, Any] = {"label_visibility": "collapsed", "placeholder": "Go to a page", "width": 170}
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

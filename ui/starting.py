"""An alliance of one's own: how to begin one, what to enter first, and where what stands."""

import streamlit as st

from data import presets
from ui import inputs, kept, ways
from ui.session import Session

FIRST_STEPS = {
    "pages/baseline.py": "Partners, costs and fees, start and years: Baseline and fees",
    "pages/framework.py": "What is scored: Performance framework",
    "pages/risk_share.py": "Who gets and bears which part: Risk share",
    "pages/uncertainty.py": "What may turn out otherwise: Uncertainty",
    "pages/acceptance.py": "How much loss each accepts: Acceptance",
}


TAKE = "Take this as the starting design"
ABOUT_TAKE = "Later changes are then compared with it."
NOTHING = "There is no starting design yet to compare with"


def begin(session: Session) -> None:
    """Starts a new alliance in this draft; undo brings back what was."""
    session.begin(presets.preset(presets.NEW), presets.NEW)


def anew(session: Session) -> None:
    """The way from an example, changed or not, to an alliance of one's own."""
    if not (session.live or session.presenting or untouched(session)):
        st.button(
            "Start a new alliance",
            key="anew",
            on_click=begin,
            args=(session,),
            icon=":material/add:",
            help="In place of this one; *Undo* brings back what is here.",
        )


def told(session: Session) -> None:
    """The alliance's name and story; a story that says that figures are nobody's gives way to the first word typed."""
    inputs.group(session, (), ["name"])
    inputs.field(session, ("story",), nobodys=presets.preset(presets.NEW).story)
    inputs.problems(session, ("story",), inside=True)


def is_new(session: Session) -> bool:
    """Whether the story still says that figures are nobody's."""
    return bool(session.document.get("story") == presets.preset(presets.NEW).story)


def untouched(session: Session) -> bool:
    """Whether the starting design is still the one that everybody begins with, and nobody's."""
    return kept.nobodys(session.saved)


def take(session: Session) -> None:
    """Makes this design the one that later changes are compared with."""
    session.begin(session.scenario, version=session.version)


def as_start(session: Session) -> None:
    """The way to begin comparing, where everything so far was entered in place of what is nobody's."""
    if untouched(session) and session.changed and not (session.problems or session.presenting or session.live):
        st.markdown(f":small[{NOTHING}: what everybody begins with is nobody's design. Once yours stands, begin here:]")
        st.button(TAKE, key="as-start", on_click=take, args=(session,), icon=":material/flag:", help=ABOUT_TAKE)


def guide(session: Session) -> None:
    """What to enter first, and where, as long as the story says that figures are nobody's."""
    if not is_new(session) or session.presenting:
        return
    with st.container(border=True):
        st.markdown(
            "**Replace the figures by your own**, partners and their costs first, then the rest in this order. The "
            "alliance's name and story stand below, under *Who is in it*; this note goes once the story is yours."
        )
        with st.container(horizontal=True):
            for page, label in FIRST_STEPS.items():
                st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=session.address)


def to_term(session: Session) -> None:
    """The way from the alliance's name to its start and years."""
    tab = "Targets and term"
    ways.to_tab(session, "pages/baseline.py", "baseline-tabs", tab, f"Start and years: Baseline and fees › {tab}")


def elsewhere(session: Session) -> None:
    """Where the rest of what an alliance is stands, beside costs."""
    st.markdown(
        ":small[Start and years stand under *Targets and term*, kinds, reserves and what the fee is a % of under "
        "*Partners and reserves*.]"
    )
    to_name(session)


def to_name(session: Session) -> None:
    """Where the alliance's name is changed, on the page where its start and years are."""
    with st.container(key="to-name"):
        st.page_link(
            "pages/overview.py",
            label="Change the alliance's name and story",
            icon=":material/arrow_forward:",
            query_params=session.address,
        )

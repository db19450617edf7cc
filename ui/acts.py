"""Changes of many entries at once: one step for undo, told by a name of its own."""

from collections.abc import Mapping, Sequence

import streamlit as st

from model.adopting import adopted, shifted
from model.documents import to_document
from model.scenario import Scenario
from model.stress import Stress
from ui.format import plain
from ui.inputs import key_of
from ui.session import Session, typed

ABOUT_WORK = (
    "Makes what the stress says this draft's own inputs, on every page; one step for undo. Stresses that no input can "
    "say, such as a provider that fails, are not in the list."
)
ABOUT_ALL = (
    "Moves every provider's range below by as much: 3 makes all services cost 3% of plan more, -3 less. How wide the "
    "ranges are stays, and so do targets. One step for undo."
)


def take(session: Session, said: str, scenario: Scenario) -> None:
    """Makes a scenario the draft's, under a name for what that changes."""
    session.replace(to_document(scenario), act=said)
    session.news = f"{said}. Undo brings back what was."
    session.refresh()


def named(session: Session, edits: list[str]) -> list[str]:
    """The name of what was changed at once, in place of all that it changed."""
    said = session.acts.get(tuple(edits))
    return [said] if said else edits


def work_with(
    session: Session, chosen: Sequence[Stress], where: str, key: str, nearest: Mapping[str, Scenario] | None = None
) -> None:
    """A stress to go on with, of those that the scenario's inputs can say; `where`: it was found there.

    `nearest`: what comes nearest to others, by a name that says what it is.
    """
    scenario = session.scenario
    said = {each.name(scenario): adopted(each, scenario) for each in chosen} | dict(nearest or {})
    found = {name: other for name, other in said.items() if other is not None and other != scenario}
    if session.live or not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"work-{key}"):
        names, place = list(found), f"work-{key}-{session.generation}"
        name = st.selectbox("Go on from", names, key=place, width=560) or names[0]
        other = found.get(name) or found[names[0]]
        what = f"{name}, taken over from {where}"
        st.button(
            "Work with this",
            key=f"work-with-{key}",
            icon=":material/edit_note:",
            help=ABOUT_WORK,
            disabled=bool(session.problems),
            on_click=take,
            args=(session, what, other),
        )


def all_costs(session: Session) -> None:
    """Makes all services dearer or cheaper at once. A button does it: an entry that held the mean itself would be drawn
    anew by each edit of a provider's range, and what was typed meanwhile would be lost."""
    key = key_of(session, ("all costs",))
    closed = session.live or not all(
        session.may(("providers", i, "cost_deviation")) for i in range(len(session.scenario.providers))
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="all-costs"):
        st.number_input(
            "All services dearer by (%)",
            *(-50.0, 100.0, 0.0, 1.0),
            format="%g",
            key=key,
            help=ABOUT_ALL,
            width=240,
            disabled=closed,
        )
        st.button(
            "Move all ranges",
            icon=":material/move_up:",
            on_click=_move_all,
            args=(session, key),
            disabled=closed or bool(session.problems),
        )


def _move_all(session: Session, key: str) -> None:
    if by := float(typed(key) or 0.0):
        way = "dearer" if by > 0 else "cheaper"
        take(session, f"All services {plain(abs(by))}% {way} than before", shifted(session.scenario, by / 100))

"""The list of what differs from the starting design: in the menu, and where a sentence counts it."""

import streamlit as st

from ui import starting
from ui.session import Session


def label(session: Session) -> str:
    """How many entries differ that a result can follow from: 'Changed (3)'; 'Entered' where nobody had begun."""
    changes = session.changes()
    many = len(changes) - len(session.notes())
    if not many and changes:
        return "Notes changed"
    return f"{'Entered' if starting.untouched(session) else 'Changed'} ({many})"


def lines(session: Session) -> list[str]:
    """Each change; what is only noted beside entries in one line at the end."""
    notes = session.notes()
    found = [change for change in session.changes() if change not in notes]
    return [*found, f"Only noted, which changes no result: {'; '.join(notes)}"] if notes else found


def shown(session: Session) -> None:
    """The list."""
    st.markdown("\n".join(f"- {line}" for line in lines(session)))


def folded(session: Session) -> None:
    """The list behind a sentence that counts it, for a room that sees no menu; nothing where one entry differs."""
    every = len(session.changes())
    if every > 1:
        entries = every - len(session.notes()) or every
        said = f"All {entries} entries that differ, one by one" if entries > 1 else "The entry that differs, and notes"
        with st.expander(said, icon=":material/edit_note:", key="since-list", on_change="rerun") as place:
            if place.open:
                shown(session)

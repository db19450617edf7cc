"""Who has which part in the alliance looked at, and the form that gives one."""

import pandas as pd
import streamlit as st

from data import members
from data.records import ROLES, Member, Role
from ui import library as shelves
from ui import library_words as words
from ui import show
from ui.library import Shelf
from ui.range_words import literal
from ui.session import Session, typed

TAKE_AWAY = "take the part away"


def people(session: Session, found: Shelf) -> None:
    """Everybody who has a part in the alliance, and the form for another part."""
    if not session.email:
        st.markdown(words.NO_SIGN_IN)
        return
    present = members.members(found.alliance.id, session.person)
    st.markdown(f"Your part: **{found.part.role}**{_for(found.part.partner)}. {words.PARTS[found.part.role]}")
    show.table(_table(present))
    if found.part.leads:
        _form(session, found, len(present))


def _for(partner: str) -> str:
    return f" for {literal(partner)}" if partner else ""


def _table(present: list[Member]) -> pd.DataFrame:
    rows = {
        one.email: {
            "Part": f"{one.role}{_for(one.partner)}",
            "Given": f"{words.moment(one.since)} · {literal(one.who)}",
        }
        for one in present
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Account")


def _form(session: Session, found: Shelf, count: int) -> None:
    key = f"{session.generation}-{found.alliance.id}-{count}"
    st.subheader("Give a part, or take one away")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Address of the account", key=f"address-{key}", max_chars=75, width=320)
        role = st.selectbox("Part", ROLES, ROLES.index("viewer"), format_func=_named, key=f"role-{key}", width=220)
        if role == "partner":
            names = members.partners_of(found.alliance.id, session.person)
            st.selectbox("For which partner", names, key=f"for-{key}", width=320)

    def give() -> None:
        address, chosen = typed(f"address-{key}") or "", typed(f"role-{key}")
        partner = typed(f"for-{key}") or "" if chosen == "partner" else ""
        made = members.appoint(found.alliance.id, address, chosen, partner, session.person)
        session.news = _given(made)
        session.refresh()

    st.button("Record the part", on_click=shelves.tried, args=(session, give), icon=":material/person_add:")
    st.markdown("\n".join(f"- :small[{line}]" for line in words.PARTS.values()))


def _named(role: Role) -> str:
    return TAKE_AWAY if role == "none" else role


def _given(made: Member) -> str:
    if made.role == "none":
        return f"{made.email} has no part in the alliance any more."
    return f"{made.email} is {made.role}{_for(made.partner)} now; who it is can sign in and see the alliance."

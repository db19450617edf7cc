"""Who has signed in, where sign-in is configured; and the page that asks everybody to, except those who only follow."""

from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitAuthError

from data.people import Person
from ui.contents import TITLE
from ui.format import unbroken

ALONE = "One user · no sign-in"
ASK = "Sign in to go on"
ABOUT = (
    "What you may see and change depends on your part in each alliance: facilitator, partner or viewer. Whoever has a "
    "link to follow needs no account; open it as it was sent."
)
AGAIN = (
    "You came by a link. Signing in leads to the first page, so open the link once more afterwards: keep it where you "
    "find it again."
)
NO_ADDRESS = (
    "Your account gives no confirmed e-mail address, by which parts in an alliance are given: use another account."
)
BROKEN = "Sign-in is not set up rightly on this server: its secrets need every entry that docs/operations.md lists."


def account() -> Person | None:
    """Whoever has signed in; somebody without an address where there is no sign-in; None where one is still needed."""
    told = st.user.to_dict()
    if "is_logged_in" not in told:
        return Person("")
    address = told.get("email")
    if not told["is_logged_in"] or not isinstance(address, str) or "@" not in address:
        return None
    if told.get("email_verified") is False:
        return None
    return Person(str(told.get("name") or ""), address.casefold())


def signed_in() -> Person:
    """Who is asking. Stops at a page that asks to sign in where that is needed."""
    return account() or _ask()


def _ask() -> NoReturn:
    st.markdown(f"**{TITLE}**")
    st.title(ASK)
    if st.user.to_dict().get("is_logged_in"):
        st.error(NO_ADDRESS, icon=":material/error:")
        st.button("Sign out", on_click=st.logout, icon=":material/logout:")
    else:
        st.markdown(unbroken(ABOUT))
        if st.query_params.keys() & {"c", "s"}:  # they do not come back from the provider
            st.info(AGAIN, icon=":material/link:")
        if st.button("Sign in", icon=":material/login:"):
            try:
                st.login()
            except StreamlitAuthError:
                st.error(BROKEN, icon=":material/error:")
    st.stop()


def told(person: Person) -> None:
    """Who is signed in, with the way out."""
    if not person.email:
        st.markdown(f":small[{ALONE}]", help="Whoever can open this app sees and changes everything in it.")
        return
    st.markdown(f":small[Signed in as {person.signature}]")
    st.button("Sign out", on_click=st.logout, icon=":material/logout:", width="stretch")

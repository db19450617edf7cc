"""The page of a link that leads nowhere: nothing of anybody's alliance, and whom to ask."""

from typing import NoReturn

import streamlit as st

from ui.contents import TITLE

ENDED = "This link has ended, or never was one"
ASK = (
    "Links end when the facilitator ends sharing, and by themselves after some weeks. Ask the facilitator for the one "
    "that holds now, and look whether the address was copied whole."
)
ALONE = "Use the app without a link"


def tell() -> NoReturn:
    """Says so, and stops there; whoever wants may go on with a draft of its own."""
    st.markdown(f"**{TITLE}**")
    st.title(ENDED)
    st.markdown(ASK)
    st.button(ALONE, icon=":material/arrow_forward:", on_click=st.query_params.clear)
    st.stop()

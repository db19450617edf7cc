"""Ways to another page, opened at one of its tabs."""

import streamlit as st

from ui.session import Session, rewrite


def to_tab(session: Session, page: str, tabs: str, tab: str, label: str, icon: str = "arrow_forward") -> None:
    """A link to a page, such as 'pages/acceptance.py', that opens the tab of that name; `tabs`: the key of its tabs."""
    if st.button(label, key=f"to-{tabs}-{tab}", icon=f":material/{icon}:", type="tertiary"):
        rewrite(tabs, tab)
        st.switch_page(page, query_params=session.address)

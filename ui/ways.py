"""Ways to another page, opened at one of its tabs, and to another tab."""

import streamlit as st

from ui.session import Session, rewrite


def to_learn(session: Session) -> None:
    """The ways to how figures are computed and to what words mean, in one line."""
    with st.container(horizontal=True, key="to-learn"):
        page, tabs = "pages/method.py", "method-tabs"
        to_tab(session, page, tabs, "Method", "How is this computed? Method", "calculate")
        to_tab(session, page, tabs, "Glossary", "What a word means: Glossary", "menu_book")


def to_tab(
    session: Session,
    page: str,
    tabs: str,
    tab: str,
    label: str,
    icon: str = "arrow_forward",
    about: str = "",
    section: str = "",
) -> None:
    """A link to a page, such as 'pages/acceptance.py', that opens the tab of that name; `tabs`: the key of its tabs.

    `about`: the partner that this page is about, and the next one too; `section`: the key of what the page is scrolled
    down to.
    """
    down = f"-down-to-{section}" * bool(section)
    if st.button(label, key=f"to-{tabs}-{tab}{down}", icon=f":material/{icon}:", type="tertiary"):
        rewrite(tabs, tab)
        if about:
            session.whose = about
            session.keep()
        st.switch_page(page, query_params=session.address)


def to_page(session: Session, page: str, label: str) -> None:
    """A link to a page, that looks like those to its tabs."""
    if st.button(label, key=f"to-{page}", icon=":material/arrow_forward:", type="tertiary"):
        st.switch_page(page, query_params=session.address)


def to_own_tab(tabs: str, tab: str, label: str, icon: str = "arrow_forward") -> None:
    """The same to another tab of the page itself."""
    st.button(
        label, key=f"to-{tabs}-{tab}", on_click=rewrite, args=(tabs, tab), icon=f":material/{icon}:", type="tertiary"
    )

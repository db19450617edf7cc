"""A document on a page, with a list of contents that leads to its sections."""

import streamlit as st

from data import documents


def with_contents(name: str, first: str) -> None:
    """A document of docs/ by its file name; `first`: the end of the heading that is to be read first."""
    (_, introduction), *sections = documents.sections(name)
    st.markdown(f"{introduction}\n\n{contents([heading for heading, _ in sections], first)}")
    for heading, body in sections:
        st.subheader(heading, anchor=anchor(heading))
        st.markdown(body)


def contents(headings: list[str], first: str) -> str:
    """A link to each section, and one more before them."""
    leads = next(heading for heading in headings if heading.endswith(first))
    listed = "\n".join(f"- [{heading}](#{anchor(heading)})" for heading in headings)
    return f"Read first: [{first}](#{anchor(leads)}).\n\n{listed}"


def anchor(heading: str) -> str:
    """The address of a section within the page."""
    return "".join(sign if sign.isalnum() else "-" for sign in heading.lower())

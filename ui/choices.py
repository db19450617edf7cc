"""A choice of what is looked at, which is still there after another page was."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from ui.session import Session


def choice(
    session: Session,
    label: str,
    options: Sequence[str],
    first: int,
    *,
    key: str,
    width: int | Literal["stretch"] = "stretch",
    called: Callable[[str], str] = str,
    help: str | None = None,
) -> str:
    """One of some options: what was chosen last, wherever one was meanwhile, or else the first-th."""
    last = session.looked_at.get(key, "")
    at = list(options).index(last) if last in options else first
    found = st.selectbox(label, list(options), at, key=key, width=width, format_func=called, help=help)
    session.looked_at[key] = "" if found == options[first] else found
    return found

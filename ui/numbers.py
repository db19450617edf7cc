"""A number that a page asks for and no scenario holds, typed as text: what is none is told, not taken for another."""

import streamlit as st

from ui.entries import as_shown, read_back
from ui.session import Session, typed

WIDE = 300
"""Pixels of a field with a sentence below it."""
LONGEST = 40


def number(
    session: Session,
    label: str,
    low: float,
    high: float,
    value: float,
    *,
    key: str,
    width: int,
    help: str | None = None,
) -> float:
    """What is typed between two ends, `value` to begin with; while that cannot be used, the last that could.

    It is there again after another page was.
    """
    last = session.looked_at.get(key, f"{value:g}")
    wrong = typed(key) is not None and bool(_read(typed(key), label, low, high)[1])
    with st.container(width=WIDE if wrong else width, gap=None):
        text = st.text_input(label, last, key=key, help=help)
        place = st.container()  # always there, so that inputs below keep their places
    found, said = _read(text, label, low, high)
    if not said:
        session.looked_at[key] = f"{found:g}"
        return found
    example = f", such as {value:g}" if said.endswith("a number") else ""
    place.error(f"{said}{example}. What is shown is of {last}.", icon=":material/error:")
    return float(last)


def _read(text: str, label: str, low: float, high: float) -> tuple[float, str]:
    """The number in a text and, where it cannot be used, why."""
    unit = "%" if "(%" in label else ""
    found = as_shown(read_back(text, unit), unit)
    if found is None:
        return 0.0, "Type a number"
    if not isinstance(found, float):
        return 0.0, f"'{text[:LONGEST]}' is not a number"
    fits = low <= found <= high
    return found, "" if fits else f"{found:g} is too {'low' if found < low else 'high'}: from {low:g} to {high:g}"

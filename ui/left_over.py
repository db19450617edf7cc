"""Limits in pounds that are still what a word came to, beside others that were entered."""

from functools import partial

import streamlit as st

from model.acceptance import Position
from model.appetite import CHANCES, InPounds, left_from
from model.fields import Path
from model.partners import Commissioner, Provider
from ui import edits, inputs
from ui.format import either, money, percent
from ui.session import Session

KEEP = "Keep only what was entered"
ABOUT_KEEP = "Empties those that are named here, so that they are not asked. One step for undo."
CHANCE_OF = {pounds: name for name, pounds in CHANCES.items()}


def part(session: Session, path: Path, partner: Provider | Commissioner | None, position: Position | None) -> None:
    """Names the limits of the appetite at a path that nobody changed since a word was taken over, and empties them."""
    appetite = partner.appetite if partner else None
    with st.container():  # always there, so that inputs below keep their places
        if partner is None or position is None or not isinstance(appetite, InPounds):
            return
        words, left = left_from(appetite, position.yardstick, partner.reserves)
        if left:
            st.markdown(f":material/info: {sentence(appetite, words, left)}")
            edit = partial(_without, session, path, appetite, left)
            inputs.button(session, (*path, "left over"), KEEP, "playlist_remove", edit, ABOUT_KEEP)


def sentence(appetite: InPounds, words: tuple[str, ...], left: tuple[str, ...]) -> str:
    """What is left over, in pounds; a board may have set the very same itself."""
    said = {
        "loss": f"a loss of more than {money(appetite.loss or 0.0)} in at most {percent(appetite.loss_chance)}",
        "worst": f"worst 1 in 20 on average at most {money(appetite.worst or 0.0)}",
        "reserve_minimum": (
            f"reserves below {money(appetite.reserve_minimum or 0.0)} in at most {percent(appetite.reserve_chance)}"
        ),
        "tolerance": f"risk tolerance {money(appetite.tolerance or 0.0)}",
    }
    word = either([f"'{one}'" for one in words])
    return f"**Left from {word}, unless your board has said the same**: {'; '.join(said[name] for name in left)}."


def _without(session: Session, path: Path, drawn: InPounds, left: tuple[str, ...]) -> dict[str, object]:
    """The document with those limits empty; but for one that was typed in the same breath as the button was pressed."""
    node = session.value(path) or {}

    def untouched(name: str | None) -> bool:
        return name is None or node.get(name, getattr(drawn, name)) == getattr(drawn, name)

    emptied = {name: None for name in left if untouched(name) and untouched(CHANCE_OF.get(name))}
    return dict(edits.replaced(session.document, path, {**node, **emptied}))

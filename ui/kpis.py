"""A further KPI where one lands: beside the one looked at."""

from typing import Any

import streamlit as st

from model.fields import Path
from ui import inputs, lists, new_lines, panels, ways
from ui.range_words import literal
from ui.session import Session, rewrite

KRAS: Path = ("framework", "kras")
WEIGHTS = "Key result areas and weights"


def worth(session: Session) -> None:
    """The way to what levels are worth in pounds, which the terms decide."""
    st.markdown(":small[Scores are points here. What a level is worth in pounds depends on the terms of *Risk share*.]")
    label = "In pounds: Incentives › Pounds per level"
    ways.to_tab(session, "pages/incentives.py", "incentives-tabs", "Pounds per level", label)


def add(session: Session, path: Path | None) -> None:
    """A button that adds a KPI to the area of the one at a path, and then shows it; without any, the first with its
    area."""
    if path is None:
        if not session.value(KRAS):
            lists.add(session, KRAS, {**new_lines.NEW_KRA, "weight": 1.0}, "KPI")
        return
    kpis = path[:-1]
    before = len(session.value(kpis) or [])

    def added() -> dict[str, Any]:
        """With what was typed just before; pressed twice in haste, it adds one."""
        if len(session.value(kpis) or []) != before:
            return session.document
        document = new_lines.with_new(session.document, kpis, new_lines.NEW_KPI)
        name = document["framework"]["kras"][int(path[2])]["kpis"][-1]["name"]
        rewrite(panels.key_of_pick("KPI"), name)
        return document

    inputs.button(session, (*kpis, "add"), "Add a KPI", "add", added)
    kra = (session.value(path[:3]) or {}).get("name", "")
    st.markdown(f":small[It joins *{literal(kra)}* with a weight of 0; weights are under *{WEIGHTS}*.]")

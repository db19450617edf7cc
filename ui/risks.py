"""Risks on a page: how likely each is, what it costs, what else it moves, and what can be done about it."""

import copy
from functools import partial
from typing import Any

import streamlit as st

from model.fields import Path
from ui import edits, evidence, inputs, lists, new_lines, paste, range_words, registers
from ui.registers import RISKS
from ui.session import Session


def risks(session: Session) -> None:
    """All risks, with buttons that put every mitigation in place or take it away."""
    listed = session.value(RISKS) or []
    if any(risk.get("mitigation") for risk in listed):
        st.markdown("**Before or after mitigation**: every risk at once.")
        with st.container(horizontal=True):
            for label, icon, there in (("None in place", "shield", False), ("All in place", "verified_user", True)):
                edit = partial(_mitigated, session.document, there)
                inputs.button(session, (*RISKS, "mitigated", label), label, icon, edit)
    for r, _ in enumerate(listed):
        _risk(session, (*RISKS, r))
    lists.add(session, RISKS, new_lines.NEW_RISK, "risk")
    paste.table(session, registers.risks(session))


def _mitigated(document: dict[str, Any], there: bool) -> dict[str, Any]:
    """The document with every mitigation in place, or none."""
    edited = copy.deepcopy(document)
    for risk in edited["uncertainty"]["risks"]:
        if risk.get("mitigation"):
            risk["mitigation"]["in_place"] = there
    return edited


def _risk(session: Session, path: Path) -> None:
    """One risk."""
    name = str(session.value((*path, "name")) or "")
    with st.container(border=True):
        first = ("name", "when", "probability", "included")
        for place, entry in zip(st.columns([3, 1.1, 1, 0.9], vertical_alignment="bottom"), first, strict=True):
            with place:
                inputs.field(session, (*path, entry))
        for entry in first:
            inputs.problems(session, (*path, entry))
        unit = "£" if session.value((*path, "impact_in")) in (None, "pounds") else "%"
        evidence.row(session, (*path, "impact"), "Cost if it happens", unit=unit, said=f"Cost of {name}")
        unit_in, hits = st.columns([1, 3], vertical_alignment="bottom")
        with unit_in:
            inputs.field(session, (*path, "impact_in"))
        with hits:
            lists.several(session, (*path, "hits"), [p.get("name") for p in session.value(("providers",)) or []])
        _more(session, path)
        lists.remove(session, path, name)
        inputs.problems(session, path)


def _more(session: Session, path: Path) -> None:
    """Effects on KPIs and mitigation: open where there are any."""
    effects, mitigation = session.value((*path, "kpi_effects")) or [], session.value((*path, "mitigation"))
    kpis = [kpi.name for kpi in session.scenario.framework.kpis()]
    key = f"more-{'-'.join(map(str, path))}"
    with st.expander("Effects on KPIs, and mitigation", expanded=bool(effects or mitigation), key=key):
        _effects(session, (*path, "kpi_effects"), effects, kpis)
        names = ["in_place", "probability", "impact", "cost"]
        lists.optional(session, (*path, "mitigation"), names, new_lines.new_mitigation(session.value(path)))
        risks = session.scenario.uncertainty.risks
        if mitigation and not session.problems and int(path[-1]) < len(risks):
            st.markdown(range_words.mitigation(risks[int(path[-1])]))


def _effects(session: Session, path: Path, effects: list[dict[str, Any]], kpis: list[str]) -> None:
    """A line for each KPI that a risk moves in the years in which it happens."""
    for i, effect in enumerate(effects):
        kpi, change, gone = st.columns([3, 1, 0.8], vertical_alignment="bottom")
        with kpi:
            inputs.one_of(session, (*path, i, "kpi"), kpis)
        with change:
            inputs.field(session, (*path, i, "change"))
        with gone:
            edit = partial(edits.without, session.document, (*path, i))
            text = f"Remove the effect on {effect.get('kpi')}"
            inputs.button(session, (*path, i, "remove"), "Remove", "delete", edit, text)
        inputs.problems(session, (*path, i), inside=True)
    if free := [kpi for kpi in kpis if kpi not in {effect.get("kpi") for effect in effects}]:
        lists.add(session, path, {"kpi": free[0], "change": 0.0}, "KPI effect")

"""That ranges are the app's and nobody's own, where they are: for every page and paper that rests on them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from model import inert, unentered
from model.scenario import Scenario
from ui import ways
from ui.format import listed, percent, unbroken
from ui.range_words import literal
from ui.session import Session

MOST_NAMED = 4
"""Names that are written out; of more, how many there are."""
TOGETHER = {
    "between_costs": "between partners",
    "between_kpis": "between KPIs",
    "cost_and_kpis": "between costs and KPIs",
    "year_to_year": "from year to year",
}
"""What moves together, as its figures are told."""


def sentence(scenario: Scenario) -> str:
    """Whose costs and which KPIs have the range that a new one begins with, and what moves together as in a new
    alliance; nothing where all was entered."""
    costs, kpis = unentered.costs(scenario), unentered.deviations(scenario)
    said = []
    if costs:
        who = _named(costs, len(scenario.providers), "providers")
        ends = percent(float(unentered.COST.ppf(np.array(0.95))))
        said.append(
            f"How sure costs are was not entered for {who}: {_has(costs)} the ±{ends} (9 years in 10) that a new "
            "provider begins with."
        )
    if kpis:
        which = _named(kpis, len([*scenario.framework.kpis()]), "KPIs")
        said.append(
            f"How far a year may lie from its path was not entered for {which}: {_has(kpis)} the range that a new KPI "
            "begins with."
        )
    if moved := _together(scenario):
        said.append(f"Nor was how {moved}" if said else f"Nobody has entered how {moved}")
    return " ".join(said)


def told(session: Session) -> None:
    """The same on a page, with the way to where it is entered."""
    if not (said := sentence(session.scenario)):
        return
    tab = _tab(session.scenario)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="unentered"):
        st.markdown(unbroken(f":material/pending: {literal(said)}"), width="content")
        ways.to_tab(session, "pages/uncertainty.py", "uncertainty-tabs", tab, f"Uncertainty › {tab}")


def _tab(scenario: Scenario) -> str:
    """Where what is named first is entered."""
    if unentered.costs(scenario):
        return "Costs and savings"
    return "KPIs" if unentered.deviations(scenario) else "What moves together"


def _together(scenario: Scenario) -> str:
    """'costs move together: 30% between partners, 60% from year to year, as a new alliance begins with.'"""
    entries, correlations = unentered.together(scenario), scenario.uncertainty.correlations
    if not entries:
        return ""
    what = "costs and KPIs move" if inert.paid_for(scenario) else "costs move"
    figures = ", ".join(f"{percent(getattr(correlations, entry))} {TOGETHER[entry]}" for entry in entries)
    return f"{what} together: {figures}, as a new alliance begins with."


def _named(names: Sequence[str], of: int, what: str) -> str:
    """'A and B'; 'any of the 6 providers', '5 of the 6 KPIs'."""
    if len(names) <= MOST_NAMED:
        return listed([*names])
    return f"any of the {of} {what}" if len(names) == of else f"{len(names)} of the {of} {what}"


def _has(names: Sequence[str]) -> str:
    return "it has" if len(names) == 1 else "each has"

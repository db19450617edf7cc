"""That ranges are the app's and nobody's own, where they are: for every page and paper that rests on them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from model import unentered
from model.scenario import Scenario
from ui import ways
from ui.format import listed, percent, unbroken
from ui.range_words import literal
from ui.session import Session

MOST_NAMED = 4
"""Names that are written out; of more, how many there are."""
TAB = "Costs and savings"


def sentence(scenario: Scenario) -> str:
    """Whose costs and which KPIs have the range that a new one begins with; nothing where everybody's was entered."""
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
    return " ".join(said)


def told(session: Session) -> None:
    """The same on a page, with the way to where it is entered."""
    if not (said := sentence(session.scenario)):
        return
    tab = TAB if unentered.costs(session.scenario) else "KPIs"
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="unentered"):
        st.markdown(unbroken(f":material/pending: {literal(said)}"), width="content")
        ways.to_tab(session, "pages/uncertainty.py", "uncertainty-tabs", tab, f"Uncertainty › {tab}")


def _named(names: Sequence[str], of: int, what: str) -> str:
    """'A and B'; 'any of the 6 providers', '5 of the 6 KPIs'."""
    if len(names) <= MOST_NAMED:
        return listed([*names])
    return f"any of the {of} {what}" if len(names) == of else f"{len(names)} of the {of} {what}"


def _has(names: Sequence[str]) -> str:
    return "it has" if len(names) == 1 else "each has"

"""What is not known: the tabs of its page."""

from collections.abc import Mapping

import streamlit as st

from data import reference
from model import curves
from model.evidence import Distribution
from ui import acts, evidence, frame, lists, range_words, ranges, related, risks, show
from ui.format import percent
from ui.session import Session

FAR = 0.5
"""Off plan on average, as part of it, from which we ask."""


def costs(session: Session) -> None:
    scenario = session.scenario
    st.markdown("How far each provider's cost of a year may lie from plan: 5% is 5% over plan.")
    acts.all_costs(session)
    span = curves.span([provider.cost_deviation for provider in scenario.providers])
    for i, provider in enumerate(session.value(("providers",)) or []):
        who = str(provider.get("name"))
        evidence.row(session, ("providers", i, "cost_deviation"), who, span, said=f"Cost of {who}")
        if i < len(scenario.providers) and (said := doubt(scenario.providers[i].cost_deviation)):
            st.warning(said, icon=":material/help:")
    evidence.row(session, ("uncertainty", "savings_delivered"), "Savings delivered, part of what is due")
    lists.numbers(session, ("uncertainty", "delivered_by_year"), scenario.term.labels())
    uncertain = {p.name: p.cost_deviation for p in scenario.providers}
    figures(uncertain | {"Savings": scenario.uncertainty.savings_delivered}, "costs")


def doubt(off: Distribution) -> str:
    """A question where costs are so far from plan that parts of plan were rather meant, such as 96% for -4%."""
    if not -FAR <= off.mean <= FAR:
        way = "over" if off.mean > 0 else "under"
        return (
            f"On average this costs {percent(abs(off.mean))} {way} plan: is that right? "
            "Figures are off plan, so 96% of plan is −4."
        )
    return ""


def baselines(session: Session) -> None:
    scenario = session.scenario
    st.markdown("How wrong each baseline may be: one error that stays for the whole term; 5% means too low by 5%.")
    for i, provider in enumerate(session.value(("providers",)) or []):
        who = str(provider.get("name"))
        evidence.row(session, ("providers", i, "baseline_error"), who, said=f"Baseline of {who}")
    evidence.row(session, ("uncertainty", "prices"), "Prices against plan")
    uncertain = {p.name: p.baseline_error for p in scenario.providers}
    figures(uncertain | {"Prices": scenario.uncertainty.prices}, "baselines")


def kpis(session: Session) -> None:
    for a, kra in enumerate(session.value(("framework", "kras")) or []):
        for k, kpi in enumerate(kra.get("kpis", [])):
            evidence.row(session, ("framework", "kras", a, "kpis", k, "deviation"), kpi.get("name", ""))
    figures({k.name: k.deviation for k in session.scenario.framework.kpis()}, "kpis")


def events(session: Session) -> None:
    risks.risks(session)
    figures({r.name: r.impact for r in session.scenario.uncertainty.risks}, "risks")


def together(session: Session) -> None:
    related.related(session)
    matrix = curves.correlations(session.scenario)
    lead = range_words.correlations(session.scenario)
    show.chart(ranges.heat_map(matrix, frame.ink()), lead, matrix, "correlations", least=12 + 4 * len(matrix))


def public(session: Session) -> None:
    st.markdown("Published figures to set against your own.")
    st.table(reference.calibration(), hide_index=True)


def figures(uncertain: Mapping[str, Distribution], key: str) -> None:
    show.figures(curves.ranges(dict(uncertain)).round(4), f"ranges-{key}")


TABS = {
    "Costs and savings": costs,
    "Baselines and prices": baselines,
    "KPIs": kpis,
    "Risks": events,
    "What moves together": together,
    "Public data": public,
    "Assumptions": lambda session: evidence.assumed(session.scenario),
}

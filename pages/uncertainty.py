"""What don't we know, and how much?"""

import streamlit as st

from data import reference
from model import curves
from ui import evidence, frame, lists, range_words, ranges, related, risks, show
from ui.results import table, year

session = frame.open_page(needs_period=True)
scenario, unknown = session.scenario, session.scenario.uncertainty
label = scenario.term.labels()[year(session)]

title = range_words.uncertainty_title(table(session, "saving").loc[label], label)
frame.answer(title, range_words.uncertainty(scenario))

names = ["Costs and savings", "Baselines and prices", "KPIs", "Risks", "What moves together", "Public data"]
tabs = st.tabs([*names, "Assumptions"], key="uncertainty-tabs", on_change="rerun")
costs, baselines, kpis, events, together, public, assumed = tabs
partners = [(i, str(provider.get("name"))) for i, provider in enumerate(session.value(("providers",)) or [])]
if costs.open:
    with costs:
        st.markdown("How far each provider's cost of a year may lie from plan: 5% is 5% over plan.")
        span = curves.span([provider.cost_deviation for provider in scenario.providers])
        for i, who in partners:
            evidence.row(session, ("providers", i, "cost_deviation"), who, span, said=f"Cost of {who}")
        evidence.row(session, ("uncertainty", "savings_delivered"), "Savings delivered, part of what is due")
        lists.numbers(session, ("uncertainty", "delivered_by_year"), scenario.term.labels())
        uncertain = {p.name: p.cost_deviation for p in scenario.providers}
        show.figures(curves.ranges(uncertain | {"Savings": unknown.savings_delivered}).round(4), "ranges-costs")
if baselines.open:
    with baselines:
        st.markdown("How wrong each baseline may be: one error that stays for the whole term; 5% means too low by 5%.")
        for i, who in partners:
            evidence.row(session, ("providers", i, "baseline_error"), who, said=f"Baseline of {who}")
        evidence.row(session, ("uncertainty", "prices"), "Prices against plan")
        uncertain = {p.name: p.baseline_error for p in scenario.providers} | {"Prices": unknown.prices}
        show.figures(curves.ranges(uncertain).round(4), "ranges-baselines")
if kpis.open:
    with kpis:
        for a, kra in enumerate(session.value(("framework", "kras")) or []):
            for k, kpi in enumerate(kra.get("kpis", [])):
                evidence.row(session, ("framework", "kras", a, "kpis", k, "deviation"), kpi.get("name", ""))
        show.figures(curves.ranges({k.name: k.deviation for k in scenario.framework.kpis()}).round(4), "ranges-kpis")
if events.open:
    with events:
        risks.risks(session)
        show.figures(curves.ranges({r.name: r.impact for r in unknown.risks}).round(4), "ranges-risks")
if together.open:
    with together:
        related.related(session)
        matrix = curves.correlations(scenario)
        show.chart(ranges.heat_map(matrix, frame.ink()), range_words.correlations(scenario), matrix, "correlations")
if public.open:
    with public:
        st.markdown("Published figures to set against your own.")
        st.table(reference.calibration(), hide_index=True)
if assumed.open:
    with assumed:
        evidence.assumed(scenario)

"""What don't we know, and how much?"""

import streamlit as st

from data import reference
from model import curves
from ui import edits, frame, inputs, lists, panels, pictures, show, words
from ui.session import table, year

session = frame.open_page(needs_period=True)
scenario = session.scenario
label = scenario.term.labels()[year(session)]

frame.answer(words.uncertainty_title(table(session, "saving").loc[label], label), words.uncertainty(scenario))

costs, kpis, risks, together, outside = st.tabs(
    ["Costs and savings", "KPIs", "Risks", "What moves together", "What public data say"],
    key="uncertainty-tabs",
    on_change="rerun",
)
if costs.open:
    with costs:
        st.markdown("How far each provider's cost of a year may lie from plan: 5% means 5% over plan.")
        span = curves.span([provider.cost_deviation for provider in scenario.providers])
        for i, provider in enumerate(session.value(("providers",)) or []):
            panels.uncertainty(session, ("providers", i, "cost_deviation"), str(provider.get("name")), span)
        panels.uncertainty(session, ("uncertainty", "savings_delivered"), "Savings delivered, part of what is due")
        uncertain = {p.name: p.cost_deviation for p in scenario.providers}
        uncertain |= {"Savings delivered": scenario.uncertainty.savings_delivered}
        show.figures(curves.ranges(uncertain).round(4), "ranges-costs")
if kpis.open:
    with kpis:
        for a, kra in enumerate(session.value(("framework", "kras")) or []):
            for k, kpi in enumerate(kra.get("kpis", [])):
                panels.uncertainty(session, ("framework", "kras", a, "kpis", k, "deviation"), kpi.get("name", ""))
        show.figures(curves.ranges({k.name: k.deviation for k in scenario.framework.kpis()}).round(4), "ranges-kpis")
if risks.open:
    with risks:
        for r, _ in enumerate(session.value(("uncertainty", "risks")) or []):
            panels.risk(session, ("uncertainty", "risks", r))
        show.figures(curves.ranges({r.name: r.impact for r in scenario.uncertainty.risks}).round(2), "ranges-risks")
        lists.add(session, ("uncertainty", "risks"), edits.NEW_RISK, "risk")
if together.open:
    with together:
        names = ["between_costs", "between_kpis", "cost_and_kpis", "year_to_year"]
        inputs.group(session, ("uncertainty", "correlations"), names, columns=4)
        inputs.problems(session, ())
        matrix = curves.correlations(scenario)
        show.chart(pictures.heat_map(matrix, frame.ink()), words.correlations(scenario), matrix, "correlations")
if outside.open:
    with outside:
        st.markdown("Published figures to set against your own.")
        st.table(reference.calibration(), hide_index=True)

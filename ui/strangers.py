"""Actual figures of providers and KPIs that are not in the contract: they can be left out, and brought back."""

import streamlit as st

from data import actuals
from model.scenario import Scenario
from ui.format import listed
from ui.range_words import literal
from ui.session import Session

LEFT_OUT = "Left out: {}. 'Bring back the figures before' brings that back."


def of(scenario: Scenario, sheet: actuals.Sheets) -> tuple[list[str], list[str]]:
    """Providers and KPIs that a sheet has figures of and the contract has not."""
    providers = [provider.name for provider in scenario.providers]
    return actuals.strangers(sheet, providers, [kpi.name for kpi in scenario.framework.kpis()])


def offer(session: Session, sheet: str) -> None:
    """A button that leaves out figures of whoever is not in the contract, where there are any."""
    with st.container():  # always there, so that inputs below keep their places
        costs, kpis = of(session.scenario, session.sheets.get(sheet, {}))
        if not (costs or kpis) or not session.may_fill(sheet):
            return
        what = _what(costs, kpis)
        key, left_out = f"strangers-{sheet}", (session, sheet, costs, kpis, what)
        icon = ":material/delete:"
        st.button(f"Leave out {literal(what)}", key=key, icon=icon, on_click=_leave_out, args=left_out)


def _what(costs: list[str], kpis: list[str]) -> str:
    """'what A and B cost', 'the values of C'."""
    if not kpis:
        return f"what {listed(costs)} cost"
    return f"the {'figures' if costs else 'values'} of {listed([*costs, *kpis])}"


def _leave_out(session: Session, sheet: str, costs: list[str], kpis: list[str], what: str) -> None:
    session.put_sheet(sheet, actuals.without(session.sheets[sheet], costs, kpis), keep_former=True)
    session.refresh()
    session.news = LEFT_OUT.format(what)

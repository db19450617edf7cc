"""The fields of stress tests: what a reader sets, and the stresses that this makes."""

import streamlit as st

from model import stress
from model.framework import LEVELS
from ui import stress_words, ways
from ui.choices import choice
from ui.format import listed
from ui.numbers import number
from ui.session import Session

SIZES = (-0.05, 0.02, 0.03, 0.05)
"""How much dearer, or cheaper, everybody is in the first stresses."""


def chosen(session: Session) -> list[stress.Stress]:
    """The stresses, some of a size that the reader sets."""
    scenario = session.scenario
    labels, names = scenario.term.labels(), [provider.name for provider in scenario.providers]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = stress_words.ABOUT_COSTS
        costs = number(session, "Costs higher (%)", -20.0, 50.0, 1.0, key="stress-cost", width=150, help=about)
        dear = _span(session, labels, "Higher", "stress-dear", 0, len(labels))
        about = stress_words.about_points(scenario)
        points = number(session, "Inflation (points)", -10.0, 30.0, 3.0, key="stress-prices", width=150, help=about)
        years = _span(session, labels, "Points", "stress", 1, 2)
        dearer = choice(session, "Only one provider dearer", names, 0, key="stress-dearer", width=240)
        own = number(session, "Its costs higher (%)", -20.0, 50.0, 5.0, key="stress-own", width=150)
        fails = choice(session, "Provider that fails or leaves", names, 0, key="stress-fails", width=240)
        year = choice(session, "From", labels, min(1, len(labels) - 1), key="stress-year", width=120)
        about = "What others ask more for its services."
        premium = number(session, "At more cost (%)", 0.0, 100.0, 15.0, key="stress-premium", width=150, help=about)
        scored = _scored(session, labels) if scenario.framework.kras else []
    st.markdown(f":small[{stress_words.sizes(scenario, points / 100)}]")
    ways.to_tab(session, "pages/walk.py", "walk-future", "My own figures", stress_words.ONE_YEAR)
    some = () if dear == (0, len(labels) - 1) else (stress.CostsWorse(costs / 100, dear),)
    single: list[stress.Single] = [
        *(stress.CostsWorse(part) for part in sorted({*SIZES, *([] if some else [costs / 100])})),
        *some,
        stress.OneDearer(names.index(dearer), own / 100),
        *([stress.SavingsLate()] if any(p.required_saving for p in scenario.providers) else []),
        stress.InflationShock(points / 100, *years),
        *scored,
        stress.CorrelationsDoubled(),
        stress.ProviderFails(names.index(fails), labels.index(year), premium / 100),
    ]
    return [*single, *_together(session, single)]


def _scored(session: Session, labels: tuple[str, ...]) -> list[stress.Single]:
    """Every KPI at a level, in all years or in some."""
    about = stress_words.ABOUT_LEVELS
    level = choice(session, "Every KPI at", LEVELS, 0, key="stress-level", width=150, help=about)
    years = _span(session, labels, "KPIs", "stress-kpis", 0, len(labels))
    at = next(one for one in LEVELS if one == level)
    return [stress.KpisAt(at, None if years == (0, len(labels) - 1) else years)]


def _span(session: Session, labels: tuple[str, ...], what: str, key: str, first: int, many: int) -> tuple[int, int]:
    """The first and the last year of a stress, counted from 0; begins at `first` and with so `many` years."""
    since = choice(session, f"{what} from", labels, min(first, len(labels) - 1), key=f"{key}-since", width=120)
    later = labels[labels.index(since) :]
    until = choice(session, f"{what} to", later, min(many, len(later)) - 1, key=f"{key}-until", width=120)
    return labels.index(since), labels.index(until)


def _together(session: Session, single: list[stress.Single]) -> list[stress.Together]:
    """Those that the reader wants to see at once; none while fewer than two are chosen."""
    by_name = {each.name(session.scenario): each for each in single}
    hint = "Choose two or more to see them at once"
    chosen = st.multiselect("Together", list(by_name), key="stress-together", placeholder=hint)
    *without, counts = [name for name in chosen if isinstance(by_name[name], stress.CostsWorse)] or [""]
    if without:
        st.markdown(f"Costs change by one figure at a time: *{counts}* counts, {listed(without)} not.")
    at_once = [by_name[name] for name in chosen if name not in without]
    return [stress.Together(tuple(at_once))] if len(at_once) > 1 else []

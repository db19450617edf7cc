"""The parts of the page on incentives: what each tab shows. Each returns the answer."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from model import alignment, cliffs, curves, incentives, inert, luck, rewards, weighting
from model.framework import LEVELS
from model.rewards import ERROR, POINTS
from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui import frame, luck_words, reward_words, shares, show
from ui import incentive_charts as figures
from ui import incentive_words as words
from ui.choices import choice
from ui.format import chance, signed, unbroken
from ui.numbers import number
from ui.results import expected_score, jumps, of_draws, results, year
from ui.session import Session

SHOWN = 25
"""Terms in the chart; the table has them all."""


def pence(session: Session) -> str:
    """What the next pound saved brings each partner, and at which savings."""
    scenario, labels = session.scenario, session.scenario.term.labels()
    chosen = None if session.period == TERM else labels.index(session.period)
    table = of_draws(session, incentives.pence, chosen)
    said = words.pence(table, session.period)
    partners = table.drop(index=[PROVIDERS, COMMISSIONERS])
    show.chart(figures.of_a_pound(partners, frame.ink()), said, table.round(4), "pence")
    _over_the_range(session)
    if incentives.depends_on_saver(scenario):
        st.subheader("Who saves the pound")
        by_saver = of_draws(session, incentives.by_saver, chosen)
        st.markdown(words.savers(by_saver))
        show.table(by_saver.map(words.in_pence).rename_axis("Saved by"))
    return words.pence_title(table, session.period)


def _over_the_range(session: Session) -> None:
    """The next pound at every saving, and where payments jump."""
    scenario, at = session.scenario, year(session)
    label, ops = scenario.term.labels()[at], expected_score(session, at)
    likely = curves.likely_saving(results(session), at)
    reach = curves.reach(scenario, likely, at)
    slopes = cliffs.marginal(scenario, at, ops, reach)
    found = jumps(session)
    along = found[(found.index == cliffs.SAVING) & (found["at"].abs() <= reach)]
    marks = {f"jumps by {signed(row['jump'])}": float(row["at"]) for _, row in along.iterrows()}
    st.subheader("Over the whole range of outturns")
    figure = figures.by_saving(slopes, frame.ink(), likely if likely[0] < likely[1] else None, marks)
    show.chart(figure, words.curve(slopes, label, ops), slopes.round(4), "by-saving")
    st.subheader("Where a payment jumps")
    for sentence in words.jumps(cliffs.in_words(found, scenario, at, ops), label):
        st.markdown(unbroken(sentence))
    if not found.empty:
        show.figures(found.round(6), "cliffs")


def levels(session: Session) -> str:
    """What one level of each KPI is worth, and which KPIs are paid twice."""
    scenario, at = session.scenario, year(session)
    if not scenario.framework.kras:
        st.markdown("Add key result areas and KPIs under *Performance framework*.")
        return reward_words.NO_KPIS
    names = [f"{low} to {high}".capitalize() for low, high in pairwise(LEVELS)]
    usual = LEVELS.index("stretch") - 1
    step = choice(session, "One level", names, usual, key="level-of-kpis", width=280)
    level = LEVELS[names.index(step) + 1]
    table = of_draws(session, rewards.levels, at, level)
    said = reward_words.levels(table, level, scenario.term.labels()[at])
    show.chart(figures.worth(table[PROVIDERS], frame.ink()), said, table.round(2), "levels")
    partners = table.drop(columns=[POINTS, ERROR, PROVIDERS, COMMISSIONERS])
    show.table(partners.map(lambda pounds: unbroken(signed(pounds) if abs(pounds) >= 0.5 else "£0")))
    st.markdown(unbroken(shares.poor_care(session, at)))
    st.markdown(unbroken(shares.low_scores(session, at)))
    _weights(session)
    st.subheader("Paid twice for the same thing?")
    both = of_draws(session, rewards.twice)
    for sentence in reward_words.twice(both):
        st.markdown(unbroken(sentence))
    for risk, kpis in rewards.hit_twice(scenario):
        st.markdown(reward_words.hit_twice(risk, kpis))
    show.figures(both.round(4), "twice")
    return reward_words.levels_title(table, scenario.term.labels()[at])


def _weights(session: Session) -> None:
    """Which weight matters; settled only once somebody asks."""
    with st.expander("Which weight matters?", icon=":material/balance:", key="weights", on_change="rerun") as place:
        if place.open:
            with st.spinner("Settling every future with each weight…"):
                table = of_draws(session, weighting.heavier)
            st.markdown(unbroken(reward_words.heavier(table)))
            if not table.empty:
                show.table(reward_words.weights(table))


def idle(session: Session) -> str:
    """What each term does, and which do nothing."""
    with st.spinner("Settling every future without each term…"):
        table = of_draws(session, inert.effects)
    unweighted = inert.unweighted(session.scenario)
    if table.empty:
        st.markdown("Nothing is shared: no band, cap, corridor, modifier or pool is set.")
        return "No term of the risk share is set, so none does nothing"
    for sentence in words.inert(table, unweighted, session.draws):
        st.markdown(sentence)
    shown = table["changes"].head(SHOWN)
    show.chart(figures.often(shown, frame.ink()), words.effects(table), table.round(6), "terms")
    return words.inert_title(table, unweighted)


def together(session: Session) -> str:
    """How often all win or all lose, and who part company."""
    providers = [provider.name for provider in session.scenario.providers]
    table = of_draws(session, alignment.alignment, session.period)
    table = table if len(providers) > 1 else table.drop(index=alignment.PROVIDERS)
    show.chart(figures.ways(table, frame.ink()), luck_words.aligned(table), table.round(4), "aligned")
    st.subheader("Who part company")
    parting = of_draws(session, alignment.parting, session.period)
    said = luck_words.parted(parting, providers, session.period)
    show.chart(figures.apart(parting, frame.ink()), said, parting.round(4), "parting", least=12 + 5.6 * len(parting))
    return luck_words.aligned_title(table, session.period)


def by_luck(session: Session) -> str:
    """What is paid or charged if nothing truly changes."""
    at = year(session)
    limit = number(session, "Small is a chance below (%)", 1.0, 50.0, 100 * luck.RARE, key="luck-limit", width=220)
    with st.spinner("Drawing futures in which nothing truly changes…"):
        found = of_draws(session, luck.luck, at, session.seed)
    st.markdown(unbroken(luck_words.luck(found)))
    names = {luck.PEOPLE: "Times as many people in KPIs", luck.YEARS: "Years settled as one"}
    pain = {names[what]: curve["pain"] for what, curve in found.curves.items()}
    full = pd.concat(found.curves, names=["more", "times"]).round(4)
    show.chart(figures.rarer(pain, limit / 100, frame.ink()), luck_words.how_many(found, limit / 100), full, "luck")
    label = session.scenario.term.labels()[at]
    shown = found.chances[[name for name in found.chances if not name.endswith("s.e.")]].map(chance)
    show.table(shown.rename(columns=lambda name: name.capitalize().replace("a year", label)).rename_axis("Partner"))
    show.figures(found.chances.round(4), "luck-chances")
    return luck_words.luck_title(found, label)

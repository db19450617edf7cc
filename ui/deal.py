"""The deal in a few sentences for one partner: what is shared, one year as an example, performance, and caps."""

import pandas as pd
import streamlit as st

from model import cost_clauses, curves
from model.base import as_percent
from model.contract import RiskShare
from model.curves import ROUND
from model.limited_by import NOTHING
from model.scenario import Scenario
from model.tables import TERM, circumstances, partner_names
from model.terms import terms
from ui import board_words, share_words, ways
from ui.board_words import got
from ui.format import listed, money, percent, points
from ui.range_words import literal
from ui.results import expected_score
from ui.session import Session

TITLE = "The deal in one example"
NOTICED = 0.5
"""Pounds within which a partner gains or bears the same."""
ENDS = (-100.0, 100.0)
"""The worst and the best performance score."""


def folded(session: Session, name: str) -> None:
    """The deal for who has not read the contract, folded, and the way to every term."""
    place = st.expander(TITLE, key="deal", on_change="rerun", icon=":material/handshake:")
    if place.open:
        with place:
            st.markdown("\n".join(f"- {line}" for line in sentences(session, name)))
            ways.to_page(session, "pages/risk_share.py", "Every term: Risk share")


def sentences(session: Session, name: str) -> list[str]:
    """What is shared, what that comes to in the first year in which everything counts, and what limits it."""
    scenario = session.scenario
    at = curves.reference_year(scenario, TERM)
    score = expected_score(session, at)
    said = [shared(scenario), example(scenario, name, at, score), performance(scenario, name, at)]
    return [line for line in [*said, limit(scenario, name, at)] if line]


def shared(scenario: Scenario) -> str:
    """What happens where a year costs more or less than target."""
    if cost_clauses.separate(scenario):
        return "Nothing is pooled: each provider keeps what it saves against its target cost and bears what is over it."
    rest = " What is not pooled each has by itself." if any(one.pooled < 1 for one in scenario.providers) else ""
    return (
        "Costs are paid as they fall; what they come to above or below target cost is then shared, as pain or gain. "
        f"{_of_overspend(scenario.risk_share)}{rest}"
    )


def _of_overspend(share: RiskShare) -> str:
    """Which part of an overspend is the providers', from where to where."""
    bands, corridor = share.pain_bands, share.pain_corridor
    if not any(band.share for band in bands):
        return "Providers bear nothing of an overspend."
    single = len(bands) == 1 and bands[0].is_open
    ends = "" if single else f" {share_words.beyond_in_short(bands, 'pain', corridor)}"
    start = ""
    if corridor.kind != "none" and corridor.width:
        from_there = " beyond the first {}" if corridor.kind == "deductible" else " once it is {}"
        start = f"{from_there.format(as_percent(corridor.width))} of target cost"
    part = as_percent(round(bands[0].share, 3))
    return f"Providers bear {part} of an overspend{start}{f' ({ends[1].lower()}{ends[2:]})' if ends else ''}."


def example(scenario: Scenario, name: str, at: int, score: float) -> str:
    """A round overspend of a year, with what part of it is this partner's, and the same saving."""
    curve, label = curves.share_curve(scenario, at, score, ROUND), scenario.term.labels()[at]
    target = float(scenario.target_cost()[at].sum())
    said = board_words.example(scenario, name, curve, label, target, score)
    found = gains(scenario, name, at, score)
    part = _part(curve, name) if not cost_clauses.separate(scenario) else ""
    return f"{said.removesuffix('.')}{part}. At {percent(ROUND)} less than target it would {got(found[ROUND])}."


def _part(curve: pd.DataFrame, name: str) -> str:
    """', 5.5% of the providers' part', of a provider where they bear anything."""
    row = curve.loc[curve.index[0]]
    borne = -float(row.sum())
    if name not in row or borne < NOTICED:
        return ""
    return f", {percent(-float(row[name]) / borne)} of the providers' part"


def performance(scenario: Scenario, name: str, at: int) -> str:
    """What the worst and the best score make of the same overspend, or of the same saving where only that moves."""
    worst, best = (gains(scenario, name, at, score) for score in ENDS)
    for saving, what in ((-ROUND, "that overspend"), (ROUND, "that saving")):
        if abs(best[saving] - worst[saving]) >= NOTICED:
            ends = [
                f"{got(gain[saving])} at the {end} score ({points(score)})"
                for gain, end, score in zip((worst, best), ("worst", "best"), ENDS, strict=True)
            ]
            return f"Performance moves it too: with {what} it would {listed(ends)}."
    return "Performance does not move it."


def limit(scenario: Scenario, name: str, at: int) -> str:
    """What caps leave of it in that year; nothing where nothing can be lost."""
    ends = circumstances(scenario).loc[name]
    if ends["loss_limit"] < NOTICED:
        return ""
    label, endless = scenario.term.labels()[at], ends["limited_by"] == NOTHING
    caps = _caps(scenario, name, at)
    if name not in [one.name for one in scenario.providers]:
        over = f" In {label} {listed(caps)}; the commissioners bear what is over that." if caps else ""
        return f"Nothing limits what it can bear.{over}" if endless else ""
    if not caps:
        return "No cap limits what it can lose."
    return f"Caps limit {'only what is shared' if endless else 'it'}: in {label} {listed(caps)}."


def _caps(scenario: Scenario, name: str, at: int) -> list[str]:
    """The most that the providers together bear in a year, and that one of them does by its own cap."""
    together, found = curves.limits(scenario, at), []
    cost = float(terms(scenario).limits.cost_pain[at, 0])
    if most := -together.get("cap on total pain", 0.0):
        found.append(f"the providers together bear at most {money(most)}")
    elif cost < float("inf"):
        found.append(f"the providers together bear at most {money(cost)} for cost")
    for one, own in zip(scenario.providers, terms(scenario).pain_cap[at], strict=True):
        if one.name == name and own < float("inf"):
            found.append(f"{literal(name)} by itself at most {money(float(own))}")
    return found


def gains(scenario: Scenario, name: str, at: int, score: float) -> "pd.Series[float]":
    """What a partner gains from a round overspend and a round saving of a year; index: the saving."""
    ends = [-ROUND, ROUND]
    if name in partner_names(scenario)[: len(scenario.providers)]:
        return curves.share_curve(scenario, at, score, ROUND)[name].iloc[[0, -1]].set_axis(pd.Index(ends))
    return curves.left_curve(scenario, at, score, ends)[name]

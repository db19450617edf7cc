"""What a board reads of what its ranges leave out or hide: a few stresses, and the risks one by one."""

from collections.abc import Callable

import pandas as pd

from model import effects
from model.failing import ProviderFails
from model.regret import PREMIUM, SHOCK
from model.scenario import Scenario
from model.stress import InflationShock, KpisAt, SavingsLate, Single
from model.tables import circumstances
from model.uncertainty import Risk
from ui import stress_words, trials
from ui.burden_words import SMALLEST
from ui.format import either, money, percent, signed
from ui.results import effect
from ui.session import Session

MOST_RISKS = 8
"""Risks that are written out."""


def chosen(scenario: Scenario, name: str) -> list[Single]:
    """Dearer prices, late savings, KPIs at failure, and the end of the largest provider but the one that reads this."""
    last, costs = scenario.term.horizon - 1, scenario.target_cost().sum(axis=0)
    others = [i for i, provider in enumerate(scenario.providers) if provider.name != name]
    return [
        InflationShock(SHOCK, *((1, 2) if last else (0, 0))),
        *([SavingsLate()] if any(p.required_saving for p in scenario.providers) else []),
        *([KpisAt()] if scenario.framework.kras else []),
        *([ProviderFails(max(others, key=lambda i: costs[i]), min(1, last), PREMIUM)] if others else []),
    ]


def stresses(session: Session, name: str) -> pd.DataFrame:
    """What each stress does to a partner's mean, and who would then refuse, written for reading."""
    scenario, now = session.scenario, effect(session)
    rows = {}
    for each in chosen(scenario, name):
        found = effect(session, each)
        change = float(effects.change(found, now).loc[name, "mean"])
        before = now.value("mean", name)
        rows[each.name(scenario)] = {
            "What would happen": each.sentence(scenario),
            "Mean changes by": signed(change),
            f"… from {signed(before)} to": signed(before + change),
            "… loss, % of reserves": _of_reserves(scenario, name, before + change),
            "Would everyone sign?": stress_words.signers(trials.there(scenario, each, found)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Stress")


def brief(scenario: Scenario, each: Single) -> str:
    """A stress by name, with what of it the name leaves out: 'A fails (from 2023-24, its services 15% dearer)'."""
    labels, name = scenario.term.labels(), each.name(scenario)
    if isinstance(each, ProviderFails):
        return f"{name} (from {labels[each.year]}, its services {percent(each.premium)} dearer)"
    if isinstance(each, InflationShock):
        first, last = labels[each.first], labels[each.last]
        return f"{name} ({first if first == last else f'{first} to {last}'})"
    return name


def question(scenario: Scenario, name: str) -> str:
    """What the stresses ask, the failure first: 'If Housing charity fails, prices rise or savings come late'."""
    asked = sorted(chosen(scenario, name), key=lambda each: not isinstance(each, ProviderFails))
    return f"If {either([_happens(scenario, each) for each in asked])}"


def _happens(scenario: Scenario, each: Single) -> str:
    if isinstance(each, ProviderFails):
        return each.name(scenario)
    if isinstance(each, KpisAt):
        return "KPIs fail"
    return "prices rise" if isinstance(each, InflationShock) else "savings come late"


def _of_reserves(scenario: Scenario, name: str, result: float) -> str:
    held = circumstances(scenario).loc[name, "reserves"]
    return percent(-result / held) if held > 0 and result < -SMALLEST else "–"


def heading(scenario: Scenario) -> str:
    """What stands above what the ranges leave out, and above the risks in them where there are any."""
    return "What is in these ranges, and what is not" if risks(scenario) else "What is not in these ranges"


def risks(scenario: Scenario) -> str:
    """The risks that are counted, with their chance and cost, in a sentence; nothing where none is."""
    found = _listed(scenario, _risk)
    return f"Risks in these ranges, with their chance and mean cost: {found}." if found else ""


def names(scenario: Scenario) -> str:
    """The same by name alone, where there is little room."""
    found = _listed(scenario, lambda risk: risk.name)
    return f"Risks in these ranges: {found}." if found else ""


def _listed(scenario: Scenario, said: Callable[[Risk], str]) -> str:
    """The first risks that are counted, as they are said, and how many more there are."""
    counted = [risk for risk in scenario.uncertainty.risks if risk.included]
    more = [f"and {len(counted) - MOST_RISKS} more in the assumptions log"] if len(counted) > MOST_RISKS else []
    return "; ".join([*map(said, counted[:MOST_RISKS]), *more])


def _risk(risk: Risk) -> str:
    """'More agency staff than planned (30% a year, £617k)'."""
    measure = risk.in_force
    likely, left = (measure.probability, measure.impact) if measure else (risk.probability, 1.0)
    cost = risk.impact.mean * left
    said = money(cost) if risk.impact_in == "pounds" else f"{percent(cost)} of planned cost"
    once = "in the term" if risk.when == "once" else "a year"
    return f"{risk.name} ({percent(likely)} {once}, {said}{', mitigated' if measure else ''})"

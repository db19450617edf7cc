"""Which design to choose when nobody knows which situation will come: regret across views and stresses.

Regret is what a design brings less than the best of the designs would have brought in the same situation (Savage 1951).
Two rules that need no chances: the smallest largest regret (minimax regret), and the best worst case (maximin, Wald
1950). They may disagree, and both depend on which designs and situations are looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.base import PENNY, Floats
from model.comparison import Outlook, drawn_like, futures, outlook
from model.documents import from_document, to_document
from model.failing import ProviderFails
from model.fields import at
from model.plan import Plan
from model.scenario import Scenario
from model.simulate import Case
from model.statistics import standard_error
from model.stress import CorrelationsDoubled, CostsWorse, InflationShock, SavingsLate, Stress
from model.tables import partner_names
from model.views import disputed

DRAWS = 4_096
"""Futures of each design in each situation."""
DEARER = (0.02, 0.05)
SHOCK, PREMIUM = 0.03, 0.15
"""Points of inflation in each of two years; what others ask for the services of a provider that fails."""

ALLIANCE = "The alliance: smallest slack of all partners"
AS_IT_IS = "As entered"


class Situation(NamedTuple):
    """Something that may turn out to be so, whatever the design."""

    name: str
    sentence: str
    of: Callable[[Scenario], Case]
    """A design as it is in this situation."""


class Choice(NamedTuple):
    """What a rule chooses: one design, or several that are equally good by it, and what they come to."""

    designs: tuple[str, ...]
    pounds: float


def regret(table: pd.DataFrame) -> pd.DataFrame:
    """What each design brings less than the best design in the same situation: designs down, situations across."""
    return table.max(axis=0) - table


def minimax_regret(table: pd.DataFrame) -> Choice:
    """The design whose largest regret is smallest."""
    largest = regret(table).max(axis=1)
    return Choice(tuple(largest.index[largest <= largest.min() + PENNY]), float(largest.min()))


def maximin(table: pd.DataFrame) -> Choice:
    """The design whose worst situation is best."""
    worst = table.min(axis=1)
    return Choice(tuple(worst.index[worst >= worst.max() - PENNY]), float(worst.max()))


def situations(designs: Sequence[Scenario]) -> tuple[Situation, ...]:
    """As entered; each person's views alone; stresses. Only those that mean the same in every design."""
    first = designs[0]
    views = [
        Situation(f"{person} is right", f"Wherever {person} gave a view, it alone counts.", partial(_alone, person))
        for person in experts(first)
        if all(person in experts(other) for other in designs)
    ]
    years = (1, 2) if all(one.term.horizon > 1 for one in designs) else (0, 0)
    stresses: list[Stress] = [
        *(CostsWorse(part) for part in DEARER),
        *([SavingsLate()] if any(p.required_saving for one in designs for p in one.providers) else []),
        InflationShock(SHOCK, *years),
        CorrelationsDoubled(),
    ]
    shared = [p.name for p in first.providers if all(p.name in partner_names(one) for one in designs)]
    return (
        Situation(AS_IT_IS, "Everything as it is entered in each design.", Case.of),
        *views,
        *(Situation(s.name(first), s.sentence(first), partial(_stressed, s)) for s in stresses),
        *(_failure(name, first) for name in shared if all(_provider(one, name) is not None for one in designs)),
    )


def experts(scenario: Scenario) -> list[str]:
    """Everybody whose view is one of several on some quantity, in the order of first appearance."""
    document = to_document(scenario)
    return list(dict.fromkeys(view["name"] for one in disputed(scenario) for view in at(document, one.path)["views"]))


def _alone(person: str, scenario: Scenario) -> Case:
    """The design with this person's view, by itself, wherever there is one among several."""
    document = to_document(scenario)
    for one in disputed(scenario):
        *steps, last = one.path
        owner = at(document, steps)
        owner[last] = next((v["view"] for v in owner[last]["views"] if v["name"] == person), owner[last])
    return Case.of(from_document(document))


def _stressed(stress: Stress, scenario: Scenario) -> Case:
    return stress.apply(Case.of(scenario))


def _failure(name: str, first: Scenario) -> Situation:
    """A provider fails after the first year, or at once where there is only one."""
    stress = _failing(name, first)
    return Situation(stress.name(first), stress.sentence(first), lambda one: _stressed(_failing(name, one), one))


def _failing(name: str, scenario: Scenario) -> ProviderFails:
    return ProviderFails(_provider(scenario, name) or 0, min(1, scenario.term.horizon - 1), PREMIUM)


def _provider(scenario: Scenario, name: str) -> int | None:
    """The number of a provider; None where it is not one here."""
    return next((i for i, p in enumerate(scenario.providers) if p.name == name), None)


def tried(design: Scenario, situation: Situation, like: Plan, n: int, seed: int) -> Outlook:
    """A design in a situation, on the random numbers of a plan."""
    case = situation.of(design)
    return outlook(design, futures(case, drawn_like(case.plan, like, n, seed)))


class Outcomes(NamedTuple):
    """D designs in S situations: what they bring whom, pounds, (D, S), and each replicate of it, (R, D, S)."""

    table: pd.DataFrame
    replicates: Floats

    def errors(self) -> pd.DataFrame:
        """Monte Carlo standard errors of the regrets; those of the best design are 0, because nothing beats it."""
        best = self.table.to_numpy().argmax(axis=0)
        chosen = self.replicates[:, best, np.arange(self.table.shape[1])]
        found = np.apply_along_axis(standard_error, 0, chosen[:, None, :] - self.replicates)
        return pd.DataFrame(found, index=self.table.index, columns=self.table.columns)


def outcomes(found: Mapping[str, Mapping[str, Outlook]], whose: str) -> Outcomes:
    """What designs (keys) bring in situations (keys of each): a partner's mean, or the smallest slack of `ALLIANCE`."""
    values = np.array([[_brings(one, whose) for one in row.values()] for row in found.values()])
    columns = pd.Index(list(next(iter(found.values()))), name="situation")
    table = pd.DataFrame(values[:, :, 0], index=pd.Index(list(found), name="design"), columns=columns)
    return Outcomes(table, np.moveaxis(values[:, :, 1:], -1, 0))


def _brings(one: Outlook, whose: str) -> Floats:
    return one.slack if whose == ALLIANCE else one.of("mean", whose)

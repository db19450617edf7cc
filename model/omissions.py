"""What a scenario leaves out: what its ranges do not know about, for whoever relies on them."""

import re
from collections.abc import Iterable

from model.scenario import Scenario
from model.wording import listed

BUDGET_CUT = "a cut of the commissioners' budget"
NEVER = (
    "a partner that leaves or fails",
    BUDGET_CUT,
    "a change of law or of the contract itself",
    "when in the year cash is paid",
    "how people act once it pays them",
)
"""What no draw knows about, unless a risk speaks of it."""
SPEAKS_OF_A_CUT = re.compile(
    r"(?=.*\b(?:budgets?|funding|funds)\b)(?=.*\b(?:cuts?|cutting|reduced|reductions?)\b)", re.I
)
"""A risk with such a name is of a cut of the budget; whether it is counted or switched off is said of it by name."""


def omissions(scenario: Scenario) -> tuple[str, ...]:
    """One sentence for each thing that the draws take as certain or leave out; the last one holds for any scenario."""
    uncertainty, kpis = scenario.uncertainty, [*scenario.framework.kpis()]
    off = [f"'{risk.name}'" for risk in uncertainty.risks if not risk.included]
    certain = [
        _taken("the baselines of", (p.name for p in scenario.providers if not p.baseline_error.sd)),
        _taken("the yearly costs of", (p.name for p in scenario.providers if not p.cost_deviation.sd)),
        _taken("the values of", (kpi.name for kpi in kpis if not kpi.deviation.sd and kpi.people is None)),
        "prices" if not uncertainty.prices.sd else "",
        "the delivery of savings" if _saves(scenario) and not uncertainty.savings_delivered.sd else "",
    ]
    found = [f"Risks that are switched off: {listed(off)}."] if off else []
    if not uncertainty.risks:
        found.append("No single risk is listed.")
    found += [f"Taken as certain: {what}." for what in certain if what]
    return (*found, _never(scenario))


def _never(scenario: Scenario) -> str:
    """What no draw knows about, less what a risk speaks of."""
    spoken = any(SPEAKS_OF_A_CUT.match(risk.name) for risk in scenario.uncertainty.risks)
    left = ", ".join(one for one in NEVER if not (spoken and one == BUDGET_CUT))
    return f"Not in any range: {left}, and whatever nobody has thought of."


def _taken(what: str, names: Iterable[str]) -> str:
    found = list(names)
    return f"{what} {listed(found)}" if found else ""


def _saves(scenario: Scenario) -> bool:
    return any(p.required_saving for p in scenario.providers)

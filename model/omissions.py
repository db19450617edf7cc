"""What a scenario leaves out: what its ranges do not know about, for whoever relies on them."""

from collections.abc import Iterable

from model.scenario import Scenario
from model.wording import listed

NEVER = (
    "A partner that leaves or fails, a cut of the commissioners' budget, a change of law or of the contract itself, "
    "and whatever nobody has thought of."
)


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
    return (*found, NEVER)


def _taken(what: str, names: Iterable[str]) -> str:
    found = list(names)
    return f"{what} {listed(found)}" if found else ""


def _saves(scenario: Scenario) -> bool:
    return any(p.required_saving for p in scenario.providers)

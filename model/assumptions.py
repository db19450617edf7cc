"""Everything that a scenario assumes: each uncertain input in a sentence with the reason given for it, and what is
certain where a note says where it comes from."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import numpy as np
import pandas as pd

from model import cost_clauses, unentered
from model.amounts import LowerOf, OfFee, OfTarget, Pounds, Uncapped
from model.appetite import CHANCES, InPounds
from model.bands import Band
from model.base import OWNERS_UNIT, Value, as_percent, as_pounds
from model.choices import KIND_NAMES
from model.contract import RiskShare
from model.cost_clauses import Side
from model.dependence import Correlations, Pair, TCopula
from model.documents import amount, to_document, where
from model.evidence import Distribution, FromData, Pool
from model.fields import Path, empty_of, unit_of, walk
from model.framework import KPI
from model.partners import AS_GROWN, Provider
from model.scenario import Scenario
from model.uncertainty import Mitigation, Risk, Uncertainty
from model.wording import listed, sum_of

NO_REASON = "no reason given"
ENTERED = "as entered"
BEGUN = "as a new {} begins with; nobody has entered it"
FIGURES = 3
"""Significant figures that a range is stated with."""

NAMES = {
    "fixed": "fixed",
    "uniform": "uniform",
    "triangular": "triangular",
    "pert": "PERT",
    "normal": "normal",
    "student_t": "Student t",
    "lognormal": "lognormal",
    "beta": "beta",
    "three_points": "from P10, P50 and P90",
}


UNCERTAIN: dict[type[Value], tuple[str, ...]] = {
    Provider: ("cost_deviation", "baseline_error"),
    KPI: ("deviation",),
    Uncertainty: ("savings_delivered", "delivered_by_year", "prices"),
    Risk: ("probability", "impact"),
    Correlations: ("between_costs", "between_kpis", "cost_and_kpis", "year_to_year", "copula"),
    Pair: ("correlation",),
}
"""Entries that are listed whether a note says where they come from or not."""
BANDS: dict[str, Side] = {"gain_bands": "gain", "pain_bands": "pain"}


class Assumption(NamedTuple):
    """One input: what it is, what is assumed of it, and why."""

    input: str
    assumed: str
    reason: str
    owner: str = ""
    """Who answers for it."""
    date: str = ""
    """When somebody last looked at it, as 2026-11-22."""


def table(scenario: Scenario) -> pd.DataFrame:
    """Every assumption by name: what is assumed, and its reason or that none was given."""
    found = list(assumptions(scenario))
    rows = [(one.assumed, one.reason) for one in found]
    return pd.DataFrame(rows, columns=["assumed", "reason"], index=pd.Index([one.input for one in found], name="input"))


def assumptions(scenario: Scenario) -> Iterator[Assumption]:
    """Every uncertain input, in the order of the pages, then every other entry that carries a note."""
    for provider in scenario.providers:
        begun = BEGUN.format("provider") if unentered.cost(provider) else ENTERED
        yearly = _range(provider.cost_deviation, "%", " of plan", begun)
        yield assumption(f"{provider.name}: cost", yearly, provider, "cost_deviation")
        whose = _whose(scenario, provider, "baseline_error")
        error = _range(provider.baseline_error, "%", " for the whole term", whose)
        yield assumption(f"{provider.name}: baseline error", error, provider, "baseline_error")
    yield from _savings_and_prices(scenario)
    for kpi in scenario.framework.kpis():
        yield assumption(f"{kpi.name}: distance from its path", _kpi(kpi), kpi, "deviation")
    for risk in scenario.uncertainty.risks:
        yield assumption(f"Risk: {risk.name}", _risk(risk), risk, "probability", "impact")
    yield from _together(scenario)
    yield from _noted(to_document(scenario), (), scenario)


def assumption(title: str, assumed: str, owner: Value, *names: str) -> Assumption:
    """An input with what was noted on one or more entries of its owner."""
    noted = [source for name in names for source in owner.sources if source.field == name]
    owners = dict.fromkeys(source.owner for source in noted if source.owner)
    dates = sorted({source.date for source in noted if source.date})
    reason = " ".join(source.note for source in noted if source.note) or NO_REASON
    return Assumption(title, assumed, reason, ", ".join(owners), ", ".join(dates))


def spread(distribution: Distribution, unit: str, of: str = "") -> str:
    """'9 in 10 between −8.9% and 8.9% of plan, middle 0% (Student t)'; 'certain: 0%'."""
    low, middle, high = (float(v) for v in distribution.ppf(np.array([0.05, 0.5, 0.95])))
    if distribution.sd == 0:
        return f"certain: {written(middle, unit)}{of}"
    ends = f"9 in 10 between {written(low, unit)} and {written(high, unit)}{of}, middle {written(middle, unit)}"
    return f"{ends} ({_kind(distribution)})"


def _range(distribution: Distribution, unit: str, of: str = "", entered: str = ENTERED) -> str:
    """A range, and the figures that it is entered with, if it is; a series or views are no single figures."""
    parts = [
        f"{_lower(field.title or name)} {_exact(value, unit if unit_of(field) == OWNERS_UNIT else unit_of(field))}"
        for name, field in type(distribution).model_fields.items()
        if isinstance(value := getattr(distribution, name), int | float)
    ]
    figures = f"; {entered}: {', '.join(parts)}" if parts else ""
    return f"{spread(distribution, unit, of)}{figures}"


def _lower(title: str) -> str:
    """A title inside a sentence; P10 stays."""
    return title if title[1:2].isdigit() else title[0].lower() + title[1:]


def _exact(value: float, unit: str) -> str:
    return amount(value, unit).replace("-", "−")


def written(value: float, unit: str) -> str:
    """A figure in pounds, percent or another unit, to three figures."""
    rounded = float(f"{round(value, 8):.{FIGURES}g}") + 0.0
    if unit == "%":
        return as_percent(rounded).replace("-", "−")
    return (as_pounds(rounded) if unit == "£" else f"{rounded:,.10g} {unit}".rstrip()).replace("-", "−")


def expected_cost(risk: Risk, mitigation: Mitigation | None) -> float:
    """What a risk costs on average in a year (once: in the term), in its own unit; a mitigation's own cost not."""
    if mitigation is None:
        return risk.probability * risk.impact.mean
    return mitigation.probability * risk.impact.mean * mitigation.impact


def _kind(distribution: Distribution) -> str:
    if isinstance(distribution, FromData):
        return f"resampled from {len(distribution.values)} values"
    if isinstance(distribution, Pool):
        return f"pooled from {len(distribution.views)} {'view' if len(distribution.views) == 1 else 'views'}"
    return NAMES[distribution.kind]


def _whose(scenario: Scenario, owner: Value, entry: str) -> str:
    """Whether an entry is somebody's, or still what a new provider or a new alliance begins with."""
    what = "provider" if isinstance(owner, Provider) else "alliance"
    return BEGUN.format(what) if unentered.begun(scenario, owner, entry) else ENTERED


def _as_begun(said: str, whose: str) -> str:
    """An entry that is no range, and that nobody has entered it where that is so."""
    return said if whose == ENTERED else f"{said}; {whose}"


def _savings_and_prices(scenario: Scenario) -> Iterator[Assumption]:
    uncertainty = scenario.uncertainty
    delivered, years, yearly = (_whose(scenario, uncertainty, entry) for entry in UNCERTAIN[Uncertainty])
    arrives = _range(uncertainty.savings_delivered, "%", " of what is due", delivered)
    yield assumption("Savings delivered", arrives, uncertainty, "savings_delivered")
    by_year = ", ".join(written(part, "%") for part in uncertainty.delivered_by_year)
    yield assumption(
        "Delivery by year", _as_begun(f"{by_year}; the last stays", years), uncertainty, "delivered_by_year"
    )
    prices = _range(uncertainty.prices, "%", " each year, adding up", yearly)
    yield assumption("Prices against plan", prices, uncertainty, "prices")


def _kpi(kpi: KPI) -> str:
    unit = "points" if kpi.unit == "%" else kpi.unit
    chance = f"; and chance, measured on {kpi.people:,} people" if kpi.people else ""
    begun = BEGUN.format("KPI") if unentered.deviation(kpi) else ENTERED
    return f"{_range(kpi.deviation, unit, entered=begun)}{chance}"


def _risk(risk: Risk) -> str:
    measure = risk.in_force
    likely = _exact(measure.probability if measure else risk.probability, "%")
    unit, of = ("£", "") if risk.impact_in == "pounds" else ("%", " of planned cost")
    whole = f"{likely} {'in the term' if risk.when == 'once' else 'a year'}; costs {_range(risk.impact, unit, of)}"
    whole = f"{whole}; hits {listed(risk.hits) if risk.hits else 'all providers'}"
    if measure:
        before = f" instead of {_exact(risk.probability, '%')}; {_exact(measure.impact, '%')} of the cost is left"
        whole = f"{whole}; mitigated{before}, for {_exact(measure.cost, '£')} a year"
    moved = "".join(f"; moves {effect.kpi} by {_exact(effect.change, '')}" for effect in risk.kpi_effects)
    return f"{whole}{moved}" if risk.included else f"left out: {whole}{moved}"


def _together(scenario: Scenario) -> Iterator[Assumption]:
    correlations = scenario.uncertainty.correlations
    for name in ("between_costs", "between_kpis", "cost_and_kpis", "year_to_year"):
        title = type(correlations).model_fields[name].title
        said = _as_begun(written(getattr(correlations, name), "%"), _whose(scenario, correlations, name))
        yield assumption(f"Correlation: {title}", said, correlations, name)
    copula = correlations.copula
    if isinstance(copula, TCopula):
        extremes = f"come together more than usual (t copula, {copula.df:.10g} degrees of freedom)"
    else:
        extremes = "come together only as far as the correlations make them (Gaussian copula)"
    extremes = _as_begun(extremes, _whose(scenario, correlations, "copula"))
    yield assumption("Extremes", extremes, correlations, "copula")
    for pair in correlations.pairs:
        both = f"Correlation: {pair.one} with {pair.other}"
        yield assumption(both, written(pair.correlation, "%"), pair, "correlation")


def _noted(document: dict[str, Any], path: Path, node: Any) -> Iterator[Assumption]:
    """Every entry at or below a node that carries a note and is not listed as uncertain."""
    if isinstance(node, tuple):
        for i, line in enumerate(node):
            yield from _noted(document, (*path, i), line)
    elif isinstance(node, Value):
        for name in dict.fromkeys(source.field for source in node.sources):
            if name not in UNCERTAIN.get(type(node), ()) and not _about_nothing(node, name):
                steps = walk(document, (*path, name))
                said = entered(node, name, unit_of(steps[-1][1]), empty_of(steps[-1][1]))
                yield assumption(where(steps), said, node, name)
        for name in type(node).model_fields:
            yield from _noted(document, (*path, name), getattr(node, name))


def _about_nothing(node: Value, name: str) -> bool:
    """Whether it is a chance of limits whose sum is empty."""
    return isinstance(node, InPounds) and name in CHANCES and getattr(node, CHANCES[name]) is None


def entered(owner: Value, name: str, unit: str, empty: str) -> str:
    """An entry of its owner in words; bands beyond a corridor with where they then end, as in the contract."""
    value = getattr(owner, name)
    if isinstance(owner, RiskShare) and name in BANDS and value:
        side, corridor = BANDS[name], getattr(owner, f"{BANDS[name]}_corridor")
        return ", ".join(_band(band, cost_clauses.end(band, side, corridor)) for band in value)
    if isinstance(owner, Provider) and name == "later_costs" and value:
        each = enumerate((AS_GROWN if cost is None else amount(cost, unit) for cost in value), start=2)
        return ", ".join(f"{said} in year {year}" for year, said in each)
    return stated(value, unit, empty)


def stated(value: Any, unit: str = "", empty: str = "none") -> str:
    """An entry in words: '£40,000,000', '100% of its fee', 'failure 30, poor 40, …' for a group; `empty`: for none."""
    if value is None or isinstance(value, str):
        return value or empty
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(stated(one, unit) for one in value) or "none"
    if isinstance(value, Uncapped | Pounds | OfFee | OfTarget | LowerOf):
        return sum_of(value, "the")
    if isinstance(value, Band):
        return _band(value, value.end)
    return _group(value, unit) if isinstance(value, Value) else amount(value, unit)


def _band(band: Band, end: str) -> str:
    return f"{as_percent(band.share)} {'without end' if band.is_open else f'up to {end}'}"


def _group(value: Value, unit: str) -> str:
    """A group of entries; a distribution by its range."""
    if hasattr(value, "ppf"):
        return spread(cast(Distribution, value), unit)
    if isinstance(value, InPounds) and value.empty:
        return "nothing entered"
    fields = type(value).model_fields
    parts = [
        f"{field.title or name} {stated(getattr(value, name), unit_of(field))}".lower()
        for name, field in fields.items()
        if name not in ("sources", "kind")
    ]
    kind = str(getattr(value, "kind", ""))
    called = KIND_NAMES[kind] if kind in KIND_NAMES and kind != "none" else kind.replace("_", " ")
    return ("; " if ":" in called else ": ").join(part for part in (called, ", ".join(parts)) if part)

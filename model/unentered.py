"""What is uncertain and nobody has entered: it still is what a new alliance, provider or KPI begins with."""

from typing import Any

from model import inert
from model.base import Value
from model.dependence import Correlations, GaussianCopula
from model.distributions import Fixed, Normal, StudentT
from model.framework import KPI, LEVELS
from model.partners import Provider
from model.scenario import Scenario
from model.uncertainty import Uncertainty

COST = StudentT(centre=0.0, scale=0.044, df=5.7)
"""How far a year's cost of a new provider may lie from plan."""
OF_COST = (
    "Spread of total cost against target in US Medicare shared-savings contracts 2013–2024 (CMS public use files): "
    "standard deviation about 5%, Student t with about 6 degrees of freedom, scale 4.4%."
)
"""The note on that with which a new alliance begins: nobody's own."""
OF_TOGETHER = (
    "Between cost lines of one contract: about 0.34, from 0.11 to 0.65 (US Medicare shared-savings contracts, CMS "
    "public use files); adult against children's services in English councils: 0.23 (DCLG 2016-17).",
    "US Medicare shared-savings contracts (CMS public use files): 0.63 from one year to the next.",
)
"""Those on what moves together."""
BEGINS: dict[type[Value], dict[str, Any]] = {
    Provider: {"baseline_error": Fixed(value=0.0)},
    Uncertainty: {
        "savings_delivered": Fixed(value=1.0),
        "delivered_by_year": (1.0,),
        "prices": Fixed(value=0.0),
    },
    Correlations: {
        "between_costs": 0.3,
        "between_kpis": 0.2,
        "cost_and_kpis": 0.0,
        "year_to_year": 0.6,
        "copula": GaussianCopula(),
    },
}
"""What else a new alliance begins with."""
KPI_SPREAD = Normal(mean=0.0, sd=5.0)
"""How far a new KPI may lie from its path, until it has levels of its own."""
HALF_A_LEVEL = 2 * (len(LEVELS) - 1)
"""The levels' whole range as a multiple of half of the mean distance between two of them."""


def half_a_level(failure: float, gamebreaking: float) -> float:
    """Half of the mean distance between two levels of a KPI: the spread that a pasted one begins with."""
    return float(f"{abs(gamebreaking - failure) / HALF_A_LEVEL:.3g}")


def cost(provider: Provider) -> bool:
    """Whether nobody has entered how sure a provider's cost is, nor noted anything on it."""
    return provider.cost_deviation == COST and not _confirmed(provider, "cost_deviation")


def deviation(kpi: KPI) -> bool:
    """The same of how far a KPI may lie from its path."""
    own = Normal(mean=0.0, sd=half_a_level(kpi.levels.failure, kpi.levels.gamebreaking))
    return kpi.deviation in (KPI_SPREAD, own) and not _confirmed(kpi, "deviation")


def begun(scenario: Scenario, owner: Value, entry: str) -> bool:
    """The same of what else a new alliance begins with; the figures of an example are its own, whatever they are."""
    same = getattr(owner, entry) == BEGINS[type(owner)][entry]
    return same and not scenario.illustrative and not _confirmed(owner, entry)


def costs(scenario: Scenario) -> list[str]:
    """The providers of whom nobody has entered how sure their costs are."""
    return [provider.name for provider in scenario.providers if cost(provider)]


def deviations(scenario: Scenario) -> list[str]:
    """The KPIs that money rests on, and of which nobody has entered how far they may lie from their path."""
    paid_for = inert.paid_for(scenario)
    return [kpi.name for kpi in scenario.framework.kpis() if kpi.name in paid_for and deviation(kpi)]


def together(scenario: Scenario) -> list[str]:
    """The entries of what moves together that nobody has entered, of those that can change a payment."""
    correlations, kpis = scenario.uncertainty.correlations, len(inert.paid_for(scenario))
    spread = [one for one in scenario.providers if one.cost_deviation.sd or one.baseline_error.sd]
    by_year = kpis or any(one.cost_deviation.sd for one in spread)
    counts = {
        "between_costs": len(spread) > 1,
        "between_kpis": kpis > 1,
        "cost_and_kpis": bool(spread and kpis),
        "year_to_year": bool(by_year and scenario.term.horizon > 1),
    }
    return [entry for entry, does in counts.items() if does and begun(scenario, correlations, entry)]


def _confirmed(owner: Value, entry: str) -> bool:
    """Whether somebody has noted a reason, an owner or a date on an entry, and so made it the alliance's own."""
    noted = [source for source in owner.sources if source.field == entry]
    return any(source.owner or source.date or source.note not in ("", OF_COST, *OF_TOGETHER) for source in noted)

"""What is uncertain and nobody has entered: it still is what a new provider or a new KPI begins with."""

from model.base import Value
from model.distributions import Normal, StudentT
from model.framework import KPI, LEVELS
from model.partners import Provider
from model.scenario import Scenario

COST = StudentT(centre=0.0, scale=0.044, df=5.7)
"""How far a year's cost of a new provider may lie from plan."""
OF_COST = (
    "Spread of total cost against target in US Medicare shared-savings contracts 2013–2024 (CMS public use files): "
    "standard deviation about 5%, Student t with about 6 degrees of freedom, scale 4.4%."
)
"""The note on that with which a new alliance begins: nobody's own."""
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


def costs(scenario: Scenario) -> list[str]:
    """The providers of whom nobody has entered how sure their costs are."""
    return [provider.name for provider in scenario.providers if cost(provider)]


def deviations(scenario: Scenario) -> list[str]:
    """The KPIs of which nobody has entered how far they may lie from their path."""
    return [kpi.name for kpi in scenario.framework.kpis() if deviation(kpi)]


def _confirmed(owner: Value, entry: str) -> bool:
    """Whether somebody has noted a reason, an owner or a date on an entry, and so made it the alliance's own."""
    noted = [source for source in owner.sources if source.field == entry]
    return any(source.owner or source.date or source.note not in ("", OF_COST) for source in noted)

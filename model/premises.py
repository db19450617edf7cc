"""What a design takes for granted about the world: costs, risks, where KPIs will be. Not what partners agree."""

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from model.changes import Change, changes
from model.documents import to_document
from model.framework import KPI, Framework
from model.kinds import OF_KPIS
from model.renames import as_called
from model.scenario import Scenario

OF_PROVIDERS = (
    *("baseline_cost", "later_costs", "demand_growth"),
    *("cost_deviation", "baseline_error", "reserves", "income"),
)


@lru_cache(maxsize=64)
def on_premises_of(today: Scenario, design: Scenario) -> Scenario:
    """A design's own terms and targets on the premises of another: partners and KPIs have those of the same name, and
    are called as they are there.

    The design's own premises where that cannot be, for example because a risk hits somebody who is not in it.
    """
    design = as_called(today, design)
    providers = {one.name: _entries(one, OF_PROVIDERS) for one in today.providers}
    reserves = {one.name: {"reserves": one.reserves} for one in today.commissioners}
    try:
        return design.edited(
            providers=tuple(one.edited(**providers.get(one.name, {})) for one in design.providers),
            commissioners=tuple(one.edited(**reserves.get(one.name, {})) for one in design.commissioners),
            baseline=design.baseline.edited(price_growth=today.baseline.price_growth),
            framework=_expecting(today.framework, design.framework),
            uncertainty=today.uncertainty,
        )
    except ValidationError:
        return design


def _expecting(today: Framework, agreed: Framework) -> Framework:
    """The KPIs as they are agreed, expected to be where others of their names are."""
    known = {kpi.name: _entries(kpi, OF_KPIS) for kpi in today.kpis()}

    def moved(kpi: KPI) -> KPI:
        return kpi.edited(**known.get(kpi.name, {}))

    return agreed.edited(kras=tuple(kra.edited(kpis=tuple(map(moved, kra.kpis))) for kra in agreed.kras))


def _entries(owner: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(owner, name) for name in names}


@lru_cache(maxsize=64)
def otherwise(today: Scenario, design: Scenario) -> tuple[Change, ...]:
    """What a design takes for granted that another does not, from that to this; empty where they assume the same."""
    documents = (to_document(one) for one in (on_premises_of(today, design), as_called(today, design)))
    return tuple(one for one in changes(*documents) if one.kind != "other")

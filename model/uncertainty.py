"""What the alliance does not know: delivery of savings, risk events, and what moves together."""

from typing import Self

import numpy as np
from pydantic import model_validator

from model.base import Floats, Value, percent, plain, words
from model.distributions import Distribution, Pert


class Risk(Value):
    """Something that may happen in any year and then costs money."""

    name: str = words("Name", "What might happen.", longest=120)
    probability: float = percent("Chance in a year", "How likely it is in any one year.")
    impact: Distribution = plain("Cost if it happens", "In pounds.", unit="£")
    hits: tuple[str, ...] = plain(
        "Whom it hits",
        "Names of providers; they share it in proportion to planned cost. Empty: all of them.",
        default=(),
        max_length=20,
    )
    included: bool = plain("Included", "Off: the risk is left out of every result.", default=True)


class Correlations(Value):
    """How far things move together, in four numbers between -100% and 100%."""

    between_costs: float = percent(
        "Between partners' costs", "When one partner overspends, do the others?", ge=-1, default=0.3
    )
    between_kpis: float = percent("Between KPIs", "When one KPI does well, do the others?", ge=-1, default=0.2)
    cost_and_kpis: float = percent(
        "Between costs and KPIs", "Positive: years that overspend tend to perform better.", ge=-1, default=-0.15
    )
    year_to_year: float = percent(
        "Year to year", "How much of one year's deviation is still there in the next.", ge=0, le=0.99, default=0.6
    )

    def matrix(self, costs: int, kpis: int) -> Floats:
        """Correlation of `costs` cost quantities followed by `kpis` KPIs, shape (costs + kpis,) twice."""
        is_kpi = np.arange(costs + kpis) >= costs
        both, mixed = np.logical_and.outer(is_kpi, is_kpi), np.logical_xor.outer(is_kpi, is_kpi)
        values = np.where(mixed, self.cost_and_kpis, np.where(both, self.between_kpis, self.between_costs))
        np.fill_diagonal(values, 1.0)
        return values

    def check_possible(self, costs: int, kpis: int) -> None:
        """Refuses numbers that no real quantities could have together."""
        if costs + kpis and np.linalg.eigvalsh(self.matrix(costs, kpis)).min() < -1e-10:
            raise ValueError(
                "these correlations cannot all hold at once "
                f"({costs} cost and {kpis} KPI quantities; costs {self.between_costs:.0%}, "
                f"KPIs {self.between_kpis:.0%}, between them {self.cost_and_kpis:.0%}); "
                "move the largest of them towards 0%"
            )


class Uncertainty(Value):
    """Everything uncertain that does not belong to one partner or one KPI."""

    savings_delivered: Distribution = plain(
        "Savings delivered",
        "Part of a year's required saving that arrives: 1 is all of it. Late savings are ordinary.",
        unit="%",
        default=Pert(low=0.2, likely=0.7, high=1.1),
    )
    correlations: Correlations = plain("Correlations", "What moves together.", default=Correlations())
    risks: tuple[Risk, ...] = plain("Risks", "Events that may cost money.", max_length=40, default=())

    @model_validator(mode="after")
    def _impacts_are_pounds(self) -> Self:
        for risk in self.risks:
            if risk.impact.mean < 0:
                raise ValueError(f"the cost of risk '{risk.name}' is negative on average; a risk costs money")
        return self

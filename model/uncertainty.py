"""What the alliance does not know: delivery of savings, prices, risk events, and what moves together."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.base import OWNERS_UNIT, Value, money, must_differ, number, percent, plain, words
from model.dependence import Correlations
from model.distributions import Fixed, Pert
from model.evidence import Distribution


class KpiEffect(Value):
    """What a risk does to one KPI in a year in which it happens."""

    kpi: str = words("KPI", "The KPI that it moves.")
    change: float = number("Change", "Added to the KPI's value in that year, in its own unit; may be negative.")


class Mitigation(Value):
    """What can be done about a risk, and what that costs. It counts only where it is in place."""

    in_place: bool = plain("In place", "Off: the risk counts as it is without.", default=True)
    probability: float = percent("Chance with it", "How likely the risk then is.")
    impact: float = percent("Part of the cost left", "100% leaves the cost as it is, 50% halves it.", default=1.0)
    cost: float = money("Costs a year", "Spent every year by those whom the risk hits.", default=0.0)


class Risk(Value):
    """Something that may happen, in any year or once, and then costs money or moves KPIs."""

    name: str = words("Name", "What might happen.", longest=120)
    when: Literal["any year", "once"] = plain(
        "When",
        "Any year: it may come again every year. Once: at most once in the term, in a year that nobody knows.",
        default="any year",
    )
    probability: float = percent("Chance", "How likely it is in any one year; for a risk that comes once, in the term.")
    impact: Distribution = plain("Cost if it happens", "In pounds, or as % of planned cost.", unit=OWNERS_UNIT)
    impact_in: Literal["pounds", "% of planned cost"] = plain(
        "Cost is in", "Pounds; or % of the planned cost, in that year, of those whom it hits.", default="pounds"
    )
    hits: tuple[str, ...] = plain(
        "Whom it hits",
        "Names of providers; they share it by baseline cost, or by what is planned for the year. Empty: all of them.",
        empty="all",
        default=(),
        max_length=20,
    )
    kpi_effects: tuple[KpiEffect, ...] = plain(
        "Effect on KPIs", "KPIs that it moves in the years in which it happens.", max_length=20, default=()
    )
    included: bool = plain("Included", "Off: the risk is left out of every result.", default=True)
    mitigation: Mitigation | None = plain("Mitigation", "What can be done about it.", default=None)

    @model_validator(mode="after")
    def _costs_money(self) -> Self:
        if self.impact.mean < 0:
            raise ValueError(f"the cost of risk '{self.name}' is negative on average; a risk costs money")
        must_differ("the effect on", (effect.kpi for effect in self.kpi_effects))
        return self

    @property
    def in_force(self) -> Mitigation | None:
        """What is done about it."""
        return self.mitigation if self.mitigation and self.mitigation.in_place else None


YearPart = Annotated[float, Field(ge=0, le=2)]


class Uncertainty(Value):
    """Everything uncertain that does not belong to one partner or one KPI."""

    savings_delivered: Distribution = plain(
        "Savings delivered",
        "Part of a year's required saving that arrives: 1 is all of it. Late savings are ordinary.",
        unit="%",
        default=Pert(low=0.2, likely=0.7, high=1.1),
    )
    delivered_by_year: tuple[YearPart, ...] = plain(
        "Delivery by year",
        "How far delivery has come in each year: multiplies the savings delivered; the last figure stays.",
        unit="%",
        min_length=1,
        max_length=25,
        default=(1.0,),
    )
    prices: Distribution = plain(
        "Prices against plan",
        "How far each year's price growth may lie from the planned one, for all alike; it adds up over the years.",
        unit="%",
        default=Fixed(value=0.0),
    )
    correlations: Correlations = plain("Correlations", "What moves together.", default=Correlations())
    risks: tuple[Risk, ...] = plain("Risks", "Events that may cost money.", max_length=40, default=())

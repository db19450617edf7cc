"""Who is in the alliance: commissioners who pay, providers who deliver."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from model.amounts import Amount, Uncapped
from model.appetite import Appetite, InWords
from model.base import LARGEST_MONEY, Value, money, percent, plain, words
from model.distributions import Fixed
from model.evidence import Distribution

UNSTATED = "not stated"
AS_GROWN = "as grown"
"""What the cost of a later year is that is not planned: the year before it, with the growth of prices and demand."""
PlannedCost = Annotated[float, Field(gt=0, le=LARGEST_MONEY)] | None


class Commissioner(Value):
    """A council or NHS board that funds the alliance."""

    name: str = words("Name", "The organisation, as everybody in the room calls it.")
    kind: Literal["council", "NHS board"] = plain("Kind", "What sort of commissioner it is.")
    contribution: float = percent(
        "Contribution", "The part of the commissioners' gain or loss that is this one's; together 100%."
    )
    reserves: float | None = money(
        "Reserves",
        "General-fund balance or the like that can absorb a loss. Empty: not stated, which is not the same as £0.",
        default=None,
        empty=UNSTATED,
    )
    appetite: Appetite = plain(
        "Appetite", "How much loss it accepts over the term, in words or in pounds.", default=InWords()
    )
    outside: Distribution = plain(
        "If it stayed out",
        "What it would gain (+) or lose (-) over the term without this contract, against paying targets and fees. "
        "0: it would pay as much for these services otherwise; £200,000 more for them is -200,000.",
        unit="£",
        default=Fixed(value=0.0),
    )


class Provider(Value):
    """An organisation that delivers services in the alliance."""

    unsaid = (*Value.unsaid, "later_costs")

    name: str = words("Name", "The organisation, as everybody in the room calls it.")
    kind: Literal["NHS trust", "council service", "charity", "company"] = plain("Kind", "What sort of provider it is.")
    baseline_cost: float = money(
        "Baseline cost", "Direct cost of its services in year 1 (Limb 1), before any saving, in pounds."
    )
    later_costs: tuple[PlannedCost, ...] = plain(
        "Planned costs of later years",
        "Direct cost of its services in year 2, year 3 and so on as planned, with prices and demand of that year in it "
        "and before any saving, in pounds. A year without a figure, and years after the last one, grow from the year "
        "before by price and demand growth.",
        unit="£",
        empty=AS_GROWN,
        max_length=24,
        default=(),
    )
    demand_growth: float = percent(
        "Demand growth", "How much more service is expected each year.", ge=-0.5, le=0.5, default=0.0
    )
    required_saving: float = percent(
        "Required saving", "Part of its cost that must be saved once savings are in full effect.", le=0.9, default=0.0
    )
    fee_rate: float = percent(
        "Fee",
        "Overhead and planned surplus (Limb 2), on top of its direct costs: % of its target cost, fixed in pounds.",
        le=0.5,
    )
    fee_on: Literal["target cost", "actual cost"] = plain(
        "Fee is % of",
        "The target cost, so that the fee is fixed in pounds; or the actual cost, which rewards overspending. "
        "Caps in % of fee mean the fee at target either way.",
        default="target cost",
    )
    cost_deviation: Distribution = plain(
        "Cost uncertainty",
        "How far a year's actual cost may lie from plan, as a fraction of plan: 0.05 is 5% over.",
        unit="%",
    )
    baseline_error: Distribution = plain(
        "Baseline error",
        "How wrong the baseline itself may be, as a fraction of it: one error that stays for the whole term.",
        unit="%",
        default=Fixed(value=0.0),
    )
    gain_share: float = percent("Share of gain", "Its part of what providers gain; used when shares are stated.")
    pain_share: float = percent("Share of pain", "Its part of what providers bear; used when shares are stated.")
    gain_cap: Amount = plain("Cap on gain", "The most it can gain from Limb 3 in a year.", default=Uncapped())
    pain_cap: Amount = plain("Cap on pain", "The most it can be asked for in a year.", default=Uncapped())
    pooled: float = percent(
        "Pooled",
        "Part of its cost inside the shared pool: 100% in an alliance, 0% under separate contracts.",
        default=1.0,
    )
    reserves: float | None = money(
        "Free reserves",
        "What it can lose before other work suffers. Empty: not stated, which is not the same as £0.",
        default=None,
        empty=UNSTATED,
    )
    income: float = money("Annual income", "Its income from all sources, to set losses against.", default=0.0)
    appetite: Appetite = plain(
        "Appetite", "How much loss it accepts over the term, in words or in pounds.", default=InWords()
    )
    outside: Distribution = plain(
        "If it stayed out",
        "What it would gain (+) or lose (-) over the term without this contract, against being paid cost and fee. "
        "0: it would be paid as well, as by a grant that goes on. If the service would end: less the fee that it would "
        "lose, plus what it would save of the overheads that the fee pays: £150,000 lost and £60,000 saved is -90,000.",
        unit="£",
        default=Fixed(value=0.0),
    )

    @field_validator("later_costs")
    @classmethod
    def _ends_with_a_figure(cls, costs: tuple[PlannedCost, ...]) -> tuple[PlannedCost, ...]:
        """Without years at the end that nothing is planned for: they say what a shorter list does."""
        return costs[: max((i for i, cost in enumerate(costs, start=1) if cost is not None), default=0)]

    def stated_costs(self, years: int) -> tuple[tuple[float, ...], tuple[int, ...]]:
        """What cost is stated for each of so many years: the last figure up to it, and how many years old it is."""
        stated, since = [self.baseline_cost], [0]
        for cost in (*self.later_costs, *[None] * years)[: years - 1]:
            stated.append(stated[-1] if cost is None else cost)
            since.append(since[-1] + 1 if cost is None else 0)
        return tuple(stated), tuple(since)

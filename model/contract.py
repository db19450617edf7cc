"""The risk share (Limb 3): who gets which part of a saving, who bears which part of an overspend."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from model.allocation import Allocation, Stated
from model.amounts import Amount, Pounds, Uncapped
from model.bands import Bands, check_outward
from model.base import Value, must_add_up, percent, plain
from model.basis import SettlementBasis, Yearly
from model.corridors import Corridor, NoCorridor
from model.modifiers import Modifier, NoModifier
from model.partners import Provider
from model.pool import PerformancePool
from model.wording import listed


class RiskShare(Value):
    """The terms of Limb 3, in the order in which a year is settled."""

    gain_corridor: Corridor = plain("Corridor for savings", "A saving too small to share.", default=NoCorridor())
    pain_corridor: Corridor = plain("Corridor for overspends", "An overspend too small to share.", default=NoCorridor())
    gain_bands: Bands = plain("Gain bands", "Layers of a saving, from zero outwards.", max_length=10, default=())
    pain_bands: Bands = plain("Pain bands", "Layers of an overspend, from zero outwards.", max_length=10, default=())
    gain_modifier: Modifier = plain("Modifier on gain", "Multiplies the cost gain.", default=NoModifier())
    pain_modifier: Modifier = plain("Modifier on pain", "Multiplies the cost pain.", default=NoModifier())
    haircut: float = percent(
        "Haircut", "Part of the cost gain that is withheld, for example to reinvest it.", default=0.0
    )
    haircut_order: Literal["before the cap", "after the cap"] = plain(
        "Haircut is taken", "Whether the haircut comes before or after the cap on cost gain.", default="before the cap"
    )
    cost_gain_cap: Amount = plain("Cap on cost gain", "The providers' most from cost in a year.", default=Uncapped())
    cost_pain_cap: Amount = plain("Cap on cost pain", "The providers' worst from cost in a year.", default=Uncapped())
    performance: PerformancePool = plain(
        "Performance pool",
        "Paid or taken by the overall performance score.",
        default=PerformancePool(pool=Pounds(amount=0.0)),
    )
    one_sided_years: int = plain(
        "One-sided years", "The first years, in which gain is shared and pain is not.", ge=0, le=25, default=0
    )
    total_gain_cap: Amount = plain("Cap on total gain", "The providers' most in a year.", default=Uncapped())
    total_pain_cap: Amount = plain("Cap on total pain", "The providers' worst in a year.", default=Uncapped())
    phase_in: tuple[Annotated[float, Field(ge=0, le=1)], ...] = plain(
        "Phase-in",
        "Part of gain and pain that counts in the first years; 0 is a shadow year. Later years: 100%.",
        unit="%",
        max_length=15,
        default=(),
    )
    basis: SettlementBasis = plain("Settlement basis", "When gain and pain of the years are due.", default=Yearly())
    gain_allocation: Allocation = plain("Gain is split", "How providers split their gain.", default=Stated())
    pain_allocation: Allocation = plain("Pain is split", "How providers split their pain.", default=Stated())
    over_partner_caps: Literal["commissioners", "other providers"] = plain(
        "Over a partner's cap",
        "Who takes what is over one provider's cap: the commissioners, or the other providers up to their own caps "
        "and then the commissioners.",
        default="commissioners",
    )

    @model_validator(mode="after")
    def _bands_walk_outward(self) -> Self:
        check_outward(self.gain_bands, "gain")
        check_outward(self.pain_bands, "pain")
        return self

    def check_stated_shares(self, providers: tuple[Provider, ...]) -> None:
        """Refuses stated shares that do not add up, and splits by a measure that nobody has, or that is not stated."""
        for side, rule, shares in (
            ("gain", self.gain_allocation, [p.gain_share for p in providers]),
            ("pain", self.pain_allocation, [p.pain_share for p in providers]),
        ):
            if rule.kind == "stated":
                must_add_up(f"Providers' shares of {side}", shares)
            unstated = [p.name for p in providers if p.reserves is None] if rule.kind == "by_reserves" else []
            if unstated:
                raise ValueError(f"{side} cannot be split by reserves: those of {listed(unstated)} are not stated")
            measures = {
                "by_fee": [p.fee_rate * p.baseline_cost for p in providers],
                "by_target": [p.baseline_cost for p in providers],
                "by_reserves": [p.reserves or 0.0 for p in providers],
            }
            if not any(measures.get(rule.kind, [1.0])):
                measure = {"by_fee": "a fee", "by_target": "a cost", "by_reserves": "reserves"}[rule.kind]
                raise ValueError(f"{side} cannot be split {rule.kind.replace('_', ' ')}: no provider has {measure}")

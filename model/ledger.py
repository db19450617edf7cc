"""The settlement line by line: what each line is, whose it is, and its amounts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from model.base import Floats
from model.portions import Portions
from model.terms import Terms


class Line(NamedTuple):
    """One line of the ledger: its step in model §2 and whose it is."""

    step: int
    name: str
    title: str
    formula: str
    per: Literal["alliance", "provider", "commissioner"] = "alliance"


LINES = (
    Line(1, "saving", "Saving", "pooled target cost − pooled actual cost"),
    Line(2, "past_corridor", "Past the corridor", "what counts of the saving once the corridor is passed"),
    Line(3, "providers_part", "Providers' part by band", "Σ band share × layer of the saving"),
    Line(4, "modified", "After the modifier", "providers' part × multiplier at the performance score"),
    Line(5, "haircut", "Haircut", "− haircut × gain"),
    Line(5, "cost_component", "Cost component", "gain less haircut, pain; held within the caps on cost gain and pain"),
    Line(5, "relief", "Relief", "the sum agreed for the year's events, at most the pain"),
    Line(6, "performance_component", "Performance component", "pool × part earned at the performance score"),
    Line(7, "cost_after_gates", "Cost component after gates", "no gain where a gate has failed, no pain if one-sided"),
    Line(
        7,
        "performance_after_gates",
        "Performance component after gates",
        "no gain where a gate has failed, no pain if one-sided",
    ),
    Line(8, "capped_total", "Total, capped", "cost + performance, held within the caps on the total"),
    Line(9, "phased", "After phase-in", "total × the year's phase-in"),
    Line(9, "carried", "Carried forward or trued up", "by the settlement basis: pain carried on, or a true-up"),
    Line(9, "due", "Due for the year", "after phase-in + carried forward or trued up"),
    Line(10, "allocated", "Allocated", "due × the provider's share of gain or pain", "provider"),
    Line(11, "moved", "Moved by partners' caps", "what is over one's own cap, or taken over from others", "provider"),
    Line(11, "limb3", "Gainshare or painshare (Limb 3)", "allocated + moved by partners' caps", "provider"),
    Line(11, "excess", "Over partners' caps, to the commissioners", "Σ moved by partners' caps"),
    Line(12, "fee", "Fee (Limb 2)", "fee at target, or fee rate × actual cost", "provider"),
    Line(12, "own", "Outside the pool", "(1 − pooled) × (own target − own actual)", "provider"),
    Line(12, "result", "Provider's result", "fee + Limb 3 + outside the pool", "provider"),
    Line(12, "gain", "Provider's gain or pain", "result − fee at target", "provider"),
    Line(
        13,
        "commissioners",
        "Commissioners' gain or loss",
        "(saving − Σ Limb 3 − Σ fee over fee at target) × contribution",
        "commissioner",
    ),
)
"""The lines of a ledger, in contract order."""


class Sides(NamedTuple):
    """A saving and an overspend, or what they make, in pounds ≥ 0: one of them is 0. Each (years, draws)."""

    gain: Floats
    pain: Floats

    @property
    def net(self) -> Floats:
        return self.gain - self.pain


@dataclass(frozen=True)
class Ledger:
    """The settlement line by line, as `LINES` describes it, pounds; gain is positive, pain is negative.

    Alliance lines are (years, draws); lines per provider (years, P, draws), per commissioner (years, C, draws).
    Lines that thousands of draws seldom need are worked out when they are first read.
    """

    terms: Terms
    costs: Floats
    saving: Floats
    counted: Sides
    """Past the corridor."""
    shared: Sides
    """The providers' part by band."""
    modified: Floats
    haircut: Floats
    cost_component: Floats
    relief: Floats
    performance_component: Floats
    cost_after_gates: Floats
    performance_after_gates: Floats
    capped_total: Floats
    phased: Floats
    portions: Portions
    brought_forward: float = 0.0
    """Pain carried forward into the first year, pounds ≥ 0."""

    @cached_property
    def past_corridor(self) -> Floats:
        return self.counted.net

    @cached_property
    def providers_part(self) -> Floats:
        return self.shared.net

    @cached_property
    def uncapped_total(self) -> Floats:
        """What the caps on the total apply to, (years, draws)."""
        return self.cost_after_gates + self.performance_after_gates

    @cached_property
    def carried(self) -> Floats:
        return self.due - self.phased

    @cached_property
    def owed(self) -> Floats:
        """Pain carried forward from each year to the next, pounds ≥ 0, (years, draws); after the last: written off."""
        return np.asarray(self.brought_forward - np.cumsum(self.phased - self.due, axis=0))

    @property
    def due(self) -> Floats:
        return self.portions.due

    @property
    def allocated(self) -> Floats:
        return self.portions.allocated

    @property
    def limb3(self) -> Floats:
        return self.portions.limb3

    @cached_property
    def moved(self) -> Floats:
        return self.limb3 - self.allocated

    @cached_property
    def excess(self) -> Floats:
        return np.asarray(self.moved.sum(axis=1))

    @cached_property
    def growth(self) -> Floats:
        """Fee over fee at target, (years, P, draws)."""
        return np.asarray(self.terms.fee_on_actual[:, None] * (self.costs - self.terms.priced(self.terms.target)))

    @cached_property
    def fee(self) -> Floats:
        return self.terms.priced(self.terms.fee) + self.growth

    @cached_property
    def own(self) -> Floats:
        return np.asarray((1 - self.terms.pooled[:, None]) * (self.terms.priced(self.terms.target) - self.costs))

    @cached_property
    def gain(self) -> Floats:
        return self.limb3 if self.aside is None else self.limb3 + self.aside

    @cached_property
    def term_gain(self) -> Floats:
        """Each provider's gain or pain over all years, (P, draws)."""
        limb3 = self.portions.of_term
        return limb3 if self.aside is None else limb3 + self.aside.sum(axis=0)

    @cached_property
    def aside(self) -> Floats | None:
        """What providers gain beside Limb 3, (years, P, draws); None where they cannot."""
        own = None if self.terms.pools_all else self.own
        if self.terms.fees_fixed:
            return own
        return self.growth if own is None else own + self.growth

    @cached_property
    def result(self) -> Floats:
        return self.terms.priced(self.terms.fee) + self.gain

    @cached_property
    def together(self) -> Floats:
        """What the providers gain or bear together, (years, draws)."""
        limb3 = self.portions.together
        return limb3 if self.aside is None else limb3 + self.aside.sum(axis=1)

    @cached_property
    def unshared(self) -> Floats:
        """What the commissioners would gain or lose together if the providers had no part, (years, draws)."""
        return self.saving if self.terms.fees_fixed else self.saving - self.growth.sum(axis=1)

    @cached_property
    def left(self) -> Floats:
        """What the commissioners gain or lose together, (years, draws)."""
        return self.unshared - self.portions.together

    @cached_property
    def term_left(self) -> Floats:
        """The same over all years, (draws,)."""
        return np.asarray(self.unshared.sum(axis=0) - self.portions.of_term.sum(axis=0))

    @cached_property
    def commissioners(self) -> Floats:
        return self.left[:, None] * self.terms.contribution[:, None]

"""What is due, divided between the providers, each within its caps (model §2, steps 10 and 11)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base import PENNY, Bools, Floats, at_least, at_most
from model.terms import Terms

Years = slice | NDArray[np.intp]


class Moved(NamedTuple):
    """What partners' caps move in those draws of a year that reach one."""

    year: int
    draws: NDArray[np.intp]
    amounts: Floats
    """Of each provider, (P, those draws)."""


@dataclass(frozen=True)
class Portions:
    """The providers' portions of what is due.

    Thousands of draws need their sums only. Those take little time, because few draws reach a provider's cap.
    """

    terms: Terms
    due: Floats
    """(years, draws)"""
    total: Floats | None = None
    """What the terms give on the totals of the term, (1, draws), where the last year makes it up."""

    @cached_property
    def allocated(self) -> Floats:
        """Before partners' caps, (years, P, draws)."""
        return self._by_year(_divided(self.terms.gain_split, self.terms.pain_split, self._asked))

    @cached_property
    def limb3(self) -> Floats:
        """Within partners' caps, (years, P, draws)."""
        limb3 = _divided(self.terms.gain_split, self.terms.pain_split, self._asked)
        if self.terms.risk_share.over_partner_caps == "commissioners":
            most, least = self.terms.partner_caps
            return self._by_year(within(limb3, least, most, out=limb3))
        for moved in self.moved:
            limb3[moved.year][:, moved.draws] += moved.amounts
        return self._by_year(limb3)

    @cached_property
    def of_term(self) -> Floats:
        """The sum of each provider's Limb 3 over the years, (P, draws)."""
        first = 0 if self.total is None else len(self.due) - 1
        gain, pain, asked = self.terms.gain_split[first:].T, self.terms.pain_split[first:].T, self._asked[first:]
        alike = self.terms.splits_alike
        of_term = gain @ asked if alike else gain @ at_least(asked, 0.0) + pain @ at_most(asked, 0.0)
        for moved in self.moved:
            if moved.year >= first:
                of_term[:, moved.draws] += moved.amounts
        return np.asarray(of_term)

    @cached_property
    def together(self) -> Floats:
        """The sum of all providers' Limb 3 in each year, (years, draws)."""
        if self.terms.splits_whole:
            together = self._asked.copy()
        else:
            gain, pain = (split.sum(axis=1, keepdims=True) for split in (self.terms.gain_split, self.terms.pain_split))
            together = _divided(gain, pain, self._asked)[:, 0]
        for moved in self.moved:
            together[moved.year, moved.draws] += moved.amounts.sum(axis=0)
        return self._by_year(together)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """What partners' caps move, in years of which a draw reaches one; of the whole term where that is asked."""
        (best, worst), (nearest_best, nearest_worst) = self.terms.caps_reached, self.terms.nearest_caps
        highest, lowest = self._asked.max(axis=1), self._asked.min(axis=1)
        found: list[Moved] = []
        for year in np.flatnonzero((highest > nearest_best) | (lowest < -nearest_worst)).tolist():
            asked = self._asked[year]
            draws = np.flatnonzero((asked > best[year]) | (asked < -worst[year]))
            if len(draws):
                found.append(Moved(year, draws, self._over(year, draws)))
        return tuple(found)

    def moved_where(self, provider: int, way: int) -> Bools:
        """Where partners' caps give one provider more (1) or less (-1) in a year, (years, draws)."""
        found: NDArray[Any] = np.zeros(self.due.shape, dtype=np.bool_ if self.total is None else np.float64)
        for moved in self.moved:
            amounts = way * moved.amounts[provider]
            found[moved.year, moved.draws] = amounts > PENNY if self.total is None else amounts
        return np.asarray(found if self.total is None else self._by_year(found) > PENNY)

    def _over(self, year: int, draws: NDArray[np.intp]) -> Floats:
        rows = slice(year, year + 1)
        allocated = _divided(self.terms.gain_split[rows], self.terms.pain_split[rows], self._asked[rows, draws])
        caps = (cap[rows] if cap.shape[-1] == 1 else cap[rows][..., draws] for cap in self.terms.partner_caps)
        return np.asarray(held_by_partner(self.terms, rows, allocated, *caps) - allocated)[0]

    @cached_property
    def _asked(self) -> Floats:
        """What is divided: what is due, or in the last row the total of the term that the last year makes up."""
        return self.due if self.total is None else np.vstack([self.due[:-1], self.total])

    def _by_year(self, amounts: Floats) -> Floats:
        """The same array, with the last year's amounts in place of the whole term's where its last row has those."""
        if self.total is not None:
            amounts[-1:] -= amounts[:-1].sum(axis=0)
        return amounts


def within(amount: Floats, worst: Floats, best: Floats, out: Floats | None = None) -> Floats:
    """An amount held between the most that can be lost and gained; infinite limits take no time."""
    if min(best.min(), worst.min()) == np.inf:
        return amount
    return amount.clip(-worst, best, out=out)


def _divided(gain: Floats, pain: Floats, amounts: Floats) -> Floats:
    """Each provider's part of amounts (years, draws), by the splits (years, P) of gain and pain: (years, P, draws)."""
    if np.array_equal(gain, pain):
        return amounts[:, None] * gain[:, :, None]
    sides = np.empty((len(amounts), 2, amounts.shape[-1]))
    np.clip(amounts, 0.0, np.inf, out=sides[:, 0])
    np.clip(amounts, -np.inf, 0.0, out=sides[:, 1])
    return np.asarray(np.array([gain, pain]).transpose(1, 2, 0) @ sides)


def held_by_partner(terms: Terms, rows: Years, allocated: Floats, gain_cap: Floats, pain_cap: Floats) -> Floats:
    """Each provider held within its caps; what is over goes to the others, where the terms say so.

    The others take it in proportion to their shares, up to their own caps; what nobody takes stays with the
    commissioners. Caps are (years, P, 1) or (years, P, draws).
    """
    best, worst = gain_cap, pain_cap
    held = within(allocated, worst, best)
    if terms.risk_share.over_partner_caps == "commissioners" or held is allocated:
        return held
    gain, pain = terms.gain_split[rows, :, None], terms.pain_split[rows, :, None]
    over = (allocated - held).sum(axis=1, keepdims=True)
    for _ in range(held.shape[1] - 1):
        if not over.any():
            break
        room = np.where(over > 0, best - held, held + worst)
        takers = np.where(over > 0, gain, pain) * (room > PENNY)
        together = takers.sum(axis=1, keepdims=True)
        part = np.divide(takers, together, out=np.zeros_like(room), where=together > 0)
        taken = np.sign(over) * np.minimum(np.abs(over) * part, room)
        held = held + taken
        over = over - taken.sum(axis=1, keepdims=True)
    return held

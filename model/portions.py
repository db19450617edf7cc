"""What is due, divided between the providers, each within its caps (model §2, steps 10 and 11)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.base import PENNY, Bools, Floats
from model.terms import Terms

Years = slice | NDArray[np.intp]


@dataclass(frozen=True)
class Portions:
    """The providers' portions of what is due.

    Thousands of draws need their sums only. Those take little time, because few years come near a provider's cap.
    """

    terms: Terms
    due: Floats
    """(years, draws)"""
    total: Floats | None = None
    """What the terms give on the totals of the term, (1, draws), where the last year makes it up."""

    @cached_property
    def allocated(self) -> Floats:
        """Before partners' caps, (years, P, draws)."""
        return self._by_year(_divided(self.terms, slice(None), self._asked))

    @cached_property
    def limb3(self) -> Floats:
        """Within partners' caps, (years, P, draws)."""
        limb3 = self.allocated.copy()
        limb3[self.near_caps] += self.moved_there
        return limb3

    @cached_property
    def of_term(self) -> Floats:
        """The sum of each provider's Limb 3 over the years, (P, draws)."""
        rows = slice(None) if self.total is None else slice(-1, None)
        gain, pain, asked = self.terms.gain_split[rows].T, self.terms.pain_split[rows].T, self._asked[rows]
        if np.array_equal(gain, pain):
            allocated = gain @ asked
        else:
            allocated = gain @ np.maximum(asked, 0.0) + pain @ np.minimum(asked, 0.0)
        return np.asarray(allocated + self.moved_there.sum(axis=0))

    @cached_property
    def together(self) -> Floats:
        """The sum of all providers' Limb 3 in each year, (years, draws)."""
        gain, pain = self.terms.gain_split, self.terms.pain_split
        together = self._by_year(_by_sign(self._asked, *(split.sum(axis=1, keepdims=True) for split in (gain, pain))))
        together[self.near_caps] += self.moved_there.sum(axis=1)
        return together

    @cached_property
    def near_caps(self) -> NDArray[np.intp]:
        """The years in which partners' caps may move anything. In all others no portion reaches a cap in any draw."""
        most = self._asked.max(axis=1, keepdims=True, initial=0.0) * self.terms.gain_split
        worst = self._asked.min(axis=1, keepdims=True, initial=0.0) * self.terms.pain_split
        gain_cap, pain_cap = (cap.min(axis=-1) for cap in self.terms.partner_caps)
        near = ((most > gain_cap) | (worst < -pain_cap)).any(axis=1)
        if self.total is not None:
            near[-1] = near.any()
        return np.flatnonzero(near)

    @cached_property
    def moved_there(self) -> Floats:
        """What partners' caps move in the years of `near_caps`, (those years, P, draws)."""
        rows = self.near_caps
        allocated = _divided(self.terms, rows, self._asked)
        gain_cap, pain_cap = (cap[rows] for cap in self.terms.partner_caps)
        return self._by_year(held_by_partner(self.terms, rows, allocated, gain_cap, pain_cap) - allocated)

    def everywhere(self, there: Bools) -> Bools:
        """What is true in the years of `near_caps`, and false in the others, (years, draws)."""
        found = np.zeros(self.due.shape, dtype=bool)
        found[self.near_caps] = there
        return found

    @cached_property
    def _asked(self) -> Floats:
        """What is divided: what is due, or in the last row the total of the term that the last year makes up."""
        return self.due if self.total is None else np.vstack([self.due[:-1], self.total])

    def _by_year(self, amounts: Floats) -> Floats:
        """The same array, with the last year's amounts in place of the whole term's where its last row has those."""
        if self.total is not None:
            amounts[-1:] -= amounts[:-1].sum(axis=0)
        return amounts


def within(amount: Floats, worst: Floats, best: Floats) -> Floats:
    """An amount held between the most that can be lost and gained; an infinite limit takes no time."""
    if np.isfinite(best).any():
        amount = np.minimum(amount, best)
    if np.isfinite(worst).any():
        amount = np.maximum(amount, -worst)
    return amount


def _divided(terms: Terms, rows: Years, amounts: Floats) -> Floats:
    """Each provider's part of amounts (years, draws): (rows, P, draws)."""
    return _by_sign(amounts[rows, None], terms.gain_split[rows, :, None], terms.pain_split[rows, :, None])


def _by_sign(amount: Floats, gain: Floats, pain: Floats) -> Floats:
    """Parts of an amount, one of gain and one of pain; shapes broadcast."""
    if np.array_equal(gain, pain):
        return amount * gain
    return np.asarray(np.maximum(amount, 0.0) * gain + np.minimum(amount, 0.0) * pain)


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

"""Bands: layers of the saving (or overspend), each with its own provider share (model §2, step 3)."""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from math import prod
from typing import NamedTuple, Self

import numpy as np
from pydantic import model_validator

from model.base import Floats, Value, as_percent, as_pounds, money, percent


class Band(Value):
    """A layer of the saving (or overspend). It ends at a part of target cost, at a sum, or not at all."""

    up_to: float | None = percent("Up to", "Where it ends, as % of target cost; empty: no end.", default=None, le=10)
    up_to_pounds: float | None = money(
        "Up to (£)", "Where it ends, in pounds a year, where it does not end at a %.", default=None
    )
    share: float = percent("Providers' share", "The providers' part of the saving or overspend within this band.")

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if self.up_to is not None and self.up_to_pounds is not None:
            raise ValueError(
                f"a band ends at {as_percent(self.up_to)} of target cost or at {as_pounds(self.up_to_pounds)}, "
                "not at both; leave one of them empty"
            )
        return self

    @property
    def is_open(self) -> bool:
        """Whether it has no end."""
        return self.up_to is None and self.up_to_pounds is None

    @property
    def end(self) -> str:
        """Where it ends, in words."""
        if self.up_to_pounds is not None:
            return as_pounds(self.up_to_pounds)
        return "no end" if self.up_to is None else f"{as_percent(self.up_to)} of target cost"

    def ends(self, target: Floats, years: Floats | float = 1.0) -> Floats:
        """Pounds from zero to the end of the band; infinite if it is open. Shape of `target`."""
        if self.up_to_pounds is not None:
            return self.up_to_pounds * years * np.ones_like(target)
        return np.full_like(target, np.inf) if self.up_to is None else self.up_to * target


Bands = tuple[Band, ...]


def providers_part(bands: Bands, size: Floats, target: Floats, years: Floats | float = 1.0) -> Floats:
    """What providers gain (or bear) of a saving (or overspend) of `size` ≥ 0 pounds: Σ share × layer.

    layer = clip(size − from, 0, to − from). Beyond a closed last band, and without bands, all belongs to the
    commissioners. `target` and `years`, the years that count (for ends in pounds a year), broadcast on `size`.
    """
    return share_of(bands, layers(ends(bands, target, years), size))


class End(NamedTuple):
    """Where a band ends."""

    pounds: Floats
    nearest: float
    """The least of them."""


def ends(bands: Bands, target: Floats, years: Floats | float = 1.0) -> tuple[End, ...]:
    """Where each band ends, pounds from zero."""
    found = (band.ends(target, years) for band in bands)
    return tuple(End(pounds, float(pounds.min(initial=np.inf))) for pounds in found)


def layers(ends: Sequence[End], size: Floats) -> Floats:
    """min(size, to) of each band, to the last that any reaches, (bands, ...); it does not depend on their shares."""
    largest = 0.0 if all(np.isinf(end.nearest) for end in ends) else size.max(initial=0.0)
    passed = [end.pounds for end in takewhile(lambda end: end.nearest < largest, ends)]
    if ends and not passed:
        return size[None]
    found = np.empty((min(len(passed) + 1, len(ends)), *size.shape))
    for layer, end in zip(found, [*passed, np.array(np.inf)], strict=False):
        size.clip(0.0, end, out=layer)
    return found


def share_of(bands: Bands, found: Floats) -> Floats:
    """Σ share × (min(size, to) − min(size, from)), gathered by the ends of the bands."""
    if len(found) == 1:
        return bands[0].share * found[0]
    shares = [*(band.share for band in bands[: len(found)]), 0.0]
    steps = np.array([share - beyond for share, beyond in pairwise(shares)])
    return np.asarray(steps @ found.reshape(len(found), prod(found.shape[1:]))).reshape(found.shape[1:])


def same_ends(bands: Bands, others: Bands) -> bool:
    """Whether bands end at the same places, whatever their shares."""
    return [(b.up_to, b.up_to_pounds) for b in bands] == [(b.up_to, b.up_to_pounds) for b in others]


def check_outward(bands: Bands, side: str) -> None:
    """Refuses bands that do not walk outward from zero. `side` is 'gain' or 'pain'."""
    start, before = 0.0, ""
    for i, band in enumerate(bands, start=1):
        if band.is_open:
            if i < len(bands):
                raise ValueError(f"{side} band {i} has no end, so no band can follow it; only the last may be open")
            continue
        end, unit = (band.up_to, "%") if band.up_to is not None else (band.up_to_pounds or 0.0, "£")
        if before and unit != before:
            raise ValueError(f"{side} band {i} ends in {unit}, the one before in {before}; state all of them in one")
        if end <= start:
            from_ = bands[i - 2].end if i > 1 else "0"
            raise ValueError(
                f"{side} band {i} ends at {band.end}, but it starts at {from_}; "
                "each band must end further out than the one before"
            )
        start, before = end, unit

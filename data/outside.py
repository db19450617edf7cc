"""The outside view: what public data say about an uncertain input, each figure with its source, ready to be used."""

import csv
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from data.reference import FOLDER
from model.evidence import Distribution

FLOOR = 0.0284**2
"""Variance of a year's deviation that remains however many people a contract covers."""

PER_PERSON = 16.1
"""Variance of a year's deviation in a contract for one person; for n people an n-th of it."""

_VALUE: TypeAdapter[Distribution | float | None] = TypeAdapter(Distribution | float | None)


@dataclass(frozen=True)
class Offer:
    """A public figure beside an entry of the scenario."""

    input: str
    """The entry it is about, by the name that the scenario gives it."""
    title: str
    """Offers of several entries with the same title belong together."""
    says: str
    """The figure, in a plain sentence."""
    value: Distribution | float | None
    """What to put into the entry; none where the figure is only to be compared with."""
    source: str
    fits: tuple[str, ...]
    """Kinds of partner, or units of KPIs, that it is about; empty: all."""


def offers(input_name: str, kind: str = "") -> tuple[Offer, ...]:
    """What public data say about an entry, for a kind of partner or a unit of KPIs: its own first, then the general."""
    about = [offer for offer in _offers() if offer.input == input_name]
    own = (offer for offer in about if kind in offer.fits)
    general = (offer for offer in about if not offer.fits)
    return (*own, *general)


def offers_of_all() -> tuple[Offer, ...]:
    """What public data say, about whatever entry."""
    return _offers()


def spread_for(people: float) -> float:
    """Standard deviation of a year's cost, as a fraction of plan, in a contract that covers this many people.

    √(0.0284² + 16.1 / people). Raises ValueError unless people > 0.
    """
    if not people > 0:
        raise ValueError(f"a contract covers more than 0 people, not {people:.10g}")
    return float((FLOOR + PER_PERSON / people) ** 0.5)


@cache
def _offers() -> tuple[Offer, ...]:
    with (FOLDER / "outside_view.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_offer(row) for row in csv.DictReader(file))


def _offer(row: dict[str, str]) -> Offer:
    return Offer(
        input=row["input"],
        title=row["title"],
        says=row["says"],
        value=_VALUE.validate_json(row["value"] or "null"),
        source=row["source"],
        fits=tuple(row["for"].split("; ")) if row["for"] else (),
    )

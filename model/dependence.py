"""What moves together: correlations in four numbers or as a matrix, and the copula that joins by them (model §3)."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from model.base import Floats, Value, number, percent, plain, words

SMALLEST_EIGENVALUE = -1e-10
EDGE = 1e-6
"""Smallest eigenvalue of correlations that a stress makes stronger."""
ROUNDS = 200
"""Alternating projections: enough for a thousandth in matrices of 60 quantities."""


class GaussianCopula(Value):
    """Joined as normal values are: extremes come together only as far as the correlations make them."""

    kind: Literal["gaussian"] = "gaussian"


class TCopula(Value):
    """Joined as Student t values are: in some futures everything is extreme, so bad things come together.

    One mixing value a future stretches all partners, KPIs and years of it alike. The spread of each quantity stays.
    """

    kind: Literal["t"] = "t"
    df: float = number(
        "Degrees of freedom", "Lower means more that goes wrong together; 4 is strong, 30 hardly any.", ge=1, le=200
    )


Copula = Annotated[GaussianCopula | TCopula, Field(discriminator="kind")]


class Pair(Value):
    """Two quantities that do not follow the four numbers."""

    one: str = words("One", "A row of the correlation matrix, such as 'Cost: Trust'.", longest=120)
    other: str = words("Other", "Another row of it.", longest=120)
    correlation: float = percent("Correlation", "Between these two.", ge=-1)


class Correlations(Value):
    """How far things move together: four numbers between -100% and 100%, and pairs that differ from them."""

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
    copula: Copula = plain("Extremes", "Whether bad things come together more than usual.", default=GaussianCopula())
    pairs: tuple[Pair, ...] = plain(
        "Single correlations", "Pairs that do not follow the four numbers.", max_length=2000, default=()
    )

    def matrix(self, costs: Sequence[str], kpis: Sequence[str]) -> Floats:
        """Correlation of cost quantities followed by KPIs, by their names, shape (costs + kpis,) twice."""
        row = {name: i for i, name in enumerate([*costs, *kpis])}
        is_kpi = np.arange(len(row)) >= len(costs)
        both, mixed = np.logical_and.outer(is_kpi, is_kpi), np.logical_xor.outer(is_kpi, is_kpi)
        values = np.where(mixed, self.cost_and_kpis, np.where(both, self.between_kpis, self.between_costs))
        np.fill_diagonal(values, 1.0)
        for pair in self.pairs:
            if pair.one in row and pair.other in row:
                i, j = row[pair.one], row[pair.other]
                values[i, j] = values[j, i] = pair.correlation
        return values

    def check_pairs(self, names: Sequence[str]) -> None:
        """Refuses pairs of unknown or equal names, and a pair stated twice."""
        seen = set()
        for pair in self.pairs:
            for name in (pair.one, pair.other):
                if name not in names:
                    raise ValueError(f"a single correlation names '{name}'; there is no such quantity here")
            if pair.one == pair.other:
                raise ValueError(f"'{pair.one}' cannot have a correlation with itself other than 100%")
            if (both := frozenset((pair.one, pair.other))) in seen:
                raise ValueError(f"the correlation of '{pair.one}' with '{pair.other}' is stated twice")
            seen.add(both)

    def check_possible(self, costs: Sequence[str], kpis: Sequence[str]) -> None:
        """Refuses correlations that no real quantities could have together."""
        if _possible(self.matrix(costs, kpis)):
            return
        also = f" and {len(self.pairs)} single correlations" if self.pairs else ""
        raise ValueError(
            f"these correlations cannot all hold at once ({len(costs)} cost and {len(kpis)} KPI quantities; "
            f"costs {self.between_costs:.0%}, KPIs {self.between_kpis:.0%}, between them "
            f"{self.cost_and_kpis:.0%}{also}); move the largest of them towards 0%"
        )

    def nearest_possible(self, costs: Sequence[str], kpis: Sequence[str]) -> Self:
        """The closest correlations that can all hold at once; these, where they can."""
        asked = self.matrix(costs, kpis)
        if _possible(asked):
            return self
        near = nearest(asked)
        for shrink in (1.0, 0.999, 0.99, 0.97, 0.9):
            values = np.round(near * shrink, 3)
            np.fill_diagonal(values, 1.0)
            found = self._as(values, costs, kpis)
            if _possible(found.matrix(costs, kpis)):
                return found
        raise AssertionError("a correlation matrix moved towards none at all is possible")

    def _as(self, values: Floats, costs: Sequence[str], kpis: Sequence[str]) -> Self:
        """These correlations with the values of a matrix: in the four numbers where they say it all, else by pairs."""
        if self.pairs:
            names, base = [*costs, *kpis], self.edited(pairs=()).matrix(costs, kpis)
            far = [(i, j) for i, j in zip(*np.triu_indices(len(names), 1), strict=True) if values[i, j] != base[i, j]]
            pairs = [{"one": names[i], "other": names[j], "correlation": float(values[i, j])} for i, j in far]
            return self.edited(pairs=pairs)
        first = len(costs)
        changes = {
            "between_costs": (0, 1, first > 1),
            "between_kpis": (first, first + 1, len(kpis) > 1),
            "cost_and_kpis": (0, first, first > 0 and len(kpis) > 0),
        }
        return self.edited(**{name: float(values[i, j]) for name, (i, j, there) in changes.items() if there})


def _possible(matrix: Floats) -> bool:
    return not matrix.size or bool(np.linalg.eigvalsh(matrix).min() >= SMALLEST_EIGENVALUE)


def nearest(matrix: Floats) -> Floats:
    """The correlation matrix closest to a symmetric one with ones on its diagonal, in the sum of squares.

    Alternating projections with Dykstra's correction (Higham 2002, 'Computing the nearest correlation matrix').
    """
    found, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(ROUNDS):
        moved = found - correction
        values, axes = np.linalg.eigh(moved)
        positive = (axes * np.maximum(values, 1e-8)) @ axes.T
        correction = positive - moved
        found = (positive + positive.T) / 2
        np.fill_diagonal(found, 1.0)
    return found


def cost_of(provider: str) -> str:
    """Name of the row of a provider's costs in the correlation matrix."""
    return f"Cost: {provider}"


def saving_of(provider: str) -> str:
    """Name of the row of a provider's savings: positive where less of them arrives."""
    return f"Late savings: {provider}"


def kpi_of(kpi: str) -> str:
    """Name of the row of a KPI: positive where it does better."""
    return f"KPI: {kpi}"


def stronger(matrix: Floats, times: float) -> Floats:
    """Correlations so many times as far from 0, or the closest to those that can all hold at once."""
    wanted = np.clip(times * matrix, -1.0, 1.0)
    np.fill_diagonal(wanted, 1.0)
    if not wanted.size or np.linalg.eigvalsh(wanted).min() >= EDGE:
        return wanted
    near = nearest(wanted)
    lowest = float(np.linalg.eigvalsh(near).min())
    towards = max(0.0, (EDGE - lowest) / (1 - lowest))
    return np.asarray((1 - towards) * near + towards * np.eye(len(near)))

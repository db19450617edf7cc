"""What all partners together can have from any contract: what no way of sharing can make larger (model §4)."""

from collections.abc import Sequence
from typing import NamedTuple

from model.acceptance import Position
from model.base import PENNY
from model.paths import Paths
from model.worth import certainty_equivalent


class Whole(NamedTuple):
    """All partners together over the term, pounds. Sharing moves gains from one to another: their sum stays."""

    mean: float
    """What they gain together on average."""
    worth: float
    """The most that signing can be worth to all of them, added up."""
    outside: float
    """What staying out is worth to all of them, added up."""

    @property
    def suffices(self) -> bool:
        """Whether each might have what staying out is worth to it; where not, no contract can give them that."""
        return self.worth >= self.outside - PENNY

    @property
    def lacks(self) -> float:
        """What they would need more, certain and over the term, before any contract could; pounds, 0 where it can.

        With constant risk aversion, so much more in every future is worth so much more.
        """
        return 0.0 if self.suffices else self.outside - self.worth


def whole(found: Sequence[Position], paths: Paths) -> Whole | None:
    """Of partners in any design, each of whom asks that signing is worth what staying out is; else None.

    With constant risk aversion the certainty equivalents of parts of a sum never add up to more than that of the whole
    sum for one who has everybody's risk tolerance (Wilson 1968).
    """
    asked = [(one.limits.tolerance or 0.0, cell.limit) for one in found for cell in one.cells if cell.test == "worth"]
    if len(asked) < len(found):
        return None
    tolerances, outside = zip(*asked, strict=True)
    together = paths.total.sum(axis=0)
    worth = float(certainty_equivalent(together, sum(tolerances)))
    return Whole(float(together.mean()), worth, sum(outside))

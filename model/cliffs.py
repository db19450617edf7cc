"""Where a payment jumps, and how many pence of a pound providers have at each saving: read off one year's terms."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.base import Floats
from model.basis import Yearly
from model.curves import ROUND, share_curve
from model.scenario import Scenario
from model.scores import Scores, score
from model.settle import settle
from model.terms import Terms, terms

HALVINGS = 40
"""How often the room in which a jump may lie is halved: from thousands of pounds to nothing."""

LEAST = 1.0
"""Pounds by which a payment must jump to be told."""

POINTS = 61
"""Places of a KPI between which jumps are looked for."""

APART = 1e-9
"""Savings, as parts of target cost, that are nearer than this are the same."""

SAVING = "saving"

SITUATIONS = {"a saving": ROUND, "costs on target": 0.0, "an overspend": -ROUND}
"""What is saved, as part of target cost, while a KPI moves."""

OF_PAYMENT = {"at": float, "with": float, "before": float, "after": float, "jump": float}


class Jump(NamedTuple):
    """A place, and what is paid just below and just above it, pounds."""

    at: float
    before: float
    after: float

    @property
    def size(self) -> float:
        return self.after - self.before


def cliffs(scenario: Scenario, year: int, ops: float, reach: float) -> pd.DataFrame:
    """Where a year's payment to the providers together jumps by £1 or more, the largest jump first.

    'along': 'saving', 'at' as part of target cost and at a score of `ops`; or the name of a KPI, 'at' its value, all
    other KPIs as expected and so much saved as 'with' says. 'before', 'after', 'jump': pounds.
    """
    grid = np.linspace(-reach, reach, 2 * POINTS)
    found = [(SAVING, np.nan, jump) for jump in _along_saving(scenario, year, ops, grid) if jump]
    if scenario.framework.kras:
        found += _along_kpis(scenario, year)
    rows = [(along, jump.at, saved, jump.before, jump.after, jump.size) for along, saved, jump in found]
    table = pd.DataFrame(rows, columns=["along", *OF_PAYMENT]).astype(OF_PAYMENT)
    order = np.argsort(-table["jump"].abs().to_numpy(), kind="stable")
    return table.iloc[order].set_index("along")


def _along_saving(scenario: Scenario, year: int, ops: float, grid: Floats) -> list[Jump | None]:
    """The jump between each saving of the grid and the next, as parts of target cost, at one performance score."""
    contract = _alone(scenario, year)

    def paid(saved: Floats) -> Floats:
        return _paid(contract, saved, Scores.ungated(np.full((1, len(saved)), ops)))

    return jumps(paid, grid[:-1], grid[1:])


def _along_kpis(scenario: Scenario, year: int) -> list[tuple[str, float, Jump]]:
    """The jumps of each KPI somewhat beyond its outer levels; of each place, the largest in any situation."""
    contract, kpis = _alone(scenario, year), list(scenario.framework.kpis())
    expected = np.array([kpi.path(scenario.term.horizon)[year] for kpi in kpis])
    ends = np.sort([[kpi.levels.failure, kpi.levels.gamebreaking] for kpi in kpis], axis=1)
    first, last = (ends @ np.array([[1.02, -0.02], [-0.02, 1.02]])).T
    grids = np.linspace(first, last, POINTS, axis=-1)
    shape = len(SITUATIONS), len(kpis), POINTS - 1
    low, high = (np.broadcast_to(side, shape).ravel() for side in (grids[:, :-1], grids[:, 1:]))
    saved, moved, _ = (index.ravel() for index in np.indices(shape))
    savings = np.array([*SITUATIONS.values()])[saved]

    def paid(values: Floats) -> Floats:
        outcome = np.repeat(expected[:, None], len(values), axis=1)
        outcome[moved, np.arange(len(values))] = values
        return _paid(contract, savings, score(scenario.framework, outcome[None]))

    found: dict[tuple[int, float], tuple[str, float, Jump]] = {}
    for k, saving, jump in zip(moved.tolist(), savings.tolist(), jumps(paid, low, high), strict=True):
        if jump:
            place = k, float(f"{jump.at:.6g}")
            if place not in found or abs(jump.size) > abs(found[place][2].size):
                found[place] = (kpis[k].name, saving, jump._replace(at=place[1]))
    return list(found.values())


def jumps(paid: Callable[[Floats], Floats], low: Floats, high: Floats) -> list[Jump | None]:
    """The jump of £1 or more of a curve between each low and high place, at most one; None where there is none.

    Of each room the half in which the curve moves more is kept, until only a jump can be left in it.
    """
    at_low, at_high = paid(low), paid(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        at_middle = paid(middle)
        below = np.abs(at_middle - at_low) > np.abs(at_high - at_middle)
        low, at_low = np.where(below, (low, at_low), (middle, at_middle))
        high, at_high = np.where(below, (middle, at_middle), (high, at_high))
    ends = zip(high.tolist(), at_low.tolist(), at_high.tolist(), strict=True)
    return [Jump(*end) if abs(end[2] - end[1]) >= LEAST else None for end in ends]


def marginal(scenario: Scenario, year: int, ops: float, reach: float) -> pd.DataFrame:
    """What of the next pound each provider has at each saving in a year, as a fraction; flat to the next saving.

    Index: the saving as part of target cost; columns: providers. Without jumps, which `cliffs` has.
    """
    curve = share_curve(scenario, year, ops, reach)
    curve = curve[np.append(True, np.diff(curve.index) > APART)]
    saving, target = curve.index.to_numpy(), terms(scenario).target[year].sum()
    rise = np.diff(curve.to_numpy(), axis=0)
    whole = rise.sum(axis=1)
    for i, jump in enumerate(_along_saving(scenario, year, ops, saving)):
        if jump:
            rise[i] *= (whole[i] - jump.size) / whole[i] if whole[i] else 1.0
    slopes = rise / (np.diff(saving)[:, None] * target) if target else np.zeros_like(rise)
    return pd.DataFrame(np.vstack([slopes, slopes[-1:]]), index=curve.index, columns=curve.columns)


def _alone(scenario: Scenario, year: int) -> Terms:
    """One year by itself."""
    contract = terms(scenario).years([year])
    return replace(contract, risk_share=contract.risk_share.edited(basis=Yearly()))


def _paid(contract: Terms, saved: Floats, scores: Scores) -> Floats:
    """What the providers gain or bear together when each saves these parts of its target cost, (points,)."""
    ledger = settle(contract, contract.target[:, :, None] * (1 - saved), scores)
    return np.asarray(ledger.gain[0].sum(axis=0))

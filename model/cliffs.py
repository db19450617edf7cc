"""Where a payment jumps, and how many pence of a pound providers have at each saving: read off one year's terms."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.base import Floats, as_percent, as_pounds
from model.curves import ROUND, alone, edges, gates_passed, share_curve
from model.framework import KPI, LEVELS, Step
from model.modifiers import StepModifier
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

REACH = 0.4
"""Savings and overspends up to this part of target cost are looked at."""

APART = 1e-9
"""Savings, as parts of target cost, that are nearer than this are the same."""

MOST = 5
"""Jumps that are told; the table has them all."""

SAVING, SCORE = "saving", "performance score"

SITUATIONS = {"a saving": ROUND, "costs on target": 0.0, "an overspend": -ROUND}
"""What is saved, as part of target cost, while a score or a KPI moves."""

EXPECTED, BEST = "as expected", "at its best"
"""What every other KPI is while one moves."""

OF_PAYMENT = {"at": float, "with": float, "others": str, "before": float, "after": float, "jump": float}


class Jump(NamedTuple):
    """A place, and what is paid just below and just above it, pounds."""

    at: float
    before: float
    after: float

    @property
    def size(self) -> float:
        return self.after - self.before


class Found(NamedTuple):
    """A jump, what moves there, and what stays."""

    along: str
    saved: float
    others: str
    jump: Jump


def expected_score(scenario: Scenario, year: int) -> float:
    """The performance score of a year if every KPI goes as expected, as it is written; 0 without KPIs."""
    if not scenario.framework.kras:
        return 0.0
    return round(float(score(scenario.framework, _outcomes(scenario, year)[EXPECTED][None, :, None]).ops[0, 0])) + 0.0


def cliffs(scenario: Scenario, year: int, ops: float) -> pd.DataFrame:
    """Where a year's payment to the providers together jumps by £1 or more, the largest jump first.

    'along': 'saving', 'at' as part of target cost and at a score of `ops`; 'performance score', 'at' a score; or the
    name of a KPI, 'at' its value. So much is saved as 'with' says, every other KPI is as 'others' says. 'before' and
    'after', in rising order of 'at', and 'jump': pounds.
    """
    corners = [edge for edge in edges(scenario, year).values() if abs(edge) < REACH]
    grid = np.unique([*np.linspace(-REACH, REACH, 2 * POINTS), *corners])
    found = [Found(SAVING, np.nan, "", jump) for jump in _along_saving(scenario, year, ops, grid) if jump]
    if scenario.framework.kras:
        found += [*_along_score(scenario, year), *_along_kpis(scenario, year)]
    rows = [(along, jump.at, saved, others, *jump[1:], jump.size) for along, saved, others, jump in found]
    table = pd.DataFrame(rows, columns=["along", *OF_PAYMENT]).astype(OF_PAYMENT)
    order = np.lexsort((-table["at"].to_numpy(), -table["jump"].abs().round().to_numpy()))
    return table.iloc[order].set_index("along")


def in_words(table: pd.DataFrame, scenario: Scenario, year: int, ops: float) -> list[str]:
    """Each jump of `cliffs` in a sentence, with the cost and the score at which it is said; the largest first."""
    kpis = {kpi.name: kpi for kpi in scenario.framework.kpis()}
    said = []
    for along, row in table.head(MOST).iterrows():
        better, worse, at = row["after"], row["before"], float(row["at"])
        if along == SAVING:
            scored = f" and a performance score of {_points(ops)}" if kpis else ""
            where = f"At {_saved(at)}{scored}"
            if at > 0:
                better, worse = worse, better  # told outwards from target cost
        elif along == SCORE:
            where = f"With {_saved(row['with'])}, when the performance score falls below {_points(at)},"
        else:
            kpi = kpis[str(along)]
            if not kpi.levels.higher_is_better:
                better, worse = worse, better
            level = next((name for name in LEVELS if getattr(kpi.levels, name) == at), "")
            others = f" and every other KPI {row['others']}" if len(kpis) > 1 else ""
            reaches = f"worsens {'to' if kpi.gate and kpi.gate.level == level else 'past'} {_measured(at, kpi.unit)}"
            named = f" ({level})" if level else ""
            where = f"With {_saved(row['with'])}{others}, when '{kpi.name}' {reaches}{named},"
        paid = f"from {as_pounds(round(better))} to {as_pounds(round(worse))}"
        said.append(f"{where} the providers' payment jumps {paid} ({scenario.term.labels()[year]}).")
    if (more := len(table) - MOST) > 0:
        said.append(f"There {'is one smaller jump' if more == 1 else f'are {more} smaller jumps'}.")
    return said


def _saved(part: float) -> str:
    """'5% saving', '5% overspend', 'costs on target'."""
    return f"{as_percent(abs(part))} {'saving' if part > 0 else 'overspend'}" if part else "costs on target"


def _points(ops: float) -> str:
    return f"{ops:+.6g}" if ops else "0"


def _measured(value: float, unit: str) -> str:
    """A KPI's value in its own unit: 57%, 33 days."""
    return f"{value:,.10g}{unit}" if unit == "%" else f"{value:,.10g} {unit}".rstrip()


def _along_saving(scenario: Scenario, year: int, ops: float, grid: Floats) -> list[Jump | None]:
    """The jump between each saving of the grid and the next, as parts of target cost, at one performance score."""
    share, contract = scenario.risk_share, alone(scenario, year)
    if "gate" not in (share.gain_corridor.kind, share.pain_corridor.kind):
        return []

    def paid(saved: Floats) -> Floats:
        return _paid(contract, saved, gates_passed(scenario, np.full(len(saved), ops)))

    return jumps(paid, grid[:-1], grid[1:])


def _along_score(scenario: Scenario, year: int) -> list[Found]:
    """The jumps of the performance score by itself, no gate failed: the lines of tables in steps."""
    share, contract = scenario.risk_share, alone(scenario, year)
    if not any(isinstance(modifier, StepModifier) for modifier in (share.gain_modifier, share.pain_modifier)):
        return []
    grid, found = np.linspace(-100.0, 100.0, 2 * POINTS), []
    for saved in SITUATIONS.values():

        def paid(ops: Floats, saved: float = saved) -> Floats:
            return _paid(contract, np.full(len(ops), saved), gates_passed(scenario, ops))

        several = (jump for jump in jumps(paid, grid[:-1], grid[1:]) if jump)
        found += [Found(SCORE, saved, "", jump._replace(at=round(jump.at, 4) + 0.0)) for jump in several]
    return found


def _along_kpis(scenario: Scenario, year: int) -> list[Found]:
    """The jumps of each KPI that has a gate or is scored in steps, somewhat beyond its outer levels.

    Of each place the largest in any situation, every other KPI as expected; at its best, where there is none then.
    """
    contract, kpis = alone(scenario, year), list(scenario.framework.kpis())
    abrupt = [k for k, kpi in enumerate(kpis) if kpi.gate or isinstance(kpi.scoring, Step)]
    if not abrupt:
        return []
    ends = np.sort([[kpis[k].levels.failure, kpis[k].levels.gamebreaking] for k in abrupt], axis=1)
    first, last = (ends @ np.array([[1.02, -0.02], [-0.02, 1.02]])).T
    grids = np.linspace(first, last, POINTS, axis=-1)
    shape = len(SITUATIONS), len(abrupt), POINTS - 1
    low, high = (np.broadcast_to(side, shape).ravel() for side in (grids[:, :-1], grids[:, 1:]))
    saved, at, _ = (index.ravel() for index in np.indices(shape))
    savings, moved = np.array([*SITUATIONS.values()])[saved], np.array(abrupt)[at]

    found: dict[tuple[int, float], Found] = {}
    for others, outcome in _outcomes(scenario, year).items():
        if {k for k, _ in found} == set(abrupt):
            break

        def paid(values: Floats, outcome: Floats = outcome) -> Floats:
            outcomes = np.repeat(outcome[:, None], len(values), axis=1)
            outcomes[moved, np.arange(len(values))] = values
            return _paid(contract, savings, score(scenario.framework, outcomes[None]))

        for k, saving, jump in zip(moved.tolist(), savings.tolist(), jumps(paid, low, high), strict=True):
            if jump:
                place = k, _at_level(kpis[k], jump.at)
                known = found.get(place)
                if known is None or (known.others == others and abs(jump.size) > abs(known.jump.size) + LEAST):
                    found[place] = Found(kpis[k].name, saving, others, jump._replace(at=place[1]))
    return list(found.values())


def _at_level(kpi: KPI, value: float) -> float:
    """The level at a value, where there is one."""
    nearest = min(kpi.levels.values, key=lambda level: abs(level - value))
    span = abs(kpi.levels.gamebreaking - kpi.levels.failure)
    return nearest if abs(nearest - value) <= 1e-6 * span else float(f"{value:.6g}")


def _outcomes(scenario: Scenario, year: int) -> dict[str, Floats]:
    """Every KPI as expected in a year, and at its best, (K,)."""
    kpis = list(scenario.framework.kpis())
    expected = [kpi.path(scenario.term.horizon)[year] for kpi in kpis]
    return {EXPECTED: np.array(expected), BEST: np.array([kpi.levels.gamebreaking for kpi in kpis])}


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


def _paid(contract: Terms, saved: Floats, scores: Scores) -> Floats:
    """What the providers gain or bear together when each saves these parts of its target cost, (points,)."""
    ledger = settle(contract, contract.target[:, :, None] * (1 - saved), scores)
    return np.asarray(ledger.gain[0].sum(axis=0))

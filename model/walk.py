"""One year of one future, line by line: each step with its formula filled in with these numbers."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from model import score_words
from model.base import PENNY
from model.explanations import HOW
from model.framework import KPI
from model.futures import Future
from model.ledger import LINES, Line
from model.pennies import parted
from model.scores import counted_weights, failed_gate


class Step(NamedTuple):
    """One line of the ledger for one partner (or the alliance): the amount, and how it came about."""

    line: Line
    owner: str
    amount: float
    how: str


class Measured(NamedTuple):
    """One KPI of a year: its value (None: no data), score, weight as counted, part of the overall score, its gate.

    `how`: how its value came to its score.
    """

    name: str
    unit: str
    value: float | None
    score: float | None
    weight: float
    points: float
    gate: str
    how: str


def steps(future: Future) -> list[Step]:
    """Every line of the year, in contract order."""
    owners = {
        "alliance": [""],
        "provider": [p.name for p in future.scenario.providers],
        "commissioner": [c.name for c in future.scenario.commissioners],
    }
    return [
        Step(line, owner, future.amount(line.name, i), HOW[line.name](future, i))
        for line in LINES
        for i, owner in enumerate(owners[line.per])
    ]


def measured(future: Future) -> list[Measured]:
    """How the KPIs of the year make the overall score."""
    framework = future.scenario.framework
    values = future.kpis[future.year, :, future.draw]
    counted = counted_weights(framework.weights(), np.isnan(values)[None, :, None], framework.missing)[0, :, 0]
    found = []
    for kpi, value, weight in zip(framework.kpis(), values, counted, strict=True):
        score = None if np.isnan(value) else float(kpi.score(np.array([value]))[0])
        state = _gate_state(kpi, value)
        points = (score or 0.0) * float(weight)
        shown, how = None if score is None else float(value), score_words.how(kpi, float(value))
        found.append(Measured(kpi.name, kpi.unit, shown, score, weight, points, state, how))
    return found


class Unmeasured(NamedTuple):
    """The KPIs of a year that have a weight and no data, their weight, and the score if each scored 0 instead."""

    names: tuple[str, ...]
    weight: float
    at_nought: float


def unmeasured(future: Future) -> Unmeasured:
    """What has no data in a year, and what that does to the score."""
    weights = future.scenario.framework.weights()
    found = list(zip(measured(future), weights, strict=True))
    missing = [(kpi.name, float(weight)) for kpi, weight in found if kpi.value is None and weight > 0]
    at_nought = sum((kpi.score or 0.0) * float(weight) for kpi, weight in found)
    return Unmeasured(tuple(name for name, _ in missing), sum(weight for _, weight in missing), at_nought)


def _gate_state(kpi: KPI, value: float) -> str:
    if kpi.gate is None:
        return ""
    if np.isnan(value):
        return "no data"
    return "failed" if failed_gate(kpi, np.array(value)) else "passed"


def lines(future: Future) -> pd.DataFrame:
    """Every line of a settled year: line and partner down, with its step, formula, amount and how it came about."""
    rows = [(s.line.step, s.line.title, s.owner, s.line.formula, s.amount, s.how) for s in steps(future)]
    return pd.DataFrame(rows, columns=["step", "line", "partner", "formula", "pounds", "how"])


def kpis(future: Future) -> pd.DataFrame:
    """How a year's KPIs made the overall score: value, score, weight as counted, points, gate and how of each."""
    return pd.DataFrame(measured(future), columns=Measured._fields).set_index("name").rename_axis("KPI")


def waterfall(future: Future) -> pd.Series:
    """From the saving to what the providers together get (Limb 3): what each step adds or takes, pounds.

    Steps that change nothing are left out; the first is the saving, the last the sum.
    """
    at = future.amount
    paid = future.paid
    component, cost, performance = at("cost_component"), at("cost_after_gates"), at("performance_after_gates")
    changes = {
        "Corridor": at("past_corridor") - at("saving"),
        "Commissioners' part": at("providers_part") - at("past_corridor"),
        "Modifier": at("modified") - at("providers_part"),
        "Haircut": at("haircut"),
        "Cap on cost": component - at("modified") - at("haircut"),
        "Relief": at("relief"),
        "Gates and one-sided years": cost - component - at("relief") + performance - at("performance_component"),
        "Performance": at("performance_component"),
        "Cap on total": at("capped_total") - cost - performance,
        "Phase-in": at("phased") - at("capped_total"),
        "Carried or trued up": at("carried"),
        "Partners' caps": paid - at("due"),
    }
    kept = {name: amount for name, amount in changes.items() if abs(amount) >= PENNY}
    start = "Saving" if at("saving") >= 0 else "Overspend"
    return pd.Series({start: at("saving"), **kept, "Providers' Limb 3": paid}, dtype=float)


def saved(future: Future) -> float:
    """What all services together cost less than targeted in the year, pooled or not, pounds."""
    return float(future.target.sum() - future.ledger.costs[future.year, :, future.draw].sum())


def pooled(future: Future) -> float:
    """The part of the year's target cost that is pooled."""
    target = future.target
    return float(target @ future.terms.pooled / target.sum()) if target.any() else 1.0


OUTSIDE = "outside the pool"


def aside(future: Future) -> dict[str, float]:
    """What the providers together gain or bear in the year beside Limb 3, by where, pounds."""
    lines = {OUTSIDE: future.ledger.own, "in fees that follow cost": future.ledger.growth}
    return {where: float(line[future.year, :, future.draw].sum()) for where, line in lines.items()}


def shares(future: Future) -> pd.DataFrame:
    """What a settled year brings each partner: fee, Limb 3, what own caps moved of it, what is outside the
    pool, gain or pain; pounds."""
    scenario = future.scenario
    names = ["fee", "limb3", "moved", "own", "gain"]
    rows = {p.name: [future.amount(name, i) for name in names] for i, p in enumerate(scenario.providers)}
    for i, commissioner in enumerate(scenario.commissioners):
        rows[commissioner.name] = [0.0, 0.0, 0.0, 0.0, future.amount("commissioners", i)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("partner")


COSTS, PERFORMANCE, CARRIED = "costs", "performance", "what is carried or trued up"


def made(future: Future) -> pd.DataFrame:
    """Of what each commissioner's gain or loss of the year is made, pounds: commissioners down, parts across.

    Costs against target less what providers have of that; what is paid or owed for performance; and what caps on both,
    the settlement basis and partners' own caps change of it. A row adds up to what the commissioner has.
    """
    at, phase_in = future.amount, float(future.ledger.terms.phase_in[future.year])
    cost, performance = phase_in * at("cost_after_gates"), phase_in * at("performance_after_gates")
    parts = {
        COSTS: saved(future) - cost - sum(aside(future).values()),
        PERFORMANCE: -performance,
        "the cap on the total": cost + performance - at("phased"),
        CARRIED: -at("carried"),
        "partners' caps": at("due") - future.paid,
    }
    contribution = future.ledger.terms.contribution
    names = pd.Index([one.name for one in future.scenario.commissioners], name="partner")
    return pd.DataFrame(np.outer(contribution, [*parts.values()]) + 0.0, index=names, columns=list(parts))


def cash(future: Future) -> pd.DataFrame:
    """What each provider is paid for a settled year: direct costs as they came (Limb 1), fee, share, outside the pool.

    The last column is the sum; a commissioner's is what it pays, its contribution of all that, negative. Pounds, in
    whole pennies: every row and the column of what is paid add up as they are shown.
    """
    names = ["costs", "fee", "limb3", "own"]
    rows = {p.name: [future.amount(name, i) for name in names] for i, p in enumerate(future.scenario.providers)}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=names)
    table["paid"] = table.sum(axis=1).round(2)
    total = float(table["paid"].sum())
    pays = parted(total * future.ledger.terms.contribution)
    for buyer, pennies in zip(future.scenario.commissioners, pays, strict=True):
        table.loc[buyer.name] = [0.0, 0.0, 0.0, 0.0, -pennies / 100]
    return table.rename_axis("partner")


def paid(futures: Mapping[str, Future]) -> pd.Series:
    """What the providers together get in each of several years, by the year's name; pounds."""
    return pd.Series({label: future.paid for label, future in futures.items()}, dtype=float)


def balance(futures: Mapping[str, Future]) -> pd.DataFrame:
    """Pain carried forward over several years, pounds: brought forward, this year's total, due, carried forward."""
    rows = {
        label: (future.owed_before, future.amount("phased"), future.amount("due"), future.amount("owed"))
        for label, future in futures.items()
    }
    columns = ["pain brought forward", "gain or pain of the year", "due", "pain carried forward"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("year")

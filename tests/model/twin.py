"""One year settled with plain numbers, from the words of the specification (model §2): a second opinion on `settle`.

Nothing here looks at the code it checks: no arrays, and only the stated terms of the scenario.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from model.framework import KPI
from model.scenario import Scenario


@dataclass(frozen=True)
class Settlement:
    """What each partner gains (+) or loses (-) in one year, in pounds."""

    ops: float
    providers: list[float]
    limb3: list[float]
    commissioners: list[float]
    fees: list[float]


def settle_by_hand(scenario: Scenario, year: int, costs: list[float], values: list[float | None]) -> Settlement:
    """Actual cost of each provider, measured value of each KPI (None: no data)."""
    terms = scenario.risk_share
    targets = [target_cost(scenario, year, i) for i in range(len(scenario.providers))]
    fees = [p.fee_rate * target for p, target in zip(scenario.providers, targets, strict=True)]
    fee, target = sum(fees), sum(targets)

    # Step 1: the saving of the pooled parts.
    saving = pooled_target = 0.0
    for p, own_target, cost in zip(scenario.providers, targets, costs, strict=True):
        saving += p.pooled * (own_target - cost)
        pooled_target += p.pooled * own_target

    # Steps 2 to 4: corridor, bands, modifier, each side by itself.
    ops = overall_score(scenario, values)
    if saving >= 0:
        counted = past_corridor(terms.gain_corridor, saving, pooled_target)
        cost_part = in_bands(terms.gain_bands, counted, pooled_target) * multiplier(terms.gain_modifier, ops)
    else:
        counted = past_corridor(terms.pain_corridor, -saving, pooled_target)
        cost_part = -in_bands(terms.pain_bands, counted, pooled_target) * multiplier(terms.pain_modifier, ops)

    # Step 5: caps on the cost component.
    cost_part = within(cost_part, pounds(terms.cost_pain_cap, fee, target), pounds(terms.cost_gain_cap, fee, target))

    # Step 6: the performance pool.
    pool = pounds(terms.performance.pool, fee, target)
    assert pool is not None
    performance = pool * earned(terms.performance, ops)

    # Step 7: a failed gate stops gain; pain stays.
    no_cost_gain, no_performance_gain = failed_gates(scenario, values)
    if no_cost_gain and cost_part > 0:
        cost_part = 0.0
    if no_performance_gain and performance > 0:
        performance = 0.0

    # Steps 8 and 9: caps on the total, phase-in.
    total = within(
        cost_part + performance,
        pounds(terms.total_pain_cap, fee, target),
        pounds(terms.total_gain_cap, fee, target),
    )
    if year < len(terms.phase_in):
        total *= terms.phase_in[year]

    # Steps 10 to 12: allocation, partner caps, what lies outside the pool.
    rule = terms.gain_allocation if total > 0 else terms.pain_allocation
    limb3, results = [], []
    parts = allocation(scenario, rule.kind, total > 0, fees, targets)
    for i, p in enumerate(scenario.providers):
        paid = total * parts[i]
        cap = pounds(p.pain_cap, fees[i], targets[i])
        if cap is not None and paid < -cap:
            paid = -cap
        limb3.append(paid)
        results.append(paid + (1 - p.pooled) * (targets[i] - costs[i]))

    # Step 13: the commissioners take what is left.
    left = saving - sum(limb3)
    together = sum(c.contribution for c in scenario.commissioners)
    commissioners = [left * c.contribution / together for c in scenario.commissioners]
    return Settlement(ops, results, limb3, commissioners, fees)


def target_cost(scenario: Scenario, year: int, i: int) -> float:
    """Baseline, indexation, required saving, contingency."""
    p, plan = scenario.providers[i], scenario.baseline
    planned = p.baseline_cost
    for _ in range(year):
        planned *= (1 + plan.price_growth) * (1 + p.demand_growth)
    due = plan.saving_phasing[year] if year < len(plan.saving_phasing) else plan.saving_phasing[-1]
    return planned * (1 - due * p.required_saving) * (1 + plan.contingency)


def pounds(amount: Any, fee: float, target: float) -> float | None:
    """None where there is no limit."""
    if amount.kind == "pounds":
        return float(amount.amount)
    if amount.kind == "of_fee":
        return float(amount.part * fee)
    if amount.kind == "of_target":
        return float(amount.part * target)
    return None


def within(value: float, most_pain: float | None, most_gain: float | None) -> float:
    if most_gain is not None and value > most_gain:
        return most_gain
    if most_pain is not None and value < -most_pain:
        return -most_pain
    return value


def past_corridor(corridor: Any, size: float, target: float) -> float:
    if corridor.kind == "gate":
        return size if size >= corridor.width * target else 0.0
    if corridor.kind == "deductible":
        return size - corridor.width * target if size > corridor.width * target else 0.0
    return size


def in_bands(bands: Any, size: float, target: float) -> float:
    part = begins = 0.0
    for band in bands:
        if size <= begins:
            break
        ends = size if band.up_to is None else band.up_to * target
        part += band.share * ((size if size < ends else ends) - begins)
        begins = ends
    return part


def multiplier(modifier: Any, ops: float) -> float:
    if modifier.kind == "none":
        return 1.0
    table = [(float(point.ops), float(point.multiplier)) for point in modifier.points]
    if ops <= table[0][0]:
        return table[0][1]
    if ops >= table[-1][0]:
        return table[-1][1]
    for (here, value), (there, next_value) in pairwise(table):
        if here <= ops < there:
            if modifier.kind == "step":
                return value
            return value + (next_value - value) * (ops - here) / (there - here)
    raise AssertionError("the table leaves no score out")


def earned(performance: Any, ops: float) -> float:
    """Part of the pool, by straight lines through (-100, -most), the neutral zone and (+100, +most)."""
    if ops > performance.neutral_to:
        return float(performance.max_gain * (ops - performance.neutral_to) / (100 - performance.neutral_to))
    if ops < performance.neutral_from:
        return float(-performance.max_pain * (performance.neutral_from - ops) / (performance.neutral_from + 100))
    return 0.0


def overall_score(scenario: Scenario, values: list[float | None]) -> float:
    """Weighted mean of the scores of the KPIs that have data; 0 when none has."""
    points = weights = 0.0
    kpis = [(kra.weight * kpi.weight, kpi) for kra in scenario.framework.kras for kpi in kra.kpis]
    for (weight, kpi), value in zip(kpis, values, strict=True):
        if value is not None:
            points += weight * kpi_score(kpi, value)
            weights += weight
    return points / weights if weights > 0 else 0.0


def kpi_score(kpi: KPI, value: float) -> float:
    level = [float(x) for x in kpi.levels.values]
    score = [float(x) for x in kpi.scores.values]
    if level[0] > level[-1]:  # lower is better: turn everything round
        value, level = -value, [-x for x in level]
    if value <= level[0]:
        return score[0]
    if value >= level[4]:
        return score[4]
    for i in range(4):
        if level[i] <= value < level[i + 1]:
            if kpi.scoring.kind == "step":
                return score[i]
            return score[i] + (score[i + 1] - score[i]) * (value - level[i]) / (level[i + 1] - level[i])
    raise AssertionError("the levels leave no value out")


def failed_gates(scenario: Scenario, values: list[float | None]) -> tuple[bool, bool]:
    """Whether cost gain and performance gain are blocked. Without data no gate fails."""
    cost = performance = False
    kpis = [kpi for kra in scenario.framework.kras for kpi in kra.kpis]
    for kpi, value in zip(kpis, values, strict=True):
        if kpi.gate is None or value is None:
            continue
        limit = {"failure": kpi.levels.failure, "poor": kpi.levels.poor, "minimum": kpi.levels.minimum}[kpi.gate.level]
        worse_or_equal = value <= limit if kpi.levels.gamebreaking > kpi.levels.failure else value >= limit
        if worse_or_equal:
            cost = cost or kpi.gate.blocks in ("cost gain", "all gain")
            performance = performance or kpi.gate.blocks in ("performance gain", "all gain")
    return cost, performance


def allocation(scenario: Scenario, kind: str, gain: bool, fees: list[float], targets: list[float]) -> list[float]:
    providers = scenario.providers
    measure = {
        "stated": [p.gain_share if gain else p.pain_share for p in providers],
        "equal": [1.0 for _ in providers],
        "by_fee": fees,
        "by_target": targets,
        "by_reserves": [p.reserves for p in providers],
    }[kind]
    return [part / sum(measure) for part in measure]

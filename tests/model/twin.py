"""The contract settled with plain numbers, from the words of the specification (model §2), a second time.

Nothing here looks at the code it checks: no arrays, and only the stated terms of the scenario.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from model.framework import KPI
from model.scenario import Scenario

Cap = float | None
"""Pounds; None where there is no limit."""


@dataclass(frozen=True)
class Settlement:
    """What each partner gains (+) or loses (-) in one year, in pounds."""

    ops: float
    phased: float
    due: float
    limb3: list[float]
    fees: list[float]
    results: list[float]
    providers: list[float]
    commissioners: list[float]


@dataclass(frozen=True)
class Verdict:
    """What the KPIs of a year mean for the contract."""

    ops: float
    measured: float
    """Before a gate made the score count as -100."""
    no_cost_gain: bool
    no_performance_gain: bool
    pool_lost: bool
    gain_modified: bool


@dataclass(frozen=True)
class Sums:
    """What the terms on cost apply to: the sums of one year, or of the whole term added up."""

    saving: float
    pooled_target: float
    years: float
    """For bands that end in pounds a year; each year counts as its price index."""
    relief: float
    ops: float
    measured: float
    gain_cap: Cap
    pain_cap: Cap


@dataclass(frozen=True)
class Year:
    """One year as far as step 9."""

    sums: Sums
    verdict: Verdict
    performance: float
    """After gates."""
    weight: float
    total_gain_cap: Cap
    total_pain_cap: Cap
    one_sided: bool
    phased: float


def settle_term_by_hand(
    scenario: Scenario,
    costs: list[list[float]],
    values: list[list[float | None]],
    relief: list[float],
    brought_forward: float = 0.0,
    prices: list[float] | None = None,
) -> list[Settlement]:
    """The whole term: actual costs[year][provider], values[year][kpi] (None: no data), relief[year].

    `prices`: the price index of each year, 1 as planned; it counts only where the target follows prices.
    """
    together = range(len(costs))
    index = prices if prices and scenario.baseline.reindexed else [1.0 for _ in together]
    years = [one_year(scenario, index, t, costs[t], values[t], relief[t]) for t in together]
    dues = when_due(scenario, years, brought_forward)
    settled: list[Settlement] = []
    for t in together:
        net = [sum(year.limb3[i] for year in settled) for i in range(len(scenario.providers))]
        is_last = t == len(years) - 1
        if is_last and scenario.risk_share.basis.kind == "cumulative":
            whole = divided(scenario, index, t, sum(dues), is_last)
            limb3 = [amount - before for amount, before in zip(whole, net, strict=True)]
        else:
            limb3 = divided(scenario, index, t, dues[t], is_last)
        settled.append(paid(scenario, index, t, years[t], dues[t], limb3, costs[t]))
    return settled


# Steps 1 to 9: what one year brings -----------------------------------------------------------------------------


def one_year(
    scenario: Scenario, index: list[float], t: int, costs: list[float], values: list[float | None], relief: float
) -> Year:
    terms = scenario.risk_share
    targets = [target_cost(scenario, index, t, i) for i in range(len(scenario.providers))]
    fee = sum(p.fee_rate * target for p, target in zip(scenario.providers, targets, strict=True))
    target = sum(targets)

    # Step 1: the saving of the pooled parts.
    saving = pooled_target = 0.0
    for p, own_target, cost in zip(scenario.providers, targets, costs, strict=True):
        saving += p.pooled * (own_target - cost)
        pooled_target += p.pooled * own_target

    # Steps 2 to 5: cost.
    verdict = judged(scenario, values)
    sums = Sums(
        saving=saving,
        pooled_target=pooled_target,
        years=index[t],
        relief=relief,
        ops=verdict.ops,
        measured=verdict.measured,
        gain_cap=pounds(terms.cost_gain_cap, fee, target, index[t]),
        pain_cap=pounds(terms.cost_pain_cap, fee, target, index[t]),
    )
    cost_part = from_cost(terms, sums, verdict)

    # Step 6: the performance pool.
    pool = pounds(terms.performance.pool, fee, target, index[t])
    assert pool is not None
    performance = pool * earned(terms.performance, verdict.ops)

    # Step 7: gates on performance (those on cost are above); one-sided years know no pain.
    if verdict.pool_lost:
        performance = -terms.performance.max_pain * pool
    if verdict.no_performance_gain and performance > 0:
        performance = 0.0
    one_sided = t < terms.one_sided_years
    if one_sided:
        cost_part, performance = max(cost_part, 0.0), max(performance, 0.0)

    # Steps 8 and 9: caps on the total, phase-in.
    gain_cap = pounds(terms.total_gain_cap, fee, target, index[t])
    pain_cap = pounds(terms.total_pain_cap, fee, target, index[t])
    weight = terms.phase_in[t] if t < len(terms.phase_in) else 1.0
    phased = within(cost_part + performance, pain_cap, gain_cap) * weight
    return Year(sums, verdict, performance, weight, gain_cap, pain_cap, one_sided, phased)


def from_cost(terms: Any, sums: Sums, verdict: Verdict) -> float:
    """Steps 2 to 5, and the gates on cost gain."""
    if sums.saving < 0:
        counted = past_corridor(terms.pain_corridor, -sums.saving, sums.pooled_target)
        times = multiplier(terms.pain_modifier, sums.ops)
        times = max(times, multiplier(terms.pain_modifier, sums.measured))  # a failed gate never removes pain
        pain = in_bands(terms.pain_bands, counted, sums) * times
        if sums.pain_cap is not None and pain > sums.pain_cap:
            pain = sums.pain_cap
        return -pain + sums.relief if pain > sums.relief else 0.0
    if verdict.no_cost_gain:
        return 0.0
    counted = past_corridor(terms.gain_corridor, sums.saving, sums.pooled_target)
    gain = in_bands(terms.gain_bands, counted, sums)
    if verdict.gain_modified:
        gain *= multiplier(terms.gain_modifier, sums.ops)
    if terms.haircut_order == "before the cap":
        gain -= terms.haircut * gain
    if sums.gain_cap is not None and gain > sums.gain_cap:
        gain = sums.gain_cap
    if terms.haircut_order == "after the cap":
        gain -= terms.haircut * gain
    return gain


# The settlement basis: when it is due ---------------------------------------------------------------------------


def when_due(scenario: Scenario, years: list[Year], brought_forward: float) -> list[float]:
    basis: Any = scenario.risk_share.basis
    phased = [year.phased for year in years]
    if basis.kind == "cumulative":
        earlier = phased[:-1]
        return [*earlier, whole_term(scenario, years) - sum(earlier)]
    if basis.kind == "carry_forward":
        return carried_forward(phased, brought_forward, rest_is_due=basis.rest == "due")
    return phased


def carried_forward(phased: list[float], owed: float, rest_is_due: bool) -> list[float]:
    """Pain is owed, and set against later gains; the rest is due, or written off, after the last year."""
    due = []
    for amount in phased:
        if amount > owed:
            due.append(amount - owed)
            owed = 0.0
        else:
            due.append(0.0)
            owed -= amount
    if rest_is_due and owed > 0:
        due[-1] = -owed
    return due


def whole_term(scenario: Scenario, years: list[Year]) -> float:
    """What the terms give on the totals of the term, each year as far as its phase-in counts it."""
    terms = scenario.risk_share
    relief = saving = points = measured = weights = 0.0
    for year in years:
        counts = year.weight * year.sums.pooled_target
        points += counts * year.verdict.ops
        measured += counts * year.verdict.measured
        weights += counts
        if not year.one_sided:
            relief += year.weight * year.sums.relief
        if year.sums.saving > 0 and year.verdict.no_cost_gain:
            continue  # a failed gate: the saving does not count
        if year.sums.saving < 0 and year.one_sided:
            continue  # nor does the overspend of a one-sided year
        saving += year.weight * year.sums.saving
    sums = Sums(
        saving=saving,
        pooled_target=weights,
        years=sum(year.weight * year.sums.years for year in years),
        relief=relief,
        ops=points / weights if weights > 0 else 0.0,
        measured=measured / weights if weights > 0 else 0.0,
        gain_cap=added([year.sums.gain_cap for year in years], years),
        pain_cap=added([year.sums.pain_cap for year in years], years),
    )
    performance = sum(year.weight * year.performance for year in years)
    modified = any(year.verdict.gain_modified for year in years if year.weight > 0)
    verdict = replace(
        years[0].verdict, no_cost_gain=False, no_performance_gain=False, pool_lost=False, gain_modified=modified
    )
    return within(
        from_cost(terms, sums, verdict) + performance,
        added([year.total_pain_cap for year in years], years),
        added([year.total_gain_cap for year in years], years),
    )


def added(caps: list[Cap], years: list[Year]) -> Cap:
    total = 0.0
    for cap, year in zip(caps, years, strict=True):
        if cap is None:
            return None
        total += year.weight * cap
    return total


# Steps 10 to 13: who gets or bears it ---------------------------------------------------------------------------


def divided(scenario: Scenario, index: list[float], t: int, due: float, is_last: bool) -> list[float]:
    """Steps 10 and 11: Limb 3 of each provider; in the last year of a cumulative contract, that of the whole term."""
    terms, providers = scenario.risk_share, range(len(scenario.providers))
    gain = due > 0
    rule = terms.gain_allocation if gain else terms.pain_allocation
    parts = allocation(scenario, index, t, rule.kind, gain)
    carried = terms.basis.kind == "carry_forward" and not gain
    if is_last and (carried or terms.basis.kind == "cumulative"):
        caps = [term_cap(scenario, index, i, gain) for i in providers]
    else:
        caps = [own_cap(scenario, index, t, i, gain) for i in providers]
    if terms.over_partner_caps == "other providers":
        taken = taken_over(abs(due), parts, caps)
    else:
        taken = [at_most(abs(due) * part, cap) for part, cap in zip(parts, caps, strict=True)]
    return [amount if gain else -amount for amount in taken]


def taken_over(amount: float, parts: list[float], caps: list[Cap]) -> list[float]:
    """What is over one's cap goes to the others in proportion to their parts, up to their caps, again and again."""
    taken = [0.0 for _ in parts]
    while True:
        able = [i for i, part in enumerate(parts) if part > 0 and at_most(taken[i] + 1e-6, caps[i]) > taken[i]]
        if not able or amount < 1e-6:
            return taken
        together, over = sum(parts[i] for i in able), 0.0
        for i in able:
            wanted = taken[i] + amount * parts[i] / together
            taken[i] = at_most(wanted, caps[i])
            over += wanted - taken[i]
        amount = over


def paid(
    scenario: Scenario, index: list[float], t: int, year: Year, due: float, limb3: list[float], costs: list[float]
) -> Settlement:
    """Steps 12 and 13: results of providers, and what is left for the commissioners."""
    fees, results, gains, grown = [], [], [], 0.0
    for i, p in enumerate(scenario.providers):
        target = target_cost(scenario, index, t, i)
        at_target = p.fee_rate * target
        fee = p.fee_rate * costs[i] if p.fee_on == "actual cost" else at_target
        result = fee + limb3[i] + (1 - p.pooled) * (target - costs[i])
        fees.append(fee)
        results.append(result)
        gains.append(result - at_target)
        grown += fee - at_target
    left = year.sums.saving - sum(limb3) - grown
    together = sum(c.contribution for c in scenario.commissioners)
    commissioners = [left * c.contribution / together for c in scenario.commissioners]
    return Settlement(year.verdict.ops, year.phased, due, limb3, fees, results, gains, commissioners)


def own_cap(scenario: Scenario, index: list[float], t: int, i: int, gain: bool) -> Cap:
    p, target = scenario.providers[i], target_cost(scenario, index, t, i)
    return pounds(p.gain_cap if gain else p.pain_cap, p.fee_rate * target, target, index[t])


def term_cap(scenario: Scenario, index: list[float], i: int, gain: bool) -> Cap:
    total = 0.0
    for t in range(scenario.term.horizon):
        cap = own_cap(scenario, index, t, i, gain)
        if cap is None:
            return None
        total += cap
    return total


def allocation(scenario: Scenario, index: list[float], t: int, kind: str, gain: bool) -> list[float]:
    providers = scenario.providers
    targets = [target_cost(scenario, index, t, i) for i in range(len(providers))]
    measure = {
        "stated": [p.gain_share if gain else p.pain_share for p in providers],
        "equal": [1.0 for _ in providers],
        "by_fee": [p.fee_rate * target for p, target in zip(providers, targets, strict=True)],
        "by_target": targets,
        "by_reserves": [p.reserves or 0.0 for p in providers],
    }[kind]
    return [part / sum(measure) for part in measure]


# Single terms ---------------------------------------------------------------------------------------------------


def target_cost(scenario: Scenario, index: list[float], year: int, i: int) -> float:
    """Baseline or cost planned of a later year, indexation, required saving, contingency; at the prices of the year."""
    p, plan = scenario.providers[i], scenario.baseline
    planned = p.baseline_cost
    for later in range(year):
        stated = p.later_costs[later] if later < len(p.later_costs) else None
        if stated is None:
            planned *= (1 + plan.price_growth) * (1 + p.demand_growth)
        else:
            planned = stated
    due = plan.saving_phasing[year] if year < len(plan.saving_phasing) else plan.saving_phasing[-1]
    return planned * (1 - due * p.required_saving) * (1 + plan.contingency) * index[year]


def pounds(amount: Any, fee: float, target: float, price: float) -> Cap:
    """An amount at the prices of a year; fee and target are at these prices already."""
    if amount.kind == "pounds":
        return float(amount.amount) * price
    if amount.kind == "of_fee":
        return float(amount.part * fee)
    if amount.kind == "of_target":
        return float(amount.part * target)
    if amount.kind == "lower_of":
        first, second = (pounds(each, fee, target, price) for each in (amount.first, amount.second))
        assert first is not None
        return at_most(first, second)
    return None


def at_most(value: float, cap: Cap) -> float:
    return value if cap is None or value < cap else cap


def within(value: float, most_pain: Cap, most_gain: Cap) -> float:
    return at_most(value, most_gain) if value > 0 else -at_most(-value, most_pain)


def past_corridor(corridor: Any, size: float, target: float) -> float:
    if corridor.kind == "gate":
        return size if size >= corridor.width * target else corridor.inside * size
    if corridor.kind == "deductible":
        return size - corridor.width * target if size > corridor.width * target else 0.0
    return size


def in_bands(bands: Any, size: float, sums: Sums) -> float:
    part = begins = 0.0
    for band in bands:
        if size <= begins:
            break
        ends = size
        if band.up_to is not None:
            ends = band.up_to * sums.pooled_target
        if band.up_to_pounds is not None:
            ends = band.up_to_pounds * sums.years
        part += band.share * (at_most(size, ends) - begins)
        begins = ends
    return part


def multiplier(modifier: Any, ops: float) -> float:
    if modifier.kind == "none":
        return 1.0
    quality = (ops + 100) / 200
    if modifier.kind == "quality":
        return quality
    if modifier.kind == "one_minus":
        found = 1 - modifier.share * quality
        if found < modifier.lowest:
            return float(modifier.lowest)
        return float(modifier.highest) if found > modifier.highest else found
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
    if ops >= 100:
        return float(performance.max_gain)
    if ops <= -100:
        return float(-performance.max_pain)
    if ops > performance.neutral_to:
        return float(performance.max_gain * (ops - performance.neutral_to) / (100 - performance.neutral_to))
    if ops < performance.neutral_from:
        return float(-performance.max_pain * (performance.neutral_from - ops) / (performance.neutral_from + 100))
    return 0.0


# Performance ----------------------------------------------------------------------------------------------------


def judged(scenario: Scenario, values: list[float | None]) -> Verdict:
    """The overall score and the gates. Without data no gate fails."""
    ops, failed, has_full_gain_gate = overall_score(scenario, values), set(), False
    for kpi, value in zip(scenario.framework.kpis(), values, strict=True):
        if kpi.gate is None:
            continue
        if kpi.gate.blocks == "full cost gain":
            has_full_gain_gate = True
        limit = {"failure": kpi.levels.failure, "poor": kpi.levels.poor, "minimum": kpi.levels.minimum}[kpi.gate.level]
        higher_is_better = kpi.levels.gamebreaking > kpi.levels.failure
        if value is not None and (value <= limit if higher_is_better else value >= limit):
            failed.add(kpi.gate.blocks)
    return Verdict(
        ops=-100.0 if "the score" in failed else ops,
        measured=ops,
        no_cost_gain="cost gain" in failed or "all gain" in failed,
        no_performance_gain="performance gain" in failed or "all gain" in failed,
        pool_lost="the pool" in failed,
        gain_modified="full cost gain" in failed or not has_full_gain_gate,
    )


def overall_score(scenario: Scenario, values: list[float | None]) -> float:
    """Weighted mean of the scores of the KPIs that have data; 0 when none has."""
    known, unknown = [], 0.0
    weights = [kra.weight * kpi.weight for kra in scenario.framework.kras for kpi in kra.kpis]
    for kpi, weight, value in zip(scenario.framework.kpis(), weights, values, strict=True):
        if value is None:
            unknown += weight
        elif weight > 0:
            known.append((weight, kpi_score(kpi, value)))
    if not known:
        return 0.0
    if scenario.framework.missing == "equally":
        known = [(weight + unknown / len(known), score) for weight, score in known]
    return sum(weight * score for weight, score in known) / sum(weight for weight, _ in known)


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

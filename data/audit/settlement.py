"""The page of the settlement: every line of the ledger as a formula, beside what the model says."""

from collections.abc import Sequence

from data.audit import cost, pennies, term
from data.audit.book import Cells, OfYear, added
from data.audit.partners import Division
from data.audit.rules import ANY, Money, held, pool_part, pounds
from data.audit.work import Case, Work
from model.futures import NOISE, Future

POOL = ("neutral_from", "neutral_to", "max_gain", "max_pain")
UNROUNDED = ", before rounding"
CAPS = ("cost_gain", "cost_pain", "total_gain", "total_pain")


def written(work: Work) -> None:
    """Writes all lines, in contract order, each with the rows it is made from."""
    page, inputs = work.page, work.inputs
    page.section("At the year's prices")
    target = work.each("Target cost", [_times(one, inputs.prices) for one in inputs.target])
    rates = [inputs.at["providers", i, "fee_rate"] for i in range(len(target))]
    fee = work.each("Fee at target", [_times(one, rate) for one, rate in zip(target, rates, strict=True)])
    year = _year(work, target, fee)
    component, relief = cost.payable(work, year)
    page.section("Performance, gates and caps on the total (steps 6 to 9)")
    performance = work.line("performance_component", _performance(work, _pool(work, fee, target)))
    payable, lost = _sum(component, relief), work.scored.lost
    after_gates = work.line("cost_after_gates", _gated(work, lambda c: f"({payable(c)})", lost["cost gain"]))
    earned = work.line("performance_after_gates", _gated(work, performance, lost["performance gain"]))
    capped = work.line("capped_total", lambda c: _within(year, c, f"{after_gates(c)}+{earned(c)}"))
    phased = work.line("phased", _times(capped, inputs.phase_in))
    asked = _due(work, year, phased, earned)
    page.section("Divided between the partners (steps 10 to 13)")
    _partners(work, _paid(work, Division(work, target, fee), asked), target, fee)


def _year(work: Work, target: Sequence[Cells], fee: Sequence[Cells]) -> Case:
    """Step 1: the saving of each year, and what the next steps need beside it."""
    inputs, scored = work.inputs, work.scored
    pooled = [inputs.at["providers", i, "pooled"] for i in range(len(target))]
    aim = work.each("Pooled target cost", [_times(one, part) for one, part in zip(target, pooled, strict=True)])
    spent = work.each("Pooled actual cost", [_times(one, part) for one, part in zip(inputs.cost, pooled, strict=True)])
    whole = work.helper("Pooled target cost, all providers", lambda c: added(aim, c))
    limits = {name: _limit(work, name, fee, target) for name in CAPS}
    work.page.section("From the saving to the cost component (steps 1 to 5)")
    saving = work.line("saving", lambda c: f"{whole(c)}-{added(spent, c)}")
    gated = any(kpi.gate and kpi.gate.blocks == "the score" for kpi in work.future.scenario.framework.kpis())
    measured = scored.measured if gated else scored.ops
    return Case((), saving, whole, inputs.prices, scored.ops, measured, scored.unmodified, inputs.relief, limits)


def _times(one: Cells, other: Cells) -> OfYear:
    return lambda c: f"{one(c)}*{other(c)}"


def _within(case: Case, c: str, amount: str) -> str:
    return held(amount, case.limit("total_pain", c), case.limit("total_gain", c))


def _limit(work: Work, name: str, fee: Sequence[Cells], target: Sequence[Cells]) -> Cells | None:
    """One of the caps on the providers together; None where there is none."""
    path, cap = ("risk_share", f"{name}_cap"), getattr(work.future.scenario.risk_share, f"{name}_cap")
    if cap.kind == "none":
        return None
    at = work.inputs
    title = f"Cap on {name.replace('_', ' ')}"
    return work.helper(
        title, lambda c: str(pounds(cap, path, at.at, Money(added(fee, c), added(target, c), at.prices(c))))
    )


def _pool(work: Work, fee: Sequence[Cells], target: Sequence[Cells]) -> Cells:
    path, pool = ("risk_share", "performance", "pool"), work.future.scenario.risk_share.performance.pool
    at = work.inputs
    return work.helper(
        "Performance pool",
        lambda c: str(pounds(pool, path, at.at, Money(added(fee, c), added(target, c), at.prices(c)))),
    )


def _performance(work: Work, pool: Cells) -> OfYear:
    """Pool × part earned; all that can be lost where a gate has lost the pool."""
    terms = {name: work.inputs.at["risk_share", "performance", name](ANY) for name in POOL}
    part = work.helper("Part of the pool earned at the score", lambda c: pool_part(work.scored.ops(c), terms), unit="%")
    lost = work.scored.lost["the pool"]
    return lambda c: f'{pool(c)}*IF({lost(c)}="yes",-{terms["max_pain"]},{part(c)})'


def _gated(work: Work, amount: OfYear, failed: Cells) -> OfYear:
    """No gain where a gate has failed, no pain in a one-sided year."""

    def formula(c: str) -> str:
        paid = f'IF({failed(c)}="yes",MIN({amount(c)},0),{amount(c)})'
        return f'IF({work.inputs.one_sided(c)}="yes",MAX({paid},0),{paid})'

    return formula


def _due(work: Work, year: Case, phased: Cells, earned: Cells) -> Cells:
    """What is due by the settlement basis; where the amount to be divided is."""
    basis, last = work.future.scenario.risk_share.basis, work.years[-1]
    if basis.kind == "carry_forward" and work.inputs.forward:
        formula = _carried_forward(work, phased, work.inputs.forward, basis.rest == "due")
    elif trued_up(work.future):
        total = term.total(work, year, earned)
        before = f"SUM({phased(work.years[0])}:{phased(last).partition('!')[2]})-{phased(last)}"
        trued = work.helper("Total of the term less the years before", lambda c: f"{total(c)}-({before})", only=[last])
        formula = _in_last(work, trued, phased)
    else:
        formula = phased
    carried = work.line("carried", lambda c: f"{formula(c)}-{phased(c)}")
    due = work.helper("Due for the year, before rounding", lambda c: f"{phased(c)}+{carried(c)}")
    work.line("due", lambda c: pennies.whole(due(c)))
    if not trued_up(work.future):
        return due
    return work.helper("Amount to be divided; in the last year the total of the term", _in_last(work, total, due))


def trued_up(f: Future) -> bool:
    """Whether the settled year makes up the whole term."""
    return f.scenario.risk_share.basis.kind == "cumulative" and bool(f.terms.last[f.year])


def _in_last(work: Work, last: Cells, others: Cells) -> OfYear:
    return lambda c: last(c) if c == work.years[-1] else others(c)


def _carried_forward(work: Work, phased: Cells, first: Cells, rest_is_due: bool) -> OfYear:
    """Pain waits for later gains; after the last year it is due, or written off."""
    page, inputs, years = work.page, work.inputs, work.years
    forward = Cells(page.title, page.row + 3)
    before = work.helper(
        "Pain brought forward",
        lambda c: first(c) if c == years[0] else forward(years[years.index(c) - 1]),
    )
    balance = work.helper("Gain or pain of the year less that", lambda c: f"{phased(c)}-{before(c)}")
    work.helper("Pain carried forward", lambda c: f"-MIN({balance(c)},0)")
    if not rest_is_due:
        return lambda c: f"MAX({balance(c)},0)"
    return lambda c: f'IF({inputs.last(c)}="yes",{balance(c)},MAX({balance(c)},0))'


def _paid(work: Work, division: Division, asked: Cells) -> list[Cells]:
    """Steps 10 and 11: each provider's part of what is due, within its caps; where its Limb 3 is."""
    last, basis = bool(work.future.terms.last[work.future.year]), work.future.scenario.risk_share.basis.kind
    best = division.caps("gain", last and basis == "cumulative")
    worst = division.caps("pain", last and basis != "yearly")
    divided = division.divided(asked)
    kept = division.held(divided, best, worst)
    less = _less_before if trued_up(work.future) else _as_it_is
    before = work.each(
        f"Allocated{UNROUNDED}", [less(work, one, work.page.row + 1 + i) for i, one in enumerate(divided)]
    )
    ends = work.each(f"Limb 3{UNROUNDED}", [less(work, one, work.page.row + 1 + i) for i, one in enumerate(kept)])
    allocated = work.of_each("allocated", pennies.parted(work, before))
    start = work.page.row + 1 + len(allocated)
    limb3 = [_moved_or_not(*cells) for cells in zip(before, ends, allocated, strict=True)]
    paid = [Cells(work.page.title, start + i) for i in range(len(kept))]
    moved = work.of_each("moved", [_difference(one, other) for one, other in zip(paid, allocated, strict=True)])
    work.of_each("limb3", limb3)
    work.line("excess", lambda c: added(moved, c))
    return paid


def _moved_or_not(before: Cells, end: Cells, allocated: Cells) -> OfYear:
    """Where a cap or another's moves it, its end to the penny; else what was allocated."""
    return lambda c: f"IF(ABS({end(c)}-{before(c)})>{NOISE:f},{pennies.whole(end(c))},{allocated(c)})"


def _partners(work: Work, paid: Sequence[Cells], target: Sequence[Cells], fee: Sequence[Cells]) -> None:
    """Steps 12 and 13: every partner's result, gain or loss; and the books."""
    growth = work.each("Fee over fee at target", [_growth(work, i, target[i]) for i in range(len(target))])
    fees = work.of_each("fee", [_rounded(_sum(*each)) for each in zip(fee, growth, strict=True)])
    outside = work.each(f"Outside the pool{UNROUNDED}", [_own(work, i, target[i]) for i in range(len(target))])
    own = work.of_each("own", pennies.parted(work, outside))
    result = work.of_each("result", [_sum(*each) for each in zip(fees, paid, own, strict=True)])
    gain = work.of_each("gain", [_difference(one, _rounded(at)) for one, at in zip(result, fee, strict=True)])
    left = work.helper(
        "Left to the commissioners: target cost − actual cost − Σ providers' gain or pain",
        lambda c: f"{pennies.whole(f'{added(target, c)}-{added(work.inputs.cost, c)}')}-{added(gain, c)}",
    )
    commissioners = _commissioners(work, left)
    _balance(work, gain, commissioners, target, work.inputs.cost)


def _as_it_is(work: Work, of_term: Cells, row: int) -> OfYear:
    return of_term


def _less_before(work: Work, of_term: Cells, row: int) -> OfYear:
    """In the last year the whole term's amount less this row's in the years before."""
    years = work.years
    if len(years) == 1:
        return of_term
    before = f"SUM({years[0]}{row}:{years[-2]}{row})"
    return lambda c: f"{of_term(c)}-{before}" if c == years[-1] else of_term(c)


def _sum(*cells: Cells) -> OfYear:
    return lambda c: "+".join(one(c) for one in cells)


def _rounded(amount: OfYear) -> OfYear:
    return lambda c: pennies.whole(amount(c))


def _difference(one: OfYear, other: OfYear) -> OfYear:
    return lambda c: f"{one(c)}-{other(c)}"


def _growth(work: Work, i: int, target: Cells) -> OfYear:
    """The fee rate on what is over target, where the fee is a percentage of the actual cost."""
    if work.future.scenario.providers[i].fee_on == "target cost":
        return lambda c: "0"
    rate, spent = work.inputs.at["providers", i, "fee_rate"], work.inputs.cost[i]
    return lambda c: f"{rate(c)}*({spent(c)}-{target(c)})"


def _own(work: Work, i: int, target: Cells) -> OfYear:
    pooled, spent = work.inputs.at["providers", i, "pooled"], work.inputs.cost[i]
    return lambda c: f"(1-{pooled(c)})*({target(c)}-{spent(c)})"


def _commissioners(work: Work, left: Cells) -> list[Cells]:
    of = work.future.scenario.commissioners
    parts = [work.inputs.at["commissioners", i, "contribution"] for i in range(len(of))]
    together = "+".join(part(ANY) for part in parts)

    def portion(part: Cells) -> OfYear:
        return lambda c: f"{left(c)}*{part(c)}/({together})"

    portions = [work.helper(f"Their part{UNROUNDED}", portion(part), c.name) for part, c in zip(parts, of, strict=True)]
    return work.of_each("commissioners", pennies.parted(work, portions))


def _balance(
    work: Work, gain: Sequence[Cells], commissioners: Sequence[Cells], target: Sequence[Cells], cost: Sequence[Cells]
) -> None:
    """The books: what all partners gain or lose together is target less actual cost."""
    work.page.section("The books")
    ours = work.helper("All partners' gain or loss", lambda c: f"{added(gain, c)}+{added(commissioners, c)}")
    theirs = work.helper("Target cost less actual cost", lambda c: f"{added(target, c)}-{added(cost, c)}")
    work.helper("The books balance", lambda c: f'IF(ABS({ours(c)}-{pennies.whole(theirs(c))})<0.005,"yes","no")')

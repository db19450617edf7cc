"""The contract in words, from the same terms that `settle` reads."""

from typing import Any, NamedTuple

from model import cost_clauses
from model.base import as_percent
from model.cost_clauses import Side
from model.framework import KPI
from model.partners import Provider
from model.scenario import Scenario
from model.wording import listed, sum_of


class Clause(NamedTuple):
    """What the contract says about one thing."""

    about: str
    text: str


def clauses(scenario: Scenario) -> tuple[Clause, ...]:
    """The whole contract, in the order in which a year is settled; things it does not have are left out."""
    share = scenario.risk_share
    said = {
        "Savings": [
            cost_clauses.corridor(share.gain_corridor, "gain"),
            cost_clauses.bands(share.gain_bands, "gain", share.gain_corridor),
            cost_clauses.modifier(share.gain_modifier, scenario),
            cost_clauses.haircut(scenario),
            cost_clauses.at_most(share.cost_gain_cap, "Gain on cost stops at"),
        ],
        "Overspends": [
            cost_clauses.corridor(share.pain_corridor, "pain"),
            cost_clauses.bands(share.pain_bands, "pain", share.pain_corridor),
            cost_clauses.modifier(share.pain_modifier),
            cost_clauses.at_most(share.cost_pain_cap, "Pain on cost stops at"),
        ],
        "Performance": [cost_clauses.pool(scenario), _missing(scenario)],
        "Gates": _gates(scenario),
        "Limits": [_totals(scenario)],
        "Years": [_one_sided(scenario), *_phase_in(scenario), _basis(scenario)],
        "Split": [*_splits(scenario), *_partner_caps(scenario)],
        "Fees": [_fees(scenario)],
        "Prices": [_prices(scenario)],
        "Outside the pool": _outside(scenario),
        "Commissioners": [_commissioners(scenario)],
    }
    if cost_clauses.separate(scenario):
        said |= {"Savings": [cost_clauses.own("gain")], "Overspends": [cost_clauses.own("pain")]}
        if cost_clauses.pool(scenario) in ("", cost_clauses.NO_MONEY):  # nothing is left that could be split
            said["Split"] = _partner_caps(scenario)
    written = {about: " ".join(sentence for sentence in sentences if sentence) for about, sentences in said.items()}
    return tuple(Clause(about, text) for about, text in written.items() if text)


def order(scenario: Scenario) -> str:
    """The order in which the terms of this contract apply."""
    share = scenario.risk_share
    haircut = ["haircut"] if share.haircut else []
    cap = [] if share.cost_gain_cap.kind == share.cost_pain_cap.kind == "none" else ["cap on cost"]
    first = "corridor" if share.gain_corridor.kind != "none" or share.pain_corridor.kind != "none" else ""
    changes = "modifier" if share.gain_modifier.kind != "none" or share.pain_modifier.kind != "none" else ""
    steps = [
        first,
        "bands",
        changes,
        *(haircut + cap if share.haircut_order == "before the cap" else cap + haircut),
        "performance pool" if any(scenario.framework.kpis()) else "",
        "gates" if _gates(scenario) else "",
        "" if share.total_gain_cap.kind == share.total_pain_cap.kind == "none" else "cap on the total",
        "phase-in" if share.phase_in else "",
        "" if share.basis.kind == "yearly" else "settlement basis",
        "split" if len(scenario.providers) > 1 else "",
        "partners' caps" if _partner_caps(scenario) else "",
    ]
    return f"The terms apply in this order: {', '.join(step for step in steps if step)}."


def _missing(scenario: Scenario) -> str:
    if len([*scenario.framework.kpis()]) < 2 or scenario.framework.missing == "in proportion":
        return ""
    return "The weight of an indicator without data is spread equally over the others."


TAKEN = {
    "cost gain": "Nothing is paid on cost",
    "performance gain": "Nothing is paid on performance",
    "all gain": "No gain is paid",
    "full cost gain": "Gain on cost is multiplied by the modifier",
    "the pool": "The performance pool pays nothing, and the most that it can lose is lost,",
    "the score": "The performance score counts as -100",
}


def _gates(scenario: Scenario) -> list[str]:
    groups: dict[tuple[str, str], list[KPI]] = {}
    for kpi in scenario.framework.kpis():
        if kpi.gate:
            groups.setdefault((kpi.gate.blocks, kpi.gate.level), []).append(kpi)
    return [
        f"{TAKEN[blocks]} if {listed((kpi.name for kpi in kpis), 'or')} is at {level} or worse."
        for (blocks, level), kpis in groups.items()
    ]


def _totals(scenario: Scenario) -> str:
    gain, pain = scenario.risk_share.total_gain_cap, scenario.risk_share.total_pain_cap
    said = [
        f"never {verb} more than {sum_of(cap)}" for verb, cap in (("gain", gain), ("bear", pain)) if cap.kind != "none"
    ]
    return f"In all, providers {listed(said)}." if said else "No cap applies to cost and performance together."


def _one_sided(scenario: Scenario) -> str:
    years = scenario.term.labels()[: scenario.risk_share.one_sided_years]
    return f"{_span(years)} gain is shared and pain is not." if years else ""


def _span(years: tuple[str, ...]) -> str:
    return f"In {years[0]}" if len(years) == 1 else f"From {years[0]} to {years[-1]}"


def _phase_in(scenario: Scenario) -> list[str]:
    years = list(zip(scenario.term.labels(), scenario.risk_share.phase_in, strict=False))
    shadow = [year for year, part in years if part == 0]
    partly = [f"{as_percent(part)} in {year}" for year, part in years if 0 < part < 1]
    are = "is a shadow year" if len(shadow) == 1 else "are shadow years"
    return [
        f"{listed(shadow)} {are}: run and scored, not settled." if shadow else "",
        f"Gain and pain count {listed(partly)}." if partly else "",
    ]


def _basis(scenario: Scenario) -> str:
    basis = scenario.risk_share.basis
    if basis.kind == "yearly":
        return "Each year is settled by itself."
    if basis.kind == "cumulative":
        return "Each year is settled on account; the last year trues up to what the terms give on the whole term."
    rest = "is due" if basis.rest == "due" else "is written off"
    return f"Pain is carried forward and set against later gains; what is left after the last year {rest}."


def _splits(scenario: Scenario) -> list[str]:
    if len(scenario.providers) == 1:
        return []
    gain, pain = _split(scenario, "gain"), _split(scenario, "pain")
    if gain == pain:
        return [f"Providers split gain and pain{gain}."]
    return [f"Providers split gain{gain}.", f"Providers split pain{pain}."]


def _split(scenario: Scenario, side: Side) -> str:
    rule: Any = getattr(scenario.risk_share, f"{side}_allocation")
    if rule.kind == "stated":
        parts = [(p.name, p.gain_share if side == "gain" else p.pain_share) for p in scenario.providers]
        return ": " + ", ".join(f"{name} {as_percent(part)}" for name, part in parts)
    measures = {"by_fee": "fees", "by_target": "target costs", "by_reserves": "free reserves"}
    return " equally" if rule.kind == "equal" else f" in proportion to {measures[rule.kind]}"


def _partner_caps(scenario: Scenario) -> list[str]:
    who: dict[tuple[str, str], list[str]] = {}
    for verb, caps in (("gains", "gain_cap"), ("bears", "pain_cap")):
        for p in scenario.providers:
            if (cap := getattr(p, caps)).kind != "none":
                who.setdefault((verb, sum_of(cap, "its")), []).append(p.name)
    if not who:
        return []
    said = [f"{'each of ' * (len(p) > 1)}{listed(p)} never {verb} more than {cap}" for (verb, cap), p in who.items()]
    said[0] = said[0].replace("each of", "Each of", 1)
    others = "the other providers, up to their own caps, and then on the commissioners"
    whose = "the commissioners" if scenario.risk_share.over_partner_caps == "commissioners" else others
    whole = [f"{'; '.join(said)}.", f"What is over falls on {whose}."]
    if any(0 < part < 1 for part in scenario.risk_share.phase_in):
        whole.append("Phase-in does not lower these caps.")
    return whole


def _fees(scenario: Scenario) -> str:
    by_base: dict[str, list[Provider]] = {}
    for provider in scenario.providers:
        if provider.fee_rate:
            by_base.setdefault(provider.fee_on, []).append(provider)
    if not by_base:
        return ""
    on_target = "whatever is spent" if scenario.baseline.reindexed else "fixed in pounds"
    fixed = {"target cost": on_target, "actual cost": "which grows with what is spent"}
    rates = [
        f"a percentage of the provider's {base}, {fixed[base]}: "
        + ", ".join(f"{p.name} {as_percent(p.fee_rate)}" for p in providers)
        for base, providers in by_base.items()
    ]
    return f"Fees are paid on top of direct costs and are not in target cost; each is {'; or '.join(rates)}."


def _prices(scenario: Scenario) -> str:
    if not scenario.baseline.reindexed:
        return ""
    pool = ["the performance pool"] if any(scenario.framework.kpis()) else []
    return (
        "Target costs follow prices: in a year in which prices are 1% above or below plan, so are target costs, and "
        f"with them {listed(['fees', 'caps', 'bands', *pool])}. Sums in pounds are stated at planned prices."
    )


def _outside(scenario: Scenario) -> list[str]:
    if cost_clauses.separate(scenario):
        return ["The contracts are separate: what each provider saves or overspends is its own."]
    return [
        f"{as_percent(1 - p.pooled)} of what {p.name} saves or overspends is its own."
        for p in scenario.providers
        if p.pooled < 1
    ]


def _commissioners(scenario: Scenario) -> str:
    if len(scenario.commissioners) == 1:
        return f"{scenario.commissioners[0].name} takes what is left."
    parts = ", ".join(f"{c.name} {as_percent(c.contribution)}" for c in scenario.commissioners)
    return f"Commissioners take what is left: {parts}."

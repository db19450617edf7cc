"""The terms of a contract as tables, for a schedule of its agreement. Words for reading; pounds as numbers."""

import numpy as np
import pandas as pd

from model.amounts import Amount
from model.bands import Bands
from model.base import as_percent
from model.corridors import Corridor
from model.cost_clauses import Side, end
from model.scenario import Scenario
from model.wording import sum_of


def parties(scenario: Scenario) -> pd.DataFrame:
    """Everybody who signs: kind, role, and the fee or contribution."""
    rows: list[tuple[str, ...]] = [
        (p.name, "provider", p.kind, f"fee {as_percent(p.fee_rate)} of {p.fee_on}", as_percent(p.pooled))
        for p in scenario.providers
    ]
    rows += [
        (c.name, "commissioner", c.kind, f"contributes {as_percent(c.contribution)}", "–")
        for c in scenario.commissioners
    ]
    columns = ["Partner", "Role", "Kind", "Fee, or contribution", "Pooled"]
    return pd.DataFrame(rows, columns=columns).set_index("Partner")


def bands(scenario: Scenario) -> pd.DataFrame:
    """The layers of savings and overspends: of what, from where to where, and the providers' share of each."""
    share = scenario.risk_share
    rows = [
        *_layers(f"Saving{_past(share.gain_corridor)}", share.gain_bands, "gain", share.gain_corridor),
        *_layers(f"Overspend{_past(share.pain_corridor)}", share.pain_bands, "pain", share.pain_corridor),
    ]
    return pd.DataFrame(rows, columns=["Layer of", "From", "Up to", "Providers' share"]).set_index("Layer of")


def _past(corridor: Corridor) -> str:
    """What of a saving or overspend its layers count, where it is not all of it."""
    if corridor.kind == "none" or corridor.width == 0:
        return ""
    width = f"{as_percent(corridor.width)} of target cost"
    return f", only what is beyond {width}" if corridor.kind == "deductible" else f" of {width} or more"


def _layers(what: str, bands: Bands, side: Side, corridor: Corridor) -> list[tuple[str, str, str, str]]:
    ends = [end(band, side, corridor) for band in bands]
    starts = ["0", *ends]
    shares = [as_percent(band.share) for band in bands]
    rows = [(what, *row) for row in zip(starts, ends, shares, strict=False)]
    return rows if bands and bands[-1].is_open else [*rows, (what, starts[-1], "no end", "0%")]


def caps(scenario: Scenario, year: int) -> pd.DataFrame:
    """Every cap in words, and in pounds in one year at planned prices; caps that are not there are left out."""
    share, fee, target = scenario.risk_share, scenario.fee()[year], scenario.target_cost()[year]
    alliance = {
        "Gain on cost, providers together": share.cost_gain_cap,
        "Pain on cost, providers together": share.cost_pain_cap,
        "Gain in all, providers together": share.total_gain_cap,
        "Pain in all, providers together": share.total_pain_cap,
    }
    rows = [(name, sum_of(cap), _pounds(cap, fee.sum(), target.sum())) for name, cap in alliance.items()]
    for i, p in enumerate(scenario.providers):
        each = {"Gain": p.gain_cap, "Pain": p.pain_cap}
        rows += [
            (f"{side} of {p.name}", sum_of(cap, "its"), _pounds(cap, fee[i], target[i])) for side, cap in each.items()
        ]
    table = pd.DataFrame(rows, columns=["Cap on", "At", "pounds"]).set_index("Cap on")
    return table[table["pounds"] < np.inf]


def _pounds(cap: Amount, fee: float, target: float) -> float:
    return float(cap.pounds(np.array(fee), np.array(target)))


def kpis(scenario: Scenario) -> pd.DataFrame:
    """Every KPI: its area, unit, weight in the whole (a part of one), the values of its five levels, its gate."""
    areas = [kra.name for kra in scenario.framework.kras for _ in kra.kpis]
    rows = [
        (kpi.name, area, kpi.unit, weight, *kpi.levels.values, kpi.gate.level if kpi.gate else "")
        for kpi, area, weight in zip(scenario.framework.kpis(), areas, scenario.framework.weights(), strict=True)
    ]
    levels = ["failure", "poor", "minimum", "stretch", "gamebreaking"]
    return pd.DataFrame(rows, columns=["KPI", "area", "unit", "weight", *levels, "gate"]).set_index("KPI")

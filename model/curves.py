"""The contract and the inputs as curves, for looking at: labelled pandas objects, pounds and fractions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from model.base import Floats
from model.basis import Yearly
from model.evidence import Distribution
from model.framework import KPI
from model.ledger import Ledger
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import Results
from model.statistics import percentile
from model.tables import TERM
from model.terms import Terms, terms

POINTS = 141
ROUND = 0.05
"""The saving, as part of target cost, that sentences speak of."""
WHOLE = np.arange(-40, 41) / 100
"""Every saving in whole percents that a picture may reach."""


def reference_year(scenario: Scenario, period: str) -> int:
    """The year that a curve of one year shows: the one chosen, else the first in which everything counts fully."""
    labels = scenario.term.labels()
    if period != TERM:
        return labels.index(period)
    contract = terms(scenario)
    in_full = contract.phase_in * ~contract.one_sided
    return int(np.argmax(in_full if in_full.any() else contract.phase_in))


def gates_passed(scenario: Scenario, ops: Floats) -> Scores:
    """These scores of one year, (points,), with every gate passed."""
    guarded = any(kpi.gate and kpi.gate.blocks == "full cost gain" for kpi in scenario.framework.kpis())
    return replace(Scores.ungated(ops[None, :]), unmodified=np.full((1, len(ops)), guarded))


def gain_by_score(scenario: Scenario, year: int) -> pd.Series:
    """What all providers gain from a saving of `ROUND` at every whole performance score, pounds; no gate has failed."""
    scores = np.arange(-100.0, 101.0)
    ledger = _settled(scenario, year, np.full(len(scores), ROUND), scores)
    return pd.Series(ledger.gain[0].sum(axis=0), index=pd.Index(scores, name="score"))


def share_curve(scenario: Scenario, year: int, ops: float, reach: float) -> pd.DataFrame:
    """What each provider gains or bears if every provider saves the same part of its target cost.

    Index: the saving as part of target cost, from -reach to reach; columns: providers, pounds. No gate has failed.
    """
    corners = [*WHOLE, *edges(scenario, year).values()]
    saving = np.unique([*np.linspace(-reach, reach, POINTS), *(edge for edge in corners if abs(edge) <= reach)])
    gain = _settled(scenario, year, saving, np.full(len(saving), ops)).gain[0]
    return pd.DataFrame(
        gain.T, index=pd.Index(saving, name="saving"), columns=pd.Index([p.name for p in scenario.providers])
    )


def readable(curve: pd.DataFrame, edges: Mapping[str, float]) -> pd.DataFrame:
    """The rows of a share curve that a reader looks for: whole percents, and where the terms change."""
    places = pd.Index(curve.index.to_numpy().round(6), name=curve.index.name)
    kept = places.isin(np.round([*WHOLE, *edges.values()], 6)) & ~places.duplicated()
    return curve.set_axis(places)[kept]


def left_curve(
    scenario: Scenario, year: int, ops: float, saving: Sequence[float] = (-ROUND, 0.0, ROUND)
) -> pd.DataFrame:
    """What each commissioner gains or loses if every provider saves the same part of its target cost.

    Index: the savings given, as parts of target cost; columns: commissioners, pounds. No gate has failed.
    """
    saved = pd.Index(saving, name="saving")
    ledger = _settled(scenario, year, saved.to_numpy(), np.full(len(saved), ops))
    names = pd.Index([one.name for one in scenario.commissioners])
    return pd.DataFrame(ledger.commissioners[0].T, index=saved, columns=names)


def performance_curve(scenario: Scenario, year: int) -> pd.Series:
    """What the providers together gain or bear from performance if costs are on target. Index: score -100 to 100."""
    ops = np.linspace(-100, 100, 201)
    ledger = _settled(scenario, year, np.zeros(len(ops)), ops)
    return pd.Series(ledger.gain[0].sum(axis=0), index=pd.Index(ops, name="score"))


def _settled(scenario: Scenario, year: int, saved: Floats, ops: Floats) -> Ledger:
    """One year by itself: so much saved, as parts of every target cost, at these scores, both (points,)."""
    contract = alone(scenario, year)
    return settle(contract, contract.target[:, :, None] * (1 - saved), gates_passed(scenario, ops))


def alone(scenario: Scenario, year: int) -> Terms:
    """The terms of one year by itself."""
    contract = terms(scenario).years([year])
    return replace(contract, risk_share=contract.risk_share.edited(basis=Yearly()))


def edges(scenario: Scenario, year: int) -> dict[str, float]:
    """Where the terms change, as savings in parts of a year's target cost: corridors and the ends of bands."""
    share, target = scenario.risk_share, terms(scenario).pool_target[year]
    found = {}
    for sign, corridor, bands, side in (
        (1, share.gain_corridor, share.gain_bands, "gain"),
        (-1, share.pain_corridor, share.pain_bands, "pain"),
    ):
        width = 0.0 if corridor.kind == "none" else corridor.width
        if width:
            found[f"{side} corridor"] = sign * width
        start = width if corridor.kind == "deductible" else 0.0
        for i, band in enumerate(bands, start=1):
            if not band.is_open and target.all():
                found[f"end of {side} band {i}"] = sign * (float((band.ends(target) / target)[0]) + start)
    return found


def limits(scenario: Scenario, year: int) -> dict[str, float]:
    """The caps on what all providers together gain or bear in a year, pounds; caps that are not there are left out."""
    contract, share = terms(scenario).years([year]), scenario.risk_share
    fee, target, part = contract.fee.sum(axis=1), contract.target.sum(axis=1), float(contract.phase_in[0])
    caps = {"cap on total gain": (share.total_gain_cap, 1), "cap on total pain": (share.total_pain_cap, -1)}
    return {
        name: sign * part * float(cap.pounds(fee, target)[0])
        for name, (cap, sign) in caps.items()
        if cap.kind != "none"
    }


def likely_saving(results: Results, year: int) -> tuple[float, float]:
    """The saving of a year, as part of target cost, that 9 in 10 futures lie between."""
    saving = np.sort(results.providers[year] + results.commissioners[year])
    target = results.scenario.target_cost()[year].sum()
    return float(percentile(saving, 5) / target), float(percentile(saving, 95) / target)


def reach(scenario: Scenario, likely: tuple[float, float], year: int) -> float:
    """How far a picture of the contract should reach: past the likely savings and, where near, the last edge."""
    wanted = [1.25 * max(abs(part) for part in likely), 0.05, *(1.15 * abs(e) for e in edges(scenario, year).values())]
    return float(min(max(wanted), 0.4))


def score_curve(kpi: KPI) -> pd.Series:
    """The score that each value earns, somewhat beyond the outer levels."""
    ends = np.array([kpi.levels.failure, kpi.levels.gamebreaking])
    low, high = ends.min(), ends.max()
    values = np.unique([*np.linspace(low - 0.12 * (high - low), high + 0.12 * (high - low), 241), *kpi.levels.values])
    return pd.Series(kpi.score(values), index=pd.Index(values, name=kpi.name))


def quantiles(distribution: Distribution, count: int = 200) -> pd.Series:
    """Equally likely values of a distribution, lowest first; index: the chance below."""
    levels = (np.arange(count) + 0.5) / count
    return pd.Series(distribution.ppf(levels), index=pd.Index(levels, name="chance below"))


def ranges(distributions: Mapping[str, Distribution]) -> pd.DataFrame:
    """The range of each uncertain input, by name: P5, P50, P95, mean and standard deviation."""
    at = np.array([0.05, 0.5, 0.95])
    rows = {name: [*d.ppf(at), d.mean, d.sd] for name, d in distributions.items()}
    columns = ["P5", "P50", "P95", "mean", "standard deviation"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("input")


def span(distributions: Sequence[Distribution]) -> tuple[float, float]:
    """A scale on which all of them can be compared: from the lowest to the highest of their equally likely values."""
    ends = np.array([quantiles(distribution).iloc[[0, -1]] for distribution in distributions])
    return float(ends.min()), float(ends.max())


def correlations(scenario: Scenario) -> pd.DataFrame:
    """What is assumed to move together: costs and late savings of providers, then KPIs (better is positive)."""
    costs, kpis = scenario.cost_names(), scenario.kpi_names()
    matrix = scenario.uncertainty.correlations.matrix(costs, kpis)
    return pd.DataFrame(matrix, index=[*costs, *kpis], columns=[*costs, *kpis])

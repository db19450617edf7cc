"""What one level of each KPI is worth, and which KPIs are paid twice (model §4)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from model.base import Floats
from model.framework import LEVELS
from model.incentives import Drawn
from model.points import batches
from model.scenario import Scenario
from model.scores import Scores
from model.statistics import standard_error
from model.tables import COMMISSIONERS, PROVIDERS, partner_names

POINTS = "points"
ERROR = f"{PROVIDERS} s.e."

TWICE = 0.1
"""A KPI whose rank correlation with cost is stronger than this is named."""


def levels(drawn: Drawn, year: int, level: str) -> pd.DataFrame:
    """What each partner and side has, on average over the term, for every KPI that is one level better in a year.

    From the level below up to `level`: the score rises in every draw by the difference of the two levels' scores ×
    the KPI's weight ('points'), held within -100 and 100, and all is settled again. A gate that the level would pass
    is no part of it. KPIs down; pounds, with the standard error of the providers' figure.
    """
    scenario, upper = drawn.scenario, LEVELS.index(level)
    found: dict[float, Floats] = {}
    rows = {}
    for kpi, weight in zip(scenario.framework.kpis(), scenario.framework.weights(), strict=True):
        points = round(float(weight) * (kpi.scores.values[upper] - kpi.scores.values[upper - 1]), 9)
        if points not in found:
            found[points] = _worth(drawn, year, points)
        rows[kpi.name] = [points, *found[points]]
    columns = [POINTS, *partner_names(scenario), PROVIDERS, COMMISSIONERS, ERROR]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("KPI")


def _worth(drawn: Drawn, year: int, points: float) -> Floats:
    """Of so many points in a year: the mean gain of each partner, of the two sides, and the providers' error."""
    providers = len(drawn.scenario.providers)
    if not points:
        return np.zeros(len(drawn.results.total) + 3)
    moved = drawn.again(scores=better(drawn.scores, year, points)) - drawn.results.total
    together = moved[:providers].sum(axis=0)
    means = [together[part].mean() for part in batches(together.shape[-1])]
    each = moved.mean(axis=-1)
    return np.array([*each, each[:providers].sum(), each[providers:].sum(), standard_error(np.array(means))])


def better(scores: Scores, year: int, points: float) -> Scores:
    """The scores with one year's higher by so many points; where a gate makes it count as -100 it still does."""
    measured = scores.measured.copy()
    measured[year] = np.clip(measured[year] + points, -100.0, 100.0)
    if scores.ops is scores.measured:
        return replace(scores, ops=measured, measured=measured)
    return replace(scores, ops=np.where(scores.ops == scores.measured, measured, scores.ops), measured=measured)


def twice(drawn: Drawn) -> pd.DataFrame:
    """How far each KPI's better futures are also the cheaper ones, over the whole term: KPIs down.

    'correlation': Spearman's, of the KPI's mean (better is higher) with the cost of all, its sign turned, so that
    above 0 the KPI is paid through its score and again through the saving; with its standard error. 'with a saving':
    the part of what the KPI scores above 0 that comes in futures with a saving; 'any saving': the chance of one.
    """
    kpis = list(drawn.scenario.framework.kpis())
    signs = np.array([1.0 if kpi.levels.higher_is_better else -1.0 for kpi in kpis])
    values = drawn.outcomes.kpis.mean(axis=0) * signs[:, None]
    cheap = -drawn.outcomes.costs.sum(axis=(0, 1))
    errors = [_spearman(values[:, part], cheap[part]) for part in batches(len(cheap))]
    saved = (drawn.results.providers + drawn.results.commissioners).sum(axis=0) > 0
    columns = {
        "correlation": _spearman(values, cheap),
        "correlation s.e.": [standard_error(np.array(one)) for one in np.reshape(errors, (-1, len(kpis))).T],
        "with a saving": [_with_saving(drawn, k, saved) for k in range(len(kpis))],
        "any saving": np.full(len(kpis), saved.mean()),
    }
    return pd.DataFrame(columns, index=pd.Index([kpi.name for kpi in kpis], name="KPI"))


def _spearman(values: Floats, other: Floats) -> Floats:
    """Rank correlation of each row, (K, n), with another quantity, (n,); 0 for what does not vary."""
    ranks = pd.DataFrame(np.vstack([values, other]).T).rank().to_numpy().T
    ranks = ranks - ranks.mean(axis=-1, keepdims=True)
    norms = np.sqrt((ranks**2).sum(axis=-1))
    scale = norms[:-1] * norms[-1]
    return np.asarray(np.divide(ranks[:-1] @ ranks[-1], scale, out=np.zeros(len(values)), where=scale > 0))


def _with_saving(drawn: Drawn, k: int, saved: Floats) -> float:
    """The part of a KPI's score above 0 that comes in futures with a saving; nan if it never scores above 0."""
    kpi = list(drawn.scenario.framework.kpis())[k]
    earned = np.maximum(kpi.score(drawn.outcomes.kpis[:, k]), 0.0).sum(axis=0)
    return float((earned * saved).sum() / earned.sum()) if earned.any() else float("nan")


def hit_twice(scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
    """Risks that cost money and make KPIs worse as well, each with those KPIs: such a year is paid for twice."""
    rising = {kpi.name: kpi.levels.higher_is_better for kpi in scenario.framework.kpis()}
    for risk in scenario.uncertainty.risks:
        worse = [effect.kpi for effect in risk.kpi_effects if effect.change * (1 if rising[effect.kpi] else -1) < 0]
        if risk.included and risk.probability and risk.impact.mean > 0 and worse:
            yield risk.name, worse

"""Which weight matters: what more weight on one KPI would change."""

import numpy as np
import pandas as pd

from model.base import Floats
from model.framework import Framework
from model.incentives import Drawn
from model.points import batches
from model.scores import score
from model.statistics import standard_error
from model.tables import COMMISSIONERS, PROVIDERS

MORE = 0.1
"""Of the whole weight: 10 points."""
ERROR = f"{PROVIDERS} s.e."


def heavier(drawn: Drawn) -> pd.DataFrame:
    """What both sides have more on average over the term if a KPI weighs `MORE` more of the whole, 'from' and 'to'.

    The others share the rest as they did before, and every draw is scored and settled again. KPIs down, pounds, with
    the standard error of the providers' figure. With one KPI alone there is nothing to weigh it against.
    """
    framework, providers = drawn.scenario.framework, len(drawn.scenario.providers)
    weights = framework.weights()
    rows = {}
    for k, kpi in enumerate(framework.kpis() if len(weights) > 1 else ()):
        changed = _with(weights, k, min(weights[k] + MORE, 1.0))
        moved = drawn.again(scores=score(weighted(framework, changed), drawn.outcomes.kpis)) - drawn.results.total
        together = moved[:providers].sum(axis=0)
        error = standard_error(np.array([together[part].mean() for part in batches(together.shape[-1])]))
        rows[kpi.name] = (weights[k], changed[k], together.mean(), moved[providers:].sum(axis=0).mean(), error)
    columns = ["from", "to", PROVIDERS, COMMISSIONERS, ERROR]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("KPI")


def _with(weights: Floats, k: int, weight: float) -> Floats:
    """Weights that add up to 1, of which one is given."""
    rest = 1.0 - weights[k]
    others = weights * ((1.0 - weight) / rest) if rest > 0 else np.zeros_like(weights)
    others[k] = weight
    return others


def weighted(framework: Framework, weights: Floats) -> Framework:
    """The framework with other weights of its KPIs in the whole, (K,)."""
    left, kras = list(weights), []
    for kra in framework.kras:
        mine, left = left[: len(kra.kpis)], left[len(kra.kpis) :]
        total = float(sum(mine))
        parts = [part / total for part in mine] if total else [kpi.weight for kpi in kra.kpis]
        kpis = tuple(kpi.edited(weight=float(part)) for kpi, part in zip(kra.kpis, parts, strict=True))
        kras.append(kra.edited(weight=total, kpis=kpis))
    return framework.edited(kras=tuple(kras))

"""Small alliances to test with: everything ordinary, except what the test is about."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from model.bands import Band
from model.base import Floats
from model.contract import RiskShare
from model.dependence import Correlations
from model.distributions import Fixed
from model.evidence import Distribution
from model.framework import KPI, KRA, Framework, Levels
from model.ledger import Ledger
from model.partners import Commissioner, Provider
from model.scenario import Baseline, Scenario, Term
from model.scores import Scores
from model.settle import settle
from model.terms import terms
from model.uncertainty import Risk, Uncertainty

MILLION = 1e6
PENNY = 0.01
CERTAIN = Fixed(value=0.0)

RISING = Levels(failure=0, poor=10, minimum=20, stretch=40, gamebreaking=80)
FALLING = Levels(failure=80, poor=40, minimum=20, stretch=10, gamebreaking=0)


def provider(name: str = "Community charity", **changes: Any) -> Provider:
    """A provider with a target cost of £100m and a fee of £5m, certain to spend what is planned."""
    ordinary: dict[str, Any] = {
        "kind": "charity",
        "baseline_cost": 100 * MILLION,
        "fee_rate": 0.05,
        "cost_deviation": CERTAIN,
        "gain_share": 1.0,
        "pain_share": 1.0,
    }
    return Provider(name=name, **ordinary | changes)


def providers(*shares: float, **changes: Any) -> tuple[Provider, ...]:
    """Providers named A, B, C … who divide gain and pain in these parts."""
    return tuple(
        provider(name, gain_share=share, pain_share=share, **changes)
        for name, share in zip("ABCDEFGH", shares, strict=False)
    )


def commissioner(name: str = "City council", contribution: float = 1.0) -> Commissioner:
    return Commissioner(name=name, kind="council", contribution=contribution)


def kpi(name: str = "Recovered", **changes: Any) -> KPI:
    """A KPI in the middle of its levels, and certain."""
    ordinary: dict[str, Any] = {"weight": 1.0, "levels": RISING, "today": 20, "expected": 20, "deviation": CERTAIN}
    return KPI(name=name, **ordinary | changes)


def framework(*kpis: KPI) -> Framework:
    """One key result area with these KPIs."""
    return Framework(kras=(KRA(name="Recover and stay well", weight=1.0, kpis=kpis),))


def share(**changes: Any) -> RiskShare:
    """Half of every pound saved or overspent to the providers, unless changed."""
    half = (Band(up_to=None, share=0.5),)
    return RiskShare(**{"gain_bands": half, "pain_bands": half} | changes)


def uncertain(*risks: Risk, delivered: Distribution | None = None, **correlations: float) -> Uncertainty:
    """No correlations but these."""
    none = {"between_costs": 0.0, "between_kpis": 0.0, "cost_and_kpis": 0.0, "year_to_year": 0.0}
    return Uncertainty(
        savings_delivered=delivered or Fixed(value=1.0),
        correlations=Correlations.model_validate(none | correlations),
        risks=risks,
    )


def scenario(*, years: int = 1, **changes: Any) -> Scenario:
    """One commissioner, one provider, one year, half of everything shared, nothing uncertain."""
    ordinary: dict[str, Any] = {
        "name": "Test alliance",
        "term": Term(start="2018-04", years=years),
        "commissioners": (commissioner(),),
        "providers": (provider(),),
        "baseline": Baseline(price_growth=0.0),
        "risk_share": share(),
        "uncertainty": uncertain(),
    }
    return Scenario(**ordinary | changes)


def performance(years: int, ops: ArrayLike = 0.0, cost_gate: bool = False, performance_gate: bool = False) -> Scores:
    """The same overall performance scores in every year, one per draw; a failed gate blocks gain."""
    scores = np.tile(np.atleast_1d(np.asarray(ops, dtype=float)), (years, 1))
    never = np.zeros(scores.shape, dtype=bool)
    return Scores(
        scores,
        scores,
        np.full(scores.shape, cost_gate),
        np.full(scores.shape, performance_gate),
        lost_pool=never,
        unmodified=never,
    )


def after(scenario: Scenario, savings: ArrayLike, scores: Scores | None = None) -> Ledger:
    """The ledger when the providers together save these sums in every year, one per draw.

    Each saves in proportion to its target cost. Performance is in the middle unless `scores` says otherwise.
    """
    contract = terms(scenario)
    saved = np.atleast_1d(np.asarray(savings, dtype=float))
    target = contract.target[:, :, None]
    costs: Floats = target - target / target.sum(axis=1, keepdims=True) * saved
    return settle(contract, costs, scores or performance(len(target), np.zeros_like(saved)))


def limb3(share: RiskShare, savings: ArrayLike, ops: float = 0.0, **gates: bool) -> list[float]:
    """What the only provider gains or bears at each saving: target cost £100m, fee £5m."""
    saved = np.atleast_1d(np.asarray(savings, dtype=float))
    scores = performance(1, np.full_like(saved, ops), **gates)
    return list(after(scenario(risk_share=share), saved, scores).limb3[0, 0])


def correlated(values: Floats) -> Floats:
    """Correlation of each row with every other."""
    return np.asarray(np.corrcoef(values), dtype=np.float64)


def apart(a: Floats, b: ArrayLike) -> float:
    """The largest difference between two arrays of the same shape; infinite where one has no number."""
    if np.shape(a) != np.shape(b):
        return float("inf")
    return float(np.nan_to_num(np.abs(a - np.asarray(b)), nan=np.inf).max(initial=0.0))


def penny(*expected: float) -> object:
    return pytest.approx(list(expected), abs=PENNY, rel=0)


def outturn(costs: list[float]) -> Floats:
    """One year, one draw."""
    return np.array(costs)[None, :, None]


def over_years(case: Scenario, savings: list[float], relief: list[float] | None = None, owed: float = 0.0) -> Ledger:
    """The ledger when the providers save these sums, one a year; one draw, performance in the middle."""
    contract, years = terms(case), len(savings)
    target = contract.target[:, :, None]
    costs = target - target / target.sum(axis=1, keepdims=True) * np.array(savings)[:, None, None]
    return settle(contract, costs, performance(years), np.array(relief or [0.0] * years)[:, None], owed)


def due(share: RiskShare, savings: list[float], relief: list[float] | None = None, owed: float = 0.0) -> list[float]:
    """What is due for each year from the only provider: target cost £100m, fee £5m."""
    return list(over_years(scenario(years=len(savings), risk_share=share), savings, relief, owed).limb3[:, 0, 0])

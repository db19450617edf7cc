"""Results and settlements as plain data for files and programs."""

from typing import Any

import numpy as np

from model import tables
from model.base import Floats
from model.ledger import LINES, Ledger
from model.outturn import Actuals
from model.scenario import Scenario
from model.scores import Scores, score
from model.settle import settle
from model.simulate import Results
from model.statistics import ON_SORTED, summary
from model.terms import terms
from model.version import VERSION

UNCAPPED = "uncapped"


def of_run(results: Results, seed: int) -> dict[str, Any]:
    """What `model run --json` prints; the layout is described in docs/command-line.md."""
    scenario = results.scenario
    table = tables.partners(results)
    found = {str(name): _entry(row) for name, row in table.to_dict(orient="index").items()}
    sides = {"providers": found.pop(tables.PROVIDERS), "commissioners": found.pop(tables.COMMISSIONERS)}
    return {
        "scenario_id": scenario.id,
        "scenario": scenario.name,
        "version": VERSION,
        "draws": results.draws,
        "seed": seed,
        "partners": found,
        "alliance": {**sides, "mean_ops": float(results.mean_ops.mean())},
        "years": [_year(results, t) for t in range(scenario.term.horizon)],
        "caps": tables.binding(results).to_dict(orient="index"),
    }


def _entry(row: dict[Any, Any]) -> dict[str, Any]:
    limit = row["loss_limit"]
    return {
        "role": row["role"],
        **{key: row[key] for key in ON_SORTED},
        "standard_error": row["mean s.e."],
        "standard_errors": {key: row[f"{key} s.e."] for key in ON_SORTED},
        "largest_possible_loss": limit if np.isfinite(limit) else UNCAPPED,
    }


def _year(results: Results, t: int) -> dict[str, Any]:
    scenario = results.scenario
    return {
        "year": scenario.term.labels()[t],
        "target_cost": float(scenario.target_cost()[t].sum()),
        "fee": float(scenario.fee()[t].sum()),
        "mean_ops": float(results.mean_ops[t]),
        "providers": _side(results.providers[t]),
        "commissioners": _side(results.commissioners[t]),
    }


def _side(gain: Floats) -> dict[str, Any]:
    found = summary(gain)
    return {**found.values, "standard_error": found.errors["mean"]}


def of_settlement(scenario: Scenario, actuals: Actuals) -> dict[str, Any]:
    """What `model settle --json` prints: every line of model §2 for each year of the outturn."""
    contract = terms(scenario).years(actuals.rows)
    scores = score(scenario.framework, actuals.kpis)
    found = settle(contract, actuals.costs, scores, actuals.relief, actuals.brought_forward)
    labels = scenario.term.labels()
    return {
        "scenario_id": scenario.id,
        "scenario": scenario.name,
        "version": VERSION,
        "years": [
            {
                "year": labels[row],
                "ops": float(scores.ops[i, 0]),
                "kpi_scores": _kpi_scores(scenario, actuals, i),
                "gates": _gates(scores, i),
                "target_cost": float(contract.target[i].sum()),
                "actual_cost": float(actuals.costs[i].sum()),
                "lines": _lines(scenario, found, i),
            }
            for i, row in enumerate(actuals.rows)
        ],
    }


def _kpi_scores(scenario: Scenario, actuals: Actuals, i: int) -> dict[str, float | None]:
    """Score of each KPI; None where there are no data."""
    scores = {}
    for k, kpi in enumerate(scenario.framework.kpis()):
        value = float(kpi.score(actuals.kpis[i, k])[0])
        scores[kpi.name] = None if np.isnan(value) else value
    return scores


def _gates(scores: Scores, i: int) -> dict[str, bool]:
    return {
        "cost_gain_blocked": bool(scores.no_cost_gain[i, 0]),
        "performance_gain_blocked": bool(scores.no_performance_gain[i, 0]),
    }


def _lines(scenario: Scenario, found: Ledger, i: int) -> list[dict[str, Any]]:
    owners = {
        "provider": [p.name for p in scenario.providers],
        "commissioner": [c.name for c in scenario.commissioners],
    }
    lines = []
    for line in LINES:
        values = np.atleast_1d(getattr(found, line.name)[i, ..., 0]) + 0.0
        entry = {"step": line.step, "line": line.name, "title": line.title}
        if line.per == "alliance":
            entry["amount"] = float(values[0])
        else:
            entry["amounts"] = dict(zip(owners[line.per], values.tolist(), strict=True))
        lines.append({**entry, "formula": line.formula})
    return lines

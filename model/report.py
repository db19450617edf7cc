"""Results and settlements as plain data for files and programs."""

from itertools import groupby
from typing import Any

import numpy as np

from model import tables
from model.assumptions import assumptions
from model.base import Floats, as_pounds
from model.cautions import cautions
from model.clauses import clauses
from model.futures import Future, of_actuals
from model.outturn import Actuals
from model.scenario import Scenario
from model.simulate import MOST_DRAWS, Results
from model.statistics import ON_SORTED, summary
from model.version import VERSION
from model.walk import measured, steps

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
        **contract_in_words(scenario),
        "partners": found,
        "alliance": {**sides, "mean_ops": float(results.mean_ops.mean())},
        "years": [_year(results, t) for t in range(scenario.term.horizon)],
        "caps": tables.binding(results).to_dict(orient="index"),
        "assumptions": [assumption._asdict() for assumption in assumptions(scenario)],
    }


def precision(pounds: float, error: float) -> dict[str, Any]:
    """How precisely the worst 1 in 20 had to be known, and how precisely it is: the largest standard error."""
    return {"pounds": pounds, "standard_error": error, "reached": error <= pounds}


def precision_in_words(found: dict[str, Any]) -> str:
    """How precisely the worst 1 in 20 is known, against what was asked."""
    asked, error = (as_pounds(round(found[key], 2)) for key in ("pounds", "standard_error"))
    said = f"The largest standard error of a worst 1-in-20 is {error}"
    if found["reached"]:
        return f"{said}; at most {asked} was asked"
    return f"{said}; {asked} was asked, and more than {MOST_DRAWS:,} futures are not drawn"


def _entry(row: dict[Any, Any]) -> dict[str, Any]:
    limit, in_one = row["loss_limit"], row["year_limit"]
    return {
        "role": row["role"],
        **{key: row[key] for key in ON_SORTED},
        "standard_error": row["mean s.e."],
        "standard_errors": {key: row[f"{key} s.e."] for key in ON_SORTED},
        "largest_possible_loss": limit if np.isfinite(limit) else UNCAPPED,
        "largest_loss_in_one_year": in_one if np.isfinite(in_one) else UNCAPPED,
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
    """What `model settle --json` prints: every line of model §2 for each year of the outturn, and how it came about."""
    labels = scenario.term.labels()
    return {
        "scenario_id": scenario.id,
        "scenario": scenario.name,
        "version": VERSION,
        **contract_in_words(scenario),
        "years": [
            _settled_year(future, labels[row])
            for row, future in zip(actuals.rows, of_actuals(scenario, actuals), strict=True)
        ],
    }


def contract_in_words(scenario: Scenario) -> dict[str, Any]:
    """The clauses of the contract by what they are about, and the warnings."""
    return {"contract": dict(clauses(scenario)), "cautions": list(cautions(scenario))}


def _settled_year(future: Future, label: str) -> dict[str, Any]:
    ledger, t = future.ledger, future.year
    return {
        "year": label,
        "ops": future.ops,
        "kpi_scores": {kpi.name: kpi.score for kpi in measured(future)},
        "gates": {
            "cost_gain_blocked": future.flag("no_cost_gain"),
            "performance_gain_blocked": future.flag("no_performance_gain"),
            "failed": future.failed,
        },
        "prices": future.prices,
        "target_cost": float(future.target.sum()),
        "actual_cost": float(ledger.costs[t, :, future.draw].sum()),
        "lines": _lines(future),
    }


def _lines(future: Future) -> list[dict[str, Any]]:
    lines = []
    for line, group in groupby(steps(future), key=lambda step: step.line):
        found = list(group)
        entry = {"step": line.step, "line": line.name, "title": line.title}
        if line.per == "alliance":
            entry |= {"amount": found[0].amount, "how": found[0].how}
        else:
            entry["amounts"] = {step.owner: step.amount for step in found}
            entry["how"] = {step.owner: step.how for step in found}
        lines.append({**entry, "formula": line.formula})
    return lines

"""What a search for a design has found, as plain data and as lines of text."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.acceptance import Position
from model.base import as_pounds
from model.documents import to_document
from model.looks import Problem, levers
from model.moves import moves
from model.outcome import Found, Outcome
from model.unheard import Beside
from model.version import VERSION
from model.whole import Whole

REFUSING = ("refuses", "too close to call")


def of_search(problem: Problem, outcome: Outcome) -> dict[str, Any]:
    """What `model search --json` prints; the layout is described in docs/command-line.md."""
    scenario = problem.scenario
    return {
        "scenario_id": scenario.id,
        "scenario": scenario.name,
        "version": VERSION,
        "draws": problem.draws,
        "seed": problem.seed,
        "wanted": problem.wanted,
        "vary": [vary._asdict() for vary in problem.space.terms],
        "split": list(problem.space.stated),
        "rules": list(problem.space.rules),
        "spared": problem.spared,
        "done": outcome.done,
        "looked_at": outcome.looked,
        "frontier": [_design(problem, one) for one in outcome.frontier],
        "compromise": _design(problem, outcome.compromise) if outcome.compromise else None,
        "fewest": _design(problem, outcome.fewest) if outcome.fewest else None,
        "whole": outcome.whole._asdict() if outcome.whole else None,
        "limits": [
            {"partner": one.partner, "test": one.test, "pounds": one.pounds, "design": _design(problem, one.found)}
            for one in outcome.limits
        ],
        "openings": [{"term": one.term, "design": _design(problem, one.found)} for one in outcome.openings],
        "less_wanted": _design(problem, outcome.less_wanted) if outcome.less_wanted else None,
    }


def moved(problem: Problem, one: Found) -> list[str]:
    """What a found design changes, in words."""
    return moves(levers(problem.scenario, problem.draws, problem.seed), problem.scenario, one.design)


def _design(problem: Problem, one: Found) -> dict[str, Any]:
    """A design with what it changes; a slack of null: nobody asks anything."""
    return {
        "incentive": one.incentive,
        "slack": one.slack if np.isfinite(one.slack) else None,
        "acceptable": one.acceptable,
        "changes": moved(problem, one),
        "partners": {position.partner: _standing(position) for position in one.positions},
        "unheard": {fares.now.partner: _fares(fares) for fares in one.unheard},
        "scenario": to_document(one.design),
    }


def _standing(position: Position) -> dict[str, Any]:
    tests = {cell.test: {"slack": cell.slack, "standard_error": cell.error} for cell in position.cells}
    return {"verdict": position.verdict, "tests": tests}


def _fares(one: Beside) -> dict[str, Any]:
    """How a partner fares that has not said what it would accept, beside the present design."""
    now = {"mean_now": one.now.mean, "worst_now": one.now.worst, "chance_of_loss_now": one.now.chance}
    return {"mean": one.mean, "worst": one.worst, "chance_of_loss": one.chance, **now, "worse_off": one.worse}


def in_lines(found: dict[str, Any]) -> Iterator[str]:
    """The same in words."""
    yield f"{found['scenario']}: {found['looked_at']:,} designs on {found['draws']:,} futures, seed {found['seed']}"
    for design in found["frontier"]:
        would = "Nobody who has said would refuse" if design["unheard"] else "Everyone would sign"
        yield f"{would}: {_in_words(design)}"
        if worse := [name for name, one in design["unheard"].items() if one["worse_off"]]:
            yield f"  worse off than now, without having said what they accept: {', '.join(worse)}"
    if found["frontier"] and (silent := design["unheard"]):
        follows = "none of them is left worse off than now" if found["spared"] else "which counts as no objection"
        yield f"Not said what they would accept; {follows}: {', '.join(silent)}"
    if found["done"] < 1:
        yield f"The search ended with {found['done']:.0%} of its work done; there may be other designs."
    elif not found["frontier"]:
        yield "No design was found that everyone would sign."
    all_of = Whole(**found["whole"]) if found["whole"] else None
    ruled_out = all_of is not None and not all_of.suffices
    if found["compromise"] and not ruled_out:
        yield f"The nearest: {_in_words(found['compromise'])}"
        for name, one in found["compromise"]["partners"].items():
            short = [-test["slack"] for test in one["tests"].values() if test["slack"] < 0]
            if short:
                yield f"  {name} is {as_pounds(round(max(short)))} short"
    if found["fewest"]:
        refusing = [name for name, one in found["fewest"]["partners"].items() if one["verdict"] in REFUSING]
        yield f"Refused by the fewest ({', '.join(refusing)}): {_in_words(found['fewest'])}"
    if all_of is not None and ruled_out:
        yield (
            f"  all together have {as_pounds(round(all_of.mean))} on average in any design, worth at most "
            f"{as_pounds(round(all_of.worth))}; staying out is worth {as_pounds(round(all_of.outside))} to them: "
            f"targets would have to be at least {as_pounds(round(all_of.lacks))} higher over the term"
        )
    for limit in found["limits"]:
        yield f"Would open the door: {limit['partner']}, {limit['test']}, by {as_pounds(round(limit['pounds']))}"
    for opening in found["openings"]:
        yield f"Would open the door: {opening['term']}"
    if found["less_wanted"]:
        yield f"With less incentive: {_in_words(found['less_wanted'])}"


def _in_words(design: dict[str, Any]) -> str:
    pence = f"{100 * design['incentive']:.0f}p of the next pound"
    slack = "nobody asks anything" if design["slack"] is None else f"tightest slack {as_pounds(round(design['slack']))}"
    return "; ".join([f"{pence}, {slack}", *design["changes"]])

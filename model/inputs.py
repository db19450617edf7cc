"""Every input of a scenario that is not uncertain: what it is, what it is set to, and the note on it."""

from collections.abc import Iterator
from typing import Any

from model.amounts import LowerOf, OfFee, OfTarget, Pounds, Uncapped
from model.assumptions import UNCERTAIN, Assumption, assumption, assumptions, entered
from model.bands import Band
from model.base import Value
from model.contract import RiskShare
from model.documents import to_document, where
from model.fields import Path, empty_of, unit_of, walk
from model.framework import KPI, KRA, Framework
from model.partners import Commissioner, Provider
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario, Term

GROUPS = (Term, Baseline, Commissioner, Provider, Framework, KRA, KPI, RiskShare, PerformancePool)
"""Values whose entries are inputs by themselves; any other is one input as a whole."""
NO_INPUTS = ("kind", "sources", "name", "schema_version", "story", "expected_answer", "illustrative", "uncertainty")
WHOLE = (Band, Uncapped, Pounds, OfFee, OfTarget, LowerOf)


def certain(scenario: Scenario) -> Iterator[Assumption]:
    """Every input that is entered as one figure or choice, in the order of the file."""
    yield from _below(to_document(scenario), (), scenario)


def uncertain(scenario: Scenario) -> Iterator[Assumption]:
    """Every uncertain input, and what is noted on parts of any input."""
    known = {one.input for one in certain(scenario)}
    return (one for one in assumptions(scenario) if one.input not in known)


def _below(document: dict[str, Any], path: Path, owner: Value) -> Iterator[Assumption]:
    for name in type(owner).model_fields:
        if name in NO_INPUTS or name in UNCERTAIN.get(type(owner), ()):
            continue
        value = getattr(owner, name)
        lines = value if isinstance(value, tuple) else (value,)
        if lines and all(isinstance(line, GROUPS) for line in lines):
            for i, line in enumerate(lines):
                below = (*path, name, i) if isinstance(value, tuple) else (*path, name)
                yield from _below(document, below, line)
        else:
            steps = walk(document, (*path, name))
            field = steps[-1][1]
            yield assumption(where(steps), entered(owner, name, unit_of(field), empty_of(field)), owner, name)

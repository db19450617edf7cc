"""The scenarios that come with the product: illustrative examples, and a new alliance to begin one's own with."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from model.documents import from_json
from model.scenario import Scenario

FOLDER = Path(__file__).parent / "presets"
FIRST = "lambeth-living-well"
NEW = "new-alliance"
"""Figures that are nobody's, to be replaced."""


def names() -> list[str]:
    """File names without ending; the one that opens first leads, the one to begin one's own with is last."""
    found = sorted(path.stem for path in FOLDER.glob("*.json"))
    return sorted(found, key=lambda name: (name != FIRST, name == NEW))


@cache
def preset(name: str) -> Scenario:
    """A preset by its file name. Raises Refused where it is broken, OSError where it does not exist."""
    return from_json((FOLDER / f"{name}.json").read_bytes())


@cache
def notes() -> frozenset[str]:
    """Every line that a preset notes on an entry."""
    documents = [json.loads((FOLDER / f"{name}.json").read_bytes()) for name in names()]
    return frozenset(line for document in documents for line in _noted(document))


def _noted(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for inner in node:
            yield from _noted(inner)
    elif isinstance(node, dict):
        for source in node.get("sources") or ():
            yield from map(str.strip, str(source.get("note", "")).splitlines())
        for inner in node.values():
            yield from _noted(inner)


def as_told(scenario: Scenario) -> bool:
    """Whether what a scenario says of its results is still of it.

    It is not where a preset says it and other inputs than the preset's decide them.
    """
    told = [one for one in map(preset, names()) if one.expected_answer == scenario.expected_answer]
    return not told or scenario.id in {one.id for one in told}

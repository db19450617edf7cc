"""Designs that differ in nothing that counts where all are judged by what partners accept today."""

from functools import lru_cache
from typing import Any

from model.comparison import judged_by
from model.documents import to_document
from model.scenario import Scenario

NOTES = "sources"


@lru_cache(maxsize=64)
def alike(today: Scenario, design: Scenario) -> bool:
    """Whether a design is that of today but for what partners accept, what they are called, and notes: it brings
    everybody the same, to the penny."""
    return bool(_without_notes(to_document(judged_by(today, design))) == _without_notes(to_document(today)))


def _without_notes(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_notes(inner) for key, inner in node.items() if key != NOTES}
    return [_without_notes(inner) for inner in node] if isinstance(node, list) else node

"""Chances beside limits in pounds that nobody entered: from a word that was taken over, or from an empty form."""

from collections.abc import Mapping
from typing import Any

from model.appetite import CHANCES, InPounds, Yardstick, of_words

NOTE = "As it stood; not entered."
"""What is noted on a chance until somebody types one."""
ASIDE = "as it stood; not entered"


def begun(node: Mapping[str, Any]) -> dict[str, Any]:
    """Limits in pounds, as they stand in a document, of which no chance was entered yet."""
    return _noted(node, CHANCES)


def typed(node: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Such limits once entries of theirs were typed: a chance is entered then, and one that was emptied is not."""
    chances = {name: value for name, value in given.items() if name in CHANCES}
    others = [one for one in node.get("sources") or [] if not (one.get("field") in chances and one.get("note") == NOTE)]
    kept = {name: value for name, value in node.items() if name != "sources"}
    return _noted(kept | ({"sources": others} if others else {}), [n for n, value in chances.items() if value is None])


def _noted(node: Mapping[str, Any], names: Any) -> dict[str, Any]:
    before = list(node.get("sources") or [])
    about = {one.get("field") for one in before}
    sources = [*before, *({"field": name, "note": NOTE} for name in names if name not in about)]
    return {**node, **({"sources": sources} if sources else {})}


def stands(node: Any, name: Any) -> bool:
    """Whether an entry of limits in a document is a chance that nobody entered."""
    notes = (node.get("sources") or []) if isinstance(node, dict) and name in CHANCES else []
    return any(one.get("field") == name and one.get("note") == NOTE for one in notes)


def chances(own: InPounds) -> tuple[str, ...]:
    """Those of its chances that nobody entered, whether they are about a sum or not."""
    return tuple(name for name in CHANCES if any(one.field == name and one.note == NOTE for one in own.sources))


def beside_entered(own: object, measure: Yardstick, reserves: float | None) -> tuple[str, ...]:
    """Those beside a sum that was entered: one that is still a word's is left, chance and all."""
    if not isinstance(own, InPounds):
        return ()
    words = {name for names in of_words(own, measure, reserves).values() for name in names}
    return tuple(
        name for name in chances(own) if getattr(own, CHANCES[name]) is not None and CHANCES[name] not in words
    )

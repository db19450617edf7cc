"""What is kept with a draft, read back: documents of scenarios, entries for undo, designs."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from data import presets
from model.documents import Refused, from_document, to_document
from model.renames import as_called
from model.scenario import Scenario
from model.tables import partner_names

LOADED, BEGAN, FORMERLY = "As loaded: ", "As it began: ", "Before the first save"
"""How the name begins of what an alliance was before its first version: a preset, anything else, in older drafts."""
FORMER = (LOADED, BEGAN, FORMERLY)


@lru_cache(maxsize=64)
def as_document(scenario: Scenario) -> dict[str, Any]:
    """A scenario as a document, to read and never to change: it is asked for several times at every edit."""
    return to_document(scenario)


@lru_cache(maxsize=64)
def name_of(text: str) -> Any:
    """What the scenario of an entry for undo is called."""
    return json.loads(text).get("name")


def nobodys(design: Scenario) -> bool:
    """Whether it is what every new alliance begins with: nothing is compared with that."""
    return design == presets.preset(presets.NEW)


def compared(saved: Scenario, design: Scenario) -> Scenario | None:
    """The starting design, where a design is compared with it: None where it is the same, or nobody's. Partners are
    called as they are in the design."""
    return None if saved == design or nobodys(saved) else as_called(design, saved)


def of_one_alliance(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios are designs of one alliance: called the same, or of the same partners."""
    return one.name == other.name or sorted(partner_names(one)) == sorted(partner_names(other))


def called(designs: Mapping[str, Scenario], design: Scenario) -> str:
    """Under which name a design is kept; nothing where it is not, or only as what was there before another."""
    names = (name for name, one in designs.items() if one == design and not name.startswith(FORMER))
    return next(names, "")


def designs_of(documents: dict[str, Any]) -> tuple[dict[str, Scenario], str]:
    """The kept designs of a draft, and a sentence on those that can no longer be read."""
    found, lost = {}, []
    for name, document in documents.items():
        try:
            found[name] = from_document(document)
        except Refused as refusal:
            lost.append(f"The kept design '{name}' could not be read and was left out. {refusal}")
    return found, " ".join(lost)

"""What undo brings back beside the document, where it goes back over the loading of another alliance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.scenario import Scenario


class Origin(NamedTuple):
    """What a draft began with: the saved design that edits are compared with, and where that came from."""

    saved: Scenario
    preset: str | None
    version: str


@dataclass
class Loading:
    """The loading of another alliance: the documents before and after it, as texts, and what either began with."""

    before: str
    after: str
    left: Origin
    came: Origin


def across(loads: Sequence[Loading], here: str, there: str, now: Origin) -> Origin | None:
    """What holds after a step between two documents, if it goes over a loading; `now` is kept for the way back."""
    for load in reversed(loads):
        if (load.after, load.before) == (here, there):
            load.came = now
            return load.left
        if (load.before, load.after) == (here, there):
            load.left = now
            return load.came
    return None

"""What changes are counted from, by its name: a version in the library by its design's, anything else is the starting
design."""

from functools import lru_cache
from time import monotonic

from data import library
from data.library import Called
from data.store import Unreachable
from model.documents import Refused
from model.scenario import Scenario

UNNAMED, LABEL = "the starting design", "Starting design"
SECONDS = 60
"""For how long a name is not asked for again: every page says it, and a library that does not answer takes seconds."""


def called(version: str, saved: Scenario) -> str:
    """''Option B', version 1'; 'the starting design' where it is no version."""
    found = _found(version, saved)
    return f"'{found.design}', version {found.number}" if found else UNNAMED


def label(version: str, saved: Scenario) -> str:
    """The same as it stands by itself, such as beside a line of a figure."""
    found = called(version, saved)
    return LABEL if found == UNNAMED else found


def state(version: str, saved: Scenario, changed: bool) -> str:
    """''Option B', as saved', ''Option B', changed', or the same of the starting design."""
    found = _found(version, saved)
    name = f"'{found.design}'" if found else LABEL.lower()
    return name + (", changed" if changed else ", as saved" if found else "")


def renamed() -> None:
    """Designs may have other names from now on."""
    _asked.cache_clear()


def _found(version: str, saved: Scenario) -> Called | None:
    return _asked(version, saved, int(monotonic() // SECONDS)) if version else None


@lru_cache(maxsize=256)
def _asked(version: str, saved: Scenario, _minute: int) -> Called | None:
    """What the library calls a version; None where what changes are counted from is not that any more, or where it is
    in no library that answers."""
    try:
        return library.called(version) if library.holds(version, saved) else None
    except (Unreachable, Refused):
        return None

"""The starting design with what partners have entered for themselves since: the contract as it was offered, judged by
limits and estimates that came later."""

from data import own
from model.comparison import inputs_that_differ
from model.documents import Refused, from_document
from model.scenario import Scenario
from ui import designs, kept
from ui.session import Session

CALLED = "{}, with what partners have entered since"


def found(session: Session) -> dict[str, Scenario]:
    """It by its name; nothing where no partner has entered anything since, or nothing else was changed."""
    start = kept.compared(session.saved, session.scenario)
    if start is None or not kept.of_one_alliance(start, session.scenario):
        return {}
    try:
        since = from_document(own.with_entries_of(kept.as_document(start), kept.as_document(session.scenario)))
    except Refused:  # what was entered does not go with other things that were changed
        return {}
    anew = _unlike(start, since) and _unlike(since, session.scenario)
    return {CALLED.format(designs.start(session)): since} if anew else {}


def _unlike(one: Scenario, other: Scenario) -> bool:
    """Whether two designs differ in anything but what is noted on entries."""
    return any(not change.each[0].noted for change in inputs_that_differ(one, other))

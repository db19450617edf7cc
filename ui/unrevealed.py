"""What partners entered for themselves and is not revealed yet: whether it says anything, and can be used."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from data import own
from model import stood
from model.acceptance import standings
from model.appetite import in_pounds
from model.documents import from_document, problems_of
from model.evidence import RANGE
from model.tables import partner_names
from ui.three_words import three

MARK = "With unrevealed figures"
"""On each page of a paper, and in the names of its files."""


def told(apart: str) -> str:
    """That figures are nobody else's yet. `apart`: whose they are with, as a session has it; nothing where that is."""
    return f"Every figure here is {apart}: others see none of it." if apart else ""


class Waiting(NamedTuple):
    """Partners whose figures wait to be revealed, those of whom an entry cannot be used yet, and those who left."""

    ready: list[str]
    amiss: list[str]
    gone: list[str]


def waiting(document: dict[str, Any], names: Collection[str], entered: Mapping[str, dict[str, Any]]) -> Waiting:
    """Who waits; whoever entered nothing but what stands there does not."""
    here = [name for name in entered if name in names and tells(document, name, entered[name])]
    amiss = [name for name in here if not usable(document, name, entered[name])]
    gone = [name for name in entered if name not in names]
    return Waiting([name for name in here if name not in amiss], amiss, gone)


def tells(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> bool:
    """Whether what a partner entered is more than what stands there: that in three figures, or in pounds, which were
    only asked for, is not."""
    stands = own.entries(document, partner) or {}
    rest = dict(mine)
    if "appetite" in mine and mine["appetite"] == _word_in_pounds(document, partner, stands.get("appetite")):
        del rest["appetite"]
    return any(not _restates(own.view_of(stands.get(name), partner), value, partner) for name, value in rest.items())


def usable(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> bool:
    """Whether what a partner entered can be revealed without keeping everybody from results."""
    after = own.revealed(document, partner, mine)
    return set(problems_of(after)) <= set(problems_of(document))


def _word_in_pounds(document: dict[str, Any], partner: str, appetite: Any) -> dict[str, Any] | None:
    """What the word that stands for an appetite comes to, as the form takes it over; None for any other."""
    if not isinstance(appetite, dict) or appetite.get("kind") != "words" or problems_of(document):
        return None
    scenario = from_document(document)
    found = standings(scenario)[partner_names(scenario).index(partner)].limits
    return stood.begun(in_pounds(found).model_dump(mode="json"))


def _restates(stood: Any, value: Any, partner: str) -> bool:
    try:
        found = RANGE.validate_python(stood)
    except ValidationError:
        return False
    return bool(own.view_of(value, partner) == three(found))

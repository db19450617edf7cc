"""A scenario as an Excel workbook to fill in, and back."""

from data.template import write
from data.template.file import sheets
from data.template.read import located, reading
from model.documents import Problem, Refused, from_document
from model.scenario import Scenario


def to_workbook(scenario: Scenario) -> bytes:
    """The scenario as an Excel file; `from_workbook` gives the same scenario back."""
    return write.workbook(scenario)


def from_workbook(name: str, content: bytes) -> Scenario:
    """The scenario in an Excel file called `name`. Raises Refused: each problem names sheet and cell."""
    found = reading(sheets(name, content))
    if found.problems:
        raise Refused(tuple(Problem((), sentence) for sentence in found.problems))
    try:
        return from_document(found.document)
    except Refused as refusal:
        raise Refused(tuple(Problem((), located(found, problem)) for problem in refusal.problems)) from None

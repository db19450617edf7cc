"""A scenario as an Excel workbook to fill in, and back."""

from data.template import write
from data.template.file import sheets
from data.template.read import Reading, reading
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
        raise Refused(tuple(Problem((), _located(found, problem)) for problem in refusal.problems)) from None


def _located(found: Reading, problem: Problem) -> str:
    """What is wrong with an entry, and the cell that it stands in; without one where it is about the whole."""
    path = problem.path
    below = next((cell for place_, cell in found.cells.items() if path and place_[: len(path)] == path), None)
    while path and path not in found.cells and below is None:
        path = path[:-1]
    cell = found.cells.get(path) or below
    return f"{cell}: {problem.sentence}" if cell and path else problem.sentence

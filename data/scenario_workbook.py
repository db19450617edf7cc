"""A scenario as an Excel workbook to fill in, and back."""

from data.template import write
from data.template.file import sheets
from data.template.layout import relatives
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
        raise Refused(tuple(Problem((), sentence) for sentence in [*found.problems, *_also(found)]))
    try:
        return from_document(found.document)
    except Refused as refusal:
        raise Refused(tuple(Problem((), _located(found, problem)) for problem in refusal.problems)) from None


def _also(found: Reading) -> list[str]:
    """What is wrong with single cells that could be read, where others could not: all is said at once."""
    said = {sentence.partition(":")[0] for sentence in found.problems}
    try:
        from_document(found.document)
    except Refused as refusal:
        alone = (one for one in refusal.problems if found.cells.get(one.path, "") not in ("", *said))
        return [_located(found, one) for one in alone]
    return []


def _located(found: Reading, problem: Problem) -> str:
    """What is wrong with an entry, and the cell that it stands in; without one where it is about the whole."""
    path = problem.path
    below = next((cell for place_, cell in found.cells.items() if path and place_[: len(path)] == path), None)
    while path and path not in found.cells and below is None:
        path = path[:-1]
    cell = found.cells.get(path) or below
    said = f"{problem.sentence}{_elsewhere(found, problem)}"
    return f"{cell}: {said}" if cell and path else said


def _elsewhere(found: Reading, problem: Problem) -> str:
    """Where a part that is missing is entered, if that is on another sheet than its line."""
    for line in (line for lines in found.lines.values() for line in lines if line.called):
        for inner, title, sheet, _ in relatives(line.item):
            if problem.path == (*line.path, *inner) and problem.path not in found.cells:
                row = max(found.sheets[sheet], default=1) + 1
                return f" It is a line of sheet '{sheet}', such as row {row}: Of '{line.called}', Entry '{title}'."
    return ""

"""A settled year as an Excel workbook: inputs, every line as a live formula, results and charts."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment

from data.audit import figures, inputs, scores, settlement
from data.audit.book import BOLD, LARGE, Page, heighten, printed
from data.audit.work import Work
from data.workbook import fill
from model.curves import ROUND, share_curve
from model.futures import Future
from model.version import VERSION

LEAD = {"Step": 6, "Line": 46, "Of whom": 28}
CHECK = {"Figure of the model": 18, "Check": 10}
WORDS = {"The rule in words": 40, "How the model came to its figure": 60}


class About(NamedTuple):
    """What a workbook is of: the names of the years settled together, which figures they have, and the draws."""

    years: Sequence[str]
    figures: str
    """Such as 'actual figures' or 'a typical future'."""
    made: str
    """The date, as it is to be written."""
    draws: int
    seed: int
    period: str
    """What the statistics are about: the whole term, or a year."""
    terms: str
    """Which design's terms these are, and whether that is saved."""


def written(future: Future, about: About, partners: pd.DataFrame) -> bytes:
    """The workbook of a settled year; `partners` are the statistics of `model.tables.partners`.

    Whatever text somebody has typed is written as text, never as a formula.
    """
    book = Workbook()
    _read_me(book.active, future, about)
    work = _settled(book, future, about)
    scenario, label = future.scenario, about.years[future.year]
    figures.results(book, partners, about.period)
    row = scenario.term.labels().index(label)
    figures.curve(book, share_curve(scenario, row, future.ops, 2 * ROUND), future.ops, label)
    if not work.rounds.row > 1:
        del book["Rounds"]
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def shown(future: Future) -> list[int]:
    """The rows of a ledger that its settled year depends on: itself, or all years up to it."""
    basis = future.scenario.risk_share.basis.kind
    before = basis == "carry_forward" or settlement.trued_up(future)
    return list(range(future.year + 1)) if before else [future.year]


def _settled(book: Any, future: Future, about: About) -> Work:
    rows = shown(future)
    years = [about.years[row] for row in rows]
    pages = {
        "Inputs": Page(book, "Inputs", {"Input": 58, "Of whom": 46, "All years": 18}, years, {}),
        "Score": Page(book, "Score", LEAD, years, CHECK | WORDS),
        "Settlement": Page(book, "Settlement", LEAD, years, CHECK | WORDS),
        "Rounds": Page(book, "Rounds", LEAD, years, {}),
    }
    given = inputs.written(pages["Inputs"], future, rows)
    work = Work(pages["Settlement"], future, given, scores.written(pages["Score"], future, given), pages["Rounds"])
    settlement.written(work)
    for page in pages.values():
        page.finished()
    return work


def _read_me(sheet: Any, future: Future, about: About) -> None:
    sheet.title = "Read me"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 110
    lines: list[tuple[str, str]] = [
        ("Settlement of one year", f"{future.scenario.name}, {about.years[future.year]}"),
        ("Figures", about.figures),
        ("Settled by", about.terms),
        ("Made on", about.made),
        ("Scenario's fingerprint", f"{future.scenario.id}: the same inputs and version have the same fingerprint"),
        ("Version of the model", VERSION),
        ("Draws and seed of 'Results'", f"{about.draws:,} futures, seed {about.seed}"),
        ("", ""),
        *CONTENTS,
        ("", ""),
        *CAVEATS,
    ]
    if future.scenario.illustrative:
        lines.append(("Illustrative", "The figures of this scenario are invented for illustration."))
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            fill(sheet.cell(number, column), text)
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
            heighten(sheet, sheet.cell(number, column))
        sheet.cell(number, 1).font = BOLD
    sheet.cell(1, 1).font = sheet.cell(1, 2).font = LARGE
    printed(sheet)


CONTENTS = (
    ("Inputs", "Actual figures and terms. Cells with a yellow ground are typed figures: change one and all follows."),
    ("Score", "From the value of each KPI to the performance score and the failed gates."),
    ("Settlement", "Every line from cost to payment as a formula, with the rows it is made from. The lines of the "
     "contract are in bold; beside each is the figure of the model, and whether both agree within half a penny. What "
     "is due and what follows from it is in whole pennies, rounded so that partners' figures add up as they stand."),
    ("Rounds", "Only where other providers take over what is over a provider's cap: who takes how much."),
    ("Results", "What each partner gains or bears over all futures drawn, with standard errors. Values, not formulas."),
    ("Curve", "What providers gain or bear at each saving, if all save the same part and no gate has failed. Values."),
)  # fmt: skip
CAVEATS = (
    ("If formulas look empty", "Press Enable Editing: Excel shows no result of a formula in Protected View, nor do "
     "previews. The model's own figures stand beside each line of 'Score' and 'Settlement' as values."),
    ("Once a figure is changed", "'Check' says 'differs' for every line that the change moves: the model's figures "
     "stay those of the day this was made."),
    ("Kinds of rules", "Kinds named in words, such as 'gate' or 'by fee', are for reading: another kind has other "
     "formulas, so change it in the scenario and make the workbook again."),
    ("Signs", "Gain is positive, pain is negative; pounds, not discounted."),
    ("What it is not", "It shows what follows from the figures that were entered, not whether they are right."),
)  # fmt: skip

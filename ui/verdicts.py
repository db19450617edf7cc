"""Who accepts and who refuses, in sentences. Positions in, plain English out."""

from collections.abc import Callable, Sequence

import pandas as pd

from model.acceptance import BY_CHANCE, Cell, Position, Test, Verdict
from ui.format import alike, brief, listed, money, signed
from ui.range_words import literal
from ui.unsaid import have, silence, silent

TESTS: dict[Test, str] = {
    "loss": "Chance of a large loss",
    "year": "Chance of a large loss in at least one year",
    "worst": "Worst 1 in 20, average",
    "reserves": "Chance of low reserves",
    "worth": "Worth at least staying out",
}
IN_A_SENTENCE: dict[Test, str] = {
    "loss": "the chance of a large loss",
    "year": "the chance of a large loss in at least one year",
    "worst": "its worst 1 in 20",
    "reserves": "the chance of low reserves",
    "worth": "what it is worth",
}
SHORT: dict[Test, str] = {
    "loss": "a large loss is too likely",
    "year": "a large loss in at least one year is too likely",
    "worst": "its worst 1 in 20 costs too much",
    "reserves": "its reserves may fall too low",
    "worth": "staying out is worth more to it",
}
"""Why a partner refuses, by the test that it fails."""
SYMBOLS: dict[Verdict, str] = {"refuses": "✗", "too close to call": "≈", "has not said": "–", "accepts": "✓"}
MARKS: dict[Verdict, str] = {verdict: f"{symbol} {verdict}" for verdict, symbol in SYMBOLS.items()}
"""A verdict with its sign, never the sign or its colour alone."""
ORDER = tuple(SYMBOLS)
FURTHER = 500.0
"""Pounds. Who lacks so much more than now is further from accepting."""
MOST_NAMED = 2
"""Partners who have not said, who are named one by one."""
NOT_ASKED = "not asked"
AT_LEAST = "in at least one year"
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
UNWEIGHED = " What staying out would bring it is not asked, because it has no risk tolerance."
"""What is said of a partner that may accept although it would do better to stay out."""
ABOUT = (
    "Each cell has the figure, the limit, and the slack: by how much every future could be worse before it refuses, or "
    "must be better before it accepts, in pounds over the term; of a loss in one year, its worst year. "
    "After ±: the standard error, from drawing only so many futures. ✓ accepts, ✗ refuses, "
    "≈ too close to call: the slack is within two standard errors."
)
ABOUT_WORTH = (
    "An uncertain gain is marked down for its risk: to the sure sum that the partner would take instead (the certainty "
    "equivalent at its risk tolerance). The same is done to what it would have if it stayed out."
)


def ranked(found: Sequence[Position]) -> list[Position]:
    """Those who refuse first, then those too close to call; within them as in the agreement."""
    return sorted(found, key=lambda one: ORDER.index(one.verdict))


def number(n: int) -> str:
    """'Two'; figures from thirteen on."""
    return NUMBERS[n] if n < len(NUMBERS) else str(n)


def title(found: Sequence[Position], just: str = "") -> str:
    """Would everyone sign? `just`: of `only_just`, where they would by a hair."""
    against, close = ([literal(one.partner) for one in found if one.verdict == v] for v in ORDER[:2])
    everybody = number(len(found)).lower()
    if against and len(against) == len(found):
        return f"All {everybody} partners would refuse to sign"
    if against:
        return f"{number(len(against))} of {everybody} partners would refuse"
    if close:
        return f"Too close to call: {listed(close)} might refuse"
    if unsaid := silent(found):
        if len(unsaid) == len(found):
            return "Nobody has said what it would accept"
        named = listed(unsaid) if len(unsaid) <= MOST_NAMED else number(len(unsaid)).lower()
        agreeing = len(found) - len(unsaid)
        accept = "accepts" if agreeing == 1 else "accept"
        hair = f", but {just}" * bool(just)
        return f"{number(agreeing)} of {everybody} partners {accept}{hair}; {named} {have(unsaid)} not said"
    return f"Everybody would sign, but {just}" if just else f"Everybody would sign: all {everybody} partners accept"


def blocks(found: Sequence[Position], it: str = "It") -> str:
    """Who blocks, on which tests, and how far it is from accepting. `it`: what the alliance is called there."""
    against = [one for one in ranked(found) if one.verdict == "refuses"]
    close = [literal(one.partner) for one in found if one.verdict == "too close to call"]
    said = [f"**{literal(one.partner)}** ({listed(failed(one))}; {_short(one)})" for one in against]
    parts = [f"An alliance needs everybody. {it} is blocked by {listed(said)}."] if said else []
    if close and against:
        parts.append(f"Too close to call: {listed(close)}.")
    return " ".join(parts)


def _short(one: Position) -> str:
    """How far a partner that refuses is from accepting."""
    return f"{slack(one.deciding)} short" if one.deciding else ""


def failed(one: Position) -> list[str]:
    """The tests that a partner clearly fails, the one with the least slack first."""
    tests = sorted((cell for cell in one.cells if cell.verdict == "refuses"), key=lambda cell: cell.slack)
    return [IN_A_SENTENCE[cell.test] for cell in tests]


def also_failed(one: Position) -> str:
    """How many tests a partner clearly fails, where it is more than the one that decides: '; fails two tests'."""
    others = [cell for cell in one.cells if cell.verdict == "refuses" and cell is not one.deciding]
    return f"; fails {number(len(others) + 1).lower()} tests" if others else ""


def partner(one: Position) -> str:
    """Where one partner stands, by the test that decides."""
    deciding = one.deciding
    if deciding is None:
        return f"{SYMBOLS[one.verdict]} {silence([one])}"
    verdict = "is too close to call" if one.verdict == "too close to call" else one.verdict
    start = f"{SYMBOLS[one.verdict]} **{literal(one.partner)}** {verdict}: {_reason(deciding)}"
    others = [name for name in failed(one) if name != IN_A_SENTENCE[deciding.test]]
    also = f" It also fails on {listed(others)}." if others else ""
    return f"{start}.{also}{UNWEIGHED if one.unweighed else ''}"


def why(cell: Cell) -> str:
    """Why a partner refuses, in short: 'a large loss is too likely (17%, accepts 10%)'."""
    chances = f" ({part(cell.figure)}, accepts {part(cell.limit)})" if cell.test in BY_CHANCE else ""
    return f"{SHORT[cell.test]}{chances}"


def _reason(cell: Cell) -> str:
    if cell.test not in BY_CHANCE:
        return measured(cell)
    return f"{measured(cell)}; that is {room(cell)} in its bad {'years' if cell.test == 'year' else 'futures'}"


def measured(cell: Cell) -> str:
    """What a test comes to beside its limit, each in the test's own measure."""
    write, size = pounds(cell), slack(cell)
    if cell.test == "worst":
        limit = write(cell.limit)
        if cell.figure < 0:
            return f"its worst 1 in 20 still brings {write(-cell.figure)} on average, and it accepts a loss of {limit}"
        said = f"its worst 1 in 20 costs {write(cell.figure)} on average"
        if cell.accepts:
            return f"{said}, {size} less than the {limit} it accepts"
        return f"{said}, {size} more than the {limit} it accepts"
    if cell.test == "worth":
        side = "more" if cell.accepts else "less"
        worth, outside = signed(cell.figure, write), signed(cell.limit, write)
        return f"signing, marked down for its risk, is worth {worth} to it, {size} {side} than staying out ({outside})"
    what = f"its reserves fall below {money(cell.sum)}" if cell.test == "reserves" else f"it loses {over(cell)}"
    return f"{what} in {part(cell.figure)} of futures, where it accepts {part(cell.limit)}"


def beside_limit(cell: Cell) -> str:
    """The same in short, for several in a sentence: '5.4% chance of losing more than £40k, of at most 10%'."""
    if cell.test in BY_CHANCE:
        what = f"reserves below {money(cell.sum)}" if cell.test == "reserves" else f"losing {over(cell)}"
        return f"{part(cell.figure)} chance of {what}, of at most {part(cell.limit)}"
    write = pounds(cell)
    if cell.test == "worth":
        return f"{signed(cell.figure, write)} marked down for its risk, staying out {signed(cell.limit, write)}"
    brings = f"brings {write(-cell.figure)}" if cell.figure < 0 else f"costs {write(cell.figure)}"
    return f"worst 1 in 20 {brings} on average, of a loss of at most {write(cell.limit)}"


def over(cell: Cell) -> str:
    """What is too large a loss: 'more than £40k', 'more than £40k in at least one year'."""
    return f"more than {money(cell.sum)}{f' {AT_LEAST}' if cell.test == 'year' else ''}"


def room(cell: Cell) -> str:
    """What a test leaves to spare, or how far its limit is missed, in the sense of that limit."""
    size = slack(cell)
    if cell.accepts:
        return f"{size} to spare"
    return {"worth": f"{size} too little", "reserves": f"short by {size}"}.get(cell.test, f"{size} too much")


def pounds(cell: Cell) -> Callable[[float], str]:
    """Writes a test's sums so that figure, limit and slack can be subtracted, where all three are pounds."""
    return money if cell.test in BY_CHANCE else alike(cell.figure, cell.limit, cell.slack)


def slack(cell: Cell) -> str:
    """What a test leaves to spare or lacks, unsigned: the same alone as beside its sums."""
    return pounds(cell)(abs(cell.slack))


def part(chance: float) -> str:
    """A chance that can be told from its limit: 15.2%, 4.69%, under 0.01%."""
    return "under 0.01%" if 0 < chance < 5e-5 else f"{brief(round(100 * chance, 2))}%"


def across(found: Sequence[Position]) -> list[Test]:
    """The tests in their order: a loss in one year, for which no word stands, only if somebody limits it."""
    asked = {cell.test for one in found for cell in one.cells}
    return [test for test in TESTS if test != "year" or test in asked]


def matrix(found: Sequence[Position]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Texts and verdicts of the cells, partners down and tests across; '' where a test is not asked."""
    names = [f"{SYMBOLS[one.verdict]} {one.partner}" for one in found]
    by_test = [{cell.test: cell for cell in one.cells} for one in found]
    shown = across(found)
    texts = [
        [_cell(row[test]) if test in row else unasked(one, test) for test in shown]
        for one, row in zip(found, by_test, strict=True)
    ]
    if "year" in shown:  # no room for five whole sentences side by side: heads say of what chances are
        texts = [[text.replace(" chance of ", " ").replace(f" {AT_LEAST}", "") for text in row] for row in texts]
    verdicts = [[row[test].verdict if test in row else "" for test in shown] for row in by_test]
    columns = [TESTS[test] for test in shown]
    return pd.DataFrame(texts, names, columns), pd.DataFrame(verdicts, names, columns)


def unasked(one: Position, test: Test) -> str:
    """Why there is no such test of a partner."""
    return "reserves not stated" if test == "reserves" and one.unmeasured else NOT_ASKED


def _cell(cell: Cell) -> str:
    """Verdict, figure, limit, slack with its standard error: four lines."""
    luck = f" ± {money(cell.error)}" if cell.error >= 0.5 else ""
    left = f"{slack(cell)}{luck} {'to spare' if cell.accepts else 'short'}"
    return " <br>".join((f"<b>{SYMBOLS[cell.verdict]} {cell.verdict}</b>", *_figure(cell), left))


def _figure(cell: Cell) -> tuple[str, str]:
    """What it comes to, and what the partner accepts."""
    write = pounds(cell)
    if cell.test == "worst":
        said = "costs" if cell.figure >= 0 else "brings"
        return f"{said} {write(abs(cell.figure))}", f"accepts a loss of {write(cell.limit)}"
    if cell.test == "worth":
        return f"worth {signed(cell.figure, write)}", f"staying out {signed(cell.limit, write)}"
    what, when = "under" if cell.test == "reserves" else "over", f" {AT_LEAST}" if cell.test == "year" else ""
    return f"{part(cell.figure)} chance of {what} {money(cell.sum)}{when}", f"accepts {part(cell.limit)}"


def table(found: Sequence[Position]) -> pd.DataFrame:
    """Every test as figures, to download."""
    rows = [
        {
            "partner": one.partner,
            "test": TESTS[cell.test],
            "verdict": cell.verdict,
            "figure": round(cell.figure, 6),
            "limit": round(cell.limit, 6),
            "about (£)": round(cell.sum),
            "slack (£)": round(cell.slack),
            "slack s.e. (£)": round(cell.error),
        }
        for one in found
        for cell in one.cells
    ]
    return pd.DataFrame(rows)


def lead(found: Sequence[Position]) -> str:
    """What the matrix shows at one glance: the test that is tightest of all."""
    asked = [one for one in found if one.cells]
    passed = sum(cell.verdict == "accepts" for one in asked for cell in one.cells)
    tests = sum(len(one.cells) for one in asked)
    first = " Those who refuse stand first." if any(one.verdict == "refuses" for one in found) else ""
    return f"{passed} of {tests} tests are clearly passed.{first}"

"""What the next pound brings, where payments jump and what does nothing, in sentences. Tables in, plain English out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui.accounts import signs
from ui.format import MINUS, listed, percent, points, signed
from ui.range_words import literal

FLAT = 0.005
"""Less of a pound than this is nothing."""

HARDLY = 0.01
"""A term that changes a payment in fewer futures does hardly anything."""

WHY = {
    "cap": "never binds",
    "band": "is never reached, or caps stop what it would add",
    "corridor": "never holds anything back",
    "modifier": "never multiplies by anything but 1, or there is nothing to multiply",
    "haircut": "never finds a gain to cut",
    "pool": "neither pays nor takes anything",
    "years": "changes nothing: what it holds back would not be paid anyway",
    "basis": "settles every future as year by year",
    "split": "has nothing over a cap to divide",
    "gate": "is never failed where there is something to take away",
    "score": "changes nothing: no payment depends on it",
}
"""What is said of a term that does nothing, by its kind."""


def in_pence(part: float) -> str:
    """A part of a pound: 33p, 4.5p, −2p."""
    size = round(abs(part) * 100, 4)
    shown = float(f"{size:.2g}" if size < 9.95 else f"{size:.0f}") if size >= 0.05 else 0.0
    return f"{MINUS if part < 0 and shown else ''}{shown:g}p"


def error_in_pence(error: float) -> str:
    """A standard error to one figure: 0.04p."""
    return f"{float(f'{100 * error:.1g}'):g}p"


def when(period: str) -> str:
    """The year looked at, if it is one."""
    return "" if period == TERM else f" in {period}"


def pence_title(table: pd.DataFrame, period: str) -> str:
    """The page's first answer."""
    true, paper = (float(table.loc[PROVIDERS, column]) for column in ("true", "gain on paper"))
    if in_pence(true) == in_pence(paper):
        return f"A pound saved{when(period)} brings providers {in_pence(true)}, as it says on paper"
    beside = "not" if true < paper else "more than"
    return f"A pound saved{when(period)} brings providers {in_pence(true)}, {beside} the {in_pence(paper)} on paper"


def pence(table: pd.DataFrame, period: str) -> str:
    """What the next pound brings either side, and what is on paper."""
    mine, theirs = table.loc[PROVIDERS], table.loc[COMMISSIONERS]
    each = "every year" if period == TERM else period
    paper, pain = in_pence(mine["gain on paper"]), in_pence(mine["pain on paper"])
    beside = f"{paper} of a saving" + (f" and {pain} of an overspend" if pain != paper else " as of an overspend")
    said = (
        f"Of the next pound that all save together in {each}, providers have **{in_pence(mine['true'])}** "
        f"(± {error_in_pence(mine['true s.e.'])}) and commissioners {in_pence(theirs['true'])}, on average over all "
        f"futures and over the whole term. On paper providers have {beside}."
    )
    if abs(mine["thresholds"]) >= FLAT:
        said += f" {in_pence(mine['thresholds'])} of it is the chance that it lifts a year over a threshold."
    if mine["true"] < mine["gain on paper"] - FLAT:
        said += (
            " The difference is what caps, closed bands, corridors, modifiers, gates and years that do not count in "
            "full take away: see where below, and what each term does under *What does nothing*."
        )
    return said


def curve(slopes: pd.DataFrame, year: str, ops: float) -> str:
    """Where the next pound brings the providers something, and where nothing."""
    total = slopes.sum(axis=1)
    at_target = float(total[total.index >= -1e-9].iloc[0])
    said = f"In {year}, at the expected score of {points(ops)}, the first pound saved from exactly on target brings "
    idle = [_stretch(low, high, total.index.min(), total.index.max()) for low, high in flat(total)]
    said += "providers nothing" if abs(at_target) < FLAT else f"providers {in_pence(at_target)}"
    rest = f". Nothing of it is theirs {listed(idle)}." if idle else ", and it always brings them something."
    return f"{said}{rest} What providers do not have is the commissioners'."


def flat(total: pd.Series) -> list[tuple[float, float]]:
    """The stretches of savings in which the next pound brings nothing."""
    idle = (total.abs() < FLAT).to_numpy()
    places = total.index.to_numpy()
    starts = np.flatnonzero(idle & ~np.append(False, idle[:-1]))
    stops = [int(np.argmin(np.append(idle[start:], False))) + start for start in starts]
    return [(places[a], places[min(b, len(places) - 1)]) for a, b in zip(starts, stops, strict=True) if b - a > 1]


def _stretch(low: float, high: float, first: float, last: float) -> str:
    if low <= first and high >= last:
        return "anywhere"
    if low <= first:
        return f"beyond an overspend of {percent(-high)}" if high < 0 else f"below a saving of {percent(high)}"
    if high >= last:
        return f"beyond a saving of {percent(low)}" if low > 0 else f"from {_side(low)} on"
    return f"between {_side(low)} and {_side(high)}"


def _side(place: float) -> str:
    """'2% overspend', '1% saving', 'target cost'."""
    if abs(place) < 5e-5:
        return "target cost"
    return f"{percent(abs(place))} {'saving' if place > 0 else 'overspend'}"


def jumps(said: Sequence[str], year: str) -> list[str]:
    """Each jump in a sentence, as *Worth a second look* says it too; or that there is none."""
    none = (
        f"Nothing jumps in {year}: no single pound, and no point of the score or of a KPI, moves the providers' "
        "payment by £1 or more at once."
    )
    return [signs(literal(sentence)) for sentence in said] or [none]


def savers(table: pd.DataFrame) -> str:
    """Who has what of its own pound."""
    own = pd.Series({name: float(table.loc[name, name]) for name in table.index})
    most, least = str(own.idxmax()), str(own.idxmin())
    if own[most] - own[least] < FLAT:
        return f"Each provider has {in_pence(own[most])} of a pound that it saves by itself."
    return (
        f"It matters who saves: of a pound saved by itself {most} has {in_pence(own[most])}, "
        f"{least} {in_pence(own[least])}."
    )


def inert_title(table: pd.DataFrame, unweighted: Sequence[str]) -> str:
    """How many terms do nothing."""
    idle = [*table.index[table["changes"] == 0], *unweighted]
    if not idle:
        return "Every term that is set changes a payment in some future"
    if len(idle) == 1:
        return f"One term does nothing at present: {literal(idle[0])}"
    return f"{len(idle)} terms do nothing at present, of {len(table) + len(unweighted)} that are set"


def inert(table: pd.DataFrame, unweighted: Sequence[str], draws: int) -> list[str]:
    """Each term that does nothing, or hardly anything, in a sentence."""
    said = [
        f"**{literal(str(name))}** {WHY[str(row['kind'])]}, in any of {draws:,} futures."
        for name, row in table[table["changes"] == 0].iterrows()
    ]
    said += [
        f"**'{literal(name)}'** has no weight and no gate, so whatever is measured changes nothing."
        for name in unweighted
    ]
    rare = table[(table["changes"] > 0) & (table["changes"] < HARDLY)]
    said += [
        f"{literal(str(name))} does hardly anything: it changes a payment in {percent(row['changes'])} of futures."
        for name, row in rare.iterrows()
    ]
    return said


def effects(table: pd.DataFrame) -> str:
    """How to read what terms do, on the one that moves most."""
    most = str(table["providers"].abs().idxmax())
    return (
        "In what part of futures each term changes what anybody is paid in any year, compared with the same futures "
        f"settled without it. **{literal(most)}** moves most on average: {signed(table.loc[most, 'providers'])} for "
        "providers over the whole term."
    )

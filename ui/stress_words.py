"""What stress tests do, in sentences. Tables in, plain English out."""

from collections.abc import Mapping, Sequence

import pandas as pd

from model.acceptance import Position
from model.base import as_percent
from model.effects import MEASURES, Effect
from model.scenario import Scenario
from model.tables import COMMISSIONERS, PROVIDERS
from ui.burden_words import SMALLEST, taken
from ui.format import chance, listed, moved, signed
from ui.range_words import literal
from ui.reasons import points, who
from ui.unsaid import silent
from ui.verdicts import ORDER, SYMBOLS

RARE = 0.02
"""A cap is worth a sentence where its chance moves by this much."""
NAMED = dict(zip(MEASURES, ("mean over the term", "worst 1 in 20 over the term", "chance of pain"), strict=True))
OVER_THE_TERM = dict(zip(MEASURES, ("on average", "in the worst 1 in 20", "chance of pain"), strict=True))
"""A measure by its name, and after its figure."""
LEAVES = " Of a provider that fails: the change of what it gains or bears until it leaves and no more from then on."


ABOUT_COSTS = (
    "Also for more demand, or dearer care, than planned: 4% more demand costs about 4% more. Dearer than planned, not "
    "over target: a year that would save 2% then overspends by about 2%. From -20% to 50%."
)
ABOUT_LEVELS = (
    "Each KPI at its own value of this level, whatever is drawn, in every year of the term or in the years chosen. "
    "Performance framework has the values. Costs stay as drawn."
)
EVERY_YEAR = (
    "Costs are higher, or lower, than planned in every year of the term, or in the years chosen. Who refuses first as "
    "they rise stands on *Acceptance*, under *How wrong may we be?*. A year at costs of your own has a page of its own:"
)
ONE_YEAR = "One dearer year: Walk one future › My own figures"
HEADS = dict(zip(MEASURES, ("mean (£)", "worst 1 in 20 on average (£)", "chance of pain (points)"), strict=True))


def sizes(scenario: Scenario, more: float) -> str:
    """What the sizes chosen mean; `more`: how much faster prices grow."""
    planned = scenario.baseline.price_growth
    change = f"{as_percent(abs(more)).removesuffix('%')} points {'more' if more >= 0 else 'less'}"
    grown = f"Prices grow by {as_percent(planned)} a year in the plan; {change} is {as_percent(planned + more)}."
    return f"{grown} {EVERY_YEAR}"


def left(name: str, year: str, before: float, after: float) -> str:
    """What a provider that leaves has of the term, to itself."""
    return (
        f"**If {literal(name)} left at the start of {year}**, it would have {signed(after)} on average instead of "
        f"{signed(before)}: what the years before then bring it. Its fee ends as well. Nothing can be said of its "
        "worst 1 in 20: the rest of the term is not its own any more."
    )


def about_points(scenario: Scenario) -> str:
    """What is entered for inflation."""
    return (
        f"Percentage points on top of the {as_percent(scenario.baseline.price_growth)} a year that prices grow by in "
        "the plan (Baseline › Targets and term): from -10 to 30."
    )


def figures(changes: pd.DataFrame) -> pd.DataFrame:
    """Changes under headings that say what they are of, pounds whole and chances in percentage points."""
    shown = {}
    for measure, head in HEADS.items():
        times, decimals = (100, 2) if measure == MEASURES[2] else (1, 0)
        shown[f"Change of {head}"] = (changes[measure] * times).round(decimals)
        shown[f"Standard error of that: {head}"] = (changes[f"{measure} s.e."] * times).round(decimals)
    return pd.DataFrame(shown)


def hit(changes: pd.DataFrame, now: pd.Series, scenario: Scenario) -> str:
    """For whom of either side a change is worst: against reserves where all have some, else in pounds.

    `now`: each partner's mean without.
    """
    return listed([said for side in _reserves(scenario) if (said := _hardest(changes, now, side))]) or "nobody"


def _reserves(scenario: Scenario) -> tuple[dict[str, float | None], ...]:
    """What each partner holds, by side."""
    sides = (scenario.providers, scenario.commissioners)
    return tuple({one.name: one.reserves for one in side} for side in sides)


def _hardest(changes: pd.DataFrame, now: pd.Series, reserves: Mapping[str, float | None]) -> str:
    """The one of a side that loses most, with its results; nothing where nobody loses more than luck explains."""
    side = changes.loc[[name for name in reserves if name in changes.index]]
    losing = side["mean"][side["mean"] < -(2 * side["mean s.e."]).clip(lower=0.5)]
    if losing.empty:
        return ""
    held = pd.Series(reserves, dtype=float)[losing.index]
    worst = str((losing / held).idxmin()) if (held > 0).all() else str(losing.idxmin())
    said = moved(now[worst], losing[worst])
    return f"{literal(worst)} ({said}{taken(now[worst] + losing[worst], held[worst])})"


def signers(found: Sequence[Position]) -> str:
    """Whether everyone would still sign, and who would not."""
    against, close = ([literal(one.partner) for one in found if one.verdict == v] for v in ORDER[:2])
    if not any(one.cells for one in found):
        return "nobody has said what it would accept"
    if len(against) == len(found):
        return f"{SYMBOLS['refuses']} everybody refuses"
    refuse = "refuses" if len(against) == 1 else "refuse"
    said = [f"{SYMBOLS['refuses']} {listed(against)} {refuse}"] if against else []
    said += [f"{SYMBOLS['too close to call']} too close to call: {listed(close)}"] if close else []
    unsaid = silent(found)
    said += [f"{SYMBOLS['has not said']} {listed(unsaid)} {'has' if len(unsaid) == 1 else 'have'} not said"] * bool(
        unsaid
    )
    if any(one.verdict == "accepts" for one in found) and not against and not close:
        said.insert(0, f"{SYMBOLS['accepts']} {'all others accept' if unsaid else 'everybody accepts'}")
    return "; ".join(said)


def entered(
    stress: str, changes: pd.DataFrame, now: Effect, found: Sequence[Position], partner: str, scenario: Scenario
) -> str:
    """What the stress that was entered last comes to: who is hit hardest, the partner looked at, and who would sign.

    `changes`: without those who leave in it; `found`: where those who stay stand.
    """
    hardest = hit(changes, now.column("mean"), scenario)
    weighed = ", for its reserves," if any(all(held.values()) for held in _reserves(scenario)) else ""
    said = f"hits hardest{weighed} {hardest}" if hardest != "nobody" else "makes nobody worse off"
    own = ""
    if partner in changes.index and literal(partner) not in hardest:
        before, moves = now.value("mean", partner), float(changes.loc[partner, "mean"])
        own = (
            f" {literal(partner)}: {moved(before, moves) if abs(moves) >= SMALLEST else f'stays at {signed(before)}'}."
        )
    return f"**{literal(stress)}** {said}, on average over the term.{own} Would everyone still sign? {signers(found)}."


def bound(caps: pd.DataFrame) -> str:
    """Which caps bind more often, or less."""
    moved = caps[(caps["after"] - caps["before"]).abs() >= RARE]
    ordered = moved.loc[(moved["after"] - moved["before"]).abs().sort_values(ascending=False).index].head(2)
    said = [f"{name}: {chance(row['after'])}, was {chance(row['before'])}" for name, row in ordered.iterrows()]
    return "; ".join(said) or "hardly any change"


def _worst(row: pd.Series, measure: str) -> str:
    """The change of a measure that is most for the worse; nothing where none is noticeable."""
    losses, least = (row, 0.005) if measure == MEASURES[2] else (-row, 0.5)
    worst = losses.idxmax()
    return str(worst) if losses[worst] >= least else ""


def stressed(changes: pd.DataFrame, measure: str) -> str:
    """Which stress is worst for the providers and the commissioners, by a measure; stresses across."""
    said, write = [], points if measure == MEASURES[2] else signed
    for side in (PROVIDERS, COMMISSIONERS):
        if worst := _worst(changes.loc[side], measure):
            said.append(f"**{literal(worst)}**, {write(changes.loc[side, worst])} for {who(side)}")
    lead = (
        f"What changes the {NAMED[measure]} most for the worse: {listed(said)}."
        if said
        else f"None of these makes the {NAMED[measure]} of either side worse."
    )
    return (
        f"{lead} Beside the figure as it is: what each stress changes of it, in the same futures. "
        "Colours compare the stresses within a row."
    )


def stress_title(changes: pd.Series, now: float, partner: str, measure: str) -> str:
    """Which stress is worst for a partner, and where that leaves it; `now`: the measure without."""
    worst = _worst(changes, measure)
    if not worst:
        return f"None of these stresses makes the {NAMED[measure]} of {who(partner)} worse"
    write = chance if measure == MEASURES[2] else signed
    after = f"{write(now + changes[worst])} {OVER_THE_TERM[measure]}"
    verb = "have" if partner in (PROVIDERS, COMMISSIONERS) else "has"
    return f"{literal(worst)}: {who(partner)} {verb} {after} over the term instead of {write(now)}"

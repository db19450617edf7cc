"""Who wins and loses with whom, and what luck alone does, in sentences. Tables in, plain English out."""

from collections.abc import Sequence

import pandas as pd

from model.alignment import EVERYBODY, pairs
from model.alignment import PROVIDERS as AMONG
from model.luck import PEOPLE, YEARS, Luck, enough
from model.tables import PROVIDERS
from ui.format import a_chance, chance, listed, money, percent
from ui.incentive_words import when
from ui.range_words import literal
from ui.words import over


def aligned_title(table: pd.DataFrame, period: str) -> str:
    """Whether all win or all lose."""
    everybody = float(table.loc[EVERYBODY, "same way"])
    if AMONG not in table.index:
        return f"Provider and commissioners win or lose together in {chance(everybody)} of futures{when(period)}"
    among = float(table.loc[AMONG, "same way"])
    return (
        f"All providers win or all lose in {chance(among)} of futures{when(period)}, "
        f"all partners in {chance(everybody)}"
    )


def aligned(table: pd.DataFrame) -> str:
    """In pounds as well."""
    said = [f"{chance(row['pounds'])} among {str(name)[0].lower()}{str(name)[1:]}" for name, row in table.iterrows()]
    return (
        "At the ends of each bar all move the same way; in its middle some gain while others lose. Counted in pounds, "
        f"{listed(said)} move the same way: 100% where all win or all lose, 0% where each pound that one gains another "
        "loses."
    )


def parted(parting: pd.DataFrame, providers: Sequence[str], period: str) -> str:
    """The two partners, and the two providers, who part company most often."""
    every, among = pairs(parting), pairs(parting.loc[list(providers), list(providers)])
    said = _pair(parting, every, period)
    if len(among) and among.index[0] != every.index[0]:
        said += f" Among providers: {_pair(parting, among, period)}"
    return said


def _pair(parting: pd.DataFrame, found: pd.Series, period: str) -> str:
    one, other = found.index[0]
    if not found.iloc[0]:
        return f"No two of them ever part company {over(period)}."
    first, second = literal(one), literal(other)
    return (
        f"**{first} and {second}** part company most often: in {chance(found.iloc[0])} of futures {over(period)} one "
        f"gains while the other loses ({first} gains: {chance(parting.loc[one, other])}; {second} gains: "
        f"{chance(parting.loc[other, one])})."
    )


def luck_title(found: Luck, year: str) -> str:
    """The chance of pain if nothing truly changes."""
    pain, gain = (found.chances.loc[PROVIDERS, f"{what} in a year"] for what in ("pain", "gain"))
    return (
        f"If nothing truly changes, providers still have {a_chance(pain)} of pain and {chance(gain)} of gain in {year}"
    )


def luck(found: Luck) -> str:
    """What is meant, and how it is over the term."""
    pain, gain = (found.chances.loc[PROVIDERS, f"{what} over the term"] for what in ("pain", "gain"))
    still = (
        "neither gain nor bear anything"
        if abs(found.certain) < 0.5
        else f"{'gain' if found.certain > 0 else 'bear'} {money(abs(found.certain))}"
    )
    return (
        "Costs lie at target on average and KPIs where they are today; only chance moves them. Over the whole term, as "
        f"it is settled, that makes {a_chance(pain)} of pain and {chance(gain)} of gain. Without any luck "
        f"providers would {still} in the year."
    )


def how_many(found: Luck, limit: float) -> str:
    """How many people or years make the chance of pain by luck small."""
    small = f"below {chance(limit)}"
    said = []
    if PEOPLE in found.curves:
        times = enough(found.curves[PEOPLE], limit)
        said.append(_enough(times, found.curves[PEOPLE], "KPIs were measured on {:,} times as many people", small))
    else:
        said.append("No KPI says on how many people it is measured, so more people change nothing here.")
    times = enough(found.curves[YEARS], limit)
    said.append(
        _enough(times, found.curves[YEARS], "the average of {:,} years were settled, not each by itself", small)
    )
    if times != 1:
        said.append(
            f"9 in 10 years of nothing but luck overspend by less than {percent(found.overspend)} of target cost, so a "
            "corridor for overspends that wide would share only 1 year in 10 of them; the luck of KPIs is not in that."
        )
    return " ".join(said)


def _enough(times: int | None, curve: pd.DataFrame, what: str, small: str) -> str:
    """Whether enough of something makes the chance small; `what` says of how much, in the subjunctive."""
    if times == 1:
        return f"The chance of pain by luck is {small} as it is."
    if times:
        return f"**If {what.format(times)}**, the chance of pain by luck would be {small}."
    left = chance(float(curve["pain"].iloc[-1]))
    return f"Even if {what.format(curve.index[-1])}, the chance of pain by luck would still be {left}, not {small}."

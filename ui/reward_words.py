"""What levels of KPIs are worth, and which are paid twice, in sentences. Tables in, plain English out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from model.framework import LEVELS
from model.rewards import ERROR, TWICE
from model.tables import COMMISSIONERS, PROVIDERS
from model.weighting import ERROR as MOVED
from ui.format import MINUS, chance, listed, money, percent, signed, unbroken, with_error
from ui.range_words import literal

NO_KPIS = "There are no KPIs here, so there is no level that could be worth anything"

NAMED = 3
"""KPIs that are named before the rest is counted."""

WEAK = 0.3
"""A rank correlation below this is a weak one."""


def levels_title(table: pd.DataFrame, year: str) -> str:
    """The KPI whose level is worth most in a year."""
    worth = table[PROVIDERS]
    if worth.abs().max() < 0.5:
        return f"No level of any KPI is worth anything to providers in {year}"
    most = str(worth.idxmax())
    alike = int((worth >= worth[most] - 0.5).sum())
    if alike == len(worth) > 1:
        return f"In {year}, one level of any KPI is worth {money(worth[most])} to providers"
    also = f" (as of {alike - 1} more)" if alike > 1 else ""
    worth_most = f"is worth {money(worth[most])} to providers, the most of any KPI"
    return f"In {year}, one level of '{literal(most)}'{also} {worth_most}"


def levels(table: pd.DataFrame, level: str, year: str) -> str:
    """What one level brings, and which KPIs bring nothing."""
    worth = table[PROVIDERS]
    lower = LEVELS[LEVELS.index(level) - 1]
    most, least = str(worth.idxmax()), str(worth.idxmin())
    beside = f", '{literal(least)}' {signed(worth[least])}" if least != most else ""
    said = (
        f"One level up, from {lower} to {level}, in {year} and all else as it falls: '{literal(most)}' brings "
        f"providers {signed(worth[most])} (± {money(table.loc[most, ERROR])}){beside}. "
        "Commissioners pay it, so each figure should be near what the level is worth to them."
    )
    idle = [f"'{literal(str(name))}'" for name in table.index[worth.abs() < 0.5]]
    return f"{said} **Worth nothing: {listed(idle)}.**" if idle else said


def heavier(table: pd.DataFrame) -> str:
    """Whose weight matters most, and how to read the table."""
    if table.empty:
        return "With one KPI, or none, there is nothing to weigh it against."
    lead = (
        "Each KPI in turn weighs 10 points more of the whole score, and the others share the rest as they do now. What "
        "that changes on average over the whole term, all else as it falls:"
    )
    worth = table[PROVIDERS]
    if worth.abs().max() < 0.5:
        return f"{lead} nothing, whichever it is."
    most = str(worth.abs().idxmax())
    return f"{lead} most with **{literal(most)}**, {signed(worth[most])} for the providers together."


def weights(table: pd.DataFrame) -> pd.DataFrame:
    """The same written for reading, what changes most first."""
    ordered = table.loc[table[PROVIDERS].abs().sort_values(ascending=False).index]
    written = {
        "Weight": [f"{percent(a)} → {percent(b)}" for a, b in zip(ordered["from"], ordered["to"], strict=True)],
        "Providers, mean": [
            unbroken(with_error(mean, error, signed))
            for mean, error in zip(ordered[PROVIDERS], ordered[MOVED], strict=True)
        ],
        "Commissioners, mean": [unbroken(signed(mean)) for mean in ordered[COMMISSIONERS]],
    }
    return pd.DataFrame(written, index=ordered.index)


def twice(table: pd.DataFrame) -> list[str]:
    """Which KPIs are paid twice, and which against each other."""
    said = []
    for sign, what in ((1, "paid twice"), (-1, "against each other")):
        found = table[sign * table["correlation"] > TWICE]
        if len(found):
            row = found.iloc[int((sign * found["correlation"]).to_numpy().argmax())]
            weak = "partly " if sign * row["correlation"] < WEAK else ""
            strength = f"{row['correlation']:.2f}".replace("-", MINUS)
            said.append(
                f"**{_some(list(found.index), len(table))}: {weak}{what}.** {DOES[sign]} "
                f"('{row.name}': rank correlation {strength}{_comes(row)})."
            )
    if not said:
        return [f"No KPI moves with cost: every rank correlation lies within {TWICE:g}, so none is paid twice."]
    return [
        *said,
        "How far costs and KPIs move together is assumed, under *Uncertainty*; risks that move both add to it.",
    ]


DOES = {
    1: "Their better futures are also the cheaper ones, so the same success earns through the score and the saving",
    -1: "Their better futures are also the dearer ones, so what the score pays the cost share takes back",
}


def _comes(row: pd.Series) -> str:
    if np.isnan(row["with a saving"]):
        return ""
    said = f"{chance(row['with a saving'])} of what it scores above 0 comes in futures with a saving"
    return f"; {said}, which are {chance(row['any saving'])} of all"


def _some(names: Sequence[str], of: int) -> str:
    if len(names) == of > 1:
        return f"All {of} KPIs"
    first = [f"'{name}'" for name in names[:NAMED]]
    return listed([*first, f"{len(names) - NAMED} more"] if len(names) > NAMED else first)


def hit_twice(risk: str, kpis: Sequence[str]) -> str:
    named = listed([f"'{kpi}'" for kpi in kpis])
    return f"Risk '{risk}' costs money and makes {named} worse: its year is charged twice."

"""Which year is worst for one partner, or for several as one, in a sentence. A table of `model.each_year` in, plain
English out."""

import pandas as pd

from model.scenario import Scenario
from ui.board_words import has, pain
from ui.format import money, of_reserves, signed
from ui.range_words import literal

SMALLEST = 0.5
"""Pounds. What is less is nothing."""
UNSTATED = "its reserves are not stated"


def worst(scenario: Scenario, found: pd.DataFrame, row: pd.Series) -> str:
    """The year whose worst 1 in 20 costs most, with its part of reserves, and the year that is worst on average.

    `row`: the partner's statistics over the term. Nothing where that has one year.
    """
    if len(found) < 2:
        return ""
    if found["cvar95"].max() < SMALLEST:
        return f"In no year does the worst 1 in 20 cost {literal(str(row.name))} anything."
    name, year, mean = literal(str(row.name)), str(found["cvar95"].idxmax()), str(found["mean"].idxmin())
    near = _as_bad(found["cvar95"], found["cvar95 s.e."], year)
    costs = f"its worst 1 in 20 costs {_cost(found, year, row)}{f'; {near}' if near else ''}"
    said = f"The worst year for {name} is **{_called(scenario, year, row)}**: {costs}."
    average = float(found["mean"][mean])
    if average > -max(SMALLEST, 2 * float(found["mean s.e."][mean])):
        return f"{said} On average no year {'clearly ' * (average < -SMALLEST)}costs it anything."
    if mean == year:
        return f"{said} It is the worst on average too: it {has(row, average)}."
    near = _as_bad(-found["mean"], found["mean s.e."], mean)
    return (
        f"{said} On average it is **{_called(scenario, mean, row)}**{f' ({near})' if near else ''}, when it "
        f"{has(row, average)}; the worst 1 in 20 then costs {_cost(found, mean, row)}."
    )


def worst_together(scenario: Scenario, found: pd.DataFrame, row: pd.Series) -> str:
    """The same year of several partners as one body, without their reserves, of which a body may have only one's.

    `row`: their names, and whether any of them is a commissioner. Nothing where the term has one year, or where no
    year is worse than another.
    """
    losses = found["cvar95"]
    if len(found) < 2 or losses.max() - losses.min() < SMALLEST:
        return ""
    if losses.max() < SMALLEST:
        return "In no year does the worst 1 in 20 cost them anything together."
    year, mean = str(losses.idxmax()), str(found["mean"].idxmin())
    near = _as_bad(losses, found["cvar95 s.e."], year)
    said = (
        f"The worst year for {literal(str(row.name))} together is **{_called(scenario, year, row)}**: the worst 1 in "
        f"20 costs them {money(float(losses[year]))} on average{f'; {near}' if near else ''}."
    )
    average = float(found["mean"][mean])
    if average > -max(SMALLEST, 2 * float(found["mean s.e."][mean])):
        return said
    if mean == year:
        return f"{said} It is the worst on average too: they have {signed(average)}."
    return f"{said} On average it is **{_called(scenario, mean, row)}**, when they have {signed(average)}."


def _cost(found: pd.DataFrame, year: str, row: pd.Series) -> str:
    """'£1.6m on average, 5.3% of its reserves'."""
    pounds = float(found["cvar95"][year])
    if pounds < SMALLEST:
        return "nothing"
    return f"{money(pounds)} on average, {of_reserves(pounds, row['reserves']) or UNSTATED}"


def _as_bad(losses: pd.Series, errors: pd.Series, year: str) -> str:
    """The next worst year, where only luck tells the two apart."""
    others = losses.drop(year)
    near = str(others.idxmax())
    apart = float(losses[year] - losses[near])
    return f"{near} may be as bad" if apart < max(SMALLEST, 2 * float(max(errors[year], errors[near]))) else ""


def _called(scenario: Scenario, year: str, row: pd.Series) -> str:
    """A year by its name, and that it is not settled where it is not: then commissioners have all that it brings."""
    phases = dict(zip(scenario.term.labels(), scenario.risk_share.phase_in, strict=False))
    all_theirs = ", in which providers bear nothing and commissioners all" * (row["role"] == "commissioner")
    return f"{year}, a shadow year{all_theirs}" if phases.get(year) == 0 else year


def figures(found: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The years under headings that say what their figures are."""
    shown = {
        "Mean (£)": found["mean"].round(),
        f"Chance of {pain(row)} (%)": (100 * found["chance_of_pain"]).round(1),
        "Worst 1 in 20, average loss (£)": found["cvar95"].round(),
    }
    if "of reserves" in found:
        shown["… % of reserves"] = (100 * found["of reserves"]).round(1)
    return pd.DataFrame(shown).rename_axis("Year")

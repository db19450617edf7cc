"""What ranges, views, fits and correlations say, in sentences."""

import re

import pandas as pd

from model.assumptions import NO_REASON, expected_cost
from model.evidence import Pool
from model.scenario import Scenario
from model.uncertainty import Risk
from ui.format import brief, money, percent

ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]$:<#~"})

TOLD = 0.0005
"""A change of a correlation that is worth telling."""

PARTS = {"P5": "how low it could be", "P50": "the middle", "P95": "how high it could be"}


def literal(text: str) -> str:
    """A text that somebody typed, so that no sign in it is taken for formatting."""
    return " ".join(text.split()).translate(ESCAPED)


def unformatted(sentence: str) -> str:
    """A sentence as it reads: without what formats it, with every sign that somebody typed."""
    return re.sub(r"\\(.)|\*", r"\1", sentence)


def clipped(text: str, longest: int = 200) -> str:
    """A text short enough for a heading."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def figure(value: float, unit: str) -> str:
    """A figure in pounds, percent or plain, to read."""
    return {"£": money, "%": percent}.get(unit, brief)(value)


def uncertainty_title(saving: pd.Series, year: str) -> str:
    """How far costs may lie from target."""
    ends = [f"{percent(abs(saving[p]))} {'over' if saving[p] < 0 else 'under'}" for p in ("5", "95")]
    return f"9 in 10 futures of {year} cost between {ends[0]} target and {ends[1]} it"


def uncertainty(scenario: Scenario) -> str:
    """How many uncertainties there are."""
    risks = scenario.uncertainty.risks
    live = sum(risk.included for risk in risks)
    costs, kpis = len(scenario.providers), len(list(scenario.framework.kpis()))
    return (
        f"One future in ten lies outside that range. {costs} uncertain cost{_s(costs)}, {kpis} uncertain KPI{_s(kpis)} "
        f"and {live} of {len(risks)} risk{_s(len(risks))} are counted."
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def spread(label: str, row: pd.Series, unit: str) -> str:
    """The range of 9 in 10 values, off a row of `curves.ranges`."""
    low, middle, high = (figure(float(row[p]), unit) for p in ("P5", "P50", "P95"))
    said = f"9 in 10 between {low} and {high}; middle {middle}" if row["standard deviation"] else f"Certain: {middle}"
    return f"{label}: {said}" if label else said[0].upper() + said[1:]


def correlations(scenario: Scenario) -> str:
    """The four numbers in a sentence."""
    c = scenario.uncertainty.correlations
    return (
        f"When one partner overspends by much, the others tend to as well ({percent(c.between_costs)}); "
        f"{percent(c.year_to_year)} of a year's deviation is still there the year after."
    )


def views(pool: Pool, ranges: pd.DataFrame, unit: str) -> str:
    """Where several people differ most, and how much of the spread that is. `ranges`: theirs, then all together."""
    theirs, together = ranges.iloc[:-1], ranges.iloc[-1]
    said = spread("All together", together, unit)
    if len(theirs) < 2:
        return f"{said}. So far there is one view."
    gaps = theirs[list(PARTS)].max() - theirs[list(PARTS)].min()
    part = str(gaps.idxmax())
    if gaps[part] <= 1e-12:
        return f"{said}. All views are the same."
    low, high = theirs[part].idxmin(), theirs[part].idxmax()
    ends = f"{low} says {figure(theirs[part][low], unit)}, {high} {figure(theirs[part][high], unit)}"
    share = f"{percent(round(pool.disagreement, 2))} of the variance is there because their middles differ"
    return f"{said}. They differ most on {PARTS[part]}: {ends}. {share}; the rest is what each of them is unsure of."


def mitigation(risk: Risk) -> str:
    """What a risk costs on average in a year, before and after mitigation."""
    if risk.mitigation is None:
        return ""
    before, after = expected_cost(risk, None), expected_cost(risk, risk.mitigation)
    write = money if risk.impact_in == "pounds" else percent
    of, spent = ("", "") if risk.impact_in == "pounds" else (" of planned cost", "")
    spent = f", and {money(risk.mitigation.cost)} a year for the mitigation itself" if risk.mitigation.cost else ""
    period = "in the term" if risk.when == "once" else "a year"
    state = "It is in place." if risk.in_force else "It is not in place: the risk counts as before."
    return f"On average {write(before)}{of} {period} before mitigation, {write(after)}{of} after{spent}. {state}"


def nearer(asked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What would change most if correlations that cannot all hold were moved to the nearest that can."""
    change = (found - asked).abs()
    one = change.max(axis=1).idxmax()
    other = change.loc[one].idxmax()
    before, after = percent(float(asked.loc[one, other])), percent(float(found.loc[one, other]))
    others = int((change.to_numpy() > TOLD).sum()) // 2 - 1
    more = f" {others} {'other' if others == 1 else 'others'} would change too, by less." if others > 0 else ""
    return f"What would change most: {literal(str(one))} with {literal(str(other))}, from {before} to {after}.{more}"


COUNTED = "inputs that are uncertain or have a note"
EVERY_INPUT = "The assumptions log on *Papers* counts every input, uncertain or not."


def reasons(table: pd.DataFrame) -> str:
    """How many of them have no reason yet, and which they are. `table`: of `model.assumptions`."""
    without = int((table["reason"] == NO_REASON).sum())
    if not without:
        return f"All {len(table)} have a reason: {COUNTED}."
    return f"{len(table)} {COUNTED}; {without} have no reason yet. Reasons are given beneath each input. {EVERY_INPUT}"

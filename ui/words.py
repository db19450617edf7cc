"""What results say, in sentences. Tables in, plain English out."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from model.bands import Bands
from model.base import as_percent
from model.corridors import Corridor
from model.cost_clauses import Side, reach
from model.curves import ROUND
from model.framework import KPI, LEVELS
from model.tables import COMMISSIONERS, PROVIDERS, TERM
from ui.format import (
    ABOUT_ERRORS,
    a_chance,
    chance,
    listed,
    measured,
    money,
    of_reserves,
    part_of,
    percent,
    points,
    signed,
)
from ui.range_words import literal

MOST_BARE = 2
"""Providers without reserves that are named."""
POOR = -50.0
"""The performance score at which every KPI is at its level 'poor'."""


def over(period: str) -> str:
    """'over the whole term' or 'in 2018-19'."""
    return "over the whole term" if period == TERM else f"in {period}"


def within(period: str) -> str:
    """' in 2018-19', or nothing where it is the whole term."""
    return "" if period == TERM else f" in {period}"


def headline(table: pd.DataFrame, period: str) -> str:
    """What the alliance's providers face together."""
    together = table.loc[PROVIDERS]
    if together["chance_of_pain"] == 0 and together["chance_of_gain"] == 0:
        return f"Providers neither gain nor lose {over(period)}"
    return (
        f"Providers together have {a_chance(together['chance_of_pain'])} of pain {over(period)}; "
        f"the worst 1 in 20 {costs_them(together['cvar95'])} on average"
    )


def costs_them(loss: float) -> str:
    """What several bear in bad futures."""
    return f"costs them {money(loss)}" if loss >= 0.5 else f"still brings them {money(-loss)}"


def partner(name: str, row: pd.Series, period: str) -> str:
    """One partner's futures in one sentence."""
    parts = [
        f"**{literal(name)}**: {chance(row['chance_of_pain'])} chance of pain {over(period)}, "
        f"9 in 10 futures between {signed(row['p5'])} and {signed(row['p95'])}"
    ]
    if row["cvar95"] >= 0.5:
        against = []
        if row["fee"] > 0:
            against.append(part_of(row["cvar95"] / row["fee"], "its fee"))
        if said := of_reserves(row["cvar95"], row["reserves"]):
            against.append(said)
        beside = f" ({listed(against)})" if against else ""
        parts.append(f"the worst 1 in 20 costs {money(row['cvar95'])} on average{beside}")
    if row["loss_limit"] == float("inf"):
        parts.append("there is no cap on what it can lose")
    else:
        stay = "" if row["limited_by"].startswith("by its own") else ", while all partners stay"
        parts.append(f"it can never lose more than {money(row['loss_limit'])}, {row['limited_by']}{stay}")
    return "; ".join(parts) + "."


def dots(marks: pd.DataFrame, unit: str) -> str:
    """What a dotplot shows: whose futures range widest, and how to read it. Rows '5' and '95', partners across."""
    write = signed if unit == "£" else percent
    widest = str((marks.loc["95"] - marks.loc["5"]).idxmax())
    low, high = (write(float(marks.loc[p, widest])) for p in ("5", "95"))
    return (
        f"{literal(widest)} has the widest range: 9 in 10 futures between {low} and {high}. "
        "Each row is 50 equally likely futures of one partner: ◆ pain, ● gain."
    )


def hardest_hit(table: pd.DataFrame, period: str) -> str:
    """Which provider's bad years weigh most against its own reserves."""
    every = table[table["role"] == "provider"]
    providers = every[every["reserves"] > 0]
    losing = providers[providers["cvar95"] >= 0.5]
    first = "Of the providers, " * (len(every) > 1)
    if losing.empty and (every["cvar95"] >= 0.5).any():
        worst = str(every["cvar95"].idxmax())
        lost = money(every.loc[worst, "cvar95"])
        hit = f"{first}{literal(worst)} is hit hardest{within(period)}: its worst 1 in 20 costs {lost} on average"
        return f"{hit}; it has {_lacks(every.loc[[worst]])}"
    if losing.empty:
        return f"No provider loses money in its worst 1 in 20 {over(period)}"
    weight = losing["cvar95"] / losing["reserves"]
    worst = str(weight.idxmax())
    lost = money(losing.loc[worst, "cvar95"])
    return (
        f"{_bare(every) or first}{literal(worst)} is hit hardest for its reserves{within(period)}: its worst 1 in 20 "
        f"costs {lost} on average, {part_of(float(weight[worst]), 'them')}"
    )


def _bare(providers: pd.DataFrame) -> str:
    """Which providers lose and have no reserves to set that against: the lead of a sentence on the others."""
    rows = providers[~(providers["reserves"] > 0) & (providers["cvar95"] >= 0.5)].sort_values("cvar95", ascending=False)
    lost, lacks = rows["cvar95"], _lacks(rows)
    if len(lost) > MOST_BARE:
        return f"{len(lost)} providers have {lacks} against up to {money(lost.iloc[0])}; of the other providers "
    verb, whose = ("has", "its") if len(lost) == 1 else ("have", "their")
    names, sums = listed([literal(str(name)) for name in lost.index]), listed([money(one) for one in lost])
    return f"{names} {verb} {lacks} against {whose} {sums}; of the other providers " if len(lost) else ""


def _lacks(providers: pd.DataFrame) -> str:
    """What providers without reserves have: £0, or nothing stated."""
    stated = providers["reserves"].notna()
    return "no reserves" if stated.all() else "no reserves, or none stated," if stated.any() else "no reserves stated"


def sides(table: pd.DataFrame, period: str) -> str:
    """How the commissioners and the providers share what happens."""
    buy, sell = table.loc[COMMISSIONERS], table.loc[PROVIDERS]
    return (
        f"Commissioners carry most of the range: {signed(buy['p5'])} to {signed(buy['p95'])} {over(period)}, "
        f"against {signed(sell['p5'])} to {signed(sell['p95'])} for providers"
        if buy["sd"] > sell["sd"]
        else f"Providers carry most of the range: {signed(sell['p5'])} to {signed(sell['p95'])} {over(period)}, "
        f"against {signed(buy['p5'])} to {signed(buy['p95'])} for commissioners"
    )


def fan(bands: pd.DataFrame, whose: str, shadow: Collection[str] = ()) -> str:
    """What a fan over the years shows; `shadow`: the years that are not settled."""
    first, last = bands.iloc[0], bands.iloc[-1]
    if first.abs().max() < 0.5:
        why = ": a shadow year" if bands.index[0] in shadow else " in at least 9 of 10 futures"
        begin = f"no gain or pain in {bands.index[0]}{why}"
    else:
        begin = f"9 in 10 futures of {bands.index[0]} lie between {signed(first['5'])} and {signed(first['95'])}"
    return f"{whose}: {begin}; in {bands.index[-1]} between {signed(last['5'])} and {signed(last['95'])}."


def target_title(steps: pd.Series, year: str, chance_over: float) -> str:
    """What the alliance should cost."""
    return f"The alliance should cost {money(steps['Target cost'])} in {year}; {chance(chance_over)} chance of more"


def target(steps: pd.Series, year: str) -> str:
    """How a year's target cost is built."""
    return (
        f"The target cost of {year} is {money(steps['Baseline cost'])} of baseline, "
        f"{signed(steps['Price growth'] + steps['Demand growth'])} for prices and demand, "
        f"{signed(steps['Required saving'])} required saving and {signed(steps['Contingency'])} contingency."
    )


def of_cost(part: float) -> str:
    """A part of a year's cost."""
    return "uncapped" if part == float("inf") else f"{percent(part)} of cost"


def at_stake(row: pd.Series, year: str) -> str:
    """Money at stake, and the part of it that goes by performance beside the national benchmark for that."""
    year = f"{year}," if "," in year else year
    if row["largest_loss"] == float("inf"):
        what = f"Providers' possible loss in {year} is uncapped"
    else:
        what = f"Providers can lose at most {percent(row['largest_loss'])} of the cost of {year.removesuffix(',')}"
    pool = f"the performance pool is {percent(row['pool'])} of it" if row["pool"] else "there is no performance pool"
    return f"{what}; {pool}. {BENCHMARK}"


def about_stake(row: pd.Series, year: str, whole: float) -> str:
    """The same, and what it is over the period looked at, where that differs."""
    said = at_stake(row, year)
    same = of_cost(whole) == of_cost(row["largest_loss"])
    return said if same else f"{said} Over the whole term providers can lose at most {of_cost(whole)}."


def caps(table: pd.DataFrame) -> str:
    """Which cap binds most often."""
    if table.empty:
        return "The contract has no caps."
    often = table["any year"]
    if often.max() == 0:
        return "No cap of the contract ever binds in these futures."
    part = percent(float(often.max()))
    return f"{often.idxmax()} binds most often: in {part} of futures it changes what is paid in at least one year."


def beyond(bands: Bands, side: Side, corridor: Corridor) -> str:
    """Where the first band ends and what the others have: 'Up to 5.5% under target cost; beyond that 40%.'"""
    first, *rest = bands
    said = [f"Up to {reach(first, side, corridor)}"]
    for band in rest:
        share = f"beyond that {as_percent(round(band.share, 3))}"
        said.append(share if band.is_open else f"{share}, up to {reach(band, side, corridor).split(' ')[0]}")
    return f"{'; '.join([*said, *([] if bands[-1].is_open else ['beyond that nothing'])])}."


def share_curve(curve: pd.DataFrame, ops: float) -> str:
    """What the providers together get and bear at a round saving and overspend."""
    total = curve.sum(axis=1)
    gain, pain = (float(total.loc[total.index[abs(total.index - part).argmin()]]) for part in (ROUND, -ROUND))
    return (
        f"At a performance score of {points(ops)}, a saving of {percent(ROUND)} brings providers {signed(gain)} a year "
        f"and an overspend of {percent(ROUND)} {signed(pain)}."
    )


def poor_care(gains: pd.Series, slider: bool = True) -> str:
    """What a saving still brings where care was poor, and down to where; off `curves.gain_by_score`.

    `slider`: whether it stands beside that of another score.
    """
    gain, saving = float(gains[POOR]), f"a saving of {percent(ROUND)}"
    at = f"at a performance score of {points(POOR)} (poor){', whatever the slider says,' * slider}"
    if gain > 0.5:
        return f"Poor care can still earn: {at} {saving} brings providers {signed(gain)}."
    left = f"costs them {money(-gain)}" if gain < -0.5 else "brings them nothing"
    said = f"Poor care earns nothing here: {at} {saving} {left}."
    earns = gains[(gains.index > POOR) & (gains > 0.5)]
    if earns.empty:
        return f"{said} No score makes it pay."
    score, pounds = float(earns.index[0]), signed(float(earns.iloc[0]))
    if score >= 0:
        return f"{said} From about {points(score)} on it earns: {pounds} there."
    still = f"{said} But from about {points(score)} on, still below minimum (0), it earns: {pounds} there"
    last = gains[gains.index < 0].iloc[-1]
    return f"{still}." if last == earns.iloc[0] else f"{still} and {signed(float(last))} just below minimum."


def kpi_levels(chances: pd.DataFrame, year: str) -> str:
    """Which KPI is most and least likely to be at minimum or better."""
    good = chances.iloc[:, 3:].sum(axis=1)
    return (
        f"In {year}, {good.idxmax()} is at minimum or better in {chance(float(good.max()))} of futures, "
        f"{good.idxmin()} in {chance(float(good.min()))}."
    )


BENCHMARK = "For what depends on outcomes, 2–4% of payment was recommended nationally (2016)."
ABOUT_TARGET = (
    "What was agreed that a year should cost: the baseline with the growth of prices and demand, less the required "
    "saving, plus contingency. Over the whole term: the mean of its years."
)
ABOUT_PAIN = (
    "In how many futures the providers bear more pain between them than gain. In some of the others one of them has "
    "pain all the same, which others' gain makes up for: at least one says in how many any of them has pain."
)
ABOUT_SCORE = "The overall performance score, from -100 (failure) to +100 (gamebreaking)."
ABOUT_FIGURES = (
    "Of all futures, 1 in 20 lies below P5, half below the middle (P50), 1 in 20 above P95. Worst 1 in 20, average "
    "loss: the mean of the worst 5% of futures, as a loss. " + ABOUT_ERRORS
)
ABOUT_WAS = " Was: the figure of the starting design, where it differs."


def share_title(curve: pd.DataFrame, year: str, ops: float | None = None, worst: float = 0.0) -> str:
    """How far gain and pain go within the picture at the expected score, and what is borne at the worst score."""
    total = curve.sum(axis=1)
    low, high, reach = total.min(), total.max(), percent(float(curve.index.max()))
    if total.abs().max() < 0.5:
        return f"Nothing is shared in {year}: commissioners keep every saving and bear every overspend"
    if high - low < 0.5:
        return f"In {year} providers {'gain' if low > 0 else 'bear'} {money(abs(low))}, whatever it costs"
    if low >= 0:
        said = f"providers gain between {money(low)} and {money(high)}"
    elif high <= 0:
        said = f"providers bear between {money(-high)} and {money(-low)}"
    else:
        said = f"providers gain up to {money(high)} and bear up to {money(-low)}"
    scored = "" if ops is None else f" at the expected score of {points(ops)}"
    bear = "" if ops is None or worst > min(low, 0.0) - 0.5 else f"; at the worst score they bear up to {money(-worst)}"
    return f"In {year}{scored} {said}, for costs up to {reach} off target{bear}"


def performance(curve: pd.Series) -> str:
    """What performance alone pays at its ends."""
    if curve.abs().max() < 0.5:
        return "With costs on target, performance pays nothing."
    return (
        f"With costs on target, performance alone brings providers {signed(curve.iloc[-1])} at the best score "
        f"and {signed(curve.iloc[0])} at the worst."
    )


def s_curve(name: str, row: pd.Series) -> str:
    """How to read the curves, on one partner's figures."""
    return (
        f"Read across from a chance to a sum: {literal(name)} has a 1 in 10 chance of less than {signed(row['p10'])} "
        f"and a 1 in 2 chance of less than {signed(row['p50'])}."
    )


def framework_title(ops: float, year: str, kpis: bool) -> str:
    """Where the alliance is expected to score."""
    if not kpis:
        return "There are no KPIs, so performance neither earns nor costs anything"
    places = (-100, -50, 0, 50, 100)
    above = min(sum(place <= ops for place in places), len(places) - 1)
    if round(ops) in places:
        return f"The alliance is expected to score {points(ops)} in {year}, at {LEVELS[places.index(round(ops))]}"
    between = f"{LEVELS[max(above - 1, 0)]} and {LEVELS[max(above, 1)]}"
    return f"The alliance is expected to score {points(ops)} in {year}, between {between}"


def levels(kpi: KPI) -> pd.Series:
    """Value of each level by name."""
    return pd.Series(dict(zip(LEVELS, kpi.levels.values, strict=True)))


def score(kpi: KPI) -> str:
    """What a KPI's value earns today and where it is expected to be."""
    direction = "higher" if kpi.levels.higher_is_better else "lower"
    now, then = (float(kpi.score(np.array([value]))[0]) for value in (kpi.today, kpi.expected))
    return (
        f"{kpi.name}: {direction} is better. Today's {measured(kpi.today, kpi.unit)} scores {points(now)}; "
        f"the expected {measured(kpi.expected, kpi.unit)} scores {points(then)}."
    )

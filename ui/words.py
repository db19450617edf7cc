"""What results say, in sentences. Tables in, plain English out."""

from collections.abc import Collection

import pandas as pd

from model.stops import Stops
from model.tables import COMMISSIONERS, LATER_STEP, PROVIDERS, TERM
from ui import pile_words, stop_words
from ui.format import (
    ABOUT_ERRORS,
    a_chance,
    chance,
    listed,
    money,
    of_reserves,
    part_of,
    percent,
    signed,
)
from ui.range_words import literal

MOST_BARE = 2
"""Providers without reserves that are named."""


def over(period: str) -> str:
    """'over the whole term' or 'in 2018-19'."""
    return "over the whole term" if period == TERM else f"in {period}"


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
        f"{pile_words.span(row, 'p5', 'p95')}"
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


def dots(marks: pd.DataFrame, figures: pd.DataFrame, unit: str) -> str:
    """What a dotplot shows: whose futures range widest, and how to read it.

    `marks`: of `tables.marks`; `figures`: of `tables.partners`.
    """
    write = signed if unit == "£" else percent
    widest = str((marks.loc["95"] - marks.loc["5"]).idxmax())
    low, high = (write(float(marks.loc[p, widest])) for p in ("5", "95"))
    return (
        f"{literal(widest)} has the widest range: {pile_words.many(figures.loc[widest], 'p5', 'p95')} between {low} "
        f"and {high}. "
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
        hit = f"{first}{literal(worst)} is hit hardest {over(period)}: its worst 1 in 20 costs {lost} on average"
        return f"{hit}; it has {_lacks(every.loc[[worst]])}"
    if losing.empty:
        return f"No provider loses money in its worst 1 in 20 {over(period)}"
    weight = losing["cvar95"] / losing["reserves"]
    worst = str(weight.idxmax())
    lost = money(losing.loc[worst, "cvar95"])
    return (
        f"{_bare(every) or first}{literal(worst)} is hit hardest for its reserves {over(period)}: its worst 1 in 20 "
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
    """What a fan over the years shows; `shadow`: the years that are not settled. `bands`: of `tables.fans`, with what
    `tables.fan_places` has beside it."""
    first, last = bands.iloc[0], bands.iloc[-1]
    if max(abs(first["5"]), abs(first["95"])) < 0.5:
        why = ": a shadow year" if bands.index[0] in shadow else " in at least 9 of 10 futures"
        begin = f"no gain or pain in {bands.index[0]}{why}"
    else:
        many = pile_words.many(first, "5", "95")
        begin = f"{many} of {bands.index[0]} lie between {signed(first['5'])} and {signed(first['95'])}"
    ends = f"between {signed(last['5'])} and {signed(last['95'])}"
    if pile_words.piled(first, "5", "95") or pile_words.piled(last, "5", "95"):
        ends = pile_words.span(last, "5", "95")
    return f"{whose}: {begin}; in {bands.index[-1]} {ends}."


def target_title(steps: pd.Series, year: str, chance_over: float) -> str:
    """What the alliance should cost."""
    return f"The alliance should cost {money(steps['Target cost'])} in {year}; {chance(chance_over)} chance of more"


def target(steps: pd.Series, year: str) -> str:
    """How a year's target cost is built."""
    return (
        f"The target cost of {year} is {money(steps['Baseline cost'])} of baseline,{_planned_later(steps)} "
        f"{signed(steps['Price growth'] + steps['Demand growth'])} for prices and demand, "
        f"{signed(steps['Required saving'])} required saving and {signed(steps['Contingency'])} contingency. "
        "Fees come on top."
    )


def _planned_later(steps: pd.Series) -> str:
    """What costs planned of later years add, where any are stated."""
    more = steps.get(LATER_STEP, 0.0)
    return f" {signed(more)} as later years are planned," if more else ""


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


def stopped(row: pd.Series, year: str, found: Stops | None) -> str:
    """Money at stake, and what stops it there."""
    return f"{at_stake(row, year)} {stop_words.sentence(found, bool(row['pool']))}".strip()


def about_stake(row: pd.Series, year: str, whole: float, found: Stops | None) -> str:
    """The same, what stops it there, and what it is over the period looked at, where that differs."""
    said = stopped(row, year, found)
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


BENCHMARK = "For what depends on outcomes, 2–4% of payment was recommended nationally (2016)."
ABOUT_TARGET = (
    "What was agreed that a year's services should cost: the baseline with the growth of prices and demand, or what "
    "the year is planned to cost, less the required saving, plus contingency. Fees come on top. Over the whole term: "
    "the mean of its years."
)
ABOUT_PAIN = (
    "In how many futures the providers bear more pain between them than gain. In some of the others one of them has "
    "pain all the same, which others' gain makes up for: at least one says in how many any of them has pain."
)
ABOUT_SCORE = "The overall performance score, from -100 (failure) to +100 (gamebreaking)."
ABOUT_FIGURES = (
    "Of all futures, 1 in 20 ends at P5 or worse, half at the middle (P50) or worse, 1 in 20 at P95 or better. Worst "
    "1 in 20, average loss: the mean of the worst 5% of futures, as a loss. " + ABOUT_ERRORS
)


def was_of(base: str) -> str:
    """What 'was' means beside a figure."""
    return f" Was: the figure of {literal(base)}, where it differs."


def s_curve(name: str, row: pd.Series) -> str:
    """How to read the curves, on one partner's figures."""
    if said := pile_words.up_to(row):
        return f"Read across from a chance to a sum: of the futures of {literal(name)}, {said}."
    return (
        f"Read across from a chance to a sum: {literal(name)} has a 1 in 10 chance of less than {signed(row['p10'])} "
        f"and a 1 in 2 chance of less than {signed(row['p50'])}."
    )

"""What moves results and what changes do, in sentences. Tables in, plain English out."""

from collections.abc import Callable, Mapping

import pandas as pd

from model.base import PENNY
from model.bridge import TERMS, TOGETHER, Bridge, Span
from model.causes import OF_PLAN, OFF_PLAN, POUNDS, TIMES
from model.drivers import UNEXPLAINED
from model.effects import MEASURES, Effect
from model.tables import COMMISSIONERS, PROVIDERS
from ui.format import MINUS, brief, chance, chance_with_error, listed, money, percent, plain, signed
from ui.range_words import literal
from ui.words import over

CERTAIN = "Nothing in this scenario is uncertain, so nothing moves the result"
SMALL = 0.03
"""A mean that is a smaller part than this of what it is beside goes without saying."""


def with_error(part: float, error: float) -> str:
    """'41% ± 1%'; less than nothing is nothing but chance."""
    return chance_with_error(max(part, 0.0), error, percent)


def points(part: float) -> str:
    """A change of a chance: '+3 pts'."""
    whole = round(100 * part)
    return f"{'+' if whole > 0 else MINUS if whole < 0 else ''}{abs(whole)} pts"


def who(partner: str) -> str:
    """A partner or side within a sentence."""
    return partner[0].lower() + partner[1:] if partner in (PROVIDERS, COMMISSIONERS) else literal(partner)


def certain(row: pd.Series) -> bool:
    """Whether a partner has the same in every future; off its statistics."""
    return float(row["sd"]) < PENNY


def nothing(row: pd.Series, partner: str, period: str) -> str:
    """The page's answer where nothing moves a partner's result."""
    if abs(float(row["mean"])) < PENNY:
        verb = "gain or bear" if partner in (PROVIDERS, COMMISSIONERS) else "gains or bears"
        return f"Nothing is at stake {over(period)}: whatever happens, {who(partner)} {verb} nothing"
    return f"Nothing moves the result {over(period)}: {signed(float(row['mean']))} for {who(partner)} in every future"


def title(table: pd.DataFrame, partner: str, period: str) -> str:
    """The page's answer: which input explains most."""
    first = table.drop(index=UNEXPLAINED).iloc[0]
    if first["index"] <= 3 * first["standard error"] or first["index"] <= 0:
        return f"No single input explains what {who(partner)} would gain or bear {over(period)}"
    verb = "gain or bear" if partner in (PROVIDERS, COMMISSIONERS) else "gains or bears"
    return (
        f"Doubt about one input, {literal(first.name)}, explains {percent(first['index'])} of the spread of what "
        f"{who(partner)} {verb} {over(period)}"
    )


def explained(table: pd.DataFrame, partner: str) -> str:
    """How to read first-order indices."""
    inputs, rest = table.drop(index=UNEXPLAINED), float(table.loc[UNEXPLAINED, "index"])
    first = inputs.iloc[0]
    said = (
        f"**{literal(first.name)}** alone explains {with_error(first['index'], first['standard error'])} of the spread "
        f"of what {who(partner)} may gain or bear: if it were known, so much of the variance would be gone."
    )
    if rest < -0.02:
        return f"{said} Together the bars make more than 100%, because inputs that move together explain the same."
    return f"{said} {percent(max(rest, 0.0))} takes several inputs together, or is no input listed here."


def swings(table: pd.DataFrame, partner: str) -> str:
    """How to read a tornado, on its widest bar."""
    first = table.iloc[0]
    ends = {"lowest": first["low"], "highest": first["high"]}
    said = [f"{signed(value)} when it is in its {end} tenth" for end, value in ends.items() if value == value]
    return (
        f"How much more or less than its mean {who(partner)} would have on average, with one input low or high and all "
        f"else as it then tends to be: {literal(first.name)} moves it furthest, {listed(said)}."
    )


def in_unit(value: float, unit: str) -> str:
    """A cause in its own unit: '4.1% over plan', '56% of plan', '£1.9m', '2 days over its path'."""
    if unit == OFF_PLAN:
        return f"{percent(abs(value))} {'over' if value >= 0 else 'under'} plan" if abs(value) >= 5e-4 else "as planned"
    if unit == OF_PLAN:
        return f"{percent(value)} of plan"
    if unit == POUNDS:
        return money(value)
    if unit == TIMES:
        return f"{brief(value)} times"
    size = float(f"{abs(value):.2g}")
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{plain(size)} {'points' if unit == '%' else unit}".rstrip()


def in_the_tail(table: pd.DataFrame, units: Mapping[str, str]) -> list[str]:
    """What each input is in the worst 1 in 20 and on average, as short as it can be said."""
    return [_beside_mean(row, units[str(name)], " (mean {})", _short) for name, row in table.iterrows()]


def _beside_mean(row: pd.Series, unit: str, beside: str, write: Callable[[float, str], str]) -> str:
    """An input in the worst 1 in 20, and beside it its overall mean where that is not next to nothing."""
    worst, mean = row["worst mean"], row["overall mean"]
    also = beside.format(write(mean, unit)) if abs(mean) > SMALL * abs(worst) else ""
    return f"{write(worst, unit)}{also}"


def _short(value: float, unit: str) -> str:
    """'+4.1%' for costs, '56%' for savings; all else as it is."""
    if unit == OFF_PLAN:
        return f"{'+' if value > 0 else ''}{percent(value)}"
    return percent(value) if unit == OF_PLAN else in_unit(value, unit)


def tail(table: pd.DataFrame, units: Mapping[str, str], partner: str) -> str:
    """What the worst 1 in 20 have in common."""
    said = [
        f"{name} is {_beside_mean(row, units[str(name)], ' rather than {}', in_unit)}"
        for name, row in table.head(2).iterrows()
    ]
    return f"In the worst 1 in 20 of {who(partner)}, on average, {listed(said)}."


def carried(table: pd.DataFrame, period: str) -> str:
    """Who carries the providers' tail."""
    total = float(table["pounds"].sum())
    if total < 0.5:
        return f"Providers together still do not lose in their worst 1 in 20 {over(period)}: there is no loss to carry."
    most = table.loc[table["of the tail"].idxmax()]
    beside = f"{percent(most['share of gain'])} of gain and {percent(most['share of pain'])} of pain by the contract"
    return (
        f"The worst 1 in 20 of all providers together {over(period)} costs them {money(total)} on average. "
        f"{literal(most.name)} carries {percent(most['of the tail'])} of that, and has {beside}."
    )


def as_it_is(now: Effect, partner: str) -> str:
    """A partner's figures without any change."""
    mean, worst, pain = (now.value(measure, partner) for measure in MEASURES)
    return (
        f"As it is: {signed(mean)} on average for {who(partner)} over the whole term, {signed(worst)} in the worst "
        f"1 in 20, {chance(pain)} chance of pain."
    )


def switched(table: pd.DataFrame, partner: str) -> str:
    """Which switch moves a partner's worst 1 in 20 most; rows are risks and states."""
    name = table["worst"].abs().idxmax()
    row = table.loc[name]
    return (
        f"**{literal(str(name))}** changes most for {who(partner)}: {signed(row['mean'])} on average and "
        f"{signed(row['worst'])} in the worst 1 in 20, over the whole term. All on the same futures, and what luck is "
        "left is written after ±."
    )


def happening(year: str) -> str:
    """What it means that a risk happens."""
    return (
        "*Left out*: what changes of the result as it is, if it never happens. *Happens once*: what it costs if it "
        f"comes true in {year}, as dear as it is on average, and in no other year, beside never happening; choose "
        "the year under *Period looked at*, at the end of the menu."
    )


NEAREST = (
    ":small[A risk that comes in one year and no other, at its average cost, cannot be entered: a risk has a chance "
    "and no year of its own. *Happens once, in any year* comes nearest: certain, with its year and cost drawn.]"
)


def switch_title(table: pd.DataFrame, partner: str) -> str:
    """Which risk matters most to a partner."""
    if table.empty:
        return "There are no risks in this scenario to switch on or off"
    name = str(table["mean"].abs().idxmax())
    risk, state = name.rsplit(": ", 1)
    return f"'{literal(risk)}' {state}: {signed(table.loc[name, 'mean'])} for {who(partner)} on average over the term"


def tail_title(table: pd.DataFrame, units: Mapping[str, str], partner: str) -> str:
    """What marks the worst futures of a partner."""
    first = table.iloc[0]
    ends = in_unit(first["worst mean"], units[first.name])
    return f"In the worst 1 in 20 of {who(partner)}, {literal(first.name)} is {ends}"


def led(bridge: Bridge, spans: list[Span], partner: str, what: str) -> str:
    """From what changes are counted from to this design, in words."""
    total = bridge.end - bridge.start
    said = f"From {signed(bridge.start)} to {signed(bridge.end)} for {who(partner)}, {what}: {signed(total)}. "
    most = max(bridge.changes, key=lambda name: abs(bridge.changes[name]))
    if abs(bridge.changes[most]) < 0.5:
        said += "None of what changed moves it. "
    else:
        said += f"The largest change by itself: {literal(most)}, {signed(bridge.changes[most])}. "
    if len(bridge.changes) > 1:
        does = "nothing more" if abs(bridge.interaction) < PENNY else f"{signed(bridge.interaction)} more"
        said += f"'{TOGETHER}' is what the changes do to each other: {does}. "
    for span in spans:
        if span.terms:
            said += f"'{TERMS}' holds {listed([name[0].lower() + name[1:] for name in span.terms])}. "
        if len(span.groups) > 1:
            said += f"{listed(list(span.groups))} are one bar, because one of them is not valid without the other. "
    return said.strip()


def bridge_title(bridge: Bridge, partner: str, base: str) -> str:
    """What the edits have done to a partner."""
    moved = bridge.end - bridge.start
    return f"What changed since {literal(base)} moves {who(partner)} by {signed(moved)} over the term"


def disagreement(shares: pd.Series, name: str) -> str:
    """How much of the spread would go if it were known whose view is right; the largest first."""
    return (
        f"If it were known whose view of {shares.index[0]} is right, {percent(float(shares.iloc[0]))} of the spread of "
        f"what {who(name)} may gain or bear over the whole term would be gone. Each quantity by itself."
    )

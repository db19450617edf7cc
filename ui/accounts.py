"""What settled years say, in sentences."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from model import walk
from model.clauses import Clause
from model.futures import Future
from model.history import DOUBT, OF_TARGET, RANGE, TOGETHER, Covered
from model.plausible import doubts
from model.tables import COMMISSIONERS, PROVIDERS
from ui import commissioner_words
from ui.format import MINUS, brief, chance, listed, money, percent, points, signed
from ui.range_words import literal


def judged(judge: str, gain: float) -> str:
    """' for Recovery charity, which bears £56k'; nothing of the providers together, of whom a year's title speaks."""
    if judge == PROVIDERS:
        return ""
    verb = "gain" if gain >= 0.5 else "bear"
    verb = verb if judge == COMMISSIONERS else f"{verb}s"
    sum_ = money(abs(gain)) if abs(gain) >= 0.5 else "nothing"
    whom = judge[0].lower() + judge[1:] if judge == COMMISSIONERS else literal(judge)
    return f" for {whom}, {'who' if judge == COMMISSIONERS else 'which'} {verb} {sum_}"


def two_years(entered: str, titled: str, settled: int) -> str:
    """Which year the form is of and which the results, where these differ."""
    below = "; results below are of the *Year to look at*" if settled > 1 else ", and so are the results below"
    title = f"The title is of **{titled}**, the last year settled{below}."
    return f":material/info: These figures are of **{entered}**. {title}"


def which(kind: str, judge: str, year: str, gain: float, draw: int) -> str:
    """Which future is walked, and what makes it so."""
    worse = {"Typical": "half", "Good, 1 in 10": "9 in 10", "Bad, 1 in 10": "1 in 10", "Very bad, 1 in 20": "1 in 20"}[
        kind
    ]
    whom = judge.lower() if judge.endswith("together") else judge
    return (
        f"Future {draw + 1:,}: {worse} of all futures are worse in {year} for {whom}; this one brings {signed(gain)}."
    )


def state(settled: dict[str, Future]) -> str:
    """Why the latest year pays nothing, or what is still carried forward after it."""
    label, last = list(settled.items())[-1]
    if last.ledger.terms.phase_in[last.year] == 0:
        whole = last.amount("capped_total")
        theirs = "commissioners have all that is saved or overspent"
        return f"{label} is a shadow year: run and scored, not settled: {theirs}. In full it would be {signed(whole)}."
    return balance(last, label) if last.scenario.risk_share.basis.kind == "carry_forward" else ""


MOST_NAMED = 3
"""KPIs without data that are named one by one."""
MOST_ASKED = 10
"""Figures that are asked about at once."""
OTHER_YEARS = "All other years of the term are as in a typical future."
ABOUT_HISTORY = (
    "Settled in full, without phase-in or one-sided years. What people would have done differently is not known."
)


def covered_table(covered: Sequence[Covered]) -> pd.DataFrame:
    """Every item's range, and how many past years lay inside."""
    rows = []
    for c in covered:
        write = percent if c.unit == OF_TARGET else brief
        what = (
            f"Cost of {c.item[0].lower() + c.item[1:] if c.item == TOGETHER else c.item}"
            if c.unit == OF_TARGET
            else c.item
        )
        unit = "of target" if c.unit == OF_TARGET else c.unit
        verdict = "probably too narrow" if c.too_narrow else "no sign of that"
        low, high = (write(v) for v in (c.low, c.high))
        rows.append((what, unit, low, high, f"{c.inside} of {c.years}", chance(c.chance), verdict))
    ends = ["1 in 20 this or less (P5)", "1 in 20 this or more (P95)"]
    names = ["Item", "Unit", *ends, "Years inside", "Chance of so few", "Too narrow?"]
    return pd.DataFrame(rows, columns=names)


def balance(future: Future, label: str) -> str:
    """What becomes of pain that is not paid in its year, or of a year that is paid on account; else nothing."""
    basis = future.scenario.risk_share.basis
    if basis.kind == "yearly":
        return ""
    if basis.kind == "cumulative":
        if not future.ledger.terms.last[future.year]:
            return f"{label} is paid on account; the last year trues up the whole term."
        whole = float(future.ledger.due[:, future.draw].sum())
        before = signed(whole - future.amount("due"))
        return (
            f"{label} trues up the whole term: it comes to {signed(whole)} for the providers, of which {before} was on "
            "account. So each provider's part of this year alone may differ from the one agreed."
        )
    owed = future.amount("owed")
    if owed < 0.5:
        return f"No pain is carried forward from {label}."
    if future.ledger.terms.last[future.year]:
        return f"After {label} pain of {money(owed)} is written off."
    end = "is due" if basis.rest == "due" else "is written off"
    last = future.scenario.term.labels()[-1]
    return (
        f"After {label} pain of {money(owed)} is carried forward and set against later gains; "
        f"what is left after {last} {end}."
    )


def partners(shares: pd.DataFrame, made: pd.DataFrame) -> list[str]:
    """What each partner pays or receives, and why; off `walk.shares` and, of commissioners, `walk.made`."""
    said, providers = [], len(shares) - len(made)
    total = shares["limb3"].sum()
    for name, row in shares.iloc[:providers].iterrows():
        part = _moved(row)
        if abs(total) >= 0.5:  # to three figures, as contracts state shares
            part += f", {brief(100 * row['limb3'] / total)}% of the providers' {money(abs(total))}"
        if row["limb3"] >= 0.5:
            what = f"receives {money(row['limb3'])} of gainshare{part}, on top of its fee of {money(row['fee'])}"
        elif row["limb3"] <= -0.5:
            what = f"pays {money(-row['limb3'])} of painshare{part}; its fee of {money(row['fee'])} is paid as ever"
        else:
            what = f"neither receives nor pays a share; it has its fee of {money(row['fee'])}"
        own = f", and keeps {signed(row['own'])} outside the pool" if abs(row["own"]) >= 0.5 else ""
        said.append(f"**{literal(name)}** {what}{own}.")
    return said + [commissioner_words.settled(str(name), parts) for name, parts in made.iterrows()]


def _moved(row: "pd.Series[float]") -> str:
    """What own caps took off a provider's share, or put to it; nothing where they did not."""
    limb3, moved = row["limb3"], row["moved"]
    if abs(moved) < 0.5:
        return ""
    over = moved * (limb3 - moved) < 0
    return (
        f" (its own cap: {money(abs(moved))} is over it)" if over else f" ({money(abs(moved))} taken over from others)"
    )


def payers(cash: pd.DataFrame) -> str:
    """Who pays whom for the year; off `walk.cash`."""
    pays = cash["paid"][cash["paid"] < 0]
    each = listed([f"{literal(str(name))} pays {money(-pounds)}" for name, pounds in pays.items()])
    return (
        f"In cash the providers are paid {money(-pays.sum())} for the year: their direct costs as they came, their "
        f"fees, and their shares added or taken off. Of that {each}."
    )


def by_partner(gains: pd.Series) -> str:
    """Who gains and who loses most."""
    if gains.abs().max() < 0.5:
        return "Nobody gains or loses anything."
    best, worst = (f"{literal(name)} ({signed(gains[name])})" for name in (gains.idxmax(), gains.idxmin()))
    if gains.max() < -0.5:
        return f"Everybody loses, {worst} most and {best} least."
    if gains.min() > 0.5:
        return f"Everybody gains, {best} most and {worst} least."
    return f"{best} comes out best, {worst} worst."


def years(paid: pd.Series) -> str:
    """What several years pay the providers together."""
    gain, pain = int((paid >= 0.5).sum()), int((paid <= -0.5).sum())
    verb = "charge" if paid.sum() <= -0.5 else "pay"
    total = money(abs(paid.sum()))
    return f"Over {len(paid)} years these terms {verb} providers {total} in all: gain in {gain}, pain in {pain}."


def history_title(paid: pd.Series, together: Covered) -> str:
    """What the past would have paid, and how honest the range was."""
    verb = "paid" if paid.sum() >= 0 else "charged"
    inside = f"{together.inside} of {together.years} years lay within our 90% range"
    return f"These terms would have {verb} providers {money(abs(paid.sum()))} over {len(paid)} past years; {inside}"


def coverage(item: Covered) -> str:
    """How one item's past lay in our range."""
    expected = f"{brief(RANGE * item.years)} are expected"
    verdict = (
        f"that is so few that the range is probably too narrow (a chance of {chance(item.chance)}, if it were honest)"
        if item.too_narrow
        else "no sign that the range is too narrow"
    )
    what = "Total cost against target" if item.item == TOGETHER else item.item
    if item.unit == OF_TARGET and item.item != TOGETHER:
        what = f"Cost of {item.item} against target"
    return f"{what}: {item.inside} of {item.years} past years inside, {expected}; {verdict}.{_furthest(item)}"


def _furthest(item: Covered) -> str:
    """How far outside the worst of the years outside was."""
    outside = [v for v in item.values if v < item.low or v > item.high]
    if not outside:
        return ""
    write = percent if item.unit == OF_TARGET else brief
    far = max(outside, key=lambda v: max(item.low - v, v - item.high))
    return f" The furthest outside was {write(far)}, against a range of {write(item.low)} to {write(item.high)}."


def narrow(covered: Sequence[Covered]) -> str:
    """How many of all items have a range that is probably too narrow."""
    doubted = [item.item for item in covered if item.too_narrow]
    if not doubted:
        return f"None of {len(covered)} items shows a range that is too narrow."
    return f"Of {len(covered)} items {len(doubted)} probably have too narrow a range: {listed(doubted)}."


ABOUT_COVERAGE = (
    f"A range from P5 to P95 should hold 9 years in 10. We doubt it where so few would lie inside by chance "
    f"less than {percent(DOUBT)} of the time. Years that resemble each other make such a miss more likely than stated. "
    "The range of a KPI is set around its value today, because past years had none of the planned change."
)


def signs(text: str) -> str:
    """Minus signs in place of the hyphens of negative figures."""
    return re.sub(r"(?<![\w-])-(?=[£\d])", MINUS, text)


def contract(now: Sequence[Clause], before: Sequence[Clause], base: str = "") -> str:
    """The contract in words as a list; where a clause differs from what changes are counted from, which is called
    `base`, both are shown."""
    saved = dict(before)
    lines = []
    for about, text in now:
        old = saved.pop(about, "")
        lines.append(f"- **{about}.** {literal(text)}")
        if before and old != text:
            lines.append(f"    - *{literal(base)}:* {literal(old) or 'nothing was said about this.'}")
    lines += [f"- **{about}.** *{literal(base)} only:* {literal(text)}" for about, text in saved.items()]
    return signs("\n".join(lines))


def score(future: Future) -> str:
    """What the KPIs score together."""
    if not future.has_data:
        return "There are no KPI data for this year, so it scores 0."
    values = future.kpis[future.year, :, future.draw]
    known = int((values == values).sum())
    said = f"The KPIs score {f'{future.ops:+.1f}'.replace('-', MINUS)} in all."
    if known == len(values):
        return said
    return f"{said} Only {known} of {len(values)} KPIs have data; the weight of the others is spread over them."


def asked(settled: Mapping[str, Future]) -> str:
    """What is hardly right of the figures of years, each with its year; nothing where nothing is."""
    found = [f"{label}: {signs(literal(doubt))}" for label, future in settled.items() for doubt in doubts(future)]
    if len(found) < 2:
        return "".join(found)
    over = len(found) - MOST_ASKED
    more = [f"and {over} more"] if over > 0 else []
    lines = "\n".join(f"- {one}" for one in [*found[:MOST_ASKED], *more])
    return f"{len(found)} figures to look at again:\n\n{lines}"


def unmeasured(future: Future) -> str:
    """Which KPIs have no data, where their weight goes and what that changes of the score; nothing where all have."""
    found = walk.unmeasured(future)
    if not found.names or not future.has_data:
        return ""
    names = listed([f"'{literal(name)}'" for name in found.names])
    if len(found.names) > MOST_NAMED:
        names = f"{len(found.names)} of {len(list(future.scenario.framework.kpis()))} KPIs"
    whose, spread = ("its", "has") if len(found.names) == 1 else ("their", "have")
    how = future.scenario.framework.missing
    said = f"{names} {spread} no data: {whose} weight, {percent(found.weight)}, goes to the other KPIs {how}."
    here, at_nought = points(future.ops), points(found.at_nought)
    if here == at_nought:
        return said
    return f"{said} The score is {here}; with {points(0.0)} for what has no data it would be {at_nought}."


def failed(future: Future) -> str:
    """Which gates are failed."""
    return f"Failed gates: {listed(future.failed)}." if future.failed else "No gate is failed."

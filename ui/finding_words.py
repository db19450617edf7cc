"""What a search for a design has found, in words."""

import math
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from model.acceptance import Position, alliance
from model.bands import Bands
from model.base import as_percent
from model.corridors import Corridor
from model.cost_clauses import Side, end
from model.looks import Problem
from model.margins import Margin
from model.outcome import Found, Outcome
from model.scenario import Scenario
from model.search import BEGUN
from model.search_report import moved
from ui.finding_unheard import everyone
from ui.format import listed, money
from ui.incentive_words import in_pence
from ui.margin_words import only_just, shown
from ui.range_words import literal
from ui.unsaid import silent
from ui.verdicts import IN_A_SENTENCE, slack

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ASKED = "Is there a design that everyone would sign?"
ABOUT = (
    "Every design is settled on the same futures. First many that are spread evenly over what may vary are looked at, "
    "on fewer futures; then the best are improved on all. A search can miss designs: what it finds is certain, "
    "that there is nothing else is not."
)

WHERE = "Acceptance › What would change their mind"
ONE_DOES = f"One term is enough: {WHERE}"
ONE_MAY = f"What one term can do: {WHERE}"

INCENTIVE, NEAREST, SPARE, WIDEST = "Most incentive", "Nearest of these", "Most to spare", "Widest margin"
ORDERS = (INCENTIVE, NEAREST, SPARE, WIDEST)
"""In which found designs can stand."""
ABOUT_ORDERS = (
    "Nearest of these to today's design: how far each term moves between its ends, and what part of gain and pain "
    "changes hands, added up; a design beside these may be nearer. Most to spare: the pounds that the tightest partner "
    "has. Widest margin: how much dearer costs may become before somebody refuses."
)

LITTLE = 500.0
"""Pounds. Who has that much less at most is not told to be worse off."""
MOST_ADOPTED = 4
"""Changes of an adopted design that are named one by one."""
WHOLE = 5
"""Seconds to which the time left is rounded up."""


def title(outcome: Outcome | None) -> str:
    """The page's answer."""
    if outcome is None:
        return ASKED
    if outcome.frontier:
        best = outcome.frontier[-1]
        if math.isinf(best.slack):
            return "Designs were found, but nobody has said what it would accept"
        would = everyone(best.positions)
        return f"{would[0].upper()}{would[1:]} a design that was found, with up to {least(best)} to spare"
    if outcome.done < 1 and outcome.compromise is None:
        return "The search was stopped before anything was found"
    if outcome.ruled_out:
        return "No design can leave everybody as well off as staying out"
    if outcome.compromise is not None and silent(outcome.compromise.positions):
        return "No design was found that all who have said would sign"
    return "No design was found that everyone would sign"


def progress(outcome: Outcome, seconds: float) -> str:
    """How far a search has come, after so many seconds, and how long the rest takes at this pace once that is known."""
    found = f"; {len(outcome.frontier)} found" if outcome.frontier else ""
    said = f"{outcome.looked:,} designs looked at{found}."
    if outcome.done < BEGUN:
        return said
    left = max(math.ceil(seconds * (1 / outcome.done - 1) / WHOLE) * WHOLE, WHOLE)
    return f"{said} {math.ceil(seconds)} seconds so far; at this pace about {left} seconds more."


def lead(outcome: Outcome) -> str:
    """The sentence of the frontier's chart."""
    most, safest = outcome.frontier[0], outcome.frontier[-1]
    if most is safest:
        return f"One design stands out: {in_pence(most.incentive)} of the next pound, {spare(most)}."
    stopped = "" if outcome.done == 1 else " The search was stopped; there may be better designs."
    return (
        f"From {in_pence(most.incentive)} of the next pound saved for the providers, {spare(most)}, "
        f"to {in_pence(safest.incentive)}, {spare(safest)}: more incentive leaves less to spare.{stopped}"
    )


def spare(one: Found) -> str:
    """'with £42k to spare for Recovery charity'."""
    if math.isinf(one.slack):
        return "and nobody asks anything"
    who = min(one.positions, key=to_spare)
    return f"with {least(one)} to spare for {literal(who.partner)}"


def stands(one: Found, scenario: Scenario) -> str:
    """What a design gives, and what it leaves to the tightest partner and to the smallest provider."""
    room = spare(one) if one.acceptable or not one.blockers else f"short for {listed(short(one))}"
    small = smallest(scenario)
    left = room_of(one, small)
    other = 0 <= left < math.inf and left != one.slack
    also = f"; {literal(small)}, the smallest provider, has {slack_of(one, small)} to spare" if other else ""
    return f"{in_pence(one.incentive)} of the next pound for the providers, {room}{also}."


def shares(design: Scenario) -> str:
    """The providers' shares as a contract would state them: 'Savings: 50% up to 5% of target cost, then 40%.'"""
    share = design.risk_share
    return (
        f"**Providers' shares**, of savings: {in_layers(share.gain_bands, 'gain', share.gain_corridor)}; "
        f"of overspends: {in_layers(share.pain_bands, 'pain', share.pain_corridor)}."
    )


def in_layers(bands: Bands, side: Side, corridor: Corridor) -> str:
    """'50% up to 5% of target cost, then 40% up to 10% of target cost, then nothing'."""
    said = [
        as_percent(round(band.share, 3)) + ("" if band.is_open else f" up to {end(band, side, corridor)}")
        for band in bands
    ]
    return ", then ".join([*said, *([] if bands and bands[-1].is_open else ["nothing"])])


def left_of_shares(one: Found) -> str:
    """Why the next pound brings less than the largest share; nothing where it does not."""
    terms = one.design.risk_share
    highest = max((band.share for band in (*terms.gain_bands, *terms.pain_bands)), default=0.0)
    caps = [getattr(terms, name) for name in type(terms).model_fields if name.endswith("_cap")]
    caps += [cap for provider in one.design.providers for cap in (provider.gain_cap, provider.pain_cap)]
    takes = {
        "corridors": any(getattr(side, "width", 0.0) for side in (terms.gain_corridor, terms.pain_corridor)),
        "the score": terms.gain_modifier.kind != "none" or terms.pain_modifier.kind != "none",
        "the haircut": terms.haircut > 0,
        "bands that end": not all(bands and bands[-1].is_open for bands in (terms.gain_bands, terms.pain_bands)),
        "caps": any(cap.kind != "none" for cap in caps),
    }
    said = [name for name, does in takes.items() if does]
    if not said or one.incentive >= highest - 5e-3:
        return ""
    return (
        f"On average over all futures the next pound brings {in_pence(one.incentive)} and not {in_pence(highest)}: "
        f"in some of them {listed(said)} leave less of it or nothing."
    )


def margin(cost: Margin, found: Sequence[Position] = ()) -> str:
    """How wrong the cost estimate may be for everyone to sign a found design all the same. `found`: where all stand."""
    if just := only_just(cost):
        return f"**{by_a_hair('Nobody who has said refuses' if silent(found) else 'Signed', just, found)}.**"
    who = f" before {literal(cost.first)} refuses" if cost.margin is not None else ""
    return f"Costs may be {shown(cost)} than expected{who}." if who else f"Costs: {shown(cost)}."


def by_a_hair(would: str, just: str, found: Sequence[Position]) -> str:
    """Who signs with hardly any margin, or that the draws do not tell. `just`: by what hair."""
    close = bool(found) and alliance(tuple(found)) == "too close to call"
    return f"Too close to call: {just.removeprefix('only just: ')}" if close else f"{would}, but {just}"


def first(of: Mapping[str, int], found: Sequence[Found], margins: Sequence[Margin]) -> str:
    """Which design is first by what: 'Most to spare: D, £227k.'"""
    figures: dict[str, Callable[[int], str]] = {
        INCENTIVE: lambda i: f", {in_pence(found[i].incentive)} of the next pound",
        NEAREST: lambda i: "",
        SPARE: lambda i: f", {least(found[i])}",
        WIDEST: lambda i: f", until costs are {shown(margins[i])}" if margins[i].margin is not None else "",
    }
    return " ".join(f"{_in_full(order)}: **{LETTERS[i]}**{figures[order](i)}." for order, i in of.items())


def _in_full(order: str) -> str:
    """An order where there is room for all of its name."""
    return f"{order} to today's" if order == NEAREST else order


def simplest(partner: str, alone: str, would: str = "everyone would sign") -> str:
    """That a single term of one partner would do: a smaller change than any that was found. `would`: of `everyone`."""
    return f"One change for {literal(partner)} would do alone: {would} with {alone}; see *Acceptance*."


def smallest(scenario: Scenario) -> str:
    """The provider with the least baseline cost."""
    return min(scenario.providers, key=lambda one: one.baseline_cost).name


def to_spare(position: Position) -> float:
    """What its tightest test leaves a partner, pounds; infinite where it asks nothing."""
    return math.inf if position.tightest is None else position.tightest.slack


def suggestions(outcome: Outcome, smallest: str, first: Mapping[str, int]) -> dict[int, str]:
    """What speaks for designs of the frontier, by their numbers. `first`: which is first in each order.

    Of those only that have said what they would accept.
    """
    frontier = outcome.frontier
    every = range(len(frontier))
    ways = {_in_full(order): i for order, i in first.items()}
    if math.isfinite(room_of(frontier[0], smallest)):
        ways[f"Safest for {literal(smallest)}"] = max(every, key=lambda i: room_of(frontier[i], smallest))
    if math.isfinite(frontier[0].slack):
        some = "Most even by size, of those who have said" if frontier[0].unheard else "Most even by size"
        ways[some] = max(every, key=lambda i: evenness(frontier[i]))
    found: dict[int, str] = {}
    for why, i in ways.items():
        found[i] = f"{found[i]}, {why[0].lower()}{why[1:]}" if i in found else why
    return found


def room_of(one: Found, partner: str) -> float:
    """What a design leaves a partner to spare at its tightest test, pounds."""
    return next((to_spare(position) for position in one.positions if position.partner == partner), math.inf)


def slack_of(one: Found, partner: str) -> str:
    """The same as it is written; nothing where it has not said what it would accept."""
    tightest = next((position.tightest for position in one.positions if position.partner == partner), None)
    return slack(tightest) if tightest else ""


def least(one: Found) -> str:
    """What the tightest test of all leaves, as it is written."""
    return slack_of(one, min(one.positions, key=to_spare).partner)


def evenness(one: Found) -> float:
    """The smallest slack as part of what is usual for the partner's size."""
    return min((to_spare(position) / max(position.yardstick.pounds, 1.0) for position in one.positions), default=0.0)


def changes(problem: Problem, one: Found) -> list[str]:
    """What a design changes, in the words of what may vary."""
    return [literal(change) for change in moved(problem, one)]


def short_name(name: str) -> str:
    """What an offered design goes by in a sentence: its letter, or else all of its name."""
    letter = name.split(":")[0]
    return letter if letter in LETTERS else f"'{name}'"


def adopted(problem: Problem, one: Found, today: Scenario) -> str:
    """That a design was adopted, and what it changes as the page lists it; nothing where another was searched from."""
    said = moved(problem, one) if today == problem.scenario else []
    more = [f"and {len(said) - MOST_ADOPTED} more"] if len(said) > MOST_ADOPTED else []
    return f"Adopted from Find a design ({'; '.join([*said[:MOST_ADOPTED], *more])})" if said else ""


def short(one: Found) -> list[str]:
    """'Recovery charity by £18k on its worst 1 in 20'."""
    cells = [(position.partner, position.tightest) for position in one.blockers]
    return [f"{literal(partner)} by {slack(cell)} on {IN_A_SENTENCE[cell.test]}" for partner, cell in cells if cell]


WORSE_OFF = "**Worse off by it** than by the design that the search began with"


def worse_off(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Who has less on average by a design than by the one that the search began with; both tables are of partners."""
    partners = after.index[after["role"].isin(["provider", "commissioner"])]
    changes = (after["mean"] - before["mean"])[partners].sort_values()
    found = [f"{literal(str(name))} by {money(-change)}" for name, change in changes.items() if change < -LITTLE]
    if not found:
        return f"{WORSE_OFF}, on average over the term: nobody."
    return f"{WORSE_OFF}, on average over the term: {listed(found)}."


def table(found: Sequence[Found], smallest: str) -> pd.DataFrame:
    """Designs as rows."""
    rows = {
        LETTERS[i]: {
            "Of the next pound": in_pence(one.incentive),
            "Tightest": "nobody asks" if math.isinf(one.slack) else least(one),
            "For whom": "" if math.isinf(one.slack) else min(one.positions, key=to_spare).partner,
            f"{smallest} has to spare": slack_of(one, smallest) or "not said",
        }
        for i, one in enumerate(found)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Design")


def stale(found: Problem, asked: Problem) -> str:
    """Says when the design or the settings were changed after the search."""
    if found == asked:
        return ""
    what = "settings" if found.scenario == asked.scenario else "design"
    return f"The {what} changed since this search: what is shown was found before."

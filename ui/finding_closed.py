"""Why no design was found, and what would open the door, in words."""

from collections.abc import Sequence

from model.acceptance import Position, Test
from model.base import PENNY
from model.margins import Margin
from model.outcome import Found, Outcome
from model.whole import Whole
from ui.finding_unheard import everyone, loaded
from ui.finding_words import short, to_spare
from ui.format import listed, money, percent, signed
from ui.incentive_words import in_pence
from ui.margin_words import shown
from ui.range_words import literal
from ui.verdicts import FURTHER, slack

ACCEPTED: dict[Test, str] = {
    "loss": "a large loss that is {} larger",
    "year": "a loss in one year that is {} larger",
    "worst": "{} more lost in its worst 1 in 20",
    "reserves": "reserves that are {} lower",
    "worth": "{} less than staying out is worth to it",
}
"""What a partner would have to accept, by its test."""


def why_not(outcome: Outcome, wanted: float) -> list[str]:
    """Who stands in the way of the best compromise, and what would open the door."""
    said, everybody = list[str](), "everyone would sign"
    if outcome.compromise is not None:
        nearest = outcome.compromise
        if nearest.incentive < wanted - 1e-3:
            said.append(
                f"{in_pence(wanted)} of the next pound is wanted; what may vary gives {in_pence(nearest.incentive)} "
                "in the nearest design."
            )
        if nearest.blockers:
            said.append(f"The nearest design falls short: {listed(short(nearest))}.")
        if nearest.spared and nearest.unheard:
            if nearest.worse_off:
                said.append(f"In the nearest design {loaded(nearest)}")
            names = [literal(one.now.partner) for one in nearest.unheard]
            said.append(f"There may be designs if {listed(names)} may be worse off than now.")
        everybody = everyone(nearest.positions)
    for limit in outcome.limits[:3]:
        more = ACCEPTED[limit.test].format(money(limit.pounds))
        said.append(f"If {literal(limit.partner)} accepted {more}, {everybody}.")
    for opening in outcome.openings:
        said.append(f"If *{literal(opening.term)}* might vary too, {everybody}.")
    if outcome.less_wanted is not None:
        said.append(f"With {in_pence(outcome.less_wanted.incentive)} of the next pound, {everybody}.")
    opened = outcome.limits or outcome.openings or outcome.less_wanted
    if not opened and outcome.done == 1:
        said.append("No single limit and no single other term would open the door: it takes several together.")
    if outcome.done < 1:
        said.append("The search was stopped before it had looked at everything that might open the door.")
    return said


def ruled_out(outcome: Outcome, today: Margin, target: float) -> list[str]:
    """Why no design can do, and by how much targets or costs would have to be others. `target`: of the term, pounds."""
    said = [too_little(outcome.whole), needed(outcome.whole, target)] if outcome.whole else []
    return [*said, unchanged(today)]


def needed(all_of: Whole, target: float) -> str:
    """What the targets lack for any design to do."""
    part = f", {percent(all_of.lacks / target)} of them" if target else ""
    more = f"the targets must be at least {money(all_of.lacks)} higher over the term{part}"
    return (
        f"Before any design could do, **{more}**, or costs as much lower, or staying out worth as much less. "
        "A higher target is a larger budget, which the commissioners must have."
    )


def unchanged(cost: Margin) -> str:
    """How much less services would have to cost for everyone to sign the terms as they are."""
    said = f"On today's terms: {shown(cost)}"
    return f"{said}." if cost.margin is None else f"{said.replace(':', ' costs must be')} for all to sign."


def further(one: Found, today: Sequence[Position]) -> str:
    """Who refuses a design and is further from signing it than the one that the search began with; else nothing."""
    before = {position.partner: position for position in today}
    worse = [
        f"{literal(position.partner)} (short by {slack(position.tightest)}, today {_today(before[position.partner])})"
        for position in one.blockers
        if position.partner in before
        and position.tightest
        and to_spare(position) < to_spare(before[position.partner]) - FURTHER
    ]
    return f"Further from signing than today: {listed(worse)}." if worse else ""


def as_it_is(today: Found) -> str:
    """That nothing which was found is refused by fewer than the design that the search began with."""
    lead = "**Refused by the fewest: the design as it was when the search began.**"
    return f"{lead} It falls short for {listed(short(today))}."


def _today(before: Position) -> str:
    assert before.tightest  # what it is asked does not change with the design
    return f"{slack(before.tightest)}{' to spare' * before.tightest.accepts}"


def too_little(all_of: Whole) -> str:
    """Why no contract can give everybody what staying out is worth to it."""
    return (
        "The test against staying out stands in the way, whatever the design. Sharing only moves gains between "
        f"partners: together they have what costs leave of the targets, {signed(all_of.mean)} on average, with its "
        f"risk worth {signed(all_of.worth)} to all of them at most. Staying out is entered as worth "
        f"{signed(all_of.outside)} to all of them. "
        "Savings that the targets already ask for are nobody's gain: if going on without the alliance "
        "would cost somebody money, enter that as a loss."
    )


def weighs(outcome: Outcome) -> str:
    """Who falls furthest short of what staying out is worth to it, where that stands in the way; else nobody."""
    every = outcome.compromise.positions if outcome.compromise else outcome.today
    cells = [(cell.slack, one.partner) for one in every for cell in one.cells if cell.test == "worth"]
    short_of_it = [one for one in cells if one[0] < -PENNY]
    return min(short_of_it)[1] if short_of_it else ""

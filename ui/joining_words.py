"""What one partner's decision to join rests on, in sentences. Results in, plain English out."""

from collections.abc import Mapping, Sequence

import pandas as pd

from model.acceptance import CLOSE, Cell, Position
from model.asking import Ask
from model.base import PENNY
from model.information import Estimate
from model.joining import BadYears, Joining
from model.statistics import Summary
from ui import board_words, minds, pile_words, verdicts
from ui.format import a_chance, chance, chance_with_error, money, signed, with_error
from ui.joining_charts import CERTAIN
from ui.range_words import literal
from ui.reserve_words import NUMBERS
from ui.unseen_words import Unseen, beside
from ui.verdicts import TESTS, part

ALL = verdicts.number(len(TESTS)).lower()
BEST = 3
"""Terms to ask for that are shown."""
FEW = 3
"""Tests that are told one by one where all are passed."""
ABOUT_CHANCE = "In how many futures joining brings more than staying out; both are drawn, independently of each other."
ABOUT_MORE = (
    "On average over the term: the mean of joining less that of staying out. Both are counted against cost and fee as "
    "planned, so that these are in neither."
)
ABOUT_WORST = "The mean of the worst 5% of futures by joining, over the term (CVaR95)."
ABOUT_MOST = (
    "The largest loss that the contract's caps allow over the term, while all partners stay; 'no cap' where none."
)
NO_LIMITS = (
    "It has set no limits, so it is not known which term of the contract would be enough. Choose its appetite in "
    "*Acceptance › What each accepts*, and the terms to ask for stand here."
)
ABOUT_SWINGS = (
    "How much more or less than its average over the term it has, where the input is in its lowest or its highest "
    "tenth."
)


def title(found: Joining, position: Position, though: str = "") -> str:
    """The page's answer; `though`: of `unseen_words.though`, what the contract allows and no future drawn has."""
    name, benefit = literal(found.partner), found.choice.benefit
    if position.verdict != "accepts" and (cell := position.deciding):
        if position.verdict == "refuses":
            return f"{name} would refuse: {reason(cell)}"
        return f"{name} could go either way: {_headline(cell)} is too close to call"
    better = f"joining beats staying out in {chance(benefit.values['chance_of_gain'])} of futures"
    if abs(benefit.values["mean"]) <= max(CLOSE * benefit.errors["mean"], CERTAIN):
        return f"{name} could join or stay out: on average it makes no clear difference"
    if behind(benefit):
        limits = ", and it has set no limits" if not position.cells else ""
        limits = ", which its limits do not ask about" if position.unweighed else limits
        return (
            f"{name} would do better to stay out: that brings {money(-benefit.values['mean'])} more on average{limits}"
        )
    if not position.cells:
        return f"{name} has not said what loss it would accept, so there is no answer yet; {better}"
    if board_words.untested(position) or position.unmeasured:
        asked = len(position.cells)
        which = "that can be tested without its reserves" if position.unmeasured else "entered"
        few = f"the {verdicts.number(asked).lower()} limit{'s' if asked > 1 else ''} {which}, of {ALL}"
        return f"Yes, inside {few}{f', though {though}' * bool(though)}: for {name} {better}"
    limits = f"its limits, though {though}," if though else "its limits,"
    return f"Yes on these figures: {name} stays inside {limits} and {better}"


def behind(benefit: Summary) -> bool:
    """Whether joining clearly brings less than staying out on average."""
    return -benefit.values["mean"] > max(CLOSE * benefit.errors["mean"], CERTAIN)


def as_good(benefit: Summary) -> str:
    """What would make joining as good as staying out, where it is behind."""
    less = with_error(-benefit.values["mean"], benefit.errors["mean"])
    return (
        f"On average joining brings **{less}** less than staying out. If every future were so much better over the "
        "term, joining would be as good."
    )


def reason(cell: Cell) -> str:
    """Why a partner refuses, by the test it fails; goes after a colon."""
    return {
        **dict.fromkeys(
            ("loss", "year"),
            f"losing {verdicts.over(cell)} has {a_chance(cell.figure, part)}, and it accepts {part(cell.limit)}",
        ),
        "worst": f"its worst 1 in 20 costs {money(cell.figure)} over the term, and it accepts {money(cell.sum)}",
        "reserves": f"its reserves fall below {money(cell.sum)} with {a_chance(cell.figure, part)}, and it accepts "
        f"{part(cell.limit)}",
        "worth": f"marked down for its risk, joining is worth {signed(cell.figure)}, and staying out "
        f"{signed(cell.limit)}",
    }[cell.test]


def _headline(cell: Cell) -> str:
    """A test within a sentence."""
    return {
        "loss": "the chance of a large loss",
        "year": "the chance of a large loss in at least one year",
        "worst": "what the worst 1 in 20 costs",
        "reserves": "the chance of low reserves",
        "worth": "whether the gain is worth the risk",
    }[cell.test]


def against(found: Joining) -> str:
    """How to read joining against staying out."""
    limit = {"loss_limit": -found.sizes["joining"].iloc[-1], "limited_by": found.limited_by}
    return (
        f"**Joining**: {span(found.choice.joining, limit)}. **Staying out**: {span(found.choice.staying)}. "
        f"{either_way(found)} A dot is one of 50 equally likely futures of the term: ◆ pain, ● gain."
    )


def either_way(found: Joining) -> str:
    """What joining and staying out are both counted against, and that it is in both where staying out is £0."""
    staying, pays = found.choice.staying.values, found.role == "commissioner"
    if abs(staying["mean"]) >= CERTAIN or staying["sd"] >= CERTAIN:
        return f"Both are gain or loss against {'paying targets and fees' if pays else 'being paid cost and fee'}."
    if pays:
        return (
            "Staying out counts as £0 because it is taken to pay targets and fees then, too: only what it pays less or "
            "more than those differs."
        )
    return (
        "Staying out counts as £0 because its services are taken to go on then, for the same cost and fee: it would "
        "miss gain and pain, and nothing else."
    )


def the_same(benefit: Summary) -> bool:
    """Whether joining brings what staying out brings, in every future."""
    return abs(benefit.values["mean"]) < CERTAIN and benefit.values["sd"] < CERTAIN


def span(of: Summary, limit: Mapping[str, object] | None = None) -> str:
    """The 8 in 10 futures in the middle; `limit`: the 'loss_limit' and what it is 'limited_by', where there is one."""
    if of.values["sd"] < CERTAIN:
        return f"{signed(of.values['mean'])} for certain"
    row = {**of.values, **of.places, **(limit or {})}
    return pile_words.span(row, "p10", "p90", "8 in 10 futures", pile_words.most(row, "p10"))


def likely(of: Estimate) -> str:
    """'31% ± 0.3%'."""
    return chance_with_error(of.value, of.error)


def sum_of(value: float, error: float = 0.0) -> str:
    """'+£132k ± £1.2k'; nothing is £0."""
    return with_error(value, error, lambda pounds: signed(pounds) if abs(pounds) >= CERTAIN else "£0")


def trouble(found: Joining, of: Unseen) -> list[str]:
    """The chance of each kind of trouble."""
    bad, minimum = found.bad, found.standing.limits.reserve_minimum
    said = [f"{_pain_in_a_year(bad)}: **{likely(bad.pain_in_a_year)}**"]
    if bad.run > 1:
        said.append(f"Pain in at least one year: **{likely(bad.pain)}**")
        said.append(f"{NUMBERS[bad.run].capitalize()} of pain in a row: **{likely(bad.pain_in_a_row)}**")
    if bad.over is not None:
        most = money(found.standing.limits.year_loss or 0.0)
        one = "" if bad.run == 1 or bad.over_in_one is None else f", in its likeliest year {chance(bad.over_in_one)}"
        said.append(f"Losing more than {most} in at least one year: **{likely(bad.over)}**{beside(of, 'year') or one}")
    if bad.below is not None and minimum is not None:
        low = f"Reserves below {money(minimum)} at the end of some year: **{likely(bad.below)}**"
        said.append(low + beside(of, "reserves"))
    held = found.standing.reserves
    if bad.used_up is not None and (held or minimum is None or minimum > PENNY):  # below £0 stands above
        said.append(f"Reserves {'used up' if held else 'overdrawn'} at the end of some year: **{likely(bad.used_up)}**")
    return said


def _pain_in_a_year(bad: BadYears) -> str:
    """Of which years the chance of pain in a year is the mean: not of those in which it can neither gain nor lose."""
    if bad.counting in (0, bad.years):
        return f"Pain in a year, on average of all {bad.years} years" if bad.years > 1 else "Pain in the year"
    if bad.counting == 1:
        return "Pain in the one year in which it can gain or lose"
    return f"Pain in a year, on average of the {bad.counting} years in which it can gain or lose"


def most(swings: pd.DataFrame) -> pd.DataFrame:
    """The three widest rows, in order; the widest KPI or cost has the last place where it is not among them."""
    names = [str(name) for name in swings.index]
    kpi = next((name for name in names if name.startswith("KPI: ")), None)
    other = next((name for name in names if not name.startswith("KPI: ")), None)
    first = list(dict.fromkeys(name for name in (*names[:1], kpi, other, *names[:3]) if name))[:3]
    return swings.loc[[name for name in names if name in first]]


def moved(found: Joining) -> str:
    """Which cost and which KPI move the result most."""
    if found.swings.empty:
        return "Nothing that is uncertain moves the result noticeably."
    names = [str(name) for name in found.swings.index]
    kpi = next((name for name in names if name.startswith("KPI: ")), None)
    other = next((name for name in names if not name.startswith("KPI: ")), None)
    said = f"Of costs and risks, **{literal(other)}** moves it most" if other else "No cost moves it noticeably"
    return f"{said}; of KPIs, **{literal(kpi[5:])}**." if kpi else f"{said}; no KPI moves it noticeably."


def tests(position: Position, benefit: Summary, for_certain: Sequence[str] = (), other: str = "") -> list[str]:
    """The tests that it fails, the furthest first, and by how much; or how much room there is.

    `for_certain`: what the contract would have to say for what is kept in the futures drawn to be kept in all.
    `other`: what of the terms is not as in the starting design.
    """
    failed = sorted((cell for cell in position.cells if not cell.accepts), key=lambda cell: cell.slack)
    if failed:
        first, *others = (f"{verdicts.slack(cell)}{_error(cell)}" for cell in failed)
        better = f"the worst year of every future were {first} better"
        if failed[0].test != "year":
            better = f"every future were {first} better over the term"
        enough = [f"If {better}, it would just {'pass' if others else 'accept'}.", *others]
        return [
            f"**{TESTS[cell.test]}**: {reason(cell)}. {room if i == 0 else f'Short by {room}.'}"
            for i, (cell, room) in enumerate(zip(failed, enough, strict=True))
        ]
    worse = [as_good(benefit)] if behind(benefit) else []
    if not position.tightest:
        return [*worse, NO_LIMITS]
    return [
        *worse,
        f"{_nothing(bool(worse), bool(for_certain), other)} passes {_passed(position, position.tightest)}"
        f"{verdicts.UNWEIGHED if position.unweighed else ''}",
        *for_certain,
    ]


def _passed(position: Position, nearest: Cell) -> str:
    """Its tests, each with its figure where they are few; of the nearest to failing, what it could bear beyond."""
    name, many = TESTS[nearest.test], len(position.cells)
    passed = "both tests" if many == 2 else f"all {many} tests"
    futures = "the worst year of every future" if nearest.test == "year" else "every future"
    when = "" if nearest.test == "year" else " over the term"
    bear = f"{futures} could be {verdicts.slack(nearest)} worse{when}{_error(nearest)}, and it would still pass."
    if 1 < many <= FEW:
        each = "; ".join(map(verdicts.beside_limit, position.cells))
        return f"{passed}: {each}. Nearest to failing is *{name.lower()}*: {bear}"
    lead = f"{passed}. Nearest to failing is *{name.lower()}*" if many > 1 else f"its only test. *{name}*"
    return f"{lead}: {verdicts.measured(nearest)}. {bear[0].upper()}{bear[1:]}"


def _nothing(worse: bool, drawn: bool, other: str) -> str:
    """That it need ask for nothing, or for nothing but what was changed already; 'passes …' follows."""
    said = f"{'Beyond that nothing' if worse else 'Nothing'}{' in the futures drawn' * drawn}"
    if not other:
        return f"{said}: it"
    return f"{said} {'but' if worse else 'beyond'} what was changed here: {other}. It"


def terms(one: str, asks: Sequence[Ask], found: Sequence[Position]) -> list[str]:
    """The three terms that it would best ask for, each enough by itself: those first that make nobody else refuse,
    and of these those that cost who refuses already least."""
    refusing = {position.partner for position in found if not position.accepts}

    def objectors(ask: Ask) -> tuple[int, float]:
        new = len({*ask.price.refusing()} - refusing) if ask.price else 0
        return new, sum(minds.burdened(one, ask, found).values())

    priced = sorted((ask for ask in asks if ask.price), key=objectors)[:BEST]
    if not priced:
        return ["No single term of the contract, however far it is moved, would do by itself."]
    return [
        f"Enough by itself: **{literal(ask.lever.name)}** {minds.standing(ask, ask.price.value)} instead of "
        f"{minds.standing(ask, ask.now)}. Then refusing: {literal(minds.then(one, ask, found))}."
        for ask in priced
        if ask.price
    ]


def _error(cell: Cell) -> str:
    """The standard error of a slack, where there is one."""
    return f" (± {money(cell.error)})" if cell.error >= CERTAIN else ""

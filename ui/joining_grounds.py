"""What one partner's decision to join takes for granted, and whose overspend it may bear, in sentences."""

from collections.abc import Callable, Collection

from model.acceptance import Position
from model.appetite import InWords, Limits
from model.joining import Joining
from model.omissions import omissions
from model.overspill import PART, Overspill
from model.partners import Commissioner, Provider
from model.scenario import Scenario
from model.tables import circumstances
from ui import (
    board_words,
    left_over,
    own_services,
    regardless_words,
    stood_words,
    unentered,
    unseen_words,
    years_counted,
)
from ui.format import a_chance, alike, listed, money, percent
from ui.joining_charts import CERTAIN
from ui.joining_words import span
from ui.range_words import literal
from ui.reserve_words import three
from ui.session import Session
from ui.verdicts import part

PRICES = 0.005
"""Growth of prices above plan, each year, that is worth a sentence."""


def assumed(found: Joining, scenario: Scenario, partner: int) -> list[str]:
    """What all this rests on."""
    partners: list[Provider | Commissioner] = [*scenario.providers, *scenario.commissioners]
    labels, who = scenario.term.labels(), partners[partner]
    source = next((note.note for note in who.sources if note.field == "outside"), "")
    reason = f" Its source: {literal(source)}" if source else " No source is noted for it."
    years = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    commissions = found.role == "commissioner"
    said = [
        f"The whole term, {years}{years_counted.but(scenario, partner)}. A pound counts the same in every year. "
        f"Gain (+) and pain (−) are against {'paying targets and fees' if commissions else 'being paid cost and fee'}.",
        f"Staying out: {span(found.choice.staying)}.{reason}",
        f"A bad year is the average of the worst 1 in 20, in {labels[found.bad.year]}, when that is worst."
        f"{_run(found)}",
    ]
    held = found.standing.reserves
    stated = "No reserves" if held is None else f"Reserves of {money(held)}"
    income = f"income of {money(found.income)} a year" if found.income else "no income"
    months = "; a month of running costs is a twelfth of it" if found.income else ""
    return [*said, f"{stated} and {income} are stated{months}. Nothing else changes reserves."]


def left_out(scenario: Scenario) -> tuple[str, ...]:
    """What none of the figures knows of, as every paper has it."""
    begun = unentered.sentence(scenario)
    return (*([begun] if begun else []), "Not in these figures.", *omissions(scenario))


def _run(found: Joining) -> str:
    """Which years in a row are meant, where there are several."""
    if found.bad.run == 1:
        return ""
    those = f" {three(found).capitalize()} are those of each future that cost most, "
    return f"{those}on average over the worst 1 in 20 futures."


def limits(position: Position, scenario: Scenario, partner: int) -> str:
    """Over what all sums are, which years count, and the limits that it is held to, those that were entered told from
    others: what a reader asks first."""
    partners: list[Provider | Commissioner] = [*scenario.providers, *scenario.commissioners]
    appetite = partners[partner].appetite
    stood = stood_words.of(appetite, position)
    entered = f"Limits entered for it: {_appetite(position.limits, appetite, stood)}"
    held_to = left_over.told_apart(scenario, position) or f"{entered} {stood_words.decides(position, stood)}"
    return f"{years_counted.sums(scenario, partner)} {held_to}".strip()


def cautions(session: Session, position: Position) -> list[str]:
    """What to know of the limits it is held to: which are kept by luck, not asked, broken whatever it does, or never
    reached; and which services of its own are not in its figures."""
    beside = circumstances(session.scenario).loc[position.partner]
    unseen = unseen_words.sentences(unseen_words.found(session, position))
    said = [*unseen, board_words.untested(position), *regardless_words.broken(position)]
    said += [*regardless_words.unreachable(position, beside), own_services.over_the_term(session, position.partner)]
    return [line for line in said if line]


def _appetite(limits: Limits, appetite: object, stood: Collection[str]) -> str:
    """What it accepts, in words; `stood`: chances that were not entered."""
    said = []

    def likely(name: str) -> str:
        return f"{a_chance(getattr(limits, name), part)}{stood_words.aside(name, stood)}"

    if limits.loss is not None:
        said.append(f"{likely('loss_chance')} of losing more than {money(limits.loss)}")
    if limits.year_loss is not None:
        most = money(limits.year_loss)
        said.append(f"{likely('year_chance')} of losing more than {most} in at least one year of the term")
    if limits.worst is not None:
        said.append(f"{money(limits.worst)} in the worst 1 in 20 on average")
    if limits.reserve_minimum is not None:
        said.append(f"{likely('reserve_chance')} of reserves below {money(limits.reserve_minimum)} at a year's end")
    word = f"'{appetite.word}', which stands for at most " if isinstance(appetite, InWords) else "at most "
    if limits.tolerance is not None:
        said.append(f"a gain worth its risk (risk tolerance {money(limits.tolerance)})")
    return f"{word}{listed(said)}." if said else "none."


def prices(found: Joining, scenario: Scenario) -> str:
    """That prices outgrow the target, where that is expected and its mean is a loss; '' elsewhere."""
    growth, mean = scenario.uncertainty.prices.mean, found.choice.joining.values["mean"]
    if scenario.baseline.reindexed or growth < PRICES or mean > -CERTAIN:
        return ""
    return (
        f"Beside that, prices are expected to grow {percent(growth)} a year faster than the target does, which does "
        "not follow them: that lowers what is gained on average. *Price growth* and *Target follows "
        "prices* stand in *Baseline and fees › Targets and term*."
    )


def overspill(found: Overspill | None, year: str, in_a_year: float, own: bool = False) -> str:
    """Whether a partner can be made to pay for another's overspend; `in_a_year`: its largest loss in one year;
    `own`: whether its own cap ends that, whoever stays."""
    asked = "Could we be made to pay for another's overspend?"
    if found is None:
        return f"{asked} **No**: there is no other provider."
    whose = (
        f"{literal(found.whose)} alone costs {money(found.overspend)}, {percent(PART)}, more than targeted in {year}"
    )
    if found.costs < CERTAIN:
        return f"{asked} **Not by this one**: if {whose}, that costs us nothing."
    most = "nothing limits our loss"
    if found.most < float("inf"):
        dearest = money(in_a_year) != money(found.most)
        other = f", and {money(in_a_year)} in the year in which that is most" if dearest else ""
        stay = "" if own else " while all partners stay"
        most = f"whatever happens, we can lose at most {money(found.most)} in {year}{stay}{other}"
    costs = f"that costs us **{money(found.costs)}**{_turned(found)}"
    return f"{asked} **Yes**: if {whose}, and nobody else does, {costs}; {most}."


def _turned(found: Overspill) -> str:
    """From what to what an overspend takes a partner that would have something without it."""
    if abs(found.before) < CERTAIN:
        return ""
    write = alike(found.before, found.before - found.costs, found.costs)
    was, becomes = (_gain(pounds, write) for pounds in (found.before, found.before - found.costs))
    return f" ({was} becomes {becomes})"


def _gain(pounds: float, write: Callable[[float], str]) -> str:
    if abs(pounds) < CERTAIN:
        return "nothing"
    return f"a gain of {write(pounds)}" if pounds > 0 else f"a loss of {write(-pounds)}"

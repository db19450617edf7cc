"""What would change a mind, in sentences: what single terms would settle, and who would then refuse."""

import math
import re
from collections.abc import Sequence

import pandas as pd

from model.acceptance import Position
from model.asking import Ask
from model.base import as_percent
from model.levers import Lever
from ui.format import listed, money, percent
from ui.range_words import literal
from ui.unsaid import silent
from ui.verdicts import FURTHER, number

HALF_A_POUND = 0.5
ITS = re.compile(r"\bits\b", re.IGNORECASE)


def at(value: float, unit: str) -> str:
    """Where a lever stands: '34%', '46% of fee', '£120k a year', 'no cap'."""
    if math.isinf(value):
        return "no cap"
    return f"{money(value)} a year" if unit == "£ a year" else f"{percent(value)}{unit.removeprefix('%')}"


def placed(lever: Lever, value: float) -> str:
    """The same with what moves with it in proportion: '33%, then 26.4%'."""
    return ", then ".join([at(value, lever.unit), *(as_percent(round(value * part, 3)) for part in lever.rest)])


def standing(ask: Ask, value: float) -> str:
    """Where a lever stands, in pounds too if it is a part of fee or target: '15% of fee (£5k to £6k, by year)'."""
    said = placed(ask.lever, value)
    if not ask.lever.base[1] or not math.isfinite(value):
        return said
    least, most = (money(value * base) for base in ask.lever.base)
    return f"{said} ({least} to {most}, by year)" if least != most else f"{said} ({most} a year)"


def accepts_at(ask: Ask, value: float, error: float) -> str:
    """The price, with its standard error where that is more than half of the step it was rounded to."""
    said = standing(ask, value)
    if not error > ask.lever.step_at(value) / 2:
        return said
    return f"{said} ± {money(error) if ask.lever.unit == '£ a year' else percent(error)}"


def then(one: str, ask: Ask, found: Sequence[Position]) -> str:
    """Who else refuses at the price, and whether it does so already and becomes worse off by it."""
    before = {position.partner for position in found if not position.accepts}
    others = [name for name in ask.price.refusing() if name != one] if ask.price else []
    worse = burdened(one, ask, found)
    named = [f"{name} ({_as_now(worse.get(name))})" if name in before else name for name in others]
    return listed(named) if named else "nobody"


def _as_now(more: float | None) -> str:
    return "as now" if more is None else f"as now, and {money(more)} further short"


def burdened(one: str, ask: Ask, found: Sequence[Position]) -> dict[str, float]:
    """Who refuses already and would be further from accepting at the price: by how many pounds."""
    before = {position.partner: position.tightest for position in found if not position.accepts}
    if not ask.price:
        return {}
    lost = {
        position.partner: was.slack - position.tightest.slack
        for position in ask.price.positions
        if position.partner != one and position.tightest and (was := before.get(position.partner))
    }
    return {name: more for name, more in lost.items() if more > FURTHER}


def answer(one: str, asks: Sequence[Ask], found: Sequence[Position]) -> str:
    """What would just change one partner's mind, and whether the others would go along."""
    priced = [ask for ask in asks if ask.price]
    before = {position.partner for position in found if not position.accepts}
    harmless = [ask for ask in priced if ask.price and not {*ask.price.refusing()} - before]
    if alone := settling(one, asks):
        return f"{'Nobody would refuse' if silent(found) else 'Everyone would sign'} with {alone}."
    if not priced:
        return f"No single term, however far it is moved, would make {literal(one)} accept."
    if not harmless:
        return f"{_many(len(priced))} would make {literal(one)} accept, but each would make somebody else refuse."
    gentle = [ask for ask in harmless if not burdened(one, ask, found)]
    if gentle:
        said = f"{literal(one)} would just accept with {_values(one, gentle)}, and nobody new would refuse."
    else:
        least = min(harmless, key=lambda ask: sum(burdened(one, ask, found).values()))
        further = [f"{literal(name)} is {money(more)} further" for name, more in burdened(one, least, found).items()]
        said = (
            f"{literal(one)} would just accept with {_values(one, [least])}, but at the cost of those who refuse "
            f"already: {listed(further)} from accepting."
        )
    return f"{said} No single change would make everyone sign."


def for_others(one: str, more: pd.Series) -> str:
    """What a term that was moved for one partner costs and brings the others on average, in plain text. `more`: pounds
    by partner."""
    others = more.drop(one)
    costs = [f"{name} {money(-by)}" for name, by in others.items() if by <= -HALF_A_POUND]
    brings = [f"{name} {money(by)}" for name, by in others.items() if by >= HALF_A_POUND]
    said = [f"costs {listed(costs)}"] * bool(costs) + [f"brings {listed(brings)}"] * bool(brings)
    return f"On average over the term it {' and '.join(said) or 'costs the others nothing'}."


def settling(one: str, asks: Sequence[Ask]) -> str:
    """The single terms with which everyone would sign, as alternatives; nothing where there are none. `one`: whose."""
    found = [ask for ask in asks if ask.price and not ask.price.refusing()]
    return _values(one, found) if found else ""


def _values(one: str, asks: Sequence[Ask]) -> str:
    """Prices as alternatives: 'A's own cap on pain at 33% of fee or with A's share of pain at 3%'."""
    said = [f"{_whose(one, ask)} at {placed(ask.lever, ask.price.value)}" for ask in asks if ask.price]
    return " or with ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)


def _whose(one: str, ask: Ask) -> str:
    """A term within a sentence, with its partner's name: whoever reads 'its own cap' may take it for theirs."""
    return literal(named(one, _lower(ask.lever.name)))


def named(one: str, term: str) -> str:
    """A term that is one partner's own, by that partner's name: 'A's own cap on pain', 'Part of A's cost in …'."""
    return ITS.sub(lambda _: f"{one}'s", term)


def _many(n: int) -> str:
    return "One term" if n == 1 else f"{number(n)} single terms"


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def helpless(one: str, asks: Sequence[Ask]) -> str:
    """The terms that change nothing by themselves. `one`: whose mind they would not change."""
    names = [_whose(one, ask) for ask in asks if not ask.price]
    return f"Not enough by itself, however far it is moved: {', '.join(names)}." if names else ""


def _counted(value: float, ask: Ask) -> float:
    """A figure in the unit beside it: 9, where that is %."""
    return round(value if ask.lever.unit == "£ a year" else 100 * value, 4)


def prices(one: str, asks: Sequence[Ask], found: Sequence[Position]) -> pd.DataFrame:
    """Every term as figures, to download."""
    rows = [
        {
            "term": ask.lever.name,
            "unit": ask.lever.unit,
            "today": _counted(ask.now, ask),
            "just accepts at": _counted(ask.price.value, ask) if ask.price else None,
            "s.e.": _counted(ask.price.error, ask) if ask.price else None,
            "who else then refuses": then(one, ask, found) if ask.price else "",
        }
        for ask in asks
    ]
    return pd.DataFrame(rows)

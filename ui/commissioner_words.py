"""What commissioners face, in sentences. Tables in, plain English out."""

from collections.abc import Callable

import pandas as pd

from model.curves import ROUND
from model.tables import COMMISSIONERS
from model.walk import CARRIED, COSTS, PERFORMANCE
from ui import words
from ui.format import alike, chance, listed, money, percent, points, signed
from ui.range_words import literal

CERTAIN = 0.5
"""Pounds. What is less is nothing."""


def headline(table: pd.DataFrame) -> str:
    """What the alliance's commissioners face together, beside what its providers do."""
    together = table.loc[COMMISSIONERS]
    return (
        f"Commissioners together: {chance(together['chance_of_pain'])} chance of paying more than at target cost; "
        f"the worst 1 in 20 {words.costs_them(together['cvar95'])}"
    )


def share(curve: pd.DataFrame) -> str:
    """What each commissioner has left at a round saving and overspend, off `curves.left_curve`."""
    said = [
        f"{literal(str(name))} {signed(float(curve.loc[ROUND, name]))} and {signed(float(curve.loc[-ROUND, name]))}"
        for name in curve
    ]
    return f"Commissioners then have: {'; '.join(said)}."


IF = {
    COSTS: "costs were on target",
    PERFORMANCE: "nothing were paid for performance",
    CARRIED: "nothing were carried or trued up",
}
"""In what year a commissioner neither gains nor loses, by what it has in another."""


def settled(name: str, made: pd.Series) -> str:
    """What a settled year leaves a commissioner, against what, and of what that is made; off a row of `walk.made`."""
    gain, parts = float(made.sum()), made[made.abs() >= CERTAIN]
    write = _as_finely(gain, parts)
    against = listed([said for part, said in IF.items() if part in parts] or [IF[COSTS]])
    each = listed([f"{signed(float(pounds), write)} from {part}" for part, pounds in parts.items()])
    what = f"is {write(abs(gain))} {'better' if gain > 0 else 'worse'} off than"
    return (
        f"**{literal(name)}** {'comes out as' if abs(gain) < CERTAIN else what} if {against}"
        f"{f': {each}' * (len(parts) > 1)}."
    )


def _as_finely(gain: float, parts: pd.Series) -> Callable[[float], str]:
    """How to write a sum and its parts; where there are two, as finely as the smaller needs, and that as elsewhere."""
    if len(parts) != 2:
        return money
    small, large = sorted((float(pounds) for pounds in parts), key=abs)
    finely = alike(large, gain, small)
    return lambda pounds: (money if abs(pounds) == abs(small) else finely)(pounds)


IN_NO_FIGURE = "What poor care costs people, and what it costs elsewhere, is in none of these figures."


def low_scores(poor: pd.DataFrame, expected: pd.DataFrame, low: float, ops: float) -> str:
    """Who gains and who loses if the score is low and not as expected, off `curves.left_curve` at both scores."""
    more = poor - expected
    together = more.sum(axis=1)
    if together.abs().max() < 0.5:
        return "A low score changes neither what providers nor what commissioners have."
    if (together > -0.5).all():
        lead = "Commissioners gain from a low score, and providers lose as much"
    elif (together < 0.5).all():
        lead = "Providers gain from a low score, and commissioners lose as much"
    else:
        lead = "Who gains from a low score depends on costs; what one side gains, the other loses"
    said = "; ".join(_moved(alike, more.loc[alike[0]]) for alike in _alike(together))
    return f"**{lead}.** At {points(low)} instead of the expected {points(ops)}, {said}. {IN_NO_FIGURE}"


def _moved(savings: list[float], more: pd.Series) -> str:
    """What commissioners have more, or less, at any of some savings."""
    costs = {0.0: "costs on target", ROUND: f"{percent(ROUND)} saved", -ROUND: f"{percent(ROUND)} overspent"}
    where, together = " or ".join(costs[saved] for saved in savings), float(more.sum())
    if abs(together) < 0.5:
        return f"with {where} commissioners have the same"
    each = [f"{literal(str(name))} {signed(float(pounds))}" for name, pounds in more.items()]
    beside = f" ({listed(each)})" if len(each) > 1 else ""
    return f"with {where} commissioners have {money(abs(together))} {'more' if together > 0 else 'less'}{beside}"


def _alike(together: pd.Series) -> list[list[float]]:
    """The savings, costs on target first, at which as much is moved."""
    found: list[list[float]] = []
    for saved in (0.0, ROUND, -ROUND):
        group = next((one for one in found if abs(together[one[0]] - together[saved]) < 0.5), None)
        if group:
            group.append(saved)
        else:
            found.append([saved])
    return found

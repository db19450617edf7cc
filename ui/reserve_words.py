"""What losses leave of one partner's reserves, in sentences."""

from collections.abc import Sequence

import pandas as pd

from model.base import PENNY
from model.joining import Joining, Left
from ui.format import a_chance, listed, money, part_of, percent
from ui.format import of_reserves as part_of_reserves
from ui.joining_charts import CERTAIN
from ui.range_words import literal

NUMBERS = {1: "one year", 2: "two years", 3: "three years"}
COUNTS = {2: "two", 3: "three"}
TIMES = {2: "twice", 3: "three times"}
WORST = "on average of the worst 1 in 20 futures"


def of_reserves(found: Joining, pounds: float) -> str:
    """'32% of reserves', where that is known; short, for a tile."""
    known, held = float("-inf") < pounds < 0, found.standing.reserves
    if known and held is not None:
        return part_of(-pounds / held, "reserves") if held else "reserves are £0"
    return "over the term"


def largest(
    found: Joining,
    in_a_year: float,
    fails: tuple[str, float] | None = None,
    own: bool = False,
    without: Sequence[str] = (),
) -> str:
    """The largest loss while all stay, over the term and in one year, and if one fails: whose failure, and the loss
    then. `own`: whether its own cap ends it, whoever stays; `without`: the years for which nothing can be lost. Nothing
    where nothing limits it, or nothing can be lost, or the term has no more to say than its total."""
    most = -float(found.sizes["joining"].iloc[-1])
    if not fails and not (CERTAIN <= in_a_year < most - CERTAIN and most < float("inf")):
        return ""
    year = f", at most {money(in_a_year)}{_in_reserves(found, in_a_year)} in one year" if in_a_year < most else ""
    year += f", nothing for {listed([*without])}" if without and most >= CERTAIN else ""
    ends = "by its own cap, whoever stays" if own else "while all partners stay"
    said = f"The largest loss over the term is {money(most)}{_in_reserves(found, most)} {ends}{year}"
    if not fails:
        return f"{said}."
    after = "nothing limits it"
    if fails[1] < float("inf"):
        after = f"it can be **{money(fails[1])}**{_in_reserves(found, fails[1])}"
    return f"{said}; if {literal(fails[0])} fails and the others take its share, {after}."


def _in_reserves(found: Joining, loss: float) -> str:
    part = part_of_reserves(loss, found.standing.reserves, "reserves") if loss >= CERTAIN else ""
    return f" ({part})" if part else ""


def bad_years(found: Joining, labels: tuple[str, ...]) -> str:
    """What bad years leave of reserves."""
    bad, reserves = found.bad, found.standing.reserves
    if reserves is None:
        worst = _costs(bad.worst.value)
        worst = worst.replace("costs", "cost").replace("brings", "bring") if bad.run > 1 else worst
        return f"No reserves are stated. A bad year {_costs(bad.one.value)}; {three(found)} {worst}, {WORST}."
    after = found.left(bad.worst.value)
    said = f"A bad year {_costs(bad.one.value)} (1 in 20 in {labels[bad.year]}, when that is worst). "
    if bad.worst.value <= -CERTAIN:
        return f"{said}{lasting(found)} to reserves of {money(reserves)}, {WORST}."
    if after.pounds < 0:
        overdrawn = f"its reserves of {money(reserves)} are {money(-after.pounds)} overdrawn"
        return f"{said}After {three(found)} {overdrawn}, {WORST}."
    left = f"{money(after.pounds)} of {money(reserves)} reserves is left"
    return f"{said}After {three(found)} {left}, {WORST}{_short(found, after)}."


def _short(found: Joining, after: Left) -> str:
    """That it is less than must be kept, and how likely it accepts that to be."""
    limits = found.standing.limits
    if limits.reserve_minimum is None or after.pounds >= limits.reserve_minimum - PENNY:
        return ""
    accepted = f"it accepts {a_chance(limits.reserve_chance)} of that"
    return f", less than the {money(limits.reserve_minimum)} to keep; {accepted}"


def lasting(found: Joining) -> str:
    """What remains after the worst years in a row, in a heading."""
    if (gained := -found.bad.worst.value) >= CERTAIN:
        return f"Even {three(found)} {'add' if found.bad.run > 1 else 'adds'} {money(gained)}"
    left, reserves = found.left(found.bad.worst.value), money(found.standing.reserves or 0.0)
    if left.pounds < 0:
        return f"{three(found).capitalize()}, 1 in 20: reserves of {reserves} overdrawn by {money(-left.pounds)}"
    return f"{three(found).capitalize()}, 1 in 20: {money(left.pounds)} of {reserves} is left"


def three(found: Joining) -> str:
    """'its worst three years in a row'."""
    run = found.bad.run
    return f"its worst {NUMBERS[run]} in a row" if run > 1 else "its worst year"


def _costs(loss: float) -> str:
    if abs(loss) < CERTAIN:
        return "costs nothing"
    return f"costs {money(loss)}" if loss > 0 else f"still brings {money(-loss)}"


def bars(found: Joining) -> pd.DataFrame:
    """What is left of reserves after bad years: 'pounds' and 'words'."""
    bad, run = found.bad, found.bad.run
    losses = {"Today": 0.0, "After a bad year": bad.one.value}
    if run > 1:
        losses |= {
            f"After its worst {COUNTS[run]} years in a row": bad.worst.value,
            f"If the 1-in-20 year came {TIMES[run]}": bad.repeated,
        }
    rows = {name: (found.left(loss).pounds, _left(found, loss)) for name, loss in losses.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["pounds", "words"])


def _left(found: Joining, loss: float) -> str:
    """'£410k · 63% · 1.4 months'."""
    left = found.left(loss)
    parts = [money(left.pounds)]
    if left.of_reserves is not None and loss:
        parts.append(percent(left.of_reserves))
    if left.months is not None and left.pounds > 0:
        parts.append(f"{left.months:.1f} months")
    return " · ".join(parts)

"""What a board reads before it agrees, in sentences. Figures in, plain English out."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import pandas as pd

from model.acceptance import BY_CHANCE, Cell, Position, Test
from model.curves import ROUND
from model.scenario import Scenario
from model.tables import COMMISSIONERS, PROVIDERS
from ui import pile_words, verdicts
from ui.format import (
    ABOUT_LUCK,
    MINUS,
    a_chance,
    listed,
    loss,
    money,
    of_reserves,
    part_of,
    percent,
    points,
    signed,
)
from ui.range_words import literal
from ui.unsaid import silence
from ui.verdicts import TESTS, blocks

UNCAPPED = float("inf")
CERTAIN = 0.5
"""Pounds within which futures are the same."""
BY_LIMITS = "By the limits entered, "
MOST_TOLD = 2
"""Partners who refuse, of whom it is said on what."""
UNTESTED: dict[Test, str] = {
    "loss": "a large loss",
    "year": "a large loss in one year",
    "worst": "the worst 1 in 20",
    "reserves": "low reserves",
    "worth": "the worth of joining",
}
VERDICTS = {
    "accepts": "✓ Inside",
    "refuses": "✗ Outside",
    "too close to call": "≈ Too close to call",
    "has not said": "– Not said",
}


def title(position: Position, row: pd.Series, though: str = "") -> str:
    """The page's answer; being inside the limits does not hide a loss that nothing limits or reserves do not cover.

    `though`: of `unseen_words.though`, what the contract allows and no future drawn has.
    """
    name, asked = literal(position.partner), len(position.cells)
    if not asked:
        return f"{name} has not said what it would accept"
    failed = [cell for cell in position.cells if cell.verdict == "refuses"]
    if failed:
        many = f"on {len(failed)} of {asked} counts" if asked > 1 else ""
        return f"{name} would be outside its limits {many}".rstrip()
    if position.verdict == "accepts":
        return f"{name} would be inside its limits{_though(position, row, though)}"
    return f"{name} is so near its limits that it is too close to call{_though(position, row, though)}"


def _though(position: Position, row: pd.Series, though: str) -> str:
    found = ["its loss is uncapped"] if row["loss_limit"] == UNCAPPED else [though] if though else []
    if row["cvar95"] > row["reserves"] and row["cvar95"] >= CERTAIN:
        found.append("its worst 1 in 20 takes more than its reserves")
    if position.unweighed:
        found.append("what staying out would bring is not asked")
    if position.unmeasured:
        found.append("its reserves are not stated")
    return f", though {listed(found)}" if found else ""


def untested(position: Position) -> str:
    """Which tests nobody asked for; nothing where all are, or none, or all but a loss in one year."""
    asked = {cell.test for cell in position.cells}
    asked |= {"reserves"} if position.unmeasured else set()  # said with what is broken: a limit, but nothing to test
    without = {test: name for test, name in UNTESTED.items() if test not in asked}
    if not position.cells or without.keys() <= {
        "year"
    }:  # no word of an appetite stands for that one, so that few ask for it
        return ""
    are = "that is" if len(without) == 1 else "these are"
    return f"No limit was entered for {listed([*without.values()])}, so {are} not tested."


def signers(found: Sequence[Position], agreed: bool, just: str = "") -> str:
    """Who of all partners would refuse by their limits; on what, where these are few. `just`: all sign by a hair.

    Where all have `agreed` already, nobody blocks anything: only today's limits say that somebody would refuse.
    """
    against = [literal(one.partner) for one in found if one.verdict == "refuses"]
    if against and agreed:
        return f"{BY_LIMITS}{listed(against)} would refuse."
    it = f"{BY_LIMITS}it"
    if len(against) > MOST_TOLD:
        return f"An alliance needs everybody. {it} is blocked by {listed(against)}."
    if not against and any(one.cells for one in found):
        said = verdicts.title(found, just)
        return f"{BY_LIMITS}{said[0].lower()}{said[1:]}. {silence(found)}".strip()
    return f"{blocks(found, it) or f'{verdicts.title(found, just)}.'} {silence(found)}".strip()


def asked(scenario: Scenario, name: str, row: pd.Series, agreed: bool = False) -> str:
    """What the board is asked to agree to, or has `agreed` to."""
    does = "has agreed" if agreed else "is asked"
    years, who, alliance = scenario.term.horizon, literal(name), literal(scenario.name)
    term = f"{years} year{'s' if years > 1 else ''} from {scenario.term.labels()[0]}"
    if row["role"] == "commissioner":
        part = next(c.contribution for c in scenario.commissioners if c.name == name)
        return (
            f"{who} {does} to commission **{alliance}** for {term}: it keeps, and bears, {percent(part)} of "
            "what is left of savings and overspends once providers have had their part."
        )
    return (
        f"{who} {does} to join **{alliance}** for {term}, for a fee of {money(row['fee'])} over the term; "
        "its direct costs are paid at what they come to, and it shares in gain and pain."
    )


def most(name: str, row: pd.Series, fails: tuple[str, float] | None = None) -> str:
    """The most that can be lost, and whether anything limits it; `fails`: whose failure makes it more, and how much."""
    if row["loss_limit"] == UNCAPPED:
        return f"Nothing in the contract limits what {literal(name)} can lose: its loss is **uncapped**."
    more = ""
    if fails:
        then = "nothing limits it" if fails[1] == UNCAPPED else f"it can be {money(fails[1])}"
        more = f" If {literal(fails[0])} fails and the others take its share, {then}."
    stay = " while all partners stay" * bool(fails or row["role"] == "commissioner")
    if row["loss_limit"] < 0.5:
        return f"Under this contract {literal(name)} can lose nothing{stay}.{more}"
    fee = part_of(row["loss_limit"] / row["fee"], "its fee") if row["fee"] > 0 else ""
    against = [said for said in (fee, of_reserves(row["loss_limit"], row["reserves"])) if said]
    beside = f" ({listed(against)})" if against else ""
    limit = f"{money(row['loss_limit'])} over the term{beside}, {row['limited_by']}"
    return f"The most it can {'lose' if stay else 'ever lose'}{stay} is {limit}.{more}"


def example(scenario: Scenario, name: str, curve: pd.DataFrame, year: str, target: float, ops: float) -> str:
    """The rule in one worked example: a round overspend of a year, off a curve of `model.curves.share_curve`."""
    row = curve.loc[curve.index[abs(curve.index + ROUND).argmin()]]
    over, borne = ROUND * target, -float(row.sum())
    left = over - borne
    said = (
        f"If {year} cost {percent(ROUND)} more than its target of {money(target)}, an overspend of {money(over)}, and "
        f"performance scored {points(ops)}, the providers together would {got(-borne)} and the commissioners "
        f"would {got(-left)}"
    )
    if name in row:
        return f"{said}; {literal(name)} would {got(float(row[name]))}."
    part = next(c.contribution for c in scenario.commissioners if c.name == name)
    return f"{said}; {literal(name)} would {got(-left * part)}."


def got(gain: float) -> str:
    """What somebody would do: 'gain £12k', 'bear £12k'."""
    return f"gain {money(gain)}" if gain >= 0.5 else f"bear {money(-gain)}" if gain <= -0.5 else "neither gain nor bear"


def test(cell: Cell) -> str:
    """What a test asks."""
    return {
        "loss": f"Chance of losing {verdicts.over(cell)}",
        "year": f"Chance of losing {verdicts.over(cell)}",
        "worst": "Worst 1 in 20, average loss",
        "reserves": f"Chance that reserves fall below {money(cell.sum)}",
        "worth": "Worth of joining, marked down for its risk",
    }[cell.test]


def statement(position: Position, unseen: Collection[Cell] = ()) -> pd.DataFrame:
    """What was said would be accepted, what is expected, and whether that is inside.

    `unseen`: those of its tests that no future drawn breaks, though the contract allows it.
    """
    rows = []
    for cell in position.cells:
        sums = verdicts.pounds(cell)
        write = _write(cell, sums)
        at = "at least" if cell.test == "worth" else "at most"
        room = verdicts.room(cell)
        error = f" ± {money(cell.error)}" if cell.error >= 0.5 else ""
        figure = f"{write(cell.figure)}{' of futures drawn' if cell in unseen else ''}"
        rows.append((test(cell), f"{at} {write(cell.limit)}", figure, VERDICTS[cell.verdict], room + error))
    asked = {cell.test for cell in position.cells}
    rows += [
        (name, verdicts.unasked(position, test), "–", "–", "–") for test, name in TESTS.items() if test not in asked
    ]
    columns = ["What is tested", "It accepts", "It would be", "So it is", "In pounds"]
    return pd.DataFrame(rows, columns=columns).set_index("What is tested")


def luck(table: pd.DataFrame) -> str:
    """What ± is, below a table that has it."""
    return ABOUT_LUCK if table.map(lambda text: "±" in str(text)).to_numpy().any() else ""


def _write(cell: Cell, sums: Callable[[float], str]) -> Callable[[float], str]:
    if cell.test in BY_CHANCE:
        return verdicts.part
    return partial(signed if cell.test == "worth" else loss, write=sums)


def futures(name: str, row: pd.Series) -> str:
    """What lies ahead, in three figures and the tail."""
    tail = f"the worst 1 in 20 costs {money(row['cvar95'])} on average"
    if row["cvar95"] < 0.5:
        tail = f"even the worst 1 in 20 brings {money(-row['cvar95'])} on average"
    beside = of_reserves(row["cvar95"], row["reserves"])
    against = f" ({beside})" if beside else ""
    return (
        f"Over the term {literal(name)} has {a_chance(row['chance_of_pain'])} of {pain(row)}. In the middle future it "
        f"{has(row, row['p50'])}; {pile_words.outer(row)}; {tail}{against if row['cvar95'] >= 0.5 else ''}."
    )


def certain(name: str, row: pd.Series) -> str:
    """What lies ahead where nothing is uncertain."""
    return f"In every future {literal(name)} {has(row, row['mean'])}."


def pain(row: pd.Series) -> str:
    """What pain is to a partner: a commissioner has no fee that it could lose."""
    return "paying more than at target" if _pays(row) else "pain"


def has(row: pd.Series, pounds: float) -> str:
    """What a partner has of gain or pain, and its sign: 'has −£820k', 'pays £820k more than at target (−)'."""
    if not _pays(row) or abs(pounds) < 0.5:
        return f"has {signed(pounds)}" if abs(pounds) >= 0.5 else "neither gains nor loses"
    sign, way = ("+", "less") if pounds > 0 else (MINUS, "more")
    return f"pays {money(abs(pounds))} {way} than at target ({sign})"


def ends(row: pd.Series) -> tuple[str, str, str]:
    """What bad and good futures are called, and the good with those that are neither."""
    if _pays(row):
        return "Pays more than at target", "Pays less", "Pays less or the same"
    return "Pain", "Gain", "Gain or neither"


def _pays(row: pd.Series) -> bool:
    return str(row["role"]) == "commissioner"


def cause(scenario: Scenario, name: str, table: pd.DataFrame, ops: float) -> str:
    """Of what a commissioner's mean is made; nothing for a provider.

    `table`: of `model.tables.partners`; `ops`: the mean performance score.
    """
    if not _pays(table.loc[name]):
        return ""
    paid, left = float(table.loc[PROVIDERS, "mean"]), float(table.loc[COMMISSIONERS, "mean"])
    saved = paid + left
    costs = f"services cost {money(abs(saved))} {'less' if saved > 0 else 'more'} than at target"
    costs = costs if abs(saved) >= 0.5 else "services cost what they should"
    score = f", at a mean score of {points(ops)}," if scenario.framework.kras else ""
    shared = f"are paid {money(paid)} of gain" if paid >= 0.5 else f"bear {money(-paid)} of pain"
    shared = f"providers{score} {shared if abs(paid) >= 0.5 else 'neither gain nor bear'}"
    part = next(c.contribution for c in scenario.commissioners if c.name == name)
    alone = len(scenario.commissioners) == 1
    who = f"{literal(name)} pays" if alone else "commissioners pay"
    own = "" if alone else f", of which {literal(name)} has {percent(part)}"
    rest = f"{who} {money(abs(left))} {'less' if left > 0 else 'more'}{own}"
    return f"On average {costs} and {shared}: {rest if abs(left) >= 0.5 else 'nothing is left to commissioners'}."


def marks(row: pd.Series) -> dict[str, float]:
    """The figures that are marked among its futures, pounds by name."""
    found = pile_words.marks(row)
    return found | {"Worst 1 in 20 on average": -row["cvar95"]} if row["cvar95"] >= 0.5 else found


def limits(position: Position) -> dict[str, float]:
    """Its limits that can be marked among its futures, pounds by name."""
    worst = position.limits.worst
    return {} if worst is None else {"Limit of the worst 1 in 20": -worst}


def others(table: pd.DataFrame, name: str) -> str:
    """Who else carries what."""
    each = table[table["role"].isin(["provider", "commissioner"])]
    worst = each["cvar95"].clip(lower=0)
    first = str(worst.idxmax())
    sides = table.loc[[PROVIDERS, COMMISSIONERS], "cvar95"]
    lead = f"{literal(first)} carries most" if first != name else f"{literal(name)} itself carries most"
    return (
        f"{lead}: its worst 1 in 20 costs {money(worst[first])} on average. The providers together would lose "
        f"{money(max(float(sides.iloc[0]), 0))} in theirs, the commissioners {money(max(float(sides.iloc[1]), 0))}."
    )


def yardstick(position: Position) -> str:
    """What the limits are measured by."""
    if not position.cells:
        return "Its appetite is entered on the page Acceptance."
    return f"Its losses are measured by {position.yardstick.name}: {money(position.yardstick.pounds)}."

"""What designs side by side come to, in sentences. Tables in, plain English out."""

from collections.abc import Mapping, Sequence

import pandas as pd

from model import wording
from model.acceptance import Cell, Position
from model.changes import Change
from model.comparison import Outlook, Sharing, moved
from model.tables import COMMISSIONERS, PROVIDERS
from ui.comparison_charts import SAVED
from ui.designs import EDITED
from ui.format import listed, money, percent, signed
from ui.range_words import literal
from ui.verdicts import MARKS, also_failed, slack, why

MOST_NAMED = 3

ABOUT_LEVEL = (
    "Every design keeps its own terms and targets, and has the costs, risks, reserves and KPIs' values of the design "
    "being edited, so that what differs is what would be agreed."
)
SET_ASIDE = "*Set aside*, because all are compared on this design's assumptions:"


def called(name: str) -> str:
    """A design within a sentence; no sign in its name is taken for formatting."""
    return {SAVED: "the starting design", EDITED: "this design"}.get(name, f"'{literal(name)}'")


def elsewhere(kept: Mapping[str, str]) -> str:
    """Which kept designs are not ticked, because they belong to other alliances, by their names; else nothing."""
    if not kept:
        return ""
    of = listed([literal(name) for name in dict.fromkeys(kept.values())])
    are, them = ("is", "it") if len(kept) == 1 else ("are", "them")
    who = begun(named(list(kept), f"{len(kept)} kept designs"))
    return f"{who} {are} of another alliance ({of}): tick to compare {them}."


def also(called_too: Mapping[str, Sequence[str]]) -> str:
    """What else designs are called that have several names; nothing where each has one."""
    said = [
        f"{heading(name)} is also {listed([called(one) for one in others])}"
        for name, others in called_too.items()
        if others
    ]
    return f"{'; '.join(said)}." if said else ""


def as_now(name: str, merged: Sequence[str]) -> str:
    """What is shown as one with a design, because they differ in what does not count here; else nothing."""
    if not merged:
        return ""
    others = listed([called(one) for one in merged])
    return (
        f"{heading(name)}, as it is now, stands for {others} too: they differ only in what partners accept, which is "
        "today's for every design, or in notes."
    )


def reasons(kept_for: Mapping[str, str]) -> list[str]:
    """Why designs were kept, where somebody said so."""
    return [f"{heading(name)} was kept because: {literal(why)}" for name, why in kept_for.items()]


def named(names: list[str], rest: str) -> str:
    """'the starting design and 'Cap'', or 'the other 5' where there are many."""
    return listed([called(name) for name in names]) if len(names) <= MOST_NAMED else rest


def be(names: list[str]) -> str:
    """'is' of one, 'are' of several."""
    return "is" if len(names) == 1 else "are"


def heading(name: str) -> str:
    """A design at the start of a sentence."""
    return begun(called(name))


def begun(text: str) -> str:
    """With a capital, as a sentence begins."""
    return text[0].upper() + text[1:]


def assumed(otherwise: Mapping[str, Sequence[Change]], level: bool) -> str:
    """Which designs take something else for granted than the one being edited, or that all now take the same."""
    if not otherwise:
        return ""
    if level:
        return "**All are compared on what this design assumes**, each with its own terms and targets."
    if len(otherwise) > MOST_NAMED:
        return (
            f"**{len(otherwise)} of them assume other costs or inputs than this design**, and may look better for it."
        )
    said = [f"{called(name)} assumes {_first(found)}" for name, found in otherwise.items()]
    return f"**Other costs or inputs are assumed, so one may look better only for that**: {'; '.join(said)}."


def _first(found: Sequence[Change]) -> str:
    """'Cost uncertainty › Centre, all 6 providers: 3% → 0%, and 2 things more otherwise'."""
    more = sum(one.entries for one in found[1:])
    return literal(found[0].said) + (f", and {more} {'entry' if more == 1 else 'entries'} more otherwise" * bool(more))


def vetoes(one: Outlook) -> list[str]:
    """Who would refuse a design."""
    return [literal(position.partner) for position in one.positions if position.verdict == "refuses"]


def stands(position: Position) -> str:
    """Where a partner stands, with what it fails and by how much."""
    mark, cell = MARKS[position.verdict], position.deciding
    if cell is None:
        return f"{mark}: no limit is entered"
    if position.verdict == "refuses":
        return f"{mark}: {why(cell)}, {slack(cell)} short{also_failed(position)}"
    return _room(mark, cell)


def _room(mark: str, cell: Cell) -> str:
    luck = f" ± {money(cell.error)}" if cell.error >= 0.5 else ""
    return f"{mark}, {slack(cell)} {'to spare' if cell.slack >= 0 else 'short'}{luck}"


def asked(otherwise: Mapping[str, list[str]]) -> str:
    """That partners are asked what they accept today, where a design was kept with something else."""
    others = {name: partners for name, partners in otherwise.items() if partners}
    if not others:
        return ""
    said = [f"{called(name)} was kept with other limits for {_partners(partners)}" for name, partners in others.items()]
    where = "; ".join(said) if len(others) <= MOST_NAMED else f"{len(others)} of them were kept with other limits"
    return f"**Every design is judged by what partners accept today**: {where}."


def _partners(names: list[str]) -> str:
    return listed([literal(name) for name in names]) if len(names) <= MOST_NAMED else f"{len(names)} partners"


def shared(found: Mapping[str, Sharing], unlike: Mapping[str, Sequence[str]]) -> str:
    """How much of chance the designs have in common with the first; its own entry says nothing.

    `unlike`: in what those that need random numbers of their own differ from it.
    """
    if len(found) == 1:
        return "Keep other designs, or add ready variants of this one, to see them side by side."
    alike = [name for name, how in found.items() if how == "same random numbers"]
    apart = [name for name, how in found.items() if how == "same seed only"]
    said = []
    if alike:
        said.append(
            f"{begun(named(alike, f'{len(alike)} designs'))} {be(alike)} drawn with other inputs from the same random "
            "numbers, so that little of the difference is luck."
        )
    if apart:
        others = wording.listed(dict.fromkeys(what for name in apart for what in unlike[name]), _and(apart, unlike))
        said.append(
            f"{begun(named(apart, f'{len(apart)} designs'))} {'has' if len(apart) == 1 else 'have'} other {others}, "
            "which need random numbers of their own: only the seed is the same, and the differences carry more luck, "
            "as their standard errors say."
        )
    return " ".join(said) or "All are settled on the same futures, so that what differs is the designs and not luck."


def _and(names: list[str], unlike: Mapping[str, Sequence[str]]) -> str:
    """'or' where designs do not all differ in the same."""
    return "and" if len({tuple(unlike[name]) for name in names}) == 1 else "or"


def ranges(spans: pd.DataFrame, unit: str) -> str:
    """How to read the figure of partners by design, on the partner whom the designs set furthest apart."""
    apart = spans["p5"].groupby(level="partner", sort=False).agg(lambda x: x.max() - x.min())
    said = "Lines: 9 in 10 futures over the whole term, pain left and gain right of 0; the mark is the middle future."
    if apart.max() < (0.5 if unit == "£" else 5e-4):
        return said
    write = signed if unit == "£" else percent
    lowest = spans["p5"].xs(apart.idxmax(), level="partner")
    return (
        f"The design matters most to the bad futures of {literal(str(apart.idxmax()))}: its worst 1 in 20 begin at "
        f"{write(lowest.min())} under {called(str(lowest.idxmin()))} and at {write(lowest.max())} under "
        f"{called(str(lowest.idxmax()))}. {said}"
    )


def better_and_worse(table: pd.DataFrame, first: str, other: str) -> str:
    """Who is better and who worse off under a design than under the first, on average and in the worst 1 in 20."""
    rows = table.xs(other, level="design").drop(index=[PROVIDERS, COMMISSIONERS])
    new = [str(name) for name, row in rows.iterrows() if row["mean change"] != row["mean change"]]
    gone = [
        str(name)
        for name in table.xs(first, level="design").index
        if name not in (*rows.index, PROVIDERS, COMMISSIONERS)
    ]
    kinds = {"mean": "on average", "worst": "in the worst 1 in 20"}
    said = [f"{when} {_sides(rows.drop(index=new), measure)}" for measure, when in kinds.items()]
    also = [f"only here: {literal(listed(new))}"] * bool(new) + [f"not here: {literal(listed(gone))}"] * bool(gone)
    return f"**{begun(called(other))}** against {called(first)}: {'; '.join([*said, *also])}."


def _sides(rows: pd.DataFrame, measure: str) -> str:
    ways = pd.Series([moved(row, measure) for _, row in rows.iterrows()], index=rows.index, dtype=object)
    parts = [
        f"{listed(names)} {'is' if len(names) == 1 and not names[0].startswith('all ') else 'are'} {way}"
        for way in ("better off", "worse off")
        if (names := _shortest(rows, ways == way))
    ]
    return " and ".join(parts) or "nobody is clearly better or worse off"


def _shortest(rows: pd.DataFrame, chosen: pd.Series) -> list[str]:
    """Names of the chosen partners: 'all providers' where these are all of several."""
    found: list[str] = []
    for role in ("provider", "commissioner"):
        mine = rows["role"] == role
        names = [literal(str(name)) for name in rows.index[mine & chosen]]
        found += [f"all {role}s"] if len(names) == mine.sum() > 1 else names
    return found


def vetoed(outlooks: Mapping[str, Outlook]) -> list[str]:
    """For each design who would veto it, in a sentence."""
    said = []
    for name, one in outlooks.items():
        against = vetoes(one)
        close = [literal(p.partner) for p in one.positions if p.verdict == "too close to call"]
        would = f"{listed(against)} would veto it" if against else "nobody would veto it"
        said.append(f"**{begun(called(name))}**: {would}{f'; {listed(close)} too close to call' if close else ''}.")
    return said

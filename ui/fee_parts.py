"""The fee in a pasted table of costs: its parts, overhead and surplus, added up; what is in pounds, as a percentage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data import scales
from data.typed import shown
from model.fields import Path
from ui import dated, known_titles
from ui.columns import COST, Column, Lines
from ui.entries import read_back
from ui.format import listed

FEE: Path = ("fee_rate",)
WHOLE, OVERHEAD, SURPLUS, UNSURE = "fee", "overhead", "surplus", "unsure"
WHOSE = ("corporate", "central", "management")
NAMES = {
    OVERHEAD: (
        *("overhead", "overheads", "overhead rate", "overhead contribution", "overheads contribution"),
        *("contribution to overhead", "contribution to overheads", "indirect cost", "indirect costs", "indirects"),
        *(f"{whose} {what}" for whose in WHOSE for what in ("overhead", "overheads")),
    ),
    SURPLUS: (
        *("profit", "surplus", "margin", "profit margin", "surplus margin", "profit rate", "profit and surplus"),
        *("planned profit", "planned surplus", "planned margin", "contribution to surplus", "contribution to reserves"),
    ),
}
"""What people head a part of the fee with."""
OF_COST = re.compile(r"\b(?:as )?(?:of|on) (?:the )?(?:direct )?costs?\b", re.I)
ABOUT = re.compile(r"\b(?:overheads?|indirects?|profits?|surplus|margin)\b", re.I)
OF_MORE = re.compile(r"\b(?:total|incl\w*|excl\w*|with|plus|price|costs?)\b", re.I)
"""What makes a heading one of something that overhead is in, or is not."""
LEAST_POUNDS = 1000.0
"""What every figure below a heading without a unit comes to, where they are taken for sums and not for percentages."""
WAY = (
    "which is a part of the fee: overhead and surplus together are the fee, so put their sum under {fee}, as a "
    "percentage of direct costs"
)
OF_TARGET = (
    "what is in pounds, as a percentage of the cost in its row. The fee is then that percentage of target cost, which "
    "may come to other pounds"
)
COSTLESS = "in pounds, but {fee} is a percentage of direct costs: put those beside it, and it is worked out"


@dataclass
class Found:
    """What headings of parts are, by their place: a column, why it is not read, or nothing where that is left out."""

    given: dict[int, Column | str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def found(titles: Sequence[str], given: Sequence[Column | str], body: Sequence[list[str]], into: Lines) -> Found:
    """The columns of the fee or its parts, where a table has any; `given`: what its headings name otherwise."""
    fee = next((one for one in into.columns if one.place == FEE), None)
    if fee is None:
        return Found()
    whole = [j for j, title in enumerate(titles) if fee in (given[j], *known_titles.candidates(title, into))]
    kinds = {j: kind for j, title in enumerate(titles) if isinstance(given[j], str) and (kind := _kind(title))}
    kinds |= dict.fromkeys(whole, WHOLE)
    pounds = {j for j in kinds if _in_pounds(titles[j], [row[j] for row in body if j < len(row)])}
    held = Found()
    shares = {kind for j, kind in kinds.items() if j not in pounds}
    for j in sorted(j for j in pounds if kinds[j] in shares):
        held.given[j] = ""
        held.left_out.append(f"Column {j + 1}, {shown(titles[j])}: in pounds, what another column has in percent.")
        del kinds[j]
    if whole := [j for j in whole if j in kinds]:
        _leave_out(titles, [j for j, kind in kinds.items() if kind != WHOLE], whole[0] + 1, held)
        kinds = {j: WHOLE for j in whole if j in pounds}
    if UNSURE in kinds.values() or (not whole and len({*kinds.values()}) < len(kinds)):
        held.given |= dict.fromkeys(kinds, WAY.format(fee=shown(fee.title)))
    elif pounds & {*kinds} and not _has_costs(titles, given):
        held.given |= dict.fromkeys(kinds, COSTLESS.format(fee=shown(fee.title)))
    elif kinds:
        _read(titles, kinds, pounds, fee, held)
    return held


def _kind(title: str) -> str:
    """Which part of the fee a heading names; nothing where it names none."""
    bare = _bare(title)
    for kind, names in NAMES.items():
        if known_titles.is_called(bare, names):
            return kind
    return UNSURE if ABOUT.search(bare) and not OF_MORE.search(bare) else ""


def _bare(title: str) -> str:
    """'overhead' for 'Overhead (% of direct costs)'."""
    return " ".join(OF_COST.sub(" ", " ".join(known_titles.plain(title).split())).split())


def _in_pounds(title: str, cells: Sequence[str]) -> bool:
    """Whether a column is of sums, as its heading or a cell says, or as no percentages are as large."""
    if sign := scales.sign(title):
        return sign == "£"
    values = [value for cell in cells if isinstance(value := read_back(cell, ""), float) and value]
    return any("£" in cell for cell in cells) or (bool(values) and min(values) >= LEAST_POUNDS)


def _has_costs(titles: Sequence[str], given: Sequence[Column | str]) -> bool:
    """Whether a table gives direct costs, in a column of their own or by year."""
    own = any(isinstance(one, Column) and one.place == COST for one in given)
    return own or any(dated.year_in(title, alone=True) for title in titles)


def _leave_out(titles: Sequence[str], parts: Sequence[int], column: int, held: Found) -> None:
    """Says of parts beside a fee that they are in it."""
    why = f"not read, as overhead and surplus are in the fee, which column {column} gives."
    held.given |= dict.fromkeys(parts, "")
    held.left_out += [f"Column {j + 1}, {shown(titles[j])}: {why}" for j in parts]


def _read(titles: Sequence[str], kinds: Mapping[int, str], pounds: set[int], fee: Column, held: Found) -> None:
    """What is read: one column alone as the fee, two parts to be added up, and sums as percentages."""
    for j, kind in kinds.items():
        title = "Fee" if kind == WHOLE else _bare(titles[j]).capitalize()
        held.given[j] = replace(fee, place=(*FEE, kind), title=title, unit="£" if j in pounds else fee.unit)
    kind, *more = kinds.values()
    named = [*kinds][:1] if kind == WHOLE else [*kinds]  # of two that give the whole fee, the second is refused
    columns = listed([f"column {j + 1}, {shown(titles[j])}," for j in named]).rstrip(",")
    columns = columns[0].upper() + columns[1:]
    if more and kind != WHOLE:
        said = [f"are added up to {fee.title}, as percentages of cost"]
    else:
        said = [f"is read as {fee.title}"]
    if not more and kind != WHOLE:
        other = SURPLUS if kind == OVERHEAD else OVERHEAD
        said.append(f"overhead and surplus together are the fee, and no column of {other} stands beside it")
    if pounds.intersection(kinds):
        said.append(OF_TARGET)
    held.told.append(f"{columns}, {said[0]}{': ' if said[1:] else ''}{'; '.join(said[1:])}.")
    if not more and not pounds.intersection(kinds):
        held.given |= dict.fromkeys(kinds, fee)

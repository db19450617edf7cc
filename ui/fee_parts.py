"""Parts of a fee in a pasted table of costs, overhead and surplus: added up to the fee that they are together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data import scales
from data.cells import is_total
from data.typed import shown
from model.fields import Path
from ui import known_titles
from ui.columns import NAME, Column, Lines
from ui.entries import read_back
from ui.entries import shown as as_text
from ui.format import listed
from ui.meanings import EMPTY, UNREADABLE, meant

FEE: Path = ("fee_rate",)
OVERHEAD, SURPLUS, UNSURE = "overhead", "surplus", "unsure"
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
MOST_PERCENT = 100.0
WAY = (
    "which is a part of the fee: overhead and surplus together are the fee, so put their sum under {fee}, as a "
    "percentage of direct costs"
)


@dataclass
class Found:
    """What headings of parts are, by their place: a column, why it is not read, or nothing where that is left out."""

    given: dict[int, Column | str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def found(titles: Sequence[str], given: Sequence[Column | str], body: Sequence[list[str]], into: Lines) -> Found:
    """The columns of parts of the fee in a table that has any; `given`: what its headings name otherwise."""
    fee = next((one for one in into.columns if one.place == FEE), None)
    parts = {j: kind for j, title in enumerate(titles) if isinstance(given[j], str) and (kind := _kind(title))}
    if fee is None or not parts:
        return Found()
    if fee in given:
        return _in_the_fee(titles, parts, given.index(fee) + 1)
    pounds = [j for j in parts if _in_pounds(titles[j], [row[j] for row in body if j < len(row)])]
    shares = {kind for j, kind in parts.items() if j not in pounds}
    held = Found()
    for j in [j for j in pounds if parts[j] in shares]:
        held.given[j] = ""
        held.left_out.append(f"Column {j + 1}, {shown(titles[j])}: in pounds, what another column has in percent.")
        del parts[j]
    if UNSURE in shares or not shares.issuperset(parts.values()) or len(shares) < len(parts):
        held.given |= dict.fromkeys(parts, WAY.format(fee=shown(fee.title)))
    else:
        _read(titles, parts, fee, held)
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
    """Whether a column is of sums, as its heading or a cell says, or as no percentage is as large."""
    if sign := scales.sign(title):
        return sign == "£"
    values = [value for cell in cells if isinstance(value := read_back(cell, ""), float)]
    return any("£" in cell for cell in cells) or any(value > MOST_PERCENT for value in values)


def _in_the_fee(titles: Sequence[str], parts: Mapping[int, str], column: int) -> Found:
    """Parts beside a fee, which has them in it."""
    why = f"not read, as overhead and surplus are in the fee, which column {column} gives."
    return Found(dict.fromkeys(parts, ""), left_out=[f"Column {j + 1}, {shown(titles[j])}: {why}" for j in parts])


def _read(titles: Sequence[str], parts: Mapping[int, str], fee: Column, held: Found) -> None:
    """Parts that are read: one alone as the fee, two to be added up."""
    columns = listed([f"column {j + 1}, {shown(titles[j])}," for j in parts]).rstrip(",")
    columns = columns[0].upper() + columns[1:]
    if len(parts) == 1:
        held.given |= dict.fromkeys(parts, fee)
        (kind,) = parts.values()
        other = SURPLUS if kind == OVERHEAD else OVERHEAD
        why = f"overhead and surplus together are the fee, and no column of {other} stands beside it"
        held.told.append(f"{columns}, is read as {fee.title}: {why}.")
    else:
        held.given |= {
            j: replace(fee, place=(*FEE, kind), title=_bare(titles[j]).capitalize()) for j, kind in parts.items()
        }
        held.told.append(f"{columns}, are added up to {fee.title}, as percentages of direct costs.")


def added_up(
    table: dict[int, list[str]], across: Sequence[Column | None], into: Lines
) -> tuple[dict[int, list[str]], list[Column | None], list[str]]:
    """Rows and columns with the fee in the place of its parts, and how each row's came about."""
    at = [j for j, one in enumerate(across) if one and one.place != FEE and one.place[:1] == FEE]
    if not at:
        return table, [*across], []
    fee = next(one for one in into.columns if one.place == FEE)
    name = next((j for j, one in enumerate(across) if one and one.place == NAME), None)
    rows, said = {}, []
    for i, row in table.items():
        cells = {one: row[j] for j in at if (one := across[j]) and j < len(row) and row[j].casefold() not in EMPTY}
        text, how = _sum(cells)
        rows[i] = [text if j == at[0] else "" if j in at else cell for j, cell in enumerate(row)]
        whose = row[name] if name is not None and name < len(row) else f"Row {i + 1}"
        said += [f"{whose}: {fee.title} {how}"] if how and not is_total(whose) else []
    return rows, [fee if j == at[0] else None if j in at else one for j, one in enumerate(across)], said


def _sum(cells: Mapping[Column, str]) -> tuple[str, str]:
    """The sum of a row's parts as a cell, and how it came about; a part that cannot be read is the cell instead."""
    values = {one: meant(cell, one) for one, cell in cells.items()}
    for one, value in values.items():
        if value is UNREADABLE:
            return cells[one], ""
    if not values:
        return "", ""
    whole = as_text(round(sum(values.values()), 8), "%")
    parts = [f"{one.title.lower()} {as_text(value, '%')}" for one, value in values.items()]
    sign = "%" if any("%" in cell for cell in cells.values()) else ""
    return f"{whole}{sign}", f"{whole}: {listed(parts)}{' added up' if len(parts) > 1 else ' alone'}"

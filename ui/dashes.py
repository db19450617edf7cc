"""What a dash in a pasted row says, nought or nothing; and a % where that is a KPI's own unit."""

from itertools import zip_longest

from ui.columns import NAME, Column
from ui.fractions import IN_ITS_UNIT
from ui.meanings import may_be_empty

DASH = ("-", "–", "—", "−", "£-", "£ -", "£–", "-%", "- %")
"""How spreadsheets write nought in accounts."""
UNITS = ("£", "%")


def without_sign(row: list[str], across: list[Column | None]) -> list[str]:
    """The cells of a KPI that is measured in %: 70% is 70, as in its field."""
    own = [j for j, one in enumerate(across) if one and one.place[0] in IN_ITS_UNIT]
    return [cell.replace("%", "", 1).strip() if j in own else cell for j, cell in enumerate(row)]


def noughts(row: list[str], across: list[Column | None]) -> dict[int, Column]:
    """The cells that say nought as accounts do, by a dash; where an entry may be nothing, a dash may mean that."""
    cells = enumerate(zip(across, row, strict=False))
    return {j: one for j, (one, cell) in cells if one and cell in DASH and one.unit in UNITS and not may_be_empty(one)}


def not_stated(row: list[str], across: list[Column | None]) -> list[str]:
    """A row whose dashes say 'not stated' where an entry may be that."""
    given = zip_longest(row, across[: len(row)])
    return [one.unstated if one and one.unstated and cell in DASH else cell for cell, one in given]


def without_dashes(row: list[str], across: list[Column | None]) -> list[str]:
    """A row's cells without a dash: what may be nothing is none by it, of anything else it gives nothing."""
    given = zip_longest(row, across[: len(row)])
    return [
        cell if cell not in DASH or (one and one.place == NAME) else "none" if one and may_be_empty(one) else ""
        for cell, one in given
    ]

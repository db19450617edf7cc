"""Sheets of lines: their headings, the rows below, and whose each row is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from data.cells import folded
from data.template.entries import Typed, shown
from data.template.file import Row, Sheet
from data.template.layout import BETWEEN, Column, Names

MOST_NAMED = 3
"""Headings that a sentence names before it says how many more there are."""

Say = Callable[[str, str], None]
"""Takes a cell and what is wrong there."""


class Filled(NamedTuple):
    """A filled row: its number, its cells, whose it is as its first columns say, and the column of each heading."""

    number: int
    row: Row
    about: Names
    heads: dict[int, Column]


def filled(rows: Sheet, first: Names, entries: Sequence[Column], say: Say) -> list[Filled]:
    """The rows below the headings; `first` are the headings of the columns that say whose a row is."""
    titles = {folded(column.title): column for column in entries}
    head = next((n for n, row in rows.items() if _is_head(row, [*first, *titles])), None)
    if head is None:
        if rows:
            say("A2", "the headings are missing; take those of the template")
        return []
    heads: dict[int, Column] = {}
    strange: list[Typed] = []
    for number, cell in rows[head].items():
        name = folded(str(cell.value))
        if number >= len(first) and name in titles and titles[name] not in heads.values():
            heads[number] = titles[name]
        elif number >= len(first) or name != folded(first[number]):
            strange.append(cell)
    gone = [column.title for column in titles.values() if column not in heads.values()]
    missing = f"; missing {'is' if len(gone) == 1 else 'are'} {listed(gone)}" if gone else ""
    for cell in strange:
        say(cell.place, f"{shown(cell.value)} is no heading of this sheet, or stands there twice{missing}")
    said = {number for number, cell in rows[head].items() if cell in strange and number >= len(first)}
    bare = {n: {i: cell for i, cell in row.items() if i not in said} for n, row in rows.items() if n > head}
    below = ((number, row) for number, row in bare.items() if row)
    return [Filled(n, row, about(row, len(first)), heads) for n, row in below]


def listed(titles: Sequence[str]) -> str:
    """A few of the titles in quotes, and how many there are beside."""
    more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    return ", ".join(f"'{title}'" for title in titles[:MOST_NAMED]) + more


def _is_head(row: Row, titles: Sequence[str]) -> bool:
    """Whether most cells of a row are titles."""
    cells = [folded(str(cell.value)) for cell in row.values()]
    known = [folded(title) for title in titles]
    return 2 * sum(cell in known for cell in cells) > len(cells)


def about(row: Row, count: int) -> Names:
    """The texts of the first cells of a row."""
    return tuple(str(row[i].value).strip() if i in row else "" for i in range(count))


def quoted(about: Names) -> str:
    """Whose a row is, in quotes."""
    return shown(BETWEEN.join(part for part in about if part))


def key_of(about: Names) -> Names:
    """Whose a row is, as names are compared."""
    return tuple(folded(text) for text in about)

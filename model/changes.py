"""What differs between two scenario documents, for readers: by kind, one change of several partners in one line."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from model.differences import Difference, entries
from model.documents import where
from model.fields import Path
from model.kinds import PARTNERS, SOURCES, Kind, kind_at, rank
from model.wording import listed


class Change(NamedTuple):
    """One line, and how many entries it tells of."""

    kind: Kind
    said: str
    entries: int
    renamed: bool = False
    """Whether it is that a line has another name."""
    each: tuple[Difference, ...] = ()
    """The entries themselves."""

    @property
    def alike(self) -> bool:
        """Whether several partners changed in the same way."""
        return len(self.each) > 1 and len({one.change for one in self.each}) == 1

    def by_partner(self) -> list[tuple[str, str]]:
        """Of entries of partners: whose each is, and what it changed: ('A', 'Appetite: open → cautious')."""
        return [(where(one.place[:2]), f"{where(one.place[2:])}{one.part}: {one.change}") for one in self.each]

    def of(self, partner: str) -> list[str]:
        """What of it is of one partner: the whole line where several changed alike, nothing where none of it is."""
        said = [text for name, text in self.by_partner() if name == partner] if self._of_partners else []
        return [self.said] if said and self.alike else said

    def besides(self, partner: str) -> "Change | None":
        """What is left of it beside that; None where nothing is."""
        if not self.of(partner):
            return self
        rest = tuple(one for one in self.each if where(one.place[:2]) != partner)
        if self.alike or not rest:
            return None
        return self._replace(said=_line(rest, {}), entries=len(rest), each=rest)

    @property
    def _of_partners(self) -> bool:
        """Whether it is of entries of partners, and not only noted on them."""
        first = self.each[0]
        return first.path[0] in PARTNERS and len(first.place) > 2 and not (first.noted or self.renamed)


def changes(before: Any, after: Any) -> list[Change]:
    """All that differs: terms first, and within a kind what is not of single partners first."""
    groups: dict[Path, list[Difference]] = {}
    for one in entries(before, after):
        groups.setdefault(_shared(one.path), []).append(one)
    found = sorted(groups.items(), key=lambda each: rank(each[0]))
    return [
        Change(kind_at(path), _line(group, after), len(group), group[0].renamed, tuple(group)) for path, group in found
    ]


def _shared(path: Path) -> Path:
    """The same for one entry of all partners; a reason and a name are each partner's own."""
    partners = len(path) > 2 and path[0] in PARTNERS and path[2] not in (SOURCES, "name")
    return (path[0], "", *path[2:]) if partners else path


def _line(group: Sequence[Difference], after: Any) -> str:
    """'Share of gain: A 33% → 5%, B 17% → 40%'; 'Fee, all six providers: 5% → 6%' where all change alike."""
    if len(group) == 1:
        return str(group[0])
    role, names = str(group[0].path[0]), [where(one.place[:2]) for one in group]
    place = where(group[0].place[2:]) + group[0].part
    if len({one.change for one in group}) > 1:
        return f"{place}: {', '.join(f'{name} {one.change}' for name, one in zip(names, group, strict=True))}"
    every = len(names) == len(after.get(role, ()))
    who = f"{'both' if len(names) == 2 else f'all {len(names)}'} {role}" if every else listed(names)
    return f"{place}, {who}: {group[0].change}"

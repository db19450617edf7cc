"""What differs between two scenario documents, in words."""

import json
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from model import by_year, stood
from model.amounts import Amount
from model.appetite import CHANCES, InPounds, InWords
from model.assumptions import spread
from model.base import OWNERS_UNIT
from model.documents import amount, where
from model.evidence import RANGE
from model.fields import Path, at, empty_of, unit_along, unit_of, value_class, walk
from model.kinds import SOURCES, Kind, kind_at, rank
from model.renames import by_name, referring, renames
from model.wording import listed, sum_of

ABSENT = object()
RENAMED = "is now called"
PARTS = {"note": "Reason or source", "owner": "Who answers for it", "date": "Looked at on"}
"""What may be noted on an entry, as it is asked for on the pages."""
OFFERED: tuple[Kind, ...] = ("terms", "targets")
AMOUNT: TypeAdapter[Amount] = TypeAdapter(Amount)


class Difference(NamedTuple):
    """An entry that differs."""

    path: Path
    place: list[Any]
    """The steps of its place, as `where` names them."""
    part: str
    """What of the place differs, where that has no place of its own; nothing else."""
    change: str
    """'6% → 6.5%'."""

    @property
    def renamed(self) -> bool:
        """Whether a line has another name."""
        return self.change.startswith(RENAMED)

    @property
    def noted(self) -> bool:
        """Whether it is only noted on another entry: a reason, who answers for it, when it was looked at."""
        return SOURCES in self.path[-3:-2]

    def __str__(self) -> str:
        between = " " if self.renamed else ": "
        return f"{where(self.place) or 'The scenario'}{self.part}{between}{self.change}"


def differences(before: Any, after: Any) -> list[str]:
    """One line for each entry that differs: 'Community charity › Fee: 6% → 6.5%'. Empty where nothing does.

    Terms of the contract and money come first, names and notes last.
    """
    return with_notes(before, after)[0]


def with_notes(before: Any, after: Any) -> tuple[list[str], list[str]]:
    """All differences, and those of them that are only noted on other entries, from which no result follows."""
    found = sorted(entries(before, after), key=lambda one: rank(one.path))
    return [str(one) for one in found], [str(one) for one in found if one.noted]


def offered(before: Any, after: Any) -> list[str]:
    """Differences in what partners are offered alone: terms of the contract, fees, targets and what is scored."""
    found = sorted(entries(before, after), key=lambda one: rank(one.path))
    return [str(one) for one in found if kind_at(one.path) in OFFERED]


def entries(before: Any, after: Any) -> list[Difference]:
    """Each entry that differs, in the order of the document; what differs in a line that was renamed is said of the
    name that it has now."""
    before = referring(before, after)
    after = _beside(before, after)
    return [_difference(path, before, after, old, new) for path, old, new in _leaves(before, after, ())]


def _beside(old: Any, new: Any) -> Any:
    """The new document with its lines where they stand in the old one, by name and also where they were renamed; None
    where one is gone."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _beside(old.get(key), value) for key, value in new.items()}
    if not (isinstance(old, list) and isinstance(new, list)):
        return new
    lines, former = by_name(new), by_name(old)
    if not (lines and former) or lines.keys() == former.keys():
        return [_beside(a, b) for a, b in zip(old, new, strict=True)] if len(old) == len(new) else new
    called = renames(old, new)
    found = [_beside(line, lines.pop(called.get(line["name"], line["name"]), None)) for line in old]
    return [*found, *lines.values()]


def _leaves(old: Any, new: Any, path: Path) -> list[tuple[Path, Any, Any]]:
    """Path, old and new of everything that differs: of a list whose lines came or went, what it is now, then what
    differs in the lines that stayed."""
    if old == new or all(value is None or value is ABSENT for value in (old, new)):
        return []
    if isinstance(old, dict) and isinstance(new, dict) and (old.get("kind") == new.get("kind") or _named(old, new)):
        silent = _about_nothing(new)
        keys: list[Any] = [key for key in dict.fromkeys([*old, *new]) if key not in silent]
        pairs = [(key, old.get(key, ABSENT), new.get(key, ABSENT)) for key in keys if key != SOURCES]
        return [leaf for key, a, b in pairs for leaf in _leaves(a, b, (*path, key))] + _notes(old, new, path)
    if years := by_year.listed(path, old, new):
        return [] if by_year.alike(*years) else [(path, old, new)]
    if costs := by_year.costs(path, old, new):
        return [] if costs[0] == costs[1] else [(path, old, new)]
    if _texts(old) and _texts(new):
        return [(path, old, new)]
    if not (isinstance(old, list) and isinstance(new, list) and (len(old) == len(new) or by_name(old))):
        return [(path, old, new)]
    stayed = [(i, a, b) for i, (a, b) in enumerate(zip(old, new, strict=False)) if b is not None or not by_name(old)]
    lines = [line for line in new if line is not None] if by_name(old) else new
    came_or_went = [] if len(old) == len(lines) == len(stayed) else [(path, old, lines)]
    return came_or_went + [leaf for i, a, b in stayed for leaf in _leaves(a, b, (*path, i))]


def _texts(value: Any) -> bool:
    """Whether it is a list of names or the like, which is told as a whole."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _about_nothing(value: dict[str, Any]) -> set[str]:
    """Chances of an appetite whose sum is empty."""
    return {chance for chance, pounds in CHANCES.items() if chance in value and value.get(pounds) is None}


def _named(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether both have a name of their own: a partner of another kind has the same entries, a term has others."""
    return "name" in old and "name" in new


def _notes(old: dict[str, Any], new: dict[str, Any], path: Path) -> list[tuple[Path, Any, Any]]:
    """What is noted on other entries, or otherwise: sources are about an entry, wherever they stand in their list."""
    before, after = _by_entry(old.get(SOURCES)), _by_entry(new.get(SOURCES))
    places = dict.fromkeys([*before, *after])
    pairs = [(place, before.get(place, ABSENT), after.get(place, ABSENT)) for place in places]
    told = {place for place in places if _told_with_entry(old, new, place[0])}
    return [((*path, SOURCES, *place), a, b) for place, a, b in pairs if a != b and place not in told]


def _told_with_entry(old: dict[str, Any], new: dict[str, Any], name: str) -> bool:
    """Whether a chance that nobody entered is told as such where it differs itself, or is about nothing."""
    differs = old.get(name) != new.get(name) or name in _about_nothing(new)
    return differs and (stood.stands(old, name) or stood.stands(new, name))


def _by_entry(sources: Any) -> dict[tuple[str, str], str]:
    """What sources say, by the entry that each is about and the part of it: note, owner, date."""
    found: dict[tuple[str, str], str] = {}
    for source in sources if isinstance(sources, list) else ():
        for part in PARTS:
            if text := source.get(part):
                place = (str(source.get("field")), part)
                found[place] = f"{found[place]} {text}" if place in found else str(text)
    return found


def _difference(path: Path, before: Any, after: Any, old: Any, new: Any) -> Difference:
    if SOURCES in path[-3:-2]:
        *owner, _, entry, part = path
        place, of = walk(after, (*owner, entry)), f" › {PARTS[str(part)]}"
        return Difference(path, place, of, f"{_shown(old, '')} → {_shown(new, '')}")
    if _was_renamed(path, before, old, new):
        return Difference(path, walk(before, path[:-1]), "", f"{RENAMED} {new}")
    steps = _as_called_now(walk(after if old is ABSENT else before, path), walk(after, path))
    if years := by_year.listed(path, old, new):
        return Difference(path, steps, "", by_year.change(path, before, after, *years))
    if costs := by_year.costs(path, old, new):
        return Difference(path, steps, "", by_year.change_of_costs(after, *costs))
    field = next((field for _, field, _ in reversed(steps) if field is not None), None)  # a list's own
    was, becomes = (
        _shown(value, unit_along(walk(document, path)), field) + _aside(_owner(document, path), path[-1])
        for document, value in ((before, old), (after, new))
    )
    return Difference(path, steps, "", f"{was} → {becomes}")


def _owner(document: Any, path: Path) -> Any:
    """What an entry stands in; None where that is not there."""
    steps = walk(document, path[:-1])
    return steps[-1][2] if steps else None


def _aside(owner: Any, name: Any) -> str:
    """That a chance was not entered, where it was not."""
    return f" ({stood.ASIDE})" if stood.stands(owner, name) else ""


def _as_called_now(steps: list[Any], now: list[Any]) -> list[Any]:
    """The steps to a place, with the names that lines have after all."""
    lines = [node if isinstance(node, dict) and node.get("name") else None for _, _, node in now]
    found = zip(steps, [*lines, *[None] * len(steps)], strict=False)
    return [(key, field, line if line and isinstance(key, int) else node) for (key, field, node), line in found]


def _was_renamed(path: Path, before: Any, old: Any, new: Any) -> bool:
    """Whether it is the name of a line, which no other line had."""
    lines = at(before, path[:-2]) if len(path) > 2 else None
    if path[-1] != "name" or not isinstance(lines, list) or not (isinstance(old, str) and isinstance(new, str)):
        return False
    return bool(old and new) and new not in [line.get("name") for line in lines]


def _shown(value: Any, unit: str, field: FieldInfo | None = None) -> str:
    if value is ABSENT or value is None:
        return empty_of(field)
    if field and field.annotation == tuple[str, ...] and _texts(value):
        return listed(value) if value else empty_of(field)
    if isinstance(value, list):
        names = [str(v.get("name", "")) for v in value if isinstance(v, dict)]
        return f"{len(value)} ({', '.join(names)})" if any(names) else str(len(value))
    if isinstance(value, dict):
        return _sum(value) or _stated(value, unit, field)
    return amount(value, unit)


def _stated(value: dict[str, Any], unit: str, field: FieldInfo | None) -> str:
    """A choice with what it states: 'pounds (Worst 1 in 20, average at most: £400,000)'."""
    kind = str(value.get("kind", "given")).replace("_", " ")
    if kind == "pool" and isinstance(value.get("views"), list):
        names = ", ".join(f"'{view.get('name')}'" for view in value["views"] if isinstance(view, dict))
        return f"{len(value['views'])} views, pooled ({names})"
    owner = value_class(field.annotation, value) if field else None
    if hasattr(owner, "ppf") and (said := _range(value, unit)):
        return said
    stated = [
        f"{info.title}: {amount(value[name], unit if unit_of(info) == OWNERS_UNIT else unit_of(info))}"
        f"{_aside(value, name)}"
        for name, info in (owner.model_fields if owner else {}).items()
        if name not in {"kind", *_about_nothing(value)} and isinstance(value.get(name), int | float | str)
    ]
    if owner is InPounds:
        return f"limits in pounds ({'; '.join(stated)})" if stated else "nothing entered"
    if owner is InWords:
        return f"'{value.get('word')}'"
    return f"{kind} ({'; '.join(stated)})" if stated else kind


def _range(value: dict[str, Any], unit: str) -> str:
    """What 9 in 10 values lie between: '9 in 10 between −9.7% and 9.7%, middle 0% (Student t)'; nothing where it is not
    valid yet."""
    try:
        return spread(RANGE.validate_json(json.dumps(value)), unit)
    except ValidationError:
        return ""


def _sum(value: dict[str, Any]) -> str:
    """A cap or a pool in full: '1% of target cost'; nothing for what is neither."""
    try:
        return "none" if value.get("kind") == "none" else sum_of(AMOUNT.validate_python(value), "the")
    except ValidationError:
        return ""

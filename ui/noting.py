"""What is noted on an entry: its reason or source, whose it is and from when."""

import copy
from collections.abc import Sequence
from typing import Any

from model.fields import Path
from ui.edits import node_at

FORMER = "Of the range before: "
LONGEST_NOTE = 1000


def noted(document: dict[str, Any], path: Path, said: str, part: str = "note") -> dict[str, Any]:
    """The document with a part of what is noted on the entry at a path: its 'note', 'owner' or 'date'; where nothing is
    left of it, without."""
    edited = copy.deepcopy(document)
    owner = node_at(edited, path[:-1])
    sources = owner.get("sources") or []
    about = [source.get("field") for source in sources]
    at = about.index(path[-1]) if path[-1] in about else len(about)
    before, after = sources[:at], [source for source in sources[at:] if source.get("field") != path[-1]]
    mine = {"note": ""} | noted_on(sources, path[-1]) | {part: said.strip() and said}
    told: dict[str, Any] = {name: text for name, text in mine.items() if text or name == "note"}
    owner["sources"] = [*before, *([{"field": path[-1]} | told] if any(told.values()) else []), *after]
    if not owner["sources"]:
        del owner["sources"]
    return edited


def noted_on(sources: Sequence[dict[str, str]], entry: Any) -> dict[str, str]:
    """What is noted on an entry, each part by its name."""
    mine = [source for source in sources if source.get("field") == entry]
    parts = dict.fromkeys(name for source in mine for name in source if name != "field")
    return {part: " ".join(str(source[part]) for source in mine if source.get(part)) for part in parts}


def noted_as_former(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """The document with what is noted on the entry at a path marked, line by line, as of the range before."""
    note = noted_on(node_at(document, path[:-1]).get("sources") or [], path[-1]).get("note", "")
    marked = "\n".join(line if line.startswith(FORMER) else FORMER + line for line in note.splitlines() if line)
    return noted(document, path, marked[:LONGEST_NOTE]) if note else document

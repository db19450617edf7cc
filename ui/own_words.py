"""What a partner typed for how sure its costs are, in its own words and unit: the fields show only what it comes to."""

from typing import Any

from data import own
from model.fields import Path
from ui import planned
from ui.entries import in_its_field, read_back
from ui.format import exact
from ui.guest import Guest
from ui.three_words import THREE

SAID = "said"
"""Under which name it is remembered, by the entry and the figure."""
CHANGED = " What stands here was changed since."


def read(session: Guest, path: Path, mine: Path, name: str, text: str) -> Any:
    """A typed figure as the document keeps it; how it was put is remembered, beside the other two as they are then."""
    value = planned.read(session, (*mine, name), text, "%")
    if not session.ended:
        told, entry = session.kept_beside(SAID), str(path[-1])
        words = _words(session.value(mine), told.get(entry, {})) | {name: [value, _put(text, value)]}
        session.keep_beside(SAID, told | {entry: words})
    return value


def sentence(session: Guest, path: Path, mine: Path) -> str:
    """'You said: 1 in 10 below £390,000, half below £420,000, 1 in 10 above £480,000.' Nothing where nothing was typed,
    or while it is to be mended."""
    told: dict[str, list[Any]] = session.kept_beside(SAID).get(str(path[-1]), {})
    node = session.value(mine) or {}
    kept = [name for name in told if told[name][0] == node.get(name)]
    waits = node != own.view_of(session.stands(path), session.partner)
    if not told or (waits and not kept) or not all(isinstance(node.get(name), float | int) for name in THREE):
        return ""
    words = _words(node, told) if waits else told
    low, middle, high = (words[name][1] for name in ("p10", "p50", "p90"))
    changed = CHANGED if not waits and len(kept) < len(THREE) else ""
    return f"You said: 1 in 10 below {low}, half below {middle}, 1 in 10 above {high}.{changed}"


def _words(node: Any, told: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Each figure and how it was put; in percent where that was not typed."""
    now = {name: node.get(name) for name in THREE}
    return {
        name: told[name] if name in told and told[name][0] == value else [value, _percent(value)]
        for name, value in now.items()
    }


def _put(text: str, value: Any) -> str:
    """'£390,000' where a text was read as pounds of the plan, else '−2.5%'."""
    pounds = read_back(text, "£")
    return exact(pounds) if isinstance(pounds, float) and value != read_back(text, "%") else _percent(value)


def _percent(value: Any) -> str:
    return f"{in_its_field(value, '%').replace('-', '−')}%"

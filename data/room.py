"""Other screens on a draft: links to follow it, and what partners enter for themselves, apart until it is revealed."""

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from typing import Any, NamedTuple

from data.drafts import new_id, opened

LINK_DAYS = 30
"""So long a link leads somewhere; whoever shares again after that makes new ones."""
EVERYBODY = ""
"""Instead of a partner: whoever follows and enters nothing."""


class Link(NamedTuple):
    """Where a link leads: a draft, and the partner who may enter its own figures; none for one who only follows, or who
    takes a copy."""

    draft: str
    partner: str
    copies: bool = False


def links(draft: str) -> dict[str, str]:
    """The ids of a draft's links to follow it, by partner. None while nothing is shared."""
    return dict(_asked("SELECT partner, id FROM links WHERE draft = ? AND made > ? AND NOT copies", draft, _oldest()))


def link_to_copy(draft: str) -> str | None:
    """The id of the link by which others take a copy of a draft, if there is one."""
    rows = _asked("SELECT id FROM links WHERE draft = ? AND made > ? AND copies", draft, _oldest())
    return str(rows[0][0]) if rows else None


def share_copies(draft: str) -> None:
    """Makes a link by which others take a copy of a draft, as it is then. Nobody can guess it."""
    if link_to_copy(draft) is None:
        made = "INSERT INTO links (id, draft, partner, made, copies) VALUES (?, ?, '', ?, 1)"
        _done(made, new_id(), draft, time.time())


def share(draft: str, partners: list[str]) -> None:
    """Makes a link for each of the partners that has none, and one for everybody. Nobody can guess them."""
    there = links(draft)
    for partner in [EVERYBODY, *partners]:
        if partner not in there:
            made = "INSERT INTO links (id, draft, partner, made) VALUES (?, ?, ?, ?)"
            _done(made, new_id(), draft, partner, time.time())


def end_copies(draft: str) -> None:
    """Ends the link to copies; those that were taken stay."""
    _done("DELETE FROM links WHERE draft = ? AND copies", draft)


def end(draft: str) -> None:
    """Ends all links of a draft and forgets what was entered through them."""
    _done("DELETE FROM links WHERE draft = ?", draft)
    forget(draft)


def found(link: str) -> Link | None:
    """Where a link leads; None where it has ended or never was."""
    rows = _asked("SELECT draft, partner, copies FROM links WHERE id = ? AND made > ?", link, _oldest())
    return Link(rows[0][0], rows[0][1], bool(rows[0][2])) if rows else None


def put(draft: str, alliance: str, partner: str, entries: dict[str, Any]) -> bool:
    """Keeps what a partner has entered for itself in one of a draft's alliances; False where this machine cannot
    write."""
    made = "INSERT OR REPLACE INTO own (draft, alliance, partner, text) VALUES (?, ?, ?, ?)"
    return _done(made, draft, alliance, partner, json.dumps(entries))


def entered(draft: str, alliance: str) -> dict[str, dict[str, Any]]:
    """What partners have entered for themselves in one of a draft's alliances and is not revealed yet."""
    found = "SELECT partner, text FROM own WHERE draft = ? AND alliance = ?"
    return {partner: json.loads(text) for partner, text in _asked(found, draft, alliance)}


def elsewhere(draft: str, alliance: str) -> dict[str, list[str]]:
    """Who has entered something in the others of a draft's alliances, by alliance."""
    found: dict[str, list[str]] = {}
    kept = "SELECT alliance, partner FROM own WHERE draft = ? AND alliance != ? ORDER BY alliance, partner"
    for other, partner in _asked(kept, draft, alliance):
        found.setdefault(other, []).append(partner)
    return found


def remember(draft: str, alliance: str, partner: str, what: dict[str, Any]) -> None:
    """Keeps what a partner's own screen says of itself beside what was entered, such as in which words; what is
    revealed or withdrawn leaves it there."""
    made = "INSERT OR REPLACE INTO remembered (draft, alliance, partner, text) VALUES (?, ?, ?, ?)"
    _done(made, draft, alliance, partner, json.dumps(remembered(draft, alliance, partner) | what))


def remembered(draft: str, alliance: str, partner: str) -> dict[str, Any]:
    """What was kept for a partner's own screen; only that one may show it."""
    kept = "SELECT text FROM remembered WHERE draft = ? AND alliance = ? AND partner = ?"
    rows = _asked(kept, draft, alliance, partner)
    return dict(json.loads(rows[0][0])) if rows else {}


def note_revealed(draft: str, alliance: str, partner: str, what: list[Any]) -> None:
    """Keeps what a partner revealed last, for when that is taken back."""
    made = "INSERT OR REPLACE INTO revealed (draft, alliance, partner, text) VALUES (?, ?, ?, ?)"
    _done(made, draft, alliance, partner, json.dumps(what))


def revealed(draft: str, alliance: str) -> dict[str, list[Any]]:
    """What each partner of one of a draft's alliances revealed last."""
    found = "SELECT partner, text FROM revealed WHERE draft = ? AND alliance = ?"
    return {partner: json.loads(text) for partner, text in _asked(found, draft, alliance)}


def forget(draft: str) -> None:
    """Takes away what was entered, and what was kept beside it."""
    for table in ("own", "remembered", "revealed"):
        _done(f"DELETE FROM {table} WHERE draft = ?", draft)


def withdraw(draft: str, alliance: str, partner: str) -> None:
    """Takes away what one partner had entered in one of a draft's alliances."""
    _done("DELETE FROM own WHERE draft = ? AND alliance = ? AND partner = ?", draft, alliance, partner)


def rename(draft: str, alliance: str, called: Mapping[str, str]) -> None:
    """Makes the links, and what was entered in one of a draft's alliances, those of the names that partners have now,
    by those they had.

    What is left of a partner that is gone and had the new name goes: its link must not lead to another's figures.
    """
    linked = "EXISTS (SELECT 1 FROM links WHERE draft = ?1 AND partner = ?2)"
    gone = f"DELETE FROM {{0}} WHERE draft = ?1 AND partner = ?3 AND {linked}"
    moved = "UPDATE {0} SET partner = ?3 WHERE draft = ?1 AND partner = ?2"
    there = " AND alliance = ?4"
    tables = {"own": there, "remembered": there, "revealed": there, "links": " AND ?4 = ?4"}
    with suppress(OSError, sqlite3.Error), closing(opened()) as store, store:
        for old, new in called.items():
            for table, there in tables.items():
                for command in (gone, moved):
                    store.execute(command.format(table) + there, (draft, old, new, alliance))


def _oldest() -> float:
    """When the oldest link that still leads somewhere was made."""
    return time.time() - LINK_DAYS * 86_400


def _asked(query: str, *values: str | float) -> list[Any]:
    try:
        with closing(opened()) as store:
            return store.execute(query, values).fetchall()
    except (OSError, sqlite3.Error):
        return []


def _done(command: str, *values: str | float) -> bool:
    try:
        with closing(opened()) as store, store:
            store.execute(command, values)
    except (OSError, sqlite3.Error):
        return False
    return True

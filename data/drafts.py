"""The draft of each browser, kept so that a reload or a restart loses nothing."""

import os
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(os.environ.get("ALLIANCE_DATA", Path(__file__).parent.parent / "var"))
KEPT_DAYS = 90
FIND = "SELECT text, revision FROM drafts WHERE id = ?"
SAVE_NEXT = """INSERT INTO drafts (id, text, saved, revision) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET text = excluded.text, saved = excluded.saved, revision = excluded.revision
WHERE revision = ?"""
DONE = """CASE WHEN json_valid(text) THEN json_array_length(text, '$.done') OR json_array_length(text, '$.undone')
OR json_extract(text, '$.designs') != '{}' OR json_extract(text, '$.sheets') != '{}' END"""
"""That something was edited, kept or entered in a draft. An index has those drafts: to read all of them takes long."""


def new_id() -> str:
    """An id that cannot be guessed: whoever has it can open the draft."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Kept:
    """The text of a draft, and how often it has been saved."""

    text: str
    revision: int


def save_next(draft: str, text: str, revision: int) -> Kept | None:
    """Keeps a text made from the one of a revision. Says what is kept then: this text, or what another tab has saved
    since, which stays. None where this machine cannot write."""
    try:
        with closing(opened()) as store, store:
            store.execute(SAVE_NEXT, (draft, text, time.time(), revision + 1, revision))
            row = store.execute(FIND, (draft,)).fetchone()
    except (OSError, sqlite3.Error):
        return None
    return Kept(str(row[0]), int(row[1]))


def save(draft: str, text: str) -> bool:
    """Keeps the text of a draft, whatever was there; False where this machine cannot write."""
    found = find(draft)
    kept = save_next(draft, text, found.revision if found else 0)
    return kept is not None and kept.text == text


def find(draft: str) -> Kept | None:
    """The draft as it is kept now, or None where there is none."""
    try:
        with closing(opened()) as store:
            row = store.execute(FIND, (draft,)).fetchone()
    except (OSError, sqlite3.Error):
        return None
    return Kept(str(row[0]), int(row[1])) if row else None


def revision(draft: str) -> int:
    """How often a draft has been saved; 0 where there is none."""
    try:
        with closing(opened()) as store:
            row = store.execute("SELECT revision FROM drafts WHERE id = ?", (draft,)).fetchone()
    except (OSError, sqlite3.Error):
        return 0
    return int(row[0]) if row else 0


def yours(draft: str, account: str) -> bool:
    """Whether a draft is open to an account ('' without sign-in). One that is nobody's yet becomes the account's."""
    try:
        with closing(opened()) as store, store:
            store.execute("UPDATE drafts SET owner = ? WHERE id = ? AND owner = ''", (account, draft))
            row = store.execute("SELECT owner FROM drafts WHERE id = ?", (draft,)).fetchone()
    except (OSError, sqlite3.Error):
        return not account
    return row is None or str(row[0]) == account


def last_of(account: str) -> str | None:
    """The draft of an account that was saved last; None for whoever has no account."""
    found = "SELECT id FROM drafts WHERE owner = ? AND owner != '' ORDER BY saved DESC LIMIT 1"
    try:
        with closing(opened()) as store:
            row = store.execute(found, (account,)).fetchone()
    except (OSError, sqlite3.Error):
        return None
    return str(row[0]) if row else None


def load(draft: str) -> str | None:
    """The text of a draft, or None where there is none."""
    found = find(draft)
    return found.text if found else None


def opened() -> sqlite3.Connection:
    """The store of this machine. Raises OSError or sqlite3.Error."""
    file = _prepared(FOLDER)
    store = sqlite3.connect(file, timeout=5)
    store.execute("PRAGMA synchronous = NORMAL")
    return store


def private(folder: Path) -> None:
    """Makes a folder that only its user can look into; one that is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@cache
def _prepared(folder: Path) -> Path:
    """The store's file, with its table, and without drafts that nobody has touched for long."""
    private(folder)
    with closing(sqlite3.connect(folder / "drafts.sqlite", timeout=5)) as store, store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute(
            "CREATE TABLE IF NOT EXISTS drafts (id TEXT PRIMARY KEY, text TEXT NOT NULL, saved REAL NOT NULL)"
        )
        if "revision" not in [column[1] for column in store.execute("PRAGMA table_info(drafts)")]:
            store.execute("ALTER TABLE drafts ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
        if "owner" not in [column[1] for column in store.execute("PRAGMA table_info(drafts)")]:
            store.execute("ALTER TABLE drafts ADD COLUMN owner TEXT NOT NULL DEFAULT ''")
        store.execute("DELETE FROM drafts WHERE saved < ?", (time.time() - KEPT_DAYS * 86_400,))
        store.execute(f"CREATE INDEX IF NOT EXISTS done ON drafts (owner, saved DESC) WHERE {DONE}")
        store.execute(
            "CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, draft TEXT NOT NULL, partner TEXT NOT NULL)"
        )
        if "made" not in [column[1] for column in store.execute("PRAGMA table_info(links)")]:
            store.execute("ALTER TABLE links ADD COLUMN made REAL NOT NULL DEFAULT 0")
            store.execute("UPDATE links SET made = ?", (time.time(),))
        if "copies" not in [column[1] for column in store.execute("PRAGMA table_info(links)")]:
            store.execute("ALTER TABLE links ADD COLUMN copies INTEGER NOT NULL DEFAULT 0")
        _own(store)
        for table in ("remembered", "revealed"):
            store.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (draft TEXT, alliance TEXT, partner TEXT, text TEXT NOT NULL, "
                "PRIMARY KEY (draft, alliance, partner))"
            )
        for table in ("links", "own", "remembered", "revealed"):
            store.execute(f"DELETE FROM {table} WHERE draft NOT IN (SELECT id FROM drafts)")
    return folder / "drafts.sqlite"


def _own(store: sqlite3.Connection) -> None:
    """The table of what partners entered for themselves; what an earlier release kept is of the draft's first
    alliance."""
    columns = [column[1] for column in store.execute("PRAGMA table_info(own)")]
    earlier = columns and "alliance" not in columns
    if earlier:
        store.execute("ALTER TABLE own RENAME TO own_before")
    store.execute(
        "CREATE TABLE IF NOT EXISTS own (draft TEXT, alliance TEXT NOT NULL DEFAULT '0', partner TEXT, "
        "text TEXT NOT NULL, PRIMARY KEY (draft, alliance, partner))"
    )
    if earlier:
        store.execute("INSERT INTO own (draft, partner, text) SELECT draft, partner, text FROM own_before")
        store.execute("DROP TABLE own_before")

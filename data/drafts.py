"""The draft of each browser, kept so that a reload or a restart loses nothing."""

import os
import secrets
import sqlite3
import time
from contextlib import closing
from functools import cache
from pathlib import Path

FOLDER = Path(os.environ.get("ALLIANCE_DATA", Path(__file__).parent.parent / "var"))
KEPT_DAYS = 90


def new_id() -> str:
    """An id that cannot be guessed: whoever has it can open the draft."""
    return secrets.token_urlsafe(12)


def save(draft: str, text: str) -> bool:
    """Keeps the text of a draft; False where this machine cannot write."""
    try:
        with closing(_open()) as store, store:
            store.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", (draft, text, time.time()))
    except (OSError, sqlite3.Error):
        return False
    return True


def load(draft: str) -> str | None:
    """The text of a draft, or None where there is none."""
    try:
        with closing(_open()) as store:
            row = store.execute("SELECT text FROM drafts WHERE id = ?", (draft,)).fetchone()
    except (OSError, sqlite3.Error):
        return None
    return str(row[0]) if row else None


def _open() -> sqlite3.Connection:
    file = _prepared(FOLDER)
    store = sqlite3.connect(file, timeout=5)
    store.execute("PRAGMA synchronous = NORMAL")
    return store


@cache
def _prepared(folder: Path) -> Path:
    """The store's file, with its table, and without drafts that nobody has touched for long."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "drafts.sqlite", timeout=5)) as store, store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute(
            "CREATE TABLE IF NOT EXISTS drafts (id TEXT PRIMARY KEY, text TEXT NOT NULL, saved REAL NOT NULL)"
        )
        store.execute("DELETE FROM drafts WHERE saved < ?", (time.time() - KEPT_DAYS * 86_400,))
    return folder / "drafts.sqlite"

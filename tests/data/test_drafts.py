"""A draft survives, is whole, and never stops the app."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from data import drafts


def test_a_saved_draft_is_found_again() -> None:
    draft = drafts.new_id()
    assert drafts.save(draft, '{"a": 1}')
    assert drafts.load(draft) == '{"a": 1}'


def test_the_last_save_counts() -> None:
    draft = drafts.new_id()
    drafts.save(draft, "first")
    drafts.save(draft, "second")
    assert drafts.load(draft) == "second"


def test_an_unknown_draft_is_nothing() -> None:
    assert drafts.load("no-such-draft") is None


def test_ids_cannot_be_guessed() -> None:
    ids = {drafts.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert min(len(i) for i in ids) >= 16


def test_a_machine_that_cannot_write_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(drafts, "FOLDER", blocked)
    assert drafts.save("x", "y") is False
    assert drafts.load("x") is None


def test_a_save_counts_up_from_the_one_that_it_was_made_from() -> None:
    draft = drafts.new_id()
    assert drafts.save_next(draft, "first", 0) == drafts.Kept("first", 1)
    assert drafts.save_next(draft, "second", 1) == drafts.Kept("second", 2)
    assert drafts.revision(draft) == 2


def test_a_save_made_from_an_older_text_says_what_is_kept_and_leaves_it() -> None:
    draft = drafts.new_id()
    drafts.save_next(draft, "first", 0)
    drafts.save_next(draft, "theirs", 1)
    assert drafts.save_next(draft, "mine", 1) == drafts.Kept("theirs", 2)
    assert drafts.load(draft) == "theirs"


def test_of_many_saves_at_once_made_from_the_same_text_one_is_kept() -> None:
    draft = drafts.new_id()
    drafts.save_next(draft, "first", 0)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: drafts.save_next(draft, f"edit {i}", 1), range(16)))
    assert {kept.text for kept in found if kept} == {drafts.load(draft)}
    assert drafts.revision(draft) == 2


def test_drafts_of_before_revisions_were_counted_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "drafts.sqlite")) as store, store:
        store.execute("CREATE TABLE drafts (id TEXT PRIMARY KEY, text TEXT NOT NULL, saved REAL NOT NULL)")
        store.execute("INSERT INTO drafts VALUES ('old', 'typed before', ?)", (time.time(),))
    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    assert drafts.find("old") == drafts.Kept("typed before", 0)
    assert drafts.save_next("old", "typed now", 0) == drafts.Kept("typed now", 1)

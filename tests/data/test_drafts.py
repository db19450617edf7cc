"""A draft survives, is whole, and never stops the app."""

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

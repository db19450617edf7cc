"""Links to a draft: they lead there until they are ended or too old."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data import drafts, room


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    return tmp_path


def shared() -> tuple[str, dict[str, str]]:
    draft = drafts.new_id()
    assert drafts.save(draft, "{}")
    room.share(draft, ["Charity"])
    return draft, room.links(draft)


def older(days: float) -> None:
    """Makes every link older."""
    with closing(drafts.opened()) as store, store:
        store.execute("UPDATE links SET made = made - ?", (days * 86_400,))


def test_a_link_leads_to_its_draft_until_sharing_ends() -> None:
    draft, links = shared()
    assert set(links) == {room.EVERYBODY, "Charity"}
    assert room.found(links["Charity"]) == room.Link(draft, "Charity")
    room.end(draft)
    assert room.found(links["Charity"]) is None


def test_a_link_ends_by_itself_and_whoever_shares_again_makes_new_ones() -> None:
    draft, links = shared()
    older(room.LINK_DAYS - 1)
    assert room.found(links["Charity"]) is not None
    older(1.1)
    assert room.found(links["Charity"]) is None
    assert room.links(draft) == {}
    room.share(draft, ["Charity"])
    again = room.links(draft)
    assert set(again) == set(links)
    assert not set(again.values()) & set(links.values())


def test_links_of_an_earlier_release_lead_on(folder: Path) -> None:
    draft, links = shared()
    with closing(sqlite3.connect(folder / "drafts.sqlite")) as store, store:
        store.execute("ALTER TABLE links DROP COLUMN made")
    drafts._prepared.cache_clear()
    assert room.found(links["Charity"]) == room.Link(draft, "Charity")


def test_what_is_entered_in_one_alliance_of_a_draft_is_nothing_of_another() -> None:
    draft, _ = shared()
    assert room.put(draft, "0", "Charity", {"appetite": 1})
    assert room.put(draft, "1", "Charity", {"appetite": 2})
    assert room.entered(draft, "0") == {"Charity": {"appetite": 1}}
    assert room.elsewhere(draft, "0") == {"1": ["Charity"]}
    room.rename(draft, "1", {"Charity": "Trust"})
    assert room.elsewhere(draft, "0") == {"1": ["Trust"]}
    assert room.entered(draft, "0") == {"Charity": {"appetite": 1}}
    room.withdraw(draft, "0", "Charity")
    assert room.entered(draft, "0") == {}
    room.end(draft)
    assert room.elsewhere(draft, "0") == {}


def test_what_waits_from_an_earlier_release_is_of_the_first_alliance(folder: Path) -> None:
    draft, _ = shared()
    with closing(sqlite3.connect(folder / "drafts.sqlite")) as store, store:
        store.execute("DROP TABLE own")
        store.execute("CREATE TABLE own (draft TEXT, partner TEXT, text TEXT NOT NULL, PRIMARY KEY (draft, partner))")
        store.execute("INSERT INTO own VALUES (?, 'Charity', '{}')", (draft,))
    drafts._prepared.cache_clear()
    assert room.entered(draft, "0") == {"Charity": {}}

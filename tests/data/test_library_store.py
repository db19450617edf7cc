"""A library survives being killed at any moment, opens whatever its age, and says so when it cannot be reached."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from data import drafts, library, positions, presets, shelves, store
from data.records import Alliance, Design, Version
from data.within import as_version
from model.documents import to_json
from model.version import VERSION
from tests.model.build import scenario
from tests.people import ADA, BO

FIRST = presets.preset(presets.FIRST)
TURNS = (scenario(story="Once upon a time. " * 150), scenario(years=3, story="And so on. " * 200))
CONFIG = Config()
CONFIG.set_main_option("script_location", str(store.MIGRATIONS))
REVISIONS = [step.revision for step in reversed(list(ScriptDirectory.from_config(CONFIG).walk_revisions()))]
KILLS = {"SQLite": 250, "PostgreSQL": 60}


def saving_for_ever(newest: Version, told: int) -> None:
    """What a process does until it is killed; it tells when it has saved once."""
    while True:
        found = library.save(newest.design, TURNS[newest.number % 2], newest.id, ADA, f"After {newest.number}")
        assert isinstance(found, Version)
        newest = found
        os.write(told, b".")


def killed_while_saving(newest: Version, after: float) -> None:
    """Starts a process that saves, and kills it so many seconds after its first save, whatever it does then."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            saving_for_ever(newest, told)
        finally:
            os._exit(1)
    os.read(heard, 1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(heard)
    os.close(told)
    assert os.WIFSIGNALED(status), "the process that saves ended by itself"


def test_every_version_is_whole_however_often_the_program_is_killed_while_it_saves(library_place: str) -> None:
    newest = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    chance = random.Random(1)
    for _ in range(KILLS[library_place]):
        killed_while_saving(newest, chance.uniform(0.0, 0.02))
        with store.reading() as there:
            newer = shelves.versions.select().where(shelves.versions.c.number >= newest.number)
            found = [as_version(row) for row in there.execute(newer.order_by(shelves.versions.c.number))]
        assert [one.number for one in found] == list(range(newest.number, newest.number + len(found)))
        assert all(one.whole for one in found)
        newest = found[-1]
    every = library.versions(newest.design, ADA)[::-1]
    assert len(every) > KILLS[library_place]
    assert [one.number for one in every] == list(range(1, len(every) + 1))
    assert [one.parent for one in every] == [None, *(one.id for one in every[:-1])]
    assert all(one.whole for one in every)


def test_a_file_is_written_so_that_a_power_cut_loses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    with store.reading() as there:
        settings = [there.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]
        assert there.execute(text("PRAGMA foreign_keys")).scalar() == 1
    assert (tmp_path / "library.sqlite").exists()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_library_of_any_age_opens_and_goes_on(library_place: str, revision: str) -> None:
    engine = store.made(store.address())
    store.upgrade(engine, revision)
    told = {"id": "v", "design": "d", "number": 1, "document": to_json(FIRST), "inputs": FIRST.id, "who": "Ada"}
    told |= {"why": "Long ago", "saved_at": "2026-01-01T00:00:00.000000Z", "model_version": VERSION}
    old = Version.model_validate(told).digested()
    there = {
        "alliances": Alliance(id="a", name="Lambeth"),
        "designs": Design(id="d", alliance="a", name="Draft"),
        "versions": old,
    }
    tables = MetaData()
    with engine.begin() as raw:
        tables.reflect(raw)
        for name, record in there.items():
            table, entries = tables.tables[name], record.model_dump()
            raw.execute(table.insert(), {column.name: entries[column.name] for column in table.c})
    assert library.versions("d", ADA) == [old]
    assert library.scenario(old) == FIRST
    assert isinstance(library.save("d", FIRST, "v", BO, "It goes on"), Version)
    positions.take("v", "Council", "accept", "", BO)


def test_a_step_that_fails_leaves_nothing_behind(library_place: str) -> None:
    engine = store.made(store.address())
    with engine.begin() as raw:
        raw.execute(text("CREATE TABLE positions (id TEXT)"))
    with pytest.raises(store.Unreachable):
        library.alliances(ADA)
    with engine.begin() as raw:
        assert inspect(raw).get_table_names() == ["positions"]
        raw.execute(text("DROP TABLE positions"))
    assert library.alliances(ADA) == []


def test_many_programs_open_a_new_library_at_once(library_place: str) -> None:
    children = []
    for _ in range(6):
        children.append(os.fork())
        if children[-1] == 0:
            try:
                os._exit(len(library.alliances(ADA)))
            finally:
                os._exit(1)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6


def test_the_steps_lead_to_the_tables_that_the_program_uses(library_place: str) -> None:
    library.alliances(ADA)
    with store.reading() as there:
        assert compare_metadata(MigrationContext.configure(there), shelves.metadata) == []


def test_a_library_of_a_newer_program_is_left_alone(library_place: str) -> None:
    engine = store.made(store.address())
    store.upgrade(engine)
    with engine.execution_options(writing=True).begin() as raw:
        raw.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(store.Unreachable, match="written by a newer version of this program"):
        library.alliances(ADA)


def test_a_folder_that_cannot_be_written_is_named_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(drafts, "FOLDER", blocked)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(store.Unreachable, match=r"library\.sqlite cannot be opened or written"):
        library.alliances(ADA)
    blocked.unlink()
    blocked.mkdir()
    (blocked / "library.sqlite").write_bytes(b"this is no database, but it is long enough to be taken for one" * 40)
    with pytest.raises(store.Unreachable, match=r"library\.sqlite cannot be opened or written"):
        library.alliances(ADA)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("not an address", "DATABASE_URL is not an address"),
        ("postgresql://somewhere:port/library", "DATABASE_URL is not an address"),
        ("mysql://someone@somewhere/library", "DATABASE_URL names 'mysql'"),
        ("postgres://someone:secret@127.0.0.1:1/library", "database 'library' on 127.0.0.1, which DATABASE_URL names"),
    ],
)
def test_a_database_that_is_not_there_is_said_in_a_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, named: str, sentence: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", named)
    with pytest.raises(store.Unreachable, match=sentence) as found:
        library.alliances(ADA)
    assert "secret" not in str(found.value)

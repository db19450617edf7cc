"""What the database itself refuses and waits for: commands given past the program, and many who write at once."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import drafts, library, members, positions, presets, shelves, store
from data.people import Person
from data.records import Version
from tests.people import ADA

FIRST = presets.preset(presets.FIRST)
FACILITATOR = Person("Fay", "fay@council.example")
REFUSED = "nothing in the library is ever overwritten or deleted"


def filled() -> Version:
    """A library with a line in every table, two in most."""
    for name in ("Lambeth", "Southwark"):
        version = library.begin(name, "Draft", FIRST, FACILITATOR, "To begin with")
        library.begin(name, "Other", FIRST, FACILITATOR, "To try")
        for partner in positions.partners(version):
            positions.take(version.id, partner, "accept", "", FACILITATOR)
        positions.put_seal(version.id, FACILITATOR)
    library.archive(library.design(version.design, FACILITATOR), FACILITATOR)
    assert members.members(library.alliances(FACILITATOR)[0].id, FACILITATOR)
    return version


def everything() -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as there:
        return {
            name: sorted(map(tuple, there.execute(table.select())), key=str)
            for name, table in shelves.metadata.tables.items()
        }


def replacing() -> Iterator[str]:
    """Commands of SQLite that put another line in the place of one, by each of the ways it knows."""
    for name, table in shelves.metadata.tables.items():
        columns = [column.name for column in table.columns]
        others = ["id || 'x'" if column == "id" else column for column in columns]
        whose = f"FROM {name} LIMIT 1"
        yield f"INSERT OR REPLACE INTO {name} SELECT {', '.join(columns)} {whose}"
        if name != "acts":  # a second act is one more, and takes nothing away
            yield f"INSERT OR REPLACE INTO {name} SELECT {', '.join(others)} {whose}"
        loose = ["id || 'x'" if c == "id" else "number + 99" if c == "number" else c for c in columns]
        yield f"INSERT OR REPLACE INTO {name} (rowid, {', '.join(columns)}) SELECT rowid, {', '.join(loose)} {whose}"
    yield "UPDATE OR REPLACE alliances SET name = 'Lambeth' WHERE name = 'Southwark'"
    yield "UPDATE OR REPLACE designs SET name = 'Draft' WHERE name = 'Other'"
    yield "UPDATE OR REPLACE designs SET rowid = rowid + 1"


def test_no_command_of_sqlite_puts_a_line_in_the_place_of_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With its settings as its own command line has them."""
    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    filled()
    before = everything()
    for command in replacing():
        with closing(sqlite3.connect(tmp_path / "library.sqlite")) as raw, pytest.raises(sqlite3.IntegrityError) as why:
            raw.execute(command)
            raw.commit()
        assert REFUSED in str(why.value), command
    assert everything() == before


@pytest.mark.parametrize("command", ["alliances SET id = 'x'", "designs SET id = 'x'", "designs SET alliance = 'x'"])
def test_nothing_moves_to_another_alliance(library_place: str, command: str) -> None:
    filled()
    before = everything()
    with pytest.raises(DBAPIError, match=REFUSED), store.made(store.address()).begin() as raw:
        raw.execute(text(f"UPDATE {command}"))
    assert everything() == before


def test_many_who_write_at_once_wait_for_each_other(library_place: str) -> None:
    begun = [library.begin(f"Alliance {i}", "Draft", FIRST, ADA, "To begin with") for i in range(6)]
    alliances = library.alliances(ADA)

    def act(i: int) -> None:
        version, kind = begun[i % 6], i % 3
        if kind == 0:
            library.rename(alliances[i % 6], f"Renamed {i}", ADA)
        elif kind == 1:
            library.begin(f"New {i}", "Draft", FIRST, ADA, "To begin with")
        else:
            newest = library.versions(version.design, ADA)[0]
            library.archive(library.design(version.design, ADA), ADA)
            library.save(version.design, FIRST, newest.id, ADA, "Once more")

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(act, range(90)))
    assert len(library.alliances(ADA)) == 6 + 30


def test_an_address_whose_password_runs_into_it_is_refused_without_showing_any_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for named in ("postgresql://app:p@ss/w0rd@host/library", "postgresql://app:w0rd@more@host/library@x"):
        monkeypatch.setenv("DATABASE_URL", named)
        with pytest.raises(store.Unreachable) as why:
            library.alliances(ADA)
        assert "%40" in str(why.value)
        assert not any(part in str(why.value) for part in ("p@", "w0rd", "more", "host"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:p%40ss%2Fw0rd@host/library")
    assert store.address().password == "p@ss/w0rd"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_nobody_else_on_the_machine_can_look_into_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(drafts, "FOLDER", tmp_path / "new")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    library.begin("Lambeth", "Draft", FIRST, ADA, "To begin with")
    drafts.save("draft", "{}")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700

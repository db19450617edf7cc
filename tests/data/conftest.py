"""Every test that asks for `library_place` runs twice: with the library in a file, and in a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import drafts
from tests.data.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    try:
        server = Postgres()
    except RuntimeError as reason:
        pytest.fail(str(reason), pytrace=False)
    yield server
    server.stop()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def library_place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """An empty library, and what it is in."""
    monkeypatch.setattr(drafts, "FOLDER", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "PostgreSQL":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgres").database())
    return str(request.param)

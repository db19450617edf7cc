"""Where the library lives: a file of this machine, or the PostgreSQL that DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.pool import NullPool

from data import drafts
from model.documents import Refused

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 5
"""Seconds to wait for a database, or for another who is just writing."""

UPGRADING, WRITING = 20_261_122, 20_261_129
"""The locks under which one program at a time brings a PostgreSQL up to date, and one writes: two that wait for each
other's lines would end each other."""

NEWER = "The library was written by a newer version of this program; start that one, or restore an older copy."
JUST_CHANGED = "somebody has just given that name, or changed the same thing; look again and try once more"
_one_at_a_time = Lock()


class Unreachable(Exception):
    """The library cannot be read or written just now; the text says why, in one sentence."""


def address() -> URL:
    """Where the library is. Raises Unreachable where DATABASE_URL names no PostgreSQL."""
    named = os.environ.get("DATABASE_URL", "").strip()
    if not named:
        return URL.create("sqlite", database=str(drafts.FOLDER / "library.sqlite"))
    try:
        url = make_url(named)
    except (ArgumentError, ValueError):
        raise Unreachable(
            "DATABASE_URL is not an address; it must be like postgresql://user@host/database, or not be set."
        ) from None
    if url.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise Unreachable(
            f"DATABASE_URL names '{url.drivername}'; the library can be in a PostgreSQL or, without it, in a file."
        )
    if "@" in f"{url.host}{url.database}":
        raise Unreachable(
            "DATABASE_URL has a password that cannot be told from the address: write its '@' as %40 and its '/' as %2F."
        )
    return url.set(drivername="postgresql+psycopg")


@contextmanager
def reading() -> Iterator[Connection]:
    """A look at the library, the same for all that is asked. Raises Unreachable."""
    with _explained(), _engine().execution_options(isolation_level="SERIALIZABLE").begin() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Connection]:
    """A change of the library: all of it is kept, or nothing. Raises Unreachable; Refused where another was first."""
    with _explained(), _engine().execution_options(writing=True).begin() as connection:
        _alone(connection, WRITING)
        yield connection


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except CommandError:
        raise Unreachable(NEWER) from None
    except IntegrityError:
        raise Refused.because(JUST_CHANGED) from None
    except (DBAPIError, OSError) as error:
        raise Unreachable(_sentence()) from error


def _sentence() -> str:
    url = address()
    if url.get_backend_name() == "sqlite":
        return f"The library's file {url.database} cannot be opened or written; check its folder and its rights."
    where = f"database '{url.database}' on {url.host or url.query.get('host') or 'this machine'}"
    return f"The {where}, which DATABASE_URL names, does not answer or cannot be used; check that it runs."


def _engine() -> Engine:
    with _one_at_a_time:  # the steps of Alembic run in one thread at a time
        return _opened(address())


@cache
def _opened(url: URL) -> Engine:
    """The database, brought up to date."""
    engine = made(url)
    upgrade(engine)
    return engine


def made(url: URL) -> Engine:
    """The database at an address, as it is. No connection outlives its use: none is stale after a restart."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": PATIENCE})
    drafts.private(Path(str(url.database)).parent)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _careful)
    event.listen(engine, "begin", _begun)
    return engine


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Runs the steps that a database lacks, all or none, up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(writing=True).begin() as connection:
        _alone(connection, UPGRADING)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _alone(connection: Connection, lock: int) -> None:
    """Waits for its turn until the transaction's end; SQLite lets one at a time write by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))  # one that hangs does not keep all others for ever
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _careful(connection: Any, _: object) -> None:
    """What SQLite needs so that a save, once said to be kept, outlives a power cut."""
    connection.isolation_level = None  # transactions begin below, and not where the driver thinks best
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    """Whoever is going to write waits for its turn at the beginning, and not halfway."""
    writes = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

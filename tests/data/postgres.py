"""A PostgreSQL of the test run's own, in a folder that goes with it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "postgres.sh"
QUICK = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Postgres:
    """A server that answers on a socket in its folder, and to nobody else. Raises RuntimeError with what to do."""

    def __init__(self) -> None:
        found = subprocess.run([str(SCRIPT)], capture_output=True, text=True)
        if found.returncode:
            raise RuntimeError(found.stderr.strip().splitlines()[-1])
        self.programs = Path(found.stdout.strip())
        self.made = 0
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, as the path of a socket has to be
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        started = ("-D", str(self.folder / "data"), "-l", str(self.folder / "log"))
        self._run("pg_ctl", *started, "-w", "-o", f"{QUICK} -c unix_socket_directories={self.folder}", "start")

    def database(self) -> str:
        """The address of a new, empty database; the one before goes."""
        former, self.made = f"library{self.made}", self.made + 1
        name = f"library{self.made}"
        engine = create_engine(self._address("postgres", "postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {former} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self._address(name, "postgresql")

    def stop(self) -> None:
        """Ends the server and takes its folder away."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def _address(self, name: str, kind: str) -> str:
        return f"{kind}://postgres@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's {program} failed: {done.stderr.strip()}")

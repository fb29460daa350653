"""Every test of the store runs on SQLite and, where its server is installed, on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest

from matcher.store import KeyRing, Store, create_key_file, open_store, read_key_file

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SERVER_USER = "postgres"
_numbers = count(1)


class Clock:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def move(self, *, minutes: float) -> None:
        """Lets time pass."""
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    """Nine in the morning of 22 June 2026 in Tongliao."""
    return Clock()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A new key file."""
    path = tmp_path / "config" / "key"
    create_key_file(path)
    return path


@pytest.fixture
def keys(key_file: Path) -> KeyRing:
    """Its keys."""
    return read_key_file(key_file)


def as_server_user(*command: str) -> None:
    """Runs a program of the server, which refuses to run as root."""
    prefix = ("runuser", "-u", SERVER_USER, "--") if os.geteuid() == 0 else ()
    subprocess.run([*prefix, *command], check=True, capture_output=True, timeout=60, cwd="/")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL server of our own."""
    if not SERVERS:
        pytest.skip("no PostgreSQL server binaries in /usr/lib/postgresql")
    folder = Path(mkdtemp(prefix="job131pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_USER)
    tools, data = SERVERS[-1], folder / "data"
    as_server_user(
        str(tools / "initdb"), "-D", str(data), "-U", SERVER_USER, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    as_server_user(str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield str(folder)
    finally:
        as_server_user(str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/job131.db"
    socket = request.getfixturevalue("postgresql")
    name = f"store{next(_numbers)}"
    as_server_user(str(SERVERS[-1] / "createdb"), "-h", socket, "-U", SERVER_USER, name)
    return f"postgresql://{SERVER_USER}@/{name}?host={socket}"


@pytest.fixture
def store(url: str, keys: KeyRing, clock: Clock) -> Iterator[Store]:
    """A store with its tables."""
    opened = open_store(url, keys, clock=clock)
    opened.migrate()
    yield opened
    opened.close()

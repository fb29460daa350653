"""Connections and transactions, and everything in which SQLite and PostgreSQL differ.

In: a database address. Out: an engine whose writing transactions come one after the other and whose reading
ones see one moment and cannot write; database errors leave as one clear line for the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from matcher.domain.errors import InputRefused, RecordNotFound, StoreUnavailable

LOCK_SECONDS = 8
"""How long a writer waits for another one; a page must have answered after ten seconds."""
_POOL = 16
_WRITER_LOCK = 131_131
"""Advisory lock of PostgreSQL that lets writers in one at a time, as SQLite does by itself."""
_READING = "job131_reading"
_DISK_FULL = ("database or disk is full", "no space left", "could not extend", "disk quota")
_LOCKED = ("database is locked", "lock timeout", "locknotavailable", "database table is locked")
_DAMAGED = ("disk image is malformed", "file is not a database")
_READ_ONLY = ("readonly database", "read-only")


def open_engine(url: str) -> Engine:
    """An engine for the address; nothing is connected yet."""
    try:
        address = make_url(url)
    except SQLAlchemyError as wrong:
        raise InputRefused("数据库地址写法不对（例：sqlite:////data/job131.db 或 postgresql://…）") from wrong
    family = address.get_backend_name()
    if family == "sqlite":
        return _sqlite(address)
    if family == "postgresql":
        return _postgresql(address)
    raise InputRefused(f"不支持的数据库：{family}（可用 sqlite 或 postgresql）")


def _sqlite(address: URL) -> Engine:
    """An engine over a SQLite file."""
    engine = create_engine(
        address,
        pool_size=_POOL,
        max_overflow=_POOL,
        pool_timeout=LOCK_SECONDS,
        connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(address: URL) -> Engine:
    """An engine over a PostgreSQL server; dead connections are noticed before they are used."""
    try:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_size=_POOL,
            max_overflow=_POOL,
            pool_timeout=LOCK_SECONDS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": LOCK_SECONDS, "options": f"-c lock_timeout={LOCK_SECONDS}s"},
        )
    except ModuleNotFoundError as missing:
        raise InputRefused("使用 PostgreSQL 需要先安装：pip install 'job131[postgres]'") from missing
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def sqlite_address(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path.resolve().as_posix()}"


def is_missing_file(engine: Engine) -> bool:
    """Whether the address is a SQLite file that does not exist."""
    name = engine.url.database
    return engine.dialect.name == "sqlite" and bool(name) and not Path(str(name)).exists()


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """A new SQLite connection: we begin transactions ourselves, foreign keys hold, commits reach the disk."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def spare_the_disk(engine: Engine) -> None:
    """For a database that is thrown away afterwards: commits do not wait until they are on the disk."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry_sqlite)
        engine.dispose()


def _hurry_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """A connection whose commits are with the operating system, not yet on the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that none is told late that it came too late."""
    reading = bool(connection.get_execution_options().get(_READING))
    connection.exec_driver_sql("PRAGMA query_only=ON" if reading else "PRAGMA query_only=OFF")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    """Readers see one moment and cannot write; writers come one after the other."""
    if connection.get_execution_options().get(_READING):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """One transaction, committed at a clean end and undone at any other."""
    with (
        clear_errors(),
        engine.connect().execution_options(**{_READING: reading}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turns errors of the database into one line that says what happened and what was kept."""
    try:
        yield
    except PoolTimeout as busy:
        raise StoreUnavailable("数据库正忙，本次没有保存，请稍后再试") from busy
    except IntegrityError as double:
        if "unique" not in str(double.orig).lower():
            raise
        raise InputRefused("已经有同一编号的记录，没有重复保存") from double
    except OverflowError as large:
        raise RecordNotFound("no record has so large a number") from large
    except DBAPIError as error:
        if type(error.orig).__name__ == "NumericValueOutOfRange":
            raise RecordNotFound("no record has so large a number") from error
        message = _plain_message(error)
        if message is None:
            raise
        raise StoreUnavailable(message) from error


def found_damage(connection: Connection) -> tuple[str, ...]:
    """What SQLite finds wrong with its own file, at most ten lines; a server looks after its files itself."""
    if connection.dialect.name != "sqlite":
        return ()
    whole = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
    loose = [f"{row[0]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(10)]
    return tuple(line for line in [*whole, *loose] if line != "ok")


def wipe_log(engine: Engine) -> None:
    """Writes SQLite's log into its file and empties it; what readers still need of it stays for now."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _plain_message(error: DBAPIError) -> str | None:
    """The line for an error of the surroundings; None for an error of the program."""
    words = f"{type(error.orig).__name__} {error.orig}".lower()
    if any(sign in words for sign in _DISK_FULL):
        return "磁盘已满，未保存；请清理磁盘后重试"
    if any(sign in words for sign in _LOCKED):
        return "数据库正忙，本次没有保存，请稍后再试"
    if any(sign in words for sign in _READ_ONLY):
        return "数据库是只读的，未保存；请检查数据文件夹的权限"
    if any(sign in words for sign in _DAMAGED):
        return "数据库文件已损坏，没有保存；请停止使用，用最近的备份恢复（job131 restore）"
    if "disk i/o error" in words:
        return "磁盘读写出错，未保存；请检查磁盘"
    if "unable to open database file" in words:
        return "数据库文件打不开；请检查数据文件夹"
    if error.connection_invalidated or type(error.orig).__name__ == "OperationalError":
        return "数据库连不上，本次没有保存，请稍后再试"
    return None

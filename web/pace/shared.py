"""The same buckets in one small file of the data folder, so that all server processes of a machine share one count.

In: an asker. Out: seconds to wait. The file holds no addresses, only marks made with the key of the sessions, and of
the last minute; where it cannot be used each process counts for itself until it can.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

from web.pace.buckets import MINUTE, Pace, taken

_PATIENCE = 0.5
"""Seconds to wait for another process; it holds the file for well under a millisecond."""
_TIDY_EVERY = 500
_LONGEST_KEY = 64


class SharedPace:
    """How many requests each asker has left, whichever process answers."""

    def __init__(self, path: Path, key: str, now: Callable[[], float]) -> None:
        self._path, self._now = path, now
        self._key = key.encode()[:_LONGEST_KEY]
        self._alone = Pace(now)
        self._lock = threading.Lock()
        self._file: sqlite3.Connection | None = None
        self._asked = 0

    def take(self, asker: str, most: int) -> float:
        """0 where one more is fine, else the seconds until it is."""
        mark = blake2b(asker.encode(), key=self._key, digest_size=12).digest()
        with self._lock:
            try:
                return self._take(mark, most)
            except (sqlite3.Error, OSError):
                self._drop()
        return self._alone.take(asker, most)

    def _take(self, mark: bytes, most: int) -> float:
        """One request noted in the file."""
        file = self._file = self._file or self._opened()
        with file:
            file.execute("BEGIN IMMEDIATE")
            now = self._now()
            bucket = file.execute("SELECT remaining, since FROM pace WHERE mark = ?", (mark,)).fetchone()
            (left, since), seconds = taken(bucket, most, now)
            file.execute("INSERT OR REPLACE INTO pace (mark, remaining, since) VALUES (?, ?, ?)", (mark, left, since))
            self._asked += 1
            if self._asked % _TIDY_EVERY == 0:
                file.execute("DELETE FROM pace WHERE since < ?", (now - MINUTE,))
        return seconds

    def _opened(self) -> sqlite3.Connection:
        """The file; nothing in it has to outlive the machine, so nothing waits for the disk."""
        file = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            self._path.chmod(0o600)
            file.execute("PRAGMA journal_mode = MEMORY")
            file.execute("PRAGMA synchronous = OFF")
            file.execute(
                "CREATE TABLE IF NOT EXISTS pace (mark BLOB PRIMARY KEY, remaining REAL, since REAL) WITHOUT ROWID"
            )
        except (sqlite3.Error, OSError):
            file.close()
            raise
        return file

    def _drop(self) -> None:
        """A file that cannot be used is closed; one that is broken is thrown away and begun anew."""
        if self._file is not None:
            with suppress(sqlite3.Error), closing(self._file):
                pass
            self._file = None
        with suppress(OSError, sqlite3.Error):
            if not _sound(self._path):
                self._path.unlink()


def _sound(path: Path) -> bool:
    """Whether a file is a database, as far as its head tells; an empty one will be."""
    with path.open("rb") as file:
        return file.read(16) in (b"", b"SQLite format 3\x00")

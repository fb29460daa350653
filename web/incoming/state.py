"""How far the work on a waiting file is: a small file beside it, written whole, so that a killed process is noticed.

In: beats of an import. Out: `TaskState`; a person's wish to stop is a file too, which the working process looks for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from tempfile import mkstemp

import msgspec

STATE, RESULT, STOP, ERROR_SHEET = "state.json", "result.json", "stop", "errors.xlsx"
SILENT_SECONDS = 20.0
"""A process that says nothing for this long has died; it speaks every second."""


class Doing(StrEnum):
    """What is done with a file."""

    PREVIEW = "preview"
    IMPORT = "import"


class Ended(StrEnum):
    """How it ended; RUNNING has not."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class TaskState(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is; `beat_at` in seconds since 1970."""

    doing: Doing
    ended: Ended = Ended.RUNNING
    code: str = "IMPORT_STEP_FILE"
    share: float = 0.0
    rate: float | None = None
    left: float | None = None
    message: str = ""
    beat_at: float = 0.0

    def alive(self, now: float) -> bool:
        """Whether somebody works on it."""
        return self.ended is Ended.RUNNING and now - self.beat_at < SILENT_SECONDS

    def died(self, now: float) -> bool:
        """Whether its process is gone without a word."""
        return self.ended is Ended.RUNNING and not self.alive(now)


def read_state(folder: Path) -> TaskState | None:
    """The state of a waiting file, None where nobody has begun."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=TaskState)
    except FileNotFoundError:
        return None


def write_state(folder: Path, state: TaskState, now: Callable[[], float]) -> None:
    """Notes how far it is; a folder that was given up meanwhile stays away."""
    if folder.is_dir():
        write_whole(folder / STATE, msgspec.json.encode(msgspec.structs.replace(state, beat_at=now())))


def begin(folder: Path, doing: Doing, now: Callable[[], float]) -> bool:
    """Takes a file to work on it; False where somebody works on it already."""
    state = read_state(folder)
    if state is not None and state.alive(now()):
        return False
    (folder / STOP).unlink(missing_ok=True)
    try:
        handle = os.open(folder / f"{doing.value}.begun", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        if state is None or state.doing is not doing:
            return False  # somebody else began at this moment
    else:
        os.close(handle)
    write_state(folder, TaskState(doing=doing), now)
    return True


def ask_to_stop(folder: Path) -> None:
    """A person wants it stopped."""
    (folder / STOP).touch(mode=0o600)


def stop_asked(folder: Path) -> bool:
    """Whether a person wants it stopped, or gave the file up."""
    return (folder / STOP).exists() or not folder.is_dir()


def forget(folder: Path) -> None:
    """What was seen of a file no longer holds."""
    for name in (STATE, RESULT, STOP, ERROR_SHEET, *(f"{doing.value}.begun" for doing in Doing)):
        (folder / name).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """A file that appears whole or not at all, readable by its owner only."""
    handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)

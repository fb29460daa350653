"""Log lines: one JSON object a line, on standard error and in a file of the data folder, without personal data.

In: records of the program's own loggers, and of libraries. Out: moment, level, who logs, and figures. Of a library's
record only where it came from is kept, and its template where the values stand apart; of an error only its kind and
place: their words may hold what somebody typed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

from matcher.domain.errors import InputRefused

FOLDER, FILE = "logs", "job131.log"
OWN = "job131"
MOST_BYTES, KEPT = 10 * 1024 * 1024, 9
"""A file grows to ten megabytes and nine older ones stay."""
LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "off": logging.CRITICAL + 1,
}
_OWNER_ONLY = 0o600


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": moment, "level": record.levelname.lower(), "logger": record.name}
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line |= fields
        elif record.name == OWN or record.name.startswith(f"{OWN}."):
            line["message"] = record.getMessage()
        else:
            line |= {"place": f"{record.module}:{record.lineno}"}
            if record.args and isinstance(record.msg, str):
                line["message"] = record.msg
        if record.exc_info and record.exc_info[0] is not None:
            line |= _what_broke(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _what_broke(kind: type[BaseException], trace: Any) -> dict[str, str]:
    """An error by its kind and the place it came from."""
    last = extract_tb(trace)[-1] if trace is not None else None
    place = f"{Path(last.filename).name}:{last.lineno}" if last is not None else "?"
    return {"error": kind.__name__, "error_place": place}


class PrivateFile(logging.Handler):
    """A file only its owner reads, opened for each line: several processes write to it, the server turns it over."""

    def __init__(self, path: Path, *, turns: bool) -> None:
        super().__init__()
        self._path, self._turns = path, turns
        self._turning = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """One line at the end; where the disk is full there is none, and the work goes on."""
        with suppress(OSError):
            line = (self.format(record) + "\n").encode()
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY)
            try:
                os.write(handle, line)
                long = os.fstat(handle).st_size > MOST_BYTES
            finally:
                os.close(handle)
            if long and self._turns:
                self._turn()

    def _turn(self) -> None:
        """Older files move up by one, the oldest goes."""
        with self._turning:
            if self._path.stat().st_size <= MOST_BYTES:
                return
            for number in range(KEPT, 0, -1):
                older = self._path.with_name(f"{self._path.name}.{number}")
                newer = self._path.with_name(f"{self._path.name}.{number - 1}") if number > 1 else self._path
                if newer.exists():
                    os.replace(newer, older)


def level_of(environ: Mapping[str, str]) -> int:
    """The level of JOB131_LOG, `info` where none is said."""
    said = environ.get("JOB131_LOG", "").strip().lower() or "info"
    if said not in LEVELS:
        raise InputRefused(f"JOB131_LOG 只能是 {'、'.join(LEVELS)} 中的一个；现在写的不在里面，没有启动")
    return LEVELS[said]


def set_up_logs(home: Path, *, environ: Mapping[str, str] = os.environ, server: bool = True) -> list[logging.Handler]:
    """Lines to the file and, for the server, to standard error; the handlers, so that they can be taken off again."""
    level, root = level_of(environ), logging.getLogger()
    folder = home / FOLDER
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if server else []
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(PrivateFile(folder / FILE, turns=server))
    for handler in handlers:
        handler.setLevel(level)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    logging.getLogger(OWN).setLevel(level)
    return handlers


def take_off(handlers: list[logging.Handler]) -> None:
    """The handlers off again."""
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
        handler.close()

"""The machine under the program: Python, SQLite, the parts of the program, memory.

In: nothing but the machine. Out: `Finding`s.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from matcher.upkeep.findings import Finding, State, found

LEAST_PYTHON, LEAST_SQLITE = (3, 11), (3, 35, 0)
"""SQLite from 3.35 on can drop a column, which migrations do."""
LITTLE_MEMORY = 700
"""Megabytes that a large print job takes."""
_MEMINFO = Path("/proc/meminfo")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def the_machine() -> Iterator[Finding]:
    """Program, Python, SQLite, packages, memory."""
    try:
        own = version("job131")
    except PackageNotFoundError:
        own = "?"
    python = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        yield found(State.BAD, "DOCTOR_OLD_PYTHON", python=python)
    else:
        yield found(State.OK, "DOCTOR_PROGRAM", version=own, python=python)
    right = sqlite3.sqlite_version_info >= LEAST_SQLITE
    code = "DOCTOR_SQLITE" if right else "DOCTOR_OLD_SQLITE"
    yield found(State.OK if right else State.BAD, code, version=sqlite3.sqlite_version)
    if missing := missing_parts():
        yield found(State.BAD, "DOCTOR_PARTS_MISSING", names="、".join(missing))
    if (free := free_megabytes()) is not None:
        if free < LITTLE_MEMORY:
            yield found(State.LOOK, "DOCTOR_LITTLE_MEMORY", free=free)
        else:
            yield found(State.OK, "DOCTOR_MEMORY", free=free)


def missing_parts() -> list[str]:
    """Packages the program needs and does not find."""
    try:
        needed = requires("job131") or []
    except PackageNotFoundError:
        return []
    missing = []
    for line in needed:
        name = _NAME.match(line)
        if name is None or ";" in line:
            continue
        try:
            version(name[0])
        except PackageNotFoundError:
            missing.append(name[0])
    return missing


def free_megabytes() -> int | None:
    """Memory that programs can still have, where the system tells; None elsewhere."""
    if os.name == "nt":
        return _free_on_windows()
    try:
        told = re.search(r"^MemAvailable:\s+(\d+) kB", _MEMINFO.read_text(encoding="ascii"), re.MULTILINE)
    except OSError:
        return None
    return int(told[1]) // 1024 if told else None


def _free_on_windows() -> int | None:
    """GlobalMemoryStatusEx: a structure of two 32 bit and seven 64 bit numbers, the third of these is what is free."""
    import ctypes
    import struct

    room = ctypes.create_string_buffer(struct.pack("=II7Q", 64, 0, *([0] * 7)), 64)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 – there is no such name to the type checker on Linux
    if not kernel.GlobalMemoryStatusEx(room):
        return None
    return int(struct.unpack("=II7Q", room.raw)[3]) >> 20

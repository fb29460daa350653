"""CSV reference tables that ship with the program.

In: the name of a table in this package. Out: its rows as dictionaries, and one digest over all tables,
so that a plan can say which reference data it was made with.
"""

from __future__ import annotations

import csv
import hashlib
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import ReferenceInvalid

_PACKAGE = "matcher.reference"


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of `name`.csv, every cell stripped, lines starting with # skipped."""
    text = files(_PACKAGE).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, strict=True)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise ReferenceInvalid(f"{name}.csv 第 {reader.line_num} 行的列数与表头不符", ref=name)
        rows.append({key: value.strip() for key, value in row.items()})
    return rows


@lru_cache(maxsize=1)
def reference_digest() -> str:
    """SHA-256 over the names and bytes of all reference tables, in name order."""
    state = hashlib.sha256()
    tables = sorted(entry.name for entry in files(_PACKAGE).iterdir() if entry.name.endswith(".csv"))
    for name in tables:
        state.update(name.encode())
        state.update(files(_PACKAGE).joinpath(name).read_bytes())
    return state.hexdigest()

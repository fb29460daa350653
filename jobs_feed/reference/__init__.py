"""Tables of the import: the columns of the three templates, other names of columns and values.

In: the name of a table in this package. Out: its rows as dictionaries.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import ReferenceInvalid


def simplified(text: str) -> str:
    """A short text in simplified characters."""
    return text if text.isascii() else text.translate(_simpler())


@lru_cache(maxsize=1)
def _simpler() -> dict[int, str]:
    """Traditional character → simplified one."""
    return {ord(row["traditional"]): row["simplified"] for row in rows_of("traditional")}


@lru_cache(maxsize=8)
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `name`.csv, every cell stripped; a row of the wrong width is an error of the program."""
    text = files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise ReferenceInvalid(f"{name}.csv 第 {reader.line_num} 行的列数与表头不符", ref=name)
        rows.append({key: value.strip() for key, value in row.items()})
    return tuple(rows)

"""Every promise of the system's reliability with what proves it: docs/reliability/*.csv → docs/reliability.md.

In: rows that name tests (a file, a folder or file::function) and drills. Out: the table of the page, between its marks,
written by `python -m tests.promises`; and the faults of the rows, of which there may be none.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reliability"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- promises: begin -->", "<!-- promises: end -->"
HEAD = (
    "# Reliability\n\nWhat is promised, and what proves it. The table is written by `python -m tests.promises` from "
    "docs/reliability/ and held by tests/test_promises.py; figures of drills stand below with machine and day.\n"
)


def rows() -> list[dict[str, str]]:
    """The promises of all files, in the order of their areas as they first come."""
    found: list[dict[str, str]] = []
    for path in sorted(FOLDER.glob("*.csv"), key=lambda one: (one.name != "promises.csv", one.name)):
        with path.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    areas = list(dict.fromkeys(row["area"] for row in found))
    return sorted(found, key=lambda row: areas.index(row["area"]))


def faults() -> Iterator[str]:
    """Promises that nothing proves, and tests and drills that do not stand."""
    for row in rows():
        if not row["tests"] and not row["drill"]:
            yield f"{row['en']}: nothing proves it"
        yield from (f"{row['en']}: {test}" for test in row["tests"].split() if not stands(test))
        module = re.match(r"python -m (\S+)", row["drill"])
        if module and not (ROOT / f"{module[1].replace('.', '/')}.py").is_file():
            yield f"{row['en']}: {module[1]}"


def stands(test: str) -> bool:
    """Whether a test, a file of tests or a folder of them is there."""
    path, _, function = test.partition("::")
    if function:
        return f"def {function}(" in _text(path)
    return (ROOT / path).exists()


@cache
def _text(path: str) -> str:
    """A file of tests, "" where there is none."""
    place = ROOT / path
    return place.read_text(encoding="utf-8") if place.is_file() else ""


def table() -> str:
    """The table between its marks."""
    lines, area = [BEGIN, ""], ""
    for row in rows():
        if row["area"] != area:
            area = row["area"]
            lines += ["", f"**{area}**", "", "| promise | proved by |", "| --- | --- |"]
        proofs = [f"`{test.removeprefix('tests/')}`" for test in row["tests"].split()]
        proofs += [f"drill `{row['drill']}`"] if row["drill"] else []
        lines.append(f"| {row['zh']}<br>{row['en']} | {'<br>'.join(proofs)} |")
    return "\n".join([*lines, "", END])


def page() -> str:
    """The page with its table new and the rest as it is."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else f"{HEAD}\n{BEGIN}{END}\n"
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: table(), text, flags=re.DOTALL)


if __name__ == "__main__":
    sys.stderr.writelines(f"{fault}\n" for fault in faults())
    PAGE.write_text(page(), encoding="utf-8")

"""Parsers fed with nonsense: `python -m tests.drills.fuzz [--seconds 60] [--atheris FOLDER] [--write PAGE]`.

In: how long each parser is fed, and where atheris lies (`pip install --target FOLDER atheris`; no requirement of ours).
Out: what ended otherwise than with a result or a refusal of ours. The same parsers are fed by hypothesis in
tests/jobs_feed/test_fuzzed.py.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from jobs_feed.feeds.contents.child import read_to_lines
from jobs_feed.feeds.contents.spec import PageSpec
from jobs_feed.fields.contacts import find_phones, read_phone, read_uscc
from jobs_feed.fields.days import read_date
from jobs_feed.fields.numbers import read_count, read_hours
from jobs_feed.pasted import read_pasted
from jobs_feed.sources.child import read_to
from matcher.domain.errors import Job131Error
from matcher.domain.posting import Posting
from matcher.domain.slip import read_slip_code
from matcher.domain.worker import Worker
from matcher.fairs import carrying
from matcher.reading import read_posting, read_worker
from matcher.reading.tools import load_tools
from matcher.slices.bundle import unpack
from tests.drills.page import put_section

DAY = date(2026, 3, 16)
KINDS = ("auto", "json", "job131", "jsonld", "rss", "jobs_xml", "table")
CRASH = re.compile(r"Uncaught Python exception: ===\s*(\S+)")
RUNS = re.compile(r"Done (\d+) runs|#(\d+)\s")


def a_file(data: bytes) -> None:
    """A spreadsheet, in whatever form, as the child reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xls"
        path.write_bytes(data)
        read_to(path, BytesIO())


def a_feed(data: bytes) -> None:
    """A page of a feed of some kind, as the child reads it."""
    spec = PageSpec(name="page", kind=KINDS[data[0] % len(KINDS)] if data else "auto")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page"
        path.write_bytes(data[1:])
        read_to_lines(path, spec, BytesIO())


def texts(data: bytes) -> None:
    """What somebody or an employer wrote, and a pasted message."""
    text = data.decode("utf-8", errors="ignore")[:400]
    tools = load_tools()
    half = len(text) // 2
    told = {"remarks": text, "skills_text": text[:half], "wish_text": text[half:], "wage_text": text[:40]}
    read_worker(Worker(ref="x", name="示例", **told), tools, read_on=DAY)
    advert = Posting(
        ref="x", title=text[:40], employer="示例", description=text, wage_text=text[:40], age_text=text[:40]
    )
    read_posting(advert, tools)
    read_pasted(text, tools)


def cells(data: bytes) -> None:
    """One cell: a date, a number, a phone, a code of an enterprise, a slip code."""
    text = data.decode("utf-8", errors="ignore")
    read_date(text, as_of=DAY)
    for read in (read_count, read_hours, read_phone, read_uscc, find_phones, read_slip_code):
        read(text)


def a_slice(data: bytes) -> None:
    """What a village file holds, once it is opened."""
    unpack(data, revision="0029")
    unpack(b'{"revision": "0029", ' + data, revision="0029")


def a_fair(data: bytes) -> None:
    """What the file of a fair holds, once it is opened."""
    carrying.unpack(zlib.compress(data))
    carrying.unpack(data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "file": a_file, "feed": a_feed, "texts": texts, "cells": cells, "slice": a_slice, "fair": a_fair,
}  # fmt: skip


def fed(name: str, data: bytes) -> None:
    """Feeds one parser; a refusal of ours is an answer."""
    try:
        TARGETS[name](data)
    except Job131Error:
        return


def run_atheris(name: str, seconds: int, folder: Path) -> tuple[int, str]:
    """(runs, what broke) of one parser in a process of its own."""
    command = [sys.executable, "-m", "tests.drills.fuzz", "--inside", name, "--seconds", str(seconds)]
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    with tempfile.TemporaryDirectory() as work:
        here = str(Path(__file__).parents[2])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, path])}
        done = subprocess.run(command, env=environment, cwd=work, capture_output=True, text=True, check=False)
    counts = [int(first or second) for first, second in RUNS.findall(done.stderr)]
    crash = CRASH.search(done.stderr)
    told = done.stderr[crash.start() : crash.start() + 2_000] if crash else done.stderr[-500:]
    return max(counts, default=0), told if done.returncode else ""


def inside(name: str, seconds: int) -> None:
    """The process that feeds one parser until its time is over."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    fed(name, "招聘保洁员，月薪3000元".encode())  # what is loaded at first does not count as slow
    atheris.instrument_all()
    atheris.Setup([name, f"-max_total_time={seconds}", "-max_len=2048", "-timeout=60"], lambda data: fed(name, data))
    atheris.Fuzz()


def main() -> None:
    """Feed and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--atheris", type=Path, default=Path())
    parser.add_argument("--inside", default="")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if given.inside:
        inside(given.inside, given.seconds)
        return
    found = {name: run_atheris(name, given.seconds, given.atheris.resolve()) for name in TARGETS}
    broken = {name: told for name, (_, told) in found.items() if told}
    runs = ", ".join(f"{name} {many:,}" for name, (many, _) in found.items())
    lines = [f"atheris, {given.seconds} s each: {runs} inputs; **{len(broken)} parsers broken**."]
    sys.stdout.write("\n".join([*lines, *(f"{name}:\n{told}" for name, told in broken.items())]) + "\n")
    if given.write:
        put_section(given.write, "fuzz", lines, f"python -m tests.drills.fuzz --seconds {given.seconds}")
    if broken:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

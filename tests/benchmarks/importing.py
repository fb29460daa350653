"""How long an import of many rows takes, and how other pages do meanwhile: `python -m tests.benchmarks.importing`.

In: a kind of file and a number of rows. Out: seconds to the preview, seconds of the import, seconds the database was
held for writing, peak memory, undo, and the answer times of other pages while the process of the import works.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import msgspec
from waitress.server import create_server

from jobs_feed.pipeline import preview_import, run_import
from jobs_feed.sample.adverts import Market
from jobs_feed.sample.blocks import load_blocks
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.generator import _people
from jobs_feed.sample.places import make_villages
from jobs_feed.sample.workbooks import write_sheet
from jobs_feed.undo import undo_import
from matcher.office import Office
from matcher.store import UnitOfWork
from tests.web.made_up import World, opened
from web.incoming.state import Doing, read_state
from web.incoming.uploads import Staged, UploadDesk
from web.incoming.work import start

DAY = date(2026, 6, 22)
PAGES = ("/people/", "/postings/", "/imports/", "/")


def write_rows(kind: str, rows: int, path: Path) -> None:
    """A made-up list of so many rows."""
    blocks = load_blocks()
    size = msgspec.structs.replace(blocks.sizes["prefecture"], workers=rows, postings=rows)
    places = make_villages(blocks, Dice("villages"), size.villages)
    if kind == "workers":
        people = _people(blocks, Dice("people"), places, size, DAY)
        write_sheet(path, "劳动者台账", blocks.columns["workers"], people, as_of=DAY)
    else:
        market = Market(blocks, Dice("postings"), places, DAY)
        write_sheet(path, "岗位信息", blocks.columns["postings"], market.rows(rows), as_of=DAY)


def clocked(work: Callable[[], object]) -> float:
    """Seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def both(name: str, work: Callable[[], object]) -> Iterator[tuple[str, float]]:
    """Seconds, and seconds of the processor, its processes included, which others on the machine do not change."""
    before = os.times()
    yield f"{name}, s", clocked(work)
    yield f"{name}, CPU s", sum(after - was for after, was in zip(os.times()[:4], before[:4], strict=True))


def measure_import(office: Office, kind: str, path: Path) -> Iterator[tuple[str, float]]:
    """The import in this process, with the time the database is held."""
    held: list[tuple[float, float]] = []
    unit = office.unit

    @contextmanager
    def watched(actor: str = "") -> Iterator[UnitOfWork]:
        """A unit of work whose length is noted."""
        began, busy = time.perf_counter(), time.process_time()
        with unit(actor) as inner:
            yield inner
        held.append((time.perf_counter() - began, time.process_time() - busy))

    office.unit = watched  # type: ignore[method-assign]
    yield from both("to the preview", lambda: preview_import(office, kind, path, as_of=DAY))
    yield from both("whole import", lambda: run_import(office, kind, path, as_of=DAY))
    yield "database held for writing, s", max(held)[0]
    yield "database held for writing, CPU s", max(held)[1]
    yield from both("same file again", lambda: run_import(office, kind, path, as_of=DAY))
    yield from both("undo", lambda: undo_import(office, 1))
    yield "peak memory, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def signed_in(address: str) -> OpenerDirector:
    """A visitor of the demonstration."""
    browser = build_opener(HTTPCookieProcessor())
    browser.open(f"{address}/demo", data=b"", timeout=60).read()
    return browser


def measure_pages(world: World, kind: str, path: Path) -> Iterator[tuple[str, float]]:
    """The answer times of other pages while a process looks at a file and takes it."""
    desk = UploadDesk(world.office.config.home / "uploads", now=time.time)
    server = create_server(world.app, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://127.0.0.1:{server.effective_port}"
    browser = signed_in(address)
    with path.open("rb") as stream:
        staged = desk.put(stream, name=path.name, kind=kind, sender="local", as_of=DAY.isoformat(), actor="demo")
    for doing in Doing:
        start(world.office.config, desk, staged, doing)
        seconds, answers = watch(browser, address, staged)
        yield f"{doing.value} in a process of its own, s", seconds
        yield f"pages during the {doing.value}, p50, ms", 1000 * statistics.median(answers)
        yield f"pages during the {doing.value}, p95, ms", 1000 * statistics.quantiles(answers, n=20)[-1]
    server.close()


def watch(browser: OpenerDirector, address: str, staged: Staged) -> tuple[float, list[float]]:
    """Seconds until the work is over, and how long pages took meanwhile."""
    began, answers = time.perf_counter(), []
    while (state := read_state(staged.folder)) is not None and state.alive(time.time()):
        for page in PAGES:
            answers.append(clocked(lambda page=page: browser.open(address + page, timeout=60).read()))  # type: ignore[misc]
            time.sleep(0.05)
    return time.perf_counter() - began, answers


def main() -> None:
    """Both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("workers", "postings"))
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pages", action="store_true", help="other pages while a process imports, too")
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        path = Path(place) / "rows.xlsx"
        write_rows(asked.kind, asked.rows, path)
        with opened(Path(place) / "one", empty=True, demo=True) as world:
            for name, figure in measure_import(world.office, asked.kind, path):
                print(f"{name:45} {figure:9.1f}", flush=True)  # noqa: T201
        if asked.pages:
            with opened(Path(place) / "two", demo=True) as world:
                for name, figure in measure_pages(world, asked.kind, path):
                    print(f"{name:45} {figure:9.1f}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

"""What printing takes: `python -m tests.benchmarks.printing --sheets 1000,10000`.

In: numbers of sheets. Out: for each, seconds and the peak memory of the printing process and of a typesetting one, as
a village pack of everybody in one PDF; every number is printed by a process of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from matcher.domain.division import Place
from matcher.domain.papers.records import PrintOrder
from matcher.domain.run import MatchRun
from matcher.domain.settings import SettingName
from matcher.domain.worker import Worker
from matcher.office import Office, OfficeConfig, init_office
from tests.matcher.store.records import a_posting
from tests.web.papers.plans import DAY, a_plan
from web.papers.printing import print_papers

A_VILLAGE = 25
TOGETHER = 1_000


def fill(office: Office, people: int) -> None:
    """So many people with a plan each, in villages of a banner."""
    place = Place(text="奈曼旗", code="150525", name="奈曼旗")
    with office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
        unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(3)])
        run = unit.runs.create(MatchRun(as_of=DAY))
    for start in range(0, people, TOGETHER):
        numbers = range(start, min(people, start + TOGETHER))
        with office.unit() as unit:
            workers = [
                Worker(ref=f"B-{number}", name=f"示例{number}", village=f"第{number // A_VILLAGE}村", home=place)
                for number in numbers
            ]
            keys = unit.workers.add_many([(worker, None) for worker in workers])
            plans = [
                replace(a_plan(), worker_key=key, worker_name=worker.name, village=worker.village)
                for key, worker in zip(keys, workers, strict=True)
            ]
            unit.plans.put_many(run, plans)


def measure(people: int, ending: str) -> None:
    """Print so many sheets and tell what it took."""
    with TemporaryDirectory() as place:
        config = OfficeConfig(home=Path(place) / "home", key_file=Path(place) / "keys" / "key")
        init_office(config)
        office = Office.open(config)
        fill(office, people)
        office.close()
        command = [sys.executable, "-m", "tests.benchmarks.printing", "--print", place, "--ending", ending]
        subprocess.run(command, check=True, env=dict(os.environ))


def show(place: Path, ending: str) -> None:
    """The printing itself."""
    office = Office.open(OfficeConfig(home=place / "home", key_file=place / "keys" / "key"))
    path, began = place / f"all.{ending}", perf_counter()
    printed = print_papers(office, path, PrintOrder(pack=True, ending=ending))
    seconds = perf_counter() - began
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    own, child = mine.ru_maxrss / 1024, theirs.ru_maxrss / 1024
    work = 1000 * sum(used.ru_utime + used.ru_stime for used in (mine, theirs)) / printed.sheets
    size = path.stat().st_size / 2**20
    told = f"{printed.sheets} sheets, {ending}: {seconds:.1f} s, {1000 * seconds / printed.sheets:.1f} s a thousand"
    print(f"{told} ({work:.1f} processor seconds), {own:.0f} MB, typesetting {child:.0f} MB, file {size:.1f} MB")  # noqa: T201
    office.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", default="1000,10000")
    parser.add_argument("--ending", default="pdf", choices=["pdf", "zip", "html"])
    parser.add_argument("--print", type=Path, default=None)
    chosen = parser.parse_args()
    if chosen.print is not None:
        show(chosen.print, chosen.ending)
        return
    for people in map(int, chosen.sheets.split(",")):
        measure(people, chosen.ending)


if __name__ == "__main__":
    main()

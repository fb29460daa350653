"""What more workers bring: the stages that a cluster takes over, for growing numbers of workers and people.

In: an office, numbers of worker processes, people a worker, postings. Out: a table or lines of JSON: seconds of
every stage, megabytes sent and held.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import psutil

from matcher.casework import Desk
from matcher.columns import load_vocabulary
from matcher.engines.dask import DaskEngine, open_dask
from matcher.office import Office
from matcher.planning import build_market, encode_people, entitle, score_people, settle
from matcher.policy import PolicyAt
from matcher.store.context import without_collection
from matcher.trials.bench import machine, peak_megabytes
from matcher.trials.districts import desk_to_grow, grown_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """One run; seconds are wall-clock, megabytes of the office are the most its process held so far."""

    workers: int
    people: int
    owed: int
    postings: int
    start_s: float
    columns_s: float
    scoring_s: float
    sharing_s: float
    sent_mb: float
    office_mb: float
    worker_mb: float


def measure(desk: Desk, policy: PolicyAt, workers: int) -> Scaling:
    """Columns here, scoring and sharing out by so many worker processes; classes and composing left out."""
    began = perf_counter()
    rows = [person.row for person in entitle(desk.people, policy) if person.row.track.carries_postings]
    market, homes = build_market(rows, desk.postings, load_vocabulary(), policy, classes=desk.classes)
    columns = encode_people(rows, homes, market)
    encoded = perf_counter()
    with open_dask(workers=workers) as engine:
        started = perf_counter()
        found = score_people(engine, columns, market)
        scored = perf_counter()
        settle(columns, found, market, (), engine=engine)
        shared = perf_counter()
        held = _held_by_workers(engine, workers)
        sent = engine.sent / 1e6
    return Scaling(
        workers=workers,
        people=len(desk.people),
        owed=len(rows),
        postings=len(market.postings),
        start_s=started - encoded,
        columns_s=encoded - began,
        scoring_s=scored - started,
        sharing_s=shared - scored,
        sent_mb=sent,
        office_mb=peak_megabytes(),
        worker_mb=held,
    )


def _held_by_workers(engine: DaskEngine, workers: int) -> float:
    """The most any worker process has held."""
    return max(engine.map(_peak_of, iter(range(8 * workers))))


def _peak_of(part: int) -> float:
    """The most the process that takes this part has held; elsewhere than on Linux what it holds now.

    What the system counts for a process that was started by a large one begins with the size of that one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return float(psutil.Process().memory_info().rss) / 2**20


def run_scaling(office: Office, workers: Sequence[int], people: int, postings: int, *, as_json: bool) -> Iterator[str]:
    """A line for every number of workers; `people` are people a worker, the postings stay the same."""
    policy = office.policy.at(office.today())
    with without_collection():
        desk = desk_to_grow(office, policy)
        if not as_json:
            yield f"{machine()}, {os.cpu_count()} cores, {policy.on}"
        for many in workers:
            grown = grown_desk(desk, (people or len(desk.people)) * many, postings or len(desk.postings))
            line = asdict(measure(grown, policy, many))
            yield (
                json.dumps(line)
                if as_json
                else "  ".join(
                    f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}"
                    for name, value in line.items()
                )
            )

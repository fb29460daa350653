"""How long the looks of the JSON API take: `python -m tests.benchmarks.api HOME KEY_FILE [ROUNDS]`.

In: a filled office, e.g. of `job131 demo --no-serve`. Out: p50 and p95 of every look, by the clock and in processor
time, answered in process one after the other; audit entries and uses are written as for any program.
"""

from __future__ import annotations

import statistics
import sys
import time
from itertools import cycle
from pathlib import Path

from matcher.domain.clients import Right
from matcher.office import Office, OfficeConfig
from web.app import create_app
from web.config import WebConfig
from web.pace import PACE


def addresses(office: Office) -> dict[str, list[str]]:
    """Every look, at several records where there are several."""
    with office.reading() as unit:
        plans = [stored for stored, _ in zip(unit.plans.current_bodies(), range(50), strict=False)]
        postings = [key for stored in plans for key in (one.posting_key for one in stored.plan.matches)][:50]
    people, codes = [stored.plan.worker_key for stored in plans], [stored.code for stored in plans]
    return {
        "/workers?limit=50": ["/workers?limit=50"],
        "/workers?limit=200": ["/workers?limit=200"],
        "/workers/{key}": [f"/workers/{key}" for key in people],
        "/workers/{key}/plan": [f"/workers/{key}/plan" for key in people],
        "/workers/{key}/postings/{posting}/fit": [
            f"/workers/{key}/postings/{posting}/fit" for key, posting in zip(people, postings, strict=False)
        ],
        "/slips/{code}": [f"/slips/{code}" for code in codes],
        "/postings?limit=50": ["/postings?limit=50"],
        "/postings?limit=50&live=true": ["/postings?limit=50&live=true"],
        "/postings/{key}": [f"/postings/{key}" for key in postings],
        "/classes": ["/classes"],
        "/runs": ["/runs"],
        "/runs/1/plans?limit=50": ["/runs/1/plans?limit=50"],
        "/questions": ["/questions"],
        "/figures/coverage": ["/figures/coverage"],
        "/names/occupations": ["/names/occupations"],
    }


def p95(values: list[float]) -> float:
    """The time within which nineteen of twenty answers came, in milliseconds."""
    return statistics.quantiles(values, n=20)[-1] * 1000


def main(home: str, key_file: str, rounds: int = 60) -> None:
    """The table."""
    office = Office.open(OfficeConfig(home=Path(home), key_file=Path(key_file)))
    with office.unit("bench") as unit:
        _, token = unit.clients.add(f"bench-{time.time_ns()}", list(Right))
    app = create_app(WebConfig(secret_key="x" * 40, upload_folder=Path(home) / "uploads", start_runs=False), office)
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    sys.stdout.write("| look | p50 ms | p95 ms | p95 processor ms |\n| --- | --- | --- | --- |\n")
    for name, paths in addresses(office).items():
        walls, cpus = [], []
        for path, _ in zip(cycle(paths), range(rounds), strict=False):
            app.extensions.pop(PACE, None)
            wall, cpu = time.perf_counter(), time.thread_time()
            answer = client.get(f"/api/v1{path}", headers=headers)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.thread_time() - cpu)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
        sys.stdout.write(f"| `{name}` | {statistics.median(walls) * 1000:.0f} | {p95(walls):.0f} | {p95(cpus):.0f} |\n")
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:3], *(int(text) for text in sys.argv[3:4]))

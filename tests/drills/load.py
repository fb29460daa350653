"""An office at work: `python -m tests.drills.load --home DIR [--clients 16] [--seconds 60] [--write PAGE]`.

In: a filled data folder (key file from JOB131_KEY_FILE), which is changed. Out: median and 95th percentile of reads and
writes in milliseconds, what was not answered well, and whether everything acknowledged is there.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from matcher.office import Office, OfficeConfig
from tests.benchmarks.pages import Signer, server
from tests.drills.clients import Ledger, Visitor, crowd, day_of, slips_of
from tests.drills.kept import missing_of
from tests.drills.page import put_section

READ_MS, WRITE_MS = 150, 300
"""What is promised: the 95th percentile of reads and of writes."""


def p95(values: list[float]) -> float:
    """The time within which nineteen of twenty answers came."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else (values or [0.0])[0]


def report(ledger: Ledger, missing: int, clients: int, seconds: float) -> list[str]:
    """The table."""
    lines = ["| what | asked | p50 ms | p95 ms | longest ms |", "| --- | ---: | ---: | ---: | ---: |"]
    groups = {"all reads": "read: ", "all writes": "write: "}
    named = {
        name: [ms for kind, some in ledger.taken.items() if kind.startswith(mark) for ms in some]
        for name, mark in groups.items()
    }
    for name, values in (*sorted(ledger.taken.items()), *named.items()):
        if values:
            lines.append(f"| {name} | {len(values)} | {median(values):.0f} | {p95(values):.0f} | {max(values):.0f} |")
    wrong = sum(ledger.wrong.values()) + ledger.unheard
    held = p95(named["all reads"]) <= READ_MS and p95(named["all writes"]) <= WRITE_MS and not wrong and not missing
    lines += [
        "",
        f"{clients} clients, one request a second each, {seconds:.0f} s: {wrong} not answered well "
        f"{dict(ledger.wrong) or ''}, {len(ledger.acknowledged) + len(ledger.newcomers)} writes acknowledged, "
        f"{missing} of them missing. Promised at the 95th percentile: reads ≤ {READ_MS} ms, writes ≤ {WRITE_MS} ms, "
        f"nothing lost – {'kept' if held else 'not kept'}.",
    ]
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    office = Office.open(OfficeConfig.from_environment(home=str(given.home)))
    signer, ledger = Signer(office), Ledger(slips_of(office, 2_000))
    works = day_of(office)
    with server(given.home) as root:
        warm = Visitor(root, signer, Ledger([]), 0)
        if not warm.sign_in():
            raise SystemExit("the server cannot be reached")
        for look in dict.fromkeys(works[:-4]):
            look(warm, random.Random(1))
        crowd(root, signer, ledger, works, clients=given.clients, until=time.monotonic() + given.seconds)
    lines = report(ledger, len(missing_of(office, ledger)), given.clients, given.seconds)
    signer.leave()
    office.close()
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        put_section(given.write, "load", lines, f"python -m tests.drills.load --home DIR --clients {given.clients}")


if __name__ == "__main__":
    main()

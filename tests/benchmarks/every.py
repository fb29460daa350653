"""What every page costs: `python -m tests.benchmarks.every --home DIR [--times 7] [--write docs/performance.md]`.

In: a filled data folder (its key file from JOB131_KEY_FILE), best one that `tests.benchmarks.served` has served;
records of every kind are made in it. Out: of every page there is, opened in this process by somebody who may, the
milliseconds of a processor (median and longest), the 95th percentile by the clock and the statements sent, the dearest
first. Every page is opened twice before the clock starts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from statistics import median, quantiles

from flask.testing import FlaskClient

from matcher.office import Office, OfficeConfig
from tests.counting import counting
from tests.drills.page import put_section
from tests.web.every_page import lived_in
from web.tasks import warm_up

REPORTS = ("reports.", "alerts.", "evidence.", "claims.", "cases.", "key_list.", "ledgers.")
"""Pages that count people; they may take twice as long as others."""
READ_MS, REPORT_MS, LEFT_OUT = 100, 200, frozenset({"papers.picture", "papers.sample", "papers.fetch", "ledgers.fetch"})
"""What a page may cost; files and pictures are no pages."""
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page cost."""

    endpoint: str
    status: int
    processor: list[float]
    clock: list[float]
    statements: int

    @property
    def held(self) -> bool:
        """Whether it costs no more than it may, as a rule."""
        most = REPORT_MS if self.endpoint.startswith(REPORTS) else READ_MS
        return median(self.processor) <= most

    def line(self) -> str:
        """One row of the table."""
        high = quantiles(self.clock, n=20)[-1] if len(self.clock) > 1 else self.clock[0]
        return (
            f"| {self.endpoint} | {self.status} | {median(self.processor):.0f} | {max(self.processor):.0f} | "
            f"{high:.0f} | {self.statements} |"
        )


def cost_of(office: Office, client: FlaskClient, endpoint: str, address: str, times: int) -> Cost:
    """One page, opened again and again."""
    for _ in range(2):
        reply = client.get(address)
    processor, clock, asked = [], [], 0
    for _ in range(times):
        with counting(office) as statements:
            began, of_processor = time.perf_counter(), time.process_time()
            client.get(address)
            processor.append(1_000 * (time.process_time() - of_processor))
            clock.append(1_000 * (time.perf_counter() - began))
        asked = len(statements)
    return Cost(endpoint, reply.status_code, processor, clock, asked)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    office = Office.open(OfficeConfig.from_environment(home=str(given.home)))
    with tempfile.TemporaryDirectory() as folder:
        village = lived_in(office, Path(folder), mark=f"-{token_hex(3)}")
        warm_up(office)
        costs = [
            cost_of(office, client, endpoint, address, given.times)
            for client, endpoint, address in village.visits()
            if endpoint not in LEFT_OUT
        ]
    costs.sort(key=lambda one: -median(one.processor))
    office.close()
    above = [one.endpoint for one in costs if not one.held]
    lines = [
        "| page | answer | ms of a processor | longest | p95 ms | statements |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [one.line() for one in costs]
    verdict = f"{len(costs)} pages; more than {READ_MS} ms ({REPORT_MS} ms for reports): {', '.join(above) or 'none'}"
    sys.stdout.write("\n".join([*lines, "", verdict]) + "\n")
    if given.write:
        put_section(
            given.write, "every page", [*lines[: SHOWN + 2], "", verdict], "python -m tests.benchmarks.every --home DIR"
        )


if __name__ == "__main__":
    main()

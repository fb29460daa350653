"""How long pages take while many work: `python -m tests.benchmarks.pages --home DIR [--clients 16] [--seconds 60]`.

In: a data folder (its key file from JOB131_KEY_FILE), in which an account is made and disabled again. Out: for every
kind of page the median, the 95th percentile and the longest answer in milliseconds, over a server in a process of its
own; each client asks once a second. Every page is asked for once before the clock starts.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from statistics import median, quantiles

import httpx

from matcher.domain.account import Role
from matcher.listings import PeopleFilter, PostingFilter, Scope, people, postings
from matcher.office import Office, OfficeConfig

Path_ = Callable[[random.Random], str]
PLAIN = {
    "home": "/",
    "people": "/people/",
    "postings": "/postings/",
    "same": "/postings/same/",
    "checks": "/postings/checks",
    "stale": "/postings/stale",
    "imports": "/imports/",
    "questions": "/people/questions",
    "runs": "/runs/",
    "print": "/print/",
    "village": "/village/",
    "slips": "/slips/",
    "classes": "/classes/",
    "fairs": "/fairs/",
    "reports": "/reports/",
    "policy": "/policy/",
}
"""Pages without a record in their address; those that are not there are left out."""


class Signer:
    """An account for the time of the measurement."""

    def __init__(self, office: Office) -> None:
        self.office, self.name, self.password = office, f"bench-{token_hex(4)}", token_hex(16)
        with office.unit() as unit:
            unit.accounts.add(self.name, Role.CITY, self.password, division=office.gazetteer.home)

    def visitor(self, root: str) -> httpx.Client:
        """A signed-in visitor."""
        client = httpx.Client(base_url=root, timeout=30)
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        if found is None:
            raise SystemExit("no sign-in page")
        client.post("/sign-in", data={"csrf_token": found[1], "name": self.name, "password": self.password})
        return client

    def leave(self) -> None:
        """Nobody can sign in with it any more."""
        with self.office.unit() as unit:
            unit.accounts.set_disabled(self.name, True)


def kinds_of(office: Office) -> dict[str, Path_]:
    """Every kind of page, with a way to throw an address of it."""
    everyone = Scope(division="", villages=())
    with office.reading() as unit:
        persons = [row.key for row in people(unit, PeopleFilter(track="131"), everyone, number=1, size=200).rows]
        jobs = [row.key for row in postings(unit, PostingFilter(state="open"), everyone, number=1, size=200).rows]
    kinds: dict[str, Path_] = {name: (lambda _, path=path: path) for name, path in PLAIN.items()}  # type: ignore[misc]
    kinds["person"] = lambda dice: f"/people/{dice.choice(persons)}"
    kinds["posting"] = lambda dice: f"/postings/{dice.choice(jobs)}"
    kinds["people, page"] = lambda dice: f"/people/?page={dice.randrange(1, 300)}"
    return kinds


@contextmanager
def server(home: Path) -> Iterator[str]:
    """The app as an office runs it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "web.cli", "--home", str(home), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{root}/alive")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield root
    finally:
        process.terminate()
        process.wait()


class Crowd:
    """Clients that each ask once a second."""

    def __init__(self, root: str, signer: Signer, kinds: dict[str, Path_], seconds: float) -> None:
        self.root, self.signer, self.kinds, self.until = root, signer, kinds, time.monotonic() + seconds
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.lock = threading.Lock()

    def one(self, number: int) -> None:
        """One client, beginning within the first second."""
        dice, client = random.Random(number), self.signer.visitor(self.root)
        due = time.monotonic() + dice.random()
        while due < self.until:
            time.sleep(max(0.0, due - time.monotonic()))
            kind = dice.choice(list(self.kinds))
            began = time.perf_counter()
            reply = client.get(self.kinds[kind](dice))
            spent = 1_000 * (time.perf_counter() - began)
            with self.lock:
                self.taken[kind].append(spent)
                if reply.status_code != 200:
                    self.wrong.append(f"{kind} {reply.status_code}")
            due += 1.0


def line(name: str, values: list[float]) -> str:
    """One row of the table."""
    high = quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return f"{name:14} {len(values):6} {median(values):8.1f} {high:8.1f} {max(values):8.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    office = Office.open(OfficeConfig.from_environment(home=str(given.home)))
    kinds, signer = kinds_of(office), Signer(office)
    with server(given.home) as root:
        first = signer.visitor(root)
        there = {name: path for name, path in kinds.items() if first.get(path(random.Random(0))).status_code == 200}
        crowd = Crowd(root, signer, there, given.seconds)
        threads = [threading.Thread(target=crowd.one, args=(number,)) for number in range(given.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    signer.leave()
    office.close()
    sys.stdout.write(f"{'page':14} {'asked':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}\n")
    for name in sorted(crowd.taken):
        sys.stdout.write(line(name, crowd.taken[name]) + "\n")
    sys.stdout.write(line("all", [one for some in crowd.taken.values() for one in some]) + "\n")
    sys.stdout.write(f"not answered with 200: {len(crowd.wrong)} {sorted(set(crowd.wrong))}\n")


if __name__ == "__main__":
    main()

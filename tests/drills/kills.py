"""A server killed at work: `python -m tests.drills.kills --home DIR [--kills 20] [--clients 16] [--write …]`.

In: a filled data folder (key file from JOB131_KEY_FILE), which is changed. Out: how often the server was killed with
SIGKILL under load and started again, how many writes were acknowledged meanwhile, how many of them are missing, and
what integrity check, foreign keys and the audit chain say afterwards.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from matcher.office import Office, OfficeConfig
from matcher.upkeep.doctor import State, examine
from tests.benchmarks.pages import Signer
from tests.drills.clients import Ledger, crowd, day_of, slips_of
from tests.drills.kept import missing_of
from tests.drills.page import put_section

REST = (1.5, 5.0)
"""Seconds a server lives before it is killed, thrown anew each time."""


class Mortal:
    """A server that is killed and started again at the same port."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home, self.process = home, None
        self.start()

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [sys.executable, "-m", "web.cli", "--home", str(self.home), "serve", "--port", str(self.port)]
        self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
            command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            try:
                httpx.get(f"{self.root}/alive", timeout=5)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise SystemExit("the server does not come back")

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def main() -> None:
    """Kill, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    office = Office.open(OfficeConfig.from_environment(home=str(given.home)))
    signer, ledger, dice = Signer(office), Ledger(slips_of(office, 5_000)), random.Random(131)
    works, mortal, stop = day_of(office)[-4:] * 3 + day_of(office)[:6], Mortal(given.home), Until()
    people_at_work = threading.Thread(
        target=crowd, args=(mortal.root, signer, ledger, works), kwargs={"clients": given.clients, "until": stop}
    )
    people_at_work.start()
    for _ in range(given.kills):
        time.sleep(dice.uniform(*REST))
        mortal.kill()
        mortal.start()
    time.sleep(2)
    stop.now = True
    people_at_work.join()
    assert mortal.process is not None
    mortal.process.terminate()
    mortal.process.wait()
    missing = missing_of(office, ledger)
    faults = [one.phrase.code for one in examine(office.config, audit=True) if one.state is State.BAD]
    signer.leave()
    office.close()
    kept = len(ledger.acknowledged) + len(ledger.newcomers)
    lines = [
        f"{given.kills} times SIGKILL under {given.clients} clients: {kept} writes acknowledged, "
        f"{ledger.unheard} requests cut off, **{len(missing)} acknowledged writes missing or doubled**; "
        f"answers that were no success: {dict(ledger.wrong) or 'none'}; "
        f"the doctor (integrity, foreign keys, audit chain) finds {faults or 'nothing'}.",
    ]
    sys.stdout.write("\n".join([*lines, *missing[:20]]) + "\n")
    if given.write:
        put_section(given.write, "kills", lines, f"python -m tests.drills.kills --home DIR --kills {given.kills}")
    if missing:
        raise SystemExit(1)


class Until:
    """A moment that has not come until somebody says so; compared like one of the steady clock."""

    def __init__(self) -> None:
        self.now = False

    def __gt__(self, moment: float) -> bool:
        """Whether it is still to come."""
        return not self.now


if __name__ == "__main__":
    main()

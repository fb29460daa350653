"""A backup under load: `python -m tests.drills.backup --home DIR [--clients 16] [--backups 3] [--write PAGE]`.

In: a filled data folder (key file from JOB131_KEY_FILE), which is changed. Out: while clients work at the pages,
`job131 backup` is run several times; each backup is restored into an empty folder with a copy of the key file, and its
fingerprint, everything acknowledged before it, and what the doctor says are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from zipfile import ZipFile

from matcher.office import Office, OfficeConfig
from matcher.upkeep.doctor import examine
from matcher.upkeep.findings import State
from tests.benchmarks.pages import Signer, server
from tests.drills.clients import Ledger, crowd, day_of, slips_of
from tests.drills.kept import missing_of
from tests.drills.load import p95
from tests.drills.page import put_section


def run(home: Path, key: Path, *words: str) -> float:
    """One command of job131; how long it took."""
    began = time.monotonic()
    environment = {**os.environ, "JOB131_KEY_FILE": str(key)}
    command = [sys.executable, "-m", "web.cli", "--home", str(home), *words]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.monotonic() - began


def known(ledger: Ledger) -> Ledger:
    """What was acknowledged until now."""
    with ledger.lock:
        now = Ledger([])
        now.acknowledged, now.newcomers = list(ledger.acknowledged), list(ledger.newcomers)
    return now


def compared(backup: Path, key: Path, before: Ledger, place: Path) -> list[str]:
    """What is wrong with a backup once it is restored elsewhere."""
    own_key = place / "keys" / "key"
    own_key.parent.mkdir(parents=True)
    own_key.write_bytes(key.read_bytes())
    own_key.chmod(0o600)
    config = OfficeConfig(home=place / "data", key_file=own_key)
    run(config.home, own_key, "restore", str(backup))
    with ZipFile(backup) as archive:
        told = json.loads(archive.read("manifest.json"))["contents"]
    office = Office.open(config)
    try:
        rows = office.store.contents().rows
        wrong = [f"{name}: {rows.get(name)} of {many}" for name, many in told["rows"].items()
                 if rows.get(name) != many + (name == "audit_entry")]  # fmt: skip
        wrong += missing_of(office, before)
    finally:
        office.close()
    bad = [one.phrase.code for one in examine(config, audit=True) if one.state is State.BAD]
    return wrong + bad


def main() -> None:
    """Take them under load, restore them one after the other, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--backups", type=int, default=3)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    config = OfficeConfig.from_environment(home=str(given.home))
    office = Office.open(config)
    signer, ledger = Signer(office), Ledger(slips_of(office, 2_000))
    works, taken, seconds = day_of(office), [], []
    with tempfile.TemporaryDirectory() as name, server(given.home) as root:
        end = threading.Event()
        load = threading.Thread(
            target=lambda: crowd(
                root, signer, ledger, works, clients=given.clients, until=time.monotonic() + 20 * given.backups
            )
        )
        load.start()
        for number in range(given.backups):
            end.wait(5)
            before = known(ledger)
            path = Path(name) / f"{number}.zip"
            seconds.append(run(given.home, config.key_file, "backup", str(path)))
            taken.append((path, before))
        load.join()
        wrong = [
            fault
            for number, (path, before) in enumerate(taken)
            for fault in compared(path, config.key_file, before, Path(name) / f"restored{number}")
        ]
        size = max(path.stat().st_size for path, _ in taken) / 1e6
    signer.leave()
    office.close()
    answers = [ms for some in ledger.taken.values() for ms in some]
    lines = [
        f"{given.backups} backups while {given.clients} clients worked ({len(answers)} requests, 95th percentile "
        f"{p95(answers):.0f} ms, {sum(ledger.wrong.values()) + ledger.unheard} not answered well), "
        f"{max(seconds):.1f} s and {size:.1f} MB at most. Restored elsewhere from the file and the key: rows of every "
        f"table as the manifest tells, {len(taken[-1][1].acknowledged) + len(taken[-1][1].newcomers)} writes "
        f"acknowledged before the last one all there, audit chain whole – {'; '.join(wrong) or 'nothing wrong'}."
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        put_section(given.write, "backup", lines, "python -m tests.drills.backup --home DIR")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

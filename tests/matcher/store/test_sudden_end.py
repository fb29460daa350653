"""A process that is killed leaves everything of a unit of work, or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.store import KeyRing, open_store

VICTIM = """
import os, signal, sys
from pathlib import Path
from matcher.store import open_store, read_key_file
from tests.matcher.store.records import a_posting, a_worker

store = open_store(sys.argv[1], read_key_file(Path(sys.argv[2])))
with store.unit() as unit:
    unit.workers.add_many([(a_worker(f"NM-{number}"), None) for number in range(200)])
    unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(200)])
    if sys.argv[3] == "inside":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("moment", "kept"), [("inside", 0), ("after", 200)])
def test_a_killed_process_leaves_all_or_nothing(
    tmp_path: Path, key_file: Path, keys: KeyRing, moment: str, kept: int
) -> None:
    url = f"sqlite:///{tmp_path}/job131.db"
    store = open_store(url, keys)
    store.migrate()
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run([sys.executable, "-c", VICTIM, url, str(key_file), moment], cwd=root, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    with store.reading() as unit:
        assert (unit.workers.count(), unit.postings.count()) == (kept, kept)
    with store.unit() as unit:
        unit.audit.note("after the crash")
    store.close()

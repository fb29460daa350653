"""Work in the background, as the log tells it: what kind, how it ended, how long it took.

In: a piece of work that runs in a process of its own. Out: its exit code, and a line in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from web.observing.logs import set_up_logs, take_off

LOG = logging.getLogger("job131.work")


def run_logged(home: Path, kind: str, work: Callable[[], int]) -> int:
    """Does the work and tells of it; an error goes on after it was told by its kind and place."""
    handlers = set_up_logs(home, server=False)
    began, state = perf_counter(), "broken"
    try:
        code = work()
        state = "failed" if code else "done"
        return code
    except Exception:
        LOG.exception("broken", extra={"fields": {"work": kind}})
        raise
    finally:
        fields = {"work": kind, "state": state, "ms": round(1000 * (perf_counter() - began))}
        LOG.log(logging.INFO if state == "done" else logging.WARNING, state, extra={"fields": fields})
        take_off(handlers)

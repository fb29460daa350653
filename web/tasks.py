"""Plan runs in a process of their own.

In: the key of a queued run. Out: the run done, failed or cancelled; the truth is the run row with its heartbeat,
so a killed process is seen and its run can be started again. `python -m web.tasks KEY` is that process; with the
word `figures` it counts the figures of the reports, with `trial KEY` it tries a change of policy.
"""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.errors import Job131Error
from web.config import the_office, web_config
from web.observing.work import run_logged

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig
    from matcher.reports.book import Shelf

DIED = "做方案的进程中断了，没有留下半份方案；请重新开始。"
KEPT_SECONDS = 24 * 3600
"""How long a file of work in the background waits to be fetched."""
LOOK_AGAIN_SECONDS = 2.0
"""How often a server looks whether postings have changed: one statement."""
LOG = logging.getLogger("job131.tasks")
DAY_LOOK_SECONDS = 600
"""How often a server looks whether a new day has begun."""
AGAIN_AFTER = 60.0
"""Seconds in which a count of figures that was started is not started again."""
_STARTED: dict[str, float] = {}
_LOCK = threading.Lock()


def task_environment(config: OfficeConfig) -> dict[str, str]:
    """The environment of a task: this one, with the office it belongs to."""
    return {
        **os.environ,
        "JOB131_HOME": str(config.home),
        "JOB131_DATABASE_URL": config.database_url,
        "JOB131_KEY_FILE": str(config.key_file),
    }


def start_run(config: OfficeConfig, run_key: int) -> None:
    """Start the process of a run and go on."""
    start_task(config, str(run_key))


def start_task(config: OfficeConfig, *words: str) -> None:
    """Start a process of this module's work and go on."""
    start_process(config, "web.tasks", *words, name=f"task-{words[0]}")


def start_process(config: OfficeConfig, module: str, *words: str, name: str) -> None:
    """Start a module as a process of its own and go on; a thread waits for its end so that none stays behind dead."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        env=task_environment(config),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, name=name, daemon=True).start()


def waiting_in(config: OfficeConfig, kind: str) -> Path:
    """The folder where files of one kind wait to be fetched; only its owner can read it."""
    folder = config.home / kind
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def clear_old(folder: Path) -> None:
    """Deletes what nobody fetched within a day, and drafts of processes that died."""
    for path in folder.iterdir():
        if path.is_file() and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def resume_runs(office: Office) -> None:
    """At the start of a server: runs whose process died are closed, runs that still wait are started."""
    with office.unit() as unit:
        unit.runs.close_stale(DIED)
        waiting = [run.key for run in unit.runs.queued() if run.key is not None]
    for key in waiting:
        start_run(office.config, key)


def warm_up(office: Office) -> None:
    """At the start of a server: word lists and market take seconds to make, so they are made before somebody types."""
    from matcher.domain.worker import Worker
    from matcher.intake.preview import preview
    from matcher.reading import read_worker

    nobody = Worker(ref="", name="", remarks="会干活，想找活")
    facts = read_worker(nobody, office.tools, read_on=office.today())
    with suppress(Job131Error):
        preview(office, nobody, facts)


def each_day(office: Office, stop: threading.Event) -> None:
    """While a server runs: what ends by its date ends on that day, whoever opens a page or nobody."""
    from jobs_feed.trust.recorded_only import hold_run_out

    seen = None
    while not stop.is_set():
        today = office.today()
        if today != seen:
            with suppress(Job131Error):
                hold_run_out(office)
                seen = today
        stop.wait(DAY_LOOK_SECONDS)


def keep_warm(office: Office, wait: Callable[[float], bool]) -> None:
    """While a server runs: what has changed is put into the market before somebody asks for a plan.

    `wait` waits so many seconds and is true at the end. What lives now is not gone through by the collector again: with
    a large office that stopped everybody for a second each time.
    """
    warm_up(office)
    gc.collect()
    gc.freeze()
    while not wait(LOOK_AGAIN_SECONDS):
        with suppress(Job131Error):
            renew(office)


def renew(office: Office) -> None:
    """The market of today made ready where it is not."""
    from matcher.casework import market_stamp, ready_market

    day = office.today()
    with office.reading() as unit:
        if not office.warm.holds(market_stamp(office, unit, on=day)):
            ready_market(office, unit, on=day)


def work_off(office: Office, run_key: int) -> int:
    """Plan for the people of one queued run; 0 when done, 1 when it failed or was cancelled."""
    from jobs_feed.trust.recorded_only import hold_run_out
    from matcher.casework import plan_people

    hold_run_out(office)
    with office.reading() as unit:
        run = unit.runs.get(run_key)
    try:
        plan_people(
            office,
            division=run.division,
            worker_ref=run.worker_ref,
            as_of=run.as_of,
            actor=run.started_by,
            run_key=run_key,
        )
    except Job131Error as error:
        LOG.warning("run %d ended: %s", run_key, type(error).__name__)
        return 1
    return _count_after(office)


def _count_after(office: Office) -> int:
    """After a run of a large office its figures are counted anew; a small one counts when somebody looks."""
    from matcher.reports.book import counts_at_once, shelf
    from matcher.reports.evidence.months import keep_month

    if not counts_at_once(office):
        return count_figures(office)
    if (book := shelf(office).book) is not None:
        keep_month(office, book, actor="", again=False)
    return 0


def count_figures(office: Office) -> int:
    """Count the figures of the reports anew; the first time in a month its counts are kept."""
    from matcher.reports.book import write_pages
    from matcher.reports.evidence.months import keep_month

    try:
        keep_month(office, write_pages(office), actor="", again=False)
    except Job131Error as error:
        LOG.warning("figures not counted: %s", type(error).__name__)
        return 1
    return 0


def counted_shelf() -> Shelf:
    """The figures there are, counted anew elsewhere where the data have changed since."""
    from matcher.reports.book import shelf

    office = the_office()
    found = shelf(office)
    if not found.stale:
        return found
    _count(office)
    return found if web_config().start_runs else shelf(office)


def recount() -> None:
    """Have the figures counted whatever the pages say."""
    with _LOCK:
        _STARTED.pop(the_office().config.url, None)
    _count(the_office())


def _count(office: Office) -> None:
    """Have the figures counted in a process of its own, once in a while."""
    if not web_config().start_runs:
        count_figures(office)
        return
    now, where = time.monotonic(), office.config.url
    with _LOCK:
        if now - _STARTED.get(where, float("-inf")) < AGAIN_AFTER:
            return
        _STARTED[where] = now
    start_task(office.config, "figures")


def try_policy(office: Office, trial_key: int) -> int:
    """Try a change of policy on some people; 0 when done."""
    from matcher.reports.trying import run_trial

    try:
        run_trial(office, trial_key)
    except Job131Error as error:
        LOG.warning("trial %d ended: %s", trial_key, type(error).__name__)
        return 1
    return 0


def main() -> int:
    """The process of one piece of work."""
    from matcher.office import Office, OfficeConfig

    office = Office.open(OfficeConfig.from_environment())
    if sys.argv[1] == "figures":
        return run_logged(office.config.home, "figures", lambda: count_figures(office))
    if sys.argv[1] == "trial":
        return run_logged(office.config.home, "trial", lambda: try_policy(office, int(sys.argv[2])))
    return run_logged(office.config.home, "run", lambda: work_off(office, int(sys.argv[1])))


if __name__ == "__main__":
    raise SystemExit(main())

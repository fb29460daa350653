"""The work on a waiting file: look at it, or take it.

In: an office and a waiting file. Out: a stored preview with the sheet of refused rows beside it, or an import. Large
files are worked on by a process of their own, `python -m web.incoming.work DOING FOLDER TOKEN`, so that pages stay
fast; what an import did is in the database, under the ticket of its upload, whatever happens to the process.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jobs_feed.pace import Beat, Pace
from jobs_feed.pipeline import Preview, preview_import, run_import
from jobs_feed.report import ImportReport
from jobs_feed.review.error_sheet import write_error_sheet
from jobs_feed.review.refused import RefusedRow
from matcher.domain.errors import Cancelled, Job131Error
from web.incoming.state import (
    ERROR_SHEET,
    RESULT,
    Doing,
    Ended,
    TaskState,
    begin,
    stop_asked,
    write_state,
    write_whole,
)
from web.incoming.uploads import Staged, UploadDesk
from web.observing.work import run_logged
from web.tasks import start_process

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig

LOG = logging.getLogger("job131.imports")
SHOWN_ROWS = 300
"""Refused rows kept with a preview to be put right on the page; the sheet of refused rows has all."""
_BEAT_SECONDS = 1.0
_LANGUAGE = "zh"
_LESS_URGENT = 5


def day_of(staged: Staged) -> date | None:
    """The day a file is read as of."""
    return date.fromisoformat(staged.as_of) if staged.as_of else None


def look(
    office: Office, staged: Staged, *, progress: Pace | None = None, cancelled: Callable[[], bool] | None = None
) -> Preview:
    """What a file holds and would change; the sheet of refused rows lies beside it."""
    seen = preview_import(
        office,
        staged.kind,
        staged.path,
        sender=staged.sender,
        as_of=day_of(staged),
        file_name=staged.name,
        mapping=staged.mapping,
        corrections=staged.corrections(),
        within=staged.within,
        progress=progress,
        cancelled=cancelled,
    )
    _keep_refused(office, staged, seen.refused)
    return Preview(seen.report, seen.changes, seen.refused[:SHOWN_ROWS])


def take(
    office: Office,
    desk: UploadDesk,
    staged: Staged,
    *,
    progress: Pace | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Take the good rows in one transaction, once however often it is asked; then the file is deleted."""
    refused: list[RefusedRow] = []
    report = run_import(
        office,
        staged.kind,
        staged.path,
        sender=staged.sender,
        as_of=day_of(staged),
        file_name=staged.name,
        mapping=staged.mapping,
        corrections=staged.corrections(),
        within=staged.within,
        actor=staged.actor,
        ticket=staged.token,
        refused=refused.extend,
        progress=progress,
        cancelled=cancelled,
    )
    if report.import_key is not None:
        with suppress(OSError):  # it is stored; a full disk costs the sheet of refused rows only
            _keep_refused(office, staged, refused)
        desk.taken(staged)
    return report


def seen_before(staged: Staged) -> Preview | None:
    """The preview another process made, None where there is none."""
    try:
        return msgspec.json.decode((staged.folder / RESULT).read_bytes(), type=Preview)
    except FileNotFoundError:
        return None


def _keep_refused(office: Office, staged: Staged, rows: list[RefusedRow] | tuple[RefusedRow, ...]) -> None:
    """The sheet of refused rows, or none."""
    path = staged.folder / ERROR_SHEET
    if rows and staged.folder.is_dir():
        write_error_sheet(path, rows, office.wording(_LANGUAGE, "jobs_feed"))
        path.chmod(0o600)
    else:
        path.unlink(missing_ok=True)


def start(config: OfficeConfig, desk: UploadDesk, staged: Staged, doing: Doing) -> bool:
    """Start the process of a file and go on; False where somebody works on it already."""
    if not begin(staged.folder, doing, desk.now):
        return False
    name = f"import-{staged.token[:6]}"
    start_process(config, "web.incoming.work", doing.value, str(desk.folder), staged.token, name=name)
    return True


class _Reporter:
    """Writes how far it is, at most once a second, and that it lives while nothing can be told."""

    def __init__(self, folder: Path, doing: Doing, now: Callable[[], float]) -> None:
        self._folder, self._now = folder, now
        self._state = TaskState(doing=doing)
        self._written = 0.0
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> _Reporter:
        """Starts the heart."""
        threading.Thread(target=self._beat, name="import-heart", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops the heart."""
        self._over.set()

    def show(self, beat: Beat) -> None:
        """A beat of the import."""
        with self._lock:
            self._state = msgspec.structs.replace(
                self._state, code=beat.code, share=beat.share, rate=beat.rate, left=beat.left
            )
            if time.monotonic() - self._written >= _BEAT_SECONDS / 2:
                self._write()

    def end(self, ended: Ended, message: str = "") -> None:
        """How it ended."""
        self._over.set()
        with self._lock:
            self._state = msgspec.structs.replace(self._state, ended=ended, message=message)
            self._write()

    def _beat(self) -> None:
        """Says every second that it lives."""
        while not self._over.wait(_BEAT_SECONDS):
            with self._lock:
                if not self._over.is_set():
                    self._write()

    def _write(self) -> None:
        """Writes the state down."""
        self._written = time.monotonic()
        write_state(self._folder, self._state, self._now)


def work_off(office: Office, desk: UploadDesk, staged: Staged, doing: Doing) -> Ended:
    """Look at a file or take it, telling how far it is; an error is one line in the state, never a value."""
    with _Reporter(staged.folder, doing, desk.now) as reporter:
        pace = Pace(reporter.show)
        ended, message = Ended.FAILED, ""
        try:
            if doing is Doing.PREVIEW:
                seen = look(office, staged, progress=pace, cancelled=lambda: stop_asked(staged.folder))
                write_whole(staged.folder / RESULT, msgspec.json.encode(seen))
            else:
                take(office, desk, staged, progress=pace, cancelled=lambda: stop_asked(staged.folder))
            ended = Ended.DONE
        except Cancelled:
            ended = Ended.STOPPED
        except Job131Error as error:
            LOG.warning("work on a file ended: %s", type(error).__name__)
            message = error.message
        finally:
            reporter.end(ended, message)
    return ended


def main() -> int:
    """The process of one file."""
    from matcher.office import Office, OfficeConfig

    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    doing, folder, token = Doing(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    desk = UploadDesk(folder, now=time.time)
    staged = desk.get(token)
    if staged is None:
        return 1
    office = Office.open(OfficeConfig.from_environment())
    try:
        return run_logged(office.config.home, "file", lambda: _whole(office, desk, staged, doing))
    finally:
        office.close()


def _whole(office: Office, desk: UploadDesk, staged: Staged, doing: Doing) -> int:
    """The work on a file, and what follows from it; 0 where it was done."""
    from matcher.unread import read_unread

    ended = work_off(office, desk, staged, doing)
    if doing is Doing.IMPORT and ended is Ended.DONE:
        read_unread(office)
    return 0 if ended is Ended.DONE else 1


if __name__ == "__main__":
    raise SystemExit(main())

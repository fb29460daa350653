"""A watched folder: files that are new or changed since the last look, imported in the order they came.

In: a folder that others put files into. Out: `PullResult`. Files stay where they are and are known again by their
digest; one that is still growing is left alone; each is whole or nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs_feed.feeds.contents.spec import PageSpec
from jobs_feed.feeds.delivery import BesideRows, Delivery
from jobs_feed.feeds.failures import FeedFailed
from jobs_feed.feeds.gathering import read_page_file
from jobs_feed.feeds.result import PullResult
from jobs_feed.pipeline import run_import
from jobs_feed.report import FileRefused, ImportReport, RowProblem
from jobs_feed.sources import Handed, digest_of
from jobs_feed.sources.child import MAX_FILE
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import FeedState, StoredFeed
from matcher.office import Office
from matcher.store import UnitOfWork

STILL_SECONDS = 1.0
"""A file whose size and time do not change so long is taken to be whole."""
MOST_FILES = 200
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".swp", ".lock")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file at a moment."""

    path: Path
    size: int
    changed: int


def pull_folder(
    office: Office, stored: StoredFeed, sender: str, sleep: Callable[[float], None], *, actor: str
) -> PullResult:
    """Every new or changed file."""
    folder = Path(stored.feed.url)
    if not folder.is_dir():
        raise FeedFailed("FEED_FOLDER_MISSING", folder=str(folder))
    with office.reading() as unit:
        done = unit.feeds.files_done(stored.key)
    result = PullResult(feed=stored.feed.name, state=FeedState.OK, phrase=Phrase("FEED_DONE"))
    taken = 0
    with TemporaryDirectory(prefix="job131folder") as place:
        for number, one in enumerate(_settled(folder, sleep)):
            if isinstance(one, RowProblem):
                result = replace(result, notices=(*result.notices, one))
                continue
            copy = Path(place) / str(number) / one.path.name
            copy.parent.mkdir()
            digest = _copied(one.path, copy)
            if digest is None or digest in done or taken >= MOST_FILES:
                continue
            done.add(digest)
            taken += 1
            result = _take(office, stored, sender, copy, digest, result, actor)
            copy.unlink()
    return result.told()


def _settled(folder: Path, sleep: Callable[[float], None]) -> Iterator[Seen | RowProblem]:
    """Files whose size stands still, oldest first, and notices about those that are left alone."""
    first = _look(folder)
    if not first:
        return
    sleep(STILL_SECONDS)
    second = _look(folder)
    for path, seen in sorted(first.items(), key=lambda item: (item[1].changed, item[0].name)):
        if second.get(path) == seen:
            yield seen
        else:
            yield RowProblem(Phrase("FEED_FILE_GROWING", {"file": path.name}))


def _look(folder: Path) -> dict[Path, Seen]:
    """The files of a folder that may be lists; links, locks and half downloads are none."""
    found = {}
    for path in folder.iterdir():
        name = path.name
        if name.startswith((".", "~")) or name.lower().endswith(_UNFINISHED) or path.is_symlink():
            continue
        try:
            status = path.stat()
        except OSError:
            continue
        if path.is_file() and status.st_size:
            found[path] = Seen(path, status.st_size, status.st_mtime_ns)
    return found


def _copied(path: Path, copy: Path) -> str | None:
    """The digest of a file as it was copied, so that nobody changes it while it is read; None where it is gone."""
    try:
        if path.stat().st_size <= MAX_FILE:
            shutil.copyfile(path, copy)
        else:
            copy.write_bytes(b"")
        return digest_of(path)
    except OSError:
        return None


def _take(
    office: Office, stored: StoredFeed, sender: str, copy: Path, digest: str, result: PullResult, actor: str
) -> PullResult:
    """One file, imported and remembered together; a file that cannot be taken is remembered too, and named."""
    name = copy.name

    def finish(unit: UnitOfWork, _: ImportReport) -> None:
        delivery.settle(unit)
        unit.feeds.note_file(stored.key, digest, name)

    try:
        if not copy.stat().st_size:
            raise FileRefused("IMPORT_FILE_LARGE", size=MAX_FILE // 2**20)
        read = read_page_file(copy, PageSpec(name, mapping=dict(stored.feed.mapping)))
        with office.reading() as unit:
            delivery = Delivery(stored.key, unit.feeds.members(stored.key), complete=False, share=1.0)
        beside = BesideRows(delivery, sender, finish, read)
        report = run_import(
            office, "postings", Handed(name, digest, read), sender=sender, actor=actor, alongside=beside
        )
        refused = report.refused
    except FileRefused as refusal:
        report, refused = None, refusal.phrase
    if report is not None and refused is None:
        return result.with_report(report)
    with office.unit(actor) as unit:
        unit.feeds.note_file(stored.key, digest, name)
    problem = RowProblem(refused or Phrase("IMPORT_FILE_EMPTY"), sheet=name)
    return replace(result, problems=(*result.problems, problem), refused=result.refused + 1)

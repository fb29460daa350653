"""One feed, pulled once: from the claim to the line in the log.

In: an office, the name of a feed, the surroundings. Out: `PullResult`. Whatever a server does, what was stored before
stays; a pull that did not end well says when the next one is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs_feed.feeds.delivery import BesideRows, Delivery, Shrunken
from jobs_feed.feeds.failures import FeedFailed
from jobs_feed.feeds.folder import pull_folder
from jobs_feed.feeds.gathering import Gathered, Gathering
from jobs_feed.feeds.holders import is_dead, this_process
from jobs_feed.feeds.result import PullResult
from jobs_feed.feeds.surroundings import FeedPolicy, Surroundings
from jobs_feed.feeds.wordy import told_in_words
from jobs_feed.pipeline import run_import
from jobs_feed.report import FileRefused, ImportReport, RowProblem
from jobs_feed.sources import Handed
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import FeedEvent, FeedKind, FeedState, StoredFeed
from matcher.domain.localtime import LOCAL_TIME
from matcher.office import Office
from matcher.store import UnitOfWork

_NOTHING_IN_IT = frozenset({"IMPORT_NO_ROWS"})
"""Refusals that mean a list without rows rather than a broken one."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What one pull works with."""

    office: Office
    stored: StoredFeed
    around: Surroundings
    policy: FeedPolicy
    now: datetime
    actor: str

    @property
    def name(self) -> str:
        """The name of the feed."""
        return self.stored.feed.name

    @property
    def sender(self) -> str:
        """Under whose name its postings are stored."""
        return self.stored.feed.sender or self.stored.feed.name

    def blank(self, state: FeedState, code: str, **args: str | int) -> PullResult:
        """A result that stored nothing."""
        return PullResult(feed=self.name, state=state, phrase=Phrase(code, dict(args)))


def due(office: Office) -> list[str]:
    """Names of the feeds whose time has come, the longest waiting first."""
    now = office.clock()
    with office.reading() as unit:
        waiting = [stored for stored in unit.feeds.all() if not stored.standing.paused]
    ready = [one for one in waiting if one.standing.next_try_at is None or one.standing.next_try_at <= now]
    return [one.feed.name for one in sorted(ready, key=lambda one: (str(one.standing.next_try_at or ""), one.key))]


def pull(office: Office, name: str, around: Surroundings, *, actor: str = "feed") -> PullResult:
    """Pulls a feed now, unless it is paused, another pull has it, or its server asked for patience."""
    now = office.clock()
    with office.unit(actor) as unit:
        stored = unit.feeds.get(name)
        job = Pull(office, stored, around, FeedPolicy.of(office), now, actor)
        standing = stored.standing
        if standing.paused:
            return job.blank(FeedState.PAUSED, "FEED_IS_PAUSED")
        if standing.wait_until is not None and standing.wait_until > now:
            return job.blank(FeedState.WAITING, "FEED_WAITING", until=_shown(standing.wait_until))
        if not unit.feeds.claim(stored.key, this_process(), is_dead):
            return job.blank(FeedState.WAITING, "FEED_CLAIMED")
    try:
        return _pulled(job)
    except FileRefused as refusal:
        return _failed(job, refusal)
    finally:
        with office.unit(actor) as unit:
            unit.feeds.release(stored.key)


def _pulled(job: Pull) -> PullResult:
    """A claimed feed, fetched and stored."""
    if job.stored.feed.kind is FeedKind.FOLDER:
        result = pull_folder(job.office, job.stored, job.sender, job.around.sleep, actor=job.actor)
        with job.office.unit(job.actor) as unit:
            _note_good(unit, job, result, Gathered())
        return result
    found = gather(job, _conditions(job))
    if found.unchanged:
        return _unchanged(job)
    with job.office.reading() as unit:
        members = unit.feeds.members(job.stored.key)
    loss = job.stored.standing.lost if job.stored.standing.accepted else 0
    delivery = Delivery(job.stored.key, members, found.complete, job.policy.shrink_share, loss)
    try:
        return _stored(job, found, delivery)
    except Shrunken as shrunken:
        return _ask_person(job, shrunken)


def gather(job: Pull, conditions: Mapping[str, str]) -> Gathered:
    """The pages of a feed, in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="job131feed") as folder:
        fetcher = job.around.fetcher(job.stored.feed, job.now)
        return Gathering(job.stored.feed, fetcher, Path(folder)).run(conditions)


def _conditions(job: Pull) -> dict[str, str]:
    """What makes a server say “unchanged”: the marks of the last good pull."""
    standing = job.stored.standing
    if standing.last_good_at is None or standing.accepted:
        return {}
    marks = {"If-None-Match": standing.etag, "If-Modified-Since": standing.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def _stored(job: Pull, found: Gathered, delivery: Delivery) -> PullResult:
    """Everything into the store; in the same transaction what is gone is withdrawn and the pull noted."""
    blank = replace(job.blank(FeedState.OK, "FEED_DONE"), problems=tuple(found.problems))
    finisher = _Finisher(job, found, delivery, blank)
    if not any(sheet.rows for sheet in found.read.sheets):
        return _store_nothing(finisher)
    read = told_in_words(found.read, job.office.tools)
    beside = BesideRows(delivery, job.sender, finisher, read)
    source = Handed(job.name, found.digest, read)
    report = run_import(job.office, "postings", source, sender=job.sender, actor=job.actor, alongside=beside)
    if report.refused is not None and report.refused.code in _NOTHING_IN_IT:
        return _store_nothing(finisher)
    if report.refused is not None:
        raise FileRefused(report.refused.code, **plain_arguments(report.refused))
    return finisher.result


def plain_arguments(phrase: Phrase) -> dict[str, str | int]:
    """The arguments of a phrase that a refusal takes."""
    return {name: value for name, value in (phrase.args or {}).items() if isinstance(value, str | int)}


@dataclass(slots=True)
class _Finisher:
    """Settles and notes the pull in the transaction of its rows."""

    job: Pull
    found: Gathered
    delivery: Delivery
    result: PullResult

    def __call__(self, unit: UnitOfWork, report: ImportReport) -> None:
        """The figures of the whole pull."""
        self.result = _finished(unit, self.job, self.found, self.delivery, self.result.with_report(report))


def _store_nothing(finisher: _Finisher) -> PullResult:
    """A list without rows: everything is gone, which asks a person unless nothing was held."""
    job = finisher.job
    finisher.delivery.guard()
    with job.office.unit(job.actor) as unit:
        finisher(unit, ImportReport(file=job.name, kind="postings", sender=job.sender))
    return finisher.result


def _finished(unit: UnitOfWork, job: Pull, found: Gathered, delivery: Delivery, result: PullResult) -> PullResult:
    """The result with what was withdrawn, reopened and left open, noted as a good pull."""
    delivery.settle(unit)
    _note_instance(unit, job, found)
    notices = list(result.notices)
    if delivery.reopened:
        notices.append(RowProblem(Phrase("FEED_REOPENED", {"count": delivery.reopened})))
    if delivery.missing() and (delivery.unsure or not delivery.complete):
        notices.append(RowProblem(Phrase("FEED_GONE_UNSURE", {"count": len(delivery.missing())})))
    result = replace(result, withdrawn=delivery.withdrawn, notices=tuple(notices)).told()
    _note_good(unit, job, result, found)
    return result


def _note_instance(unit: UnitOfWork, job: Pull, found: Gathered) -> None:
    """Postings of another office are not passed on from here: two that read each other would do so for ever."""
    for notice in found.read.notices:
        if notice.phrase.code == "FEED_INSTANCE":
            unit.sharing.note_received(job.sender, str((notice.phrase.args or {})["instance"]))


def _note_good(unit: UnitOfWork, job: Pull, result: PullResult, found: Gathered) -> None:
    """Where the feed stands after a good pull, and its line in the log; another office's postings are not passed on."""
    if found.instance:
        unit.sharing.note_received(job.sender, found.instance)
    unit.feeds.change(job.stored.key, etag=found.etag, last_modified=found.last_modified, rows=result.rows)
    _note_well(unit, job, result)


def _note_well(unit: UnitOfWork, job: Pull, result: PullResult) -> None:
    """Nothing is wrong with the feed: failures and losses are forgotten, and the pull has its line in the log."""
    unit.feeds.change(
        job.stored.key,
        state=result.state,
        failures=0,
        lost=0,
        accepted=False,
        last_pull_at=job.now,
        last_good_at=job.now,
        next_try_at=job.policy.next_try(job.stored.feed, 0, job.now),
        wait_until=None,
        code=result.phrase.code,
        args=dict(result.phrase.args or {}),
    )
    _log(unit, job, result)


def _log(unit: UnitOfWork, job: Pull, result: PullResult) -> None:
    """A line in the log of pulls."""
    event = FeedEvent(
        at=job.now,
        state=result.state,
        rows=result.rows,
        stored=result.stored,
        updated=result.updated,
        unchanged=result.unchanged,
        withdrawn=result.withdrawn,
        refused=result.refused,
        code=result.phrase.code,
        args=dict(result.phrase.args or {}),
    )
    unit.feeds.note_event(job.stored.key, event)


def _unchanged(job: Pull) -> PullResult:
    """The server says nothing changed: a good pull, where there was one to compare with."""
    if job.stored.standing.last_good_at is None:
        raise FeedFailed("FEED_UNCHANGED_FIRST")
    with job.office.unit(job.actor) as unit:
        live = sum(not member.gone for member in unit.feeds.members(job.stored.key).values())
        result = replace(job.blank(FeedState.UNCHANGED, "FEED_UNCHANGED", count=live), unchanged=live)
        _note_well(unit, job, result)
    return result


def _ask_person(job: Pull, shrunken: Shrunken) -> PullResult:
    """Too much is missing: nothing is changed until a person says so."""
    result = job.blank(FeedState.NEEDS_LOOK, "FEED_SHRUNK", lost=shrunken.lost, held=shrunken.held, feed=job.name)
    with job.office.unit(job.actor) as unit:
        unit.feeds.change(
            job.stored.key,
            state=result.state,
            lost=shrunken.lost,
            accepted=False,
            last_pull_at=job.now,
            next_try_at=job.policy.next_try(job.stored.feed, 0, job.now),
            wait_until=None,
            code=result.phrase.code,
            args=dict(result.phrase.args or {}),
        )
        _log(unit, job, result)
    return result


def _failed(job: Pull, refusal: FileRefused) -> PullResult:
    """Nothing stored; when to try again, later after each failure or when the server said."""
    wait = refusal.wait_until if isinstance(refusal, FeedFailed) else None
    failures = job.stored.standing.failures + 1
    phrase = refusal.phrase
    if wait is not None:
        phrase = Phrase("FEED_WAITING", {"until": _shown(wait)})
    elif phrase.code == "IMPORT_NO_COLUMN":
        phrase = Phrase("FEED_NO_COLUMN", dict(phrase.args or {}))
    state = FeedState.FAILED if wait is None else FeedState.WAITING
    result = PullResult(feed=job.name, state=state, phrase=phrase)
    if wait is None:
        result = replace(result, problems=(RowProblem(phrase),))
    next_try = job.policy.next_try(job.stored.feed, failures, job.now)
    with job.office.unit(job.actor) as unit:
        unit.feeds.change(
            job.stored.key,
            state=state,
            failures=failures,
            last_pull_at=job.now,
            next_try_at=max(next_try, wait) if wait else next_try,
            wait_until=wait,
            code=phrase.code,
            args=plain_arguments(phrase),
        )
        _log(unit, job, result)
    return result


def _shown(moment: datetime) -> str:
    """A moment as people write it, in Tongliao."""
    return moment.astimezone(LOCAL_TIME).strftime("%Y-%m-%d %H:%M")

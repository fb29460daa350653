"""Feeds declared, paused, accepted, tried and removed by a person.

In: an office and what the person typed. Out: the feed as stored, or what a pull would bring.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jobs_feed.columns import names_of, recognise
from jobs_feed.feeds.address import Gate, parse
from jobs_feed.feeds.contents.fields import PAGING
from jobs_feed.feeds.delivery import GONE_NOTE
from jobs_feed.feeds.pulling import Pull, gather, plain_arguments
from jobs_feed.feeds.result import PullResult
from jobs_feed.feeds.surroundings import FeedPolicy, Surroundings
from jobs_feed.filing import AnyDesk
from jobs_feed.pipeline import run_import
from jobs_feed.report import FileRefused, ImportReport, RowProblem
from jobs_feed.sources import Handed
from jobs_feed.staging import Staged
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import Feed, FeedKind, FeedState
from matcher.domain.posting import Posting, PostingState
from matcher.office import Office
from matcher.store import UnitOfWork

_NAME = re.compile(r"[\w·（）()+-][\w·（）()+. -]{0,58}[\w·（）()+-]|\w")


def add_feed(office: Office, feed: Feed, around: Surroundings, *, actor: str) -> Feed:
    """Declares a feed whose address may be called; a folder by its path."""
    if not _NAME.fullmatch(feed.name):
        raise InputRefused("来源的名称用 1 到 60 个字：汉字、字母、数字、空格、- _ . ·", ref=feed.name[:40])
    feed = _with_place(office, feed, around)
    with office.unit(actor) as unit:
        key = unit.feeds.add(feed)
        unit.audit.note("feed_add", subject=f"feed:{key}", fields=feed.kind.value)
    return feed


def _with_place(office: Office, feed: Feed, around: Surroundings) -> Feed:
    """The address checked as far as that goes without calling it."""
    is_path = "://" not in feed.url and (feed.kind is FeedKind.FOLDER or Path(feed.url).is_dir())
    if not is_path:
        if feed.kind is FeedKind.FOLDER:
            raise InputRefused(f"这不是文件夹：{feed.url[:80]}", ref=feed.name)
        Gate.for_feed(feed.url, feed.hosts, loopback=around.loopback, resolve=around.resolve)
        return replace(feed, url=parse(feed.url).url)
    folder = Path(feed.url).expanduser().resolve()
    if not folder.is_dir():
        raise InputRefused(f"找不到文件夹：{folder}", ref=feed.name)
    if folder.is_relative_to(office.config.home.resolve()):
        raise InputRefused("数据文件夹里面不能放来源；请另选文件夹", ref=feed.name)
    return replace(feed, url=str(folder), kind=FeedKind.FOLDER)


def read_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """FIELD=path as typed; a field by any name its column goes by."""
    mapping = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        field = name if name in PAGING else recognise("postings", name, near=False)[0]
        if not equals or not path.strip() or not field:
            fields = "、".join(names_of("postings").exact.values())
            raise InputRefused(f"--map 写成 字段=路径：{pair[:60]}。字段有：{fields}；翻页用 {'、'.join(PAGING)}")
        mapping[field] = path.strip()
    return mapping


def pause_feed(office: Office, name: str, *, paused: bool, actor: str) -> None:
    """Lets a feed rest, or takes it up again at once."""
    with office.unit(actor) as unit:
        stored = unit.feeds.get(name)
        if paused:
            unit.feeds.change(stored.key, paused=True)
        else:
            unit.feeds.change(stored.key, paused=False, next_try_at=None)


def accept_loss(office: Office, name: str, *, actor: str) -> bool:
    """A person says that a shrunken feed is right; False where nobody was asked."""
    with office.unit(actor) as unit:
        stored = unit.feeds.get(name)
        if not stored.standing.lost:
            return False
        unit.feeds.change(stored.key, accepted=True, next_try_at=None)
        unit.audit.note("feed_accept", subject=f"feed:{stored.key}", fields=str(stored.standing.lost))
    return True


def remove_feed(office: Office, name: str, *, withdraw: bool, actor: str) -> int:
    """Forgets a feed; how many of its postings were withdrawn, none unless asked for."""
    with office.unit(actor) as unit:
        stored = unit.feeds.get(name)
        withdrawn = _withdraw_all(unit, stored.key) if withdraw else 0
        unit.feeds.remove(stored.key)
        unit.audit.note("feed_remove", subject=f"feed:{stored.key}", fields=str(withdrawn))
    return withdrawn


def _withdraw_all(unit: UnitOfWork, key: int) -> int:
    """Postings that only this feed held."""
    elsewhere = unit.feeds.held_elsewhere(key)
    members = unit.feeds.members(key)
    standing = unit.feeds.owners({sender for sender, _ in members})
    count = 0
    for pair in members:
        found = standing.get(pair)
        if found and pair not in elsewhere and found.state in {PostingState.OPEN, PostingState.HELD}:
            unit.postings.set_state(found.key, PostingState.WITHDRAWN, note=GONE_NOTE)
            count += 1
    return count


@dataclass(slots=True)
class _Watched:
    """Keeps the first postings of an import that is only tried."""

    postings: list[Posting]

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """What would be stored."""
        self.postings += [row.draft for row in staged.drafts if isinstance(row.draft, Posting)]

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """Nothing: a trial stores nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a pull would bring."""

    result: PullResult
    postings: list[Posting]


def try_feed(office: Office, name: str, around: Surroundings) -> Trial:
    """Fetches a feed and shows what would be stored; stores nothing, asks unconditionally."""
    with office.reading() as unit:
        stored = unit.feeds.get(name)
    job = Pull(office, stored, around, FeedPolicy.of(office), office.clock(), "try")
    if stored.feed.kind is FeedKind.FOLDER:
        raise InputRefused("文件夹来源请直接用 import postings --dry-run 试读里面的文件", ref=name)
    watched = _Watched([])
    try:
        found = gather(job, {})
        result = replace(job.blank(FeedState.OK, "FEED_TRIED"), problems=tuple(found.problems))
        if any(sheet.rows for sheet in found.read.sheets):
            source = Handed(job.name, found.digest, found.read)
            report = run_import(office, "postings", source, sender=job.sender, dry_run=True, alongside=watched)
            if report.refused is not None:
                raise FileRefused(report.refused.code, **plain_arguments(report.refused))
            result = result.with_report(report)
    except FileRefused as refusal:
        failed = job.blank(FeedState.FAILED, refusal.phrase.code, **plain_arguments(refusal.phrase))
        return Trial(replace(failed, problems=(RowProblem(refusal.phrase),)), [])
    figures = {name: getattr(result, name) for name in ("rows", "stored", "updated", "unchanged", "refused")}
    return Trial(replace(result, phrase=Phrase("FEED_TRIED", dict(figures))), watched.postings)

"""One page of a feed: everything, or what changed since a cursor.

In: a unit of work, the frame, a region, a cursor. Out: `FeedPage`. Postings come in the order of their last change,
so that what is edited while somebody pages moves behind and comes (again), and nothing is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from jobs_feed.publishing.adverts import Advert, advert_of, is_published, public_ref
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.regions import Region
from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.store import UnitOfWork
from matcher.store.postings import ChangedPosting

PAGE_SIZE, MOST_A_PAGE = 1_000, 2_000
_LOOKED_AT = 20
"""Rows looked at for one that is asked for, before a page ends without being full."""
_LAST_KEY = 2**31 - 1
_CURSOR = re.compile(r"([anc])(\d{1,10})-(\d{1,10})-(\d{8})-(\d{1,10})-([0-9a-f]{12})")


class Walk(StrEnum):
    """What the pages of a walk tell."""

    ALL = "a"
    """What is there."""
    ANEW = "n"
    """What is there, and everything that is not: nobody knows what the reader has."""
    CHANGES = "c"
    """What has come, changed or gone."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the order of changes; `first` is the change up to which only what is open is told."""

    walk: Walk
    change: int
    key: int
    day: date
    first: int
    digest: str

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.walk}{self.change}-{self.key}-{self.day:%Y%m%d}-{self.first}-{self.digest}"


@dataclass(slots=True)
class FeedPage:
    """Postings in order, and what is gone."""

    cursor: str
    more: bool
    complete: bool
    adverts: list[Advert] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


def read_cursor(text: str, frame: Frame) -> Cursor:
    """Where a walk goes on; from the beginning where none is given or the frame is another by now."""
    if not text:
        return Cursor(Walk.ALL, 0, 0, frame.today, frame.version, frame.digest)
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise InputRefused(frame.wording.text("SHARE_BAD_CURSOR"))
    anew = Cursor(Walk.ANEW, 0, 0, frame.today, 0, frame.digest)
    change, key, first = (int(match[number]) for number in (2, 3, 5))
    known = max(change, first) <= frame.version and key <= _LAST_KEY and match[6] == frame.digest
    day = _day(match[4])
    if not known or day is None or day > frame.today:
        return anew
    return Cursor(Walk(match[1]), change, key, day, first, frame.digest)


def _day(text: str) -> date | None:
    """A day of a cursor; None for one that never was."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def feed_page(
    office: Office, unit: UnitOfWork, frame: Frame, region: Region, *, since: str = "", limit: int = PAGE_SIZE
) -> FeedPage:
    """The page behind a cursor."""
    start = read_cursor(since, frame)
    page = FeedPage("", False, start.walk is not Walk.CHANGES)
    if start.day != frame.today:
        _turn_of_day(page, office, unit, frame, region, start)
    place, looked_at = (start.change, start.key), 0
    while not page.more:
        told: list[ChangedPosting] = []
        rows = unit.sharing.changed(place, limit=limit + 1, first=start.first, divisions=region.divisions)
        for row in rows[:limit]:
            if len(page.adverts) + len(page.withdrawn) >= limit:
                break
            _take(page, row, office, frame, region, start)
            place = (row.change, row.stored.key)
            told.append(row)
        looked_at += limit
        _mates(page, [row for row in told if row.change > start.first], unit, office, frame, region, start)
        last = rows[-1] if rows else None
        if last is None or place == (last.change, last.stored.key):
            break
        page.more = len(page.adverts) + len(page.withdrawn) >= limit or looked_at >= limit * _LOOKED_AT
    _deleted(page, unit, frame, start)
    here = Cursor(start.walk, *place, frame.today, start.first, frame.digest)
    end = Cursor(Walk.CHANGES, frame.version, _LAST_KEY, frame.today, frame.version, frame.digest)
    page.cursor = str(here if page.more else end)
    return page


def _take(page: FeedPage, row: ChangedPosting, office: Office, frame: Frame, region: Region, start: Cursor) -> None:
    """One posting onto the page: as it is, or as gone where it was there before."""
    posting = row.stored.value
    advert = advert_of(row, office, frame) if region.holds(posting.place.code) else None
    if advert is not None:
        page.adverts.append(advert)
    elif row.change > start.first and _may_be_held(row.first_change, start) and posting.sender not in frame.received:
        page.withdrawn.append(public_ref(posting.sender, posting.ref))


def _mates(
    page: FeedPage,
    changed: list[ChangedPosting],
    unit: UnitOfWork,
    office: Office,
    frame: Frame,
    region: Region,
    start: Cursor,
) -> None:
    """Adverts of the jobs of those that changed: another one of them may be the one that is shown now."""
    others = unit.sameness.mates(row.stored.key for row in changed) if changed else []
    for row in unit.sharing.some(others):
        _take(page, replace(row, change=frame.version), office, frame, region, start)


def _may_be_held(first_change: int, start: Cursor) -> bool:
    """Whether a reader may hold a posting: it came before its place, or nobody knows."""
    return start.walk is Walk.ANEW or first_change <= start.change


def _deleted(page: FeedPage, unit: UnitOfWork, frame: Frame, start: Cursor) -> None:
    """Postings that are no longer stored, but for those that came back under the same reference."""
    there = {advert.ref for advert in page.adverts} | set(page.withdrawn)
    for gone in unit.sharing.gone(max(start.change, start.first)):
        ref = public_ref(gone.sender, gone.ref)
        if _may_be_held(gone.first_change, start) and gone.sender not in frame.received and ref not in there:
            page.withdrawn.append(ref)
            there.add(ref)


def _turn_of_day(page: FeedPage, office: Office, unit: UnitOfWork, frame: Frame, region: Region, start: Cursor) -> None:
    """What the days since the cursor ended, or began, without anybody changing it."""
    for row in unit.sharing.open_until(start.change):
        posting = row.stored.value
        if not region.holds(posting.place.code):
            continue
        before, now = is_published(row.stored, office, frame, start.day), is_published(row.stored, office, frame)
        if before and not now:
            page.withdrawn.append(public_ref(posting.sender, posting.ref))
        elif now and not before and (advert := advert_of(row, office, frame)) is not None:
            page.adverts.append(advert)

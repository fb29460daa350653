"""As which occupations the titles of a list are understood, and how surely.

In: postings on their way in. Out: each title once, the least sure first, so that a person can look before it is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from jobs_feed.report import TitleRead
from matcher.domain.posting import Posting
from matcher.reading import ReadingTools
from matcher.reading.adverts.jobs import read_jobs
from matcher.reading.passages import passages

MOST_TITLES = 400
"""Different titles that are looked at, the most frequent ones."""


def titles_read(postings: Iterable[Posting], tools: ReadingTools) -> tuple[TitleRead, ...]:
    """The titles of some postings, the least sure first."""
    counted = Counter((posting.title, posting.occupation_placed) for posting in postings)
    found = [_read(title, placed, times, tools) for (title, placed), times in counted.most_common(MOST_TITLES)]
    return tuple(sorted(found, key=lambda one: (one.confidence, -one.postings, one.title)))


def _read(title: str, placed: str, times: int, tools: ReadingTools) -> TitleRead:
    """One title, as staff have placed it or as it is read."""
    if placed:
        return TitleRead(title, placed, 1.0, times)
    (passage,) = passages([("岗位名称", title)]) or (None,)
    named = read_jobs(passage, None, tools.linker)[0]
    return TitleRead(title, named[0].code, named[0].confidence, times) if named else TitleRead(title, "", 0.0, times)

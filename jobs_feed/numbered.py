"""Adverts that number their jobs: ①蒙古包服务员3个，…②牵马的2个，…

In: a description and how to know a job by its name. Out: the jobs with the stretch each begins at, where the numbers
rise from one and every item begins with a job and its head count, or with a job and a colon.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jobs_feed.marks import BRACKETED, CIRCLED, DIGITS, place_of_mark, rising
from matcher.reading.adverts.jobs import ListedJob
from matcher.reading.numerals import read_number

LEAST, MOST = 2, 8
_NUMBER = re.compile(
    rf"(?P<c>[{CIRCLED}{BRACKETED}])[.、:：]?|[（(](?P<b>\d|[{DIGITS}])[）)]"
    rf"|(?:(?<=^)|(?<=[\s。；;：:，,]))(?P<d>\d|[{DIGITS}])[.．、)）](?!\d)"
)
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,2})"
_HEAD = re.compile(
    rf"\s*(?:招聘?|急招|找)?(?P<name>[一-龥A-Za-z]{{2,10}}?)\s*(?:[（(][^）)]{{1,8}}[）)])?\s*[:：,，]?\s*"
    rf"(?:(?P<n>{_COUNT})\s*[个名人位口]|(?P<few>[俩仨])|[:：])"
)


def numbered_jobs(text: str, known: Callable[[str], str]) -> tuple[ListedJob, ...]:
    """The numbered jobs of a text, () where the items are something else than jobs."""
    marks = ((match["c"] or match["b"] or match["d"], match.span()) for match in _NUMBER.finditer(text))
    items = rising((place_of_mark(mark), span) for mark, span in marks)
    jobs = tuple(job for start, end in items if (job := _job(text, start, end, known)) is not None)
    if not LEAST <= len(jobs) == len(items) <= MOST or len({job.name for job in jobs}) != len(jobs):
        return ()
    counted = all(job.openings is not None for job in jobs)
    known_jobs = sum(1 for job in jobs if job.code)
    return jobs if known_jobs == len(jobs) or (counted and known_jobs * 2 > len(jobs)) else ()


def _job(text: str, start: int, end: int, known: Callable[[str], str]) -> ListedJob | None:
    """The job an item begins with."""
    match = _HEAD.match(text, end)
    if match is None:
        return None
    number = read_number(match["n"] or match["few"] or "")
    return ListedJob(match["name"], known(match["name"]), int(number) if number else None, start, match.end())

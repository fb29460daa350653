"""One advert with several jobs → several postings.

In: a posting and the reading tools. Out: one posting a job where the parts are clear, each with its own title, head
count and pay and everything the advert says of all of them; otherwise the posting as it came, marked `several_jobs`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jobs_feed.titled import TitledAdvert, TitledJob, titled_jobs
from matcher.domain.posting import Posting
from matcher.reading.adverts.jobs import ListedJob, headed_jobs, read_jobs
from matcher.reading.passages import Passage, passages
from matcher.reading.pay import read_pay
from matcher.reading.tools import ReadingTools

MOST_PARTS = 12
"""Longer lists are whole staff plans; they are marked, not split."""
_COMMON_HEADING = re.compile(
    r"\n\s*(?:[一二三四五六七八九十\d]{1,2}\s*[、.．)）]\s*)?[【\[]?"
    r"(?=以上|公司|福利|联系|地址|备注|注[:：]|有意|面试|应聘|乘车|交通|电话|食宿|工作地[点址]|我们|待遇及|以下)"
)
_CLAUSE_END = re.compile(r"[,，;；。\n]")
_EDGES = " \n\t，,;；。、"
_BARE = 8
"""An item with fewer characters behind its head count says nothing of its own."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One job and the stretch of the raw description that is its own."""

    job: ListedJob
    own: str


def split_posting(posting: Posting, tools: ReadingTools) -> tuple[Posting, ...]:
    """The postings in an advert: the one its title names, or the first, keeps the reference, others get #2, #3 …"""
    found = passages([("岗位名称", posting.title)]), passages([("岗位描述", posting.description)])
    title, description = (texts[0] if texts else None for texts in found)
    named, several = read_jobs(title, description, tools.linker)
    if not several:
        return _by_title(posting)
    marked = replace(posting, several_jobs=True)
    if description is None:
        return (marked,)
    jobs = headed_jobs(description, tools.linker)
    if not _clear(jobs):
        return _by_title(marked)
    header, parts, footer = _parts(description, jobs)
    codes = {term.code for term in named if term.evidence and term.evidence[0].field == "岗位名称"}
    order = sorted(parts, key=lambda part: not _is_title(part.job, posting.title, codes))
    if codes and not _is_title(order[0].job, posting.title, codes):
        return (marked,)
    return tuple(
        _posting(posting, part, number, "\n".join(text for text in (header, part.own, footer) if text))
        for number, part in enumerate(order, start=1)
    )


def _by_title(posting: Posting) -> tuple[Posting, ...]:
    """The jobs of the title, each with its own words; the posting as it came where the text tells none apart."""
    found = titled_jobs(posting)
    if found is None:
        return (posting,)
    return tuple(_titled(posting, found, job, number) for number, job in enumerate(found.jobs, start=1))


def _titled(posting: Posting, advert: TitledAdvert, job: TitledJob, number: int) -> Posting:
    """One job of a title as a posting with the same contact."""
    wage = read_pay(job.own, field="岗位描述", free=True)
    own_wage = wage.evidence[0].words if wage and wage.low is not None else ""
    return replace(
        posting,
        ref=posting.ref if number == 1 else f"{posting.ref}#{number}",
        source_ref=posting.source_ref or posting.ref,
        title=job.name,
        openings=job.openings,
        openings_text="若干" if job.openings is None else f"{job.openings}人",
        wage_text=job.wage_text or own_wage or posting.wage_text,
        description="\n".join(text for text in (advert.header, job.own, advert.footer) if text),
        several_jobs=False,
    )


def _clear(jobs: tuple[ListedJob, ...]) -> bool:
    """Whether every item has a name of its own and enough of them are known jobs."""
    names = [job.name for job in jobs]
    known = sum(1 for job in jobs if job.code)
    return 2 <= len(jobs) <= MOST_PARTS and all(names) and len(set(names)) == len(names) and known * 2 > len(jobs)


def _is_title(job: ListedJob, title: str, codes: set[str]) -> bool:
    """Whether a job is the one the title names."""
    return job.name in title.lower() or job.code in codes


def _parts(description: Passage, jobs: tuple[ListedJob, ...]) -> tuple[str, list[_Part], str]:
    """(what stands before all jobs, the jobs, what stands behind all of them)."""
    raw = description.folded.raw
    starts = [_line_start(raw, description.folded.span(job.start, job.end)[0]) for job in jobs]
    counted = [description.folded.span(job.start, job.end)[1] for job in jobs]
    ends = [*starts[1:], len(raw)]
    ends[-1] = _last_end(raw, starts, counted)
    stretches = zip(jobs, starts, ends, strict=True)
    parts = [_Part(job, raw[start:end].strip(_EDGES)) for job, start, end in stretches]
    return raw[: starts[0]].strip(), parts, raw[ends[-1] :].strip(_EDGES)


def _line_start(raw: str, place: int) -> int:
    """The beginning of the line where only a number or 招聘 stands between it and the name."""
    begin = raw.rfind("\n", 0, place) + 1
    return begin if place - begin <= _BARE and not _CLAUSE_END.search(raw[begin:place]) else place


def _last_end(raw: str, starts: list[int], counted: list[int]) -> int:
    """Where the last job's own words end and those for all jobs begin."""
    last_counted = counted[-1]
    own = [raw[end:start] for end, start in zip(counted[:-1], starts[1:], strict=True)]
    if all(len(text.strip()) <= _BARE for text in own):
        stop = _CLAUSE_END.search(raw, last_counted)
        return stop.start() if stop else len(raw)
    if all("\n" not in text.strip() for text in own):
        line = raw.find("\n", last_counted)
        return line if line >= 0 else len(raw)
    heading = _COMMON_HEADING.search(raw, last_counted)
    return heading.start() if heading else len(raw)


def _posting(posting: Posting, part: _Part, number: int, description: str) -> Posting:
    """One job of the advert as a posting with the same contact."""
    wage = read_pay(part.own, field="岗位描述", free=True)
    return replace(
        posting,
        ref=posting.ref if number == 1 else f"{posting.ref}#{number}",
        source_ref=posting.source_ref or posting.ref,
        title=part.job.name,
        openings=part.job.openings,
        openings_text="若干" if part.job.openings is None else f"{part.job.openings}人",
        wage_text=wage.evidence[0].words if wage and wage.low is not None else posting.wage_text,
        description=description,
    )

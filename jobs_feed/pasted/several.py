"""One advert with several jobs → its parts, each with its own words and what is said of all.

In: the text of an advert, its labelled values and what holds for all. Out: `Part`s. Labels that come again part an
advert here; every other way jobs are told apart is `jobs_feed.splitting`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from os.path import commonprefix

from jobs_feed.pasted import work
from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.people import phones_in
from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading.tools import ReadingTools

_OF_ALL = frozenset({"联系人", "联系电话", "用人单位", "工作地点"})
_GAP = re.compile(r"\n\s*\n")
_AMOUNT = (
    r"(?P<pay>(?:一天|日薪|日工资?|月薪|工资|保底|底薪|一个?月)?\s*\d{2,5}(?:\s*[-~—–至到]\s*\d{2,5})?\s*(?:元|块)?"
    r"(?:[/一每](?:天|日|个?月|小时)|以上|左右|\+提成|加提成)?)(?!\d|\s*[名人个位岁周号])"
)
_NUMBER = re.compile(r"(?:\d{1,2}[.、．)）]|[①-⑩⑴-⑽]|[（(]\d{1,2}[）)])\s*\Z")
_STRETCH = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One job: its title, its head count, its own stretch and those of the other jobs."""

    title: Told
    openings: Told | None
    text: str
    own: tuple[int, ...] = ()
    """(start, end) of its own words; () where the advert is all its own."""
    others: tuple[_STRETCH, ...] = ()
    pay: Told | None = None
    """The pay that is its own by the way the jobs are listed."""

    @property
    def own_text(self) -> str:
        """Its own words."""
        return self.text[self.own[0] : self.own[1]] if self.own else ""

    def of_another(self, place: int) -> bool:
        """Whether a place lies in the words of another job."""
        return any(start <= place < end for start, end in self.others)

    def in_last(self, place: int) -> bool:
        """Whether a place lies in the words of the job told last."""
        return bool(self.others) and max(self.others)[0] <= place


def parts_of(text: str, told: Sequence[Told], whole: Sequence[Told], tools: ReadingTools) -> list[Part]:
    """The jobs of an advert in their order; one part where they are not told apart."""
    jobs = work.jobs(text, told, tools)
    titles = [one for one in told if one.field == "岗位名称" and one.outer is not None]
    starts = sorted({one.outer[0] for one in titles if one.outer})
    if len(starts) > 1 and len(jobs) > 1:
        found = _by_starts(text, starts, _footer(text, told, starts[-1]), told, tools)
        if found:
            return found
    split = _split(text, jobs, whole, tools)
    if split:
        return split
    named = _by_names(text, jobs)
    if named:
        return named
    title = _of_all(jobs)
    return [Part(title, work.openings(text, jobs, told), text)]


def _of_all(jobs: Sequence[Told]) -> Told:
    """The title of an advert whose jobs are not told apart: all names in a row."""
    if not jobs:
        return Told("岗位名称", "", 0, 0, Surety.GUESSED)
    names = "、".join(one.value for one in jobs)
    return Told(
        "岗位名称", names, jobs[0].start, jobs[-1].end if len(jobs) > 1 else jobs[0].end, jobs[0].surety, jobs[0].outer
    )


def _by_names(text: str, jobs: Sequence[Told]) -> list[Part]:
    """Jobs named in one row of which each has its pay beside its name elsewhere: 服务员2800切墩3500."""
    pays = [_pay(text, 0, one.value, "") for one in jobs]
    if len(jobs) < 2 or not all(pays):
        return []
    return [Part(one, work.openings(text, [one], []), text, pay=pay) for one, pay in zip(jobs, pays, strict=True)]


def _split(text: str, jobs: Sequence[Told], whole: Sequence[Told], tools: ReadingTools) -> list[Part]:
    """The parts as the splitting of adverts finds them."""
    if not jobs:
        return []
    employer = next((one.value for one in whole if one.field == "用人单位"), "")
    title = "、".join(one.value for one in jobs)
    found = split_posting(Posting(ref="", title=title, employer=employer, description=work.without_calls(text)), tools)
    if len(found) < max(2, len(jobs)):
        return []
    footer = _common_end([posting.description for posting in found])
    end = text.rfind(footer) if footer else len(text)
    named = [replace(one, title=work.tidy(one.title)) for one in found]
    places = sorted(((text.lower().find(one.title.lower()), one) for one in named), key=lambda item: item[0])
    if end < 0 or places[0][0] < 0 or places[-1][0] >= end:
        return []
    starts = [_with_mark(text, place) for place, _ in places]
    spans = list(pairwise([*starts, end]))
    return [
        Part(
            Told("岗位名称", text[place : place + len(one.title)], place, place + len(one.title), Surety.READ),
            _openings(text, place, stop, one.title, one.openings_text),
            text,
            (start, stop),
            tuple(other for other in spans if other != (start, stop)),
            _pay(text, start, one.title, one.wage_text),
        )
        for (start, stop), (place, one) in zip(spans, places, strict=True)
    ]


def _with_mark(text: str, start: int) -> int:
    """Where an item begins, with the number before its name."""
    mark = _NUMBER.search(text[:start], max(0, start - 6))
    return mark.start() if mark else start


def _common_end(texts: Sequence[str]) -> str:
    """The whole lines all texts end with."""
    end = commonprefix([text[::-1] for text in texts])[::-1]
    return end[end.find("\n") + 1 :].strip() if "\n" in end else ""


def _pay(text: str, start: int, name: str, words: str) -> Told | None:
    """The pay of one job where its words stand, first looked for in its own."""
    beside = re.search(rf"{re.escape(name)}[员工师]?[\s:：]*{_AMOUNT}", text)
    if beside:
        return Told("薪资待遇", beside["pay"].strip(), *beside.span("pay"), Surety.READ)
    place = text.find(words, start) if words else -1
    place = text.find(words) if words and place < 0 else place
    return Told("薪资待遇", words, max(place, 0), max(place, 0) + len(words), Surety.GUESSED) if words else None


def _openings(text: str, start: int, stop: int, name: str, counted: str) -> Told | None:
    """The head count of one job, as its own words put it."""
    first = max(0, start - 8)
    title = Told("岗位名称", name, start - first, start - first + len(name), Surety.READ)
    told = work.openings(text[first:stop], [title], [])
    if told is not None:
        return Told(told.field, told.value, told.start + first, told.end + first, told.surety)
    return None if counted == "若干" else Told("招聘人数", counted, start, start + len(name), Surety.READ)


def _footer(text: str, told: Sequence[Told], last: int) -> int:
    """Where what is said of all jobs begins behind the last: its first line with a phone or a label of the firm."""
    places = [
        text.rfind("\n", 0, one.outer[0]) + 1
        for one in told
        if one.outer and one.field in _OF_ALL and one.outer[0] > last
    ]
    places += [text.rfind("\n", 0, start) + 1 for start, _, _ in phones_in(text) if start > last]
    gap = _GAP.search(text, last)
    places += [gap.start()] if gap else []
    places = [place for place in places if place > last]
    return min(places, default=len(text))


def _by_starts(text: str, starts: Sequence[int], end: int, told: Sequence[Told], tools: ReadingTools) -> list[Part]:
    """The parts between labels of work that come again."""
    spans = list(pairwise([*starts, end]))
    found = []
    for start, stop in spans:
        own = [one for one in told if one.outer and start <= one.outer[0] < stop]
        jobs = work.jobs(text, [one for one in own if one.field == "岗位名称"], tools)
        if not jobs:
            return []
        counts = [one for one in own if one.field == "招聘人数"]
        openings = counts[0] if counts else work.openings(text[:stop], jobs, [])
        others = tuple(span for span in spans if span != (start, stop))
        inside = openings is not None and start <= openings.start < stop
        found.append(Part(jobs[0], openings if inside else None, text, (start, stop), others))
    return found

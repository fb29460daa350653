"""Jobs an advert lists by head count or pay, numbered or not: 炒锅8000，面案5500；①沈阳铁西 插线 10人 ②…

In: a description and how to know a job by its name. Out: the jobs with the stretch each begins at; () where the text
lists something else. A name that is not known counts only beside known ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from jobs_feed.marks import place_of_mark, rising
from matcher.reading.adverts.jobs import ListedJob
from matcher.reading.numerals import read_number
from matcher.reading.wordlists import words

LEAST, MOST = 2, 12
_CN = "一二两三四五六七八九十"
_COUNT = rf"(?:\d{{1,3}}|[{_CN}]{{1,3}})"
_MONEY = r"(?:[1-9]\d{3,4}|\d(?:\.\d)?[千万kKwW]\d?)"
_PAY = (
    rf"(?:(?:月薪|月工资|工资|薪资|月|一个?月|每月|保底|底薪|综合|计件|日薪|[一每]天|时薪|2[4-8]天)[:：]?\s*[\d{_CN}]"
    rf"|{_MONEY}(?:\s*[-~—–至到]+\s*{_MONEY})?(?:元|块|/|起|以上|左右|一个?月|每月|[，,；;。、\s）)+管包]|$)"
    r"|\d{2,3}(?:元|块钱?)?(?:/|一|每|1)?(?:天|小时|宿|晚|日|个工)|(?:计件|多劳多得|面议))"
)
_HEAD = re.compile(
    r"(?:^|(?<=[\n。；;，,、：:！!】\]）)\s①-⑩⑴-⑽])(?!\s))\s*(?:\d{1,2}[.．、)）]\s*)?[【\[「]?"
    rf"(?:{words('items.lead')})?(?P<name>[一-龥A-Za-z]{{2,10}}?)[】\]」]?\s*"
    rf"(?:[（(](?P<note>[^（）()]{{1,30}})[）)])?\s*[:：]?\s*(?:招聘?|需|要|人数[:：]?)?\s*"
    rf"(?:(?P<n>{_COUNT})\s*[名人个位对](?![月点小])|(?P<few>[俩仨](?![点天月年钟小]))|(?P<pay>(?={_PAY}))|(?P<told>(?<=[:：])(?=[^；;。\n:：]{{0,40}}\d)))"
)
_MARK = re.compile(
    rf"(?P<c>[①-⑩⑴-⑽])[.、:：]?|[（(](?P<b>\d|[{_CN}])[）)]"
    rf"|(?:^|(?<=[\s。；;：:，,]))(?P<d>\d|[{_CN}])[.．、)）](?!\d)"
    rf"|(?:岗位|工种|职位|招聘岗位)\s*(?P<l>[{_CN}\d])\s*[:：.、]?"
)
_ITEM_END = re.compile(
    rf"[，,；;。:：（(【\n]|{_COUNT}\s*[名人个位对](?![月点小])|[俩仨]\s*(?=[，,；;。\s]|$)|\d{{2,}}|(?:人数|工资|年龄|待遇|要求|学历)"
)
_ITEM_COUNT = re.compile(
    rf"(?:人数|招)?[:：]?\s*(?P<n>{_COUNT})\s*[名人个位对](?![月点小])|人数[:：]?\s*(?P<m>\d{{1,3}})|(?P<few>[俩仨])(?=[，,；;。\s]|$)"
)
_LEAD = re.compile(rf"^(?:{words('items.lead')}|[\s【\[「:：])+")
_TRADE = re.compile(r"(?:工|员|师|手|匠|嫂|司机|阿姨|助理|文员|学徒|主管|领班|店长|厨|倌)$")
_OTHER = re.compile(words("jobs.not_a_job"))
_NOT_A_JOB = re.compile(f"{words('jobs.not_a_job')}|{words('items.not_a_job')}")
_CLAUSE = re.compile(r"[，,；;。\n]")
_OWN_STAFF = re.compile(r"现有|已有|目前有|原有|带领|管理")
_EDGES = " \t\n，,；;。、】]」:："
_HEAD_REACH = 24


def listed_items(text: str, known: Callable[[str], str]) -> tuple[ListedJob, ...]:
    """The jobs of a text in its order, by numbers where it numbers them, else by head count or pay."""
    numbered = _clean(tuple(_numbered(text, known)), loosely=True)
    return numbered if len(numbered) >= LEAST else _clean(tuple(_headed(text, known)))


def all_counted(jobs: Sequence[ListedJob]) -> bool:
    """Whether every job has a head count, which nobody writes of the tasks or grades of one job."""
    return all(job.openings is not None for job in jobs)


def _clean(jobs: tuple[ListedJob, ...], *, loosely: bool = False) -> tuple[ListedJob, ...]:
    """The jobs where they are a list: enough known, no name twice."""
    sure = sum(1 for job in jobs if job.code)
    loose = [job for job in jobs if not job.code and not _TRADE.search(job.name)]
    enough = sure >= LEAST or (sure == 1 and (loosely or not loose))
    twice = len({job.name for job in jobs}) != len(jobs)
    return jobs if LEAST <= len(jobs) <= MOST and enough and sure * 2 >= len(jobs) and not twice else ()


def _headed(text: str, known: Callable[[str], str]) -> Iterator[ListedJob]:
    """Names followed by a head count or by pay."""
    for match in _HEAD.finditer(text):
        name = match["name"]
        code = "" if _OTHER.search(name) else known(name)
        if not code and _NOT_A_JOB.search(name):
            continue
        counted = match["n"] or match["few"]
        if not code and (match["told"] is not None or not (counted or _TRADE.search(name))):
            continue
        if _OWN_STAFF.search(_CLAUSE.split(text[: match.start("name")])[-1]):
            continue
        number = read_number(counted or "")
        yield ListedJob(name, code, int(number) if number else None, match.start("name"), match.end())


def _numbered(text: str, known: Callable[[str], str]) -> Iterator[ListedJob]:
    """Items of a numbered list; what stands before the job in its clause may be its place."""
    marks = _marks(text)
    ends = [match.start() for match in marks[1:]] + [len(text)] * bool(marks)
    for mark, end in zip(marks, ends, strict=True):
        head = text[mark.end() : min(end, mark.end() + _HEAD_REACH)]
        stop = _ITEM_END.search(head, len(head) - len(head.lstrip(" 【[「:：招聘")))
        head = head[: stop.start()] if stop else head
        name = _name(head, known)
        if not name:
            return
        counted = _ITEM_COUNT.search(text[mark.end() : min(end, mark.end() + 2 * _HEAD_REACH)])
        number = read_number(counted["n"] or counted["m"] or counted["few"]) if counted else None
        after = mark.end() + len(head)
        yield ListedJob(name, known(name), int(number) if number else None, mark.start(), after)


def _name(head: str, known: Callable[[str], str]) -> str:
    """The job a clause names: its last word that is one, else the shortest ending that is, else its last word."""
    plain = _LEAD.sub("", head).strip(_EDGES)
    pieces = [piece for piece in re.split(r"[\s/·\-—]+", plain) if len(piece) > 1]
    for piece in reversed(pieces):
        if known(piece) and not _NOT_A_JOB.search(piece):
            return piece
    last = pieces[-1] if pieces else ""
    return (
        last if 2 <= len(last) <= 10 and re.fullmatch(r"[一-龥A-Za-z]+", last) and not _NOT_A_JOB.search(last) else ""
    )


def _marks(text: str) -> list[re.Match[str]]:
    """The marks that number the jobs, none where two of them overlap."""
    marks = ((match["c"] or match["b"] or match["d"] or match["l"], match) for match in _MARK.finditer(text))
    found = rising((place_of_mark(mark), match) for mark, match in marks)
    return found if all(one.end() <= other.start() for one, other in pairwise(found)) else []

"""One advert with several jobs → several postings.

In: a posting and the reading tools. Out: one posting a job where the parts are clear, each with its own title, head
count and pay and everything the advert says of all of them; otherwise the posting as it came, marked `several_jobs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from jobs_feed.apart import apart
from jobs_feed.items import all_counted, listed_items
from jobs_feed.numbered import numbered_jobs
from jobs_feed.paid_apart import jobs_paid_apart
from jobs_feed.paid_together import pay_told_together
from jobs_feed.placed import placed
from jobs_feed.titled import TitledAdvert, TitledJob, count_of, of_one, title_names, titled_jobs
from matcher.domain.facts import LinkedTerm
from matcher.domain.posting import Posting
from matcher.reading.adverts.jobs import ListedJob, headed_jobs, read_jobs, work_named
from matcher.reading.passages import Passage, passages
from matcher.reading.pay import read_pay
from matcher.reading.tools import ReadingTools

MOST_PARTS = 12
"""Longer lists are whole staff plans; they are marked, not split."""
_COMMON_HEADING = re.compile(
    r"\n\s*(?:[一二三四五六七八九十\d]{1,2}\s*[、.．)）]\s*)?[【\[]?"
    r"(?=以上|公司|福利|联系|地址|备注|注[:：]|有意|面试|应聘|乘车|交通|电话|食宿|工作地[点址]|我们|待遇及|以下)"
)
_OF_ALL = re.compile(
    r"[。；;\n]\s*(?=(?:以上|上述|均|都|全部|所有|统一|各岗|各工种|一律|皆|工钱|工资都)"
    r"|[一-龥]{2,6}(?:都|均)(?:要|需|得|包|管|上|交|有|由))|[，,]\s*(?=以上|均(?!可)|都(?:包|管|不管|不包|上|交|给|要)(?!好))"
)
"""Where what is said of all jobs begins behind the last of them: “都包吃住”, “以上均不管住”."""
_SEVERAL = re.compile(
    r"(?:[两俩三四五六七八多几各2-8]|若干)个?(?:样|种)?(?:岗位?|工种|职位|样|种人|人手)|(?:用人|招人|招工|用工)\W*\Z"
)
"""A title that says only that there are several jobs names none of them."""
_CLAUSE_END = re.compile(r"[,，;；。\n]")
_CLAUSE_STOP = re.compile(r"[，,;；。、\s）)]+")
_COMMON = tuple(
    (re.compile(begins), re.compile(said))
    for begins, said in (
        (
            r"(?:[一-龥]{0,2}(?:免费)?[管包供提不][^，。；\d]{0,3}?[吃住食饭宿]|食宿|吃住|有宿舍|中午[管供])",
            "[吃住食宿饭餐]",
        ),
        (r"(?:每?月(?:有)?休|每个月休|[单双]休|周[六日末])", "休|歇"),
        (r"(?:[交上缴]?(?:五险|三险|社保)|签(?:劳动)?合同)", "险|社保|合同"),
        (r"(?:班车|车接车送|接送)", "车"),
        (r"(?:联系|电话|有意|微信|地址|工作地|报名|本[村嘎旗镇屯])", "联系|地址"),
        (r"干到|工期|长期|常年|\d{1,2}月[^，。；]{0,6}[-~—–至到]", "月|干到|工期"),
    )
)
"""How words for all jobs begin that stand behind the last, and what of another job says that they are its own."""
_EDGES = " \n\t，,;；。、"
_MARK = re.compile(
    r"(?:[①-⑩⑴-⑽]|(?<![\d一二三四五六七八九十])[（(]?[\d一二三四五六七八九十]{1,2}[)）.．、])[:：]?\s*\Z"
)
"""The number of an item right before its name."""
_BRACKET = re.compile(r"(?:^|(?<=[\n；;。，,、\s：:]))[【\[（(][^】\]）)\n]{2,8}[】\]）)][^\S\n]*\Z|[【\[「]\s*\Z")
"""The place of an item, or only an opening bracket, before its name: 【北京怀柔】客房服务员10人."""
_AMOUNT = re.compile(r"\d{3}|[一二两三四五六七八九][百千]")
_BARE_PAY = re.compile(
    r"(?<![\d.])[1-9]\d{3,4}(?:\s*[-~—–至到]+\s*[1-9]\d{3,4})?(?:元|块)?(?:起|以上|左右|\+(?=[提计奖绩全加]))?(?=[，,；;。、+\s提计奖绩全加）)]|管|包|有|可|$)"
)
_BY_DAY = re.compile(r"[一每]天|/\s*天|日薪|日结")
_BARE_DAY = re.compile(
    r"(?:[，,：:\s\d名人个位])(?P<pay>[1-9]\d{2}|[一二两三四五六七八]百[一二三四五六七八九]?十?)(?=[，,；;。\s]|$)"
)
TRADE_NAMED = 0.8
"""A title linked less surely names a place or tasks, and the list of jobs says more."""
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
    jobs = headed_jobs(description, tools.linker) if description and several else ()
    spans = [_raw_span(description, job) for job in jobs] if description else []
    marked = replace(posting, several_jobs=True) if several else posting
    known = partial(work_named, linker=tools.linker)
    codes = _codes_of_title(posting.title, named)
    counted = jobs if _clear(jobs) else ()
    items = listed_items(posting.description, known)
    by_title = () if counted else _by_title(marked, known)
    if (
        len(items) > max(len(counted), len(by_title))
        and all(job.name for job in jobs)
        and _list_of_jobs(items, posting.title, codes)
    ):
        jobs, spans = items, [(_marked_start(posting.description, job.start), job.end) for job in items]
    elif not counted:
        jobs = numbered_jobs(posting.description, known) if len(by_title) == 1 else ()
        spans = [(job.start, job.end) for job in jobs]
        if not jobs:
            return by_title
    header, parts, footer = _parts(posting.description, jobs, spans)
    titled = [_is_title(part.job, posting.title, codes) for part in parts]
    if codes and not any(titled):
        return (marked,)
    order = sorted(enumerate(parts), key=lambda item: sum(titled) == 1 and not titled[item[0]])
    told = apart(posting, [part.job.name for part in parts])
    shared = pay_told_together(posting.description, [part.job.name for part in parts])
    by_day = any(_BY_DAY.search(part.own) for part in parts)
    return tuple(
        _of_one_job(
            placed(told[part.job.name], part.own, tools.gazetteer),
            number,
            part.job.name,
            part.job.openings or count_of(posting, [one.job.name for one in parts], part.job.name),
            of_one(posting.wage_text, part.job.name)
            or _own_pay(part.own)
            or _own_day_pay(part.own, by_day)
            or shared[at],
            (header, part.own, footer),
        )
        for number, (at, part) in enumerate(order, start=1)
    )


def _list_of_jobs(items: Sequence[ListedJob], title: str, codes: set[str]) -> bool:
    """Whether items are jobs of their own: all counted, or under a title that names none or several of them."""
    titled = sum(1 for job in items if _is_title(job, title, codes))
    trades = {job.code or job.name for job in items}
    return len(trades) > 1 and (all_counted(items) or not codes or titled > 1)


def _marked_start(raw: str, start: int) -> int:
    """Where an item begins, with the number or bracket before its name."""
    bracket = _BRACKET.search(raw, 0, start)
    start = bracket.start() if bracket else start
    mark = _MARK.search(raw, 0, start)
    return mark.start() if mark else start


def _codes_of_title(title: str, named: Sequence[LinkedTerm]) -> set[str]:
    """The trades a title names; none where it says only that there are several, or was linked by a place or tasks."""
    terms = [term for term in named if term.evidence and term.evidence[0].field == "岗位名称"]
    unsure = max((term.confidence for term in terms), default=0.0) < TRADE_NAMED
    return set() if unsure or _SEVERAL.search(title) else {term.code for term in terms}


def _raw_span(description: Passage, job: ListedJob) -> tuple[int, int]:
    """Where a job begins and where its head count ends in the text as typed."""
    start, end = description.folded.span(job.start, job.end)
    start = _line_start(description.folded.raw, start)
    return _marked_start(description.folded.raw, start), end


def _by_title(posting: Posting, known: Callable[[str], str]) -> tuple[Posting, ...]:
    """The jobs of the title, each with its own words; the posting as it came where the text tells none apart."""
    found = titled_jobs(posting, known) or jobs_paid_apart(posting, known) or _by_column(posting, known)
    if found is None:
        return (posting,)
    told = apart(posting, [job.name for job in found.jobs])
    return tuple(_titled(told[job.name], found, job, number) for number, job in enumerate(found.jobs, start=1))


def _by_column(posting: Posting, known: Callable[[str], str]) -> TitledAdvert | None:
    """The jobs that only the pay column names, under a title that names none: 厨师长9000、洗碗3000."""
    names = [job.name for job in listed_items(posting.wage_text, known)]
    vague = not any(known(name) for name in title_names(posting.title))
    return jobs_paid_apart(posting, known, names) if vague and names else None


def _titled(posting: Posting, advert: TitledAdvert, job: TitledJob, number: int) -> Posting:
    """One job of a title as a posting with the same contact."""
    wage = job.wage_text or _own_pay(job.own)
    return replace(
        _of_one_job(posting, number, job.name, job.openings, wage, (advert.header, job.own, advert.footer)),
        several_jobs=False,
    )


def _of_one_job(
    posting: Posting, number: int, title: str, openings: int | None, wage: str, told: Iterable[str]
) -> Posting:
    """One job of the advert as a posting with the same contact; the first keeps the reference."""
    return replace(
        posting,
        ref=posting.ref if number == 1 else f"{posting.ref}#{number}",
        source_ref=posting.source_ref or posting.ref,
        title=title,
        openings=openings,
        openings_text="若干" if openings is None else f"{openings}人",
        wage_text=wage or posting.wage_text,
        description="\n".join(text for text in told if text),
    )


def _own_pay(own: str) -> str:
    """The pay in the words of one job; there a bare amount, 3500 or 2600-3500元, can be nothing else."""
    told = read_pay(own, field="岗位描述", free=True)
    if told and told.low is not None:
        return told.evidence[0].words
    bare = _BARE_PAY.search(own)
    return bare[0] if bare else ""


def _own_day_pay(own: str, by_day: bool) -> str:
    """A day's pay of which only another job of the list says that it is one: 瓦工一天三百五；架子工四百."""
    bare = _BARE_DAY.search(own) if by_day else None
    return f"{bare['pay']}/天" if bare else ""


def _clear(jobs: tuple[ListedJob, ...]) -> bool:
    """Whether every item has a name of its own and enough of them are known jobs."""
    names = [job.name for job in jobs]
    known = sum(1 for job in jobs if job.code)
    return 2 <= len(jobs) <= MOST_PARTS and all(names) and len(set(names)) == len(names) and known * 2 > len(jobs)


def _is_title(job: ListedJob, title: str, codes: set[str]) -> bool:
    """Whether a job is the one the title names."""
    return job.name in title.lower() or job.code in codes


def _parts(raw: str, jobs: Sequence[ListedJob], spans: Sequence[tuple[int, int]]) -> tuple[str, list[_Part], str]:
    """(what stands before all jobs, the jobs, what stands behind all of them)."""
    starts = [start for start, _ in spans]
    counted = [end for _, end in spans]
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
    of_all = _OF_ALL.search(raw, counted[-1])
    end = min(_own_end(raw, starts, counted), of_all.start() if of_all else len(raw))
    if not any("。" in raw[start:stop].rstrip(_EDGES) for start, stop in pairwise(starts)):
        stop = raw.find("。", counted[-1])
        end = min(end, stop if stop >= 0 else end)
    return _before_common(raw[starts[0] : starts[-1]], raw, counted[-1], end)


def _before_common(earlier: str, raw: str, start: int, end: int) -> int:
    """Where words behind the last job begin that speak of what no job before it had a word on: 管吃住, 月休四天.

    Jobs told in clauses of their own are not cut at the stops between these.
    """
    within = set(earlier.replace(",", "，"))
    for stop in _CLAUSE_STOP.finditer(raw, start, end):
        if set(stop[0].replace(",", "，").strip("）) ")) <= within & {"，", "、"} and within & {"，"}:
            continue
        for pattern, said in _COMMON:
            if pattern.match(raw, stop.end()) and not said.search(earlier):
                return stop.start()
    return end


def _own_end(raw: str, starts: list[int], counted: list[int]) -> int:
    """The same by how the other jobs are told: in a word, in a line, or in lines under a heading."""
    last_counted = counted[-1]
    own = [raw[end:start] for end, start in zip(counted[:-1], starts[1:], strict=True)]
    if all(len(text.strip()) <= _BARE and not _AMOUNT.search(text) for text in own):
        stop = _CLAUSE_END.search(raw, last_counted)
        return stop.start() if stop else len(raw)
    if all("\n" not in text.strip() for text in own):
        line = raw.find("\n", last_counted)
        return line if line >= 0 else len(raw)
    heading = _COMMON_HEADING.search(raw, last_counted)
    return heading.start() if heading else len(raw)

"""Pay, ages, hours, board and the like: what the readers of adverts find in a text, as columns.

In: a piece of text, its labelled values, the jobs, the reading tools. Out: one `Told` a column, with the very words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobs_feed.pasted.model import Surety, Told
from matcher.domain.facts import Evidence
from matcher.domain.posting import Posting, PostingFacts
from matcher.domain.worker import Education
from matcher.reading import read_posting
from matcher.reading.tools import ReadingTools

_DESCRIPTION = "岗位描述"
_MORE_PAY = re.compile(
    r"(?:元)?(?:起|左右|以上|封顶)?(?:[/每一]?(?:月|天|日|小时|个月))?(?:\s*[+＋加]\s*[一-龥]{2,6})*"
)
_PAY_LEAD = re.compile(r"(?:一天|每天|一个?月|每月|月薪|日薪|日工|一年|一小时|时薪)[^，,。；;\d\n]{0,3}\Z")
_VALID = re.compile(
    r"(?:报名)?(?:截止|截至|有效期)(?:时间|日期)?(?:至|到|为)?[:：]?\s*(?P<a>(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?|[本下]?月[底末初]|\d{1,2}月[底末份]?)"
    r"|(?P<b>(?:(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?|\d{1,2}月[底末]|[本这]?个?月[底末]|\d{1,2}[号日])(?:之?前|截止|为止)(?=[^一-龥]|报名|来|到岗|上班|面试|联系|$))"
    r"|(?P<c>长期有效|招满(?:为止|即止|截止)|额满为止)"
)
_AMOUNT = re.compile(r"\d|面[议谈]|[一二三四五六七八九两]千")
_INSURED = re.compile(r"(?:交|上|缴纳?|有|给上)?(?:意外险|意外保险|五险一?金?|三险|社保|养老保险|工伤保险?)(?:齐全)?")
_BOARDED = re.compile(
    r"(?:食宿|吃住)(?:全|都)?(?:免费?|包|管)|(?:提供|安排)(?:公寓|宿舍|住处|食宿|住宿)|(?:管|供|包)[一两三]顿(?:[午晚早]?饭)?"
    r"|自带[午中晚]?饭|伙食自理|有宿舍|有住处"
)
_OPEN_PAY = re.compile(
    r"(?:一|每)(?:趟|车|件|亩|吨)\s*\d{2,5}|计件\s*\d{4,5}(?:以上|左右)?|\d{3,5}\s*元?/月|"
    r"\d{2,3}(?:\s*[-~—–至到]\s*\d{2,3})?\s*(?:元|块钱?)?\s*(?:[/一每](?:天|日|小时|个?工)|(?=[，,。；;\s]{0,2}(?:日结|当天结|现结)))"
    r"|(?:月|月薪|工资)\s*\d{4,5}(?:\s*[-~—–至到]\s*\d{4,5})?(?:元|块)?(?!\d)"
    r"|(?<=[，,。；;\s])\d{3,5}(?:\s*[-~—–至到]\s*\d{3,5})?\s*元?(?=[+＋，,。；;\s]|$)"
    r"|(?:工资|薪资|待遇|薪酬|价格)(?:可)?面[议谈]|(?:工资|薪资|待遇)?按?计件(?:工资)?"
)
_ADDRESS = frozenset({"女士", "先生"})
"""These name whom to ask, and no sex that is sought."""
_FIELDS = ("薪资待遇", "学历要求", "年龄要求", "性别要求", "工作时间", "食宿", "社会保险", "经验要求", "证书要求")


def terms(text: str, told: Sequence[Told], tools: ReadingTools) -> list[Told]:
    """Every column but those of work, employer, place and people."""
    found = {one.field: one for one in reversed(told) if one.field in (*_FIELDS, "截止日期", "统一社会信用代码")}
    facts = read_posting(Posting(ref="", title="招工", employer="", description=text), tools)
    where = [(start, end) for start, end, _ in tools.gazetteer.mentions(text)]
    for one in (*_read(text, facts, tools), *_validity(text), *_open_pay(text)):
        if not any(start <= one.start < end for start, end in where):
            found.setdefault(one.field, one)
    for one in _other_words(text):
        found.setdefault(one.field, one)
    pay = found.get("薪资待遇")
    if pay is not None and not _AMOUNT.search(pay.value):
        pay = found["薪资待遇"] = next((one for one in _open_pay(text) if _AMOUNT.search(one.value)), pay)
    if pay is not None and pay.surety is Surety.READ:
        found["薪资待遇"] = _with_more(text, pay)
    return [one for one in found.values() if one.value]


def _read(text: str, facts: PostingFacts, tools: ReadingTools) -> Iterator[Told]:
    """What the facts rest on."""
    grounds: list[tuple[str, Sequence[Evidence]]] = [
        ("薪资待遇", facts.wage.evidence if facts.wage else ()),
        ("年龄要求", facts.age.evidence if facts.age else ()),
        ("学历要求", facts.education.evidence if facts.education.value not in (None, Education.ILLITERATE) else ()),
        ("性别要求", facts.sex_asked.evidence if facts.sex_asked.value else ()),
        ("工作时间", facts.start_minute.evidence or facts.hours_per_day.evidence or facts.shift.evidence),
        ("食宿", (*facts.board.evidence[:1], *facts.lodging.evidence[:1])),
        ("社会保险", facts.insurance.evidence[:1]),
        ("经验要求", facts.experience_years.evidence[:1]),
        (
            "证书要求",
            [
                one
                for skill in facts.skills
                if skill.required and tools.linker.is_paper(skill.skill)
                for one in skill.evidence[:1]
            ],
        ),
    ]
    for field, evidence in grounds:
        own = [one for one in evidence if one.field == _DESCRIPTION and one.words in text and one.words not in _ADDRESS]
        if own:
            yield _joined(text, field, own)


def _joined(text: str, field: str, evidence: Sequence[Evidence]) -> Told:
    """The words of one column; two stretches of one clause are one, others are set side by side."""
    places = sorted({_place(text, one) for one in evidence})
    start, end = places[0]
    words = [text[start:end]]
    for first, last in places[1:]:
        if first <= end + 3 and not any(letter.isdigit() for letter in text[end:first]):
            end = max(end, last)
            words[-1] = text[start:end]
        elif text[first:last] not in words:
            words.append(text[first:last])
    return Told(field, "，".join(word.replace("\n", " ") for word in words), start, end, Surety.READ)


def _place(text: str, one: Evidence) -> tuple[int, int]:
    """Where the words of an evidence stand; some readers name only the words."""
    start = one.start if one.start is not None and text.startswith(one.words, one.start) else text.find(one.words)
    return start, start + len(one.words)


def _with_more(text: str, pay: Told) -> Told:
    """Pay with its unit and what comes on top of it."""
    more = _MORE_PAY.match(text, pay.end)
    end = more.end() if more else pay.end
    before = _PAY_LEAD.search(text[max(0, pay.start - 8) : pay.start])
    start = pay.start - len(before[0]) if before else pay.start
    return Told(pay.field, text[start:end].replace("\n", " ").strip(), start, end, pay.surety)


def _other_words(text: str) -> Iterator[Told]:
    """Insurance and board in words that set no fact: 意外险, 自带午饭, 食宿全免."""
    for field, pattern in (("社会保险", _INSURED), ("食宿", _BOARDED)):
        match = pattern.search(text)
        if match:
            yield Told(field, match[0], *match.span(), Surety.READ)


def _open_pay(text: str) -> Iterator[Told]:
    """Pay no reader counts as an amount: by the day as a bare figure, or left to be agreed."""
    for match in _OPEN_PAY.finditer(text):
        yield Told("薪资待遇", match[0], *match.span(), Surety.READ)


def _validity(text: str) -> Iterator[Told]:
    """Until when the advert holds."""
    match = _VALID.search(text)
    if match:
        kind = next(name for name in "abc" if match[name])
        start, end = match.span(kind)
        yield Told("截止日期", match[kind], start, end, Surety.READ)

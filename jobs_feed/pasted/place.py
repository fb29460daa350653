"""Where the work is: a division with the road behind it, or a venue such as 明珠小区, 开发区辽河大街.

In: a piece of text, its labelled values, the employer, the gazetteer. Out: the place as `Told`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.people import phones_in
from jobs_feed.pasted.vocabulary import group
from matcher.reference.divisions import Gazetteer

_VENUE = re.compile(
    rf"(?:(?<=^)|(?<=[^一-龥0-9A-Za-z])|(?<=[在去到是]))(?P<name>{group('landmark')}|[一-龥A-Za-z0-9]{{1,12}}?{group('venue_end')}"
    rf"(?:[一-龥A-Za-z0-9\-]{{0,8}}?{group('venue_end')})*(?:[一-龥A-Z0-9\-]{{0,4}}?{group('venue_side')})?)(?![一-龥]*(?:毕业|学历|文化|以上))"
)
_BEHIND = re.compile(
    rf"(?:[\s·\-]?[一-龥A-Za-z0-9\-]{{0,12}}?(?:{group('venue_end')}|{group('venue_side')}))+(?![一-龥]*(?:毕业|学历|招聘|有限))"
)
_ORG_BEHIND = re.compile(rf"[一-龥A-Za-z0-9]{{0,14}}{group('org_end')}")
_NO = re.compile(group("place_no"))
_LEAD = re.compile(r"\A(?:工作)?(?:地[点址]|位置|地方)?(?:就?在|位于|位置|去|到|来|是|为|[:：\s])+")
_TIDY = re.compile(r"\A(?:[一-龥]{0,10}(?:就?在|位于|地点|地址|去|到|是|这边|那个))(?=[一-龥]{2,})")
_CUT = re.compile(r"[，,;；。\n]|\s(?=[一-龥]{2,4}[:：])|(?:联系)?电话|(?<=[一-龥])\s+(?=联系|电话|有意)")
_NOT_WORK = re.compile(
    r"(?:户籍|户口|老家|来自|籍|面试地[点址]?|家住|居住在|住在|发往|送往|跑|客户)[^，,。；\n]{0,4}\Z"
)
_LOCAL = ("户籍", "户口", "籍", "人优先", "本地人")


def place(text: str, told: Sequence[Told], employer: Told | None, gazetteer: Gazetteer) -> Told | None:
    """The place of work: as labelled, as a sentence names it, else that in the employer's name."""
    stated = next((one for one in told if one.field == "工作地点"), None)
    if stated is not None:
        return _trimmed(stated)
    named = _named(text, employer, gazetteer)
    if named is not None:
        return named
    if employer is not None and gazetteer.resolve(employer.value).known:
        where = gazetteer.mentions(employer.value)
        start, end = where[0][:2] if where else (0, len(employer.value))
        return Told("工作地点", employer.value[start:end], employer.start + start, employer.start + end, Surety.GUESSED)
    return None


def _trimmed(told: Told) -> Told:
    """A labelled place up to where other things begin."""
    value = told.value
    phone = next(iter(phones_in(value)), None)
    value = value[: phone[0]] if phone else value
    for found in _CUT.finditer(value):
        if found.start() >= 2:
            value = value[: found.start()]
            break
    lead = _LEAD.match(value)
    value = value[lead.end() :] if lead and len(value) - lead.end() >= 2 else value
    start = told.start + told.value.find(value)
    value = value.strip(" （(，,")
    return Told(told.field, value, start, start + len(value), told.surety, told.outer)


def _named(text: str, employer: Told | None, gazetteer: Gazetteer) -> Told | None:
    """The place a sentence names: a division first, then a venue; words inside the employer's name do not count."""
    own = (employer.start, employer.end) if employer and employer.surety is not Surety.GUESSED else (0, 0)
    best: Told | None = None
    for start, end, _ in gazetteer.mentions(text):
        if own[0] <= start < own[1] or _NOT_WORK.search(text[:start]) or text.startswith(_LOCAL, end):
            continue
        stretch = _stretched(text, end, own)
        if stretch < 0:
            continue
        found = Told("工作地点", text[start:stretch].strip(), start, stretch, Surety.READ)
        if best is None or len(found.value) > len(best.value) + 2:
            best = found
    return best or _venue(text, own)


def _stretched(text: str, end: int, own: tuple[int, int]) -> int:
    """Where a place that begins with a division ends; -1 where the division is part of a firm's name."""
    behind = _BEHIND.match(text, end)
    if behind and behind.end() > end and not (own[0] < behind.end() <= own[1]):
        return behind.end()
    firm = _ORG_BEHIND.match(text, end)
    if firm and own[0] <= end < own[1]:
        return -1
    return end


def _venue(text: str, own: tuple[int, int]) -> Told | None:
    """A venue named without its division."""
    for match in _VENUE.finditer(text):
        start, end = match.span("name")
        if start < own[1] and own[0] < end:
            continue
        name = match["name"]
        lead = _TIDY.match(name)
        start += lead.end() if lead else 0
        name = text[start:end]
        if (
            (len(name) >= 3 or re.fullmatch(group("landmark"), name))
            and not _NO.search(name)
            and not _NOT_WORK.search(text[:start])
        ):
            return Told("工作地点", name, start, end, Surety.READ)
    return None

"""Whom to ask: phone numbers and the name beside them.

In: a piece of text. Out: phones and contact as `Told`.
"""

from __future__ import annotations

import re

from jobs_feed.fields import find_phones
from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.vocabulary import group

_DAY = re.compile(r"20\d{6}")
_HAN = "[一-龥]"
_CALLED = (
    rf"(?:{group('surname')}{_HAN}{{0,2}}?|[小老大阿]{_HAN}){group('honorific')}|[小老阿]{group('surname')}"
    rf"|{group('surname')}{_HAN}{{1,2}}"
    rf"|{_HAN}{{2,4}}(?:先生|女士|经理|老师|主任|厂长|老板娘?|师傅|店长|书记|大姐|大哥)"
)
_STOP = rf"(?!{group('not_a_name')}|[找请电联问打致和人])"
_LEAD = r"(?:联系人|联系|电联|咨询|找|致电|请打|拨打|请|电话|人|负责人|报名)?[:：]?\s*"
_BEFORE = re.compile(
    rf"(?:(?<=^)|(?<=[^一-龥])|(?<=联系人)|(?<=联系)|(?<=咨询)|(?<=请找)|(?<=找)|(?<=电话)|(?<=热线)|(?<=报名)|(?<=电联)){_STOP}(?P<name>{_CALLED})\s*[（(]?\s*(?:电话|手机|tel|微信|手机号|联系电话|微信同号|热线)?\s*[)）]?[:：,，]?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*[,，/（(\s]*(?:[（(]?(?:微信同号|同微信|微信同步|电话微信同号|v同号|同v)[）)]?)?[\s,，（(/]*(?:联系人[:：]?|找|请找|人事部?|办公室|招聘部|人力资源部?|HR)?\s*{_STOP}(?P<name>{_CALLED})(?=$|[\s，,。；;）)、/]|{_HAN}{{0,1}}$)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?:联系人|联系|请找|咨询|面洽|找)[:：\s]*{_STOP}(?P<name>{_CALLED})(?=$|[\s，,。；;（(\d])")
_SHORTEST = re.compile(
    rf"(?<=[车户业店厂场]主)(?:{group('surname')}{_HAN}?){group('honorific')}\Z|(?<=[部处室方厂店])(?:{group('surname')}){group('honorific')}\Z"
)
"""What stands before the surname is no part of the name: 车主李师傅 is 李师傅."""
_REACH = 16


def phones_in(text: str) -> list[tuple[int, int, str]]:
    """Phone numbers of a text; a date written in one run of digits is none."""
    return [found for found in find_phones(text) if not _DAY.fullmatch(found[2])]


def phones(text: str) -> list[Told]:
    """All phones of a text, each number once."""
    found: dict[str, Told] = {}
    for start, end, number in phones_in(text):
        found.setdefault(number, Told("联系电话", number, start, end, Surety.READ))
    return list(found.values())


def contact(text: str, numbers: list[Told]) -> Told | None:
    """The name beside a phone, before it or behind, else one that somebody is told to ask for."""
    for one in numbers:
        first = max(0, one.start - _REACH)
        before = _BEFORE.search(text[first : one.start])
        if before:
            return _told(before, first, Surety.READ)
        after = _AFTER.match(text[one.end : one.end + _REACH])
        if after:
            return _told(after, one.end, Surety.READ)
    alone = _ALONE.search(text)
    return _told(alone, 0, Surety.GUESSED) if alone else None


def person_in(text: str) -> str:
    """The name a value of the label 联系人 or 联系 begins with, "" where it names nobody."""
    match = re.match(rf"\s*{_STOP}(?P<name>{_CALLED})(?=$|[^一-龥])", text)
    return match["name"] if match else ""


def _told(match: re.Match[str], offset: int, surety: Surety) -> Told:
    """A name with its place."""
    start, end = match.span("name")
    name = match["name"]
    short = _SHORTEST.search(name)
    name = name[-len(short[0]) :] if short else name
    return Told("联系人", name, offset + end - len(name), offset + end, surety)

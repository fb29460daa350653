"""What stands under a label: 工资：3500, 【地址】开发区, 📞 139….

In: a piece of text. Out: every labelled value with its field and place, in order.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.vocabulary import field_of, labels

_SIGNS = {
    "📍": "工作地点",
    "🏢": "用人单位",
    "💰": "薪资待遇",
    "⏰": "工作时间",
    "🕐": "工作时间",
    "🏠": "食宿",
    "🍚": "食宿",
}
_PERIODS = {"月薪": "/月", "日薪": "/天", "日工资": "/天", "年薪": "/年", "一天": "/天", "时薪": "/小时"}
_EDGES = " \t,，;；。、|｜•·"
_FLAT = re.compile(r"\s+")
_NUMBER = re.compile(r"\d[\d.\-~—–至到kKwW千万]*")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """A label: before a colon, in brackets, or first in its line before a blank."""
    words = "|".join(sorted((_spaced(label) for label in labels()), key=len, reverse=True))
    signs = "".join(_SIGNS)
    opener = r"(?:(?<=^)|(?<=[\n\s，,;；。、|｜）)】\]》!！])|(?<=[^\w\s（(：:\"“]))"
    mark = r"(?:\d{1,2}[.、．)）]|[①-⑩]|[一二三四五六七八九十][、.．])?\s*"
    colon = rf"{mark}[【\[「『<《]?(?P<a>{words})(?:\s?[（(][^（()）\n]{{1,8}}[）)])?[】\]」』>》]?\s*[:：]+"
    bracket = rf"{mark}[【\[「『](?P<b>{words})[】\]」』]"
    blank = rf"(?:(?<=^)|(?<=\n))[^\w\n]*(?P<c>(?!招|找|聘|住|吃|电|薪|地|项目)(?:{words}))[ ]+(?=\S)"
    return re.compile(
        rf"{opener}(?:{colon}|{bracket})\s*|{blank}|(?P<d>[{signs}])\ufe0f?\s*(?=[^\s{signs}])", re.IGNORECASE
    )


def _spaced(label: str) -> str:
    """A label whose letters may stand apart: 电 话."""
    return r"\s?".join(map(re.escape, label))


def labelled(text: str) -> list[Told]:
    """Every labelled value of a text; a label with nothing behind it is none."""
    found = list(_pattern().finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)] * bool(found)
    told = []
    for match, limit in zip(found, ends, strict=True):
        name = match["a"] or match["b"] or match["c"] or ""
        field = _SIGNS[match["d"]] if match["d"] else field_of(name)
        start, end = _value(text, match.end(), limit, long=field == "岗位描述")
        value = text[start:end]
        if field == "薪资待遇" and _NUMBER.fullmatch(value):
            value += _PERIODS.get(_FLAT.sub("", name), "")
        if value:
            told.append(Told(field, value, start, end, Surety.STATED, (match.start(), end)))
    return told


def _value(text: str, start: int, limit: int, *, long: bool) -> tuple[int, int]:
    """Where a value stands: to the end of its line, or in the next line where its own is empty."""
    line = text.find("\n", start)
    stop = line if 0 <= line < limit and not long else limit
    if not text[start:stop].strip(_EDGES):
        stop = start
    while start < stop and text[start] in _EDGES + "\n":
        start += 1
    while stop > start and text[stop - 1] in _EDGES + "\n":
        stop -= 1
    return start, stop

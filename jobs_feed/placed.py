"""Parts of an advert with places of their own: ①沈阳铁西 线束厂 ②北京丰台 保安.

In: a posting, the words of one job and the gazetteer. Out: the posting, at the place the words begin with or name as
that of the work; as it was where they name none or only the same place less exactly.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.domain.division import Place
from matcher.domain.posting import Posting
from matcher.reference.divisions import Gazetteer

_LEAD = re.compile(
    r"[\s①-⑩⑴-⑽（(【\[「\d一二三四五六七八九十.．、)）:：]*(?:岗位|工种|职位)?[\s\d一二三四五六七八九十:：]*(?:招聘?|去|在|到|往)?\s*"
)
_NAMED = re.compile(r"(?:工作|上班|干活|用工)?(?:地点|地址|地方)\s*[:：]?\s*(?:在)?|(?:在|去|到|往)")
_TRADE_OF_PLACE = re.compile(r"(?:烤鸭|拉面|小吃|火锅|菜|小面|面馆|米线|特产|风味|大厨|厨师|餐|冷面|包子|麻辣)")
"""A dish of a place is not made there."""
_STOPS = frozenset("，,、；;：:（）() \n。")
_REACH = 40


def placed(posting: Posting, own: str, gazetteer: Gazetteer) -> Posting:
    """The posting at the place its own words name."""
    place = _told(own, gazetteer)
    if place is None or _says_less(place.code, posting.place.code):
        return posting
    return replace(posting, place=place)


def _told(own: str, gazetteer: Gazetteer) -> Place | None:
    """The place one job's words begin with, or that follows 地点, 在."""
    lead = _LEAD.match(own)
    first = lead.end() if lead else 0
    starts = {first, *(match.end() for match in _NAMED.finditer(own, 0, _REACH * 2))}
    for start, end, place in gazetteer.mentions(own[: _REACH * 3]):
        alone = own[start - 1 : start] in _STOPS and own[end : end + 1] in _STOPS
        if (start in starts or (start and alone)) and place.known and not _TRADE_OF_PLACE.match(own, end):
            return place
    return None


def _says_less(code: str, known: str) -> bool:
    """Whether a division holds, or is, the one already known."""
    prefix = code.rstrip("0")
    return bool(known) and known.startswith(prefix)

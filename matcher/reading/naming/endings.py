"""Titles that put another word for the person behind a trade: 修车学徒, 大白师傅, 除灰操作员.

In: a short folded title and known names of trades. Out: the one trade known with another ending (修车工, 大白工), or
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PERSON = (
    r"老师傅|师傅|学徒工?|徒弟|学员|帮工|技师|技术员|操作[员工手]|岗位工|运行工|值班员|人员|工人|[大中]工|[男女普]工|"
    r"临时工|季节工|夫妻工?|阿姨|大姐|[工员师手的]"
)
_ENDS = re.compile(rf"(?:{_PERSON})\Z")
_SHORTER = re.compile(r"[工员师手的]\Z")
_OTHERS = ("工", "员", "师", "师傅", "的", "手", "工人", "操作工", "")
_SAYS_NOTHING = frozenset(
    {"技术", "工程", "管理", "工作", "操作", "生产", "辅助", "服务", "执行", "安装", "维修", "加工"}
)
"""What stands before 工, 员 and 师 in different trades: 技术工 is no 技术员."""
_LEAST = 2
_LEAST_BEHIND = 3
"""Behind a place or a firm only longer words are believed: 通辽市烧锅炉师傅, not the 保育 of 接羔保育工."""


def same_trade(title: str, codes: Mapping[str, str]) -> tuple[str, int, int] | None:
    """(code, start, where the person begins) of a trade known with another ending, None for none or several."""
    for stem in _stems(title):
        for start in range(max(len(stem) - _LEAST_BEHIND, 0) + 1):
            told = stem[start:]
            if len(told) < _LEAST or told in _SAYS_NOTHING:
                continue
            found = {codes[told + other] for other in _OTHERS if told + other in codes}
            if len(found) == 1:
                return found.pop(), start, len(stem)
            if found:
                return None
    return None


def _stems(title: str) -> Iterator[str]:
    """The title without its word for the person, the longer word first."""
    for pattern in (_ENDS, _SHORTER):
        found = pattern.search(title)
        if found:
            yield title[: found.start()]

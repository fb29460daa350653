"""What all adverts of one job say together, and which of them says it.

In: the adverts of a group, the richest first. Out: for every field the first known value with the posting it comes
from, and the other values that differ, so that a person sees at a glance what the sources do not agree on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.division import Place
from matcher.domain.posting import Posting, PostingKind
from matcher.store import StoredPosting

FIELDS: tuple[tuple[str, str], ...] = (
    ("岗位名称", "title"),
    ("用人单位", "employer"),
    ("统一社会信用代码", "uscc"),
    ("岗位类别", "kind"),
    ("工作地点", "place"),
    ("招聘人数", "openings"),
    ("薪资待遇", "wage_text"),
    ("学历要求", "education_text"),
    ("年龄要求", "age_text"),
    ("性别要求", "sex_text"),
    ("证书要求", "certificate_text"),
    ("经验要求", "experience_text"),
    ("工作时间", "hours_text"),
    ("食宿", "board_text"),
    ("社会保险", "insurance_text"),
    ("劳动强度", "load_text"),
    ("岗位描述", "description"),
    ("发布日期", "published_on"),
    ("截止日期", "deadline"),
    ("来源", "source"),
    ("核实日期", "verified_on"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One field: the value that counts, the posting it comes from, and what others say instead."""

    field: str
    value: str
    posting: int
    others: tuple[tuple[int, str], ...] = ()


def union_of(members: Sequence[StoredPosting]) -> list[Said]:
    """The fields that any of the adverts knows, each with where it comes from."""
    found = []
    for field, attribute in FIELDS:
        told = [(stored.key, text) for stored in members if (text := shown(stored.value, attribute))]
        if told:
            key, value = told[0]
            found.append(Said(field, value, key, tuple(one for one in told[1:] if one[1] != value)))
    return found


def shown(posting: Posting, attribute: str) -> str:
    """A field as a person reads it, "" where it is unknown."""
    value = getattr(posting, attribute)
    if isinstance(value, Place):
        return value.name or value.text
    if isinstance(value, PostingKind):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def compared_fields(one: Posting, other: Posting) -> list[tuple[str, str, str, bool]]:
    """(field, value of one, value of the other, differ) of every field that one of two adverts knows."""
    rows = []
    for field, attribute in FIELDS:
        first, second = shown(one, attribute), shown(other, attribute)
        if first or second:
            rows.append((field, first, second, first != second))
    return rows

"""A row of a posting list → a posting as the employer states it.

In: `RowReader` over one row. Out: `Posting`, or None with the reasons in the reader.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jobs_feed.fields import stable_reference
from jobs_feed.places import place_of
from jobs_feed.rows import RowReader
from matcher.domain.posting import Posting, PostingKind
from matcher.reference.divisions import Gazetteer

_PART = re.compile(r"(?s)(.+)#(?:[2-9]|1\d)")
"""How the second and further jobs of an advert are numbered."""


def read_posting_row(row: RowReader, gazetteer: Gazetteer, *, sender: str, wage_unit: str = "") -> Posting | None:
    """The posting of one row; `ref` is "" where the row has none."""
    title, employer, place_text = row.required("岗位名称"), row.required("用人单位"), row.required("工作地点")
    published_on = row.day("发布日期")
    deadline = row.deadline("截止日期", published_on=published_on)
    ref = row.text("编号")
    posting = Posting(
        ref=ref,
        sender=sender,
        source_ref=advert_of(ref),
        title=title,
        employer=employer,
        uscc=row.uscc("统一社会信用代码"),
        kind=row.choice("岗位类别", PostingKind) or PostingKind.MARKET,
        place=place_of(place_text, employer, gazetteer),
        openings=row.count("招聘人数"),
        openings_text=row.text("招聘人数"),
        wage_text=row.text("薪资待遇", unit=wage_unit),
        education_text=row.text("学历要求"),
        age_text=row.text("年龄要求"),
        sex_text=row.text("性别要求"),
        certificate_text=row.text("证书要求"),
        experience_text=row.text("经验要求"),
        hours_text=row.text("工作时间"),
        board_text=row.text("食宿"),
        insurance_text=row.text("社会保险"),
        load_text=row.text("劳动强度"),
        description=row.text("岗位描述"),
        contact=row.text("联系人"),
        phone=row.phone("联系电话"),
        published_on=published_on,
        deadline=deadline,
        source=row.text("来源"),
        verified_by=row.text("核实人"),
        verified_on=row.day("核实日期"),
    )
    if row.problems:
        return None
    if not posting.place.known:
        row.tell("工作地点", "IMPORT_PLACE_UNKNOWN")
    return posting


def advert_of(ref: str) -> str:
    """The reference of the advert a posting belongs to: GW-7#2 is the second job of GW-7."""
    part = _PART.fullmatch(ref)
    return part[1] if part else ref


def with_reference(posting: Posting, whole: bool) -> Posting:
    """A posting without a reference gets a stable one from sender, title, employer and place, or from everything."""
    if posting.ref:
        return posting
    parts = [posting.title, posting.employer, posting.place.text]
    if whole:
        days = [str(posting.published_on), str(posting.deadline)]
        parts += [posting.wage_text, posting.openings_text, posting.description, *days]
    ref = stable_reference(posting.sender, parts)
    return replace(posting, ref=ref, source_ref=ref)

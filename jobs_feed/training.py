"""A row of a training list → a class as its provider states it.

In: `RowReader` over one row. Out: `TrainingClass`, or None with the reasons in the reader.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jobs_feed.fields import stable_reference
from jobs_feed.places import place_of
from jobs_feed.rows import RowReader
from matcher.domain.training import TrainingClass, TrainingMode
from matcher.reference.divisions import Gazetteer

_FULL = re.compile(r"满员|[报招]满|已满|名额满|停止报名|余额：(?:0|无|零)(?!\d)")
"""Words in the columns of seats and enrolment that say that no seat is left."""


def read_training_row(row: RowReader, gazetteer: Gazetteer, *, sender: str) -> TrainingClass | None:
    """The class of one row; `ref` is "" where the row has none."""
    title, provider, place_text = row.required("培训项目"), row.required("培训机构"), row.required("培训地点")
    full = any(_FULL.search(row.text(column)) for column in ("名额", "报名截止"))
    starts_on = row.day("开班日期")
    ends_on = row.day("结束日期") or row.last_day("开班日期")
    if starts_on and ends_on and ends_on < starts_on:
        row.refuse("结束日期", "IMPORT_END_BEFORE_START")
    found = TrainingClass(
        ref=row.text("编号"),
        sender=sender,
        title=title,
        occupation_text=row.text("职业工种"),
        level_text=row.text("等级"),
        provider=provider,
        place=place_of(place_text, provider, gazetteer),
        starts_on=starts_on,
        ends_on=ends_on,
        hours=row.hours("课时"),
        seats=0 if full else row.count("名额"),
        mode=row.choice("授课方式", TrainingMode),
        language_text=row.text("授课语言"),
        age_text=row.text("年龄要求"),
        education_text=row.text("学历要求"),
        health_text=row.text("健康要求"),
        certificate_text=row.text("发放证书"),
        subsidy_text=row.text("补贴标准"),
        board_text=row.text("食宿"),
        phone=row.phone("联系电话"),
        enrol_until=None if full else row.deadline("报名截止", published_on=None, before=starts_on),
    )
    if row.problems:
        return None
    if not found.place.known:
        row.tell("培训地点", "IMPORT_PLACE_UNKNOWN")
    return found


def with_reference(found: TrainingClass, whole: bool) -> TrainingClass:
    """A class without a reference gets a stable one from title, provider, place and first day, or from everything."""
    if found.ref:
        return found
    parts = [found.title, found.provider, found.place.text, str(found.starts_on)]
    if whole:
        parts += [found.level_text, str(found.hours), str(found.seats), str(found.mode), str(found.ends_on)]
    return replace(found, ref=stable_reference(found.sender, parts))

"""What only the texts tell counts in planning as if the columns said so."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from matcher.columns import WorkerRow
from matcher.domain.plan import Track
from matcher.domain.worker import LabourSkill, Worker
from matcher.policy import load_policy
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker
from matcher.stored_rows import worker_row
from matcher.tracks import decide_track

ON = date(2026, 6, 15)


def row_of(remarks: str, **columns: Any) -> WorkerRow:
    """The row for planning of somebody from 开鲁镇 with these remarks."""
    tools = load_tools()
    worker = Worker(ref="T", name="某", home=tools.gazetteer.resolve("开鲁县开鲁镇"), remarks=remarks, **columns)
    stored: Any = SimpleNamespace(key=1, value=worker, facts=read_worker(worker, tools, read_on=ON), told=())
    office: Any = SimpleNamespace(tools=tools)
    return worker_row(stored, office, ON)


@pytest.mark.parametrize(
    ("remarks", "county"),
    [
        ("户口在开鲁，人现在市里明仁街道租房陪读", "150502"),
        ("现在住闺女家，甘旗卡", "150522"),
        ("搬到霍林郭勒了", "150581"),
        ("以前住沈阳，去年回来的", "150523"),
        ("闺女住甘旗卡，常去看看", "150523"),
        ("想去市里租房陪读", "150523"),
    ],
)
def test_distances_count_from_where_somebody_lives_now(remarks: str, county: str) -> None:
    assert row_of(remarks).worker.home.county == county


@pytest.mark.parametrize(
    ("remarks", "column", "expected"),
    [
        ("台账上写半劳力，写错了，壮着呢", LabourSkill.WEAK, LabourSkill.ORDINARY),
        ("村里定的半劳力", None, LabourSkill.WEAK),
        ("村里定的半劳力", LabourSkill.ORDINARY, LabourSkill.ORDINARY),
        ("身体一般", LabourSkill.WEAK, LabourSkill.WEAK),
    ],
)
def test_labour_ability_is_as_the_texts_put_it_right(
    remarks: str, column: LabourSkill | None, expected: LabourSkill
) -> None:
    assert row_of(remarks, labour_skill=column).worker.labour_skill is expected


@pytest.mark.parametrize(
    ("remarks", "track"),
    [("公益岗干满三年了，不续了", Track.PUBLIC_POST_EXIT), ("公益岗上干得好", Track.STABILISE)],
)
def test_a_public_post_that_is_not_renewed_is_left_in_time(remarks: str, track: Track) -> None:
    row = row_of(remarks, public_post=True, birth_date=date(1980, 1, 1), phone="15400000000")
    assert decide_track(row.worker, row.facts, load_policy().at(ON)).track is track


@pytest.mark.parametrize(
    ("remarks", "track"),
    [("全家搬到甘旗卡去了", Track.FULL), ("全家搬到沈阳去了", Track.NOT_ENTITLED), ("户口已迁走", Track.NOT_ENTITLED)],
)
def test_who_moved_within_the_prefecture_is_served_on(remarks: str, track: Track) -> None:
    row = row_of(remarks, birth_date=date(1980, 1, 1), phone="15400000000", wish_text="保洁")
    assert decide_track(row.worker, row.facts, load_policy().at(ON)).track is track

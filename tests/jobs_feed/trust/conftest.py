"""An office of its own for each test, and postings handed in as files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport
from matcher.office import Office, OfficeConfig, init_office

NOW = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
COLUMNS = (
    "编号",
    "岗位名称",
    "用人单位",
    "工作地点",
    "招聘人数",
    "薪资待遇",
    "性别要求",
    "岗位描述",
    "联系电话",
    "发布日期",
    "截止日期",
    "核实日期",
)
ORDINARY = {
    "岗位名称": "保洁员",
    "用人单位": "奈曼旗示例物业有限公司",
    "工作地点": "奈曼旗",
    "招聘人数": "5",
    "薪资待遇": "3000元/月",
    "岗位描述": "打扫楼道，不收押金",
    "联系电话": "13900005678",
    "发布日期": "2026-06-10",
}

HandIn = Callable[..., ImportReport]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office on 15 June 2026."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config, clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def hand_in(office: Office, tmp_path: Path) -> HandIn:
    """Hands in postings by their reference and what is not ordinary in them."""

    def import_rows(**rows: dict[str, str]) -> ImportReport:
        path = tmp_path / "postings.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows({"编号": ref, **ORDINARY, **changes} for ref, changes in rows.items())
        return run_import(office, "postings", path, as_of=office.today(), actor="window")

    return import_rows

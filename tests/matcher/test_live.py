"""Which pay is under the minimum: by the month for full days, by the hour for hours, by their share for short days."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.columns import PostingRow
from matcher.domain.posting import Posting
from matcher.live import closed_because
from matcher.reading import load_tools, read_posting
from tests.factories import NAIMAN
from tests.worlds import policy

FINE = [
    ("15元/小时", "每天4小时", ""),
    ("20元一小时", "一天干3个小时", ""),
    ("1950元/月", "8:00-17:00", ""),
    ("1000元/月", "每天上午8点到11点半", ""),
    ("900元/月", "每天上午8点到10点", ""),
    ("60/天", "早6点到9点", ""),
    ("800/月", "每天2小时", ""),
    ("700元/月", "半日制", ""),
    ("180-200/天", "", "24小时一对一陪护"),
    ("24小时一对一 180-200/天", "", ""),
    ("18块钱一小时", "一天5-6小时", ""),
]
UNDER = [
    ("6元/小时", "每天4小时", ""),
    ("8元/小时", "每天10小时", ""),
    ("7块一小时", "", ""),
    ("1500元/月", "8:00-17:00", ""),
    ("1700元/月", "7:30-11:30，13:30-17:30", ""),
    ("600元/月", "每天4小时", ""),
    ("700元/月", "", "吃住在场"),
    ("50/天", "早8点到晚5点", ""),
]


def _closed(wage: str, hours: str, text: str) -> str:
    """Why an advert in Naiman is closed, "" where it is not."""
    posting = Posting(
        ref="P", title="保洁", employer="某单位", place=NAIMAN, wage_text=wage, hours_text=hours, description=text
    )
    found = closed_because(PostingRow(1, posting, read_posting(posting, load_tools())), policy())
    return found.code if found else ""


def test_what_staff_released_is_suggested_and_what_they_did_not_is_not() -> None:
    posting = Posting(
        ref="P", title="保洁", employer="某单位", place=NAIMAN, wage_text="1500元/月", description="交押金300"
    )
    row = PostingRow(1, posting, read_posting(posting, load_tools()))
    assert (closed := closed_because(row, policy())) is not None
    assert closed.code == "EXCLUDED_CONDUCT"
    assert closed_because(replace(row, cleared=True), policy()) is None
    assert closed_because(replace(row, cleared=True, openings_left=0), policy()) is not None


@pytest.mark.parametrize(("wage", "hours", "text"), FINE)
def test_pay_that_is_fair_for_its_hours_stands(wage: str, hours: str, text: str) -> None:
    assert _closed(wage, hours, text) == ""


@pytest.mark.parametrize(("wage", "hours", "text"), UNDER)
def test_pay_under_the_minimum_closes_an_advert(wage: str, hours: str, text: str) -> None:
    assert _closed(wage, hours, text) == "EXCLUDED_MINIMUM_WAGE"

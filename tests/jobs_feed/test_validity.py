"""Until when an advert holds, as people say it."""

from __future__ import annotations

from datetime import date

import pytest

from jobs_feed.fields import read_deadline
from jobs_feed.validity import last_day

ON = date(2026, 6, 18)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("6月30日前", date(2026, 6, 30)),
        ("6月底", date(2026, 6, 30)),
        ("2月底", date(2027, 2, 28)),
        ("月底前", date(2026, 6, 30)),
        ("本月底", date(2026, 6, 30)),
        ("下月初", date(2026, 7, 5)),
        ("下个月底", date(2026, 7, 31)),
        ("7.10", date(2026, 7, 10)),
        ("25号截止", date(2026, 6, 25)),
        ("5号前", date(2026, 7, 5)),
        ("5月20日", date(2026, 5, 20)),
        ("1月8日", date(2027, 1, 8)),
        ("2026年7月1日", date(2026, 7, 1)),
        ("截止到2026-07-01", date(2026, 7, 1)),
        ("三天内", date(2026, 6, 21)),
        ("一周内有效", date(2026, 6, 25)),
        ("招满为止", None),
        ("长期", None),
        ("2月30日", None),
        ("13月底", None),
        ("40号", None),
    ],
)
def test_the_last_day_is_worked_out(words: str, day: date | None) -> None:
    assert last_day(words, on=ON) == day


def test_a_list_may_say_its_deadline_in_words() -> None:
    found = read_deadline("月底前", as_of=ON, published_on=date(2026, 5, 3))
    assert found.value == date(2026, 5, 31)
    assert found.notice is not None
    assert read_deadline("看情况", as_of=ON, published_on=None).value is None

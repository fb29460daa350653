"""The monitoring ledger's own columns are read, and still told in the text they were told in before."""

from __future__ import annotations

from datetime import date

import pytest

from jobs_feed.columns import recognise
from jobs_feed.decide import merge
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.worker import Worker
from matcher.office import Office
from tests.jobs_feed.books import Cell
from tests.jobs_feed.rosters.rolls import person, stored, take


def ledger(office: Office, **cells: Cell) -> Ledger:
    """What is stored of these cells."""
    take(office, person(**cells))
    (one,) = stored(office)
    return one.value.ledger or Ledger()


def test_the_columns_of_the_ledger_are_read(office: Office) -> None:
    found = ledger(
        office, 与户主关系="户主", 务工所在省="北京市", 务工所在市="北京市", 务工所在县="朝阳区", 务工区域="区外",
        开始年月="202603", 结束年月="2026-05", **{"务工时间（月）": "3个月"}, 月收入="3,500元", 是否申领交通补助="是",
        年度交通费补助="500", 风险是否已消除="否", 识别时间="2025年12月1日", 帮扶措施="就业帮扶",
    )  # fmt: skip
    assert found.work_place.code == "110105"
    assert (found.relation, found.work_area, found.work_months) == ("户主", "区外", 3)
    assert (found.work_from, found.work_until) == (date(2026, 3, 1), date(2026, 5, 1))
    assert (found.income_yuan_per_month, found.transport_claimed, found.transport_yuan_per_year) == (3500, True, 500)
    assert (found.risk_cleared, found.identified_on, found.measures) == (False, date(2025, 12, 1), "就业帮扶")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("2500", 2500), ("0.35万元", 3500), ("约3千", 3000), ("3000元/月", 3000), ("不少", None), ("—", None)],
)
def test_amounts(office: Office, text: str, yuan: float | None) -> None:
    assert ledger(office, 月收入=text, 务工区域="区外").income_yuan_per_month == yuan


def test_work_is_told_in_the_experience_as_before(office: Office) -> None:
    take(office, person(务工所在县="朝阳区", 务工时间="3", 与户主关系="之子"))
    (one,) = stored(office)
    assert one.value.experience_text == "务工所在县：朝阳区\n务工时间：3"
    assert one.value.remarks == "想找离家近的活\n与户主关系：之子"


def test_an_empty_cell_of_the_ledger_erases_nothing() -> None:
    known = Worker(ref="1", name="示例", ledger=Ledger(relation="户主", work_months=3))
    draft = Worker(ref="1", name="示例", ledger=Ledger(work_months=4))
    assert merge(known, draft).ledger == Ledger(relation="户主", work_months=4)
    assert merge(known, Worker(ref="1", name="示例")) == known


@pytest.mark.parametrize("header", ["务工月收入（元）", "交通费补助", "户主关系", "务工地点", "监测对象识别时间"])
def test_other_names_of_the_columns(header: str) -> None:
    assert recognise("workers", header)[1] == "alias"

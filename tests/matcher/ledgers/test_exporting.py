"""Files of ledgers: who stands in them, who is left out, what may be seen, and that no cell computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.division import Place
from matcher.domain.errors import Cancelled, InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.plan import Relaxation, ServicePlan, Shortfall
from matcher.domain.run import MatchRun
from matcher.domain.service.casefile import CaseEvent, CaseStep
from matcher.domain.service.ladder import SpellDetail
from matcher.domain.service.ledgers import ExportOrder, ExportState, LedgerKind
from matcher.domain.worker import Constraint, WorkerFacts, WorkStatus
from matcher.ledgers import exporting
from matcher.ledgers.exporting import order_export, work_off
from matcher.office import AuditWanted, Office
from tests.web.made_up import NAIMAN, PHONE, TODAY, World, a_plan, a_worker, opened

HIDDEN = WorkerFacts(constraints=(Constraint(code="CONFIDENTIAL"),))
ORDER = ExportOrder(ledger=LedgerKind.BASE, purpose="旗里调度", whole=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The small office, with somebody in confidence and somebody whose name begins like a formula."""
    with opened(tmp_path) as found:
        with found.office.unit() as unit:
            people = [a_worker("NM-8", "=示例", "东村", NAIMAN), a_worker("NM-9", "密示例", "东村", NAIMAN)]
            unit.workers.add_many([(people[0], WorkerFacts()), (people[1], HIDDEN)])
            unit.plans.put_many(unit.runs.create(MatchRun(as_of=TODAY)), [_plan(found)])
        yield found


def _plan(world: World) -> ServicePlan:
    """A plan as the program makes it, two postings short."""
    plan = a_plan(world.bao, world.posting)
    [match] = plan.matches
    view = replace(match.posting, wage=Phrase("WAGE_STATED", {"text": "3000-3500元"}))
    more = Relaxation(code="RELAX_HOURS", args={}, postings=12)
    return replace(plan, matches=(replace(match, posting=view),), shortfall=Shortfall(missing=2, relaxations=(more,)))


def table(office: Office, folder: Path, order: ExportOrder) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of a ledger by header, and the notes under it."""
    path = folder / f"out.{order.ending}"
    done = work_off(office, order_export(office, order, actor="window"), path)
    rows = [list(row) for row in openpyxl.load_workbook(path).active.values]
    people = [dict(zip(rows[1], row, strict=True)) for row in rows[2 : 2 + done.people]]
    return people, [str(row[0]) for row in rows[2 + done.people :] if row[0]]


def test_whoever_asked_for_confidence_is_counted_and_not_listed(world: World, tmp_path: Path) -> None:
    rows, notes = table(world.office, tmp_path, ORDER)
    assert len(rows) == 4 and all("密" not in str(row["姓名"]) for row in rows)
    assert any("另有 1 人要求保密" in note for note in notes)
    assert "'=示例" in {row["姓名"] for row in rows}
    assert next(row for row in rows if row["编号"] == "NM-1")["联系电话"] == PHONE


def test_a_masked_sheet_has_no_number_and_no_illness(world: World, tmp_path: Path) -> None:
    rows, _ = table(world.office, tmp_path, replace(ORDER, whole=False, division=NAIMAN))
    assert {row["编号"] for row in rows} == {"NM-1", "NM-2", "NM-8"}
    assert not {"身份证号", "出生日期", "健康状况", "情况说明", "致险原因"} & set(rows[0])
    bao = next(row for row in rows if row["编号"] == "NM-1")
    assert (bao["年龄"], bao["联系电话"]) == ("45–54", "199****1234")


def test_a_purpose_is_asked_for_and_noted_without_anybodys_name(world: World, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="用途"):
        order_export(world.office, replace(ORDER, purpose=" "), actor="window")
    for wrong in (replace(ORDER, month="2026-13"), replace(ORDER, ending="exe"), replace(ORDER, profile="没有")):
        with pytest.raises(InputRefused):
            order_export(world.office, wrong, actor="window")
    table(world.office, tmp_path, ORDER)
    with world.office.reading() as unit:
        [noted] = [one for one in unit.audit.find(AuditWanted()) if one.action == "ledger_export"]
    assert (noted.actor, noted.purpose, noted.fields) == ("window", "旗里调度", "base 4 whole")


def test_an_export_that_is_stopped_leaves_no_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BEAT_SECONDS", 0.0)
    key = order_export(world.office, ORDER, actor="window")
    with world.office.unit() as unit:
        assert unit.ledgers.exports.get(key).state is ExportState.WAITING

    def stop(share: float) -> None:
        with world.office.unit() as unit:
            unit.ledgers.exports.ask_to_stop(key)

    with pytest.raises(Cancelled):
        work_off(world.office, key, tmp_path / "s.xlsx", progress=stop)
    assert list(tmp_path.glob("*.xlsx")) == [] and list(tmp_path.glob(".*.xlsx")) == []
    with world.office.reading() as unit:
        assert unit.ledgers.exports.get(key).state is ExportState.STOPPED


def test_the_work_ledger_tells_where_how_and_who_says_so(world: World, tmp_path: Path) -> None:
    home = Place("奈曼旗大沁他拉镇东村", "150525100", "奈曼旗大沁他拉镇")
    with world.office.unit("window") as unit:
        stored = unit.workers.get(world.bao)
        unit.workers.replace(world.bao, replace(stored.value, home=home, work_status=WorkStatus.EMPLOYED), stored.facts)
        spell = Spell(
            key=0, worker_key=world.bao, started_on=date(2026, 1, 5), said_by=SaidBy.WORKER, employer="示例厂",
            place="北京市朝阳区", yuan=4200, posting_key=world.posting,
        )  # fmt: skip
        key = unit.aftercare.spells.begin(spell)
    rows, _ = table(world.office, tmp_path, replace(ORDER, ledger=LedgerKind.WORK))
    [bao] = rows
    names = ("务工状态", "开始年月", "务工所在省", "务工区域", "务工企业", "就业渠道", "月收入")
    told = {name: bao[name] for name in names}
    assert told == {
        "务工状态": "在务工", "开始年月": "2026-01", "务工所在省": "北京市", "务工区域": "区外", "务工企业": "示例厂",
        "就业渠道": "帮扶车间", "月收入": 4200,
    }  # fmt: skip
    assert (bao["核实方式"], bao["务工时间（月）"], bao["乡"]) == ("本人", 3, "大沁他拉镇")
    detail = SpellDetail(
        worker_key=world.bao, spell_key=key, said_by=SaidBy.PAYROLL, told_on=TODAY, verified_how="pay_slip",
        channel="jingmeng", industry="service", yuan=4500,
    )  # fmt: skip
    with world.office.unit("window") as unit:
        unit.casefile.details.add(detail)
    [bao] = table(world.office, tmp_path, replace(ORDER, ledger=LedgerKind.WORK))[0]
    assert (bao["就业渠道"], bao["产业分类"], bao["月收入"], bao["核实方式"]) == (
        "京蒙劳务协作", "第三产业", 4500, "工资单",
    )  # fmt: skip
    assert table(world.office, tmp_path, replace(ORDER, ledger=LedgerKind.WORK, month="2025-12"))[0] == []


def test_the_service_ledger_tells_planned_from_held_and_printed_from_delivered(world: World, tmp_path: Path) -> None:
    order = replace(ORDER, ledger=LedgerKind.SERVICE)
    [bao] = table(world.office, tmp_path, order)[0]
    assert (bao["指导日期"], bao["岗位1：送达日期"], bao["送达凭证"]) == ("拟定 2026-03-17", None, None)
    assert (bao["岗位1：单位和岗位"], bao["备注"]) == ("奈曼旗示例车间 · 缝纫工", "岗位还缺 2 个，未完成")
    with world.office.unit("window") as unit:
        plan = unit.plans.current(world.bao)
        assert plan is not None
        held = CaseEvent(
            worker_key=world.bao, step=CaseStep.GUIDANCE, on=TODAY, way="window", who="高示例", minutes=35
        )  # fmt: skip
        told = CaseEvent(
            worker_key=world.bao, step=CaseStep.DELIVERED, on=TODAY, way="read_aloud", plan_code=plan.code
        )  # fmt: skip
        unit.casefile.events.add(held)
        unit.casefile.events.add(told)
    [bao] = table(world.office, tmp_path, order)[0]
    assert (bao["指导日期"], bao["指导方式"], bao["指导时长（分钟）"], bao["指导人"]) == (
        "2026-03-16", "窗口", 35, "高示例",
    )  # fmt: skip
    assert (bao["岗位1：送达日期"], bao["送达凭证"]) == ("2026-03-16", "2026-03-16 当面读给本人")


def test_needs_hold_people_without_three_postings_and_what_would_help(world: World, tmp_path: Path) -> None:
    rows, _ = table(world.office, tmp_path, replace(ORDER, ledger=LedgerKind.NEEDS, division=NAIMAN))
    by_name = {row["姓名"]: row for row in rows}
    assert set(by_name) == {"包示例", "王示例", "'=示例"}
    assert (by_name["包示例"]["已推荐岗位数"], by_name["包示例"]["还缺岗位数"]) == (1, 2)
    assert "还没做方案" in by_name["王示例"]["需要的帮扶"] and "没有电话" in by_name["王示例"]["需要的帮扶"]

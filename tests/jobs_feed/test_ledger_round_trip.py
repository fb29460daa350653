"""A ledger that is written and read in again changes nothing; a township's own columns are learnt from its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from jobs_feed.own_columns import columns_of_file
from jobs_feed.pipeline import run_import
from jobs_feed.report import FileRefused
from jobs_feed.rosters.again import ask_again
from matcher.domain.service.ledgers import ExportOrder, LedgerKind, ProfileColumn
from matcher.ledgers.exporting import order_export, work_off
from matcher.ledgers.profiles import checked
from matcher.office import Office, OfficeConfig, init_office
from web.cli import cli

DAY = date(2026, 6, 15)
HEADER = (
    "编号,姓名,身份证号,联系电话,县,乡,村,户编号,与户主关系,户类型,文化程度,健康状况,残疾类别,是否公益性岗位,工作经历,"
    "务工所在省,务工所在市,务工所在县,开始年月,务工时间（月）,月收入,情况说明"
)
BAO = (
    "N-1|包示例|150599197903020023|13900000001（儿子）|奈曼旗|大沁他拉镇|东村|H1|户主|脱贫户|中专|长期慢性病、残疾|肢体|"
    "是 2026-12-31|电焊两年|内蒙古自治区|通辽市|奈曼旗|2026.03|4|3000左右|=不是公式"
)
WANG = "N-2|王示例|||奈曼旗|大镇|西村|H2|之女|监测户|初中|健康||||北京市|市辖区|朝阳区|202601||4500|第一行"
LI = "N-3|李示例|15059919900101001X|13900000003|中旗|保康镇|北村|H3||脱贫户|高中|健康||否||||||||"
ROSTER = "\n".join([HEADER, *(line.replace("|", ",") for line in (BAO, WANG, LI))])
OWN = """示例镇务工月报表
人员姓名,公民身份证号码,出生年月,会讲普通话,务工区域,镇里意见
张三,150599196501010012,1965.01,是,区外,
李四,150599196502010014,1965.02,否,区外,
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with three people of a roster with the monitoring ledger's columns."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config)
    path = tmp_path / "台账.csv"
    path.write_text(ROSTER, encoding="utf-8")
    report = run_import(opened, "workers", path, as_of=DAY)
    assert (report.stored, report.problems) == (3, ())
    yield opened
    opened.close()


def written(office: Office, path: Path, ledger: LedgerKind = LedgerKind.BASE, **more: object) -> Path:
    """A ledger as a file."""
    order = ExportOrder(ledger=ledger, ending=path.suffix[1:], purpose="往返", whole=True)
    work_off(office, order_export(office, replace(order, **more), actor="window"), path)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["b.xlsx", "b.csv"])
def test_what_is_written_reads_back_unchanged(office: Office, tmp_path: Path, name: str) -> None:
    report = run_import(office, "workers", written(office, tmp_path / name), as_of=DAY)
    assert (report.stored, report.updated, report.unchanged, report.problems) == (0, 0, 3, ())


@pytest.mark.parametrize("profile", ["人社代码表头", "镇里的表"])
def test_other_columns_read_back_unchanged_too(office: Office, tmp_path: Path, profile: str) -> None:
    columns = tuple(
        ProfileColumn(code, header, form)
        for code, header, form in (
            ("REF", "人口编号", ""), ("NAME", "人员姓名", ""), ("SEX", "性别", "1/2"), ("VILLAGE", "行政村", ""),
            ("COUNTY", "旗县", ""), ("TOWNSHIP", "乡镇", ""), ("ID", "公民身份证号码", ""), ("", "签字", ""),
            ("WORK_FROM", "务工开始时间", "yyyy.mm"), ("RESETTLED", "是否易地搬迁", "√/空"),
        )
    )  # fmt: skip
    with office.unit("window") as unit:
        unit.ledgers.profiles.put(checked(LedgerKind.BASE, "镇里的表", "150525", columns))
    report = run_import(office, "workers", written(office, tmp_path / "p.xlsx", profile=profile), as_of=DAY)
    assert (report.stored, report.updated, report.unchanged, report.problems) == (0, 0, 3, ())


def test_another_office_learns_everything(office: Office, tmp_path: Path) -> None:
    path = written(office, tmp_path / "b.xlsx")
    config = OfficeConfig(home=tmp_path / "there", key_file=tmp_path / "keys2" / "key")
    init_office(config)
    there = Office.open(config)
    try:
        assert run_import(there, "workers", path, as_of=DAY).stored == 3
        with office.reading() as here, there.reading() as other:
            mine = {one.value.ref: one.value for one in here.workers.all_for_planning()}
            theirs = {one.value.ref: one.value for one in other.workers.all_for_planning()}
        assert mine == theirs
    finally:
        there.close()


def test_the_columns_of_a_file_are_learnt_with_their_order_and_forms(tmp_path: Path) -> None:
    path = tmp_path / "月报表.csv"
    path.write_text(OWN, encoding="utf-8")
    assert columns_of_file(path, LedgerKind.WORK) == (
        ProfileColumn("NAME", "人员姓名"),
        ProfileColumn("ID", "公民身份证号码"),
        ProfileColumn("BIRTH", "出生年月", "yyyy.mm"),
        ProfileColumn("MANDARIN", "会讲普通话", "是/否"),
        ProfileColumn("WORK_AREA", "务工区域"),
        ProfileColumn("", "镇里意见"),
    )
    path.write_text("苹果,梨\n1,2\n", encoding="utf-8")
    with pytest.raises(FileRefused):
        columns_of_file(path, LedgerKind.WORK)


def test_the_commands_list_learn_and_write(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOB131_KEY_FILE", str(office.config.key_file))
    home, own, out = ["--home", str(office.config.home)], tmp_path / "月报表.csv", tmp_path / "w.xlsx"
    own.write_text(OWN, encoding="utf-8")
    runner = CliRunner()
    learnt = runner.invoke(cli, [*home, "ledger", "columns", "work", str(own), "--name", "镇月报"])
    assert learnt.exit_code == 0 and "5 列对上，1 列留空" in learnt.output
    listed = runner.invoke(cli, [*home, "ledger", "list", "--json"])
    assert '"profile": "镇月报"' in listed.output
    order = ["ledger", "export", "work", "-o", str(out), "--profile", "镇月报", "--division", "150525"]
    done = runner.invoke(cli, [*home, *order, "--purpose", "6 月调度", "--json"])
    assert done.exit_code == 0 and '"people": 2, "left_out": 0' in done.output
    rows = list(openpyxl.load_workbook(out).active.values)
    assert rows[1] == ("人员姓名", "公民身份证号码", "出生年月", "会讲普通话", "务工区域", "镇里意见")
    assert [row[4] for row in rows[2:4]] == [None, "区外"], "two places in one banner need both townships"
    refused = runner.invoke(
        cli, [*home, "ledger", "export", "work", "-o", str(out), "--purpose", "x", "--profile", "无"]
    )
    assert refused.exit_code != 0


def test_questions_are_asked_of_what_was_changed_by_hand_and_cured_again(office: Office) -> None:
    with office.reading() as unit:
        stored = unit.workers.by_ref("N-3")
        before = unit.questions.count()
    with office.unit("window") as unit:
        wrong = replace(stored.value, school_status="高中在读", id_number="150599197903020023")
        unit.workers.replace(stored.key, wrong, stored.facts)
    asked = ask_again(office, division="150521", actor="window")
    with office.reading() as unit:
        codes = {one.phrase.code for one in unit.questions.of_person(stored.key)}
        assert codes == {"VERIFY_SCHOOL", "VERIFY_SAME_ID"} and asked.fresh == 2
    with office.unit("window") as unit:
        unit.workers.replace(stored.key, stored.value, stored.facts)
    assert ask_again(office, actor="window").cured >= 2
    with office.reading() as unit:
        assert unit.questions.of_person(stored.key) == [] and unit.questions.count() <= before

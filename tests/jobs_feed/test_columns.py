"""Headers as offices write them."""

from __future__ import annotations

import pytest

from jobs_feed.columns import header_unit, map_columns, missing_columns, recognise
from jobs_feed.reference import rows_of

LEDGER = """
省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件号码 民族 与户主关系 户类型 监测对象类别
风险是否已消除 文化程度 在校生状况 劳动技能 健康状况 残疾类别 会讲普通话 是否易地搬迁
务工状态 开始年月 结束年月 务工时间(月) 务工所在省 务工所在市 务工所在县 务工区域 务工企业
就业渠道 就业形式 产业分类 月收入 公益性岗位类型 公益性岗位月数 年度交通费补助 联系电话
核实人 核实方式 核实日期
"""

FALSE_OF_PEOPLE = """
户主姓名 户主身份证号 户主联系电话 配偶姓名 配偶身份证号 父亲姓名 父亲联系电话 监护人姓名 紧急联系人电话
银行卡号 开户银行 社保卡号 发证日期 发证机关 核实方式 核实日期 填表日期 填表人电话 责任人联系电话
企业联系电话 帮扶单位 家庭年收入 人均纯收入 耕地面积 牲畜头数 住房面积 入户时间 签字 照片 序号 年度 季度
是否参加医保 是否缴纳养老保险 补贴金额 补贴发放日期 培训合格证编号 就业月数 劳务输出批次
"""
FALSE_OF_POSTINGS = """
序号 公司性质 注册资本 法人代表 法定代表人 成立日期 登记机关 企业邮箱 传真 邮政编码 邮编 浏览次数 收藏次数 投递人数
简历数 面试人数 录用人数 已招人数 求职人数 岗位状态 审核状态 是否公开 头像 二维码 经度 纬度 距离 公司logo
培训学校 姓名 身份证号 出生日期 入职日期 离职日期
"""
FALSE_OF_CLASSES = """
序号 学员姓名 身份证号 学员电话 出勤率 考核成绩 证书号 证书编号 就业单位 教师姓名 教室 教材 审批文号 验收日期
"""


@pytest.mark.parametrize(
    ("kind", "header", "field", "how"),
    [
        ("postings", "岗位名称", "岗位名称", "exact"),
        ("postings", "*岗位名称（必填）", "岗位名称", "exact"),
        ("postings", " 用人\n单位 ", "用人单位", "exact"),
        ("postings", "职位", "岗位名称", "alias"),
        ("postings", "公司名称", "用人单位", "alias"),
        ("postings", "地区", "工作地点", "alias"),
        ("postings", "月薪", "薪资待遇", "alias"),
        ("postings", "月薪(千元)", "薪资待遇", "alias"),
        ("postings", "发布时间", "发布日期", "alias"),
        ("postings", "招聘人数（人）", "招聘人数", "alias"),
        ("workers", "公民身份证号码", "身份证号", "alias"),
        ("workers", "苏木乡（镇、场）", "苏木乡镇", "alias"),
        ("workers", "是否易地扶贫搬迁户口", "是否易地搬迁", "fuzzy"),
        ("training", "开班日期", "开班日期", "exact"),
        ("postings", "公司性质", "", "ignored"),
        ("workers", "序号", "", "ignored"),
    ],
)
def test_a_header_is_known_by_name_other_name_or_likeness(kind: str, header: str, field: str, how: str) -> None:
    found = recognise(kind, header)
    assert (found[0], found[1]) == (field, how)


def test_there_are_more_than_two_hundred_other_names_and_each_leads_to_a_column() -> None:
    aliases = rows_of("columns")
    fields = {(row["kind"], row["field"]) for row in rows_of("fields")}
    assert len(aliases) >= 200
    assert {(row["kind"], row["field"]) for row in aliases} <= fields
    for kind in ("workers", "postings", "training"):
        names = [row["alias"] for row in aliases if row["kind"] == kind]
        assert len(names) == len(set(names))


def test_the_monitoring_ledger_is_read_as_it_is() -> None:
    columns = map_columns("workers", LEDGER.split(), {})
    fields = {column.header: column.field for column in columns}
    wanted = {
        "县": "旗县",
        "乡": "苏木乡镇",
        "村": "嘎查村",
        "人口编号": "编号",
        "证件号码": "身份证号",
        "户类型": "户类型",
        "残疾类别": "健康状况",
        "会讲普通话": "语言",
        "务工状态": "就业状态",
        "务工企业": "工作经历",
        "公益性岗位类型": "是否公益性岗位",
        "联系电话": "联系电话",
    }
    assert wanted.items() <= fields.items()
    assert not missing_columns("workers", columns, LEDGER.split())["missing"]


def test_the_better_name_wins_a_column_and_the_rival_is_not_used() -> None:
    columns = map_columns("postings", ["联系方式", "联系电话", "电话"], {})
    assert [(column.field, column.how) for column in columns] == [
        ("", "ignored"),
        ("联系电话", "exact"),
        ("", "ignored"),
    ]


def test_columns_that_describe_join_one_field() -> None:
    columns = map_columns("postings", ["职位信息", "福利", "任职要求"], {})
    assert [(column.field, column.joined) for column in columns] == [
        ("岗位描述", False),
        ("岗位描述", True),
        ("岗位描述", True),
    ]


def test_what_a_sender_meant_before_goes_first() -> None:
    columns = map_columns("postings", ["岗位名称", "代号"], {"代号": "岗位名称", "岗位名称": ""})
    assert [(column.field, column.how) for column in columns] == [("", "ignored"), ("岗位名称", "remembered")]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("月薪(千元)", "千元/月"),
        ("薪资（元/天）", "元/天"),
        ("日薪（元）", "元/天"),
        ("年薪(万元)", "万元/年"),
        ("日薪", "元/天"),
        ("薪资待遇", ""),
        ("招聘人数（人）", ""),
    ],
)
def test_a_unit_in_the_header_goes_with_the_numbers(header: str, unit: str) -> None:
    assert header_unit(header) == unit


def test_missing_columns_are_named_beside_what_was_seen() -> None:
    columns = map_columns("postings", ["岗位名称", "随便"], {})
    found = missing_columns("postings", columns, ["岗位名称", "随便"])
    assert found == {"missing": "用人单位、工作地点", "seen": "岗位名称、随便"}


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        *[("workers", header) for header in FALSE_OF_PEOPLE.split()],
        *[("postings", header) for header in FALSE_OF_POSTINGS.split()],
        *[("training", header) for header in FALSE_OF_CLASSES.split()],
    ],
)
def test_a_header_that_only_looks_like_one_is_not_used(kind: str, header: str) -> None:
    assert recognise(kind, header)[0] == ""


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("workers", "1、姓名", "姓名"),
        ("workers", "（一）姓名", "姓名"),
        ("workers", "姓 名", "姓名"),
        ("workers", "身份证号（必填，18位）", "身份证号"),
        ("workers", "联 系 電 話", "联系电话"),
        ("workers", "期望月薪(元)", "期望月薪"),
        ("workers", "ID Number", "身份证号"),
        ("workers", "date_of_birth", "出生日期"),
        ("postings", "【岗位名称】", "岗位名称"),
        ("postings", "招聘人数/人", "招聘人数"),
        ("postings", "Job Title", "岗位名称"),
        ("postings", "薪资（元/月）", "薪资待遇"),
        ("postings", "最高月薪", "薪资待遇"),
        ("training", "课时（学时）", "课时"),
        ("training", "Start Date", "开班日期"),
    ],
)
def test_a_header_is_known_whatever_stands_around_it(kind: str, header: str, field: str) -> None:
    assert recognise(kind, header)[0] == field


def test_a_column_stands_in_for_a_required_one_that_is_missing() -> None:
    alone = map_columns("training", ["工种", "机构", "地点"], {})
    beside = map_columns("training", ["培训项目", "工种"], {})
    assert [column.field for column in alone] == ["培训项目", "培训机构", "培训地点"]
    assert [column.field for column in beside] == ["培训项目", "职业工种"]


def test_a_second_column_of_a_field_joins_where_its_name_says_so() -> None:
    columns = map_columns("postings", ["岗位名称", "工种", "工时", "班次", "最低月薪", "最高月薪"], {})
    assert [(column.field, column.joined, column.end) for column in columns] == [
        ("岗位名称", False, ""),
        ("岗位描述", True, ""),
        ("工作时间", False, ""),
        ("工作时间", True, ""),
        ("薪资待遇", True, "low"),
        ("薪资待遇", True, "high"),
    ]


def test_the_same_header_twice_is_spare() -> None:
    columns = map_columns("workers", ["联系电话", "联系电话"], {})
    assert [(column.field, column.spare) for column in columns] == [("联系电话", False), ("联系电话", True)]

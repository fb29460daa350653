"""The made-up prefecture as a reader of its spreadsheets finds it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jobs_feed.sample import SampleFiles, write_sample
from jobs_feed.sample.identity import COUNTY_UNASSIGNED
from matcher.reference.tables import read_table

AS_OF = date(2026, 11, 24)
WORKER_COLUMNS = [
    "编号",
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "联系电话",
    "旗县",
    "苏木乡镇",
    "嘎查村",
    "户编号",
    "户类型",
    "监测对象类别",
    "致险原因",
    "是否易地搬迁",
    "集中安置区",
    "民族",
    "语言",
    "文化程度",
    "在校生状况",
    "劳动技能",
    "健康状况",
    "就业状态",
    "失业日期",
    "就业意愿",
    "是否公益性岗位",
    "技能特长",
    "证书",
    "工作经历",
    "意向工种",
    "意向地区",
    "期望月薪",
    "是否愿意外出",
    "是否需当天回家",
    "家庭照料",
    "交通方式",
    "培训意愿",
    "情况说明",
    "责任人",
]
POSTING_COLUMNS = [
    "编号",
    "岗位名称",
    "用人单位",
    "统一社会信用代码",
    "岗位类别",
    "工作地点",
    "招聘人数",
    "薪资待遇",
    "学历要求",
    "年龄要求",
    "性别要求",
    "证书要求",
    "经验要求",
    "工作时间",
    "食宿",
    "社会保险",
    "劳动强度",
    "岗位描述",
    "联系人",
    "联系电话",
    "发布日期",
    "截止日期",
    "来源",
    "核实人",
    "核实日期",
]
TRAINING_COLUMNS = [
    "编号",
    "培训项目",
    "职业工种",
    "等级",
    "培训机构",
    "培训地点",
    "开班日期",
    "结束日期",
    "课时",
    "名额",
    "授课方式",
    "授课语言",
    "年龄要求",
    "学历要求",
    "健康要求",
    "发放证书",
    "补贴标准",
    "食宿",
    "联系电话",
    "报名截止",
]

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    """The standard sample, written once."""
    return write_sample(tmp_path_factory.mktemp("sample"), as_of=AS_OF)


@pytest.fixture(scope="module")
def workers(sample: SampleFiles) -> Rows:
    """Its people."""
    return read(sample.workers)[2]


@pytest.fixture(scope="module")
def postings(sample: SampleFiles) -> Rows:
    """Its postings."""
    return read(sample.postings)[2]


@pytest.fixture(scope="module")
def classes(sample: SampleFiles) -> Rows:
    """Its classes."""
    return read(sample.training)[2]


def read(path: Path) -> tuple[str, list[str], Rows]:
    """Title, header and rows of one spreadsheet; an empty cell is an empty text."""
    book = load_workbook(path, read_only=True)
    title, head, *rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.values]
    book.close()
    return title[0], head, [dict(zip(head, row, strict=True)) for row in rows]


def age_of(birth: date) -> int:
    """Whole years on the day of the sample."""
    return AS_OF.year - birth.year - ((AS_OF.month, AS_OF.day) < (birth.month, birth.day))


def birth_in(number: str) -> date:
    """The birth date inside an ID number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def test_the_columns_are_those_of_the_templates_under_a_title_that_says_made_up(sample: SampleFiles) -> None:
    for path, columns in (
        (sample.workers, WORKER_COLUMNS),
        (sample.postings, POSTING_COLUMNS),
        (sample.training, TRAINING_COLUMNS),
    ):
        title, head, _ = read(path)
        assert "示例数据，均为虚构" in title
        assert head == columns


def test_the_standard_sample_has_the_size_it_promises(workers: Rows, postings: Rows, classes: Rows) -> None:
    assert (len(workers), len(postings), len(classes)) == (600, 250, 40)


def test_a_village_sample_is_one_village(tmp_path: Path) -> None:
    files = write_sample(tmp_path, as_of=AS_OF, size="village")
    people = read(files.workers)[2]
    assert len(people) == 40
    assert len({(row["旗县"], row["苏木乡镇"]) for row in people}) == 1
    assert len(read(files.postings)[2]) == 60
    assert len(read(files.training)[2]) == 12


def test_the_same_seed_size_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_sample(tmp_path / "a", as_of=AS_OF, size="village", seed=7)
    again = write_sample(tmp_path / "b", as_of=AS_OF, size="village", seed=7)
    other = write_sample(tmp_path / "c", as_of=AS_OF, size="village", seed=8)
    for one, two in zip(paths(first), paths(again), strict=True):
        assert one.read_bytes() == two.read_bytes()
    assert read(first.workers)[2] != read(other.workers)[2]


def paths(files: SampleFiles) -> list[Path]:
    """The three files of a sample."""
    return [files.workers, files.postings, files.training]


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_sample(tmp_path, as_of=AS_OF, size="galaxy")


def test_no_id_number_can_belong_to_anybody(workers: Rows) -> None:
    assigned = {row["code"][:6] for name in ("divisions", "divisions_former") for row in read_table(name)}
    assert COUNTY_UNASSIGNED not in assigned
    numbers = [row["身份证号"] for row in workers if row["身份证号"]]
    assert 0.85 <= len(numbers) / len(workers) <= 0.97
    assert all(number.startswith(COUNTY_UNASSIGNED) for number in numbers)
    assert len({number[:18] for number in numbers}) == len(numbers)
    assert {len(number) for number in numbers} == {18, 20}


def test_sex_and_age_agree_with_the_id_number(workers: Rows) -> None:
    for row in workers:
        number = row["身份证号"]
        if number:
            assert row["性别"] == ("男" if int(number[16]) % 2 else "女")
            assert row["出生日期"] in ("", birth_in(number).isoformat())
            assert 14 <= age_of(birth_in(number)) <= 67


def test_schooling_is_plausible_by_age(workers: Rows) -> None:
    for row in workers:
        if row["身份证号"] and row["文化程度"] in ("大专", "本科及以上"):
            assert age_of(birth_in(row["身份证号"])) >= 20
        assert not (row["文化程度"] and row["在校生状况"])


def test_who_must_be_home_every_day_is_not_willing_to_leave(workers: Rows) -> None:
    both = [row for row in workers if row["是否需当天回家"] == "是" and row["是否愿意外出"] == "是"]
    assert both == []


def test_no_pattern_is_left_unsaid(workers: Rows, postings: Rows, classes: Rows) -> None:
    for row in (*workers, *postings, *classes):
        assert not set("".join(row.values())) & set("{}[]|>")


def test_stories_differ_from_person_to_person(workers: Rows) -> None:
    stories = [row["情况说明"] for row in workers if row["情况说明"]]
    assert len(stories) >= 400
    assert len(set(stories)) / len(stories) >= 0.9
    assert len({row["姓名"] for row in workers}) / len(workers) >= 0.75


@pytest.mark.parametrize(
    ("column", "needed"),
    [
        ("户类型", {"脱贫户", "监测户", "一般户", ""}),
        ("就业状态", {"未就业", "就业转失业", "已就业", "灵活就业", "自营", ""}),
        ("就业意愿", {"愿意", "暂无意愿", "未询问", ""}),
        ("健康状况", {"健康", "长期慢性病", "患有大病", "残疾", ""}),
        ("劳动技能", {"普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力"}),
        ("文化程度", {"小学", "初中", "高中", "大专", "本科及以上"}),
    ],
)
def test_every_kind_of_person_is_there(workers: Rows, column: str, needed: set[str]) -> None:
    assert needed <= {row[column] for row in workers}


def test_pupils_minors_elders_and_holders_of_public_posts_are_there(workers: Rows) -> None:
    ages = [age_of(birth_in(row["身份证号"])) for row in workers if row["身份证号"]]
    assert any(age < 18 for age in ages)
    assert any(age >= 60 for age in ages)
    assert any(row["在校生状况"] for row in workers)
    assert any(row["是否公益性岗位"].endswith("到期") for row in workers)
    assert any("北京" in row["情况说明"] for row in workers)
    assert any(row["集中安置区"].endswith("（示例）") for row in workers)
    assert any("蒙语为主" in row["语言"] for row in workers)


def test_couples_share_a_household_and_some_of_them_a_phone(workers: Rows) -> None:
    households = Counter(row["户编号"] for row in workers if row["户编号"])
    phones = Counter(row["联系电话"] for row in workers if row["联系电话"])
    assert max(households.values()) == 2
    assert any(number == 2 for number in phones.values())


def test_phones_stand_under_a_prefix_that_no_operator_has(workers: Rows, postings: Rows, classes: Rows) -> None:
    numbers = [row["联系电话"] for row in (*workers, *postings, *classes) if row["联系电话"]]
    assert all(len(number) == 11 and number.startswith("154") for number in numbers)


def test_one_keeper_looks_after_a_village(workers: Rows) -> None:
    keepers: dict[tuple[str, str], set[str]] = {}
    for row in workers:
        if row["责任人"] and row["嘎查村"].endswith(("嘎查", "村")):
            keepers.setdefault((row["苏木乡镇"], row["嘎查村"]), set()).add(row["责任人"])
    assert len(keepers) >= 20
    assert all(len(names) == 1 for names in keepers.values())


def test_pay_stands_in_all_notations(workers: Rows, postings: Rows) -> None:
    offers = " ".join(row["薪资待遇"] for row in postings)
    for sign in ("元/月", "千/月", "k-", "元/天", "元/小时", "面议", "计件", "底薪", "左右", "年薪", "最低工资"):
        assert sign in offers, sign
    assert any(not row["薪资待遇"] for row in postings)
    wishes = " ".join(row["期望月薪"] for row in workers)
    for sign in ("/天", "左右", "k-", "以上"):
        assert sign in wishes, sign


def test_postings_of_every_kind_stand_over_all_banners_and_beijing(postings: Rows) -> None:
    kinds = Counter(row["岗位类别"] for row in postings)
    assert {"市场岗位", "公益性岗位", "帮扶车间", "以工代赈", "京蒙协作"} <= set(kinds)
    assert kinds["市场岗位"] > len(postings) / 2
    places = " ".join(row["工作地点"] for row in postings)
    for name in ("科尔沁区", "中旗", "后旗", "开鲁", "库伦", "奈曼", "扎鲁特", "霍", "北京"):
        assert name in places, name


def test_every_employer_and_school_says_that_it_is_made_up(postings: Rows, classes: Rows) -> None:
    assert all("（示例）" in row["用人单位"] for row in postings)
    assert all(row["培训机构"].endswith("（示例）") for row in classes)
    assert all(row["联系人"].startswith("示例") for row in postings)


def test_most_postings_are_open_and_a_few_are_past(postings: Rows) -> None:
    dated = [row["截止日期"] for row in postings if row["截止日期"][:4].isdigit() and "-" in row["截止日期"]]
    past = sum(day < AS_OF.isoformat() for day in dated)
    assert 0 < past / len(dated) < 0.12


def test_some_age_limits_stand_only_in_the_text(postings: Rows) -> None:
    hidden = [
        row
        for row in postings
        if row["年龄要求"] in ("", "不限") and ("周岁" in row["岗位描述"] or "岁以下" in row["岗位描述"])
    ]
    assert len(hidden) >= 20


def test_no_class_names_an_amount(classes: Rows) -> None:
    assert {row["补贴标准"] for row in classes} == {"按当地现行目录（办公室填写）"}


def test_most_classes_begin_within_sixty_days_and_in_both_languages(classes: Rows) -> None:
    days = [(date.fromisoformat(row["开班日期"]) - AS_OF).days for row in classes]
    assert min(days) >= 3
    assert sum(day <= 60 for day in days) / len(days) >= 0.8
    assert any("蒙" in row["授课语言"] for row in classes)
    assert {"脱产", "半天", "入村"} <= {row["授课方式"] for row in classes}

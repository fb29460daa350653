"""Nobody's name, number or account is published without the employer's word; everything else stays as it is."""

from __future__ import annotations

import pytest

from jobs_feed.publishing.withheld import is_private, public_form, without_contacts
from tests.jobs_feed.publishing.offices import WINDOW, a_posting

CUT = "〔略〕"


def cut(text: str, *names: str) -> str:
    """A text as it is published."""
    return without_contacts(text, names, CUT)


@pytest.mark.parametrize(
    "number",
    [
        "13900000131",
        "139 0000 0131",
        "139-0000-0131",
        "1 3 9 0 0 0 0 0 1 3 1",
        "１３９０００００１３１",
        "+8613900000131",
        "86-13900000131",
        "幺三九零零零零零幺三幺",
        "一三九〇〇〇〇〇一三一",
        "139 0000 零一三一",
        "0475-8200131",
        "(0475)8200131",
        "04758200131转802",
        "8200131",
        "150599197903020026",
        "someone@example.cn",
    ],
)
@pytest.mark.parametrize("around", ["招保洁，电话{}，白班", "{}", "有意者打{}", "请拨：{}\n管饭"])
def test_numbers_are_cut_however_they_are_written(number: str, around: str) -> None:
    assert cut(around.format(number)) == around.format(CUT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("微信：abc_12345", f"微信：{CUT}"),
        ("加VX wxid8899aa面谈", f"加VX {CUT}面谈"),
        ("微信同号13900000131", f"微信同号{CUT}"),
        ("QQ:123456", f"QQ:{CUT}"),
        ("联系人：李姐，13900000131", f"联系人：{CUT}，{CUT}"),
        ("联系人：包·示例 139 0000 0131", f"联系人：{CUT} {CUT}"),
        ("有意请找王经理", f"有意请找{CUT}"),
        ("电话(白师傅)", f"电话({CUT})"),
    ],
)
def test_accounts_and_people_to_be_called_are_cut(text: str, shown: str) -> None:
    assert cut(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "月薪3000-4000元，每天8:00-17:30，2026-06-01起",
        "20260601前报名，招15人，150525",
        "年薪80000-120000元，绩效1000-2000",
        "统一社会信用代码一栏为空",
        "客户经理、项目经理、店长各一名",
        "联系客户，维护微信群",
        "一三五上班，二四六休息",
        "工资2800000元以内的项目",
        "负责微信小程序运营 C1驾照",
        "找零工，找活的来，找一名店长，找销售主管",
        "电话客服主管要会打字",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert cut(text) == text


def test_a_title_keeps_its_words() -> None:
    assert (
        public_form(a_posting(title="电话销售主管13900000131"), phone="", withheld=CUT, private_employer="").title
        == f"电话销售主管{CUT}"
    )


def test_the_name_in_the_column_of_contacts_is_cut_from_the_texts_but_not_ranks_and_offices() -> None:
    shown = public_form(
        a_posting(contact="王示例/人事部、经理", description="找王示例报名，人事部在二楼，招客户经理"),
        phone=WINDOW,
        withheld=CUT,
        private_employer="个人雇主",
    )
    assert shown.description == f"找{CUT}报名，人事部在二楼，招客户经理"
    assert (shown.contact, shown.phone) == ("", WINDOW)


def test_everything_but_contacts_is_published_word_for_word() -> None:
    posting = a_posting()
    shown = public_form(posting, phone=WINDOW, withheld=CUT, private_employer="个人雇主")
    assert shown == a_posting(contact="", phone=WINDOW)


@pytest.mark.parametrize("employer", ["李先生", "个人", "王姐", "包老板", "家庭", "某"])
def test_a_household_is_not_named(employer: str) -> None:
    assert is_private(employer)
    shown = public_form(a_posting(employer=employer), phone="", withheld=CUT, private_employer="个人雇主")
    assert shown.employer == "个人雇主"


@pytest.mark.parametrize(
    "employer", ["通辽某某物业有限公司", "奈曼旗第一中学", "老王修车铺", "科尔沁牛业", "李记包子铺"]
)
def test_an_organisation_is_named(employer: str) -> None:
    assert not is_private(employer)
    assert public_form(a_posting(employer=employer), phone="", withheld=CUT, private_employer="").employer == employer


def test_an_employer_that_is_the_contact_is_a_person() -> None:
    posting = a_posting(employer="王示例", contact="王示例")
    assert public_form(posting, phone="", withheld=CUT, private_employer="个人雇主").employer == "个人雇主"

"""Single rules of pasted texts: what parts adverts, what is dropped and why, and how values are marked."""

from __future__ import annotations

import pytest

from jobs_feed.pasted import PastedDraft, PastedText, Surety, read_pasted
from matcher.reading import load_tools


def read(text: str) -> PastedText:
    """A text as read."""
    return read_pasted(text, load_tools())


def only(text: str) -> PastedDraft:
    """The one draft of a text."""
    (draft,) = read(text).drafts
    return draft


def surety(draft: PastedDraft, name: str) -> Surety:
    """How a field was found."""
    return next(spot.surety for spot in draft.spots if spot.field == name)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("收到", "IMPORT_LEFT_NOISE"),
        ("@所有人", "IMPORT_LEFT_NOISE"),
        ("[图片]", "IMPORT_LEFT_NOISE"),
        ("https://example.invalid/a?b=1", "IMPORT_LEFT_LINK"),
        ("王强 10:40", "IMPORT_LEFT_HEADER"),
        ("有招保洁的吗？", "IMPORT_LEFT_SEEKER"),
        ("求职：本人女40岁想找个保洁的活", "IMPORT_LEFT_SEEKER"),
        ("出租：两居室月租800", "IMPORT_LEFT_OTHER"),
        ("今日招聘信息", "IMPORT_LEFT_HEADING"),
        ("明天降温大家多穿点", "IMPORT_LEFT_WORDS"),
    ],
)
def test_what_is_no_advert_is_left_out_with_its_reason(line: str, code: str) -> None:
    text = f"示例饭店招服务员2名，月薪3000，科尔沁区和平路，13900001111\n\n王二 9:30\n{line}"
    found = read(text)
    assert [draft.fields["岗位名称"] for draft in found.drafts] == ["服务员"]
    assert code in {one.code for one in found.left_out if found.text[one.start : one.end].strip() == line}


def test_working_hours_are_no_chat_header() -> None:
    draft = only("示例饭店招服务员\n上班时间 8:00\n电话 13900001111")
    assert draft.fields["联系电话"] == "13900001111"


def test_values_say_how_they_were_found() -> None:
    draft = only("单位：示例物业\n招保洁2名，月薪2600，刘女士13900001111")
    assert surety(draft, "用人单位") is Surety.STATED
    assert surety(draft, "薪资待遇") is Surety.READ
    household = only("想找位保姆照顾老人，月薪4000，李女士13900001111，明珠小区")
    assert household.fields["用人单位"] == "李女士"
    assert surety(household, "用人单位") is Surety.GUESSED


def test_missing_required_fields_are_named() -> None:
    assert only("急招叉车司机一名，有证，13900001111").missing == ("用人单位", "工作地点")


def test_the_date_of_the_message_is_the_day_of_publication() -> None:
    draft = only("2022/6/13 09:15 群主\n示例饭店招服务员2名，13900001111")
    assert draft.fields["发布日期"] == "2022/6/13"


def test_cells_pasted_from_a_spreadsheet_are_rows() -> None:
    found = read("岗位\t人数\t工资\t备注\t单位\n保安\t5\t2800\t\t示例物业\n保洁\t8\t2300\t五十以下\t示例物业\n")
    assert [(draft.fields["岗位名称"], draft.fields["招聘人数"]) for draft in found.drafts] == [
        ("保安", "5"),
        ("保洁", "8"),
    ]
    assert found.drafts[1].fields["岗位描述"] == "五十以下"
    assert found.adverts == 2


def test_numbers_of_a_bad_scan_and_spoken_numbers_are_read() -> None:
    assert only("示例厂招普工3O名，月薪38OO元，电话139OOOO1111").fields["联系电话"] == "13900001111"
    assert only("示例店招店员一名，电话一三九零零零零一一一一").fields["联系电话"] == "13900001111"


def test_a_date_in_a_row_of_digits_is_no_phone() -> None:
    assert "联系电话" not in only("20220613 示例饭店招服务员2名，月薪3000").fields


def test_one_of_several_jobs_does_not_speak_of_the_others() -> None:
    first, second = read("示例酒店招聘\n前台2名，女，3000元\n保安1名，50岁以下，2600元\n电话13900001111").drafts
    assert first.fields["岗位名称"] == "前台"
    assert "保安" not in first.fields["岗位描述"]
    assert "年龄要求" not in first.fields
    assert second.fields["薪资待遇"] == "2600元"
    assert second.fields["联系电话"] == "13900001111"

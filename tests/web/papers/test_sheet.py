"""What a match sheet says, and what it never says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.plan import GuidanceSession, PolicyNote, PolicyState, ServicePlan, Track
from tests.web.papers.plans import CASE, CONTEXT, a_match, a_plan, a_session, a_short_plan, a_wordy_plan, paper_wording
from web.papers.context import paper_context
from web.papers.fitting import ROOM, front_height
from web.papers.sheet import build_sheet
from web.papers.views import Block, Section, SheetView, words

WORDING = paper_wording()


def sheet_of(plan: ServicePlan, **case: object) -> SheetView:
    """The sheet of a plan in Chinese."""
    return build_sheet(plan, WORDING, CONTEXT, replace(CASE, **case))  # type: ignore[arg-type]


def said(view: SheetView) -> str:
    """All words of a sheet."""
    return "\n".join(words(view))


def line(block: Block, label: str) -> str:
    """The text beside a label."""
    return next(item.text for item in block.lines if item.label == label)


def section(view: SheetView, title: str) -> Section:
    """The section of a heading."""
    return next(item for item in (*view.shortfall, *view.front, *view.back) if item.title.startswith(title))


def test_the_front_holds_three_postings_and_the_class() -> None:
    view = sheet_of(a_plan())
    assert [block.title for block in view.blocks] == ["保洁员", "养老护理员", "超市理货员", "家政服务员（初级）"]
    assert [block.flag for block in view.blocks] == ["先去这家", "", "", "培训班"]


def test_the_way_stands_once_and_says_whether_one_is_home_at_night() -> None:
    block = sheet_of(a_plan()).blocks[0]
    assert line(block, "地点") == "奈曼旗大沁他拉镇，离家约12.4公里，单程约35分钟，每天能回"
    assert "公里" not in line(block, "为啥合适")


def test_reasons_that_speak_against_a_posting_are_not_given_as_reasons_for_it() -> None:
    assert "比你想要的" not in line(sheet_of(a_plan()).blocks[0], "为啥合适")


def test_a_verified_posting_says_when_by_whom_and_how() -> None:
    plan = a_plan()
    match = plan.matches[0]
    known = replace(match.posting, verified="2026-06-20", verified_by="示例员", verified_how="phone")
    verified = replace(plan, matches=(replace(match, posting=known), *plan.matches[1:]))
    block = sheet_of(verified).blocks[0]
    assert "6月20日示例员电话核实" in "".join(words(block))
    assert "核实" not in "".join(item.text for item in sheet_of(plan).blocks[0].lines if item.label == "条件")


def test_an_advert_without_a_phone_gives_the_phone_of_the_window() -> None:
    assert line(sheet_of(a_plan()).blocks[1], "联系") == f"广告没留电话，打窗口电话 {CONTEXT.window_phone}"


def test_a_posting_that_closed_since_is_marked_on_its_block_only() -> None:
    flags = [block.flag for block in sheet_of(a_plan(), closed=frozenset({1})).blocks]
    assert flags == ["已停招，请勿前往", "", "", "培训班"]


def test_one_posting_of_three_is_said_with_what_would_open_more() -> None:
    view = sheet_of(a_short_plan())
    lines = [item.text for item in section(view, "岗位没凑够三个").lines]
    assert lines[0].startswith("只有 1 个真正合适的岗位，还缺 2 个")
    assert lines[1].endswith("：多 12 个岗位")
    assert section(view, "这次没推荐培训班").lines
    assert "0 个培训班" not in said(view)


@pytest.mark.parametrize("matches", [0, 1])
def test_where_nothing_would_open_more_no_list_is_promised(matches: int) -> None:
    short = a_short_plan()
    lack = replace(short.shortfall, missing=3 - matches, relaxations=())
    (only,) = section(sheet_of(replace(short, matches=short.matches[:matches], shortfall=lack)), "岗位没凑够三个").lines
    assert f"{3 - matches} 个" in only.text
    assert only.text.endswith("眼下单放宽哪一条都不会多出来，等有了新岗位再给你配。")


def test_no_posting_at_all_is_said_in_the_first_sentence() -> None:
    plan = replace(a_short_plan(), matches=(), shortfall=replace(a_short_plan().shortfall, missing=3))
    view = sheet_of(plan)
    assert view.lead.startswith("眼下没有真正适合你的岗位")
    assert [row.label for row in view.slip.rows] == []


def test_the_slip_has_a_box_for_every_answer_and_the_code_twice() -> None:
    slip = sheet_of(a_plan()).slip
    assert len(slip.rows) == 4
    assert {len(row.cells) for row in slip.rows} == {len(slip.head) - 1}
    assert slip.qr == "https://job131.example/s/7K3M9PQX"
    assert slip.code == "7K3M 9PQX"


def test_the_square_holds_the_bare_code_where_no_address_is_set() -> None:
    context = replace(CONTEXT, public_url="")
    assert build_sheet(a_plan(), WORDING, context, CASE).slip.qr == "7K3M9PQX"


def test_the_back_says_when_where_and_with_whom_and_dated_steps() -> None:
    view = sheet_of(a_plan())
    lines = [item.text for item in section(view, "一次职业指导").lines]
    assert lines[:3] == ["2026年6月24日（星期三）9:00，约 40 分钟", "上门：示例嘎查", "协管员白某　0475-0000131"]
    assert section(view, "接下来").lines[0].label == "□ 6月26日前"


def test_no_free_hour_is_said_with_a_number_to_call() -> None:
    view = sheet_of(a_plan(guidance=replace(a_session(), starts_at="")))
    assert section(view, "一次职业指导").lines[0].text == f"近期约满，打 {CONTEXT.window_phone} 另约"


def test_policies_that_do_not_apply_are_left_out_and_open_ones_ask() -> None:
    notes = tuple(
        PolicyNote(code=code, state=state, text=Phrase(code, {}), question=Phrase(f"ASK_{code}", {}))
        for code, state in (("POLICY_TRAVEL", PolicyState.UNKNOWN), ("POLICY_LOAN", PolicyState.NO))
    )
    lines = section(sheet_of(a_plan(policy=notes)), "可以问的政策").lines
    assert len(lines) == 1
    assert lines[0].text.endswith("）")
    assert "要先弄清" in lines[0].text


def test_pay_against_the_wish_stands_under_the_first_choice() -> None:
    pay = Phrase("PAY_NO_WISH", parts=(Phrase("PAY_FROM", {"title": "保洁员", "pay": 2800.0}),))
    lines = [
        item.text for item in section(sheet_of(a_plan(guidance=replace(a_session(), pay=pay))), "一次职业指导").lines
    ]
    assert lines[-1] == "想要多少钱你还没说，“保洁员”2800元起"


def test_a_long_session_takes_the_room_of_policies_and_warnings_and_is_not_cut_itself() -> None:
    session = a_session()
    long = tuple(replace(session.steps[-1], what=_long(at)) for at in range(6))
    talk = replace(session, steps=long, obstacles=(_long(7), _long(8), _long(9)), avoid=(_long(1), _long(2), _long(3)))
    notes = tuple(
        PolicyNote(code=code, state=PolicyState.YES, text=Phrase(code, {}))
        for code in ("POLICY_TRAINING", "POLICY_TRAVEL", "POLICY_LOAN", "POLICY_INSURANCE")
    )
    full = sheet_of(a_plan(guidance=talk, policy=notes))
    assert [len(section(full, title).lines) for title in ("接下来", "难处")] == [6, 3]
    assert not any(item.title.startswith("可以问的政策") for item in full.back)
    short = sheet_of(a_plan(guidance=session, policy=notes))
    assert len(section(short, "可以问的政策").lines) == 4


def _long(number: int) -> Phrase:
    """A sentence of four lines."""
    return Phrase("PAY_FROM", {"title": f"{number}" + "在旗里的食堂帮厨洗菜切菜" * 12, "pay": 2800.0})


@pytest.mark.parametrize("track", [Track.INFO_FIRST, Track.SCHOOL_RETURN])
def test_a_track_without_postings_has_its_own_one_sided_sheet(track: Track) -> None:
    session: GuidanceSession | None = a_session() if track is Track.SCHOOL_RETURN else None
    view = sheet_of(a_plan(track=track, matches=(), training=None, guidance=session))
    assert view.blocks == ()
    assert view.back == ()
    assert section(view, "还想请你告诉我们").lines
    assert "眼下没有真正适合你的岗位" not in said(view)


FORBIDDEN = (
    "99010119790302002X",
    "得过布病",
    "二级残疾",
    "监测户",
    "脱贫户",
    "怀孕五个月",
    "刑满释放",
    "欠债三万",
)


@pytest.mark.parametrize("words_of_person", FORBIDDEN)
def test_what_must_not_stand_on_paper_is_replaced_wherever_a_sentence_quotes_it(words_of_person: str) -> None:
    quoted = Phrase("OBSTACLE_CARE", {"words": words_of_person, "constraint": "DAY_RETURN"})
    session = replace(
        a_session(),
        obstacles=(quoted,),
        strengths=(Phrase("STRENGTH_SKILL_QUOTED", {"skill": "cooking", "words": words_of_person}),),
    )
    match = replace(a_match(), reasons=(replace(a_match().reasons[0], args={"wished": words_of_person}),))
    plan = a_plan(guidance=session, matches=(match,), questions=(Phrase("ASK_UNLINKED", {"words": words_of_person}),))
    text = said(sheet_of(plan))
    assert words_of_person not in text
    assert "有一条不写在纸上，请当面问指导员。" in text


def test_a_full_sheet_is_cut_by_rule_and_its_questions_move_to_the_back() -> None:
    view = sheet_of(a_wordy_plan())
    assert front_height(view) <= ROOM
    front = [item.text for block in view.blocks for item in block.lines if item.label == "去前先问"]
    back = [item.text for item in section(view, "去之前还要问清").lines]
    asked = "；".join([*front, *back])
    assert asked.count("招几个人没写") == 3
    assert asked.count("还没核实过") == 3


def test_an_ordinary_sheet_keeps_every_question_in_front() -> None:
    assert not any(item.title.startswith("去之前") for item in sheet_of(a_short_plan()).back)


def test_there_is_no_paper_without_the_phone_of_the_window() -> None:
    with pytest.raises(InputRefused, match="窗口电话"):
        paper_context({"office_name": "示例"}, WORDING)


def test_what_the_office_has_not_entered_is_left_to_be_written_in() -> None:
    context = paper_context({"office_phone": "0475-0000131", "public_url": "https://a.example/"}, WORDING)
    assert "办公室填写" in context.complaint_phone
    assert context.public_url == "https://a.example"


def test_an_english_sheet_has_no_chinese_of_its_own() -> None:
    view = build_sheet(a_plan(), paper_wording("en"), CONTEXT, CASE)
    assert view.title == "“131” job service: match sheet"
    assert [item.label for item in view.head] == [
        "Name",
        "Village",
        "Case no.",
        "Date",
        "Valid until",
    ]

"""Notice boards: closed before anything is paid, objections answered first, two levels where a topic asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.claims.boards import answer, cancel, close, last_day, object_to, put_up, put_up_claims, waiting
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.claim import ClaimRefused, ClaimState
from matcher.domain.service.publicity import Level, Notice, NoticeEntry, Outcome
from matcher.listings import Scope
from tests.matcher.claims.desks import ALL, Desk


def on_board(desk: Desk) -> tuple[list[int], list[int]]:
    """Two approved claims of one village and one of another, hung out; (claims, notices)."""
    claims = [desk.approved(number) for number in range(3)]
    notices = put_up_claims(
        desk.office, "SUBSIDY", claims, ALL, actor="village", first=desk.office.today(), where="村部"
    )
    return claims, notices


def test_each_village_has_its_board_and_pay_waits_for_it(desk: Desk) -> None:
    claims, notices = on_board(desk)
    with desk.office.reading() as unit:
        boards = {unit.publicities.get(key).village: unit.publicities.get(key).entries for key in notices}
        assert boards == {"西沟村": 2, "东村": 1}
        assert unit.publicities.get(notices[0]).notice_until == date(2026, 6, 26)
        assert waiting(unit, "SUBSIDY", ALL) == []
    assert {desk.state(key) for key in claims} == {ClaimState.POSTED}
    desk.clock.move(4)
    with pytest.raises(ClaimRefused) as hangs:
        close(desk.office, notices[0], ALL, actor="banner")
    assert hangs.value.code == "BOARD_STILL_HANGS"
    desk.clock.move(1)
    assert close(desk.office, notices[0], ALL, actor="banner") is None
    with pytest.raises(ClaimRefused):
        close(desk.office, notices[0], ALL, actor="banner")
    assert sorted(desk.state(key).value for key in claims) == ["posted", "publicised", "publicised"]


def test_an_open_objection_keeps_a_notice_open_and_an_upheld_one_refuses(desk: Desk) -> None:
    claims, notices = on_board(desk)
    with desk.office.reading() as unit:
        board = next(key for key in notices if unit.publicities.get(key).entries == 2)
        line = unit.publicities.entries(board)[0]
    said = object_to(desk.office, board, ALL, actor="village", text="他早就回来了", by="邻居", entry_key=line.key)
    other = object_to(desk.office, board, ALL, actor="village", text="为什么没有我")
    desk.clock.move(10)
    with pytest.raises(ClaimRefused) as objected:
        close(desk.office, board, ALL, actor="banner")
    assert objected.value.code == "BOARD_OBJECTED"
    with pytest.raises(ClaimRefused) as which:
        answer(desk.office, board, other, Outcome.UPHELD, ALL, actor="banner", text="属实")
    assert which.value.code == "BOARD_WHICH_LINE"
    answer(desk.office, board, said, Outcome.UPHELD, ALL, actor="banner", text="查了考勤，属实")
    answer(desk.office, board, other, Outcome.DISMISSED, ALL, actor="banner", text="没满三个月")
    close(desk.office, board, ALL, actor="banner")
    assert desk.state(line.claim_key or 0) is ClaimState.REFUSED
    with desk.office.reading() as unit:
        steps = unit.claims.steps(line.claim_key or 0)
    assert steps[-1].note == "查了考勤，属实"
    assert sum(desk.state(key) is ClaimState.PUBLICISED for key in claims) == 1


def test_school_aid_hangs_in_the_village_and_then_in_the_banner(desk: Desk) -> None:
    today = desk.office.today()
    notice = Notice(topic="YULU", division="150525100", village="西沟村", notice_from=today, notice_until=today)
    with desk.office.unit("village") as unit:
        first = put_up(unit, notice, [NoticeEntry(worker_key=desk.people[0], matter="雨露计划")])
    desk.clock.move(1)
    second = close(desk.office, first, ALL, actor="banner")
    assert second is not None
    with desk.office.reading() as unit:
        following = unit.publicities.get(second)
        assert (following.level, following.division, following.previous_key) == (Level.BANNER, "150525", first)
        assert [one.matter for one in unit.publicities.entries(second)] == ["雨露计划"]
    desk.clock.move(30)
    assert close(desk.office, second, ALL, actor="banner") is None


def test_a_notice_taken_down_gives_its_claims_back(desk: Desk) -> None:
    claims, notices = on_board(desk)
    with pytest.raises(ClaimRefused):
        cancel(desk.office, notices[0], ALL, actor="banner", reason="")
    cancel(desk.office, notices[0], ALL, actor="banner", reason="名字写错了")
    assert sorted({desk.state(key).value for key in claims}) == ["approved", "posted"]
    again = put_up_claims(desk.office, "SUBSIDY", claims, ALL, actor="village", first=desk.office.today(), where="")
    assert len(again) == 1


@pytest.mark.parametrize("days", [-1, 61])
def test_a_notice_does_not_begin_in_the_past_or_far_away(desk: Desk, days: int) -> None:
    key = desk.approved()
    first = date.fromordinal(desk.office.today().toordinal() + days)
    with pytest.raises(ClaimRefused) as refused:
        put_up_claims(desk.office, "SUBSIDY", [key], ALL, actor="village", first=first, where="")
    assert refused.value.code == "BOARD_BAD_DAYS"


def test_what_cannot_hang_or_be_said(desk: Desk) -> None:
    _, notices = on_board(desk)
    with desk.office.unit("village") as unit:
        day = desk.office.today()
        wrong = Notice(topic="SUBSIDY", level=Level.BANNER, notice_from=day, notice_until=day)
        for notice, code in (
            (wrong, "BOARD_WRONG_LEVEL"),
            (Notice(topic="SUBSIDY", notice_from=day, notice_until=day), "BOARD_EMPTY"),
        ):
            with pytest.raises(ClaimRefused) as refused:
                put_up(unit, notice, [])
            assert refused.value.code == code
    for text, entry, code in (("", None, "BOARD_SAY_WHAT"), ("有意见", 999, "BOARD_NO_LINE")):
        with pytest.raises(ClaimRefused) as refused:
            object_to(desk.office, notices[0], ALL, actor="village", text=text, entry_key=entry)
        assert refused.value.code == code
    with pytest.raises(RecordNotFound):
        close(desk.office, notices[0], Scope(division="150523"), actor="banner")


def test_a_notice_hangs_five_working_days_over_a_weekend(desk: Desk) -> None:
    policy = desk.office.policy.at(desk.office.today())
    assert last_day(date(2026, 6, 25), policy) == date(2026, 7, 1)
    assert last_day(date(2026, 6, 27), policy) == date(2026, 7, 3)

"""What of claims somebody has to look at: one alert a village and matter, with a sentence in both languages."""

from __future__ import annotations

from datetime import date, timedelta

from matcher.claims.boards import object_to, put_up_claims
from matcher.claims.overview import due_list, overview
from matcher.claims.signals import signals
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.timer import TimerState
from matcher.listings import Scope
from matcher.wording import Wording, load_catalogue
from tests.matcher.claims.desks import ALL, Desk


def told(desk: Desk, scope: Scope = ALL) -> list[Alert]:
    """The alerts of a scope."""
    with desk.office.reading() as unit:
        return signals(unit, scope, desk.office.today(), desk.office.policy.at(desk.office.today()))


def test_who_is_due_and_who_lacks_a_proof_is_told_by_village(desk: Desk) -> None:
    desk.work(0, date(2026, 3, 30))
    desk.work(1, date(2026, 3, 1))
    desk.work(2, date(2026, 3, 1))
    found = {(one.code, one.village): one for one in told(desk)}
    assert set(found) == {("CLAIM_DUE_SOON", "西沟村"), ("CLAIM_NO_PROOF", "西沟村"), ("CLAIM_NO_PROOF", "东村")}
    assert found["CLAIM_DUE_SOON", "西沟村"].people == (desk.people[0],)
    assert {one.village for one in told(desk, Scope(villages=("东村",)))} == {"东村"}
    assert [one.mark for one in told(desk)] == [one.mark for one in told(desk)]


def test_a_notice_with_an_open_objection_presses_and_one_that_is_over_waits(desk: Desk) -> None:
    claims = [desk.approved(0), desk.approved(2)]
    today = desk.office.today()
    notices = put_up_claims(desk.office, "SUBSIDY", claims, ALL, actor="village", first=today, where="")
    object_to(desk.office, notices[0], ALL, actor="village", text="他没去")
    assert {one.code: one.level for one in told(desk) if one.endpoint == "claims.notice"} == {
        "NOTICE_OBJECTED": Level.NOW
    }
    desk.clock.move(20)
    codes = sorted(one.code for one in told(desk) if one.endpoint == "claims.notice")
    assert codes == ["NOTICE_OBJECTED", "NOTICE_OVER"]


def test_every_alert_has_its_sentence(desk: Desk) -> None:
    desk.work(0, desk.office.today() - timedelta(days=100))
    for language in ("zh", "en"):
        words = Wording(load_catalogue("matcher.wording"), language, lambda kind, code, lang: code)
        for alert in told(desk):
            assert alert.village in words.text(f"ALERT_{alert.code}", **alert.args)


def test_the_desk_counts_what_its_lists_hold_and_says_where_people_work(desk: Desk) -> None:
    desk.work(0, date(2026, 3, 30))
    desk.ready(1)
    policy = desk.office.policy.at(desk.office.today())
    with desk.office.reading() as unit:
        for state in TimerState:
            if state is TimerState.BROKEN:
                continue
            found = overview(unit, ALL, policy, state=state, number=1, size=30)
            assert found.total == len(found.rows) == found.counts.get(state, 0)
        soon = overview(unit, ALL, policy, state=TimerState.DUE_SOON, kind="STABILITY", number=1, size=30)
        assert [(row.name, row.tier) for row in soon.rows] == [("包示例", "outside")]
        assert {row.name for row in due_list(unit, ALL, policy)} == {"包示例", "王示例"}

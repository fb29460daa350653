"""What is kept of somebody at a post is handed out with the person's own data, and erased with the person."""

from __future__ import annotations

from datetime import timedelta

from matcher.domain.service.around.local_work import Attendance, Member, Review, ReviewResult, Said, Stage
from matcher.local_work.register import keep
from matcher.upkeep.person import erase_person, export_person
from tests.matcher.local_work.conftest import DAY, EVERYWHERE, Near
from tests.web.local_work.making import POST


def test_a_holder_is_handed_out_whole_and_erased_for_good(near: Near) -> None:
    post = keep(near.office, POST, EVERYWHERE, actor="window")
    with near.office.unit("window") as unit:
        members = unit.local_work.members
        key = members.add(
            Member(
                site_key=post,
                worker_key=near.people["weak"],
                stage=Stage.SERVING,
                started_on=DAY - timedelta(days=90),
                said=Said(cannot_leave="照看卧床的母亲"),
            )
        )
        members.note_month(Attendance(member_key=key, month="2026-05", days_due=20, days_present=20))
        members.add_review(Review(member_key=key, reviewed_on=DAY, result=ReviewResult.KEEP, note="还需要这个岗"))
    (found,) = export_person(near.office, "NM-weak", reason="本人要求")["near_home"]
    assert (found["where"], found["told"]["said"]["cannot_leave"]) == ("东村护路保洁", "照看卧床的母亲")
    assert (found["months"][0]["days_present"], found["reviews"][0]["note"]) == (20, "还需要这个岗")
    gone = erase_person(near.office, "NM-weak", reason="本人要求")
    assert (gone["local_member"], gone["local_attendance"], gone["local_review"]) == (1, 1, 1)

"""What was found and verified reaches the plan of a person: cautions first, who verified it, openings that are left."""

from __future__ import annotations

from datetime import date

from matcher.casework import plan_people
from matcher.domain.incoming.trust import Verification, VerifiedHow, VerifiedResult
from matcher.domain.plan import ServicePlan
from matcher.domain.worker import HouseholdType, LabourSkill, Transport, Willingness, Worker, WorkStatus
from matcher.office import Office
from tests.factories import NAIMAN
from tests.jobs_feed.trust.conftest import HandIn
from tests.jobs_feed.trust.test_checking import BAD, release, stored


def plan_of_somebody(office: Office) -> ServicePlan:
    """The plan of one person of the banner who wants such work."""
    worker = Worker(
        ref="NM-1",
        name="包示例",
        birth_date=date(1985, 3, 2),
        home=NAIMAN,
        village="西沟村",
        household_type=HouseholdType.LIFTED,
        labour_skill=LabourSkill.ORDINARY,
        work_status=WorkStatus.UNEMPLOYED,
        willingness=Willingness.WILLING,
        transport=Transport.EBIKE,
        wish_text="保洁",
    )
    with office.unit() as unit:
        key = unit.workers.add(worker)
    plan_people(office, worker_ref="NM-1")
    with office.reading() as unit:
        current = unit.plans.current(key)
    assert current is not None
    return current.plan


def test_cautions_verification_and_openings_left_stand_on_the_plan(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"用人单位": "某物业"}, B=BAD)
    key = stored(office).key
    done = Verification(
        posting_key=key, on=office.today(), by="示例员", how=VerifiedHow.PHONE, result=VerifiedResult.CONFIRMED
    )
    with office.unit() as unit:
        unit.history.verify(done)
        unit.openings.take(key, on=office.today())
    (match,) = plan_of_somebody(office).matches
    assert match.posting.ref == "A"
    assert match.cautions[0].code == "CAUTION_ANONYMOUS"
    assert "CAUTION_NOT_VERIFIED" not in [caution.code for caution in match.cautions]
    assert (match.posting.verified, match.posting.verified_by) == (office.today().isoformat(), "示例员")
    assert match.posting.verified_how == "phone"
    assert match.posting.openings == 4


def test_a_released_posting_is_suggested(office: Office, hand_in: HandIn) -> None:
    hand_in(B=BAD)
    release(office, "B")
    assert [match.posting.ref for match in plan_of_somebody(office).matches] == ["B"]

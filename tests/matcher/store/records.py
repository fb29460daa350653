"""Made-up records for tests of the store; ID numbers use the unassigned county code 990000."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from matcher.domain.division import Place, Precision
from matcher.domain.facts import Evidence, Fact, LinkedTerm, Phrase
from matcher.domain.match import Match, Part, PostingView, Reason
from matcher.domain.plan import (
    GuidanceMode,
    GuidanceSession,
    Relaxation,
    ServicePlan,
    Shortfall,
    Step,
    Track,
    TrainingChoice,
    TrainingView,
)
from matcher.domain.posting import AgeLimit, Posting, PostingFacts, PostingKind, Shift, SkillAsked, Wage, WageUnit
from matcher.domain.training import TrainingClass, TrainingFacts, TrainingMode
from matcher.domain.worker import (
    Constraint,
    Education,
    Experience,
    Health,
    Sex,
    SkillHeld,
    Transport,
    WageWish,
    Worker,
    WorkerFacts,
    WorkStatus,
)

EVIDENCE = (Evidence("情况说明", "膝盖不好", private=True, start=3),)
NAIMAN = Place("奈曼旗大镇", "150525100000", "大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)
KULUN = Place("库伦旗", "150524", "库伦旗", 42.73, 121.81, Precision.COUNTY)
ID_NUMBER = "990000197903020012"
PHONE = "13800001234"
REMARK = "家里欠着饥荒，右腿骨折过"


def a_worker(ref: str = "NM-1", **changes: Any) -> Worker:
    """A person with every kind of field filled in."""
    worker = Worker(
        ref=ref,
        name="包雪梅",
        id_number=ID_NUMBER,
        sex=Sex.FEMALE,
        birth_date=date(1979, 3, 2),
        phone=PHONE,
        home=NAIMAN,
        village="西沟村",
        health=(Health.CHRONIC, Health.DISABLED),
        education=Education.JUNIOR,
        work_status=WorkStatus.UNEMPLOYED,
        transport=Transport.EBIKE,
        daily_return=True,
        remarks=REMARK,
    )
    return replace(worker, **changes)


def worker_facts() -> WorkerFacts:
    """Facts of every shape."""
    return WorkerFacts(
        birth_date=Fact(date(1979, 3, 2), EVIDENCE),
        education=Fact(Education.JUNIOR, EVIDENCE, contradicted=True),
        experience=(Experience(occupation="cleaner", years=2.5, current=False, evidence=EVIDENCE),),
        skills=(SkillHeld(skill="welding", valid_to=date(2026, 5, 1), evidence=EVIDENCE),),
        wished=(LinkedTerm("cleaner", EVIDENCE, 0.9),),
        constraints=(Constraint(code="HOURS", values=(540, 930), until=date(2027, 1, 1), evidence=EVIDENCE),),
        wished_places=((KULUN, EVIDENCE[0]),),
        avoided_places=((KULUN, EVIDENCE[0]),),
        lives_at=Fact(KULUN, EVIDENCE),
        wage_wish=WageWish(yuan_per_month=3000.0, assumption="DAYS_26"),
        transport=Fact(Transport.EBIKE),
    )


def a_posting(ref: str = "P-1", **changes: Any) -> Posting:
    """A posting with a contact."""
    posting = Posting(
        ref=ref,
        title="保洁员",
        employer="某物业",
        kind=PostingKind.WORKSHOP,
        place=NAIMAN,
        openings=2,
        wage_text="3000左右",
        contact="王经理",
        phone="13900005678",
        deadline=date(2026, 7, 1),
    )
    return replace(posting, **changes)


def posting_facts() -> PostingFacts:
    """Facts of every shape."""
    return PostingFacts(
        occupations=(LinkedTerm("cleaner", EVIDENCE),),
        wage=Wage(low=2800.0, high=3200.0, unit=WageUnit.DAY, assumption="DAYS_26", evidence=EVIDENCE),
        age=AgeLimit(low=18, high=55),
        skills=(SkillAsked(skill="welding", required=False),),
        shift=Fact(Shift.DAY),
        season=Fact((4, 10), EVIDENCE),
        board=Fact(False),
    )


def a_class(ref: str = "T-1", **changes: Any) -> TrainingClass:
    """A training class."""
    training_class = TrainingClass(
        ref=ref,
        title="家政服务员",
        provider="某培训学校",
        place=KULUN,
        starts_on=date(2026, 6, 20),
        mode=TrainingMode.EVENING,
        phone="13700009999",
    )
    return replace(training_class, **changes)


def class_facts() -> TrainingFacts:
    """Facts of a class."""
    return TrainingFacts(occupations=(LinkedTerm("cleaner"),), level=5, languages=("zh", "mn"), free=Fact(True))


def a_match(posting_key: int, rank: int = 1) -> Match:
    """One of the three postings of a plan."""
    said = Phrase("WAGE_RANGE", {"low": 2800, "high": 3200.5, "exact": False, "note": None}, EVIDENCE)
    view = PostingView(
        ref=f"P-{posting_key}",
        title="保洁员",
        employer="某物业",
        kind="帮扶车间",
        place="奈曼旗",
        wage=said,
        hours=said,
        board=said,
        insurance=said,
        needs=(said,),
    )
    reason = Reason("SKILL_COVER", Part.FIT, 0.12, {"skill": "welding"}, EVIDENCE)
    return Match(
        rank=rank,
        posting_key=posting_key,
        posting=view,
        distance_km=12.5,
        minutes=30,
        score=0.5,
        fit=0.7,
        wish=0.72,
        reasons=(reason,),
        cautions=(said,),
    )


def a_plan(worker_key: int, *posting_keys: int, **changes: Any) -> ServicePlan:
    """A plan with as many postings as given."""
    matches = tuple(a_match(key, rank) for rank, key in enumerate(posting_keys, start=1))
    step = Step(due=date(2026, 6, 27), who=Phrase("WHO_GUIDE"), what=Phrase("STEP_CALL"))
    guidance = GuidanceSession(
        starts_at="2026-06-24T09:00",
        minutes=40,
        place="大沁他拉镇",
        guide="孟和",
        guide_phone="",
        mode=GuidanceMode.WINDOW,
        steps=(step,),
    )
    view = TrainingView(ref="T-1", title="家政服务员", provider="某培训学校", place="库伦旗")
    relaxation = Relaxation(code="ACCEPT_OUTSIDE", args={"km": 30}, postings=12)
    plan = ServicePlan(
        worker_key=worker_key,
        worker_ref=f"NM-{worker_key}",
        worker_name="包雪梅",
        village="西沟村",
        made_on=date(2026, 6, 22),
        valid_until=date(2026, 7, 7),
        track=Track.FULL,
        guidance=guidance,
        matches=matches,
        training=TrainingChoice(training_key=1, training=view, reasons=(), unlocked_postings=9, gain=0.14),
        shortfall=Shortfall(missing=3 - len(matches), relaxations=(relaxation,)),
        priority=2,
    )
    return replace(plan, **changes)

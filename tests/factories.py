"""Made-up people, postings and classes, ready for planning; every one can be changed by keyword.

In: what a test cares about. Out: rows with their facts; everything else is ordinary and known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from matcher.class_gains import ClassRow
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.division import Place, Precision
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.posting import AgeLimit, Posting, PostingFacts, PostingState, Shift, SkillAsked, Wage
from matcher.domain.training import TrainingClass, TrainingFacts, TrainingMode
from matcher.domain.worker import (
    Constraint,
    Education,
    Experience,
    HouseholdType,
    LabourSkill,
    SkillHeld,
    Transport,
    WageWish,
    Willingness,
    Worker,
    WorkerFacts,
    WorkStatus,
)

DAY = date(2026, 6, 15)
"""A Monday; the day plans are made on in tests."""
NAIMAN = Place("奈曼旗大沁他拉镇", "150525100", "奈曼旗大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)
NAIMAN_EAST = Place("奈曼旗八仙筒镇", "150525101", "奈曼旗八仙筒镇", 43.0, 121.0, Precision.TOWNSHIP)
NAIMAN_SOMEWHERE = Place("奈曼旗", "150525", "奈曼旗", 42.85, 120.66, Precision.COUNTY)
KERQIN = Place("科尔沁区", "150502", "科尔沁区", 43.65, 122.26, Precision.COUNTY)
BEIJING = Place("北京市朝阳区", "110105", "北京市朝阳区", 39.92, 116.44, Precision.COUNTY)

WORKER_FIELDS = frozenset(field.name for field in fields(Worker))
POSTING_FIELDS = frozenset(field.name for field in fields(Posting))
CLASS_FIELDS = frozenset(field.name for field in fields(TrainingClass))


def words(column: str, text: str, *, private: bool = False) -> tuple[Evidence, ...]:
    """Evidence of one column."""
    return (Evidence(column, text, private),)


def term(code: str, text: str = "", column: str = "情况说明", *, private: bool = False) -> LinkedTerm:
    """A linked code with the words it rests on."""
    return LinkedTerm(code, words(column, text or code, private=private))


def known(value: Any, text: str = "原话", column: str = "情况说明") -> Fact[Any]:
    """A fact that is known."""
    return Fact(value, words(column, text))


def limit(code: str, *values: int, **changes: Any) -> Constraint:
    """A limit of a person."""
    private = code.startswith("NO_") and code != "NO_OVERTIME"
    return Constraint(code=code, values=values, evidence=words("情况说明", "说过的话", private=private), **changes)


def did(occupation: str, years: float | None = None, *, current: bool = True) -> Experience:
    """Work done."""
    return Experience(
        occupation=occupation, years=years, current=current, evidence=words("工作经历", f"干过{occupation}")
    )


def holds(skill: str, valid_to: date | None = None) -> SkillHeld:
    """A skill or paper held."""
    return SkillHeld(skill=skill, valid_to=valid_to, evidence=words("技能特长", f"会{skill}"))


def a_worker(ref: str = "NM-1", **changes: Any) -> Worker:
    """An unemployed person of Naiman with everything ordinary known."""
    worker = Worker(
        ref=ref,
        name="包雪梅",
        phone="13800001234",
        home=NAIMAN,
        village="西沟村",
        household_type=HouseholdType.LIFTED,
        education=Education.JUNIOR,
        labour_skill=LabourSkill.ORDINARY,
        work_status=WorkStatus.UNEMPLOYED,
        willingness=Willingness.WILLING,
        willing_to_move=False,
        transport=Transport.EBIKE,
        guide_name="王主任",
    )
    return replace(worker, **changes)


def worker_facts(**changes: Any) -> WorkerFacts:
    """What is understood of that person: 41 years old, junior school, has cleaned and wants to."""
    facts = WorkerFacts(
        birth_date=known(date(1985, 3, 2), "1985-03-02", "出生日期"),
        education=known(Education.JUNIOR, "初中", "文化程度"),
        experience=(did("cleaner", 2.0),),
        wished=(term("cleaner", "保洁", "意向工种"),),
        wage_wish=WageWish(yuan_per_month=3000.0, evidence=words("期望月薪", "3000")),
        speaks_mandarin=known(True, "汉语会话", "语言"),
    )
    return replace(facts, **changes)


def a_person(key: int = 1, **changes: Any) -> WorkerRow:
    """A worker row; keywords go to the worker, the facts or the row, whichever has such a field."""
    ref = str(changes.pop("ref", f"NM-{key:04d}"))
    own = {name: changes.pop(name) for name in [*changes] if name in {"refused_postings", "kept_postings"}}
    shared = {name for name in changes if name in {"education", "birth_date", "willing_to_move", "transport"}}
    stated = {name: changes.pop(name) for name in [*changes] if name in WORKER_FIELDS and name not in shared}
    for name in shared & {"willing_to_move", "transport"}:
        stated[name] = changes.pop(name)
    for name in shared & {"education", "birth_date"}:
        value = changes.pop(name)
        stated[name] = value
        changes[name] = Fact() if value is None else known(value, str(value), "登记")
    return WorkerRow(key, a_worker(ref, **stated), worker_facts(**changes), **own)


def a_posting(ref: str = "P-1", **changes: Any) -> Posting:
    """A cleaning job in the town, open and verified."""
    posting = Posting(
        ref=ref,
        title="保洁员",
        employer="奈曼旗洁净物业",
        place=NAIMAN,
        openings=2,
        wage_text="3200元/月",
        phone="04750000001",
        published_on=date(2026, 6, 1),
        deadline=date(2026, 8, 1),
        verified_by="李某",
        verified_on=date(2026, 6, 2),
    )
    return replace(posting, **changes)


def posting_facts(occupation: str = "cleaner", *, pay: float | None = 3200.0, **changes: Any) -> PostingFacts:
    """What is understood of that advert."""
    wage = Wage(low=pay, high=pay, evidence=words("薪资待遇", f"{pay}元/月")) if pay is not None else None
    facts = PostingFacts(
        occupations=(term(occupation, "保洁员", "岗位名称"),) if occupation else (),
        wage=wage,
        shift=known(Shift.DAY, "白班", "工作时间"),
        start_minute=known(480, "8:00", "工作时间"),
        end_minute=known(1050, "17:30", "工作时间"),
        insurance=known(True, "上保险", "社会保险"),
    )
    return replace(facts, **changes)


def an_opening(key: int = 1, occupation: str = "cleaner", **changes: Any) -> PostingRow:
    """A posting row; keywords go to the posting or to the facts."""
    ref = str(changes.pop("ref", f"P-{key:04d}"))
    state = changes.pop("state", PostingState.OPEN)
    stated = {name: changes.pop(name) for name in [*changes] if name in POSTING_FIELDS and name != "several_jobs"}
    stated.setdefault("employer", f"奈曼旗第{key}家单位")
    stated.setdefault("title", f"{occupation or '招工'}（{key}）")
    return PostingRow(key, a_posting(ref, **stated), posting_facts(occupation, **changes), state)


def ages(low: int | None, high: int | None) -> AgeLimit:
    """The ages an advert asks for."""
    return AgeLimit(low=low, high=high, evidence=words("年龄要求", f"{low}-{high}"))


def asks(*skills: str, required: bool = True) -> tuple[SkillAsked, ...]:
    """Skills or papers an advert asks for."""
    return tuple(SkillAsked(skill=code, required=required, evidence=words("证书要求", code)) for code in skills)


def terms(codes: Iterable[str], column: str = "情况说明") -> tuple[LinkedTerm, ...]:
    """Several linked codes."""
    return tuple(term(code, code, column) for code in codes)


def a_course(
    key: int = 1, occupations: tuple[str, ...] = ("cleaner",), skills: tuple[str, ...] = (), **changes: Any
) -> ClassRow:
    """A class in the town that starts in two weeks."""
    stated = {name: changes.pop(name) for name in [*changes] if name in CLASS_FIELDS}
    training = TrainingClass(
        ref=f"C-{key:03d}",
        title=f"{occupations[0] if occupations else '技能'}培训班",
        provider="奈曼旗技能学校",
        place=NAIMAN,
        starts_on=date(2026, 6, 29),
        ends_on=date(2026, 7, 20),
        hours=80,
        seats=20,
        mode=TrainingMode.FULL_TIME,
        enrol_until=date(2026, 6, 26),
    )
    facts = TrainingFacts(occupations=terms(occupations, "职业工种"), skills=terms(skills, "发放证书"))
    return ClassRow(key, replace(training, **stated), replace(facts, **changes))

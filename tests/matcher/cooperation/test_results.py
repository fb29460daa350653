"""What became of what was shown, the chain from the base to the work, where postings go first, and who is at fault."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.cooperation.chain import chain
from matcher.cooperation.departures import arrive, put_on
from matcher.cooperation.entering import (
    close_matter,
    keep_base,
    keep_brand,
    keep_contact,
    keep_deed,
    link_class,
    newest_brands,
    open_matter,
    reopen_matter,
    take_back,
)
from matcher.cooperation.results import first_month, funnels
from matcher.domain.aftercare import SaidBy
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.service.around.cooperation import (
    BaseClass,
    CareBase,
    CoopContact,
    CoopDeed,
    CoopKind,
    RightsKind,
    RightsMatter,
    RightsResult,
    Side,
)
from matcher.domain.service.around.intermediaries import LabourBrand
from matcher.domain.training import TrainingClass
from matcher.listings import Scope
from matcher.store.cooperation.outcomes import ShownPair
from matcher.visiting.books import engagements
from tests.matcher.cooperation.conftest import ALL, CHANGPING, KAILU, NAIMAN, TODAY, Group

ELSEWHERE = Scope(division=KAILU)


def pair(worker: int, month: int, answer: str = "", kind: str = "市场岗位") -> ShownPair:
    """A posting shown to somebody in a month."""
    return ShownPair(worker, 10 * worker + month, date(2026, month, 5), kind, answer)


def test_a_month_counts_people_once_and_answers_by_what_they_say() -> None:
    pairs = [pair(1, 1), pair(1, 1, "wanted"), pair(2, 1, "not_wanted"), pair(2, 2, "started", "京蒙协作")]
    pairs.append(pair(3, 2, "tried_not_hired"))
    by_month, by_kind = funnels(pairs)
    assert [(one.name, one.people, one.shown, one.answered, one.suited, one.wanted, one.begun) for one in by_month] == [
        ("2026-02", 2, 2, 2, 2, 1, 1),
        ("2026-01", 2, 3, 2, 1, 1, 0),
    ]
    assert [(one.name, one.shown) for one in by_kind] == [("市场岗位", 4), ("京蒙协作", 1)]
    assert funnels([]) == ([], [])


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 3, 16), 1, date(2026, 3, 1)),
        (date(2026, 3, 16), 3, date(2026, 1, 1)),
        (date(2026, 3, 16), 4, date(2025, 12, 1)),
        (date(2026, 12, 31), 12, date(2026, 1, 1)),
    ],
)
def test_the_first_month_shown(today: date, months: int, first: date) -> None:
    assert first_month(today, months) == first


def test_the_chain_goes_from_enrolment_to_work_with_the_employer_of_the_base(group: Group) -> None:
    office = group.office
    base = keep_base(office, CareBase(division=NAIMAN, name="示例基地"), ALL, actor="window")
    with office.unit() as unit:
        training = unit.classes.add(TrainingClass(ref="T-1", title="养老护理班", provider="示例学校"))
        unit.class_life.enrol(training, group.people[0], EnrolmentState.PASSED)
        unit.class_life.enrol(training, group.people[1], EnrolmentState.ENROLLED)
        unit.class_life.enrol(training, group.people[2], EnrolmentState.LEFT)
    link_class(office, BaseClass(base_key=base, class_key=training, employer="北京示例家政"), ALL, actor="window")
    with pytest.raises(InputRefused, match="没有重复"):
        link_class(office, BaseClass(base_key=base, class_key=training), ALL, actor="window")
    with pytest.raises(RecordNotFound):
        link_class(office, BaseClass(base_key=base, class_key=training), ELSEWHERE, actor="window")
    put_on(office, group.departure, group.people[:1], ALL, actor="window")
    keys = [line.key for line in group.lines()]
    arrive(office, group.departure, keys, ALL, on=date(2026, 3, 6), said_by=SaidBy.EMPLOYER, actor="window")
    with office.reading() as unit:
        [line] = chain(unit, ALL, engagements(office, unit, ALL))
        assert chain(unit, ELSEWHERE, []) == []
    assert (line.enrolled, line.passed, line.working) == (2, 1, 1)


def test_a_matter_of_rights_is_due_closed_and_opened_again_within_the_scope(group: Group) -> None:
    office = group.office
    matter = RightsMatter(
        worker_key=group.people[0], division="", kind=RightsKind.ARREARS, employer="某厂", opened_on=TODAY,
        due_on=TODAY, told="欠薪两个月",
    )  # fmt: skip
    with pytest.raises(RecordNotFound):
        open_matter(office, matter, ELSEWHERE, actor="window")
    key = open_matter(office, matter, ALL, actor="window")
    with pytest.raises(RecordNotFound):
        close_matter(office, key, ELSEWHERE, on=TODAY, result=RightsResult.SETTLED, outcome="付清", actor="window")
    with pytest.raises(InputRefused, match="处理结果"):
        close_matter(office, key, ALL, on=TODAY, result=RightsResult.SETTLED, outcome=" ", actor="window")
    close_matter(office, key, ALL, on=TODAY, result=RightsResult.SETTLED, outcome="付清", actor="window")
    reopen_matter(office, key, ALL, actor="window")
    with office.reading() as unit:
        [stored] = unit.cooperation.rights.where(closed_on=None)
    assert (stored.division, stored.due_on, stored.outcome) == (NAIMAN, date(2026, 3, 30), "付清")


def test_deeds_contacts_and_brands_are_kept_within_the_scope_and_taken_back(group: Group) -> None:
    office = group.office
    told = {"division": NAIMAN, "district": CHANGPING, "kind": CoopKind.PROJECT, "title": "捐建车间"}
    deed = CoopDeed(happened_on=TODAY, people=5, lifted=6, **told)  # type: ignore[arg-type]
    with pytest.raises(InputRefused, match="多于"):
        keep_deed(office, deed, ALL, actor="window")
    brand = {"name": "示例月嫂", "name_key": "", "division": NAIMAN}
    with pytest.raises(RecordNotFound):
        keep_brand(office, LabourBrand(counted_on=TODAY, **brand), ELSEWHERE, actor="window")
    keep_brand(office, LabourBrand(counted_on=date(2026, 1, 1), headcount=10, **brand), ALL, actor="window")
    newest = keep_brand(office, LabourBrand(counted_on=TODAY, headcount=30, **brand), ALL, actor="window")
    contact = CoopContact(division=CHANGPING, side=Side.DESTINATION, office="示例站", phone="010-00000000")
    keep_contact(office, contact, Scope(division=NAIMAN), actor="window")
    with office.reading() as unit:
        assert [one.headcount for one in newest_brands(unit.cooperation.brands.where())] == [30]
    with pytest.raises(RecordNotFound):
        take_back(office, "brands", newest, ELSEWHERE, actor="window")
    take_back(office, "brands", newest, ALL, actor="window")
    with office.reading() as unit:
        assert [one.headcount for one in newest_brands(unit.cooperation.brands.where())] == [10]

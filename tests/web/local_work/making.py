"""A made-up register of work near home, with people at a workshop and at a public-welfare post.

In: an office with people. Out: the keys of its entries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from matcher.domain.service.around.local_work import (
    Attendance,
    Cooperative,
    Industry,
    Member,
    Origin,
    PayOut,
    PublicPost,
    Relief,
    ReliefType,
    Review,
    ReviewResult,
    Said,
    Site,
    SiteKind,
    Stage,
    Workshop,
)
from matcher.office import Office

NAIMAN = "150525"
INDUSTRY = Site(
    kind=SiteKind.INDUSTRY,
    name="示例肉牛养殖小区",
    division=NAIMAN,
    village="东村",
    origin=Origin.BEIJING,
    partner="北京市示例区",
    details=Industry(
        operator="示例合作社",
        industry="肉牛养殖",
        linked_fund=True,
        invest_yuan=3_000_000,
        fund_yuan=1_200_000,
        hires_planned=30,
        hires=18,
        hires_lifted=11,
        hires_resettled=2,
    ),
)
RELIEF = Site(
    kind=SiteKind.RELIEF,
    name="东村村道硬化",
    division=NAIMAN,
    village="东村",
    place="东村至西村4公里",
    details=Relief(
        relief_type=ReliefType.VILLAGE_ROAD,
        invest_yuan=2_000_000,
        funds_yuan=1_500_000,
        labour_planned_yuan=180_000,
        posts=40,
        posts_resettled=5,
        hires=26,
        hires_lifted=15,
        hires_resettled=4,
        contact="示例联系人",
        phone="0475-0000000",
    ),
)
COOPERATIVE = Site(
    kind=SiteKind.COOPERATIVE,
    name="东村劳务专业合作社",
    division=NAIMAN,
    village="东村",
    details=Cooperative(business="绿化栽树、修路小工", members=30, members_lifted=19, labour_yuan=420_000),
)
WORKSHOP = Site(
    kind=SiteKind.WORKSHOP,
    name="奈曼旗示例车间",
    division=NAIMAN,
    village="东村",
    details=Workshop(
        operator="示例老板",
        product="校服缝纫",
        piece_rate="一件8元",
        workers=14,
        workers_lifted=9,
        accident_insurance=True,
    ),
)
POST = Site(
    kind=SiteKind.POST,
    name="东村护路保洁",
    division=NAIMAN,
    village="东村",
    details=PublicPost(
        post_type="护路保洁",
        source="乡村振兴",
        need_note="12公里村道没人清扫，雨后要清淤",
        need=3,
        headcount=2,
        allowance_yuan=500,
        months=12,
        budget_yuan=12_000,
        hours_week=15,
    ),
)


@dataclass(frozen=True, slots=True)
class Register:
    """The keys of the entries, of somebody at work at the post and of somebody put forward for it."""

    industry: int
    relief: int
    cooperative: int
    workshop: int
    post: int
    holder: int
    candidate: int


def a_register(office: Office, workers: list[int]) -> Register:
    """Five entries, a pay-out, and three people."""
    today = office.today()
    with office.unit(actor="window") as unit:
        work = unit.local_work
        keys = [work.sites.add(site) for site in (INDUSTRY, RELIEF, COOPERATIVE, WORKSHOP, POST)]
        work.sites.change(work.sites.get(keys[0]))
        work.pay.add(PayOut(site_key=keys[1], paid_on=today, yuan=96_000, people=22, lifted=13, resettled=4))
        sewing = Member(
            site_key=keys[3],
            worker_key=workers[0],
            stage=Stage.SERVING,
            started_on=today - timedelta(days=100),
            said=Said(monthly_yuan=2600),
        )
        work.members.add(sewing)
        holder = work.members.add(
            Member(
                site_key=keys[4],
                worker_key=workers[1],
                stage=Stage.SERVING,
                ground="bound",
                notice_from=today - timedelta(days=340),
                notice_to=today - timedelta(days=333),
                started_on=today - timedelta(days=330),
                term_end=today + timedelta(days=35),
                said=Said(cannot_leave="母亲常年卧床，村委会核实"),
            )
        )
        person = unit.workers.get(workers[1])
        held = replace(person.value, public_post=True, public_post_until=today + timedelta(days=35))
        unit.workers.replace(person.key, held, person.facts)
        candidate = work.members.add(Member(site_key=keys[4], worker_key=workers[2], stage=Stage.CANDIDATE))
        month = (today.replace(day=1) - timedelta(days=1)).isoformat()[:7]
        work.members.note_month(Attendance(member_key=holder, month=month, days_due=20, days_present=19))
        work.members.add_review(
            Review(
                member_key=holder,
                reviewed_on=today - timedelta(days=120),
                result=ReviewResult.KEEP,
                note="路段干净，家里情况没有变",
            )
        )
    return Register(*keys, holder, candidate)

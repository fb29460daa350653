"""A made-up office that cooperates with Beijing: a departure, rights, contacts, a base, records, a brand, visits."""

from __future__ import annotations

from datetime import timedelta

from jobs_feed.trust.brokers import record_broker
from matcher.cooperation.departures import arrive, call, make_departure, put_on
from matcher.cooperation.entering import keep_base, keep_brand, keep_contact, keep_deed, link_class, open_matter
from matcher.domain.aftercare import SaidBy
from matcher.domain.incoming.sharing import Pairing
from matcher.domain.service.around.cooperation import (
    BaseClass,
    CareBase,
    CoopContact,
    CoopDeed,
    CoopKind,
    Departure,
    FirstWeek,
    RightsKind,
    RightsMatter,
    Side,
)
from matcher.domain.service.around.intermediaries import Broker, BrokerKind, LabourBrand
from matcher.domain.service.around.visiting import Topic, Visit
from matcher.listings import Scope
from matcher.office import Office
from matcher.visiting.visits import keep_contract_end, keep_visit

NAIMAN, CHANGPING = "150525", "110114"
EVERYWHERE = Scope()


def cooperate(office: Office, *, people: int = 4) -> int:
    """Everything this part shows; the key of the departure."""
    today = office.today()
    with office.unit(actor="demo") as unit:
        pairing = Pairing(banner=NAIMAN, district=CHANGPING, since=today - timedelta(days=400), basis="示例结对文件")
        unit.sharing.put_pairing(pairing)
        workers = [stored.key for stored in unit.workers.all_for_planning() if _free(stored.facts)][:people]
        training = next(iter(unit.classes.all_for_planning())).key
    key = make_departure(
        office,
        Departure(
            division=NAIMAN, district=CHANGPING, batch="2026-01", vehicle="K1190", leaves_on=today - timedelta(days=40),
            employer="北京示例家政服务有限公司", title="养老护理员", yuan=6000, seats=45, companion="示例带队人",
            pickups="6:30 大沁他拉镇客运站",
        ),
        EVERYWHERE, actor="demo",
    )  # fmt: skip
    put_on(office, key, workers, EVERYWHERE, actor="demo")
    with office.reading() as unit:
        lines = [one.key for one in unit.cooperation.travellers.of("departure_key", [key])]
    began = today - timedelta(days=38)
    arrive(office, key, lines[: people - 1], EVERYWHERE, on=began, said_by=SaidBy.EMPLOYER, actor="demo")
    call(office, key, lines[0], EVERYWHERE, result=FirstWeek.TROUBLE, note="宿舍冷", actor="demo")
    _beside(office, workers, training)
    with office.reading() as unit:
        spell = unit.aftercare.spells.of_people([workers[0]])[workers[0]][-1]
    ends = today + timedelta(days=20)
    keep_contract_end(office, spell.key, workers[0], EVERYWHERE, ends_on=ends, renewed=False, actor="demo")
    return key


def _free(facts: object) -> bool:
    """Whether somebody may stand on a list."""
    return facts is not None and not facts.holds("CONFIDENTIAL")  # type: ignore[attr-defined]


def _beside(office: Office, workers: list[int], training: int) -> None:
    """Rights, contacts, base, deed, record, brand, visit."""
    today = office.today()
    matter = RightsMatter(
        worker_key=workers[0], division="", district=CHANGPING, kind=RightsKind.ARREARS, employer="北京示例家政",
        opened_on=today - timedelta(days=30), due_on=today, yuan=3200, told="上个月工资没发", handled_by="结对区人社",
    )  # fmt: skip
    open_matter(office, matter, EVERYWHERE, actor="demo")
    for side, division in ((Side.ORIGIN, NAIMAN), (Side.DESTINATION, CHANGPING)):
        contact = CoopContact(division=division, side=side, office="示例服务站", phone="0475-0000000")
        keep_contact(office, contact, EVERYWHERE, actor="demo")
    base = keep_base(office, CareBase(division=NAIMAN, name="示例家政基地"), EVERYWHERE, actor="demo")
    link_class(office, BaseClass(base_key=base, class_key=training), EVERYWHERE, actor="demo")
    deed = CoopDeed(
        division=NAIMAN, district=CHANGPING, kind=CoopKind.TRAINING, happened_on=today.replace(day=1), title="月嫂班",
        people=30, lifted=20,
    )  # fmt: skip
    keep_deed(office, deed, EVERYWHERE, actor="demo")
    broker = Broker(
        name="通辽示例人力资源有限公司", name_key="", kind=BrokerKind.AGENCY, record_no="备2026001", division="150500",
        valid_from=today - timedelta(days=300), valid_to=today + timedelta(days=20),
    )  # fmt: skip
    record_broker(office, broker, actor="demo")
    brand = LabourBrand(name="示例月嫂", name_key="", division=NAIMAN, headcount=320, counted_on=today)
    keep_brand(office, brand, EVERYWHERE, actor="demo")
    visit = Visit(
        employer="北京示例家政服务有限公司", name_key="", division=NAIMAN, visited_on=today - timedelta(days=2),
        by="示例", topics=(Topic.WAGES, Topic.LAY_OFF), promised="月底前发工资", lay_off_people=3,
    )  # fmt: skip
    keep_visit(office, visit, EVERYWHERE, actor="demo")

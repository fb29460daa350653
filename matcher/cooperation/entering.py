"""What staff write down of the cooperation: deeds, contacts, matters of rights, bases with their classes, brands.

In: an office, what was entered, the scope of who enters it. Out: the record kept or taken back, noted in the audit
record; what lacks something everybody will ask is refused in one line, and nothing is kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.appointments import add_working_days
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.cooperation import (
    BaseClass,
    CareBase,
    CoopContact,
    CoopDeed,
    RightsMatter,
    RightsResult,
)
from matcher.domain.service.around.intermediaries import LabourBrand
from matcher.listings import Scope
from matcher.office import Office

MOST_YUAN = 10_000_000


def keep_deed(office: Office, deed: CoopDeed, scope: Scope, *, actor: str) -> int:
    """One thing done together; its key."""
    _mine(deed.division, scope)
    if not deed.title.strip():
        raise InputRefused("请写明做了什么事；没有保存")
    if deed.happened_on > office.today():
        raise InputRefused("日期还没到；没有保存")
    if deed.lifted > deed.people:
        raise InputRefused(f"其中脱贫人数{deed.lifted}多于总人数{deed.people}；没有保存")
    with office.unit(actor) as unit:
        key = unit.cooperation.deeds.add(deed)
        unit.audit.note("coop_deed", subject=f"coop_deed:{key}")
        return key


def keep_contact(office: Office, contact: CoopContact, scope: Scope, *, actor: str) -> int:
    """A contact of one end, new or changed; its key. Those of the other end belong to no banner and are everybody's."""
    if contact.side.value == "origin":
        _mine(contact.division, scope)
    if not contact.office.strip() or not contact.phone.strip():
        raise InputRefused("请写明单位和电话；没有保存")
    with office.unit(actor) as unit:
        if contact.key:
            unit.cooperation.contacts.change(contact)
            key = contact.key
        else:
            key = unit.cooperation.contacts.add(contact)
        unit.audit.note("coop_contact", subject=f"coop_contact:{key}")
        return key


def open_matter(office: Office, matter: RightsMatter, scope: Scope, *, actor: str) -> int:
    """A matter of rights of a person of the scope, due within the policy's working days; its key."""
    if not matter.employer.strip() or not matter.told.strip():
        raise InputRefused("请写明用人单位和事情经过；没有保存")
    if matter.opened_on > office.today():
        raise InputRefused("受理日期还没到；没有保存")
    if matter.yuan is not None and not 0 <= matter.yuan <= MOST_YUAN:
        raise InputRefused("金额不对；没有保存")
    days = office.policy.at(office.today()).whole("cooperation.rights_days")
    with office.unit(actor) as unit:
        person = unit.workers.get(matter.worker_key, division=scope.division, villages=scope.villages)
        due = add_working_days(matter.opened_on, days)
        key = unit.cooperation.rights.add(replace(matter, division=person.value.home.code, due_on=due))
        unit.audit.note("rights_matter", subject=f"worker:{matter.worker_key}", fields="opened")
        return key


def close_matter(
    office: Office, key: int, scope: Scope, *, on: date, result: RightsResult, outcome: str, actor: str
) -> None:
    """What came of a matter."""
    if not outcome.strip():
        raise InputRefused("请写明处理结果；没有保存")
    with office.unit(actor) as unit:
        matter = _matter(office, key, scope)
        if on < matter.opened_on or on > office.today():
            raise InputRefused("办结日期应在受理日期和今天之间；没有保存")
        unit.cooperation.rights.change(replace(matter, closed_on=on, result=result, outcome=outcome))
        unit.audit.note("rights_matter", subject=f"worker:{matter.worker_key}", fields="closed")


def reopen_matter(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """A matter that was closed by mistake, or came up again."""
    with office.unit(actor) as unit:
        matter = _matter(office, key, scope)
        unit.cooperation.rights.change(replace(matter, closed_on=None, result=None))
        unit.audit.note("rights_matter", subject=f"worker:{matter.worker_key}", fields="reopened")


def _matter(office: Office, key: int, scope: Scope) -> RightsMatter:
    """A matter of a person of the scope."""
    with office.reading() as unit:
        matter = unit.cooperation.rights.get(key, division=scope.division)
        unit.workers.get(matter.worker_key, division=scope.division, villages=scope.villages)
        return matter


def keep_base(office: Office, base: CareBase, scope: Scope, *, actor: str) -> int:
    """A base that trains for home care; its key."""
    _mine(base.division, scope)
    if not base.name.strip():
        raise InputRefused("请写明基地名称；没有保存")
    with office.unit(actor) as unit:
        key = unit.cooperation.bases.add(base)
        unit.audit.note("care_base", subject=f"care_base:{key}")
        return key


def link_class(office: Office, link: BaseClass, scope: Scope, *, actor: str) -> int:
    """A class of a base, with the employer who takes those who passed; its key."""
    with office.unit(actor) as unit:
        unit.cooperation.bases.get(link.base_key, division=scope.division)
        unit.classes.get(link.class_key)
        if any(
            one.class_key == link.class_key for one in unit.cooperation.base_classes.of("base_key", [link.base_key])
        ):
            raise InputRefused("这个班已经挂在这个基地上，没有重复")
        key = unit.cooperation.base_classes.add(link)
        unit.audit.note("care_base", subject=f"care_base:{link.base_key}", fields="class")
        return key


def keep_brand(office: Office, brand: LabourBrand, scope: Scope, *, actor: str) -> int:
    """A brand as counted on a day; the newest count of a name holds. Its key."""
    _mine(brand.division, scope)
    if not brand.name.strip():
        raise InputRefused("请写明劳务品牌名称；没有保存")
    low, high = brand.yuan_low, brand.yuan_high
    if low is not None and high is not None and low > high:
        raise InputRefused("最低工资高于最高工资；没有保存")
    if brand.occupation and brand.occupation not in office.lexicon.families:
        raise InputRefused("请从名单里选工种；没有保存")
    with office.unit(actor) as unit:
        key = unit.cooperation.brands.add(replace(brand, name_key=employer_key(brand.name)))
        unit.audit.note("labour_brand", subject=f"labour_brand:{key}")
        return key


def newest_brands(brands: list[LabourBrand]) -> list[LabourBrand]:
    """Of each name the newest count, the largest first."""
    newest: dict[tuple[str, str], LabourBrand] = {}
    for brand in sorted(brands, key=lambda one: (one.counted_on, one.key)):
        newest[brand.division, brand.name_key] = brand
    standing = [brand for brand in newest.values() if brand.ended_on is None]
    return sorted(standing, key=lambda one: (-one.headcount, one.name))


RECORDS = ("deeds", "contacts", "bases", "base_classes", "brands")
"""What may be taken back as a whole when it was entered by mistake."""


def take_back(office: Office, what: str, key: int, scope: Scope, *, actor: str) -> None:
    """A record entered by mistake: it counts no more, and stays in the store with who took it back."""
    if what not in RECORDS:
        raise RecordNotFound("没有这类记录", ref=what)
    with office.unit(actor) as unit:
        records = getattr(unit.cooperation, what)
        record = records.get(key)
        division = getattr(record, "division", "")
        if what == "base_classes":
            division = unit.cooperation.bases.get(record.base_key).division
        if not (what == "contacts" and record.side.value == "destination"):
            _mine(division, scope)
        records.take_back(key)
        unit.audit.note("coop_taken_back", subject=f"{what}:{key}")


def _mine(division: str, scope: Scope) -> None:
    """Refuses a record of another division."""
    if not division or not lies_within(division, scope.division):
        raise RecordNotFound("没有这个旗县", ref=division)

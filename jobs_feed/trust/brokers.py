"""Intermediaries put on record, changed, ended: their postings are looked at again at once.

In: an office, what staff enter. Out: the record kept, and how many of its postings were judged anew; a posting that was
held for want of a record is open again when nothing else holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jobs_feed.trust.checking import check_those
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.trust import employer_key
from matcher.domain.posting import Posting
from matcher.domain.service.around.intermediaries import Broker, BrokerKind
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store import UnitOfWork

_LEAST_NAME, _LEAST_NUMBER = 2, 4
_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")


def record_broker(office: Office, broker: Broker, *, actor: str, division: str = "") -> tuple[int, int]:
    """Puts an intermediary on record, or renews the record of the same name; its key, and how many postings it has.

    A record of another division than the account's is not written over.
    """
    policy = office.policy.at(office.today())
    entered = replace(broker, name_key=employer_key(broker.name), uscc=broker.uscc.upper())
    _proper(entered, policy)
    with office.unit(actor) as unit:
        before = [one for one in unit.cooperation.brokers.where(name_key=entered.name_key) if one.ended_on is None]
        if before and not lies_within(before[0].division, division):
            raise InputRefused("这家机构已由别的旗县或市里备案，没有改动；要续期请找登记它的单位")
        if before:
            key = before[0].key
            unit.cooperation.brokers.change(replace(entered, key=key))
        else:
            key = unit.cooperation.brokers.add(entered)
        unit.audit.note("record_broker", subject=f"broker:{key}", fields="renewed" if before else "new")
        return key, check_those(unit, policy, comes_from(entered))


def end_broker(office: Office, key: int, *, division: str, actor: str) -> int:
    """A record that holds no longer from today; how many postings were looked at again."""
    today = office.today()
    with office.unit(actor) as unit:
        broker = unit.cooperation.brokers.get(key, division=division)
        if broker.ended_on is not None:
            raise InputRefused("这条备案已经终止，没有改动", ref=str(key))
        unit.cooperation.brokers.change(replace(broker, ended_on=today))
        unit.audit.note("end_broker", subject=f"broker:{key}")
        return check_those(unit, office.policy.at(today), comes_from(broker))


def take_back_broker(office: Office, key: int, *, division: str, actor: str) -> int:
    """A record entered by mistake: as if it had never stood."""
    with office.unit(actor) as unit:
        unit.cooperation.brokers.get(key, division=division)
        broker = unit.cooperation.brokers.take_back(key)
        unit.audit.note("take_back_broker", subject=f"broker:{key}")
        return check_those(unit, office.policy.at(office.today()), comes_from(broker))


def look_again(unit: UnitOfWork, policy: PolicyAt, broker: Broker) -> int:
    """Judges the postings of an intermediary anew, as when its record has run out; how many."""
    return check_those(unit, policy, comes_from(broker))


def comes_from(broker: Broker) -> Callable[[Posting], bool]:
    """Whether a posting comes from an intermediary, by employer, code, sender or source."""

    def comes(posting: Posting) -> bool:
        names = {employer_key(name) for name in (posting.employer, posting.sender, posting.source)}
        return broker.name_key in names or bool(broker.uscc and posting.uscc == broker.uscc)

    return comes


def _proper(broker: Broker, policy: PolicyAt) -> None:
    """Refuses what cannot be a record, in one line."""
    if len(broker.name_key) < _LEAST_NAME:
        raise InputRefused("请写明机构或经纪人的全称；没有保存")
    if len(broker.record_no.strip()) < _LEAST_NUMBER:
        raise InputRefused("请写明许可证号或备案号（至少4位）；没有保存")
    if broker.uscc and not _USCC.fullmatch(broker.uscc):
        raise InputRefused("统一社会信用代码应为18位；没有保存")
    if broker.valid_to is not None and broker.valid_to < broker.valid_from:
        raise InputRefused("有效期的结束早于开始；没有保存")
    if broker.kind is not BrokerKind.BROKER:
        return
    low, high = policy.whole("cooperation.broker_age_min"), policy.whole("cooperation.broker_age_max")
    if broker.born_on is None:
        raise InputRefused("劳务经纪人是个人，请填出生日期（要核对年龄）；没有保存")
    age = (
        policy.on.year
        - broker.born_on.year
        - ((policy.on.month, policy.on.day) < (broker.born_on.month, broker.born_on.day))
    )
    if not low <= age <= high:
        raise InputRefused(f"劳务经纪人应在{low}至{high}周岁之间，这个人{age}周岁；没有保存")

"""What is done for somebody on the list: contacts, who is in charge, leaving, and taking back what was a mistake.

In: a scope and what staff write down. Out: dated lines of the card; leaving needs three proved months in work, or a
risk that is cleared, or that the person is gone; everything can be taken back with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain.errors import CodedRefusal
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import EntryReason, Found, KeyEntry, KeyLine, LeaveReason, LogKind
from matcher.domain.service.ladder import Stability
from matcher.key_list.entering import belongs, is_cleared
from matcher.ladder.stability import stability
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

LEAST_WORDS = 2
_CLOSED = {
    LeaveReason.STABLE: ("KEY_NOT_STABLE", "稳定就业还不满三个月，或者没有证明；没有移出，请先补证明"),
    LeaveReason.CLEARED: ("KEY_NOT_CLEARED", "台账里风险还没有消除；没有移出，请先更新台账"),
    LeaveReason.GONE: ("KEY_NOT_GONE", "没有登记过迁出或去世；没有移出，请先在“变动”里登记"),
    LeaveReason.MISTAKE: ("KEY_NOT_MISTAKEN", "台账写明因就业不稳有风险，不是误列；没有移出，台账有错请先改台账"),
}
"""Sentence and words for a way out that is closed."""


class KeyRefused(CodedRefusal):
    """Something that cannot be done to the list; `code` is the sentence of the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What staff write down of one contact; without `next_due` the policy's days count."""

    way: GuidanceWay
    found: Found
    on: date
    content: str
    next_step: str = ""
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class MayLeave:
    """By which ways somebody may leave the list today."""

    stable: Stability
    cleared: bool
    gone: bool
    mistaken: bool
    """Whether no ledger says that the person has to be on the list."""

    @property
    def proved(self) -> bool:
        """Whether the rules let the person leave today; a mistake has to be seen by somebody."""
        return self.stable.proved or self.cleared or self.gone

    @property
    def ways(self) -> tuple[LeaveReason, ...]:
        """The ways that are open."""
        found = (
            (LeaveReason.STABLE, self.stable.proved),
            (LeaveReason.CLEARED, self.cleared),
            (LeaveReason.GONE, self.gone),
            (LeaveReason.MISTAKE, self.mistaken),
        )
        return tuple(reason for reason, is_open in found if is_open)


def may_leave(unit: UnitOfWork, entries: Sequence[KeyEntry], policy: PolicyAt) -> dict[int, MayLeave]:
    """Stay → the ways out, for stays that go on."""
    keys = [one.worker_key for one in entries]
    people = unit.workers.many(keys)
    spells, proofs = unit.aftercare.spells.of_people(keys), unit.casefile.proofs.of_people(keys)
    gone = unit.life.gone(keys)
    return {
        one.key: MayLeave(
            stability(spells.get(one.worker_key, []), proofs.get(one.worker_key, []), policy, policy.on),
            is_cleared(people[one.worker_key].value),
            one.worker_key in gone,
            not belongs(people[one.worker_key].value),
        )
        for one in entries
        if one.worker_key in people
    }


def record_contact(office: Office, entry_key: int, contact: Contact, mine: Scope, *, actor: str) -> KeyEntry:
    """One contact, and when the next is due; the entry as it stands then."""
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        entry = _open_entry(unit, entry_key, mine)
        _check(contact, policy, entry)
        due = contact.next_due or contact.on + timedelta(days=policy.whole("key_list.contact_days"))
        line = KeyLine(
            key=0, entry_key=entry.key, worker_key=entry.worker_key, kind=LogKind.CONTACT, on=contact.on,
            way=contact.way, found=contact.found, next_due=due, content=contact.content, next_step=contact.next_step,
        )  # fmt: skip
        unit.watching.cards.write([line])
        freshen(unit, entry, policy)
        unit.audit.note("key_contact", subject=f"worker:{entry.worker_key}")
        return unit.watching.entries.get(entry.key)


def _check(contact: Contact, policy: PolicyAt, entry: KeyEntry) -> None:
    """A contact is of the past, its words say something, and the next is ahead."""
    if contact.on > policy.on:
        raise KeyRefused("KEY_FUTURE", "联系日期在今天之后；没有保存，请改日期")
    if contact.on < entry.entered_on - timedelta(days=policy.whole("key_list.contact_days")):
        raise KeyRefused("KEY_TOO_EARLY", "联系日期早于列入清单太多；没有保存，请改日期")
    if len(contact.content.strip()) < LEAST_WORDS:
        raise KeyRefused("KEY_NO_CONTENT", "没有写谈了什么；没有保存，请补上")
    if contact.next_due is not None and contact.next_due <= contact.on:
        raise KeyRefused("KEY_DUE_PAST", "下次联系日期不在这次之后；没有保存，请改日期")


def enter_by_hand(office: Office, worker_key: int, why: str, mine: Scope, *, actor: str) -> int:
    """Somebody the office wants to look after, with the reason; the key of the stay."""
    policy = office.policy.at(office.today())
    _needs(why)
    with office.unit(actor) as unit:
        worker = unit.workers.get(worker_key, division=mine.division, villages=mine.villages).value
        if any(one.left_on is None for one in unit.watching.entries.of_person(worker_key)):
            raise KeyRefused("KEY_ALREADY", "这个人已经在清单上；没有重复列入")
        due = policy.on + timedelta(days=policy.whole("key_list.first_contact_days"))
        measures = worker.ledger.measures if worker.ledger else ""
        entry = KeyEntry(
            key=0, worker_key=worker_key, reason=EntryReason.BY_HAND, entered_on=policy.on, owner=worker.guide_name,
            identified_on=worker.ledger.identified_on if worker.ledger else None, next_due=due, words=why,
            measures=measures, measure_on=policy.on if measures else None,
        )  # fmt: skip
        [key] = unit.watching.entries.enter([entry])
        _note(unit, key, worker_key, LogKind.ENTERED, policy.on, content=why, next_due=due)
        unit.audit.note("key_entered", subject=f"worker:{worker_key}")
        return key


def set_owner(office: Office, entry_key: int, owner: str, mine: Scope, *, actor: str) -> None:
    """Who is in charge from today."""
    if len(owner.strip()) < LEAST_WORDS:
        raise KeyRefused("KEY_NO_OWNER", "没有写责任人；没有保存，请填姓名")
    with office.unit(actor) as unit:
        entry = _open_entry(unit, entry_key, mine)
        unit.watching.entries.change(entry.key, owner=owner.strip())
        _note(unit, entry.key, entry.worker_key, LogKind.OWNER, unit.today(), content=owner.strip())
        unit.audit.note("key_owner", subject=f"worker:{entry.worker_key}")


def leave(office: Office, entry_key: int, reason: LeaveReason, note: str, mine: Scope, *, actor: str) -> None:
    """Takes somebody off the list, where one of the ways out is open."""
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        entry = _open_entry(unit, entry_key, mine)
        if reason not in may_leave(unit, [entry], policy)[entry.key].ways:
            raise KeyRefused(*_CLOSED[reason])
        if reason is LeaveReason.MISTAKE:
            _needs(note)
        unit.watching.entries.change(entry.key, left_on=policy.on, left_reason=reason.value)
        _note(unit, entry.key, entry.worker_key, LogKind.LEFT, policy.on, content=note)
        unit.audit.note("key_left", subject=f"worker:{entry.worker_key}", fields=reason.value)


def undo_leave(office: Office, entry_key: int, why: str, mine: Scope, *, actor: str) -> None:
    """Leaving was a mistake: the stay goes on, and the next contact is due as it was."""
    _needs(why)
    with office.unit(actor) as unit:
        entry = unit.watching.entries.get(entry_key, division=mine.division, villages=mine.villages)
        if entry.left_on is None:
            raise KeyRefused("KEY_NOT_LEFT", "这个人还在清单上；什么都没有改变")
        if any(one.left_on is None for one in unit.watching.entries.of_person(entry.worker_key)):
            raise KeyRefused("KEY_ALREADY", "这个人已经在清单上；没有重复列入")
        unit.watching.entries.change(entry.key, left_on=None, left_reason="")
        _note(unit, entry.key, entry.worker_key, LogKind.UNDONE, unit.today(), content=why)
        unit.audit.note("key_left_undone", subject=f"worker:{entry.worker_key}")


def take_back(office: Office, line_key: int, why: str, mine: Scope, *, actor: str) -> int:
    """A contact that was written down by mistake is crossed out; the worker it was about."""
    _needs(why)
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        line = unit.watching.cards.get(line_key)
        entry = unit.watching.entries.get(line.entry_key, division=mine.division, villages=mine.villages)
        if line.kind is not LogKind.CONTACT:
            raise KeyRefused("KEY_NOT_A_CONTACT", "只有联系记录可以划掉；什么都没有改变")
        unit.watching.cards.take_back(line_key, why)
        freshen(unit, entry, policy)
        unit.audit.note("key_contact_undone", subject=f"worker:{entry.worker_key}")
        return entry.worker_key


def freshen(unit: UnitOfWork, entry: KeyEntry, policy: PolicyAt) -> None:
    """Last contact, first measure and next due, from the lines that stand."""
    lines = unit.watching.cards.of_entries([entry.key]).get(entry.key, [])
    contacts = [one for one in lines if one.stands and one.kind is LogKind.CONTACT]
    helped = [one.on for one in contacts if one.found is Found.HELPED]
    told = [entry.measure_on] if entry.measures and entry.measure_on else []
    met = [one.on for one in contacts if one.found is not Found.NOT_REACHED]
    first = entry.entered_on + timedelta(days=policy.whole("key_list.first_contact_days"))
    unit.watching.entries.change(
        entry.key,
        contact_on=max(met, default=None),
        measure_on=min([*helped, *told], default=None),
        next_due=contacts[-1].next_due if contacts else first,
    )


def _open_entry(unit: UnitOfWork, key: int, mine: Scope) -> KeyEntry:
    """A stay of the scope that goes on."""
    entry = unit.watching.entries.get(key, division=mine.division, villages=mine.villages)
    if entry.left_on is not None:
        raise KeyRefused("KEY_HAS_LEFT", "这个人已经移出清单；没有保存，移错了请先撤销移出")
    return entry


def _note(
    unit: UnitOfWork,
    entry: int,
    worker: int,
    kind: LogKind,
    on: date,
    *,
    content: str = "",
    next_due: date | None = None,
) -> None:
    """A line that is no contact."""
    line = KeyLine(key=0, entry_key=entry, worker_key=worker, kind=kind, on=on, content=content, next_due=next_due)
    unit.watching.cards.write([line])


def _needs(why: str) -> None:
    """What is changed against the rules needs a reason."""
    if len(why.strip()) < LEAST_WORDS:
        raise KeyRefused("KEY_NO_REASON", "没有写原因；什么都没有改变，请写明为什么")

"""The person of a form on the way into the store: never a second record of somebody who is known.

In: a draft, and what the clerk said about people it may be. Out: the key of the person, stored in one transaction with
everything an import leaves behind; or those it may be, and nothing stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobs_feed.decide import merge
from jobs_feed.rosters.asking import Limits, ask_person
from jobs_feed.rosters.finding import made_reference
from jobs_feed.rosters.kin import SAME_INCOME
from matcher.appointments import add_working_days
from matcher.domain.casenumber import case_number
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import Correction
from matcher.domain.rosters.records import EntryType
from matcher.domain.worker import Worker, WorkStatus
from matcher.key_list.entering import include
from matcher.listings import Scope
from matcher.office import Office
from matcher.reading import read_worker
from matcher.store import UnitOfWork
from matcher.store.identities import normal_birth, normal_id

MOST_ALIKE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Somebody stored the draft may be; of people of other offices nothing is told but that there is somebody."""

    key: int
    mine: bool
    case_no: str = ""
    name: str = ""
    village: str = ""
    place: str = ""
    basis: str = ""
    doubt: str = ""
    """What speaks against it, "" nothing."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a draft: the person, or those it may be."""

    key: int | None
    alike: tuple[Alike, ...] = ()


def people_alike(unit: UnitOfWork, draft: Worker, scope: Scope) -> tuple[Alike, ...]:
    """Who of the stored people a draft may be by the keys of every import, and namesakes of the village."""
    worker = draft if draft.ref else made_reference(unit.workers, draft)
    same = unit.workers.find_same(worker)[:MOST_ALIKE]
    stored = unit.workers.many([one.key for one in same])
    found = [
        _alike(one.key, stored[one.key].value, scope, basis=one.basis.value, doubt=one.doubt.value)
        for one in same
        if one.key in stored
    ]
    known = {one.key for one in found}
    keys = unit.finding.namesakes(worker, division=scope.division, villages=scope.villages)
    for key, other in unit.workers.many([key for key in keys if key not in known]).items():
        if len(found) < MOST_ALIKE and not _told_apart(worker, other.value):
            found.append(_alike(key, other.value, scope, basis="namesake", doubt="namesake"))
    return tuple(found)


def _told_apart(one: Worker, other: Worker) -> bool:
    """Whether numbers or days of birth say that two namesakes are two people."""
    numbers = (normal_id(one.id_number), normal_id(other.id_number))
    days = (normal_birth(one), normal_birth(other))
    return any(bool(first and second and first != second) for first, second in (numbers, days))


def _alike(key: int, worker: Worker, scope: Scope, *, basis: str, doubt: str) -> Alike:
    """Somebody as the account may see it."""
    mine = lies_within(worker.home.code, scope.division) and (not scope.villages or worker.village in scope.villages)
    if not mine:
        return Alike(key=0, mine=False, basis=basis)
    return Alike(
        key=key,
        mine=True,
        case_no=case_number(key),
        name=worker.name,
        village=worker.village,
        place=worker.home.name or worker.home.text,
        basis=basis,
        doubt=doubt,
    )


def file_person(
    office: Office,
    draft: Worker,
    scope: Scope,
    *,
    actor: str,
    told: Sequence[Correction] = (),
    same: int | None = None,
    new: bool = False,
) -> Filed:
    """Stores the person; where it may be somebody known the clerk says which (`same`) or that it is not (`new`)."""
    _ = office.tools
    with office.unit(actor) as unit:
        alike = people_alike(unit, draft, scope)
        if same is not None:
            key = _add_to(office, unit, same, draft, scope)
        elif alike and (not new or any(one.basis == "id_number" for one in alike)):
            return Filed(None, alike)
        else:
            key = _new(office, unit, draft)
        for correction in told:
            unit.corrections.add(key, correction)
        _leave(office, unit, key)
        unit.audit.note("walk_in", subject=f"worker:{key}", fields="new" if same is None else "added")
    return Filed(key)


def _new(office: Office, unit: UnitOfWork, draft: Worker) -> int:
    """Somebody nobody knew; a reference that is taken is made anew."""
    worker = made_reference(unit.workers, draft)
    if any(one.basis.value == "sender_ref" for one in unit.workers.find_same(worker)):
        worker = made_reference(unit.workers, draft, whole=True)
    return unit.workers.add(worker, read_worker(worker, office.tools, read_on=office.today()))


def _add_to(office: Office, unit: UnitOfWork, key: int, draft: Worker, scope: Scope) -> int:
    """What was typed of somebody known: words are added to words, never put in their place."""
    stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
    if key not in {one.key for one in people_alike(unit, draft, scope)}:
        raise InputRefused("这个人和登记的对不上，没有保存；请重新查找", ref=str(key))
    value = merge(stored.value, draft)
    if draft.remarks and draft.remarks not in stored.value.remarks:
        dated = f"{office.today().isoformat()} {draft.remarks}"
        value = replace(value, remarks="\n".join(one for one in (stored.value.remarks, dated) if one))
    else:
        value = replace(value, remarks=stored.value.remarks)
    facts = read_worker(value, office.tools, read_on=office.today())
    unit.workers.replace(key, value, facts, expected_revision=stored.revision)
    return key


def _leave(office: Office, unit: UnitOfWork, key: int) -> None:
    """What an import leaves behind: questions the columns raise, and a case for whoever has just lost work."""
    limits, today = Limits.of(office.policy.at(office.today())), office.today()
    worker = unit.workers.get(key).value
    unit.questions.settle({key: ask_person(worker, limits, today)}, on=today, keep={SAME_INCOME})
    include(unit, {key: worker}, on=today, first_contact_days=limits.first_contact_days)
    if worker.work_status is WorkStatus.NEWLY_UNEMPLOYED:
        due = add_working_days(today, limits.case_working_days)
        unit.cases.open([key], EntryType.NEWLY_UNEMPLOYED, on=today, due_on=due)

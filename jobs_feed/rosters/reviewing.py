"""What a person decides about a row that waits: the same person, somebody new, or not taken.

In: an office, a waiting row, the choice. Out: everything written in one transaction, the decision remembered and
noted in the audit record; what somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum

from jobs_feed.decide import merge
from jobs_feed.rosters.asking import Limits, ask_person
from jobs_feed.rosters.finding import made_reference
from jobs_feed.rosters.kin import SAME_INCOME
from jobs_feed.within import named_today
from matcher.domain.errors import EditConflict, InputRefused
from matcher.domain.rosters.records import ReviewState
from matcher.domain.worker import Worker, WorkerFacts
from matcher.office import Office
from matcher.reading import read_worker
from matcher.store import UnitOfWork
from matcher.store.identities import normal_birth, normal_id


class Choice(StrEnum):
    """What a person may decide; JOIN = it is this one, and the others it may be are this one too."""

    SAME = "same"
    JOIN = "join"
    NEW = "new"
    DROP = "drop"


def decide_review(
    office: Office,
    key: int,
    choice: Choice,
    *,
    worker_key: int | None = None,
    revision: int | None = None,
    division: str = "",
    actor: str = "",
) -> int | None:
    """Carries out a decision; the person it is about. RecordNotFound outside the division, EditConflict if late."""
    _ = office.tools
    with office.unit(actor) as unit:
        review = unit.reviews.get(key, division=division)
        if review.state is not ReviewState.OPEN:
            raise EditConflict("这一行别人已经处理过了，您的选择没有保存", ref=str(key))
        draft = named_today(review.waiting.draft, unit.renamed, office.gazetteer)
        found, state = None, ReviewState.DROPPED
        if choice in {Choice.SAME, Choice.JOIN}:
            if worker_key is None or worker_key not in review.waiting.candidates:
                raise InputRefused("这一行不会是这个人；请从列出的人中选", ref=str(key))
            others = review.waiting.candidates if choice is Choice.JOIN else ()
            found, state = _same(office, unit, draft, worker_key, revision, others), ReviewState.MERGED
        elif choice is Choice.NEW:
            found, state = _new(office, unit, draft), ReviewState.NEW
        unit.reviews.decide(key, state, found)
        if found is not None:
            unit.roster_changes.note_members(draft.sender, review.import_key, [found], ())
            _ask(office, unit, found)
        subject = f"review:{key}" if found is None else f"worker:{found}"
        unit.audit.note("import_review", subject=subject, fields=choice.value)
    return found


def birth_date_of(worker: Worker) -> date | None:
    """The birth date two records are compared by: that of the ID number, else the one stated."""
    text = normal_birth(worker)
    return date(int(text[:4]), int(text[4:6]), int(text[6:])) if text else None


def forget_import(unit: UnitOfWork, import_key: int) -> None:
    """Takes back what a roster left behind beside people; for whoever undoes its import, in the same transaction."""
    unit.reviews.forget(import_key)
    unit.questions.forget(import_key)
    unit.cases.forget(import_key)
    unit.roster_changes.forget(import_key)


def undo_merge(office: Office, key: int, *, division: str = "", actor: str = "") -> None:
    """Takes two people apart again that were merged by mistake."""
    with office.unit(actor) as unit:
        unit.merges.undo(key, division=division)
        unit.audit.note("merge_undone", subject=f"merge:{key}")


def join_people(
    office: Office, kept_key: int, gone_key: int, *, division: str = "", villages: tuple[str, ...] = (), actor: str = ""
) -> None:
    """Two stored records are one person: the first one stays and learns what only the other knew."""
    _ = office.tools
    with office.unit(actor) as unit:
        kept = unit.workers.get(kept_key, division=division, villages=villages).value
        gone = unit.workers.get(gone_key, division=division, villages=villages).value
        if normal_id(kept.id_number) and normal_id(gone.id_number) and not shares_number(kept, gone):
            raise InputRefused("两条记录的身份证号不同，不能合并；请先核对证件", ref=str(kept_key))
        value = replace(merge(gone, kept), sender=kept.sender, ref=kept.ref)
        if gone.remarks and gone.remarks not in kept.remarks:
            value = replace(value, remarks="\n".join(one for one in (kept.remarks, gone.remarks) if one))
        unit.merges.merge(kept_key, gone_key, value, _facts(office, value))
        unit.audit.note("people_joined", subject=f"worker:{kept_key}", fields=f"worker:{gone_key}")


def shares_number(one: Worker, other: Worker) -> bool:
    """Whether two records carry the same identity number."""
    return normal_id(one.id_number) == normal_id(other.id_number) != ""


def _same(
    office: Office, unit: UnitOfWork, draft: Worker, key: int, revision: int | None, others: tuple[int, ...]
) -> int:
    """The stored person with what the row says, and with what the others say who are the same."""
    value = unit.workers.get(key).value
    for other in others:
        if other != key:
            value = merge(unit.workers.get(other).value, value)
            value = replace(value, sender=unit.workers.get(key).value.sender, ref=unit.workers.get(key).value.ref)
            unit.merges.merge(key, other, value, _facts(office, value))
            revision = None
    value = merge(value, draft)
    unit.workers.replace(key, value, _facts(office, value), expected_revision=revision)
    return key


def _new(office: Office, unit: UnitOfWork, draft: Worker) -> int:
    """Somebody new; a reference that is another person's is made anew."""
    taken = any(same.basis.value == "sender_ref" for same in unit.workers.find_same(draft))
    worker = made_reference(unit.workers, draft, whole=True) if taken else draft
    return unit.workers.add(worker, _facts(office, worker))


def _facts(office: Office, worker: Worker) -> WorkerFacts:
    """What was understood of a person."""
    return read_worker(worker, office.tools, read_on=office.today())


def _ask(office: Office, unit: UnitOfWork, key: int) -> None:
    """Questions about a person as now known; those about the village stay as they are."""
    limits, today = Limits.of(office.policy.at(office.today())), office.today()
    asked = ask_person(unit.workers.get(key).value, limits, today)
    unit.questions.settle({key: asked}, on=today, keep={SAME_INCOME})

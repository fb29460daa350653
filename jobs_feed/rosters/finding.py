"""Which stored person each row of a roster is, or why only a person can say.

In: drafts with their rows, the stored people, and what was decided about such rows before. Out: `PeoplePlan`:
new and changed people, rows left alone, and rows that wait for review. Nobody is ever merged on keys that
contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobs_feed.decide import Action, Decision, decide_person, merge
from jobs_feed.reconcile import FilePlan, Step
from jobs_feed.report import RowProblem
from jobs_feed.rosters.emptying import emptied
from jobs_feed.rosters.lasting import brought_up
from jobs_feed.staging import DraftRow
from jobs_feed.within import EVERYWHERE, Within
from matcher.domain.facts import Phrase
from matcher.domain.rosters.records import ReviewState, RosterChange, Waiting
from matcher.domain.worker import Worker
from matcher.reference.name_forms import plain_name, plain_village
from matcher.store import UnitOfWork
from matcher.store.identities import Identities, SameAs, SameBasis, normal_birth, normal_id, normal_phone
from matcher.store.workers import Workers

Drafts = Sequence[tuple[DraftRow, Worker]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that is a person for certain: who it was (None = nobody yet) and what is known of this person now."""

    row: DraftRow
    value: Worker
    key: int | None
    before: Worker | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft with a reference, whether that was made here, and whom it may be."""

    row: DraftRow
    worker: Worker
    made: bool
    same: list[SameAs]


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A row that only a person can place, unless one has done so before."""

    found: _Found
    mark: str
    reason: str
    key: int | None = None
    """The stored person it most likely is."""
    other: int = 0
    """The row of the file that is this person too."""


@dataclass(slots=True)
class PeoplePlan(FilePlan[Worker]):
    """Everything an import is going to do with people."""

    placed: list[Placed] = field(default_factory=list)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    """Rows for review, by the mark of what identifies their person."""
    changes: list[tuple[int, RosterChange]] = field(default_factory=list)
    """Each with its place in `placed`, -1 for somebody who is not in the file."""
    absent: int = 0
    asked: dict[int, list[Phrase]] = field(default_factory=dict)
    """Questions about people in the file, by place in `placed`."""
    asked_beside: dict[int, list[Phrase]] = field(default_factory=dict)
    """Questions about members of their households who are not in the file, by key."""

    within: Within = EVERYWHERE
    """Whose people the file may change."""

    def place(self, row: DraftRow, value: Worker, key: int | None, before: Worker | None) -> None:
        """A row found to be somebody; what changes is a step. Somebody registered elsewhere is left alone."""
        if before is not None and not self.within.holds(before):
            self.refuse(row, "IMPORT_PERSON_ELSEWHERE", name="姓名")
            return
        self.placed.append(Placed(row, value, key, before))
        if before is not None and before == value:
            self.unchanged += 1
        else:
            self.steps.append(Step(value, key))

    def wait(self, doubt: _Doubtful) -> None:
        """A row that a person has to decide; it is named among the problems."""
        row = doubt.found.row
        self.waiting[doubt.mark] = Waiting(
            draft=doubt.found.worker,
            candidates=tuple(same.key for same in doubt.found.same),
            reason=doubt.reason,
            sheet=row.sheet,
            row=row.row,
            other=doubt.other,
        )
        phrase = Phrase(doubt.reason, {"other": doubt.other}, parts=(Phrase("IMPORT_WAITS"),))
        name = "编号" if doubt.reason == "IMPORT_REF_TWICE" else ""
        self.problems.append(RowProblem(phrase, row.sheet, row.row, name))


class PersonKeys:
    """The people of one file by the keys that tell them apart."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], tuple[int, Worker]] = {}

    def earlier(self, worker: Worker) -> tuple[str, int, Worker] | None:
        """(kind of key, row, person) of an earlier row that shares a key."""
        for key in _keys(worker):
            if key in self._rows:
                return key[0], *self._rows[key]
        return None

    def note(self, worker: Worker, row: int) -> None:
        """Takes in one more row."""
        for key in _keys(worker):
            self._rows.setdefault(key, (row, worker))


def _keys(worker: Worker) -> Iterator[tuple[str, ...]]:
    """The keys of a person, strongest first."""
    if worker.id_number:
        yield "id", normal_id(worker.id_number)
    if worker.ref:
        yield "ref", worker.ref
    home = (worker.home.county, plain_village(worker.village))
    if worker.village and worker.phone:
        yield "phone", plain_name(worker.name), *home, normal_phone(worker.phone)
    if worker.village and normal_birth(worker):
        yield "birth", plain_name(worker.name), *home, normal_birth(worker)


def plan_people(unit: UnitOfWork, rows: Drafts, within: Within = EVERYWHERE) -> PeoplePlan:
    """What to do with the people of a roster."""
    plan, table = PeoplePlan(within=within), unit.workers
    identities, lasting = table.identities(), unit.life.lasting()
    fresh, doubtful = _without_repeats(table, rows, plan)
    found: list[_Found] = []
    for row, worker, made in fresh:
        same = identities.find(worker)
        if not same or row.emptied or _must_look(table, worker, same):
            changes = lasting.get(same[0].key, ()) if same else ()
            found.append(_Found(row, brought_up(worker, changes) if changes else worker, made, same))
        else:
            plan.place(row, worker, same[0].key, worker)
    taken = {placed.key: placed.row.row for placed in plan.placed}
    doubtful += _settle(table, plan, found, identities, taken)
    _review(unit, plan, doubtful, taken)
    return plan


def _settle(
    table: Workers, plan: PeoplePlan, found: Sequence[_Found], identities: Identities, taken: dict[int | None, int]
) -> list[_Doubtful]:
    """Places the rows that have to be looked at; two rows are never one stored person. Those left for a person."""
    stored = table.many(sorted({same.key for one in found for same in one.same}))
    doubtful: list[_Doubtful] = []
    for one in found:
        known = stored[one.same[0].key].value if one.same else None
        decision = decide_person(one.worker, one.same, known)
        if one.made and known is not None and one.same[0].basis is SameBasis.SENDER_REF:
            decision, one = _by_made_reference(table, identities, one, known, decision)
            known = None if decision.action is Action.INSERT else known
        if decision.action is not Action.REVIEW and known is not None and decision.key in taken:
            decision = Decision(Action.REVIEW, decision.key, "IMPORT_PERSON_TWICE")
        if decision.action is Action.REVIEW:
            other = taken.get(decision.key, 0)
            doubtful.append(_Doubtful(one, mark_of(table, one.worker), decision.reason, decision.key, other))
            continue
        if known is not None:
            taken[decision.key] = one.row.row
        _place(plan, one, known, decision.key)
    return doubtful


def _place(plan: PeoplePlan, one: _Found, known: Worker | None, key: int | None) -> None:
    """A row that is somebody for certain."""
    if known is not None and plain_name(known.name) != plain_name(one.worker.name):
        plan.tell(one.row, "IMPORT_NAME_CHANGED", name="姓名")
    value = one.worker if known is None else emptied(merge(known, one.worker), one.row.emptied)
    plan.place(one.row, value, None if known is None else key, known)


def _by_made_reference(
    table: Workers, identities: Identities, one: _Found, known: Worker, decision: Decision
) -> tuple[Decision, _Found]:
    """A reference made here says little: another name is another person, one of several namesakes is for a person."""
    if plain_name(known.name) != plain_name(one.worker.name):
        worker = made_reference(table, one.worker, whole=True)
        return Decision(Action.INSERT), _Found(one.row, worker, True, [])
    keyless = not (one.worker.id_number or one.worker.phone or one.worker.birth_date)
    if keyless and len(one.same) == 1 and identities.namesakes(one.worker) > 1:
        return Decision(Action.REVIEW, decision.key, "IMPORT_REVIEW_NAMESAKES"), one
    return decision, one


def _review(unit: UnitOfWork, plan: PeoplePlan, doubtful: Sequence[_Doubtful], taken: Mapping[int | None, int]) -> None:
    """Rows for a person to decide: what was decided before holds, the rest waits."""
    senders = {one.found.worker.sender for one in doubtful}
    decided = unit.reviews.states(senders, [one.mark for one in doubtful])
    known = unit.workers.many(sorted({key for _, key in decided.values() if key is not None}))
    for one in doubtful:
        state, key = decided.get(one.mark, (ReviewState.OPEN, None))
        if key in known and key in taken:
            plan.unchanged += 1
            plan.tell(one.found.row, "IMPORT_REVIEW_SAME", other=taken[key])
        elif key in known:
            _place(plan, one.found, known[key].value, key)
        elif state is ReviewState.DROPPED:
            plan.refuse(one.found.row, "IMPORT_REVIEW_DROPPED")
        else:
            plan.wait(one)


def _must_look(table: Workers, worker: Worker, same: Sequence[SameAs]) -> bool:
    """Whether the stored record has to be opened: not where it says the same, word for word."""
    only = same[0]
    return not (len(same) == 1 and not only.id_conflict and only.digest == table.digest_of(worker))


def _without_repeats(
    table: Workers, rows: Drafts, plan: PeoplePlan
) -> tuple[list[tuple[DraftRow, Worker, bool]], list[_Doubtful]]:
    """Each person once, with a reference and whether it was made here; repeats are told, contradictions wait."""
    keys, fresh, doubtful = PersonKeys(), [], []
    for row, draft in rows:
        worker = draft if draft.ref else made_reference(table, draft)
        earlier = keys.earlier(worker)
        if earlier is not None and earlier[0] == "ref" and not draft.ref and earlier[2] != worker:
            worker = made_reference(table, draft, whole=True)
            earlier = keys.earlier(worker)
        if earlier is None:
            keys.note(worker, row.row)
            fresh.append((row, worker, not draft.ref))
        elif earlier[2] == worker:
            plan.unchanged += 1
            plan.tell(row, "IMPORT_ROW_TWICE", other=earlier[1])
        else:
            code = "IMPORT_REF_TWICE" if earlier[0] == "ref" else "IMPORT_PERSON_TWICE"
            found = _Found(row, worker, not draft.ref, [])
            doubtful.append(_Doubtful(found, mark_of(table, worker), code, other=earlier[1]))
    return fresh, doubtful


def mark_of(table: Workers, worker: Worker) -> str:
    """What identifies the person of a row, as a keyed digest: the same row again has the same mark."""
    return table.digest_of(replace(_core(worker), ref=worker.ref))


def _core(worker: Worker) -> Worker:
    """A person reduced to what identifies it beside a reference."""
    return Worker(
        ref="",
        sender=worker.sender,
        name=worker.name,
        village=worker.village,
        id_number=worker.id_number,
        phone=worker.phone,
        birth_date=worker.birth_date,
    )


def made_reference(table: Workers, worker: Worker, *, whole: bool = False) -> Worker:
    """A person without a reference gets sender-hash8, keyed so that nothing can be found out from it."""
    core = replace(worker, ref="") if whole else _core(worker)
    return replace(worker, ref=f"{worker.sender}-{table.digest_of(core)[:8]}")

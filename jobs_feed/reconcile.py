"""What an import is going to do with its drafts, worked out against what is stored.

In: drafts and a unit of work. Out: `FilePlan`: steps to take, records left as they are, rows to refuse. Writing is
one call, inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from jobs_feed.decide import Action, decide_person, decide_record, merge
from jobs_feed.report import RowProblem
from jobs_feed.staging import DraftRow
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker
from matcher.store.context import Known
from matcher.store.identities import SameAs, SameBasis, normal_id, normal_phone
from matcher.store.workers import Workers

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One record to be written; `key` None = new."""

    value: T
    key: int | None


@dataclass(slots=True)
class FilePlan(Generic[T]):
    """Everything an import is going to do."""

    steps: list[Step[T]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[RowProblem] = field(default_factory=list)

    @property
    def inserts(self) -> list[T]:
        """New records."""
        return [step.value for step in self.steps if step.key is None]

    @property
    def updates(self) -> list[tuple[int, T]]:
        """Changed records with their keys."""
        return [(step.key, step.value) for step in self.steps if step.key is not None]

    def refuse(self, row: DraftRow, code: str, *, name: str = "", other: int = 0) -> None:
        """A row that a person has to look at."""
        self.problems.append(RowProblem(Phrase(code, {"other": other}), row.sheet, row.row, name))

    def tell(self, row: DraftRow, code: str, *, name: str = "", other: int = 0, fault: str = "") -> None:
        """A notice about a row."""
        self.notices.append(RowProblem(Phrase(code, {"other": other, "fault": fault}), row.sheet, row.row, name))


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
    if worker.village and worker.phone:
        yield "phone", worker.name, worker.village, normal_phone(worker.phone)
    if worker.village and worker.birth_date is not None:
        yield "birth", worker.name, worker.village, worker.birth_date.isoformat()


def plan_people(table: Workers, rows: Sequence[tuple[DraftRow, Worker]]) -> FilePlan[Worker]:
    """What to do with the people of a roster."""
    plan: FilePlan[Worker] = FilePlan()
    fresh = _without_repeats(table, rows, plan)
    identities = table.identities()
    found = []
    for row, worker, made in fresh:
        same = identities.find(worker)
        if same and not _must_look(table, worker, same):
            plan.unchanged += 1
        else:
            found.append((row, worker, made, same))
    stored = table.many(sorted({one.key for *_, same in found for one in same}))
    for row, worker, made, same in found:
        known = stored[same[0].key].value if same else None
        if made and known is not None and same[0].basis is SameBasis.SENDER_REF and known.name != worker.name:
            plan.steps.append(Step(_made_reference(table, worker, whole=True), None))
            continue
        _apply(plan, row, worker, same, known)
    return plan


def _apply(plan: FilePlan[Worker], row: DraftRow, worker: Worker, same: Sequence[SameAs], known: Worker | None) -> None:
    """One person into the plan."""
    decision = decide_person(worker, same, known)
    if decision.action is Action.REVIEW:
        plan.refuse(row, decision.reason)
    elif decision.action is Action.UNCHANGED:
        plan.unchanged += 1
    elif known is None:
        plan.steps.append(Step(worker, None))
    else:
        if known.name != worker.name:
            plan.tell(row, "IMPORT_NAME_CHANGED", name="姓名")
        plan.steps.append(Step(merge(known, worker), decision.key))


def _must_look(table: Workers, worker: Worker, same: Sequence[SameAs]) -> bool:
    """Whether the stored record has to be opened: not where it says the same, word for word."""
    return not (len(same) == 1 and not same[0].id_conflict and same[0].digest == table.digest_of(worker))


def _without_repeats(
    table: Workers, rows: Sequence[tuple[DraftRow, Worker]], plan: FilePlan[Worker]
) -> list[tuple[DraftRow, Worker, bool]]:
    """Each person once, with a reference and whether it was made here; repeats are told or refused."""
    keys, fresh = PersonKeys(), []
    for row, draft in rows:
        worker = draft if draft.ref else _made_reference(table, draft)
        earlier = keys.earlier(worker)
        if earlier is not None and earlier[0] == "ref" and not draft.ref and earlier[2] != worker:
            worker = _made_reference(table, draft, whole=True)
            earlier = keys.earlier(worker)
        if earlier is None:
            keys.note(worker, row.row)
            fresh.append((row, worker, not draft.ref))
        elif earlier[2] == worker:
            plan.unchanged += 1
            plan.tell(row, "IMPORT_ROW_TWICE", other=earlier[1])
        else:
            code = "IMPORT_REF_TWICE" if earlier[0] == "ref" else "IMPORT_PERSON_TWICE"
            plan.refuse(row, code, name="编号" if earlier[0] == "ref" else "", other=earlier[1])
    return fresh


def _made_reference(table: Workers, worker: Worker, *, whole: bool = False) -> Worker:
    """A person without a reference gets sender-hash8, keyed so that nothing can be found out from it."""
    core = replace(worker, ref="")
    if not whole:
        core = Worker(
            ref="",
            sender=worker.sender,
            name=worker.name,
            village=worker.village,
            id_number=worker.id_number,
            phone=worker.phone,
            birth_date=worker.birth_date,
        )
    return replace(worker, ref=f"{worker.sender}-{table.digest_of(core)[:8]}")


@dataclass(slots=True)
class Referenced(Generic[T]):
    """The records of a file, each with a reference of its own."""

    rows: list[tuple[DraftRow, T]] = field(default_factory=list)
    repeats: FilePlan[T] = field(default_factory=FilePlan)
    """Rows that say again what another row says, and rows that contradict it."""


def settle_references(
    rows: Sequence[tuple[DraftRow, T]], referenced: Callable[[T, bool], T], reference_of: Callable[[T], str]
) -> Referenced[T]:
    """Every record once; `referenced` makes a missing reference, of the whole content where asked."""
    found: Referenced[T] = Referenced()
    taken: dict[str, tuple[int, T]] = {}
    for row, draft in rows:
        value = referenced(draft, False)
        earlier = taken.get(reference_of(value))
        if earlier is not None and earlier[1] != value and not reference_of(draft):
            value = referenced(draft, True)
            earlier = taken.get(reference_of(value))
        if earlier is None:
            taken[reference_of(value)] = (row.row, value)
            found.rows.append((row, value))
        elif earlier[1] == value:
            found.repeats.unchanged += 1
            found.repeats.tell(row, "IMPORT_ROW_TWICE", other=earlier[0])
        else:
            found.repeats.refuse(row, "IMPORT_REF_TWICE", name="编号", other=earlier[0])
    return found


def plan_records(
    values: Sequence[T],
    known: Mapping[str, Known],
    digest_of: Callable[[T], str],
    reference_of: Callable[[T], str],
    repeats: FilePlan[T],
) -> FilePlan[T]:
    """What to do with postings or classes."""
    plan: FilePlan[T] = FilePlan([], repeats.unchanged, list(repeats.problems), list(repeats.notices))
    for value in values:
        stored = known.get(reference_of(value))
        digest = "" if stored is None else digest_of(value)
        decision = decide_record(stored, digest)
        if decision.action is Action.UNCHANGED:
            plan.unchanged += 1
        else:
            plan.steps.append(Step(value, decision.key))
    return plan

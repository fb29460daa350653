"""What an import is going to do with its drafts, worked out against what is stored.

In: drafts and what is known. Out: `FilePlan`: steps to take, records left as they are, rows to refuse. People are
found again in rosters/finding.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from jobs_feed.decide import Action, decide_record
from jobs_feed.report import RowProblem
from jobs_feed.staging import DraftRow
from matcher.domain.facts import Phrase
from matcher.store.context import Known

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

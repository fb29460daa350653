"""The desk where people of rosters are filed.

In: drafts with their rows. Out: people written, and what the roster leaves behind: rows under review, questions,
the change list, opened cases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from jobs_feed.desk import Desk, Records, Step
from jobs_feed.pace import READ
from jobs_feed.reference import rows_of
from jobs_feed.report import RowProblem
from jobs_feed.rosters.asking import Limits, ask_person
from jobs_feed.rosters.changing import NOBODY, changes_of, missing_people
from jobs_feed.rosters.finding import Drafts, PeoplePlan, plan_people
from jobs_feed.rosters.kin import SAME_INCOME, ask_household, ask_village
from jobs_feed.within import EVERYWHERE, Within
from matcher.appointments import add_working_days
from matcher.domain.facts import Phrase
from matcher.domain.rosters.records import ChangeKind, EntryType, RosterChange, Waiting
from matcher.domain.worker import IN_WORK, Worker, WorkerFacts
from matcher.key_list.entering import include
from matcher.store import UnitOfWork
from matcher.store.context import Row
from matcher.unread import PEOPLE_READER, READ_LATER_FROM

_NO_ROW = -1
_READY_AT_ONCE = 1_000
"""Rows made ready between two looks at whether somebody wants to stop."""


def _field_of(code: str) -> str:
    """The column a question is about."""
    return next(row["field"] for row in rows_of("question_fields") if row["code"] == code)


class PeopleDesk(Desk[Worker, WorkerFacts]):
    """People of a roster; `unread_names` are those of rows that could not be read.

    A roster that is not `whole` holds single people and says nothing of those it does not name.
    """

    def __init__(
        self,
        rows: Drafts,
        read_on: date,
        limits: Limits,
        unread_names: Sequence[str] = (),
        within: Within = EVERYWHERE,
        *,
        whole: bool = True,
    ) -> None:
        super().__init__(rows, PEOPLE_READER, read_on)
        self._limits, self._unread, self._within, self._whole = limits, unread_names, within, whole
        self._sender = rows[0][1].sender if rows else ""
        self._plan = PeoplePlan()

    def understand(self, reading: Callable[[], AbstractContextManager[UnitOfWork]], step: Step) -> None:
        """A large roster is stored first and read before anybody of it is planned for."""
        steps = self.planned.steps
        if len(steps) < READ_LATER_FROM:
            super().understand(reading, step)
            return
        self.planned.notices.append(RowProblem(Phrase("IMPORT_READ_LATER", {"count": len(steps)})))
        for start in range(0, len(steps), _READY_AT_ONCE):
            step(READ, start, len(steps))
            part = steps[start : start + _READY_AT_ONCE]
            with reading() as unit:
                self._ready.extend(self._made(unit, part, [None] * len(part)))

    def _table(self, unit: UnitOfWork) -> Records[Worker, WorkerFacts]:
        """People."""
        return unit.workers

    def _write(self, unit: UnitOfWork, new: Iterable[Row], changed: Iterable[Row]) -> list[int]:
        """Writes people; from now on everybody of the file has a key."""
        keys = super()._write(unit, new, changed)
        fresh = iter(keys)
        plan = self._plan
        plan.placed = [placed if placed.key else replace(placed, key=next(fresh)) for placed in plan.placed]
        return keys

    def leave(self, unit: UnitOfWork, import_key: int) -> None:
        """Rows under review, members, changes, cases and questions of this import."""
        plan = self._plan
        keys = [placed.key or NOBODY for placed in plan.placed]
        unit.reviews.queue(import_key, dict(self._waiting(unit)))
        changes = [one if place == _NO_ROW else replace(one, worker_key=keys[place]) for place, one in plan.changes]
        fallen = [one.worker_key for one in changes if one.kind is ChangeKind.FELL_OUT]
        unit.roster_changes.note_members(self._sender, import_key, keys, fallen)
        unit.roster_changes.record(import_key, changes)
        lost = [one.worker_key for one in changes if one.kind is ChangeKind.NEWLY_UNEMPLOYED]
        due = add_working_days(self._read_on, self._limits.case_working_days)
        unit.cases.close(self._in_work_again(changes), on=self._read_on, import_key=import_key)
        unit.cases.open(lost, EntryType.NEWLY_UNEMPLOYED, on=self._read_on, due_on=due, import_key=import_key)
        people = {one.key: one.value for one in plan.placed if one.key}
        include(unit, people, on=self._read_on, first_contact_days=self._limits.first_contact_days)
        asked = {key: plan.asked.get(place, []) for place, key in enumerate(keys)}
        unit.questions.settle(asked, on=self._read_on, import_key=import_key)
        unit.questions.settle(plan.asked_beside, on=self._read_on, import_key=import_key, keep={SAME_INCOME})

    @staticmethod
    def _in_work_again(changes: Sequence[RosterChange]) -> list[int]:
        """People whose roster says now that they have work."""
        working = {status.value for status in IN_WORK}
        return [one.worker_key for one in changes if one.kind is ChangeKind.STATUS and one.now in working]

    @property
    def keys(self) -> tuple[int, ...]:
        """Everybody filed, in the order of the rows; new people have a key once they are written."""
        return tuple(placed.key for placed in self._plan.placed if placed.key)

    def changes(self) -> Mapping[str, int] | None:
        """How many people the roster changes in which way."""
        kinds = Counter(one.kind for _, one in self._plan.changes)
        counts = {kind.value: kinds[kind] for kind in ChangeKind}
        counts["status"] = sum(1 for _, one in self._plan.changes if one.now and one.was)
        counts["not_in_file"] = self._plan.absent
        counts["review"] = len(self._plan.waiting)
        return counts

    def _planned(self, unit: UnitOfWork) -> PeoplePlan:
        """Found again by their keys, asked about, and compared with what the sender said before."""
        plan = plan_people(unit, self._rows, self._within)
        self._plan = plan
        self._compare(unit, plan)
        self._ask(unit, plan)
        return plan

    def _waiting(self, unit: UnitOfWork) -> Iterator[tuple[str, Waiting]]:
        """Rows for review; one that repeats another row of the file may be whoever that row was stored as."""
        for mark, one in self._plan.waiting.items():
            candidates = one.candidates or tuple(same.key for same in unit.workers.find_same(one.draft))
            yield mark, replace(one, candidates=candidates)

    def _compare(self, unit: UnitOfWork, plan: PeoplePlan) -> None:
        """The change list."""
        members = unit.roster_changes.members(self._sender)
        for place, placed in enumerate(plan.placed):
            plan.changes += [(place, change) for change in changes_of(placed, members)]
        if not self._whole:
            return
        uncertain = [key for one in plan.waiting.values() for key in one.candidates]
        fallen, plan.absent = missing_people(members, plan.placed, uncertain, self._unread, self._limits.covered_share)
        if plan.absent:
            plan.notices.append(RowProblem(Phrase("IMPORT_NOT_IN_FILE", {"count": plan.absent})))
        plan.changes += [(_NO_ROW, RosterChange(worker_key=key, kind=ChangeKind.FELL_OUT)) for key in fallen]

    def _ask(self, unit: UnitOfWork, plan: PeoplePlan) -> None:
        """Questions about everybody of the file and of their households, told with their rows."""
        people = [placed.value for placed in plan.placed]
        asked: dict[int, list[Phrase]] = defaultdict(list)
        for place, person in enumerate(people):
            asked[place] += ask_person(person, self._limits, self._read_on)
        for place, phrases in ask_village(people, self._limits).items():
            asked[place] += phrases
        self._ask_households(unit, plan, people, asked)
        plan.asked = {place: phrases for place, phrases in asked.items() if phrases}
        for place, phrases in plan.asked.items():
            row = plan.placed[place].row
            plan.notices += [RowProblem(phrase, row.sheet, row.row, _field_of(phrase.code)) for phrase in phrases]

    def _ask_households(
        self, unit: UnitOfWork, plan: PeoplePlan, people: Sequence[Worker], asked: dict[int, list[Phrase]]
    ) -> None:
        """Questions about households: members in the file, and those stored beside them."""
        households: dict[str, list[int]] = defaultdict(list)
        for place, person in enumerate(people):
            if index := unit.workers.household_index(person):
                households[index].append(place)
        here = {placed.key for placed in plan.placed}
        beside: dict[str, list[int]] = defaultdict(list)
        for key, index in unit.workers.of_households(households).items():
            if key not in here:
                beside[index].append(key)
        stored = unit.workers.many(sorted(key for keys in beside.values() for key in keys))
        for index, places in households.items():
            others = [stored[key] for key in beside[index]]
            family = [people[place] for place in places] + [one.value for one in others]
            told = ask_household(family)
            for number, place in enumerate(places):
                asked[place] += told.get(number, [])
            for number, one in enumerate(others, start=len(places)):
                own = ask_person(one.value, self._limits, self._read_on)
                plan.asked_beside[one.key] = own + told.get(number, [])

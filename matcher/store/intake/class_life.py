"""Classes as the office runs them: changed by hand, who takes part, whose plan names them, how much they are wished.

In: edits, enrolments, and with every plan the class it names and the work its person wishes. Out: the same again, and
counts within a scope. What a provider delivered stays as it is: a later catalogue replaces it, never the edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update

from matcher.domain.intake.classes import ClassEdit, Enrolment, EnrolmentState
from matcher.store.context import StoreContext, chunks
from matcher.store.schema import CLASS_EDIT, ENROLMENT, PLAN, PLAN_CLASS, TRAINING_CLASS, WORKER, WORKER_WISH
from matcher.store.workers import in_scope

_SEATED = [state.value for state in EnrolmentState if state.takes_seat]


class ClassLife:
    """The tables around training classes inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def edits(self, keys: Sequence[int] | None = None) -> dict[int, ClassEdit]:
        """What was changed by hand, by class."""
        c = CLASS_EDIT.c
        query = select(CLASS_EDIT) if keys is None else select(CLASS_EDIT).where(c.class_key.in_(keys))
        return {row["class_key"]: _edit(dict(row)) for row in self._context.connection.execute(query).mappings()}

    def edit(self, class_key: int, edit: ClassEdit) -> None:
        """Keeps what was changed by hand; plans made from now on go by it."""
        self.forget_edit(class_key)
        values = {name: getattr(edit, name) for name in ("seats", "starts_on", "ends_on", "enrol_until", "cancelled")}
        named = {"class_key": class_key, "actor": self._context.actor, "edited_at": self._context.clock()}
        self._context.connection.execute(insert(CLASS_EDIT).values(values | named))

    def forget_edit(self, class_key: int) -> None:
        """The class is as delivered again."""
        self._context.touch(TRAINING_CLASS)
        self._context.connection.execute(delete(CLASS_EDIT).where(CLASS_EDIT.c.class_key == class_key))

    def hold(self, class_key: int) -> None:
        """Nobody else takes a seat of this class until this unit of work ends."""
        locked = select(TRAINING_CLASS.c.key).where(TRAINING_CLASS.c.key == class_key).with_for_update()
        self._context.connection.execute(locked)

    def enrol(self, class_key: int, worker_key: int, state: EnrolmentState) -> None:
        """Puts somebody's part in a class to a state."""
        self._context.touch(TRAINING_CLASS)
        c = ENROLMENT.c
        values = {"state": state.value, "actor": self._context.actor, "changed_at": self._context.clock()}
        mine = and_(c.class_key == class_key, c.worker_key == worker_key)
        if self._context.connection.execute(update(ENROLMENT).where(mine).values(values)).rowcount == 0:
            row = values | {"class_key": class_key, "worker_key": worker_key}
            self._context.connection.execute(insert(ENROLMENT).values(row))

    def withdraw(self, class_key: int, worker_key: int) -> None:
        """Takes an enrolment back that was made by mistake."""
        self._context.touch(TRAINING_CLASS)
        c = ENROLMENT.c
        mine = and_(c.class_key == class_key, c.worker_key == worker_key)
        self._context.connection.execute(delete(ENROLMENT).where(mine))

    def enrolments(self, class_key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> list[Enrolment]:
        """Who of a scope takes part in a class, by name."""
        c = ENROLMENT.c
        joined = ENROLMENT.join(WORKER, WORKER.c.key == c.worker_key)
        inside = and_(c.class_key == class_key, in_scope(division, villages))
        query = select(c.worker_key, c.class_key, c.state, c.actor, c.changed_at).select_from(joined).where(inside)
        rows = self._context.connection.execute(query.order_by(WORKER.c.name, c.key))
        return [
            Enrolment(
                worker_key=row[0], class_key=row[1], state=EnrolmentState(row[2]), actor=row[3], changed_at=row[4]
            )
            for row in rows
        ]

    def classes_with(self, state: EnrolmentState, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """The classes in which somebody of a scope is so far."""
        c = ENROLMENT.c
        joined = ENROLMENT.join(WORKER, WORKER.c.key == c.worker_key)
        inside = and_(c.state == state.value, in_scope(division, villages))
        return list(self._context.connection.scalars(select(c.class_key).distinct().select_from(joined).where(inside)))

    def of_person(self, worker_key: int) -> list[Enrolment]:
        """The classes somebody takes part in, newest first."""
        c = ENROLMENT.c
        query = select(c.worker_key, c.class_key, c.state, c.actor, c.changed_at).where(c.worker_key == worker_key)
        rows = self._context.connection.execute(query.order_by(c.key.desc()))
        return [
            Enrolment(
                worker_key=row[0], class_key=row[1], state=EnrolmentState(row[2]), actor=row[3], changed_at=row[4]
            )
            for row in rows
        ]

    def taken(self, keys: Sequence[int] | None = None) -> dict[int, int]:
        """Seats taken, by class; everybody counts, whatever the scope."""
        c = ENROLMENT.c
        query = select(c.class_key, func.count()).where(c.state.in_(_SEATED)).group_by(c.class_key)
        if keys is not None:
            query = query.where(c.class_key.in_(keys))
        return {int(key): int(count) for key, count in self._context.connection.execute(query)}

    def note_wishes(self, wished: Mapping[int, Iterable[str]]) -> None:
        """Which work people wish for, by person."""
        for part in chunks(list(wished)):
            self._context.connection.execute(delete(WORKER_WISH).where(WORKER_WISH.c.worker_key.in_(part)))
            rows = [{"worker_key": key, "occupation": code} for key in part for code in dict.fromkeys(wished[key])]
            if rows:
                self._context.connection.execute(insert(WORKER_WISH), rows)

    def suggested(self, class_key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """People of a scope whose current plan names a class, by village and name."""
        w = WORKER.c
        joined = PLAN_CLASS.join(PLAN, PLAN.c.key == PLAN_CLASS.c.plan_key).join(WORKER, w.key == PLAN.c.worker_key)
        inside = and_(PLAN_CLASS.c.class_key == class_key, PLAN.c.current, in_scope(division, villages))
        query = select(w.key).select_from(joined).where(inside).order_by(w.home_code, w.village, w.name, w.key)
        return list(self._context.connection.scalars(query))

    def suggested_counts(
        self, keys: Sequence[int], *, division: str = "", villages: tuple[str, ...] = ()
    ) -> dict[int, int]:
        """How many current plans of a scope name each of some classes."""
        w = WORKER.c
        joined = PLAN_CLASS.join(PLAN, PLAN.c.key == PLAN_CLASS.c.plan_key).join(WORKER, w.key == PLAN.c.worker_key)
        inside = and_(PLAN_CLASS.c.class_key.in_(keys), PLAN.c.current, in_scope(division, villages))
        query = select(PLAN_CLASS.c.class_key, func.count()).select_from(joined).where(inside)
        rows = self._context.connection.execute(query.group_by(PLAN_CLASS.c.class_key))
        return {int(key): int(count) for key, count in rows}

    def wished_counts(
        self, occupations: Iterable[str], *, division: str = "", villages: tuple[str, ...] = ()
    ) -> dict[str, int]:
        """How many people of a scope wish each of some occupations."""
        c = WORKER_WISH.c
        inside = and_(c.occupation.in_(sorted(set(occupations))), self._served(), in_scope(division, villages))
        joined = WORKER_WISH.join(WORKER, WORKER.c.key == c.worker_key)
        query = select(c.occupation, func.count()).select_from(joined).where(inside).group_by(c.occupation)
        return {str(code): int(count) for code, count in self._context.connection.execute(query)}

    def counts(self, class_key: int) -> dict[EnrolmentState, int]:
        """How many people are how far with a class, whatever the scope."""
        found: dict[EnrolmentState, int] = defaultdict(int)
        query = select(ENROLMENT.c.state, func.count()).where(ENROLMENT.c.class_key == class_key)
        for state, count in self._context.connection.execute(query.group_by(ENROLMENT.c.state)):
            found[EnrolmentState(state)] = int(count)
        return found

    @staticmethod
    def _served() -> ColumnElement[bool]:
        """Whether a person has a plan that counts."""
        return exists().where(PLAN.c.worker_key == WORKER.c.key, PLAN.c.current)


def _edit(row: dict[Any, Any]) -> ClassEdit:
    """A row as an edit."""
    days: dict[str, date | None] = {name: row[name] for name in ("starts_on", "ends_on", "enrol_until")}
    return ClassEdit(
        seats=row["seats"], cancelled=row["cancelled"], actor=row["actor"], edited_at=row["edited_at"], **days
    )

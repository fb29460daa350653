"""Plans of a run, sealed whole, each with the short code of its slip; the newest of a person is current.

In: `ServicePlan`s and the key of their run. Out: the same again, by person, by slip code, by division, and how
often each posting stands in current plans.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, false, func, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import ServicePlan, Track
from matcher.domain.slip import new_slip_code
from matcher.packing import PackedPlan, pack_plan, unpack_plan
from matcher.store.answers import Answers
from matcher.store.context import Row, StoreContext, between_codes, chunks, new_uid, without_collection
from matcher.store.schema import (
    PLAN,
    PLAN_CHOICE,
    PLAN_CLASS,
    PLAN_MATCH,
    POSTING_LOAD,
    SLICE_CODE,
    TRAINING_CLASS,
    WORKER,
)
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan as stored; the slip code names it on paper."""

    key: int
    run_key: int
    code: str
    plan: ServicePlan
    current: bool
    printed_on: date | None = None
    versions: int = 1
    """How many plans the person has had; counted for the current one of one person only."""


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """A plan that was not opened: whose it is, and where the person is at home."""

    key: int
    worker_key: int
    home_code: str
    village: str


_EVERY = PLAN.alias("every")
"""Every plan of somebody, beside the one that counts."""


class Plans:
    """The table of plans inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self.answers = Answers(context)

    def put_many(self, run_key: int, plans: Iterable[ServicePlan]) -> list[int]:
        """Stores plans of a run and makes them the current ones of their people; their keys."""
        return self.put_packed(run_key, [pack_plan(plan) for plan in plans])

    @without_collection()
    def put_packed(self, run_key: int, plans: Sequence[PackedPlan]) -> list[int]:
        """Stores packed plans of a run and makes them the current ones of their people; their keys."""
        self._retire(run_key, [plan.worker_key for plan in plans])
        codes = self._codes(len(plans))
        rows = [self._row(run_key, plan, code) for plan, code in zip(plans, codes, strict=True)]
        keys = self._context.insert_many(PLAN, rows)
        links = [
            {"plan_key": key, "rank": rank, "posting_key": posting_key}
            for key, plan in zip(keys, plans, strict=True)
            for rank, posting_key in enumerate(plan.postings, start=1)
        ]
        if links:
            self._context.connection.execute(PLAN_MATCH.insert(), links)
        self._name_classes(dict(zip(keys, plans, strict=True)))
        return keys

    def _name_classes(self, plans: Mapping[int, PackedPlan]) -> None:
        """Notes which class each plan names, as far as it is stored."""
        named = {key: plan.training for key, plan in plans.items() if plan.training is not None}
        known: set[int] = set()
        for part in chunks(sorted(set(named.values()))):
            known.update(
                self._context.connection.scalars(select(TRAINING_CLASS.c.key).where(TRAINING_CLASS.c.key.in_(part)))
            )
        rows = [{"plan_key": key, "class_key": of} for key, of in named.items() if of in known]
        if rows:
            self._context.connection.execute(PLAN_CLASS.insert(), rows)

    def get(self, key: int) -> StoredPlan:
        """One plan."""
        return self._one(PLAN.c.key == key, str(key))

    def by_code(self, code: str, *, division: str = "", villages: tuple[str, ...] = ()) -> StoredPlan:
        """The plan of a slip code; RecordNotFound where there is none in the scope."""
        return self._one(and_(PLAN.c.code == code, in_scope(division, villages)), code)

    def current(self, worker_key: int) -> StoredPlan | None:
        """The newest plan of a person, None where there is none yet."""
        many = select(func.count()).where(_EVERY.c.worker_key == worker_key).scalar_subquery()
        query = _opened().add_columns(many).where(PLAN.c.worker_key == worker_key, PLAN.c.current)
        row = self._context.connection.execute(query).first()
        return None if row is None else replace(self._stored(tuple(row[:-1])), versions=int(row[-1]))

    def current_of(self, workers: Sequence[int]) -> dict[int, StoredPlan]:
        """The newest plans of some people, by person."""
        found: dict[int, StoredPlan] = {}
        for part in chunks(workers):
            query = _opened().where(PLAN.c.worker_key.in_(part), PLAN.c.current)
            stored = [self._stored(tuple(row)) for row in self._context.connection.execute(query)]
            found.update((one.plan.worker_key, one) for one in stored)
        return found

    def history(self, worker_key: int) -> list[StoredPlan]:
        """Every plan of a person, newest first."""
        query = _opened().where(PLAN.c.worker_key == worker_key).order_by(PLAN.c.key.desc())
        return [self._stored(row) for row in self._context.connection.execute(query)]

    def current_bodies(
        self, *, division: str = "", villages: tuple[str, ...] = (), worker_key: int | None = None
    ) -> Iterator[StoredPlan]:
        """The current plans of a scope, in the order of villages and names."""
        one = true() if worker_key is None else PLAN.c.worker_key == worker_key
        return self._ordered(and_(PLAN.c.current, in_scope(division, villages), one))

    def current_keys(self, *, division: str, but: Collection[int]) -> list[int]:
        """Keys of the current plans of a division's people but for some."""
        people = WORKER.join(PLAN, and_(PLAN.c.worker_key == WORKER.c.key, PLAN.c.current))
        query = select(PLAN.c.key, WORKER.c.key).select_from(people)
        query = query.where(between_codes(WORKER.c.home_code, division), WORKER.c.merged_into.is_(None))
        return [int(key) for key, worker in self._context.connection.execute(query) if worker not in but]

    def in_order(
        self,
        *,
        division: str = "",
        villages: tuple[str, ...] = (),
        worker_key: int | None = None,
        tracks: Collection[Track] = (),
    ) -> list[PlanPlace]:
        """Where the current plans of a scope stand, in the order of villages and names; nothing is opened."""
        one = true() if worker_key is None else PLAN.c.worker_key == worker_key
        kind = PLAN.c.track.in_([track.value for track in tracks]) if tracks else true()
        w = WORKER.c
        query = select(PLAN.c.key, PLAN.c.worker_key, w.home_code, w.village).join(WORKER, w.key == PLAN.c.worker_key)
        wanted = query.where(PLAN.c.current, in_scope(division, villages), one, kind)
        ordered = wanted.order_by(w.home_code, w.village, w.name, w.key)
        return [PlanPlace(*row) for row in self._context.connection.execute(ordered)]

    def many(self, keys: Sequence[int]) -> list[StoredPlan]:
        """Plans by key, in the order of the keys; one that is gone is left out."""
        with without_collection():
            rows = self._context.connection.execute(_opened().where(PLAN.c.key.in_(keys)))
            found = {stored.key: stored for stored in map(self._stored, map(tuple, rows))}
        return [found[key] for key in keys if key in found]

    def of_run(self, run_key: int, *, by_ref: bool = False) -> Iterator[StoredPlan]:
        """The plans of a run, in the order of villages and names, or of references."""
        return self._ordered(PLAN.c.run_key == run_key, by_ref=by_ref)

    def of_run_after(
        self, run_key: int, *, after: int, limit: int, division: str = "", villages: tuple[str, ...] = ()
    ) -> list[StoredPlan]:
        """The plans of a run and a scope behind a plan, in the order they were stored."""
        wanted = and_(PLAN.c.run_key == run_key, PLAN.c.key > after, in_scope(division, villages))
        with without_collection():
            rows = self._context.connection.execute(_opened().where(wanted).order_by(PLAN.c.key).limit(limit))
            return [self._stored(tuple(row)) for row in rows]

    def recommended_counts(self, postings: Sequence[int] | None = None) -> dict[int, int]:
        """In how many current plans each posting stands, or each of some; those in none are left out."""
        c = POSTING_LOAD.c
        query = select(c.posting_key, c.recommended).where(c.recommended > 0)
        if postings is not None:
            query = query.where(c.posting_key.in_(postings))
        return {int(key): int(count) for key, count in self._context.connection.execute(query)}

    def standing(self, workers: Sequence[int] | None = None) -> dict[int, tuple[frozenset[int], bool]]:
        """For each person, or each of some, the postings of the current plan, and whether its sheet was printed."""
        joined = PLAN_MATCH.join(PLAN, and_(PLAN.c.key == PLAN_MATCH.c.plan_key, PLAN.c.current))
        query = select(PLAN.c.worker_key, PLAN_MATCH.c.posting_key, PLAN.c.printed_on).select_from(joined)
        if workers is not None:
            query = query.where(PLAN.c.worker_key.in_(workers))
        held: dict[int, set[int]] = {}
        printed: dict[int, bool] = {}
        for worker_key, posting_key, printed_on in self._context.connection.execute(query).all():
            held.setdefault(worker_key, set()).add(posting_key)
            printed[worker_key] = printed_on is not None
        return {worker_key: (frozenset(keys), printed[worker_key]) for worker_key, keys in held.items()}

    def holders(self, posting_key: int) -> list[int]:
        """Keys of the people whose current plan holds a posting."""
        query = select(PLAN.c.worker_key).join(PLAN_MATCH, PLAN_MATCH.c.plan_key == PLAN.c.key)
        found = self._context.connection.scalars(query.where(PLAN.c.current, PLAN_MATCH.c.posting_key == posting_key))
        return sorted(found)

    def holders_of(self, postings: Sequence[int]) -> dict[int, frozenset[int]]:
        """For each of some postings the keys of the people whose current plan holds it."""
        query = select(PLAN_MATCH.c.posting_key, PLAN.c.worker_key).join(PLAN, PLAN_MATCH.c.plan_key == PLAN.c.key)
        found: dict[int, set[int]] = {}
        for part in chunks(postings):
            asked = query.where(PLAN.c.current, PLAN_MATCH.c.posting_key.in_(part))
            for posting, worker in self._context.connection.execute(asked):
                found.setdefault(posting, set()).add(worker)
        return {posting: frozenset(workers) for posting, workers in found.items()}

    def classes_named(self, after: int) -> tuple[set[int], int]:
        """The classes that plans after a plan name, and the last plan looked at."""
        query = _opened().where(PLAN.c.key > after, PLAN.c.has_training)
        found: set[int] = set()
        with without_collection():
            for row in self._context.connection.execute(query):
                choice = self._stored(tuple(row)).plan.training
                if choice is not None:
                    found.add(choice.training_key)
        last = self._context.connection.scalar(select(func.max(PLAN.c.key)))
        return found, int(last or 0)

    def printed(self, plan_key: int, on: date) -> None:
        """Records that a plan's sheet was printed; the first day stays."""
        self.printed_many([plan_key], on)

    def printed_many(self, plan_keys: Sequence[int], on: date) -> None:
        """Records that the sheets of plans were printed; the first day stays."""
        for part in chunks(plan_keys):
            change = update(PLAN).where(PLAN.c.key.in_(part), PLAN.c.printed_on.is_(None))
            self._context.connection.execute(change.values(printed_on=on))

    def reinstate(self, worker_key: int, plan_key: int) -> None:
        """Makes an older plan of a person the current one again."""
        mine = update(PLAN).where(PLAN.c.worker_key == worker_key)
        self._context.connection.execute(mine.where(PLAN.c.current).values(current=false()))
        self._context.connection.execute(mine.where(PLAN.c.key == plan_key).values(current=true()))

    def stamp(self) -> tuple[int, int]:
        """Changes whenever a plan is made or put back."""
        newest = [select(func.max(key)).scalar_subquery() for key in (PLAN.c.key, PLAN_CHOICE.c.key)]
        made, chosen = self._context.connection.execute(select(*newest)).one()
        return int(made or 0), int(chosen or 0)

    def _retire(self, run_key: int, workers: Sequence[int]) -> None:
        """The plans these people have now become older ones; those of this run stay, so that a second is refused."""
        older = update(PLAN).where(PLAN.c.current, PLAN.c.run_key != run_key).values(current=false())
        for part in chunks(workers):
            self._context.connection.execute(older.where(PLAN.c.worker_key.in_(part)))

    def _codes(self, count: int) -> list[str]:
        """New slip codes that no plan has yet and none will have: those given to this office first, none put aside."""
        fresh: dict[str, None] = dict.fromkeys(self._given(count))
        while len(fresh) < count:
            drawn = [new_slip_code(secrets.randbelow) for _ in range(count - len(fresh))]
            taken: set[str] = set()
            for part in chunks(drawn):
                taken.update(self._context.connection.scalars(select(PLAN.c.code).where(PLAN.c.code.in_(part))))
                aside = select(SLICE_CODE.c.code).where(SLICE_CODE.c.code.in_(part))
                taken.update(self._context.connection.scalars(aside))
            fresh.update(dict.fromkeys(code for code in drawn if code not in taken))
        return list(fresh)

    def _given(self, count: int) -> list[str]:
        """Codes another office put aside for this one; each is taken once."""
        own = select(SLICE_CODE.c.code).where(SLICE_CODE.c.own).order_by(SLICE_CODE.c.code).limit(count)
        codes = list(self._context.connection.scalars(own))
        for part in chunks(codes):
            self._context.connection.execute(delete(SLICE_CODE).where(SLICE_CODE.c.code.in_(part)))
        return codes

    def _row(self, run_key: int, plan: PackedPlan, code: str) -> Row:
        """The columns of a plan."""
        uid = new_uid()
        return {
            "uid": uid,
            "run_key": run_key,
            "worker_key": plan.worker_key,
            "code": code,
            "current": True,
            "made_on": plan.made_on,
            "valid_until": plan.valid_until,
            "track": plan.track.value,
            "matches": len(plan.postings),
            "missing": plan.missing,
            "has_training": plan.has_training,
            "score_sum": plan.score_sum,
            "priority": plan.priority,
            "body": self._context.keys.seal(plan.body, place_of("plan", "body", uid)),
        }

    def _one(self, condition: ColumnElement[bool], ref: str) -> StoredPlan:
        """The plan of a condition."""
        row = self._context.connection.execute(_opened().where(condition)).first()
        if row is None:
            raise RecordNotFound("没有这份服务方案，或不在您的范围内", ref=ref)
        return self._stored(tuple(row))

    def _ordered(self, condition: ColumnElement[bool], *, by_ref: bool = False) -> Iterator[StoredPlan]:
        """The plans of a condition in the order of villages and names, or of references; opened a few at a time."""
        names = select(PLAN.c.key, WORKER.c.ref).join(WORKER, WORKER.c.key == PLAN.c.worker_key).where(condition)
        ordered = names.order_by(WORKER.c.home_code, WORKER.c.village, WORKER.c.name, WORKER.c.key)
        listed = self._context.connection.execute(ordered).all()
        if by_ref:
            listed = sorted(listed, key=lambda row: str(row[1]))
        for part in chunks([int(row[0]) for row in listed]):
            yield from self.many(part)

    def _stored(self, row: tuple[Any, ...]) -> StoredPlan:
        """A row of `_opened`, unsealed."""
        key, uid, run_key, code, current, printed_on, body = row
        plain = self._context.keys.unseal(body, place_of("plan", "body", uid))
        plan = unpack_plan(plain)
        return StoredPlan(key=key, run_key=run_key, code=code, plan=plan, current=current, printed_on=printed_on)


def _opened() -> Select[Any]:
    """The columns `_stored` needs, joined with their people."""
    c = PLAN.c
    columns = (c.key, c.uid, c.run_key, c.code, c.current, c.printed_on, c.body)
    return select(*columns).join(WORKER, WORKER.c.key == c.worker_key)

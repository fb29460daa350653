"""Slips as they were handed back, and what people reported of postings.

In: ticks with the answers they became. Out: the same again by person, by plan, by who typed them; the reasons that
still stand of people who are planned for; postings somebody said are full or cannot be reached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, insert, select, true, update

from matcher.domain.aftercare import KeptTick, SaidBy, SlipReturn, Voice
from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import POSTING_VOICE, SLIP_RETURN, WORKER
from matcher.store.sealing import SealedBytes, place_of
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of a slip is sealed."""

    said_by: SaidBy
    ticks: tuple[KeptTick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """A slip of a list, with whose it is."""

    slip: SlipReturn
    name: str
    village: str


_BODY = msgspec.json.Decoder(_Body)


class SlipReturns:
    """The tables of slips inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, worker_key: int, plan_key: int, ticks: Sequence[KeptTick], *, on: date, said_by: SaidBy) -> int:
        """Keeps a slip; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "plan_key": plan_key,
            "handed_in_on": on,
            "body": self._seal(uid, said_by, ticks),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(SLIP_RETURN, [row])[0]

    def hear(self, return_key: int, voices: Mapping[int, Voice], *, on: date) -> None:
        """Notes what a slip reports of postings."""
        rows = [
            {"return_key": return_key, "posting_key": posting, "voice": voice.value, "heard_on": on}
            for posting, voice in voices.items()
        ]
        if rows:
            self._context.connection.execute(insert(POSTING_VOICE), rows)

    def voices(self) -> dict[int, tuple[Voice, int, date]]:
        """What was last said of each posting: what, by how many people, and when last."""
        c, r = POSTING_VOICE.c, SLIP_RETURN.c
        joined = POSTING_VOICE.join(SLIP_RETURN, r.key == c.return_key)
        query = select(c.posting_key, c.voice, r.worker_key, c.heard_on).select_from(joined)
        found: dict[int, tuple[Voice, int, date]] = {}
        people: dict[int, set[int]] = {}
        rows = self._context.connection.execute(query.where(r.taken_back_at.is_(None)).order_by(c.key))
        for posting, voice, worker, heard_on in rows:
            people.setdefault(posting, set()).add(worker)
            found[posting] = (Voice(voice), len(people[posting]), heard_on)
        return found

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> SlipReturn:
        """One slip; RecordNotFound where there is none in the scope."""
        joined = _opened().join(WORKER, WORKER.c.key == SLIP_RETURN.c.worker_key)
        mine = and_(SLIP_RETURN.c.key == key, in_scope(division, villages))
        row = self._context.connection.execute(joined.where(mine)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这张回执，或不在您的范围内", ref=str(key))
        return self._slip(dict(row))

    def of_plan(self, plan_key: int) -> list[SlipReturn]:
        """The slips of a plan that stand, in the order they came back."""
        c = SLIP_RETURN.c
        query = _opened().where(c.plan_key == plan_key, c.taken_back_at.is_(None)).order_by(c.key)
        return [self._slip(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def of_people(self, workers: Collection[int] | None = None) -> dict[int, list[SlipReturn]]:
        """The slips that stand of everybody, or of some people, in the order they came back."""
        found: dict[int, list[SlipReturn]] = {}
        wanted = [true()] if workers is None else [SLIP_RETURN.c.worker_key.in_(p) for p in chunks(sorted(workers))]
        for some in wanted:
            query = _opened().where(some, SLIP_RETURN.c.taken_back_at.is_(None)).order_by(SLIP_RETURN.c.key)
            for row in self._context.connection.execute(query).mappings():
                slip = self._slip(dict(row))
                found.setdefault(slip.worker_key, []).append(slip)
        return found

    def everything_of(self, worker_key: int) -> list[SlipReturn]:
        """Every slip of a person, those taken back included."""
        query = _opened().where(SLIP_RETURN.c.worker_key == worker_key).order_by(SLIP_RETURN.c.key)
        return [self._slip(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def typed_by(
        self, actor: str, on: date, *, division: str = "", villages: tuple[str, ...] = (), limit: int
    ) -> tuple[list[ReturnLine], int]:
        """What an account typed on a day, the newest first, and how many of them stand."""
        c, w = SLIP_RETURN.c, WORKER.c
        mine = and_(c.actor == actor, c.handed_in_on == on, in_scope(division, villages))
        joined = SLIP_RETURN.join(WORKER, w.key == c.worker_key)
        query = select(*SLIP_RETURN.c, w.name, w.village).select_from(joined).where(mine)
        rows = self._context.connection.execute(query.order_by(c.key.desc()).limit(limit)).mappings()
        lines = [ReturnLine(slip=self._slip(dict(row)), name=row["name"], village=row["village"]) for row in rows]
        count = select(func.count()).select_from(joined).where(mine, c.taken_back_at.is_(None))
        return lines, self._context.connection.scalar(count) or 0

    def drop(self, slip: SlipReturn, posting_key: int, code: str, *, dropped: bool) -> None:
        """A reason that no longer stands, or stands again."""
        ticks = tuple(
            replace(kept, dropped=_changed(kept.dropped, code, dropped))
            if kept.tick.posting_key == posting_key
            else kept
            for kept in slip.ticks
        )
        uid = self._context.uid(SLIP_RETURN, slip.key)
        change = update(SLIP_RETURN).where(SLIP_RETURN.c.key == slip.key)
        self._context.connection.execute(change.values(body=self._seal(uid, slip.said_by, ticks)))

    def renumber(self, worker_key: int, answers: Mapping[int, int]) -> None:
        """Answers of a person that have got other keys, 0 for one that is gone."""
        for slip in self.everything_of(worker_key):
            ticks = tuple(
                replace(kept, answer_key=answers.get(kept.answer_key, kept.answer_key)) for kept in slip.ticks
            )
            if ticks != slip.ticks:
                sealed = self._seal(self._context.uid(SLIP_RETURN, slip.key), slip.said_by, ticks)
                change = update(SLIP_RETURN).where(SLIP_RETURN.c.key == slip.key)
                self._context.connection.execute(change.values(body=sealed))

    def take_back(self, key: int) -> None:
        """A slip that was typed by mistake; it stays as a record of the mistake and counts for nothing."""
        values = {"taken_back_by": self._context.actor, "taken_back_at": self._context.clock()}
        self._context.connection.execute(update(SLIP_RETURN).where(SLIP_RETURN.c.key == key).values(values))

    def _seal(self, uid: str, said_by: SaidBy, ticks: Sequence[KeptTick]) -> SealedBytes:
        """The sealed part."""
        body = msgspec.json.encode(_Body(said_by=said_by, ticks=tuple(ticks)))
        return self._context.keys.seal(body, place_of("slip_return", "body", uid))

    def _slip(self, row: dict[str, Any]) -> SlipReturn:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("slip_return", "body", row["uid"])))
        return SlipReturn(
            key=row["key"],
            plan_key=row["plan_key"],
            worker_key=row["worker_key"],
            on=row["handed_in_on"],
            said_by=body.said_by,
            ticks=body.ticks,
            actor=row["actor"],
            recorded_at=row["recorded_at"],
            taken_back_at=row["taken_back_at"],
        )


def _changed(codes: tuple[str, ...], code: str, dropped: bool) -> tuple[str, ...]:
    """Codes with one more, or without it."""
    others = tuple(one for one in codes if one != code)
    return (*others, code) if dropped else others


def _opened() -> Select[Any]:
    """The columns `_slip` needs."""
    return select(*SLIP_RETURN.c)

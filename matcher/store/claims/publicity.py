"""Notices on the board: put up, objected to, closed; nothing of them is deleted.

In: notices, lines, objections. Out: the same again within a scope; a line whose objection was upheld is taken off and
stays written down.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, insert, select, update

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.publicity import Decision, Level, Notice, NoticeEntry, Objection, Outcome
from matcher.store.context import StoreContext, chunks, new_uid, within
from matcher.store.schema import PUBLICITY, PUBLICITY_ENTRY, PUBLICITY_OBJECTION
from matcher.store.sealing import place_of


class _Line(msgspec.Struct, frozen=True):
    """What of a line is sealed."""

    label: str = ""
    matter: str = ""


class _Said(msgspec.Struct, frozen=True):
    """What of an objection is sealed."""

    text: str = ""
    by: str = ""
    answer: str = ""


_LINE, _SAID = msgspec.json.Decoder(_Line), msgspec.json.Decoder(_Said)
_MOST = 200


class Publicities:
    """The tables of notices inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put_up(self, notice: Notice, entries: Sequence[NoticeEntry]) -> int:
        """Keeps a notice with its lines; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "topic": notice.topic,
            "matter": notice.matter,
            "level": notice.level.value,
            "division": notice.division,
            "village": notice.village,
            "notice_from": notice.notice_from,
            "notice_until": notice.notice_until,
            "previous_key": notice.previous_key,
            "body": self._context.keys.seal(notice.where.encode(), place_of("publicity", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        key = self._context.insert_many(PUBLICITY, [row])[0]
        rows = [self._line(key, entry) for entry in entries]
        for part in chunks(rows):
            self._context.connection.execute(insert(PUBLICITY_ENTRY), list(part))
        return key

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> Notice:
        """One notice within a scope; RecordNotFound outside."""
        found = self._some(_counted().where(PUBLICITY.c.key == key, _inside(division, villages)))
        if not found:
            raise RecordNotFound("没有这份公示", ref=str(key))
        return found[0]

    def listed(
        self, *, division: str = "", villages: tuple[str, ...] = (), topic: str = "", matter: str = ""
    ) -> list[Notice]:
        """Notices of a scope, those still open first, then the newest; of one list of a topic where it is named."""
        c = PUBLICITY.c
        query = _counted().where(_inside(division, villages))
        if topic:
            query = query.where(c.topic == topic)
        if matter:
            query = query.where(c.matter == matter)
        return self._some(query.order_by(c.decision != "", c.notice_until.desc(), c.key.desc()).limit(_MOST))

    def entries(self, publicity_key: int) -> list[NoticeEntry]:
        """The lines of a notice, in order."""
        c = PUBLICITY_ENTRY.c
        query = select(*c).where(c.publicity_key == publicity_key).order_by(c.key)
        return [self._entry(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def of_claims(self, claims: Collection[int]) -> dict[int, list[Notice]]:
        """The notices that name each claim and did not take it off, the oldest first."""
        c, found = PUBLICITY_ENTRY.c, dict[int, list[Notice]]()
        for part in chunks(sorted(claims)):
            rows = self._context.connection.execute(
                select(c.claim_key, c.publicity_key)
                .where(c.claim_key.in_(part), c.taken_off_on.is_(None))
                .order_by(c.publicity_key)
            ).all()
            keys = sorted({key for _, key in rows})
            notices = {one.key: one for one in self._some(_counted().where(PUBLICITY.c.key.in_(keys)))} if keys else {}
            for claim, key in rows:
                found.setdefault(claim, []).append(notices[key])
        return found

    def object(self, publicity_key: int, objection: Objection) -> int:
        """Keeps an objection; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "publicity_key": publicity_key,
            "entry_key": objection.entry_key,
            "told_on": objection.told_on,
            "body": self._said(uid, objection),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(PUBLICITY_OBJECTION, [row])[0]

    def answer(self, publicity_key: int, objection: Objection, outcome: Outcome, *, answer: str, on: date) -> None:
        """What came of an objection; an upheld one takes its line off."""
        c = PUBLICITY_OBJECTION.c
        uid = self._context.uid(PUBLICITY_OBJECTION, objection.key)
        told = Objection(told_on=objection.told_on, text=objection.text, by=objection.by, answer=answer)
        values = {"outcome": outcome.value, "answered_on": on, "body": self._said(uid, told)}
        one = and_(c.key == objection.key, c.publicity_key == publicity_key, c.outcome == "")
        if self._context.connection.execute(update(PUBLICITY_OBJECTION).where(one).values(values)).rowcount != 1:
            raise EditConflict("这条异议已经有人处理过", ref=str(publicity_key))
        if outcome is Outcome.UPHELD and objection.entry_key is not None:
            line = update(PUBLICITY_ENTRY).where(PUBLICITY_ENTRY.c.key == objection.entry_key)
            self._context.connection.execute(line.values(taken_off_on=on))

    def objections(self, publicity_key: int) -> list[Objection]:
        """The objections to a notice, in order."""
        c = PUBLICITY_OBJECTION.c
        query = select(*c).where(c.publicity_key == publicity_key).order_by(c.key)
        return [self._objection(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def objections_of(self, publicity_keys: Collection[int]) -> dict[int, list[Objection]]:
        """The objections to some notices, in order."""
        c, found = PUBLICITY_OBJECTION.c, dict[int, list[Objection]]()
        for part in chunks(sorted(publicity_keys)):
            query = select(*c).where(c.publicity_key.in_(part)).order_by(c.key)
            for row in self._context.connection.execute(query).mappings():
                found.setdefault(row["publicity_key"], []).append(self._objection(dict(row)))
        return found

    def decide(self, publicity_key: int, decision: Decision, *, on: date) -> None:
        """Closes a notice; EditConflict where somebody was first."""
        c = PUBLICITY.c
        values = {"decision": decision.value, "decided_on": on, "decided_by": self._context.actor}
        open_one = update(PUBLICITY).where(c.key == publicity_key, c.decision == "")
        if self._context.connection.execute(open_one.values(values)).rowcount != 1:
            raise EditConflict("别人刚刚结束了这份公示", ref=str(publicity_key))

    def of_person(self, worker_key: int) -> list[tuple[Notice, NoticeEntry]]:
        """The notices that name a person."""
        c = PUBLICITY_ENTRY.c
        rows = self._context.connection.execute(select(*c).where(c.worker_key == worker_key).order_by(c.key)).mappings()
        kept = [dict(row) for row in rows]
        keys = sorted({row["publicity_key"] for row in kept})
        notices = {one.key: one for one in self._some(_counted().where(PUBLICITY.c.key.in_(keys)))} if keys else {}
        return [(notices[row["publicity_key"]], self._entry(row)) for row in kept]

    def _line(self, publicity_key: int, entry: NoticeEntry) -> dict[str, Any]:
        """A line as a row."""
        uid = new_uid()
        body = msgspec.json.encode(_Line(entry.label, entry.matter))
        return {
            "uid": uid,
            "publicity_key": publicity_key,
            "worker_key": entry.worker_key,
            "claim_key": entry.claim_key,
            "body": self._context.keys.seal(body, place_of("publicity_entry", "body", uid)),
        }

    def _entry(self, row: dict[str, Any]) -> NoticeEntry:
        """A row as a line."""
        body = _LINE.decode(self._context.keys.unseal(row["body"], place_of("publicity_entry", "body", row["uid"])))
        names = ("key", "worker_key", "claim_key", "taken_off_on")
        return NoticeEntry(label=body.label, matter=body.matter, **{name: row[name] for name in names})

    def _said(self, uid: str, objection: Objection) -> bytes:
        """What was said, sealed."""
        body = msgspec.json.encode(_Said(objection.text, objection.by, objection.answer))
        return self._context.keys.seal(body, place_of("publicity_objection", "body", uid))

    def _objection(self, row: dict[str, Any]) -> Objection:
        """A row as an objection."""
        place = place_of("publicity_objection", "body", row["uid"])
        body = _SAID.decode(self._context.keys.unseal(row["body"], place))
        return Objection(
            key=row["key"],
            entry_key=row["entry_key"],
            told_on=row["told_on"],
            text=body.text,
            by=body.by,
            answer=body.answer,
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            answered_on=row["answered_on"],
        )

    def _some(self, query: Select[Any]) -> list[Notice]:
        """Notices of a query."""
        return [self._notice(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _notice(self, row: dict[str, Any]) -> Notice:
        """A row as a notice."""
        where = self._context.keys.unseal(row["body"], place_of("publicity", "body", row["uid"])).decode()
        plain = ("key", "topic", "matter", "division", "village", "notice_from", "notice_until", "previous_key")
        more = ("decided_on", "decided_by", "actor", "entries", "objections_open")
        return Notice(
            level=Level(row["level"]),
            decision=Decision(row["decision"]) if row["decision"] else None,
            where=where,
            **{name: row[name] for name in (*plain, *more)},
        )


def _counted() -> Select[Any]:
    """Notices with how many lines hang on them and how many objections are open."""
    c, e, o = PUBLICITY.c, PUBLICITY_ENTRY.c, PUBLICITY_OBJECTION.c
    lines = select(func.count()).where(e.publicity_key == c.key, e.taken_off_on.is_(None)).scalar_subquery()
    open_ones = select(func.count()).where(o.publicity_key == c.key, o.outcome == "").scalar_subquery()
    return select(*c, lines.label("entries"), open_ones.label("objections_open"))


def _inside(division: str, villages: tuple[str, ...]) -> Any:
    """Whether a notice is of a scope; one of a whole division is not a single village's."""
    c = PUBLICITY.c
    inside = within(c.division, division)
    return and_(inside, c.village.in_(villages)) if villages else inside

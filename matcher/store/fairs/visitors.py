"""People of a fair: invited, arrived, walked in.

In: `Visitor`s. Out: the same again, found by slip code, name, pinyin initials, the end of a phone number; a person
merged into another counts as the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.fairs import Visitor, VisitorFacts
from matcher.domain.slip import new_slip_code, read_slip_code
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.initials import initials
from matcher.store.schema import FAIR_RESULT, FAIR_VISITOR, PLAN, WORKER
from matcher.store.sealing import place_of

_FACTS = msgspec.json.Decoder(VisitorFacts)
_NAMES = (
    "code", "name", "home_code", "home_name", "village", "invited", "away", "arrived_at", "arrived_by", "changed_at",
    "base_at",
)  # fmt: skip
TAIL = 4
"""Digits of a phone number by which somebody is found at the door."""


class Visitors:
    """The table of visitors inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def new_codes(self, count: int) -> list[str]:
        """Slip codes that neither a plan nor a visitor has."""
        fresh: dict[str, None] = {}
        while len(fresh) < count:
            drawn = [new_slip_code(secrets.randbelow) for _ in range(count - len(fresh))]
            taken = self.codes_taken(drawn)
            fresh.update(dict.fromkeys(code for code in drawn if code not in taken))
        return list(fresh)

    def codes_taken(self, codes: Sequence[str]) -> set[str]:
        """Which of some slip codes a plan or a visitor has already."""
        taken: set[str] = set()
        for part in chunks(codes):
            for column in (PLAN.c.code, FAIR_VISITOR.c.code):
                taken.update(self._context.connection.scalars(select(column).where(column.in_(part))))
        return taken

    def add_many(self, fair_key: int, visitors: Sequence[Visitor]) -> list[int]:
        """Keeps new visitors; their keys."""
        return self._context.insert_many(FAIR_VISITOR, [self._new(fair_key, one) for one in visitors])

    def change(self, fair_key: int, visitor: Visitor) -> None:
        """Keeps what is now known of a visitor."""
        c = FAIR_VISITOR.c
        uid = self._context.uid(FAIR_VISITOR, visitor.key)
        row = self._row(uid, visitor) | {"changed_at": visitor.changed_at or self._context.clock()}
        here = and_(c.key == visitor.key, c.fair_key == fair_key)
        self._context.connection.execute(update(FAIR_VISITOR).where(here).values(row))

    def get(self, fair_key: int, key: int) -> Visitor:
        """One visitor of a fair."""
        return self._one(fair_key, FAIR_VISITOR.c.key == key, str(key))

    def by_code(self, fair_key: int, code: str) -> Visitor | None:
        """The visitor of a slip code."""
        found = self._found(fair_key, FAIR_VISITOR.c.code == code)
        return found[0] if found else None

    def find(self, fair_key: int, text: str, *, most: int) -> list[Visitor]:
        """Visitors by code, name, initials or the last four digits of their phone, whoever has come last."""
        words = "".join(text.split())
        if not words:
            return []
        code = read_slip_code(words)
        if code is not None and (one := self.by_code(fair_key, code)) is not None:
            return [one]
        c = FAIR_VISITOR.c
        tests = [c.name.contains(words, autoescape=True)]
        if words.isascii() and words.isalpha():
            tests += [c.initials.startswith(words.lower()), c.initials.contains(f" {words.lower()}")]
        if words.isdecimal() and len(words) >= TAIL:
            tests.append(c.tail_index == self._tail(words))
        if 3 <= len(words) < 8 and words.isascii():
            tests.append(c.code.startswith(words.upper(), autoescape=True))
        return self._found(fair_key, or_(*tests), most=most)

    def of(self, fair_key: int) -> list[Visitor]:
        """Everybody of a fair, by village and name."""
        return self._found(fair_key, FAIR_VISITOR.c.fair_key == fair_key)

    def after(self, fair_key: int, key: int, limit: int) -> list[Visitor]:
        """Visitors of a fair behind one of them, in the order they were stored."""
        c = FAIR_VISITOR.c
        return self._opened(_select().where(c.fair_key == fair_key, c.key > key).order_by(c.key).limit(limit))

    def many(self, fair_key: int, keys: Sequence[int]) -> dict[int, Visitor]:
        """Some visitors by key."""
        found: dict[int, Visitor] = {}
        for part in chunks(keys):
            found.update((one.key, one) for one in self._found(fair_key, FAIR_VISITOR.c.key.in_(part)))
        return found

    def of_worker(self, worker_key: int) -> list[Visitor]:
        """Every fair a person was invited to or came to."""
        return self._opened(_select().where(FAIR_VISITOR.c.worker_key == worker_key))

    def homes(self, fair_key: int) -> dict[str, str]:
        """Village → code of where it lies, of villages whose name only one place has."""
        c = FAIR_VISITOR.c
        query = select(c.village, func.min(c.home_code)).where(
            c.fair_key == fair_key, c.village != "", c.home_code != ""
        )
        one_place = query.group_by(c.village).having(func.count(c.home_code.distinct()) == 1)
        return dict(self._context.connection.execute(one_place).all())

    def uninvite(self, fair_key: int) -> int:
        """Takes back invitations nobody has come for yet; how many."""
        c = FAIR_VISITOR.c
        with_results = select(FAIR_RESULT.c.visitor_key)
        idle = and_(c.fair_key == fair_key, c.invited, c.arrived_at.is_(None), c.key.not_in(with_results))
        return int(self._context.connection.execute(delete(FAIR_VISITOR).where(idle)).rowcount)

    def counts(self, fair_key: int) -> tuple[int, int, int]:
        """Invited, arrived, and walked in."""
        c = FAIR_VISITOR.c
        here = c.arrived_at.is_not(None)
        sums = [
            func.coalesce(func.sum(case((test, 1), else_=0)), 0) for test in (c.invited, here, and_(here, ~c.invited))
        ]
        row = self._context.connection.execute(select(*sums).where(c.fair_key == fair_key)).one()
        return int(row[0]), int(row[1]), int(row[2])

    def _new(self, fair_key: int, visitor: Visitor) -> Row:
        """The row of a new visitor."""
        uid = visitor.uid or new_uid()
        row = self._row(uid, visitor) | {"uid": uid, "fair_key": fair_key}
        row["changed_at"] = visitor.changed_at or self._context.clock()
        return row

    def _row(self, uid: str, visitor: Visitor) -> Row:
        """The columns of a visitor."""
        row: Row = {name: getattr(visitor, name) for name in _NAMES}
        sealed = self._context.keys.seal(msgspec.json.encode(visitor.facts), place_of("fair_visitor", "body", uid))
        return row | {
            "worker_key": visitor.worker_key,
            "initials": initials(visitor.name),
            "tail_index": self._tail(visitor.facts.phone),
            "body": sealed,
        }

    def _tail(self, phone: str) -> str:
        """The blind index of the end of a phone number."""
        digits = "".join(sign for sign in phone if sign.isdecimal())[-TAIL:]
        return self._context.keys.blind("fair_tail", digits) if len(digits) == TAIL else ""

    def _one(self, fair_key: int, condition: ColumnElement[bool], ref: str) -> Visitor:
        """The visitor of a condition."""
        found = self._found(fair_key, condition)
        if not found:
            raise RecordNotFound("这场招聘会没有这个人", ref=ref)
        return found[0]

    def _found(self, fair_key: int, condition: ColumnElement[bool], *, most: int | None = None) -> list[Visitor]:
        """Visitors of a fair, by village and name."""
        c = FAIR_VISITOR.c
        query = _select().where(c.fair_key == fair_key, condition)
        return self._opened(query.order_by(c.home_code, c.village, c.name, c.key).limit(most))

    def _opened(self, query: Select[Any]) -> list[Visitor]:
        """The visitors of a query, unsealed."""
        return list(self._unsealed(self._context.connection.execute(query).mappings()))

    def _unsealed(self, rows: Iterable[Mapping[Any, Any]]) -> Iterable[Visitor]:
        """Rows as visitors."""
        for row in rows:
            plain = self._context.keys.unseal(row["body"], place_of("fair_visitor", "body", row["uid"]))
            made = Visitor(**{name: row[name] for name in _NAMES}, facts=_FACTS.decode(plain))
            yield replace(made, key=int(row["key"]), uid=row["uid"], worker_key=row["person"])


def _select() -> Select[Any]:
    """Visitors with who they are now."""
    joined = FAIR_VISITOR.outerjoin(WORKER, WORKER.c.key == FAIR_VISITOR.c.worker_key)
    person = func.coalesce(WORKER.c.merged_into, FAIR_VISITOR.c.worker_key).label("person")
    return select(FAIR_VISITOR, person).select_from(joined)

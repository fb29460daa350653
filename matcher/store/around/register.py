"""The Rain-Dew register: people and their terms.

In: `RainDew`s and `Term`s. Out: the same again within a scope; school and notes stand sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, true, update

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.around.graduates import Outcome, RainDew, Term, TermStatus, TrackKind, TrackState
from matcher.store.around.bodies import Bodies
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import RAIN_DEW, RAIN_DEW_TERM, WORKER
from matcher.store.workers import in_scope

_WORDS = ("school", "major", "certificate", "destination", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What is sealed of a person of the register."""

    school: str = ""
    major: str = ""
    certificate: str = ""
    destination: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _TermWords:
    """What is sealed of a term."""

    school: str = ""
    level: str = ""
    early: str = ""


class Register:
    """The two tables inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._words = Bodies(context, "rain_dew", _Words)
        self._terms = Bodies(context, "rain_dew_term", _TermWords)

    def add_many(self, people: Sequence[RainDew]) -> int:
        """Puts people on the register who are not on it; how many."""
        known = self.known()
        rows = [self._row(new_uid(), one) | {"revision": 1} for one in people if one.worker_key not in known]
        self._context.insert_many(RAIN_DEW, rows)
        return len(rows)

    def known(self) -> dict[int, str]:
        """Everybody who is or was on the register, with the state."""
        rows = self._context.connection.execute(select(RAIN_DEW.c.worker_key, RAIN_DEW.c.state))
        return {int(worker): str(state) for worker, state in rows}

    def change(self, one: RainDew) -> None:
        """Stores what is now known; EditConflict where somebody was first."""
        c = RAIN_DEW.c
        uid = self._context.connection.scalar(select(c.uid).where(c.worker_key == one.worker_key))
        if uid is None:
            raise RecordNotFound("这个人不在雨露名册里", ref=str(one.worker_key))
        row = self._row(uid, one) | {"revision": one.revision + 1}
        mine = and_(c.worker_key == one.worker_key, c.revision == one.revision)
        if self._context.connection.execute(update(RAIN_DEW).where(mine).values(row)).rowcount != 1:
            raise EditConflict("别人刚刚改过这个人的登记，没有保存；请看过新内容再改", ref=str(one.worker_key))

    def decide(self, workers: Collection[int], state: TrackState) -> int:
        """Confirms or refuses people nobody has decided on; how many."""
        c, changed = RAIN_DEW.c, 0
        values = {"state": state.value, "actor": self._context.actor, "changed_at": self._context.clock()}
        for part in chunks(sorted(workers)):
            mine = and_(c.worker_key.in_(part), c.state == TrackState.PROPOSED.value)
            change = update(RAIN_DEW).where(mine).values(**values, revision=c.revision + 1)
            changed += self._context.connection.execute(change).rowcount
        return changed

    def get(self, worker_key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> RainDew | None:
        """One person of the register within a scope, None where there is none."""
        mine = and_(RAIN_DEW.c.worker_key == worker_key, in_scope(division, villages))
        row = self._context.connection.execute(_named().where(mine)).mappings().first()
        return None if row is None else self._person(dict(row))

    def listed(
        self,
        kind: TrackKind | None = None,
        *,
        state: TrackState | None = None,
        division: str = "",
        villages: tuple[str, ...] = (),
        limit: int = 1_000,
    ) -> list[RainDew]:
        """People of a kind and state within a scope, by village and name; refused ones only where asked for."""
        c = RAIN_DEW.c
        standing: ColumnElement[bool] = c.state == state.value if state else c.state != TrackState.REFUSED.value
        wanted = and_(standing, in_scope(division, villages), c.kind == kind.value if kind else true())
        query = _named().where(wanted).order_by(WORKER.c.home_code, WORKER.c.village, WORKER.c.name, c.key)
        return [self._person(dict(row)) for row in self._context.connection.execute(query.limit(limit)).mappings()]

    def counts(self, *, division: str = "", villages: tuple[str, ...] = ()) -> dict[tuple[str, str], int]:
        """(kind, state) → people."""
        c = RAIN_DEW.c
        query = select(c.kind, c.state, func.count()).join(WORKER, WORKER.c.key == c.worker_key)
        query = query.where(in_scope(division, villages)).group_by(c.kind, c.state)
        return {(kind, state): many for kind, state, many in self._context.connection.execute(query)}

    def put_term(self, term: Term) -> None:
        """Keeps what is known of one term; said again it is as now said."""
        c, uid = RAIN_DEW_TERM.c, new_uid()
        same = and_(c.worker_key == term.worker_key, c.term == term.term)
        self._context.connection.execute(delete(RAIN_DEW_TERM).where(same))
        body = _TermWords(school=term.school, level=term.level, early=term.early)
        row = {
            "uid": uid,
            "worker_key": term.worker_key,
            "term": term.term,
            "status": term.status.value,
            "paid_on": term.paid_on,
            "early": bool(term.early),
            "body": self._terms.seal(uid, body),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }
        self._context.insert_many(RAIN_DEW_TERM, [row])

    def terms_of(self, workers: Collection[int], *, term: str = "") -> dict[int, list[Term]]:
        """The terms of some people, newest first."""
        c, found = RAIN_DEW_TERM.c, dict[int, list[Term]]()
        for part in chunks(sorted(workers)):
            query = select(RAIN_DEW_TERM).where(c.worker_key.in_(part), c.term == term if term else true())
            for row in self._context.connection.execute(query.order_by(c.term.desc(), c.key)).mappings():
                found.setdefault(row["worker_key"], []).append(self._term(dict(row)))
        return found

    def paid_early(self, *, division: str = "") -> list[tuple[int, str, str, str]]:
        """Worker, division, village and term of what was paid before both publicities were over."""
        c, w = RAIN_DEW_TERM.c, WORKER.c
        query = select(c.worker_key, w.home_code, w.village, c.term).join(WORKER, w.key == c.worker_key)
        wanted = and_(c.early, c.paid_on.is_not(None), in_scope(division, ()))
        rows = self._context.connection.execute(query.where(wanted).order_by(c.term, c.key))
        return [(int(key), str(code), str(village), str(term)) for key, code, village, term in rows]

    def _row(self, uid: str, one: RainDew) -> Row:
        """The columns of a person."""
        return {
            "uid": uid,
            "worker_key": one.worker_key,
            "kind": one.kind.value,
            "state": one.state.value,
            "graduation_on": one.graduation_on,
            "since": one.since,
            "wishes": list(one.wishes),
            "outcome": one.outcome.value,
            "outcome_on": one.outcome_on,
            "basis": one.basis,
            "body": self._words.seal(uid, _Words(**{name: getattr(one, name) for name in _WORDS})),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }

    def _person(self, row: dict[Any, Any]) -> RainDew:
        """A row, unsealed."""
        words = self._words.open(row)
        return RainDew(
            worker_key=row["worker_key"],
            kind=TrackKind(row["kind"]),
            state=TrackState(row["state"]),
            graduation_on=row["graduation_on"],
            since=row["since"],
            wishes=tuple(row["wishes"]),
            outcome=Outcome(row["outcome"]),
            outcome_on=row["outcome_on"],
            basis=row["basis"],
            actor=row["actor"],
            revision=row["revision"],
            name=row["name"],
            village=row["village"],
            home_code=row["home_code"],
            home_name=row["home_name"],
            **{name: getattr(words, name) for name in _WORDS},
        )

    def _term(self, row: dict[Any, Any]) -> Term:
        """A row of a term, unsealed."""
        words = self._terms.open(row)
        return Term(
            worker_key=row["worker_key"],
            term=row["term"],
            status=TermStatus(row["status"]),
            school=words.school,
            level=words.level,
            paid_on=row["paid_on"],
            early=words.early,
            actor=row["actor"],
        )


def _named() -> Select[Any]:
    """People of the register with their names and homes."""
    w = WORKER.c
    columns = (RAIN_DEW, w.name, w.village, w.home_code, w.home_name)
    return select(*columns).join(WORKER, w.key == RAIN_DEW.c.worker_key)

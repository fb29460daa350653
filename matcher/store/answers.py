"""What people answered to a posting of their plan: facts of the case that outlive the plan.

In: answers from slips and pages. Out: the answers of a plan, and which postings must not be suggested again
because they were turned down or tried without a hire, on a slip or at a fair, and have not changed since (file
formats, section 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from matcher.domain.answer import Answer, AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext, new_uid
from matcher.store.fairs.results import Results
from matcher.store.incoming.openings import Openings
from matcher.store.schema import PLAN, PLAN_ANSWER, POSTING
from matcher.store.sealing import place_of


class Answers:
    """The table of answers inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._openings = Openings(context)

    def record(self, plan_key: int, posting_key: int, kind: AnswerKind, *, on: date, reason: str = "") -> int:
        """Records an answer; its key. Who started takes an opening, who is said not to have gives it back."""
        connection = self._context.connection
        worker_key = connection.scalar(select(PLAN.c.worker_key).where(PLAN.c.key == plan_key))
        digest = connection.scalar(select(POSTING.c.digest).where(POSTING.c.key == posting_key))
        if worker_key is None or digest is None:
            raise RecordNotFound("没有这份服务方案或这条岗位", ref=f"{plan_key}/{posting_key}")
        uid = new_uid()
        row = {
            "uid": uid,
            "plan_key": plan_key,
            "worker_key": worker_key,
            "posting_key": posting_key,
            "answer": kind.value,
            "posting_digest": digest,
            "answered_on": on,
            "reason": self._context.keys.seal(reason.encode(), place_of("plan_answer", "reason", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        key = self._context.insert_many(PLAN_ANSWER, [row])[0]
        if kind is AnswerKind.STARTED:
            self._openings.take(posting_key, on=on, worker_key=worker_key)
        else:
            self._openings.give_back(posting_key, worker_key=worker_key)
        return key

    def take_back(self, keys: Sequence[int], *, on: date) -> None:
        """Answers recorded by mistake: away with them; openings stand as the answers that are left say."""
        c, connection = PLAN_ANSWER.c, self._context.connection
        pairs = connection.execute(select(c.worker_key, c.posting_key).where(c.key.in_(keys)).distinct()).all()
        connection.execute(delete(PLAN_ANSWER).where(c.key.in_(keys)))
        for worker_key, posting_key in pairs:
            left = select(c.answer).where(c.worker_key == worker_key, c.posting_key == posting_key)
            if connection.scalar(left.order_by(c.key.desc()).limit(1)) == AnswerKind.STARTED.value:
                self._openings.take(posting_key, on=on, worker_key=worker_key)
            else:
                self._openings.give_back(posting_key, worker_key=worker_key)

    def of_plan(self, plan_key: int) -> list[Answer]:
        """The answers to a plan, in the order they were recorded."""
        c = PLAN_ANSWER.c
        query = select(c.key, c.uid, c.posting_key, c.answer, c.answered_on, c.reason, c.actor)
        rows = self._context.connection.execute(query.where(c.plan_key == plan_key).order_by(c.key))
        return [
            Answer(
                key=key,
                plan_key=plan_key,
                posting_key=posting_key,
                kind=AnswerKind(kind),
                on=answered_on,
                reason=self._context.keys.unseal(reason, place_of("plan_answer", "reason", uid)).decode(),
                actor=actor,
            )
            for key, uid, posting_key, kind, answered_on, reason, actor in rows
        ]

    def latest(self) -> list[tuple[int, int, AnswerKind]]:
        """(worker key, posting key, answer): the last answer of every pair, in the order of the keys."""
        c = PLAN_ANSWER.c
        query = select(c.worker_key, c.posting_key, c.answer).order_by(c.key)
        last = {(worker, posting): kind for worker, posting, kind in self._context.connection.execute(query)}
        return [(worker, posting, AnswerKind(kind)) for (worker, posting), kind in sorted(last.items())]

    def closed(self, workers: Sequence[int] | None = None) -> dict[int, frozenset[int]]:
        """For each person, or each of some, the postings not to be suggested again unless they change."""
        c = PLAN_ANSWER.c
        query = select(c.worker_key, c.posting_key, c.answer, c.posting_digest == POSTING.c.digest)
        joined = query.join(POSTING, POSTING.c.key == c.posting_key).order_by(c.key)
        if workers is not None:
            joined = joined.where(c.worker_key.in_(workers))
        last: dict[tuple[int, int], bool] = {}
        for worker_key, posting_key, kind, unchanged in self._context.connection.execute(joined):
            last[worker_key, posting_key] = AnswerKind(kind).closes and bool(unchanged)
        closed: dict[int, set[int]] = {}
        for (worker_key, posting_key), shut in last.items():
            if shut:
                closed.setdefault(worker_key, set()).add(posting_key)
        for worker_key, postings in Results(self._context).unsuited(workers).items():
            closed.setdefault(worker_key, set()).update(postings)
        return {worker_key: frozenset(postings) for worker_key, postings in closed.items()}

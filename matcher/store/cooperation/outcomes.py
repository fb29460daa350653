"""What became of postings shown to people: the pairs of plans with the last answer, and how long the first took.

In: plans, answers, cases, homes. Out: `ShownPair`s a month and kind, and days from a case to its first posting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Subquery, and_, func, select

from matcher.domain.answer import AnswerKind
from matcher.domain.intake.classes import EnrolmentState
from matcher.store.context import StoreContext, chunks, within
from matcher.store.schema import ENROLMENT, PLAN, PLAN_ANSWER, PLAN_MATCH, POSTING, SERVICE_CASE, WORKER


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One posting shown to one person, with the last answer, "" where none came."""

    worker_key: int
    posting_key: int
    shown_on: date
    kind: str
    answer: str


class Outcomes:
    """Plans and answers as they are measured, inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def shown(self, since: date, until: date, *, division: str = "") -> Iterator[ShownPair]:
        """Every pair first shown between two days, once."""
        first = func.min(PLAN.c.made_on).label("first_on")
        joined = PLAN_MATCH.join(PLAN, PLAN.c.key == PLAN_MATCH.c.plan_key)
        pairs = (
            select(PLAN.c.worker_key, PLAN_MATCH.c.posting_key, first)
            .select_from(joined)
            .group_by(PLAN.c.worker_key, PLAN_MATCH.c.posting_key)
            .subquery()
        )
        answers = self._last_answers()
        p = pairs.c
        source = pairs.join(POSTING, POSTING.c.key == p.posting_key).join(WORKER, WORKER.c.key == p.worker_key)
        source = source.outerjoin(
            answers, and_(answers.c.worker_key == p.worker_key, answers.c.posting_key == p.posting_key)
        )
        query = select(p.worker_key, p.posting_key, p.first_on, POSTING.c.kind, answers.c.answer).select_from(source)
        query = query.where(p.first_on >= since, p.first_on <= until, within(WORKER.c.home_code, division))
        for worker, posting, shown_on, kind, answer in self._context.connection.execute(query):
            yield ShownPair(int(worker), int(posting), shown_on, str(kind), str(answer or ""))

    def _last_answers(self) -> Subquery:
        """The last answer of every pair."""
        c = PLAN_ANSWER.c
        last = select(func.max(c.key)).group_by(c.worker_key, c.posting_key)
        return select(c.worker_key, c.posting_key, c.answer).where(c.key.in_(last)).subquery()

    def said_yes(self, posting_key: int, *, division: str = "") -> list[int]:
        """People of a division whose last answer to a posting was that they want it, or that they called."""
        answers = self._last_answers()
        source = answers.join(WORKER, WORKER.c.key == answers.c.worker_key)
        query = select(WORKER.c.key).select_from(source)
        wanted = answers.c.answer.in_([AnswerKind.WANTED.value, AnswerKind.CALLED.value])
        query = query.where(answers.c.posting_key == posting_key, wanted, WORKER.c.merged_into.is_(None))
        query = query.where(within(WORKER.c.home_code, division)).order_by(WORKER.c.village, WORKER.c.name)
        return [int(key) for key in self._context.connection.scalars(query)]

    def suggested_by_banner(self, postings: Sequence[int]) -> dict[int, dict[str, int]]:
        """Posting → banner → current plans of its people that hold the posting."""
        banner = func.substr(WORKER.c.home_code, 1, 6)
        joined = PLAN_MATCH.join(PLAN, PLAN.c.key == PLAN_MATCH.c.plan_key).join(
            WORKER, WORKER.c.key == PLAN.c.worker_key
        )
        found: dict[int, dict[str, int]] = {}
        for part in chunks(sorted(postings)):
            query = select(PLAN_MATCH.c.posting_key, banner, func.count()).select_from(joined)
            query = query.where(PLAN.c.current, PLAN_MATCH.c.posting_key.in_(part))
            for key, code, many in self._context.connection.execute(query.group_by(PLAN_MATCH.c.posting_key, banner)):
                found.setdefault(int(key), {})[str(code)] = int(many)
        return found

    def enrolled(self, classes: Sequence[int], *, division: str = "") -> list[tuple[int, int, EnrolmentState]]:
        """Class, person and state of everybody of a division who takes part in some classes."""
        c, found = ENROLMENT.c, list[tuple[int, int, EnrolmentState]]()
        query = select(c.class_key, c.worker_key, c.state).join(WORKER, WORKER.c.key == c.worker_key)
        query = query.where(WORKER.c.merged_into.is_(None), within(WORKER.c.home_code, division))
        for part in chunks(sorted(set(classes))):
            rows = self._context.connection.execute(query.where(c.class_key.in_(part)).order_by(c.key))
            found += [(int(key), int(worker), EnrolmentState(state)) for key, worker, state in rows]
        return found

    def first_offers(self, since: date, until: date, *, division: str = "") -> list[tuple[date, date | None]]:
        """For each case opened between two days: when, and when its person was first shown a posting after that."""
        case, plan = SERVICE_CASE.c, PLAN.c
        offered = (
            select(func.min(plan.made_on))
            .where(plan.worker_key == case.worker_key, plan.made_on >= case.opened_on, plan.matches > 0)
            .scalar_subquery()
        )
        source = SERVICE_CASE.join(WORKER, WORKER.c.key == case.worker_key)
        query = select(case.opened_on, offered).select_from(source)
        query = query.where(case.opened_on >= since, case.opened_on <= until, within(WORKER.c.home_code, division))
        return [(opened, offer) for opened, offer in self._context.connection.execute(query.order_by(case.key))]

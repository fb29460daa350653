"""Questions to the coordinator about single people: asked once, answered by a person, cured by a later roster.

In: what is asked of which person today. Out: the open questions of a scope, and those of one person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, and_, delete, func, insert, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.facts import Phrase
from matcher.domain.rosters.records import PersonQuestion, QuestionState
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import PERSON_QUESTION, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

_PHRASE = msgspec.json.Decoder(Phrase)


@dataclass(frozen=True, slots=True)
class VillageQuestions:
    """How many questions are open in a village, and about how many people."""

    home_code: str
    home_name: str
    village: str
    questions: int
    people: int


class PersonQuestions:
    """The table of questions inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def settle(
        self, asked: Mapping[int, Sequence[Phrase]], *, on: date, import_key: int = 0, keep: Collection[str] = ()
    ) -> tuple[int, int]:
        """Asks what is new and closes what is cured for these people; (asked, cured).

        What a person answered or confirmed is not asked again while the roster says the same; codes in `keep` are
        left open for people who are not asked about them now.
        """
        known = self._known(list(asked))
        fresh: list[Row] = []
        again: list[int] = []
        for worker_key, phrases in asked.items():
            for mark, phrase in {self._mark(phrase): phrase for phrase in phrases}.items():
                held = known.pop((worker_key, mark), None)
                if held is None:
                    fresh.append(self._row(worker_key, mark, phrase, on, import_key))
                elif held[1] is QuestionState.GONE:
                    again.append(held[0])
        cured = [key for key, state in known.values() if state is not QuestionState.GONE]
        cured = self._without(cured, keep)
        if fresh:
            self._context.connection.execute(insert(PERSON_QUESTION), fresh)
        self._put_state(again, QuestionState.OPEN)
        self._put_state(cured, QuestionState.GONE)
        return len(fresh) + len(again), len(cured)

    def answer(self, key: int, state: QuestionState, words: str, *, worker_key: int) -> None:
        """What the coordinator found out; RecordNotFound where the person has no such question."""
        c = PERSON_QUESTION.c
        mine = and_(c.key == key, c.worker_key == worker_key)
        uid = self._context.connection.scalar(select(c.uid).where(mine))
        if uid is None:
            raise RecordNotFound("没有这个问题", ref=str(key))
        sealed = self._context.keys.seal(words.encode(), place_of("person_question", "answer", str(uid)))
        values = {
            "state": state.value,
            "answer": sealed,
            "answered_by": self._context.actor,
            "answered_at": self._context.clock(),
        }
        self._context.connection.execute(update(PERSON_QUESTION).where(mine).values(values))

    def of_person(self, worker_key: int) -> list[PersonQuestion]:
        """The questions about one person, open ones first, those cured left out."""
        query = _opened().where(PERSON_QUESTION.c.worker_key == worker_key)
        found = self._questions(query.where(PERSON_QUESTION.c.state != QuestionState.GONE.value))
        return sorted(found, key=lambda one: (one.state is not QuestionState.OPEN, one.key))

    def open(self, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 2_000) -> list[PersonQuestion]:
        """The open questions of a scope, by village and name."""
        order = (WORKER.c.home_code, WORKER.c.village, WORKER.c.name, WORKER.c.key, PERSON_QUESTION.c.key)
        inside = and_(PERSON_QUESTION.c.state == QuestionState.OPEN.value, in_scope(division, villages))
        return self._questions(_opened().where(inside).order_by(*order).limit(limit))

    def open_after(
        self, key: int, limit: int, *, division: str = "", villages: tuple[str, ...] = ()
    ) -> list[PersonQuestion]:
        """The open questions of a scope behind a question, in the order they were asked."""
        c = PERSON_QUESTION.c
        inside = and_(c.state == QuestionState.OPEN.value, in_scope(division, villages), c.key > key)
        return self._questions(_opened().where(inside).order_by(c.key).limit(limit))

    def count(self, *, division: str = "", villages: tuple[str, ...] = ()) -> int:
        """How many questions of a scope are open."""
        joined = PERSON_QUESTION.join(WORKER, WORKER.c.key == PERSON_QUESTION.c.worker_key)
        inside = and_(PERSON_QUESTION.c.state == QuestionState.OPEN.value, in_scope(division, villages))
        return self._context.connection.scalar(select(func.count()).select_from(joined).where(inside)) or 0

    def by_village(self, *, division: str = "", villages: tuple[str, ...] = ()) -> list[VillageQuestions]:
        """How many questions are open in each village of a scope, most first."""
        c, w = PERSON_QUESTION.c, WORKER.c
        joined = PERSON_QUESTION.join(WORKER, w.key == c.worker_key)
        inside = and_(c.state == QuestionState.OPEN.value, in_scope(division, villages))
        counts = (func.count(), func.count(c.worker_key.distinct()))
        query = select(w.home_code, func.max(w.home_name), w.village, *counts).select_from(joined).where(inside)
        rows = self._context.connection.execute(query.group_by(w.home_code, w.village))
        found = [VillageQuestions(home, name, village, int(a), int(b)) for home, name, village, a, b in rows]
        return sorted(found, key=lambda one: (-one.questions, one.home_code, one.village))

    def forget(self, import_key: int) -> None:
        """Takes back the questions of an import that is undone, as far as nobody answered them."""
        c = PERSON_QUESTION.c
        unanswered = and_(c.import_key == import_key, c.state == QuestionState.OPEN.value)
        self._context.connection.execute(delete(PERSON_QUESTION).where(unanswered))

    def _known(self, workers: Sequence[int]) -> dict[tuple[int, str], tuple[int, QuestionState]]:
        """Every question about these people, by person and mark."""
        c = PERSON_QUESTION.c
        found: dict[tuple[int, str], tuple[int, QuestionState]] = {}
        if self._context.connection.scalar(select(c.key).limit(1)) is None:
            return found
        for part in chunks(workers):
            rows = self._context.connection.execute(
                select(c.worker_key, c.mark, c.key, c.state).where(c.worker_key.in_(part))
            )
            found.update({(worker, mark): (key, QuestionState(state)) for worker, mark, key, state in rows})
        return found

    def _without(self, keys: Sequence[int], codes: Collection[str]) -> list[int]:
        """The questions whose code is not among some."""
        if not codes:
            return list(keys)
        kept: set[int] = set()
        for part in chunks(keys):
            found = self._questions(_opened().where(PERSON_QUESTION.c.key.in_(part)))
            kept.update(one.key for one in found if one.phrase.code in codes)
        return [key for key in keys if key not in kept]

    def _put_state(self, keys: Sequence[int], state: QuestionState) -> None:
        """A new state for some questions."""
        for part in chunks(keys):
            change = update(PERSON_QUESTION).where(PERSON_QUESTION.c.key.in_(part))
            self._context.connection.execute(change.values(state=state.value))

    def _mark(self, phrase: Phrase) -> str:
        """What tells a question from others about the same person."""
        return self._context.keys.digest(b"question\x1f" + msgspec.json.encode(phrase))

    def _row(self, worker_key: int, mark: str, phrase: Phrase, on: date, import_key: int) -> Row:
        """The columns of a new question."""
        uid = new_uid()
        return {
            "uid": uid,
            "worker_key": worker_key,
            "mark": mark,
            "state": QuestionState.OPEN.value,
            "asked_on": on,
            "import_key": import_key,
            "body": self._context.keys.seal(msgspec.json.encode(phrase), place_of("person_question", "body", uid)),
        }

    def _questions(self, query: Select[Any]) -> list[PersonQuestion]:
        """Questions, unsealed."""
        return [self._question(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _question(self, row: dict[str, Any]) -> PersonQuestion:
        """One question, unsealed."""
        uid, keys = row["uid"], self._context.keys
        sealed = row["answer"]
        answer = keys.unseal(sealed, place_of("person_question", "answer", uid)).decode() if sealed else ""
        return PersonQuestion(
            key=row["key"],
            worker_key=row["worker_key"],
            phrase=_PHRASE.decode(keys.unseal(row["body"], place_of("person_question", "body", uid))),
            state=QuestionState(row["state"]),
            asked_on=row["asked_on"],
            answer=answer,
            answered_by=row["answered_by"],
            answered_at=row["answered_at"],
            name=row["name"],
            village=row["village"],
            home_name=row["home_name"],
        )


def _opened() -> Select[Any]:
    """The columns `_question` needs, joined with their people."""
    joined = PERSON_QUESTION.join(WORKER, WORKER.c.key == PERSON_QUESTION.c.worker_key)
    w = WORKER.c
    return select(*PERSON_QUESTION.c, w.name, w.village, w.home_name).select_from(joined)

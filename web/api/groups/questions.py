"""Questions about people: what rosters contradict, and what was found out.

In: the client's scope. Out: open questions, the questions of one person; an answer kept with who gave it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.rosters.records import PersonQuestion, QuestionState
from web.api.cursors import after, limit_of, page_of
from web.api.declared import Answer, Ask, Group, Key, Page, Paged, Text
from web.config import the_office
from web.phrases import say, t

group = Group("questions")


class Question(Struct):
    """One question; `code` tells its kind, `text` is the sentence to ask."""

    key: Key
    worker: Key
    case_no: str
    name: str
    village: str
    code: str
    text: str
    state: str
    asked_on: date
    answered_by: str


class Reply(Struct, forbid_unknown_fields=True):
    """What was found out: answered in words, or confirmed as the roster has it."""

    state: Literal["answered", "confirmed"]
    words: Text = ""


def _shown(one: PersonQuestion) -> Question:
    """One question; the words of an answer stay with the person's page."""
    return Question(
        key=one.key,
        worker=one.worker_key,
        case_no=case_number(one.worker_key),
        name=one.name,
        village=one.village,
        code=one.phrase.code,
        text=say(one.phrase),
        state=one.state.value,
        asked_on=one.asked_on,
        answered_by=one.answered_by,
    )


@group.get("/questions", answer=Page[Question], query=Paged)
def list_(ask: Ask) -> Answer:
    """Open questions of the scope."""
    limit, scope = limit_of(ask), ask.scope
    with the_office().reading() as unit:
        found = unit.questions.open_after(after(ask) or 0, limit + 1, division=scope.division, villages=scope.villages)
    return Answer(page_of(ask, found, [_shown(one) for one in found[:limit]], limit), fields="list")


@group.get("/workers/{key}/questions", answer=list[Question])
def of_person(ask: Ask, key: int) -> Answer:
    """The questions about one person, open ones first."""
    scope = ask.scope
    with the_office().reading() as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        found = unit.questions.of_person(key)
    return Answer([_shown(one) for one in found], subject=f"worker:{key}", fields="questions")


@group.put("/workers/{key}/questions/{question}", answer=list[Question], body=Reply,
           example={"state": "answered", "words": "电话是女儿的"})  # fmt: skip
def answer(ask: Ask, key: int, question: int) -> Answer:
    """What the coordinator found out about one question."""
    state, words, scope = QuestionState(ask.body.state), ask.body.words.strip(), ask.scope
    if state is QuestionState.ANSWERED and not words:
        raise InputRefused(t("PAGE_VERIFY_NO_WORDS"))
    with the_office().unit(actor=ask.actor) as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        unit.questions.answer(question, state, words, worker_key=key)
        unit.audit.note("question_answered", subject=f"worker:{key}", fields=state.value)
    return of_person(ask, key)

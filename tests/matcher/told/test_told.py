"""Corrections win over reading: what staff said is wrong never comes back, what they added stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.plan import Shortfall
from matcher.domain.worker import Constraint, Education, Health, Transport, Willingness, Worker, WorkerFacts, WorkStatus
from matcher.questions import QUESTIONS, to_ask
from matcher.reading import load_tools, read_worker
from matcher.told import corrected

ON = date(2026, 3, 16)
SENTENCES = (
    "会电焊", "干过两年保洁", "孩子小得接送", "不想喂牲口", "腰不好搬不了重东西", "想学个缝纫", "想在旗里干保洁",
    "每天晚上要回家", "有低压电工证", "得过布病不能碰牲畜", "想去北京干家政",
)  # fmt: skip
LISTS = {
    FactKind.WISHED: ("wished", "code"),
    FactKind.REFUSED: ("refused", "code"),
    FactKind.EXPERIENCE: ("experience", "occupation"),
    FactKind.SKILL: ("skills", "skill"),
    FactKind.CONSTRAINT: ("constraints", "code"),
    FactKind.SITUATION: ("situations", "code"),
}


def read(text: str) -> tuple[Worker, WorkerFacts]:
    """Somebody with a text, and what is read of it."""
    worker = Worker(ref="A-1", name="包示例", remarks=text)
    return worker, read_worker(worker, load_tools(), read_on=ON)


def codes(facts: WorkerFacts, kind: FactKind) -> set[str]:
    """The codes of a kind of fact."""
    name, attribute = LISTS[kind]
    return {getattr(item, attribute) for item in getattr(facts, name)}


@settings(max_examples=40, deadline=None)
@given(
    before=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True),
    after=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True),
    kind=st.sampled_from(sorted(LISTS)),
    draw=st.randoms(use_true_random=False),
)
def test_what_was_said_to_be_wrong_never_comes_back_by_reading_again(
    before: list[str], after: list[str], kind: FactKind, draw: object
) -> None:
    _, facts = read("，".join(before))
    found = sorted(codes(facts, kind))
    if not found:
        return
    wrong = draw.choice(found)  # type: ignore[attr-defined]
    correction = Correction(kind=kind, was=wrong)
    for text in ("，".join(before), "，".join([*after, *before])):
        worker, again = read(text)
        _, told = corrected(worker, again, [correction])
        assert wrong not in codes(told, kind)
        assert codes(told, kind) == codes(again, kind) - {wrong}


@settings(max_examples=20, deadline=None)
@given(text=st.lists(st.sampled_from(SENTENCES), max_size=4, unique=True))
def test_what_was_added_stands_whatever_the_texts_say(text: list[str]) -> None:
    worker, facts = read("，".join(text))
    told = [
        Correction(kind=FactKind.WISHED, now="cook"),
        Correction(kind=FactKind.CONSTRAINT, now="MAX_KM", values=(20,)),
        Correction(kind=FactKind.SKILL, now="welding"),
    ]
    _, after = corrected(worker, facts, told)
    assert "cook" in codes(after, FactKind.WISHED)
    assert "welding" in codes(after, FactKind.SKILL)
    assert [item.values for item in after.constraints if item.code == "MAX_KM"] == [(20,)]


def test_without_corrections_nothing_is_changed() -> None:
    worker, facts = read("会电焊，孩子小得接送")
    assert corrected(worker, facts, []) == (worker, facts)


def test_a_fact_that_is_something_else_is_replaced_and_the_later_word_counts() -> None:
    worker, facts = read("想干保洁")
    first = Correction(kind=FactKind.WISHED, was="cleaner", now="cook")
    second = Correction(kind=FactKind.WISHED, was="cook")
    assert codes(corrected(worker, facts, [first])[1], FactKind.WISHED) == {"cook"}
    assert codes(corrected(worker, facts, [first, second])[1], FactKind.WISHED) == set()


def test_work_that_is_wished_is_not_refused_any_more() -> None:
    facts = WorkerFacts(refused=(LinkedTerm("cook", (Evidence("意向工种", "不做饭"),)),))
    _, told = corrected(Worker(ref="A", name="包示例"), facts, [Correction(kind=FactKind.WISHED, now="cook")])
    assert codes(told, FactKind.REFUSED) == set()


def test_who_need_not_be_home_every_day_is_not_bound_by_what_followed_from_it() -> None:
    words = (Evidence("家庭照料", "接送"),)
    facts = WorkerFacts(
        constraints=(Constraint(code="DAY_RETURN", evidence=words),), willing_to_move=Fact(False, words)
    )
    worker = Worker(ref="A", name="包示例", daily_return=True)
    worker, told = corrected(worker, facts, [Correction(kind=FactKind.CONSTRAINT, was="DAY_RETURN")])
    assert told.willing_to_move.value is None
    assert worker.daily_return is None


def test_the_cause_of_a_private_limit_is_no_more_shown_than_a_read_one() -> None:
    _, told = corrected(
        Worker(ref="A", name="包示例"), WorkerFacts(), [Correction(kind=FactKind.CONSTRAINT, now="NO_LIVESTOCK")]
    )
    assert all(one.private for one in told.constraints[0].evidence)


@pytest.mark.parametrize(
    ("correction", "open_before"),
    [
        (Correction(kind=FactKind.WILLING, now=Willingness.WILLING.value), "ASK_WILLING"),
        (Correction(kind=FactKind.STATUS, now=WorkStatus.UNEMPLOYED.value), "ASK_STATUS"),
        (Correction(kind=FactKind.EDUCATION, now=Education.JUNIOR.name), "ASK_EDUCATION"),
        (Correction(kind=FactKind.TRANSPORT, now=Transport.EBIKE.value), "ASK_TRANSPORT"),
        (Correction(kind=FactKind.WAGE, now="3000"), "ASK_PAY"),
        (Correction(kind=FactKind.MOVES, now="no"), "ASK_MOVE"),
        (Correction(kind=FactKind.HOUSEHOLD, now="脱贫户"), "ASK_HOUSEHOLD"),
        (Correction(kind=FactKind.BIRTH, now="1979-03-02"), "ASK_AGE"),
        (Correction(kind=FactKind.WISHED, now="cook"), "ASK_WISH"),
    ],
)
def test_a_question_that_was_answered_is_asked_no_more(correction: Correction, open_before: str) -> None:
    worker, facts = Worker(ref="A", name="包示例"), WorkerFacts()
    question = next(one for one in QUESTIONS if one.code == open_before)
    assert question.is_open(worker, facts)
    assert not question.is_open(*corrected(worker, facts, [correction]))


def test_a_question_answered_with_nothing_is_closed() -> None:
    worker = Worker(ref="A", name="包示例", health=(Health.CHRONIC,), willingness=Willingness.WILLING,
                    work_status=WorkStatus.UNEMPLOYED)  # fmt: skip
    facts = replace(WorkerFacts(), birth_date=Fact(date(1980, 1, 1)))
    told = [Correction(kind=FactKind.ANSWERED, now="ASK_HEALTH"), Correction(kind=FactKind.WISHED, now="cook")]
    asked = [one.code for one in to_ask(*corrected(worker, facts, told), (), Shortfall())]
    assert "ASK_HEALTH" not in asked

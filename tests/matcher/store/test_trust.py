"""Openings counted down, states with their history, checks, verifications, employers: on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import Evidence
from matcher.domain.incoming.trust import (
    Complaint,
    ComplaintBy,
    Decided,
    EmployerMark,
    Flag,
    MarkKind,
    Severity,
    Verification,
    VerifiedHow,
    VerifiedResult,
    employer_key,
)
from matcher.domain.posting import PostingState
from matcher.domain.run import MatchRun
from matcher.store import Store
from tests.matcher.store.records import a_plan, a_posting, a_worker, posting_facts

DAY = date(2026, 6, 22)
FLAGS = (
    Flag("DEPOSIT", Severity.HOLD, (Evidence("岗位描述", "押 金", start=3),)),
    Flag("AGE_LIMIT", Severity.LETTER, (), {"high": 30}),
    Flag("ANONYMOUS", Severity.CAUTION),
)


def posted(store: Store, **changes: object) -> int:
    """One posting; its key."""
    with store.unit() as unit:
        return unit.postings.add(a_posting(**changes), posting_facts())


def state(store: Store, key: int) -> tuple[PostingState, int | None]:
    """Where a posting stands and how many openings are left."""
    with store.reading() as unit:
        stored = unit.postings.get(key)
    return stored.state, stored.openings_left


def take(store: Store, key: int, worker_key: int | None = None) -> bool:
    """One opening taken, in a unit of its own."""
    with store.unit("window") as unit:
        return unit.openings.take(key, on=DAY, worker_key=worker_key)


def test_the_last_opening_closes_the_posting_and_one_given_back_opens_it(store: Store) -> None:
    key = posted(store, openings=2)
    assert state(store, key) == (PostingState.OPEN, None)
    assert take(store, key)
    assert state(store, key) == (PostingState.OPEN, 1)
    assert take(store, key)
    assert state(store, key) == (PostingState.FILLED, 0)
    assert not take(store, key)
    with store.unit("window") as unit:
        assert unit.openings.give_back(key)
    assert state(store, key) == (PostingState.OPEN, 1)
    with store.reading() as unit:
        events = unit.history.events(key)
    assert [(event.why, event.to_state, event.actor) for event in events] == [
        ("OPENING_BACK", PostingState.OPEN, "window"),
        ("OPENINGS_TAKEN", PostingState.FILLED, "window"),
    ]


def test_fifty_at_once_take_five_openings_and_no_more(store: Store) -> None:
    key = posted(store, openings=5)
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: take(store, key), range(50)))
    assert sum(taken) == 5
    assert state(store, key) == (PostingState.FILLED, 0)
    with store.reading() as unit:
        assert unit.openings.taken(key) == 5


def test_a_person_takes_an_opening_once_however_often_it_is_said(store: Store) -> None:
    key = posted(store, openings=3)
    with store.unit() as unit:
        worker = unit.workers.add(a_worker())
    assert take(store, key, worker)
    assert take(store, key, worker)
    assert state(store, key)[1] == 2
    with store.unit() as unit:
        assert unit.openings.give_back(key, worker_key=worker)
        assert not unit.openings.give_back(key, worker_key=worker)
    assert state(store, key)[1] is None


def test_an_advert_without_a_number_is_taken_from_without_being_counted(store: Store) -> None:
    key = posted(store, openings=None)
    assert take(store, key)
    assert state(store, key) == (PostingState.OPEN, None)
    with store.unit() as unit:
        assert unit.openings.give_back(key)
        assert unit.openings.taken(key) == 0


def test_a_new_number_stated_begins_a_new_count(store: Store) -> None:
    key = posted(store, openings=3)
    take(store, key)
    with store.unit() as unit:
        stored = unit.postings.get(key)
        unit.postings.replace(key, replace(stored.value, openings=4), stored.facts)
    assert state(store, key)[1] is None
    take(store, key)
    assert state(store, key)[1] == 3
    with store.unit() as unit:
        unit.openings.give_back(key)
        unit.openings.give_back(key)
    assert state(store, key)[1] is None, "what was taken of the old number is not given back to the new one"


def test_who_started_beyond_the_openings_is_kept_and_takes_none(store: Store) -> None:
    key = posted(store, openings=1)
    with store.unit("test") as unit:
        first, second = (unit.workers.add(a_worker(ref=ref)) for ref in ("A1", "A2"))
    assert take(store, key, first)
    assert not take(store, key, second)
    with store.reading() as unit:
        assert unit.openings.taken(key) == 2
        assert unit.postings.get(key).openings_left == 0
        assert set(unit.figures.hired(DAY, DAY)) == {first, second}


def test_who_started_takes_an_opening_and_a_later_answer_gives_it_back(store: Store) -> None:
    key = posted(store, openings=1)
    with store.unit() as unit:
        worker = unit.workers.add(a_worker())
        run = unit.runs.create(MatchRun(as_of=DAY))
        plan = unit.plans.put_many(run, [a_plan(worker, key)])[0]
        unit.plans.answers.record(plan, key, AnswerKind.WANTED, on=DAY)
    assert state(store, key) == (PostingState.OPEN, None)
    with store.unit() as unit:
        unit.plans.answers.record(plan, key, AnswerKind.STARTED, on=DAY)
    assert state(store, key) == (PostingState.FILLED, 0)
    with store.unit() as unit:
        unit.plans.answers.record(plan, key, AnswerKind.TRIED_NOT_HIRED, on=DAY)
    assert state(store, key)[0] is PostingState.OPEN


def test_a_check_is_kept_with_its_words_and_only_standing_decisions(store: Store) -> None:
    key = posted(store)
    with store.unit("window") as unit:
        unit.checks.put_many({key: FLAGS}, {key: "text-1"}, keep=[])
        unit.checks.decide(key, Decided.RETURNED, text_digest="text-1")
        unit.checks.put_many({key: FLAGS}, {key: "text-1"}, keep=[key])
        check = unit.checks.get(key)
        assert check is not None
        assert (check.flags, check.decided, check.decided_by) == (FLAGS, Decided.RETURNED, "window")
        assert unit.checks.cautions() == {key: ("ANONYMOUS",)}
        unit.checks.put_many({key: FLAGS}, {key: "text-2"}, keep=[])
        check = unit.checks.get(key)
        assert check is not None
        assert check.decided is None
        unit.checks.put_many({key: ()}, {key: "text-3"}, keep=[])
        assert unit.checks.get(key) is None


def test_what_waits_is_listed_by_division(store: Store) -> None:
    key = posted(store)
    with store.unit() as unit:
        unit.checks.put_many({key: FLAGS[:1]}, {key: ""}, keep=[])
        assert unit.checks.waiting(division="150525") == ([key], 1)
        assert unit.checks.waiting(division="150523") == ([], 0)
        unit.checks.put_many({key: FLAGS[1:2]}, {key: ""}, keep=[])
        assert unit.checks.waiting() == ([], 0)
        assert unit.checks.waiting(letters=True) == ([key], 1)


def test_a_release_stands_until_the_words_change_and_no_longer(store: Store) -> None:
    key = posted(store)
    with store.unit() as unit:
        unit.postings.clear(key)
        value = unit.postings.get(key).value
        unit.postings.replace(key, replace(value, deadline=date(2026, 8, 1), openings=9))
        assert unit.postings.get(key).cleared
        unit.postings.replace(key, replace(value, description="换了说法"))
        assert not unit.postings.get(key).cleared


def test_every_change_of_state_is_kept_with_who_and_why(store: Store) -> None:
    key = posted(store)
    with store.unit("window") as unit:
        unit.postings.set_state(key, PostingState.HELD, why="HELD_BY_STAFF", reason="打不通电话")
        unit.postings.set_state(key, PostingState.HELD, why="HELD_BY_STAFF")
        assert unit.postings.move_many([key], PostingState.OPEN, PostingState.FILLED, why="X") == 0
        assert unit.postings.move_many([key], PostingState.HELD, PostingState.OPEN, why="CHECK_CLEAN") == 1
        events = unit.history.events(key)
    assert [(event.from_state, event.to_state, event.why, event.reason) for event in events] == [
        (PostingState.HELD, PostingState.OPEN, "CHECK_CLEAN", ""),
        (PostingState.OPEN, PostingState.HELD, "HELD_BY_STAFF", "打不通电话"),
    ]


def test_the_newest_proof_stands_with_the_posting(store: Store) -> None:
    key = posted(store)

    def tried(on: date, result: VerifiedResult) -> Verification:
        return Verification(posting_key=key, on=on, by="示例员", how=VerifiedHow.VISIT, result=result, note="见到老板")

    with store.unit() as unit:
        unit.history.verify(tried(DAY, VerifiedResult.UNREACHABLE))
        assert unit.postings.get(key).checked_on is None
        unit.history.verify(tried(date(2026, 6, 20), VerifiedResult.CONFIRMED))
        unit.history.verify(tried(date(2026, 6, 1), VerifiedResult.CHANGED))
        stored = unit.postings.get(key)
        assert (stored.checked_on, stored.checked_by, stored.checked_how) == (
            date(2026, 6, 20),
            "示例员",
            VerifiedHow.VISIT,
        )
        assert [one.note for one in unit.history.verifications(key)] == ["见到老板"] * 3
        assert unit.history.last_tried([key]) == {key: DAY}


def test_marks_and_complaints_come_back_and_end_once(store: Store) -> None:
    with store.unit("city") as unit:
        mark = unit.employers.bar(EmployerMark(name="某 厂（一分厂）", kind=MarkKind.REFUSED, reason="欠薪", since=DAY))
        complaint = Complaint(employer="某厂(一分厂)", on=DAY, by=ComplaintBy.WORKER, text="押了身份证")
        told = unit.employers.complain(complaint)
        assert [one.reason for one in unit.employers.marks()] == ["欠薪"]
        assert [one.text for one in unit.employers.complaints()] == ["押了身份证"]
        assert unit.employers.told_and_recorded(since=DAY, on=DAY)[0] == [(employer_key("某厂（一分厂）"), "")]
        assert unit.employers.lift(mark).lifted_by == "city"
        unit.employers.settle(told)
        assert unit.employers.told_and_recorded(since=DAY, on=DAY) == ([], frozenset())
        with pytest.raises(RecordNotFound):
            unit.employers.lift(mark)
        with pytest.raises(RecordNotFound):
            unit.employers.settle(told)


def test_ranges_of_pay_are_replaced_whole(store: Store) -> None:
    with store.unit() as unit:
        unit.checks.put_pay_ranges({("cleaner", "150525"): (8, 2500.0), ("cook", ""): (9, 4000.0)})
        unit.checks.put_pay_ranges({("cleaner", "150525"): (12, 2600.0)})
        assert unit.checks.pay_ranges() == {("cleaner", "150525"): (12, 2600.0)}


def test_a_refused_unit_leaves_no_opening_taken(store: Store) -> None:
    key = posted(store, openings=1)
    with pytest.raises(InputRefused), store.unit() as unit:
        unit.openings.take(key, on=DAY)
        raise InputRefused("x")
    assert state(store, key) == (PostingState.OPEN, None)

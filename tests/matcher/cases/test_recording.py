"""What staff put on record: who may, what is refused, what follows, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from matcher.aftercare.slips import Whose
from matcher.aftercare.work import end_work
from matcher.cases.gathering import PersonCase
from matcher.cases.queue import QueueFilter, lines_of, look_anew, queue
from matcher.cases.recording import (
    answer_class,
    close_case,
    deliver,
    hold_session,
    leave,
    name_owner,
    open_case,
    open_cases,
    person_case,
)
from matcher.cases.referring import refer, stub_back, take_back
from matcher.cases.refusing import CaseRefused
from matcher.cases.signals import signals
from matcher.cases.timeline import CaseStory, case_story
from matcher.domain.account import Role
from matcher.domain.aftercare import SaidBy
from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingState
from matcher.domain.service.casefile import CaseStep, ClassWord, DeliveryWay, ExitKind, GuidanceWay, Signed, StubResult
from matcher.domain.service.casestate import CaseState, Missing
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.ladder.keeping import show_proof
from matcher.listings import Scope
from tests.matcher.aftercare.books import EVERYTHING, Book

ELSEWHERE = Whose(division="150523")


def now(book: Book, number: int = 0) -> PersonCase:
    """Where somebody's case stands."""
    with book.office.reading() as unit:
        return person_case(unit, book.people[number], EVERYTHING, book.office.policy.at(book.today))


def told(book: Book) -> CaseStory:
    """The story of the first person."""
    with book.office.reading() as unit:
        return case_story(unit, book.people[0], EVERYTHING, book.office.policy.at(book.today))


def talk(book: Book, minutes: int = 30, on: date | None = None, guide: str = "示例指导人") -> int:
    """A session with the first person."""
    return hold_session(
        book.office, book.people[0], EVERYTHING, actor="xie", on=on or book.today, way=GuidanceWay.VISIT,
        minutes=minutes, guide=guide, signed=Signed.THUMB, read_aloud=True, note="想先在镇里找活",
    )  # fmt: skip


def hand_over(book: Book, way: DeliveryWay = DeliveryWay.READ_ALOUD, signed: Signed = Signed.NONE) -> int:
    """The plan reaches the first person."""
    return deliver(book.office, book.people[0], EVERYTHING, actor="xie", on=book.today, way=way, signed=signed)


def join(book: Book, word: ClassWord = ClassWord.NONE_FITS, note: str = "") -> int:
    """The first person says whether to join the class."""
    return answer_class(book.office, book.people[0], EVERYTHING, word, actor="xie", on=book.today, note=note)


def send(book: Book, rank: int = 1) -> int:
    """The first person is referred to a posting."""
    book.clock.move(0)
    return refer(book.office, book.people[0], EVERYTHING, rank, actor="xie", on=book.today)


def back(book: Book, letter: int, result: StubResult, note: str = "") -> int:
    """The stub comes back."""
    return stub_back(book.office, book.people[0], EVERYTHING, letter, result, actor="xie", on=book.today, note=note)


def undo(book: Book, number: int, reason: str = "记错了人") -> CaseStep:
    """A record is taken back."""
    return take_back(book.office, book.people[0], EVERYTHING, number, reason, actor="xie")


def lose_job(book: Book) -> None:
    """The first person is without work again."""
    with book.office.unit("xie") as unit:
        spells = unit.aftercare.spells.of_people([book.people[0]], only_open=True)[book.people[0]]
        end_work(book.office, unit, book.people[0], spells, on=book.today, said_by=SaidBy.WORKER)


def test_a_session_opens_the_case_of_somebody_who_is_owed_one(book: Book) -> None:
    assert now(book).standing.state is CaseState.SCREENED
    talk(book)
    found = now(book)
    left = (Missing.TRAINING, Missing.DELIVERY)
    assert (found.standing.state, found.standing.missing) == (CaseState.MATCHED, left)
    assert found.facts.opened_on == book.today
    hand_over(book)
    assert now(book).standing.done_131, "no class fits, and the sheet with the reason was delivered"
    assert now(book, 1).standing.state is CaseState.SCREENED


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda book: talk(book, minutes=19), "CASE_TOO_SHORT"),
        (lambda book: talk(book, guide="  "), "CASE_NO_GUIDE"),
        (lambda book: talk(book, on=book.today + timedelta(days=1)), "CASE_BAD_DAY"),
        (lambda book: hand_over(book, DeliveryWay.SIGNED_SLIP), "CASE_NOT_SIGNED"),
        (lambda book: send(book), "CASE_OPEN_FIRST"),
        (lambda book: join(book, ClassWord.REFUSED, "家里走不开"), "CASE_CLASS_NONE"),
        (
            lambda book: leave(
                book.office, book.people[0], EVERYTHING, ExitKind.REFUSED, actor="xie", on=book.today, note=""
            ),
            "CASE_NO_REASON",
        ),
        (lambda book: close_case(book.office, book.people[0], EVERYTHING, actor="xie"), "CASE_NOT_STABLE"),
        (lambda book: name_owner(book.office, book.people[0], EVERYTHING, " ", actor="xie"), "CASE_NO_OWNER"),
        (
            lambda book: deliver(
                book.office, book.people[0], EVERYTHING, actor="xie", on=book.today - timedelta(days=1),
                way=DeliveryWay.PHONE,
            ),
            "CASE_BEFORE_PLAN",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(book: Book, act: Callable[[Book], object], code: str) -> None:
    with pytest.raises(CaseRefused) as refused:
        act(book)
    assert refused.value.code == code
    assert refused.value.message
    with book.office.reading() as unit:
        assert unit.casefile.events.of_people(book.people) == {}
    assert now(book).standing.state is CaseState.SCREENED


def test_nobody_records_for_people_of_another_division(book: Book) -> None:
    with pytest.raises(RecordNotFound):
        open_case(book.office, book.people[0], ELSEWHERE, actor="xie")
    with pytest.raises(RecordNotFound):
        name_owner(book.office, book.people[0], ELSEWHERE, "谢", actor="xie")
    number = talk(book)
    with pytest.raises(RecordNotFound):
        take_back(book.office, book.people[0], ELSEWHERE, number, "记错了人", actor="xie")
    with pytest.raises(RecordNotFound):
        take_back(book.office, book.people[1], EVERYTHING, number, "记错了人", actor="xie")


def test_a_posting_that_closes_before_the_answer_reopens_the_gap(book: Book) -> None:
    talk(book)
    hand_over(book)
    assert now(book).standing.state is CaseState.DELIVERED
    with book.office.unit() as unit:
        unit.postings.set_state(book.plan().plan.matches[0].posting_key, PostingState.FILLED)
    found = now(book)
    assert (found.standing.state, found.standing.missing) == (CaseState.GUIDED, (Missing.POSTINGS,))
    assert found.facts.valid == 2


def test_a_new_plan_with_other_postings_must_be_delivered_again(book: Book) -> None:
    talk(book)
    hand_over(book)
    join(book)
    book.clock.move(1)
    book.plan_again()
    assert now(book).standing.state is CaseState.DELIVERED, "the same postings were told already"
    with book.office.unit() as unit:
        unit.postings.set_state(book.plan().plan.matches[0].posting_key, PostingState.FILLED)
    book.plan_again()
    assert now(book).standing.missing == (Missing.DELIVERY,)


def test_hired_by_the_stub_works_and_taking_it_back_is_as_before(book: Book) -> None:
    talk(book)
    letter = send(book)
    before = now(book)
    assert (before.standing.state, before.referral_due) == (CaseState.IN_ACTION, book.today + timedelta(days=7))
    stub = back(book, letter, StubResult.HIRED)
    assert now(book).standing.state is CaseState.PLACED
    assert told(book).letters == ()
    with pytest.raises(CaseRefused):
        undo(book, letter)
    undo(book, stub)
    assert now(book) == before
    assert told(book).letters != ()
    with book.office.reading() as unit:
        assert unit.aftercare.spells.of_people(book.people) == {}


def test_not_hired_needs_the_reason_and_ends_the_action(book: Book) -> None:
    talk(book)
    letter = send(book)
    with pytest.raises(CaseRefused):
        back(book, letter, StubResult.NOT_HIRED)
    back(book, letter, StubResult.NOT_HIRED, note="要有健康证")
    assert now(book).standing.state is CaseState.MATCHED
    with pytest.raises(RecordNotFound):
        back(book, letter, StubResult.HIRED)


def test_job_lost_opens_a_new_case_that_knows_the_old_one(book: Book) -> None:
    talk(book)
    back(book, send(book), StubResult.HIRED)
    book.clock.move(20)
    lose_job(book)
    found = told(book)
    assert found.now.reentries == 1
    assert (found.now.standing.state, found.now.facts.guided_on) == (CaseState.OPEN, None)
    (earlier,) = found.earlier
    assert (earlier.state, earlier.ended_on) == (CaseState.LOST_JOB, book.today)


def test_three_months_with_proof_may_be_closed(book: Book) -> None:
    talk(book)
    back(book, send(book), StubResult.HIRED)
    began = book.today
    book.clock.move(92)
    found = now(book)
    assert found.due is not None
    assert (found.standing.state, found.due.todo.value) == (CaseState.PLACED, "proof")
    with book.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people([book.people[0]])[book.people[0]]
    proof = Proof(
        worker_key=book.people[0], spell_key=spell.key, kind=ProofKind.EMPLOYER_PROOF, from_on=began, told_on=book.today
    )
    show_proof(book.office, proof, EVERYTHING, actor="xie")
    assert now(book).standing.state is CaseState.STABLE_3M
    close_case(book.office, book.people[0], EVERYTHING, actor="xie")
    assert now(book).standing.state is CaseState.CLOSED
    open_case(book.office, book.people[0], EVERYTHING, actor="xie")
    assert now(book).reentries == 1


def test_who_left_comes_back_by_taking_it_back(book: Book) -> None:
    talk(book)
    before = now(book)
    number = leave(
        book.office, book.people[0], EVERYTHING, ExitKind.PUBLIC_POST, actor="xie", on=book.today, note="护林员"
    )
    assert now(book).standing.state is CaseState.PUBLIC_POST
    with pytest.raises(CaseRefused):
        undo(book, number, reason=" ")
    undo(book, number)
    assert now(book) == before
    with pytest.raises(RecordNotFound):
        undo(book, number)


def test_the_story_tells_everything_also_what_was_taken_back(book: Book) -> None:
    number = talk(book)
    undo(book, number)
    lines = told(book).lines
    assert [line.what for line in lines if line.what in {"guidance", "undo", "opened", "plan"}].count("guidance") == 1
    assert next(line for line in lines if line.what == "guidance").undone
    assert next(line for line in lines if line.what == "undo").note == "记错了人"
    assert {"plan", "opened"} <= {line.what for line in lines}


def test_one_press_opens_a_case_for_everybody_who_is_owed_one(book: Book) -> None:
    assert queue(book.office, Scope(), QueueFilter(), me="xie").owed == 2
    assert open_cases(book.office, ELSEWHERE, actor="xie") == 0
    assert open_cases(book.office, EVERYTHING, actor="xie") == 2
    assert open_cases(book.office, EVERYTHING, actor="xie") == 0
    assert now(book).standing.state is CaseState.OPEN


def test_what_is_overdue_stands_first_and_can_be_asked_for(book: Book) -> None:
    talk(book)
    hand_over(book)
    book.clock.move(30)
    open_case(book.office, book.people[1], EVERYTHING, actor="xie")
    first, second = lines_of(book.office, Scope(), book.today)
    assert (first.key, second.key) == (book.people[0], book.people[1])
    assert first.overdue(book.today)
    late = queue(book.office, Scope(), QueueFilter(late=True), me="xie")
    assert ([line.key for line in late.page.rows], late.late, late.people) == ([book.people[0]], 1, 2)
    assert queue(book.office, Scope(), QueueFilter(state="open"), me="xie").page.total == 1
    assert queue(book.office, Scope(), QueueFilter(village="没有的村"), me="xie").page.total == 0
    assert queue(book.office, Scope(division="150523"), QueueFilter(), me="xie").people == 0


def test_the_coordinator_of_the_village_is_responsible_until_somebody_is_named(book: Book) -> None:
    with book.office.reading() as unit:
        village = unit.workers.get(book.people[0]).value.village
    assert village
    with book.office.unit() as unit:
        unit.accounts.add(
            "示例协管员", Role.COORDINATOR, "tall-birch-4711-river", division="150525", villages=(village,)
        )
    assert now(book).owner == "示例协管员"
    name_owner(book.office, book.people[0], EVERYTHING, "谢", actor="xie")
    assert now(book).owner == "谢"
    assert queue(book.office, Scope(), QueueFilter(owner="mine"), me="谢").page.total == 1


def test_alerts_tell_a_village_what_is_late(book: Book) -> None:
    open_cases(book.office, EVERYTHING, actor="xie")
    policy = book.office.policy
    with book.office.reading() as unit:
        assert {one.code for one in signals(unit, Scope(), book.today, policy.at(book.today))} == {"CASE_NO_OWNER"}
    book.clock.move(31)
    with book.office.reading() as unit:
        found = signals(unit, Scope(), book.today, policy.at(book.today))
    assert {one.code for one in found} == {"CASE_NO_OWNER", "CASE_DELIVERY_LATE", "CASE_STUCK"}
    assert all(set(one.people) == set(book.people) for one in found)
    assert len({one.mark for one in found}) == len(found)


def test_what_many_have_changed_is_looked_at_anew(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.cases.queue.AT_ONCE", 0)
    monkeypatch.setattr("matcher.warm.WORTH_KEEPING", 0.0)
    monkeypatch.setattr("matcher.warm.RENEWED_AFTER", 1e9)
    assert queue(book.office, Scope(), QueueFilter(), me="xie").owed == 2
    open_cases(book.office, EVERYTHING, actor="xie")
    assert queue(book.office, Scope(), QueueFilter(), me="xie").owed == 2, "as it lies on the shelf"
    look_anew(book.office, Scope())
    assert queue(book.office, Scope(), QueueFilter(), me="xie").owed == 0

"""Slips that come back: kept once, whole or not at all, and felt by the next plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.aftercare.heard import said_lines, with_heard
from matcher.aftercare.slips import Whose, drop_reason, keep_slip, open_slip, take_back_slip
from matcher.casework import why
from matcher.domain.aftercare import THE_CLASS, SaidBy, SlipRefused, Started, Tick, Voice
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import TrainingChoice, TrainingView
from matcher.domain.posting import PostingState
from matcher.domain.rosters.records import EntryType
from matcher.domain.run import MatchRun
from matcher.domain.worker import WorkStatus
from tests.factories import NAIMAN, worker_facts
from tests.matcher.aftercare.books import EVERYTHING, FAR, MIDDLE, Book

NOT_WANTED, STARTED = AnswerKind.NOT_WANTED, AnswerKind.STARTED


def worker_status(book: Book, number: int = 0) -> WorkStatus | None:
    """The work status of a person."""
    with book.office.reading() as unit:
        return unit.workers.get(book.people[number]).value.work_status


def test_a_slip_is_found_however_its_code_is_typed(book: Book) -> None:
    stored = book.plan()
    typed = f" {stored.code[:4].lower()}-{stored.code[4:].lower()} "
    with book.office.reading() as unit:
        assert open_slip(unit, typed, EVERYTHING).plan == stored


def test_a_miscopied_code_and_one_of_another_village_are_told_apart(book: Book) -> None:
    code = book.plan().code
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    with book.office.reading() as unit:
        with pytest.raises(SlipRefused, match="抄错"):
            open_slip(unit, wrong, EVERYTHING)
        with pytest.raises(RecordNotFound, match="不在您的范围内"):
            open_slip(unit, code, Whose(villages=("别的村",)))


def test_what_was_turned_down_or_tried_in_vain_never_comes_again(book: Book) -> None:
    before = [match.posting_key for match in book.plan().plan.matches]
    book.tick(0, NOT_WANTED, "NOT_SAID")
    book.tick(1, AnswerKind.TRIED_NOT_HIRED, "NOT_TAKEN")
    book.plan_again()
    after = [match.posting_key for match in book.plan().plan.matches]
    assert len(after) == 3
    assert set(after) & set(before) == {before[2]}


def test_too_far_brings_only_what_is_nearer(book: Book) -> None:
    matches = book.plan().plan.matches
    place = next(at for at, match in enumerate(matches) if match.posting.place == MIDDLE.name)
    limit = matches[place].distance_km
    assert limit is not None
    far = key_of(book, "P-8")
    assert why(book.office, book.people[0], far).exclusions == ()
    book.tick(place, NOT_WANTED, "TOO_FAR")
    book.plan_again()
    after = book.plan().plan
    assert len(after.matches) == 2
    assert all(one.distance_km is not None and one.distance_km < limit for one in after.matches)
    (against,) = why(book.office, book.people[0], far).exclusions
    assert (against.code, against.args["place"]) == ("EXCLUDED_NEARER", FAR.name)
    assert why(book.office, book.people[1], far).exclusions == ()


def key_of(book: Book, ref: str) -> int:
    """The key of a posting."""
    with book.office.reading() as unit:
        return unit.postings.by_ref(ref).key


def test_pay_too_low_counts_against_such_pay_from_then_on(book: Book) -> None:
    posting = book.plan().plan.matches[1].posting_key
    before = why(book.office, book.people[0], posting)
    book.tick(0, NOT_WANTED, "LOW_PAY")
    after = why(book.office, book.people[0], posting)
    assert after.wish < before.wish
    reason = next(one for one in after.reasons if one.code.startswith("PAY_"))
    assert any(words.field == "回执" for words in reason.evidence)


def test_a_reason_taken_back_is_felt_no_more_and_may_come_back(book: Book) -> None:
    posting = book.plan().plan.matches[1].posting_key
    before = why(book.office, book.people[0], posting)
    key = book.tick(0, NOT_WANTED, "LOW_PAY").key
    assert key is not None
    turned_down = book.plan().plan.matches[0].posting_key
    assert drop_reason(book.office, key, turned_down, "LOW_PAY", EVERYTHING, actor="clerk") == book.people[0]
    assert why(book.office, book.people[0], posting) == before
    drop_reason(book.office, key, turned_down, "LOW_PAY", EVERYTHING, actor="clerk", dropped=False)
    assert why(book.office, book.people[0], posting).wish < before.wish
    with pytest.raises(RecordNotFound):
        drop_reason(book.office, key, turned_down, "TOO_FAR", EVERYTHING, actor="clerk")
    with pytest.raises(RecordNotFound):
        drop_reason(book.office, key, turned_down, "LOW_PAY", Whose(villages=("别的村",)), actor="clerk")


def test_the_same_slip_twice_is_one_record(book: Book) -> None:
    assert book.tick(0, NOT_WANTED, "TOO_FAR").ticks == 1
    again = book.tick(0, NOT_WANTED, "TOO_FAR")
    assert (again.key, again.ticks) == (None, 0)
    with book.office.reading() as unit:
        assert len(unit.plans.answers.of_plan(book.plan().key)) == 1
        assert len(unit.aftercare.returns.of_plan(book.plan().key)) == 1


def test_a_correction_of_a_slip_counts_instead(book: Book) -> None:
    book.tick(0, STARTED)
    book.tick(0, AnswerKind.TRIED_NOT_HIRED)
    assert worker_status(book) is WorkStatus.UNEMPLOYED
    with book.office.reading() as unit:
        assert unit.aftercare.spells.of_people(book.people) == {}
        assert open_slip(unit, book.plan().code, EVERYTHING).before.popitem()[1].tick.kind is AnswerKind.TRIED_NOT_HIRED


def test_the_slip_of_an_older_plan_is_taken_and_says_so(book: Book) -> None:
    old = book.plan()
    book.tick(0, NOT_WANTED, "NOT_SAID")
    book.plan_again()
    assert book.plan().key != old.key
    tick = Tick(posting_key=old.plan.matches[1].posting_key, kind=AnswerKind.CALLED)
    kept = keep_slip(book.office, old.code, [tick], EVERYTHING, actor="clerk")
    assert (kept.older, kept.ticks) == (True, 1)


@pytest.mark.parametrize(
    ("kind", "reasons", "code"),
    [
        (NOT_WANTED, (), "SLIP_NO_WHY"),
        (AnswerKind.WANTED, ("TOO_FAR",), "SLIP_WRONG_WHY"),
        (NOT_WANTED, ("NOT_TAKEN",), "SLIP_WRONG_WHY"),
        (NOT_WANTED, ("NO_SUCH",), "SLIP_WRONG_WHY"),
    ],
)
def test_a_slip_that_makes_no_sense_keeps_nothing(
    book: Book, kind: AnswerKind, reasons: tuple[str, ...], code: str
) -> None:
    stored = book.plan()
    first, second = (match.posting_key for match in stored.plan.matches[:2])
    ticks = [Tick(posting_key=first, kind=AnswerKind.WANTED), Tick(posting_key=second, kind=kind, why=reasons)]
    with pytest.raises(SlipRefused) as refused:
        keep_slip(book.office, stored.code, ticks, EVERYTHING, actor="clerk")
    assert refused.value.code == code
    with book.office.reading() as unit:
        assert unit.plans.answers.of_plan(stored.key) == []


@pytest.mark.parametrize("days", [1, -400])
def test_a_start_in_the_future_or_long_ago_is_a_slip_of_the_pen(book: Book, days: int) -> None:
    with pytest.raises(SlipRefused) as refused:
        book.tick(0, STARTED, started=Started(on=book.today + timedelta(days=days)))
    assert refused.value.code == "SLIP_BAD_DAY"


def test_nothing_ticked_and_a_posting_of_another_plan_are_refused(book: Book) -> None:
    code = book.plan().code
    with pytest.raises(SlipRefused):
        keep_slip(book.office, code, [], EVERYTHING, actor="clerk")
    with pytest.raises(RecordNotFound):
        keep_slip(book.office, code, [Tick(posting_key=999, kind=STARTED)], EVERYTHING, actor="clerk")


def test_who_started_is_in_work_with_calls_and_no_open_case(book: Book) -> None:
    with book.office.unit() as unit:
        unit.cases.open([book.people[0]], EntryType.NEWLY_UNEMPLOYED, on=book.today, due_on=book.today)
    book.tick(0, STARTED, started=Started(on=book.today, place="奈曼旗", yuan=3300))
    assert worker_status(book) is WorkStatus.EMPLOYED
    with book.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people(book.people)[book.people[0]]
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1] == 0
        calls, total = unit.aftercare.calls.due(book.today + timedelta(days=200))
    assert (spell.place, spell.yuan, spell.said_by, spell.ended_on) == ("奈曼旗", 3300, SaidBy.WORKER, None)
    assert spell.employer.startswith("奈曼旗第")
    assert (total, calls[0].after_days) == (1, 90)


def test_found_work_elsewhere_is_a_spell_without_a_posting(book: Book) -> None:
    book.tick(0, NOT_WANTED, "FOUND_WORK", started=Started(on=book.today, place="沈阳", yuan=5000))
    with book.office.reading() as unit:
        (spell,) = unit.aftercare.spells.of_people(book.people)[book.people[0]]
    assert (spell.posting_key, spell.employer, spell.place) == (None, "", "沈阳")


def test_taking_a_slip_back_leaves_everything_as_before(book: Book) -> None:
    with book.office.unit() as unit:
        unit.cases.open([book.people[0]], EntryType.NEWLY_UNEMPLOYED, on=book.today, due_on=book.today)
        first = book.plan().plan.matches[0].posting_key
        stored = unit.postings.get(first)
        unit.postings.replace(first, replace(stored.value, openings=1), stored.facts)
    kept = book.tick(0, STARTED)
    assert kept.key is not None
    with book.office.reading() as unit:
        assert unit.postings.get(first).state is PostingState.FILLED
    take_back_slip(book.office, kept.key, EVERYTHING, actor="clerk")
    take_back_slip(book.office, kept.key, EVERYTHING, actor="clerk")
    assert worker_status(book) is WorkStatus.UNEMPLOYED
    with book.office.reading() as unit:
        assert unit.postings.get(first).state is PostingState.OPEN
        assert unit.plans.answers.of_plan(book.plan().key) == []
        assert unit.aftercare.spells.of_people(book.people) == {}
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1] == 1
        assert [slip.taken_back_at is not None for slip in unit.aftercare.returns.everything_of(book.people[0])] == [
            True
        ]
        assert unit.aftercare.returns.of_people() == {}
    with pytest.raises(RecordNotFound):
        take_back_slip(book.office, kept.key, Whose(villages=("别的村",)), actor="clerk")


def test_filled_is_a_voice_and_closes_nothing(book: Book) -> None:
    match = book.plan().plan.matches[0]
    book.tick(0, AnswerKind.CALLED, "FULL")
    with book.office.reading() as unit:
        assert unit.aftercare.returns.voices() == {match.posting_key: (Voice.FULL, 1, book.today)}
        assert unit.postings.get(match.posting_key).state is PostingState.OPEN


def test_the_own_division_is_never_a_place_to_stay_away_from(book: Book) -> None:
    matches = book.plan().plan.matches
    for at, match in enumerate(matches):
        book.tick(at, NOT_WANTED, "TOO_FAR")
        with book.office.reading() as unit:
            kept = unit.aftercare.returns.of_plan(book.plan().key)[-1].ticks[0].measure
        assert bool(kept.place_code) is (match.posting.place != NAIMAN.name)


def with_class(book: Book) -> str:
    """The slip of a plan with a class; its code."""
    stored = book.plan()
    view = TrainingView(ref="T-1", title="缝纫班", provider="示例学校", place="奈曼旗")
    choice = TrainingChoice(training_key=1, training=view, reasons=(), unlocked_postings=0, gain=0.0)
    with book.office.unit() as unit:
        run = unit.runs.create(MatchRun(as_of=book.today))
        unit.plans.put_many(run, [replace(stored.plan, training=choice)])
    return book.plan().code


def test_what_is_said_of_the_class_is_kept_and_changes_nothing(book: Book) -> None:
    code = with_class(book)
    tick = Tick(posting_key=THE_CLASS, kind=NOT_WANTED, why=("TOO_FAR", "FAMILY"))
    kept = keep_slip(book.office, code, [tick], EVERYTHING, actor="clerk")
    assert kept.key is not None
    assert keep_slip(book.office, code, [tick], EVERYTHING, actor="clerk").key is None
    with book.office.reading() as unit:
        (slip,) = unit.aftercare.returns.of_plan(book.plan().key)
        assert unit.plans.answers.of_plan(book.plan().key) == []
    assert slip.ticks[0].measure.title == "缝纫班"
    policy = book.office.policy.at(book.today)
    assert with_heard(worker_facts(), [slip], policy) == worker_facts()
    assert said_lines([slip], policy) == ()
    take_back_slip(book.office, kept.key, EVERYTHING, actor="clerk")


@pytest.mark.parametrize(
    ("kind", "reasons", "refused"),
    [
        (NOT_WANTED, (), SlipRefused),
        (NOT_WANTED, ("LOW_PAY",), SlipRefused),
        (AnswerKind.TRIED_NOT_HIRED, (), RecordNotFound),
    ],
)
def test_a_class_is_turned_down_for_reasons_of_a_class(
    book: Book, kind: AnswerKind, reasons: tuple[str, ...], refused: type[Exception]
) -> None:
    code = with_class(book)
    with pytest.raises(refused):
        keep_slip(book.office, code, [Tick(posting_key=THE_CLASS, kind=kind, why=reasons)], EVERYTHING, actor="clerk")

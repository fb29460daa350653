"""What rosters leave behind, on both databases: merges and their undoing, questions, members, cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import Phrase
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.rosters.records import EntryType, QuestionState, ReviewState, RosterMember, Waiting
from matcher.store import Store
from tests.matcher.store.records import a_worker

DAY = date(2026, 6, 24)
OTHER = replace(a_worker("NM-2"), name="白音", id_number="990000198001010010", phone="13900000000")


def test_who_has_no_ledger_reads_as_before_there_were_ledgers(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
        plain = unit.workers.get(key)
        told = unit.workers.add(replace(OTHER, ledger=Ledger(relation="户主", work_months=3)))
        assert unit.workers.get(told).value.ledger == Ledger(relation="户主", work_months=3)
    assert plain.value.ledger is None


def test_two_people_become_one_and_two_again(store: Store) -> None:
    with store.unit("window") as unit:
        kept, gone = unit.workers.add(a_worker()), unit.workers.add(OTHER)
        third = unit.workers.add(replace(OTHER, ref="NM-3", id_number=""))
        unit.merges.merge(gone, third, OTHER, None)
        merge = unit.merges.merge(kept, gone, replace(a_worker(), phone=OTHER.phone), None)
    with store.reading() as unit:
        assert unit.workers.count() == 1
        assert [same.key for same in unit.workers.find_same(OTHER)] == [kept]
        assert [same.key for same in unit.workers.find_same(replace(OTHER, ref="NM-3", id_number=""))] == [kept]
        with pytest.raises(RecordNotFound):
            unit.workers.get(gone)
    with store.unit() as unit:
        unit.merges.undo(merge)
        assert (unit.workers.get(kept).value, unit.workers.get(gone).value) == (a_worker(), OTHER)
        assert [same.key for same in unit.workers.find_same(OTHER)] == [gone]
        with pytest.raises(RecordNotFound):
            unit.merges.undo(merge)


def test_undoing_keeps_what_was_learnt_since(store: Store) -> None:
    with store.unit() as unit:
        kept, gone = unit.workers.add(a_worker()), unit.workers.add(OTHER)
        merge = unit.merges.merge(kept, gone, a_worker(), None)
        unit.workers.replace(kept, replace(a_worker(), remarks="会电焊"))
        unit.merges.undo(merge)
        assert unit.workers.get(kept).value.remarks == "会电焊"
        with pytest.raises(InputRefused):
            unit.merges.merge(kept, kept, a_worker(), None)


def test_questions_are_asked_once_and_cured(store: Store) -> None:
    school, labour = Phrase("VERIFY_SCHOOL"), Phrase("VERIFY_AGE", {"age": 101})
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
        assert unit.questions.settle({key: [school, labour]}, on=DAY) == (2, 0)
        assert unit.questions.settle({key: [school]}, on=DAY, keep={"VERIFY_AGE"}) == (0, 0)
        assert unit.questions.settle({key: [school]}, on=DAY) == (0, 1)
        assert unit.questions.settle({key: [school, labour]}, on=DAY) == (1, 0)
        (first, second) = unit.questions.of_person(key)
        assert (first.phrase, second.phrase) == (school, labour)
        with pytest.raises(RecordNotFound):
            unit.questions.answer(first.key, QuestionState.CONFIRMED, "", worker_key=key + 1)
        assert unit.questions.count(division="150525", villages=("西沟村",)) == 2
        assert unit.questions.count(division="150523") == unit.questions.count(villages=("东沟村",)) == 0


def test_a_row_waits_for_its_division_alone(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
        waits = Waiting(draft=replace(OTHER, home=replace(OTHER.home, code="")), candidates=(key,), reason="X")
        unit.reviews.queue(1, {"mark": waits})
        unit.reviews.queue(2, {"mark": replace(waits, row=7)})
        (one,) = unit.reviews.open(division="150525")
        assert (one.waiting.row, one.import_key) == (7, 1)
        assert unit.reviews.open(division="150523") == []
        with pytest.raises(RecordNotFound):
            unit.reviews.get(one.key, division="150523")


def test_a_decision_follows_the_person_it_was_about(store: Store) -> None:
    with store.unit("window") as unit:
        kept, gone = unit.workers.add(a_worker()), unit.workers.add(OTHER)
        unit.reviews.queue(1, {"mark": Waiting(draft=OTHER, candidates=(gone, kept), reason="X")})
        merge = unit.merges.merge(kept, gone, a_worker(), None)
        (one,) = unit.reviews.open()
        assert one.waiting.candidates == (kept,)
        unit.merges.undo(merge)
        unit.reviews.decide(one.key, ReviewState.MERGED, gone)
        assert unit.reviews.get(one.key).waiting.draft.name == ""
        assert unit.reviews.states({"local"}, ["mark"]) == {"mark": (ReviewState.MERGED, gone)}
        unit.merges.merge(kept, gone, a_worker(), None)
        assert unit.reviews.states({"local"}, ["mark"]) == {"mark": (ReviewState.MERGED, kept)}


def test_a_row_decided_to_be_somebody_who_is_gone_waits_again(store: Store) -> None:
    waits = {"mark": Waiting(draft=OTHER, candidates=(), reason="X")}
    with store.unit() as unit:
        unit.reviews.queue(1, waits)
        unit.reviews.decide(unit.reviews.open()[0].key, ReviewState.NEW, 77)
        assert unit.reviews.open() == []
        unit.reviews.queue(2, waits)
        assert len(unit.reviews.open()) == 1


def test_members_and_cases_of_people(store: Store) -> None:
    with store.unit() as unit:
        one, two = unit.workers.add(a_worker()), unit.workers.add(OTHER)
        unit.roster_changes.note_members("甲", 1, [one, two], ())
        unit.roster_changes.note_members("甲", 2, [one], [two])
        assert unit.roster_changes.members("甲") == {
            one: RosterMember("150525", "西沟村", "包雪梅"),
            two: RosterMember("150525", "西沟村", "白音", True),
        }
        assert unit.cases.open([one, two], EntryType.NEWLY_UNEMPLOYED, on=DAY, due_on=DAY) == 2
        assert unit.cases.open([one], EntryType.NEWLY_UNEMPLOYED, on=DAY, due_on=DAY) == 0
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED, division="150523")[1] == 0

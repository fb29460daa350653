"""Corrections, changes of life, enrolments and sounds of names in the store, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.classes import ClassEdit, EnrolmentState
from matcher.domain.intake.life import Field, LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.store import Store
from matcher.store.intake.sounds import beginnings, sounds_like
from matcher.store.views import PeopleWanted
from tests.matcher.store.records import a_class, a_worker

ON = date(2026, 6, 22)
WRONG = Correction(kind=FactKind.WISHED, was="cleaner")


def test_a_correction_stands_with_its_person_until_it_is_taken_back(store: Store) -> None:
    with store.unit("window") as unit:
        one, other = unit.workers.add(a_worker("A-1")), unit.workers.add(a_worker("A-2"))
        key = unit.corrections.add(one, WRONG)
    with store.reading() as unit:
        assert unit.workers.get(one).told == (WRONG,)
        assert unit.workers.many([one, other])[other].told == ()
        assert {stored.key: stored.told for stored in unit.workers.all_for_planning()} == {one: (WRONG,), other: ()}
        assert unit.corrections.of_person(one)[0].actor == "window"
    with store.unit("chief") as unit:
        with pytest.raises(RecordNotFound):
            unit.corrections.undo(key, worker_key=other)
        unit.corrections.undo(key, worker_key=one)
        with pytest.raises(RecordNotFound):
            unit.corrections.undo(key, worker_key=one)
    with store.reading() as unit:
        assert unit.workers.get(one).told == ()


def test_what_was_corrected_survives_the_record_being_replaced_and_read_again(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker("A-1"))
        unit.corrections.add(key, WRONG)
        unit.workers.replace(key, a_worker("A-1", remarks="想干保洁"))
    with store.reading() as unit:
        assert unit.workers.get(key).told == (WRONG,)


def test_corrections_of_a_record_merged_into_another_count_for_the_other(store: Store) -> None:
    with store.unit() as unit:
        kept, gone = unit.workers.add(a_worker("A-1")), unit.workers.add(a_worker("A-2"))
        unit.corrections.add(gone, WRONG)
        merge = unit.merges.merge(kept, gone, a_worker("A-1"), None)
    with store.reading() as unit:
        assert unit.workers.get(kept).told == (WRONG,)
    with store.unit() as unit:
        unit.merges.undo(merge)
    with store.reading() as unit:
        assert unit.workers.get(kept).told == ()
        assert unit.workers.get(gone).told == (WRONG,)


def test_what_was_said_of_a_person_is_sealed_and_goes_with_the_person(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker("A-1"))
        unit.corrections.add(key, Correction(kind=FactKind.CONSTRAINT, now="NO_LIVESTOCK"))
        unit.life.add(key, LifeKind.NAME, on=ON, fields=(Field("name", "旧名字", "新名字"),))
    before = store.contents().rows
    assert (before["fact_correction"], before["life_change"]) == (1, 1)
    with store.unit() as unit:
        gone = unit.workers.forget([key])
    assert (gone["fact_correction"], gone["life_change"]) == (1, 1)


def test_changes_of_life_are_listed_newest_first_and_say_who_took_them_back(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.workers.add(a_worker("A-1"))
        first = unit.life.add(key, LifeKind.DIED, on=ON)
        unit.life.add(key, LifeKind.RESTRICTED, on=ON, note="本人要求")
        assert unit.life.gone() == unit.life.gone([key]) == frozenset({key})
        assert unit.life.restricted([key + 1]) == frozenset()
    with store.unit("chief") as unit:
        unit.life.undo([first])
        assert unit.life.gone() == frozenset()
    with store.reading() as unit:
        newest, oldest = unit.life.of_person(key)
        assert (newest.kind, newest.note, newest.undone_at) == (LifeKind.RESTRICTED, "本人要求", None)
        assert (oldest.actor, oldest.undone_by) == ("window", "chief")
        with pytest.raises(RecordNotFound):
            unit.life.get(first, worker_key=key)


def test_a_class_changed_by_hand_keeps_what_was_delivered(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.classes.add(a_class())
        before = unit.market_version()
        unit.class_life.edit(key, ClassEdit(seats=12, cancelled=True))
        assert unit.market_version() != before
        edit = unit.class_life.edits()[key]
        assert (edit.seats, edit.cancelled, edit.actor) == (12, True, "window")
        assert edit.over(unit.classes.get(key).value).seats == 12
        assert unit.classes.get(key).value == a_class()
        unit.class_life.forget_edit(key)
        assert unit.class_life.edits() == {}


def test_somebody_is_enrolled_once_and_a_seat_is_free_again_when_somebody_leaves(store: Store) -> None:
    with store.unit() as unit:
        key, worker = unit.classes.add(a_class()), unit.workers.add(a_worker("A-1"))
        for state in (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED):
            unit.class_life.enrol(key, worker, state)
        assert unit.class_life.taken() == {key: 1}
        assert unit.class_life.counts(key) == {EnrolmentState.ATTENDED: 1}
        unit.class_life.enrol(key, worker, EnrolmentState.LEFT)
        assert unit.class_life.taken([key]) == {}
        unit.class_life.withdraw(key, worker)
        assert unit.class_life.enrolments(key) == []


@pytest.mark.parametrize(
    ("name", "letters", "sounds"),
    [
        ("包雪梅", "baoxuemei", True),
        ("包雪梅", "baoxm", True),
        ("包雪梅", "bxm", True),
        ("包雪梅", "bao", True),
        ("包雪梅", "baoxuemeii", False),
        ("包雪梅", "xuemei", False),
        ("单雄信", "shanxiongxin", True),
        ("长江", "zhangjiang", False),
    ],
)
def test_a_name_is_known_by_whole_or_begun_syllables(name: str, letters: str, sounds: bool) -> None:
    assert sounds_like(name, letters) is sounds


@pytest.mark.parametrize(("letters", "initials"), [("baoxuemei", "bxm"), ("baoxm", "bxm"), ("zhangsan", "zs")])
def test_the_initials_of_what_was_typed_are_among_those_asked_for(letters: str, initials: str) -> None:
    assert initials in beginnings(letters)


@pytest.mark.parametrize("typed", ["baoxuemei", "Bao Xue Mei", "baoxm", "bxm", "包雪梅"])
def test_people_are_found_by_sound(store: Store, typed: str) -> None:
    with store.unit() as unit:
        unit.workers.add_many([(a_worker("A-1", name="包雪梅"), None), (a_worker("A-2", name="白雪梅"), None)])
    with store.reading() as unit:
        rows, total = unit.views.people(PeopleWanted(text=typed), first=0, size=10)
    assert "包雪梅" in [row.name for row in rows]
    assert total == (2 if typed == "bxm" else 1)

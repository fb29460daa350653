"""What both sides changed waits for a person, side by side, and a decision can be taken back."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.listings import Scope
from matcher.office import Office
from matcher.slices import Choice, decide, open_sides, past_decisions, undo_decision
from tests.matcher.slices.villages import carry, change, contents, person
from tests.matcher.store.records import a_worker

ALL = Scope(division="", villages=())


@pytest.fixture
def torn(home: Office, laptop: Office) -> Office:
    """The office, where one person was changed on both sides."""
    change(home, "NM-1", phone="19900000011", skills_text="会砌墙")
    change(laptop, "NM-1", "coordinator", phone="19900000022", wish_text="保洁")
    assert carry(laptop, home).figures.conflicts == 1
    return home


def test_nothing_is_overwritten_and_both_sides_are_shown_field_by_field(torn: Office) -> None:
    assert person(torn).phone == "19900000011"
    [side], total = open_sides(torn, ALL)
    lines = {line.field: (line.here, line.there, line.prefer) for line in side.lines}
    assert lines == {
        "phone": ("19900000011", "19900000022", ""),
        "skills_text": ("会砌墙", "", "here"),
        "wish_text": ("", "保洁", "there"),
    }
    assert (total, side.name, side.there_by, side.here_by) == (1, "包示例", "coordinator", "window")


def test_fields_are_chosen_one_by_one_and_the_laptop_learns_it(torn: Office, laptop: Office) -> None:
    [side], _ = open_sides(torn, ALL)
    decide(
        torn, side.key, Choice.FIELDS, seen=side.seen, mine=ALL, actor="window", there=frozenset({"phone", "wish_text"})
    )
    mixed = person(torn)
    assert (mixed.phone, mixed.skills_text, mixed.wish_text) == ("19900000022", "会砌墙", "保洁")
    assert open_sides(torn, ALL) == ([], 0)
    assert carry(torn, laptop).figures.conflicts == 0
    assert person(laptop) == mixed
    assert contents(laptop) == contents(torn)
    assert carry(laptop, torn).figures.conflicts == 0


def test_a_decision_is_taken_back_and_waits_again(torn: Office) -> None:
    [side], _ = open_sides(torn, ALL)
    before = person(torn)
    decide(torn, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    assert person(torn).phone == "19900000022"
    [decision] = past_decisions(torn, ALL)
    undo_decision(torn, decision.key, mine=ALL, actor="window")
    assert person(torn) == before
    assert open_sides(torn, ALL)[1] == 1


def test_a_decision_is_not_taken_back_over_a_later_change(torn: Office) -> None:
    [side], _ = open_sides(torn, ALL)
    decide(torn, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    change(torn, "NM-1", phone="19900000099")
    with pytest.raises(EditConflict, match="没有撤销"):
        undo_decision(torn, side.key, mine=ALL, actor="window")
    assert person(torn).phone == "19900000099"


def test_nobody_decides_on_what_changed_meanwhile_or_twice(torn: Office) -> None:
    [side], _ = open_sides(torn, ALL)
    change(torn, "NM-1", phone="19900000099")
    with pytest.raises(EditConflict, match="刚刚又变了"):
        decide(torn, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    [side], _ = open_sides(torn, ALL)
    decide(torn, side.key, Choice.HERE, seen=side.seen, mine=ALL, actor="window")
    with pytest.raises(InputRefused, match="已经有人定过"):
        decide(torn, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")


def test_other_divisions_and_villages_see_no_conflict(torn: Office) -> None:
    [side], _ = open_sides(torn, Scope(division="150525", villages=("西沟村",)))
    for mine in (Scope(division="150523", villages=()), Scope(division="150525", villages=("东村",))):
        assert open_sides(torn, mine) == ([], 0)
        with pytest.raises(RecordNotFound):
            decide(torn, side.key, Choice.HERE, seen=side.seen, mine=mine, actor="x")


def test_the_same_file_again_does_not_ask_again_and_a_later_one_brings_news(home: Office, laptop: Office) -> None:
    change(home, "NM-1", phone="19900000011")
    change(laptop, "NM-1", phone="19900000022")
    assert carry(laptop, home).figures.conflicts == 1
    assert carry(laptop, home).figures.conflicts == 0
    change(laptop, "NM-1", phone="19900000033")
    carry(laptop, home)
    [side], total = open_sides(home, ALL)
    assert (total, side.lines[0].there) == (1, "19900000033")
    change(laptop, "NM-1", phone="19900000011")
    carry(laptop, home)
    assert open_sides(home, ALL) == ([], 0)


def test_answers_of_both_sides_are_kept_and_one_of_them_holds(home: Office, laptop: Office) -> None:
    for office, kind in ((home, AnswerKind.WANTED), (laptop, AnswerKind.NOT_WANTED)):
        with office.unit("test") as unit:
            plan = unit.plans.current(unit.workers.by_ref("NM-2").key)
            assert plan is not None
            unit.plans.answers.record(plan.key, plan.plan.matches[1].posting_key, kind, on=date(2026, 6, 23))
    assert carry(laptop, home).figures.conflicts == 1
    [side], _ = open_sides(home, ALL)
    decide(home, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    with home.reading() as unit:
        plan = unit.plans.current(unit.workers.by_ref("NM-2").key)
        assert plan is not None
        assert [one.kind for one in unit.plans.answers.of_plan(plan.key)] == [AnswerKind.WANTED, AnswerKind.NOT_WANTED]
    undo_decision(home, side.key, mine=ALL, actor="window")
    [side], _ = open_sides(home, ALL)
    decide(home, side.key, Choice.HERE, seen=side.seen, mine=ALL, actor="window")
    with home.reading() as unit:
        assert [one.kind for one in unit.plans.answers.of_plan(plan.key)] == [AnswerKind.NOT_WANTED, AnswerKind.WANTED]
    assert carry(home, laptop).figures.conflicts == 0
    assert contents(home) == contents(laptop)


def test_two_new_people_with_one_reference_are_never_one_by_themselves(home: Office, laptop: Office) -> None:
    for office, name in ((home, "甲示例"), (laptop, "乙示例")):
        with office.unit("test") as unit:
            unit.workers.add(a_worker("N-1", name=name, id_number="", phone="", birth_date=None))
    assert carry(laptop, home).figures.conflicts == 1
    [side], _ = open_sides(home, ALL)
    assert side.twin
    decide(home, side.key, Choice.OTHER, seen=side.seen, mine=ALL, actor="window")
    with home.reading() as unit:
        assert unit.workers.count() == 5
    assert carry(home, laptop).figures.conflicts == 0
    with laptop.reading() as unit:
        assert unit.workers.count() == 5
    assert contents(home) == contents(laptop)


def test_two_records_with_one_reference_may_be_one_person(home: Office, laptop: Office) -> None:
    for office, name in ((home, "甲示例"), (laptop, "甲示列")):
        with office.unit("test") as unit:
            unit.workers.add(a_worker("N-1", name=name, id_number="", phone="", birth_date=None))
    carry(laptop, home)
    [side], _ = open_sides(home, ALL)
    decide(home, side.key, Choice.HERE, seen=side.seen, mine=ALL, actor="window")
    assert carry(laptop, home).figures.conflicts == 0
    with home.reading() as unit:
        assert unit.workers.count() == 4


def test_decided_differently_on_both_sides_is_asked_again(torn: Office, laptop: Office) -> None:
    assert carry(torn, laptop).figures.conflicts == 1
    for office in (torn, laptop):
        [side], _ = open_sides(office, ALL)
        decide(office, side.key, Choice.HERE, seen=side.seen, mine=ALL, actor="test")
    phones = person(torn).phone, person(laptop).phone
    assert carry(laptop, torn).figures.conflicts == 1
    assert (person(torn).phone, person(laptop).phone) == phones

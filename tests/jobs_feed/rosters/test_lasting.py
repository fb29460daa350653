"""Rosters that have not heard of a change of life neither bring the old back nor make a second person."""

from __future__ import annotations

from datetime import date

import pytest

from jobs_feed.rosters.lasting import brought_up
from matcher.domain.intake.life import Field, LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.worker import Worker
from matcher.intake.living import Change, record, undo
from matcher.intake.villages import merge_village
from matcher.listings import Scope
from matcher.office import Office
from matcher.stored_rows import facts_of
from tests.jobs_feed.rosters.rolls import outcome, person, stored, take

ALL = Scope()


@pytest.mark.parametrize("without", [(), ("身份证号",), ("身份证号", "编号")])
def test_an_old_roster_finds_a_person_with_a_new_name_and_phone_and_brings_nothing_back(
    office: Office, without: tuple[str, ...]
) -> None:
    row = person() | dict.fromkeys(without, "")
    take(office, row)
    (before,) = stored(office)
    for change in (Change(LifeKind.NAME, name="包新名"), Change(LifeKind.PHONE, phone="13911112222")):
        record(office, before.key, ALL, change, actor="window")
    report = take(office, row | {"情况说明": "会电焊"})
    (after,) = stored(office)
    assert outcome(report)[:2] == (0, 1)
    assert (after.key, after.value.name, after.value.phone) == (before.key, "包新名", "13911112222")
    assert after.value.remarks == "会电焊"


def test_a_roster_that_knows_better_still_wins(office: Office) -> None:
    take(office, person())
    (before,) = stored(office)
    record(office, before.key, ALL, Change(LifeKind.PHONE, phone="13911112222"), actor="window")
    take(office, person(联系电话="13933334444"))
    assert stored(office)[0].value.phone == "13933334444"


def test_people_of_a_village_that_was_renamed_are_found_under_its_old_name(office: Office) -> None:
    row = person(身份证号="")
    take(office, row)
    (before,) = stored(office)
    code, village = before.value.home.code, before.value.village
    moved = merge_village(office, ALL, code, village, code, "新名嘎查", on=office.today(), actor="banner")
    take(office, row | {"情况说明": "会电焊"})
    (after,) = stored(office)
    assert moved == 1
    assert (after.key, after.value.village, after.value.remarks) == (before.key, "新名嘎查", "会电焊")


def test_whoever_an_old_roster_names_first_lives_in_the_village_as_it_is_called_today(office: Office) -> None:
    take(office, person(身份证号=""))
    (before,) = stored(office)
    code, village = before.value.home.code, before.value.village
    merge_village(office, ALL, code, village, code, "新名嘎查", on=office.today(), actor="banner")
    take(office, person(编号="NM-77", 姓名="白新人", 身份证号="", 联系电话="13922223333"))
    assert {one.value.village for one in stored(office)} == {"新名嘎查"}


def test_a_corrected_fact_does_not_come_back_with_the_next_roster(office: Office) -> None:
    take(office, person(意向工种="保洁"))
    (before,) = stored(office)
    with office.unit("window") as unit:
        unit.corrections.add(before.key, Correction(kind=FactKind.WISHED, was="cleaner"))
    take(office, person(意向工种="保洁", 情况说明="想干保洁"))
    (after,) = stored(office)
    with office.reading() as unit:
        known = facts_of(unit.workers.get(after.key), office, office.today())
    assert after.value.remarks == "想干保洁"
    assert "cleaner" not in {term.code for term in known.wished}


def test_a_change_that_was_taken_back_no_longer_speaks(office: Office) -> None:
    take(office, person())
    (before,) = stored(office)
    record(office, before.key, ALL, Change(LifeKind.NAME, name="包新名"), actor="window")
    with office.reading() as unit:
        (change,) = unit.life.of_person(before.key)
        assert unit.life.lasting()
    undo(office, before.key, change.key, ALL, actor="window")
    with office.reading() as unit:
        assert unit.life.lasting() == {}
    assert stored(office)[0].value.name == before.value.name


def test_one_change_may_lead_to_the_next() -> None:
    changes = [Field("name", "甲", "乙"), Field("name", "乙", "丙"), Field("guide_name", "张", "李")]
    draft = Worker(ref="A", name="甲", guide_name="王", birth_date=date(1980, 1, 1))
    assert brought_up(draft, changes) == Worker(ref="A", name="丙", guide_name="王", birth_date=date(1980, 1, 1))

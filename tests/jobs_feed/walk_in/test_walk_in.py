"""Somebody at the window becomes a person as a row of a roster would, and never a second record of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.walk_in.drafting import Typed, draft_of, said_of
from jobs_feed.walk_in.filing import file_person
from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.worker import Willingness, WorkStatus
from matcher.listings import Scope
from tests.web.made_up import KAILU, NAIMAN, World, opened

MINE = Scope(division=NAIMAN)
HER = Typed(
    name="包雪梅", phone="13900001111", place="大沁他拉镇 东村", identity="1979-03", status="就业转失业",
    text="会电焊，想在旗里干保洁，孩子小得接送",
)  # fmt: skip


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office of this test's own."""
    with opened(tmp_path_factory.mktemp("walk-in")) as world:
        yield world


@pytest.mark.parametrize(
    ("place", "code", "village"),
    [
        ("大沁他拉镇 东村", "150525100", "东村"),
        ("大镇东村", "150525100", "东村"),
        ("奈曼旗大沁他拉镇西村", "150525100", "西村"),
        ("东村", "150525", "东村"),
        ("", "150525", ""),
    ],
)
def test_home_is_understood_however_it_is_typed(world: World, place: str, code: str, village: str) -> None:
    draft = draft_of(world.office, Typed(name="包雪梅", place=place), division=NAIMAN)
    assert draft.worker is not None
    assert (draft.worker.home.code, draft.worker.village) == (code, village)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed(name="", text="想找活"), "姓名"),
        (Typed(name="包雪梅", identity="150599197903020000"), "身份证号"),
        (Typed(name="包雪梅", identity="不知道哪年"), "身份证号"),
        (Typed(name="包雪梅", place="开鲁县北村"), "嘎查村"),
        (Typed(name="包雪梅", place="天津市"), "嘎查村"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_taken(world: World, typed: Typed, field: str) -> None:
    draft = draft_of(world.office, typed, division=NAIMAN)
    assert draft.worker is None
    assert field in said_of(draft.problems)


def test_a_new_person_is_stored_with_facts_answers_and_a_case(world: World) -> None:
    draft = draft_of(world.office, HER, division=NAIMAN)
    assert draft.worker is not None
    told = [Correction(kind=FactKind.TRANSPORT, now="电动车")]
    filed = file_person(world.office, draft.worker, MINE, actor="window", told=told)
    assert filed.key is not None
    with world.office.reading() as unit:
        stored = unit.workers.get(filed.key)
        entry = unit.audit.recent(1)[0]
    assert (stored.value.birth_date, stored.value.willingness) == (date(1979, 3, 1), Willingness.WILLING)
    assert stored.value.work_status is WorkStatus.NEWLY_UNEMPLOYED
    assert stored.facts is not None
    assert "cleaner" in {term.code for term in stored.facts.wished}
    assert stored.told == (told[0],)
    assert (entry.action, entry.actor, entry.subject) == ("walk_in", "window", f"worker:{filed.key}")


def test_the_same_person_again_is_offered_not_doubled(world: World) -> None:
    draft = draft_of(world.office, HER, division=NAIMAN).worker
    assert draft is not None
    first = file_person(world.office, draft, MINE, actor="window").key
    again = file_person(world.office, draft, MINE, actor="window")
    assert again.key is None
    assert [one.key for one in again.alike] == [first]
    with world.office.reading() as unit:
        assert unit.workers.count() == 4


@pytest.mark.parametrize(("identity", "asked"), [("", True), ("1988-05", False)])
def test_a_namesake_of_the_village_is_asked_about_unless_the_birth_dates_differ(
    world: World, identity: str, asked: bool
) -> None:
    first = draft_of(world.office, HER, division=NAIMAN).worker
    other = draft_of(world.office, Typed(name="包雪梅", place="东村", identity=identity), division=NAIMAN).worker
    assert first is not None
    assert other is not None
    file_person(world.office, first, MINE, actor="window")
    filed = file_person(world.office, other, MINE, actor="window")
    assert (filed.key is None) is asked
    assert file_person(world.office, other, MINE, actor="window", new=True).key is not None or not asked


def test_what_is_typed_of_somebody_known_is_added_to_what_was_there(world: World) -> None:
    draft = draft_of(world.office, HER, division=NAIMAN).worker
    more = draft_of(world.office, Typed(name="包雪梅", phone="13900001111", place="大沁他拉镇 东村", identity="1979-03",
                                        text="现在想学缝纫"), division=NAIMAN).worker  # fmt: skip
    assert draft is not None
    assert more is not None
    key = file_person(world.office, draft, MINE, actor="window").key
    filed = file_person(world.office, more, MINE, actor="window", same=key)
    assert filed.key == key
    with world.office.reading() as unit:
        remarks = unit.workers.get(key or 0).value.remarks
    assert HER.text in remarks
    assert "2026-03-16 现在想学缝纫" in remarks


def test_nobody_can_be_added_to_whom_the_words_do_not_fit(world: World) -> None:
    draft = draft_of(world.office, HER, division=NAIMAN).worker
    assert draft is not None
    with pytest.raises(InputRefused):
        file_person(world.office, draft, MINE, actor="window", same=world.bao)


def test_of_somebody_in_another_banner_nothing_is_told_but_that_there_is_somebody(world: World) -> None:
    draft = draft_of(world.office, Typed(name="包示例", phone="19900001234", place="东村"), division="").worker
    assert draft is not None
    filed = file_person(world.office, draft, Scope(division=KAILU), actor="elsewhere")
    assert filed.key is None
    assert [(one.mine, one.key, one.name, one.village) for one in filed.alike] == [(False, 0, "", "")]


def test_a_roster_finds_whom_the_window_has_written_down(world: World, tmp_path: Path) -> None:
    draft = draft_of(world.office, HER, division=NAIMAN).worker
    assert draft is not None
    key = file_person(world.office, draft, MINE, actor="window").key
    book = "编号,姓名,联系电话,旗县,苏木乡镇,嘎查村,意向工种\nN-9,包雪梅,13900001111,奈曼旗,大沁他拉镇,东村,缝纫\n"
    path = tmp_path / "台账.csv"
    path.write_text(book, encoding="utf-8")
    report = run_import(world.office, "workers", path, sender="镇里")
    assert (report.stored, report.updated) == (0, 1)
    with world.office.reading() as unit:
        assert unit.workers.get(key or 0).value.wish_text == "缝纫"

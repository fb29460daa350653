"""What the window does to people, villages and classes: kept, planned by, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Barrier, Thread

import pytest

from matcher.casework import plan_people
from matcher.domain.division import Place
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.intake.classes import ClassEdit, EnrolmentState
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.plan import Track
from matcher.intake.answering import FORMS, birth_of, corrections_for
from matcher.intake.choices import CHOSEN, choices, code_of
from matcher.intake.classes import ClassFilter, as_delivered, class_page, classes, edit_class, enrol
from matcher.intake.correcting import correct, replan, take_back, values_of
from matcher.intake.living import Change, record, undo
from matcher.intake.villages import guides_of, hand_over, merge_village, undo_act
from matcher.listings import Scope
from matcher.questions import QUESTIONS
from matcher.stored_rows import class_rows
from matcher.upkeep.person import export_person
from tests.factories import a_person
from tests.matcher.store.records import a_class, class_facts
from tests.web.made_up import KAILU, NAIMAN, TODAY, World, a_worker, opened

MINE, ELSEWHERE, ALL = Scope(division=NAIMAN), Scope(division=KAILU), Scope()


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office of this test's own."""
    with opened(tmp_path_factory.mktemp("intake")) as world:
        yield world


def _track(world: World, key: int) -> Track:
    with world.office.reading() as unit:
        plan = unit.plans.current(key)
    assert plan is not None
    return plan.plan.track


def _wished(world: World, key: int) -> set[str]:
    with world.office.reading() as unit:
        told = unit.workers.get(key).told
    return {one.now for one in told if one.kind is FactKind.WISHED}


def test_a_fact_is_corrected_by_any_words_for_it_and_taken_back(world: World) -> None:
    correct(world.office, world.bao, MINE, FactKind.WISHED, words="保洁员", actor="window")
    assert _wished(world, world.bao) == {"cleaner"}
    with world.office.reading() as unit:
        (kept,) = unit.corrections.of_person(world.bao)
        run = unit.plans.current(world.bao)
    assert run is not None
    assert run.run_key > 1
    with pytest.raises(RecordNotFound):
        take_back(world.office, world.bao, kept.key, ELSEWHERE, actor="elsewhere")
    take_back(world.office, world.bao, kept.key, MINE, actor="window")
    assert _wished(world, world.bao) == set()


def test_nothing_is_kept_of_words_nobody_knows_or_of_people_elsewhere(world: World) -> None:
    with pytest.raises(InputRefused, match="没有找到"):
        correct(world.office, world.bao, MINE, FactKind.WISHED, words="飞檐走壁", actor="window")
    with pytest.raises(RecordNotFound):
        correct(world.office, world.far, MINE, FactKind.WISHED, words="保洁员", actor="window")
    with pytest.raises(InputRefused):
        correct(world.office, world.bao, MINE, FactKind.CONSTRAINT, words="离家公里数以内", actor="window")
    assert _wished(world, world.bao) == set()


@pytest.mark.parametrize("kind", [kind for kind in CHOSEN if kind is not FactKind.PLACE])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_that_is_offered_is_understood(world: World, kind: FactKind, language: str) -> None:
    for code, name in choices(kind, language):
        found = code_of(world.office, kind, name)
        assert found == code or dict(choices(kind, language))[found] == name


@pytest.mark.parametrize(
    ("code", "typed", "values"),
    [
        ("MAX_KM", "20", (20,)),
        ("MAX_KM", "20公里", (20,)),
        ("PART_TIME", "4小时", (4,)),
        ("HOURS", "8:00-15:00", (480, 900)),
        ("HOURS", "8点到15点30", (480, 930)),
        ("SEASONAL", "11-3", (11, 3)),
        ("NO_NIGHT", "", ()),
    ],
)
def test_limits_that_say_how_much_take_it_as_people_write_it(code: str, typed: str, values: tuple[int, ...]) -> None:
    assert values_of(code, typed) == values


@pytest.mark.parametrize(("code", "typed"), [("MAX_KM", "很近"), ("HOURS", "15:00-8:00"), ("SEASONAL", "13-3")])
def test_limits_without_a_sensible_number_are_refused(code: str, typed: str) -> None:
    with pytest.raises(InputRefused, match="没有保存"):
        values_of(code, typed)


def test_every_question_of_a_plan_can_be_answered_but_where_somebody_lives(world: World) -> None:
    assert {one.code for one in QUESTIONS} - set(FORMS) == {"ASK_HOME"}
    typed = {"date": "1979-03", "yuan": "3000元", "occupation": "保洁员"}
    for code, form in FORMS.items():
        if form.field == "phone":
            continue
        for option in form.options:
            assert corrections_for(world.office, code, [option.value], about=("啥",)), (code, option.value)
        if form.field:
            assert corrections_for(world.office, code, [], typed[form.field], about=("啥",)), code
        with pytest.raises(InputRefused):
            corrections_for(world.office, code, ["没有这个答案"])


@pytest.mark.parametrize("words", ["2979-03", "1979-13", "明年", "2026-03-17"])
def test_a_birth_date_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(InputRefused):
        birth_of(words, TODAY)


@pytest.mark.parametrize(("kind", "code"), [(LifeKind.DIED, "TRACK_DEAD"), (LifeKind.MOVED_AWAY, "TRACK_MOVED_AWAY")])
def test_who_died_or_moved_away_has_no_postings_until_that_is_taken_back(
    world: World, kind: LifeKind, code: str
) -> None:
    before = _track(world, world.bao)
    record(world.office, world.bao, MINE, Change(kind), actor="window")
    with world.office.reading() as unit:
        plan = unit.plans.current(world.bao)
        assert unit.life.gone() == {world.bao}
        (change,) = unit.life.of_person(world.bao)
    assert plan is not None
    assert plan.plan.track is Track.NOT_ENTITLED
    assert code in {one.code for one in plan.plan.track_reasons}
    assert plan.plan.matches == ()
    with pytest.raises(EditConflict):
        record(world.office, world.bao, MINE, Change(kind), actor="window")
    undo(world.office, world.bao, change.key, MINE, actor="window")
    assert _track(world, world.bao) is not Track.NOT_ENTITLED
    assert before is Track.FULL


def test_nobody_is_planned_for_who_wants_no_machine(world: World) -> None:
    record(world.office, world.bao, MINE, Change(LifeKind.RESTRICTED, note="本人要求"), actor="window")
    plan_people(world.office, division=NAIMAN)
    with world.office.reading() as unit:
        assert unit.plans.current(world.bao) is None
        assert unit.plans.current(world.wang) is not None
        (change,) = unit.life.of_person(world.bao)
    with pytest.raises(InputRefused, match="不由机器"):
        plan_people(world.office, worker_ref="local:NM-1")
    assert not replan(world.office, world.bao, actor="window", always=True)
    undo(world.office, world.bao, change.key, MINE, actor="window")
    assert _track(world, world.bao)


def test_a_change_is_taken_back_only_while_nothing_lies_on_it(world: World) -> None:
    for phone in ("13911112222", "13933334444"):
        record(world.office, world.bao, MINE, Change(LifeKind.PHONE, phone=phone), actor="window")
    with world.office.reading() as unit:
        newest, oldest = unit.life.of_person(world.bao)
    with pytest.raises(EditConflict):
        undo(world.office, world.bao, oldest.key, MINE, actor="window")
    for change in (newest, oldest):
        undo(world.office, world.bao, change.key, MINE, actor="window")
    with world.office.reading() as unit:
        assert unit.workers.get(world.bao).value.phone == "19900001234"


@pytest.mark.parametrize(
    "change",
    [
        Change(LifeKind.PHONE, phone="123"),
        Change(LifeKind.NAME, name=" "),
        Change(LifeKind.NAME, name="包示例"),
        Change(LifeKind.MOVED, division="110105"),
        Change(LifeKind.MOVED, division="没有这个地方"),
        Change(LifeKind.DIED, on=date(2026, 3, 17)),
    ],
)
def test_what_is_no_change_is_refused_and_nothing_is_kept(world: World, change: Change) -> None:
    with pytest.raises(InputRefused, match="没有"):
        record(world.office, world.bao, MINE, change, actor="window")
    with world.office.reading() as unit:
        assert unit.life.of_person(world.bao) == []


def test_who_moves_to_another_banner_is_seen_there(world: World) -> None:
    record(world.office, world.bao, MINE, Change(LifeKind.MOVED, division=KAILU, village="北村"), actor="window")
    with world.office.reading() as unit:
        assert unit.workers.get(world.bao, division=KAILU).value.village == "北村"
        with pytest.raises(RecordNotFound):
            unit.workers.get(world.bao, division=NAIMAN)


def test_a_village_becomes_another_with_its_people_and_coordinators_and_back(world: World) -> None:
    moved = merge_village(world.office, MINE, NAIMAN, "东村", "150525100", "新东村", on=TODAY, actor="banner")
    with world.office.reading() as unit:
        value = unit.workers.get(world.bao).value
        assert (moved, value.home.code, value.village) == (1, "150525100", "新东村")
        assert unit.accounts.by_name("coordinator").villages == ("新东村",)
        (merge,) = unit.life.villages(division=NAIMAN)
    with pytest.raises(RecordNotFound):
        undo_act(world.office, ELSEWHERE, merge.batch, actor="elsewhere")
    done = undo_act(world.office, MINE, merge.batch, actor="banner")
    with world.office.reading() as unit:
        value = unit.workers.get(world.bao).value
        assert (done.back, done.kept, value.home.code, value.village) == (1, 0, NAIMAN, "东村")
        assert unit.accounts.by_name("coordinator").villages == ("东村",)
    with pytest.raises(RecordNotFound):
        undo_act(world.office, MINE, merge.batch, actor="banner")


def test_people_are_handed_over_and_whoever_changed_since_stays(world: World) -> None:
    with world.office.unit() as unit:
        unit.workers.add_many([(a_worker(f"NM-{n}", f"人{n}", "东村", NAIMAN, guide_name="张"), None) for n in "78"])
    assert hand_over(world.office, MINE, NAIMAN, "东村", "张", "李", on=TODAY, actor="window") == 2
    with world.office.reading() as unit:
        assert guides_of(unit, NAIMAN, "东村") == {"李": 2, "": 1}
        people = unit.finding.people_of(NAIMAN, "东村")
        ((batch, count, _, _),) = unit.life.batches(people, LifeKind.GUIDE)
    record(world.office, max(people), MINE, Change(LifeKind.GUIDE, guide="王"), actor="window")
    done = undo_act(world.office, MINE, batch, actor="window")
    assert (count, done.back, done.kept) == (2, 1, 1)


def _a_class(world: World, *, seats: int | None) -> int:
    """A class in the own banner."""
    place = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
    with world.office.unit() as unit:
        return unit.classes.add(a_class(place=place, seats=seats, starts_on=date(2026, 4, 1)), class_facts())


def test_a_class_says_who_is_suggested_it_and_how_many_wish_its_trade(world: World) -> None:
    key = _a_class(world, seats=5)
    with world.office.unit() as unit:
        person = a_person(ref="NM-50")
        unit.workers.add(person.worker, person.facts)
    correct(world.office, world.bao, MINE, FactKind.WISHED, words="保洁员", actor="window")
    with world.office.reading() as unit:
        page = classes(world.office, unit, ClassFilter(occupation="cleaner", only_open=True), MINE)
        shown = class_page(world.office, unit, key, MINE)
        plan = unit.plans.current(world.bao)
        none = classes(world.office, unit, ClassFilter(starts_from=date(2026, 5, 1)), MINE)
    assert plan is not None
    named = plan.plan.training is not None and plan.plan.training.training_key == key
    assert [one.key for one in page.rows] == [key]
    assert (page.rows[0].left, page.rows[0].wished, page.rows[0].suggested) == (5, 1, int(named))
    assert shown.demand == (("cleaner", 1),)
    assert none.total == 0


def test_a_class_takes_no_more_people_than_it_has_seats_however_many_come_at_once(world: World) -> None:
    key = _a_class(world, seats=2)
    with world.office.unit() as unit:
        people = unit.workers.add_many([(a_worker(f"E-{n}", f"人{n}", "东村", NAIMAN), None) for n in range(6)])
    start, refused = Barrier(len(people)), []

    def come(worker: int) -> None:
        start.wait()
        try:
            enrol(world.office, key, worker, EnrolmentState.ENROLLED, MINE, actor="window")
        except InputRefused:
            refused.append(worker)

    threads = [Thread(target=come, args=(worker,)) for worker in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with world.office.reading() as unit:
        assert unit.class_life.taken() == {key: 2}
    assert len(refused) == 4


def test_a_cancelled_class_is_offered_to_nobody_and_goes_on_as_delivered(world: World) -> None:
    key = _a_class(world, seats=3)
    edit_class(world.office, key, ClassEdit(seats=3, cancelled=True), ALL, actor="city")
    with world.office.reading() as unit:
        assert class_rows(world.office, unit) == ()
        assert unit.class_life.edits()[key].seats is None
    with pytest.raises(InputRefused, match="取消"):
        enrol(world.office, key, world.bao, EnrolmentState.ENROLLED, MINE, actor="window")
    as_delivered(world.office, key, ALL, actor="city")
    enrol(world.office, key, world.bao, EnrolmentState.ENROLLED, MINE, actor="window")
    with world.office.reading() as unit:
        assert [row.seats_left for row in class_rows(world.office, unit)] == [2]
    with pytest.raises(InputRefused, match="名额"):
        edit_class(world.office, key, ClassEdit(seats=0), ALL, actor="city")
    with pytest.raises(InputRefused, match="开班"):
        edit_class(world.office, key, ClassEdit(ends_on=date(2026, 3, 20)), ALL, actor="city")


def test_the_export_of_a_person_holds_what_was_corrected_and_what_changed(world: World) -> None:
    with world.office.unit("window") as unit:
        unit.corrections.add(world.bao, Correction(kind=FactKind.WISHED, was="welding_metal"))
        unit.life.add(world.bao, LifeKind.RESTRICTED, on=TODAY)
    data = export_person(world.office, "NM-1", reason="本人要求")
    assert [one["correction"]["was"] for one in data["corrections"]] == ["welding_metal"]
    assert [one["kind"] for one in data["changes"]] == ["restricted"]

"""A village works on a laptop and comes back: what changed on one side is taken, nothing is lost or doubled."""

from __future__ import annotations

from datetime import date

from matcher.casework import plan_people
from matcher.domain.answer import AnswerKind
from matcher.domain.casenumber import case_number
from matcher.domain.posting import PostingState
from matcher.domain.rosters.records import QuestionState
from matcher.domain.settings import SettingName
from matcher.office import Office
from matcher.upkeep.person import erase_person, export_person
from tests.matcher.slices.villages import NUMBERS, VILLAGE, carry, change, contents, person
from tests.matcher.store.records import a_worker


def test_an_empty_laptop_becomes_the_same_office(home: Office, laptop: Office) -> None:
    assert contents(laptop) == contents(home)
    with home.reading() as ours, laptop.reading() as theirs:
        for ref in ("NM-1", "NM-2", "NM-3"):
            one, other = ours.workers.by_ref(ref), theirs.workers.by_ref(ref)
            assert (one.key, one.value, one.facts) == (other.key, other.value, other.facts)
            mine, same = ours.plans.current(one.key), theirs.plans.current(other.key)
            assert mine is not None
            assert same is not None
            assert (mine.code, mine.plan.matches[0].posting) == (same.code, same.plan.matches[0].posting)
        posting = theirs.postings.by_ref("P-1")
        assert (posting.value, posting.openings_left) == (ours.postings.by_ref("P-1").value, 1)
        assert theirs.settings.get(SettingName.OFFICE_PHONE) == "0475-0000000"
        assert theirs.workers.find_same(a_worker("X", id_number=NUMBERS[0]))[0].key == one.key - 2


def test_only_the_villages_asked_for_go(home: Office, empty: Office) -> None:
    assert carry(home, empty, villages=(VILLAGE,)).figures.people_new == 2
    with empty.reading() as unit:
        assert unit.workers.count() == 2


def test_work_on_the_laptop_comes_back_once(home: Office, laptop: Office) -> None:
    with laptop.unit("coordinator") as unit:
        stored = unit.workers.by_ref("NM-2")
        plan = unit.plans.current(stored.key)
        assert plan is not None
        unit.plans.printed(plan.key, date(2026, 6, 23))
        unit.plans.answers.record(
            plan.key, plan.plan.matches[1].posting_key, AnswerKind.NOT_WANTED, on=date(2026, 6, 23), reason="嫌远"
        )
        [question] = unit.questions.of_person(unit.workers.by_ref("NM-1").key)
        unit.questions.answer(
            question.key, QuestionState.ANSWERED, "有电动车", worker_key=unit.workers.by_ref("NM-1").key
        )
        unit.cases.close([stored.key], on=date(2026, 6, 23))
        new = unit.workers.add(a_worker("LAP-1", name="新示例", id_number="", phone="19900000009"))
    change(laptop, "NM-3", "coordinator", phone="19900000077")
    plan_people(laptop, worker_ref="NM-3", as_of=date(2026, 6, 23), actor="coordinator")
    merged = carry(laptop, home)
    assert (merged.figures.conflicts, merged.figures.waiting, merged.figures.people_new) == (0, 0, 1)
    assert contents(home) == contents(laptop)
    with home.reading() as unit:
        assert unit.workers.by_ref("LAP-1").key == new
        assert unit.workers.by_ref("NM-3").value.phone == "19900000077"
        here = unit.plans.current(stored.key)
        assert here is not None
        assert here.printed_on == date(2026, 6, 23)
        assert [one.reason for one in unit.plans.answers.of_plan(here.key)] == ["嫌远"]
        assert unit.plans.answers.closed([stored.key]) == {stored.key: frozenset({here.plan.matches[1].posting_key})}
        fresh = unit.plans.current(unit.workers.by_ref("NM-3").key)
        assert fresh is not None
        assert fresh.plan.made_on == date(2026, 6, 23)
        assert [one.answer for one in unit.questions.of_person(unit.workers.by_ref("NM-1").key)] == ["有电动车"]
    before = home.store.contents()
    again = carry(laptop, home)
    assert again.nothing_new
    rows = {name: many for name, many in home.store.contents().rows.items() if before.rows[name] != many}
    assert set(rows) <= {"slice_event", "slice_base", "audit_entry"}


def test_who_started_on_the_laptop_takes_the_opening_here_once(home: Office, laptop: Office) -> None:
    with laptop.unit("coordinator") as unit:
        plan = unit.plans.current(unit.workers.by_ref("NM-2").key)
        assert plan is not None
        unit.plans.answers.record(plan.key, plan.plan.matches[0].posting_key, AnswerKind.STARTED, on=date(2026, 6, 23))
        assert unit.postings.by_ref("P-1").state is PostingState.FILLED
    for _ in range(2):
        assert carry(laptop, home).figures.conflicts == 0
    with home.reading() as unit:
        assert (unit.postings.by_ref("P-1").state, unit.postings.by_ref("P-1").openings_left) == (
            PostingState.FILLED,
            0,
        )


def test_slip_codes_and_case_numbers_never_meet(home: Office, laptop: Office) -> None:
    plan_people(laptop, as_of=date(2026, 6, 23), actor="coordinator")
    plan_people(home, as_of=date(2026, 6, 23), actor="window")
    keys = []
    for office, ref in ((home, "A-1"), (laptop, "B-1")):
        with office.unit("test") as unit:
            keys.append(unit.workers.add(a_worker(ref, name=ref, id_number="", phone="", village="北村")))
    assert len({case_number(key) for key in keys}) == 2
    merged = carry(laptop, home)
    assert merged.new_numbers == ()
    with home.reading() as unit:
        assert [unit.workers.by_ref(ref).key for ref in ("A-1", "B-1")] == keys
        codes = [plan.code for ref in ("NM-1", "NM-2") for plan in unit.plans.history(unit.workers.by_ref(ref).key)]
    assert len(codes) == len(set(codes)) == 6


def test_a_case_number_that_is_somebody_elses_is_given_anew_and_said(home: Office, laptop: Office) -> None:
    with home.unit("window") as unit:
        taken = unit.workers.add(a_worker("A-1", name="甲", id_number="", phone=""))
    with laptop.unit("test") as unit:
        unit.slices.book._count_from(taken - 1)
        assert unit.workers.add(a_worker("B-1", name="乙", id_number="", phone="")) == taken
    merged = carry(laptop, home)
    with home.reading() as unit:
        assert merged.new_numbers == (case_number(unit.workers.by_ref("B-1").key),)
        assert unit.workers.by_ref("A-1").key == taken


def test_the_office_goes_on_meanwhile_and_the_laptop_learns_it(home: Office, laptop: Office) -> None:
    change(home, "NM-1", phone="19900000055")
    assert carry(home, laptop).figures.people_changed == 1
    assert person(laptop).phone == "19900000055"
    change(laptop, "NM-1", "coordinator", phone="19900000066")
    carry(laptop, home)
    change(home, "NM-1", phone="19900000055")
    assert carry(home, laptop).figures.conflicts == 0
    assert person(laptop).phone == "19900000055"


def test_people_merged_on_the_laptop_are_one_here(home: Office, laptop: Office) -> None:
    with laptop.unit("coordinator") as unit:
        kept, gone = unit.workers.by_ref("NM-1"), unit.workers.by_ref("NM-2")
        unit.merges.merge(kept.key, gone.key, kept.value, kept.facts)
    carry(laptop, home)
    with home.reading() as unit:
        assert unit.workers.count() == 2
    assert contents(home) == contents(laptop)


def test_an_erased_person_does_not_come_back_and_goes_from_the_laptop(home: Office, laptop: Office) -> None:
    erase_person(home, "NM-2", reason="本人要求")
    merged = carry(laptop, home)
    assert merged.figures.erased == 1
    with home.reading() as unit:
        assert unit.workers.count() == 2
    assert carry(home, laptop).figures.conflicts == 0
    with laptop.reading() as unit:
        assert unit.workers.count() == 2
    assert contents(home) == contents(laptop)


def test_somebody_erased_on_the_laptop_is_named_to_the_office_and_stays(home: Office, laptop: Office) -> None:
    erase_person(laptop, "NM-2", reason="本人要求")
    assert carry(laptop, home).erased_there == 1
    with home.reading() as unit:
        assert unit.workers.count() == 3
    assert carry(home, laptop).figures.erased == 1
    with laptop.reading() as unit:
        assert unit.workers.count() == 2


def test_an_erased_person_who_is_on_a_later_roster_is_a_new_person_on_both_sides(home: Office, laptop: Office) -> None:
    erase_person(home, "NM-2", reason="本人要求")
    carry(home, laptop)
    with home.unit("window") as unit:
        unit.workers.add(a_worker("NM-2", name="王示例", id_number=NUMBERS[1]))
    assert carry(home, laptop).figures.people_new == 1
    change(laptop, "NM-2", "coordinator", phone="19900000088")
    assert carry(laptop, home).figures.people_changed == 1
    assert person(home, "NM-2").phone == "19900000088"


def test_nothing_is_left_of_an_erased_person_in_the_book_of_the_exchange(home: Office, laptop: Office) -> None:
    change(home, "NM-2", phone="19900000011")
    change(laptop, "NM-2", "coordinator", phone="19900000022")
    assert carry(laptop, home).figures.conflicts == 1
    [[side]] = export_person(home, "NM-2", reason="本人要求")["conflicts"]
    assert side["body"]["phone"] == "19900000022"
    erase_person(home, "NM-2", reason="本人要求")
    with home.reading() as unit:
        assert unit.slices.conflicts.open() == []
    assert carry(laptop, home).figures.erased == 1


def test_a_laptop_says_of_the_office_what_the_office_says_and_never_the_other_way(home: Office, laptop: Office) -> None:
    (home.config.home / "policy.toml").write_text(
        '[[plan.valid_days]]\nvalue = 10\nunit = "day"\nsince = 2026-01-01\nbasis = "practice"\n', encoding="utf-8"
    )
    home.__dict__.pop("policies", None)
    with laptop.unit("x") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-1111111")
    assert carry(laptop, home).other_policy
    assert not carry(home, laptop).other_policy
    assert laptop.policy.at(laptop.today()).whole("plan.valid_days") == 10
    for office in (home, laptop):
        with office.reading() as unit:
            assert unit.settings.get(SettingName.OFFICE_PHONE) == "0475-0000000"

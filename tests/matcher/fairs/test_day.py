"""Inviting, the door and the booths of a fair, and what the cases hear of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import FairResult, FairState, masked_name
from matcher.domain.run import MatchRun
from matcher.fairs.booth import people_at, record, take_back
from matcher.fairs.door import (
    WalkIn,
    check_in,
    complete,
    enter_known,
    find,
    known_people,
    missing,
    not_coming,
    walk_in,
)
from matcher.fairs.feeding import enrol, feed, hear
from matcher.fairs.fitting import Fit
from matcher.fairs.inviting import invite, share_out
from matcher.fairs.lists import expected_at, guests_of, villages_of
from matcher.fairs.making import add_employers, move_fair
from matcher.office import Office
from matcher.stored_rows import posting_row
from tests.matcher.fairs.hall import (
    COOKS,
    ID_NUMBER,
    PEOPLE,
    PHONE,
    SEWING,
    a_fair,
    an_open_fair,
    place_of,
    the_fair,
    visitor,
)
from tests.web.made_up import a_match, a_plan


def test_people_are_invited_to_what_suits_them_and_led_in_the_order_of_the_hall(office: Office) -> None:
    fair = an_open_fair(office)
    with office.reading() as unit:
        routes = {one.visitor.name: [stop.posting.title for stop in one.stops] for one in guests_of(unit, fair)}
    assert "缝纫工" in routes["包示例"]
    assert "厨师" in routes["白示例"]
    assert "保洁员" in routes["李示例"]
    order = ["缝纫工", "服务员", "厨师", "保洁员"]
    assert all(titles == sorted(titles, key=order.index) for titles in routes.values())


def test_at_most_so_many_come_for_each_opening_the_best_first(office: Office) -> None:
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        row = posting_row(unit.postings.by_ref("P-4"), office)
    each = policy.whole("fairs.invited_per_opening")
    found = [Fit(person, 0, 1.0 - person / 100) for person in range(each + 3)]
    assert share_out(found, [row], policy) == found[:each]


def test_inviting_again_keeps_who_has_come_and_nobody_twice(office: Office) -> None:
    fair = an_open_fair(office)
    came = check_in(office, fair, visitor(office, fair, "包示例").key, actor="door")
    invite(office, fair, actor="test")
    with office.reading() as unit:
        people = unit.fairs.visitors.of(fair.key)
    assert len({one.worker_key for one in people}) == len(people)
    assert visitor(office, fair, "包示例").code == came.code


def test_nobody_can_be_invited_to_an_empty_hall(office: Office) -> None:
    with pytest.raises(InputRefused, match="没有能进场的岗位"):
        invite(office, a_fair(office), actor="test")


def test_villages_have_their_seats_and_who_stays_away_takes_none(office: Office) -> None:
    fair = an_open_fair(office)
    with office.reading() as unit:
        before = {one.village: one.seats for one in villages_of(office, unit, fair)}
    not_coming(office, fair, visitor(office, fair, "包示例").key, away=True, actor="x")
    with office.reading() as unit:
        after = {one.village: one.seats for one in villages_of(office, unit, fair)}
        expected = [one.name for booth in expected_at(unit, fair) for _, people in booth.postings for one in people]
    assert after["东村"] == before["东村"] - 1
    assert "包示例" not in expected


@pytest.mark.parametrize("typed", ["code", "包示例", "包", "bsl", "1234"])
def test_somebody_is_found_by_code_name_initials_and_phone(office: Office, typed: str) -> None:
    fair = an_open_fair(office)
    text = visitor(office, fair, "包示例").code if typed == "code" else typed
    with office.reading() as unit:
        assert "包示例" in [one.name for one in find(unit, fair, text)]
        assert find(unit, fair, "没有此人") == []


def test_checking_in_twice_is_once_and_a_wrong_tap_is_taken_back(office: Office) -> None:
    fair = an_open_fair(office)
    key = visitor(office, fair, "王示例").key
    first, second = (check_in(office, fair, key, actor="door") for _ in range(2))
    assert first.arrived_at == second.arrived_at
    assert check_in(office, fair, key, actor="door", back=True).arrived_at is None
    with office.reading() as unit:
        assert unit.fairs.visitors.counts(fair.key)[1] == 0


def test_a_walk_in_is_understood_matched_and_asked_for_what_is_missing(office: Office) -> None:
    fair = an_open_fair(office)
    entered = walk_in(
        office, fair, WalkIn(name="新示例", village="东村", can_do="会踩缝纫机，干过服装厂"), actor="door"
    )
    assert not entered.understood.nothing
    assert not entered.only_ask
    with office.reading() as unit:
        titles = [unit.postings.get(stop.posting_key).value.title for stop in entered.visitor.facts.route]
    assert "缝纫工" in titles
    assert entered.visitor.home_code == "150525100"
    assert missing(entered.visitor) == ("sex", "age", "phone")
    done = complete(office, fair, entered.visitor.key, sex="female", age=44, phone="19900009999", actor="door")
    assert (missing(done), done.facts.age_band) == ((), "35–44")


@pytest.mark.parametrize("wrong", [WalkIn(name=" "), WalkIn(name="新示例", age=8), WalkIn(name="新示例", phone="12a")])
def test_a_walk_in_that_makes_no_sense_is_refused_in_one_line(office: Office, wrong: WalkIn) -> None:
    fair = an_open_fair(office)
    with pytest.raises(InputRefused, match="没有登记"):
        walk_in(office, fair, wrong, actor="door")
    with office.reading() as unit:
        assert unit.fairs.visitors.counts(fair.key)[2] == 0


def test_many_who_walk_in_at_once_all_get_in_with_a_code_of_their_own(office: Office) -> None:
    fair = an_open_fair(office)
    _ = office.tools

    def enter(number: int) -> str:
        return walk_in(office, fair, WalkIn(name=f"新{number}示例", can_do="会踩缝纫机"), actor="door").visitor.code

    with ThreadPoolExecutor(8) as doors:
        codes = list(doors.map(enter, range(16)))
    assert len(set(codes)) == 16
    with office.reading() as unit:
        assert unit.fairs.visitors.counts(fair.key)[2] == 16


def test_somebody_of_the_list_who_was_not_invited_is_let_in_as_themselves(office: Office) -> None:
    fair = a_fair(office)
    add_employers(office, fair, [SEWING], actor="x")
    for state in (FairState.INVITED, FairState.OPEN):
        move_fair(office, the_fair(office, fair.key), state, actor="x")
    fair = the_fair(office, fair.key)
    with office.reading() as unit:
        assert known_people(unit, fair, "示例", whole=True) == []
        [known] = known_people(unit, fair, "包示例", whole=True)
    entered = enter_known(office, fair, known.worker_key, actor="door")
    assert entered.worker_key == known.worker_key
    with office.reading() as unit:
        assert known_people(unit, fair, "包示例", whole=True) == []


def test_nobody_passes_a_door_that_is_not_open(office: Office) -> None:
    fair = a_fair(office)
    with pytest.raises(InputRefused, match="没有开门"):
        walk_in(office, fair, WalkIn(name="新示例"), actor="door")


def test_a_booth_sees_who_has_come_and_notes_what_came_of_it(office: Office) -> None:
    fair = an_open_fair(office)
    person, place = visitor(office, fair, "包示例"), place_of(office, fair, "缝纫工")
    with office.reading() as unit:
        [booth] = [one for one in unit.fairs.booths.of(fair.key) if one.employer == SEWING]
        assert people_at(unit, fair, booth.key, unit.fairs.visitors.of(fair.key)) == []
    check_in(office, fair, person.key, actor="door")
    record(office, fair, person.key, place, FairResult.TALKED, actor="booth")
    record(office, fair, person.key, place, FairResult.INTENT, actor="booth")
    with office.reading() as unit:
        [here] = [one for one in people_at(unit, fair, booth.key, unit.fairs.visitors.of(fair.key)) if one.results]
    assert here.latest is not None
    assert (here.latest.result, len(here.results)) == (FairResult.INTENT, 1)
    take_back(office, fair, person.key, place, actor="booth")
    with office.reading() as unit:
        assert unit.fairs.results.of(fair.key) == []


def test_a_result_at_a_booth_is_an_arrival_and_a_no_needs_its_why(office: Office) -> None:
    fair = an_open_fair(office)
    person, place = visitor(office, fair, "王示例"), place_of(office, fair, "服务员")
    with pytest.raises(InputRefused, match="原因"):
        record(office, fair, person.key, place, FairResult.UNSUITED, actor="booth")
    with pytest.raises(RecordNotFound):
        record(office, fair, person.key, 999, FairResult.TALKED, actor="booth")
    record(office, fair, person.key, place, FairResult.UNSUITED, reason="pay", actor="booth")
    assert visitor(office, fair, "王示例").arrived_at is not None


def test_what_did_not_suit_is_not_suggested_again_until_the_advert_changes(office: Office) -> None:
    fair = an_open_fair(office)
    person, place = visitor(office, fair, "王示例"), place_of(office, fair, "服务员")
    record(office, fair, person.key, place, FairResult.UNSUITED, reason="pay", actor="booth")
    with office.unit() as unit:
        posting = unit.postings.by_ref("P-2")
        assert unit.plans.answers.closed([person.worker_key or 0]) == {person.worker_key: frozenset({posting.key})}
        unit.postings.replace(posting.key, replace(posting.value, wage_text="4000元"), posting.facts)
        assert unit.plans.answers.closed([person.worker_key or 0]) == {}


def _plan_with(office: Office, worker_key: int, posting_key: int) -> int:
    with office.unit() as unit:
        run = unit.runs.create(MatchRun(division="150525", as_of=office.today(), started_by="x"))
        made = replace(a_plan(worker_key, posting_key), matches=(a_match(posting_key),))
        return unit.plans.put_many(run, [made])[0]


def test_the_case_hears_once_of_what_stood_in_its_plan(office: Office) -> None:
    fair = an_open_fair(office)
    person, place = visitor(office, fair, "包示例"), place_of(office, fair, "缝纫工")
    with office.reading() as unit:
        posting = unit.postings.by_ref("P-1").key
    plan = _plan_with(office, person.worker_key or 0, posting)
    record(office, fair, person.key, place, FairResult.INTENT, actor="booth")
    assert [feed(office, fair, actor="x").told for _ in range(2)] == [1, 0]
    with office.reading() as unit:
        [answer] = unit.plans.answers.of_plan(plan)
    assert (answer.kind, answer.posting_key) == (AnswerKind.WANTED, posting)
    with pytest.raises(InputRefused, match="已经记入"):
        take_back(office, fair, person.key, place, actor="booth")


def test_a_start_heard_on_the_telephone_takes_an_opening_even_outside_the_plan(office: Office) -> None:
    fair = an_open_fair(office)
    person, place = visitor(office, fair, "包示例"), place_of(office, fair, "缝纫工")
    with pytest.raises(RecordNotFound):
        hear(office, fair, person.key, place, FairResult.STARTED, actor="x")
    record(office, fair, person.key, place, FairResult.INTENT, actor="booth")
    move_fair(office, fair, FairState.CLOSED, actor="x")
    hear(office, the_fair(office, fair.key), person.key, place, FairResult.STARTED, actor="x")
    with office.reading() as unit:
        assert unit.postings.by_ref("P-1").openings_left == 1


def test_walk_ins_come_onto_the_list_once_and_known_ones_are_recognised(office: Office) -> None:
    fair = an_open_fair(office)
    walk_in(office, fair, WalkIn(name="新示例", village="东村", can_do="会电焊"), actor="door")
    twin = walk_in(office, fair, WalkIn(name="包示例", village="东村", phone=PHONE), actor="door")
    assert [enrol(office, fair, actor="x") for _ in range(2)] == [(1, 1), (0, 1)]
    with office.reading() as unit:
        assert unit.workers.count() == len(PEOPLE) + 1
        assert unit.fairs.visitors.get(fair.key, twin.visitor.key).worker_key is None
        assert unit.workers.by_ref(visitor(office, fair, "新示例").code).value.remarks == "会电焊"


def test_an_employer_that_hires_nobody_fair_after_fair_is_counted(office: Office) -> None:
    for _ in range(2):
        fair = an_open_fair(office)
        move_fair(office, fair, FairState.CLOSED, actor="x")
    with office.reading() as unit:
        counts = unit.fairs.booths.without_hire()
    assert set(counts.values()) == {2}
    fair = an_open_fair(office)
    record(
        office, fair, visitor(office, fair, "白示例").key, place_of(office, fair, "厨师"), FairResult.INTENT, actor="b"
    )
    move_fair(office, fair, FairState.CLOSED, actor="x")
    with office.reading() as unit:
        counts = unit.fairs.booths.without_hire()
    assert sorted(counts.values()) == [3, 3]
    assert COOKS not in counts


def test_a_fair_knows_no_identity_number_and_no_whole_phone_of_the_list(office: Office) -> None:
    fair = an_open_fair(office)
    person = visitor(office, fair, "包示例")
    text = msgspec.json.encode(person).decode()
    assert ID_NUMBER not in text
    assert PHONE not in text
    assert person.facts.phone == PHONE[-4:]
    assert masked_name(person.name) == "包*"

"""A fair is made, its hall filled, moved through its states, copied; a held posting stands nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.fairs import FairState
from matcher.domain.posting import PostingState
from matcher.fairs.making import (
    add_booth,
    add_employers,
    booth_views,
    change_booth,
    change_fair,
    copy_fair,
    make_fair,
    move_fair,
    offered_by,
    place_postings,
    remove_booth,
)
from matcher.office import Office
from tests.matcher.fairs.hall import CLEANERS, COOKS, DIVISION, FAIR_DAY, SEWING, a_fair, the_fair


def _hall(office: Office, key: int) -> list[tuple[str, str, list[str]]]:
    with office.reading() as unit:
        views = booth_views(office, unit, the_fair(office, key))
    return [(one.booth.number, one.booth.employer, [at.stored.value.title for at in one.standing]) for one in views]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"ends_on": FAIR_DAY - timedelta(days=1)},
        {"ends_on": FAIR_DAY + timedelta(days=60)},
        {"opens_at": "9点"},
        {"closes_at": "08:00"},
        {"ref": "春"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_stored(office: Office, wrong: dict[str, object]) -> None:
    with pytest.raises(InputRefused, match="没有保存"):
        a_fair(office, **wrong)
    with office.reading() as unit:
        assert unit.fairs.count() == 0


def test_two_fairs_of_one_day_have_two_references(office: Office) -> None:
    assert [a_fair(office).ref, a_fair(office).ref] == ["20260620-150525", "20260620-150525-2"]


def test_a_fair_of_another_division_is_out_of_reach(office: Office) -> None:
    fair = a_fair(office)
    with pytest.raises(RecordNotFound):
        make_fair(office, replace(fair, ref="other", uid=""), scope="150523", actor="x")
    with office.reading() as unit:
        assert unit.fairs.all(division="150523") == []
        assert unit.fairs.all(division=DIVISION, owner="somebody else") == []
        with pytest.raises(RecordNotFound):
            unit.fairs.get(fair.key, division="150523")


def test_employers_stand_with_all_their_open_postings(office: Office) -> None:
    fair = a_fair(office)
    assert add_employers(office, fair, [SEWING, COOKS, SEWING], actor="x") == 2
    assert add_employers(office, fair, [COOKS], actor="x") == 0
    assert _hall(office, fair.key) == [("A01", SEWING, ["缝纫工"]), ("A02", COOKS, ["服务员", "厨师"])]


def test_a_held_posting_stands_at_no_booth(office: Office) -> None:
    fair = a_fair(office)
    with office.unit() as unit:
        held = unit.postings.by_ref("P-1").key
        unit.postings.set_state(held, PostingState.HELD, why="HELD_BY_STAFF")
    booth = add_booth(office, fair, SEWING, actor="x")
    with pytest.raises(InputRefused, match="不能进场"):
        place_postings(office, fair, booth, [held], actor="x")
    assert _hall(office, fair.key) == [("A01", SEWING, [])]


def test_doors_stay_shut_while_a_posting_at_a_booth_is_held(office: Office) -> None:
    fair = a_fair(office)
    add_employers(office, fair, [SEWING], actor="x")
    move_fair(office, fair, FairState.INVITED, actor="x")
    with office.unit() as unit:
        unit.postings.set_state(unit.postings.by_ref("P-1").key, PostingState.HELD, why="HELD_BY_STAFF")
    with pytest.raises(InputRefused, match="缝纫工"):
        move_fair(office, the_fair(office, fair.key), FairState.OPEN, actor="x")


def test_what_is_not_known_is_said_beside_the_posting_and_keeps_nobody_away(office: Office) -> None:
    fair = a_fair(office)
    with office.unit() as unit:
        stored = unit.postings.by_ref("P-2")
        bare = replace(
            stored.value, verified_on=None, verified_by="", wage_text="", openings=None, deadline=date(2026, 6, 16)
        )
        unit.postings.replace(stored.key, bare, stored.facts)
    add_employers(office, fair, [COOKS], actor="x")
    with office.reading() as unit:
        [view] = booth_views(office, unit, fair)
    [waiter] = [one for one in view.standing if one.stored.value.title == "服务员"]
    assert [one.code for one in waiter.against] == ["ENDS_BEFORE", "NOT_VERIFIED", "NO_NUMBER", "NO_PAY"]
    assert not waiter.blocked


def test_booths_move_through_the_hall_and_keep_their_numbers(office: Office) -> None:
    fair = a_fair(office)
    add_employers(office, fair, [SEWING, COOKS, CLEANERS], actor="x")
    with office.reading() as unit:
        keys = {one.employer: one.key for one in unit.fairs.booths.of(fair.key)}
    change_booth(office, fair, keys[CLEANERS], number="a03", note="门口", step=-1, actor="x")
    assert [employer for _, employer, _ in _hall(office, fair.key)] == [SEWING, CLEANERS, COOKS]
    with pytest.raises(InputRefused, match="A01"):
        change_booth(office, fair, keys[CLEANERS], number="A01", note="", step=0, actor="x")
    remove_booth(office, fair, keys[SEWING], actor="x")
    assert [number for number, _, _ in _hall(office, fair.key)] == ["A03", "A02"]
    with office.reading() as unit:
        cooks = unit.fairs.booths.get(fair.key, keys[COOKS])
        assert offered_by(office, unit, fair, cooks) == []


def test_a_booth_of_another_fair_is_not_found(office: Office) -> None:
    one, other = a_fair(office), a_fair(office)
    booth = add_booth(office, one, SEWING, actor="x")
    with pytest.raises(RecordNotFound):
        remove_booth(office, other, booth, actor="x")


def test_states_go_step_by_step_and_only_from_where_they_were_seen(office: Office) -> None:
    fair = a_fair(office)
    with pytest.raises(InputRefused, match="一步一步"):
        move_fair(office, fair, FairState.OPEN, actor="x")
    move_fair(office, fair, FairState.INVITED, actor="x")
    with pytest.raises(EditConflict):
        move_fair(office, fair, FairState.INVITED, actor="x")


def test_of_two_people_who_change_a_fair_the_second_is_told(office: Office) -> None:
    fair = a_fair(office)
    with office.reading() as unit:
        seen = unit.fairs.revision(fair.key)
    change_fair(office, replace(fair, place="新体育馆"), scope="", actor="x", revision=seen)
    with pytest.raises(EditConflict):
        change_fair(office, replace(fair, place="广场"), scope="", actor="y", revision=seen)
    assert the_fair(office, fair.key).place == "新体育馆"


def test_last_years_fair_comes_again_without_what_is_over(office: Office) -> None:
    fair = a_fair(office)
    add_employers(office, fair, [SEWING, COOKS], actor="x")
    with office.unit() as unit:
        stored = unit.postings.by_ref("P-4")
        unit.postings.replace(stored.key, replace(stored.value, deadline=date(2026, 6, 30)), stored.facts)
    key = copy_fair(office, fair, date(2026, 9, 1), owner="me", actor="me")
    again = the_fair(office, key)
    assert (again.starts_on, again.owner, again.state) == (date(2026, 9, 1), "me", FairState.PREPARING)
    assert _hall(office, key) == [("A01", SEWING, ["缝纫工"]), ("A02", COOKS, ["服务员"])]

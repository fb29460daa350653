"""A claim from the full three months to the money, and everything that keeps it from being made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.claims.claiming import decide, pay, prepare_claim, undo
from matcher.claims.person_clock import clocks_of
from matcher.claims.timers import timers
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.intake.life import LifeKind
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.claim import ClaimRefused, ClaimState
from matcher.domain.service.ladder import ProofKind
from matcher.domain.service.timer import TimerState
from matcher.domain.worker import HouseholdType
from matcher.listings import Scope
from tests.matcher.claims.desks import ALL, Desk

BEGAN = date(2026, 3, 1)


def shown(desk: Desk, kind: str = "STABILITY") -> dict[int, TimerState]:
    """What the clocks of a kind show, by the number of the person."""
    policy = desk.office.policy.at(desk.office.today())
    with desk.office.reading() as unit:
        found = timers(unit, ALL, policy)
        slow = {
            (key, clock.kind.code): clock.timer.state
            for key in desk.people
            for clock in clocks_of(unit, key, ALL, policy)
        }
    assert all(slow[one.worker_key, one.kind] is one.state for one in found)
    return {desk.people.index(one.worker_key): one.state for one in found if one.kind == kind}


def test_the_clocks_of_everybody_are_those_of_each(desk: Desk) -> None:
    proved = desk.work(0, BEGAN)
    desk.prove(0, proved, BEGAN)
    desk.work(1, date(2026, 3, 30))
    desk.work(2, date(2026, 6, 1))
    assert shown(desk) == {0: TimerState.MAY_CLAIM, 1: TimerState.DUE_SOON, 2: TimerState.NOT_YET}
    desk.clock.move(8)
    assert shown(desk)[1] is TimerState.MISSING_PROOF


def test_from_the_claim_to_the_money(desk: Desk) -> None:
    key = desk.ready()
    assert shown(desk) == {0: TimerState.CLAIMED}
    with pytest.raises(ClaimRefused) as again:
        prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    assert again.value.code == "CLAIM_THERE"
    decide(desk.office, key, ClaimState.APPROVED, ALL, actor="banner")
    with desk.office.unit("window") as unit:
        unit.claims.move(unit.claims.get(key), ClaimState.POSTED, on=desk.office.today())
        unit.claims.move(unit.claims.get(key), ClaimState.PUBLICISED, on=desk.office.today())
    with pytest.raises(ClaimRefused) as no_amount:
        pay(desk.office, [key], ALL, actor="banner", on=desk.office.today())
    assert no_amount.value.code == "CLAIM_NEEDS_AMOUNT"
    decide(desk.office, key, ClaimState.PAID, ALL, actor="banner", yuan=600)
    assert shown(desk) == {0: TimerState.PAID}
    undo(desk.office, key, ALL, actor="banner", reason="银行退回")
    assert desk.state(key) is ClaimState.PUBLICISED


def test_paying_a_list_is_whole_or_nothing(desk: Desk) -> None:
    keys = [desk.approved(0), desk.approved(1)]
    with desk.office.unit("window") as unit:
        unit.claims.move(unit.claims.get(keys[0]), ClaimState.POSTED, on=desk.office.today())
        unit.claims.move(unit.claims.get(keys[0]), ClaimState.PUBLICISED, on=desk.office.today())
    with pytest.raises(ClaimRefused):
        pay(desk.office, keys, ALL, actor="banner", on=desk.office.today())
    assert desk.state(keys[0]) is ClaimState.PUBLICISED
    assert pay(desk.office, keys[:1], ALL, actor="banner", on=desk.office.today()) == 1


def test_what_broke_off_or_is_not_full_cannot_be_claimed(desk: Desk) -> None:
    for number, (began, ended, code) in enumerate(
        [
            (date(2026, 3, 1), date(2026, 5, 20), "CLAIM_TOO_EARLY"),
            (date(2026, 4, 10), None, "CLAIM_TOO_EARLY"),
            (date(2026, 3, 1), None, "CLAIM_NO_PROOF"),
        ]
    ):
        desk.work(number, began, ended=ended)
        with pytest.raises(ClaimRefused) as refused:
            prepare_claim(desk.office, desk.people[number], "STABILITY", ALL, actor="window")
        assert refused.value.code == code


def test_a_telephone_call_proves_nothing(desk: Desk) -> None:
    spell = desk.work(0, BEGAN)
    desk.prove(0, spell, BEGAN, kind=ProofKind.PHONE_CALL)
    assert shown(desk) == {0: TimerState.MISSING_PROOF}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"household_type": HouseholdType.ORDINARY}, "CLAIM_STOPPED_BELONGS"),
        ({"public_post": True}, "CLAIM_STOPPED_PUBLIC_POST"),
        ({"ledger": Ledger(transport_yuan_per_year=300)}, "CLAIM_STOPPED_LEDGER"),
        ({"ledger": Ledger(transport_claimed=True)}, "CLAIM_STOPPED_LEDGER"),
    ],
)
def test_what_the_roster_says_against_it(desk: Desk, changes: dict[str, Any], code: str) -> None:
    spell = desk.work(0, BEGAN)
    desk.prove(0, spell, BEGAN)
    with desk.office.unit("window") as unit:
        stored = unit.workers.get(desk.people[0])
        unit.workers.replace(desk.people[0], replace(stored.value, **changes))
    with pytest.raises(ClaimRefused) as refused:
        prepare_claim(desk.office, desk.people[0], "TRANSPORT", ALL, actor="window")
    assert refused.value.code == code


def test_work_in_the_home_banner_gets_no_travel_money(desk: Desk) -> None:
    spell = desk.work(0, BEGAN, place="奈曼旗大沁他拉镇")
    desk.prove(0, spell, BEGAN)
    with pytest.raises(ClaimRefused) as refused:
        prepare_claim(desk.office, desk.people[0], "TRANSPORT", ALL, actor="window")
    assert refused.value.code == "CLAIM_STOPPED_AWAY"
    assert prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")


def test_two_places_on_the_same_days_are_asked_about_first(desk: Desk) -> None:
    spell = desk.work(0, BEGAN)
    desk.work(0, date(2026, 4, 1), place="沈阳市")
    desk.prove(0, spell, BEGAN)
    with pytest.raises(ClaimRefused) as refused:
        prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    assert refused.value.code == "CLAIM_STOPPED_OVERLAP"


def test_who_died_claims_nothing_and_stands_on_no_list(desk: Desk) -> None:
    spell = desk.work(0, BEGAN)
    desk.prove(0, spell, BEGAN)
    with desk.office.unit("window") as unit:
        unit.life.add(desk.people[0], LifeKind.DIED, on=desk.office.today())
    assert shown(desk) == {}
    with pytest.raises(ClaimRefused) as refused:
        prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    assert refused.value.code == "CLAIM_STOPPED_HERE"


def test_a_refused_claim_can_be_made_again_and_the_year_holds_one(desk: Desk) -> None:
    key = desk.ready()
    with pytest.raises(ClaimRefused):
        decide(desk.office, key, ClaimState.REFUSED, ALL, actor="banner", note=" ")
    decide(desk.office, key, ClaimState.REFUSED, ALL, actor="banner", note="工资条对不上")
    assert shown(desk) == {0: TimerState.REFUSED}
    other = prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    with pytest.raises(EditConflict):
        undo(desk.office, key, ALL, actor="banner", reason="弄错了")
    assert desk.state(other) is ClaimState.CLAIMED


def test_later_work_of_the_same_year_is_not_paid_twice(desk: Desk) -> None:
    first = desk.work(0, date(2025, 10, 1), ended=date(2026, 2, 1))
    desk.prove(0, first, date(2025, 10, 1))
    desk.clock.move(-115)
    prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    desk.clock.move(115)
    later = desk.work(0, date(2026, 3, 1))
    desk.prove(0, later, date(2026, 3, 1))
    with pytest.raises(ClaimRefused) as refused:
        prepare_claim(desk.office, desk.people[0], "STABILITY", ALL, actor="window")
    assert refused.value.code == "CLAIM_STOPPED_ONE_CLAIM"


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        (ClaimState.PAID, {}, "CLAIM_NOT_NOW"),
        (ClaimState.POSTED, {}, "CLAIM_NOT_NOW"),
        (ClaimState.WITHDRAWN, {}, "CLAIM_NEEDS_REASON"),
        (ClaimState.APPROVED, {"yuan": 0}, "CLAIM_BAD_AMOUNT"),
        (ClaimState.APPROVED, {"on": date(2026, 6, 23)}, "CLAIM_BAD_DAY"),
        (ClaimState.APPROVED, {"on": date(2026, 6, 21)}, "CLAIM_BAD_DAY"),
    ],
)
def test_steps_that_cannot_be_taken(desk: Desk, state: ClaimState, more: dict[str, Any], code: str) -> None:
    key = desk.ready()
    with pytest.raises(ClaimRefused) as refused:
        decide(desk.office, key, state, ALL, actor="window", **more)
    assert refused.value.code == code
    assert desk.state(key) is ClaimState.CLAIMED


def test_claims_of_other_divisions_are_not_there(desk: Desk) -> None:
    key, elsewhere = desk.ready(), Scope(division="150523")
    with pytest.raises(RecordNotFound):
        decide(desk.office, key, ClaimState.APPROVED, elsewhere, actor="window")
    with pytest.raises(RecordNotFound):
        prepare_claim(desk.office, desk.people[1], "STABILITY", elsewhere, actor="window")
    with pytest.raises(RecordNotFound):
        pay(desk.office, [key], Scope(villages=("东村",)), actor="window", on=desk.office.today())

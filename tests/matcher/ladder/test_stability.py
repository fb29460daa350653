"""Three months in work: tables a civil servant can read, and what must hold for any spells and proofs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.ladder import add_months, full_months, stability
from matcher.policy import load_policy

ON = date(2026, 9, 30)
POLICY = load_policy().at(ON)


def a_spell(start: str, end: str = "", key: int = 1) -> Spell:
    """Work from a day to a day, or still going on."""
    ended = date.fromisoformat(end) if end else None
    return Spell(key=key, worker_key=1, started_on=date.fromisoformat(start), ended_on=ended, said_by=SaidBy.WORKER)


def a_proof(kind: ProofKind, first: str, last: str, told: str, key: int = 1) -> Proof:
    """Something shown on a day about some days."""
    days = (date.fromisoformat(day) for day in (first, last, told))
    from_on, until_on, told_on = days
    return Proof(worker_key=1, spell_key=key, kind=kind, from_on=from_on, until_on=until_on, told_on=told_on)


@pytest.mark.parametrize(
    ("spells", "on", "months", "gap", "reached"),
    [
        ([("2026-03-01", "")], "2026-05-31", 2, 0, False),
        ([("2026-03-01", "")], "2026-06-01", 3, 0, True),
        ([("2026-03-01", "2026-05-31")], "2026-09-30", 3, 0, True),
        ([("2026-03-01", "2026-05-30")], "2026-09-30", 2, 0, False),
        ([("2026-11-30", "")], "2027-02-28", 3, 0, True),
        # fifteen free days are bridged, but are not work: the months are full fifteen days later
        ([("2026-03-01", "2026-04-15"), ("2026-05-01", "")], "2026-06-01", 2, 15, False),
        ([("2026-03-01", "2026-04-15"), ("2026-05-01", "")], "2026-06-16", 3, 15, True),
        # sixteen are not: the count begins anew
        ([("2026-03-01", "2026-04-14"), ("2026-05-01", "")], "2026-07-31", 2, 0, False),
        # two at once count once
        ([("2026-03-01", "2026-05-01"), ("2026-04-01", "")], "2026-05-31", 2, 0, False),
        ([], "2026-06-01", 0, 0, False),
        ([("2026-07-01", "")], "2026-06-01", 0, 0, False),
    ],
)
def test_full_months(spells: list[tuple[str, str]], on: str, months: int, gap: int, reached: bool) -> None:
    told = [a_spell(*spell, key=number) for number, spell in enumerate(spells, 1)]
    found = stability(told, (), POLICY, date.fromisoformat(on))
    assert (found.months, found.gap_days, found.reached) == (months, gap, reached)
    assert not found.proved


@pytest.mark.parametrize(
    ("proofs", "proved"),
    [
        ([(ProofKind.EMPLOYER_PROOF, "2026-03-01", "2026-06-30", "2026-07-01")], True),
        ([(ProofKind.VILLAGE_PROOF, "2026-03-01", "2026-06-30", "2026-07-01")], True),
        # nothing is proved beyond the day it was shown
        ([(ProofKind.EMPLOYER_PROOF, "2026-03-01", "2026-06-30", "2026-05-20")], False),
        # a call is heard, never a proof
        ([(ProofKind.PHONE_CALL, "2026-03-01", "2026-06-30", "2026-07-01")], False),
        # a contract alone says what was agreed; with a later call it holds as long as somebody was there
        ([(ProofKind.CONTRACT, "2026-03-01", "2027-02-28", "2026-03-01")], False),
        (
            [
                (ProofKind.CONTRACT, "2026-03-01", "2027-02-28", "2026-03-01"),
                (ProofKind.PHONE_CALL, "2026-06-02", "2026-06-02", "2026-06-02"),
            ],
            True,
        ),
        # three pay slips
        ([(ProofKind.PAY_SLIP, f"2026-0{month}-01", f"2026-0{month}-28", "2026-07-05") for month in (3, 4, 5)], True),
        ([(ProofKind.PAY_SLIP, f"2026-0{month}-01", f"2026-0{month}-28", "2026-07-05") for month in (3, 4)], False),
        ([(ProofKind.INSURANCE_RECORD, "2026-03-01", "2026-04-30", "2026-07-05")], False),
    ],
)
def test_only_what_was_shown_proves(proofs: list[tuple[ProofKind, str, str, str]], proved: bool) -> None:
    shown = [a_proof(*proof) for proof in proofs]
    found = stability([a_spell("2026-03-01")], shown, POLICY, date(2026, 7, 10))
    assert found.reached
    assert found.proved is proved


def test_a_proof_of_other_work_proves_nothing() -> None:
    shown = [a_proof(ProofKind.EMPLOYER_PROOF, "2026-03-01", "2026-06-30", "2026-07-01", key=9)]
    assert stability([a_spell("2026-03-01")], shown, POLICY, date(2026, 7, 10)).proved_days == 0


def test_says_from_when_to_when_and_when_the_months_will_be_full() -> None:
    found = stability([a_spell("2026-08-10")], (), POLICY, ON)
    assert (found.since, found.until, found.running, found.reached_on) == (
        date(2026, 8, 10),
        ON,
        True,
        date(2026, 11, 10),
    )
    over = stability([a_spell("2026-08-10", "2026-09-09")], (), POLICY, ON)
    assert (over.until, over.running, over.days) == (date(2026, 9, 9), False, 31)


DAYS = st.integers(0, 400).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
SPELLS = st.lists(st.tuples(DAYS, st.none() | st.integers(0, 200)), max_size=5)
PROOFS = st.lists(st.tuples(st.sampled_from(ProofKind), DAYS, st.integers(0, 200), DAYS, st.integers(1, 5)), max_size=6)


@given(SPELLS, PROOFS, DAYS)
def test_never_more_proved_than_worked_nor_more_worked_than_passed(
    spells: list[tuple[date, int | None]], proofs: list[tuple[ProofKind, date, int, date, int]], on: date
) -> None:
    told = [
        Spell(
            key=number, worker_key=1, started_on=start, said_by=SaidBy.WORKER,
            ended_on=None if length is None else start + timedelta(days=length),
        )
        for number, (start, length) in enumerate(spells, 1)
    ]  # fmt: skip
    shown = [
        Proof(
            worker_key=1, spell_key=key, kind=kind, from_on=first, until_on=first + timedelta(days=length), told_on=day
        )
        for kind, first, length, day, key in proofs
    ]
    found = stability(told, shown, POLICY, on)
    assert 0 <= found.proved_days <= found.days
    assert found.reached or not found.proved
    if found.since is not None and found.until is not None:
        assert found.days + found.gap_days <= (on - found.since).days + 1
        assert found.months == full_months(found.since, found.since + timedelta(days=found.days))
    else:
        assert found.days == 0
    without = stability(told, shown[1:], POLICY, on)
    assert without.proved_days <= found.proved_days
    assert found.proved or not without.proved


@given(DAYS, st.integers(0, 30))
def test_months_are_those_of_the_calendar(day: date, months: int) -> None:
    later = add_months(day, months)
    assert full_months(day, later) == months
    assert full_months(day, later - timedelta(days=1)) == max(months - 1, 0)

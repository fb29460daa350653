"""The clock counts the months as the proved count does, and shows one thing at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.claims.clock import (
    CheckFacts,
    Span,
    checks_of,
    claim_of,
    last_day_of,
    overlaps,
    state_of,
    stretch_of,
    tier_of,
)
from matcher.claims.kinds import kind_of, kinds, topics
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.ladder import Stability
from matcher.domain.service.policies.catalogue import Tier
from matcher.domain.service.timer import Settled, Stretch, TimerState
from matcher.ladder import stability
from matcher.policy import load_policy
from matcher.reference.offers import shipped_catalogue

ON = date(2026, 6, 22)
POLICY = load_policy().at(ON)
days = st.dates(date(2025, 10, 1), date(2026, 7, 15))
spans = st.lists(
    st.tuples(days, st.one_of(st.none(), st.integers(0, 120))).map(
        lambda one: (one[0], None if one[1] is None else one[0] + timedelta(days=one[1]))
    ),
    max_size=5,
).map(lambda found: [(key, began, ended) for key, (began, ended) in enumerate(found, start=1)])


def counted(spells: list[Span], on: date = ON) -> Stretch | None:
    """The stretch with the numbers of the policy."""
    return stretch_of(spells, months=POLICY.whole("ladder.months"), gap_days=POLICY.whole("ladder.gap_days"), on=on)


@given(spans)
def test_the_fast_count_is_the_slow_one(spells: list[Span]) -> None:
    told = [
        Spell(key=key, worker_key=1, started_on=began, ended_on=ended, said_by=SaidBy.WORKER)
        for key, began, ended in spells
    ]
    slow, fast = stability(told, [], POLICY, ON), counted(spells)
    if fast is None:
        assert slow == Stability()
        return
    same = (fast.since, fast.until, fast.days, fast.gap_days, fast.reached, fast.reached_on, fast.running, fast.spells)
    assert same == (
        slow.since, slow.until, slow.days, slow.gap_days, slow.reached, slow.reached_on, slow.running, slow.spells,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("began", "ended", "proved", "state"),
    [
        (date(2026, 5, 1), None, False, TimerState.NOT_YET),
        (date(2026, 4, 3), None, False, TimerState.NOT_YET),
        (date(2026, 4, 2), None, False, TimerState.DUE_SOON),
        (date(2026, 3, 23), None, False, TimerState.DUE_SOON),
        (date(2026, 3, 22), None, False, TimerState.MISSING_PROOF),
        (date(2026, 3, 22), None, True, TimerState.MAY_CLAIM),
        (date(2026, 2, 1), date(2026, 5, 20), True, TimerState.MAY_CLAIM),
        (date(2026, 3, 1), date(2026, 5, 20), True, TimerState.BROKEN),
    ],
)
def test_what_the_clock_shows(began: date, ended: date | None, proved: bool, state: TimerState) -> None:
    stretch = counted([(1, began, ended)])
    assert stretch is not None
    assert state_of(stretch, None, proved=proved, ahead_days=10, last_day=None, on=ON) is state


def a_claim(**more: Any) -> Claim:
    """A claim for the spring."""
    given: dict[str, Any] = {"kind": "STABILITY", "worker_key": 1, "year": 2026, "made_on": ON}
    return Claim(**(given | {"since": date(2026, 3, 1), "until": date(2026, 6, 1)} | more))


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_claim_goes_before_the_clock_unless_it_was_withdrawn(state: ClaimState) -> None:
    stretch = counted([(1, date(2026, 3, 1), None)])
    assert stretch is not None
    claim = claim_of([a_claim(state=state)], "STABILITY", stretch)
    shown = state_of(stretch, claim, proved=True, ahead_days=10, last_day=None, on=ON)
    assert shown.value == ("may_claim" if state is ClaimState.WITHDRAWN else state.value)


def test_a_claim_of_earlier_work_is_not_one_of_this() -> None:
    stretch = counted([(1, date(2025, 1, 1), date(2025, 8, 1)), (2, date(2026, 3, 1), None)])
    assert stretch is not None
    early = a_claim(since=date(2025, 1, 1), until=date(2025, 4, 1))
    assert claim_of([early], "STABILITY", stretch) is None
    withdrawn, again = a_claim(key=1, state=ClaimState.REFUSED), a_claim(key=2)
    assert claim_of([again, withdrawn], "STABILITY", stretch) is again


def test_the_last_day_to_claim_is_the_offices() -> None:
    stretch = counted([(1, date(2026, 1, 1), None)])
    assert stretch is not None
    assert last_day_of(stretch, None) is None
    over = last_day_of(stretch, 30)
    assert over == date(2026, 5, 1)
    assert state_of(stretch, None, proved=True, ahead_days=10, last_day=over, on=ON) is TimerState.LAPSED


@pytest.mark.parametrize(
    ("place", "region", "tier"),
    [
        ("150525100000", "", Tier.BANNER),
        ("150502", "", Tier.CITY),
        ("1505", "", None),
        ("150102", "", Tier.REGION),
        ("15", "", None),
        ("110113", "", Tier.OUTSIDE),
        ("", "", None),
        ("110113", "county", Tier.BANNER),
        ("110113", "abroad", Tier.OUTSIDE),
    ],
)
def test_where_the_work_is_seen_from_home(place: str, region: str, tier: Tier | None) -> None:
    assert tier_of("150525", place, region) is tier


@given(spans)
def test_sharing_days_is_found(spells: list[Span]) -> None:
    assume(all(ended is None or ended > began for _, began, ended in spells))
    ends = {key: ended or date(2100, 1, 1) for key, _, ended in spells}
    shared = any(max(a[1], b[1]) < min(ends[a[0]], ends[b[0]]) for a in spells for b in spells if a[0] < b[0])
    assert overlaps(spells) is shared


def facts(**more: Any) -> CheckFacts:
    """Somebody nothing speaks against."""
    fine: dict[str, Any] = {
        "belongs": True, "public_post": False, "drawn": False, "gone": False, "overlap": False, "other_claim": False,
        "tier": Tier.OUTSIDE, "stability": Stability(proved=True, reached=True),
    }  # fmt: skip
    return CheckFacts(**(fine | more))


@pytest.mark.parametrize(
    ("changed", "code", "settled"),
    [
        ({"belongs": None}, "BELONGS", Settled.ASK),
        ({"belongs": False}, "BELONGS", Settled.STOP),
        ({"gone": True}, "HERE", Settled.STOP),
        ({"stability": Stability(reached=True)}, "PROOF", Settled.STOP),
        ({"tier": None}, "PLACE", Settled.ASK),
        ({"tier": Tier.BANNER}, "AWAY", Settled.STOP),
        ({"public_post": True}, "PUBLIC_POST", Settled.STOP),
        ({"public_post": None}, "PUBLIC_POST", Settled.ASK),
        ({"overlap": True}, "OVERLAP", Settled.STOP),
        ({"other_claim": True}, "ONE_CLAIM", Settled.STOP),
        ({"drawn": True}, "LEDGER", Settled.STOP),
        ({"drawn": None}, "LEDGER", Settled.ASK),
    ],
)
def test_what_speaks_against_a_claim(changed: dict[str, Any], code: str, settled: Settled) -> None:
    assert {check.settled for check in checks_of(kind_of("TRANSPORT"), facts())} == {Settled.FINE}
    found = {check.code: check.settled for check in checks_of(kind_of("TRANSPORT"), facts(**changed))}
    assert found[code] is settled


def test_the_stability_subsidy_is_for_work_near_home_too() -> None:
    assert "AWAY" not in {check.code for check in checks_of(kind_of("STABILITY"), facts(tier=Tier.BANNER))}


def test_every_kind_is_in_the_catalogue_and_hangs_on_a_board() -> None:
    assert {kind.item for kind in kinds().values()} <= set(shipped_catalogue().codes())
    assert {kind.topic for kind in kinds().values()} <= set(topics())
    assert [level.value for level in topics()["YULU"].levels] == ["village", "banner"]

"""What is proved by stretches of days is what is proved day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.claims.clock import Span, stretch_of
from matcher.claims.proving import is_proved, joined
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.ladder import stability
from matcher.policy import load_policy
from tests.matcher.claims.test_clock import spans

ON = date(2026, 6, 22)
POLICY = load_policy().at(ON)
MONTHS, SLIPS = POLICY.whole("ladder.months"), POLICY.whole("ladder.pay_slips")
days = st.dates(date(2025, 10, 1), date(2026, 7, 1))


def a_proof(spell: int, kind: ProofKind, began: date, many: int | None, told: date) -> Proof:
    """A proof about so many days."""
    until = None if many is None else began + timedelta(days=many)
    return Proof(worker_key=1, spell_key=spell, kind=kind, from_on=began, until_on=until, told_on=told)


proofs = st.lists(
    st.builds(
        a_proof,
        st.integers(1, 5),
        st.sampled_from(list(ProofKind)),
        days,
        st.one_of(st.none(), st.integers(0, 200)),
        days,
    ),
    max_size=5,
)


@given(spans, proofs)
def test_the_quick_answer_is_the_slow_one(spells: list[Span], shown: list[Proof]) -> None:
    told = [
        Spell(key=key, worker_key=1, started_on=began, ended_on=ended, said_by=SaidBy.WORKER)
        for key, began, ended in spells
    ]
    stretch = stretch_of(spells, months=MONTHS, gap_days=POLICY.whole("ladder.gap_days"), on=ON)
    quick = stretch is not None and is_proved(stretch, spells, shown, months=MONTHS, slips=SLIPS, on=ON)
    assert quick is stability(told, shown, POLICY, ON).proved


@given(st.lists(st.tuples(days, st.integers(-5, 60))))
def test_joined_days_are_the_same_days(some: list[tuple[date, int]]) -> None:
    given_days = [(first, first + timedelta(days=many)) for first, many in some]
    single = {first + timedelta(days=step) for first, end in given_days for step in range((end - first).days)}
    made = joined(given_days)
    assert {first + timedelta(days=step) for first, end in made for step in range((end - first).days)} == single
    assert all(one[1] < other[0] for one, other in zip(made, made[1:], strict=False))

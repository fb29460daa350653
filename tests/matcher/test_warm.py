"""A market kept ready gives the plans of a market made anew, and is made anew when something changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from matcher.casework import Desk, load_desk, make_plans, plan_people, ready_market
from matcher.domain.plan import ServicePlan
from matcher.domain.posting import PostingState
from matcher.office import Office
from tests.offices import sample_office

DAY = date(2026, 6, 24)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The standard sample, imported."""
    opened = sample_office(tmp_path_factory.mktemp("standard"), "standard", DAY)
    yield opened
    opened.close()


def _quiet(share: float, code: str) -> None:
    """Nobody is watching."""


def _scores(plan: ServicePlan) -> list[float]:
    return sorted(match.score for match in plan.matches)


def test_one_person_gets_from_the_ready_market_what_a_new_one_would_give(office: Office) -> None:
    policy = office.policy.at(DAY)
    with office.reading() as unit:
        desk = load_desk(office, unit, division="", worker_ref="", on=DAY)
        warm = ready_market(office, unit, on=DAY)
    for row in desk.people[::12]:
        (slow,), _ = make_plans(Desk((row,), desk.postings, desk.classes, desk.standing), policy, _quiet)
        (fast,), _ = make_plans(Desk((row,), (), (), desk.standing, {}, warm), policy, _quiet)
        assert _scores(fast) == _scores(slow)
        assert (fast.training, fast.training_none) == (slow.training, slow.training_none)
        assert (fast.track, fast.shortfall, fast.questions) == (slow.track, slow.shortfall, slow.questions)


def test_the_market_is_kept_until_a_posting_changes(office: Office) -> None:
    with office.reading() as unit:
        first = ready_market(office, unit, on=DAY)
        assert ready_market(office, unit, on=DAY) is first
        row = first.market.postings.rows[0]
    with office.unit("banner") as unit:
        unit.postings.set_state(row.key, PostingState.WITHDRAWN)
    with office.reading() as unit:
        second = ready_market(office, unit, on=DAY)
        assert second is not first
        assert row.key not in {posting.key for posting in second.market.postings.rows}
        assert ready_market(office, unit, on=date(2026, 6, 25)) is not second


def test_a_plan_for_one_person_leaves_the_market_ready(office: Office) -> None:
    with office.reading() as unit:
        ref = next(unit.workers.all_for_planning()).value.ref
        before = ready_market(office, unit, on=DAY)
    assert plan_people(office, worker_ref=ref, as_of=DAY).quality.people == 1
    with office.reading() as unit:
        assert ready_market(office, unit, on=DAY) is before

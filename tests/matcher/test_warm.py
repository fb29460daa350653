"""A market kept ready gives the plans of a market made anew, and is renewed when something changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from random import Random

import numpy as np
import pytest
from sqlalchemy import delete

from matcher.casework import Desk, load_desk, made_market, make_plans, plan_people, ready_market
from matcher.columns import PostingColumns
from matcher.domain.incoming.trust import Flag, Severity
from matcher.domain.plan import ServicePlan
from matcher.domain.posting import PostingState
from matcher.office import Office
from matcher.store.postings import Postings
from matcher.store.schema import POSTING
from matcher.warm import SessionBook
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


def _same_columns(one: PostingColumns, other: PostingColumns) -> None:
    """Equal but for the order of the table of skill profiles."""
    assert [row.key for row in one.rows] == [row.key for row in other.rows]
    assert np.array_equal(one.profiles[one.profile], other.profiles[other.profile])
    for item in fields(one):
        if item.name not in {"rows", "profile", "profiles"}:
            mine, others = getattr(one, item.name), getattr(other, item.name)
            assert mine.dtype == others.dtype
            assert np.array_equal(mine, others, equal_nan=mine.dtype.kind == "f"), item.name


@pytest.mark.parametrize("seed", range(8))
def test_a_renewed_market_is_the_one_that_would_be_made_anew(office: Office, seed: int) -> None:
    dice = Random(seed)
    with office.reading() as unit:
        before = ready_market(office, unit, on=DAY)
        stored = unit.postings.many([row.key for row in dice.sample(before.market.postings.rows, 6)])
    with office.unit("banner") as unit:
        first, second, *others = stored.values()
        unit.postings.set_state(first.key, PostingState.WITHDRAWN)
        place = dice.choice(others).value.place
        unit.postings.replace(second.key, replace(second.value, openings=7, place=place), second.facts)
        for number, one in enumerate(others):
            employer = dice.choice(others).value.employer
            fresh = replace(one.value, ref=f"N-{dice.getrandbits(40)}-{number}", employer=employer)
            unit.postings.add(fresh, dice.choice(others).facts)
        unit.openings.take(others[0].key, on=DAY)
    with office.reading() as unit:
        renewed = ready_market(office, unit, on=DAY)
        assert renewed.adverts is not before.adverts
        anew = made_market(office, unit, None, on=DAY)
    _same_columns(renewed.market.postings, anew.market.postings)
    assert renewed.market.places.workplaces == anew.market.places.workplaces
    assert np.array_equal(renewed.market.taught, anew.market.taught)
    assert renewed.workshop.local_pay == anew.workshop.local_pay
    assert renewed.adverts == anew.adverts


def test_a_renewed_market_reads_only_what_has_changed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.reading() as unit:
        before = ready_market(office, unit, on=DAY)
    row = before.market.postings.rows[3]
    with office.unit("banner") as unit:
        flags = (Flag(code="PAY_FAR_OFF", severity=Severity.CAUTION),)
        unit.checks.put_many({row.key: flags}, {row.key: ""}, keep=())
    monkeypatch.setattr(Postings, "all_for_planning", None)
    with office.reading() as unit:
        after = ready_market(office, unit, on=DAY)
    assert after.market.postings.rows[3].cautions == ("PAY_FAR_OFF",)


def test_a_posting_that_was_deleted_is_gone_from_the_renewed_market(office: Office) -> None:
    with office.reading() as unit:
        row = ready_market(office, unit, on=DAY).market.postings.rows[5]
        stored = unit.postings.get(row.key)
    with office.unit("banner") as unit:
        fresh = unit.postings.add(replace(stored.value, ref="LONE"), stored.facts)
    with office.reading() as unit:
        assert fresh in ready_market(office, unit, on=DAY).market.postings.key
    with office.unit("banner") as unit:
        unit._context.connection.execute(delete(POSTING).where(POSTING.c.key == fresh))
        unit._context.touch(POSTING)
    with office.reading() as unit:
        after = ready_market(office, unit, on=DAY)
    assert fresh not in after.market.postings.key
    assert fresh not in after.adverts.rows


def test_hours_of_guides_are_looked_up_once(office: Office) -> None:
    book, asked = SessionBook(), []

    def opened(plans: Sequence[int]) -> dict[int, tuple[str, str]]:
        asked.append(list(plans))
        return {key: ("示例员", f"2026-06-2{key}T09:00") for key in plans}

    assert book.taken([1, 2], opened) == [("示例员", "2026-06-21T09:00"), ("示例员", "2026-06-22T09:00")]
    assert book.taken([2, 3], opened) == [("示例员", "2026-06-22T09:00"), ("示例员", "2026-06-23T09:00")]
    assert asked == [[1, 2], [3]]

"""Shares, labels, idle days and bases of awards: what the register comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.domain.service.around.local_work import (
    Cooperative,
    Member,
    Origin,
    PayOut,
    Relief,
    Said,
    Site,
    SiteKind,
    SiteState,
    Stage,
    Workshop,
)
from matcher.local_work.figures import (
    award_basis,
    from_beijing,
    full_months,
    idle_days,
    mainly_lifted,
    relief_line,
    relief_total,
)
from matcher.policy import load_policy

DAY = date(2026, 6, 15)
POLICY = load_policy().at(DAY)
ROAD = Site(kind=SiteKind.RELIEF, name="村道", division="150525", details=Relief(funds_yuan=1_000_000))


def a_pay(yuan: int, *, back: bool = False) -> PayOut:
    return PayOut(site_key=1, paid_on=DAY, yuan=yuan, taken_back_at=datetime(2026, 6, 1, tzinfo=UTC) if back else None)


@pytest.mark.parametrize(
    ("planned", "paid", "state", "found"),
    [
        (None, 0, SiteState.RUNNING, "unknown"),
        (100_000, 0, SiteState.RUNNING, "on_plan"),
        (99_999, 0, SiteState.RUNNING, "below_plan"),
        (99_999, 100_000, SiteState.RUNNING, "ok"),
        (200_000, 99_999, SiteState.FINISHED, "below"),
        (None, 99_999, SiteState.FINISHED, "below"),
        (None, 100_000, SiteState.FINISHED, "ok"),
    ],
)
def test_a_tenth_of_the_funds_goes_to_local_people(
    planned: int | None, paid: int, state: SiteState, found: str
) -> None:
    site = replace(ROAD, state=state, details=Relief(funds_yuan=1_000_000, labour_planned_yuan=planned))
    assert relief_line(site, [a_pay(paid)] if paid else [], POLICY).state == found


def test_without_funds_no_share_is_told() -> None:
    line = relief_line(replace(ROAD, details=Relief(labour_planned_yuan=5)), [a_pay(9)], POLICY)
    assert (line.state, line.share.actual_share, line.share.planned_share) == ("unknown", None, None)


def test_what_was_taken_back_does_not_count_and_what_lacks_is_told() -> None:
    line = relief_line(ROAD, [a_pay(60_000), a_pay(50_000, back=True)], POLICY)
    assert (line.share.paid, line.share.lacking) == (60_000, 40_000)


def test_the_total_leaves_out_projects_whose_funds_are_not_known() -> None:
    lines = [relief_line(ROAD, [a_pay(80_000)], POLICY)]
    lines.append(relief_line(replace(ROAD, details=Relief()), [a_pay(500_000)], POLICY))
    assert relief_total(lines, POLICY).actual_share == pytest.approx(0.08)
    assert relief_total([], POLICY).actual_share is None


@pytest.mark.parametrize(("lifted", "mainly"), [(15, False), (16, True), (None, None)])
def test_a_cooperative_is_mainly_lifted_by_more_than_half(lifted: int | None, mainly: bool | None) -> None:
    assert mainly_lifted(Cooperative(members=30, members_lifted=lifted), POLICY) is mainly


def test_a_workshop_that_works_is_not_idle() -> None:
    idle = Site(
        kind=SiteKind.WORKSHOP,
        name="车间",
        division="150525",
        state=SiteState.PAUSED,
        details=Workshop(idle_since=date(2026, 5, 1)),
    )
    assert idle_days(idle, DAY) == 45
    assert idle_days(replace(idle, state=SiteState.RUNNING), DAY) is None


def test_awards_are_reckoned_from_full_months_and_pay() -> None:
    started = Member(
        key=7,
        site_key=1,
        worker_key=3,
        stage=Stage.SERVING,
        started_on=date(2026, 1, 16),
        said=Said(monthly_yuan=2_600),
    )
    left = replace(started, key=8, stage=Stage.ENDED, ended_on=date(2026, 4, 16), said=Said())
    first, second = award_basis([started, left, replace(started, started_on=None)], DAY)
    assert (first.months, first.wages_yuan, first.still_there) == (4, 10_400, True)
    assert (second.months, second.wages_yuan, second.still_there) == (3, None, False)
    assert full_months(date(2026, 1, 31), date(2026, 2, 28)) == 0


def test_entries_made_with_beijing_are_counted_with_their_people() -> None:
    theirs = replace(ROAD, origin=Origin.BEIJING, details=Relief(hires=12))
    workshop = Site(kind=SiteKind.WORKSHOP, name="车间", division="150525", details=Workshop(workers=50))
    found = from_beijing([theirs, replace(workshop, origin=Origin.BEIJING), workshop])
    assert (found.entries, found.workers) == (2, 62)

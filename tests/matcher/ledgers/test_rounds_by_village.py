"""A month is handed in whole, closed, opened again with a reason; what changed stands against what stood before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.aftercare.monthly import confirm_one, mark_changed
from matcher.aftercare.slips import Whose
from matcher.domain.aftercare import RoundState, SlipRefused
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.months import month_before
from matcher.domain.worker import WorkStatus
from matcher.ledgers.rounds import RoundStand, changed_lines, due_on, reopen, submit, villages_of
from matcher.ledgers.signals import signals
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, init_office
from tests.web.made_up import NAIMAN, a_worker

JUNE, JULY = "2026-06", "2026-07"


class Clock:
    """A clock that is moved by hand."""

    now = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """20 June."""
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """Three people of one village, whose name is written in two ways, and one elsewhere."""
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config, clock=clock)
    villages = ("东沟村", "东沟村", "东沟", "西沟村")
    people = [
        a_worker(f"N-{number}", f"人{number}", village, NAIMAN, work_status=WorkStatus.UNEMPLOYED)
        for number, village in enumerate(villages)
    ]
    with opened.unit() as unit:
        unit.workers.add_many([(one, None) for one in people])
    yield opened
    opened.close()


def stands(office: Office, month: str, scope: Scope = Scope()) -> dict[str, RoundStand]:  # noqa: B008
    """How each village stands."""
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        return {one.village.village: one.stand for one in villages_of(unit, month, scope, policy, office.today())}


def test_a_village_hands_in_its_month_whole_and_it_is_closed(office: Office) -> None:
    assert stands(office, JUNE) == {"东沟村": RoundStand.OPEN, "西沟村": RoundStand.OPEN}
    confirm_one(office, 1, Whose(), actor="coordinator")
    with pytest.raises(InputRefused, match="还有 2 人没有看过"):
        submit(office, JUNE, NAIMAN, "东沟村", Scope(), rest=False, actor="coordinator")
    done = submit(office, JUNE, NAIMAN, "东沟", Scope(), rest=True, actor="coordinator")
    assert (done.people, done.changed) == (3, 0)
    assert stands(office, JUNE)["东沟村"] is RoundStand.SUBMITTED
    with pytest.raises(SlipRefused):
        mark_changed(office, 3, RoundState(status="已就业"), Whose(), actor="coordinator")
    with pytest.raises(InputRefused, match="已经提交过"):
        submit(office, JUNE, NAIMAN, "东沟村", Scope(), rest=True, actor="coordinator")
    confirm_one(office, 4, Whose(), actor="coordinator")


def test_it_is_opened_again_with_a_reason_only_and_what_changed_is_shown(office: Office) -> None:
    submit(office, JUNE, NAIMAN, "东沟村", Scope(), rest=True, actor="coordinator")
    with pytest.raises(InputRefused, match="写明为什么"):
        reopen(office, JUNE, NAIMAN, "东沟村", Scope(), reason=" ", actor="window")
    reopen(office, JUNE, NAIMAN, "东沟村", Scope(), reason="漏记了一个人", actor="window")
    assert stands(office, JUNE)["东沟村"] is RoundStand.REOPENED
    mark_changed(office, 2, RoundState(status="已就业", where="旗里", yuan=3000), Whose(), actor="coordinator")
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        [line] = changed_lines(unit, JUNE, Scope(), policy, number=1).rows
    assert (line.key, line.before, line.now.yuan, line.late) == (2, None, 3000, False)


def test_a_late_village_is_told_on_until_it_hands_in_and_the_month_before_may_still_be(
    office: Office, clock: Clock
) -> None:
    submit(office, JUNE, NAIMAN, "西沟村", Scope(), rest=True, actor="coordinator")
    clock.now = datetime(2026, 7, 3, 1, 0, tzinfo=UTC)
    policy = office.policy.at(office.today())
    assert (due_on(JUNE, policy).isoformat(), month_before("2026-01")) == ("2026-06-25", "2025-12")
    with office.reading() as unit:
        [alert] = signals(unit, Scope(), office.today(), policy)
    assert (alert.code, alert.args["count"], alert.args["month"], alert.village) == ("ROUND_LATE", 1, JUNE, "东沟村")
    submit(office, JUNE, NAIMAN, "东沟村", Scope(), rest=True, actor="coordinator")
    assert stands(office, JUNE) == {"东沟村": RoundStand.SUBMITTED_LATE, "西沟村": RoundStand.SUBMITTED}
    with office.reading() as unit:
        assert signals(unit, Scope(), office.today(), policy) == []
        [village, _] = villages_of(unit, JUNE, Scope(), policy, office.today())
    assert village.village.late == 3
    with pytest.raises(InputRefused, match="只能提交"):
        submit(office, "2026-05", NAIMAN, "东沟村", Scope(), rest=True, actor="coordinator")


def test_nobody_hands_in_for_another_village(office: Office) -> None:
    with pytest.raises(RecordNotFound):
        submit(office, JUNE, NAIMAN, "西沟村", Scope(NAIMAN, ("东沟村",)), rest=True, actor="coordinator")
    with pytest.raises(RecordNotFound):
        submit(office, JUNE, NAIMAN, "西沟村", Scope("150523"), rest=True, actor="coordinator")

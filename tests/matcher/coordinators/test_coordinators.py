"""Village coordinators: one to three a village, none only with a note, trained before they open records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.coordinators.coverage import covered
from matcher.coordinators.entry import TRAINED_ONLY, Missing, missing_for
from matcher.coordinators.signals import signals
from matcher.coordinators.staffing import (
    assign,
    hand_village,
    need_again,
    note,
    release,
    save_coordinator,
    say_not_needed,
)
from matcher.domain.account import Account, Role
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.coordinators import Coordinator, Coverage, EventKind, Result, SourcePost, StaffEvent
from matcher.intake.villages import hand_over_in, merge_village
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import Entry
from matcher.policy.rules import with_entries
from matcher.store.store import UnitOfWork
from tests.matcher.around_office import BANNER, OTHER, TODAY, opened, somebody

MINE = Scope(division=BANNER)
TOWN = "150525100"
PASSWORD = "tall-birch-4711-river"  # pragma: allowlist secret


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with two villages, one of them spelt in two ways."""
    with opened(tmp_path) as (found, _):
        with found.unit() as unit:
            people = [
                somebody("A", guide_name="王示例"),
                somebody("B", village="东村嘎查", guide_name="王示例"),
                somebody("C", guide_name="别人"),
                somebody("D", village="西坨子村"),
            ]
            people = [replace(one, village="东坨子村") if one.village == "东村" else one for one in people]
            people = [replace(one, village="东坨子") if one.village == "东村嘎查" else one for one in people]
            unit.workers.add_many([(person, None) for person in people])
        yield found


def a_coordinator(office: Office, name: str = "王示例", **more: object) -> int:
    """Somebody in service."""
    about: dict[str, object] = {"division": BANNER, "started_on": date(2026, 1, 1), "source": SourcePost.COMMITTEE}
    return save_coordinator(office, MINE, Coordinator(name=name, **(about | more)), actor="x")  # type: ignore[arg-type]


def test_three_are_the_most_and_none_needs_a_note(office: Office) -> None:
    keys = [a_coordinator(office, f"示例{at}") for at in range(4)]
    for key in keys[:3]:
        assign(office, MINE, key, TOWN, "东坨子村", since=TODAY, actor="x")
    with pytest.raises(InputRefused, match="最多3名"):
        assign(office, MINE, keys[3], TOWN, "东坨子", since=TODAY, actor="x")
    with pytest.raises(InputRefused, match="重复"):
        assign(office, MINE, keys[0], TOWN, "东坨子", since=TODAY, actor="x")
    with pytest.raises(InputRefused, match="为什么"):
        say_not_needed(office, MINE, TOWN, "西坨子村", "", actor="x")
    with pytest.raises(InputRefused, match="在岗"):
        say_not_needed(office, MINE, TOWN, "东坨子", "没人", actor="x")
    say_not_needed(office, MINE, TOWN, "西坨子", "没有要服务的人", actor="x")
    with office.reading() as unit:
        found = {one.village: (one.coverage, len(one.staff), one.people) for one in covered(unit, MINE, TODAY)}
    assert found == {"东坨子村": (Coverage.STAFFED, 3, 3), "西坨子村": (Coverage.NOT_NEEDED, 0, 1)}
    need_again(office, MINE, TOWN, "西坨子村", actor="x")
    with pytest.raises(RecordNotFound):
        need_again(office, MINE, TOWN, "西坨子村", actor="x")
    release(office, MINE, keys[0], TOWN, "东坨子", actor="x")
    with office.reading() as unit:
        assert [one.coverage for one in covered(unit, MINE, TODAY)] == [Coverage.GAP, Coverage.STAFFED]
        assert covered(unit, Scope(division=OTHER), TODAY) == []


def test_a_village_is_handed_over_with_its_people_and_what_waits(office: Office) -> None:
    was, now = a_coordinator(office), a_coordinator(office, "李示例")
    assign(office, MINE, was, TOWN, "东坨子", since=TODAY, actor="x")

    def people(unit: UnitOfWork, spelt: str, before: str, after: str) -> int:
        return hand_over_in(office, unit, TOWN, spelt, before, after, on=TODAY)

    with pytest.raises(InputRefused, match="同一个人"):
        hand_village(office, MINE, TOWN, "东坨子村", was, was, people=people, actor="x")
    waits, many = hand_village(office, MINE, TOWN, "东坨子村", was, now, people=people, actor="x")
    assert (many, waits.people, waits.without_plan) == (2, 3, 3)
    with office.reading() as unit:
        guides = sorted(one.value.guide_name for one in unit.workers.some(most=9) if one.value.village != "西坨子村")
        assert guides == ["别人", "李示例", "李示例"]
        [village] = [one for one in covered(unit, MINE, TODAY) if one.staff]
        assert [one.key for one in village.staff] == [now]
    with pytest.raises(RecordNotFound):
        hand_village(office, MINE, TOWN, "东坨子村", was, now, people=people, actor="x")


def test_who_left_serves_no_village_and_a_merged_village_keeps_its_coordinator(office: Office) -> None:
    key = a_coordinator(office)
    assign(office, MINE, key, TOWN, "西坨子村", since=TODAY, actor="x")
    merge_village(office, MINE, TOWN, "西坨子村", TOWN, "新坨子村", on=TODAY, actor="x")
    with office.reading() as unit:
        assert [one.village for one in covered(unit, MINE, TODAY) if one.staff] == ["新坨子村"]
        known = unit.coordinators.get(key)
    save_coordinator(office, MINE, replace(known, ended_on=TODAY), actor="x")
    with office.reading() as unit:
        assert not any(one.staff for one in covered(unit, MINE, TODAY + timedelta(days=1)))


def test_what_has_to_be_looked_at(office: Office) -> None:
    key = a_coordinator(office, started_on=date(2025, 1, 1), contract_until=date(2026, 1, 1))
    with office.reading() as unit:
        found = signals(unit, MINE, TODAY, office.policy.at(TODAY))
        mine = signals(unit, Scope(division=BANNER, villages=("西坨子村",)), TODAY, office.policy.at(TODAY))
    assert [one.code for one in found] == [
        "VILLAGE_NO_COORDINATOR", "VILLAGE_NO_COORDINATOR", "COORDINATOR_UNTRAINED", "COORDINATOR_REVIEW",
        "COORDINATOR_CONTRACT",
    ]  # fmt: skip
    assert [one.village for one in mine] == ["西坨子村"]
    for kind in (EventKind.TRAINING, EventKind.REVIEW):
        event = StaffEvent(coordinator_key=key, kind=kind, on=TODAY, result=Result.PASSED, topic="入户", hours=8)
        note(office, MINE, event, actor="x")
    with office.reading() as unit:
        codes = [one.code for one in signals(unit, MINE, TODAY, office.policy.at(TODAY))]
    assert codes == ["VILLAGE_NO_COORDINATOR", "VILLAGE_NO_COORDINATOR", "COORDINATOR_CONTRACT"]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"result": Result.OPEN}, "合格还是不合格"),
        ({"topic": ""}, "内容"),
        ({"hours": -1}, "不对"),
    ],
)
def test_a_training_that_says_too_little_is_refused(office: Office, event: dict[str, object], words: str) -> None:
    key = a_coordinator(office)
    told = {"kind": EventKind.TRAINING, "on": TODAY, "result": Result.PASSED, "topic": "入户"} | event
    with pytest.raises(InputRefused, match=words):
        note(office, MINE, StaffEvent(coordinator_key=key, **told), actor="x")  # type: ignore[arg-type]
    with office.reading() as unit:
        assert unit.coordinators.events(key) == []


def test_an_account_opens_records_only_after_a_training_once_the_rule_stands(office: Office) -> None:
    with office.unit() as unit:
        unit.accounts.add("naiman-1", Role.COORDINATOR, PASSWORD, division=BANNER, villages=("东坨子村",))
        unit.accounts.add("naiman-2", Role.WINDOW, PASSWORD, division=BANNER)
    [account] = [one for one in _accounts(office) if one.name == "naiman-1"]
    asked = with_entries(office.policy, [Entry(TRAINED_ONLY, 1, "1 = asked", TODAY, "办公会纪要")])
    with office.reading() as unit:
        assert missing_for(unit, account, office.policy.at(TODAY)) is Missing.NOTHING
        assert missing_for(unit, account, asked.at(TODAY)) is Missing.RECORD
    with pytest.raises(InputRefused, match="协管员账号"):
        a_coordinator(office, account="naiman-2")
    key = a_coordinator(office, account="naiman-1")
    with pytest.raises(InputRefused, match="一人一个账号"):
        a_coordinator(office, "李示例", account="naiman-1")
    with office.unit() as unit:
        unit.policy_values.add([Entry(TRAINED_ONLY, 1, "1 = asked", TODAY, "办公会纪要")])
    office.policies.look_again()
    policy = office.policy.at(TODAY)
    with office.reading() as unit:
        assert missing_for(unit, account, policy) is Missing.TRAINING
    failed = StaffEvent(coordinator_key=key, kind=EventKind.TRAINING, on=TODAY, result=Result.FAILED, topic="入户")
    note(office, MINE, failed, actor="x")
    with office.reading() as unit:
        assert missing_for(unit, account, policy) is Missing.TRAINING
    note(office, MINE, replace(failed, result=Result.PASSED), actor="x")
    with office.reading() as unit:
        assert missing_for(unit, account, policy) is Missing.NOTHING
        known = unit.coordinators.get(key)
    save_coordinator(office, MINE, replace(known, ended_on=TODAY - timedelta(days=1)), actor="x")
    with office.reading() as unit:
        assert missing_for(unit, account, policy) is Missing.RECORD


def _accounts(office: Office) -> list[Account]:
    """All accounts."""
    with office.reading() as unit:
        return list(unit.accounts.all())

"""Plan runs: beside each other, started again where they failed, with what their policy said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from matcher.casework import plan_people
from matcher.domain.run import MatchRun, RunState
from matcher.policy import Entry
from tests.web.made_up import NAIMAN, TODAY, World, opened


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office with two finished runs of 奈曼旗, of different policies, and one of everybody; nobody changes it."""
    with opened(tmp_path_factory.mktemp("two")) as world:
        plan_people(world.office, division=NAIMAN, as_of=TODAY, actor="window")
        with world.office.unit("city") as unit:
            unit.policy_values.add([Entry("plan.valid_days", 20, "day", TODAY, "办公会纪要")])
        world.office.policies.look_again()
        plan_people(world.office, division=NAIMAN, as_of=TODAY, actor="window")
        plan_people(world.office, as_of=TODAY + timedelta(days=1), actor="city")
        yield world


def test_two_runs_stand_beside_each_other_with_what_differs(two: World) -> None:
    page = two.client("window").get("/runs/compare?first=3&second=2").text
    assert page.index("第 2 批") < page.index("第 3 批")
    assert "方案多少天有效" in page
    assert "没有人的岗位变" in page


@pytest.mark.parametrize("query", ["", "first=2", "first=2&second=2", "first=x&second=3"])
def test_two_different_runs_have_to_be_chosen(two: World, query: str) -> None:
    answer = two.client("window").get(f"/runs/compare?{query}")
    assert answer.status_code == 400
    assert "请选两个不同的批次" in answer.text


def test_runs_of_others_are_not_compared(two: World) -> None:
    assert two.client("elsewhere").get("/runs/compare?first=2&second=3").status_code == 404
    assert two.client("window").get("/runs/compare?first=2&second=4").status_code == 404
    assert two.client("city").get("/runs/compare?first=2&second=4").status_code == 200


def test_a_run_tells_what_of_policy_has_changed_since(two: World) -> None:
    client = two.client("window")
    assert "方案多少天有效" in client.get("/runs/2").text
    assert "和现在同一天的一样" in client.get("/runs/3").text
    assert "旧版做的" not in client.get("/runs/2").text


def test_the_list_says_for_whom_and_offers_a_comparison(two: World) -> None:
    page = two.client("city").get("/runs/").text
    assert "两批方案对比" in page
    assert "各批齐全和集中度" in page
    assert 'role="img"' in page
    assert "奈曼旗" in page


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.CANCELLED])
def test_what_failed_is_started_again_as_a_run_of_its_own(world: World, state: RunState) -> None:
    with world.office.unit("window") as unit:
        key = unit.runs.create(MatchRun(division=NAIMAN, as_of=TODAY, started_by="window"))
        unit.runs.finish(key, state, message="进程中断了")
    client = world.client("window")
    assert "再做一次" in client.get(f"/runs/{key}").text
    answer = client.post(f"/runs/{key}/again")
    fresh = int(answer.headers["Location"].rpartition("/")[2])
    with world.office.reading() as unit:
        again, old = unit.runs.get(fresh), unit.runs.get(key)
    assert (again.division, again.as_of, again.state) == (NAIMAN, TODAY, RunState.QUEUED)
    assert old.state is state
    assert world.client("elsewhere").post(f"/runs/{key}/again").status_code == 404


def test_what_is_done_is_not_started_again(two: World) -> None:
    assert two.client("window").post("/runs/2/again").status_code == 400

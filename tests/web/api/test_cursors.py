"""Lists piece by piece: every row once, whatever is added meanwhile; a cursor is of one list only."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.api.asking import Program, program
from tests.web.made_up import NAIMAN, World, a_posting, a_worker


@pytest.fixture(scope="module")
def growing(looking: Program) -> Program:
    """A program in a world to which these tests add."""
    return looking


def _add(world: World, kind: str, many: int, number: list[int]) -> None:
    with world.office.unit("window") as unit:
        for _ in range(many):
            number[0] += 1
            if kind == "/postings":
                unit.postings.add(a_posting(f"N-{number[0]}", f"示例{number[0]}"))
            else:
                unit.workers.add(a_worker(f"N-{number[0]}", f"示例{number[0]}", "东村", NAIMAN))


NUMBER = [0]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(1, 7),
    adds=st.lists(st.integers(0, 2), max_size=12),
    kind=st.sampled_from(["/postings", "/workers"]),
)
def test_every_row_comes_once_while_others_add(growing: Program, limit: int, adds: list[int], kind: str) -> None:
    with growing.world.office.reading() as unit:
        there = unit.postings.count() if kind == "/postings" else unit.workers.count()
    seen: list[int] = []
    cursor, left = "", list(adds)
    while cursor is not None:
        page = growing.get(f"{kind}?limit={limit}" + (f"&cursor={cursor}" if cursor else "")).get_json()
        assert len(page["items"]) <= limit
        seen += [one["key"] for one in page["items"]]
        cursor = page["next"]
        _add(growing.world, kind, left.pop() if left else 0, NUMBER)
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen)
    assert len(seen) >= there


@pytest.fixture(scope="module")
def cursor(growing: Program) -> str:
    """A cursor of the postings."""
    _add(growing.world, "/postings", 3, NUMBER)
    found = growing.get("/postings?limit=1").get_json()["next"]
    assert isinstance(found, str)
    return found


def test_a_cursor_that_was_changed_is_refused(growing: Program, cursor: str) -> None:
    for place in range(0, len(cursor), 3):
        letter = "A" if cursor[place] != "A" else "B"
        changed = cursor[:place] + letter + cursor[place + 1 :]
        answer = growing.get(f"/postings?limit=1&cursor={changed}")
        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (400, "cursor")


def test_a_cursor_is_of_one_list_one_filter_and_one_program(growing: Program, cursor: str) -> None:
    assert growing.get(f"/postings?cursor={cursor}").status_code == 200
    assert growing.get(f"/postings?state=open&cursor={cursor}").status_code == 400
    assert growing.get(f"/workers?cursor={cursor}").status_code == 400
    other = program(growing.world, name="other")
    assert other.get(f"/postings?cursor={cursor}").status_code == 400


@pytest.mark.parametrize(("limit", "status"), [("0", 422), ("201", 422), ("x", 422), ("200", 200), ("1", 200)])
def test_a_page_holds_at_most_two_hundred(growing: Program, limit: str, status: int) -> None:
    assert growing.get(f"/postings?limit={limit}").status_code == status


def test_searching_goes_on_by_the_cursor_in_the_body_and_no_name_stands_in_an_address(growing: Program) -> None:
    sent = {"text": "示例", "limit": 1}
    first = growing.ask("POST", "/workers/search", json=sent).get_json()
    second = growing.ask("POST", "/workers/search", json=sent | {"cursor": first["next"]}).get_json()
    assert first["items"][0]["key"] < second["items"][0]["key"]
    assert growing.get("/workers?text=示例").status_code == 422


def test_runs_come_newest_first_and_once(growing: Program) -> None:
    for _ in range(3):
        growing.ask("POST", "/runs", json={})
    first = growing.get("/runs?limit=2").get_json()
    growing.ask("POST", "/runs", json={})
    rest = growing.get(f"/runs?limit=200&cursor={first['next']}").get_json()
    keys = [one["key"] for one in first["items"] + rest["items"]]
    assert keys == sorted(set(keys), reverse=True)
    assert keys[-1] == 1

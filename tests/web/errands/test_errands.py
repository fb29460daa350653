"""Work that takes long: ordered, watched, stopped, done by a process of its own, and forgotten when it is over."""

from __future__ import annotations

import os
import time
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from matcher.domain.intake.errands import ErrandKind, ErrandOrder, ErrandState
from matcher.policy import Entry
from matcher.store.schema import ERRAND
from tests.web.made_up import NAIMAN, World
from web.errands import desk, work
from web.errands.work import close_silent, resume_errands, work_off

PASSPHRASE = "blue-sheep-4711-well"


@pytest.fixture
def large(world: World) -> World:
    """An office in which everything takes long."""
    at_once = Entry("errands.at_once", 0, "person", date(2022, 6, 9), "示例")
    with world.office.unit() as unit:
        unit.policy_values.add([at_once])
    world.office.policies.look_again()
    return world


def state(world: World, key: int) -> ErrandState:
    """Where an errand stands."""
    with world.office.reading() as unit:
        return unit.errands.get(key).state


def ordered(world: World, **more: object) -> int:
    """A village file, ordered by the window."""
    told: dict[str, object] = {"kind": ErrandKind.SLICE_OUT, "division": NAIMAN, "passphrase": PASSPHRASE} | more
    with world.office.unit("window") as unit:
        return unit.errands.order(ErrandOrder(**told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "words"),
    [("/settled/look", "人"), ("/graduates/look", "人")],
)
def test_a_look_through_the_rosters_goes_on_behind_the_page_and_is_told_at_its_end(
    large: World, address: str, words: str
) -> None:
    window = large.client("window")
    answer = window.post(address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/errands/1")
    page = window.get("/errands/1").text
    assert "排队中" in page
    assert "停止" in page
    assert window.post(address).headers["Location"] == "/errands/1"
    assert work_off(large.office, 1) == 0
    assert window.get("/errands/1/progress").json == {"share": 1.0, "over": True, "words": "办好了"}
    assert words in window.get("/errands/1").text
    assert work_off(large.office, 1) == 1


def test_a_village_file_waits_for_who_ordered_it_and_its_passphrase_is_forgotten(large: World) -> None:
    window = large.client("window")
    form = {"division": NAIMAN, "passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE, "purpose": "下村"}
    assert window.post("/slices/export", data=form | {"passphrase": "短", "passphrase_again": "短"}).status_code == 400
    assert window.post("/slices/export", data=form).headers["Location"] == "/errands/1"
    assert window.get("/errands/1/file").status_code == 404
    assert work_off(large.office, 1) == 0
    whole = window.get("/errands/1/file").data
    assert len(whole) > 1_000
    assert large.client("city").get("/errands/1").status_code == 404
    assert large.client("city").get("/errands/1/file").status_code == 404
    with large.office.reading() as unit:
        assert unit._context.connection.scalar(select(ERRAND.c.wanted)) is None
    assert (desk.made(large.office.config, 1).stat().st_mode & 0o077) == 0


def test_a_file_handed_in_is_taken_in_behind_the_page_or_refused_in_one_line(large: World) -> None:
    work_off(large.office, key := ordered(large))
    whole = desk.made(large.office.config, key).read_bytes()
    window = large.client("window")
    form = {"file": (BytesIO(whole), "a.j131"), "passphrase": PASSPHRASE}
    assert window.post("/slices/merge", data=form).headers["Location"] == "/errands/2"
    assert desk.brought(large.office.config, 2).read_bytes() == whole
    assert work_off(large.office, 2) == 1
    page = window.get("/errands/2").text
    assert "本机导出的文件" in page
    assert "什么都没有改变" in page
    assert not desk.brought(large.office.config, 2).exists()


def test_whoever_asks_to_stop_finds_nothing_changed(large: World) -> None:
    window, key = large.client("window"), ordered(large)
    window.post(f"/errands/{key}/stop")
    assert state(large, key) is ErrandState.STOPPED
    key = ordered(large)
    with large.office.reading() as unit:
        before = len(unit.slices.book.events())
    desk.ask_to_stop(large.office.config, key)
    assert work_off(large.office, key) == 1
    assert state(large, key) is ErrandState.STOPPED
    with large.office.reading() as unit:
        assert len(unit.slices.book.events()) == before
    assert "什么都没有改变" in window.get(f"/errands/{key}").text


def test_a_process_that_died_is_noticed_and_what_waits_is_begun_again(
    large: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, waits = ordered(large), ordered(large)
    with large.office.unit() as unit:
        assert unit.errands.begin(key) is not None
        assert unit.errands.begin(key) is None
    desk.beat(large.office.config, key)
    close_silent(large.office)
    assert state(large, key) is ErrandState.AT_WORK
    long_ago = time.time() - 2 * desk.SILENT_SECONDS
    os.utime(desk._sign(large.office.config, key), (long_ago, long_ago))
    begun = list[int]()
    monkeypatch.setattr("web.errands.work.start_errand", lambda config, one: begun.append(one))
    resume_errands(large.office)
    assert (state(large, key), begun) == (ErrandState.FAILED, [waits])


def test_what_breaks_is_told_without_a_word_about_anybody(large: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("包示例 13900000000")

    monkeypatch.setitem(work._WORK, ErrandKind.SLICE_OUT, broken)
    key = ordered(large)
    assert work_off(large.office, key) == 1
    page = large.client("window").get(f"/errands/{key}").text
    assert "程序出错" in page
    assert "13900000000" not in page

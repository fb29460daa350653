"""Putting a file right in its preview, taking it once, and taking it back."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from matcher.office import DATABASE_FILE
from tests.jobs_feed.books import csv_text, id_number, postings, workers
from tests.web.made_up import World, opened
from web.config import EXTENSION, WebConfig
from web.incoming.state import Doing, Ended, TaskState, begin, read_state, write_state
from web.incoming.uploads import Staged, UploadDesk
from web.incoming.work import work_off

BAD_ID = id_number(2)[:-1] + ("1" if id_number(2)[-1] == "0" else "0")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, bytes]]:
    """An office, made once, and its database as it was."""
    with opened(tmp_path_factory.mktemp("importing")) as world:
        world.office.close()
        yield world, (world.office.config.home / DATABASE_FILE).read_bytes()


@pytest.fixture
def world(made: tuple[World, bytes]) -> Iterator[World]:
    """The office as it was made."""
    world, database = made
    told = world.app.extensions[EXTENSION]
    world.office.close()
    for path in world.office.config.home.glob(f"{DATABASE_FILE}*"):
        path.unlink()
    (world.office.config.home / DATABASE_FILE).write_bytes(database)
    shutil.rmtree(told[0].upload_folder, ignore_errors=True)
    yield world
    world.app.extensions[EXTENSION] = told


def hand_in(client: FlaskClient, *texts: str, kind: str = "postings", **more: str) -> str:
    """Files handed in; the address the page leads to."""
    files = [(io.BytesIO(text.encode()), f"表{number}.csv") for number, text in enumerate(texts, start=1)]
    answer = client.post("/imports/", data={"kind": kind, "file": files, **more}, content_type="multipart/form-data")
    assert answer.status_code == 302
    return answer.headers["Location"]


def _desk(world: World) -> UploadDesk:
    config: WebConfig = world.app.extensions[EXTENSION][0]
    return UploadDesk(config.upload_folder, now=config.now)


def _staged(world: World, address: str) -> Staged:
    found = _desk(world).get(address.rpartition("/")[2])
    assert found is not None
    return found


def _large(world: World) -> None:
    """Every file counts as large from here on."""
    config, office = world.app.extensions[EXTENSION]
    world.app.extensions[EXTENSION] = (replace(config, inline_bytes=0), office)


def _titles(world: World) -> set[str]:
    with world.office.reading() as unit:
        return {stored.value.title for stored in unit.postings.all_for_planning(only_open=False)}


def test_a_wrong_cell_stands_in_its_row_and_is_put_right_in_place(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2, 岗位名称=None)))
    page = client.get(address).text
    assert 'name="cell-3-2-upload"' in page
    assert "GW-002" in page
    answer = client.post(f"{address}/cells", data={"cell-3-2-upload": " 焊工 "}, follow_redirects=True)
    assert "改了 1 格" in answer.text
    assert "确认导入 2 条" in answer.text
    client.post(f"{address}/confirm")
    assert "焊工" in _titles(world)


def test_only_wrong_cells_of_ones_own_file_can_be_typed_over(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2, 岗位名称=None)))
    sneaked = {"cell-2-2-upload": "别的", "cell-3-2-other": "别的", "cell-99-1-upload": "x", "cell-3-2-upload": ""}
    answer = client.post(f"{address}/cells", data=sneaked, follow_redirects=True)
    assert "没有改动任何格子" in answer.text
    assert world.client("city").post(f"{address}/cells", data={"cell-3-2-upload": "焊工"}).status_code == 404


def test_corrections_can_be_taken_back(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2, 岗位名称=None)))
    client.post(f"{address}/cells", data={"cell-3-2-upload": "焊工"})
    assert "确认导入 1 条" in client.post(f"{address}/cells", data={"all_back": "1"}, follow_redirects=True).text


def test_private_values_are_masked_on_the_page_and_whole_in_the_sheet(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(workers(2, 身份证号=BAD_ID)), kind="workers")
    page = client.get(address).text
    assert BAD_ID not in page
    assert "13800000002" not in page
    answer = client.get(f"{address}/errors.xlsx")
    assert answer.headers["Cache-Control"] == "no-store"
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0][2]]
    assert BAD_ID in row
    with world.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.actor, entry.fields) == ("import_errors", "window", "workers")
    assert world.client("city").get(f"{address}/errors.xlsx").status_code == 404
    fixed = client.post(f"{address}/cells", data={"cell-3-3-upload": id_number(2)}, follow_redirects=True).text
    assert "确认导入 2 条" in fixed


def test_a_file_without_refused_rows_has_no_sheet_of_them(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(1)))
    assert "errors.xlsx" not in client.get(address).text
    assert client.get(f"{address}/errors.xlsx").status_code == 404


def test_the_preview_tells_what_changes_from_what_to_what(world: World) -> None:
    client = world.client("window")
    client.post(f"{hand_in(client, csv_text(postings(1)))}/confirm")
    page = client.get(hand_in(client, csv_text(postings(1, 薪资待遇="4100元")))).text
    assert "<del>2800-3200元/月</del>" in page
    assert "<ins>4100元</ins>" in page


def test_sending_the_same_form_twice_imports_once(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2, 岗位名称=None)))
    first, second = client.post(f"{address}/confirm"), client.post(f"{address}/confirm")
    assert first.headers["Location"] == second.headers["Location"] == "/imports/1"
    with world.office.reading() as unit:
        assert len(unit.imports.recent()) == 1


def test_the_same_file_again_has_nothing_new(world: World) -> None:
    client = world.client("window")
    client.post(f"{hand_in(client, csv_text(postings(2)))}/confirm")
    page = client.get(hand_in(client, csv_text(postings(2)))).text
    assert "没有要存的" in page
    assert "disabled" in page


def test_two_people_confirming_the_same_file_store_it_once(world: World) -> None:
    window, city = world.client("window"), world.client("city")
    one, other = hand_in(window, csv_text(postings(2))), hand_in(city, csv_text(postings(2)))
    window.post(f"{one}/confirm")
    answer = city.post(f"{other}/confirm", follow_redirects=True)
    assert "导入完成" in answer.text
    with world.office.reading() as unit:
        assert [(one.stored, one.unchanged) for one in unit.imports.recent()] == [(0, 2), (2, 0)]


def test_several_files_wait_to_be_looked_at_one_by_one(world: World) -> None:
    client = world.client("window")
    address = hand_in(client, csv_text(postings(1)), csv_text(postings(2)))
    page = client.get(address).text
    assert address == "/imports/"
    assert "表1.csv" in page
    assert "表2.csv" in page
    assert "表1.csv" not in world.client("city").get("/imports/").text


def test_too_many_files_are_refused_and_none_is_kept(world: World) -> None:
    client = world.client("window")
    files = [(io.BytesIO(b"x"), f"{number}.csv") for number in range(21)]
    answer = client.post("/imports/", data={"kind": "postings", "file": files}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "一次最多交 20 份" in answer.text
    assert _desk(world).waiting("window") == []


def test_the_sender_is_remembered(world: World) -> None:
    client = world.client("window")
    client.post(f"{hand_in(client, csv_text(postings(1)), sender='开发区')}/confirm")
    assert 'value="开发区"' in client.get("/imports/").text
    assert 'value="开发区"' not in world.client("city").get("/imports/").text


def test_an_import_is_taken_back_and_says_so_afterwards(world: World) -> None:
    client = world.client("window")
    address = client.post(f"{hand_in(client, csv_text(postings(2)))}/confirm").headers["Location"]
    assert "撤销整次导入" in client.get(address).text
    page = client.post(f"{address}/undo", follow_redirects=True).text
    assert "删去 2 条" in page
    assert "由 window 撤销" in page
    assert "撤销整次导入" not in page
    assert "由 window 撤销" in client.get("/imports/").text
    with world.office.reading() as unit:
        assert unit.postings.count() == 2
    again = client.post(f"{address}/undo", follow_redirects=True).text
    assert "已经在" in again


def test_what_stays_is_named_where_nothing_can_go_back(world: World) -> None:
    client = world.client("window")
    address = client.post(f"{hand_in(client, csv_text(postings(1)))}/confirm").headers["Location"]
    client.post(f"{hand_in(client, csv_text(postings(1, 薪资待遇='4100元')))}/confirm")
    page = client.post(f"{address}/undo").text
    assert "GW-001：后来第 2 次导入又改过" in page
    assert "没有撤销" in page


def test_only_who_handed_it_in_and_the_city_take_an_import_back(world: World) -> None:
    address = world.client("window").post(f"{hand_in(world.client('window'), csv_text(postings(1)))}/confirm")
    place = address.headers["Location"]
    other = world.client("elsewhere")
    assert "撤销整次导入" not in other.get(place).text
    assert other.post(f"{place}/undo").status_code == 404
    assert world.client("city").post(f"{place}/undo").status_code == 302


def test_a_large_file_is_looked_at_and_taken_by_another_process(world: World) -> None:
    _large(world)
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2, 岗位名称=None)))
    assert "正在看这份表" in client.get(address).text
    assert client.get(f"{address}/progress").json["over"] is False
    staged = _staged(world, address)
    assert work_off(world.office, _desk(world), staged, Doing.PREVIEW) is Ended.DONE
    assert client.get(f"{address}/progress").json["over"] is True
    assert "确认导入 1 条" in client.get(address).text
    client.post(f"{address}/cells", data={"cell-3-2-upload": "焊工"})
    staged = _staged(world, address)
    work_off(world.office, _desk(world), staged, Doing.PREVIEW)
    assert client.post(f"{address}/confirm").headers["Location"] == address
    assert "正在存入" in client.get(address).text
    assert work_off(world.office, _desk(world), staged, Doing.IMPORT) is Ended.DONE
    assert "导入完成" in client.get(address, follow_redirects=True).text
    assert "焊工" in _titles(world)


def test_a_large_file_that_was_asked_to_stop_stores_nothing(world: World) -> None:
    _large(world)
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2)))
    client.get(address)
    client.post(f"{address}/stop")
    assert work_off(world.office, _desk(world), _staged(world, address), Doing.IMPORT) is Ended.STOPPED
    assert "已停下" in client.get(address).text
    assert _titles(world) == {"缝纫工", "保洁员"}
    client.post(f"{address}/again")
    assert "正在看这份表" in client.get(address).text


def test_a_process_that_died_is_noticed(world: World) -> None:
    _large(world)
    client = world.client("window")
    address = hand_in(client, csv_text(postings(2)))
    folder = _staged(world, address).folder
    write_state(folder, TaskState(doing=Doing.IMPORT, share=0.5), lambda: 0.0)
    assert "进程中断了" in client.get(address).text
    assert client.get(f"{address}/progress").json["over"] is True
    assert "没有存入任何内容" in client.get(address).text


def test_a_file_that_cannot_be_read_ends_in_one_line(world: World) -> None:
    _large(world)
    client = world.client("window")
    address = hand_in(client, "\x00\x01 nothing")
    client.get(address)
    work_off(world.office, _desk(world), _staged(world, address), Doing.PREVIEW)
    assert "这份文件收不了" in client.get(address).text


def test_work_on_a_file_is_begun_once(tmp_path: Path) -> None:
    assert begin(tmp_path, Doing.PREVIEW, lambda: 100.0)
    assert not begin(tmp_path, Doing.PREVIEW, lambda: 101.0)
    assert begin(tmp_path, Doing.PREVIEW, lambda: 500.0), "a silent process may be followed by another"
    write_state(tmp_path, TaskState(doing=Doing.PREVIEW, ended=Ended.DONE), lambda: 501.0)
    assert begin(tmp_path, Doing.IMPORT, lambda: 502.0)
    state = read_state(tmp_path)
    assert state is not None
    assert state.doing is Doing.IMPORT


@pytest.mark.parametrize("path", ["stop", "again", "confirm", "discard", "columns", "cells"])
def test_nobody_else_touches_a_waiting_file(world: World, path: str) -> None:
    address = hand_in(world.client("window"), csv_text(postings(1)))
    assert world.client("city").post(f"{address}/{path}").status_code == 404

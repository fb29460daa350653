"""Handing in a spreadsheet: preview, confirmation, giving it up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.made_up import World
from web.incoming.uploads import KEPT_SECONDS, UploadDesk

GOOD = (
    "编号,岗位名称,用人单位,工作地点,招聘人数,薪资待遇\nA-1,保安,示例物业,奈曼旗,2,3000\nA-2,,示例物业,奈曼旗,2,3000\n"
)


def _hand_in(client: FlaskClient, content: bytes, name: str = "岗位.csv", kind: str = "postings") -> str:
    data = {"kind": kind, "file": (io.BytesIO(content), name)}
    answer = client.post("/imports/", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    return answer.headers["Location"]


def _count(world: World) -> int:
    with world.office.reading() as unit:
        return unit.postings.count()


def test_a_preview_stores_nothing_and_names_each_refused_row(world: World) -> None:
    client = world.client("window")
    page = client.get(_hand_in(client, GOOD.encode())).text
    assert "确认导入 1 条" in page
    assert "第 3 行" in page
    assert "岗位名称" in page
    assert _count(world) == 2


def test_confirming_stores_the_good_rows_and_deletes_the_file(world: World) -> None:
    client = world.client("window")
    address = _hand_in(client, GOOD.encode())
    page = client.post(f"{address}/confirm", follow_redirects=True).text
    assert "导入完成" in page
    assert _count(world) == 3
    assert client.get(address).headers["Location"] == "/imports/1"
    (place,) = (world.app.extensions["job131"][0].upload_folder).iterdir()
    assert "upload.csv" not in {path.name for path in place.iterdir()}
    assert "岗位.csv" in client.get("/imports/").text


def test_a_column_read_wrongly_is_corrected_and_remembered_for_the_sender(world: World) -> None:
    client = world.client("window")
    content = "编号,岗位名称,用人单位,工作地点,备用栏\nA-1,保安,示例物业,奈曼旗,3200元\n".encode()
    address = _hand_in(client, content)
    client.post(f"{address}/columns", data={"header-0": "备用栏", "was-0": "", "field-0": "薪资待遇"})
    assert "<option selected>薪资待遇</option>" in client.get(address).text
    client.post(f"{address}/confirm")
    with world.office.reading() as unit:
        assert unit.postings.by_ref("A-1").value.wage_text == "3200元"
        assert unit.mappings.get("local", "postings")["备用栏"] == "薪资待遇"


def test_giving_a_file_up_stores_nothing(world: World) -> None:
    client = world.client("window")
    address = _hand_in(client, GOOD.encode())
    client.post(f"{address}/discard")
    assert client.get(address).status_code == 404
    assert _count(world) == 2


def test_a_file_that_is_no_spreadsheet_is_refused_in_one_line(world: World) -> None:
    client = world.client("window")
    page = client.get(_hand_in(client, b"\xff\xd8\xff\xe0 picture", "照片.jpg")).text
    assert "这份文件收不了" in page
    assert "没有存入任何内容" in page


def test_a_file_waits_for_its_own_account_only(world: World) -> None:
    address = _hand_in(world.client("window"), GOOD.encode())
    assert world.client("city").get(address).status_code == 404


@pytest.mark.parametrize("data", [{"kind": "postings"}, {"kind": "nonsense", "file": (io.BytesIO(b"x"), "x.csv")}])
def test_without_a_file_or_a_kind_nothing_happens(world: World, data: dict[str, object]) -> None:
    answer = world.client("window").post("/imports/", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["workers", "postings", "training"])
def test_templates_can_be_downloaded(shown: World, kind: str) -> None:
    answer = shown.client("window").get(f"/imports/template/{kind}.xlsx")
    assert answer.data.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_upload_never_leaves_its_folder(tmp_path: Path) -> None:
    desk = UploadDesk(tmp_path / "desk", now=lambda: 0.0)
    staged = desk.put(io.BytesIO(b"x"), name="..\\..\\etc/passwd.xlsx", kind="workers", sender="a", as_of="", actor="b")
    assert staged.path.is_relative_to(tmp_path / "desk")
    assert staged.name == "passwd.xlsx"
    assert staged.path.stat().st_mode & 0o077 == 0
    assert desk.get("../desk") is None
    assert desk.get(staged.token) == staged


def test_a_file_nobody_confirmed_is_gone_after_a_day(tmp_path: Path) -> None:
    moment = (tmp_path).stat().st_mtime
    old = UploadDesk(tmp_path, now=lambda: moment).put(
        io.BytesIO(b"x"), name="a.csv", kind="workers", sender="a", as_of="", actor="b"
    )
    later = UploadDesk(tmp_path, now=lambda: moment + KEPT_SECONDS + 60)
    later.put(io.BytesIO(b"y"), name="b.csv", kind="workers", sender="a", as_of="", actor="b")
    assert later.get(old.token) is None

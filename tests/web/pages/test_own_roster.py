"""A coordinator hands in the roster of the own village."""

from __future__ import annotations

from io import BytesIO

from tests.web.made_up import World

ROSTER = "姓名,嘎查村,手机,出生日期\n新示例,东村,19900007777,1980-05-06\n外村示例,西村,19900008888,1981-05-06\n"


def test_the_own_village_is_taken_and_others_are_refused(world: World) -> None:
    client = world.client("coordinator")
    page = client.get("/imports/").text
    assert "本村（东村）" in page
    assert 'id="file-postings"' not in page
    data = {"kind": "workers", "sender": "local", "file": (BytesIO(ROSTER.encode()), "台账.csv")}
    there = client.post("/imports/", data=data).headers["Location"]
    seen = client.get(there).text
    assert "不在您管的村（东村）" in seen
    done = client.post(f"{there}/confirm")
    record = client.get(done.headers["Location"]).text
    assert "导入完成" in record
    assert 'href="/village/"' in record
    with world.office.reading() as unit:
        found = {one.value.name: one.value for one in unit.workers.all_for_planning()}
    assert "外村示例" not in found
    assert (found["新示例"].village, found["新示例"].sender) == ("东村", "coordinator")
    assert world.client("window").get(done.headers["Location"]).status_code == 200


def test_other_kinds_and_other_peoples_imports_are_not_for_coordinators(world: World) -> None:
    window, client = world.client("window"), world.client("coordinator")
    data = {"kind": "workers", "file": (BytesIO("姓名\n甲示例\n".encode()), "台账.csv")}
    there = window.post("/imports/", data=data).headers["Location"]
    record = window.post(f"{there}/confirm").headers["Location"]
    assert client.get(record).status_code == 404
    assert client.post(f"{record}/undo").status_code == 404
    assert client.get(there).status_code == 404
    assert "台账.csv" not in client.get("/imports/").text
    data = {"kind": "postings", "file": (BytesIO("岗位名称\n保安\n".encode()), "岗位.csv")}
    assert client.post("/imports/", data=data).status_code == 400

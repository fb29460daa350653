"""A whole sheet of entries: read by its columns, stored whole or not at all, known again."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.web.made_up import World

GOOD = (
    "2026年以工代赈项目表\n"
    "项目序号,名称,旗县乡镇,嘎查村,状态,类型,以工代赈资金（元）,计划劳务报酬（元）,来源\n"
    "1,东村渠道,奈曼旗,东村,在做,农田水利,120万,15万,本地\n"
    "2,西村绿化,奈曼旗,西村,已结束,绿化造林,300000,20000,北京帮扶\n"
)


def handed_in(client: FlaskClient, text: str, kind: str = "relief") -> object:
    file = (BytesIO(text.encode()), "项目.csv")
    return client.post("/projects/bring", data={"kind": kind, "file": file})


def test_a_sheet_is_taken_in_whole_and_known_again(world: World) -> None:
    client = world.client("window")
    first = handed_in(client, GOOD)
    assert first.status_code == 303, first.text  # type: ignore[attr-defined]
    page = client.get("/projects/?kind=relief").text
    assert "新登记 2 条，0 条原来就有" in page
    assert "农田水利 · 奈曼旗 东村" in page
    assert "没达到" in page
    handed_in(client, GOOD)
    assert "新登记 0 条，2 条原来就有" in client.get("/projects/?kind=relief").text


def test_one_wrong_row_keeps_everything_out_and_says_which(world: World) -> None:
    client = world.client("window")
    answer = handed_in(client, GOOD + "3,北村路,奈曼旗,北村,在做,村内道路,很多,,\n4,远处,开鲁县,北村,在做,,,,\n")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert "第 5 行" in text
    assert "“很多”看不出是多少钱" in text
    assert "东村渠道" not in client.get("/projects/?kind=relief").text


@pytest.mark.parametrize("text", ["姓名,电话\n包示例,1\n", "", "名称,旗县\n"])
def test_a_file_without_such_a_table_is_refused_in_one_line(world: World, text: str) -> None:
    answer = handed_in(world.client("window"), text)
    assert answer.status_code == 400  # type: ignore[attr-defined]


def test_the_downloaded_table_comes_back_as_it_went(world: World) -> None:
    client = world.client("window")
    handed_in(client, GOOD)
    sheet = client.get("/projects/tables/relief.xlsx").data
    empty = client.get("/projects/tables/relief.xlsx?empty=1").data
    assert len(empty) < len(sheet)
    client.post("/projects/bring", data={"kind": "relief", "file": (BytesIO(sheet), "table.xlsx")})
    assert "新登记 0 条，2 条原来就有" in client.get("/projects/?kind=relief").text


def test_only_the_office_hands_sheets_in(world: World) -> None:
    for name in ("viewer", "coordinator"):
        assert handed_in(world.client(name), GOOD).status_code == 403  # type: ignore[attr-defined]

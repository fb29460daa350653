"""Home, postings, plan runs and the office's own data."""

from __future__ import annotations

import re

import pytest

from matcher.domain.run import RunState
from tests.web.made_up import NAIMAN, TODAY, World


def _text(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_home_shows_work_without_people_and_people_without_work(shown: World) -> None:
    page = _text(shown.client("window").get("/").text)
    work, people = page.split("有人没活干")[-2:]
    assert "保洁员" in work
    assert "缝纫工" not in work.split("有活没人干")[-1]
    assert "包示例" in people
    assert "+12" in people


def test_a_viewer_sees_counts_and_no_names(shown: World) -> None:
    page = shown.client("viewer").get("/").text
    assert "有活没人干" in page
    assert "示例</strong>" not in page


def test_an_empty_database_offers_templates_and_sample_data(empty_world: World) -> None:
    client = empty_world.client()
    client.post("/demo")
    page = client.get("/").text
    assert "装入示例数据" in page
    assert "下载空白模板" in page


def test_sample_data_are_never_poured_into_a_filled_database(shown: World) -> None:
    assert shown.client("city").post("/sample").status_code == 409


def test_the_missing_phone_of_the_window_is_said_where_it_can_be_entered(world: World) -> None:
    client = world.client("city")
    assert "还没有填窗口电话" in client.get("/").text
    client.post("/settings/", data={"office_phone": "0475-0000131", "office_name": "示例中心"})
    assert "还没有填窗口电话" not in client.get("/").text
    assert 'value="示例中心"' in client.get("/settings/").text


@pytest.mark.parametrize("wrong", [{"office_phone": "请打前台"}, {"public_url": "javascript:alert(1)"}])
def test_values_that_cannot_stand_on_paper_are_refused(world: World, wrong: dict[str, str]) -> None:
    client = world.client("city")
    assert client.post("/settings/", data=wrong).status_code == 400
    with world.office.reading() as unit:
        assert set(unit.settings.all().values()) == {""}


def test_postings_are_found_by_title_and_shown_with_what_was_understood(shown: World) -> None:
    client = shown.client("viewer")
    page = client.get("/postings/?text=缝纫").text
    assert "缝纫工" in page
    assert "保洁员" not in page
    one = _text(client.get(f"/postings/{shown.posting}").text)
    assert "每月 3000–3500 元" in one
    assert "计件缝纫，白班" in one


def test_postings_nobody_was_sent_to_can_be_picked_out(shown: World) -> None:
    page = shown.client("window").get("/postings/?unfilled=1").text
    assert "保洁员" in page
    assert "缝纫工" not in page


def test_a_run_is_queued_for_the_own_division_and_can_be_stopped(world: World) -> None:
    client = world.client("window")
    answer = client.post("/runs/", data={"as_of": TODAY.isoformat()})
    key = int(answer.headers["Location"].rsplit("/", 1)[1])
    with world.office.reading() as unit:
        run = unit.runs.get(key)
    assert (run.division, run.as_of, run.started_by, run.state) == (NAIMAN, TODAY, "window", RunState.QUEUED)
    assert client.get(f"/runs/{key}/progress").json == {"share": 0.0, "over": False, "words": "排队中"}
    assert "<progress" in client.get(f"/runs/{key}").text
    client.post(f"/runs/{key}/cancel")
    assert client.get(f"/runs/{key}/progress").json == {"share": 0.0, "over": True, "words": "已停止"}


@pytest.mark.parametrize("wrong", [{"as_of": "2026-02-31"}, {"as_of": "2099-01-01"}, {"division": "奈曼"}])
def test_a_run_with_a_wrong_day_or_division_is_refused(world: World, wrong: dict[str, str]) -> None:
    assert world.client("city").post("/runs/", data=wrong).status_code == 400
    with world.office.reading() as unit:
        assert len(unit.runs.recent(10)) == 1

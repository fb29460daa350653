"""Papers from the pages: by task, of a person, in the background, and never outside the scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.domain.papers.records import DIED, PrintState
from matcher.domain.settings import SettingName
from matcher.wording import load_catalogue
from tests.web.made_up import NAIMAN, World, opened
from web.pages.papers import delivery
from web.printing.desk import file_of, folder_of
from web.printing.work import resume_printings, work_off_order
from web.tasks import clear_old


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office with the phone of its window; tests print in it, and look at their own printings only."""
    with opened(tmp_path_factory.mktemp("papers")) as world:
        with world.office.unit() as unit:
            unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")
        yield world


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every printing is large enough for a process of its own."""
    monkeypatch.setattr(delivery, "AT_ONCE", 0)


def order_a_village(world: World, name: str = "coordinator") -> int:
    """The key of a printing in the background."""
    answer = world.client(name).post("/print/village", data={"village": "东村", "ending": "html"})
    assert answer.status_code == 302
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def test_the_page_offers_each_role_its_papers(office: World) -> None:
    window, coordinator = (office.client(name).get("/print/").text for name in ("window", "coordinator"))
    for title in ("给一个村印一套", "窗口号票", "用工指导单", "公示表", "重点帮扶人员清单"):
        assert title in window
    assert "窗口号票" not in coordinator
    assert "重点帮扶人员清单" not in coordinator


@pytest.mark.parametrize("path", ["list/key", "list/public", "employer", "tickets"])
def test_a_coordinator_prints_no_lists_and_no_tickets(office: World, path: str) -> None:
    assert office.client("coordinator").post(f"/print/{path}").status_code == 403


def test_tickets_and_advice_come_as_files_named_after_what_they_are(office: World) -> None:
    client = office.client("window")
    tickets = client.post("/print/tickets", data={"topic": "job", "first": "5", "count": "2", "ending": "html"})
    assert "A005" in tickets.text
    advice = client.post("/print/employer", data={"employer": "奈曼旗示例车间", "ending": "html"})
    assert advice.headers["Content-Disposition"].endswith("131-150525-employer.html")
    assert client.post("/print/tickets", data={"first": "x"}).status_code == 400
    assert client.post("/print/employer", data={"employer": "没有"}).status_code == 400


def test_the_key_list_asks_what_for_and_is_noted(office: World) -> None:
    client = office.client("window")
    assert client.post("/print/list/key", data={"division": NAIMAN}).status_code == 400
    answer = client.post("/print/list/key", data={"division": NAIMAN, "purpose": "走访"})
    assert "没有打印" in answer.text
    assert client.post("/print/list/key", data={"division": "150523", "purpose": "走访"}).status_code == 404


@pytest.mark.parametrize("paper", ["sheet", "guidance", "notice", "referral"])
def test_the_papers_of_a_person_have_a_page_and_come_as_files(office: World, paper: str) -> None:
    client = office.client("coordinator")
    page = client.get(f"/print/person/{office.bao}?paper={paper}").text
    assert f"{paper}-1.png" in page
    answer = client.post(f"/print/person/{office.bao}", data={"paper": paper, "ending": "html"})
    assert answer.data.startswith(b"<!doctype html>")
    assert "包示例" not in answer.headers["Content-Disposition"]
    assert "原样再印" in client.get(f"/print/person/{office.bao}").text
    assert "印过的单子" in client.get(f"/people/{office.bao}").text


def test_who_has_no_plan_is_told_what_to_do(office: World) -> None:
    page = office.client("window").get(f"/print/person/{office.wang}").text
    assert "还没有方案" in page
    assert ".png" not in page
    assert office.client("window").post(f"/print/person/{office.wang}", data={"ending": "html"}).status_code == 404


def test_a_picture_shows_a_paper_without_printing_it(office: World) -> None:
    client = office.client("window")
    before = len(client.get(f"/print/person/{office.bao}").text)
    answer = client.get(f"/print/person/{office.bao}/sheet-1.png")
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(client.get(f"/print/person/{office.bao}").text) == before
    assert client.get(f"/print/person/{office.bao}/sheet-4.png").status_code == 404
    assert client.get(f"/print/person/{office.bao}/secret-1.png").status_code == 404


@pytest.mark.parametrize("paper", ["sheet", "ticket", "key_list"])
def test_every_paper_has_a_sample(office: World, paper: str) -> None:
    client = office.client("coordinator")
    assert client.get(f"/print/sample/{paper}.png").data.startswith(b"\x89PNG")
    assert client.get("/print/sample/other.png").status_code == 404


def test_papers_of_people_elsewhere_answer_404(office: World) -> None:
    client = office.client("elsewhere")
    for path in (f"person/{office.bao}", f"person/{office.bao}/sheet-1.png"):
        assert client.get(f"/print/{path}").status_code == 404
    assert client.post("/print/again/1", data={"worker": str(office.bao)}).status_code == 404


@pytest.mark.usefixtures("large")
def test_a_large_printing_waits_is_made_and_fetched_and_can_be_had_again(office: World) -> None:
    client, key = office.client("coordinator"), order_a_village(office)
    assert client.get(f"/print/job/{key}/progress").json["over"] is False
    assert "停下，不印了" in client.get(f"/print/job/{key}").text
    assert client.get(f"/print/job/{key}/file").status_code == 400
    assert work_off_order(office.office, key) == 0
    assert client.get(f"/print/job/{key}/progress").json["over"] is True
    answer = client.get(f"/print/job/{key}/file", buffered=True)
    assert "东村“131”服务名单" in answer.text
    with office.office.reading() as unit:
        path = file_of(office.office.config, unit.printings.get(key))
    assert path.stat().st_mode & 0o077 == 0
    path.unlink()
    assert "原样再印" in client.get(f"/print/job/{key}").text
    again = client.post(f"/print/again/{key}")
    assert again.status_code == 302
    second = int(again.headers["Location"].rsplit("/", 1)[1])
    work_off_order(office.office, second)
    assert client.get(f"/print/job/{second}/file", buffered=True).data == answer.data


@pytest.mark.usefixtures("large")
def test_a_printing_is_seen_by_who_ordered_it_and_by_the_division(office: World) -> None:
    key = order_a_village(office, "window")
    assert office.client("city").get(f"/print/job/{key}").status_code == 200
    for name in ("elsewhere", "coordinator"):
        client = office.client(name)
        for path in ("", "/progress", "/file"):
            assert client.get(f"/print/job/{key}{path}").status_code == 404, name
        assert client.post(f"/print/job/{key}/stop").status_code == 404
        assert client.post(f"/print/again/{key}").status_code == 404


@pytest.mark.usefixtures("large")
def test_a_printing_that_waits_is_stopped_and_says_that_nothing_was_printed(office: World) -> None:
    client, key = office.client("coordinator"), order_a_village(office)
    client.post(f"/print/job/{key}/stop")
    assert "没有印出任何单子" in client.get(f"/print/job/{key}").text
    assert work_off_order(office.office, key) == 1


@pytest.mark.usefixtures("large")
def test_a_server_that_starts_takes_up_what_waits(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    key, begun = order_a_village(office), []
    monkeypatch.setattr("web.printing.work.start_printing", lambda config, one: begun.append(one))
    resume_printings(office.office)
    assert key in begun
    with office.office.unit() as unit:
        unit.printings.claim(key)
        unit.printings.abandon(key, PrintState.FAILED, DIED)
    assert DIED in office.client("coordinator").get(f"/print/job/{key}").text


def test_files_nobody_fetched_are_gone_after_a_day(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    config = office.office.config
    old = config.home / "papers" / "1.pdf"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"%PDF")
    clear_old(folder_of(config))
    assert old.exists()
    monkeypatch.setattr("web.tasks.KEPT_SECONDS", -1)
    clear_old(folder_of(config))
    assert not old.exists()


@pytest.mark.parametrize("path", ["", "person/{bao}", "person/{bao}?paper=referral"])
def test_english_pages_of_papers_hold_no_chinese_of_our_own(office: World, path: str) -> None:
    client = office.client("window")
    client.post("/language", data={"language": "en"})
    page = client.get(f"/print/{path.format(bao=office.bao)}").text
    ours = {row["zh"] for row in load_catalogue("web.translations").sentences.values() if "{" not in row["zh"]}
    assert [text for text in ours if len(text) > 3 and f">{text}<" in page] == []

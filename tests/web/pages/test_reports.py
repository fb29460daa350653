"""Reports: what roles see, only their own division, numbers that lead to people, spreadsheets that compute nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from matcher.casework import queue_run
from matcher.policy import Entry
from matcher.wording import load_catalogue
from tests.web.made_up import NAIMAN, TODAY, World
from web import tasks
from web.tasks import count_figures, work_off

KINDS = ("", "targets", "waiting", "pay", "supply", "map", "fairness")


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """Every statement sent to the database."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["city", "window", "viewer"])
def test_every_report_opens_for_those_who_may(shown: World, name: str, kind: str) -> None:
    page = shown.client(name).get(f"/reports/{kind}")
    assert page.status_code == 200
    assert 'role="img"' in page.text
    assert "<title" in page.text
    assert "看数字" in page.text
    assert "nan" not in re.sub(r"<[^>]*>", "", page.text).lower()


@pytest.mark.parametrize("name", ["coordinator", "admin"])
def test_others_do_not_see_reports(shown: World, name: str) -> None:
    assert shown.client(name).get("/reports/").status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_asks_the_database_little(shown: World, queries: list[str], kind: str) -> None:
    client = shown.client("window")
    client.get(f"/reports/{kind}")
    queries.clear()
    client.get(f"/reports/{kind}")
    assert 0 < len(queries) <= 12


def test_a_number_leads_to_just_its_people(shown: World) -> None:
    client = shown.client("window")
    page = client.get("/reports/").text
    (link,) = set(re.findall(r'href="(/reports/people\?figure=SHORTFALL)"', page))
    people = client.get(link).text
    assert "包示例" in people
    assert "王示例" not in people
    assert f'href="/people/{shown.bao}"' in people


def test_villages_of_a_township_lead_to_their_people(shown: World) -> None:
    page = shown.client("window").get("/reports/people?figure=PEOPLE&village=西村").text
    assert "王示例" in page
    assert "包示例" not in page


def test_a_viewer_sees_figures_and_no_people(shown: World) -> None:
    client = shown.client("viewer")
    assert "/reports/people" not in client.get("/reports/").text
    assert client.get("/reports/people?figure=PEOPLE").status_code == 403


@pytest.mark.parametrize(
    "address", ["/reports/", "/reports/map", "/reports/pay", "/reports/people?figure=PEOPLE&", "/reports/coverage.xlsx"]
)
def test_another_division_answers_404(shown: World, address: str) -> None:
    joined = address if address.endswith("&") else f"{address}?"
    client = shown.client("elsewhere")
    assert client.get(f"{joined}division={NAIMAN}").status_code == 404
    assert client.get(f"{joined}division=not-a-code").status_code == 404
    assert client.get(f"{joined}division=150523").status_code == 200


def test_figures_are_those_of_the_own_division(shown: World) -> None:
    for name, people in (("window", 2), ("elsewhere", 1), ("city", 3)):
        book = openpyxl.load_workbook(BytesIO(shown.client(name).get("/reports/coverage.xlsx").data))
        sheet = book.active
        assert sheet is not None
        assert sum(row[1].value for row in list(sheet.rows)[2:] if isinstance(row[1].value, int)) in {
            people,
            2 * people,
        }


@pytest.mark.parametrize("kind", ["coverage", "targets", "waiting", "pay", "supply", "map", "fairness"])
def test_a_spreadsheet_says_what_figures_mean_and_computes_nothing(shown: World, kind: str) -> None:
    answer = shown.client("window").get(f"/reports/{kind}.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'filename="{kind}-2026-03-16.xlsx"')
    with ZipFile(BytesIO(answer.data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        words = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "数字截至" in words


@pytest.mark.parametrize(
    "figure",
    ["NOTHING", "PEOPLE-1", "CASE-99", "CASE-x", "WISHING-no_such", "", "OVERDUE-1", "__class__"],
)
def test_a_figure_nobody_knows_answers_404(shown: World, figure: str) -> None:
    assert shown.client("window").get(f"/reports/people?figure={figure}").status_code == 404


@pytest.mark.parametrize("figure", ["CASE-0", "ANSWER-0", "OVERDUE", "WISHING-cleaning", "ABLE-cleaning", "FULL"])
def test_every_figure_opens_even_with_nobody_behind_it(shown: World, figure: str) -> None:
    assert shown.client("window").get(f"/reports/people?figure={figure}").status_code in {200, 404}


def test_unknown_reports_and_families_answer_404(shown: World) -> None:
    client = shown.client("window")
    for address in ("/reports/nonsense", "/reports/nonsense.xlsx", "/reports/postings?family=nonsense"):
        assert client.get(address).status_code == 404


def test_counting_again_is_a_button_and_says_so(world: World) -> None:
    client = world.client("window")
    assert client.get("/reports/count").status_code in {404, 405}
    assert "已重新统计" in client.post("/reports/count", follow_redirects=True).text


def test_an_empty_office_is_told_how_to_begin(empty_world: World) -> None:
    client = empty_world.client()
    client.post("/demo")
    for kind in KINDS:
        page = client.get(f"/reports/{kind}")
        assert page.status_code == 200
        assert "还没有数据可以统计" in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_english_reports_hold_no_chinese_of_our_own(shown: World, kind: str) -> None:
    client = shown.client("window")
    client.post("/language", data={"language": "en"})
    page = client.get(f"/reports/{kind}").text
    sentences = load_catalogue("web.translations").sentences
    ours = {row["zh"] for row in sentences.values() if "{" not in row["zh"] and len(row["zh"]) > 3}
    assert [text for text in ours if f">{text}<" in page] == []


def test_no_name_stands_in_an_address_of_a_report(shown: World) -> None:
    page = shown.client("window").get("/reports/people?figure=PEOPLE").text
    assert [link for link in re.findall(r'href="([^"]*)"', page) if "示例" in link] == []


@pytest.fixture
def large(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[World, list[tuple[str, ...]]]:
    """An office too large to count when asked, and the processes that were started."""
    with world.office.unit("city") as unit:
        unit.policy_values.add([Entry("reports.at_once", 0, "person", TODAY, "试验用")])
    world.office.policies.look_again()
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "start_task", lambda config, *words: started.append(words))
    monkeypatch.setattr(tasks, "_STARTED", {})
    config, office = world.app.extensions["job131"]
    world.app.extensions["job131"] = (replace(config, start_runs=True), office)
    return world, started


def test_a_large_office_is_counted_once_by_a_process_while_the_page_waits(
    large: tuple[World, list[tuple[str, ...]]],
) -> None:
    world, started = large
    client = world.client("window")
    for address in ("/reports/", "/reports/pay", "/reports/people?figure=PEOPLE"):
        page = client.get(address).text
        assert "正在统计" in page
        assert 'http-equiv="refresh"' in page
    assert started == [("figures",)]
    assert count_figures(world.office) == 0
    page = client.get("/reports/").text
    assert "正在统计" not in page
    assert 'role="img"' in page


def test_figures_that_are_no_longer_true_say_so_and_are_counted_anew(
    large: tuple[World, list[tuple[str, ...]]],
) -> None:
    world, started = large
    count_figures(world.office)
    client = world.client("window")
    assert "正在后台重新统计" not in client.get("/reports/").text
    with world.office.unit("window") as unit:
        plan = unit.plans.current(world.bao)
        assert plan is not None
        unit.plans.printed(plan.key, TODAY)
    assert "正在后台重新统计" in client.get("/reports/").text
    assert started == [("figures",)]


def test_after_a_run_of_a_large_office_its_figures_are_there(large: tuple[World, list[tuple[str, ...]]]) -> None:
    world, started = large
    assert work_off(world.office, queue_run(world.office, actor="city")) == 0
    assert "王示例" not in world.client("viewer").get("/reports/").text
    assert 'role="img"' in world.client("city").get("/reports/").text
    assert started == []

"""Printing from the pages."""

from __future__ import annotations

import pytest

from matcher.domain.casenumber import case_number
from tests.web.made_up import NAIMAN, World


def _with_phone(world: World) -> None:
    world.client("city").post("/settings/", data={"office_phone": "0475-0000131", "office_name": "示例中心"})


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("html", b"<!"), ("docx", b"PK")])
def test_the_sheet_of_a_person_comes_as_a_file_without_a_name(world: World, ending: str, begins: bytes) -> None:
    _with_phone(world)
    answer = world.client("coordinator").post(f"/print/person/{world.bao}", data={"ending": ending})
    assert answer.status_code == 200
    assert answer.data[:200].lstrip().lower().startswith(begins.lower())
    saved_as = answer.headers["Content-Disposition"]
    assert saved_as == f"attachment; filename={case_number(world.bao)}.{ending}"
    with world.office.reading() as unit:
        stored = unit.plans.current(world.bao)
    assert stored is not None
    assert stored.printed_on == world.office.today()


def test_without_the_phone_of_the_window_nothing_is_printed(world: World) -> None:
    answer = world.client("window").post(f"/print/person/{world.bao}", data={"ending": "pdf"})
    assert answer.status_code == 400
    with world.office.reading() as unit:
        stored = unit.plans.current(world.bao)
    assert stored is not None
    assert stored.printed_on is None


def test_a_village_pack_holds_the_village(world: World) -> None:
    _with_phone(world)
    data = {"division": NAIMAN, "village": "东村", "ending": "html"}
    page = world.client("window").post("/print/village", data=data).text
    assert "包示例" in page
    assert "王示例" not in page


@pytest.mark.parametrize(
    ("name", "data"),
    [("elsewhere", {"division": NAIMAN}), ("coordinator", {"village": "西村"}), ("coordinator", {})],
)
def test_the_pack_of_a_foreign_village_answers_404(shown: World, name: str, data: dict[str, str]) -> None:
    assert shown.client(name).post("/print/village", data=data).status_code == 404


def test_the_sheet_of_a_person_of_another_division_answers_404(world: World) -> None:
    _with_phone(world)
    assert world.client("elsewhere").post(f"/print/person/{world.bao}").status_code == 404


def test_a_coordinator_chooses_among_the_own_villages(shown: World) -> None:
    page = shown.client("coordinator").get("/print/").text
    assert "<option>东村</option>" in page
    assert "optgroup" not in page
    assert "optgroup" in shown.client("window").get("/print/").text

"""Pages of the cooperation, of intermediaries and of employers: what is typed is kept, other divisions answer 404."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from jobs_feed.trust.checking import check_employer
from matcher.domain.posting import PostingFacts, PostingState
from matcher.domain.service.around.cooperation import Departure, TravelState
from matcher.policy import Entry
from tests.web.made_up import NAIMAN, TODAY, World, a_posting

DEPARTURE = {
    "district": "110114", "division": NAIMAN, "batch": "2026-01", "leaves_on": TODAY.isoformat(),
    "employer": "北京示例家政", "seats": "45", "companion": "示例带队人",
}  # fmt: skip
AGENCY = "通辽示例人力资源有限公司"


def send(client: FlaskClient, address: str, page: str, **form: str) -> int:
    """Sends a form as a browser does; the status of the answer."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert token is not None, page
    return client.post(address, data=form | {"csrf_token": token[1]}).status_code


def a_departure(world: World, client: FlaskClient) -> str:
    """The page of a departure with one person on its list."""
    assert send(client, "/cooperation/departures", "/cooperation/", **DEPARTURE) == 303
    page = "/cooperation/departures/1"
    assert send(client, f"{page}/people", page, worker=str(world.bao)) == 303
    return page


def test_a_departure_goes_from_the_form_to_the_arrival(world: World) -> None:
    window = world.client("window")
    page = a_departure(world, window)
    assert "包示例" in window.get(page).text
    assert send(window, f"{page}/arrived", page, traveller="1", said_by="employer", on=TODAY.isoformat()) == 303
    assert send(window, f"{page}/person", page, traveller="1", act="trouble", note="宿舍冷") == 303
    with world.office.reading() as unit:
        [line] = unit.cooperation.travellers.of("departure_key", [1])
        [spell] = unit.aftercare.spells.of_people([world.bao])[world.bao]
    assert (line.state, line.note, spell.employer) == (TravelState.ARRIVED, "宿舍冷", "北京示例家政")
    assert "北京示例家政" in window.get("/visits/").text
    assert send(window, f"{page}/person", page, traveller="1", act="home", on=TODAY.isoformat()) == 303
    book = openpyxl.load_workbook(BytesIO(window.get("/cooperation/ledger.xlsx").data))
    assert [cell.value for cell in book.active[3]][2:6] == ["2026-01", TODAY.isoformat(), "", "北京示例家政"]


def test_the_list_leaves_the_office_with_a_purpose_only_and_is_audited(world: World) -> None:
    window = world.client("window")
    page = a_departure(world, window)
    assert send(window, f"{page}/list.xlsx", page, purpose="") == 400
    assert send(window, f"{page}/list.xlsx", page, purpose="交给带队人") == 200
    with world.office.reading() as unit:
        assert [entry.purpose for entry in unit.audit.recent() if entry.action == "departure_export"] == ["交给带队人"]


def test_departures_of_another_division_answer_404(world: World) -> None:
    a_departure(world, world.client("window"))
    with world.office.unit() as unit:
        unit.cooperation.departures.change(_moved(unit.cooperation.departures.get(1)))
    assert world.client("window").get("/cooperation/departures/1").status_code == 404


def _moved(departure: Departure) -> Departure:
    """The departure as that of another banner."""
    return replace(departure, division="150523")


def test_until_the_rule_is_switched_on_the_page_says_how(shown: World) -> None:
    assert "还没有开启" in shown.client("window").get("/brokers/").text


def test_the_page_says_what_the_rule_would_hold_and_a_banner_switches_it_on_with_one_click(world: World) -> None:
    with world.office.unit() as unit:
        key = unit.postings.add(replace(a_posting("P-9", "保洁员"), employer=AGENCY), PostingFacts())
    window, city = world.client("window"), world.client("city")
    page = window.get("/brokers/").text
    assert "会有 1 条在招岗位" in page
    assert AGENCY in page
    assert send(window, "/brokers/rule", "/brokers/", on="yes") == 403
    assert send(city, "/brokers/rule", "/brokers/", on="yes") == 303
    with world.office.reading() as unit:
        assert unit.postings.get(key).state is PostingState.HELD
    assert "已开启" in window.get("/brokers/").text
    assert send(city, "/brokers/rule", "/brokers/", on="yes") == 400
    assert send(city, "/brokers/rule", "/brokers/") == 303
    with world.office.reading() as unit:
        assert unit.postings.get(key).state is PostingState.OPEN


def test_recording_the_sender_of_a_held_posting_opens_it_in_two_taps(world: World) -> None:
    with world.office.unit() as unit:
        rule = Entry("trust.recorded_brokers_only", 1, "1 = held", date(2022, 6, 9), "示例：名册已录入")
        unit.policy_values.add([rule])
    world.office.policies.look_again()
    with world.office.unit() as unit:
        key = unit.postings.add(replace(a_posting("P-9", "保洁员"), employer=AGENCY), PostingFacts())
        check_employer(unit, world.office.policy.at(world.office.today()), AGENCY)
        assert unit.postings.get(key).state is PostingState.HELD
    window = world.client("window")
    checks = window.get("/postings/checks/").text
    assert f"/brokers/?posting={key}" in checks
    form = window.get(f"/brokers/?posting={key}").text
    assert AGENCY in form
    told = {"name": AGENCY, "kind": "agency", "record_no": "备2026001", "division": NAIMAN, "posting": str(key)}
    assert send(window, "/brokers/", "/brokers/", **told) == 303
    with world.office.reading() as unit:
        assert unit.postings.get(key).state is PostingState.OPEN


@pytest.mark.parametrize(
    ("address", "page", "form"),
    [
        ("/cooperation/deeds", "/cooperation/", {"division": NAIMAN, "title": "月嫂班", "people": "30"}),
        ("/cooperation/contacts", "/cooperation/contacts",
         {"side": "origin", "division": NAIMAN, "office": "示例站", "phone": "0475-0000000"}),
        ("/cooperation/bases", "/cooperation/bases", {"division": NAIMAN, "name": "示例基地"}),
        ("/brokers/brands", "/brokers/brands", {"division": NAIMAN, "name": "示例月嫂", "headcount": "320"}),
        ("/visits/", "/visits/", {"division": NAIMAN, "employer": "示例厂", "topic": "wages"}),
    ],
)  # fmt: skip
def test_what_is_entered_is_shown_and_what_is_nonsense_is_refused(
    world: World, address: str, page: str, form: dict[str, str]
) -> None:
    window = world.client("window")
    assert send(window, address, page, **form) == 303
    name = form.get("title") or form.get("office") or form.get("name") or form["employer"]
    assert name in window.get(page).text
    assert send(window, address, page, **(form | {"division": "150523"})) == 404

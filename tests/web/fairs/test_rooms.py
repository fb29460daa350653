"""The rooms of a fair: a PIN opens this room of this fair only, waits after wrong tries, locks when left."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from matcher.domain.fairs import FairResult, Room
from matcher.fairs.pins import make_pin
from tests.matcher.fairs.hall import place_of, visitor
from tests.web.fairs.conftest import FairWorld
from tests.web.made_up import some_values
from web.auth import access_table
from web.pace import PACE

LAN = {"REMOTE_ADDR": "192.168.1.23"}
PART = {"X-Requested-With": "part"}


def _in(hall: FairWorld, room: Room, **more: str) -> FlaskClient:
    """A device of the hall that has entered a room."""
    client = hall.app.test_client()
    client.environ_base.update(LAN)
    data = {"room": room.value, "pin": hall.pins[room]} | more
    answer = client.post(f"/fair-room/{hall.fair.key}", data=data)
    assert answer.status_code == 302, answer.text
    return client


def test_another_device_sees_the_page_of_the_pin_and_nothing_else(hall: FairWorld) -> None:
    client = hall.app.test_client()
    client.environ_base.update(LAN)
    wanted = f"/fair-room/{hall.fair.key}"
    for path in ("/", "/people/", "/sign-in", "/fairs/", f"/fairs/{hall.fair.key}/door", "/shared/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, wanted), path
    page = client.get(wanted)
    assert page.status_code == 200
    assert "包示例" not in page.text
    assert client.post("/sign-in", data={"name": "window", "password": "x"}).headers["Location"] == wanted


@pytest.mark.parametrize("room", list(Room))
def test_a_pin_opens_its_own_room_only(hall: FairWorld, room: Room) -> None:
    client, key = _in(hall, room), hall.fair.key
    own, other = (f"/fairs/{key}/{name}" for name in (room.value, {"door": "booth", "booth": "door"}[room.value]))
    assert client.get(own).status_code == 200
    assert client.get(other).status_code == 403
    for endpoint, access in access_table().items():
        if access.open or room.value in access.pin:
            continue
        rule = next(rule for rule in hall.app.url_map.iter_rules(endpoint))
        with hall.app.test_request_context():
            address = hall.app.url_for(endpoint, **some_values(rule))
        method = min((rule.methods or set()) - {"HEAD", "OPTIONS"})
        refused = 401 if access.right else 403
        hall.app.extensions.pop(PACE, None)  # an address that sends many wrong tokens has to wait
        assert client.open(address, method=method).status_code == refused, endpoint


def test_a_pin_opens_no_other_fair(hall: FairWorld) -> None:
    assert _in(hall, Room.DOOR).get(f"/fairs/{hall.fair.key + 1}/door").status_code == 403
    data = {"room": "door", "pin": hall.pins[Room.DOOR]}
    assert hall.app.test_client().post(f"/fair-room/{hall.fair.key + 1}", data=data).status_code == 404


def test_a_pin_is_good_only_where_the_server_was_started_for_the_fair(world: FairWorld) -> None:
    data = {"room": "door", "pin": world.pins[Room.DOOR]}
    assert world.client().post(f"/fair-room/{world.fair.key}", data=data).status_code == 404


def test_after_five_wrong_pins_the_right_one_waits_and_other_devices_do_not(hall: FairWorld) -> None:
    client = hall.app.test_client()
    client.environ_base.update(LAN)
    address, wrong = f"/fair-room/{hall.fair.key}", {"room": "door", "pin": "000000"}
    if hall.pins[Room.DOOR] == wrong["pin"]:
        wrong["pin"] = "000001"
    assert [client.post(address, data=wrong).status_code for _ in range(5)] == [403] * 5
    assert client.post(address, data={"room": "door", "pin": hall.pins[Room.DOOR]}).status_code == 429
    other = hall.app.test_client()
    other.environ_base.update({"REMOTE_ADDR": "192.168.1.24"})
    assert other.post(address, data={"room": "door", "pin": hall.pins[Room.DOOR]}).status_code == 302
    hall.later(11 * 60)
    assert client.post(address, data={"room": "door", "pin": hall.pins[Room.DOOR]}).status_code == 302


def test_a_screen_left_alone_asks_for_the_pin_and_shows_the_same_page_again(hall: FairWorld) -> None:
    client, key = _in(hall, Room.BOOTH), hall.fair.key
    hall.later(4 * 60)
    assert client.get(f"/fairs/{key}/booth?booth=1").status_code == 200
    hall.later(6 * 60)
    answer = client.get(f"/fairs/{key}/booth?booth=1")
    assert answer.headers["Location"].startswith(f"/fair-room/{key}?next=")
    assert "屏幕已锁" in client.get(answer.headers["Location"]).text
    back = client.post(
        f"/fair-room/{key}", data={"room": "booth", "pin": hall.pins[Room.BOOTH], "next": f"/fairs/{key}/booth?booth=1"}
    )
    assert back.headers["Location"] == f"/fairs/{key}/booth?booth=1"
    assert client.get(back.headers["Location"]).status_code == 200


def test_asking_for_counts_does_not_keep_a_screen_awake(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    for _ in range(2):
        hall.later(3 * 60)
        client.get(f"/fairs/{key}/door/counts", headers={"X-Requested-With": "poll"})
    assert client.get(f"/fairs/{key}/door").status_code == 302


def test_a_new_pin_ends_what_was_entered_with_the_old_one(hall: FairWorld) -> None:
    client = _in(hall, Room.DOOR)
    make_pin(hall.office, hall.fair, Room.DOOR, actor="x")
    assert client.get(f"/fairs/{hall.fair.key}/door").status_code == 302


def test_the_screen_can_be_locked_by_hand(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    client.post(f"/fairs/{key}/lock")
    assert client.get(f"/fairs/{key}/door").status_code == 302


def test_the_page_of_pins_shows_a_pin_once_and_nowhere_else(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    page = client.post(f"/fairs/{key}/pins", data={"room": "door"}).text
    assert 'class="pin num"' in page
    assert 'class="pin num"' not in client.get(f"/fairs/{key}").text


def test_the_door_checks_in_by_code_and_lets_in_somebody_new(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    code = visitor(hall.office, hall.fair, "包示例").code
    answer = client.post(f"/fairs/{key}/door/find", data={"text": code}, headers=PART)
    assert "缝纫工" in answer.text
    assert not answer.text.lstrip().startswith("<!doctype")
    new = {"name": "新示例", "village": "东村", "can_do": "会踩缝纫机"}
    answer = client.post(f"/fairs/{key}/door/new", data=new, headers=PART)
    assert "会缝纫" in answer.text
    assert "A01" in answer.text
    assert "还缺这几样" in answer.text
    counts = client.get(f"/fairs/{key}/door/counts").get_json()
    assert (counts["arrived"], counts["walk_ins"]) == (2, 1)


def test_what_is_refused_at_the_door_is_said_in_place(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    answer = client.post(f"/fairs/{key}/door/new", data={"name": "新示例", "age": "8"}, headers=PART)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not answer.text.lstrip().startswith("<!doctype")
    whole = client.post(f"/fairs/{key}/door/new", data={"name": "新示例", "age": "x"})
    assert whole.text.lstrip().startswith("<!doctype")


def test_a_room_shows_no_list_of_people_who_were_not_named_in_full(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    with hall.office.unit() as unit:
        person = visitor(hall.office, hall.fair, "包示例")
        unit.fairs.visitors.uninvite(key)
    for text, shown in (("示例", False), ("包示例", True)):
        page = client.post(f"/fairs/{key}/door/find", data={"text": text}, headers=PART).text
        assert ("包示例" in page) is shown
    assert person.name == "包示例"


def test_a_room_does_not_let_in_by_number_whom_it_cannot_name(hall: FairWorld) -> None:
    client, key = _in(hall, Room.DOOR), hall.fair.key
    with hall.office.unit() as unit:
        worker = visitor(hall.office, hall.fair, "包示例").worker_key
        unit.fairs.visitors.uninvite(key)
    name, address = "包示例", f"/fairs/{key}/door/known"
    for text in ("", name[:1], "示例"):
        answer = client.post(address, data={"worker": worker, "text": text}, headers=PART)
        assert answer.status_code == 404, text
        assert name not in answer.text
    found = client.post(f"/fairs/{key}/door/find", data={"text": name}, headers=PART)
    assert f'name="text" value="{name}"' in found.text
    assert client.post(address, data={"worker": worker, "text": name}, headers=PART).status_code == 200


def test_a_booth_reads_masked_names_and_notes_in_two_taps(hall: FairWorld) -> None:
    door, booth, key = _in(hall, Room.DOOR), _in(hall, Room.BOOTH), hall.fair.key
    person = visitor(hall.office, hall.fair, "包示例")
    door.post(f"/fairs/{key}/door/find", data={"text": person.code})
    listed = booth.get(f"/fairs/{key}/booth?booth=1").text
    assert "包*" in listed
    assert "包示例" not in listed
    assert "包示例" not in booth.get(f"/fairs/{key}/booth?booth=1&visitor={person.key}").text
    place = str(place_of(hall.office, hall.fair, "缝纫工"))
    data = {"booth": "1", "visitor": str(person.key), "place": place, "reason": "pay"}
    answer = booth.post(f"/fairs/{key}/booth/note", data=data)
    assert "记好了：包* 不合适" in booth.get(answer.headers["Location"]).text
    with hall.office.reading() as unit:
        [result] = unit.fairs.results.of(key)
    assert (result.result, result.reason, result.by) == (FairResult.UNSUITED, "pay", "fair-booth")


def test_somebody_whose_way_did_not_lead_here_is_found_by_code(hall: FairWorld) -> None:
    booth, key = _in(hall, Room.BOOTH), hall.fair.key
    person = visitor(hall.office, hall.fair, "白示例")
    answer = booth.post(f"/fairs/{key}/booth/find", data={"booth": "1", "text": person.code})
    assert answer.headers["Location"].endswith(f"visitor={person.key}")

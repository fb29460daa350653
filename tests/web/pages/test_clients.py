"""The page of programs: a token shown once, ended at once, by the system administrator only."""

from __future__ import annotations

import re

from tests.web.made_up import World

TOKEN = re.compile(r"j131_[a-z2-7]{8}_[A-Za-z0-9_-]{43}")
FORM = {"name": "台账系统", "right": ["read:people", "write:plans"], "division": "150525", "days": "90"}


def test_a_program_is_added_shown_once_and_ended(world: World) -> None:
    client = world.client("admin")
    assert "还没有程序" in client.get("/clients/").text
    page = client.post("/clients/", data=FORM).text
    found = TOKEN.search(page)
    assert found is not None
    assert not TOKEN.search(client.get("/clients/").text)
    api = world.app.test_client()
    headers = {"Authorization": f"Bearer {found.group()}"}
    assert api.get("/api/v1/workers", headers=headers).status_code == 200
    with world.office.reading() as unit:
        made = unit.clients.by_name("台账系统")
    assert (made.division, made.created_by) == ("150525", "admin")
    assert made.expires_at is not None
    assert (made.expires_at - world.office.clock()).days == 90
    ended = client.post(f"/clients/{made.key}/revoke", follow_redirects=True)
    assert "已停用" in ended.text
    assert api.get("/api/v1/workers", headers=headers).status_code == 401
    with world.office.reading() as unit:
        actions = [one.action for one in unit.audit.recent() if one.actor == "admin"]
    assert actions[:2] == ["client_revoked", "client_added"]


WRONG: list[dict[str, object]] = [
    {"right": []},
    {"name": ""},
    {"name": "a b"},
    {"days": "0"},
    {"days": "9999"},
    {"days": "x"},
    {"division": "999999"},
    {"division": "", "villages": "东村"},
]


def test_a_form_that_cannot_be_taken_stores_nothing_and_villages_take_any_comma(world: World) -> None:
    client = world.client("admin")
    for wrong in WRONG:
        assert client.post("/clients/", data=FORM | wrong).status_code == 400, wrong
    with world.office.reading() as unit:
        assert unit.clients.all() == []
    client.post("/clients/", data=FORM | {"villages": "东村，西村、 南村,东村"})
    with world.office.reading() as unit:
        assert unit.clients.by_name("台账系统").villages == ("东村", "西村", "南村")


def test_the_settings_lead_the_administrator_there_and_nobody_else(shown: World) -> None:
    assert 'href="/clients/"' in shown.client("admin").get("/settings/").text
    assert 'href="/clients/"' not in shown.client("city").get("/settings/").text
    assert shown.client("city").get("/clients/").status_code == 403


def test_the_page_is_english_on_demand(shown: World) -> None:
    client = shown.client("admin")
    client.post("/language", data={"language": "en"})
    page = client.get("/clients/").text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "See people, numbers masked" in main
    assert not re.search("[一-龥]", re.sub(r"<option.*?</option>", "", main))

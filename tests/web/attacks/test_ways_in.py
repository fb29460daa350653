"""Old tricks at the door: a session handed to somebody, addresses that lead away, uploads named like paths."""

from __future__ import annotations

import io

import pytest

from tests.web.made_up import PASSWORD, World

AWAY = (
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\t/evil.example",
)


@pytest.mark.parametrize("address", AWAY)
@pytest.mark.parametrize("form", [("/language", {"language": "en"}), ("/theme", {"theme": "dark"})])
def test_changing_language_or_theme_leads_nobody_away(
    shown: World, address: str, form: tuple[str, dict[str, str]]
) -> None:
    place, fields = form
    led = shown.client("window").post(place, data=fields | {"next": address}).headers["Location"]
    assert led.startswith("/")
    assert "evil" not in led.partition("/")[0]
    assert not led.replace("\t", "").startswith(("//", "/\\"))


@pytest.mark.parametrize("address", AWAY)
def test_signing_in_leads_nobody_away(shown: World, address: str) -> None:
    sent = {"name": "window", "password": PASSWORD, "next": address}
    led = shown.client().post("/sign-in", query_string={"next": address}, data=sent).headers["Location"]
    assert not led.replace("\t", "").startswith(("//", "/\\", "http", "javascript"))


def test_a_session_from_before_signing_in_is_worth_nothing_after_it(shown: World) -> None:
    client = shown.client()
    client.get("/sign-in")
    client.get("/people/")
    before = client.get_cookie("job131")
    client.post("/sign-in", data={"name": "window", "password": PASSWORD})
    after = client.get_cookie("job131")
    assert after is not None
    assert before is None or before.value != after.value
    thief = shown.app.test_client()
    if before is not None:
        thief.set_cookie("job131", before.value)
    assert thief.get("/people/").status_code == 302


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "..\\..\\evil.csv", "/etc/cron.d/evil.csv", "C:\\evil.csv", "a\x00.csv"]
)
def test_an_upload_named_like_a_path_stays_in_its_folder(world: World, name: str) -> None:
    folder = world.app.extensions["job131"][0].upload_folder
    file = (io.BytesIO("编号,岗位名称\nA-1,保安\n".encode()), name)
    answer = world.client("window").post("/imports/", data={"kind": "postings", "file": file})
    assert answer.status_code in (302, 400)
    assert list(folder.parent.rglob("*evil*")) == []

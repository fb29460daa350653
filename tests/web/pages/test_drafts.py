"""What was typed and not sent is kept for its account, comes back, and goes when it was sent or grew old."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from tests.web.made_up import World


def _kept(world: World, name: str, form: str = "paste") -> object:
    """What the server keeps of a form."""
    return world.client(name).get(f"/drafts/?form={form}").get_json()["fields"]


def test_a_draft_is_back_after_signing_in_again_and_nobody_else_sees_it(world: World) -> None:
    client = world.client("window")
    data = {"_draft": "paste", "text": "招焊工两名 电话19900001234", "csrf_token": "x", "old_password": "x"}
    assert client.post("/drafts/", data=data).status_code == 204
    client.post("/sign-out")
    assert _kept(world, "window") == [["text", "招焊工两名 电话19900001234"]]
    assert _kept(world, "elsewhere") is None
    assert _kept(world, "window", "settings") is None


def test_a_draft_is_sealed_and_leaves_no_trace_in_clear(world: World) -> None:
    world.client("window").post("/drafts/", data={"_draft": "paste", "text": "包示例家里欠着饥荒"})
    with world.office.store._engine.begin() as connection:
        rows = connection.execute(text("SELECT * FROM draft")).all()
    assert len(rows) == 1
    assert "饥荒".encode() not in b"".join(value for value in rows[0] if isinstance(value, bytes))


def test_a_form_that_was_sent_needs_its_draft_no_more_and_one_refused_does(world: World) -> None:
    client = world.client("city")
    client.post("/drafts/", data={"_draft": "settings", "office_phone": "bad"})
    assert client.post("/settings/", data={"_draft": "settings", "office_phone": "bad"}).status_code == 400
    assert _kept(world, "city", "settings") == [["office_phone", "bad"]]
    assert client.post("/settings/", data={"_draft": "settings", "office_phone": "0475-0000000"}).status_code == 302
    assert _kept(world, "city", "settings") is None


def test_a_form_sent_after_the_session_ended_keeps_its_draft_and_leads_back_to_its_page(world: World) -> None:
    client = world.client("city")
    client.post("/drafts/", data={"_draft": "settings", "office_phone": "0475-0000001"})
    with world.office.unit() as unit:
        unit.accounts.end_sessions("city")
    answer = client.post("/settings/", data={"_draft": "settings"}, headers={"Referer": "http://localhost/settings/"})
    assert answer.headers["Location"] == "/sign-in?next=/settings/"
    foreign = client.post("/settings/", headers={"Referer": "http://evil.example/settings/"})
    assert foreign.headers["Location"] == "/sign-in?next=/"
    assert _kept(world, "city", "settings") == [["office_phone", "0475-0000001"]]


def test_an_empty_or_dropped_form_leaves_nothing(world: World) -> None:
    client = world.client("window")
    for last in ({"text": " "}, {"text": "x", "_drop": "1"}):
        client.post("/drafts/", data={"_draft": "paste", "text": "招焊工"})
        client.post("/drafts/", data={"_draft": "paste"} | last)
        assert _kept(world, "window") is None


def test_old_drafts_and_too_many_go(world: World) -> None:
    keep = timedelta(hours=72)
    with world.office.unit() as unit:
        for number in range(45):
            unit.drafts.put(7, f"form-{number}", [("a", "1")], keep=keep)
        assert unit.drafts.get(7, "form-0", keep=keep) is None
        assert unit.drafts.get(7, "form-44", keep=keep) is not None
        assert unit.drafts.get(7, "form-44", keep=-keep) is None


def test_a_name_that_is_none_is_refused(world: World) -> None:
    client = world.client("window")
    for name in ("", "../x", "a" * 99, "中文"):
        assert client.post("/drafts/", data={"_draft": name, "text": "x"}).status_code == 400
    assert client.get("/drafts/?form=../x").status_code == 400

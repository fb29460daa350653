"""Accounts are made, changed and closed on their page; nobody is locked out of the last way in."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from matcher.domain.account import Role
from tests.web.made_up import KAILU, NAIMAN, PASSWORD, World

OWN = "river-lamp-4711-stone"


def _made(world: World, **more: str) -> str:
    """A new account of the window; the password shown."""
    data = {"name": "新窗口", "role": "window", "division": NAIMAN} | more
    page = world.client("admin").post("/accounts/", data=data)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    found = re.search(r'class="secret"[^>]*>([^<]+)<', page.text)
    assert found is not None
    return found[1]


def _signed_in(world: World, name: str, password: str) -> FlaskClient:
    """A browser of somebody."""
    client = world.app.test_client()
    client.post("/sign-in", data={"name": name, "password": password})
    return client


def _key(world: World, name: str) -> int:
    """The key of an account."""
    with world.office.reading() as unit:
        return unit.accounts.by_name(name).key


def test_a_first_password_is_shown_once_and_changed_before_anything_else(world: World) -> None:
    first = _made(world)
    client = _signed_in(world, "新窗口", first)
    for address in ("/", "/people/", f"/people/{world.bao}"):
        assert client.get(address).headers["Location"] == "/accounts/password"
    assert first not in world.client("admin").get("/accounts/").text
    data = {"old_password": first, "new_password": OWN, "new_password_again": OWN}
    assert client.post("/accounts/password", data=data).status_code == 302
    assert client.get("/people/").status_code == 200
    assert _signed_in(world, "新窗口", OWN).get("/people/").status_code == 200
    with world.office.reading() as unit:
        assert not unit.accounts.by_name("新窗口").must_change
        assert "password_changed" in [entry.action for entry in unit.audit.recent(5)]


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong-wrong-wrong", OWN, OWN, "现在的密码不对"),
        (PASSWORD, OWN, "another-lamp-4711", "两遍新密码不一样"),
        (PASSWORD, PASSWORD, PASSWORD, "和现在的一样"),
        (PASSWORD, "short", "short", "至少 12 个字符"),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_plain_words(
    world: World, old: str, new: str, again: str, said: str
) -> None:
    client = world.client("window")
    data = {"old_password": old, "new_password": new, "new_password_again": again}
    assert said in client.post("/accounts/password", data=data).text
    assert _signed_in(world, "window", PASSWORD).get("/people/").status_code == 200


def test_ones_own_new_password_ends_other_sessions_and_not_this_one(world: World) -> None:
    here, elsewhere = world.client("window"), world.client("window")
    data = {"old_password": PASSWORD, "new_password": OWN, "new_password_again": OWN}
    here.post("/accounts/password", data=data)
    assert here.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302


def test_a_locked_account_is_seen_and_let_in_again_with_a_record(world: World) -> None:
    for _ in range(5):
        _signed_in(world, "window", "wrong-wrong-wrong")
    admin, key = world.client("admin"), _key(world, "window")
    assert "已锁定" in admin.get("/accounts/").text
    assert "连续输错五次" in admin.get(f"/accounts/{key}").text
    admin.post(f"/accounts/{key}/act", data={"act": "unlock"})
    assert _signed_in(world, "window", PASSWORD).get("/people/").status_code == 200
    with world.office.reading() as unit:
        assert ("account_unlock", f"account:{key}") in [(one.action, one.subject) for one in unit.audit.recent(5)]


def test_role_and_villages_are_changed_and_open_sessions_end(world: World) -> None:
    client, key = world.client("window"), _key(world, "window")
    answer = world.client("admin").post(
        f"/accounts/{key}", data={"role": "coordinator", "division": NAIMAN, "villages": "东村、西村"}
    )
    assert answer.status_code == 302
    assert client.get("/people/").status_code == 302
    with world.office.reading() as unit:
        account = unit.accounts.get(key)
    assert (account.role, account.villages) == (Role.COORDINATOR, ("东村", "西村"))


def test_an_account_goes_off_is_signed_out_and_comes_back(world: World) -> None:
    client, admin, key = world.client("window"), world.client("admin"), _key(world, "window")
    admin.post(f"/accounts/{key}/act", data={"act": "sign_out"})
    assert client.get("/people/").status_code == 302
    admin.post(f"/accounts/{key}/act", data={"act": "disable"})
    assert _signed_in(world, "window", PASSWORD).get("/people/").status_code == 302
    admin.post(f"/accounts/{key}/act", data={"act": "enable"})
    assert _signed_in(world, "window", PASSWORD).get("/people/").status_code == 200
    page = admin.post(f"/accounts/{key}/act", data={"act": "reset"})
    assert "只显示这一次" in page.text
    assert _signed_in(world, "window", PASSWORD).get("/people/").status_code == 302


def test_nobody_closes_the_last_way_in_or_oneself(world: World) -> None:
    admin, key = world.client("admin"), _key(world, "admin")
    for data in ({"act": "disable"}, {"act": "reset"}):
        assert "不能停用自己" in admin.post(f"/accounts/{key}/act", data=data).text
    assert "不能停用自己" in admin.post(f"/accounts/{key}", data={"role": "viewer"}).text
    with world.office.unit() as unit, pytest.raises(ValueError, match="最后一个"):
        unit.accounts.set_disabled("admin", True)
    with world.office.unit() as unit:
        unit.accounts.add("second", Role.SECURITY_ADMIN, PASSWORD)
        unit.accounts.set_disabled("admin", True)
    with world.office.unit() as unit, pytest.raises(ValueError, match="最后一个"):
        unit.accounts.set_scope("second", Role.VIEWER)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": "a", "role": "window", "division": NAIMAN}, "登录名要"),
        ({"name": "好 名字", "role": "window", "division": NAIMAN}, "登录名要"),
        ({"name": "demo", "role": "window", "division": NAIMAN}, "登录名要"),
        ({"name": "window", "role": "window", "division": NAIMAN}, "已有人用"),
        ({"name": "x1", "role": "king"}, "请选一个职责"),
        ({"name": "x1", "role": "window", "division": ""}, "要选旗县"),
        ({"name": "x1", "role": "coordinator", "division": NAIMAN}, "管哪些嘎查村"),
    ],
)
def test_what_does_not_fit_together_makes_no_account(shown: World, data: dict[str, str], said: str) -> None:
    assert said in shown.client("admin").post("/accounts/", data=data).text
    with shown.office.reading() as unit:
        assert len(unit.accounts.all()) == 6


def test_an_administrator_of_a_banner_has_no_hand_in_another(world: World) -> None:
    with world.office.unit() as unit:
        unit.accounts.add("banner-admin", Role.SECURITY_ADMIN, PASSWORD, division=NAIMAN)
    client = world.client("banner-admin")
    page = client.get("/accounts/").text
    assert "window" in page
    assert "elsewhere" not in page
    key = _key(world, "elsewhere")
    assert client.get(f"/accounts/{key}").status_code == 404
    assert client.post(f"/accounts/{key}/act", data={"act": "disable"}).status_code == 404
    new = {"name": "x1", "role": "window", "division": KAILU}
    assert client.post("/accounts/", data=new).status_code == 404
    assert client.post("/accounts/", data=new | {"division": ""}).status_code in (400, 404)


def test_only_managers_see_accounts_and_everybody_the_own_password(shown: World) -> None:
    for name in ("window", "city", "coordinator", "viewer"):
        client = shown.client(name)
        assert client.get("/accounts/").status_code == 403
        assert client.get("/accounts/password").status_code == 200

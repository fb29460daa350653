"""The record of who did what: for the auditor alone, filtered, proved, handed out with a purpose."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import text

from matcher.domain.account import Role
from tests.web.made_up import NAIMAN, PASSWORD, World


@pytest.fixture
def looked(world: World) -> World:
    """An office with an auditor and some entries."""
    with world.office.unit("cli") as unit:
        unit.accounts.add("auditor", Role.AUDITOR, PASSWORD)
        unit.accounts.add("narrow", Role.AUDITOR, PASSWORD, division=NAIMAN)
    with world.office.unit("window") as unit:
        unit.audit.note("reveal", subject=f"worker:{world.bao}", purpose="=核对电话", fields="phone")
        unit.audit.note("reveal", subject=f"worker:{world.far}", purpose="核对电话", fields="phone")
        unit.audit.note("never_named", subject="office")
    return world


def test_only_the_auditor_sees_the_record(looked: World) -> None:
    for name in ("admin", "city", "window", "coordinator", "viewer"):
        assert looked.client(name).get("/audit/").status_code == 403
    page = looked.client("auditor").get("/audit/").text
    assert "查看完整证件号或电话" in page
    assert "never_named" in page
    assert "记录完整" in page
    assert "包示例" not in page


def test_entries_are_filtered_by_who_what_and_when_and_no_name_stands_in_an_address(looked: World) -> None:
    client = looked.client("auditor")
    answer = client.post("/audit/", data={"actor": "window", "action": "reveal"})
    assert answer.headers["Location"] == "/audit/"
    assert "共2条" in client.get("/audit/").text
    client.post("/audit/", data={"since": "2026-03-17"})
    assert "没有符合条件的记录" in client.get("/audit/").text
    client.post("/audit/", data={"since": "2026-03-16", "until": "2026-03-16", "action": "never_named"})
    assert "共1条" in client.get("/audit/").text
    assert client.post("/audit/", data={"since": "never"}).status_code == 400


def test_whom_an_entry_is_about_is_told_for_a_reason_and_recorded(looked: World) -> None:
    client = looked.client("auditor")
    with looked.office.reading() as unit:
        number = next(one.number for one in unit.audit.recent(9) if one.subject == f"worker:{looked.bao}")
    assert client.post("/audit/resolve", data={"number": number, "purpose": ""}).status_code == 400
    assert "包示例" in client.post("/audit/resolve", data={"number": number, "purpose": "投诉核查"}).text
    with looked.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.subject, entry.purpose) == (
        "audit_resolved",
        f"worker:{looked.bao}",
        "投诉核查",
    )


def test_an_auditor_of_a_banner_is_not_told_of_people_elsewhere(looked: World) -> None:
    with looked.office.reading() as unit:
        number = next(one.number for one in unit.audit.recent(9) if one.subject == f"worker:{looked.far}")
    answer = looked.client("narrow").post("/audit/resolve", data={"number": number, "purpose": "投诉核查"})
    assert answer.status_code == 404
    assert "李示例" not in answer.text


def test_a_broken_link_is_named(looked: World) -> None:
    client = looked.client("auditor")
    with looked.office.store._engine.begin() as connection:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            if "audit" in name:
                connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE audit_entry SET actor = 'nobody' WHERE number = 2"))
    for address in ("/audit/", "/audit/chain"):
        page = client.get(address).text
        assert "第2条对不上" in page
        assert "记录完整" not in page


def test_the_export_needs_a_purpose_is_recorded_and_holds_no_formula(looked: World) -> None:
    client = looked.client("auditor")
    assert client.post("/audit/export", data={"purpose": ""}).status_code == 302
    answer = client.post("/audit/export", data={"purpose": "年度检查"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][:4] == ["序号", "时间", "谁", "做了什么"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]
    assert rows[-1] == ["记录完整，没有被改过"]
    with looked.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.purpose) == ("audit_export", "年度检查")

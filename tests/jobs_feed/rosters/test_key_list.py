"""A ledger puts people on the key-assistance list as it is stored, and takes them off when the import is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs_feed.undo import undo_import
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import Found
from matcher.key_list.tracking import Contact, record_contact
from matcher.listings import Scope
from matcher.office import Office
from tests.jobs_feed.books import new_office
from tests.jobs_feed.rosters.rolls import person, take

RISK = {"户类型": "监测户", "监测对象类别": "脱贫不稳定户", "致险原因": "就业不稳"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty office."""
    return new_office(tmp_path)


def listed(office: Office) -> list[str]:
    """Who is on the list."""
    with office.reading() as unit:
        return [one.name for one in unit.watching.entries.standing().values()]


def test_who_is_at_risk_is_on_the_list_as_soon_as_the_ledger_is_stored(office: Office) -> None:
    take(office, person(**RISK), dry_run=True)
    assert listed(office) == []
    first = take(office, person(**RISK), person(编号="NM-2", 姓名="王小明", 身份证号=None, 联系电话=None))
    assert listed(office) == ["包雪梅"]
    take(office, person(**RISK, 文化程度="初中"))
    assert listed(office) == ["包雪梅"], "a second ledger lists nobody twice"
    assert first.import_key is not None


def test_who_comes_to_be_at_risk_later_is_listed_then(office: Office) -> None:
    take(office, person())
    assert listed(office) == []
    take(office, person(**RISK))
    assert listed(office) == ["包雪梅"]


def test_taking_the_import_back_takes_the_entry_along_unless_somebody_has_acted(office: Office) -> None:
    key = take(office, person(**RISK)).import_key
    assert key is not None
    undo_import(office, key)
    assert listed(office) == []
    again = take(office, person(**RISK), person(编号="NM-2", 姓名="王小明", 身份证号=None, 联系电话=None)).import_key
    with office.reading() as unit:
        [entry] = unit.watching.entries.standing().values()
    said = Contact(way=GuidanceWay.PHONE, found=Found.AGREED, on=office.today(), content="想找活")
    record_contact(office, entry.key, said, Scope(), actor="town")
    assert again is not None
    assert undo_import(office, again).kept != ()
    assert listed(office) == ["包雪梅"], "what somebody wrote down stays"

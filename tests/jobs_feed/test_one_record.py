"""One person or one posting handed in by itself, on the path of every import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs_feed.one_record import Filed, OutOfScope, OwnPeople, file_record, full_home
from jobs_feed.undo import undo_import
from matcher.domain.errors import EditConflict, InputRefused
from matcher.office import Office, OfficeConfig, init_office
from tests.jobs_feed.books import id_number

PERSON = {"姓名": "赵示例", "旗县": "奈曼旗", "嘎查村": "东村", "联系电话": "19900007777"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office."""
    config = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(config)
    made = Office.open(config)
    yield made
    made.close()


def _file(office: Office, kind: str, fields: dict[str, str], **more: object) -> Filed:
    return file_record(office, kind, fields, sender="probe", actor="api:probe", name="API", **more)  # type: ignore[arg-type]


def test_new_unchanged_and_changed_are_told_apart_and_can_be_taken_back(office: Office) -> None:
    new, same, more = (_file(office, "workers", fields) for fields in (PERSON, PERSON, PERSON | {"期望月薪": "3000"}))
    assert new.keys == same.keys == more.keys
    assert [(one.report.stored, one.report.unchanged, one.report.updated) for one in (new, same, more)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]
    assert more.report.import_key is not None
    undo_import(office, more.report.import_key)
    with office.reading() as unit:
        assert unit.workers.get(new.keys[0]).value.wage_text == ""


def test_a_row_that_lacks_something_names_the_column_and_stores_nothing(office: Office) -> None:
    found = _file(office, "workers", {"旗县": "奈曼旗", "身份证号": "150525"})
    assert found.keys == ()
    assert {one.field for one in found.report.problems} == {"姓名", "身份证号"}
    with office.reading() as unit:
        assert unit.workers.count() == 0


def test_a_posting_without_a_reference_is_known_again(office: Office) -> None:
    fields = {"岗位名称": "焊工", "用人单位": "示例厂", "工作地点": "奈曼旗", "薪资待遇": "5000元"}
    first, again = _file(office, "postings", fields), _file(office, "postings", fields)
    assert first.keys == again.keys
    assert (first.report.stored, again.report.unchanged) == (1, 1)


def test_an_advert_with_several_jobs_becomes_several_postings(office: Office) -> None:
    fields = {
        "岗位名称": "电焊工2名、车工3名",
        "用人单位": "示例厂",
        "工作地点": "奈曼旗",
        "岗位描述": "招聘电焊工2名，月薪6000元；车工3名，月薪5000元",
    }
    assert len(_file(office, "postings", fields).keys) == 2


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"旗县": "开鲁县"}, {"division": "150525"}),
        ({"旗县": ""}, {"division": "150525"}),
        ({}, {"division": "150525", "villages": ("西村",)}),
    ],
)
def test_who_lives_outside_the_scope_is_not_stored(
    office: Office, fields: dict[str, str], guard: dict[str, object]
) -> None:
    with pytest.raises(OutOfScope):
        _file(office, "workers", PERSON | fields, alongside=OwnPeople(office, **guard))  # type: ignore[arg-type]
    with office.reading() as unit:
        assert unit.workers.count() == 0


def test_a_change_of_an_older_revision_or_of_another_person_is_not_stored(office: Office) -> None:
    number = id_number(3)
    _file(office, "workers", {"姓名": "钱示例", "旗县": "奈曼旗", "身份证号": number})
    key = _file(office, "workers", PERSON | {"编号": "A"}).keys[0]
    own = PERSON | {"编号": "A", "期望月薪": "3000"}
    with pytest.raises(EditConflict):
        _file(office, "workers", own, alongside=OwnPeople(office, key=key, revision=7))
    with pytest.raises(InputRefused):
        _file(office, "workers", own | {"身份证号": number}, alongside=OwnPeople(office, key=key, revision=1))
    with office.reading() as unit:
        assert (unit.workers.get(key).revision, unit.workers.get(key).value.wage_text) == (1, "")
    _file(office, "workers", own, alongside=OwnPeople(office, key=key, revision=1))
    with office.reading() as unit:
        assert unit.workers.get(key).revision == 2


def test_of_a_home_told_in_part_the_rest_stays(office: Office) -> None:
    place = office.gazetteer.resolve_parts("奈曼旗", "大沁他拉镇")
    told = full_home(office, place, "东村", {"嘎查村": "西村", "备注": "x"})
    assert (told["嘎查村"], told["备注"]) == ("西村", "x")
    assert office.gazetteer.resolve_parts(told["旗县"], told["苏木乡镇"]).code == place.code
    assert full_home(office, place, "东村", {"备注": "x"}) == {"备注": "x"}

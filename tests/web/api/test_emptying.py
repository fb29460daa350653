"""Null empties a field (RFC 7396); what is not named stays, and what a record is found by cannot be emptied."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from werkzeug.test import TestResponse

from jobs_feed.one_record import columns_of_posting
from jobs_feed.rosters.emptying import KEPT, emptied
from matcher.domain.posting import PostingState
from matcher.domain.worker import Education, Health, Worker
from tests.jobs_feed.books import id_number
from tests.web.api.asking import Program, conforms
from web.api.columns import column_names
from web.api.groups.people_write import PersonFields
from web.api.groups.postings_write import PostingFields

TOLD = {
    "name": "赵示例",
    "county": "奈曼旗",
    "village": "东村",
    "phone": "19900007777",
    "education": "初中",
    "health": "残疾",
    "skills": "会电焊",
    "wage_wish": "4000",
    "remarks": "想找离家近的活",
}
ADVERT = {
    "title": "保洁员",
    "employer": "奈曼旗示例物业有限公司",
    "place": "奈曼旗大沁他拉镇",
    "ref": "GW-1",
    "wage": "2800-3000元/月",
    "openings": "3人",
    "age": "18-50周岁",
    "deadline": "2026-12-31",
    "description": "打扫楼道，早八点到晚五点",
}


def changed(program: Program, path: str, sent: dict[str, Any]) -> TestResponse:
    """A change of the record as it stands."""
    answer = program.ask("PATCH", path, json=sent, headers={"If-Match": program.tag(path)})
    room = path.split("/")[1]
    conforms(answer, "PATCH", f"/{room}/{{key}}")
    return answer


def person(program: Program, **more: str) -> tuple[str, int]:
    """A person handed in: path and key."""
    key = program.ask("POST", "/workers", json=TOLD | more).get_json()["key"]
    return f"/workers/{key}", key


def stored(program: Program, key: int) -> Worker:
    """What is known of a person."""
    with program.world.office.reading() as unit:
        return unit.workers.get(key).value


def test_null_empties_and_what_is_not_named_or_says_nothing_stays(acting: Program) -> None:
    path, key = person(acting)
    before = stored(acting, key)
    assert (before.education, before.health) == (Education.JUNIOR, (Health.DISABLED,))
    sent = {"phone": None, "education": None, "health": None, "wage_wish": None, "skills": "", "care": None}
    assert changed(acting, path, sent).status_code == 200
    now = stored(acting, key)
    told = {one.name for one in fields(Worker) if getattr(now, one.name) != getattr(before, one.name)}
    assert told == {"phone", "education", "education_text", "health", "health_text", "wage_text"}
    assert (now.phone, now.education, now.health, now.wage_text) == ("", None, (), "")
    assert now.skills_text == "会电焊"


def test_what_is_empty_already_changes_nothing(acting: Program) -> None:
    path, _ = person(acting)
    before = acting.get(path).get_json()["revision"]
    assert changed(acting, path, {"care": None, "remarks": ""}).get_json()["revision"] == before


def test_a_text_that_is_emptied_is_no_longer_understood(acting: Program) -> None:
    path, _ = person(acting)
    assert acting.get(path).get_json()["skills"]
    assert changed(acting, path, {"skills": None, "remarks": None}).get_json()["skills"] == []


@pytest.mark.parametrize("field", ["name", "ref", "county", "township", "village"])
def test_what_a_person_is_found_by_cannot_be_emptied(acting: Program, field: str) -> None:
    path, key = person(acting)
    before = stored(acting, key)
    answer = changed(acting, path, {field: None, "wage_wish": "1"})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.get_json()["errors"]] == [field]
    assert stored(acting, key) == before


def test_what_the_number_tells_goes_only_with_the_number(acting: Program) -> None:
    path, key = person(acting, id_number=id_number(8))
    assert changed(acting, path, {"birth_date": None}).status_code == 422
    assert changed(acting, path, {"birth_date": None, "sex": None, "id_number": None}).status_code == 200
    now = stored(acting, key)
    assert (now.id_number, now.birth_date, now.sex) == ("", None, None)


def test_a_person_emptied_can_be_found_and_taken_back(acting: Program) -> None:
    path, key = person(acting)
    assert changed(acting, path, {"phone": None}).status_code == 200
    assert acting.ask("POST", "/workers", json=TOLD | {"ref": stored(acting, key).ref}).get_json()["key"] == key
    assert stored(acting, key).phone == "19900007777"


def test_every_field_that_may_be_empty_can_be_emptied() -> None:
    full = Worker(ref="1", name="示例", **dict.fromkeys(("phone", "id_number", "remarks", "household_no"), "x"))
    assert emptied(full, frozenset(column_names(PersonFields).values())) == Worker(ref="1", name="示例")
    assert set(column_names(PersonFields).values()) > KEPT


def advert(program: Program, **more: str) -> tuple[str, int]:
    """A posting handed in: path and key."""
    key = program.ask("POST", "/postings", json=ADVERT | more).get_json()["key"]
    return f"/postings/{key}", key


def test_a_posting_is_changed_in_some_fields_and_emptied_in_others(acting: Program) -> None:
    path, key = advert(acting)
    with acting.world.office.reading() as unit:
        before = columns_of_posting(unit.postings.get(key).value)
    now = changed(acting, path, {"wage": "3200-3600元/月", "deadline": None, "age": None}).get_json()
    assert (now["wage"], now["deadline"], now["age"]) == ("3200-3600元/月", None, "")
    assert (now["understood"]["wage_low"], now["understood"]["age_low"]) == (3200, None)
    with acting.world.office.reading() as unit:
        after = columns_of_posting(unit.postings.get(key).value)
    assert {name for name, words in after.items() if words != before[name]} == {"薪资待遇", "截止日期", "年龄要求"}
    assert set(after) == set(column_names(PostingFields).values())


def test_a_posting_that_says_what_must_not_be_is_held(acting: Program) -> None:
    path, _ = advert(acting)
    assert changed(acting, path, {"description": "入职先交押金500元"}).get_json()["state"] == PostingState.HELD.value


@pytest.mark.parametrize("field", ["title", "employer", "place"])
def test_what_a_posting_cannot_do_without_is_kept(acting: Program, field: str) -> None:
    path, _ = advert(acting)
    answer = changed(acting, path, {field: None})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


def test_one_job_of_an_advert_is_not_changed_by_itself(acting: Program) -> None:
    text = "招聘：保安3名，月薪3000元；保洁2名，月薪2500元"
    path, _ = advert(acting, title="保安、保洁", description=text, wage="", openings="")
    with acting.world.office.reading() as unit:
        assert "GW-1#2" in unit.postings.by_source("probe")
    assert changed(acting, path, {"wage": "1"}).status_code == 409


def test_a_posting_changed_meanwhile_is_not_overwritten(acting: Program) -> None:
    path, key = advert(acting)
    seen = {"If-Match": acting.tag(path)}
    assert changed(acting, path, {"hours": "早八点到晚五点"}).status_code == 200
    late = acting.ask("PATCH", path, json={"wage": None}, headers=seen)
    assert (late.status_code, late.get_json()["yours"]) == (412, {"wage": None})
    assert acting.ask("PATCH", path, json={"wage": None}).status_code == 428
    assert key

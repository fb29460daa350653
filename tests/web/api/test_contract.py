"""Every operation once, as a program of another office would use it; each answer is held against the document."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from matcher.plan_output import plan_json
from tests.web.api.asking import ROOT, Program, conforms, program
from tests.web.made_up import World
from web.api.document import the_document

ROSTER = "编号,姓名,旗县,嘎查村,联系电话\nR1,孟示例,奈曼旗,东村,19900005555\nR2,,奈曼旗,东村,19900006666\n"


@pytest.fixture(scope="module")
def office(looking: Program) -> Program:
    """A program with every right in a world that this file changes."""
    return looking


def told(answer: TestResponse, method: str, path: str, status: int) -> Any:
    """What an answer says, once it is as the document has it."""
    assert answer.status_code == status, answer.text
    conforms(answer, method, path)
    return answer.get_json(silent=True)


@pytest.mark.parametrize(
    "path",
    [
        "/workers",
        "/questions",
        "/reviews",
        "/postings",
        "/classes",
        "/runs",
        "/imports",
        "/figures/coverage",
        "/divisions",
    ],
)
def test_a_list_is_as_the_document_says_and_unchanged_is_304(office: Program, path: str) -> None:
    answer = office.get(path)
    told(answer, "GET", path, 200)
    again = office.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_person_is_found_and_looked_at(office: Program) -> None:
    found = told(office.ask("POST", "/workers/search", json={"text": "bsl"}), "POST", "/workers/search", 200)
    assert [one["name"] for one in found["items"]] == ["包示例"]
    key = found["items"][0]["key"]
    assert told(office.get(f"/workers/{key}"), "GET", "/workers/{key}", 200)["case_no"] == found["items"][0]["case_no"]
    purpose = {"X-Purpose": "check"}
    told(office.get(f"/workers/{key}/identity", headers=purpose), "GET", "/workers/{key}/identity", 200)


def test_a_person_is_handed_in_known_again_and_changed(office: Program) -> None:
    sent = {"name": "赵示例", "county": "奈曼旗", "village": "东村", "phone": "19900007777", "skills": "会电焊"}
    answer = office.ask("POST", "/workers", json=sent)
    new = told(answer, "POST", "/workers", 201)
    assert answer.headers["Location"] == f"{ROOT}/workers/{new['key']}"
    assert new["skills"]
    again = told(office.ask("POST", "/workers", json=sent | {"wage_wish": "4000"}), "POST", "/workers", 200)
    assert (again["key"], again["revision"]) == (new["key"], 2)
    path = f"/workers/{new['key']}"
    changed = office.ask("PATCH", path, json={"township": "大沁他拉镇"}, headers={"If-Match": office.tag(path)})
    assert told(changed, "PATCH", "/workers/{key}", 200)["home"]["name"].endswith("大沁他拉镇")
    refused = office.ask("POST", "/workers", json={"county": "奈曼旗", "phone": "12", "id_number": "150525"})
    problem = told(refused, "POST", "/workers", 422)
    assert {one["field"] for one in problem["errors"]} >= {"name", "id_number"}
    assert "150525" not in refused.text


def test_somebody_who_may_be_known_waits_for_a_person(office: Program) -> None:
    sent = {"ref": "Q-1", "name": "吴示例", "county": "奈曼旗", "village": "南村"}
    assert office.ask("POST", "/workers", json=sent).status_code == 201
    answer = office.ask("POST", "/workers", json=sent | {"name": "郑虚构", "village": "北村"})
    waits = told(answer, "POST", "/workers", 202)
    assert answer.headers["Location"] == f"{ROOT}/reviews/{waits['key']}"
    assert [one["name"] for one in waits["candidates"]] == ["吴示例"]
    seen = told(office.get(answer.headers["Location"]), "GET", "/reviews/{key}", 200)
    assert (seen["row"]["name"], seen["row"]["key"]) == ("郑虚构", None)
    decided = office.ask("PUT", f"/reviews/{waits['key']}/decision", json={"choice": "drop"})
    assert told(decided, "PUT", "/reviews/{key}/decision", 200) == {"choice": "drop", "worker": None}
    late = office.ask("PUT", f"/reviews/{waits['key']}/decision", json={"choice": "drop"})
    told(late, "PUT", "/reviews/{key}/decision", 409)


def test_a_plan_has_exactly_the_shape_of_the_command(office: Program) -> None:
    bao = office.world.bao
    slip = told(office.get(f"/workers/{bao}/plan"), "GET", "/workers/{key}/plan", 200)
    with office.world.office.reading() as unit:
        stored = unit.plans.current(bao)
    assert stored is not None
    wanted = plan_json(stored.plan, office.world.office.wording("zh", "web.translations", "jobs_feed"))
    assert json.dumps(slip["plan"], ensure_ascii=False) == json.dumps(wanted, ensure_ascii=False)
    assert slip["postings"] == [match.posting_key for match in stored.plan.matches]


def test_a_slip_comes_back_and_a_plan_is_made_anew(office: Program) -> None:
    bao, posting = office.world.bao, office.world.posting
    code = office.get(f"/workers/{bao}/plan").get_json()["code"]
    path = f"/slips/{code}/answers"
    sent = {"rank": 1, "answer": "not_wanted", "reason": "太远"}
    slip = told(office.ask("POST", path, json=sent), "POST", "/slips/{code}/answers", 201)
    assert [(one["posting"], one["answer"]) for one in slip["answers"]] == [(posting, "not_wanted")]
    told(office.ask("POST", path, json=sent | {"rank": 3}), "POST", "/slips/{code}/answers", 422)
    told(office.ask("POST", path, json=sent | {"on": "2031-01-01"}), "POST", "/slips/{code}/answers", 422)
    made = office.ask("POST", f"/workers/{bao}/plan")
    fresh = told(made, "POST", "/workers/{key}/plan", 201)
    assert made.headers["Location"] == f"{ROOT}/slips/{fresh['code']}"
    assert not told(office.get(f"/slips/{code}"), "GET", "/slips/{code}", 200)["current"]
    assert len(told(office.get(f"/workers/{bao}/plans"), "GET", "/workers/{key}/plans", 200)) == 2
    later = office.ask("POST", f"/workers/{bao}/plan", headers={"Prefer": "respond-async"})
    run = told(later, "POST", "/workers/{key}/plan", 202)
    assert (later.headers["Location"], run["state"]) == (f"{ROOT}/runs/{run['key']}", "queued")


def test_why_a_posting_suits_or_not(office: Program) -> None:
    path = f"/workers/{office.world.bao}/postings/{office.world.posting}/fit"
    fit = told(office.get(path), "GET", "/workers/{key}/postings/{posting}/fit", 200)
    for part in ("fit", "wish"):
        assert abs(sum(one["effect"] for one in fit["reasons"] if one["part"] == part) - fit[part]) < 1e-9
    assert fit["fits"] == (fit["against"] == [])


def test_questions_are_answered(office: Program) -> None:
    sent = {
        "name": "孙示例",
        "county": "奈曼旗",
        "village": "东村",
        "labour_skill": "丧失劳动力",
        "work_status": "已就业",
    }
    key = office.ask("POST", "/workers", json=sent).get_json()["key"]
    questions = told(office.get(f"/workers/{key}/questions"), "GET", "/workers/{key}/questions", 200)
    assert questions
    path = f"/workers/{key}/questions/{questions[0]['key']}"
    done = office.ask("PUT", path, json={"state": "answered", "words": "问过本人"})
    answered = told(done, "PUT", "/workers/{key}/questions/{question}", 200)
    assert {one["key"]: one["state"] for one in answered}[questions[0]["key"]] == "answered"
    none = office.ask("PUT", path, json={"state": "answered"})
    told(none, "PUT", "/workers/{key}/questions/{question}", 422)


def test_a_posting_is_handed_in_held_and_filled(office: Program) -> None:
    sent = {"title": "焊工", "employer": "示例厂", "place": "奈曼旗", "wage": "5000-6000元", "openings": "2"}
    answer = office.ask("POST", "/postings", json=sent)
    new = told(answer, "POST", "/postings", 201)
    assert (new["understood"]["wage_low"], new["state"]) == (5000.0, "open")
    assert told(office.ask("POST", "/postings", json=sent), "POST", "/postings", 200)["key"] == new["key"]
    path = f"/postings/{new['key']}"
    for state, reason in (("held", "核对电话"), ("open", "核对过了"), ("filled", "")):
        body = {"state": state, "reason": reason}
        done = office.ask("PUT", f"{path}/state", json=body, headers={"If-Match": office.tag(path)})
        assert told(done, "PUT", "/postings/{key}/state", 200)["state"] == state
    silent = {"state": "open"}
    refused = office.ask("PUT", f"{path}/state", json=silent, headers={"If-Match": office.tag(path)})
    told(refused, "PUT", "/postings/{key}/state", 422)
    told(office.get("/postings?state=filled&text=焊工"), "GET", "/postings", 200)


def test_a_lure_is_held_like_any_other_advert(office: Program) -> None:
    sent = {"title": "打字员", "employer": "示例网", "place": "奈曼旗", "description": "先交押金500元，在家刷单日结"}
    assert office.ask("POST", "/postings", json=sent).get_json()["state"] == "held"


def test_a_run_is_started_watched_and_stopped(office: Program) -> None:
    answer = office.ask("POST", "/runs", json={"division": "150525"})
    run = told(answer, "POST", "/runs", 202)
    path = answer.headers["Location"]
    assert told(office.get(path), "GET", "/runs/{key}", 200)["key"] == run["key"]
    stopped = office.ask("POST", f"/runs/{run['key']}/cancel")
    told(stopped, "POST", "/runs/{key}/cancel", 202)
    plans = told(office.get("/runs/1/plans?limit=1"), "GET", "/runs/{key}/plans", 200)
    assert [one["worker"]["name"] for one in plans["items"]] == ["包示例"]


def test_a_file_is_handed_in_looked_at_taken_once_and_taken_back(office: Program) -> None:
    form = {"kind": "workers", "file": (io.BytesIO(ROSTER.encode()), "roster.csv")}
    answer = office.ask("POST", "/imports", data=form)
    waits = told(answer, "POST", "/imports", 201)
    assert (waits["state"], waits["report"]["stored"]) == ("ready", 1)
    assert [one["row"] for one in waits["report"]["errors"]] == [3]
    place = answer.headers["Location"]
    told(office.get(place), "GET", "/imports/waiting/{ticket}", 200)
    with office.world.office.reading() as unit:
        before = unit.workers.count()
    done = office.ask("POST", f"{place}/confirm")
    record = told(done, "POST", "/imports/waiting/{ticket}/confirm", 201)
    again = office.ask("POST", f"{place}/confirm")
    assert told(again, "POST", "/imports/waiting/{ticket}/confirm", 200)["key"] == record["key"]
    with office.world.office.reading() as unit:
        assert unit.workers.count() == before + 1
    told(office.get(done.headers["Location"]), "GET", "/imports/{key}", 200)
    undone = office.ask("POST", f"/imports/{record['key']}/undo")
    assert told(undone, "POST", "/imports/{key}/undo", 200)["removed"] == 1
    told(office.ask("POST", f"/imports/{record['key']}/undo"), "POST", "/imports/{key}/undo", 409)


def test_a_large_file_is_worked_on_elsewhere_and_can_be_given_up(office: Program) -> None:
    rows = "".join(f"L{number},示例{number},奈曼旗,东村,\n" for number in range(3_000))
    form = {"kind": "workers", "file": (io.BytesIO(("编号,姓名,旗县,嘎查村,联系电话\n" + rows).encode()), "big.csv")}
    answer = office.ask("POST", "/imports", data=form)
    assert told(answer, "POST", "/imports", 202)["state"] == "working"
    place = answer.headers["Location"]
    told(office.get(place), "GET", "/imports/waiting/{ticket}", 202)
    told(office.ask("DELETE", place), "DELETE", "/imports/waiting/{ticket}", 204)
    told(office.get(place), "GET", "/imports/waiting/{ticket}", 404)


def test_names_of_codes(office: Program) -> None:
    names = told(office.get("/names/occupations"), "GET", "/names/{kind}", 200)
    assert {"code": "sewing_worker", "zh": "缝纫工"}.items() <= next(
        one for one in names if one["code"] == "sewing_worker"
    ).items()
    told(office.get("/names/nothing"), "GET", "/names/{kind}", 404)
    told(office.get("/divisions?under=99"), "GET", "/divisions", 404)


@pytest.mark.parametrize(
    ("send", "status"),
    [
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": b"name=x", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": b"[]", "content_type": "application/json"}, 422),
        ({"json": {"name": 7}}, 422),
        ({"json": {"name": "a\x00b"}}, 422),
        ({"json": {"name": "示例", "nobody": 1}}, 422),
        ({"json": {"name": "x" * 300_000}}, 413),
        ({"json": {"name": "示例"}, "headers": {"Idempotency-Key": "short"}}, 400),
    ],
)
def test_what_cannot_be_taken_is_a_problem_in_both_languages(office: Program, send: dict, status: int) -> None:
    titles = set()
    for language in ("zh", "en"):
        answer = office.ask("POST", "/workers", language=language, **send)
        titles.add(told(answer, "POST", "/workers", status)["title"])
    assert len(titles) == 2


def test_unknown_addresses_and_methods_are_problems_too(office: Program) -> None:
    assert office.get("/nothing").mimetype == "application/problem+json"
    answer = office.ask("DELETE", "/workers")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    for key in ("0", "-1", "99999999999999999999", "abc"):
        assert office.get(f"/workers/{key}").status_code == 404


def test_a_bug_tells_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def burst(**_: object) -> str:
        raise ValueError("990101197903020026")

    asker = program(world)
    world.app.view_functions["api_people.list"] = burst
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = asker.get("/workers")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "990101197903020026" not in answer.text + caplog.text


def test_it_says_whether_it_lives_and_is_ready(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.domain.errors import NotInitialised

    client = world.app.test_client()
    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")

    def missing() -> None:
        raise NotInitialised("not yet")

    monkeypatch.setattr(world.office.store, "check", missing)
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 503)


def test_every_operation_of_the_document_is_used_in_these_tests() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    unused = [
        (method.upper(), path)
        for path, methods in the_document()["paths"].items()
        for method in methods
        if f'"{method.upper()}", "{path}"' not in source and f'"{path}"' not in source
    ]
    assert unused == []

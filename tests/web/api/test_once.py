"""Sent twice, stored once; changed by two, nobody's words lost."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

from matcher.domain.posting import PostingState
from tests.jobs_feed.books import id_number
from tests.web.api.asking import Program

SENT = {"name": "赵示例", "county": "奈曼旗", "village": "东村"}
MARK = {"Idempotency-Key": "mark-0001"}


def _people(program: Program) -> int:
    with program.world.office.reading() as unit:
        return unit.workers.count()


def test_the_same_mark_makes_one_record_and_says_so(acting: Program) -> None:
    before = _people(acting)
    first = acting.ask("POST", "/workers", json=SENT, headers=MARK)
    second = acting.ask("POST", "/workers", json=SENT, headers=MARK)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.headers["Location"] == second.headers["Location"]
    assert first.get_json() == second.get_json()
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert _people(acting) == before + 1


def test_a_mark_is_of_one_request_and_of_one_program(acting: Program) -> None:
    from tests.web.api.asking import program

    assert acting.ask("POST", "/workers", json=SENT, headers=MARK).status_code == 201
    other = acting.ask("POST", "/workers", json=SENT | {"name": "钱示例"}, headers=MARK)
    assert (other.status_code, other.get_json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    stranger = program(acting.world, name="stranger")
    assert stranger.ask("POST", "/workers", json=SENT | {"name": "钱示例"}, headers=MARK).status_code == 201


def test_a_mark_whose_request_was_refused_may_be_used_again(acting: Program) -> None:
    assert acting.ask("POST", "/workers", json={"name": ""}, headers=MARK).status_code == 422
    assert acting.ask("POST", "/workers", json=SENT, headers=MARK).status_code == 201


def test_runs_slips_postings_and_files_are_marked_too(acting: Program) -> None:
    code = acting.get(f"/workers/{acting.world.bao}/plan").get_json()["code"]
    answer = {"rank": 1, "answer": "called"}
    posting = {"title": "焊工", "employer": "示例厂", "place": "奈曼旗"}
    for number, (path, body) in enumerate((("/runs", {}), (f"/slips/{code}/answers", answer), ("/postings", posting))):
        mark = {"Idempotency-Key": f"mark-of-{number}"}
        first, second = (acting.ask("POST", path, json=body, headers=mark) for _ in range(2))
        assert first.status_code == second.status_code, path
        assert first.get_json() == second.get_json(), path
    with acting.world.office.reading() as unit:
        assert len(unit.runs.recent()) == 2
    assert len(acting.get(f"/slips/{code}").get_json()["answers"]) == 1
    files = [
        acting.ask(
            "POST",
            "/imports",
            data={"kind": "workers", "file": (io.BytesIO("姓名,旗县\n示例,奈曼旗\n".encode()), "a.csv")},
            headers={"Idempotency-Key": "mark-of-file"},
        )
        for _ in range(2)
    ]
    assert files[0].headers["Location"] == files[1].headers["Location"]


def test_sixteen_at_once_with_one_mark_make_one_record(acting: Program) -> None:
    before = _people(acting)

    def send(_: int) -> int:
        return acting.ask("POST", "/workers", json=SENT, headers=MARK).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(16)))
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert _people(acting) == before + 1


def test_who_comes_second_sees_both_versions_and_overwrites_nothing(acting: Program) -> None:
    path = f"/workers/{acting.world.bao}"
    seen = {"If-Match": acting.tag(path)}
    assert acting.ask("PATCH", path, json={"remarks": "会电焊，在旗里找活"}, headers=seen).status_code == 200
    late = acting.ask("PATCH", path, json={"wage_wish": "9999"}, headers=seen)
    problem = late.get_json()
    assert late.status_code == 412
    assert (problem["current"]["revision"], problem["yours"]) == (2, {"wage_wish": "9999"})
    with acting.world.office.reading() as unit:
        assert unit.workers.get(acting.world.bao).value.wage_text == ""
    assert acting.ask("PATCH", path, json={"wage_wish": "9999"}).status_code == 428


def test_of_many_changes_of_one_version_exactly_one_is_stored(acting: Program) -> None:
    path = f"/workers/{acting.world.bao}"
    seen = {"If-Match": acting.tag(path)}

    def change(number: int) -> int:
        return acting.ask("PATCH", path, json={"wage_wish": f"{3000 + number}"}, headers=seen).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(change, range(6)))
    assert statuses[0] == 200
    assert set(statuses[1:]) <= {409, 412}
    with acting.world.office.reading() as unit:
        assert unit.workers.get(acting.world.bao).revision == 2


def test_a_change_that_is_another_person_is_not_stored(acting: Program) -> None:
    number = id_number(8)
    assert acting.ask("POST", "/workers", json=SENT | {"id_number": number}).status_code == 201
    path = f"/workers/{acting.world.wang}"
    sent = {"id_number": number}
    answer = acting.ask("PATCH", path, json=sent, headers={"If-Match": acting.tag(path)})
    assert answer.status_code == 422
    with acting.world.office.reading() as unit:
        assert unit.workers.get(acting.world.wang).value.id_number == ""


def test_a_posting_held_meanwhile_is_not_closed_unseen(acting: Program) -> None:
    path = f"/postings/{acting.world.posting}"
    seen = {"If-Match": acting.tag(path)}
    with acting.world.office.unit("window") as unit:
        unit.postings.set_state(acting.world.posting, PostingState.HELD, why="HELD_BY_STAFF", reason="核对")
    late = acting.ask("PUT", f"{path}/state", json={"state": "filled"}, headers=seen)
    assert (late.status_code, late.get_json()["current"]["state"]) == (412, "held")


def test_one_person_handed_in_says_nothing_of_the_others_of_the_village(acting: Program) -> None:
    for name in ("赵示例", "钱示例"):
        assert acting.ask("POST", "/workers", json=SENT | {"name": name, "ref": name}).status_code == 201
    again = acting.ask("POST", "/workers", json=SENT | {"ref": "赵示例", "wage_wish": "3000"})
    assert again.status_code == 200
    with acting.world.office.reading() as unit:
        members = unit.roster_changes.members("probe").values()
    assert [one.fell_out for one in members] == [False, False]

"""Fairs, reports and corrections as a program of another office uses them, each answer held against the document."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.clients import Right
from tests.web.api.asking import ROOT, Program, program
from tests.web.api.test_contract import told
from tests.web.made_up import KAILU, NAIMAN, World

FAIR = {"name": "示例春季招聘会", "division": NAIMAN, "starts_on": "2026-03-20", "place": "示例广场"}


@pytest.fixture(scope="module")
def organiser(looking: Program) -> Program:
    """A program with every right in a world that this file changes."""
    return looking


@pytest.fixture(scope="module")
def fair(organiser: Program) -> str:
    """The address of a fair whose doors are open, with one booth of all postings of its employer."""
    answer = organiser.ask("POST", "/fairs", json=FAIR)
    made = told(answer, "POST", "/fairs", 201)
    path = answer.headers["Location"]
    assert path == f"{ROOT}/fairs/{made['key']}"
    booth = organiser.ask("POST", f"{path}/booths", json={"employer": "奈曼旗示例车间"})
    assert len(told(booth, "POST", "/fairs/{key}/booths", 201)["postings_here"]) == 2
    for state in ("invited", "open"):
        moved = organiser.ask("PUT", f"{path}/state", json={"state": state}, headers={"If-Match": organiser.tag(path)})
        assert told(moved, "PUT", "/fairs/{key}/state", 200)["state"] == state
    return path


def test_a_fair_is_made_once_changed_and_listed(organiser: Program) -> None:
    mark = {"Idempotency-Key": "fair-of-march-1"}
    first, again = (organiser.ask("POST", "/fairs", json=FAIR | {"name": "一次"}, headers=mark) for _ in range(2))
    assert first.get_json()["key"] == again.get_json()["key"]
    assert again.headers["Idempotency-Replayed"] == "true"
    path = first.headers["Location"]
    tag = organiser.tag(path)
    changed = organiser.ask("PATCH", path, json={"place": "示例体育馆"}, headers={"If-Match": tag})
    assert told(changed, "PATCH", "/fairs/{key}", 200)["place"] == "示例体育馆"
    late = organiser.ask("PATCH", path, json={"place": "别处"}, headers={"If-Match": tag})
    assert told(late, "PATCH", "/fairs/{key}", 412)["current"]["place"] == "示例体育馆"
    told(organiser.ask("PATCH", path, json={"place": "别处"}), "PATCH", "/fairs/{key}", 428)
    organiser.ask("POST", "/fairs", json=FAIR | {"name": "又一场"})
    page = told(organiser.get("/fairs?limit=1"), "GET", "/fairs", 200)
    rest = told(organiser.get(f"/fairs?cursor={page['next']}"), "GET", "/fairs", 200)
    keys = [one["key"] for one in [*page["items"], *rest["items"]]]
    assert first.get_json()["key"] in keys
    assert keys == sorted(set(keys))
    bad = organiser.ask("POST", "/fairs", json=FAIR | {"ends_on": "2026-03-01"})
    told(bad, "POST", "/fairs", 422)


def test_booths_take_postings_and_lose_them(organiser: Program, fair: str) -> None:
    made = organiser.ask("POST", f"{fair}/booths", json={"employer": "示例厂", "number": "B07", "posting_keys": []})
    path = made.headers["Location"]
    assert told(organiser.get(path), "GET", "/fairs/{key}/booths/{booth}", 200)["postings_here"] == []
    posting = organiser.world.posting
    put = organiser.ask("PUT", f"{path}/postings/{posting}")
    standing = told(put, "PUT", "/fairs/{key}/booths/{booth}/postings/{posting}", 200)["postings_here"]
    assert [one["posting"] for one in standing] == [posting]
    gone = organiser.ask("DELETE", f"{path}/postings/{posting}")
    told(gone, "DELETE", "/fairs/{key}/booths/{booth}/postings/{posting}", 204)
    new = organiser.ask("PATCH", path, json={"number": "B08"}, headers={"If-Match": organiser.tag(path)})
    assert told(new, "PATCH", "/fairs/{key}/booths/{booth}", 200)["number"] == "B08"
    away = organiser.ask("DELETE", path, headers={"If-Match": organiser.tag(path)})
    told(away, "DELETE", "/fairs/{key}/booths/{booth}", 204)
    told(organiser.get(path), "GET", "/fairs/{key}/booths/{booth}", 404)
    numbers = [one["number"] for one in told(organiser.get(f"{fair}/booths"), "GET", "/fairs/{key}/booths", 200)]
    assert numbers == ["A01"]
    with_bad = organiser.ask("POST", f"{fair}/booths", json={"employer": "另一厂", "posting_keys": [999]})
    told(with_bad, "POST", "/fairs/{key}/booths", 404)
    assert len(organiser.get(f"{fair}/booths").get_json()) == 1


def test_somebody_walks_in_is_noted_and_the_report_names_nobody(organiser: Program, fair: str) -> None:
    sent = {"name": "赵来客", "village": "东村", "can_do": "会踩缝纫机，家里有债", "age": 46, "phone": "19900008888"}
    answer = organiser.ask("POST", f"{fair}/visitors", json=sent)
    visitor = told(answer, "POST", "/fairs/{key}/visitors", 201)
    assert visitor["route"]
    path = answer.headers["Location"]
    assert "债" not in answer.text + organiser.get(path).text
    assert "19900008888" not in answer.text
    found = organiser.ask("POST", f"{fair}/visitors/search", json={"text": visitor["code"]})
    assert [one["key"] for one in told(found, "POST", "/fairs/{key}/visitors/search", 200)] == [visitor["key"]]
    arrival = {"If-Match": organiser.tag(path)}
    back = organiser.ask("PUT", f"{path}/arrival", json={"arrived": False}, headers=arrival)
    assert told(back, "PUT", "/fairs/{key}/visitors/{visitor}/arrival", 200)["arrived_at"] is None
    place = visitor["route"][0]["place"]
    note = {"result": "unsuited", "reason": "far", "note": "不便说的话"}
    done = organiser.ask("PUT", f"{path}/results/{place}", json=note)
    assert told(done, "PUT", "/fairs/{key}/visitors/{visitor}/results/{place}", 200)["reason"] == "far"
    told(organiser.get(f"{path}/results/{place}"), "GET", "/fairs/{key}/visitors/{visitor}/results/{place}", 200)
    listed = organiser.get(f"{fair}/results")
    assert "不便说" not in done.text + listed.text
    assert [one["result"] for one in told(listed, "GET", "/fairs/{key}/results", 200)["items"]] == ["unsuited"]
    people = told(organiser.get(f"{fair}/visitors"), "GET", "/fairs/{key}/visitors", 200)["items"]
    assert [one["arrived_at"] is None for one in people] == [False], "who is noted at a booth is in the hall"
    told(organiser.get(path), "GET", "/fairs/{key}/visitors/{visitor}", 200)
    report = told(organiser.get(f"{fair}/report"), "GET", "/fairs/{key}/report", 200)
    assert report["total"]["arrived"] is None, "one person is fewer than may be shown"
    assert report["reasons_against"] == []
    tag = organiser.tag(f"{path}/results/{place}")
    gone = organiser.ask("DELETE", f"{path}/results/{place}", headers={"If-Match": tag})
    told(gone, "DELETE", "/fairs/{key}/visitors/{visitor}/results/{place}", 204)


def test_fairs_need_their_right_and_stay_in_their_division(seen: World, organiser: Program, fair: str) -> None:
    figures = program(seen, Right.READ_FIGURES, name="figures-only")
    reads = program(seen, Right.READ_FAIRS, name="fair-reader", division=NAIMAN)
    far = program(seen, name="fair-far", division=KAILU)
    village = program(seen, name="fair-village", division=NAIMAN, villages=("东村",))
    looks = ["", "/booths", "/visitors", "/results", "/report"]
    assert {figures.get(fair + one).status_code for one in looks} == {403}
    assert {reads.get(fair + one).status_code for one in looks} == {200}
    assert {far.get(fair + one).status_code for one in looks} == {404}
    assert {village.get(fair + one).status_code for one in looks} == {404}
    assert reads.ask("POST", f"{fair}/visitors", json={"name": "示例"}).status_code == 403
    assert far.ask("POST", f"{fair}/visitors", json={"name": "示例"}).status_code == 404
    assert far.ask("POST", "/fairs", json=FAIR).status_code == 404
    assert village.ask("POST", "/fairs", json=FAIR).status_code == 403
    with seen.office.reading() as unit:
        noted = [one for one in unit.audit.recent() if one.actor == "api:fair-reader"]
    assert {one.subject.partition(":")[0] for one in noted} == {"fair"}


REPORTS = ("/reports/coverage", "/reports/indicators", "/reports/targets", "/reports/waiting", "/reports/supply")


@pytest.mark.parametrize("path", REPORTS)
def test_reports_follow_the_scope(organiser: Program, path: str) -> None:
    name = path.rpartition("/")[2]
    report = told(organiser.get(path), "GET", path, 200)
    assert (report["least"], report["as_of"], report["stale"]) == (5, "2026-03-16", False)
    world = organiser.world
    own = program(world, Right.READ_FIGURES, name=f"{name}-own", division=NAIMAN)
    told(own.get(path), "GET", path, 200)
    if name != "targets":
        told(own.get(f"{path}?division={NAIMAN}"), "GET", path, 200)
        told(own.get(f"{path}?division={KAILU}"), "GET", path, 404)
    assert program(world, Right.READ_PLANS, name=f"{name}-not").get(path).status_code == 403


def test_three_people_are_no_figure(organiser: Program) -> None:
    report = organiser.get("/reports/coverage").get_json()
    assert report["total"]["people"] is None
    assert {cell for name, cell in report["total"].items() if name not in {"kind", "code"}} <= {None, 0}
    counts = {one["code"]: one["count"] for one in organiser.get("/reports/indicators").get_json()["indicators"]}
    assert counts["PEOPLE"] is None
    families = organiser.get("/reports/supply").get_json()["families"]
    assert [one["wishing"] for one in families if one["code"] == "welding"] in ([None], [])


def test_a_large_office_says_that_it_is_still_counting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from matcher.reports.book import Shelf
    from web.api.groups import reports

    monkeypatch.setattr(reports, "counted_shelf", lambda: Shelf(None, True))
    answer = program(world).get("/reports/coverage")
    told(answer, "GET", "/reports/coverage", 503)
    assert answer.headers["Retry-After"] == "30"


def test_a_fact_is_put_right_listed_and_taken_back(acting: Program) -> None:
    path = f"/workers/{acting.world.bao}/corrections"
    mark = {"Idempotency-Key": "correction-1"}
    sent = {"kind": "skill", "now": "电焊"}
    answer = acting.ask("POST", path, json=sent, headers=mark)
    [made] = told(answer, "POST", "/workers/{key}/corrections", 201)
    assert (made["kind"], made["actor"]) == ("skill", "api:probe")
    assert acting.ask("POST", path, json=sent, headers=mark).headers["Idempotency-Replayed"] == "true"
    assert [one["key"] for one in told(acting.get(path), "GET", "/workers/{key}/corrections", 200)] == [made["key"]]
    assert made["now"] in acting.get(f"/workers/{acting.world.bao}").get_json()["skills"]
    one = f"{path}/{made['key']}"
    seen = acting.get(one)
    told(seen, "GET", "/workers/{key}/corrections/{correction}", 200)
    match = {"If-Match": seen.headers["ETag"]}
    gone = acting.ask("DELETE", one, headers=match)
    told(gone, "DELETE", "/workers/{key}/corrections/{correction}", 204)
    told(acting.ask("DELETE", one, headers=match), "DELETE", "/workers/{key}/corrections/{correction}", 404)
    assert acting.get(path).get_json() == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "moves", "now": "yes"}, 201),
        ({"kind": "wage", "now": "3200"}, 201),
        ({"kind": "education", "now": "JUNIOR"}, 201),
        ({"kind": "education", "now": "博士后"}, 422),
        ({"kind": "skill", "now": "没有这种技能"}, 422),
        ({"kind": "skill"}, 422),
        ({"kind": "birth", "now": "1979-03-02"}, 422),
        ({"kind": "nothing"}, 422),
        ({"kind": "constraint", "now": "MAX_KM"}, 422),
        ({"kind": "constraint", "now": "MAX_KM", "numbers": "20"}, 201),
    ],
)
def test_what_can_be_put_right(acting: Program, sent: dict[str, str], status: int) -> None:
    answer = acting.ask("POST", f"/workers/{acting.world.bao}/corrections", json=sent)
    told(answer, "POST", "/workers/{key}/corrections", status)


def test_limits_are_seen_only_with_their_right_and_people_only_in_scope(acting: Program) -> None:
    world = acting.world
    path = f"/workers/{world.bao}/corrections"
    acting.ask("POST", path, json={"kind": "constraint", "now": "NO_DUST"})
    acting.ask("POST", path, json={"kind": "unlinked", "was": "说不出口的话"})
    plain = program(world, Right.WRITE_PEOPLE, name="plain", division=NAIMAN)
    answer = plain.get(path)
    assert [(one["kind"], one["now"]) for one in answer.get_json()] == [("constraint", None), ("unlinked", None)]
    assert "NO_DUST" not in answer.text
    assert "说不出口" not in answer.text + acting.get(path).text
    assert acting.get(path).get_json()[0]["now"] == "NO_DUST"
    far = program(world, name="far", division=KAILU)
    key = answer.get_json()[0]["key"]
    assert far.get(path).status_code == 404
    assert far.ask("POST", path, json={"kind": "moves", "now": "no"}).status_code == 404
    assert far.ask("DELETE", f"{path}/{key}", headers={"If-Match": "*"}).status_code == 404
    other = f"/workers/{world.wang}/corrections/{key}"
    assert acting.get(other).status_code == 404
    assert acting.ask("DELETE", other, headers={"If-Match": "*"}).status_code == 404
    assert date.fromisoformat(answer.get_json()[0]["recorded_at"][:10]) == world.office.today()

"""Records of other divisions answer 404: every address of a record, crawled by programs of every scope."""

from __future__ import annotations

import pytest

from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.posting import PostingState
from tests.jobs_feed.books import id_number
from tests.web.api.asking import Program, conforms, program
from tests.web.made_up import KAILU, NAIMAN, World
from web.api.document import the_document
from web.auth import access_table

SCOPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "city": ("", ()),
    "own": (NAIMAN, ()),
    "other": (KAILU, ()),
    "village": (NAIMAN, ("东村",)),
    "next-village": (NAIMAN, ("西村",)),
}
MAY_SEE_BAO = {"city", "own", "village"}


@pytest.fixture(scope="module")
def programs(seen: World) -> dict[str, Program]:
    """A program of every scope."""
    return {name: program(seen, name=name, division=where, villages=them) for name, (where, them) in SCOPES.items()}


def _slip(world: World) -> str:
    with world.office.reading() as unit:
        stored = unit.plans.current(world.bao)
    assert stored is not None
    return stored.code


def _correction(world: World) -> int:
    """A correction of the first person."""
    with world.office.unit("window") as unit:
        kept = unit.corrections.of_person(world.bao)
        return kept[0].key if kept else unit.corrections.add(world.bao, Correction(kind=FactKind.MOVES, now="no"))


def _looks(world: World) -> dict[str, str]:
    """Every look at one record of the first person: path of the document → address."""
    values = {"{key}": str(world.bao), "{posting}": str(world.posting), "{code}": _slip(world)}
    values["{correction}"] = str(_correction(world))
    found = {}
    for path, methods in the_document()["paths"].items():
        right = access_table()[f"api_{methods['get']['operationId']}"] if "get" in methods else None
        if right is not None and right.scope == "division" and path.startswith(("/workers/{key}", "/slips/")):
            address = path
            for part, value in values.items():
                address = address.replace(part, value)
            found[path] = address
    return found


@pytest.mark.parametrize("name", SCOPES)
def test_a_person_is_seen_within_the_scope_and_nowhere_else(programs: dict[str, Program], name: str) -> None:
    asker = programs[name]
    looks = _looks(asker.world)
    assert len(looks) >= 6
    for path, address in looks.items():
        answer = asker.get(address, headers={"X-Purpose": "check"})
        assert answer.status_code == (200 if name in MAY_SEE_BAO else 404), path
        conforms(answer, "GET", path)


@pytest.mark.parametrize("name", ["other", "next-village"])
def test_nothing_can_be_done_to_a_person_outside_the_scope(programs: dict[str, Program], name: str) -> None:
    asker = programs[name]
    key, code = asker.world.bao, _slip(asker.world)
    match = {"If-Match": "*"}
    tried = {
        "change": asker.ask("PATCH", f"/workers/{key}", json={"wage_wish": "1"}, headers=match),
        "plan": asker.ask("POST", f"/workers/{key}/plan"),
        "slip": asker.ask("POST", f"/slips/{code}/answers", json={"rank": 1, "answer": "called"}),
        "question": asker.ask("PUT", f"/workers/{key}/questions/1", json={"state": "confirmed"}),
    }
    assert {name: answer.status_code for name, answer in tried.items()} == dict.fromkeys(tried, 404)
    assert all("包示例" not in answer.text for answer in tried.values())


@pytest.mark.parametrize("name", SCOPES)
def test_lists_hold_the_own_people_only(programs: dict[str, Program], name: str) -> None:
    asker, world = programs[name], programs[name].world
    wanted = {
        "city": {world.bao, world.wang, world.far},
        "own": {world.bao, world.wang},
        "other": {world.far},
        "village": {world.bao},
        "next-village": {world.wang},
    }[name]
    assert {one["key"] for one in asker.get("/workers").get_json()["items"]} == wanted
    assert asker.get("/figures/coverage").get_json()["people"] == len(wanted)
    plans = asker.get("/runs/1/plans")
    assert plans.status_code == (404 if name == "other" else 200)
    if name != "other":
        assert [one["worker"]["name"] for one in plans.get_json()["items"]] == ["包示例"] * (name in MAY_SEE_BAO)
    assert asker.get("/reviews").status_code == (404 if SCOPES[name][1] else 200)


def test_postings_are_public_and_changed_by_their_own_division_only(world: World) -> None:
    path = f"/postings/{world.posting}"
    for name, (division, _) in (("own", SCOPES["own"]), ("other", SCOPES["other"])):
        asker = program(world, name=name, division=division)
        answer = asker.get(path)
        conforms(answer, "GET", "/postings/{key}")
        body = {"state": "held", "reason": "核对"}
        done = asker.ask("PUT", f"{path}/state", json=body, headers={"If-Match": answer.headers["ETag"]})
        assert done.status_code == (200 if name == "own" else 404)
    with world.office.reading() as unit:
        assert unit.postings.get(world.posting).state is PostingState.HELD


def test_a_class_is_public(world: World) -> None:
    from matcher.domain.training import TrainingClass

    with world.office.unit("window") as unit:
        key = unit.classes.add(TrainingClass(ref="T-1", title="缝纫班", provider="示例学校"))
    answer = program(world, name="other", division=KAILU).get(f"/classes/{key}")
    assert answer.get_json()["title"] == "缝纫班"
    conforms(answer, "GET", "/classes/{key}")


def test_nobody_is_handed_in_or_moved_outside_the_scope(world: World) -> None:
    own = program(world, name="own", division=NAIMAN, villages=("东村",))
    outside = {"name": "赵示例", "county": "开鲁县", "village": "东村"}
    for sent in (outside, outside | {"county": ""}, outside | {"county": "奈曼旗", "village": "西村"}):
        assert own.ask("POST", "/workers", json=sent).status_code == 422, sent
    path = f"/workers/{world.bao}"
    moved = own.ask("PATCH", path, json={"village": "西村"}, headers={"If-Match": own.tag(path)})
    assert moved.status_code == 422
    with world.office.reading() as unit:
        assert unit.workers.get(world.bao).value.village == "东村"
        assert unit.workers.count() == 3


def test_somebody_known_elsewhere_is_neither_changed_nor_shown(world: World) -> None:
    number = id_number(7)
    here, other = program(world, name="here", division=NAIMAN), program(world, name="other", division=KAILU)
    sent = {"name": "冯示例", "county": "奈曼旗", "village": "东村", "id_number": number}
    key = here.ask("POST", "/workers", json=sent).get_json()["key"]
    for more in ({"remarks": "改"}, {}, {"name": "虚构人"}):
        answer = other.ask("POST", "/workers", json=sent | {"county": "开鲁县", "village": "北村"} | more)
        assert answer.status_code in {409, 422}, more
        assert number not in answer.text
        assert f'"key":{key}' not in answer.text
    with world.office.reading() as unit:
        stored = unit.workers.get(key)
    assert (stored.revision, stored.value.village, stored.value.remarks) == (1, "东村", "")


def test_runs_stay_within_the_division(world: World) -> None:
    own = program(world, name="own", division=NAIMAN)
    assert own.ask("POST", "/runs", json={}).get_json()["division"] == NAIMAN
    assert own.ask("POST", "/runs", json={"division": KAILU}).status_code == 404
    village = program(world, name="village", division=NAIMAN, villages=("东村",))
    assert village.ask("POST", "/runs", json={}).status_code == 403
    far = program(world, name="far", division=KAILU)
    assert far.get("/runs/1").status_code == 404
    assert far.get("/runs").get_json()["items"] == []


def test_imports_are_seen_by_the_program_that_made_them(world: World) -> None:
    one, other = program(world, name="one"), program(world, name="two")
    key = one.ask("POST", "/postings", json={"title": "焊工", "employer": "示例厂", "place": "奈曼旗"})
    assert key.status_code == 201
    mine = one.get("/imports").get_json()["items"]
    assert [one.get(f"/imports/{record['key']}").status_code for record in mine] == [200]
    assert other.get("/imports").get_json()["items"] == []
    assert other.get(f"/imports/{mine[0]['key']}").status_code == 404
    assert other.ask("POST", f"/imports/{mine[0]['key']}/undo").status_code == 404

"""A village goes out and comes back on its page, within what the account may see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.domain.choosing.choices import Switch
from matcher.domain.intake.told import Correction, FactKind
from tests.counting import counting
from tests.web.made_up import KAILU, NAIMAN, World, opened

PASSPHRASE = "blue-sheep-4711-well"
OUT = {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE, "purpose": "下村一周"}


@pytest.fixture
def away(tmp_path: Path) -> Iterator[World]:
    """A laptop with nothing but the demonstration's way in."""
    with opened(tmp_path / "away", empty=True, demo=True) as world:
        yield world


def _file(world: World, name: str, **more: str) -> bytes:
    """The file an account gets."""
    answer = world.client(name).post("/slices/export", data=OUT | more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].endswith('.j131"')
    return answer.data


def _merge(world: World, whole: bytes, name: str = "", passphrase: str = PASSPHRASE) -> str:
    """The page after a file was handed in."""
    client = world.client(name)
    if not name:
        client.post("/demo")
    data = {"file": (io.BytesIO(whole), "village.j131"), "passphrase": passphrase}
    return client.post("/slices/merge", data=data, follow_redirects=True).text


def _change(world: World, ref: str, **fields: object) -> None:
    """Somebody is corrected."""
    with world.office.unit("test") as unit:
        stored = unit.workers.by_ref(ref)
        unit.workers.replace(stored.key, replace(stored.value, **fields), stored.facts)  # type: ignore[arg-type]


def _torn(world: World, away: World) -> int:
    """A conflict about the first person; its key."""
    _merge(away, _file(world, "window"))
    _change(world, "NM-1", phone="19900000011", skills_text="会砌墙")
    _change(away, "NM-1", phone="19900000022")
    client = away.client()
    client.post("/demo")
    back = client.post("/slices/export", data=OUT).data
    assert "1处等着定夺" in _merge(world, back, "window")
    with world.office.reading() as unit:
        return unit.slices.conflicts.open()[0].key


def test_a_village_goes_and_comes_back_and_both_sides_are_shown(world: World, away: World) -> None:
    key = _torn(world, away)
    client = world.client("window")
    page = client.get("/slices/").text
    assert "199****0011" in page
    assert "199****0022" in page
    assert "19900000022" not in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    data = {"choice": "fields", "seen": seen, "field-phone": "there", "field-skills_text": "here"}
    assert client.post(f"/slices/{key}", data=data).status_code == 302
    with world.office.reading() as unit:
        one = unit.workers.by_ref("NM-1").value
    assert (one.phone, one.skills_text) == ("19900000022", "会砌墙")
    client.post(f"/slices/{key}/undo")
    with world.office.reading() as unit:
        assert unit.workers.by_ref("NM-1").value.phone == "19900000011"


def test_other_divisions_and_villages_have_no_hand_in_a_conflict(world: World, away: World) -> None:
    key = _torn(world, away)
    for name in ("elsewhere",):
        client = world.client(name)
        assert "包示例" not in client.get("/slices/").text
        assert client.post(f"/slices/{key}", data={"choice": "here", "seen": "x"}).status_code == 404
        assert client.post(f"/slices/{key}/undo").status_code == 404
    assert "包示例" in world.client("coordinator").get("/slices/").text


def test_a_conflict_is_shown_with_few_questions_to_the_database(world: World, away: World) -> None:
    _torn(world, away)
    client = world.client("window")
    client.get("/slices/")
    with counting(world.office) as said:
        assert "199****0022" in client.get("/slices/").text
    assert len(said) <= 12, "\n".join(said)
    assert "199****0022" in client.get("/slices/?page=9").text


def test_a_stale_look_decides_nothing(world: World, away: World) -> None:
    key = _torn(world, away)
    client = world.client("window")
    assert client.post(f"/slices/{key}", data={"choice": "there", "seen": "old"}).status_code == 409
    assert client.post(f"/slices/{key}", data={"choice": "no"}).status_code == 400


def test_a_coordinator_takes_the_own_villages_only_and_sees_no_numbers(world: World, away: World) -> None:
    page = _merge(away, _file(world, "coordinator", division=NAIMAN, villages="西村"))
    assert "新来1人" in page
    with away.office.reading() as unit:
        assert [one.value.name for one in list(unit.workers.all_for_planning())] == ["包示例"]
    _change(world, "NM-1", remarks="这边写的")
    _change(away, "NM-1", remarks="那边写的")
    client = away.client()
    client.post("/demo")
    _merge(world, client.post("/slices/export", data=OUT).data, "coordinator")
    shown = world.client("coordinator").get("/slices/").text
    assert "已填，不显示" in shown
    assert "那边写的" not in shown


def test_people_outside_are_not_taken_in(world: World, away: World) -> None:
    _merge(away, _file(world, "city"))
    client = away.client()
    client.post("/demo")
    back = client.post("/slices/export", data=OUT).data
    assert "不在您管的范围内" in _merge(world, back, "window")
    assert "没有新内容" in _merge(world, back, "city")


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"passphrase_again": "other"}, 400, "两遍口令不一样"),
        ({"purpose": ""}, 400, "带去哪里"),
        ({"passphrase": "short", "passphrase_again": "short"}, 400, "至少 12"),
        ({"division": KAILU}, 404, ""),
        ({"villages": "没有的村"}, 400, "还没有人"),
    ],
)
def test_an_export_that_cannot_be_says_why(world: World, data: dict[str, str], status: int, said: str) -> None:
    answer = world.client("window").post("/slices/export", data=OUT | data)
    assert answer.status_code == status
    assert said in answer.text


def test_what_is_wrong_with_a_file_is_said_and_the_purpose_is_recorded(world: World, away: World) -> None:
    whole = _file(world, "window")
    with world.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.purpose) == ("slice_export", "下村一周")
    assert "口令不对" in _merge(away, whole, passphrase="another-sheep-4711")
    assert "不是本系统" in _merge(away, b"nothing")
    client = world.client("window")
    assert "请先选文件" in client.post("/slices/merge", data={"passphrase": PASSPHRASE}).text
    assert world.client("viewer").get("/slices/").status_code == 403


def test_corrections_of_both_sides_stand_in_words(world: World, away: World) -> None:
    _merge(away, _file(world, "window"))
    for place, code, switch in ((world, "cook", Switch.LODGING), (away, "cleaner", Switch.LOWER_PAY)):
        with place.office.unit("x") as unit:
            told = Correction(kind=FactKind.WISHED, now=code)
            unit.corrections.add(unit.workers.by_ref("NM-1").key, told)
            unit.concessions.say(unit.workers.by_ref("NM-1").key, [switch], on=place.office.today())
    client = away.client()
    client.post("/demo")
    page = _merge(world, client.post("/slices/export", data=OUT).data, "window")
    assert "2处等着定夺" in page
    second = world.client("window").get("/slices/?page=2").text
    for words in ("情况更正", "想干：厨师", "想干：保洁员"):
        assert words in page
    for words in ("本人愿意放宽的条件", "不用天天回家", "工资低一点"):
        assert words in second
    for code in ("SLICE_", "FACT_", "cleaner", "lodging"):
        assert code not in page + second

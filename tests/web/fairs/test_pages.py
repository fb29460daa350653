"""The organiser's pages: who sees which fair, what each form does, and papers, tables and files as they leave."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from matcher.domain.fairs import Fair, FairState
from matcher.fairs.making import make_fair, move_fair
from tests.counting import counting
from tests.matcher.fairs.hall import FAIR_DAY, ID_NUMBER, PHONE, SEWING, a_fair, place_of, the_fair, visitor
from tests.web.fairs.conftest import FairWorld

PAGES = ("", "/invite", "/door", "/booth", "/report", "/report?for=outside", "/booths?booth=1", "/booth?booth=1")


def _new(name: str, **more: str) -> dict[str, str]:
    return {"name": name, "starts_on": FAIR_DAY.isoformat(), "opens_at": "09:00", "closes_at": "15:00"} | more


def test_a_fair_is_made_from_its_name_and_day(world: FairWorld) -> None:
    answer = world.client("window").post("/fairs/", data=_new("秋季示例招聘会", division="150525"))
    assert answer.status_code == 302
    with world.office.reading() as unit:
        [made] = [one for one in unit.fairs.all() if one.name == "秋季示例招聘会"]
    assert (made.owner, made.division, made.ends_on) == ("window", "150525", FAIR_DAY)


def test_an_organiser_sees_only_the_own_fairs(world: FairWorld) -> None:
    client = world.client("organiser")
    client.post("/fairs/", data=_new("我的示例招聘会", division="150525"))
    page = client.get("/fairs/").text
    assert "我的示例招聘会" in page
    assert "春风示例招聘会" not in page
    for path in PAGES:
        assert client.get(f"/fairs/{world.fair.key}{path}").status_code == 404, path


@pytest.mark.parametrize("name", ["elsewhere", "viewer"])
def test_a_fair_of_another_division_is_not_there(world: FairWorld, name: str) -> None:
    client = world.client(name)
    for path in PAGES:
        answer = client.get(f"/fairs/{world.fair.key}{path}")
        assert answer.status_code == (403 if name == "viewer" else 404), path
    answer = client.post(f"/fairs/{world.fair.key}/state", data={"state": "closed"})
    assert answer.status_code in {403, 404}
    assert the_fair(world.office, world.fair.key).state is FairState.OPEN


def test_every_page_opens_within_twelve_queries(world: FairWorld) -> None:
    client = world.client("window")
    for path in PAGES:
        with counting(world.office) as seen:
            answer = client.get(f"/fairs/{world.fair.key}{path}")
        assert answer.status_code == 200, path
        asked = [one for one in seen if one.lstrip().upper().startswith(("SELECT", "UPDATE", "INSERT", "DELETE"))]
        assert len(asked) <= 13, (path, len(asked))  # one of them looks the account up


def test_a_page_that_is_looked_at_changes_nothing(world: FairWorld) -> None:
    before = world.office.store.contents().digest
    client = world.client("window")
    signed_in = world.office.store.contents().digest
    for path in (*PAGES, "/door/counts", f"/door/slip?visitor={visitor(world.office, world.fair, '包示例').key}"):
        assert client.get(f"/fairs/{world.fair.key}{path}").status_code == 200, path
    assert before != signed_in
    assert world.office.store.contents().digest == signed_in


def test_english_pages_hold_no_chinese_of_our_own(world: FairWorld) -> None:
    client = world.client("window")
    client.post("/language", data={"language": "en"})
    for path in PAGES:
        page = client.get(f"/fairs/{world.fair.key}{path}").text
        shown = re.sub(r"<[^>]+>|示例\S*|奈曼旗\S*|春风\S*|中文", "", page)
        left = set(re.findall(r"[\u4e00-\u9fff]{2,}", shown)) - {
            "东村", "西村", "缝纫工", "服务员", "保洁员", "厨师", "管两顿饭",
        }  # fmt: skip
        assert {word for word in left if "示例" not in word and not word.endswith("旗")} == set(), path


def test_pasted_adverts_become_postings_at_the_booth(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    text = "奈曼旗示例服装车间招熨烫工3名，月薪3200元，白班，管午饭，电话19900005678"
    cards = client.post(f"/fairs/{key}/booths/paste", data={"booth": "1", "text": text}).text
    fields = dict(re.findall(r'name="([^"]+-0)" value="([^"]*)"', cards))
    fields |= {"booth": "1", "text": text}
    answer = client.post(f"/fairs/{key}/booths/pasted", data=fields)
    assert answer.status_code == 302, answer.text
    assert "熨烫工" in client.get(answer.headers["Location"]).text


def test_a_text_that_is_no_advert_says_so_and_is_kept_in_the_box(world: FairWorld) -> None:
    page = world.client("window").post(
        f"/fairs/{world.fair.key}/booths/paste", data={"booth": "1", "text": "今天天气好"}
    )
    assert "今天天气好" in page.text
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_papers_of_a_village_are_one_file(world: FairWorld, ending: str) -> None:
    data = {"kind": "ways", "ending": ending, "home_code": "150525100", "village": "东村"}
    answer = world.client("window").post(f"/fairs/{world.fair.key}/papers", data=data)
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF" if ending == "pdf" else b"PK")
    assert "包示例" not in answer.headers["Content-Disposition"]


def test_the_workbook_for_outside_names_nobody(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    place, person = place_of(world.office, world.fair, "缝纫工"), visitor(world.office, world.fair, "包示例")
    client.post(
        f"/fairs/{key}/booth/note",
        data={"booth": "1", "visitor": str(person.key), "place": str(place), "result": "intent"},
    )

    def said(wanted: str) -> str:
        book = load_workbook(io.BytesIO(client.post(f"/fairs/{key}/workbook", data={"for": wanted}).data))
        return "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )

    inside, outside = said("office"), said("outside")
    assert "包示例" in inside
    assert PHONE in inside
    assert ID_NUMBER not in inside
    assert "包示例" not in outside
    assert PHONE not in outside
    assert "<5" in outside


def test_closing_tells_the_cases_and_shows_whom_to_call(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    person, place = visitor(world.office, world.fair, "包示例"), place_of(world.office, world.fair, "缝纫工")
    noted = {"booth": "1", "visitor": str(person.key), "place": str(place), "result": "intent"}
    client.post(f"/fairs/{key}/booth/note", data=noted)
    answer = client.post(f"/fairs/{key}/state", data={"state": "closed"})
    assert answer.headers["Location"] == f"/fairs/{key}/report"
    assert "意向，没上岗" in client.get(f"/fairs/{key}/report").text
    client.post(f"/fairs/{key}/hear", data={"visitor": str(person.key), "place": str(place), "result": "started"})
    page = client.get(f"/fairs/{key}/report").text
    assert "没有要回访的" in page
    assert client.post(f"/fairs/{key}/booth/note", data=noted).status_code == 400


def test_numbers_to_call_are_masked_until_a_reason_is_given(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    person, place = visitor(world.office, world.fair, "包示例"), place_of(world.office, world.fair, "缝纫工")
    noted = {"booth": "1", "visitor": str(person.key), "place": str(place), "result": "interested"}
    client.post(f"/fairs/{key}/booth/note", data=noted)
    masked = f"{PHONE[:3]}****{PHONE[-4:]}"
    assert masked in client.get(f"/fairs/{key}/report").text
    assert client.post(f"/fairs/{key}/phones", data={"reason": ""}).status_code == 400
    assert PHONE in client.post(f"/fairs/{key}/phones", data={"reason": "招聘会回访"}).text
    with world.office.reading() as unit:
        entry = unit.audit.recent(1)[0]
    assert (entry.action, entry.actor, entry.purpose, entry.fields) == ("reveal", "window", "招聘会回访", "phone")
    assert PHONE not in client.get(f"/fairs/{key}/report").text


def test_a_fair_travels_through_the_pages_and_twice_is_once(world: FairWorld) -> None:
    client = world.client("window")
    words = {"passphrase": "八个字以上的口令"}
    content = client.post(f"/fairs/{world.fair.key}/export", data=words).data
    for _ in range(2):
        data = words | {"file": (io.BytesIO(content), "x.fair")}
        assert client.post("/fairs/merge", data=data).status_code == 302
    assert "新增 0 条，更新 0 条" in client.get("/fairs/").text
    wrong = client.post(
        "/fairs/merge", data={"passphrase": "别的口令别的口令", "file": (io.BytesIO(content), "x.fair")}
    )
    assert wrong.status_code == 400
    assert "没有读入" in wrong.text


def test_last_years_fair_is_copied_and_another_may_run_at_the_same_time(world: FairWorld) -> None:
    client = world.client("window")
    answer = client.post(f"/fairs/{world.fair.key}/copy", data={"starts_on": "2026-09-01"})
    page = client.get(answer.headers["Location"]).text
    assert SEWING in page
    other = a_fair(world.office, name="同日示例招聘会")
    move_fair(world.office, other, FairState.INVITED, actor="x")
    assert "同日示例招聘会" in client.get("/fairs/").text
    assert the_fair(world.office, world.fair.key).state is FairState.OPEN


def test_a_second_editor_is_told_and_nothing_is_overwritten(world: FairWorld) -> None:
    client, key = world.client("window"), world.fair.key
    with world.office.reading() as unit:
        seen = unit.fairs.revision(key)
    form = _new("春风示例招聘会", revision=str(seen), place="广场")
    assert client.post(f"/fairs/{key}/save", data=form).status_code == 302
    assert client.post(f"/fairs/{key}/save", data=form | {"place": "车站"}).status_code == 409
    assert the_fair(world.office, key).place == "广场"


def test_fairs_for_someone_elses_division_cannot_be_made(world: FairWorld) -> None:
    answer = world.client("elsewhere").post("/fairs/", data=_new("示例", division="150525"))
    assert answer.status_code == 404
    assert make_fair(
        world.office,
        Fair(name="示例", division="150523", starts_on=FAIR_DAY, ends_on=FAIR_DAY),
        scope="150523",
        actor="x",
    )

"""The plan at the window: why not, what if, swap, add, take out, put back; the counter; the window home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from secrets import token_hex

import pytest
from flask.testing import FlaskClient

import web
from matcher.domain.posting import PostingState
from matcher.wording import load_catalogue
from tests.counting import counting
from tests.desk_office import PASSWORD, Desk, desk_office
from web.app import create_app
from web.config import WebConfig

PART = {"X-Requested-With": "part"}
CODE = re.compile(r"""["'](DESK_[A-Z0-9_]*[A-Z0-9])["']""")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office of this test's own."""
    with desk_office(tmp_path) as opened:
        yield opened


def client_of(desk: Desk, name: str = "window", language: str = "zh") -> FlaskClient:
    """A browser of somebody signed in."""
    config = WebConfig(
        secret_key=token_hex(20),
        upload_folder=desk.office.config.home / "uploads",
        demo=False,
        start_runs=False,
    )
    app = create_app(config, desk.office)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    client.post("/language", data={"language": language, "next": "/"})
    return client


def text_of(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def swap(desk: Desk, client: FlaskClient, came: str, left: str, **more: str) -> int:
    """A swap on the plan that stands; the status of the answer."""
    data = {
        "plan": str(desk.plan().key),
        "came": str(desk.postings[came]),
        "left": str(desk.postings[left]),
        "reason": "本人要求",
        **more,
    }
    return client.post(f"/people/{desk.people['bao']}/change", data=data).status_code


def test_why_not_says_what_may_be_set_aside_and_what_may_not(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    young = text_of(client.post(f"/people/{bao}/why", data={"posting": "YOUNG"}, headers=PART).text)
    assert "不适合" in young and "年龄不合" in young and "上面 1 条提醒我看过" in young
    licence = client.post(f"/people/{bao}/why", data={"posting": "LICENCE"}, headers=PART).text
    assert "不能加" in licence and "低压电工证" in licence and 'name="came"' not in licence
    held = text_of(client.post(f"/people/{bao}/why", data={"posting": "NEAR-1"}, headers=PART).text)
    assert "已在方案里" in held
    near = client.post(f"/people/{bao}/why", data={"posting": "NEAR-4"}, headers=PART).text
    assert "适合" in near and 'name="known"' not in near and 'name="came"' in near


def test_a_part_is_a_part_and_without_scripts_a_whole_page_comes(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    for path, data in (("why", {"posting": "NEAR"}), ("more", {}), ("what-if", {"switch": "lodging"})):
        part = client.post(f"/people/{bao}/{path}", data=data, headers=PART)
        whole = client.post(f"/people/{bao}/{path}", data=data)
        assert (part.status_code, whole.status_code) == (200, 200)
        assert not part.text.startswith("<!doctype")
        assert whole.text.startswith("<!doctype") and "包雪梅" in whole.text


def test_a_swap_is_marked_on_the_page_and_can_be_put_back(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    before = desk.plan()
    assert swap(desk, client, "NEAR-4", "NEAR-2") == 302
    page = client.get(f"/people/{bao}").text
    words = text_of(page)
    assert "当面商定" in words and "window 当面换了一个岗位。理由：本人要求" in words
    assert f"回执码 {desk.plan().code}" in words
    assert f'name="older" value="{before.key}"' in page
    back = client.post(f"/people/{bao}/restore", data={"older": before.key, "plan": desk.plan().key})
    assert back.status_code == 302
    assert desk.held() == ["NEAR-1", "NEAR-2", "NEAR-3"]
    assert "恢复了这份方案" in text_of(client.get(f"/people/{bao}").text)


def test_a_plan_put_back_says_which_of_its_postings_closed_since(desk: Desk) -> None:
    client, bao, before = client_of(desk), desk.people["bao"], desk.plan()
    swap(desk, client, "NEAR-4", "NEAR-2")
    with desk.office.unit() as unit:
        unit.postings.set_state(desk.postings["NEAR-2"], PostingState.FILLED)
    data = {"older": before.key, "plan": desk.plan().key}
    told = text_of(client.post(f"/people/{bao}/restore", data=data, follow_redirects=True).text)
    assert "其中“cleaner（2）”已经不招了" in told


def test_the_sheet_says_neutrally_what_was_agreed(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    swap(desk, client, "NEAR-4", "NEAR-2", reason="心脏不好，换个轻的")
    sheet = text_of(client.post(f"/print/person/{bao}", data={"ending": "html"}).get_data(as_text=True))
    assert "cleaner（4）" in sheet and "当面商定" in sheet
    assert "cleaner（2）" not in sheet and "心脏" not in sheet


def test_a_warning_that_was_not_ticked_is_said_in_one_line(desk: Desk) -> None:
    client = client_of(desk)
    data = {
        "plan": desk.plan().key,
        "came": desk.postings["YOUNG"],
        "left": desk.postings["NEAR-1"],
        "reason": "单位说可以",
    }
    refused = client.post(f"/people/{desk.people['bao']}/change", data=data)
    assert refused.status_code == 400
    assert "有提醒没有确认" in refused.text
    assert client.post(f"/people/{desk.people['bao']}/change", data=data | {"known": "1"}).status_code == 302


def test_the_loser_of_two_changes_is_told(desk: Desk) -> None:
    client, first = client_of(desk), desk.plan().key
    assert swap(desk, client, "NEAR-4", "NEAR-2") == 302
    assert swap(desk, client, "NEAR-2", "NEAR-1", plan=str(first)) == 409


def test_what_if_counts_and_what_is_said_is_kept(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    page = client.post(f"/people/{bao}/what-if", data={"switch": "lodging"}, headers=PART).text
    assert re.search(r"<b class=\"num good-ink\">\+[1-9]", page)
    assert "家政服务员证" in page and "cleaner培训班" in page
    paper = client.post(f"/people/{bao}/what-if", data={"paper": "cert_home_help"}, headers=PART).text
    assert "+1" in text_of(paper) and "按这个记下来" not in paper
    assert client.post(f"/people/{bao}/said", data={"switch": "lodging"}).status_code == 302
    words = text_of(client.get(f"/people/{bao}").text)
    assert "本人说" in words and "不用天天回家，住那边也行" in words
    assert client.post(f"/people/{bao}/said").status_code == 302
    assert "收回这句话" not in client.get(f"/people/{bao}").text


def test_nonsense_in_the_form_of_what_if_is_nothing(desk: Desk) -> None:
    data = {"switch": ["lodging", "'; DROP TABLE plan"], "paper": "no_such_paper", "class": "99999"}
    assert client_of(desk).post(f"/people/{desk.people['bao']}/what-if", data=data).status_code == 200


def test_earlier_plans_stand_side_by_side(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    assert "只有这一份方案" in client.get(f"/people/{bao}/plans").text
    swap(desk, client, "NEAR-4", "NEAR-2")
    words = text_of(client.get(f"/people/{bao}/plans").text)
    assert "变了什么" in words and "＋ cleaner（4）" in words and "政策参数相同" in words
    assert client.get(f"/people/{bao}/plans?older=abc&newer=").status_code == 200
    assert client.get(f"/people/{bao}/plans?older={desk.plan('wang').key}").status_code == 404


def test_filled_leads_to_the_people_to_call(desk: Desk) -> None:
    client, key = client_of(desk), desk.postings["NEAR-1"]
    done = client.post(f"/postings/checks/{key}/filled")
    assert done.headers["Location"].endswith(f"/postings/{key}/holders")
    page = client.get(done.headers["Location"]).text
    assert "共 2 人，还有 2 人没通知到" in page
    assert "199****1234" in page and "19900001234" not in page
    shown = client.post(f"/postings/{key}/holders/phones", data={"reason": "通知"}).text
    assert "19900001234" in shown and "19900005678" in shown
    told = client.post(f"/postings/{key}/holders/told", data={"person": desk.people["bao"]})
    assert "还有 1 人没通知到" in client.get(told.headers["Location"].partition("#")[0]).text
    again = client.post(f"/postings/{key}/holders/again", data={"person": list(desk.people.values())[:2]})
    assert again.status_code == 302
    assert "NEAR-1" not in desk.held() + desk.held("wang")


def test_phones_need_a_reason_and_are_audited(desk: Desk) -> None:
    client, key = client_of(desk), desk.postings["NEAR-1"]
    assert client.post(f"/postings/{key}/holders/phones", data={"reason": ""}).status_code == 400
    client.post(f"/postings/{key}/holders/phones", data={"reason": "逐个通知"})
    with desk.office.reading() as unit:
        kept = [entry for entry in unit.audit.recent() if entry.action == "reveal"]
    assert [(entry.purpose, entry.fields) for entry in kept] == [("逐个通知", "phone")] * 2


def test_a_posting_nobody_holds_says_so(desk: Desk) -> None:
    client, key = client_of(desk), desk.postings["LICENCE"]
    assert "没有人拿着这个岗位" in client.get(f"/postings/{key}/holders").text
    assert client.post(f"/postings/checks/{key}/filled").headers["Location"].endswith(f"/postings/{key}")


def test_a_posting_is_given_from_the_counter(desk: Desk) -> None:
    client, key = client_of(desk), desk.postings["NEAR-4"]
    page = client.get(f"/postings/paste/done?keys={key}").text
    people = re.findall(r'name="person" value="(\d+)"', page)
    assert people == [str(desk.people["bao"]), str(desk.people["wang"])]
    data = {"plan": desk.plan().key, "left": desk.postings["NEAR-3"], "reason": "太远"}
    client.post(f"/people/{desk.people['bao']}/change", data=data)
    given = text_of(client.post(f"/postings/{key}/give", data={"person": people, "reason": "单位来招人"}).text)
    assert "已加到 1 个人的方案里" in given and "已有三个岗位，要换一个" in given
    assert "NEAR-4" in desk.held()
    assert client.post(f"/postings/{key}/give", data={"reason": "单位来招人"}).status_code == 400


def test_from_a_pasted_text_to_the_people_it_suits_is_one_paste_and_three_clicks(desk: Desk) -> None:
    client, bao = client_of(desk), desk.people["bao"]
    client.post(
        f"/people/{bao}/change",
        data={"plan": desk.plan().key, "left": desk.postings["NEAR-3"], "reason": "太远"},
    )
    text = "奈曼旗顺心物业招保洁员2名，月薪3800元，白班8:00-17:30，奈曼旗大沁他拉镇，13900001111 李经理\n"
    cards = client.post("/postings/paste/read", data={"text": text}).text
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', cards))
    fields |= dict.fromkeys(re.findall(r'<input type="checkbox" name="([^"]+)" value="1" checked', cards), "1")
    fields |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', cards))
    stored = client.post("/postings/paste/store", data=fields | {"text": text})
    assert stored.status_code == 302, text_of(stored.text)
    page = client.get(stored.headers["Location"]).text
    form = re.search(r'action="(/postings/\d+/give)"', page)
    ticked = re.findall(r'name="person" value="(\d+)"[^>]* checked', page)
    assert form is not None and ticked == [str(bao)]
    given = client.post(form[1], data={"person": ticked, "reason": "用人单位到窗口招人"})
    assert "已加到 1 个人的方案里" in given.text
    assert [match.posting.employer for match in desk.plan().plan.matches if match.by_hand] == ["奈曼旗顺心物业"]


def test_nothing_at_the_desk_reaches_people_of_other_divisions(desk: Desk) -> None:
    client, bao, key = client_of(desk, "elsewhere"), desk.people["bao"], desk.postings["NEAR-1"]
    plan = desk.plan().key
    tries = [
        (f"/people/{bao}/why", {"posting": "NEAR"}),
        (f"/people/{bao}/more", {}),
        (f"/people/{bao}/what-if", {"switch": "lodging"}),
        (f"/people/{bao}/said", {"switch": "lodging"}),
        (f"/people/{bao}/change", {"plan": plan, "left": key, "reason": "太远"}),
        (f"/people/{bao}/restore", {"plan": plan, "older": plan}),
        (f"/postings/{key}/give", {"person": bao, "reason": "来招人"}),
        (f"/postings/{key}/holders/told", {"person": bao}),
        (f"/postings/{key}/holders/again", {"person": bao}),
    ]
    assert [client.post(path, data=data).status_code for path, data in tries] == [404] * len(tries)
    assert client.get(f"/people/{bao}/plans").status_code == 404
    assert "没有人拿着这个岗位" in client.get(f"/postings/{key}/holders").text
    assert "19900001234" not in client.post(f"/postings/{key}/holders/phones", data={"reason": "通知"}).text


def test_a_coordinator_does_not_read_the_reasons_of_the_window(desk: Desk) -> None:
    swap(desk, client_of(desk), "NEAR-4", "NEAR-2", reason="心脏不好")
    page = client_of(desk, "coordinator").get(f"/people/{desk.people['bao']}").text
    assert "当面换了一个岗位" in page and "心脏" not in page
    assert "心脏" not in client_of(desk, "coordinator").get(f"/people/{desk.people['bao']}/plans").text


def test_the_home_page_says_why_nobody_was_sent(desk: Desk) -> None:
    words = text_of(client_of(desk).get("/").text)
    assert "2 人里有 2 人合适，还没排到" in words
    assert "附近 2 人：2 人年龄不合" in words
    assert "现在不推荐：工资低于当地最低工资" in words


def test_the_home_page_counts_anew_once_something_changed(desk: Desk) -> None:
    client = client_of(desk)
    client.get("/")
    with desk.office.unit() as unit:
        unit.postings.set_state(desk.postings["YOUNG"], PostingState.FILLED)
    assert "年龄不合" not in client.get("/").text


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/", None),
        ("/people/{bao}", None),
        ("/people/{bao}/plans", None),
        ("/postings/{near}/holders", None),
        ("/people/{bao}/why", {"posting": "NEAR"}),
        ("/people/{bao}/more", {}),
        ("/people/{bao}/what-if", {"switch": "lodging"}),
    ],
)
def test_pages_ask_the_database_little(desk: Desk, address: str, data: dict[str, str] | None) -> None:
    client = client_of(desk)
    swap(desk, client, "NEAR-4", "NEAR-2")
    path = address.format(bao=desk.people["bao"], near=desk.postings["NEAR-1"])
    for _ in range(2):
        with counting(desk.office) as sent:
            answer = client.get(path) if data is None else client.post(path, data=data)
        assert answer.status_code == 200
    asked = [one for one in sent if one.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= (12 if data is None else 14), "\n".join(asked)


@pytest.mark.parametrize("address", ["/people/{bao}", "/people/{bao}/plans", "/postings/{near}/holders", "/"])
def test_english_pages_hold_no_chinese_of_the_desk(desk: Desk, address: str) -> None:
    client = client_of(desk, language="en")
    swap(desk, client, "NEAR-4", "NEAR-2")
    page = client.get(address.format(bao=desk.people["bao"], near=desk.postings["NEAR-1"])).text
    sentences = load_catalogue("web.translations").sentences
    ours = [row["zh"] for code, row in sentences.items() if code.startswith("DESK_") and "{" not in row["zh"]]
    assert [words for words in ours if len(words) > 2 and f">{words}<" in page] == []


def test_every_text_of_the_desk_exists_in_both_languages_and_is_used() -> None:
    root = Path(web.__file__).parent
    sources = [*(root / "pages").rglob("*.py"), *(root / "templates").rglob("*.html")]
    texts = "".join(path.read_text(encoding="utf-8") for path in sources)
    sentences = load_catalogue("matcher.wording", "web.translations").sentences
    used = {code for code in CODE.findall(texts) if not code.endswith("_")}
    assert [code for code in sorted(used) if not (sentences.get(code) or {}).get("en")] == []
    made = ("DESK_GAP_", "DESK_SWITCH_", "DESK_DONE_", "DESK_DID_", "DESK_STANCE_", "DESK_VERSION_", "DESK_BECAME_")
    ours = {code for code in sentences if code.startswith("DESK_") and not code.startswith((*made, "DESK_REASON_"))}
    grounds = {"DESK_NOT_WANTED", "DESK_TAKEN_OUT", "DESK_NO_OPENING", "DESK_LOW_SCORE", "DESK_SPOKEN_FOR"}
    assert ours - used - grounds == set()

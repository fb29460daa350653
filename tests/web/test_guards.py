"""What holds on every page: headers, tokens, languages, hosts, errors in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import web
from matcher.wording import load_catalogue
from tests.web.made_up import World, opened, some_values
from web.phrases import PACKAGES

ROOT = Path(web.__file__).parent
CODE = re.compile(r"""["']((?:PAGE|BTN|NAV)_[A-Z0-9_]*[A-Z0-9])["']""")


def _sources() -> list[Path]:
    return [*ROOT.glob("*.py"), *(ROOT / "pages").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]


def test_every_text_a_page_uses_exists_in_chinese_and_english() -> None:
    sentences = load_catalogue("matcher.wording", *PACKAGES).sentences
    used = {code for path in _sources() for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert used
    missing = [code for code in sorted(used) if not sentences.get(code, {}).get("zh") or not sentences[code].get("en")]
    assert missing == []


def test_every_template_is_used() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in _sources())
    names = [path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")]
    unused = [name for name in names if f'"{name}"' not in texts]
    assert unused == []


def test_no_template_holds_inline_script_style_or_unescaped_text() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe|<script(?![^>]*src=)", text), path.name


def test_nothing_comes_from_another_host() -> None:
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").iterdir()]
    for path in files:
        found = re.findall(r"https?://[^\s\"'<>{}]+", path.read_text(encoding="utf-8"))
        assert [one for one in found if "www.w3.org" not in one] == [], path.name


@pytest.mark.parametrize("address", ["/sign-in", "/", "/people/", "/static/base.css", "/nothing-here"])
def test_every_answer_carries_the_secure_headers(shown: World, address: str) -> None:
    answer = shown.client("window").get(address, buffered=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert ("no-store" in answer.headers["Cache-Control"]) == (not address.startswith("/static"))


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(shown: World) -> None:
    answer = shown.client().post("/sign-in", data={"name": "window", "password": "tall-birch-4711-river"})
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("job131="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, csrf=True) as world:
        unsafe = [rule for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or set())]
        client = world.app.test_client()
        for rule in unsafe:
            with world.app.test_request_context():
                address = world.app.url_for(rule.endpoint, **some_values(rule))
            answer = client.post(address)
            assert (answer.status_code, "表单已失效" in answer.text) == (400, True), rule.endpoint


def test_another_host_name_is_refused(shown: World) -> None:
    assert shown.client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_a_body_that_is_too_large_is_refused_in_plain_words(shown: World) -> None:
    client = shown.client("window")
    shown.app.config["MAX_CONTENT_LENGTH"], before = 1000, shown.app.config["MAX_CONTENT_LENGTH"]
    try:
        answer = client.post("/runs/", data={"division": "1" * 2000})
    finally:
        shown.app.config["MAX_CONTENT_LENGTH"] = before
    assert answer.status_code == 413
    assert "文件太大" in answer.text


def test_an_unforeseen_error_is_told_without_details(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def burst() -> str:
        raise ValueError("150525197903020000")

    world.app.view_functions["people.index"] = burst
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = world.client("window").get("/people/")
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "150525197903020000" not in answer.text + caplog.text


@pytest.mark.parametrize(("language", "word"), [("zh", "劳动者"), ("en", "People")])
def test_the_whole_frame_changes_language(shown: World, language: str, word: str) -> None:
    client = shown.client("window")
    answer = client.post("/language", data={"language": language, "next": "/people/"})
    assert answer.headers["Location"] == "/people/"
    page = client.get("/people/").text
    assert f"<h1>{word}</h1>" in page
    assert f'lang="{ {"zh": "zh-CN", "en": "en"}[language] }"' in page


@pytest.mark.parametrize(
    "address", ["/", "/people/", "/people/{bao}", "/postings/", "/postings/{posting}", "/imports/", "/runs/", "/runs/1"]
)
def test_english_pages_hold_no_chinese_of_our_own(shown: World, address: str) -> None:
    client = shown.client("window")
    client.post("/language", data={"language": "en"})
    page = client.get(address.format(bao=shown.bao, posting=shown.posting)).text
    sentences = load_catalogue("web.translations").sentences
    ours = {row["zh"] for row in sentences.values() if "{" not in row["zh"] and len(row["zh"]) > 3}
    assert [text for text in ours if f">{text}<" in page] == []

"""`job131 feed publish` and `job131 feed consent` at the edge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobs_feed.publish_cli import consent_command, publish_command
from jobs_feed.publishing.reading import rows_of_feed
from matcher.domain.errors import Job131Error
from matcher.office import Office
from tests.jobs_feed.publishing.offices import WINDOW, Publisher, a_posting, publishing_office


@dataclass
class Edge:
    """What the group of commands hands down."""

    lang: str
    found: Office

    def office(self) -> Office:
        """The office."""
        return self.found


@pytest.fixture
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    """An office with two postings of different employers."""
    with publishing_office(tmp_path_factory.mktemp("office")) as found:
        found.add(
            a_posting("GW-1"), a_posting("GW-2", employer="李先生", uscc=""), a_posting("GW-3", employer="某厂（示例）")
        )
        yield found


def run(publisher: Publisher, command: str, *words: str, lang: str = "zh") -> Result:
    """One command; what it refuses is its last line, as at the real edge."""
    chosen = {"publish": publish_command, "consent": consent_command}[command]
    result = CliRunner().invoke(chosen, words, obj=Edge(lang, publisher.office))
    assert result.exception is None or isinstance(result.exception, SystemExit | Job131Error)
    return result


def phones(folder: Path) -> dict[str, str]:
    """The telephone of every published posting."""
    rows = rows_of_feed((folder / "feed-all.json").read_bytes()).rows
    return {row.ref: row.fields["联系人"] + row.fields["联系电话"] for row in rows}


def test_publishing_tells_a_program_on_one_line_and_a_person_on_another(publisher: Publisher, tmp_path: Path) -> None:
    result = run(publisher, "publish", "-o", str(tmp_path / "out"), "--json")
    outcome = json.loads(result.stdout)
    assert (outcome["region"], outcome["postings"], outcome["removed"]) == ("all", 3, 0)
    assert outcome["files"] == outcome["changed"]
    assert "3 条岗位" in result.stderr
    assert "没有写 --base-url" in result.stderr
    english = run(publisher, "publish", "-o", str(tmp_path / "en"), "--base-url", "https://131.example.cn/x", lang="en")
    assert "3 postings" in english.stderr
    assert english.stdout == ""
    assert "Published by" in (tmp_path / "en" / "index.html").read_text()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--division", "999999"), "没有这个区划代码：999999"),
        (("--district", "顺义"), "没有登记与北京市顺义区结对的旗县"),
        (("--district", "奈曼旗"), "不是北京的一个区"),
        (("--base-url", "javascript:alert(1)"), "不是网址"),
        (("--base-url", "https://a.example/?q"), "不是网址"),
    ],
)
def test_what_cannot_be_published_is_one_line_and_no_file(
    publisher: Publisher, tmp_path: Path, words: tuple[str, ...], line: str
) -> None:
    result = run(publisher, "publish", "-o", str(tmp_path / "out"), *words)
    assert line in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_two_regions_at_once_are_wrong_usage(publisher: Publisher, tmp_path: Path) -> None:
    words = ("-o", str(tmp_path / "out"), "--division", "150525", "--district", "顺义")
    assert run(publisher, "publish", *words).exit_code == 2


def test_consent_of_an_employer_publishes_its_contact_and_withdrawal_takes_it_back(
    publisher: Publisher, tmp_path: Path
) -> None:
    employer = a_posting().employer
    assert "没有登记过同意" in run(publisher, "consent", employer).stderr
    given = run(
        publisher, "consent", f" {employer.replace('（', '(').replace('）', ')')} ", "--give", "--by", "王示例，电话"
    )
    assert "涉及 1 条岗位" in given.stderr
    assert "同意公开联系方式（王示例，电话" in run(publisher, "consent", employer).stderr
    run(publisher, "publish", "-o", str(tmp_path))
    assert phones(tmp_path) == {"GW-1": "王示例13900000131", "GW-2": WINDOW, "GW-3": WINDOW}
    run(publisher, "consent", employer, "--withdraw", "--by", "来人")
    run(publisher, "publish", "-o", str(tmp_path))
    assert set(phones(tmp_path).values()) == {WINDOW}
    assert "不公开联系方式" in run(publisher, "consent", employer).stderr


@pytest.mark.parametrize(
    ("employer", "line"),
    [
        ("李先生", "看不出是哪一家"),
        ("个人", "看不出是哪一家"),
        ("91150599032410303X", "校验不对"),
        (" ", "看不出是哪一家"),
    ],
)
def test_nobody_can_agree_for_everybody_of_a_name(publisher: Publisher, employer: str, line: str) -> None:
    result = run(publisher, "consent", employer, "--give", "--by", "电话")
    assert line in str(result.exception)
    with publisher.office.reading() as unit:
        assert unit.sharing.consents() == {}


@pytest.mark.parametrize("words", [("--give",), ("--by", "电话"), ("--give", "--by", "  ")])
def test_a_decision_needs_its_direction_and_who_told(publisher: Publisher, words: tuple[str, ...]) -> None:
    assert run(publisher, "consent", "某厂（示例）", *words).exit_code == 2


def test_consent_by_code_holds_for_every_name_of_the_employer(publisher: Publisher, tmp_path: Path) -> None:
    code = "911505990324103035"
    publisher.add(a_posting("GW-4", employer="别名厂（示例）", uscc=code))
    assert "涉及 1 条岗位" in run(publisher, "consent", code.lower(), "--give", "--by", "电话").stderr
    run(publisher, "publish", "-o", str(tmp_path))
    assert phones(tmp_path)["GW-4"] == "王示例13900000131"
    run(publisher, "consent", "别名厂（示例）", "--withdraw", "--by", "电话")
    run(publisher, "publish", "-o", str(tmp_path))
    assert phones(tmp_path)["GW-4"] == WINDOW, "the newest decision holds, whichever way the employer was named"

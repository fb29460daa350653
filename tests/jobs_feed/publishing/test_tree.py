"""A publication as files: whole, the same for the same postings, safe names, nobody else's files touched."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from defusedxml import ElementTree

from jobs_feed.publishing import files, tree
from jobs_feed.publishing.files import page_name
from jobs_feed.publishing.reading import rows_of_feed
from jobs_feed.publishing.regions import everything, region_of_district, region_of_division
from jobs_feed.publishing.tree import Written, publish_tree
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sharing import Pairing
from matcher.domain.posting import PostingState
from tests.jobs_feed.publishing.offices import KERQIN, SHUNYI, TODAY, Publisher, a_posting

BASE = "https://131.example.cn/jobs/"
HOSTILE = [
    "../../etc/passwd",
    "CON",
    "a/b\\c",
    "..",
    ".",
    "A",
    "a",
    "nul.txt",
    "x" * 300,
    "编号：一",
    "a:b*?<>|",
    "\x00\n",
    "~/x",
]


def publish(publisher: Publisher, folder: Path, *, division: str = "", base: str = BASE) -> Written:
    """Writes a publication."""
    frame = publisher.frame()
    region = region_of_division(division, publisher.office.gazetteer, frame.wording) if division else None
    with publisher.office.reading() as unit:
        chosen = region or everything(frame.wording)
        return publish_tree(publisher.office, unit, frame, chosen, folder, base=base)


def content(folder: Path) -> dict[str, bytes]:
    """Every file."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_publication_is_a_folder_of_feeds_pages_and_a_spreadsheet(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add(a_posting("GW-1"), a_posting("GW-2", place=KERQIN), a_posting("GW-3", place=SHUNYI))
    publisher.add(a_posting("GW-4"), state=PostingState.HELD)
    written = publish(publisher, tmp_path / "out")
    found = content(tmp_path / "out")
    feeds = {"all", "110113", "150502", "150525"}
    pages = {f"jobs/{page_name(f'GW-{number}')}" for number in (1, 2, 3)}
    expected = {f"feed-{slug}.json" for slug in feeds} | {f"rss-{slug}.xml" for slug in feeds} | pages
    assert found.keys() == expected | {"index.json", "index.html", "jobs.xlsx", "shared.css", "sitemap.xml"}
    assert (written.postings, written.changed) == (3, len(found))
    index = json.loads(found["index.json"])
    assert index["instance"] == "甲旗就业服务中心"
    assert {feed["json"]: feed["postings"] for feed in index["feeds"]} == {
        "feed-all.json": 3, "feed-110113.json": 1, "feed-150502.json": 1, "feed-150525.json": 1
    }  # fmt: skip
    addresses = [loc.text for loc in ElementTree.fromstring(found["sitemap.xml"]).iter() if loc.tag.endswith("loc")]
    assert addresses == [f"{BASE}index.html", *sorted(f"{BASE}{page}" for page in pages)]
    page = rows_of_feed(found["feed-all.json"])
    assert [row.fields["编号"] for row in page.rows] == ["GW-1", "GW-2", "GW-3"]
    assert page.complete


def test_nothing_of_a_contact_or_a_held_posting_is_in_any_file(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add(a_posting("GW-1", contact="王示例", description="找王示例 139 0000 0131，微信wxid131131"))
    publisher.add(a_posting("GW-2", title="待核实的岗位"), state=PostingState.HELD)
    publish(publisher, tmp_path / "out")
    everything_written = b"".join(content(tmp_path / "out").values()).decode("utf-8", "replace")
    for secret in ("王示例", "13900000131", "139 0000 0131", "wxid131131", "待核实的岗位"):
        assert secret not in everything_written


def test_the_same_postings_give_the_same_bytes_and_write_nothing(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add(*(a_posting(f"GW-{number}") for number in range(5)))
    publish(publisher, tmp_path / "one")
    assert publish(publisher, tmp_path / "one").changed == 0
    publish(publisher, tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_what_is_no_longer_published_is_taken_away_and_nothing_else(publisher: Publisher, tmp_path: Path) -> None:
    first, _ = publisher.add(a_posting("GW-1", place=KERQIN), a_posting("GW-2"))
    publish(publisher, tmp_path)
    (tmp_path / "notes.txt").write_text("别人的")
    (tmp_path / "jobs" / "own.html").write_text("别人的")
    publisher.set_state(first, PostingState.WITHDRAWN)
    written = publish(publisher, tmp_path)
    found = content(tmp_path)
    assert written.removed == 3
    assert {"feed-150502.json", "rss-150502.xml", f"jobs/{page_name('GW-1')}"} & found.keys() == set()
    assert {"notes.txt", "jobs/own.html", f"jobs/{page_name('GW-2')}"} <= found.keys()


@pytest.mark.parametrize("name", ["index.html", "index.json"])
def test_somebody_elses_pages_are_left_alone(publisher: Publisher, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    with pytest.raises(InputRefused, match="已经有别的网页"):
        publish(publisher, tmp_path)
    assert content(tmp_path) == {name: b"{}"}


def test_a_file_instead_of_a_folder_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputRefused, match="不是能写的文件夹"):
        publish(publisher, tmp_path / "out")


def test_a_disk_that_fails_leaves_whole_files_and_one_line(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = publisher.add(a_posting("GW-1"))
    publish(publisher, tmp_path)
    before = content(tmp_path)
    publisher.replace(key, a_posting("GW-1", title="改过"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(InputRefused, match="文件写不了"):
        publish(publisher, tmp_path)
    monkeypatch.undo()
    assert content(tmp_path) == before


@pytest.mark.parametrize("ref", HOSTILE)
def test_a_reference_cannot_name_a_file_it_should_not(ref: str) -> None:
    name = page_name(ref)
    assert re.fullmatch(r"([0-9a-z]+(-[0-9a-z]+)*-)?[0-9a-f]{12}\.html", name)
    assert len(name) < 64


def test_references_that_differ_have_files_that_differ_even_where_capitals_do_not_count() -> None:
    assert len({page_name(ref).casefold() for ref in HOSTILE}) == len(HOSTILE)


def test_hostile_references_stay_inside_the_folder(publisher: Publisher, tmp_path: Path) -> None:
    refs = [ref for ref in HOSTILE if "\x00" not in ref]
    publisher.add(*(a_posting(ref) for ref in refs))
    publish(publisher, tmp_path / "deep" / "out")
    assert {path.name for path in (tmp_path / "deep").iterdir()} == {"out"}
    assert len(list((tmp_path / "deep" / "out" / "jobs").iterdir())) == len(refs)


def test_long_feeds_lead_from_page_to_page(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MOST_A_PAGE", 2)
    monkeypatch.setattr(tree, "_A_LIST_PAGE", 2)
    monkeypatch.setattr(tree, "_A_SITE_MAP", 4)
    publisher.add(*(a_posting(f"GW-{number}") for number in range(5)))
    publish(publisher, tmp_path)
    name, refs = "feed-all.json", []
    while name:
        page = rows_of_feed((tmp_path / name).read_bytes())
        refs += [row.ref for row in page.rows]
        name = page.following
    assert refs == [f"GW-{number}" for number in range(5)]
    assert 'href="index-2.html"' in (tmp_path / "index.html").read_text()
    assert (tmp_path / "index-3.html").exists()
    assert (tmp_path / "sitemap-2.xml").exists()


def test_an_office_without_postings_publishes_that(publisher: Publisher, tmp_path: Path) -> None:
    assert publish(publisher, tmp_path, base="").postings == 0
    assert rows_of_feed((tmp_path / "feed-all.json").read_bytes()).rows == ()
    assert "现在没有公开的岗位" in (tmp_path / "index.html").read_text()
    assert not (tmp_path / "sitemap.xml").exists()


def test_one_division_is_published_alone(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add(a_posting("GW-1"), a_posting("GW-2", place=KERQIN))
    publish(publisher, tmp_path, division="150525")
    assert "feed-150525.json" in content(tmp_path)
    assert not (tmp_path / "feed-all.json").exists()
    assert [row.ref for row in rows_of_feed((tmp_path / "feed-150525.json").read_bytes()).rows] == ["GW-1"]


def test_a_district_is_published_once_its_pairing_is_entered_and_in_force(publisher: Publisher, tmp_path: Path) -> None:
    publisher.add(a_posting("GW-1"), a_posting("GW-2", place=KERQIN), a_posting("GW-3", place=SHUNYI))
    gazetteer, frame = publisher.office.gazetteer, publisher.frame()
    with pytest.raises(InputRefused, match="没有登记与北京市顺义区结对的旗县"):
        region_of_district("顺义", gazetteer, frame.pairings, frame.wording)
    with publisher.office.unit() as unit:
        unit.sharing.put_pairing(Pairing(banner="150525", district="110113", since=TODAY, basis="示例文号"))
    publish(publisher, tmp_path)
    page = rows_of_feed((tmp_path / "feed-district-110113.json").read_bytes())
    assert [row.ref for row in page.rows] == ["GW-1", "GW-3"]
    frame = publisher.frame()
    assert region_of_district("110113", gazetteer, frame.pairings, frame.wording).divisions == ("110113", "150525")


@pytest.mark.parametrize("name", ["", "奈曼旗", "北京市", "no such", "150525", "朝阳市"])
def test_a_district_is_one_of_beijing(publisher: Publisher, name: str) -> None:
    frame = publisher.frame()
    with pytest.raises(InputRefused, match="不是北京的一个区"):
        region_of_district(name, publisher.office.gazetteer, frame.pairings, frame.wording)


@pytest.mark.parametrize("code", ["99", "奈曼", "1505255", "-1", "１５０５", "150525; --"])
def test_a_division_is_one_that_exists(publisher: Publisher, code: str) -> None:
    with pytest.raises(InputRefused, match="没有这个区划代码"):
        region_of_division(code, publisher.office.gazetteer, publisher.frame().wording)


@pytest.mark.parametrize(
    ("code", "slug"), [("1505", "150500"), ("150500", "150500"), ("15", "150000"), ("150525", "150525")]
)
def test_a_division_may_be_written_short(publisher: Publisher, code: str, slug: str) -> None:
    assert region_of_division(code, publisher.office.gazetteer, publisher.frame().wording).slug == slug


def test_files_may_be_read_by_a_web_server(publisher: Publisher, tmp_path: Path) -> None:
    publish(publisher, tmp_path)
    assert os.stat(tmp_path / "index.json").st_mode & 0o044 == 0o044 & ~os.umask(os.umask(0o022) or 0o022)

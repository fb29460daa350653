"""Folders that others put files into: each file once, whole or nothing, in the order they came."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs_feed.feeds.managing import add_feed
from jobs_feed.feeds.pulling import pull
from jobs_feed.feeds.surroundings import Surroundings
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.feed import Feed, FeedKind, FeedState
from matcher.office import Office
from tests.jobs_feed.books import csv_file, postings, workbook
from tests.jobs_feed.feeds.offices import around, declare, states
from tests.jobs_feed.feeds.servers import items


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(shared_office: Office, inbox: Path) -> Iterator[str]:
    """A feed that watches it."""
    name = f"folder{abs(hash(inbox)) % 10**8}"
    declare(shared_office, name, str(inbox), kind=FeedKind.FOLDER)
    yield name


def aged(path: Path, seconds: int) -> Path:
    """A file as if it had been put there so long ago."""
    moment = 1_700_000_000 - seconds
    os.utime(path, (moment, moment))
    return path


def test_files_are_taken_in_order_once_and_again_when_changed(shared_office: Office, watched: str, inbox: Path) -> None:
    aged(csv_file(inbox / "z-first.csv", postings(2)), 90)
    aged(workbook(inbox / "a-second.xlsx", postings(3, 薪资待遇="5000元/月")), 10)
    (inbox / "third.json").write_text(json.dumps({"items": items(2)}, ensure_ascii=False), encoding="utf-8")
    result = pull(shared_office, watched, around())
    assert (result.state, result.stored, result.unchanged, result.refused) == (FeedState.OK, 5, 2, 0)
    assert pull(shared_office, watched, around()).rows == 0
    csv_file(inbox / "z-first.csv", postings(2, 薪资待遇="9000元/月"))
    result = pull(shared_office, watched, around())
    assert (result.updated, result.unchanged) == (1, 1)
    assert len(list(inbox.iterdir())) == 3, "files stay where they are"
    assert len(states(shared_office, watched)) == 5


def test_a_file_that_still_grows_is_left_alone(shared_office: Office, watched: str, inbox: Path) -> None:
    path = csv_file(inbox / "growing.csv", postings(1))
    whole = csv_file(inbox / "whole.csv", postings(2))

    def grow(_: float) -> None:
        csv_file(path, postings(3))

    result = pull(shared_office, watched, Surroundings(sleep=grow))
    told = [notice.phrase.code for notice in result.notices if notice.phrase.code.startswith("FEED_")]
    assert (result.stored, told) == (2, ["FEED_FILE_GROWING"])
    assert whole.exists()
    assert pull(shared_office, watched, around()).stored == 1


def test_what_is_no_list_is_passed_over(shared_office: Office, watched: str, inbox: Path, tmp_path: Path) -> None:
    for name in (".hidden.csv", "~$open.xlsx", "half.csv.part", "x.csv.crdownload", "x.tmp"):
        csv_file(inbox / name, postings(1))
    (inbox / "empty.csv").touch()
    (inbox / "folder.csv").mkdir()
    (inbox / "link.csv").symlink_to(csv_file(tmp_path / "outside.csv", postings(1)))
    assert pull(shared_office, watched, around()).rows == 0


def test_a_broken_file_is_named_once_and_harms_no_other(shared_office: Office, watched: str, inbox: Path) -> None:
    (inbox / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    (inbox / "cut.json").write_text('{"items": [', encoding="utf-8")
    csv_file(inbox / "good.csv", postings(2, 工作地点=""))
    result = pull(shared_office, watched, around())
    assert (result.stored, result.exit_code) == (1, 3)
    assert {(one.sheet, one.phrase.code) for one in result.problems} == {
        ("photo.csv", "IMPORT_FILE_PICTURE"),
        ("cut.json", "FEED_JSON_BROKEN"),
        ("good", "IMPORT_MISSING"),
    }
    assert pull(shared_office, watched, around()).problems == ()


def test_a_file_gone_from_the_folder_withdraws_nothing(shared_office: Office, watched: str, inbox: Path) -> None:
    path = csv_file(inbox / "one.csv", postings(3))
    pull(shared_office, watched, around())
    path.unlink()
    result = pull(shared_office, watched, around())
    assert (result.state, result.withdrawn) == (FeedState.OK, 0)


def test_a_folder_that_is_gone_fails_with_a_line(shared_office: Office, watched: str, inbox: Path) -> None:
    inbox.rmdir()
    assert pull(shared_office, watched, around()).phrase.code == "FEED_FOLDER_MISSING"


def test_a_folder_is_declared_by_its_path(shared_office: Office, inbox: Path) -> None:
    added = add_feed(shared_office, Feed(name="by path", url=str(inbox)), around(), actor="test")
    assert (added.kind, added.url) == (FeedKind.FOLDER, str(inbox))
    for place in (inbox / "missing", shared_office.config.home):
        with pytest.raises(InputRefused):
            wrong = Feed(name="wrong", url=str(place), kind=FeedKind.FOLDER)
            add_feed(shared_office, wrong, around(), actor="test")

"""A feed read back: postings as rows, everything that is none left out or refused in one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_feed.publishing.reading import is_feed, rows_of_feed
from jobs_feed.report import FileRefused

ROW = {"ref": "GW-1", "sender": "local", "source_ref": "GW-1", "编号": "GW-1", "岗位名称": "缝纫工", "用人单位": "某厂"}


def feed(**changes: object) -> bytes:
    """A feed with one posting."""
    page = {"version": 1, "instance": "甲旗", "cursor": "c1", "next": None, "postings": [ROW], "withdrawn": []}
    return json.dumps(page | changes).encode()


def test_a_feed_gives_rows_withdrawn_references_and_where_to_go_on() -> None:
    page = rows_of_feed(b"\xef\xbb\xbf" + feed(next="feed-all-2.json", withdrawn=["GW-9", 7], complete=True))
    (row,) = page.rows
    assert row.fields["岗位名称"] == "缝纫工"
    assert row.fields["岗位描述"] == ""
    assert (row.ref, row.sender, row.source_ref, row.one_job) == ("GW-1", "local", "GW-1", False)
    assert (page.instance, page.cursor, page.following) == ("甲旗", "c1", "feed-all-2.json")
    assert (page.withdrawn, page.complete, page.left_out) == (("GW-9",), True, 0)


def test_entries_that_are_no_postings_are_counted_and_harm_no_other() -> None:
    page = rows_of_feed(feed(postings=[ROW, 7, None, {"title": "x"}, [], {"岗位名称": 5, "招聘人数": 3.0, "ref": "Z"}]))
    assert [row.fields["编号"] for row in page.rows] == ["GW-1", "Z"]
    assert (page.rows[1].fields["岗位名称"], page.rows[1].fields["招聘人数"]) == ("5", "3")
    assert page.left_out == 4


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"version": 1, "postings": {}}',
        b'{"version": 1, "postings": [{"title": "x"}]}',
        b"\xff\xfe\x00",
        b'{"version":1,"postings":' + b"[" * 5_000,
        b'{"postings": [{"\xe5\xb2\x97\xe4\xbd\x8d\xe5\x90\x8d\xe7\xa7\xb0": 1}]}',
    ],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused, match="SHARE_FEED_UNREADABLE"):
        rows_of_feed(data)


def test_a_newer_format_is_refused_by_its_number() -> None:
    with pytest.raises(FileRefused, match="SHARE_FEED_VERSION") as refused:
        rows_of_feed(feed(version=2))
    assert refused.value.phrase.args == {"version": "2"}


@settings(max_examples=60)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda one: st.lists(one) | st.dictionaries(
    st.sampled_from(["version", "postings", "withdrawn", "next", "编号", "岗位名称", "ref"]), one
)))  # fmt: skip
def test_whatever_json_says_it_is_a_page_or_a_refusal(found: object) -> None:
    data = json.dumps({"version": 1, "postings": [ROW, found], "withdrawn": found, "next": found}).encode()
    try:
        page = rows_of_feed(data)
    except FileRefused:
        return
    assert all(isinstance(text, str) for row in page.rows for text in row.fields.values())


def test_a_feed_is_told_by_its_columns() -> None:
    assert is_feed(json.loads(feed()))
    assert is_feed({"version": 1, "postings": []})
    assert not is_feed({"items": [ROW]})
    assert not is_feed([ROW])

"""Two offices with their servers and feeds: what one shares the other holds, changes follow, and nothing comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from waitress.server import create_server

from jobs_feed.feeds.managing import add_feed
from jobs_feed.feeds.pulling import pull
from jobs_feed.feeds.result import PullResult
from jobs_feed.feeds.surroundings import Surroundings
from jobs_feed.pipeline import run_import
from matcher.domain.incoming.feed import Feed, FeedKind
from matcher.domain.posting import Posting, PostingState
from tests.jobs_feed.books import csv_file
from tests.jobs_feed.publishing.offices import TODAY, WINDOW, Publisher, publishing_office
from tests.jobs_feed.publishing.test_round_trip import COLUMNS, ROWS
from web.app import create_app
from web.config import WebConfig

AROUND = Surroundings(loopback=True)
PAGE = 4
"""Postings a page: two are needed for these few."""


@contextmanager
def serving(publisher: Publisher, folder: Path) -> Iterator[str]:
    """The office's own server on this machine; the address of its feed."""
    config = WebConfig(secret_key="a test key that is long enough to sign", upload_folder=folder, start_runs=False)
    server = create_server(create_app(config, publisher.office), host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/shared/feed.json?limit={PAGE}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(timeout=10)


def follow(publisher: Publisher, name: str, address: str) -> None:
    """One office follows another."""
    add_feed(publisher.office, Feed(name=name, url=address, kind=FeedKind.AUTO), AROUND, actor="test")


def take(publisher: Publisher, name: str) -> PullResult:
    """One pull."""
    publisher.clock.now += timedelta(minutes=1)
    return pull(publisher.office, name, AROUND)


def held(publisher: Publisher, *, only_open: bool = True) -> dict[str, Posting]:
    """What an office holds, by reference."""
    with publisher.office.reading() as unit:
        return {row.value.ref: row.value for row in unit.postings.all_for_planning(only_open=only_open)}


def test_two_offices_that_follow_each_other_hold_the_same_and_send_nothing_round(tmp_path: Path) -> None:
    more = [
        ["GW-10", "保安", "某某物业（示例）"],
        ["GW-11", "厨师", "某某饭店（示例）"],
        ["GW-12", "收银员", "某某超市（示例）"],
    ]
    plain = [dict(zip(("编号", "岗位名称", "用人单位"), row, strict=True)) | {"工作地点": "开鲁县"} for row in more]
    rows = [*ROWS, *([advert.get(name, "") for name in COLUMNS] for advert in plain)]
    with (
        publishing_office(tmp_path / "a") as ours,
        publishing_office(tmp_path / "b", name="乙旗就业服务中心") as theirs,
        serving(ours, tmp_path / "up-a") as our_feed,
        serving(theirs, tmp_path / "up-b") as their_feed,
    ):
        run_import(ours.office, "postings", csv_file(tmp_path / "a.csv", rows), as_of=TODAY)
        follow(theirs, "甲旗", our_feed)
        follow(ours, "乙旗", their_feed)
        first = take(theirs, "甲旗")
        sent = held(ours)
        assert (first.stored, first.problems) == (len(sent), ())
        expected = {ref: replace(one, sender="甲旗", contact="", phone=WINDOW) for ref, one in sent.items()}
        assert held(theirs) == expected
        assert {"GW-2", "GW-2#2", "GW-2#3"} <= expected.keys()
        assert take(theirs, "甲旗").unchanged == len(sent)
        assert take(ours, "乙旗").stored == 0
        assert held(ours) == sent, "nothing of our own came back"

        with ours.office.unit("test") as unit:
            key = unit.postings.by_ref("GW-11").key
            unit.postings.set_state(key, PostingState.WITHDRAWN)
        changed = take(theirs, "甲旗")
        assert (changed.stored, changed.withdrawn) == (0, 1)
        assert held(theirs).keys() == sent.keys() - {"GW-11"}

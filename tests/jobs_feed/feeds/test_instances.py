"""From one office to another over HTTP: everything comes in, follows what changes, and is not passed on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jobs_feed.feeds.pulling import pull
from jobs_feed.pipeline import run_import
from jobs_feed.publishing.regions import everything
from jobs_feed.publishing.tree import publish_tree
from matcher.domain.incoming.feed import FeedState
from matcher.domain.posting import Posting, PostingState
from matcher.office import Office
from tests.jobs_feed.books import csv_file
from tests.jobs_feed.feeds.offices import around, declare, states
from tests.jobs_feed.publishing.offices import TODAY, WINDOW, Publisher, publishing_office
from tests.jobs_feed.publishing.test_round_trip import ROWS, served


def published(publisher: Publisher, folder: Path) -> dict[str, Posting]:
    """What an office wrote for others."""
    with publisher.office.reading() as unit:
        frame = publisher.frame()
        publish_tree(publisher.office, unit, frame, everything(frame.wording), folder, base="")
        return {row.value.ref: row.value for row in unit.postings.all_for_planning()}


def received(office: Office) -> dict[str, Posting]:
    """What another one has of it."""
    with office.reading() as unit:
        return {row.value.ref: row.value for row in unit.postings.all_for_planning()}


def test_a_feed_of_another_instance(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with (
        publishing_office(tmp_path / "a") as publisher,
        publishing_office(tmp_path / "b", name="乙旗就业服务中心") as other,
        served(folder) as address,
    ):
        run_import(publisher.office, "postings", csv_file(tmp_path / "a.csv", ROWS), as_of=TODAY)
        ours = published(publisher, folder)
        declare(other.office, "甲旗", f"{address}feed-all.json")
        taken = pull(other.office, "甲旗", around())
        assert (taken.state, taken.stored, taken.problems) == (FeedState.OK, len(ours), ())
        assert received(other.office) == {
            ref: replace(one, sender="甲旗", contact="", phone=WINDOW) for ref, one in ours.items()
        }
        with other.office.reading() as unit:
            assert unit.sharing.received() == {"甲旗": "甲旗就业服务中心"}
        assert pull(other.office, "甲旗", around()).state is FeedState.UNCHANGED
        with publisher.office.unit("test") as unit:
            publisher_key = unit.feeds.owners(["local"])["local", "GW-1"].key
        publisher.set_state(publisher_key, PostingState.WITHDRAWN)
        publisher.clock.next_day()
        published(publisher, folder)
        with other.office.unit("test") as unit:
            unit.feeds.change(unit.feeds.get("甲旗").key, last_modified="")
        assert pull(other.office, "甲旗", around()).withdrawn == 1
        assert states(other.office, "甲旗")["GW-1"] is PostingState.WITHDRAWN

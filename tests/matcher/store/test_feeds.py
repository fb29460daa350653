"""Feeds as stored: the address sealed, one pull at a time, what each delivered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.feed import Feed, FeedEvent, FeedKind, FeedMember, FeedState
from matcher.domain.posting import PostingState
from matcher.store import Store
from matcher.store.session import open_engine
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import a_posting

URL = "https://jobs.example.cn/feed?key=geheim"
FEED = Feed(
    name="示例网",
    url=URL,
    kind=FeedKind.JSON,
    sender="网",
    mapping={"岗位名称": "t"},
    hosts=("pages.example.cn",),
    every_minutes=60,
)


def test_a_feed_is_kept_as_declared_and_its_address_sealed(store: Store, url: str) -> None:
    with store.unit() as unit:
        unit.feeds.add(FEED)
    with store.reading() as unit:
        stored = unit.feeds.get("示例网")
        assert unit.feeds.all() == [stored]
    assert (stored.feed, stored.standing.state) == (FEED, FeedState.NEW)
    engine = open_engine(url)
    with engine.connect() as connection:
        (sealed,) = connection.execute(text("SELECT url FROM feed")).one()
    engine.dispose()
    assert b"geheim" not in bytes(sealed) and b"example" not in bytes(sealed)


def test_a_name_stands_once(store: Store) -> None:
    with store.unit() as unit:
        unit.feeds.add(FEED)
    with pytest.raises(InputRefused), store.unit() as unit:
        unit.feeds.add(replace(FEED, url="https://other.example.cn/"))
    with pytest.raises(RecordNotFound), store.reading() as unit:
        unit.feeds.get("unknown")


def test_where_a_feed_stands_is_changed_by_name(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        key = unit.feeds.add(FEED)
        unit.feeds.change(key, state=FeedState.FAILED, failures=2, next_try_at=clock.now, code="X", args={"n": 1})
        with pytest.raises(TypeError):
            unit.feeds.change(key, url="x")
    with store.reading() as unit:
        standing = unit.feeds.get("示例网").standing
    assert (standing.state, standing.failures, standing.next_try_at) == (FeedState.FAILED, 2, clock.now)
    assert (standing.code, standing.args) == ("X", {"n": 1})


def test_one_pull_at_a_time_and_a_dead_one_is_passed_over(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        key = unit.feeds.add(FEED)
        assert unit.feeds.claim(key, "a", _lives)
        assert not unit.feeds.claim(key, "b", _lives)
        assert unit.feeds.claim(key, "b", _is_dead)
        unit.feeds.release(key)
        assert unit.feeds.claim(key, "a", _lives)
        clock.move(minutes=11)
        assert unit.feeds.claim(key, "b", _lives)


def _lives(holder: str) -> bool:
    """Nobody is dead."""
    return False


def _is_dead(holder: str) -> bool:
    """The first holder is."""
    return holder == "a"


def test_members_are_noted_gone_and_back(store: Store) -> None:
    with store.unit() as unit:
        key, other = unit.feeds.add(FEED), unit.feeds.add(replace(FEED, name="other"))
        unit.feeds.note_members(key, [FeedMember("网", "1"), FeedMember("网", "2")])
        unit.feeds.note_members(other, [FeedMember("网", "2")])
        unit.feeds.note_members(key, [FeedMember("网", "1", gone=True, state_before="held"), FeedMember("网", "3")])
    with store.reading() as unit:
        members = unit.feeds.members(key)
        assert members["网", "1"] == FeedMember("网", "1", gone=True, state_before="held")
        assert {ref for _, ref in members} == {"1", "2", "3"}
        assert unit.feeds.held_elsewhere(key) == {("网", "2")}
        assert unit.feeds.held_elsewhere(other) == {("网", "2"), ("网", "3")}


def test_postings_of_senders_with_where_they_stand(store: Store) -> None:
    with store.unit() as unit:
        posting = replace(a_posting(), sender="网", ref="1")
        key = unit.postings.add(posting)
        unit.postings.set_state(key, PostingState.WITHDRAWN, note="FEED_GONE")
    with store.reading() as unit:
        found = unit.feeds.owners(["网", "nobody"])
    assert [(pair, one.key, one.state, one.note) for pair, one in found.items()] == [
        (("网", "1"), key, PostingState.WITHDRAWN, "FEED_GONE")
    ]


def test_the_log_does_not_grow_for_ever(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.store.incoming.feeds.KEPT_EVENTS", 3)
    with store.unit() as unit:
        key = unit.feeds.add(FEED)
        for rows in range(6):
            unit.feeds.note_event(key, FeedEvent(at=clock.now, state=FeedState.OK, rows=rows))
        assert [event.rows for event in unit.feeds.events(key)] == [5, 4, 3]


def test_the_log_is_newest_first_and_goes_with_the_feed(store: Store, clock: Clock) -> None:
    with store.unit("tester") as unit:
        key = unit.feeds.add(FEED)
        for rows in (1, 2):
            unit.feeds.note_event(key, FeedEvent(at=clock.now, state=FeedState.OK, rows=rows, code="C", args={"a": 1}))
        unit.feeds.note_file(key, "d" * 64, "a.csv")
        unit.feeds.note_members(key, [FeedMember("网", "1")])
    with store.reading() as unit:
        events = unit.feeds.events(key)
        assert [(event.rows, event.actor, event.args) for event in events] == [
            (2, "tester", {"a": 1}),
            (1, "tester", {"a": 1}),
        ]
        assert unit.feeds.files_done(key) == {"d" * 64}
    with store.unit() as unit:
        unit.feeds.remove(key)
        assert (unit.feeds.all(), unit.feeds.events(key), unit.feeds.members(key)) == ([], [], {})

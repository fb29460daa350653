"""Pull after pull: unchanged, shrunken, gone, back, failed, put off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from jobs_feed.feeds import gathering
from jobs_feed.feeds.holders import is_dead, this_process
from jobs_feed.feeds.managing import accept_loss, pause_feed, remove_feed, try_feed
from jobs_feed.feeds.pulling import due, pull
from jobs_feed.feeds.surroundings import FeedPolicy
from jobs_feed.undo import undo_import
from matcher.domain.incoming.feed import Feed, FeedState
from matcher.domain.posting import PostingState
from matcher.office import Office
from tests.jobs_feed.feeds.offices import Clock, around, clocked_office, declare, standing, states
from tests.jobs_feed.feeds.servers import BEHAVIOURS, Request, Running, answer, as_json, items

OPEN, HELD, WITHDRAWN = PostingState.OPEN, PostingState.HELD, PostingState.WITHDRAWN


@dataclass
class Changing:
    """A server that answers what it is told to."""

    answers: list[bytes] = field(default_factory=list)

    def __call__(self, request: Request) -> Iterator[bytes]:
        """The next answer; the last one for good."""
        yield self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def then(self, *bodies: bytes) -> None:
        """What comes next."""
        self.answers[:] = list(bodies)


@pytest.fixture(scope="module")
def clock() -> Clock:
    """A clock moved by hand."""
    return Clock()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Office]:
    """An office that goes by the clock."""
    opened = clocked_office(tmp_path_factory.mktemp("office"), clock)
    yield opened
    opened.close()


@pytest.fixture
def changing() -> Iterator[tuple[Changing, Running]]:
    """A server and what it answers."""
    behaviour = Changing()
    with Running(behaviour) as server:
        yield behaviour, server


Served = tuple[Changing, Running]


def page(count: int, start: int = 1, *headers: str, **changes: object) -> bytes:
    """An answer with postings."""
    return answer(as_json(items(count, start, **changes)), *headers)


def test_the_marks_of_the_last_good_pull_are_handed_back(office: Office, changing: Served) -> None:
    behaviour, server = changing
    marks = ('ETag: W/"abc"', "Last-Modified: Tue, 23 Jun 2026 10:00:00 GMT")
    behaviour.then(page(3, 1, *marks), answer(b"", status="304 Not Modified"))
    declare(office, "marks", server.url)
    assert pull(office, "marks", around()).stored == 3
    result = pull(office, "marks", around())
    assert (result.state, result.unchanged, result.stored) == (FeedState.UNCHANGED, 3, 0)
    assert "if-none-match" not in server.headers[0]
    assert server.headers[1]["if-none-match"] == 'W/"abc"'
    assert server.headers[1]["if-modified-since"] == "Tue, 23 Jun 2026 10:00:00 GMT"


def test_marks_of_a_first_page_say_nothing_of_the_others(office: Office, changing: Served) -> None:
    behaviour, server = changing
    first = answer(as_json(items(2), next="/jobs?page=2"), 'ETag: "first"')
    behaviour.then(first, page(2, 3), first, page(2, 3))
    declare(office, "paged", server.url)
    assert pull(office, "paged", around()).stored == 4
    assert pull(office, "paged", around()).unchanged == 4
    assert all("if-none-match" not in headers for headers in server.headers)


def test_a_change_updates_and_what_is_gone_is_withdrawn_and_comes_back(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "life", server.url)
    behaviour.then(page(5))
    assert pull(office, "life", around()).stored == 5
    behaviour.then(page(4, 1, 薪资待遇="4500元/月"))
    result = pull(office, "life", around())
    assert (result.updated, result.unchanged, result.withdrawn) == (1, 3, 1)
    assert states(office, "life")["S-005"] is WITHDRAWN
    behaviour.then(page(5))
    result = pull(office, "life", around())
    assert result.withdrawn == 0
    assert set(states(office, "life").values()) == {OPEN}
    assert "FEED_REOPENED" in {notice.phrase.code for notice in result.notices}


def test_a_posting_that_was_held_is_held_when_it_comes_back(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "held", server.url)
    behaviour.then(page(4, 1, 岗位描述="入职先交押金500元"))
    pull(office, "held", around())
    assert states(office, "held")["S-004"] is HELD
    behaviour.then(page(3))
    pull(office, "held", around())
    assert states(office, "held")["S-004"] is WITHDRAWN
    behaviour.then(page(4, 1, 岗位描述="入职先交押金500元"))
    pull(office, "held", around())
    assert states(office, "held")["S-004"] is HELD


def test_an_undone_pull_brings_back_what_it_withdrew(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "undone", server.url)
    behaviour.then(page(5))
    pull(office, "undone", around())
    behaviour.then(page(4, 1, 薪资待遇="4500元/月"))
    assert pull(office, "undone", around()).withdrawn == 1
    with office.reading() as unit:
        newest = unit.imports.recent(1)[0].key
    undo_import(office, newest or 0, actor="test")
    assert set(states(office, "undone").values()) == {OPEN}
    result = pull(office, "undone", around())
    assert (result.updated, result.withdrawn) == (1, 0), "gone already: a person brought it back"


def test_what_staff_withdrew_stays_withdrawn(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "staff", server.url)
    behaviour.then(page(4))
    pull(office, "staff", around())
    with office.unit("staff") as unit:
        found = unit.feeds.owners(["staff"])["staff", "S-002"]
        unit.postings.set_state(found.key, WITHDRAWN, note="staff")
    pull(office, "staff", around())
    assert states(office, "staff")["S-002"] is WITHDRAWN


def test_a_shrunken_feed_asks_a_person(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "shrunken", server.url)
    behaviour.then(page(10))
    pull(office, "shrunken", around())
    behaviour.then(page(6))
    assert pull(office, "shrunken", around()).withdrawn == 4
    behaviour.then(page(3))
    result = pull(office, "shrunken", around())
    assert (result.state, result.exit_code, result.stored, result.withdrawn) == (FeedState.NEEDS_LOOK, 1, 0, 0)
    assert list(states(office, "shrunken").values()).count(OPEN) == 6
    assert accept_loss(office, "shrunken", actor="test")
    behaviour.then(page(1))
    assert pull(office, "shrunken", around()).state is FeedState.NEEDS_LOOK, "more is lost than was accepted"
    assert accept_loss(office, "shrunken", actor="test")
    result = pull(office, "shrunken", around())
    assert (result.state, result.withdrawn) == (FeedState.OK, 5)
    assert not accept_loss(office, "shrunken", actor="test")


@pytest.mark.parametrize("body", [b"[]", b'{"items": []}', "编号,岗位名称,用人单位,工作地点\n".encode()])
def test_a_list_without_rows_is_no_reason_to_withdraw_everything(office: Office, changing: Served, body: bytes) -> None:
    behaviour, server = changing
    name = f"rows{len(body)}"
    declare(office, name, server.url)
    behaviour.then(answer(body))
    assert pull(office, name, around()).state is FeedState.OK
    behaviour.then(page(2), answer(body))
    pull(office, name, around())
    assert pull(office, name, around()).state is FeedState.NEEDS_LOOK
    assert set(states(office, name).values()) == {OPEN}
    assert accept_loss(office, name, actor="test")
    assert pull(office, name, around()).withdrawn == 2


def test_a_refused_row_still_names_its_posting(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "refused", server.url)
    behaviour.then(page(3))
    pull(office, "refused", around())
    behaviour.then(page(3, 1, 工作地点=""))
    result = pull(office, "refused", around())
    assert (result.refused, result.withdrawn, result.exit_code) == (1, 0, 3)
    assert [(problem.row, problem.field) for problem in result.problems] == [(3, "工作地点")]
    behaviour.then(answer(as_json([*items(1), {"岗位名称": "保安"}])))
    result = pull(office, "refused", around())
    assert result.withdrawn == 0, "a refused row without a reference may have been any posting"
    assert set(states(office, "refused").values()) == {OPEN}


def test_two_feeds_that_hold_one_posting(office: Office, changing: Served) -> None:
    behaviour, server = changing
    for name in ("one", "other"):
        declare(office, name, server.url)
        with office.unit() as unit:
            stored = unit.feeds.get(name)
            unit.feeds.remove(stored.key)
            unit.feeds.add(type(stored.feed)(name=name, url=server.url, sender="both"))
    behaviour.then(page(3))
    pull(office, "one", around())
    pull(office, "other", around())
    behaviour.then(page(2))
    assert pull(office, "one", around()).withdrawn == 0
    assert pull(office, "other", around()).withdrawn == 1


def test_failures_keep_what_was_stored_and_are_tried_later_and_later(
    office: Office, changing: Served, clock: Clock
) -> None:
    behaviour, server = changing
    declare(office, "failing", server.url)
    behaviour.then(page(3))
    pull(office, "failing", around())
    behaviour.then(answer(b"", status="500 Internal Server Error"))
    waits = []
    for _ in range(3):
        assert pull(office, "failing", around()).exit_code == 1
        waits.append(standing(office, "failing").next_try_at - clock.now)  # type: ignore[operator]
    assert waits == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    policy, feed = FeedPolicy.of(office), office_feed(office, "failing")
    assert policy.next_try(feed, 50, clock.now) == clock.now + timedelta(days=1)
    assert set(states(office, "failing").values()) == {OPEN}
    assert not policy.is_stale(standing(office, "failing"), clock.now + timedelta(hours=71))
    assert policy.is_stale(standing(office, "failing"), clock.now + timedelta(hours=73))


def office_feed(office: Office, name: str) -> Feed:
    """A feed as declared."""
    with office.reading() as unit:
        return unit.feeds.get(name).feed


def test_a_server_that_asks_for_patience_is_left_alone(office: Office, changing: Served, clock: Clock) -> None:
    behaviour, server = changing
    declare(office, "patience", server.url)
    behaviour.then(answer(b"", "Retry-After: 7200", status="429 Too Many Requests"))
    result = pull(office, "patience", around())
    assert (result.state, result.exit_code) == (FeedState.WAITING, 0)
    behaviour.then(page(2))
    clock.move(hours=1.9)
    assert pull(office, "patience", around()).state is FeedState.WAITING
    assert "patience" not in due(office)
    assert len(server.asked) == 1
    clock.move(hours=0.2)
    assert "patience" in due(office)
    assert pull(office, "patience", around()).stored == 2


def test_a_paused_or_claimed_feed_is_not_called(office: Office, changing: Served) -> None:
    behaviour, server = changing
    behaviour.then(page(2))
    declare(office, "paused", server.url)
    pause_feed(office, "paused", paused=True, actor="test")
    assert pull(office, "paused", around()).state is FeedState.PAUSED
    assert "paused" not in due(office)
    pause_feed(office, "paused", paused=False, actor="test")
    with office.unit() as unit:
        key = unit.feeds.get("paused").key
        assert unit.feeds.claim(key, this_process(), is_dead)
    assert pull(office, "paused", around()).phrase.code == "FEED_CLAIMED"
    assert server.asked == []
    with office.unit() as unit:
        unit.feeds.release(key)
        assert unit.feeds.claim(key, this_process().rpartition(":")[0] + ":999999999", is_dead)
    assert pull(office, "paused", around()).stored == 2, "whoever held it was killed"


def test_trying_stores_nothing(office: Office, changing: Served) -> None:
    behaviour, server = changing
    behaviour.then(page(3, 1, 'ETag: "x"', 工作地点=""))
    declare(office, "tried", server.url)
    trial = try_feed(office, "tried", around())
    assert (trial.result.stored, trial.result.refused) == (2, 1)
    assert [posting.ref for posting in trial.postings] == ["S-001", "S-002"]
    assert states(office, "tried") == {}
    assert standing(office, "tried").etag == "" and standing(office, "tried").last_pull_at is None


def test_removing_a_feed_leaves_its_postings_unless_asked(office: Office, changing: Served) -> None:
    behaviour, server = changing
    behaviour.then(page(2))
    for name, withdraw, state in (("kept", False, OPEN), ("taken", True, WITHDRAWN)):
        declare(office, name, server.url)
        pull(office, name, around())
        remove_feed(office, name, withdraw=withdraw, actor="test")
        assert set(states(office, name).values()) == {state}


def test_pages_end_somewhere(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_PAGES", 3)
    with Running(BEHAVIOURS["pages_without_end"]) as server:
        declare(office, "endless", server.url)
        result = pull(office, "endless", around())
    assert (result.state, result.stored, len(server.asked)) == (FeedState.OK, 3, 3)
    assert [problem.phrase.code for problem in result.problems] == ["FEED_PAGES_MANY"]


def test_a_next_page_on_another_host_is_asked_only_where_a_person_allowed_it(office: Office, changing: Served) -> None:
    behaviour, server = changing
    behaviour.then(page(2, 3))
    for name, hosts, stored, asked in (("closed", (), 2, 0), ("opened", (f"127.0.0.1:{server.port}",), 4, 1)):
        first = Changing([answer(as_json(items(2), next=server.url))])
        with Running(first) as start:
            declare(office, name, start.url, hosts=hosts)
            result = pull(office, name, around())
        assert (result.stored, len(server.asked), bool(result.problems)) == (stored, asked, not hosts)


def test_numbered_pages_and_cursors_as_declared(office: Office, changing: Served) -> None:
    behaviour, server = changing
    declare(office, "numbered", f"{server.url}?size=2", mapping={"page": "p"})
    behaviour.then(page(2), page(2, 3), answer(b"[]"))
    assert pull(office, "numbered", around()).stored == 4
    assert server.asked == ["/jobs?size=2", "/jobs?size=2&p=2", "/jobs?size=2&p=3"]
    declare(office, "cursor", server.url, mapping={"cursor": "after:meta.c"})
    behaviour.then(answer(as_json(items(2), meta={"c": "x y"})), answer(as_json(items(2, 3), meta={"c": None})))
    assert pull(office, "cursor", around()).stored == 4
    assert server.asked[3:] == ["/jobs", "/jobs?after=x+y"]
    declare(office, "link", server.url)
    behaviour.then(page(2, 1, 'Link: </jobs?page=2>; rel="next"'), page(2, 3))
    assert pull(office, "link", around()).stored == 4


def test_rows_count_over_all_pages(office: Office, changing: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_ROWS", 3)
    behaviour, server = changing
    behaviour.then(answer(as_json(items(2), next="/jobs?page=2")), page(2, 3))
    declare(office, "rows", server.url)
    result = pull(office, "rows", around())
    assert (result.phrase.code, states(office, "rows")) == ("FEED_ROWS_MANY", {})


def test_size_counts_over_all_pages(office: Office, changing: Served) -> None:
    behaviour, server = changing
    behaviour.then(
        answer(as_json(items(2, 岗位描述="扫" * 20_000), next="/jobs?page=2")), page(2, 3, 岗位描述="扫" * 20_000)
    )
    declare(office, "sizes", server.url)
    result = pull(office, "sizes", around(max_bytes=100_000))
    assert (result.phrase.code, states(office, "sizes")) == ("FEED_LARGE", {})


def test_nothing_of_an_answer_stays_on_the_disk(
    office: Office, changing: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    behaviour, server = changing
    behaviour.then(page(2))
    declare(office, "disk", server.url)
    pull(office, "disk", around())
    assert list(tmp_path.iterdir()) == []

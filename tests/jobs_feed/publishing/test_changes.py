"""A reader that follows the cursor always ends up with exactly what is published, whatever happens meanwhile."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from jobs_feed.publishing.changes import FeedPage, feed_page
from jobs_feed.publishing.consent import record_consent, subject_of_posting
from jobs_feed.publishing.frame import frame_of
from jobs_feed.publishing.regions import Region, everything
from matcher.domain.errors import InputRefused
from matcher.domain.posting import PostingState
from matcher.domain.settings import SettingName
from tests.jobs_feed.publishing.offices import KERQIN, NAIMAN, TODAY, Publisher, a_posting

NAIMAN_ONLY = Region("150525", "奈曼旗", ("150525",))


def page_of(publisher: Publisher, since: str = "", *, region: Region | None = None, limit: int = 1000) -> FeedPage:
    """One page."""
    with publisher.office.reading() as unit:
        frame = frame_of(publisher.office, unit)
        chosen = region or everything(frame.wording)
        return feed_page(publisher.office, unit, frame, chosen, since=since, limit=limit)


def everything_of(publisher: Publisher, region: Region | None = None) -> dict[str, str]:
    """What is published now: title by reference."""
    page = page_of(publisher, region=region)
    assert page.complete
    assert not page.withdrawn
    return {advert.ref: advert.posting.title + advert.posting.phone for advert in page.adverts}


@dataclass
class Reader:
    """Another office that follows."""

    region: Region | None
    limit: int
    held: dict[str, str] = field(default_factory=dict)
    cursor: str = ""
    named: set[str] = field(default_factory=set)
    complete: bool = True

    def step(self, publisher: Publisher) -> bool:
        """Takes one page; whether there are more."""
        page = page_of(publisher, self.cursor, region=self.region, limit=self.limit)
        if page.complete and not self.complete:
            self.named = set()
        self.complete = page.complete
        for ref in page.withdrawn:
            self.held.pop(ref, None)
        for advert in page.adverts:
            self.held[advert.ref] = advert.posting.title + advert.posting.phone
            self.named.add(advert.ref)
        self.cursor = page.cursor
        if not page.more and page.complete:
            self.held = {ref: title for ref, title in self.held.items() if ref in self.named}
            self.named, self.complete = set(), False
        return page.more


def shake(publisher: Publisher, dice: random.Random, keys: list[int], number: int) -> None:
    """Something happens to the postings; the clock mostly stands still."""
    deed = dice.choice(
        [
            "add",
            "add",
            "add",
            "change",
            "state",
            "move",
            "expire",
            "consent",
            "day",
            "phone",
            "reopen",
            "delete",
            "join",
            "join",
        ]
    )
    if deed == "add" or not keys:
        place = dice.choice([NAIMAN, KERQIN])
        posting = a_posting(f"GW-{number}", place=place, deadline=TODAY + timedelta(days=dice.randrange(40)))
        keys += publisher.add(posting, state=dice.choice([PostingState.OPEN, PostingState.OPEN, PostingState.HELD]))
        return
    key = dice.choice(keys)
    with publisher.office.reading() as unit:
        stored = unit.postings.get(key)
    if deed == "change":
        publisher.replace(key, replace(stored.value, title=f"缝纫工{number}"))
    elif deed in ("state", "reopen"):
        publisher.set_state(key, PostingState.OPEN if deed == "reopen" else dice.choice(list(PostingState)))
    elif deed == "move":
        publisher.replace(key, replace(stored.value, place=NAIMAN if stored.value.place == KERQIN else KERQIN))
    elif deed == "expire":
        publisher.replace(key, replace(stored.value, deadline=TODAY + timedelta(days=dice.randrange(-3, 30))))
    elif deed == "delete":
        publisher.delete(key)
        keys.remove(key)
        if dice.random() < 0.5:
            keys += publisher.add(replace(stored.value, title=f"又来{number}"))
    elif deed == "consent":
        with publisher.office.unit() as unit:
            given = dice.random() < 0.5
            record_consent(unit, subject_of_posting(stored.value), given=given, by="电话", on=TODAY)
    elif deed == "join":
        publisher.join(*dice.sample(keys, min(len(keys), dice.choice([1, 2, 2, 3]))))
    elif deed == "day" and dice.random() < 0.3:
        publisher.clock.next_day()
    elif deed == "phone" and dice.random() < 0.3:
        with publisher.office.unit() as unit:
            unit.settings.put(SettingName.OFFICE_PHONE, f"0475-{dice.randrange(10_000_000):07d}")


@pytest.mark.parametrize("region", [None, NAIMAN_ONLY], ids=["all", "banner"])
@pytest.mark.parametrize("seed", range(3))
def test_a_reader_ends_up_with_what_is_published_whatever_happens_while_it_pages(
    publisher: Publisher, seed: int, region: Region | None
) -> None:
    dice, keys = random.Random(seed), list[int]()
    reader = Reader(region, limit=3)
    for number in range(12):
        shake(publisher, dice, keys, number)
    for number in range(12, 60):
        for _ in range(dice.randrange(3)):
            shake(publisher, dice, keys, number)
            number += 1_000
        reader.step(publisher)
    while reader.step(publisher):
        pass
    assert reader.held == everything_of(publisher, region)
    assert reader.held


def test_of_adverts_of_one_job_the_one_that_speaks_for_it_is_there_and_the_next_when_that_ends(
    publisher: Publisher,
) -> None:
    richest, other, last = publisher.add(a_posting("GW-1"), a_posting("GW-2"), a_posting("GW-3"))
    before = page_of(publisher)
    publisher.join(richest, other, last)
    merged = page_of(publisher, before.cursor)
    assert sorted(merged.withdrawn) == ["GW-2", "GW-3"]
    assert list(everything_of(publisher)) == ["GW-1"]
    publisher.set_state(richest, PostingState.FILLED)
    filled = page_of(publisher, merged.cursor)
    assert [advert.ref for advert in filled.adverts] == ["GW-2"]
    publisher.join(other)
    parted = page_of(publisher, filled.cursor)
    assert {"GW-2", "GW-3"} == {advert.ref for advert in parted.adverts}


def test_an_advert_of_another_office_speaks_for_none_of_ours(publisher: Publisher) -> None:
    ours, theirs = publisher.add(a_posting("GW-1"), a_posting("GW-2", sender="对方"))
    with publisher.office.unit("test") as unit:
        unit.sharing.note_received("对方", "乙旗")
    publisher.join(theirs, ours)
    assert list(everything_of(publisher)) == ["GW-1"]


def test_many_changes_of_one_moment_are_all_told(publisher: Publisher) -> None:
    keys = publisher.add(*(a_posting(f"GW-{number}") for number in range(7)))
    start = page_of(publisher).cursor
    for key in keys:
        publisher.replace(key, a_posting(f"GW-{key - keys[0]}", title="改过"))
    told, cursor, more = [], start, True
    while more:
        page = page_of(publisher, cursor, limit=2)
        told += [advert.ref for advert in page.adverts]
        cursor, more = page.cursor, page.more
        assert not page.complete
    assert sorted(told) == [f"GW-{number}" for number in range(7)]
    assert page_of(publisher, cursor).adverts == []


def test_what_was_edited_while_somebody_pages_comes_again_and_nothing_is_missed(publisher: Publisher) -> None:
    keys = publisher.add(*(a_posting(f"GW-{number}") for number in range(6)))
    first = page_of(publisher, limit=3)
    publisher.replace(keys[0], a_posting("GW-0", title="改过"))
    publisher.set_state(keys[1], PostingState.WITHDRAWN)
    second = page_of(publisher, first.cursor)
    assert [advert.ref for advert in second.adverts] == ["GW-3", "GW-4", "GW-5", "GW-0"]
    assert second.adverts[-1].posting.title == "改过"
    assert second.withdrawn == ["GW-1"]
    assert second.complete


@pytest.mark.parametrize("state", [PostingState.HELD, PostingState.FILLED, PostingState.WITHDRAWN])
def test_only_open_postings_are_there_and_what_was_closed_is_named(publisher: Publisher, state: PostingState) -> None:
    key, other = publisher.add(a_posting("GW-1"), a_posting("GW-2"))
    publisher.add(a_posting("GW-3"), state=state)
    start = page_of(publisher)
    assert [advert.ref for advert in start.adverts] == ["GW-1", "GW-2"]
    publisher.set_state(key, state)
    after = page_of(publisher, start.cursor)
    assert (after.adverts, after.withdrawn) == ([], ["GW-1"])
    assert [advert.ref for advert in page_of(publisher).adverts] == ["GW-2"]
    assert other


def test_what_ends_with_the_day_is_named_without_anybody_changing_it(publisher: Publisher) -> None:
    publisher.add(a_posting("GW-1", deadline=TODAY), a_posting("GW-2"), a_posting("GW-3", deadline=None))
    start = page_of(publisher)
    assert [advert.ref for advert in start.adverts] == ["GW-1", "GW-2", "GW-3"]
    publisher.clock.next_day()
    after = page_of(publisher, start.cursor)
    assert (after.adverts, after.withdrawn, after.complete) == ([], ["GW-1"], False)
    assert page_of(publisher, after.cursor).withdrawn == []


def test_old_news_without_a_deadline_is_not_published(publisher: Publisher) -> None:
    publisher.add(a_posting("GW-1", deadline=None, published_on=date(2025, 1, 1)))
    assert page_of(publisher).adverts == []


def test_what_was_never_there_is_not_named(publisher: Publisher) -> None:
    start = page_of(publisher).cursor
    (key,) = publisher.add(a_posting("GW-secret"), state=PostingState.HELD)
    publisher.set_state(key, PostingState.WITHDRAWN)
    publisher.add(a_posting("GW-far", place=KERQIN))
    page = page_of(publisher, start, region=NAIMAN_ONLY)
    assert (page.adverts, page.withdrawn) == ([], [])


def test_a_posting_that_moves_away_is_withdrawn_from_the_banner(publisher: Publisher) -> None:
    (key,) = publisher.add(a_posting("GW-1"))
    start = page_of(publisher, region=NAIMAN_ONLY).cursor
    publisher.replace(key, a_posting("GW-1", place=KERQIN))
    assert page_of(publisher, start, region=NAIMAN_ONLY).withdrawn == ["GW-1"]


def test_a_posting_that_is_deleted_is_named_unless_it_came_back(publisher: Publisher) -> None:
    first, second, third = publisher.add(a_posting("GW-1"), a_posting("GW-2"), a_posting("GW-3", sender="乡"))
    start = page_of(publisher).cursor
    for key in (first, second, third):
        publisher.delete(key)
    publisher.add(a_posting("GW-2", title="又来"))
    page = page_of(publisher, start)
    assert [advert.posting.title for advert in page.adverts] == ["又来"]
    assert sorted(page.withdrawn) == ["GW-1", "乡:GW-3"]
    assert page_of(publisher).withdrawn == []


def test_another_telephone_of_the_office_makes_the_next_walk_complete(publisher: Publisher) -> None:
    publisher.add(a_posting("GW-1"))
    start = page_of(publisher).cursor
    with publisher.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-1111111")
    page = page_of(publisher, start)
    assert page.complete
    assert page.adverts[0].posting.phone == "0475-1111111"


@pytest.mark.parametrize(
    "cursor",
    ["x", "1", "a1-2", "c1-1-20260622-1-zzzzzzzzzzzz", "a" * 80, "c-1-0-20260622-1-000000000000", "'; drop table"],
)
def test_a_cursor_nobody_gave_is_refused_in_plain_words(publisher: Publisher, cursor: str) -> None:
    with pytest.raises(InputRefused, match="since 看不懂"):
        page_of(publisher, cursor)


@pytest.mark.parametrize(
    "change", ["c9999999999-1-20260622-1-", "c1-1-20269999-1-", "c1-9999999999-20260622-1-", "c1-1-29990101-1-"]
)
def test_a_cursor_of_another_time_starts_anew(publisher: Publisher, change: str) -> None:
    publisher.add(a_posting("GW-1"))
    page = page_of(publisher, change + publisher.frame().digest)
    assert page.complete
    assert [advert.ref for advert in page.adverts] == ["GW-1"]


def test_postings_of_other_offices_are_not_passed_on(publisher: Publisher) -> None:
    publisher.add(a_posting("GW-1", sender="乙旗"), a_posting("GW-2"))
    assert [advert.ref for advert in page_of(publisher).adverts] == ["乙旗:GW-1", "GW-2"]
    with publisher.office.unit() as unit:
        unit.sharing.note_received("乙旗", "乙旗就业服务中心")
    assert [advert.ref for advert in page_of(publisher).adverts] == ["GW-2"]

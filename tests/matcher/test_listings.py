"""Lists for pages: who is found by which words, and only within the scope of an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.domain.casenumber import case_number
from matcher.domain.plan import Shortfall, Track
from matcher.domain.posting import PostingKind, PostingState
from matcher.domain.run import MatchRun
from matcher.listings import (
    PeopleFilter,
    PostingFilter,
    Scope,
    age_band,
    home_counts,
    people,
    postings,
    short_people,
    unfilled_postings,
)
from matcher.store import Store, create_key_file, open_store, read_key_file
from tests.matcher.store.records import KULUN, a_class, a_plan, a_posting, a_worker

DAY = date(2026, 6, 22)
EVERYWHERE = Scope()
NAIMAN_SCOPE = Scope("150525")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Five people in two banners, four postings, plans for three of the people."""
    create_key_file(tmp_path / "key")
    opened = open_store(
        f"sqlite:///{tmp_path}/job131.db",
        read_key_file(tmp_path / "key"),
        clock=lambda: datetime(2026, 6, 22, 1, tzinfo=UTC),
    )
    opened.migrate()
    with opened.unit() as unit:
        workers = unit.workers.add_many(
            [
                (a_worker("NM-1", name="包雪梅", village="西沟村"), None),
                (a_worker("NM-2", name="单雪松", village="东沟村", phone="13800009999", birth_date=None), None),
                (a_worker("NM-3", name="乌力吉", village="东沟村"), None),
                (a_worker("KL-1", name="包图雅", home=KULUN, village="北沟村"), None),
                (a_worker("KL-2", name="100%可靠", home=KULUN, village="北沟村"), None),
            ]
        )
        open_ones = unit.postings.add_many(
            [
                (a_posting("P-1", openings=2), None),
                (a_posting("P-2", openings=None, title="电焊工", place=KULUN, kind=PostingKind.MARKET), None),
                (a_posting("P-3", openings=5, deadline=date(2026, 6, 21)), None),
            ]
        )
        unit.postings.add_many([(a_posting("P-4"), None)], state=PostingState.HELD)
        unit.classes.add_many(
            [(a_class("T-1", starts_on=DAY), None), (a_class("T-2", starts_on=date(2026, 6, 1)), None)]
        )
        run = unit.runs.create(MatchRun(as_of=DAY))
        plans = [
            a_plan(workers[0], *open_ones),
            a_plan(workers[1], open_ones[0], training=None),
            a_plan(workers[3], track=Track.INFO_FIRST, shortfall=Shortfall()),
        ]
        unit.plans.put_many(run, plans)
    yield opened
    opened.close()


def names(store: Store, wanted: PeopleFilter, scope: Scope = EVERYWHERE) -> set[str]:
    """Who is listed."""
    with store.reading() as unit:
        page = people(unit, wanted, scope)
    assert page.total == len(page.rows)
    return {row.name for row in page.rows}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("包雪梅", {"包雪梅"}),
        ("雪", {"包雪梅", "单雪松"}),
        (" 包 ", {"包雪梅", "包图雅"}),
        ("bxm", {"包雪梅"}),
        ("B", {"包雪梅", "包图雅"}),
        ("sxs", {"单雪松"}),
        ("dxs", {"单雪松"}),
        ("NM-3", {"乌力吉"}),
        ("KL", {"包图雅", "100%可靠"}),
        (case_number(3), {"乌力吉"}),
        ("131 000003 " + case_number(3)[-1], {"乌力吉"}),
        ("13800009999", {"单雪松"}),
        ("1380000", set()),
        ("%", {"100%可靠"}),
        ("_", set()),
        ("' OR 1=1 --", set()),
        ("", {"包雪梅", "单雪松", "乌力吉", "包图雅", "100%可靠"}),
    ],
)
def test_people_are_found_by_what_a_clerk_types(store: Store, text: str, found: set[str]) -> None:
    assert names(store, PeopleFilter(text=text)) == found


def test_remarks_and_id_numbers_cannot_be_searched(store: Store) -> None:
    for text in ("饥荒", "990000197903020012", "9900001979"):
        assert names(store, PeopleFilter(text=text)) == set()


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope("150500"), {"包雪梅", "单雪松", "乌力吉", "包图雅", "100%可靠"}),
        (Scope("150525"), {"包雪梅", "单雪松", "乌力吉"}),
        (Scope("150525", ("东沟村",)), {"单雪松", "乌力吉"}),
        (Scope("150524", ("东沟村",)), set()),
        (Scope("110000"), set()),
    ],
)
def test_an_account_sees_its_own_people_only(store: Store, scope: Scope, found: set[str]) -> None:
    assert names(store, PeopleFilter(), scope) == found
    assert names(store, PeopleFilter(text="包"), scope) == {name for name in found if "包" in name}


def test_people_are_narrowed_by_track_shortfall_and_division(store: Store) -> None:
    assert names(store, PeopleFilter(track="131")) == {"包雪梅", "单雪松"}
    assert names(store, PeopleFilter(only_short=True)) == {"单雪松"}
    assert names(store, PeopleFilter(division="150524")) == {"包图雅", "100%可靠"}
    assert names(store, PeopleFilter(division="150524"), NAIMAN_SCOPE) == set()


def test_a_line_says_what_the_plan_gives(store: Store) -> None:
    with store.reading() as unit:
        lines = {row.ref: row for row in people(unit, PeopleFilter(), EVERYWHERE).rows}
    full, short, none = lines["NM-1"], lines["NM-2"], lines["NM-3"]
    assert (full.case_no, full.place_name, full.age_band) == (case_number(full.key), "大沁他拉镇", "45–54")
    assert (full.track, full.matches, full.missing, full.has_training) == ("131", 3, 0, True)
    assert (short.matches, short.missing, short.has_training, short.age_band) == (1, 2, False, "")
    assert (none.track, none.plan_run, none.has_training) == ("", None, False)


def test_pages_hold_every_person_once(store: Store) -> None:
    with store.reading() as unit:
        pages = [people(unit, PeopleFilter(), EVERYWHERE, number=number, size=2) for number in (1, 2, 3, 4, -1)]
    assert [len(page.rows) for page in pages] == [2, 2, 1, 0, 2]
    assert {page.total for page in pages} == {5}
    assert len({row.key for page in pages[:4] for row in page.rows}) == 5
    assert pages[4] == pages[0]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (PostingFilter(), ["P-4", "P-3", "P-1", "P-2"]),
        (PostingFilter(text="焊"), ["P-2"]),
        (PostingFilter(text="物业", kind="帮扶车间"), ["P-4", "P-3", "P-1"]),
        (PostingFilter(text="P-3"), ["P-3"]),
        (PostingFilter(state="held"), ["P-4"]),
        (PostingFilter(division="150524"), ["P-2"]),
        (PostingFilter(only_unfilled=True, state="open"), ["P-3"]),
    ],
)
def test_postings_are_narrowed_and_the_own_division_comes_first(
    store: Store, wanted: PostingFilter, found: list[str]
) -> None:
    with store.reading() as unit:
        page = postings(unit, wanted, NAIMAN_SCOPE)
    assert ([row.ref for row in page.rows], page.total) == (found, len(found))


def test_a_line_of_a_posting_counts_who_was_sent(store: Store) -> None:
    with store.reading() as unit:
        lines = {row.ref: row for row in postings(unit, PostingFilter(), EVERYWHERE).rows}
    assert {ref: row.recommended for ref, row in lines.items()} == {"P-1": 2, "P-2": 1, "P-3": 1, "P-4": 0}
    assert (lines["P-1"].place, lines["P-1"].wage_text, lines["P-1"].kind) == ("大沁他拉镇", "3000左右", "帮扶车间")


def test_work_nobody_was_sent_to_and_people_without_three(store: Store) -> None:
    with store.unit() as unit:
        unit.postings.add_many([(a_posting("P-5", openings=3), None), (a_posting("P-6", openings=9), None)])
    with store.reading() as unit:
        assert [row.ref for row in unfilled_postings(unit, NAIMAN_SCOPE, DAY).rows] == ["P-6", "P-5"]
        assert [row.ref for row in unfilled_postings(unit, Scope("150524"), DAY).rows] == []
        assert [row.ref for row in unfilled_postings(unit, NAIMAN_SCOPE, date(2026, 6, 20)).rows] == [
            "P-6",
            "P-3",
            "P-5",
        ]
        assert [row.name for row in short_people(unit, NAIMAN_SCOPE).rows] == ["单雪松"]
        assert short_people(unit, Scope("150524")).rows == ()


def test_the_home_page_counts_within_the_scope(store: Store) -> None:
    with store.reading() as unit:
        everywhere, kulun = home_counts(unit, EVERYWHERE, DAY), home_counts(unit, Scope("150524"), DAY)
    assert (everywhere.people, everywhere.planned, everywhere.without_plan) == (5, 3, 2)
    assert (everywhere.owed, everywhere.complete, everywhere.short, everywhere.with_training) == (2, 1, 1, 1)
    assert (everywhere.live_postings, everywhere.live_openings, everywhere.unfilled_postings) == (2, 2, 0)
    assert everywhere.open_classes == 1
    assert (kulun.people, kulun.planned, kulun.owed, kulun.live_postings) == (2, 1, 0, 1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2010, 6, 23), "<16"),
        (date(2010, 6, 22), "16–24"),
        (date(1966, 6, 23), "55–59"),
        (date(1966, 6, 22), "60+"),
        (None, ""),
    ],
)
def test_age_is_shown_as_a_band(born: date | None, band: str) -> None:
    assert age_band(born, DAY) == band

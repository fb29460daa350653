"""The register of work near home, its versions, pay-outs and people, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.around.local_work import (
    Attendance,
    Member,
    Origin,
    PayOut,
    PublicPost,
    Relief,
    ReliefType,
    Review,
    ReviewResult,
    Said,
    Site,
    SiteKind,
    SiteState,
    Stage,
)
from matcher.store import Store
from tests.matcher.store.records import a_posting, a_worker

ROAD = Site(
    kind=SiteKind.RELIEF,
    name="东村村道硬化",
    division="150525",
    village="东村",
    place="东村至西村",
    state=SiteState.PLANNED,
    origin=Origin.BEIJING,
    partner="示例区",
    details=Relief(relief_type=ReliefType.VILLAGE_ROAD, funds_yuan=30_000_000_000, starts_on=date(2026, 4, 1)),
)
POST = Site(kind=SiteKind.POST, name="护林", division="150523", village="北村", details=PublicPost(need=2))


def test_an_entry_comes_back_as_it_was_kept(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.local_work.sites.add(ROAD)
    with store.reading() as unit:
        found = unit.local_work.sites.get(key, division="1505", villages=("东村",))
    assert replace(found, key=0, changed_at=None, changed_by="") == ROAD
    assert (found.changed_by, found.changed_at is not None) == ("window", True)


def test_entries_are_seen_within_the_scope_only(store: Store) -> None:
    with store.unit() as unit:
        road, post = unit.local_work.sites.add(ROAD), unit.local_work.sites.add(POST)
    with store.reading() as unit:
        sites = unit.local_work.sites
        assert [one.key for one in sites.all(list(SiteKind), division="150525")] == [road]
        assert [one.key for one in sites.all([SiteKind.POST], division="1505")] == [post]
        assert sites.all(list(SiteKind), division="1505", villages=("西村",)) == []
        with pytest.raises(RecordNotFound):
            sites.get(road, division="150523")


def test_a_change_keeps_what_was_and_nobody_overwrites_another(store: Store) -> None:
    with store.unit("first") as unit:
        key = unit.local_work.sites.add(ROAD)
    with store.unit("second") as unit:
        unit.local_work.sites.change(replace(ROAD, key=key, name="东村村道"), expected_revision=1)
    with pytest.raises(EditConflict), store.unit("third") as unit:
        unit.local_work.sites.change(replace(ROAD, key=key, name="别的"), expected_revision=1)
    with store.unit() as unit:
        sites = unit.local_work.sites
        before = sites.versions(key)
        assert [(one.site.name, one.replaced_by) for one in before] == [("东村村道硬化", "second")]
        sites.change(sites.get(key), removed=True)
        with pytest.raises(RecordNotFound):
            sites.get(key)
        assert sites.many([key])[key].name == "东村村道"


def test_postings_belong_to_an_entry_once(store: Store) -> None:
    with store.unit() as unit:
        key, posting = unit.local_work.sites.add(ROAD), unit.postings.add(a_posting())
        unit.local_work.sites.link(key, posting)
        unit.local_work.sites.link(key, posting)
        assert unit.local_work.sites.postings([key]) == {key: [posting]}
        assert [one.key for one in unit.local_work.sites.of_posting(posting)] == [key]
        unit.local_work.sites.unlink(key, posting)
        assert unit.local_work.sites.postings([key]) == {}


def test_a_pay_out_is_taken_back_and_stays_readable(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.local_work.sites.add(ROAD)
        out = PayOut(site_key=key, paid_on=date(2026, 5, 1), yuan=12_000, people=6, lifted=4)
        pay = unit.local_work.pay.add(out)
        unit.local_work.pay.mark(pay, site_key=key, back=True)
        (found,) = unit.local_work.pay.of([key])[key]
        assert (found.yuan, found.people, found.lifted, found.taken_back_by) == (12_000, 6, 4, "window")
        with pytest.raises(RecordNotFound):
            unit.local_work.pay.mark(pay, site_key=key + 1, back=False)


def test_a_holder_with_months_and_reviews_goes_with_the_person(store: Store) -> None:
    with store.unit("window") as unit:
        worker, post = unit.workers.add(a_worker()), unit.local_work.sites.add(POST)
        members = unit.local_work.members
        held = Member(
            site_key=post,
            worker_key=worker,
            stage=Stage.SERVING,
            started_on=date(2026, 1, 1),
            term_end=date(2026, 12, 31),
            said=Said(cannot_leave="照看老人", market="三个岗位都去不了"),
        )
        key = members.add(held)
        members.note_month(Attendance(member_key=key, month="2026-02", days_due=20, days_present=1))
        members.note_month(Attendance(member_key=key, month="2026-02", days_due=20, days_present=18, note="病一天"))
        members.add_review(
            Review(member_key=key, reviewed_on=date(2026, 3, 1), result=ReviewResult.KEEP, note="还需要")
        )
        assert members.of_people([worker])[worker][0].said == held.said
        assert [(one.days_present, one.note) for one in members.months([key])[key]] == [(18, "病一天")]
        assert members.last_reviews([key]) == {key: date(2026, 3, 1)}
        gone = unit.workers.forget([worker])
        assert (gone["local_member"], gone["local_attendance"], gone["local_review"]) == (1, 1, 1)
        assert members.of_sites([post]) == {}

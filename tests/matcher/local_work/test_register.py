"""Keeping the register: changes, undoing, postings that rest with their workshop, pay-outs, warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.posting import PostingState
from matcher.domain.service.alert import Level
from matcher.domain.service.around.local_work import Member, PayOut, SiteState, Stage, Workshop
from matcher.listings import Scope
from matcher.local_work.refusing import LocalRefused
from matcher.local_work.register import keep, link, mark_pay, pay, remove, undo, unlink
from matcher.local_work.signals import signals
from matcher.local_work.workshops import leave, take_on
from matcher.wording import load_catalogue
from tests.matcher.local_work.conftest import DAY, EVERYWHERE, Near
from tests.web.local_work.making import POST, RELIEF, WORKSHOP


def kept(near: Near, site: object) -> int:
    return keep(near.office, site, EVERYWHERE, actor="window")  # type: ignore[arg-type]


def state_of(near: Near) -> PostingState:
    with near.office.reading() as unit:
        return unit.postings.get(near.sewing).state


def told(near: Near, scope: Scope = EVERYWHERE) -> dict[str, Level]:
    policy = near.office.policy.at(near.day[0])
    with near.office.reading() as unit:
        return {one.code: one.level for one in signals(unit, scope, near.day[0], policy)}


def test_an_idle_workshop_has_its_postings_rest_and_brings_them_back(near: Near) -> None:
    key = kept(near, WORKSHOP)
    link(near.office, key, "W-1", EVERYWHERE, actor="window")
    assert state_of(near) is PostingState.OPEN
    with near.office.reading() as unit:
        site = unit.local_work.sites.get(key)
    kept(near, replace(site, state=SiteState.PAUSED))
    assert state_of(near) is PostingState.HELD
    with near.office.reading() as unit:
        site = unit.local_work.sites.get(key)
        assert isinstance(site.details, Workshop)
        assert site.details.idle_since == DAY
        assert [one.key for one in unit.postings.all_for_planning()] == []
    kept(near, replace(site, state=SiteState.RUNNING))
    assert state_of(near) is PostingState.OPEN


def test_a_posting_that_staff_hold_stays_held_when_the_workshop_opens_again(near: Near) -> None:
    key = kept(near, WORKSHOP)
    link(near.office, key, "W-1", EVERYWHERE, actor="window")
    with near.office.unit() as unit:
        unit.postings.set_state(near.sewing, PostingState.HELD, note="收费")
        site = unit.local_work.sites.get(key)
    kept(near, replace(site, state=SiteState.PAUSED))
    kept(near, replace(site, state=SiteState.RUNNING, revision=site.revision + 1))
    assert state_of(near) is PostingState.HELD


def test_a_posting_taken_off_an_idle_workshop_is_open_again(near: Near) -> None:
    key = kept(near, replace(WORKSHOP, state=SiteState.PAUSED))
    link(near.office, key, "W-1", EVERYWHERE, actor="window")
    assert state_of(near) is PostingState.HELD
    unlink(near.office, key, near.sewing, EVERYWHERE, actor="window")
    assert state_of(near) is PostingState.OPEN


def test_a_posting_of_another_kind_does_not_belong(near: Near) -> None:
    with pytest.raises(LocalRefused) as refused:
        link(near.office, kept(near, RELIEF), "W-1", EVERYWHERE, actor="window")
    assert refused.value.phrase.code == "LOCAL_OTHER_KIND"


def test_changes_are_undone_one_by_one_and_what_was_removed_comes_back(near: Near) -> None:
    key = kept(near, RELIEF)
    kept(near, replace(RELIEF, key=key, name="第二版", revision=1))
    remove(near.office, key, EVERYWHERE, actor="window")
    with near.office.reading() as unit, pytest.raises(RecordNotFound):
        unit.local_work.sites.get(key)
    names = []
    for _ in range(2):
        undo(near.office, key, EVERYWHERE, actor="window")
        with near.office.reading() as unit:
            names.append(unit.local_work.sites.get(key).name)
    assert names == ["第二版", "东村村道硬化"]
    with pytest.raises(LocalRefused):
        undo(near.office, key, EVERYWHERE, actor="window")


def test_who_looked_at_an_older_version_does_not_overwrite(near: Near) -> None:
    key = kept(near, RELIEF)
    kept(near, replace(RELIEF, key=key, revision=1))
    with pytest.raises(EditConflict):
        kept(near, replace(RELIEF, key=key, revision=1))


@pytest.mark.parametrize("division", ["110105", "150523"])
def test_an_entry_outside_the_own_area_is_not_kept(near: Near, division: str) -> None:
    with pytest.raises(LocalRefused) as refused:
        keep(near.office, replace(RELIEF, division=division), Scope(division="150525"), actor="window")
    assert refused.value.phrase.code == "LOCAL_ELSEWHERE"


def test_pay_outs_count_until_taken_back(near: Near) -> None:
    key = kept(near, replace(RELIEF, state=SiteState.FINISHED))
    out = pay(near.office, PayOut(site_key=key, paid_on=DAY, yuan=150_000), EVERYWHERE, actor="window")
    assert "RELIEF_BELOW" not in told(near)
    mark_pay(near.office, key, out, EVERYWHERE, back=True, actor="window")
    assert told(near)["RELIEF_BELOW"] is Level.NOW
    for wrong in (
        PayOut(site_key=key, paid_on=DAY + timedelta(days=1), yuan=5),
        PayOut(site_key=key, paid_on=DAY, yuan=0),
        PayOut(site_key=key, paid_on=DAY, yuan=5, people=2, lifted=3),
    ):
        with pytest.raises(LocalRefused):
            pay(near.office, wrong, EVERYWHERE, actor="window")
    with pytest.raises(RecordNotFound):
        pay(near.office, PayOut(site_key=kept(near, WORKSHOP), paid_on=DAY, yuan=5), EVERYWHERE, actor="window")


def test_a_worker_of_a_workshop_comes_leaves_and_was_a_mistake(near: Near) -> None:
    key, who = kept(near, WORKSHOP), near.people["able"]
    made = take_on(near.office, key, who, EVERYWHERE, since=DAY, monthly_yuan=2600, actor="window")
    with pytest.raises(LocalRefused):
        take_on(near.office, key, who, EVERYWHERE, since=DAY, monthly_yuan=None, actor="window")
    leave(near.office, key, made, EVERYWHERE, on=DAY, actor="window")
    leave(near.office, key, made, EVERYWHERE, on=None, actor="window")
    leave(near.office, key, made, EVERYWHERE, on=None, actor="window")
    with near.office.reading() as unit:
        assert unit.local_work.members.of_sites([key]) == {}


def test_warnings_name_what_has_to_be_looked_at(near: Near) -> None:
    kept(near, replace(RELIEF, details=replace(RELIEF.details, labour_planned_yuan=1000)))  # type: ignore[arg-type]
    kept(near, replace(WORKSHOP, state=SiteState.PAUSED))
    post = kept(near, POST)
    with near.office.unit() as unit:
        for who in ("skilled", "weak", "second"):
            member = Member(
                site_key=post,
                worker_key=near.people[who],
                stage=Stage.SERVING,
                started_on=DAY - timedelta(days=400),
                term_end=DAY + timedelta(days=20),
            )
            unit.local_work.members.add(member)
    near.turn(DAY + timedelta(days=31))
    found = told(near)
    assert found == {
        "RELIEF_BELOW_PLAN": Level.SOON,
        "WORKSHOP_IDLE": Level.SOON,
        "POST_OVER_HEADCOUNT": Level.NOW,
        "HOLDER_ABLE_BODIED": Level.NOW,
        "HOLDER_NO_ATTENDANCE": Level.NOW,
        "HOLDER_RECORD_DIFFERS": Level.SOON,
        "HOLDER_REVIEW_OVERDUE": Level.SOON,
        "HOLDER_TERM_OVER": Level.NOW,
    }
    assert told(near, Scope(division="150523")) == {}
    sentences = load_catalogue("matcher.wording").sentences
    assert [code for code in found if not sentences[f"ALERT_{code}"]["en"]] == []

"""Settlements, the Rain-Dew register and coordinators on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.around.coordinators import Coordinator, EventKind, NotNeeded, Result, SourcePost, StaffEvent
from matcher.domain.service.around.graduates import (
    Contact,
    Level,
    Outcome,
    Publicity,
    RainDew,
    Term,
    TermStatus,
    TrackKind,
    TrackState,
    Verdict,
    Way,
)
from matcher.domain.service.around.settled import (
    Channel,
    KeyCounty,
    LinkState,
    ProjectKind,
    ProjectPosts,
    SettledPerson,
    Settlement,
    Survey,
    SurveyRound,
    Window,
    WindowState,
)
from matcher.store import Store
from matcher.store.aftercare.moving import move_back, move_rows
from tests.matcher.store.records import a_worker

DAY = date(2026, 6, 22)
HOUSES = Settlement(
    name="幸福家园（示例）", division="150525100", households=120, persons=400, staff="示例员", phone="0475-1"
)


def a_graduate(worker: int, state: TrackState) -> RainDew:
    """Somebody who has finished school."""
    return RainDew(worker_key=worker, kind=TrackKind.GRADUATE, state=state, since=DAY, school="示例职校")


def test_a_settlement_is_surveyed_and_keeps_every_look(store: Store) -> None:
    with store.unit("window") as unit:
        key = unit.settlements.add(HOUSES)
        found = unit.settlements.get(key)
        assert (found.name, found.staff, found.phone, found.state) == (
            *(HOUSES.name, "示例员", "0475-1"),
            WindowState.UNSURVEYED,
        )
        seen = replace(found, has_facility=True, surveyed_on=DAY, surveyed_by="示例员")
        unit.settlements.change(seen, expected_revision=1)
        unit.settlements.add_survey(
            Survey(settlement_key=key, on=DAY, by="示例员", has_facility=True, window=Window.NONE, note="有楼没窗口")
        )
        unit.settlements.begin_round(SurveyRound(division="1505", name="上半年", begins_on=DAY))
    with store.unit("other") as unit:
        assert unit.settlements.get(key).state is WindowState.VIOLATION
        assert [one.note for one in unit.settlements.surveys(key)] == ["有楼没窗口"]
        with pytest.raises(EditConflict):
            unit.settlements.change(seen, expected_revision=1)
    with store.unit("other") as unit:
        assert [one.key for one in unit.settlements.all(division="150525")] == [key]
        assert unit.settlements.all(division="150523") == []
        with pytest.raises(RecordNotFound):
            unit.settlements.get(key, division="150523")
        [round_] = unit.settlements.rounds(only_open=True)
        unit.settlements.close_round(round_.key, on=DAY)
        assert unit.settlements.rounds(only_open=True) == []
        unit.settlements.remove(key)
        assert unit.settlements.all() == []


def test_people_of_a_settlement_with_the_newest_stretch_of_work(store: Store) -> None:
    with store.unit("window") as unit:
        settlement = unit.settlements.add(HOUSES)
        first, second = (unit.workers.add(a_worker(ref, id_number="", phone="")) for ref in ("NM-1", "NM-2"))
        people = [
            SettledPerson(worker_key=first, settlement_key=settlement, state=LinkState.PROPOSED, basis="ledger"),
            SettledPerson(
                worker_key=second, settlement_key=settlement, state=LinkState.PROPOSED, channel=Channel.OUTPUT
            ),
        ]
        unit.settled_people.put_many(people)
        assert unit.settled_people.decide(settlement, [second], LinkState.CONFIRMED) == 1
        unit.aftercare.spells.begin(Spell(key=0, worker_key=first, started_on=DAY, said_by=SaidBy.WORKER))
    with store.reading() as unit:
        work = {one.worker_key: (one.started_on, one.told) for one in unit.settled_people.work(division="1505")}
        assert work == {first: (DAY, ""), second: (None, "output")}
        assert unit.settled_people.counts() == {settlement: {"proposed": 1, "confirmed": 1}}
        listed = unit.settled_people.of_settlement(settlement, division="150525")
        assert [(one.worker_key, one.state) for one in listed] == [
            (first, LinkState.PROPOSED),
            (second, LinkState.CONFIRMED),
        ]
        assert unit.settled_people.of_settlement(settlement, division="150523") == []


def test_posts_of_projects_and_key_counties(store: Store) -> None:
    posts = ProjectPosts(
        name="示例渠", kind=ProjectKind.WORK_RELIEF, division="150525", posts_total=20, posts_resettled=1,
        reported_on=DAY,
    )  # fmt: skip
    with store.unit("window") as unit:
        key = unit.project_posts.add(posts)
        found = unit.project_posts.get(key, division="1505")
        assert found.ratio == pytest.approx(0.05)
        unit.project_posts.change(replace(found, posts_resettled=2))
        with pytest.raises(EditConflict):
            unit.project_posts.change(replace(found, posts_resettled=3))
        unit.key_counties.add(KeyCounty(code="150525", since=DAY, basis="示例文号"))
        [county] = unit.key_counties.all()
        unit.key_counties.end(county.key, on=DAY)
        with pytest.raises(RecordNotFound):
            unit.key_counties.end(county.key, on=DAY)
        unit.project_posts.remove(key)
        assert unit.project_posts.all() == []


def test_the_rain_dew_register_with_terms_contacts_and_publicity(store: Store) -> None:
    with store.unit("window") as unit:
        worker = unit.workers.add(a_worker())
        one = RainDew(
            worker_key=worker, kind=TrackKind.GRADUATE, state=TrackState.PROPOSED, since=DAY, school="示例职校"
        )
        assert (unit.rain_dew.add_many([one]), unit.rain_dew.add_many([one])) == (1, 0)
        assert unit.rain_dew.decide([worker], TrackState.CONFIRMED) == 1
        found = unit.rain_dew.get(worker, division="150525")
        assert found is not None
        assert (found.state, found.school, found.name) == (TrackState.CONFIRMED, "示例职校", "包雪梅")
        assert unit.rain_dew.get(worker, division="150523") is None
        unit.rain_dew.change(replace(found, outcome=Outcome.EMPLOYED, wishes=("power",)))
        with pytest.raises(EditConflict):
            unit.rain_dew.change(found)
        for paid in (None, DAY):
            term = Term(
                worker_key=worker,
                term="2026-spring",
                status=TermStatus.AT_SCHOOL,
                paid_on=paid,
                early="急用" if paid else "",
            )
            unit.rain_dew.put_term(term)
        assert [one.paid_on for one in unit.rain_dew.terms_of([worker])[worker]] == [DAY]
        assert [row[0] for row in unit.rain_dew.paid_early(division="1505")] == [worker]
        for day, reached in ((20, True), (21, False)):
            unit.graduate_contacts.add(
                Contact(worker_key=worker, on=date(2026, 6, day), way=Way.PHONE, reached=reached, said="在家")
            )
        assert unit.graduate_contacts.last_reached([worker]) == {worker: date(2026, 6, 20)}
        assert [one.said for one in unit.graduate_contacts.of_people([worker])[worker]] == ["在家", "在家"]
        key = unit.term_notices.add(
            Publicity(term="2026-spring", level=Level.BANNER, division="150525", notice_from=DAY, notice_to=DAY)
        )
        unit.term_notices.close(key, on=DAY, objections=1, verdict=Verdict.DISMISSED, said="查过了")
        with pytest.raises(RecordNotFound):
            unit.term_notices.close(key, on=DAY, objections=0, verdict=Verdict.NONE, said="")
        [hung] = unit.term_notices.all(division="150525", term="2026-spring")
        assert (hung.said, hung.verdict, hung.closed_on) == ("查过了", Verdict.DISMISSED, DAY)


def test_coordinators_their_villages_and_what_waits(store: Store) -> None:
    with store.unit("window") as unit:
        unit.workers.add(a_worker())
        who = Coordinator(
            name="示例员", division="150525", account="naiman-1", started_on=DAY, source=SourcePost.PUBLIC_POST,
            phone="0475-2",
        )  # fmt: skip
        key = unit.coordinators.add(who)
        assert unit.coordinators.trained("naiman-1", on=DAY) == (True, False)
        assert unit.coordinators.trained("", on=DAY) == (False, False)
        training = StaffEvent(coordinator_key=key, kind=EventKind.TRAINING, on=DAY, result=Result.PASSED, topic="入户")
        unit.coordinators.note(training)
        assert unit.coordinators.trained("naiman-1", on=DAY) == (True, True)
        assert unit.coordinators.get(key, division="1505").trained_on == DAY
        assert [one.topic for one in unit.coordinators.events(key)] == ["入户"]
        unit.staffing.assign(key, "150525100", "西沟村", since=DAY)
        assert [one.village for one in unit.staffing.assignments(division="150525", on=DAY)] == ["西沟村"]
        assert unit.staffing.release(key, on=DAY, code="150525100", village="西沟村") == 1
        assert unit.staffing.assignments(on=DAY) == []
        unit.staffing.say_not_needed(NotNeeded(code="150525100", village="东村", reason="没有劳动力", on=DAY))
        assert [one.reason for one in unit.staffing.not_needed(division="1505")] == ["没有劳动力"]
        assert unit.staffing.need_again("150525100", "东村") == 1
        waits = unit.staffing.open_items("150525100000", ["西沟村"], on=DAY, calls_within=0)
        assert (waits.people, waits.without_plan, waits.questions) == (1, 1, 0)


def test_what_hangs_on_a_person_goes_with_the_person(store: Store) -> None:
    with store.unit("window") as unit:
        settlement, worker = unit.settlements.add(HOUSES), unit.workers.add(a_worker())
        unit.settled_people.put_many(
            [SettledPerson(worker_key=worker, settlement_key=settlement, state=LinkState.CONFIRMED)]
        )
        unit.rain_dew.add_many(
            [RainDew(worker_key=worker, kind=TrackKind.PUPIL, state=TrackState.CONFIRMED, since=DAY)]
        )
        unit.graduate_contacts.add(Contact(worker_key=worker, on=DAY, way=Way.VISIT))
        gone = unit.workers.forget([worker])
        assert {name: gone[name] for name in ("settled_person", "rain_dew", "graduate_contact")} == {
            "settled_person": 1, "rain_dew": 1, "graduate_contact": 1,
        }  # fmt: skip


def test_of_two_records_of_one_person_the_kept_one_gets_what_it_lacks(store: Store) -> None:
    with store.unit("window") as unit:
        kept, gone = (unit.workers.add(a_worker(ref, id_number="", phone="")) for ref in ("NM-1", "NM-2"))
        lives = SettledPerson(worker_key=gone, settlement_key=unit.settlements.add(HOUSES), state=LinkState.CONFIRMED)
        unit.settled_people.put_many([lives])
        unit.rain_dew.add_many([a_graduate(worker, TrackState.CONFIRMED) for worker in (kept, gone)])
        unit.graduate_contacts.add(Contact(worker_key=gone, on=DAY, way=Way.VISIT))
        moved = move_rows(unit._context.connection, gone, kept)
        assert set(moved) == {"settled_person", "graduate_contact"}
        assert unit.settled_people.settlement_of(kept) is not None
        move_back(unit._context.connection, moved, gone)
        assert unit.settled_people.settlement_of(kept) is None
        assert len(unit.graduate_contacts.of_people([gone])[gone]) == 1

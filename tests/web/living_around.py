"""Settlements, a register of graduates and a coordinator in the made-up village that every page is tried with."""

from __future__ import annotations

from datetime import timedelta

from matcher.coordinators.staffing import assign, note, save_coordinator
from matcher.domain.service.around.coordinators import Coordinator, EventKind, Result, SourcePost, StaffEvent
from matcher.domain.service.around.graduates import Contact, Publicity, TrackKind, Way, term_of
from matcher.domain.service.around.settled import (
    KeyCounty,
    ProjectKind,
    ProjectPosts,
    Settlement,
    Survey,
    SurveyRound,
    Window,
)
from matcher.domain.service.publicity import Level
from matcher.graduates import looking as pupils
from matcher.graduates.register import add_person, contact, publish
from matcher.listings import Scope
from matcher.office import Office
from matcher.settled.looking import look
from matcher.settled.posts import save_posts
from matcher.settled.regions import enter
from matcher.settled.registry import begin_round, save_settlement, survey

EVERYWHERE = Scope(division="150500")
TOWN = "150525100"


def live_around(office: Office) -> None:
    """A few of everything, as staff would enter it."""
    today, actor = office.today(), "demo"
    key = save_settlement(
        office, EVERYWHERE, Settlement(name="幸福家园（示例）", division=TOWN, households=120, persons=400), actor=actor
    )
    look(office, "", actor=actor)
    seen = Survey(settlement_key=key, on=today, by="示例员", has_facility=True, window=Window.NONE, note="有楼没窗口")
    survey(office, EVERYWHERE, seen, window_name="", actor=actor)
    begun = SurveyRound(division="", name="下半年排查", begins_on=today, due_on=today + timedelta(days=60))
    begin_round(office, EVERYWHERE, begun, actor=actor)
    posts = ProjectPosts(
        name="示例渠", kind=ProjectKind.WORK_RELIEF, division=TOWN, posts_total=40, posts_resettled=2, reported_on=today
    )
    save_posts(office, EVERYWHERE, posts, actor=actor)
    enter(office, KeyCounty(code="150525", since=today, basis="示例文号"), actor=actor)
    _graduates(office)
    who = Coordinator(name="示例员", division=TOWN, started_on=today, source=SourcePost.COMMITTEE, contract_until=today)
    one = save_coordinator(office, EVERYWHERE, who, actor=actor)
    assign(office, EVERYWHERE, one, TOWN, "示例嘎查", since=today, actor=actor)
    training = StaffEvent(
        coordinator_key=one, kind=EventKind.TRAINING, on=today, result=Result.PASSED, topic="入户问需"
    )
    note(office, EVERYWHERE, training, actor=actor)


def _graduates(office: Office) -> None:
    """Proposals of the rosters, and somebody who was called."""
    today = office.today()
    with office.reading() as unit:
        somebody = max(
            unit.plans.current_bodies(), key=lambda one: (len(one.plan.matches), one.plan.training is not None)
        )
    worker = somebody.plan.worker_key
    add_person(office, EVERYWHERE, worker, TrackKind.GRADUATE, actor="demo")
    pupils.look(office, "", actor="demo")
    talk = Contact(worker_key=worker, on=today, way=Way.PHONE, said="在工地干活", next_step="学电工")
    contact(office, EVERYWHERE, talk, actor="demo")
    hung = Publicity(
        term=term_of(today), level=Level.BANNER, division="150525", notice_from=today - timedelta(days=10),
        notice_to=today - timedelta(days=4),
    )  # fmt: skip
    publish(office, EVERYWHERE, hung, actor="demo")

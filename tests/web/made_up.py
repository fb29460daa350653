"""A small made-up office for the web tests: three people in two counties, three postings, one plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from matcher.domain.account import Role
from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm, Phrase
from matcher.domain.match import Match, Part, PostingView, Reason
from matcher.domain.plan import (
    GuidanceMode,
    GuidanceSession,
    Relaxation,
    ServicePlan,
    Shortfall,
    Step,
    Track,
    TrainingChoice,
    TrainingView,
)
from matcher.domain.posting import Posting, PostingFacts, PostingKind, Wage
from matcher.domain.run import MatchRun
from matcher.domain.worker import Constraint, Health, Worker, WorkerFacts
from matcher.office import Office, OfficeConfig, init_office
from web.app import create_app
from web.config import WebConfig

NOW = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 16)
PASSWORD = "tall-birch-4711-river"
NAIMAN, KAILU = "150525", "150523"
ID_NUMBER, PHONE = "990101197903020026", "19900001234"
REMARKS = "去年得过布病，不能再接触牲畜，会电焊，想在旗里找活"


@dataclass
class World:
    """The office, its app, and the keys of the people."""

    office: Office
    app: Flask
    bao: int
    wang: int
    far: int
    posting: int

    def client(self, name: str = "") -> FlaskClient:
        """A browser, signed in where a name is given."""
        client = self.app.test_client()
        if name:
            answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 302, name
        return client


def a_worker(ref: str, name: str, village: str, county: str, **more: object) -> Worker:
    """A person of a village."""
    place = Place(text=county, code=county, name={NAIMAN: "奈曼旗", KAILU: "开鲁县"}[county])
    return Worker(ref=ref, name=name, village=village, home=place, **more)  # type: ignore[arg-type]


def bao_facts() -> WorkerFacts:
    """What was understood of the first person."""
    return WorkerFacts(
        birth_date=Fact(date(1979, 3, 2)),
        constraints=(Constraint(code="NO_LIVESTOCK", evidence=(Evidence("情况说明", "布病", private=True),)),),
        wished=(LinkedTerm("welding_metal", (Evidence("情况说明", "电焊"),)),),
    )


def a_posting(ref: str, title: str) -> Posting:
    """A posting in 奈曼旗."""
    place = Place(text="奈曼旗", code=NAIMAN, name="奈曼旗")
    return Posting(
        ref=ref, title=title, employer="奈曼旗示例车间", kind=PostingKind.WORKSHOP, place=place, openings=1,
        wage_text="3000-3500元", description="计件缝纫，白班，中午能回家", contact="示例联系人", phone="0475-0000000",
    )  # fmt: skip


def a_match(key: int) -> Match:
    """The first of the three."""
    view = PostingView(
        ref="P-1", title="缝纫工", employer="奈曼旗示例车间", kind="帮扶车间", place="奈曼旗",
        wage=Phrase("PAGE_YUAN_RANGE", {"low": 3000, "high": 3500}), hours=Phrase("PAGE_SHIFT_DAY"),
        board=Phrase("PAGE_FLAG_BOARD"), insurance=Phrase("PAGE_FLAG_INSURANCE"), phone="0475-0000000",
    )  # fmt: skip
    evidence = (Evidence("技能特长", "会踩缝纫机"),)
    reasons = (
        Reason("PAGE_KM", Part.WISH, 0.3, {"km": 5}),
        Reason("PAGE_YEARS", Part.FIT, 0.5, {"years": 3}, evidence),
        Reason("PAGE_SHIFT_NIGHT", Part.FIT, -0.1),
    )
    return Match(
        rank=1, posting_key=key, posting=view, distance_km=5.2, minutes=20, score=0.12, fit=0.4, wish=0.3,
        reasons=reasons, cautions=(Phrase("PAGE_NOT_VERIFIED"),), first_choice=True,
    )  # fmt: skip


def a_plan(worker_key: int, posting_key: int) -> ServicePlan:
    """A plan with one posting, a class and two missing."""
    guidance = GuidanceSession(
        starts_at="2026-03-17T09:00", minutes=40, place="大沁他拉镇便民服务中心", guide="示例责任人", guide_phone="",
        mode=GuidanceMode.VISIT, strengths=(Phrase("PAGE_SKILL", evidence=(Evidence("技能特长", "会电焊"),)),),
        steps=(Step(due=date(2026, 3, 19), who=Phrase("PAGE_GUIDE"), what=Phrase("PAGE_SIGN_UP")),),
    )  # fmt: skip
    view = TrainingView(ref="T-1", title="缝纫提升班", provider="示例学校", place="奈曼旗", starts_on="2026-04-01")
    return ServicePlan(
        worker_key=worker_key, worker_ref="NM-1", worker_name="包示例", village="东村", made_on=TODAY,
        valid_until=date(2026, 3, 31), track=Track.FULL, guidance=guidance, matches=(a_match(posting_key),),
        training=TrainingChoice(
            training_key=1, training=view, reasons=(Phrase("PAGE_CERTIFICATE"),), unlocked_postings=4, gain=0.1
        ),
        shortfall=Shortfall(missing=2, relaxations=(Relaxation(code="PAGE_NEED_KM", args={"km": 30}, postings=12),)),
        questions=(Phrase("PAGE_TRANSPORT"),),
    )  # fmt: skip


ACCOUNTS = (
    ("city", Role.CITY, "", ()),
    ("window", Role.WINDOW, NAIMAN, ()),
    ("elsewhere", Role.WINDOW, KAILU, ()),
    ("coordinator", Role.COORDINATOR, NAIMAN, ("东村",)),
    ("viewer", Role.VIEWER, NAIMAN, ()),
    ("admin", Role.SYSTEM_ADMIN, "", ()),
)


def fill(office: Office) -> tuple[int, int, int, int]:
    """People, postings, a plan and accounts; the keys."""
    with office.unit() as unit:
        bao = a_worker(
            "NM-1", "包示例", "东村", NAIMAN, id_number=ID_NUMBER, phone=PHONE, remarks=REMARKS,
            health=(Health.CHRONIC,), skills_text="会踩缝纫机",
        )  # fmt: skip
        people = [(bao, bao_facts()), (a_worker("NM-2", "王示例", "西村", NAIMAN), WorkerFacts())]
        people.append((a_worker("KL-1", "李示例", "北村", KAILU), WorkerFacts()))
        keys = unit.workers.add_many(people)
        facts = PostingFacts(wage=Wage(low=3000, high=3500, evidence=(Evidence("薪资待遇", "3000-3500"),)))
        posting = unit.postings.add_many([(a_posting("P-1", "缝纫工"), facts), (a_posting("P-2", "保洁员"), facts)])[0]
        run = unit.runs.create(MatchRun(division=NAIMAN, as_of=TODAY, started_by="window"))
        unit.plans.put_many(run, [a_plan(keys[0], posting)])
        for name, role, division, villages in ACCOUNTS:
            unit.accounts.add(name, role, PASSWORD, division=division, villages=villages)
    return keys[0], keys[1], keys[2], posting


@contextmanager
def opened(folder: Path, *, empty: bool = False, demo: bool = False, csrf: bool = False) -> Iterator[World]:
    """An office in a folder, with its app."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config, clock=lambda: NOW)
    keys = (0, 0, 0, 0) if empty else fill(office)
    web = WebConfig(
        secret_key="a test key that is long enough to sign",
        upload_folder=folder / "uploads",
        demo=demo,
        start_runs=False,
    )
    app = create_app(web, office)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=csrf)
    try:
        yield World(office, app, *keys)
    finally:
        office.close()


def some_values(rule: Rule) -> dict[str, object]:
    """Arguments of the right kind for the address of a route: numbers 1, words that nobody would think of."""
    known = {"kind": "workers", "filename": "base.css"}
    kinds = rule._converters
    return {
        name: known.get(name, 1 if isinstance(kinds[name], IntegerConverter) else "x" * 22) for name in rule.arguments
    }

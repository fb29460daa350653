"""Every page there is: found in the app itself, opened with records of a made-up village.

In: the app and its office. Out: the addresses of all pages that a person can open, so that what holds for pages is
tried on each, also on those nobody thought of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from secrets import token_hex

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.aftercare.monthly import confirm_one
from matcher.aftercare.slips import Whose, keep_slip
from matcher.casework import plan_people
from matcher.domain.account import Role
from matcher.domain.aftercare import Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.fairs import Fair, FairResult, FairState
from matcher.domain.incoming.feed import Feed
from matcher.domain.intake.errands import ErrandKind, ErrandOrder
from matcher.domain.papers.records import PrintOrder
from matcher.domain.service.care import Care, CareState
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import EntryReason, Found, KeyEntry
from matcher.domain.service.ledgers import ExportOrder, LedgerKind, ProfileColumn
from matcher.domain.service.months import month_before, month_of
from matcher.domain.settings import SWITCHED_ON, SettingName
from matcher.domain.worker import HouseholdType
from matcher.fairs.booth import record
from matcher.fairs.door import check_in
from matcher.fairs.inviting import invite
from matcher.fairs.making import add_employers, make_fair, move_fair
from matcher.key_list.tracking import Contact, enter_by_hand, record_contact
from matcher.ledgers.exporting import order_export
from matcher.ledgers.profiles import checked
from matcher.ledgers.rounds import submit
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig, UnitOfWork, init_office
from matcher.policy import Entry
from matcher.reports.book import shelf
from matcher.reports.evidence.months import count_month, keep_month
from matcher.reports.trying import run_trial
from matcher.store import StoredPlan
from tests.matcher.cases.lived import file_case, prove_work
from tests.web.claims_made import some_claims
from tests.web.cooperating import cooperate
from tests.web.living_around import live_around
from tests.web.local_work.making import Register, a_register
from web.app import create_app
from web.auth import access_table
from web.config import WebConfig
from web.errands.work import work_off
from web.exporting.work import work_off_export
from web.papers.printing import order_papers
from web.printing.work import work_off_order

SAMPLE_DAY = date(2026, 3, 16)
TRIED = "plan.valid_days"
"""A parameter of the policy that is looked at and tried."""
DEMO = "city"
"""The role of the demonstration."""
NOT_FOR_READING = frozenset({"static", "entry.stylesheet", "shared.style", "saved.use"})
"""Routes that bring style, and one that only leads on to a list with a kept filter."""


@dataclass(frozen=True, slots=True)
class Example:
    """Records that pages are opened with."""

    person: int
    posting: int
    run: int
    import_key: int
    waiting: str
    """The token of a file that waits for a look."""
    feed: int
    fair: int
    visitor: int
    """Somebody who is invited to it."""
    training: int
    code: str
    """The code of the person's slip."""
    trial: int
    """A change of policy that was tried."""
    printing: int
    """Papers that were ordered and written."""
    local: Register
    """The register of work near home."""
    worked: int
    """Somebody whose slip told of work."""
    departure: int
    ledger: int
    """A ledger that was ordered and written."""
    errand: int
    """A village file that was made in the background."""
    claimant: int
    """Somebody with a claim."""
    claim: int
    notice: int
    """The board it hangs on."""


Values = dict[str, object]
LOCAL = ("relief", "cooperative", "workshop")
LISTS = ("exit", "flags", "notice")
REPORTS = ("coverage", "targets", "waiting", "pay", "supply", "map", "fairness")
AROUND = ("150525100", "示例嘎查")
"""A village that has a coordinator."""
EXAMPLES: dict[str, Callable[[Example], Values]] = {
    "cases.person": lambda one: {"key": one.person},
    "ladder.person": lambda one: {"key": one.worked},
    "catalogue.item": lambda one: {"code": "POLICY_TRAVEL"},
    "catalogue.person": lambda one: {"key": one.person},
    "classes.one": lambda one: {"key": one.training},
    "cooperation.departure": lambda one: {"key": one.departure},
    "counter.holders": lambda one: {"key": one.posting},
    "money.person": lambda one: {"key": one.person},
    "claims.person": lambda one: {"key": one.claimant},
    "claims.claim": lambda one: {"key": one.claim},
    "claims.notice": lambda one: {"key": one.notice},
    "key_list.person": lambda one: {"key": one.person},
    "life.index": lambda one: {"key": one.person},
    "plan_desk.history": lambda one: {"key": one.person},
    "policy.trial": lambda one: {"key": one.trial},
    "policy.trial_progress": lambda one: {"key": one.trial},
    "reports.report": lambda one: {"kind": "coverage"},
    "reports.download": lambda one: {"kind": "coverage"},
    "slips.phone": lambda one: {"code": one.code},
    "people.person": lambda one: {"key": one.person},
    "postings.posting": lambda one: {"key": one.posting},
    "imported.record": lambda one: {"key": one.import_key},
    "imports.errors": lambda one: {"token": one.waiting},
    "imports.preview": lambda one: {"token": one.waiting},
    "imports.progress": lambda one: {"token": one.waiting},
    "imports.template": lambda one: {"kind": "workers"},
    "changes.of_import": lambda one: {"key": one.import_key},
    "changes.download": lambda one: {"key": one.import_key},
    "runs.run": lambda one: {"key": one.run},
    "runs.progress": lambda one: {"key": one.run},
    "pasted.done": lambda one: {"key": one.import_key},
    "feeds.source": lambda one: {"key": one.feed},
    "tour.step": lambda one: {"number": 3},
    "accounts.one": lambda one: {"key": 1},
    "papers.of_person": lambda one: {"key": one.person},
    "papers.picture": lambda one: {"key": one.person, "paper": "sheet", "page": 1},
    "papers.sample": lambda one: {"paper": "sheet"},
    "papers.printing": lambda one: {"key": one.printing},
    "papers.progress": lambda one: {"key": one.printing},
    "papers.fetch": lambda one: {"key": one.printing},
    "settled.one": lambda one: {"key": 1},
    "settled.download": lambda one: {"which": "windows", "ending": "xlsx"},
    "requests.person": lambda one: {"key": one.person},
    "graduates.person": lambda one: {"key": one.person},
    "coordinators.one": lambda one: {"key": 1},
    "ledgers.show": lambda one: {"kind": "work"},
    "ledgers.sheet": lambda one: {"kind": "wishes"},
    "ledgers.exported": lambda one: {"key": one.ledger},
    "ledgers.progress": lambda one: {"key": one.ledger},
    "ledgers.fetch": lambda one: {"key": one.ledger},
    "errands.one": lambda one: {"key": one.errand},
    "errands.progress": lambda one: {"key": one.errand},
    "errands.fetch": lambda one: {"key": one.errand},
    "shared.job": lambda one: {"key": one.posting},
    "fairs.fair": lambda one: {"key": one.fair},
    "fairs.booth": lambda one: {"key": one.fair, "booth": 1},
    "fairs.inviting": lambda one: {"key": one.fair},
    "fairs.outcome": lambda one: {"key": one.fair},
    "door.pin": lambda one: {"key": one.fair},
    "door.index": lambda one: {"key": one.fair},
    "door.counts": lambda one: {"key": one.fair},
    "door.slip": lambda one: {"key": one.fair, "visitor": one.visitor},
    "projects.one": lambda one: {"key": one.local.relief},
    "projects.edit": lambda one: {"key": one.local.relief},
    "projects.table": lambda one: {"kind": "relief"},
    "cooperatives.one": lambda one: {"key": one.local.cooperative},
    "workshops.one": lambda one: {"key": one.local.workshop},
    "posts.one": lambda one: {"key": one.local.post},
    "posts.holder": lambda one: {"key": one.local.holder},
    "booth.index": lambda one: {"key": one.fair, "booth": 1, "visitor": one.visitor},
}
"""What a page with a record in its address is opened with; a new one is added here."""
ASKED: dict[str, Values] = {
    "visits.employer": {"visit": 1},
    "cooperation.gap": {"family": "home_help"},
    "policy.one": {"name": TRIED},
    "catalogue.edit": {"code": "POLICY_TRAVEL"},
    "catalogue.questions": {"q": "没签合同咋办", "add": "1"},
    "drafts.read": {"form": "paste"},
    "runs.compare": {"first": 1, "second": 2},
    "reports.persons": {"figure": "OVERDUE"},
    "reports.jobs": {"family": "cleaning"},
    "coordinators.village": {"place": AROUND[0], "village": AROUND[1]},
    "alerts.people": {"mark": "CLASS_EMPTY:0"},
}
"""What pages that are asked something are asked."""


@dataclass(frozen=True, slots=True)
class Village:
    """A made-up village that is served."""

    office: Office
    app: Flask
    example: Example
    password: str
    mark: str = ""
    """Stands behind the role in the names of accounts, where there were some of these names before."""

    def addresses(self) -> dict[str, str]:
        """Every address that a person can open, by endpoint."""
        rules = [rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or set())]
        programs = {endpoint for endpoint, access in access_table().items() if access.right}
        shown = [rule for rule in rules if rule.endpoint not in NOT_FOR_READING | programs]
        unknown = sorted(rule.endpoint for rule in shown if rule.arguments and not self._values(rule))
        assert not unknown, f"say in EXAMPLES which record opens {unknown}"
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(None) or self.app.url_map.bind("localhost")
            found = {rule.endpoint: adapter.build(rule.endpoint, self._values(rule)) for rule in shown}
            shown_as = {f"ledgers.show {kind.value}": {"kind": kind.value} for kind in LedgerKind}
            ledgers = {name: adapter.build("ledgers.show", values) for name, values in shown_as.items()}
            kinds = {f"reports.report {kind}": adapter.build("reports.report", {"kind": kind}) for kind in REPORTS}
            asked = {endpoint: adapter.build(endpoint, values) for endpoint, values in ASKED.items()}
            local = {f"projects.index {kind}": adapter.build("projects.index", {"kind": kind}) for kind in LOCAL}
            local |= {f"posts.people {name}": adapter.build("posts.people", {"list": name}) for name in LISTS}
            local["projects.new post"] = adapter.build("projects.new", {"kind": "post"})
            local["posts.holder new"] = adapter.build("posts.holder", {"key": self.example.local.candidate})
            return found | kinds | ledgers | asked | local

    def visits(self) -> Iterator[tuple[FlaskClient, str, str]]:
        """Every address with its endpoint and a visitor who may open it."""
        visitors: dict[str, FlaskClient] = {}
        for endpoint, address in self.addresses().items():
            role = role_for(endpoint)
            if role not in visitors:
                visitors[role] = self.visitor(role)
            yield visitors[role], endpoint, address

    def visitor(self, role: str) -> FlaskClient:
        """Somebody of a role, signed in."""
        client = self.app.test_client()
        token = token_of(client, "/sign-in")
        if role == DEMO:
            client.post("/demo", data={"csrf_token": token})
        else:
            client.post("/sign-in", data={"csrf_token": token, "name": role + self.mark, "password": self.password})
        return client

    def _values(self, rule: Rule) -> Values:
        """The arguments of an address."""
        given = EXAMPLES.get(rule.endpoint)
        return given(self.example) if given and rule.arguments else {}


@contextmanager
def village(folder: Path, *, size: str = "village", database_url: str = "") -> Iterator[Village]:
    """An office of made-up people with plans, a few dozen or as many as the size of the sample says, in demo mode."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "key", database_url=database_url)
    init_office(config)
    office = Office.open(config)
    files = write_sample(folder / "sample", size=size, as_of=office.today())
    for kind, path in (("postings", files.postings), ("training", files.training), ("workers", files.workers)):
        run_import(office, kind, path, as_of=office.today(), actor="demo")
    with office.unit(actor="demo") as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
        unit.settings.put(SettingName.PUBLISHING, SWITCHED_ON)
        unit.settings.put(SettingName.OFFICE_NAME, "示例就业服务中心")
    plan_people(office, actor="demo")
    try:
        yield lived_in(office, folder)
    finally:
        office.close()


def lived_in(office: Office, folder: Path, *, mark: str = "") -> Village:
    """An office with people and plans, in which somebody has worked with each kind of record, served."""
    worked = _live_through(office)
    live_around(office)
    departure = cooperate(office)
    web = WebConfig(secret_key=token_hex(16), upload_folder=folder / "uploads", demo=True, start_runs=False)
    app = create_app(web, office)
    app.testing = True
    waiting, fair = _hand_in(app), a_fair(office)
    local = _near_home(office)
    with office.unit(actor="demo") as unit:
        trial = unit.policy_trials.create("1505", [Entry(TRIED, 20, "day", office.today(), "示例")])
        feed = unit.feeds.add(Feed(name="示例来源", url="https://jobs.example.org/list.json"))
        visitor = unit.fairs.visitors.of(fair)[0].key
        taken = next(one.key for one in unit.imports.recent() if one.kind == "workers")
        stored = _somebody(unit)
        example = Example(
            person=stored.plan.worker_key,
            posting=stored.plan.matches[0].posting_key,
            run=stored.run_key,
            import_key=taken or 0,
            waiting=waiting,
            feed=feed,
            fair=fair,
            visitor=visitor,
            training=next(iter(unit.classes.all_for_planning())).key,
            code=stored.code,
            trial=trial,
            printing=0,
            local=local,
            worked=worked,
            departure=departure,
            ledger=0,
            errand=0,
            claimant=0,
            claim=0,
            notice=0,
        )
        idle = _without_work(unit)
    example = replace(example, printing=order_papers(office, PrintOrder(worker_key=example.person), actor="demo"))
    work_off_order(office, example.printing)
    file_case(office, example.person)
    example = replace(example, ledger=a_ledger(office), errand=an_errand(office))
    claimant, claim, notice = some_claims(office, idle)
    example = replace(example, claimant=claimant, claim=claim, notice=notice)
    run_trial(office, trial)
    plan_people(office, actor="demo")
    password = token_hex(16)
    with office.unit() as unit:
        for role in sorted({role_for(endpoint) for endpoint in access_table()} - {DEMO}):
            unit.accounts.add(role + mark, Role(role), password, division="150500")
    return Village(office, app, example, password, mark)


def an_errand(office: Office) -> int:
    """A village file that waits to be fetched by the account that opens the page; its key."""
    wanted = ErrandOrder(kind=ErrandKind.SLICE_OUT, division="1505", passphrase=token_hex(16), purpose="下村")
    with office.unit("demo") as unit:
        key = unit.errands.order(wanted)
    work_off(office, key)
    return key


def a_ledger(office: Office) -> int:
    """A ledger that waits to be fetched; its key. A month is handed in, and columns of an office are kept."""
    order = ExportOrder(ledger=LedgerKind.WORK, division="150500", purpose="示例调度")
    key = order_export(office, order, actor="demo")
    work_off_export(office, key)
    columns = (ProfileColumn("NAME", "人员姓名"), ProfileColumn("BIRTH", "出生年月", "yyyy.mm"))
    month = month_of(office.today())
    with office.unit(actor="demo") as unit:
        unit.ledgers.profiles.put(checked(LedgerKind.WORK, "示例镇月报表", "150500", columns))
        [first, *_] = unit.ledgers.months.villages(month, due_on=office.today())
    submit(office, month, first.home_code, first.village, Scope(), rest=True, actor="demo")
    return key


def a_fair(office: Office) -> int:
    """A fair of a few employers with people invited and a result noted; its key."""
    fair = Fair(
        name="春风示例招聘会", division="150500", owner="demo", starts_on=office.today(), ends_on=office.today()
    )
    key = make_fair(office, fair, scope="", actor="demo")
    with office.reading() as unit:
        fair, employers = unit.fairs.get(key), list(unit.fairs.booths.offering("150500"))
    add_employers(office, fair, employers[:12], actor="demo")
    invite(office, fair, actor="demo")
    for state in (FairState.INVITED, FairState.OPEN):
        with office.reading() as unit:
            move_fair(office, unit.fairs.get(key), state, actor="demo")
    with office.reading() as unit:
        fair, person = unit.fairs.get(key), unit.fairs.visitors.of(key)[0]
        place = next(
            one for one in unit.fairs.booths.postings(key) if one.posting_key == person.facts.route[0].posting_key
        )
    check_in(office, fair, person.key, actor="demo")
    record(office, fair, person.key, place.key, FairResult.INTENT, actor="demo")
    return key


def _near_home(office: Office) -> Register:
    """Work near home with the first people there are."""
    with office.reading() as unit:
        people = sorted(one.key for one in unit.workers.some(most=3))
    return a_register(office, people)


def _somebody(unit: UnitOfWork) -> StoredPlan:
    """Somebody whose plan has most in it."""
    return max(unit.plans.current_bodies(), key=lambda one: (len(one.plan.matches), one.plan.training is not None))


def _live_through(office: Office) -> int:
    """Slips that came back, work they told of, a month's round begun: what rooms of the village show. Who works."""
    with office.unit(actor="demo") as unit:
        known = unit.watching.entries.standing().keys() | {row.worker_key for row in unit.timers.rows(back_to=date.min)}
        several = (one for one in unit.plans.current_bodies() if len(one.plan.matches) > 1)
        plans = list(islice((one for one in several if one.plan.worker_key not in known), 6))
        for one in plans:
            unit.plans.printed(one.key, office.today() - timedelta(days=10))
    began = Started(on=office.today() - timedelta(days=9), yuan=3200)
    for one in plans[:4]:
        first, second = (match.posting_key for match in one.plan.matches[:2])
        ticks = [
            Tick(posting_key=first, kind=AnswerKind.NOT_WANTED, why=("TOO_FAR", "LOW_PAY", "FULL")),
            Tick(posting_key=second, kind=AnswerKind.STARTED, started=began),
        ]
        keep_slip(office, one.code, ticks, Whose(), actor="demo")
    _watch(office, [one.plan.worker_key for one in plans])
    confirm_one(office, plans[0].plan.worker_key, Whose(), actor="demo")
    prove_work(office, plans[0].plan.worker_key)
    return plans[0].plan.worker_key


def _without_work(unit: UnitOfWork) -> list[int]:
    """People of lifted households who hold no public-welfare post and of whom no work is known."""
    working = {row.worker_key for row in unit.timers.rows(back_to=date.min)}
    return [
        stored.key
        for stored in unit.workers.all_for_planning()
        if stored.key not in working
        and stored.value.household_type is HouseholdType.LIFTED
        and not stored.value.public_post
    ]


def _watch(office: Office, people: Sequence[int]) -> None:
    """Somebody of the key-assistance list who was visited, somebody nobody has seen, an alert that was taken on."""
    first = enter_by_hand(office, people[0], "活不固定，冬天没活", Scope(), actor="demo")
    said = Contact(
        way=GuidanceWay.VISIT, found=Found.AGREED, on=office.today(), content="想先学电焊", next_step="下周报班"
    )
    record_contact(office, first, said, Scope(), actor="demo")
    long_ago = office.today() - timedelta(days=60)
    with office.unit(actor="demo") as unit:
        entry = KeyEntry(
            key=0, worker_key=people[1], reason=EntryReason.UNSTABLE_WORK, entered_on=long_ago, next_due=long_ago
        )
        unit.watching.entries.enter([entry])
        step = Care(
            mark="CLASS_EMPTY:0", code="CLASS_EMPTY", division="1505", state=CareState.TAKEN, owner="示例科室",
            until=office.today() + timedelta(days=3), note="正在各村动员", people=tuple(people[:2]), on=long_ago,
            args={"title": "示例电焊班", "starts_on": office.today().isoformat()},
        )  # fmt: skip
        unit.watching.cares.note(step)
    book = shelf(office).book
    assert book is not None
    keep_month(office, book, actor="demo")
    month = month_before(month_of(office.today()))
    before = [replace(one, month=month, counts={**one.counts, "IN_WORK": 9}) for one in count_month(book)]
    with office.unit(actor="demo") as unit:
        unit.watching.months.put(month, before)


def role_for(endpoint: str) -> str:
    """The role that opens a page: the city, as the demonstration does, else whoever may."""
    access = access_table()[endpoint.partition(" ")[0]]
    return DEMO if access.open or DEMO in access.roles else min(access.roles, default=DEMO)


def token_of(client: FlaskClient, address: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None, address
    return found[1]


def _hand_in(app: Flask) -> str:
    """A spreadsheet with a wrong row that waits for somebody to look at it."""
    table = "编号,岗位名称,用人单位,工作地点\nZ-1,护林员,示例林场,奈曼旗\nZ-2,,示例林场,奈曼旗\n"
    file = (BytesIO(table.encode()), "岗位.csv")
    client = app.test_client()
    client.post("/demo", data={"csrf_token": token_of(client, "/sign-in")})
    form = {"kind": "postings", "file": file, "csrf_token": token_of(client, "/imports/")}
    reply = client.post("/imports/", data=form)
    return str(reply.location).rstrip("/").rsplit("/", 1)[-1]


@cache
def axe_source() -> str:
    """The checker of accessible pages."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

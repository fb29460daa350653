"""Employers with people of ours on the books: who is due for a visit, what was promised, whose contract ends.

In: a division, what staff write down. Out: the list, one employer with its people, visits kept; rates over few people
are not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.cooperation.departures import lifted
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.visiting import ContractEnd, Kept, Topic, Visit
from matcher.listings import Page
from matcher.office import UnitOfWork
from matcher.policy import PolicyAt
from matcher.visiting.books import EmployerBook, books, engagements, shown_share
from matcher.visiting.signals import banner_of, newest_visits
from matcher.visiting.visits import keep_contract_end, keep_visit, take_back_visit
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, page_number, typed, typed_date, typed_key
from web.pages.cooperation.common import banners, short_name, typed_banner, typed_number
from web.phrases import t

bp = Blueprint("visits", __name__, url_prefix="/visits")
PAGE_SIZE = 30
TOPICS = tuple(topic.value for topic in Topic)
SHOWN_LEFT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerLine:
    """One employer of the list."""

    book: EmployerBook
    spell: int
    """A stretch of work with it, by which the page of the employer is found."""
    kept: Kept
    share_90: float | None
    last: Visit | None
    due_on: date | None
    ending: int
    lost: int


@bp.get("/")
def index() -> str:
    """Employers by what presses: contracts that end, people lost, visits due; then by how many people they have."""
    office, mine = the_office(), scope()
    policy, number = office.policy.at(office.today()), page_number()
    with office.reading() as unit:
        made = books(engagements(office, unit, mine), office.today())
        visits = unit.cooperation.visits.where(division=mine.division)
        ends = _ends(unit, policy)
    lines = [_line(book, newest_visits(visits), ends, policy) for book in made.values()]
    lines.sort(key=lambda line: (-line.ending, -line.lost, line.due_on or date.max, -line.book.people, line.book.name))
    shown = tuple(lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return render_template(
        "visits/index.html",
        page=Page(shown, len(lines), number, PAGE_SIZE),
        visits=visits[:PAGE_SIZE],
        lay_offs=[visit for visit in newest_visits(visits).values() if visit.lay_off_people],
        people=sum(line.book.people for line in lines),
        ending=sum(line.ending for line in lines),
        due=sum(line.due_on is not None and line.due_on < office.today() for line in lines),
        banners=banners(),
        topics=TOPICS,
        short_name=short_name,
        today=office.today(),
        days=policy.whole("visiting.contract_days"),
    )


def _ends(unit: UnitOfWork, policy: PolicyAt) -> dict[int, ContractEnd]:
    """Contracts that end within the window and are not said to go on, by stretch of work."""
    first = policy.on - timedelta(days=policy.whole("visiting.contract_days"))
    last = policy.on + timedelta(days=policy.whole("visiting.contract_days"))
    return {
        end.spell_key: end for end in unit.cooperation.contract_ends.between("ends_on", first, last) if not end.renewed
    }


def _line(book: EmployerBook, visits: dict[str, Visit], ends: dict[int, ContractEnd], policy: PolicyAt) -> EmployerLine:
    """One employer."""
    last, on, kept = visits.get(book.key), policy.on, book.kept(policy.on)
    regular = book.people >= policy.whole("visiting.visit_least")
    since = last.visited_on if last else min((one.started_on for one in book.here), default=on)
    due = last.next_on if last and last.next_on else since + timedelta(days=policy.whole("visiting.every_days"))
    every = [*book.here, *book.left]
    return EmployerLine(
        book=book,
        spell=every[-1].spell_key,
        kept=kept,
        share_90=shown_share(kept.at_90, kept.of_90, policy.whole("visiting.small_cell")),
        last=last,
        due_on=due if regular or (last and last.next_on) else None,
        ending=sum(one.spell_key in ends for one in book.here),
        lost=len(book.lost(on - timedelta(days=policy.whole("alerts.window_days")), on)),
    )


@bp.get("/employer")
def employer() -> str:
    """One employer, found by a stretch of work, a visit or a posting: people, ends of contracts, visits, who stayed."""
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        found = engagements(office, unit, mine)
        name, uscc = _named(unit, {one.spell_key: one.employer for one in found})
        key = employer_key(name)
        book = books(found, office.today()).get(key) or EmployerBook(name, key)
        workers = unit.workers.many(sorted({one.worker_key for one in [*book.here, *book.left[-SHOWN_LEFT:]]}))
        visits = unit.cooperation.visits.where(division=mine.division, name_key=key, newest="visited_on")
        ends = {end.spell_key: end for end in unit.cooperation.contract_ends.of("worker_key", list(workers))}
        record = unit.employers.marks() if key else []
    kept, least = book.kept(office.today()), policy.whole("visiting.small_cell")
    return render_template(
        "visits/employer.html",
        book=book,
        uscc=uscc,
        workers=workers,
        lifted=sum(lifted(workers[key].value) for key in {one.worker_key for one in book.here} if key in workers),
        left=book.left[-SHOWN_LEFT:][::-1],
        visits=visits,
        ends=ends,
        window=office.today() + timedelta(days=policy.whole("visiting.contract_days")),
        days=policy.whole("visiting.contract_days"),
        kept=kept,
        share_30=shown_share(kept.at_30, kept.of_30, least),
        share_90=shown_share(kept.at_90, kept.of_90, least),
        least=least,
        barred=[mark for mark in record if employer_key(mark.name) == key and mark.stands_on(office.today())],
        banners=banners(),
        banner=banner_of(book.here or book.left),
        topics=TOPICS,
        here=_address(),
        case_number=case_number,
        may_open=allowed("people.person"),
        short_name=short_name,
        today=office.today(),
    )


def _address() -> dict[str, str]:
    """What the page was found by, to come back to it."""
    return {name: asked(name, limit=12) for name in ("spell", "visit", "posting") if asked(name).isdecimal()}


def _named(unit: UnitOfWork, spells: dict[int, str]) -> tuple[str, str]:
    """The name and credit code of the employer asked for; RecordNotFound where the scope holds no such record."""
    asked_for = {name: int(value) for name, value in _address().items()}
    if "spell" in asked_for and spells.get(asked_for["spell"]):
        return spells[asked_for["spell"]], ""
    if "visit" in asked_for:
        visit = unit.cooperation.visits.get(asked_for["visit"], division=scope().division)
        return visit.employer, visit.uscc
    if "posting" in asked_for:
        posting = unit.postings.get(asked_for["posting"]).value
        return posting.employer, posting.uscc
    raise RecordNotFound("no such employer")


@bp.post("/")
def keep() -> Response:
    """A visit to an employer."""
    office = the_office()
    visit = Visit(
        employer=typed("employer", limit=120),
        name_key="",
        uscc=typed("uscc", limit=18).upper(),
        division=typed_banner(),
        visited_on=typed_date("visited_on") or office.today(),
        by=typed("by", limit=40) or signed_in().name,
        topics=tuple(Topic(one) for one in TOPICS if one in request.form.getlist("topic")),
        spoke_with=typed("spoke_with", limit=60),
        promised=typed("promised", limit=300),
        note=typed("note", limit=500),
        next_on=typed_date("next_on"),
        lay_off_people=typed_number("lay_off_people", most=100_000) or 0,
        lay_off_on=typed_date("lay_off_on"),
    )
    key = keep_visit(office, visit, scope(), actor=signed_in().name)
    flash(t("VISIT_KEPT"), "done")
    return redirect(url_for("visits.employer", visit=key), 303)


@bp.post("/take-back")
def take_back() -> Response:
    """A visit entered by mistake."""
    key = typed_key("record")
    if key is None:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    take_back_visit(the_office(), key, scope(), actor=signed_in().name)
    flash(t("COOP_TAKEN_BACK"), "done")
    return redirect(url_for("visits.index"), 303)


@bp.post("/contract")
def contract() -> Response:
    """Until when somebody's contract runs, or that it goes on."""
    worker, spell, ends_on = typed_key("worker"), typed_key("spell"), typed_date("ends_on")
    if worker is None or spell is None or ends_on is None:
        raise InputRefused(t("VISIT_CONTRACT_INCOMPLETE"))
    renewed = typed("renewed") == "yes"
    keep_contract_end(the_office(), spell, worker, scope(), ends_on=ends_on, renewed=renewed, actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("visits.employer", spell=spell) + "#people", 303)

"""People: lists, search, one person; masked, sensitive facts as codes only, identity for a stated purpose.

In: filters, a key. Out: people of the client's scope. A name never stands in an address: searching is a POST.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from jobs_feed.roster import EDUCATION
from matcher.domain.casenumber import case_number
from matcher.domain.clients import Right
from matcher.domain.plan import Track
from matcher.domain.worker import Constraint, Worker, WorkerFacts
from matcher.listings import PeopleFilter, PersonSummary, age_band, people_after
from matcher.stored_rows import facts_of
from matcher.wording.masks import masked_id, masked_phone
from web.api.cursors import after, limit_of, page_of
from web.api.declared import Answer, Ask, Count, Division, Group, Key, Page, Paged, Short
from web.config import the_office

group = Group("people")
_LEVELS = {level: name for name, level in EDUCATION.items()}


class PeopleQuery(Paged):
    """Which people."""

    track: Track | None = None
    short: bool = False
    division: Division = ""


class PeopleSearch(PeopleQuery):
    """Who is looked for: part of a name, initials, a reference, a case number or a whole phone number."""

    text: Annotated[Short, Meta(min_length=1)] = ""


class PersonRow(Struct):
    """One person of a list."""

    key: Key
    case_no: str
    ref: str
    name: str
    village: str
    home: str
    age_band: str
    track: str
    matches: Count
    missing: Count
    has_training: bool


class Home(Struct):
    """Where somebody lives."""

    code: str
    name: str
    village: str


class Limit(Struct):
    """What somebody cannot do or needs, as a code with its numbers."""

    code: str
    values: list[int]
    since: date | None
    until: date | None


class Sensitive(Struct):
    """What only clients with read:sensitive see, as codes, never in words."""

    household_type: str | None
    monitor_category: str | None
    labour_skill: str | None
    health: list[str]
    limits: list[Limit]
    situations: list[str]


class Person(Struct):
    """One person, masked."""

    key: Key
    revision: Count
    case_no: str
    ref: str
    sender: str
    name: str
    sex: Literal["female", "male"] | None
    age_band: str
    id_number_masked: str
    phone_masked: str
    home: Home
    education: str | None
    work_status: str | None
    willingness: str | None
    transport: str | None
    willing_to_move: bool | None
    daily_return: bool | None
    occupations_wished: list[str]
    skills: list[str]
    guide_name: str
    updated_at: datetime
    sensitive: Sensitive | None


class Identity(Struct):
    """Who somebody is, unmasked; every look is in the audit record with its purpose."""

    key: Key
    name: str
    id_number: str
    phone: str
    birth_date: date | None


def _row(one: PersonSummary) -> PersonRow:
    """One person of a list."""
    return PersonRow(
        key=one.key,
        case_no=one.case_no,
        ref=one.ref,
        name=one.name,
        village=one.village,
        home=one.place_name,
        age_band=one.age_band,
        track=one.track,
        matches=one.matches,
        missing=one.missing,
        has_training=one.has_training,
    )


def _listed(ask: Ask, wanted: PeopleQuery, text: str) -> Answer:
    """A piece of the list."""
    limit = limit_of(ask)
    filtered = PeopleFilter(
        text=text, track=wanted.track.value if wanted.track else "", only_short=wanted.short, division=wanted.division
    )
    with the_office().reading() as unit:
        rows = people_after(unit, filtered, ask.scope, after=after(ask) or 0, size=limit + 1)
    return Answer(page_of(ask, list(rows), [_row(one) for one in rows[:limit]], limit), fields="list")


@group.get("/workers", answer=Page[PersonRow], query=PeopleQuery)
def list_(ask: Ask) -> Answer:
    """People of the scope in the order they were stored."""
    return _listed(ask, ask.query, "")


@group.post("/workers/search", answer=Page[PersonRow], body=PeopleSearch, example={"text": "包"})
def search(ask: Ask) -> Answer:
    """People found by what is typed."""
    return _listed(ask, ask.body, ask.body.text)


@group.get("/workers/{key}", answer=Person)
def one(ask: Ask, key: int) -> Answer:
    """One person."""
    office, scope = the_office(), ask.scope
    with office.reading() as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
    facts = facts_of(stored, office, office.today())
    sensitive = _sensitive(stored.value, facts) if ask.client.may(Right.READ_SENSITIVE) else None
    fields = "profile,sensitive" if sensitive else "profile"
    shown = _person(stored.key, stored.revision, stored.value, facts, stored.updated_at, sensitive)
    return Answer(shown, subject=f"worker:{key}", fields=fields)


def _person(
    key: int, revision: int, worker: Worker, facts: WorkerFacts, updated_at: datetime, sensitive: Sensitive | None
) -> Person:
    """A person as clients see one."""
    birth, education = facts.birth_date.value or worker.birth_date, facts.education.value
    transport = facts.transport.value
    return Person(
        key=key,
        revision=revision,
        case_no=case_number(key),
        ref=worker.ref,
        sender=worker.sender,
        name=worker.name,
        sex=facts.sex.value.value if facts.sex.value else None,
        age_band=age_band(birth, the_office().today()),
        id_number_masked=masked_id(worker.id_number),
        phone_masked=masked_phone(worker.phone),
        home=Home(worker.home.code, worker.home.name or worker.home.text, worker.village),
        education=None if education is None else _LEVELS[education],
        work_status=worker.work_status.value if worker.work_status else None,
        willingness=worker.willingness.value if worker.willingness else None,
        transport=transport.value if transport else None,
        willing_to_move=worker.willing_to_move,
        daily_return=worker.daily_return,
        occupations_wished=[term.code for term in facts.wished],
        skills=[held.skill for held in facts.skills],
        guide_name=worker.guide_name,
        updated_at=updated_at,
        sensitive=sensitive,
    )


def _sensitive(worker: Worker, facts: WorkerFacts) -> Sensitive:
    """Health, poverty and limits as codes."""
    return Sensitive(
        household_type=worker.household_type.value if worker.household_type else None,
        monitor_category=worker.monitor_category.value if worker.monitor_category else None,
        labour_skill=worker.labour_skill.value if worker.labour_skill else None,
        health=[state.value for state in worker.health],
        limits=[_limit(limit) for limit in facts.constraints],
        situations=[term.code for term in facts.situations],
    )


def _limit(limit: Constraint) -> Limit:
    """One limit."""
    return Limit(limit.code, list(limit.values), limit.since, limit.until)


@group.get("/workers/{key}/identity", answer=Identity, purpose=True)
def identity(ask: Ask, key: int) -> Answer:
    """Number, phone and birth date of one person, for a stated purpose."""
    scope = ask.scope
    with the_office().reading() as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
    worker, read = stored.value, stored.facts.birth_date.value if stored.facts else None
    shown = Identity(key, worker.name, worker.id_number, worker.phone, worker.birth_date or read)
    return Answer(shown, subject=f"worker:{key}", fields="id_number,phone,birth_date")

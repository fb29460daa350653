"""Postings and what is understood of them; postings are public and are listed whole.

In: filters, a key. Out: postings without the contact of an employer, which stands with one posting only.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from matcher.domain.posting import PostingFacts, PostingKind, PostingState
from matcher.listings import PostingFilter, PostingSummary, postings_after
from matcher.office import StoredPosting
from web.api.cursors import after, limit_of, page_of
from web.api.declared import Answer, Ask, Count, Division, Group, Key, Page, Paged, Short
from web.config import the_office

group = Group("postings")


class PostingsQuery(Paged):
    """Which postings; `live` = those that can be suggested today."""

    text: Short = ""
    kind: PostingKind | None = None
    state: PostingState | None = None
    division: Division = ""
    unfilled: bool = False
    live: bool = False


class PostingRow(Struct):
    """One posting of a list; `recommended` counts the current plans that hold it."""

    key: Key
    ref: str
    title: str
    employer: str
    place: str
    wage: str
    openings: Count | None
    recommended: Count
    state: str
    deadline: date | None
    kind: str
    occupation: str


class Understood(Struct):
    """What was understood of an advert; null = unknown."""

    occupations: list[str]
    wage_low: float | None
    wage_high: float | None
    age_low: int | None
    age_high: int | None
    education: int | None
    shift: str | None
    board: bool | None
    lodging: bool | None
    insurance: bool | None
    skills: list[str]
    hazards: list[str]


class Posting(Struct):
    """One posting: the advert word for word, and what was understood."""

    key: Key
    revision: Count
    ref: str
    sender: str
    title: str
    employer: str
    uscc: str
    kind: PostingKind
    state: PostingState
    place: str
    place_code: str
    openings: Count | None
    openings_left: int | None
    wage: str
    education: str
    age: str
    certificates: str
    experience: str
    hours: str
    board: str
    insurance: str
    load: str
    description: str
    contact: str
    phone: str
    published_on: date | None
    deadline: date | None
    source: str
    verified_on: date | None
    understood: Understood
    updated_at: datetime


def _row(one: PostingSummary) -> PostingRow:
    """One posting of a list."""
    return PostingRow(
        key=one.key,
        ref=one.ref,
        title=one.title,
        employer=one.employer,
        place=one.place,
        wage=one.wage_text,
        openings=one.openings,
        recommended=one.recommended,
        state=one.state,
        deadline=one.deadline,
        kind=one.kind,
        occupation=one.occupation,
    )


@group.get("/postings", answer=Page[PostingRow], query=PostingsQuery)
def list_(ask: Ask) -> Answer:
    """Postings in the order they were stored."""
    office, limit, query = the_office(), limit_of(ask), ask.query
    wanted = PostingFilter(
        text=query.text,
        kind=query.kind.value if query.kind else "",
        state=query.state.value if query.state else "",
        division=query.division,
        only_unfilled=query.unfilled,
    )
    live_on = office.today() if query.live else None
    with office.reading() as unit:
        rows = postings_after(unit, wanted, after=after(ask) or 0, size=limit + 1, live_on=live_on)
    return Answer(page_of(ask, list(rows), [_row(one) for one in rows[:limit]], limit))


@group.get("/postings/{key}", answer=Posting)
def one(ask: Ask, key: int) -> Answer:
    """One posting."""
    with the_office().reading() as unit:
        stored = unit.postings.get(key)
    return Answer(_posting(stored), subject=f"posting:{key}")


def _posting(stored: StoredPosting) -> Posting:
    """A posting as clients see one."""
    value = stored.value
    return Posting(
        key=stored.key,
        revision=stored.revision,
        ref=value.ref,
        sender=value.sender,
        title=value.title,
        employer=value.employer,
        uscc=value.uscc,
        kind=value.kind,
        state=stored.state,
        place=value.place.text or value.place.name,
        place_code=value.place.code,
        openings=value.openings,
        openings_left=stored.openings_left,
        wage=value.wage_text,
        education=value.education_text,
        age=value.age_text,
        certificates=value.certificate_text,
        experience=value.experience_text,
        hours=value.hours_text,
        board=value.board_text,
        insurance=value.insurance_text,
        load=value.load_text,
        description=value.description,
        contact=value.contact,
        phone=value.phone,
        published_on=value.published_on,
        deadline=value.deadline,
        source=value.source,
        verified_on=stored.checked_on or value.verified_on,
        understood=_understood(stored.facts or PostingFacts()),
        updated_at=stored.updated_at,
    )


def _understood(facts: PostingFacts) -> Understood:
    """What was read from an advert."""
    education, shift = facts.education.value, facts.shift.value
    return Understood(
        occupations=[term.code for term in facts.occupations],
        wage_low=facts.wage.low if facts.wage else None,
        wage_high=facts.wage.high if facts.wage else None,
        age_low=facts.age.low if facts.age else None,
        age_high=facts.age.high if facts.age else None,
        education=None if education is None else int(education),
        shift=shift.value if shift else None,
        board=facts.board.value,
        lodging=facts.lodging.value,
        insurance=facts.insurance.value,
        skills=[asked.skill for asked in facts.skills],
        hazards=[term.code for term in facts.hazards],
    )

"""Training classes.

In: a key. Out: classes as their providers state them; they are public.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.office import Stored
from web.api.cursors import after, limit_of, page_of
from web.api.declared import Answer, Ask, Count, Group, Key, Page, Paged
from web.config import the_office

group = Group("classes")


class TrainingClassShown(Struct):
    """One class; `occupations` and `skills` are what it was understood to lead to."""

    key: Key
    revision: Count
    ref: str
    sender: str
    title: str
    provider: str
    place: str
    place_code: str
    starts_on: date | None
    ends_on: date | None
    enrol_until: date | None
    hours: Count | None
    seats: Count | None
    mode: str | None
    language: str
    age: str
    education: str
    certificate: str
    subsidy: str
    board: str
    phone: str
    occupations: list[str]
    skills: list[str]
    updated_at: datetime


def _shown(stored: Stored[TrainingClass, TrainingFacts]) -> TrainingClassShown:
    """A class as clients see one."""
    value, facts = stored.value, stored.facts or TrainingFacts()
    return TrainingClassShown(
        key=stored.key,
        revision=stored.revision,
        ref=value.ref,
        sender=value.sender,
        title=value.title,
        provider=value.provider,
        place=value.place.text or value.place.name,
        place_code=value.place.code,
        starts_on=value.starts_on,
        ends_on=value.ends_on,
        enrol_until=value.enrol_until,
        hours=value.hours,
        seats=value.seats,
        mode=value.mode.value if value.mode else None,
        language=value.language_text,
        age=value.age_text,
        education=value.education_text,
        certificate=value.certificate_text,
        subsidy=value.subsidy_text,
        board=value.board_text,
        phone=value.phone,
        occupations=[term.code for term in facts.occupations],
        skills=[term.code for term in facts.skills],
        updated_at=stored.updated_at,
    )


@group.get("/classes", answer=Page[TrainingClassShown], query=Paged)
def list_(ask: Ask) -> Answer:
    """Classes in the order they were stored."""
    limit = limit_of(ask)
    with the_office().reading() as unit:
        found = unit.classes.after(after(ask) or 0, limit + 1)
    return Answer(page_of(ask, found, [_shown(one) for one in found[:limit]], limit))


@group.get("/classes/{key}", answer=TrainingClassShown)
def one(ask: Ask, key: int) -> Answer:
    """One class."""
    with the_office().reading() as unit:
        return Answer(_shown(unit.classes.get(key)), subject=f"class:{key}")

"""Rows that may or may not be a known person: what waits, and what a person decides.

In: the queue of the client's division. Out: the row beside those it may be, masked; a decision carried out once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from jobs_feed.rosters import Choice, decide_review
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.rosters.records import Review
from matcher.domain.worker import Worker
from matcher.listings import age_band
from matcher.wording.masks import masked_id, masked_phone
from web.api.cursors import after, limit_of, page_of
from web.api.declared import ROOT, Answer, Ask, Count, Group, Key, Page, Paged
from web.config import the_office
from web.errors.problems import Refused

group = Group("reviews")


class Side(Struct):
    """One person as far as it tells two people apart, masked; `key` is null for the row itself."""

    key: Key | None
    revision: Count | None
    case_no: str
    name: str
    home: str
    village: str
    age_band: str
    id_number_masked: str
    phone_masked: str


class Waiting(Struct):
    """A row that waits: why nobody but a person can say who it is."""

    key: Key
    reason: str
    state: str
    row: Side
    candidates: list[Side]
    since: datetime


class Decision(Struct, forbid_unknown_fields=True):
    """What was decided; same and join need the person and the revision that was looked at."""

    choice: Choice
    worker: Key | None = None
    revision: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None


class Decided(Struct):
    """The person the row was decided to be, null where it was not taken."""

    choice: Choice
    worker: Key | None


def _side(worker: Worker, key: int | None = None, revision: int | None = None) -> Side:
    """One person."""
    return Side(
        key=key,
        revision=revision,
        case_no=case_number(key) if key else "",
        name=worker.name,
        home=worker.home.name or worker.home.text,
        village=worker.village,
        age_band=age_band(worker.birth_date, the_office().today()),
        id_number_masked=masked_id(worker.id_number),
        phone_masked=masked_phone(worker.phone),
    )


def _shown(found: list[Review]) -> list[Waiting]:
    """Rows beside those they may be."""
    keys = sorted({key for one in found for key in one.waiting.candidates})
    with the_office().reading() as unit:
        stored = unit.workers.many(keys)
    return [
        Waiting(
            key=one.key,
            reason=one.waiting.reason,
            state=one.state.value,
            row=_side(one.waiting.draft),
            candidates=[
                _side(stored[key].value, key, stored[key].revision) for key in one.waiting.candidates if key in stored
            ],
            since=one.created_at,
        )
        for one in found
    ]


def _whole_division(ask: Ask) -> str:
    """The division of the client; who sees single villages only has no queue of its own."""
    if ask.client.villages:
        raise Refused(404)
    return ask.client.division


@group.get("/reviews", answer=Page[Waiting], query=Paged)
def list_(ask: Ask) -> Answer:
    """Rows that wait, the oldest first."""
    limit, division = limit_of(ask), _whole_division(ask)
    with the_office().reading() as unit:
        found = unit.reviews.open(division=division, limit=limit + 1, after=after(ask) or 0)
    return Answer(page_of(ask, found, _shown(found[:limit]), limit), fields="list")


@group.get("/reviews/{key}", answer=Waiting)
def one(ask: Ask, key: int) -> Answer:
    """One row, also when it was decided."""
    with the_office().reading() as unit:
        found = unit.reviews.get(key, division=_whole_division(ask))
    return Answer(_shown([found])[0], subject=f"review:{key}")


@group.put("/reviews/{key}/decision", answer=Decided, body=Decision, example={"choice": "new"})
def decide(ask: Ask, key: int) -> Answer:
    """The same person, several records of one person, somebody new, or not taken."""
    choice: Choice = ask.body.choice
    if choice in {Choice.SAME, Choice.JOIN} and (ask.body.worker is None or ask.body.revision is None):
        raise InputRefused("选“同一个人”时要写明是哪个人（worker）和看到的版本（revision）；没有保存")
    worker = decide_review(
        the_office(),
        key,
        choice,
        worker_key=ask.body.worker,
        revision=ask.body.revision,
        division=_whole_division(ask),
        actor=ask.actor,
    )
    subject = f"review:{key}" if worker is None else f"worker:{worker}"
    return Answer(Decided(choice, worker), location=f"{ROOT}/workers/{worker}" if worker else "", subject=subject)

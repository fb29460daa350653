"""The people of a fair: found, let in, checked in, and what came of them at the booths.

In: codes, names, what is said at the door, taps at a booth. Out: visitors with their way through the hall, numbers
masked; what people said of themselves and free notes are taken and never given out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from matcher.domain.clients import Right
from matcher.domain.errors import RecordNotFound
from matcher.domain.fairs import BoothResult, Fair, FairResult, Unsuited, Visitor
from matcher.fairs.booth import record, take_back
from matcher.fairs.door import WalkIn, check_in, find, in_hall_order, walk_in
from matcher.fairs.feeding import hear
from matcher.office import UnitOfWork
from matcher.wording.masks import masked_phone
from web.api.cursors import after, limit_of, page_of
from web.api.declared import NO_CONTROL, ROOT, TEXT, Answer, Ask, Group, Key, Page, Paged
from web.api.groups.fairs import desk
from web.api.groups.fairs.desk import fair_here, fair_of
from web.config import the_office

group: Group = desk.group


class Stop(Struct):
    """One stop of a visitor's way; `place` names the posting at its booth."""

    place: Key
    booth: Key
    number: str
    posting: Key


class ResultShown(Struct):
    """What came of one person with one posting of one booth."""

    key: Key
    visitor: Key
    place: Key
    result: FairResult
    reason: str
    at: datetime
    by: str


class VisitorShown(Struct):
    """Somebody invited, or in the hall; `needs` only with read:sensitive, as codes."""

    key: Key
    code: str
    worker: Key | None
    name: str
    home_name: str
    village: str
    age_band: str
    phone_masked: str
    invited: bool
    away: bool
    arrived_at: datetime | None
    needs: list[str] | None
    route: list[Stop]
    results: list[ResultShown]


class VisitorRow(Struct):
    """One person of a list."""

    key: Key
    code: str
    name: str
    village: str
    invited: bool
    arrived_at: datetime | None


class VisitorSearch(Struct, forbid_unknown_fields=True):
    """Who is looked for: a slip code, part of a name, initials, the last four digits of a phone number."""

    text: Annotated[str, Meta(min_length=1, max_length=40, pattern=NO_CONTROL)]


class NewVisitor(Struct, forbid_unknown_fields=True):
    """Somebody without an invitation; only the name is needed."""

    name: Annotated[str, Meta(min_length=1, max_length=40, pattern=NO_CONTROL)]
    village: Annotated[str, Meta(max_length=40, pattern=NO_CONTROL)] = ""
    can_do: Annotated[str, Meta(max_length=300, pattern=TEXT)] = ""
    sex: Literal["female", "male", ""] = ""
    age: Annotated[int, Meta(ge=14, le=99)] | None = None
    phone: Annotated[str, Meta(max_length=20, pattern=NO_CONTROL)] = ""


class Arrival(Struct, forbid_unknown_fields=True):
    """Whether somebody has come; false takes a check-in back."""

    arrived: bool


class NewResult(Struct, forbid_unknown_fields=True):
    """What came of it; `reason` says why it did not suit, a note stays in the office."""

    result: FairResult
    reason: Unsuited | None = None
    note: Annotated[str, Meta(max_length=200, pattern=TEXT)] = ""


def _row(one: Visitor) -> VisitorRow:
    """One person of a list."""
    return VisitorRow(one.key, one.code, one.name, one.village, one.invited, one.arrived_at)


def _result(one: BoothResult) -> ResultShown:
    """One result."""
    return ResultShown(one.key, one.visitor_key, one.booth_posting_key, one.result, one.reason, one.at, one.by)


def _shown(unit: UnitOfWork, ask: Ask, fair: Fair, visitor: Visitor) -> VisitorShown:
    """Somebody as clients see them."""
    placed = unit.fairs.booths.postings(fair.key)
    booths = {one.key: one for one in unit.fairs.booths.of(fair.key)}
    at = {one.posting_key: one for one in reversed(placed)}
    stops = [at[stop.posting_key] for stop in in_hall_order(visitor, [one.posting_key for one in placed])]
    facts = visitor.facts
    return VisitorShown(
        key=visitor.key,
        code=visitor.code,
        worker=visitor.worker_key,
        name=visitor.name,
        home_name=visitor.home_name,
        village=visitor.village,
        age_band=facts.age_band,
        phone_masked=masked_phone(facts.phone) if len(facts.phone) > 4 else facts.phone,
        invited=visitor.invited,
        away=visitor.away,
        arrived_at=visitor.arrived_at,
        needs=list(facts.needs) if ask.client.may(Right.READ_SENSITIVE) else None,
        route=[Stop(one.key, one.booth_key, booths[one.booth_key].number, one.posting_key) for one in stops],
        results=[_result(one) for one in unit.fairs.results.of_visitor(visitor.key)],
    )


@group.get("/fairs/{key}/visitors", answer=Page[VisitorRow], query=Paged)
def visitors(ask: Ask, key: int) -> Answer:
    """Everybody invited or in the hall."""
    limit = limit_of(ask)
    with the_office().reading() as unit:
        fair_of(unit, ask, key)
        found = unit.fairs.visitors.after(key, after(ask) or 0, limit + 1)
    shown = [_row(one) for one in found[:limit]]
    return Answer(page_of(ask, found, shown, limit), subject=f"fair:{key}", fields="visitors")


@group.post("/fairs/{key}/visitors/search", answer=list[VisitorRow], body=VisitorSearch, example={"text": "包"})
def search_visitors(ask: Ask, key: int) -> Answer:
    """Visitors by what is typed at the door, those still expected first."""
    with the_office().reading() as unit:
        found = find(unit, fair_of(unit, ask, key), ask.body.text)
    return Answer([_row(one) for one in found], subject=f"fair:{key}", fields="visitors")


@group.get("/fairs/{key}/visitors/{visitor}", answer=VisitorShown)
def one_visitor(ask: Ask, key: int, visitor: int) -> Answer:
    """One person with the way through the hall and what came of it."""
    with the_office().reading() as unit:
        fair = fair_of(unit, ask, key)
        shown = _shown(unit, ask, fair, unit.fairs.visitors.get(key, visitor))
    subject = f"worker:{shown.worker}" if shown.worker else f"visitor:{visitor}"
    return Answer(shown, subject=subject, fields="fair")


@group.post("/fairs/{key}/visitors", answer=VisitorShown, body=NewVisitor, status=201, once=True,
            example={"name": "示例来客", "village": "东村", "can_do": "会踩缝纫机", "age": 46})  # fmt: skip
def let_in(ask: Ask, key: int) -> Answer:
    """Somebody without an invitation: understood, matched to booths and checked in at once."""
    told = ask.body
    said = WalkIn(
        name=told.name, village=told.village, can_do=told.can_do, sex=told.sex, age=told.age, phone=told.phone
    )
    made = walk_in(the_office(), fair_here(ask, key), said, actor=ask.actor).visitor.key
    seen = one_visitor(ask, key, made)
    return Answer(seen.value, location=f"{ROOT}/fairs/{key}/visitors/{made}", subject=seen.subject, fields="fair")


@group.put("/fairs/{key}/visitors/{visitor}/arrival", answer=VisitorShown, body=Arrival, guarded=one_visitor,
           example={"arrived": True})  # fmt: skip
def put_arrival(ask: Ask, key: int, visitor: int) -> Answer:
    """Checked in, or taken back; twice changes nothing."""
    check_in(the_office(), fair_here(ask, key), visitor, actor=ask.actor, back=not ask.body.arrived)
    return one_visitor(ask, key, visitor)


@group.get("/fairs/{key}/results", answer=Page[ResultShown], query=Paged)
def results(ask: Ask, key: int) -> Answer:
    """What came of everybody at every booth, in the order it was first noted."""
    limit, behind = limit_of(ask), after(ask) or 0
    with the_office().reading() as unit:
        fair_of(unit, ask, key)
        found = unit.fairs.results.after(key, behind, limit + 1)
    shown = [_result(one) for one in found[:limit]]
    return Answer(page_of(ask, found, shown, limit), subject=f"fair:{key}", fields="results")


@group.get("/fairs/{key}/visitors/{visitor}/results/{place}", answer=ResultShown)
def result(ask: Ask, key: int, visitor: int, place: int) -> Answer:
    """What came of one person with one posting."""
    with the_office().reading() as unit:
        fair_of(unit, ask, key)
        unit.fairs.visitors.get(key, visitor)
        found = unit.fairs.results.get(visitor, place)
    if found is None:
        raise RecordNotFound("没有这个结果", ref=str(place))
    return Answer(_result(found), subject=f"visitor:{visitor}", fields="results")


@group.put("/fairs/{key}/visitors/{visitor}/results/{place}", answer=ResultShown, body=NewResult,
           example={"result": "interested"})  # fmt: skip
def put_result(ask: Ask, key: int, visitor: int, place: int) -> Answer:
    """What came of it; the newest stands, and who is noted at a booth is in the hall."""
    told, reason = ask.body, ask.body.reason.value if ask.body.reason else ""
    office, fair = the_office(), fair_here(ask, key)
    if told.result in {FairResult.STARTED, FairResult.LOST}:
        hear(office, fair, visitor, place, told.result, actor=ask.actor)
    else:
        record(office, fair, visitor, place, told.result, reason=reason, note=told.note, actor=ask.actor)
    return result(ask, key, visitor, place)


@group.delete("/fairs/{key}/visitors/{visitor}/results/{place}", answer=None, status=204, guarded=result)
def take_result(ask: Ask, key: int, visitor: int, place: int) -> Answer:
    """A result tapped by mistake goes; one the person's case has heard of stays."""
    take_back(the_office(), fair_here(ask, key), visitor, place, actor=ask.actor)
    return Answer(None, subject=f"visitor:{visitor}")

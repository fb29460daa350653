"""Fairs: which there are, one of them, a new one, another day or hall, the next state.

In: what an organiser's program sends. Out: fairs of the client's division; a client of single villages has none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Fair, FairState
from matcher.fairs.feeding import feed
from matcher.fairs.making import ORDER, change_fair, make_fair, move_fair
from matcher.office import UnitOfWork
from web.api.cursors import after, limit_of, page_of
from web.api.declared import NO_CONTROL, ROOT, Answer, Ask, Count, Division, Group, Key, Page, Paged
from web.config import the_office
from web.errors.problems import Refused
from web.phrases import t

group = Group("fairs")
Hour = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$", max_length=5)]


class FairShown(Struct):
    """One fair with how many were invited, came, and came without an invitation."""

    key: Key
    revision: Count
    ref: str
    name: str
    division: str
    state: FairState
    starts_on: date
    ends_on: date
    opens_at: str
    closes_at: str
    place: str
    owner: str
    invited: Count
    arrived: Count
    walk_ins: Count


class FairFields(Struct, forbid_unknown_fields=True):
    """What a fair is; empty days and hours are those of one day from nine to three."""

    name: Annotated[str, Meta(min_length=1, max_length=60, pattern=NO_CONTROL)]
    starts_on: date
    ends_on: date | None = None
    division: Division = ""
    opens_at: Hour = ""
    closes_at: Hour = ""
    place: Annotated[str, Meta(max_length=120, pattern=NO_CONTROL)] = ""


class FairChange(Struct, forbid_unknown_fields=True):
    """What a fair is now; fields that are empty or not named stay as they are."""

    name: Annotated[str, Meta(max_length=60, pattern=NO_CONTROL)] = ""
    starts_on: date | None = None
    ends_on: date | None = None
    opens_at: Hour = ""
    closes_at: Hour = ""
    place: Annotated[str, Meta(max_length=120, pattern=NO_CONTROL)] = ""


class NewFairState(Struct, forbid_unknown_fields=True):
    """The next state, or the one before."""

    state: FairState


def fair_of(unit: UnitOfWork, ask: Ask, key: int) -> Fair:
    """A fair of the client's division."""
    if ask.client.villages:
        raise Refused(404)
    return unit.fairs.get(key, division=ask.client.division)


def fair_here(ask: Ask, key: int) -> Fair:
    """The same, read for itself."""
    with the_office().reading() as unit:
        return fair_of(unit, ask, key)


def _shown(unit: UnitOfWork, fair: Fair) -> FairShown:
    """A fair as clients see one."""
    invited, arrived, walk_ins = unit.fairs.visitors.counts(fair.key)
    return FairShown(
        key=fair.key,
        revision=unit.fairs.revision(fair.key),
        ref=fair.ref,
        name=fair.name,
        division=fair.division,
        state=fair.state,
        starts_on=fair.starts_on,
        ends_on=fair.ends_on,
        opens_at=fair.opens_at,
        closes_at=fair.closes_at,
        place=fair.place,
        owner=fair.owner,
        invited=invited,
        arrived=arrived,
        walk_ins=walk_ins,
    )


class FairRow(Struct):
    """One fair of a list."""

    key: Key
    ref: str
    name: str
    division: str
    state: FairState
    starts_on: date
    ends_on: date
    place: str


def _row(fair: Fair) -> FairRow:
    """A fair of a list."""
    return FairRow(fair.key, fair.ref, fair.name, fair.division, fair.state, fair.starts_on, fair.ends_on, fair.place)


@group.get("/fairs", answer=Page[FairRow], query=Paged)
def list_(ask: Ask) -> Answer:
    """Fairs of the division in the order they were made."""
    if ask.client.villages:
        raise Refused(404)
    limit, behind = limit_of(ask), after(ask) or 0
    with the_office().reading() as unit:
        known = sorted(unit.fairs.all(division=ask.client.division), key=lambda one: one.key)
    found = [one for one in known if one.key > behind][: limit + 1]
    return Answer(page_of(ask, found, [_row(one) for one in found[:limit]], limit))


@group.get("/fairs/{key}", answer=FairShown)
def one(ask: Ask, key: int) -> Answer:
    """One fair."""
    with the_office().reading() as unit:
        return Answer(_shown(unit, fair_of(unit, ask, key)), subject=f"fair:{key}")


EXAMPLE = {"name": "示例春季招聘会", "division": "150525", "starts_on": "2027-03-06", "place": "示例文化广场"}


@group.post("/fairs", answer=FairShown, body=FairFields, status=201, once=True, example=EXAMPLE)
def make(ask: Ask) -> Answer:
    """A new fair."""
    if ask.client.villages:
        raise Refused(403)
    office, told = the_office(), ask.body
    division = told.division or ask.client.division or office.gazetteer.home
    if not office.gazetteer.name(division):
        raise InputRefused(t("PAGE_BAD_DIVISION", value=division))
    fair = Fair(
        name=told.name,
        division=division,
        owner=ask.actor,
        starts_on=told.starts_on,
        ends_on=told.ends_on or told.starts_on,
        place=told.place,
    )
    fair = replace(fair, opens_at=told.opens_at or fair.opens_at, closes_at=told.closes_at or fair.closes_at)
    key = make_fair(office, fair, scope=ask.client.division, actor=ask.actor)
    return Answer(one(ask, key).value, location=f"{ROOT}/fairs/{key}", subject=f"fair:{key}")


@group.patch("/fairs/{key}", answer=FairShown, body=FairChange, guarded=one, example={"place": "示例体育馆"})
def change(ask: Ask, key: int) -> Answer:
    """Another name, day, hour or hall."""
    with the_office().reading() as unit:
        fair, revision = fair_of(unit, ask, key), unit.fairs.revision(key)
    told = ask.body
    changed = replace(
        fair,
        name=told.name or fair.name,
        starts_on=told.starts_on or fair.starts_on,
        ends_on=told.ends_on or (told.starts_on + (fair.ends_on - fair.starts_on) if told.starts_on else fair.ends_on),
        opens_at=told.opens_at or fair.opens_at,
        closes_at=told.closes_at or fair.closes_at,
        place=told.place or fair.place,
        changed_at=None,
    )
    change_fair(the_office(), changed, scope=ask.client.division, actor=ask.actor, revision=revision)
    return one(ask, key)


@group.put("/fairs/{key}/state", answer=FairShown, body=NewFairState, guarded=one, example={"state": "invited"})
def put_state(ask: Ask, key: int) -> Answer:
    """One step on or back; closing tells the cases what they have not heard of."""
    office, fair, state = the_office(), fair_here(ask, key), ask.body.state
    if state is not fair.state:
        move_fair(office, fair, state, actor=ask.actor)
    if state is FairState.CLOSED and ORDER.index(fair.state) < ORDER.index(state):
        feed(office, fair_here(ask, key), actor=ask.actor)
    return one(ask, key)

"""Booths of a fair: who stands where with which postings.

In: employers, numbers, postings. Out: booths in the order of the hall; a posting that is held never stands there.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from matcher.domain.fairs import Fair
from matcher.fairs.making import (
    BoothView,
    add_booth,
    booth_views,
    change_booth,
    offered_by,
    place_postings,
    remove_booth,
    take_posting,
)
from matcher.office import UnitOfWork
from web.api.declared import NO_CONTROL, ROOT, Answer, Ask, Count, Key
from web.api.groups.fairs.desk import fair_here, fair_of, group
from web.config import the_office

MOST_POSTINGS = 200
Number = Annotated[str, Meta(pattern=r"^([A-Z]{0,2}[0-9]{1,3})?$", max_length=5)]


class Standing(Struct):
    """A posting at a booth; `place` names it in results, `against` are codes of what speaks against it."""

    place: Key
    posting: Key
    title: str
    openings: Count | None
    blocked: bool
    against: list[str]


class BoothShown(Struct):
    """One booth; `position` is its place on the way through the hall."""

    key: Key
    number: str
    position: Count
    employer: str
    postings_here: list[Standing]


class NewBooth(Struct, forbid_unknown_fields=True):
    """An employer at a booth: without `posting_keys` with all of its open postings that may stand there."""

    employer: Annotated[str, Meta(min_length=1, max_length=80, pattern=NO_CONTROL)]
    number: Number = ""
    posting_keys: Annotated[list[Key], Meta(max_length=MOST_POSTINGS)] | None = None


class BoothChange(Struct, forbid_unknown_fields=True):
    """Another number."""

    number: Annotated[str, Meta(pattern=r"^[A-Z]{0,2}[0-9]{1,3}$", max_length=5)]


def _shown(view: BoothView) -> BoothShown:
    """A booth as clients see one."""
    standing = [
        Standing(
            place=one.at.key,
            posting=one.stored.key,
            title=one.stored.value.title,
            openings=one.stored.value.openings,
            blocked=one.blocked,
            against=[bad.flag or bad.code for bad in one.against],
        )
        for one in view.standing
    ]
    booth = view.booth
    return BoothShown(booth.key, booth.number, booth.position, booth.employer, standing)


def _views(unit: UnitOfWork, fair: Fair) -> list[BoothView]:
    """The booths of a fair."""
    return booth_views(the_office(), unit, fair)


@group.get("/fairs/{key}/booths", answer=list[BoothShown])
def booths(ask: Ask, key: int) -> Answer:
    """The booths in the order of the hall."""
    with the_office().reading() as unit:
        views = _views(unit, fair_of(unit, ask, key))
    return Answer([_shown(one) for one in views], subject=f"fair:{key}", fields="booths")


@group.get("/fairs/{key}/booths/{booth}", answer=BoothShown)
def one_booth(ask: Ask, key: int, booth: int) -> Answer:
    """One booth with its postings."""
    with the_office().reading() as unit:
        fair = fair_of(unit, ask, key)
        unit.fairs.booths.get(key, booth)
        view = next(one for one in _views(unit, fair) if one.booth.key == booth)
    return Answer(_shown(view), subject=f"fair:{key}", fields="booths")


@group.post("/fairs/{key}/booths", answer=BoothShown, body=NewBooth, status=201, once=True,
            example={"employer": "奈曼旗示例车间"})  # fmt: skip
def add_booth_(ask: Ask, key: int) -> Answer:
    """A booth for an employer, at the end of the hall."""
    office, fair, told = the_office(), fair_here(ask, key), ask.body
    made = add_booth(office, fair, told.employer, number=told.number, actor=ask.actor)
    wanted = told.posting_keys
    if wanted is None:
        with office.reading() as unit:
            offered = offered_by(office, unit, fair, unit.fairs.booths.get(key, made))
        wanted = [one.stored.key for one in offered if not one.blocked]
    try:
        place_postings(office, fair, made, wanted, actor=ask.actor)
    except Exception:
        remove_booth(office, fair, made, actor=ask.actor)  # the request is carried out whole or not at all
        raise
    return Answer(one_booth(ask, key, made).value, location=f"{ROOT}/fairs/{key}/booths/{made}", subject=f"fair:{key}")


@group.patch("/fairs/{key}/booths/{booth}", answer=BoothShown, body=BoothChange, guarded=one_booth,
             example={"number": "A07"})  # fmt: skip
def change_booth_(ask: Ask, key: int, booth: int) -> Answer:
    """Another number for a booth."""
    office, fair = the_office(), fair_here(ask, key)
    with office.reading() as unit:
        note = unit.fairs.booths.get(key, booth).note
    change_booth(office, fair, booth, number=ask.body.number, note=note, step=0, actor=ask.actor)
    return one_booth(ask, key, booth)


@group.delete("/fairs/{key}/booths/{booth}", answer=None, status=204, guarded=one_booth)
def remove_booth_(ask: Ask, key: int, booth: int) -> Answer:
    """A booth goes; one with results stays."""
    remove_booth(the_office(), fair_here(ask, key), booth, actor=ask.actor)
    return Answer(None, subject=f"fair:{key}")


@group.put("/fairs/{key}/booths/{booth}/postings/{posting}", answer=BoothShown)
def place(ask: Ask, key: int, booth: int, posting: int) -> Answer:
    """A posting stands at a booth; twice is once."""
    place_postings(the_office(), fair_here(ask, key), booth, [posting], actor=ask.actor)
    return one_booth(ask, key, booth)


@group.delete("/fairs/{key}/booths/{booth}/postings/{posting}", answer=None, status=204)
def take(ask: Ask, key: int, booth: int, posting: int) -> Answer:
    """A posting goes from a booth; one with results stays."""
    take_posting(the_office(), fair_here(ask, key), booth, posting, actor=ask.actor)
    return Answer(None, subject=f"fair:{key}")

"""A fair that comes in a file, brought together with what is here.

In: `Carried` and the office. Out: the fair made, or brought up to date: what only one side changed is taken, what both
changed stands as the later one noted it with the other beside it. Every row remembers the moment both sides last
agreed on (`base_at`), so a file read twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import BoothResult, Fair, Room, RouteStop, Visitor
from matcher.domain.posting import PostingState
from matcher.fairs.carrying import (
    Carried,
    CarriedBooth,
    CarriedPosting,
    CarriedVisitor,
    Merged,
    Ref,
    open_file,
    other_side,
)
from matcher.office import Office
from matcher.reading import read_posting
from matcher.store import UnitOfWork


@dataclass
class _Tally:
    """What was done."""

    added: int = 0
    changed: int = 0
    both: int = 0


def merge_fair(office: Office, content: bytes, passphrase: str, *, scope: str = "", actor: str) -> Merged:
    """Reads a file and brings it together with what is here, whole or not at all."""
    carried, tally = open_file(content, passphrase), _Tally()
    with office.unit(actor) as unit:
        here = unit.fairs.by_uid(carried.fair.uid)
        created = here is None
        fair_key = _fair(unit, carried.fair, here, tally)
        unit.fairs.get(fair_key, division=scope)
        keys = _postings(office, unit, carried.postings)
        at = _booths(unit, fair_key, carried.booths, keys, tally)
        people = _visitors(unit, fair_key, carried.visitors, keys, tally)
        _results(unit, fair_key, carried, at, people, tally)
        standing = {(one.home_code, one.village) for one in unit.fairs.stops(fair_key)}
        for stop in carried.stops:
            if (stop.home_code, stop.village) not in standing:
                unit.fairs.put_stop(fair_key, stop)
        _pins(unit, fair_key, carried)
        unit.audit.note("fair_merged", subject=f"fair:{fair_key}", fields=f"{tally.added}+{tally.changed}")
    return Merged(fair_key, created, tally.added, tally.changed, tally.both)


def newer(here: datetime | None, there: datetime | None, base: datetime | None) -> tuple[bool, bool]:
    """Whether what came is taken, and whether both sides have changed since they last agreed at `base`."""
    if here == there or there is None:
        return False, False
    both = base is None or (here != base and there != base)
    if not both:
        return here == base, False
    return here is None or there > here, True


def _fair(unit: UnitOfWork, came: Fair, here: Fair | None, tally: _Tally) -> int:
    """The fair itself."""
    if here is None:
        tally.added += 1
        return unit.fairs.add(replace(came, base_at=came.changed_at))
    take, _ = newer(here.changed_at, came.changed_at, came.base_at or here.base_at)
    if take:
        tally.changed += 1
        unit.fairs.change(replace(came, key=here.key, ref=here.ref, owner=here.owner, base_at=came.changed_at))
    return here.key


def _postings(office: Office, unit: UnitOfWork, came: tuple[CarriedPosting, ...]) -> dict[Ref, int]:
    """Keys of the postings, those that are not here added as they were."""
    keys: dict[Ref, int] = {}
    for one in came:
        ref = (one.posting.sender, one.posting.ref)
        known = unit.postings.by_source(ref[0]).get(ref[1])
        if known is None:
            facts = read_posting(one.posting, office.tools)
            keys[ref] = unit.postings.add(one.posting, facts)
            if one.cleared:
                unit.postings.clear(keys[ref])
            if one.state is not PostingState.OPEN:
                unit.postings.set_state(keys[ref], one.state, why="CARRIED")
        else:
            keys[ref] = known.key
    return keys


def _booths(
    unit: UnitOfWork, fair_key: int, came: tuple[CarriedBooth, ...], keys: Mapping[Ref, int], tally: _Tally
) -> dict[tuple[str, Ref], int]:
    """(booth, posting) → key at the booth; booths of the other side are added, theirs that changed are taken."""
    here = {one.uid: one for one in unit.fairs.booths.of(fair_key)}
    at: dict[tuple[str, Ref], int] = {}
    for one in came:
        booth, known = one.booth, here.get(one.booth.uid)
        if known is None:
            taken = {other.number for other in unit.fairs.booths.of(fair_key)}
            number = booth.number if booth.number not in taken else f"{booth.number}B"
            booth_key = unit.fairs.booths.add(fair_key, replace(booth, number=number, base_at=booth.changed_at))
            tally.added += 1
        else:
            booth_key = known.key
            take, _ = newer(known.changed_at, booth.changed_at, booth.base_at or known.base_at)
            if take:
                unit.fairs.booths.change(replace(booth, key=known.key, number=known.number, base_at=booth.changed_at))
                tally.changed += 1
        for ref in one.postings:
            at[booth.uid, ref] = unit.fairs.booths.put_posting(booth_key, keys[ref])
    return at


def _visitors(
    unit: UnitOfWork, fair_key: int, came: tuple[CarriedVisitor, ...], keys: Mapping[Ref, int], tally: _Tally
) -> dict[str, int]:
    """uid → key of the people; whoever arrived on one side has arrived, at the earlier time."""
    here = {one.uid: one for one in unit.fairs.visitors.of(fair_key)}
    fresh: list[Visitor] = []
    for one in came:
        visitor, known = _routed(one, keys), here.get(one.visitor.uid)
        if known is None:
            fresh.append(replace(visitor, base_at=visitor.changed_at))
            continue
        take, both = newer(known.changed_at, visitor.changed_at, visitor.base_at or known.base_at)
        arrived = min(filter(None, (known.arrived_at, visitor.arrived_at)), default=None)
        kept = known
        if take:
            phone = known.facts.phone if len(known.facts.phone) > len(visitor.facts.phone) else visitor.facts.phone
            facts = replace(visitor.facts, phone=phone)
            kept = replace(visitor, key=known.key, worker_key=known.worker_key, facts=facts, base_at=visitor.changed_at)
        if both:
            kept = replace(kept, arrived_at=arrived)
        if kept != known:
            unit.fairs.visitors.change(fair_key, kept)
            tally.changed += 1
    taken = unit.fairs.visitors.codes_taken([one.code for one in fresh])
    if taken:
        codes = iter(unit.fairs.visitors.new_codes(len(taken)))
        fresh = [replace(one, code=next(codes)) if one.code in taken else one for one in fresh]
    unit.fairs.visitors.add_many(fair_key, fresh)
    tally.added += len(fresh)
    return {one.uid: one.key for one in unit.fairs.visitors.of(fair_key)}


def _routed(came: CarriedVisitor, keys: Mapping[Ref, int]) -> Visitor:
    """A person whose way leads to the postings as they are called here."""
    stops = zip(came.visitor.facts.route, came.stops, strict=True)
    route: tuple[RouteStop, ...] = tuple(replace(stop, posting_key=keys[ref]) for stop, ref in stops if ref in keys)
    return replace(came.visitor, facts=replace(came.visitor.facts, route=route))


def _results(
    unit: UnitOfWork,
    fair_key: int,
    carried: Carried,
    at: Mapping[tuple[str, Ref], int],
    people: Mapping[str, int],
    tally: _Tally,
) -> None:
    """Results of the other side: new ones added, later ones taken, both kept in sight where both were changed."""
    here = {(one.visitor_key, one.booth_posting_key): one for one in unit.fairs.results.of(fair_key)}
    for one in carried.results:
        place = at.get((one.booth, one.posting))
        if one.visitor not in people or place is None:
            raise InputRefused("招聘会文件前后不一致，可能被改过；没有读入任何内容")
        came = replace(one.result, visitor_key=people[one.visitor], booth_posting_key=place)
        known = here.get((came.visitor_key, place))
        if known is None:
            unit.fairs.results.put(replace(came, base_at=came.at, other=None))
            tally.added += 1
        else:
            _together(unit, known, came, tally)


def _together(unit: UnitOfWork, known: BoothResult, came: BoothResult, tally: _Tally) -> None:
    """One result that both sides have."""
    take, both = newer(known.at, came.at, came.base_at or known.base_at)
    same = (known.result, known.reason, known.note) == (came.result, came.reason, came.note)
    kept = replace(came, key=known.key, uid=known.uid, base_at=came.at, other=known.other) if take else known
    if both and not same:
        kept = replace(kept, other=other_side(known if take else came))
    if replace(kept, fed=known.fed) != known:
        unit.fairs.results.put(kept)
        tally.changed += 1
        tally.both += both and not same


def _pins(unit: UnitOfWork, fair_key: int, carried: Carried) -> None:
    """PINs made before the fair left are good on the laptop too; ones made here stay."""
    for room, hashed, version in carried.pins:
        if hashed and not unit.fairs.pin(fair_key, Room(room))[0]:
            unit.fairs.put_pin(fair_key, Room(room), hashed, version=version)

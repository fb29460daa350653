"""Who should come to a fair: people whose fit to its postings is best, at most so many for each opening.

In: an office and a fair. Out: invitations with a slip code and a way through the hall each, stored whole; who has come
already, or has results, is kept as is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.aftercare.staying import records
from matcher.columns import PostingRow, WorkerRow
from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Fair, RouteStop, Visitor, VisitorFacts
from matcher.domain.intake.errands import Tell, untold
from matcher.domain.worker import Worker, WorkerFacts
from matcher.fairs.fitting import Fit, at_the_fair, explained, fits
from matcher.listings import age_band
from matcher.office import Office
from matcher.planning import entitle
from matcher.policy import PolicyAt
from matcher.reference.lexicon import Lexicon
from matcher.store import UnitOfWork
from matcher.store.fairs.visitors import TAIL
from matcher.stored_rows import posting_row, worker_row

OPEN_FAMILIES = frozenset({"home", "wish"})
"""Needs of these families may be told to a helper in the hall; the others tell of health."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting: people invited, people looked at, and openings nobody was found for."""

    people: int
    looked_at: int
    villages: int
    unfilled: int


def fair_rows(office: Office, unit: UnitOfWork, fair: Fair) -> list[PostingRow]:
    """The postings of a fair people may be sent to, in the order of the hall."""
    policy = office.policy.at(office.today())
    keys = list(dict.fromkeys(one.posting_key for one in unit.fairs.booths.postings(fair.key)))
    stored, cautions, known = unit.postings.many(keys), unit.checks.cautions(), records(office, unit, policy.on)
    rows = [
        posting_row(stored[key], office, cautions=cautions.get(key, ()), known=known) for key in keys if key in stored
    ]
    return at_the_fair(rows, policy)


def invite(office: Office, fair: Fair, *, actor: str, tell: Tell = untold) -> Invited:
    """Invites anew: the best people for each opening; earlier invitations nobody came for are taken back."""
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        rows = fair_rows(office, unit, fair)
        kept = [one for one in unit.fairs.visitors.of(fair.key) if one.arrived_at is not None or one.away]
        tell(0.1)
        people = _people(office, unit, fair, policy)
    tell(0.4)
    if not rows:
        raise InputRefused("还没有能进场的岗位，没有人可以邀请；先给摊位放上岗位")
    settled = {one.worker_key for one in kept if one.worker_key is not None}
    people = [person for person in people if person.key not in settled]
    chosen = share_out(fits(people, rows, policy), rows, policy)
    tell(0.8)
    stops = explained(people, rows, chosen, policy)
    routes: dict[int, list[RouteStop]] = {}
    for fit in sorted(chosen, key=lambda one: (one.person, one.posting)):
        routes.setdefault(fit.person, []).append(stops[fit.person, fit.posting])
    fresh = [_visitor(people[at], tuple(route), office, policy) for at, route in sorted(routes.items())]
    tell(0.95)
    with office.unit(actor) as unit:
        unit.fairs.visitors.uninvite(fair.key)
        standing = {one.worker_key for one in unit.fairs.visitors.of(fair.key)}
        fresh = [one for one in fresh if one.worker_key not in standing]
        codes = unit.fairs.visitors.new_codes(len(fresh))
        unit.fairs.visitors.add_many(
            fair.key, [replace(one, code=code) for one, code in zip(fresh, codes, strict=True)]
        )
        unit.audit.note("fair_invited", subject=f"fair:{fair.key}", fields=str(len(fresh)))
    taken = {fit.posting for fit in chosen}
    villages = {(one.home_code, one.village) for one in fresh}
    return Invited(len(fresh), len(people), len(villages), len(rows) - len(taken))


def share_out(found: Sequence[Fit], rows: Sequence[PostingRow], policy: PolicyAt) -> list[Fit]:
    """The best pairs first, until an opening has enough people or a person enough booths; one posting once."""
    each, unknown = policy.whole("fairs.invited_per_opening"), policy.whole("fairs.openings_unknown")
    room = [
        each * (row.openings_left if row.openings_left is not None else row.posting.openings or unknown) for row in rows
    ]
    most, has = policy.whole("fairs.booths_a_person"), Counter[int]()
    chosen = []
    for fit in found:
        if room[fit.posting] > 0 and has[fit.person] < most:
            room[fit.posting] -= 1
            has[fit.person] += 1
            chosen.append(fit)
    return chosen


def _people(office: Office, unit: UnitOfWork, fair: Fair, policy: PolicyAt) -> list[WorkerRow]:
    """People of the fair's division who are owed postings, with what each has said no to."""
    closed, most = unit.plans.answers.closed(None), policy.whole("fairs.people")
    rows: list[WorkerRow] = []
    for stored in unit.workers.all_for_planning(division=fair.division):
        if len(rows) >= most:
            break
        rows.append(worker_row(stored, office, policy.on, refused=closed.get(stored.key, frozenset())))
    return [person.row for person in entitle(rows, policy) if person.row.track.carries_postings]


def _visitor(person: WorkerRow, route: tuple[RouteStop, ...], office: Office, policy: PolicyAt) -> Visitor:
    """Somebody as invited."""
    worker = person.worker
    return Visitor(
        code="",
        worker_key=person.key,
        name=worker.name,
        home_code=worker.home.code,
        home_name=worker.home.name or worker.home.text,
        village=worker.village,
        invited=True,
        facts=replace(facts_for_fair(worker, person.facts, office.lexicon, policy), route=route),
    )


def facts_for_fair(worker: Worker, facts: WorkerFacts, lexicon: Lexicon, policy: PolicyAt) -> VisitorFacts:
    """What may go to a fair of a person: sex, age band, the end of the phone number, needs a helper may know."""
    sex = facts.sex.value or worker.sex
    told = [one.code for one in facts.constraints if _open_need(one.code, lexicon)]
    if facts.mongolian_first.value:
        told.append("LANG_MN_PREFERRED")
    return VisitorFacts(
        sex=sex.value if sex is not None else "",
        age_band=age_band(facts.birth_date.value or worker.birth_date, policy.on),
        phone="".join(sign for sign in worker.phone if sign.isdecimal())[-TAIL:],
        needs=tuple(dict.fromkeys(told)),
    )


def _open_need(code: str, lexicon: Lexicon) -> bool:
    """Whether a need may be told to a helper."""
    limit = lexicon.constraints.get(code)
    return limit is not None and not limit.private and limit.family in OPEN_FAMILIES

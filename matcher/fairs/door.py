"""The door of a fair: found by code, name, initials or the end of a phone number; checked in; walked in.

In: what is typed at the door. Out: visitors with a way through the hall; what a walk-in said is understood at once by
the same readers and matched by the same engine as everybody's texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.columns import PostingRow, WorkerRow
from matcher.domain.division import Place, Precision
from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Fair, FairState, RouteStop, Visitor, VisitorFacts
from matcher.domain.slip import read_slip_code
from matcher.domain.worker import Sex, Worker, WorkerFacts
from matcher.fairs.fitting import explained, fits, may_ask
from matcher.fairs.inviting import facts_for_fair, fair_rows
from matcher.listings import age_band
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.reading import read_worker
from matcher.reference.divisions import Gazetteer
from matcher.store import UnitOfWork
from matcher.store.views import PeopleWanted
from matcher.stored_rows import worker_row

MOST_FOUND = 8
LEAST_TYPED = 2
_PHONE = re.compile(r"\d{7,12}")
_AGES = range(14, 100)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What is typed of somebody who came without an invitation; only the name is asked for."""

    name: str
    village: str = ""
    can_do: str = ""
    sex: str = ""
    age: int | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a walk-in's words: codes by kind."""

    wished: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether no word was understood."""
        return not (self.wished or self.done or self.skills)


@dataclass(frozen=True, slots=True)
class Entered:
    """A walk-in in the hall."""

    visitor: Visitor
    understood: Understood
    only_ask: bool
    """Nothing suited by what was said; the way leads to booths where asking is open to everybody."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the office's own list who was not invited."""

    worker_key: int
    name: str
    village: str


def find(unit: UnitOfWork, fair: Fair, text: str, *, most: int = MOST_FOUND) -> list[Visitor]:
    """Visitors of a fair by what was typed; one hit by code, else those still expected first."""
    found = unit.fairs.visitors.find(fair.key, text, most=most * 3)
    return sorted(found, key=lambda one: (one.arrived_at is not None, one.name, one.key))[:most]


def is_code(text: str) -> bool:
    """Whether what was typed is a slip code."""
    return read_slip_code(text) is not None


def check_in(office: Office, fair: Fair, visitor_key: int, *, actor: str, back: bool = False) -> Visitor:
    """Somebody has arrived, or is taken back where the wrong line was tapped; twice changes nothing."""
    _must_be_open(fair)
    with office.unit(actor) as unit:
        visitor = unit.fairs.visitors.get(fair.key, visitor_key)
        if back and visitor.arrived_at is not None:
            if unit.fairs.results.of_visitor(visitor_key):
                raise InputRefused("这个人已经有摊位结果，不能撤销签到；没有改动")
            visitor = replace(visitor, arrived_at=None, arrived_by="", changed_at=None)
            unit.fairs.visitors.change(fair.key, visitor)
        elif not back and visitor.arrived_at is None:
            now = office.clock()
            visitor = replace(visitor, arrived_at=now, arrived_by=actor, away=False, changed_at=now)
            unit.fairs.visitors.change(fair.key, visitor)
    return visitor


def not_coming(office: Office, fair: Fair, visitor_key: int, *, away: bool, actor: str) -> None:
    """Somebody said not to come, or comes after all."""
    with office.unit(actor) as unit:
        visitor = unit.fairs.visitors.get(fair.key, visitor_key)
        unit.fairs.visitors.change(fair.key, replace(visitor, away=away, changed_at=None))


def complete(
    office: Office, fair: Fair, visitor_key: int, *, sex: str, age: int | None, phone: str, actor: str
) -> Visitor:
    """What was missing of somebody, asked at the door."""
    _must_be_open(fair)
    phone = _phone(phone)
    with office.unit(actor) as unit:
        visitor = unit.fairs.visitors.get(fair.key, visitor_key)
        known = visitor.facts
        facts = replace(
            known,
            sex=sex or known.sex,
            age_band=_band(age, office.today()) or known.age_band,
            phone=phone or known.phone,
        )
        visitor = replace(visitor, facts=facts, changed_at=None)
        unit.fairs.visitors.change(fair.key, visitor)
    return visitor


def missing(visitor: Visitor) -> tuple[str, ...]:
    """What is not known of a visitor and is asked at the door."""
    facts = visitor.facts
    asked = (("sex", facts.sex), ("age", facts.age_band), ("phone", facts.phone))
    return tuple(name for name, value in asked if not value)


def walk_in(office: Office, fair: Fair, typed: WalkIn, *, actor: str) -> Entered:
    """Somebody without an invitation: understood, matched to booths and checked in at once."""
    _must_be_open(fair)
    if not typed.name.strip():
        raise InputRefused("写上姓名就能进场；没有登记")
    phone, policy = _phone(typed.phone), office.policy.at(office.today())
    with office.reading() as unit:
        worker = _as_worker(office, fair, typed, unit.fairs.visitors.homes(fair.key))
        rows = fair_rows(office, unit, fair)
    facts = read_worker(worker, office.tools, read_on=policy.on)
    route, only_ask = _route(rows, WorkerRow(0, worker, facts), policy)
    known = VisitorFacts(
        sex=typed.sex,
        age_band=_band(typed.age, policy.on),
        phone=phone,
        can_do=typed.can_do.strip(),
        needs=facts_for_fair(worker, facts, office.lexicon, policy).needs,
        route=route,
    )
    return Entered(_let_in(office, fair, worker, None, known, actor), understood(facts), only_ask)


def _let_in(
    office: Office, fair: Fair, worker: Worker, worker_key: int | None, facts: VisitorFacts, actor: str
) -> Visitor:
    """Somebody new in the hall; found and matched before, so that the other tables of the door never wait."""
    now = office.clock()
    with office.unit(actor) as unit:
        visitor = Visitor(
            code=unit.fairs.visitors.new_codes(1)[0],
            worker_key=worker_key,
            name=worker.name,
            home_code=worker.home.code,
            home_name=worker.home.name or worker.home.text,
            village=worker.village,
            arrived_at=now,
            arrived_by=actor,
            changed_at=now,
            facts=facts,
        )
        return replace(visitor, key=unit.fairs.visitors.add_many(fair.key, [visitor])[0])


def known_people(unit: UnitOfWork, fair: Fair, text: str, *, whole: bool, most: int = MOST_FOUND) -> list[Known]:
    """People of the office's own list in the fair's division who are not on the fair's list.

    `whole`: only where the name was typed out, for rooms that are entered with a PIN.
    """
    words = "".join(text.split())
    if len(words) < LEAST_TYPED:
        return []
    rows, _ = unit.views.people(PeopleWanted(scope_division=fair.division, text=words), first=0, size=most)
    here = {one.worker_key for one in unit.fairs.visitors.of(fair.key)} if rows else set()
    found = [Known(row.key, row.name, row.village) for row in rows if row.key not in here]
    return [one for one in found if one.name == words] if whole else found


def enter_known(office: Office, fair: Fair, worker_key: int, *, actor: str) -> Visitor:
    """Somebody of the office's own list who was not invited: matched to booths and checked in."""
    _must_be_open(fair)
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        stored = unit.workers.get(worker_key, division=fair.division)
        here = next((one for one in unit.fairs.visitors.of(fair.key) if one.worker_key == worker_key), None)
        closed = unit.plans.answers.closed([worker_key]).get(worker_key, frozenset())
        rows = fair_rows(office, unit, fair)
    if here is not None:
        return check_in(office, fair, here.key, actor=actor)
    row = worker_row(stored, office, policy.on, refused=closed)
    route, _ = _route(rows, row, policy)
    facts = replace(facts_for_fair(stored.value, row.facts, office.lexicon, policy), route=route)
    return _let_in(office, fair, stored.value, worker_key, facts, actor)


def understood(facts: WorkerFacts) -> Understood:
    """What was understood of somebody's words."""
    return Understood(
        tuple(dict.fromkeys(one.code for one in facts.wished)),
        tuple(dict.fromkeys(one.occupation for one in facts.experience)),
        tuple(dict.fromkeys(one.skill for one in facts.skills)),
        facts.unlinked,
    )


def _route(rows: list[PostingRow], person: WorkerRow, policy: PolicyAt) -> tuple[tuple[RouteStop, ...], bool]:
    """The way through the hall, in its order, and whether it leads only to where asking is open."""
    most = policy.whole("fairs.booths_a_person")
    best = sorted(fits([person], rows, policy)[:most], key=lambda fit: fit.posting)
    if not best:
        return tuple(may_ask(person, rows, policy, most=most)), True
    stops = explained([person], rows, best, policy)
    return tuple(stops[fit.person, fit.posting] for fit in best), False


def _as_worker(office: Office, fair: Fair, typed: WalkIn, homes: Mapping[str, str]) -> Worker:
    """Somebody as if a roster had named them; `homes`: village → code of its township, as the invited tell it."""
    return Worker(
        ref="walk-in",
        sender="fair",
        name=typed.name.strip(),
        sex=Sex(typed.sex) if typed.sex else None,
        birth_date=_born(typed.age, office.today()),
        home=_home(office.gazetteer, fair, typed.village.strip(), homes),
        village=typed.village.strip(),
        remarks=typed.can_do.strip(),
    )


def _home(gazetteer: Gazetteer, fair: Fair, village: str, homes: Mapping[str, str]) -> Place:
    """Where somebody lives; of a whole county only that it is there, so that no distance is made up."""
    if village in homes:
        return gazetteer.place(homes[village])
    area = gazetteer.place(fair.division) if fair.division else Place()
    found = gazetteer.resolve(f"{area.name}{village}", within=fair.division) if village else area
    found = found if found.known else area
    if found.township:
        return found
    return replace(found, lat=None, lon=None, precision=Precision.NONE) if found.county else Place()


def _born(age: int | None, on: date) -> date | None:
    """A birth date of that age, in the middle of the year that is possible."""
    if age is None:
        return None
    if age not in _AGES:
        raise InputRefused(f"年龄“{age}”不对，写周岁，如 45；没有登记")
    return date(on.year - age, 1, 1)


def _band(age: int | None, on: date) -> str:
    """The band of an age."""
    return age_band(_born(age, on), on)


def _phone(text: str) -> str:
    """A phone number as digits."""
    digits = re.sub(r"[\s-]", "", text)
    if digits and not _PHONE.fullmatch(digits):
        raise InputRefused("电话号码只写数字，7到12位；没有登记，可以先空着")
    return digits


def _must_be_open(fair: Fair) -> None:
    """Nobody is checked in before the doors open or after they close."""
    if fair.state is not FairState.OPEN:
        raise InputRefused("招聘会没有开门（或已经收场），没有登记；请组织者先点“开门”")


def in_hall_order(visitor: Visitor, order: Sequence[int]) -> list[RouteStop]:
    """The stops of a visitor in the order of the hall as it is now; postings that are gone fall away."""
    at = {posting: place for place, posting in enumerate(order)}
    return sorted(
        (stop for stop in visitor.facts.route if stop.posting_key in at), key=lambda stop: at[stop.posting_key]
    )

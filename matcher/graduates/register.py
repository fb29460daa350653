"""What staff do with the Rain-Dew register: confirm, correct, contact, terms, publicity, pay.

In: an office, a scope, what was entered. Out: records changed, each with who did it; nothing is paid before the lists
of both levels came down, unless somebody says why it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.graduates import (
    Contact,
    Publicity,
    RainDew,
    Term,
    TrackKind,
    TrackState,
    Verdict,
)
from matcher.domain.service.publicity import Level
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork

_COUNTY = 6
_LEAST_WHY = 2
_MOST_OBJECTIONS, _MOST_PUPILS = 200, 5_000
_FINE = frozenset({Verdict.NONE, Verdict.DISMISSED})
"""How a publicity ends that lets the money go."""


def add_person(office: Office, scope: Scope, worker_key: int, kind: TrackKind, *, actor: str) -> None:
    """Puts somebody on the register by hand, confirmed."""
    with office.unit(actor) as unit:
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
        one = RainDew(worker_key=worker_key, kind=kind, state=TrackState.CONFIRMED, since=office.today(), basis="hand")
        if not unit.rain_dew.add_many([one]):
            raise InputRefused("这个人已经在雨露名册里，没有重复登记")
        unit.audit.note("rain_dew_added", subject=f"worker:{worker_key}")


def decide(office: Office, scope: Scope, workers: Sequence[int], state: TrackState, *, actor: str) -> int:
    """Confirms or refuses people who were proposed; how many."""
    with office.unit(actor) as unit:
        mine = {
            one.worker_key
            for one in unit.rain_dew.listed(
                state=TrackState.PROPOSED, division=scope.division, villages=scope.villages, limit=20_000
            )
        }
        many = unit.rain_dew.decide([one for one in workers if one in mine], state)
        unit.audit.note("rain_dew_decided", subject="rain_dew", fields=f"{state.value}:{many}")
    return many


def change(office: Office, scope: Scope, one: RainDew, *, actor: str) -> None:
    """What is now known of somebody on the register."""
    on = office.today()
    if one.graduation_on is not None and one.graduation_on > on and one.kind is TrackKind.GRADUATE:
        raise InputRefused("毕业日期还没有到，没有保存；还在读的请选“在读学生”")
    if one.outcome_on is not None and one.outcome_on > on:
        raise InputRefused("去向日期还没有到，没有保存；请写已经发生的那一天")
    with office.unit(actor) as unit:
        known = on_register(unit, scope, one.worker_key)
        unit.rain_dew.change(replace(one, since=known.since, basis=known.basis))
        unit.audit.note("rain_dew_changed", subject=f"worker:{one.worker_key}")


def contact(office: Office, scope: Scope, one: Contact, *, actor: str) -> None:
    """Keeps one contact."""
    if one.on > office.today():
        raise InputRefused("联系日期还没有到，没有保存；请写联系的那一天")
    if one.reached and not one.said:
        raise InputRefused("没有写说了什么，没有保存；联系上了就写一句近况")
    with office.unit(actor) as unit:
        on_register(unit, scope, one.worker_key)
        unit.graduate_contacts.add(one)
        unit.audit.note("graduate_contacted", subject=f"worker:{one.worker_key}")


def keep_term(office: Office, scope: Scope, term: Term, *, actor: str) -> None:
    """Keeps what is known of a term; money only after both lists came down, or with the reason why before."""
    if term.paid_on is not None and term.paid_on > office.today():
        raise InputRefused("发放日期还没有到，没有保存；请写钱发下去的那一天")
    with office.unit(actor) as unit:
        person = on_register(unit, scope, term.worker_key)
        early = ""
        if term.paid_on is not None:
            missing = publicity_missing(unit, person.home_code, person.village, term.term, on=term.paid_on)
            if missing and len(term.early) < _LEAST_WHY:
                where = "、".join("村级" if level is Level.VILLAGE else "旗县级" for level in missing)
                raise InputRefused(
                    f"{where}公示还没有结束，没有登记发放；请先做完公示。钱确实已经发了，就写明原因再保存"
                )
            early = term.early if missing else ""
        unit.rain_dew.put_term(replace(term, early=early))
        unit.audit.note("rain_dew_term", subject=f"worker:{term.worker_key}", fields=term.term)


def publicity_missing(unit: UnitOfWork, home_code: str, village: str, term: str, *, on: date) -> list[Level]:
    """The levels whose list of a term was not over on a day for people of a village."""
    hung = unit.term_notices.all(term=term)
    return missing_levels(hung, home_code, village, on=on)


def missing_levels(hung: Sequence[Publicity], home_code: str, village: str, *, on: date) -> list[Level]:
    """The same of lists that were read before."""
    done = set()
    for one in hung:
        over = one.closed_on is not None and one.closed_on <= on and one.verdict in _FINE
        if over and one.level is Level.VILLAGE and one.village == village and home_code.startswith(one.division):
            done.add(Level.VILLAGE)
        if over and one.level is Level.BANNER and one.division[:_COUNTY] == home_code[:_COUNTY]:
            done.add(Level.BANNER)
    return [level for level in Level if level not in done]


def publish(office: Office, scope: Scope, one: Publicity, *, actor: str) -> int:
    """A list hangs out; its key."""
    days = office.policy.at(office.today()).whole("graduates.publicity_days")
    if (one.notice_to - one.notice_from) < timedelta(days=days - 1):
        raise InputRefused(f"公示不满{days}天，没有保存；请把截止日期往后写（天数在“政策参数”里定）")
    if not lies_within(one.division, scope.division) or not one.division:
        raise InputRefused("没有选清在哪里公示，没有保存")
    if one.level is Level.VILLAGE and not one.village:
        raise InputRefused("村级公示没有写哪个嘎查村，没有保存")
    with office.unit(actor) as unit:
        pupils = unit.rain_dew.listed(
            TrackKind.PUPIL,
            state=TrackState.CONFIRMED,
            division=one.division,
            villages=(one.village,) if one.level is Level.VILLAGE else (),
            limit=_MOST_PUPILS,
        )
        hung = one if one.level is Level.VILLAGE else replace(one, village="")
        key = unit.term_notices.add(hung, [pupil.worker_key for pupil in pupils])
        unit.audit.note("rain_dew_published", subject=f"publicity:{key}", fields=one.term)
    return key


def take_down(
    office: Office, scope: Scope, key: int, *, objections: int, verdict: Verdict, said: str, actor: str
) -> None:
    """A list comes down after its days, with what was objected and what came of it."""
    on = office.today()
    with office.unit(actor) as unit:
        found = unit.term_notices.all(division=scope.division, key=key)
        if not found:
            raise RecordNotFound("没有这次公示，或不在您的范围内", ref=str(key))
        if on <= found[0].notice_to:
            raise InputRefused(f"公示要到 {found[0].notice_to.isoformat()} 才满，今天不能结束")
        if verdict is Verdict.OPEN:
            raise InputRefused("没有选公示的结果，没有保存")
        if verdict is not Verdict.NONE and (objections < 1 or len(said) < _LEAST_WHY):
            raise InputRefused("有异议的，请写几条、说了什么、怎么查的，没有保存")
        if objections > _MOST_OBJECTIONS:
            raise InputRefused(f"异议条数写多了（最多{_MOST_OBJECTIONS}条），没有保存")
        many = 0 if verdict is Verdict.NONE else objections
        unit.term_notices.close(key, on=on, objections=many, verdict=verdict, said=said)
        unit.audit.note("rain_dew_taken_down", subject=f"publicity:{key}", fields=verdict.value)


def on_register(unit: UnitOfWork, scope: Scope, worker_key: int) -> RainDew:
    """Somebody on the register within a scope; RecordNotFound where there is nobody."""
    found = unit.rain_dew.get(worker_key, division=scope.division, villages=scope.villages)
    if found is None:
        raise RecordNotFound("这个人不在雨露名册里，或不在您的范围内", ref=str(worker_key))
    return found

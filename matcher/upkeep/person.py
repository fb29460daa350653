"""One person's own data: handed out whole, or erased for good, also out of backups made before.

In: an office and a reference. Out: everything stored of the person as data; or nothing left of it, and a mark in the
list of erasures beside the key file, by which a restore of an older backup erases the person again.
"""

from __future__ import annotations

from typing import Any

import msgspec

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Visitor
from matcher.office import Office
from matcher.store import UnitOfWork
from matcher.upkeep.beside import Beside

_LIST = Beside("erased.jsonl", "marks")
"""Keyed marks of erased people, beside the key file and so apart from data and backups."""
_LEAST_REASON = 2
_PRINTINGS = 1_000


def export_person(office: Office, ref: str, *, reason: str) -> dict[str, Any]:
    """Everything stored of one person, ready for JSON; the handing out is noted in the audit record."""
    _needs(reason)
    with office.unit("cli") as unit:
        stored = unit.workers.by_ref(ref)
        found = {
            "exported_at": office.clock(),
            "person": stored.value,
            "understood": stored.facts,
            **_plans(unit, stored.key),
            **_told(unit, stored.key),
            **_work(unit, stored.key),
            **_money(unit, stored.key),
            **_watched(unit, stored.key),
            **_around(unit, stored.key),
            "conflicts": [conflict.sides.theirs for conflict in unit.slices.conflicts.about(stored.key)],
        }
        unit.audit.note("person_export", subject=f"worker:{stored.key}", purpose=reason)
    data: dict[str, Any] = msgspec.to_builtins(found)
    return data


def _plans(unit: UnitOfWork, key: int) -> dict[str, Any]:
    """Plans with what was answered to them, chosen by hand, printed and handed over."""
    plans = unit.plans.history(key)
    printed, papers = unit.papers.of_person(key, limit=_PRINTINGS), unit.papers.kept_of(key)
    return {
        "plans": [{"code": plan.code, "current": plan.current, "plan": plan.plan} for plan in plans],
        "answers": [answer for plan in plans for answer in unit.plans.answers.of_plan(plan.key)],
        "choices": unit.choices.of_worker(key),
        "printed": [{"kind": one.kind, "printed_at": one.done_at, "by": one.actor} for one in printed],
        "papers": [{"kind": part.kind, "says": msgspec.json.decode(part.body)} for part in papers],
        "notices": unit.catalogue.issues.of_person(key),
    }


def _told(unit: UnitOfWork, key: int) -> dict[str, Any]:
    """What was put right, said at the desk, changed in life; classes and fairs."""
    return {
        "corrections": unit.corrections.of_person(key),
        "changes": unit.life.of_person(key),
        "enrolments": unit.class_life.of_person(key),
        "said_at_the_desk": unit.concessions.standing([key]).get(key),
        "requests": unit.requests.of_person(key),
        "facts_told": unit.catalogue.answers.of_person(key),
        "fairs": [_at_fair(unit, visitor) for visitor in unit.fairs.visitors.of_worker(key)],
    }


def _work(unit: UnitOfWork, key: int) -> dict[str, Any]:
    """Slips, work as told with its proofs, calls, the case, monthly rounds."""
    after, file = unit.aftercare, unit.casefile
    return {
        "slips": after.returns.everything_of(key),
        "work": after.spells.of_people([key]).get(key, []),
        "calls": after.calls.of_person(key),
        "statements": file.details.of_people([key], all_of_them=True).get(key, []),
        "proofs": file.proofs.of_people([key], all_of_them=True).get(key, []),
        "case_file": file.events.of_people([key]).get(key, []),
        "rounds": after.rounds.of_person(key),
    }


def _watched(unit: UnitOfWork, key: int) -> dict[str, Any]:
    """The list of key assistance with its card, and what was done about alerts."""
    return {
        "key_list": unit.watching.entries.of_person(key),
        "key_card": unit.watching.cards.of_person(key),
        "alerts": unit.watching.cares.of_person(key),
    }


def _around(unit: UnitOfWork, key: int) -> dict[str, Any]:
    """Settlement, Rain-Dew register, work near home, cooperation."""
    return {
        "settlement": unit.settled_people.settlement_of(key),
        "rain_dew": unit.rain_dew.get(key),
        "terms": unit.rain_dew.terms_of([key]).get(key, []),
        "contacts": unit.graduate_contacts.of_people([key]).get(key, []),
        "near_home": _near_home(unit, key),
        "departures": unit.cooperation.travellers.where(worker_key=key),
        "rights": unit.cooperation.rights.where(worker_key=key),
        "contract_ends": unit.cooperation.contract_ends.where(worker_key=key),
    }


def _at_fair(unit: UnitOfWork, visitor: Visitor) -> dict[str, Any]:
    """One fair a person was invited to or came to, with what came of it."""
    return {"visit": visitor, "results": unit.fairs.results.of_visitor(visitor.key)}


def _near_home(unit: UnitOfWork, key: int) -> list[dict[str, Any]]:
    """Public-welfare posts and workshops, with the months and reviews of each."""
    members = unit.local_work.members.of_people([key]).get(key, [])
    keys = [one.key for one in members]
    sites = unit.local_work.sites.many({one.site_key for one in members})
    months, reviews = unit.local_work.members.months(keys), unit.local_work.members.reviews(keys)
    return [
        {
            "where": sites[one.site_key].name,
            "kind": sites[one.site_key].kind,
            "told": one,
            "months": months.get(one.key, []),
            "reviews": reviews.get(one.key, []),
        }
        for one in members
    ]


def _money(unit: UnitOfWork, worker_key: int) -> dict[str, Any]:
    """The claims of a person with their steps, those that name the person, and lines on notice boards."""
    claims = unit.claims.of_people([worker_key]).get(worker_key, ())
    boards = unit.publicities.of_person(worker_key)
    return {
        "claims": [{"claim": claim, "steps": unit.claims.steps(claim.key)} for claim in claims],
        "named_in_claims": [person for _, person in unit.claims.naming(worker_key)],
        "on_notice_boards": [{"notice": notice, "line": line} for notice, line in boards],
    }


def erase_person(office: Office, ref: str, *, reason: str) -> dict[str, int]:
    """Deletes one person with plans, answers and all else that hangs on them; how many rows of which table."""
    _needs(reason)
    with office.unit("cli") as unit:
        stored = unit.workers.by_ref(ref)
        marks = unit.workers.erasure_marks()[stored.key]
        gone = unit.workers.forget([stored.key])
        unit.audit.note("person_erased", subject=f"worker:{stored.key}", purpose=reason)
        remember_erased(office, marks)
    office.store.wipe_traces()
    return {table: rows for table, rows in gone.items() if rows}


def erase_again(office: Office) -> int:
    """Erases whoever an older backup brought back; how many people."""
    listed = erased_marks(office)
    if not listed:
        return 0
    with office.unit("cli") as unit:
        back = [key for key, marks in unit.workers.erasure_marks().items() if not listed.isdisjoint(marks)]
        if back:
            unit.workers.forget(back)
            unit.audit.note("erased_again", subject="database", fields=str(len(back)))
    office.store.wipe_traces()
    return len(back)


def _needs(reason: str) -> None:
    """Nobody's data are handed out or erased without a reason."""
    if len(reason.strip()) < _LEAST_REASON:
        raise InputRefused("请用 --reason 写明为什么（会记入审计），现在什么都没有做")


def remember_erased(office: Office, marks: tuple[str, ...]) -> None:
    """Adds marks to the list, safely on the disk before the erasure is."""
    _LIST.add(office, marks)


def erased_marks(office: Office) -> set[str]:
    """All marks of the list."""
    return _LIST.all(office)

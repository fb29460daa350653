"""Who stands in which ledger, and what happened in a month.

In: what is counted of a person, or the person. Out: yes or no; counted and opened people are told by the same words.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from matcher.domain.errors import InputRefused
from matcher.domain.localtime import local_date
from matcher.domain.plan import Track
from matcher.domain.service.ledgers import LedgerKind
from matcher.ledgers.subject import Subject
from matcher.ledgers.values.wishes import SOURCES as WISHES
from matcher.ledgers.values.work import told_of_work, worked_in, works_now
from matcher.reports.traits import Trait

OWED = frozenset(track.value for track in Track if track.carries_postings)


def counted_in(ledger: LedgerKind, one: Trait) -> bool:
    """Whether a person stands in a ledger, by what is counted of everybody."""
    if not one.here:
        return False
    if ledger is LedgerKind.NEEDS:
        return (not one.track and not one.in_work) or (one.track in OWED and one.missing > 0)
    if ledger is LedgerKind.SERVICE:
        return one.track in OWED
    if ledger is LedgerKind.WORK:
        return one.in_work or one.listed_work or bool(one.hired)
    return True


def stands_in(ledger: LedgerKind, subject: Subject) -> bool:
    """The same of a person who is opened anyway."""
    plan = subject.plan.plan if subject.plan is not None else None
    if ledger is LedgerKind.NEEDS:
        if plan is None:
            return not works_now(subject)
        return plan.track.carries_postings and plan.shortfall.missing > 0
    if ledger is LedgerKind.SERVICE:
        return plan is not None and plan.track.carries_postings
    if ledger is LedgerKind.WORK:
        return works_now(subject) or bool(subject.spells) or told_of_work(subject.ledger)
    return True


def month_span(month: str) -> tuple[date, date]:
    """The first and the last day of a month written YYYY-MM; InputRefused for anything else."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise InputRefused(f"月份不对：“{month[:10]}”；请写成 2026-06 的样子，什么都没有导出") from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def in_month(ledger: LedgerKind, subject: Subject, month: str) -> bool:
    """Whether something happened in a month: work, service, a plan, a wish confirmed, a record changed."""
    first, last = month_span(month)
    if ledger is LedgerKind.WORK:
        return worked_in(subject, first, last)
    changed = local_date(subject.stored.updated_at)
    days: list[date | None] = [changed]
    if ledger is LedgerKind.WISHES:
        known = WISHES["known_on"](subject)
        days = [known if isinstance(known, date) else None]
    if ledger in {LedgerKind.NEEDS, LedgerKind.SERVICE} and subject.plan is not None:
        days = [subject.plan.plan.made_on, subject.plan.printed_on]
    if ledger is LedgerKind.SERVICE:
        days += [slip.on for slip in subject.slips] + [spell.started_on for spell in subject.spells]
        days += [call.done_on for call in subject.calls]
    return any(day is not None and first <= day <= last for day in days)

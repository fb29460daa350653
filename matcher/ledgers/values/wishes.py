"""Columns about what somebody wants and what help is needed: 就业意向台账, 就业需求清单.

In: a `Subject`. Out: plain values; limits in the neutral words of domain 5.7, never their cause.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from matcher.domain.localtime import local_date
from matcher.domain.worker import Worker
from matcher.ledgers.columns import table
from matcher.ledgers.subject import Subject
from matcher.ledgers.values.person import Plain
from matcher.office import StoredWorker

_BETWEEN = "、"
_HOME_CODES = frozenset({"DAY_RETURN", "WEEKEND_HOME", "MAX_KM", "HOURS", "MIDDAY_HOME", "PART_TIME", "AT_HOME"})


def _families(subject: Subject) -> str:
    """The work wished as it was understood."""
    codes = dict.fromkeys(term.code for term in subject.facts.wished)
    return _BETWEEN.join(subject.around.names("occupation", code) for code in codes)


def _limits(subject: Subject) -> str:
    """Times and conditions somebody needs, by the names that may stand on a sheet."""
    codes = dict.fromkeys(limit.code for limit in subject.facts.constraints if limit.code in _HOME_CODES)
    return _BETWEEN.join(subject.around.names("constraint", code) for code in codes)


def _known_on(subject: Subject) -> date:
    """When somebody last said that this is so: in a month's round, else when the record was last changed."""
    changed = local_date(subject.stored.updated_at)
    return max(subject.month.confirmed_on, changed) if subject.month is not None else changed


def _ask_again(subject: Subject) -> bool:
    """Whether what somebody wants was asked too long ago."""
    days = subject.around.policy.whole("ledger.ask_again_days")
    return _known_on(subject) + timedelta(days=days) <= subject.around.today


def _found(subject: Subject) -> int | None:
    """How many postings the plan holds."""
    return None if subject.plan is None else len(subject.plan.plan.matches)


def _missing(subject: Subject) -> int | None:
    """How many are missing."""
    return None if subject.plan is None else subject.plan.plan.shortfall.missing


def _would_help(subject: Subject) -> str:
    """What would open more postings, and how many."""
    if subject.plan is None:
        return ""
    wording = subject.around.wording
    told = (f"{wording.text(one.code, **one.args)} +{one.postings}" for one in subject.plan.plan.shortfall.relaxations)
    return "；".join(told)


def needs(stored: StoredWorker, *, planned: bool) -> list[str]:
    """The codes of the help somebody needs (needs.csv), in the order of the table."""
    worker, facts = stored.value, stored.facts
    said = {
        "PLAN": not planned,
        "WISH": not worker.wish_text and not (facts and (facts.wished or facts.any_work.value)),
        "PAY": not worker.wage_text and not (facts and facts.wage_wish),
        "TRAINING": bool(worker.training_wish_text) or bool(facts and facts.training_wished),
        "NEAR": bool(worker.daily_return) or bool(facts and facts.holds("DAY_RETURN")),
        "HOURS": bool(facts and (facts.holds("HOURS") or facts.holds("PART_TIME") or facts.holds("MIDDAY_HOME"))),
        "LODGING": bool(facts and facts.holds("NEED_LODGING")),
        "RIDE": _no_ride(worker),
        "LANGUAGE": bool(facts and facts.mongolian_first.value),
        "PHONE": not worker.phone,
    }
    return [row["code"] for row in table("needs") if said[row["code"]]]


def _no_ride(worker: Worker) -> bool:
    """Whether nothing is known by which somebody could get to work."""
    return worker.transport is None and worker.willing_to_move is not True


def _needs(subject: Subject) -> str:
    """The help somebody needs, in words."""
    named = {row["code"]: row[subject.around.wording.language] for row in table("needs")}
    return _BETWEEN.join(named[code] for code in needs(subject.stored, planned=subject.plan is not None))


SOURCES: dict[str, Callable[[Subject], Plain]] = {
    "wished_families": _families,
    "limits_told": _limits,
    "known_on": _known_on,
    "ask_again": _ask_again,
    "found_postings": _found,
    "missing_postings": _missing,
    "would_help": _would_help,
    "needs_told": _needs,
    "plan_on": lambda one: None if one.plan is None else one.plan.plan.made_on,
}

"""Columns of the work ledger (脱贫人口务工台账): state, months, where, region class, channel, pay, who confirmed it.

In: a `Subject`. Out: plain values. Work somebody told of since goes before what the monitoring ledger said; what
neither says stays empty.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matcher.domain.division import Place
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.ladder import Channel
from matcher.domain.worker import IN_WORK, WorkStatus
from matcher.ledgers.columns import word
from matcher.ledgers.regions import region_between
from matcher.ledgers.subject import Subject
from matcher.ledgers.values.person import Plain, official_parts, outer_name
from matcher.local_work.served import months_served
from matcher.reference.divisions import Gazetteer

STATES = ("在务工", "曾务工", "未务工")
HIRED, OTHERWISE = "单位录用聘用人员", "其他形式务工就业人员"
_MONTH = 12


def works_now(subject: Subject) -> bool:
    """Whether somebody is in work today: by what was told of since, the roster's state, the ledger's place."""
    if any(one.ended_on is None for one in subject.spells):
        return True
    if subject.worker.work_status is not None:
        return subject.worker.work_status in IN_WORK
    return not subject.spells and told_of_work(subject.ledger) and subject.ledger.work_until is None


def told_of_work(ledger: Ledger) -> bool:
    """Whether the monitoring ledger names work at all."""
    return bool(ledger.work_place.text or ledger.work_area or ledger.work_from or ledger.work_months)


def worked_in(subject: Subject, since: date, until: date) -> bool:
    """Whether somebody worked between two days, as far as anybody told."""
    if subject.spells:
        return any(
            one.started_on <= until and (one.ended_on is None or one.ended_on >= since) for one in subject.spells
        )
    began, ended = subject.ledger.work_from, subject.ledger.work_until
    if began is not None or ended is not None:
        return (began is None or began <= until) and (ended >= since if ended is not None else works_now(subject))
    return works_now(subject) and since <= subject.around.today <= until


def _state(subject: Subject) -> str:
    """In work, was in work, never was."""
    if works_now(subject):
        return STATES[0]
    return STATES[1] if subject.spells or told_of_work(subject.ledger) else STATES[2]


def _from(subject: Subject) -> date | None:
    """When the work began."""
    return subject.spell.started_on if subject.spell else subject.ledger.work_from


def _until(subject: Subject) -> date | None:
    """When it ended."""
    return subject.spell.ended_on if subject.spell else subject.ledger.work_until


def _months(subject: Subject) -> int | None:
    """How many months: as told, else from the first to the last, begun ones counted."""
    began, ended = _from(subject), _until(subject)
    if subject.spell is None and subject.ledger.work_months is not None:
        return subject.ledger.work_months
    if began is None:
        return None
    last = min(ended or subject.around.today, subject.around.today)
    return max(0, (last.year - began.year) * _MONTH + last.month - began.month + 1)


def work_place(subject: Subject) -> Place:
    """Where somebody works."""
    spell = subject.spell
    if spell is not None and spell.place:
        found = subject.around.gazetteer.resolve(spell.place)
        return found if found.known or not subject.ledger.work_place.known else subject.ledger.work_place
    return subject.ledger.work_place


def _place_part(subject: Subject, which: int) -> str:
    """Province, city or banner of the work, as somebody stated it, else by the divisions of the place."""
    detail = subject.detail
    stated = (detail.province, detail.city, detail.county) if detail is not None else ("", "", "")
    return stated[which] if any(stated) else _three(subject.around.gazetteer, work_place(subject))[which]


def _region(subject: Subject) -> str:
    """The region class as somebody stated it, else between home and work, else as the ledger says it."""
    stated = word("region", subject.detail.region) if subject.detail is not None else ""
    return stated or region_between(subject.worker.home, work_place(subject)) or subject.ledger.work_area


def _employer(subject: Subject) -> str:
    """Where somebody is hired."""
    stated = subject.detail.employer if subject.detail is not None else ""
    return stated or (subject.spell.employer if subject.spell else "")


def _channel(subject: Subject) -> str:
    """By which way the work came: as stated, else that of the posting; a public-welfare post is one."""
    if subject.detail is not None and subject.detail.channel:
        return word("channel", subject.detail.channel)
    spell = subject.spell
    if spell is not None and spell.posting_key is not None and spell.posting_key in subject.kinds:
        return word("kind", subject.kinds[spell.posting_key].value)
    return word("channel", Channel.PUBLIC_POST.value) if subject.worker.public_post else ""


def _form(subject: Subject) -> str:
    """Hired, or otherwise."""
    status = subject.worker.work_status
    if not works_now(subject):
        return ""
    return HIRED if status is WorkStatus.EMPLOYED or (subject.spell and subject.spell.employer) else OTHERWISE


def _industry(subject: Subject) -> str:
    """The class of industry, where somebody stated it."""
    return word("industry", subject.detail.industry) if subject.detail is not None else ""


def _post_kind(subject: Subject) -> str:
    """Whether somebody holds a public-welfare post, or held one before."""
    return "乡村公益性岗位" if subject.worker.public_post or subject.posts else ""


def _post_months(subject: Subject) -> int | None:
    """How many months somebody served at public-welfare posts, as the register of work near home knows them."""
    return months_served(subject.posts, subject.around.today) or None


def _income(subject: Subject) -> float | None:
    """The monthly pay: as verified or stated of the work, of the month's round, of the ledger."""
    told = (subject.detail.yuan if subject.detail is not None else None, subject.spell.yuan if subject.spell else None)
    month = subject.month.state.yuan if subject.month is not None else None
    return next((yuan for yuan in (*told, month) if yuan), None) or subject.ledger.income_yuan_per_month


def _verified_by(subject: Subject) -> str:
    """Who confirmed the state last."""
    if subject.detail is not None and subject.detail.verified:
        return subject.detail.actor
    if subject.month is not None:
        return subject.month.actor
    return subject.worker.guide_name


def _verified_how(subject: Subject) -> str:
    """How it was confirmed."""
    if subject.detail is not None and subject.detail.verified:
        return word("verified", subject.detail.verified_how) or subject.detail.verified_how
    if subject.month is not None:
        return "每月调度"
    return word("said", subject.spell.said_by.value) if subject.spell else ""


def _verified_on(subject: Subject) -> date | None:
    """When it was confirmed."""
    if subject.detail is not None and subject.detail.verified:
        return subject.detail.told_on
    return subject.month.confirmed_on if subject.month is not None else None


def _told(subject: Subject, which: int) -> str:
    """Province, city, banner of the work as three cells, where a roster named it so; else the place in one cell."""
    place = subject.ledger.work_place
    three = _three(subject.around.gazetteer, place)
    in_three = bool(place.text) and "".join(dict.fromkeys(part for part in three if part)) == place.text
    if which < len(three):
        return three[which] if in_three else ""
    return "" if in_three else place.text


def _three(gazetteer: Gazetteer, place: Place) -> tuple[str, str, str]:
    """The official names of province, city and banner of a place."""
    code = place.code
    return outer_name(gazetteer, code, 2), outer_name(gazetteer, code, 4), official_parts(gazetteer, code)[0]


SOURCES: dict[str, Callable[[Subject], Plain]] = {
    "told_province": lambda one: _told(one, 0),
    "told_city": lambda one: _told(one, 1),
    "told_county": lambda one: _told(one, 2),
    "told_place": lambda one: _told(one, 3),
    "work_state": _state,
    "work_from": _from,
    "work_until": _until,
    "work_months": _months,
    "work_province": lambda one: _place_part(one, 0),
    "work_city": lambda one: _place_part(one, 1),
    "work_county": lambda one: _place_part(one, 2),
    "work_region": _region,
    "work_employer": _employer,
    "work_channel": _channel,
    "work_form": _form,
    "work_industry": _industry,
    "work_income": _income,
    "public_post_kind": _post_kind,
    "public_post_months": _post_months,
    "verified_by": _verified_by,
    "verified_how": _verified_how,
    "verified_on": _verified_on,
}

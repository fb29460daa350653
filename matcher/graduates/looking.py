"""Who belongs on the Rain-Dew register by the rosters: proposals that staff confirm.

In: an office and a division. Out: people proposed as able to enter school, pupil or graduate, with what that rests on;
whoever is on the register already, also as refused, stays as decided.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files

from matcher.domain.intake.errands import Tell, untold
from matcher.domain.localtime import full_years
from matcher.domain.service.around.graduates import RainDew, TrackKind, TrackState
from matcher.domain.worker import HouseholdType, Worker, WorkerFacts
from matcher.listings import watched
from matcher.office import Office, StoredWorker
from matcher.policy import PolicyAt
from matcher.reading.days import named_days
from matcher.reading.folding import fold
from matcher.reference.lexicon import load_lexicon

_VOCATIONAL = re.compile(r"中职|中专|职高|职业|技校|技工|技师|高职|大专|专科")
_NEAR = 10
"""Characters between a day and the word 毕业 that still belong together."""
_SUMMER = 6
"""The month schools finish in, where only the year is told."""
_OLDEST_PUPIL = 30
"""Whoever is older and at school is no pupil of the plan by age alone: staff add them by hand."""


def look(office: Office, division: str, *, actor: str, tell: Tell = untold) -> tuple[int, int]:
    """Reads everybody of a division once; how many belong on the register, and how many of them are new."""
    on = office.today()
    policy = office.policy.at(on)
    with office.reading() as unit:
        people = watched(unit, division, lambda share: tell(0.9 * share))
        seen = [one for stored in people if (one := proposal(stored, policy)) is not None]
    tell(0.9)
    with office.unit(actor) as unit:
        fresh = unit.rain_dew.add_many(seen)
        unit.audit.note("rain_dew_look", subject=f"division:{division}", fields=str(fresh))
    return len(seen), fresh


def proposal(stored: StoredWorker, policy: PolicyAt) -> RainDew | None:
    """One person as the register would have it, None for somebody it is not about."""
    worker, facts = stored.value, stored.facts
    if worker.household_type is HouseholdType.ORDINARY and worker.monitor_category is None:
        return None
    kind, basis = _kind(worker, facts, policy)
    if kind is None:
        return None
    graduated = graduation_of(worker, policy.on) if kind is TrackKind.GRADUATE else None
    return RainDew(
        worker_key=stored.key,
        kind=kind,
        state=TrackState.PROPOSED,
        graduation_on=graduated,
        since=policy.on,
        wishes=fields_wished(facts),
        school=worker.school_status if kind is TrackKind.PUPIL else "",
        basis=basis,
    )


def _kind(worker: Worker, facts: WorkerFacts | None, policy: PolicyAt) -> tuple[TrackKind | None, str]:
    """What somebody would be on the register, and by which words of the roster."""
    if facts is not None and facts.situation("GRADUATE") is not None:
        return TrackKind.GRADUATE, "remarks"
    born = worker.birth_date or (facts.birth_date.value if facts is not None else None)
    age = None if born is None else full_years(born, policy.on)
    if worker.school_status:
        young = age is None or age < _OLDEST_PUPIL
        return (TrackKind.PUPIL, "school_status") if young and _VOCATIONAL.search(worker.school_status) else (None, "")
    at_school = facts is not None and facts.at_school.value is True
    low, adult = policy.number("entitlement.age_min"), policy.number("entitlement.age_adult")
    if age is not None and low <= age < adult and not at_school:
        return TrackKind.ENTRANT, "age"
    return None, ""


def graduation_of(worker: Worker, on: date) -> date | None:
    """The day of graduation a roster tells, None where it does not or where that day is still to come; of a year alone
    the month in which schools finish is taken."""
    for text in (worker.remarks, worker.education_text, worker.certificates_text, worker.experience_text):
        folded = fold(text).text
        at = folded.find("毕业")
        near = [one for one in named_days(folded, on) if 0 <= at - one.end <= _NEAR and at >= 0]
        if near:
            day = date(near[-1].year, near[-1].month or _SUMMER, near[-1].day or 1)
            return day if day <= on else None
    return None


@lru_cache(maxsize=1)
def fields() -> dict[str, frozenset[str]]:
    """Field of the notice → codes of its occupations."""
    text = files("matcher.graduates").joinpath("fields.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), strict=True))
    occupations = load_lexicon().occupations
    return {
        field: frozenset(
            code
            for code, one in occupations.items()
            if one.family in {row["family"] for row in rows if row["field"] == field}
        )
        for field in dict.fromkeys(row["field"] for row in rows)
    }


def fields_wished(facts: WorkerFacts | None) -> tuple[str, ...]:
    """The fields of the notice among what somebody wishes."""
    wished = {term.code for term in facts.wished} if facts is not None else set()
    return tuple(field for field, codes in fields().items() if _meets(wished, codes))


def _meets(wished: Iterable[str], codes: frozenset[str]) -> bool:
    """Whether an occupation of a field is wished, by itself or by its family."""
    occupations = load_lexicon().occupations
    families = {occupations[code].family for code in codes}
    return any(code in codes or code in families for code in wished)

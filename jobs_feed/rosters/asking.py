"""What the columns of one person contradict: questions to the coordinator, never a silent fix (domain, section 4).

In: a person as known after an import, the office's limits and a day. Out: questions as codes with arguments; no
question names an illness, a class of monitoring or anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.facts import Phrase
from matcher.domain.localtime import full_years
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.worker import IN_WORK, Health, HouseholdType, LabourSkill, Worker, WorkStatus
from matcher.policy import PolicyAt

WEAK = frozenset({LabourSkill.WEAK, LabourSkill.LOST, LabourSkill.NONE})
ABLE = frozenset({LabourSkill.ORDINARY, LabourSkill.SKILLED, LabourSkill.WEAK})
_HIRED = frozenset({WorkStatus.EMPLOYED, WorkStatus.FLEXIBLE})
_NEAR_AREAS = ("乡镇内", "乡内", "镇内", "县内", "旗内")
_ABROAD = "境外"
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The numbers of the policy that questions are asked by."""

    age_least: int
    age_until: int
    age_most: int
    income_least: float
    same_income_share: float
    same_income_people: int
    measure_months: int
    covered_share: float
    case_working_days: int
    first_contact_days: int

    @classmethod
    def of(cls, policy: PolicyAt) -> Limits:
        """The limits in force on a day."""
        return cls(
            age_least=policy.whole("entitlement.age_min"),
            age_until=policy.whole("entitlement.age_on_request"),
            age_most=policy.whole("roster.age_most"),
            income_least=policy.number("roster.income_least"),
            same_income_share=policy.number("roster.same_income_share"),
            same_income_people=policy.whole("roster.same_income_people"),
            measure_months=policy.whole("roster.measure_months"),
            covered_share=policy.number("roster.covered_share"),
            case_working_days=policy.whole("case.open_working_days"),
            first_contact_days=policy.whole("key_list.first_contact_days"),
        )


def ask_person(worker: Worker, limits: Limits, on: date) -> list[Phrase]:
    """Everything to be asked about one person."""
    found = list(_about_person(worker, limits, on))
    if worker.ledger is not None:
        found += _about_work(worker, worker.ledger, limits)
        found += _about_help(worker, worker.ledger, limits, on)
    return found


def works_away(worker: Worker) -> bool:
    """Whether somebody is known to work outside the home township."""
    ledger = worker.ledger
    if ledger is None or not _in_work(worker, ledger):
        return False
    if ledger.work_area:
        return not ledger.work_area.startswith(("乡镇内", "乡内", "镇内", "苏木内"))
    place, home = ledger.work_place, worker.home
    return bool(place.code) and place.code[:9] != home.code[:9] and bool(home.code)


def work_county(worker: Worker) -> str:
    """The county somebody works in now, "" where it is not known or nobody works."""
    ledger = worker.ledger
    return ledger.work_place.county if ledger is not None and _in_work(worker, ledger) else ""


def _in_work(worker: Worker, ledger: Ledger) -> bool:
    """Whether the ledger's work is work of today."""
    if worker.work_status is not None:
        return worker.work_status in IN_WORK
    return bool(ledger.work_place.text or ledger.work_area) and ledger.work_until is None


def _about_person(worker: Worker, limits: Limits, on: date) -> Iterator[Phrase]:
    """Age, school, labour, posts."""
    age = None if worker.birth_date is None else full_years(worker.birth_date, on)
    if age is not None and age >= limits.age_most:
        yield Phrase("VERIFY_AGE", {"age": age})
    if worker.school_status and worker.education is not None:
        yield Phrase("VERIFY_SCHOOL")
    of_age = age is not None and limits.age_least <= age < limits.age_until
    if worker.health == (Health.HEALTHY,) and worker.labour_skill in WEAK and of_age and not worker.school_status:
        yield Phrase("VERIFY_LABOUR")
    unable = worker.labour_skill in WEAK - ABLE and worker.work_status in _HIRED
    if unable or (worker.labour_skill is LabourSkill.WEAK and works_away(worker)):
        yield Phrase("VERIFY_WORKING")
    if worker.public_post and age is not None and age < limits.age_least:
        yield Phrase("VERIFY_YOUNG_POST", {"years": limits.age_least})
    if worker.household_type is HouseholdType.ORDINARY and worker.monitor_category is not None:
        yield Phrase("VERIFY_HOUSEHOLD_TYPE")


def _about_work(worker: Worker, ledger: Ledger, limits: Limits) -> Iterator[Phrase]:
    """Place, months, phone and pay of work."""
    placed = bool(ledger.work_place.text or ledger.work_area)
    timed = bool(ledger.work_months) or ledger.work_from is not None
    if placed and not timed:
        yield Phrase("VERIFY_NO_MONTHS")
    if timed and not placed:
        yield Phrase("VERIFY_NO_PLACE")
    if works_away(worker) and not _MOBILE.search(worker.phone):
        yield Phrase("VERIFY_AWAY_PHONE")
    abroad = ledger.work_area == _ABROAD or _ABROAD in ledger.work_place.text
    if ledger.work_place.text and not ledger.work_place.county and not abroad:
        yield Phrase("VERIFY_WORK_COUNTY")
    income = ledger.income_yuan_per_month
    if income is not None and income < limits.income_least and _in_work(worker, ledger):
        yield Phrase("VERIFY_INCOME_LOW", {"least": int(limits.income_least)})


def _about_help(worker: Worker, ledger: Ledger, limits: Limits, on: date) -> Iterator[Phrase]:
    """Subsidies claimed, and help that is owed."""
    amount = ledger.transport_yuan_per_year
    if ledger.transport_claimed and not amount:
        yield Phrase("VERIFY_TRANSPORT_ZERO")
    if (ledger.transport_claimed or amount) and _in_own_county(worker, ledger):
        yield Phrase("VERIFY_TRANSPORT_NEAR")
    waiting = ledger.identified_on is not None and _months_later(ledger.identified_on, limits.measure_months) <= on
    monitored = worker.household_type is HouseholdType.MONITORED and ledger.risk_cleared is not True
    if waiting and monitored and worker.labour_skill in ABLE and not ledger.measures:
        yield Phrase("VERIFY_NO_MEASURE")


def _in_own_county(worker: Worker, ledger: Ledger) -> bool:
    """Whether the work lies in the county of the home."""
    county = ledger.work_place.county
    if county and worker.home.county:
        return county == worker.home.county
    return any(area in ledger.work_area for area in _NEAR_AREAS)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; days after the 28th count as the 28th."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, min(day.day, 28))

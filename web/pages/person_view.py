"""What stands on a person's page beside the plan, by role.

In: a worker and the facts known. Out: rows of label and value; a coordinator gets an age band, never numbers. What was
understood of the texts stands in intake/facts.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.localtime import full_years
from matcher.domain.worker import Worker, WorkerFacts
from matcher.listings import age_band
from web.pages.presentation import masked_id, masked_phone
from web.phrases import t


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the profile."""

    label: str
    value: str
    estimated: bool = False


def profile_rows(worker: Worker, facts: WorkerFacts, today: date, *, identity: bool) -> list[Row]:
    """Who it is, as the role may see it."""
    rows = [_age_row(facts, today, identity=identity)]
    if identity:
        rows += [
            Row("PAGE_SEX", t(f"PAGE_SEX_{facts.sex.value.name}") if facts.sex.value else ""),
            Row("PAGE_ID_NUMBER", masked_id(worker.id_number)),
            Row("PAGE_PHONE", masked_phone(worker.phone)),
            Row("PAGE_HOUSEHOLD", t(f"PAGE_HOUSEHOLD_{worker.household_type.name}") if worker.household_type else ""),
            Row("PAGE_LABOUR", t(f"PAGE_LABOUR_{worker.labour_skill.name}") if worker.labour_skill else ""),
        ]
    education = facts.education.value
    rows += [
        Row("PAGE_EDUCATION", t(f"PAGE_EDUCATION_{education.name}") if education is not None else ""),
        Row("PAGE_WORK_STATUS", t(f"PAGE_WORK_STATUS_{worker.work_status.name}") if worker.work_status else ""),
        Row("PAGE_TRANSPORT", t(f"PAGE_TRANSPORT_{facts.transport.value.name}") if facts.transport.value else ""),
        Row("PAGE_GUIDE", worker.guide_name),
    ]
    return rows


def _age_row(facts: WorkerFacts, today: date, *, identity: bool) -> Row:
    """The age, for coordinators as a band."""
    birth = facts.birth_date.value
    if birth is None:
        return Row("PAGE_AGE", "")
    shown = t("PAGE_YEARS", years=full_years(birth, today)) if identity else age_band(birth, today)
    return Row("PAGE_AGE", shown, estimated=facts.birth_estimated)

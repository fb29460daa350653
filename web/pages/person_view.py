"""What stands on a person's page beside the plan, by role.

In: a worker and the facts read from the texts. Out: rows of label and value; a coordinator gets an age band and
the needs, never numbers, texts or causes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.facts import Evidence, Fact
from matcher.domain.localtime import clock
from matcher.domain.worker import Constraint, Worker, WorkerFacts
from matcher.listings import age_band
from web.pages.presentation import age_on, day_text, evidence_text, masked_id, masked_phone, named
from web.phrases import t

TEXT_FIELDS = (
    ("技能特长", "skills_text"),
    ("证书", "certificates_text"),
    ("工作经历", "experience_text"),
    ("意向工种", "wish_text"),
    ("意向地区", "wish_place_text"),
    ("期望月薪", "wage_text"),
    ("家庭照料", "care_text"),
    ("培训意愿", "training_wish_text"),
    ("语言", "language_text"),
    ("健康状况", "health_text"),
    ("情况说明", "remarks"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the profile."""

    label: str
    value: str
    evidence: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of the roster, with the words that facts rest on."""

    label: str
    text: str
    evidence: tuple[Evidence, ...]


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
    shown = t("PAGE_YEARS", years=age_on(birth, today)) if identity else age_band(birth, today)
    return Row("PAGE_AGE", shown, estimated=facts.birth_estimated)


def need_texts(facts: WorkerFacts) -> list[Row]:
    """The limits in neutral words; private causes name only the column."""
    return [Row(_constraint_text(one), "", evidence_text(one.evidence)) for one in facts.constraints]


def _constraint_text(constraint: Constraint) -> str:
    """A limit with its numbers and end."""
    name, values = named("constraint", constraint.code), constraint.values
    if constraint.code == "MAX_KM" and values:
        name = t("PAGE_NEED_KM", km=values[0])
    elif constraint.code == "HOURS" and len(values) == 2:
        name = t("PAGE_NEED_HOURS", start=clock(values[0]), end=clock(values[1]))
    elif constraint.code == "PART_TIME" and values:
        name = t("PAGE_NEED_PART_TIME", hours=values[0])
    elif constraint.code == "SEASONAL" and len(values) == 2:
        name = t("PAGE_NEED_SEASON", first=values[0], last=values[1])
    if constraint.since:
        name = t("PAGE_NEED_SINCE", need=name, day_on=constraint.since.isoformat())
    return t("PAGE_NEED_UNTIL", need=name, day_on=constraint.until.isoformat()) if constraint.until else name


def understood_rows(facts: WorkerFacts) -> list[Row]:
    """What was understood of abilities and wishes, each with its words."""
    rows = [*_experience_rows(facts), *_skill_rows(facts)]
    for label, terms in (
        ("PAGE_WISHED", facts.wished),
        ("PAGE_REFUSED", facts.refused),
        ("PAGE_TRAINED", facts.trained),
        ("PAGE_TRAINING_WISHED", facts.training_wished),
    ):
        rows += [Row(label, named("occupation", term.code), evidence_text(term.evidence)) for term in terms]
    rows += [
        Row("PAGE_WISHED_PLACE", place.name or place.text, evidence_text([evidence]))
        for place, evidence in facts.wished_places
    ]
    if facts.wage_wish is not None:
        wish = facts.wage_wish
        rows.append(
            Row("PAGE_WAGE_WISH", t("PAGE_YUAN_MONTH", yuan=round(wish.yuan_per_month)), evidence_text(wish.evidence))
        )
    rows += _yes_no_rows(facts)
    return rows


def _experience_rows(facts: WorkerFacts) -> Iterator[Row]:
    """Work done; what is over says so."""
    for one in facts.experience:
        trade = named("occupation", one.occupation)
        value = trade if one.years is None else t("PAGE_TRADE_YEARS", trade=trade, years=one.years)
        yield Row("PAGE_EXPERIENCE" if one.current else "PAGE_EXPERIENCE_OVER", value, evidence_text(one.evidence))


def _skill_rows(facts: WorkerFacts) -> Iterator[Row]:
    """Skills and certificates, with their end where the text states it."""
    for one in facts.skills:
        value = named("skill", one.skill)
        if one.valid_to is not None:
            value = t("PAGE_VALID_TO", skill_name=value, day=day_text(one.valid_to))
        yield Row("PAGE_SKILL", value, evidence_text(one.evidence))


def _yes_no_rows(facts: WorkerFacts) -> Iterator[Row]:
    """Facts that are yes or no; unknown ones are left to the questions."""
    flags: Iterable[tuple[str, Fact[bool]]] = (
        ("PAGE_WILLING_TO_MOVE", facts.willing_to_move),
        ("PAGE_SPEAKS_MANDARIN", facts.speaks_mandarin),
        ("PAGE_MONGOLIAN_FIRST", facts.mongolian_first),
    )
    for label, fact in flags:
        if fact.value is not None:
            yield Row(label, t(f"VALUE_{fact.value}".upper()), evidence_text(fact.evidence))


def text_rows(worker: Worker, facts: WorkerFacts) -> list[TextRow]:
    """The texts of the roster, verbatim, with the evidence that lies in each."""
    evidence = list(_all_evidence(facts))
    return [
        TextRow(label, text, tuple(one for one in evidence if one.field == label))
        for label, attribute in TEXT_FIELDS
        if (text := getattr(worker, attribute))
    ]


def _all_evidence(facts: WorkerFacts) -> Iterator[Evidence]:
    """Every piece of evidence any fact rests on."""
    groups = (
        facts.experience,
        facts.skills,
        facts.wished,
        facts.refused,
        facts.training_wished,
        facts.trained,
        facts.constraints,
        facts.situations,
    )
    for group in groups:
        for one in group:
            yield from one.evidence
    for _, evidence in facts.wished_places:
        yield evidence
    if facts.wage_wish is not None:
        yield from facts.wage_wish.evidence
    for fact in (
        facts.birth_date,
        facts.willing_to_move,
        facts.speaks_mandarin,
        facts.mongolian_first,
        facts.transport,
    ):
        yield from fact.evidence

"""Postings: the list and one posting with what was understood of it.

In: filters. Out: pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template

from jobs_feed.sameness.reading import group_of
from matcher.domain.facts import Evidence, Fact
from matcher.domain.posting import Posting, PostingFacts, PostingKind, PostingState
from matcher.domain.worker import Education
from matcher.listings import PostingFilter
from matcher.listings import postings as list_postings
from matcher.local_work.register import sites_of_posting
from web.auth import scope
from web.config import the_office
from web.forms import asked, chosen, page_number
from web.incoming.surety import surety_word
from web.pages.jobs.understanding import column_name, wage_line
from web.pages.local_work.common import address_of, in_sight
from web.pages.person_view import Row
from web.pages.presentation import evidence_text, named
from web.pages.sharing.desk import posting_sharing
from web.pages.trust.block import trust_block
from web.phrases import t

bp = Blueprint("postings", __name__, url_prefix="/postings")
PAGE_SIZE = 30
KINDS = tuple(kind.name for kind in PostingKind)
STATES = tuple(state.value for state in PostingState)
TEXT_FIELDS = (
    ("薪资待遇", "wage_text"),
    ("学历要求", "education_text"),
    ("年龄要求", "age_text"),
    ("证书要求", "certificate_text"),
    ("经验要求", "experience_text"),
    ("工作时间", "hours_text"),
    ("食宿", "board_text"),
    ("社会保险", "insurance_text"),
    ("劳动强度", "load_text"),
    ("岗位描述", "description"),
)
FLAGS = (
    "overtime",
    "board",
    "lodging",
    "live_in",
    "insurance",
    "contract",
    "mandarin_needed",
    "mongolian_ok",
    "shuttle",
    "trained_on_job",
    "disabled_welcome",
    "couples",
)


@bp.get("/")
def index() -> str:
    """The list; a posting is public, so what is looked for may stand in the address."""
    text, kind, state = asked("text"), chosen(asked("kind"), KINDS), chosen(asked("state"), STATES)
    unfilled = asked("unfilled") == "1"
    wanted = PostingFilter(text=text, kind=PostingKind[kind].value if kind else "", state=state, only_unfilled=unfilled)
    with the_office().reading() as unit:
        page = list_postings(unit, wanted, scope(), number=page_number(), size=PAGE_SIZE)
    asked_for = {"text": text, "kind": kind, "state": state, "unfilled": "1" if unfilled else ""}
    kept = {name: value for name, value in asked_for.items() if value}
    return render_template("postings.html", page=page, kept=kept, kinds=KINDS, states=STATES)


@bp.get("/<int:key>")
def posting(key: int) -> str:
    """One posting: the advert word for word, and what was understood."""
    with the_office().reading() as unit:
        stored = unit.postings.get(key)
        recommended = unit.plans.recommended_counts([key]).get(key, 0)
        sharing = posting_sharing(unit, stored)
        stale = the_office().policy.at(the_office().today()).whole("plan.stale_days")
        group = group_of(unit, key, the_office().today(), stale)
        trust = trust_block(unit, stored)
        sites = sites_of_posting(unit, key)
    facts = stored.facts or PostingFacts()
    evidence = list(_all_evidence(facts))
    texts = [(label, text, evidence_of(label, evidence)) for label, text in _texts(stored.value)]
    return render_template(
        "posting.html",
        key=key,
        stored=stored,
        posting=stored.value,
        recommended=recommended,
        sharing=sharing,
        group=group,
        refs={} if group is None else {one.key: one.ref for one in group.sightings},
        understood=_understood(facts),
        texts=texts,
        trust=trust,
        sites=[(site, address_of(site) if in_sight(site) else "") for site in sites],
        today=the_office().today(),
        column_name=column_name,
    )


def _texts(posting: Posting) -> Iterator[tuple[str, str]]:
    """The texts of the advert that say something."""
    for label, attribute in TEXT_FIELDS:
        text = getattr(posting, attribute)
        if text:
            yield label, text


def evidence_of(label: str, evidence: list[Evidence]) -> list[Evidence]:
    """The evidence that lies in one field."""
    return [one for one in evidence if one.field == label]


def _understood(facts: PostingFacts) -> list[Row]:
    """What was understood, each with its words."""
    policy = the_office().policy.at(the_office().today())
    rows = [
        Row(
            "PAGE_OCCUPATION",
            t("PAGE_NAME_AND_SURE", name=named("occupation", one.code), sure=surety_word(one.confidence, policy)),
            evidence_text(one.evidence),
        )
        for one in facts.occupations[:3]
    ]
    if facts.wage is not None:
        rows.append(Row("PAGE_WAGE", wage_line(facts.wage) or t("VALUE_NONE"), evidence_text(facts.wage.evidence)))
    if facts.age is not None:
        low, high = facts.age.low or "", facts.age.high or ""
        rows.append(
            Row("PAGE_AGE", t("PAGE_AGE_RANGE", low=str(low), high=str(high)), evidence_text(facts.age.evidence))
        )
    if (education := facts.education.value) is not None:
        level = t("PAGE_NO_LIMIT") if education is Education.ILLITERATE else t(f"PAGE_EDUCATION_{education.name}")
        rows.append(Row("PAGE_EDUCATION", level, evidence_text(facts.education.evidence)))
    for skill in facts.skills:
        rows.append(
            Row(
                "PAGE_SKILL_NEEDED" if skill.required else "PAGE_SKILL_LIKED",
                named("skill", skill.skill),
                evidence_text(skill.evidence),
            )
        )
    rows += [Row("PAGE_HAZARD", named("hazard", one.code), evidence_text(one.evidence)) for one in facts.hazards]
    if facts.shift.value is not None:
        rows.append(Row("PAGE_SHIFT", t(f"PAGE_SHIFT_{facts.shift.value.name}"), evidence_text(facts.shift.evidence)))
    rows += list(_flags(facts))
    return rows


def _flags(facts: PostingFacts) -> Iterator[Row]:
    """What is offered or asked, as yes or no."""
    for name in FLAGS:
        fact: Fact[bool] = getattr(facts, name)
        if fact.value is not None:
            yield Row(f"PAGE_FLAG_{name.upper()}", t(f"VALUE_{fact.value}".upper()), evidence_text(fact.evidence))


def _all_evidence(facts: PostingFacts) -> Iterator[Evidence]:
    """Every piece of evidence any fact of a posting rests on."""
    for group in (facts.occupations, facts.skills, facts.hazards, facts.hazards_absent, facts.conduct):
        for one in group:
            yield from one.evidence
    for single in (facts.wage, facts.age):
        if single is not None:
            yield from single.evidence
    for name in (
        *FLAGS,
        "education",
        "shift",
        "sex_asked",
        "experience_years",
        "load",
        "start_minute",
        "rest_days_per_month",
    ):
        yield from getattr(facts, name).evidence

"""What one person may have: yes, after some time, not known yet, no; why, and the question that settles most.

In: a person with roster, spells of work and what was said at a desk. Out: a verdict on every offer for people, with
its amount, its papers and which of them are already there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.domain.aftercare import Spell
from matcher.domain.service.policies.catalogue import Amount, Audience, Catalogue, FactAnswer, Item, Tier
from matcher.domain.service.policies.rules import Facts, Ground, evaluate, with_time
from matcher.domain.service.policies.rules import best_question as best
from matcher.office import Office
from matcher.reference.offers import fact_kinds
from matcher.store import UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.stored_rows import as_corrected, as_told
from matcher.welfare import Known, as_values, county_of, full_months, known_facts

MATERIAL = "material:"


class Standing(StrEnum):
    """How an offer stands to somebody."""

    YES = "yes"
    LATER = "later"
    UNKNOWN = "unknown"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper an offer asks for: a code of the shared papers, or words of its own; whether it is already there."""

    code: str = ""
    words: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One offer as it stands to one person; `question` names the fact to ask for."""

    item: Item
    standing: Standing
    because: tuple[Ground, ...] = ()
    question: str = ""
    amounts: tuple[Amount, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCheck:
    """Every offer as it stands to one person on a day."""

    worker_key: int
    on: date
    facts: Known
    judged: tuple[Judged, ...]
    said: tuple[FactAnswer, ...] = ()
    question: str = ""
    """The fact that settles most offers at once."""
    papers: dict[str, bool] = field(default_factory=dict)
    """Every paper any of these offers asks for → whether it is there."""

    def of(self, standing: Standing) -> list[Judged]:
        """The offers that stand so."""
        return [one for one in self.judged if one.standing is standing]


def check_person(office: Office, unit: UnitOfWork, stored: StoredWorker, *, on: date) -> PersonCheck:
    """Every offer for people, judged for one person."""
    spells = unit.aftercare.spells.of_people([stored.key]).get(stored.key, [])
    said = unit.catalogue.answers.of_person(stored.key)
    facts = facts_of_person(office, stored, spells, said, on=on)
    county = county_of(stored.value)
    held = {one.about.removeprefix(MATERIAL) for one in said if one.about.startswith(MATERIAL)}
    judged = judge(office.policy.catalogue, facts, on=on, division=county, audience=Audience.PERSON, held=held)
    return PersonCheck(
        worker_key=stored.key,
        on=on,
        facts=facts,
        judged=judged,
        said=tuple(said),
        question=settles_most(judged, facts),
        papers={paper.code: paper.held for one in judged for paper in one.papers if paper.code},
    )


def facts_of_person(
    office: Office, stored: StoredWorker, spells: Sequence[Spell], said: Sequence[FactAnswer], *, on: date
) -> Known:
    """Everything known: the roster, over it work that began since, over that what was said at a desk."""
    worker, facts = as_corrected(stored, office, on)
    known = known_facts(as_told(worker, facts), facts, on)
    current = max((one for one in spells if one.ended_on is None), key=lambda one: one.started_on, default=None)
    if current is not None:
        home = stored.value.home.code
        known["work"] = "employed" if known["work"] in {None, "none"} else known["work"]
        known["months_in_work"] = full_months(current.started_on, on)
        known["work_area"] = _area(office, current.place, home) or known.get("work_area")
    return known | as_values((answer.about, answer.value) for answer in said)


def _area(office: Office, place: str, home: str) -> str | None:
    """Where a place lies, seen from home; None where nobody knows the place."""
    found = office.gazetteer.resolve(place, within=home or office.gazetteer.home) if place else None
    if found is None or not found.known:
        return None
    for digits, area in ((6, "banner"), (4, "city"), (2, "region")):
        if found.code[:digits] == home[:digits]:
            return area
    return "outside"


def judge(
    catalogue: Catalogue, facts: Facts, *, on: date, division: str, audience: Audience, held: set[str] | None = None
) -> tuple[Judged, ...]:
    """Every offer of an audience in a place on a day, what may be had first."""
    items = [item for item in catalogue.on(on, division) if item.audience is audience]
    found = [judge_one(item, facts, on=on, held=held or set()) for item in items]
    order = list(Standing)
    return tuple(sorted(found, key=lambda one: order.index(one.standing)))


def judge_one(item: Item, facts: Facts, *, on: date, held: set[str]) -> Judged:
    """One offer."""
    kinds = fact_kinds()
    verdict = evaluate(item.rule, facts, kinds)
    standing = {True: Standing.YES, False: Standing.NO, None: Standing.UNKNOWN}[verdict.holds]
    question = verdict.question
    if verdict.later:
        standing, question = Standing.LATER, best(item.rule, with_time(item.rule, facts, kinds), kinds)
    shared = tuple(Paper(code=code, held=code in held) for code in item.materials)
    return Judged(
        item=item,
        standing=standing,
        because=verdict.because,
        question=question,
        amounts=_amounts(item, facts, on),
        papers=(*shared, *(Paper(words=words) for words in item.own_materials)),
    )


def _amounts(item: Item, facts: Facts, on: date) -> tuple[Amount, ...]:
    """The amount of the tier the work is in; every tier where that is not known."""
    area = facts.get("work_area")
    if isinstance(area, str):
        found = item.amount(tier=Tier(area), on=on)
        return () if found is None else (found,)
    return tuple(amount for amount in item.amounts if amount.stands(on))


def settles_most(judged: Sequence[Judged], facts: Facts) -> str:
    """The fact whose answer settles most of what is open, by the share of its answers that do."""
    gains: Counter[str] = Counter()
    for one in judged:
        if one.standing in {Standing.UNKNOWN, Standing.LATER} and one.question:
            gains[one.question] += 2 if one.standing is Standing.UNKNOWN else 1
    return max(gains, key=lambda name: gains[name], default="")

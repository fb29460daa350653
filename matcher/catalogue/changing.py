"""A change of the catalogue: what it would do before it is saved, then saved as one more version.

In: an offer as typed. Out: how many people of a place go from yes, no or not known to what; the version entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.catalogue.checking import Fault, check_item
from matcher.catalogue.offers import Standing, facts_of_person, judge_one
from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import Audience, Catalogue, Item, KeptItem, QuestionAnswer
from matcher.listings import Scope
from matcher.office import Office
from matcher.store import UnitOfWork
from matcher.welfare import Known, county_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change would do to some people; `moves` are (before, after) → how many; None = no such offer."""

    people: int
    of: int
    moves: dict[tuple[Standing | None, Standing | None], int]

    def count(self, standing: Standing, *, after: bool) -> int:
        """How many stand so before, or after."""
        return sum(many for pair, many in self.moves.items() if pair[after] is standing)

    @property
    def changed(self) -> int:
        """How many stand otherwise than before."""
        return sum(many for (before, after), many in self.moves.items() if before is not after)


def faults_of(office: Office, item: Item) -> list[Fault]:
    """What is wrong with an offer beside the versions there are."""
    others = [kept for kept in office.policy.catalogue.history(item.code) if kept.item != item]
    return check_item(item, others, regions=tuple(office.gazetteer.divisions), today=office.today())


def effect_of(office: Office, unit: UnitOfWork, item: Item, mine: Scope) -> Effect:
    """What an offer would do to the people of a scope, or to an even sample of them, from its first day on."""
    on = max(office.today(), item.valid_from or office.today())
    most = office.policy.at(on).whole("catalogue.trial_people")
    stored = unit.workers.some(division=mine.division, most=most)
    keys = [one.key for one in stored]
    spells, said = unit.aftercare.spells.of_people(keys), unit.catalogue.answers.standing(keys)
    before, after = office.policy.catalogue, office.policy.catalogue.with_versions([KeptItem(item=item)])
    moves: Counter[tuple[Standing | None, Standing | None]] = Counter()
    for one in stored:
        facts = facts_of_person(office, one, spells.get(one.key, ()), said.get(one.key, ()), on=on)
        place = county_of(one.value)
        moves[_stands(before, item.code, facts, on, place), _stands(after, item.code, facts, on, place)] += 1
    return Effect(people=len(stored), of=unit.workers.count(division=mine.division), moves=dict(moves))


def _stands(catalogue: Catalogue, code: str, facts: Known, on: date, division: str) -> Standing | None:
    """How the offer of a catalogue stands to somebody."""
    kept = catalogue.version_on(code, on=on, division=division)
    if kept is None or kept.item.audience is not Audience.PERSON:
        return None
    return judge_one(kept.item, facts, on=on, held=set()).standing


def save_item(office: Office, item: Item, *, actor: str) -> None:
    """Enters a version; InputRefused where the checker finds a fault."""
    if any(fault.hinders for fault in faults_of(office, item)):
        raise InputRefused("政策条目还有错，没有保存", ref=item.code)
    with office.unit(actor=actor) as unit:
        unit.catalogue.versions.add(item)
        unit.audit.note("catalogue", subject=f"offer:{item.code}", purpose=str(item.basis[0]))
    office.policies.look_again()


def save_question(office: Office, asked: QuestionAnswer, *, actor: str) -> None:
    """Enters a question, or a better answer to one."""
    with office.unit(actor=actor) as unit:
        unit.catalogue.questions.add(asked)
        unit.audit.note("catalogue", subject=f"question:{asked.code}", purpose=asked.basis)


def newest_first(history: Sequence[KeptItem]) -> list[KeptItem]:
    """Versions as a page shows them."""
    return sorted(history, key=lambda kept: (kept.item.valid_from or date.min, kept.key), reverse=True)

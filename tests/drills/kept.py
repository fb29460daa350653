"""Whether everything that was acknowledged is there, once.

In: an office and what clients were told. Out: what is missing or doubled.
"""

from __future__ import annotations

from matcher.domain.answer import AnswerKind
from matcher.listings import PeopleFilter, people
from matcher.office import Office
from tests.drills.clients import EVERYWHERE, Ledger


def missing_of(office: Office, ledger: Ledger) -> list[str]:
    """Slips and people that were acknowledged and are not there, or stand there twice."""
    found = []
    with office.reading() as unit:
        for slip in ledger.acknowledged:
            kept = [one for one in unit.plans.answers.of_plan(slip.plan_key) if one.posting_key == slip.posting_key]
            if [one.kind for one in kept] != [AnswerKind.WANTED]:
                found.append(f"slip {slip.code}: {len(kept)}")
        for name in ledger.newcomers:
            page = people(unit, PeopleFilter(text=name), EVERYWHERE, number=1, size=10)
            if page.total < ledger.newcomers.count(name):
                found.append(f"person {name}: {page.total}")
    return found

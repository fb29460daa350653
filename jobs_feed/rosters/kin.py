"""What the people of one household or one village contradict together, over the file and what is stored.

In: people of a household, or everybody of a file. Out: questions by the place of the person in what came in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from jobs_feed.rosters.asking import Limits, work_county
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker
from matcher.reference.name_forms import plain_village
from matcher.store.identities import normal_phone

SAME_INCOME = "VERIFY_SAME_INCOME"
_HEAD = re.compile(r"(?:\d+[-.、]?)?(?:户主本人|本人或户主|户主|本人)")
_RELATION_CODE = re.compile(r"\s")


def is_head(worker: Worker) -> bool:
    """Whether somebody is said to be the head of the household."""
    return worker.ledger is not None and bool(_HEAD.fullmatch(_RELATION_CODE.sub("", worker.ledger.relation)))


def ask_household(members: Sequence[Worker]) -> dict[int, list[Phrase]]:
    """One head to a household, and phones that cannot be with two people in two counties."""
    asked: dict[int, list[Phrase]] = defaultdict(list)
    heads = [place for place, member in enumerate(members) if is_head(member)]
    for place in heads if len(heads) > 1 else ():
        asked[place].append(Phrase("VERIFY_TWO_HEADS", {"count": len(heads)}))
    told = [place for place, member in enumerate(members) if member.ledger is not None and member.ledger.relation]
    if told and not heads:
        asked[told[0]].append(Phrase("VERIFY_NO_HEAD"))
    by_phone: dict[str, list[int]] = defaultdict(list)
    for place, member in enumerate(members):
        if member.phone and work_county(member):
            by_phone[normal_phone(member.phone)].append(place)
    for places in by_phone.values():
        if len({work_county(members[place]) for place in places}) > 1:
            for place in places:
                asked[place].append(Phrase("VERIFY_SHARED_PHONE", {"count": len(places)}))
    return dict(asked)


def ask_village(people: Sequence[Worker], limits: Limits) -> dict[int, list[Phrase]]:
    """One and the same income filled in for most people of a village."""
    incomes: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for place, person in enumerate(people):
        if person.ledger is not None and person.ledger.income_yuan_per_month:
            village = (person.home.county, plain_village(person.village))
            incomes[village].append((place, person.ledger.income_yuan_per_month))
    asked: dict[int, list[Phrase]] = {}
    for stated in incomes.values():
        income, many = Counter(amount for _, amount in stated).most_common(1)[0]
        if many < limits.same_income_people or many < limits.same_income_share * len(stated):
            continue
        phrase = Phrase(SAME_INCOME, {"income": int(income), "count": many})
        asked |= {place: [phrase] for place, amount in stated if amount == income}
    return asked

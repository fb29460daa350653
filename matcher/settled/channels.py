"""How resettled people came to work, counted by settlement: the four channels the notice names, and what is left.

In: people of settlements with their newest stretch of work. Out: a channel each, and counts.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from matcher.domain.posting import PostingKind
from matcher.domain.service.around.settled import Channel
from matcher.reference.lexicon import load_lexicon
from matcher.store.around.settled_people import WorkOf
from matcher.store.store import UnitOfWork

NAMED = (Channel.OUTPUT, Channel.WORKSHOP, Channel.NEW_FORM, Channel.PUBLIC_POST)
"""The channels of the notice."""
_BY_KIND = {
    PostingKind.WORKSHOP.value: Channel.WORKSHOP,
    PostingKind.PUBLIC_WELFARE.value: Channel.PUBLIC_POST,
}
_COUNTY = 6


@lru_cache(maxsize=1)
def new_forms() -> frozenset[str]:
    """Codes of occupations that are work of a new form."""
    text = files("matcher.settled").joinpath("new_forms.csv").read_text(encoding="utf-8")
    families = {row["family"] for row in csv.DictReader(text.splitlines(), strict=True)}
    return frozenset(code for code, one in load_lexicon().occupations.items() if one.family in families)


def channel_of(work: WorkOf) -> Channel | None:
    """The channel of one person, None for somebody who is not known to be in work."""
    told = Channel(work.told) if work.told else None
    if work.started_on is None:
        return told
    if work.ended_on is not None:
        return None
    if work.posting_kind in _BY_KIND:
        return _BY_KIND[work.posting_kind]
    if work.occupation in new_forms():
        return Channel.NEW_FORM
    if work.posting_kind == PostingKind.COOPERATION.value:
        return Channel.OUTPUT
    if work.place_code and work.home_code:
        away = work.place_code[:_COUNTY] != work.home_code[:_COUNTY]
        return Channel.OUTPUT if away else Channel.NEAR_HOME
    return told or Channel.UNCLEAR


def counted(unit: UnitOfWork, *, division: str) -> dict[int, Counter[Channel]]:
    """Settlement → channel → people in work."""
    found: dict[int, Counter[Channel]] = {}
    for work in unit.settled_people.work(division=division):
        channel = channel_of(work)
        if channel is not None:
            found.setdefault(work.settlement_key, Counter())[channel] += 1
    return found

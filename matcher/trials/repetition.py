"""How much of the guidance would fit anybody: sentences of many people that are the same once names are blanked.

In: plans as the JSON objects of the file formats, section 4. Out: the share of sentences that more than so many
people share, and the worst of them. Names of people, places and employers, and numbers, are blanked before comparing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

SHORTEST = 8
"""Characters from which a stretch of text counts as a sentence."""
FEW = 5
"""People who may share a sentence before it counts as one that would fit anybody."""
_STOPS = re.compile(r"[。；！？]")
_NUMBERS = re.compile(r"[0-9０-９一二两三四五六七八九十百千万]+")
NAME_BLANK, NUMBER_BLANK = "＿", "#"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A sentence with its blanks, how often it stands, and for how many people."""

    sentence: str
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class Repetition:
    """Sentences in all, those shared by more than a few, and the worst."""

    sentences: int
    shared: int
    worst: tuple[Repeated, ...]

    @property
    def share(self) -> float:
        """The share of shared sentences, in [0, 1]."""
        return self.shared / self.sentences if self.sentences else 0.0


def guidance_texts(plan: Json) -> Iterator[str]:
    """Every text of a plan's guidance."""
    session = plan.get("guidance")
    if not session:
        return
    yield from (str(session.get(key) or "") for key in ("opening", "pay", "say"))
    for key in ("strengths", "obstacles", "steps"):
        yield from (str(item["text"]) for item in session.get(key, ()))
    for key in ("avoid", "bring"):
        yield from (str(item) for item in session.get(key, ()))


def names_in(plans: Iterable[Json]) -> frozenset[str]:
    """Names of people, places and employers that stand in the plans."""
    found: set[str] = set()
    for plan in plans:
        found |= {plan["worker"].get("name", ""), plan["worker"].get("village", "")}
        session = plan.get("guidance") or {}
        found |= {session.get("guide", ""), session.get("place", "")}
        for match in plan.get("matches", ()):
            found |= {match["employer"], match["place"]}
    return frozenset(name for name in found if len(name) > 1)


def repetition(plans: Sequence[Json], *, names: Iterable[str] = (), few: int = FEW, show: int = 20) -> Repetition:
    """How many sentences of the guidance more than `few` people share; `names` are blanked beside those of plans."""
    blanks = sorted(names_in(plans) | frozenset(names), key=lambda name: (-len(name), name))
    named = re.compile("|".join(map(re.escape, blanks))) if blanks else None
    times: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    for plan in plans:
        for sentence in _sentences(plan, named):
            times[sentence] += 1
            people[sentence].add(str(plan["worker"]["ref"]))
    shared = [Repeated(sentence, times[sentence], len(who)) for sentence, who in people.items() if len(who) > few]
    shared.sort(key=lambda item: (-item.times, item.sentence))
    return Repetition(sum(times.values()), sum(item.times for item in shared), tuple(shared[:show]))


def _sentences(plan: Json, named: re.Pattern[str] | None) -> Iterator[str]:
    """The sentences of one plan, names and numbers blanked."""
    for text in guidance_texts(plan):
        for sentence in _STOPS.split(text):
            if len(sentence.strip()) < SHORTEST:
                continue
            blanked = named.sub(NAME_BLANK, sentence) if named else sentence
            yield _NUMBERS.sub(NUMBER_BLANK, blanked).strip()

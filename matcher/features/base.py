"""What a feature is.

In: pairs. Out: values in [0, 1] with NaN for unknown; and for one pair, the finding that says why. What one side
of a pair brings by itself is worked out once: `Asked` for a posting, `Own` for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matcher.columns import Pairs, PostingRow, Vocabulary, WorkerRow
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence, LinkedTerm, PhraseValue
from matcher.domain.match import Part
from matcher.domain.worker import Experience, SkillHeld

NOTHING: Mapping[str, tuple[Evidence, ...]] = MappingProxyType({})


Finding = tuple[str, dict[str, PhraseValue], tuple[Evidence, ...]]
"""Why a feature has its value for one pair: a wording code, its arguments and the words it rests on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a posting asks, whoever comes."""

    occupation: str
    position: int
    """The occupation's place in the vocabulary, 0 where it is not recognised."""
    entry: int
    """How hard the work is to enter, 1 anyone … 3 skilled."""
    title: tuple[Evidence, ...]
    here: Evidence
    stated: Mapping[str, tuple[Evidence, ...]]
    """Words of the advert for each skill or paper it names."""
    papers: tuple[str, ...]
    skills: frozenset[str]
    health_paper: bool


@dataclass(frozen=True, slots=True)
class Own:
    """What a person brings, wherever it is to be used."""

    held: Mapping[str, SkillHeld]
    """Skills and papers by code, with what they imply."""
    plain: tuple[tuple[SkillHeld, frozenset[str]], ...]
    """Skills that are no papers, each with what it implies."""
    wishes: tuple[tuple[LinkedTerm, int], ...]
    done: tuple[tuple[Experience, int], ...]
    """Wishes, and work that still counts, with the place of the occupation in the vocabulary."""
    work_words: tuple[Evidence, ...]
    health_paper: bool


def asked_of(row: PostingRow, vocabulary: Vocabulary) -> Asked:
    """What a posting asks."""
    facts = row.facts
    position = vocabulary.occupation_at.get(facts.occupation, 0)
    occupation = vocabulary.lexicon.occupations.get(facts.occupation)
    stated = {asked.skill: asked.evidence for asked in facts.skills} or NOTHING
    papers = [code for code in stated if code in vocabulary.licence_at]
    papers += [code for code in (occupation.licences if occupation else ()) if code not in papers]
    typical = {code for code, _ in occupation.skills} if occupation else set()
    return Asked(
        occupation=facts.occupation,
        position=position,
        entry=int(vocabulary.entry[position]),
        title=(Evidence("岗位名称", row.posting.shown_title),),
        here=Evidence("工作地点", row.posting.place.text),
        stated=stated,
        papers=tuple(papers),
        skills=frozenset(typical | stated.keys()),
        health_paper=occupation is not None and occupation.health_certificate,
    )


def own_of(row: WorkerRow, vocabulary: Vocabulary) -> Own:
    """What a person brings."""
    facts, at, known = row.facts, vocabulary.occupation_at, vocabulary.lexicon.skills
    implied = [(held, vocabulary.implied.get(held.skill) or frozenset({held.skill})) for held in facts.skills]
    return Own(
        held={code: held for held, codes in implied for code in codes},
        plain=tuple((held, codes) for held, codes in implied if held.skill not in vocabulary.licence_at),
        wishes=tuple((term, at[term.code]) for term in facts.wished if term.code in at),
        done=tuple((item, at[item.occupation]) for item in facts.experience if item.current and item.occupation in at),
        work_words=tuple(piece for item in facts.experience if item.current for piece in item.evidence),
        health_paper=any(
            held.skill in known and known[held.skill].kind == "health_certificate" for held in facts.skills
        ),
    )


@dataclass(slots=True)
class Sight:
    """One pair, seen whole: the records, what travel takes, and the value of the feature now described."""

    worker: WorkerRow
    posting: PostingRow
    own: Own
    asked: Asked
    vocabulary: Vocabulary
    km: float | None
    minutes: int | None
    within_day: bool
    same_township: bool
    same_county: bool
    unsure: bool
    """The same county, but how far it is is not known well enough to promise anything."""
    age: float | None
    cover: float
    limits: int
    """Bits of the person's limits on which the advert is silent."""
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Feature:
    """A line of a scorecard; its weight stands in the policy under weights.<part>.<name>, or <name>.weight."""

    name: str
    part: Part
    func: Callable[[Pairs], Floats]
    describe: Callable[[Sight], Finding]
    of_posting: bool = False
    """Whether the finding depends on the posting, being home at night and the value alone."""
    beside: bool = False
    """Whether it stands beside the weights that sum to one: its own weight, no part of the base, silent without a
    record."""

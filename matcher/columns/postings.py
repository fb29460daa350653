"""Postings as columns.

In: stored postings with their facts. Out: arrays with one place a posting, in an order that does not depend on
the order they came in. NaN and -1 mean unknown; three-valued fields are 1 yes, 0 no, -1 unknown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.columns.arrays import column
from matcher.columns.traits import Traits, bed_of, judge_postings, limit_codes, posting_traits
from matcher.columns.vocabulary import Vocabulary
from matcher.domain.posting import Posting, PostingFacts, PostingKind, PostingState, Shift
from matcher.domain.service.around.visiting import Record
from matcher.policy import PolicyAt

AS_ELSEWHERE = 0.5
"""People stay as long as at other employers; what nothing known stands for."""
LOCAL_FIRST = frozenset({PostingKind.PUBLIC_WELFARE, PostingKind.WORK_RELIEF})
SHIFTS = (None, Shift.DAY, Shift.ROTATING, Shift.NIGHT, Shift.PART_TIME, Shift.FLEXIBLE)


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A stored posting ready for planning; `openings_left` None = as the advert states."""

    key: int
    posting: Posting
    facts: PostingFacts
    state: PostingState = PostingState.OPEN
    openings_left: int | None = None
    cleared: bool = False
    """Staff looked at what would hold it and released it."""
    cautions: tuple[str, ...] = ()
    """Codes of what whoever goes there is warned of."""
    checked_how: str = ""
    """How the office verified it."""
    record: Record | None = None
    """How long people stay at the employer, as far as known."""


@dataclass(frozen=True, slots=True, eq=False)
class PostingColumns:
    """One place a posting; `rows` keeps the records in the same order."""

    rows: tuple[PostingRow, ...]
    key: npt.NDArray[np.int64]
    mark: npt.NDArray[np.uint32]
    occupation: npt.NDArray[np.int32]
    profile: npt.NDArray[np.int32]
    profiles: npt.NDArray[np.float32]
    place: npt.NDArray[np.int32]
    pay: npt.NDArray[np.float32]
    age_low: npt.NDArray[np.float32]
    age_high: npt.NDArray[np.float32]
    education: npt.NDArray[np.int8]
    required: npt.NDArray[np.uint64]
    preferred: npt.NDArray[np.uint64]
    either: npt.NDArray[np.uint64]
    """Papers of which one has to be held; 0 where no choice is left."""
    asks_papers: npt.NDArray[np.bool_]
    load: npt.NDArray[np.int8]
    hard: npt.NDArray[np.uint64]
    ask: npt.NDArray[np.uint64]
    talk: npt.NDArray[np.int8]
    mongolian_ok: npt.NDArray[np.int8]
    mandarin_needed: npt.NDArray[np.int8]
    board: npt.NDArray[np.int8]
    lodging: npt.NDArray[np.int8]
    at_home: npt.NDArray[np.bool_]
    anywhere: npt.NDArray[np.bool_]
    """Work at home for people of any county."""
    shift: npt.NDArray[np.int8]
    start: npt.NDArray[np.float32]
    end: npt.NDArray[np.float32]
    steady: npt.NDArray[np.int8]
    months: npt.NDArray[np.uint16]
    experience_years: npt.NDArray[np.float32]
    openings: npt.NDArray[np.float64]
    employer: npt.NDArray[np.int32]
    twin: npt.NDArray[np.int32]
    public: npt.NDArray[np.bool_]
    retention: npt.NDArray[np.float32]
    """How long people stay at the employer beside others, 0.5 as elsewhere, NaN nothing known."""
    local_first: npt.NDArray[np.bool_]
    """Posts that are for people of the place: public welfare and work relief."""

    def __len__(self) -> int:
        return len(self.rows)


def stable_mark(text: str) -> int:
    """32 bits that depend on the text alone, for ties."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def tri(value: bool | None) -> int:
    """1 yes, 0 no, -1 unknown."""
    return -1 if value is None else int(value)


@lru_cache(maxsize=1 << 14)
def month_bits(first: int, last: int) -> int:
    """A range of months as twelve bits, round the turn of the year where needed."""
    bits, month = 0, first
    while True:
        bits |= 1 << (month - 1)
        if month == last:
            return bits
        month = month % 12 + 1


def _skill_profiles(traits: Sequence[Traits], vocabulary: Vocabulary) -> tuple[list[int], npt.NDArray[np.float32]]:
    """What makes one good at each posting: positions into (profiles, skills) weights, in whole thousandths so that
    their sums are exact in whatever order they are added up."""
    seen: dict[tuple[tuple[str, float], ...], int] = {}
    positions = []
    for trait in traits:
        occupation = vocabulary.lexicon.occupations.get(trait.facts.occupation)
        weights = dict(occupation.skills) if occupation else {}
        for asked in trait.facts.skills:
            if asked.skill in vocabulary.skill_at and asked.skill not in vocabulary.licence_at:
                weights[asked.skill] = max(weights.get(asked.skill, 0), 1.0 if asked.required else 0.6)
        known = tuple(sorted((code, weight) for code, weight in weights.items() if code in vocabulary.skill_at))
        positions.append(seen.setdefault(known, len(seen)))
    table = np.zeros((max(len(seen), 1), len(vocabulary.skills)), dtype=np.float32)
    for profile, row in seen.items():
        for code, weight in profile:
            table[row, vocabulary.skill_at[code]] = round(1000 * weight)
    return positions, table


def _licences(trait: Traits, vocabulary: Vocabulary) -> tuple[set[str], set[str], set[str]]:
    """Papers a posting cannot do without by law or its own word, papers it would like, papers one of which does."""
    occupation = vocabulary.lexicon.occupations.get(trait.facts.occupation)
    required = {code for code in (occupation.licences if occupation else ()) if vocabulary.lexicon.skills[code].gate}
    preferred: set[str] = set()
    either: set[str] = set()
    for asked in trait.facts.skills:
        if asked.skill not in vocabulary.licence_at:
            continue
        easy = vocabulary.lexicon.skills[asked.skill].kind == "health_certificate"
        choice = {asked.skill, *asked.instead} & vocabulary.licence_at.keys() if asked.required else set()
        if len(choice) > 1:
            either = either or choice
            continue
        (required if asked.required and not easy else preferred).add(asked.skill)
    if occupation and occupation.health_certificate:
        preferred |= {
            code for code in vocabulary.licences if vocabulary.lexicon.skills[code].kind == "health_certificate"
        }
    return required, preferred - required, either if not either & required else set()


def _pay(facts: PostingFacts) -> float:
    """The pay one may count on, in yuan a month: the lower end where a range is stated."""
    if facts.wage is None:
        return float("nan")
    value = facts.wage.low if facts.wage.low is not None else facts.wage.high
    return float("nan") if value is None else value


def _positions(values: Iterable[str]) -> npt.NDArray[np.int32]:
    """Equal texts get equal numbers."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(value, len(seen)) for value in values], dtype=np.int32)


def _number(value: float | None, missing: float = float("nan")) -> float:
    """A number, or what stands for unknown."""
    return missing if value is None else float(value)


def order_of(row: PostingRow) -> tuple[int, str, str]:
    """Where a posting stands among others."""
    return stable_mark(row.posting.ref), row.posting.ref, row.posting.sender


def employers_of(rows: Sequence[PostingRow]) -> npt.NDArray[np.int32]:
    """A number for each posting's employer."""
    return _positions(row.posting.uscc or row.posting.employer for row in rows)


def twins_of(rows: Sequence[PostingRow]) -> npt.NDArray[np.int32]:
    """A number for each posting's employer, work and place: two with the same one never stand on one list."""
    return _positions(
        f"{row.posting.employer}|{row.facts.occupation or row.posting.title}|{row.posting.place.code}" for row in rows
    )


def encode_postings(rows: Iterable[PostingRow], vocabulary: Vocabulary, policy: PolicyAt) -> PostingColumns:
    """Columns of all postings, ordered by a stable mark; their places get positions when a market is made of them."""
    ordered = sorted(rows, key=order_of)
    traits = [posting_traits(row.posting, row.facts, vocabulary, policy) for row in ordered]
    codes = limit_codes(vocabulary)
    bits = judge_postings(traits, codes, vocabulary)
    profile, profiles = _skill_profiles(traits, vocabulary)
    papers = [_licences(trait, vocabulary) for trait in traits]
    facts = [row.facts for row in ordered]
    size = len(ordered)

    def words(choice: int) -> npt.NDArray[np.uint64]:
        found = [vocabulary.licence_words(pair[choice]) for pair in papers]
        return np.array(found, dtype=np.uint64).reshape(size, vocabulary.words)

    return PostingColumns(
        rows=tuple(ordered),
        key=column((row.key for row in ordered), np.int64, size),
        mark=column((stable_mark(f"{row.posting.sender}/{row.posting.ref}") for row in ordered), np.uint32, size),
        occupation=column((vocabulary.occupation_at.get(fact.occupation, 0) for fact in facts), np.int32, size),
        profile=np.array(profile, dtype=np.int32),
        profiles=profiles,
        place=np.full(size, -1, dtype=np.int32),
        pay=column((_pay(fact) for fact in facts), np.float32, size),
        age_low=column((_number(fact.age.low if fact.age else None, 0) for fact in facts), np.float32, size),
        age_high=column((_number(fact.age.high if fact.age else None, 999) for fact in facts), np.float32, size),
        education=column(
            (-1 if fact.education.value is None else int(fact.education.value) for fact in facts), np.int8, size
        ),
        required=words(0),
        preferred=words(1),
        either=words(2),
        asks_papers=column((any(three) for three in papers), np.bool_, size),
        load=column((trait.load if trait.load is not None else -1 for trait in traits), np.int8, size),
        hard=column((hard for hard, _ in bits), np.uint64, size),
        ask=column((ask for _, ask in bits), np.uint64, size),
        talk=column((trait.talk for trait in traits), np.int8, size),
        mongolian_ok=column((tri(fact.mongolian_ok.value) for fact in facts), np.int8, size),
        mandarin_needed=column((tri(fact.mandarin_needed.value) for fact in facts), np.int8, size),
        board=column((tri(fact.board.value) for fact in facts), np.int8, size),
        lodging=column((tri(bed_of(trait)) for trait in traits), np.int8, size),
        at_home=column((bool(fact.at_home.value) for fact in facts), np.bool_, size),
        anywhere=column((bool(fact.at_home.value and fact.anywhere.value) for fact in facts), np.bool_, size),
        shift=column((SHIFTS.index(fact.shift.value) for fact in facts), np.int8, size),
        start=column((_number(fact.start_minute.value) for fact in facts), np.float32, size),
        end=column((_number(fact.end_minute.value) for fact in facts), np.float32, size),
        steady=column((_steady(fact) for fact in facts), np.int8, size),
        months=column((month_bits(*fact.season.value) if fact.season.value else 0 for fact in facts), np.uint16, size),
        experience_years=column((_number(fact.experience_years.value, 0) for fact in facts), np.float32, size),
        openings=column((_openings(row, policy) for row in ordered), np.float64, size),
        employer=employers_of(ordered),
        twin=twins_of(ordered),
        local_first=column((row.posting.kind in LOCAL_FIRST for row in ordered), np.bool_, size),
        retention=column((_retention(row, policy) for row in ordered), np.float32, size),
        public=column((row.posting.kind.name == "PUBLIC_WELFARE" for row in ordered), np.bool_, size),
    )


def _steady(facts: PostingFacts) -> int:
    """Whether the work is on a contract or insured."""
    known = [value for value in (facts.insurance.value, facts.contract.value) if value is not None]
    return -1 if not known else int(any(known))


def _retention(row: PostingRow, policy: PolicyAt) -> float:
    """Half, and by how much more people stay there than elsewhere; few people say little."""
    if row.record is None:
        return float("nan")
    return min(max(AS_ELSEWHERE + row.record.above(policy.number("retention.people")), 0.0), 1.0)


def _openings(row: PostingRow, policy: PolicyAt) -> float:
    """Openings left; a head count not stated is taken as the policy says."""
    left = row.openings_left if row.openings_left is not None else row.posting.openings
    return policy.number("plan.openings_unknown") if left is None else float(left)

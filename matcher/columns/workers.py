"""People as columns.

In: stored workers with their facts. Out: arrays with one place a person, ordered so that neighbours
stand together. NaN and -1 mean unknown; tables over occupations and skills hold one row a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.columns.arrays import Rows, column, intern_rows
from matcher.columns.derived import HOME_SUITS, AgeLimits, derived_codes
from matcher.columns.postings import month_bits, stable_mark
from matcher.columns.vocabulary import Vocabulary
from matcher.columns.wishes import goes_by, nearness_row, years_strength
from matcher.domain.division import Place, division_prefix
from matcher.domain.facts import Evidence, LinkedTerm
from matcher.domain.localtime import DAY, full_years
from matcher.domain.plan import Track
from matcher.domain.worker import Constraint, Transport, Worker, WorkerFacts
from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A stored worker ready for planning; keys of postings answered “not wanted”, of those in the current plan, of
    those printed and not answered yet, and of those given by hand."""

    key: int
    worker: Worker
    facts: WorkerFacts
    track: Track = Track.FULL
    priority: int = 0
    refused_postings: frozenset[int] = frozenset()
    kept_postings: frozenset[int] = frozenset()
    printed_postings: frozenset[int] = frozenset()
    given_postings: frozenset[int] = frozenset()
    told: tuple[tuple[str, str], ...] = ()
    """What was said at a desk when subsidies were asked about: facts of the policy catalogue and their values."""


@dataclass(frozen=True, slots=True, eq=False)
class WorkerColumns:
    """One place a person; `held` is over skills, the other rows over occupations or workplaces."""

    rows: tuple[WorkerRow, ...]
    mark: npt.NDArray[np.uint32]
    age: npt.NDArray[np.float32]
    education: npt.NDArray[np.int8]
    home: npt.NDArray[np.int32]
    minutes_per_km: npt.NDArray[np.float32]
    wait: npt.NDArray[np.float32]
    bits: npt.NDArray[np.uint64]
    max_km: npt.NDArray[np.float32]
    nearer_km: npt.NDArray[np.float32]
    """Road kilometres once said to be too far, infinite where nobody said so."""
    day_return: npt.NDArray[np.bool_]
    weekend_home: npt.NDArray[np.bool_]
    midday_home: npt.NDArray[np.bool_]
    home_suits: npt.NDArray[np.bool_]
    """Whether work at home is a gain."""
    moves: npt.NDArray[np.int8]
    start: npt.NDArray[np.float32]
    end: npt.NDArray[np.float32]
    months: npt.NDArray[np.uint16]
    pay_wish: npt.NDArray[np.float32]
    licences: npt.NDArray[np.uint64]
    held: Rows[np.float32]
    experience: Rows[np.float32]
    wish: Rows[np.float32]
    wish_stated: npt.NDArray[np.bool_]
    """Whether there is work wished, done or open to go by."""
    refuses: Rows[np.bool_]
    trained: Rows[np.bool_]
    place_wish: Rows[np.bool_]
    place_wish_stated: npt.NDArray[np.bool_]
    place_bound: Rows[np.bool_]
    """Workplaces outside every place the person has limited the search to, or in one the person will not go to."""
    weak: npt.NDArray[np.bool_]
    mandarin: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.rows)


def age_on(birth: date | None, on: date) -> float:
    """Whole years on a day; NaN where the birth date is unknown."""
    if birth is None:
        return float("nan")
    return float(full_years(birth, on))


Standing = Mapping[str, Constraint]
"""Constraints in force, by code."""


def active(constraints: Iterable[Constraint], on: date) -> tuple[Constraint, ...]:
    """Constraints in force on a day."""
    return tuple(item for item in constraints if item.until is None or item.until >= on)


def _standing(constraints: Sequence[Constraint], on: date) -> Standing:
    """The constraints in force, the first of every code."""
    return {item.code: item for item in reversed(active(constraints, on))} if constraints else {}


def _value(held: Standing, code: str, position: int, missing: float) -> float:
    """A number of a constraint, or what stands for none."""
    found = held.get(code)
    return float(found.values[position]) if found and len(found.values) > position else missing


def _too_far(row: WorkerRow) -> float:
    """The distance that was too far for a person."""
    found = row.facts.nearer_than_km.value
    return float("inf") if found is None else found


def _moves(row: WorkerRow, held: Standing) -> int:
    """1 willing to move, 0 not, -1 not known; a duty to be home every day decides."""
    if row.worker.daily_return or "DAY_RETURN" in held or "AT_HOME" in held or "MIDDAY_HOME" in held:
        return 0
    willing = row.facts.willing_to_move.value
    if willing is None:
        willing = row.worker.willing_to_move
    return -1 if willing is None else int(willing)


def _done(row: WorkerRow, vocabulary: Vocabulary) -> frozenset[tuple[int, float | None]]:
    """Work done and still open to the person: occupation and years."""
    at = vocabulary.occupation_at
    return frozenset(
        (at[item.occupation], item.years) for item in row.facts.experience if item.current and item.occupation in at
    )


def _experience_row(done: Iterable[tuple[int, float | None]], vocabulary: Vocabulary) -> npt.NDArray[np.float32]:
    """Best strength by occupation, neighbours by nearness."""
    best = np.zeros(len(vocabulary.occupations), dtype=np.float32)
    for position, years in done:
        near = np.minimum(vocabulary.nearness[position] * np.float32(0.9), np.float32(1))
        near[position] = 1
        np.maximum(best, near * np.float32(years_strength(years)), out=best)
    return best


def _named(terms: Sequence[LinkedTerm], vocabulary: Vocabulary) -> frozenset[int]:
    """Positions of the occupations some terms name."""
    return frozenset(vocabulary.occupation_at[term.code] for term in terms if term.code in vocabulary.occupation_at)


def _marked(positions: Iterable[int], width: int) -> npt.NDArray[np.bool_]:
    """True at some positions."""
    row = np.zeros(width, dtype=np.bool_)
    row[list(positions)] = True
    return row


def _learnt(row: WorkerRow, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """Skills and papers in force on a day, and the work done: all that what one holds depends on."""
    valid = frozenset(item.skill for item in row.facts.skills if item.valid_to is None or item.valid_to >= on)
    return valid, frozenset(item.occupation for item in row.facts.experience if item.current)


def _held(valid: Iterable[str], done: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """Skills and papers with what they imply and what done work has taught."""
    taught: list[str] = []
    for code in done:
        occupation = vocabulary.lexicon.occupations.get(code)
        if occupation:
            taught += [
                skill for skill, weight in occupation.skills if weight >= 0.8 and skill not in vocabulary.licence_at
            ]
    return vocabulary.with_implied([*valid, *taught])


def _held_row(held: Iterable[str], vocabulary: Vocabulary) -> npt.NDArray[np.float32]:
    """1 where a skill is held."""
    return _marked(
        (vocabulary.skill_at[code] for code in held if code in vocabulary.skill_at), len(vocabulary.skills)
    ).astype(np.float32)


def _travel(transport: Transport | None, policy: PolicyAt) -> tuple[float, float]:
    """Minutes a road kilometre, and waiting; without a stated means, the bus."""
    name = (transport or Transport.BUS).name.lower()
    wait = policy.number("commute.bus_wait") if name == "bus" else 0.0
    return 60 / policy.number(f"commute.speed_{name}"), wait


def encode_workers(
    rows: Sequence[WorkerRow],
    homes: Mapping[tuple[str, float | None, float | None], int],
    workplaces: Sequence[Place],
    codes: tuple[str, ...],
    vocabulary: Vocabulary,
    policy: PolicyAt,
) -> WorkerColumns:
    """Columns of a block of people: those who would move last, for whom the market is widest; by home; by a mark."""
    on, size = policy.on, len(rows)
    seen = [(row, _standing(row.facts.constraints, on), homes[_home(row)]) for row in rows]
    placed = sorted(seen, key=lambda item: (_moves(item[0], item[1]) == 1, item[2], *_tie(item[0])))
    ordered, standing = [row for row, _, _ in placed], [held for _, held, _ in placed]
    ages = [age_on(row.facts.birth_date.value, on) for row in ordered]
    from_age = AgeLimits.of(policy)
    limits = [
        derived_codes(row.worker, row.facts, held, age, from_age)
        for row, held, age in zip(ordered, standing, ages, strict=True)
    ]
    bit = {code: 1 << position for position, code in enumerate(codes)}
    bits = {found: sum(bit[code] for code in found if code in bit) for found in set(limits)}
    learnt = [_learnt(row, on) for row in ordered]
    holding = {key: _held(*key, vocabulary) for key in set(learnt)}
    papers = {key: vocabulary.licence_words(found) for key, found in holding.items()}
    held = intern_rows(learnt, lambda key: _held_row(holding[key], vocabulary), len(vocabulary.skills), np.float32)
    width = len(vocabulary.occupations)
    by_means = {means: _travel(means, policy) for means in (None, *Transport)}
    travel = [by_means[row.facts.transport.value or row.worker.transport] for row in ordered]
    wishes = [goes_by(row.facts, found, vocabulary) for row, found in zip(ordered, limits, strict=True)]
    wished_places = [
        tuple(sorted({place.code for place, _ in row.facts.wished_places if place.code})) for row in ordered
    ]
    place_codes = np.array([place.code for place in workplaces])

    return WorkerColumns(
        rows=tuple(ordered),
        mark=column((stable_mark(f"{row.worker.sender}/{row.worker.ref}") | 1 for row in ordered), np.uint32, size),
        age=column(ages, np.float32, size),
        education=column(
            (-1 if r.facts.education.value is None else int(r.facts.education.value) for r in ordered), np.int8, size
        ),
        home=column((home for _, _, home in placed), np.int32, size),
        minutes_per_km=column((pace for pace, _ in travel), np.float32, size),
        wait=column((wait for _, wait in travel), np.float32, size),
        bits=column((bits[found] for found in limits), np.uint64, size),
        max_km=column((_value(held, "MAX_KM", 0, float("inf")) for held in standing), np.float32, size),
        nearer_km=column((_too_far(row) for row in ordered), np.float32, size),
        day_return=column(
            (_home_daily(row, found) for row, found in zip(ordered, limits, strict=True)), np.bool_, size
        ),
        weekend_home=column(("WEEKEND_HOME" in found for found in limits), np.bool_, size),
        midday_home=column(("MIDDAY_HOME" in found for found in limits), np.bool_, size),
        home_suits=column((bool(HOME_SUITS & found) for found in limits), np.bool_, size),
        moves=column((_moves(row, held) for row, held in zip(ordered, standing, strict=True)), np.int8, size),
        start=column((_value(held, "HOURS", 0, 0.0) for held in standing), np.float32, size),
        end=column((_value(held, "HOURS", 1, float(DAY)) for held in standing), np.float32, size),
        months=column((_free_months(held) for held in standing), np.uint16, size),
        pay_wish=column(
            (r.facts.wage_wish.yuan_per_month if r.facts.wage_wish else np.nan for r in ordered), np.float32, size
        ),
        licences=np.array([papers[key] for key in learnt], dtype=np.uint64).reshape(size, vocabulary.words),
        held=held,
        experience=intern_rows(
            [_done(row, vocabulary) for row in ordered],
            lambda done: _experience_row(done, vocabulary),
            width,
            np.float32,
        ),
        wish=intern_rows(
            list(zip(wishes, held.kind.tolist(), strict=True)),
            lambda key: nearness_row(key[0], held.table[key[1]], vocabulary, policy),
            width,
            np.float32,
        ),
        wish_stated=column((one.says_something for one in wishes), np.bool_, size),
        refuses=_occupation_rows([row.facts.refused for row in ordered], vocabulary),
        trained=_occupation_rows([row.facts.trained for row in ordered], vocabulary),
        place_wish=intern_rows(
            wished_places, lambda codes: _places_within(codes, place_codes), len(workplaces), np.bool_
        ),
        place_bound=intern_rows(
            [(place_bounds(row, on), _avoided(row)) for row in ordered],
            lambda codes: _places_outside(codes[0], place_codes) | _places_within(codes[1], place_codes),
            len(workplaces),
            np.bool_,
        ),
        place_wish_stated=column((bool(found) for found in wished_places), np.bool_, size),
        weak=column(("WEAK_LABOUR" in found for found in limits), np.bool_, size),
        mandarin=column((_mandarin(row) for row in ordered), np.int8, size),
    )


def _tie(row: WorkerRow) -> tuple[int, str, int]:
    """An order among equals that does not depend on the order people came in."""
    return stable_mark(row.worker.ref), row.worker.ref, row.key


def _home(row: WorkerRow) -> tuple[str, float | None, float | None]:
    """The key of a person's home."""
    return (row.worker.home.code, row.worker.home.lat, row.worker.home.lon)


def _home_daily(row: WorkerRow, codes: frozenset[str]) -> bool:
    """Whether one has to be home every day."""
    return bool(row.worker.daily_return) or bool(codes & {"DAY_RETURN", "AT_HOME", "MIDDAY_HOME"})


def _free_months(held: Standing) -> int:
    """The months one is free for work as twelve bits; no season means all of them."""
    found = held.get("SEASONAL")
    if found and len(found.values) == 2 and all(1 <= month <= 12 for month in found.values):
        return month_bits(found.values[0], found.values[1])
    return 0xFFF


def _occupation_rows(terms: Sequence[Sequence[LinkedTerm]], vocabulary: Vocabulary) -> Rows[np.bool_]:
    """True where a person's terms name an occupation."""
    width = len(vocabulary.occupations)
    return intern_rows(
        [_named(found, vocabulary) for found in terms], lambda named: _marked(named, width), width, np.bool_
    )


def _places_within(codes: Iterable[str], places: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """True where one of `places`, division codes, lies in one of some divisions."""
    found = np.zeros(len(places), dtype=np.bool_)
    for code in codes:
        found |= np.strings.startswith(places, division_prefix(code))
    return found


def place_bounds(row: WorkerRow, on: date) -> tuple[str, ...]:
    """Codes of the places outside which nothing suits: limits, or several banners that the column of places names."""
    found = {
        str(value) for item in active(row.facts.constraints, on) if item.code == "WANT_PLACE" for value in item.values
    }
    if not found:
        told = {place.code: place.county or place.code for place, words in row.facts.wished_places if _in_column(words)}
        found = {*told, row.worker.home.county} - {""} if len(set(told.values())) > 1 else found
    return tuple(sorted(found))


def _in_column(words: Evidence) -> bool:
    """Whether a place stands in the column of places."""
    return words.field == "意向地区"


def _avoided(row: WorkerRow) -> tuple[str, ...]:
    """Codes of the places the person will not go to."""
    return tuple(sorted({place.code for place, _ in row.facts.avoided_places if place.code}))


def _places_outside(codes: Sequence[str], places: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """True where a known place lies in none of some divisions; nowhere where none is named."""
    return (places != "") & ~_places_within(codes, places) if codes else np.zeros(len(places), dtype=np.bool_)


def _mandarin(row: WorkerRow) -> int:
    """1 speaks it, also beside Mongolian, 0 does not, or Mongolian first and nothing said of Mandarin, -1 unknown."""
    facts = row.facts
    if facts.speaks_mandarin.value is None:
        return 0 if facts.mongolian_first.value else -1
    return int(facts.speaks_mandarin.value)

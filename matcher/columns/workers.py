"""People as columns.

In: stored workers with their facts. Out: arrays with one place a person, ordered by home so that one home's
people stand together. NaN and -1 mean unknown; tables over occupations and skills hold one row a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matcher.columns.arrays import column
from matcher.columns.postings import month_bits, stable_mark
from matcher.columns.vocabulary import Vocabulary
from matcher.domain.division import Place, lies_within
from matcher.domain.facts import LinkedTerm
from matcher.domain.plan import Track
from matcher.domain.worker import AWAY_ONLY, Constraint, LabourSkill, Sex, Transport, Worker, WorkerFacts
from matcher.policy import PolicyAt

HOME_BOUND = frozenset({"DAY_RETURN", "HOURS", "MIDDAY_HOME", "PART_TIME", "AT_HOME"})
AT_HOME_MOSTLY = frozenset({"AT_HOME", "MIDDAY_HOME", "PART_TIME", "STEP_FREE_ACCESS"})
"""Who is offered work at home and light handwork beside whatever was wished for."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A stored worker ready for planning; keys of postings answered “not wanted”, of those in the
    current plan, and of those printed and not answered yet."""

    key: int
    worker: Worker
    facts: WorkerFacts
    track: Track = Track.FULL
    priority: int = 0
    refused_postings: frozenset[int] = frozenset()
    kept_postings: frozenset[int] = frozenset()
    printed_postings: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class WorkerColumns:
    """One place a person; `experience` and `wish` are (people, occupations), `held` is (people, skills)."""

    rows: tuple[WorkerRow, ...]
    mark: npt.NDArray[np.uint32]
    age: npt.NDArray[np.float32]
    education: npt.NDArray[np.int8]
    home: npt.NDArray[np.int32]
    minutes_per_km: npt.NDArray[np.float32]
    wait: npt.NDArray[np.float32]
    bits: npt.NDArray[np.uint64]
    max_km: npt.NDArray[np.float32]
    day_return: npt.NDArray[np.bool_]
    weekend_home: npt.NDArray[np.bool_]
    midday_home: npt.NDArray[np.bool_]
    moves: npt.NDArray[np.int8]
    start: npt.NDArray[np.float32]
    end: npt.NDArray[np.float32]
    months: npt.NDArray[np.uint16]
    pay_wish: npt.NDArray[np.float32]
    licences: npt.NDArray[np.uint64]
    held: npt.NDArray[np.float32]
    experience: npt.NDArray[np.float32]
    wish: npt.NDArray[np.float32]
    wish_stated: npt.NDArray[np.bool_]
    """Whether there is work wished, done or known to go by."""
    refuses: npt.NDArray[np.bool_]
    trained: npt.NDArray[np.bool_]
    place_wish: npt.NDArray[np.bool_]
    place_wish_stated: npt.NDArray[np.bool_]
    weak: npt.NDArray[np.bool_]
    mandarin: npt.NDArray[np.int8]
    lodging_always: npt.NDArray[np.bool_]
    """Wants a bed at work even near home; others who ask for one mean when they are away."""

    def __len__(self) -> int:
        return len(self.rows)


def age_on(birth: date | None, on: date) -> float:
    """Whole years on a day; NaN where the birth date is unknown."""
    if birth is None:
        return float("nan")
    return float(on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))


def active(constraints: Iterable[Constraint], on: date) -> tuple[Constraint, ...]:
    """Constraints in force on a day."""
    return tuple(item for item in constraints if item.until is None or item.until >= on)


def derived_codes(row: WorkerRow, held: Iterable[Constraint], age: float, policy: PolicyAt) -> set[str]:
    """Limits that follow from age, labour ability and language."""
    codes = {item.code for item in held}
    worker, facts = row.worker, row.facts
    if "AGE_CONSTRUCTION" in codes:
        codes.add("SITE_SHUT")
    if worker.daily_return:
        codes.add("DAY_RETURN")
    male = facts.sex.value is Sex.MALE
    if age < policy.number("entitlement.age_adult"):
        codes.add("MINOR_16_18")
    if age >= policy.number("entitlement.age_on_request"):
        codes.add("AGE_OVER_60")
    if age >= policy.number("limits.special_operation_age_max"):
        codes.add("SPECIAL_OPERATION_AGE")
    if age >= policy.number(f"limits.construction_age_{'male' if male else 'female'}"):
        codes.add("AGE_CONSTRUCTION")
    if worker.labour_skill is LabourSkill.WEAK:
        codes.add("WEAK_LABOUR")
    if not _public_post_open(row, codes):
        codes.add("PUBLIC_POST_GATE")
    if facts.speaks_mandarin.value is False:
        codes.add("NO_MANDARIN")
    return codes


def _public_post_open(row: WorkerRow, codes: set[str]) -> bool:
    """Public-welfare posts: weak or half labour, or bound to the home; never skilled workers."""
    if row.worker.labour_skill is LabourSkill.SKILLED:
        return False
    return row.worker.labour_skill is LabourSkill.WEAK or bool(codes & HOME_BOUND)


def _first(constraints: Sequence[Constraint], code: str) -> Constraint | None:
    """The constraint of a code, if it stands."""
    return next((item for item in constraints if item.code == code), None)


def _value(constraints: Sequence[Constraint], code: str, position: int, missing: float) -> float:
    """A number of a constraint, or what stands for none."""
    found = _first(constraints, code)
    return float(found.values[position]) if found and len(found.values) > position else missing


def _lodging_always(constraints: Sequence[Constraint]) -> bool:
    """Whether a bed was asked for without “when I am away”."""
    found = _first(constraints, "NEED_LODGING")
    return found is not None and found.values != (AWAY_ONLY,)


def _moves(row: WorkerRow, constraints: Sequence[Constraint]) -> int:
    """1 willing to move, 0 not, -1 not known; a duty to be home every day decides."""
    codes = {item.code for item in constraints}
    if codes & {"DAY_RETURN", "AT_HOME", "MIDDAY_HOME"} or row.worker.daily_return:
        return 0
    willing = row.facts.willing_to_move.value
    if willing is None:
        willing = row.worker.willing_to_move
    return -1 if willing is None else int(willing)


def years_strength(years: float | None) -> float:
    """How much of an occupation stays: 0.7 where the length is unknown, 1 from three years on."""
    return 0.7 if years is None else min(1.0, 0.55 + 0.15 * max(years, 0.0))


def _experience_row(row: WorkerRow, vocabulary: Vocabulary) -> npt.NDArray[np.float32]:
    """Best strength by occupation, neighbours by nearness."""
    best = np.zeros(len(vocabulary.occupations), dtype=np.float32)
    for item in row.facts.experience:
        position = vocabulary.occupation_at.get(item.occupation)
        if position is not None and item.current:
            strength = np.float32(years_strength(item.years))
            near = np.minimum(vocabulary.nearness[position] * np.float32(0.9), np.float32(1))
            near[position] = 1
            np.maximum(best, near * strength, out=best)
    return best


def _known_work(row: WorkerRow, vocabulary: Vocabulary) -> list[tuple[int, float]]:
    """What somebody goes by: the work wished for; where none is, the work done, which speaks less surely."""
    at = vocabulary.occupation_at
    if row.facts.wished:
        return [(at[term.code], 1.0) for term in row.facts.wished if term.code in at]
    done = [item for item in row.facts.experience if item.current and item.occupation in at]
    return [(at[item.occupation], 0.5 + 0.35 * years_strength(item.years)) for item in done]


def _open_to(row: WorkerRow, codes: set[str], vocabulary: Vocabulary, policy: PolicyAt) -> npt.NDArray[np.float32]:
    """Work that anybody can start with, nearer the more its load is like that of the work done and wished for."""
    near = np.maximum(vocabulary.anybody, vocabulary.bound) if codes & AT_HOME_MOSTLY else vocabulary.anybody
    if row.facts.any_work.value or not row.facts.wished:
        key = "plan.any_work" if row.facts.any_work.value else "plan.no_wish"
        near = np.where(vocabulary.entry <= 1, np.maximum(near, np.float32(policy.number(key))), near)
        near = np.where(vocabulary.entry == 2, np.float32(policy.number("plan.some_practice")), near)
    known = [item.occupation for item in row.facts.experience if item.current]
    at = [
        vocabulary.occupation_at[code]
        for code in (*known, *(term.code for term in row.facts.wished))
        if code in vocabulary.occupation_at
    ]
    if not at:
        return near.astype(np.float32)
    apart = np.abs(vocabulary.load[:, None] - vocabulary.load[at]).min(axis=1)
    return np.asarray(near * (1 - policy.number("plan.load_apart") * apart), dtype=np.float32)


def _wish_row(
    row: WorkerRow, codes: set[str], vocabulary: Vocabulary, policy: PolicyAt
) -> tuple[npt.NDArray[np.float32], bool]:
    """Best wish by occupation, and whether anything is known to go by: wished 1 (done less, where nothing is wished),
    neighbours by nearness, the same family half, then what is open to anybody."""
    known = _known_work(row, vocabulary)
    if not known and not row.facts.any_work.value:
        return np.zeros(len(vocabulary.occupations), dtype=np.float32), bool(row.facts.wished)
    best = _open_to(row, codes, vocabulary, policy)
    for position, weight in known:
        near = vocabulary.nearness[position] * np.float32(0.9)
        family = np.where(vocabulary.family == vocabulary.family[position], np.float32(0.5), np.float32(0))
        near = np.maximum(near, family)
        near[position] = 1
        best = np.maximum(best, near * np.float32(weight))
    return best, True


def _held(row: WorkerRow, vocabulary: Vocabulary, on: date) -> set[str]:
    """Skills and papers in force on a day, with what they imply and what done work has taught."""
    valid = [item.skill for item in row.facts.skills if item.valid_to is None or item.valid_to >= on]
    taught: list[str] = []
    for item in row.facts.experience:
        occupation = vocabulary.lexicon.occupations.get(item.occupation)
        if occupation and item.current:
            taught += [
                code for code, weight in occupation.skills if weight >= 0.8 and code not in vocabulary.licence_at
            ]
    return vocabulary.with_implied([*valid, *taught])


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
    """Columns of a block of people, ordered by home, willingness to move, and a stable mark."""
    ordered = sorted(rows, key=lambda row: (homes[_home(row)], _moves(row, row.facts.constraints), *_tie(row)))
    on, size = policy.on, len(ordered)
    bit = {code: 1 << position for position, code in enumerate(codes)}
    standing = [active(row.facts.constraints, on) for row in ordered]
    ages = [age_on(row.facts.birth_date.value, on) for row in ordered]
    limits = [derived_codes(row, held, age, policy) for row, held, age in zip(ordered, standing, ages, strict=True)]
    skills = [_held(row, vocabulary, on) for row in ordered]
    travel = [_travel(row.facts.transport.value or row.worker.transport, policy) for row in ordered]
    wishes = [_wish_row(row, found, vocabulary, policy) for row, found in zip(ordered, limits, strict=True)]
    wished_places = [[place.code for place, _ in row.facts.wished_places if place.code] for row in ordered]

    return WorkerColumns(
        rows=tuple(ordered),
        mark=column((stable_mark(f"{row.worker.sender}/{row.worker.ref}") | 1 for row in ordered), np.uint32, size),
        age=column(ages, np.float32, size),
        education=column(
            (-1 if r.facts.education.value is None else int(r.facts.education.value) for r in ordered), np.int8, size
        ),
        home=column((homes[_home(row)] for row in ordered), np.int32, size),
        minutes_per_km=column((pace for pace, _ in travel), np.float32, size),
        wait=column((wait for _, wait in travel), np.float32, size),
        bits=column((sum(bit[code] for code in found if code in bit) for found in limits), np.uint64, size),
        max_km=column((_value(held, "MAX_KM", 0, float("inf")) for held in standing), np.float32, size),
        day_return=column(
            (_home_daily(row, found) for row, found in zip(ordered, limits, strict=True)), np.bool_, size
        ),
        weekend_home=column(("WEEKEND_HOME" in found for found in limits), np.bool_, size),
        midday_home=column(("MIDDAY_HOME" in found for found in limits), np.bool_, size),
        moves=column((_moves(row, held) for row, held in zip(ordered, standing, strict=True)), np.int8, size),
        start=column((_value(held, "HOURS", 0, 0.0) for held in standing), np.float32, size),
        end=column((_value(held, "HOURS", 1, float(DAY)) for held in standing), np.float32, size),
        months=column((_free_months(held) for held in standing), np.uint16, size),
        pay_wish=column(
            (r.facts.wage_wish.yuan_per_month if r.facts.wage_wish else np.nan for r in ordered), np.float32, size
        ),
        licences=np.array([vocabulary.licence_words(found) for found in skills], dtype=np.uint64).reshape(
            size, vocabulary.words
        ),
        held=_skill_table(skills, vocabulary),
        experience=_stack([_experience_row(row, vocabulary) for row in ordered], len(vocabulary.occupations)),
        wish=_stack([wish for wish, _ in wishes], len(vocabulary.occupations)),
        wish_stated=column((stated for _, stated in wishes), np.bool_, size),
        refuses=_term_table([row.facts.refused for row in ordered], vocabulary),
        trained=_term_table([row.facts.trained for row in ordered], vocabulary),
        place_wish=_place_table(wished_places, workplaces),
        place_wish_stated=column((bool(found) for found in wished_places), np.bool_, size),
        weak=column(("WEAK_LABOUR" in found for found in limits), np.bool_, size),
        mandarin=column((_mandarin(row) for row in ordered), np.int8, size),
        lodging_always=column((_lodging_always(held) for held in standing), np.bool_, size),
    )


def _tie(row: WorkerRow) -> tuple[int, str, int]:
    """An order among equals that does not depend on the order people came in."""
    return stable_mark(row.worker.ref), row.worker.ref, row.key


def _home(row: WorkerRow) -> tuple[str, float | None, float | None]:
    """The key of a person's home."""
    return (row.worker.home.code, row.worker.home.lat, row.worker.home.lon)


def _home_daily(row: WorkerRow, codes: set[str]) -> bool:
    """Whether one has to be home every day."""
    return bool(row.worker.daily_return) or bool(codes & {"DAY_RETURN", "AT_HOME", "MIDDAY_HOME"})


def _free_months(constraints: Sequence[Constraint]) -> int:
    """The months one is free for work as twelve bits; no season means all of them."""
    found = _first(constraints, "SEASONAL")
    if found and len(found.values) == 2 and all(1 <= month <= 12 for month in found.values):
        return month_bits(found.values[0], found.values[1])
    return 0xFFF


def _stack(rows: Sequence[npt.NDArray[np.float32]], width: int) -> npt.NDArray[np.float32]:
    """Rows as a table, also where there are none."""
    return np.stack(rows) if rows else np.zeros((0, width), dtype=np.float32)


def _skill_table(skills: Sequence[set[str]], vocabulary: Vocabulary) -> npt.NDArray[np.float32]:
    """1 where a person holds a skill."""
    table = np.zeros((len(skills), len(vocabulary.skills)), dtype=np.float32)
    for row, found in enumerate(skills):
        table[row, [vocabulary.skill_at[code] for code in found if code in vocabulary.skill_at]] = 1
    return table


def _term_table(terms: Sequence[Sequence[LinkedTerm]], vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """True where a person's terms name an occupation, shape (people, occupations)."""
    table = np.zeros((len(terms), len(vocabulary.occupations)), dtype=np.bool_)
    for position, found in enumerate(terms):
        for term in found:
            if term.code in vocabulary.occupation_at:
                table[position, vocabulary.occupation_at[term.code]] = True
    return table


def _place_table(wished: Sequence[Sequence[str]], workplaces: Sequence[Place]) -> npt.NDArray[np.bool_]:
    """True where a workplace lies in a place wished for."""
    known: dict[str, npt.NDArray[np.bool_]] = {}
    table = np.zeros((len(wished), len(workplaces)), dtype=np.bool_)
    for row, codes in enumerate(wished):
        for code in codes:
            if code not in known:
                known[code] = np.array([lies_within(place.code, code) for place in workplaces], dtype=np.bool_)
            table[row] |= known[code]
    return table


def _mandarin(row: WorkerRow) -> int:
    """1 speaks it well, 0 Mongolian first or none, -1 unknown."""
    facts = row.facts
    if facts.speaks_mandarin.value is False or facts.mongolian_first.value:
        return 0
    return -1 if facts.speaks_mandarin.value is None else 1

"""Finding one person in a hurry: by sound, number, code; and which villages there are.

In: what was typed, within a scope. Out: keys of people, conditions for lists, villages with how many people.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from matcher.domain.casenumber import read_case_number
from matcher.domain.slip import read_slip_code
from matcher.domain.worker import Worker
from matcher.reference.name_forms import plain_village, same_name
from matcher.store.context import StoreContext
from matcher.store.identities import normal_id, normal_phone
from matcher.store.intake.sounds import beginnings, sounds_like
from matcher.store.schema import PLAN, WORKER
from matcher.store.workers import in_scope

PHONE_DIGITS = 7
"""A phone number with fewer digits is not looked for: a blind index knows whole numbers only."""


@dataclass(frozen=True, slots=True)
class VillageOf:
    """A village as people's records name it."""

    code: str
    place: str
    village: str
    people: int


class Finding:
    """Looking for people inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def condition(self, words: str, *, division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
        """Whether a person is who is looked for: name, initials, whole pinyin, reference, case number, phone, slip."""
        w = WORKER.c
        tests = [w.name.contains(words, autoescape=True), w.ref.startswith(words, autoescape=True)]
        key, code = read_case_number(words), read_slip_code(words)
        if key is not None:
            tests.append(w.key == key)
        if code is not None:
            tests.append(w.key.in_(select(PLAN.c.worker_key).where(PLAN.c.code == code)))
        if words.isascii() and words.isalpha():
            letters = words.lower()
            tests += [w.initials.startswith(letters), w.initials.contains(f" {letters}")]
            if names := self._named(letters, division, villages):
                tests.append(w.name.in_(names))
        phone = normal_phone(words)
        if len(phone) >= PHONE_DIGITS:
            tests.append(w.phone_index == self._context.keys.blind("phone", phone))
        return or_(*tests)

    def by_id_number(self, number: str, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """People of a scope with an identity number; nothing of the number is stored or told."""
        blind = self._context.keys.blind("id", normal_id(number))
        query = select(WORKER.c.key).where(WORKER.c.id_index == blind, in_scope(division, villages))
        return list(self._context.connection.scalars(query.order_by(WORKER.c.key)))

    def namesakes(self, worker: Worker, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """People of a scope with this name in this village, or in no village that is known."""
        query = select(WORKER.c.key, WORKER.c.name, WORKER.c.village)
        rows = self._context.connection.execute(query.where(WORKER.c.name == worker.name, in_scope(division, villages)))
        village = plain_village(worker.village)
        return [
            key
            for key, name, other in rows
            if same_name(name, worker.name) and (not village or not other or plain_village(other) == village)
        ]

    def villages(self, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 2_000) -> list[VillageOf]:
        """The villages of a scope, by place and name."""
        w = WORKER.c
        named = and_(w.village != "", in_scope(division, villages))
        query = select(w.home_code, w.home_name, w.village, func.count()).where(named)
        grouped = query.group_by(w.home_code, w.home_name, w.village).order_by(w.home_code, w.village).limit(limit)
        return [VillageOf(*tuple(row)) for row in self._context.connection.execute(grouped)]

    def people_of(self, code: str, village: str) -> list[int]:
        """Everybody of a village, by name."""
        w = WORKER.c
        query = select(w.key).where(w.home_code == code, w.village == village, w.merged_into.is_(None))
        return list(self._context.connection.scalars(query.order_by(w.name, w.key)))

    def _named(self, letters: str, division: str, villages: tuple[str, ...]) -> list[str]:
        """Names of a scope that sound like what was typed, whole syllables or their first letters."""
        starts = beginnings(letters)
        if not starts:
            return []
        w = WORKER.c
        alike = or_(*(or_(w.initials.startswith(one), w.initials.contains(f" {one}")) for one in starts))
        query = select(w.name).where(alike, in_scope(division, villages)).distinct()
        return [name for name in self._context.connection.scalars(query) if sounds_like(name, letters)]

"""Who of the stored people a draft may be (file formats, “References and identity”).

In: the identifying columns of stored people, and a draft. Out: the people it may be, best basis first:
ID number → sender and reference → name, village and phone → name, birth date and village.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.worker import Worker


class SameBasis(StrEnum):
    """On what two records are taken to be one person."""

    ID_NUMBER = "id_number"
    SENDER_REF = "sender_ref"
    NAME_VILLAGE_PHONE = "name_village_phone"
    NAME_BIRTH_VILLAGE = "name_birth_village"


@dataclass(frozen=True, slots=True)
class SameAs:
    """A stored person a draft may be; `id_conflict` = both carry an ID number and they differ."""

    key: int
    basis: SameBasis
    digest: str = ""
    id_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifying columns of a stored person."""

    key: int
    sender: str
    ref: str
    name: str
    village: str
    id_index: str
    phone_index: str
    birth_index: str
    digest: str


def normal_id(text: str) -> str:
    """An ID number as it is compared: the 18 digits of the person, without grade of a disability card."""
    return re.sub(r"[\s-]", "", text).upper()[:18]


def normal_phone(text: str) -> str:
    """A phone number as it is compared: digits, without the country code."""
    digits = re.sub(r"\D", "", text)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def normal_birth(worker: Worker) -> str:
    """A birth date as it is compared: the one in the ID number wins."""
    digits = normal_id(worker.id_number)
    if len(digits) == 18:
        return digits[6:14]
    return worker.birth_date.strftime("%Y%m%d") if worker.birth_date is not None else ""


class Identities:
    """Stored people by each of the four bases."""

    def __init__(
        self,
        people: Iterable[Identity],
        *,
        blind: Callable[[str, str], str],
    ) -> None:
        self._blind = blind
        self._by_id: dict[str, list[Identity]] = defaultdict(list)
        self._by_ref: dict[tuple[str, str], Identity] = {}
        self._by_name: dict[tuple[str, str], list[Identity]] = defaultdict(list)
        for person in people:
            self.note(person)

    def note(self, person: Identity) -> None:
        """Takes in one more stored person."""
        if person.id_index:
            self._by_id[person.id_index].append(person)
        self._by_ref[person.sender, person.ref] = person
        self._by_name[person.name, person.village].append(person)

    def find(self, worker: Worker) -> list[SameAs]:
        """Who this may be, each stored person once, best basis first."""
        id_index = self._blind("id", normal_id(worker.id_number))
        found: dict[int, SameAs] = {}
        for basis, person in self._alike(worker, id_index):
            conflict = bool(id_index and person.id_index and id_index != person.id_index)
            found.setdefault(person.key, SameAs(person.key, basis, person.digest, conflict))
        return list(found.values())

    def _alike(self, worker: Worker, id_index: str) -> Iterable[tuple[SameBasis, Identity]]:
        """Every stored person that shares a basis with the draft."""
        for person in self._by_id.get(id_index, ()) if id_index else ():
            yield SameBasis.ID_NUMBER, person
        by_ref = self._by_ref.get((worker.sender, worker.ref)) if worker.ref else None
        if by_ref is not None:
            yield SameBasis.SENDER_REF, by_ref
        namesakes = self._by_name.get((worker.name, worker.village), ()) if worker.name and worker.village else ()
        phone_index = self._blind("phone", normal_phone(worker.phone)) if namesakes else ""
        for person in namesakes:
            if phone_index and person.phone_index == phone_index:
                yield SameBasis.NAME_VILLAGE_PHONE, person
        birth_index = self._blind("birth", normal_birth(worker)) if namesakes else ""
        for person in namesakes:
            if birth_index and person.birth_index == birth_index:
                yield SameBasis.NAME_BIRTH_VILLAGE, person

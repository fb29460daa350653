"""Who of the stored people a draft may be (file formats, “References and identity”).

In: the identifying columns of stored people, and a draft. Out: the people it may be, best basis first:
ID number → sender and reference → name, village and phone → name, birth date and village; each with what
speaks against it. Names and villages are compared however they were spelled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.worker import Worker
from matcher.reading.identity import IdNumber, read_id_number
from matcher.reference.name_forms import plain_village, same_name

_OLD_LENGTH, _LENGTH = 15, 18
_COUNTY_DIGITS, _TOWNSHIP_DIGITS = 6, 9


class SameBasis(StrEnum):
    """On what two records are taken to be one person."""

    ID_NUMBER = "id_number"
    SENDER_REF = "sender_ref"
    NAME_VILLAGE_PHONE = "name_village_phone"
    NAME_BIRTH_VILLAGE = "name_birth_village"


class Doubt(StrEnum):
    """What speaks against two records being one person."""

    NONE = ""
    ID = "id"
    BIRTH = "birth"
    PLACE = "place"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class SameAs:
    """A stored person a draft may be; `id_conflict` = both carry an ID number and they differ."""

    key: int
    basis: SameBasis
    digest: str = ""
    id_conflict: bool = False
    doubt: Doubt = Doubt.NONE
    """The key agrees, something beside it does not."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifying columns of a stored person; `key` is that of the person it was merged into, if it was."""

    key: int
    sender: str
    ref: str
    name: str
    village: str
    home_code: str
    id_index: str
    phone_index: str
    birth_index: str
    digest: str


def normal_id(text: str) -> str:
    """An ID number as it is compared: the 18 digits of the person, without grade of a disability card."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == _OLD_LENGTH:
        found = read_id_number(digits)
        return found.digits if isinstance(found, IdNumber) else digits
    return digits[:_LENGTH]


def normal_phone(text: str) -> str:
    """A phone number as it is compared: digits, without the country code."""
    digits = re.sub(r"\D", "", text)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def normal_birth(worker: Worker) -> str:
    """A birth date as it is compared: the one in the ID number wins."""
    digits = normal_id(worker.id_number)
    if len(digits) == _LENGTH:
        return digits[6:14]
    return worker.birth_date.strftime("%Y%m%d") if worker.birth_date is not None else ""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a draft is compared by."""

    worker: Worker
    id_index: str
    phone_index: str
    birth_index: str

    def doubt(self, person: Identity, *, same_village: bool) -> Doubt:
        """What speaks against a stored person being this one."""
        if _differ(self.id_index, person.id_index):
            return Doubt.ID
        if _differ(self.birth_index, person.birth_index):
            return Doubt.BIRTH
        if not same_village:
            return Doubt.VILLAGE
        return Doubt.PLACE if _apart(self.worker.home.code, person.home_code) else Doubt.NONE


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
        self._by_phone: dict[str, list[Identity]] = defaultdict(list)
        self._by_birth: dict[str, list[Identity]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Identity]] = defaultdict(list)
        for person in people:
            self.note(person)

    def note(self, person: Identity) -> None:
        """Takes in one more stored person."""
        if person.id_index:
            self._by_id[person.id_index].append(person)
        if person.phone_index:
            self._by_phone[person.phone_index].append(person)
        if person.birth_index:
            self._by_birth[person.birth_index].append(person)
        self._by_ref[person.sender, person.ref] = person
        self._by_name[person.sender, person.name].append(person)

    def find(self, worker: Worker) -> list[SameAs]:
        """Who this may be, each stored person once, best basis first."""
        marks = _Marks(
            worker,
            self._blind("id", normal_id(worker.id_number)),
            self._blind("phone", normal_phone(worker.phone)),
            self._blind("birth", normal_birth(worker)),
        )
        found: dict[int, SameAs] = {}
        bases: dict[int, set[SameBasis]] = defaultdict(set)
        for basis, person, doubt in self._alike(marks):
            conflict = _differ(marks.id_index, person.id_index)
            one, held = SameAs(person.key, basis, person.digest, conflict, doubt), found.get(person.key)
            if held is None or (held.basis is basis and held.doubt and not doubt):
                found[person.key] = one
            bases[person.key].add(basis)
        return _without_namesakes(list(found.values()), bases)

    def namesakes(self, worker: Worker) -> int:
        """How many people of this name and village the same sender has named."""
        people = self._by_name.get((worker.sender, worker.name), ())
        return len({person.key for person in people if _same_village(person.village, worker.village)})

    def _alike(self, marks: _Marks) -> Iterator[tuple[SameBasis, Identity, Doubt]]:
        """Every stored person that shares a basis with the draft, and what speaks against it."""
        worker = marks.worker
        for person in self._by_id.get(marks.id_index, ()) if marks.id_index else ():
            yield SameBasis.ID_NUMBER, person, Doubt.NONE
        by_ref = self._by_ref.get((worker.sender, worker.ref)) if worker.ref else None
        if by_ref is not None:
            yield SameBasis.SENDER_REF, by_ref, _doubt_of_ref(marks, by_ref)
        yield from self._by_phone_and_name(marks)
        for person in self._by_birth.get(marks.birth_index, ()) if worker.village and marks.birth_index else ():
            alike = same_name(worker.name, person.name) and _same_village(worker.village, person.village)
            if alike and not _elsewhere(marks, person):
                yield SameBasis.NAME_BIRTH_VILLAGE, person, marks.doubt(person, same_village=True)

    def _by_phone_and_name(self, marks: _Marks) -> Iterator[tuple[SameBasis, Identity, Doubt]]:
        """People of this name and phone in this village; in another one only where the birth date agrees too."""
        worker = marks.worker
        for person in self._by_phone.get(marks.phone_index, ()) if marks.phone_index else ():
            if not same_name(worker.name, person.name):
                continue
            here = bool(worker.village) and _same_village(worker.village, person.village)
            if here or (marks.birth_index and marks.birth_index == person.birth_index):
                yield SameBasis.NAME_VILLAGE_PHONE, person, marks.doubt(person, same_village=here)


def _without_namesakes(found: list[SameAs], bases: dict[int, set[SameBasis]]) -> list[SameAs]:
    """Of namesakes with one phone a stronger key tells which: nothing points only to the other."""
    if len(found) < 2:
        return found
    best = bases[found[0].key]
    return [found[0], *(one for one in found[1:] if not bases[one.key] < best)]


def _doubt_of_ref(marks: _Marks, person: Identity) -> Doubt:
    """A reference that stands for somebody born on another day with another phone is one given out anew."""
    if marks.id_index and marks.id_index == person.id_index:
        return Doubt.NONE
    anew = _differ(marks.birth_index, person.birth_index) and _differ(marks.phone_index, person.phone_index)
    return Doubt.BIRTH if anew else Doubt.NONE


def _elsewhere(marks: _Marks, person: Identity) -> bool:
    """A village of the same name in another county, or in another township with another ID number, is another."""
    mine, theirs = marks.worker.home.code, person.home_code
    other_county = _apart(mine[:_COUNTY_DIGITS], theirs[:_COUNTY_DIGITS])
    return other_county or (_apart(mine, theirs) and _differ(marks.id_index, person.id_index))


def _differ(one: str, other: str) -> bool:
    """Whether two values are both known and not the same."""
    return bool(one and other and one != other)


def _apart(one: str, other: str) -> bool:
    """Whether two places are known to lie in different townships or counties."""
    return any(
        first != second and all(len(code) == length and not code.endswith(filler) for code in (first, second))
        for length, filler in ((_COUNTY_DIGITS, "00"), (_TOWNSHIP_DIGITS, "000"))
        for first, second in ((one[:length], other[:length]),)
    )


def _same_village(one: str, other: str) -> bool:
    """Whether two spellings are one village."""
    return plain_village(one) == plain_village(other) != ""

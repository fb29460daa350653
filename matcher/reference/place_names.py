"""The names divisions go by, and where they stand in a text.

In: division tables, the aliases people use, and the guards (roads, dishes, ordinary words).
Out: `NameIndex.scan`, the names found in a text, leftmost and longest first, each with every
division it may mean; which of them is meant is decided in `matcher.reference.divisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum

from matcher.domain.division import division_prefix

_SWAPPED = ("市", "县", "区")


class Surety(IntEnum):
    """How surely a name means a division; a lower figure goes first."""

    FULL = 0
    ALIAS = 1
    PROVINCE = 2
    PREFECTURE = 3
    COUNTY = 4
    TOWNSHIP = 5
    VARIANT = 6


@dataclass(frozen=True, slots=True)
class Sense:
    """One division a name may mean; `bound` = only beside the division it lies in."""

    code: str
    prefix: str
    surety: Surety
    bound: bool = False
    wordy: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text with what it may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    @property
    def full(self) -> bool:
        """Whether the name was written in full, with its kind, and means one place alone: “城区” does not."""
        return any(sense.surety is Surety.FULL and not sense.bound for sense in self.senses)


@dataclass(frozen=True, slots=True)
class Guards:
    """Letters around a name that make it no place, and names that need their division beside them."""

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    city_after: frozenset[str] = frozenset()
    lead: frozenset[str] = frozenset()
    word: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[dict[str, str]]) -> Guards:
        """The guards of the table division_guards."""
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["kind"], []).append(row["text"])
        return cls(
            after=tuple(found.get("after", ())),
            before=tuple(found.get("before", ())),
            city_after=frozenset(found.get("city_after", ())),
            lead=frozenset(found.get("lead", ())),
            word=frozenset(found.get("word", ())),
            general=frozenset(found.get("general", ())),
        )


def is_letter(char: str) -> bool:
    """Whether a character belongs to a word: a Chinese character, a letter or a digit."""
    return char.isalnum()


@dataclass(frozen=True, eq=False)
class NameIndex:
    """All names with their senses, and the longest name starting with each character."""

    guards: Guards
    senses: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, sense: Sense) -> None:
        """Remember one more meaning of a name; general names and clipped ones are always bound."""
        if len(name) < 2:
            return
        if name in self.guards.general:
            sense = replace(sense, bound=True)
        if name in self.guards.word or (len(name) == 2 and sense.surety is Surety.FULL):
            sense = replace(sense, wordy=True)
        known = self.senses.get(name, ())
        if any(other.code == sense.code and other.surety <= sense.surety for other in known):
            return
        self.senses[name] = (*known, sense)
        self.longest[name[0]] = max(self.longest.get(name[0], 0), len(name))

    def bind(self, name: str) -> None:
        """Let every meaning of a name count only beside the division it lies in."""
        self.senses[name] = tuple(replace(sense, bound=True) for sense in self.senses.get(name, ()))

    def scan(self, text: str, *, free: bool = False) -> Iterator[Hit]:
        """Names in a text from left to right; `free` text has names in the middle of sentences."""
        at = joined = 0
        while at < len(text):
            hit = self._longest_at(text, at, at == joined, free)
            if hit is None:
                at += 1
                continue
            yield hit
            at = joined = hit.end

    def _longest_at(self, text: str, at: int, joined: bool, free: bool) -> Hit | None:
        """The longest acceptable name starting at one place."""
        most = self.longest.get(text[at], 0)
        if not most:
            return None
        anchored = joined or at == 0 or not is_letter(text[at - 1]) or text[at - 1] in self.guards.lead
        for end in range(min(at + most, len(text)), at + 1, -1):
            senses = self.senses.get(text[at:end])
            if senses:
                senses = self._acceptable(senses, text, at, end, anchored=anchored, free=free)
                if senses:
                    return Hit(at, end, senses)
        return None

    def _continues(self, text: str, end: int, outer: Sense) -> bool:
        """Whether what follows a name is no road but a division inside it: 石家庄桥西."""
        most = self.longest.get(text[end], 0)
        names = (text[end:stop] for stop in range(end + 2, min(end + most, len(text)) + 1))
        return any(sense.prefix.startswith(outer.prefix) for name in names for sense in self.senses.get(name, ()))

    def _acceptable(
        self, senses: tuple[Sense, ...], text: str, at: int, end: int, *, anchored: bool, free: bool
    ) -> tuple[Sense, ...]:
        """The senses a name keeps between its neighbours in the text."""
        guards = self.guards
        if text[end - 1] == "市" and text[end : end + 1] in guards.city_after:
            return ()
        clipped = end - at == 2 and text.endswith(guards.before, 0, at)
        road = text.startswith(guards.after, end)
        bounded = end == len(text) or not is_letter(text[end]) or text[end] in guards.lead
        kept = []
        for sense in senses:
            short = sense.surety is not Surety.FULL and sense.surety is not Surety.VARIANT
            if (short and road and not self._continues(text, end, sense)) or (clipped and sense.surety is Surety.ALIAS):
                continue
            if sense.surety >= Surety.COUNTY and not anchored:
                continue
            if sense.surety in (Surety.PROVINCE, Surety.PREFECTURE, Surety.ALIAS) and not (anchored or free):
                continue
            if sense.surety >= Surety.COUNTY and not bounded:
                sense = replace(sense, bound=True)
            kept.append(sense)
        return tuple(kept)


def name_index(
    *,
    divisions: list[dict[str, str]],
    townships: list[dict[str, str]],
    former: list[dict[str, str]],
    aliases: list[dict[str, str]],
    guards: Guards,
) -> NameIndex:
    """The index over all tables."""
    index = NameIndex(guards)
    for row in divisions:
        _add_division(index, row)
    for row in townships:
        _add_township(index, row)
    for row in former:
        index.add(row["name"], _sense(row["now"], Surety.VARIANT))
    for row in aliases:
        if row["code"]:
            index.add(
                row["alias"],
                _sense(row["code"], Surety.ALIAS, bound=row["use"] == "context", wordy=row["use"] != "text"),
            )
        else:
            index.bind(row["alias"])
    return index


def _sense(code: str, surety: Surety, *, bound: bool = False, wordy: bool = False) -> Sense:
    """A sense with the digits of its code that say something."""
    return Sense(code, division_prefix(code), surety, bound, wordy)


def _add_division(index: NameIndex, row: dict[str, str]) -> None:
    """A division under its full name, its short name and its short name with another kind."""
    code, short = row["code"], row["short"]
    surety = Surety[row["level"].upper()]
    index.add(row["name"], _sense(code, Surety.FULL))
    index.add(short, _sense(code, surety, wordy=surety is Surety.COUNTY))
    if surety is Surety.COUNTY and len(short) >= 2:
        for kind in _SWAPPED:
            index.add(short + kind, _sense(code, Surety.VARIANT, wordy=True))


def _add_township(index: NameIndex, row: dict[str, str]) -> None:
    """A township under its full name and, beside its banner, without its kind."""
    code, name, kind = row["code"], row["name"], row["kind"]
    index.add(name, _sense(code, Surety.FULL, bound=row["alone"] == "no"))
    if row["alone"] == "short":
        index.add(name.removesuffix(kind), _sense(code, Surety.ALIAS))
    elif kind in ("镇", "苏木", "乡"):
        index.add(name.removesuffix(kind), _sense(code, Surety.TOWNSHIP, bound=True, wordy=True))

"""What the policies offer, to whom, from when, how much, with which papers: a catalogue of dated versions.

In: nothing. Out: frozen records, and the catalogue that picks what stands in a place on a day. An amount nobody has
entered is None: it is asked at the window, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from matcher.domain.service.policies.rules import Rule


class Audience(StrEnum):
    """Whom an offer is for."""

    PERSON = "P"
    EMPLOYER = "E"
    ORGANISATION = "O"


class Visibility(StrEnum):
    """Who may read an offer: staff, or everybody."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Once(StrEnum):
    """How often an offer is given."""

    OPEN = "open"
    YEAR = "year"
    SPELL = "spell"
    PERSON = "person"
    LEVEL = "level"
    """Once for an occupation at a level."""


class Tier(StrEnum):
    """Where the work is, seen from home; an amount of tier ANY holds wherever no other does."""

    ANY = ""
    BANNER = "banner"
    CITY = "city"
    REGION = "region"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and English."""

    zh: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """The text in a language, Chinese where there is no other."""
        return (self.en if language == "en" else self.zh) or self.zh


@dataclass(frozen=True, slots=True)
class Basis:
    """A document and its paragraph."""

    doc: str
    paragraph: str = ""

    def __str__(self) -> str:
        """As it is cited."""
        return f"{self.doc} {self.paragraph}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much, of which tier, from when; `value` None = to be entered by the office."""

    tier: Tier = Tier.ANY
    months: int = 0
    """The least months of work it takes."""
    value: Decimal | None = None
    unit: str = "yuan_once"
    since: date
    until: date | None = None
    basis: str = ""

    def stands(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One offer as it stands from a day on, in a region."""

    code: str
    audience: Audience
    title: Words
    plain: Words
    """What it is, in words anybody understands."""
    basis: tuple[Basis, ...]
    region: str
    """Digits a division begins with."""
    valid_from: date | None
    valid_to: date | None = None
    visibility: Visibility = Visibility.PUBLIC
    rule: Rule
    amounts: tuple[Amount, ...] = ()
    once: Once = Once.OPEN
    deadline_days: int | None = None
    """Days after it falls due within which it has to be claimed; None = to be entered by the office."""
    materials: tuple[str, ...] = ()
    """Codes of papers that several offers share."""
    own_materials: tuple[str, ...] = ()
    """Papers only this offer asks for, in words."""
    where: Words = Words()
    """Where to go; empty = the office's own window."""
    internal_note: str = ""
    """For staff only, whoever may read the rest."""
    on_plan: bool = False
    """Whether the plan of a person tells of it."""
    withdrawn: bool = False
    """From `valid_from` on there is no such offer any more."""

    def stands(self, on: date, division: str) -> bool:
        """Whether it speaks of a place on a day."""
        began = self.valid_from is not None and self.valid_from <= on
        return began and (self.valid_to is None or on <= self.valid_to) and division.startswith(self.region)

    def amount(self, *, tier: Tier, on: date, months: int | None = None) -> Amount | None:
        """The amount of a tier on a day: its own before the general, of most months, the newest; None = none named."""
        fitting = [
            one
            for one in self.amounts
            if one.stands(on) and one.tier in {tier, Tier.ANY} and (months is None or one.months <= months)
        ]
        return max(fitting, key=lambda one: (one.tier is tier, one.months, one.since), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptItem:
    """A version as stored, with who entered it and when; `key` 0 = shipped with the program."""

    key: int = 0
    item: Item
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All versions, oldest entry first; nothing is ever overwritten. Two objects are never equal."""

    versions: tuple[KeptItem, ...] = ()
    _by_code: Mapping[str, list[KeptItem]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_code: dict[str, list[KeptItem]] = defaultdict(list)
        for kept in self.versions:
            by_code[kept.item.code].append(kept)
        object.__setattr__(self, "_by_code", dict(by_code))

    def codes(self) -> list[str]:
        """Every code, in the order of their first versions."""
        return list(self._by_code)

    def history(self, code: str) -> list[KeptItem]:
        """All versions of an offer, oldest entry first."""
        return list(self._by_code.get(code, ()))

    def version_on(self, code: str, *, on: date, division: str) -> KeptItem | None:
        """The version that stands: of the nearest region, the latest begun, the last entered; None = no such offer."""
        standing = [
            (len(kept.item.region), kept.item.valid_from or date.min, place, kept)
            for place, kept in enumerate(self._by_code.get(code, ()))
            if kept.item.stands(on, division)
        ]
        found = max(standing, key=lambda one: one[:3], default=None)
        return None if found is None or found[3].item.withdrawn else found[3]

    def on(self, on: date, division: str) -> tuple[Item, ...]:
        """Everything on offer in a place on a day."""
        found = (self.version_on(code, on=on, division=division) for code in self._by_code)
        return tuple(kept.item for kept in found if kept is not None)

    def amount_of(
        self, code: str, *, tier: Tier | str, on: date, division: str, months: int | None = None
    ) -> Amount | None:
        """How much an offer is worth on a day; `value` None inside, or no amount at all, is asked at the window."""
        kept = self.version_on(code, on=on, division=division)
        return None if kept is None else kept.item.amount(tier=Tier(tier), on=on, months=months)

    def with_versions(self, more: Iterable[KeptItem]) -> Catalogue:
        """The catalogue with later entries."""
        return Catalogue((*self.versions, *more))


class Told(StrEnum):
    """How a notice reached somebody."""

    HANDED = "handed"
    READ_ALOUD = "read_aloud"
    PHONE = "phone"
    FAMILY = "family"


class Receipt(StrEnum):
    """What proves that it did."""

    SIGNED = "signed"
    THUMB = "thumb"
    WITNESS = "witness"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssue:
    """One notice that reached a person, with the verdicts it told of."""

    key: int = 0
    worker_key: int
    issued_on: date
    how: Told
    receipt: Receipt
    states: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactAnswer:
    """What somebody said of a person at a desk: a fact, or that a paper is there (`material:CODE`)."""

    worker_key: int
    about: str
    value: str
    answered_on: date
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    """A question people ask, and the answer in plain words; `key` 0 = shipped with the program."""

    code: str
    question: Words
    answer: Words
    basis: str = ""
    asked_as: tuple[str, ...] = ()
    """How else people say it."""
    items: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    question_mn: str = ""
    answer_mn: str = ""
    gone: bool = False
    key: int = 0
    actor: str = ""
    recorded_at: datetime | None = None

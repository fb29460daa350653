"""A training class as its provider states it, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.domain.division import Place
from matcher.domain.facts import Fact, LinkedTerm
from matcher.domain.posting import AgeLimit
from matcher.domain.worker import Education


class TrainingMode(StrEnum):
    """授课方式."""

    FULL_TIME = "脱产"
    HALF_DAY = "半天"
    EVENING = "夜校"
    ONLINE = "网上"
    IN_VILLAGE = "入村"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingClass:
    """A class as delivered."""

    ref: str
    sender: str = "local"
    title: str
    occupation_text: str = ""
    level_text: str = ""
    provider: str
    place: Place = field(default_factory=Place)
    starts_on: date | None = None
    ends_on: date | None = None
    hours: int | None = None
    seats: int | None = None
    mode: TrainingMode | None = None
    language_text: str = ""
    age_text: str = ""
    education_text: str = ""
    health_text: str = ""
    certificate_text: str = ""
    subsidy_text: str = ""
    board_text: str = ""
    phone: str = ""
    enrol_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFacts:
    """What was understood of a class."""

    occupations: tuple[LinkedTerm, ...] = ()
    skills: tuple[LinkedTerm, ...] = ()
    """Skills and certificates one leaves with."""
    level: int | None = None
    """National levels: 5 beginner … 1 senior technician; None unknown."""
    certification_only: bool = False
    """等级认定: certifies what one already does."""
    renewal: bool = False
    """复审换证: keeps a paper in force for those who have it."""
    business: bool = False
    """创业: for people who want a business of their own."""
    age: AgeLimit | None = None
    education: Fact[Education] = field(default_factory=Fact)
    languages: tuple[str, ...] = ()
    """Of zh, mn; empty = unknown, taken as zh."""
    excludes: tuple[str, ...] = ()
    """Constraint codes the health rule shuts out."""
    lodging: Fact[bool] = field(default_factory=Fact)
    free: Fact[bool] = field(default_factory=Fact)

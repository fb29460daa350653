"""A posting as the employer states it, and what was understood of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.worker import Education, Sex


class PostingKind(StrEnum):
    """岗位类别."""

    MARKET = "市场岗位"
    PUBLIC_WELFARE = "公益性岗位"
    WORKSHOP = "帮扶车间"
    WORK_RELIEF = "以工代赈"
    COOPERATION = "京蒙协作"


class PostingState(StrEnum):
    """Where a posting stands; only OPEN ones are suggested."""

    OPEN = "open"
    HELD = "held"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"


class Shift(StrEnum):
    """When the work is done."""

    DAY = "day"
    ROTATING = "rotating"
    NIGHT = "night"
    PART_TIME = "part_time"
    FLEXIBLE = "flexible"


class WageUnit(StrEnum):
    """How the advert states pay."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    YEAR = "year"
    ORDER = "order"


_SAYS_OF_WHOM = re.compile(
    r"[（(【\[][^（(【\[）)】\]]*(?:残疾|脱贫|监测户|监测对象|低保|特困|贫困|刑满|精神)[^）)】\]]*[）)】\]]"
)
"""What a title adds in brackets on the people it is meant for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A posting as delivered; the *_text fields are verbatim, None and "" mean unknown."""

    ref: str
    sender: str = "local"
    source_ref: str = ""
    title: str
    employer: str
    uscc: str = ""
    kind: PostingKind = PostingKind.MARKET
    place: Place = field(default_factory=Place)
    openings: int | None = None
    openings_text: str = ""
    wage_text: str = ""
    education_text: str = ""
    age_text: str = ""
    sex_text: str = ""
    certificate_text: str = ""
    experience_text: str = ""
    hours_text: str = ""
    board_text: str = ""
    insurance_text: str = ""
    load_text: str = ""
    description: str = ""
    contact: str = ""
    phone: str = ""
    published_on: date | None = None
    deadline: date | None = None
    source: str = ""
    verified_by: str = ""
    verified_on: date | None = None
    several_jobs: bool = False
    occupation_placed: str = ""
    """The occupation staff have placed the title in; "" = as it is read."""

    @property
    def shown_title(self) -> str:
        """The title as it may stand on somebody's paper: without brackets that tell what kind of people it is for."""
        return _SAYS_OF_WHOM.sub("", self.title).strip() or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Wage:
    """Pay as a range of yuan a month; `assumption` is a wording code, e.g. DAYS_26, where it was converted."""

    low: float | None = None
    high: float | None = None
    unit: WageUnit = WageUnit.MONTH
    assumption: str = ""
    evidence: tuple[Evidence, ...] = ()
    contradicted: bool = False
    """Column and text state pay that does not overlap; the column holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimit:
    """The ages an advert asks for, both ends included."""

    low: int | None = None
    high: int | None = None
    evidence: tuple[Evidence, ...] = ()
    contradicted: bool = False
    """Column and text differ; the column holds unless it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAsked:
    """A skill or certificate an advert asks for; not `required` = preferred."""

    skill: str
    required: bool = True
    evidence: tuple[Evidence, ...] = ()
    instead: tuple[str, ...] = ()
    """Papers any one of which does as well: A证或B证."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingFacts:
    """What was understood of a posting."""

    occupations: tuple[LinkedTerm, ...] = ()
    """Main occupation first."""
    wage: Wage | None = None
    age: AgeLimit | None = None
    education: Fact[Education] = field(default_factory=Fact)
    sex_asked: Fact[Sex] = field(default_factory=Fact)
    """Never obeyed; flagged to staff."""
    ethnic_asked: Fact[str] = field(default_factory=Fact)
    skills: tuple[SkillAsked, ...] = ()
    experience_years: Fact[float] = field(default_factory=Fact)
    load: Fact[int] = field(default_factory=Fact)
    hazards: tuple[LinkedTerm, ...] = ()
    hazards_absent: tuple[LinkedTerm, ...] = ()
    """Hazards of the occupation that the advert denies (“无夜班”)."""
    shift: Fact[Shift] = field(default_factory=Fact)
    start_minute: Fact[int] = field(default_factory=Fact)
    """Minutes after midnight."""
    end_minute: Fact[int] = field(default_factory=Fact)
    hours_per_day: Fact[float] = field(default_factory=Fact)
    rest_days_per_month: Fact[float] = field(default_factory=Fact)
    overtime: Fact[bool] = field(default_factory=Fact)
    board: Fact[bool] = field(default_factory=Fact)
    lodging: Fact[bool] = field(default_factory=Fact)
    live_in: Fact[bool] = field(default_factory=Fact)
    at_home: Fact[bool] = field(default_factory=Fact)
    anywhere: Fact[bool] = field(default_factory=Fact)
    """Work at home that need not be near: material by post, orders online."""
    filled: Fact[bool] = field(default_factory=Fact)
    """The advert itself says that nobody is wanted any more."""
    insurance: Fact[bool] = field(default_factory=Fact)
    contract: Fact[bool] = field(default_factory=Fact)
    mandarin_needed: Fact[bool] = field(default_factory=Fact)
    mongolian_ok: Fact[bool] = field(default_factory=Fact)
    couples: Fact[bool] = field(default_factory=Fact)
    couples_only: Fact[bool] = field(default_factory=Fact)
    """Nobody is taken alone."""
    disabled_welcome: Fact[bool] = field(default_factory=Fact)
    written_only: Fact[bool] = field(default_factory=Fact)
    """The work is done in writing; nobody has to be spoken to."""
    seated: Fact[bool] = field(default_factory=Fact)
    halal: Fact[bool] = field(default_factory=Fact)
    shuttle: Fact[bool] = field(default_factory=Fact)
    trained_on_job: Fact[bool] = field(default_factory=Fact)
    season: Fact[tuple[int, int]] = field(default_factory=Fact)
    """First and last month of the work."""
    conduct: tuple[LinkedTerm, ...] = ()
    """FEE, DEPOSIT, CLOTHING_CHARGE, PAPERS_KEPT, PYRAMID, CLICK_FARMING, LOAN, OVERSEAS_LURE with the words."""
    limits: tuple[LinkedTerm, ...] = ()
    """MARRIAGE, FERTILITY, HEALTH_CARRIER and the like: never obeyed, the employer gets a letter."""
    several_jobs: bool = False

    @property
    def occupation(self) -> str:
        """The main occupation, "" where none was recognised."""
        return self.occupations[0].code if self.occupations else ""

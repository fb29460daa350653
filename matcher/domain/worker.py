"""The person the service owes a plan, as a roster states it, and what was understood of the texts.

In: cells of a roster, already typed by jobs_feed. Out: `Worker` (what the file says, verbatim texts included)
and `WorkerFacts` (what reading found, each fact with the words it rests on).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.rosters.ledger import Ledger


class Sex(StrEnum):
    """As on the identity card; never a feature, only lawful cited limits look at it."""

    FEMALE = "female"
    MALE = "male"


class HouseholdType(StrEnum):
    """户类型 of the monitoring ledger."""

    LIFTED = "脱贫户"
    MONITORED = "监测户"
    ORDINARY = "一般户"


class MonitorCategory(StrEnum):
    """监测对象类别 of the monitoring ledger."""

    UNSTABLE = "脱贫不稳定户"
    MARGINAL = "边缘易致贫户"
    SUDDEN = "突发严重困难户"


class Education(IntEnum):
    """文化程度, in rising order."""

    ILLITERATE = 0
    PRIMARY = 1
    JUNIOR = 2
    SENIOR = 3
    COLLEGE = 4
    BACHELOR = 5


class LabourSkill(StrEnum):
    """劳动技能 of the monitoring ledger."""

    ORDINARY = "普通劳动力"
    SKILLED = "技能劳动力"
    WEAK = "弱劳动力或半劳动力"
    LOST = "丧失劳动力"
    NONE = "无劳动力"


class Health(StrEnum):
    """健康状况 of the monitoring ledger; several may hold."""

    HEALTHY = "健康"
    CHRONIC = "长期慢性病"
    SERIOUS = "患有大病"
    DISABLED = "残疾"


class WorkStatus(StrEnum):
    """就业状态."""

    UNEMPLOYED = "未就业"
    NEWLY_UNEMPLOYED = "就业转失业"
    EMPLOYED = "已就业"
    FLEXIBLE = "灵活就业"
    SELF_EMPLOYED = "自营"


IN_WORK = frozenset({WorkStatus.EMPLOYED, WorkStatus.FLEXIBLE, WorkStatus.SELF_EMPLOYED})
"""Who has work, of whatever kind."""


class Willingness(StrEnum):
    """就业意愿; not asked is a question, not a refusal."""

    WILLING = "愿意"
    UNWILLING = "暂无意愿"
    NOT_ASKED = "未询问"


class Transport(StrEnum):
    """交通方式."""

    FOOT = "步行"
    BICYCLE = "自行车"
    EBIKE = "电动车"
    MOTORBIKE = "摩托车"
    CAR = "汽车"
    BUS = "公交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A person as the roster states it; None and "" mean unknown."""

    ref: str
    sender: str = "local"
    name: str
    id_number: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    phone: str = ""
    home: Place = field(default_factory=Place)
    village: str = ""
    household_no: str = ""
    household_type: HouseholdType | None = None
    monitor_category: MonitorCategory | None = None
    risk_reason: str = ""
    resettled: bool | None = None
    settlement: str = ""
    ethnicity: str = ""
    language_text: str = ""
    education: Education | None = None
    education_text: str = ""
    school_status: str = ""
    labour_skill: LabourSkill | None = None
    health: tuple[Health, ...] = ()
    health_text: str = ""
    work_status: WorkStatus | None = None
    unemployed_since: date | None = None
    willingness: Willingness | None = None
    public_post: bool | None = None
    public_post_until: date | None = None
    skills_text: str = ""
    certificates_text: str = ""
    experience_text: str = ""
    wish_text: str = ""
    wish_place_text: str = ""
    wage_text: str = ""
    willing_to_move: bool | None = None
    daily_return: bool | None = None
    care_text: str = ""
    transport: Transport | None = None
    training_wish_text: str = ""
    remarks: str = ""
    guide_name: str = ""
    ledger: Ledger | None = None
    """Last on purpose: without one a person is stored, and known again, as before there were ledgers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A limit of the person, by a code of reference/constraints.csv; `values` as the code defines them.

    MAX_KM: (km,) · HOURS: (start minute, end minute) · SEASONAL: (first month, last month) ·
    PART_TIME: (hours a day,) · AVAILABLE_FROM and `until`: dates.
    """

    code: str
    values: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Work done; `years` None = length unknown, `current` False = “以前…现在不行了”: it no longer counts as ability."""

    occupation: str
    years: float | None = None
    current: bool = True
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillHeld:
    """A skill, certificate, licence or language held; `valid_to` where the text states it."""

    skill: str
    years: float | None = None
    valid_to: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WageWish:
    """The least pay wished, in yuan a month, and the assumption where the text was by day or hour."""

    yuan_per_month: float
    assumption: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFacts:
    """What was understood of a worker's fields and texts."""

    birth_date: Fact[date] = field(default_factory=Fact)
    birth_estimated: bool = False
    sex: Fact[Sex] = field(default_factory=Fact)
    education: Fact[Education] = field(default_factory=Fact)
    at_school: Fact[bool] = field(default_factory=Fact)
    experience: tuple[Experience, ...] = ()
    skills: tuple[SkillHeld, ...] = ()
    wished: tuple[LinkedTerm, ...] = ()
    refused: tuple[LinkedTerm, ...] = ()
    any_work: Fact[bool] = field(default_factory=Fact)
    """Would do any work, beside or instead of what is wished by name."""
    training_wished: tuple[LinkedTerm, ...] = ()
    trained: tuple[LinkedTerm, ...] = ()
    training_refused: Fact[bool] = field(default_factory=Fact)
    constraints: tuple[Constraint, ...] = ()
    wished_places: tuple[tuple[Place, Evidence], ...] = ()
    avoided_places: tuple[tuple[Place, Evidence], ...] = ()
    """Places the person will not go to."""
    nearer_than_km: Fact[float] = field(default_factory=Fact)
    """Road kilometres that were too far; only what is nearer suits."""
    lives_at: Fact[Place] = field(default_factory=Fact)
    """Where the person lives now, if not at the registered home."""
    willing_to_move: Fact[bool] = field(default_factory=Fact)
    wage_wish: WageWish | None = None
    transport: Fact[Transport] = field(default_factory=Fact)
    speaks_mandarin: Fact[bool] = field(default_factory=Fact)
    mongolian_first: Fact[bool] = field(default_factory=Fact)
    situations: tuple[LinkedTerm, ...] = ()
    """What else the remarks say, as codes of reference/situations.csv: GRADUATE, RETURNED, SELF_EMPLOYED, DEAD,
    AWAY, LOW_LITERACY, WAGE_ARREARS, AFRAID_TO_LEAVE, WANTS_BUSINESS, INJURED, DEBT, SOLE_EARNER …"""
    unlinked: tuple[str, ...] = ()
    """Phrases of skill, wish and experience that no lexicon entry was found for."""
    answered: tuple[str, ...] = ()
    """Questions somebody answered with “nothing”: they are not asked again."""

    def holds(self, code: str) -> bool:
        """Whether a constraint of this code stands."""
        return any(constraint.code == code for constraint in self.constraints)

    def situation(self, code: str) -> LinkedTerm | None:
        """The situation of this code, if the texts say it."""
        for term in self.situations:
            if term.code == code:
                return term
        return None

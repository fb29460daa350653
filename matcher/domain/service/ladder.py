"""The ladder of work: what is known of a spell, who says so, and what proves it.

In: nothing. Out: frozen records. A statement is a claim of somebody until it says how it was verified; a proof is about
days, was shown on a day, and proves nothing beyond that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.aftercare import SaidBy


class RegionClass(StrEnum):
    """How far from home somebody works, in the classes of the ledger."""

    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"
    REGION = "region"
    OUTSIDE = "outside"
    ABROAD = "abroad"


class Channel(StrEnum):
    """By which way somebody came to the work."""

    SELF = "self"
    JINGMENG = "jingmeng"
    ORGANISED = "organised"
    WORKSHOP = "workshop"
    PUBLIC_POST = "public_post"
    WORK_RELIEF = "work_relief"
    BROKER = "broker"
    COOPERATIVE = "cooperative"
    SELF_EMPLOYED = "self_employed"
    NEW_FORM = "new_form"


class Contract(StrEnum):
    """What the work rests on."""

    WRITTEN = "written"
    AGREEMENT = "agreement"
    """An agreement on work done, as past the age of retirement or in new forms of work."""
    ORAL = "oral"
    NONE = "none"


class Insurance(StrEnum):
    """What the employer pays into."""

    FULL = "full"
    INJURY = "injury"
    ACCIDENT = "accident"
    NONE = "none"


class Industry(StrEnum):
    """The class of industry of the ledger."""

    FARMING = "farming"
    MAKING = "making"
    SERVICE = "service"


class ProofKind(StrEnum):
    """What was shown; a telephone call is heard, never a proof."""

    CONTRACT = "contract"
    PAY_SLIP = "pay_slip"
    EMPLOYER_PROOF = "employer_proof"
    VILLAGE_PROOF = "village_proof"
    INSURANCE_RECORD = "insurance_record"
    PHONE_CALL = "phone_call"

    @property
    def proves(self) -> bool:
        """Whether it counts as a proof of work."""
        return self is not ProofKind.PHONE_CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellDetail:
    """One statement about a spell; `verified_how` "" = a claim, else what showed that it is so."""

    key: int = 0
    worker_key: int
    spell_key: int
    said_by: SaidBy
    told_on: date
    verified_how: str = ""
    region: str = ""
    channel: str = ""
    contract: str = ""
    insurance: str = ""
    industry: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    employer: str = ""
    yuan: int | None = None
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None

    @property
    def verified(self) -> bool:
        """Whether something showed that it is so."""
        return bool(self.verified_how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Something shown about days of a spell; `until_on` None = to the day it was shown."""

    key: int = 0
    worker_key: int
    spell_key: int
    kind: ProofKind
    from_on: date
    until_on: date | None = None
    told_on: date
    said_by: SaidBy = SaidBy.WORKER
    yuan: int | None = None
    """What a pay slip says was paid."""
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How long somebody has been in work without a break that counts, up to the last day known."""

    months: int = 0
    """Full months in work, breaks not counted."""
    days: int = 0
    """Days in work, breaks not counted."""
    gap_days: int = 0
    """Days of the breaks that were bridged."""
    proved: bool = False
    """Whether the months that are asked for were worked and are proved."""
    proved_by: tuple[ProofKind, ...] = ()
    since: date | None = None
    until: date | None = None
    """The last day in work: the end of the last spell, or the day looked at where it goes on."""
    proved_days: int = 0
    reached: bool = False
    """Whether the months that are asked for were worked, proved or not."""
    reached_on: date | None = None
    """The first day on which they are full, also one that lies ahead; None without work."""
    running: bool = False
    spells: tuple[int, ...] = ()
    """Keys of the spells it is joined from, the first first."""

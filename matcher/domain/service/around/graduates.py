"""Rain-Dew: pupils and those who could become pupils, what was paid for which term, publicity, graduates and contacts.

In: nothing. Out: frozen records and the calendar of monthly contacts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.localtime import add_months
from matcher.domain.service.publicity import Level


class TrackKind(StrEnum):
    """ENTRANT = 16 or 17 and out of school, PUPIL = at a vocational school, GRADUATE = has finished."""

    ENTRANT = "entrant"
    PUPIL = "pupil"
    GRADUATE = "graduate"


class TrackState(StrEnum):
    """Seen in a roster, confirmed by staff, refused, or over."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CLOSED = "closed"


class Outcome(StrEnum):
    """Where somebody went; "" = nobody knows yet."""

    UNKNOWN = ""
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    SCHOOL = "school"
    ARMY = "army"
    AT_HOME = "at_home"
    NOT_SEEKING = "not_seeking"
    GONE = "gone"


class Way(StrEnum):
    """How somebody was reached."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
    OFFICE = "office"


class TermStatus(StrEnum):
    """在校生状况 of one term."""

    AT_SCHOOL = "at_school"
    PRACTICE = "practice"
    LEAVE = "leave"
    LEFT = "left"
    FINISHED = "finished"


class Verdict(StrEnum):
    """What came of a publicity; UPHELD = an objection was right and the list was changed."""

    OPEN = ""
    NONE = "none"
    DISMISSED = "dismissed"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class RainDew:
    """One person of the register with where they stand."""

    worker_key: int
    kind: TrackKind
    state: TrackState
    graduation_on: date | None = None
    since: date
    """When the person came onto the register: contacts count from here where graduation is not known."""
    wishes: tuple[str, ...] = ()
    """Codes of occupations named in the notice or wished by the person."""
    outcome: Outcome = Outcome.UNKNOWN
    outcome_on: date | None = None
    school: str = ""
    major: str = ""
    certificate: str = ""
    destination: str = ""
    note: str = ""
    basis: str = ""
    actor: str = ""
    revision: int = 1
    name: str = ""
    village: str = ""
    home_code: str = ""
    home_name: str = ""

    @property
    def counts_from(self) -> date:
        """The day monthly contacts count from."""
        return self.graduation_on or self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of one pupil."""

    worker_key: int
    term: str
    status: TermStatus
    school: str = ""
    level: str = ""
    paid_on: date | None = None
    early: str = ""
    """Why it was paid before both publicities were over; "" = it was not."""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """A list of one term that hung in a village or in the banner."""

    key: int = 0
    term: str
    level: Level
    division: str
    village: str = ""
    notice_from: date
    notice_to: date
    objections: int = 0
    said: str = ""
    verdict: Verdict = Verdict.OPEN
    closed_on: date | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One time somebody was reached, or was tried to be."""

    key: int = 0
    worker_key: int
    on: date
    way: Way
    reached: bool = True
    said: str = ""
    next_step: str = ""
    actor: str = ""


def next_contact(counts_from: date, since: date, reached_on: date | None, *, months: int, on: date) -> date | None:
    """When somebody has to be called next: every month from graduation on, so many months; None = no more.

    Whoever came onto the register in time and was never reached stays due after the months are over.
    """
    end = add_months(counts_from, months)
    last = max(counts_from, reached_on) if reached_on is not None else counts_from
    due = add_months(last, 1)
    missed = reached_on is None and since <= end
    return due if due <= end and (on <= end or missed) else None


def term_of(day: date) -> str:
    """The school term a day lies in: 2026-spring from February to July, 2026-autumn from August to January."""
    if day.month == 1:
        return f"{day.year - 1}-autumn"
    return f"{day.year}-{'spring' if day.month <= 7 else 'autumn'}"

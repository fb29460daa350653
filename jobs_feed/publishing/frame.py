"""What holds for everything published at one moment.

In: an office and a unit of work. Out: `Frame`: whose postings, which day and policy, which agreements, and a digest
that changes with anything but the postings themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from jobs_feed.publishing.reading import FORMAT
from matcher.domain.incoming.sameness import Standing, spoken_for
from matcher.domain.incoming.sharing import ContactConsent, Pairing, code_key, name_key, posting_key
from matcher.domain.localtime import LOCAL_TIME, beginning
from matcher.domain.posting import Posting
from matcher.domain.settings import SWITCHED_ON, SettingName
from matcher.office import Office
from matcher.policy import Policy
from matcher.store import UnitOfWork
from matcher.wording import Wording

_TOLD = (SettingName.OFFICE_NAME, SettingName.OFFICE_PHONE, SettingName.PUBLIC_URL, SettingName.PUBLISHING)


class Spoken:
    """Adverts of our own that another one of the same job speaks for, looked up when first asked; in its unit only."""

    def __init__(self, policy: Policy, standings: Callable[[], list[Standing]]) -> None:
        self._policy = policy
        self._look_up = standings
        self._standings: list[Standing] | None = None
        self._days: dict[date, dict[int, int]] = {}

    def on(self, day: date) -> Mapping[int, int]:
        """Those of a day → the advert that is shown instead."""
        if self._standings is None:
            self._standings = self._look_up()
        if day not in self._days:
            self._days[day] = spoken_for(self._standings, day, self._policy.at(day).whole("plan.stale_days"))
        return self._days[day]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One moment of one office, as others see it."""

    instance: str
    phone: str
    switched_on: bool
    public_url: str
    """Where the office's pages are reached, ending in “/”; "" where it entered none."""
    version: int
    """The number of the last change of any posting."""
    moment: datetime
    """When anything that is published changed last; a new day is a change."""
    today: date
    policy: Policy
    consents: Mapping[str, ContactConsent]
    received: Mapping[str, str]
    pairings: tuple[Pairing, ...]
    wording: Wording
    digest: str
    spoken: Spoken
    """Which of our adverts are not shown because another one of the same job is."""

    def agreed(self, posting: Posting) -> bool:
        """Whether the employer's newest decision is that its contact may be published."""
        newest = self.decision(posting)
        return newest is not None and newest.given

    def decision(self, posting: Posting) -> ContactConsent | None:
        """The newest decision among those of the employer's code, its name, and this one posting."""
        made = [self.consents[subject] for subject in subjects_of(posting) if subject in self.consents]
        return max(made, key=lambda consent: consent.number, default=None)


def subjects_of(posting: Posting) -> tuple[str, ...]:
    """What the employer of a posting is known by, the surest first."""
    by_code = (code_key(posting.uscc),) if posting.uscc else ()
    return (*by_code, name_key(posting.employer), posting_key(posting.sender, posting.ref))


def frame_of(office: Office, unit: UnitOfWork, *, language: str = "zh", dated: bool = True) -> Frame:
    """The frame of this moment; one that is not `dated` tells how single postings stand and serves no feed."""
    settings = unit.settings.all()
    today = office.today()
    wording = office.wording(language, "jobs_feed")
    name = settings[SettingName.OFFICE_NAME] or wording.text("SHARE_SOME_OFFICE")
    address = settings[SettingName.PUBLIC_URL]
    pairings = tuple(unit.sharing.pairings(today)) if dated else ()
    received = unit.sharing.received()
    phone = settings[SettingName.OFFICE_PHONE]
    day = beginning(today)
    last = unit.sharing.last_moment(_TOLD) if dated else None
    rest = (FORMAT, name, phone, office.policy.digest, sorted(received), pairings)
    return Frame(
        instance=name,
        phone=phone,
        switched_on=settings[SettingName.PUBLISHING] == SWITCHED_ON,
        public_url=address.rstrip("/") + "/" if address else "",
        version=unit.sharing.version() if dated else 0,
        moment=day if last is None else max(day, last.astimezone(LOCAL_TIME)),
        today=today,
        policy=office.policy,
        consents=unit.sharing.consents(),
        received=received,
        pairings=pairings,
        wording=wording,
        spoken=Spoken(office.policy, lambda: unit.sameness.standings(without=received)),
        digest=hashlib.sha256(msgspec.json.encode(rest)).hexdigest()[:12],
    )

"""An employer's word on whether its contact may be published.

In: an employer as somebody names it, or a posting. Out: the decision recorded, whole or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jobs_feed.fields import read_uscc
from jobs_feed.publishing.withheld import is_private
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sharing import ContactConsent, code_key, name_key, posting_key
from matcher.domain.posting import Posting
from matcher.store import UnitOfWork
from matcher.wording import Wording

_CODE = re.compile(r"[0-9A-Za-z]{18}")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose decision it is: the key it is kept under, and the name it is shown by."""

    key: str
    name: str


def subject_of_name(employer: str, wording: Wording) -> Subject:
    """An employer by credit code or full name; InputRefused for a name that many have."""
    plain = employer.strip()
    if _CODE.fullmatch(plain):
        found = read_uscc(plain)
        if found.notice is not None or found.value is None:
            raise InputRefused(wording.text("SHARE_CONSENT_CODE", employer=plain))
        return Subject(code_key(found.value), found.value)
    if is_private(plain):
        raise InputRefused(wording.text("SHARE_CONSENT_PRIVATE", employer=plain[:40]))
    return Subject(name_key(plain), plain)


def subject_of_posting(posting: Posting) -> Subject:
    """The employer of a posting: by its code, by its name, or for this posting alone where the name is anybody's."""
    if posting.uscc and read_uscc(posting.uscc).notice is None:
        return Subject(code_key(posting.uscc), posting.employer)
    if not is_private(posting.employer):
        return Subject(name_key(posting.employer), posting.employer)
    return Subject(posting_key(posting.sender, posting.ref), posting.employer)


def record_consent(unit: UnitOfWork, subject: Subject, *, given: bool, by: str, on: date) -> int:
    """Keeps a decision and notes it in the audit record; how many postings it touches."""
    consent = ContactConsent(subject=subject.key, employer=subject.name, given=given, by=by, on=on)
    touched = unit.sharing.put_consent(consent)
    unit.audit.note("contact_consent", subject="employer", fields="given" if given else "withdrawn")
    return touched

"""What an office agrees with others about its postings being passed on.

In: nothing. Out: an employer's consent to its contact being published, a banner's pairing with a district, and the
keys by which an employer is known.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConsent:
    """One decision of an employer; the newest of a key holds."""

    subject: str
    """A key of `employer_keys`."""
    employer: str
    given: bool
    by: str
    """Who told the office so."""
    on: date
    actor: str = ""
    at: datetime | None = None
    number: int = 0
    """Later decisions have larger ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A banner and the district it is paired with, on the word of a document."""

    banner: str
    district: str
    since: date
    until: date | None = None
    basis: str

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def name_key(name: str) -> str:
    """An employer by name: widths, spaces and capitals make no difference."""
    return "name:" + "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def code_key(uscc: str) -> str:
    """An employer by its unified credit code."""
    return f"uscc:{uscc.strip().upper()}"


def posting_key(sender: str, ref: str) -> str:
    """The employer of one posting, where nothing else tells it from others."""
    return f"posting:{sender}:{ref}"

"""A program that speaks to the office over the JSON API, its rights, and a request it must not carry out twice.

In: what an administrator grants. Out: `ApiClient`; its token is shown once and kept as a keyed hash only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Right(StrEnum):
    """What a client may do; the right to write something includes the right to read it."""

    READ_PEOPLE = "read:people"
    WRITE_PEOPLE = "write:people"
    READ_IDENTITY = "read:identity"
    READ_SENSITIVE = "read:sensitive"
    READ_PLANS = "read:plans"
    WRITE_PLANS = "write:plans"
    READ_POSTINGS = "read:postings"
    WRITE_POSTINGS = "write:postings"
    READ_CLASSES = "read:classes"
    READ_FIGURES = "read:figures"
    READ_FAIRS = "read:fairs"
    WRITE_FAIRS = "write:fairs"
    WRITE_IMPORTS = "write:imports"

    @property
    def of_people(self) -> bool:
        """Whether it opens data of persons, so that every use is noted."""
        return self not in _OPEN


PROGRAM = "api:"
"""What the name of a program begins with where it acts."""
_OPEN = frozenset({Right.READ_POSTINGS, Right.WRITE_POSTINGS, Right.READ_CLASSES, Right.READ_FIGURES})


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClient:
    """One client; `prefix` is the part of its token that may be shown, to tell tokens apart."""

    key: int
    name: str
    rights: frozenset[Right]
    division: str = ""
    villages: tuple[str, ...] = ()
    prefix: str = ""
    created_by: str = ""
    created_at: datetime | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        """Whether its token still opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def may(self, right: str) -> bool:
        """Whether it holds a right, or the right to write what it wants to read."""
        verb, _, what = right.partition(":")
        return right in self.rights or (verb == "read" and f"write:{what}" in self.rights)

    @property
    def actor(self) -> str:
        """How the audit record names it; no account has a name like this."""
        return f"{PROGRAM}{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request a client marked as one: under way while `status` is 0, else with where its record is."""

    key: int
    fresh: bool
    digest: str
    status: int = 0
    location: str = ""

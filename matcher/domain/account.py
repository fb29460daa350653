"""Accounts of staff: who signs in, in which role, and which divisions and villages they may see.

In: what an administrator enters. Out: `Account`; passwords never leave the store, not even as hashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; administrators of system, of security and the auditor are three people."""

    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    CITY = "city"
    BANNER = "banner"
    WINDOW = "window"
    COORDINATOR = "coordinator"
    FAIR_ORGANISER = "fair_organiser"
    VIEWER = "viewer"


MANAGERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
"""Roles that make and change accounts; one of them that lets somebody in must always be left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; `session_version` rises whenever its open sessions must end."""

    key: int
    name: str
    role: Role
    division: str = ""
    villages: tuple[str, ...] = ()
    disabled: bool = False
    must_change: bool = False
    """The password was given by somebody else and must be changed first of all."""
    locked_until: datetime | None = None
    session_version: int = 1
    signed_in_at: datetime | None = None
    created_at: datetime | None = None

    @property
    def manages(self) -> bool:
        """Whether the account may make and change accounts."""
        return self.role in MANAGERS

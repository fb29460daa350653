"""Rooms of a fair that are entered with a PIN: who is in one, and for how long without a touch.

In: a room, the version of its PIN, the session. Out: `RoomPass`, which opens this fair's room and nothing else; after
some minutes without a touch the screen asks for the PIN again and then shows what it showed before.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import session

from matcher.domain.account import Account, Role
from matcher.domain.errors import RecordNotFound
from matcher.domain.fairs import Room
from matcher.office import Office
from web.config import web_config

_MARK = "fair"


@dataclass(frozen=True, slots=True)
class RoomPass:
    """The right to one room of one fair."""

    fair_key: int
    room: Room
    version: int

    @property
    def session_id(self) -> str:
        """What the session remembers."""
        return f"{_MARK}:{self.fair_key}:{self.room.value}:{self.version}"

    @property
    def actor(self) -> str:
        """Who is said to have done what is done here."""
        return f"{_MARK}-{self.room.value}"


def read_pass(session_id: str) -> RoomPass | None:
    """The pass of a session, None where it is an account's."""
    parts = session_id.split(":")
    if len(parts) != 4 or parts[0] != _MARK or parts[2] not in {room.value for room in Room}:
        return None
    if not (parts[1].isdecimal() and parts[3].isdecimal()):
        return None
    return RoomPass(int(parts[1]), Room(parts[2]), int(parts[3]))


def account_of(office: Office, held: RoomPass) -> Account | None:
    """Stands in for an account; None where the fair is another one or the PIN was made anew."""
    if web_config().fair_key != held.fair_key:
        return None
    try:
        with office.reading() as unit:
            fair = unit.fairs.get(held.fair_key)
            version = unit.fairs.pin(held.fair_key, held.room)[1]
    except RecordNotFound:
        return None
    if version != held.version:
        return None
    return Account(key=-1, name=held.actor, role=Role.FAIR_ORGANISER, division=fair.division)


def is_locked(lock_seconds: float) -> bool:
    """Whether the screen was not touched for too long."""
    return bool(session.get("locked")) or web_config().now() - session.get("seen", 0.0) > lock_seconds


def lock() -> None:
    """The screen asks for the PIN again."""
    session["locked"] = True

"""PINs of a fair's rooms: made for the organiser to write down, tried at the door, limited.

In: a fair, a room, six digits. Out: whether they are right; a device that was wrong too often waits. Tries are counted
in memory: the server of a fair is started by the organiser and by nobody who guesses.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from matcher.domain.fairs import Fair, Room
from matcher.office import Office
from matcher.store.passwords import hash_password, password_fits

DIGITS = 6
ALL_DEVICES = "*"
_TOGETHER = 10
"""All devices together may be wrong so many times as often as one: addresses are cheap to change."""


def make_pin(office: Office, fair: Fair, room: Room, *, actor: str) -> str:
    """A new PIN for a room; shown once, kept as a hash, and whoever entered with the old one has to enter again."""
    pin = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    hashed = hash_password(pin)
    with office.unit(actor) as unit:
        unit.fairs.put_pin(fair.key, room, hashed)
        unit.audit.note("fair_pin_made", subject=f"fair:{fair.key}", fields=room.value)
    return pin


def pin_fits(office: Office, fair_key: int, room: Room, pin: str) -> int:
    """The version of the PIN where it fits, else 0; a room without one costs the same time."""
    with office.reading() as unit:
        hashed, version = unit.fairs.pin(fair_key, room)
    return version if password_fits(hashed, "".join(pin.split())) else 0


@dataclass
class _Tries:
    """Wrong tries of one device."""

    wrong: int = 0
    until: float = 0.0


@dataclass
class PinGuard:
    """Counts wrong PINs by device, and of all devices together; safe to share between threads."""

    now: Callable[[], float]
    tries: int
    wait_seconds: float
    _seen: dict[str, _Tries] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def waits(self, device: str) -> bool:
        """Whether a device has to wait."""
        with self._lock:
            return any(self._of(name).until > self.now() for name in (device, ALL_DEVICES))

    def wrong(self, device: str) -> None:
        """Counts a wrong try; the last one allowed makes the device wait."""
        with self._lock:
            for name, most in ((device, self.tries), (ALL_DEVICES, self.tries * _TOGETHER)):
                seen = self._of(name)
                seen.wrong += 1
                if seen.wrong >= most:
                    seen.wrong, seen.until = 0, self.now() + self.wait_seconds

    def right(self, device: str) -> None:
        """Forgets the wrong tries of a device."""
        with self._lock:
            self._seen.pop(device, None)

    def _of(self, name: str) -> _Tries:
        """The count of one device."""
        return self._seen.setdefault(name, _Tries())

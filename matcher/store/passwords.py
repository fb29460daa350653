"""Passwords: Argon2id hashes, and which passwords are refused.

In: a password. Out: its hash, or one line that says why it is refused. Nothing here is ever logged.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, digits

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from matcher.domain.errors import InputRefused
from matcher.reference.tables import read_table

LEAST_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class PasswordProfile:
    """How many kinds of characters a password needs, and after how many days it must be another; 0 = no limit."""

    kinds: int = 0
    days: int = 0


PROFILES = {"": PasswordProfile(), "dengbao": PasswordProfile(kinds=3, days=90)}
"""The default, long and rare; and what many offices are asked for by the protection grade of their systems."""
_READ_OUT = "".join(sorted(set(ascii_lowercase + digits) - set("ilo01")))
"""Without letters and digits that are mistaken for each other."""
_HASHER = PasswordHasher()


@lru_cache(maxsize=1)
def _blocked() -> tuple[str, ...]:
    """Words that are guessed first, longest first."""
    return tuple(sorted((row["word"] for row in read_table("blocked_passwords")), key=len, reverse=True))


def kinds_in(password: str) -> int:
    """How many kinds of characters stand in a password: small and capital letters, digits, others."""
    tests = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    return sum(any(test(one) for one in password) for test in tests)


def check_password(password: str, *, name: str, profile: PasswordProfile = PROFILES[""]) -> None:
    """Refuses what is short, guessed first, hardly more than the account's name, or less than a profile asks for."""
    plain = password.casefold()
    if kinds_in(password) < profile.kinds:
        raise InputRefused(f"密码要有大写字母、小写字母、数字、符号中的至少 {profile.kinds} 种")
    if len(password) < LEAST_CHARACTERS:
        raise InputRefused(f"密码至少 {LEAST_CHARACTERS} 个字符")
    if len(set(plain)) < 5:
        raise InputRefused("密码里不同的字符太少")
    rest = plain.replace(name.casefold(), "") if name else plain
    for word in _blocked():
        rest = rest.replace(word, "")
    if len(rest) < 4:
        raise InputRefused("密码太常见，容易被猜到，请换一个")


def fresh_password(name: str) -> str:
    """A password nobody has had, in groups that can be read out; never one that would be refused."""
    while True:
        groups = ["".join(secrets.choice(_READ_OUT) for _ in range(4)) for _ in range(4)]
        try:
            check_password("-".join(groups), name=name)
        except InputRefused:
            continue
        return "-".join(groups)


def hash_password(password: str) -> str:
    """The Argon2id hash of a password."""
    return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    """A hash no password is checked against in earnest."""
    return _HASHER.hash("nobody has this password")


def password_fits(stored_hash: str, password: str) -> bool:
    """Whether a password fits a hash; an empty hash costs the same time and never fits."""
    try:
        return _HASHER.verify(stored_hash or _hash_of_nobody(), password) and bool(stored_hash)
    except (VerificationError, InvalidHashError):
        return False

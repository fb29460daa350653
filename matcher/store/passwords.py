"""Passwords: Argon2id hashes, and which passwords are refused.

In: a password. Out: its hash, or one line that says why it is refused. Nothing here is ever logged.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from string import ascii_lowercase, digits

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from matcher.domain.errors import InputRefused
from matcher.reference.tables import read_table

LEAST_CHARACTERS = 12
_READ_OUT = "".join(sorted(set(ascii_lowercase + digits) - set("ilo01")))
"""Without letters and digits that are mistaken for each other."""
_HASHER = PasswordHasher()


@lru_cache(maxsize=1)
def _blocked() -> tuple[str, ...]:
    """Words that are guessed first, longest first."""
    return tuple(sorted((row["word"] for row in read_table("blocked_passwords")), key=len, reverse=True))


def check_password(password: str, *, name: str) -> None:
    """Refuses what is short, guessed first, or hardly more than the account's name."""
    plain = password.casefold()
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

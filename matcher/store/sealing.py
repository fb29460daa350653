"""Sealed fields, blind indexes and keyed digests.

In: plain bytes and the place they will stand in (table, column, row). Out: AES-256-GCM text that opens
only in that place, HMAC-SHA-256 of identifiers for look-ups, and the keys for both, read from the key file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from pathlib import Path
from tempfile import mkstemp
from typing import Any, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from matcher.domain.errors import KeyMissing, StoreUnavailable

_FORMAT = 1
_NONCE = 12
_KEY_BYTES = 32
_MOST_CIPHERS = 255
"""The id of a key is one byte of every sealed value."""

SealedPlace = NewType("SealedPlace", bytes)
"""Associated data of a sealed value: table, column and row."""


class SealBroken(StoreUnavailable):
    """A sealed value was changed, moved, or sealed with other keys."""


class SealedBytes(bytes):
    """Bytes that went through `KeyRing.seal`; sealed columns take nothing else."""


class Sealed(TypeDecorator[bytes]):
    """The column type of sensitive fields: refuses anything that was not sealed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Lets sealed bytes through and nothing else."""
        if value is not None and not isinstance(value, SealedBytes):
            raise TypeError("a sealed column takes only what KeyRing.seal returned")
        return value

    def process_literal_param(self, value: bytes | None, dialect: Dialect) -> str:
        """Never written into the text of a statement."""
        raise TypeError("a sealed value never stands in the text of a statement")


def place_of(table: str, column: str, uid: str) -> SealedPlace:
    """The associated data that ties a value to its table, column and row."""
    return SealedPlace(f"{table}\x1f{column}\x1f{uid}".encode())


class KeyRing:
    """The cipher keys by id, and the separate keys for look-ups and for the audit chain."""

    def __init__(self, *, ciphers: dict[int, bytes], current: int, index: bytes, audit: bytes) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in ciphers.items()}
        self._current = current
        self._index = index
        self._audit = audit

    def seal(self, plain: bytes, place: SealedPlace) -> SealedBytes:
        """Sealed bytes: format, key id, nonce, cipher text with tag."""
        nonce = os.urandom(_NONCE)
        text = self._ciphers[self._current].encrypt(nonce, plain, place)
        return SealedBytes(bytes((_FORMAT, self._current)) + nonce + text)

    def unseal(self, sealed: bytes, place: SealedPlace) -> bytes:
        """The plain bytes; SealBroken where the value, its place or the key is not the right one."""
        cipher = self._ciphers.get(sealed[1]) if len(sealed) > _NONCE + 2 and sealed[0] == _FORMAT else None
        if cipher is None:
            raise SealBroken("加密字段打不开：缺少对应的密钥，或数据已损坏")
        try:
            return cipher.decrypt(sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :], place)
        except InvalidTag as broken:
            raise SealBroken("加密字段打不开：数据被改动，或密钥不是原来的那一份") from broken

    def is_current(self, sealed: bytes) -> bool:
        """Whether a value is sealed with the key in use now."""
        return len(sealed) > 1 and sealed[1] == self._current

    def blind(self, purpose: str, text: str) -> str:
        """Blind index of an identifier, "" for an empty one."""
        return self._mac(self._index, f"{purpose}\x1f{text}".encode()) if text else ""

    def digest(self, body: bytes) -> str:
        """Keyed digest of a body, to see whether it changed without opening it."""
        return self._mac(self._index, b"digest\x1f" + body)

    def chain(self, previous: str, entry: bytes) -> str:
        """The next link of the audit chain."""
        return self._mac(self._audit, previous.encode() + b"\x1f" + entry)

    @staticmethod
    def _mac(key: bytes, message: bytes) -> str:
        """HMAC-SHA-256 in hexadecimal."""
        return hmac.digest(key, message, hashlib.sha256).hex()


def create_key_file(path: Path) -> bool:
    """New keys, readable by their owner only; an existing file is left alone and False returned."""
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {name: _new_key() for name in ("cipher", "index", "audit")}
    body = {"format": 1, "current": 1, "ciphers": {"1": keys["cipher"]}, "index": keys["index"], "audit": keys["audit"]}
    temporary = _written_aside(path, body)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(temporary)
    return True


def add_cipher(path: Path) -> KeyRing:
    """A fresh cipher key in the key file, used from now on; the older ones stay and still open what they sealed."""
    body = _parsed(path)
    fresh = max(int(key_id) for key_id in body["ciphers"]) + 1
    if fresh > _MOST_CIPHERS:
        raise KeyMissing(f"密钥已经换过{_MOST_CIPHERS - 1}次，编号用完了；没有更换")
    body["ciphers"][str(fresh)], body["current"] = _new_key(), fresh
    os.replace(_written_aside(path, body), path)
    return read_key_file(path)


def forget_old_ciphers(path: Path) -> int:
    """Only the cipher key in use stays in the key file; how many went. Backups sealed with those stay closed."""
    body = _parsed(path)
    current = str(body["current"])
    gone = len(body["ciphers"]) - 1
    body["ciphers"] = {current: body["ciphers"][current]}
    os.replace(_written_aside(path, body), path)
    return gone


def _new_key() -> str:
    """A random key as the key file holds it."""
    return b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _written_aside(path: Path, body: dict[str, Any]) -> str:
    """A key file under a temporary name beside its place, safely on the disk."""
    handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def read_key_file(path: Path) -> KeyRing:
    """The keys of a key file; KeyMissing where it is absent or not a key file."""
    body = _parsed(path)
    try:
        return _key_ring(body)
    except (ValueError, KeyError, TypeError, AttributeError, Base64Error) as damaged:
        raise KeyMissing("密钥文件已损坏，数据打不开；请放回原来的密钥文件") from damaged


def _parsed(path: Path) -> dict[str, Any]:
    """What a key file says, not looked at yet."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except OSError as missing:
        raise KeyMissing("找不到密钥文件，数据打不开；请放回原来的密钥文件，或先运行 job131 init") from missing
    except ValueError as damaged:
        raise KeyMissing("密钥文件已损坏，数据打不开；请放回原来的密钥文件") from damaged
    if not isinstance(body, dict):
        raise KeyMissing("密钥文件已损坏，数据打不开；请放回原来的密钥文件")
    return body


def _key_ring(body: Any) -> KeyRing:
    """Keys out of the parsed file."""
    ciphers = {int(key_id): b64decode(key, validate=True) for key_id, key in body["ciphers"].items()}
    others = [b64decode(body[name], validate=True) for name in ("index", "audit")]
    if any(len(key) != _KEY_BYTES for key in (*ciphers.values(), *others)) or int(body["current"]) not in ciphers:
        raise ValueError("keys of the wrong length, or no current key")
    return KeyRing(ciphers=ciphers, current=int(body["current"]), index=others[0], audit=others[1])

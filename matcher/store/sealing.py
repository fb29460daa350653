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
    keys = {name: b64encode(secrets.token_bytes(_KEY_BYTES)).decode() for name in ("cipher", "index", "audit")}
    body = {"format": 1, "current": 1, "ciphers": {"1": keys["cipher"]}, "index": keys["index"], "audit": keys["audit"]}
    handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(body, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(temporary)
    return True


def read_key_file(path: Path) -> KeyRing:
    """The keys of a key file; KeyMissing where it is absent or not a key file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as missing:
        raise KeyMissing("找不到密钥文件，数据打不开；请放回原来的密钥文件，或先运行 job131 init") from missing
    try:
        return _key_ring(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, Base64Error) as damaged:
        raise KeyMissing("密钥文件已损坏，数据打不开；请放回原来的密钥文件") from damaged


def _key_ring(body: Any) -> KeyRing:
    """Keys out of the parsed file."""
    ciphers = {int(key_id): b64decode(key, validate=True) for key_id, key in body["ciphers"].items()}
    others = [b64decode(body[name], validate=True) for name in ("index", "audit")]
    if any(len(key) != _KEY_BYTES for key in (*ciphers.values(), *others)) or int(body["current"]) not in ciphers:
        raise ValueError("keys of the wrong length, or no current key")
    return KeyRing(ciphers=ciphers, current=int(body["current"]), index=others[0], audit=others[1])

"""One encrypted file: nothing in it can be read or changed without the passphrase.

In: bytes and a passphrase. Out: a header (what it is, version, how the key is made, its length) and AES-256-GCM text;
or the bytes again. Whatever is wrong with a file is one line.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from matcher.domain.errors import InputRefused
from matcher.store.passwords import check_password

MAGIC, VERSION = b"JOB131-SLICE", 1
_HEADER = struct.Struct(">12sBB16s12sQ")
_COST = 16
"""Two to the power of this many steps of scrypt: a tenth of a second for us, years for whoever guesses."""
_COSTS = range(14, 19)
_MOST_BYTES = 400 * 1024 * 1024
"""Bytes a file may unpack to; a village has a hundredth of it."""


def seal_file(plain: bytes, passphrase: str) -> bytes:
    """The file of some bytes; a passphrase that is guessed first is refused."""
    check_password(passphrase, name="")
    salt, nonce, packed = os.urandom(16), os.urandom(12), zlib.compress(plain, level=6)
    header = _HEADER.pack(MAGIC, VERSION, _COST, salt, nonce, len(packed) + 16)
    return header + AESGCM(_key(passphrase, salt, _COST)).encrypt(nonce, packed, header)


def open_file(whole: bytes, passphrase: str) -> bytes:
    """The bytes of a file; InputRefused with what is wrong with it."""
    if not whole.startswith(MAGIC):
        raise InputRefused("这不是本系统的离线数据文件，什么都没有存；请选“导出离线数据”生成的那个文件")
    if len(whole) < _HEADER.size:
        raise InputRefused("文件不完整（没有拷完），什么都没有存；请重新拷贝一次")
    _, version, cost, salt, nonce, length = _HEADER.unpack_from(whole)
    if version != VERSION:
        raise InputRefused("这个文件是另一个版本的系统生成的，什么都没有存；请把两边升级到同一版本")
    if len(whole) - _HEADER.size != length:
        raise InputRefused("文件不完整（没有拷完），什么都没有存；请重新拷贝一次")
    if cost not in _COSTS:
        raise InputRefused("文件已损坏，什么都没有存；请重新拷贝或重新导出")
    try:
        packed = AESGCM(_key(passphrase, salt, cost)).decrypt(nonce, whole[_HEADER.size :], whole[: _HEADER.size])
    except InvalidTag as wrong:
        raise InputRefused("口令不对，或者文件被改动、损坏了；什么都没有存，请核对口令再试") from wrong
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(packed, _MOST_BYTES)
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise InputRefused("文件太大，什么都没有存；请按嘎查村分开导出")
    return plain


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    """The key of a passphrase."""
    return Scrypt(salt=salt, length=32, n=1 << cost, r=8, p=1).derive(passphrase.encode())


def write_whole(path: Path, whole: bytes) -> Path:
    """A file beside its place, safely on the disk and readable by its owner only; `put_in_place` gives it its name."""
    if path.exists():
        raise InputRefused(f"{path.name} 已经存在，没有覆盖；请换一个文件名")
    draft = path.with_name(f".{path.name}.draft")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(whole)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as refused:
        draft.unlink(missing_ok=True)
        raise InputRefused(f"文件写不了：{path.parent}；请检查文件夹、权限和磁盘空间，什么都没有导出") from refused
    return draft

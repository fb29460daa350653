"""An office's data in another database, and everything sealed with a fresh key.

In: an office. Out: the same contents at the new address, checked by fingerprint; or the same contents under a new key.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.store.sealing import add_cipher, forget_old_ciphers
from matcher.store.upkeep.copying import Contents
from matcher.upkeep.backup import empty_store

Tell = Callable[[str], None]


def move_to(office: Office, url: str, tell: Tell | None = None) -> Contents:
    """Copies everything to an empty database; the present one stays as it is until somebody puts it away."""
    if url == office.config.url:
        raise InputRefused("新地址就是现在的数据库，没有什么要搬")
    with office.unit("cli") as unit:
        unit.audit.note("move", subject="database")
    with empty_store(url, office.store.keys) as target:
        contents = office.store.copy_to(target, tell)
        target.check()
    return contents


def rotate_keys(office: Office, *, forget_old: bool = False, tell: Tell | None = None) -> int:
    """Seals everything with a fresh key; the older ones stay in the key file for older backups unless told otherwise.

    The fresh key is in the key file before anything is sealed with it: whatever is interrupted can still be opened.
    """
    keys = add_cipher(office.config.key_file)
    changed = office.store.seal_anew(keys, tell)
    with office.unit("cli") as unit:
        unit.audit.note("keys_rotated", subject="database")
    if forget_old:
        forget_old_ciphers(office.config.key_file)
    return changed
